//! Reports that were written as JSON, read back: by the page, which gets them from
//! its engine.

use serde_json::Value;
use zice_rules::{
    json::{Read, Reader},
    read_members, read_names,
};

use crate::{
    CalendarEntry, CiteReport, CriterionReport, DayState, Document, DoubtReport, IndicatorFigure,
    IndicatorReport, ItemNote, ItemReport, ItemStatus, Observed, PointsReport, PolicyRef, Report,
    SCHEMA, Score, SuggestReport, Warning,
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
            documents: member!("documents"),
            items: member!("items"),
            indicators: member!("indicators"),
            // The page's engine gives no advice yet.
            advice: Vec::new(),
            no_advice: Vec::new(),
            earliest: None,
            margins: Vec::new(),
            near: Vec::new(),
            breaking: Vec::new(),
            tolerance: None,
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
        id, kind, group, title, status, points, observed, limit, rule, explain, cites, evidence;
        figure,
    }
    PointsReport { min, max, out_of }
    Observed { min, max, unit }
    CiteReport { source, url, clause, page, confidence }
    Document { id, title, because }
    CalendarEntry { what, from, date, state, confidence }
    Warning { code, text }
    DoubtReport { code, year, facts, text, suggest }
    SuggestReport { fact, year, to }
    ItemReport { fact, index, name, status, counts_for, may_count_for, because }
    ItemNote { id, text, cites }
    IndicatorReport { id, group, title, rule, better, cites, values }
    IndicatorFigure { side, side_title, year, observed, explain }
}

read_names! {
    DayState { "future" => Future, "past" => Past, "open" => Open }
    ItemStatus {
        "unknown" => Unknown, "counts" => Counts, "does_not_count" => DoesNotCount,
        "needs_review" => NeedsReview,
    }
}
