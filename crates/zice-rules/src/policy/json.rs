//! Readers of compiled policies; see [`crate::json`].

use serde_json::Value;

use super::{
    Adds, Band, Banded, Basis, Better, Caution, Cite, Confidence, Criterion, CriterionKind, Each,
    EntryNote, Horizon, Indicator, IndicatorValue, Lever, Limit, Mean, Measure, Milestone, Move,
    Observe, Otherwise, Paper, Part, PointsWhen, Policy, ReviewWhen, Rule, Source, Starts,
    Statement, Window,
};
use crate::{
    formula::ConditionAt,
    json::{Read, Reader, named},
    program::Links,
    read_members, read_names,
};

read_members! {
    Window { opens, closes, year }
    Milestone { id, what, from, date, cites }
    Statement { id, text, cites }
    Caution { id, when, text, cites }
    Paper { id, title, always, when, because, cites }
    Each { list, id, name }
    Indicator { id, title, words, better, unit, cites, values }
    IndicatorValue { side, year, value }
    EntryNote { id, list, counting, when, text, cites }
    Lever {
        id, act, proof, rule, rounds, moves, mean, adds, sets, starts, at_most, at_once, lead_days,
        cites,
    }
    Mean { periods, least_days }
    Starts { list, field, day }
    Move { fact, by }
    Adds { list, says, waits, dated, year_end }
    Source { id, number, title, url }
    Cite { source, clause, page, confidence }
    Criterion {
        id, kind, title, words, rule, limit, route, review, otherwise, cites, papers = "evidence",
    }
    Otherwise { because, cites }
    ReviewWhen { when, because, cites }
    Part { of, cap }
    Limit { sign, value, unit }
    Observe { value, unit }
    Banded { value, unit, bands }
    PointsWhen { when, min, max }
    Band { from, above, min, max }
}

read_names! {
    Confidence {
        "official" => Official, "reposted" => Reposted, "two-sources" => TwoSources,
        "one-source" => OneSource, "derived" => Derived, "assumed" => Assumed, "open" => Open,
    }
    CriterionKind {
        "gate" => Gate, "score" => Score, "bonus" => Bonus, "route" => Route,
        "document" => Paper, "note" => Note,
    }
    Horizon { "this_round" => ThisRound, "next_round" => NextRound }
    Better { "higher" => Higher, "lower" => Lower, "neither" => Neither }
}

impl Read for Policy {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let members = reader.members(value);
        macro_rules! member {
            ($name:literal) => {
                Read::member(members, $name, reader)
            };
        }
        Self {
            schema: member!("schema"),
            id: member!("id"),
            edition: member!("edition"),
            digest: member!("digest"),
            title: member!("title"),
            summary: member!("summary"),
            authority: member!("authority"),
            platform: member!("platform"),
            minutes: member!("minutes"),
            benefits: member!("benefits"),
            cautions: member!("cautions"),
            open_points: member!("open_points"),
            checked_on: member!("checked_on"),
            review_by: member!("review_by"),
            window: member!("window"),
            calendar: member!("calendar"),
            papers: member!("evidence"),
            sources: member!("sources"),
            criteria: member!("criteria"),
            verdict: member!("verdict"),
            hint: member!("hint"),
            each: member!("each"),
            indicators: member!("indicators"),
            entry_notes: member!("entry_notes"),
            levers: member!("levers"),
            tables: member!("tables"),
            formulas: member!("formulas"),
            code: member!("code"),
            links: Links::default(),
            judged: Vec::new(),
            program: None,
        }
    }
}

impl Read for Rule {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let (name, inner) = named(value);
        let members = reader.members(inner);
        match name {
            "holds" => Self::Holds {
                when: Read::member(members, "when", reader),
                observe: Read::member(members, "observe", reader),
            },
            "points" => Self::Points {
                best_of: Read::member(members, "best_of", reader),
                out_of: Read::member(members, "out_of", reader),
            },
            "total" => Self::Total {
                of: Read::member(members, "of", reader),
                out_of: Read::member(members, "out_of", reader),
                needs: Read::member(members, "needs", reader),
                strict: Read::member(members, "strict", reader),
                also: Read::member(members, "also", reader),
            },
            _ => reader.instead(Self::Holds { when: ConditionAt::new(u16::MAX), observe: None }),
        }
    }
}

impl Read for Basis {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let members = reader.members(value);
        Self {
            title: Read::member(members, "title", reader),
            measure: match reader.member(members, "when") {
                None => Measure::Banded(Read::read(value, reader)),
                Some(_) => Measure::Condition(Read::read(value, reader)),
            },
        }
    }
}
