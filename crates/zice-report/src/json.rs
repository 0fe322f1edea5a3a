//! Reports that were written as JSON, read back: by the page, which gets them from
//! its engine.

use serde_json::Value;
use zice_rules::{
    json::{Read, Reader},
    read_members, read_names,
};

use crate::{
    AdviceReport, Between, CalendarEntry, ChangeReport, CiteReport, CriterionReport, DayState,
    DoubtReport, EarliestReport, EditionReport, GivesReport, IndicatorFigure, IndicatorReport,
    ItemNote, ItemReport, ItemStatus, LeverReport, MarginReport, NoAdviceReport, Observed,
    PaperReport, PointsReport, PolicyRef, Reaches, Report, SCHEMA, Score, SuggestReport,
    TogetherReport, Warning,
};

impl Read for Report {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let members = reader.members(value);
        macro_rules! member {
            ($name:literal) => {
                Read::member(members, $name, reader)
            };
        }
        let schema: String = member!("schema");
        if schema != SCHEMA {
            reader.instead(());
        }
        Self {
            schema: SCHEMA,
            policy: member!("policy"),
            company: member!("company"),
            as_of: member!("as_of"),
            verdict: member!("verdict"),
            route: member!("route"),
            score: member!("score"),
            criteria: member!("criteria"),
            next_questions: member!("next_questions"),
            papers: member!("documents"),
            items: member!("items"),
            indicators: member!("indicators"),
            advice: member!("advice"),
            no_advice: member!("no_advice"),
            earliest: member!("earliest"),
            margins: member!("margins"),
            near: member!("near"),
            breaking: member!("breaking"),
            tolerance: member!("tolerance"),
            stopped: member!("stopped"),
            assumed: member!("assumed"),
            calendar: member!("calendar"),
            warnings: member!("warnings"),
            doubts: member!("doubts"),
        }
    }
}

read_members! {
    PolicyRef { id, edition, digest }
    Score { min, max, out_of, needs, strict }
    CriterionReport {
        id, kind, group, title, status, points, observed, limit, rule, explain, cites, papers = "evidence";
        figure,
    }
    PointsReport { min, max, out_of }
    Observed { min, max, unit }
    CiteReport { source, url, clause, page, confidence }
    PaperReport { id, title, because }
    CalendarEntry { what, from, date, state, days_left, confidence }
    Warning { code, text }
    DoubtReport { code, year, facts, text, suggest }
    SuggestReport { fact, year, to }
    ItemReport { fact, index, name, status, counts_for, may_count_for, because }
    ItemNote { id, text, cites }
    IndicatorReport { id, group, title, rule, better, cites, values }
    IndicatorFigure { side, side_title, year, observed, explain }
    AdviceReport { horizon, as_of, levers, gives, margin_after, reaches, editions, text, rests_on, caution, cites }
    LeverReport { id, granules, act = "do", proof, by, lead_days, changes, rule }
    ChangeReport { fact, year, from, to, add }
    EditionReport { edition, as_of, verdict }
    GivesReport { verdict, score }
    TogetherReport { policy, item, helps, breaks }
    Between { min, max }
    NoAdviceReport { horizon, because, criteria, asks, text }
    EarliestReport { horizon, as_of, criterion, text }
    MarginReport {
        fact, year, value, flips_at, side, room, room_share, criterion, effect, points, text,
    }
}

read_names! {
    Reaches { "best" => Best, "met" => Met }
    DayState { "future" => Future, "past" => Past, "open" => Open }
    ItemStatus {
        "unknown" => Unknown, "counts" => Counts, "does_not_count" => DoesNotCount,
        "needs_review" => NeedsReview,
    }
}
