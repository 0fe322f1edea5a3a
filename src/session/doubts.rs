//! What is open about figures that were entered: doubts of the dictionary, and
//! figures that are only an estimate. Neither changes what a policy says; both
//! keep it from being shown as settled.

use serde_json::{Value, json};
use zice_report::doubt_text;
use zice_rules::{Company, Lang, Text};

use super::Session;
use crate::words::{self, Word};

/// The member of the company file that holds the doubts that were answered:
/// by code and year, the figures as they then were.
pub const MEMBER: &str = "confirmed";

/// Facts as positions in the dictionary, with their fiscal years.
pub type Figures = Vec<(usize, Vec<i32>)>;

/// How far what a policy says can be relied on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    Firm,
    /// It rests on figures that are only an estimate.
    Estimated,
    /// It rests on figures that are in doubt.
    Doubted,
}

impl Standing {
    /// What is said instead of the state; nothing where it is firm.
    pub fn word(self) -> Option<&'static Word> {
        match self {
            Self::Firm => None,
            Self::Estimated => Some(&words::BY_ESTIMATE),
            Self::Doubted => Some(&words::DOUBTED),
        }
    }
}

/// A doubt that was not answered. Several that would be laid to rest by one
/// change are told as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Places below [`MEMBER`], and the figures as they are.
    pub answers: Vec<(String, String)>,
    pub text: Text,
    /// What it rests on.
    pub figures: Figures,
    /// The fact whose question tells it.
    pub at: Option<usize>,
    /// Place and value of the change that is proposed.
    pub change: Option<(String, String)>,
}

/// The doubts about figures that any policy in use looks at, without those
/// that were answered. Of the rest of the page: only once that is there (see `rest`).
#[inline(never)]
pub fn open_doubts(session: &Session, company: &Company) -> Vec<Open> {
    let mut open: Vec<Open> = Vec::new();
    let facts = &session.catalogue.dictionary.facts;
    for raised in session.catalogue.dictionary.doubts_about(company) {
        if !session.policies().any(|policy| raised.concerns(policy, company)) {
            continue;
        }
        let year = raised.year.map_or_else(String::new, |year| [".", &year.to_string()].concat());
        let answer = ([MEMBER, ".", &raised.doubt.code, &year].concat(), raised.figures());
        if session.at(&answer.0).and_then(Value::as_str) == Some(&answer.1) {
            continue;
        }
        let change = raised.suggest.as_ref().and_then(|change| {
            let id = &facts.get(change.fact)?.id;
            let year = change.year.map_or_else(String::new, |it| [".", &it.to_string()].concat());
            Some((["facts.", id, &year].concat(), change.to.to_decimal_or_ratio()))
        });
        let same = open.iter_mut().find(|it| change.is_some() && it.change == change);
        if let Some(same) = same {
            same.answers.push(answer);
            same.figures.extend(raised.facts);
            continue;
        }
        let asked = |fact: &&(usize, Vec<i32>)| session.asked(fact.0).is_some();
        open.push(Open {
            answers: vec![answer],
            text: Text { zh: doubt_text(&raised, Lang::Zh), en: doubt_text(&raised, Lang::En) },
            at: raised.facts.iter().find(asked).map(|(fact, _)| *fact),
            figures: raised.facts,
            change,
        });
    }
    open
}

impl Session {
    /// Figures that were given as a range and are one value: estimates that
    /// the engine can only take for what they say.
    pub(crate) fn estimates(&self) -> Figures {
        let facts = self.catalogue.dictionary.facts.iter().enumerate();
        let estimated = facts.filter_map(|(at, fact)| {
            let value = self.answer(&fact.id).filter(|_| fact.kind.is_number())?;
            let years: Vec<i32> = match value {
                Value::Object(years) if fact.yearly => {
                    let one = years.iter().filter(|(_, value)| is_estimate(value));
                    one.filter_map(|(year, _)| year.parse().ok()).collect()
                }
                _ => Vec::new(),
            };
            (!years.is_empty() || is_estimate(value)).then_some((at, years))
        });
        estimated.collect()
    }

    /// The doubts that are told at a question, as far as the figures are
    /// complete.
    pub fn told_at(&self, fact: usize) -> impl Iterator<Item = &Open> {
        self.doubts.iter().filter(move |it| it.at == Some(fact) && !self.is_typing(it))
    }

    fn is_typing(&self, open: &Open) -> bool {
        open.figures.iter().any(|(fact, _)| {
            let id = self.catalogue.dictionary.facts.get(*fact).map_or("", |it| &it.id);
            let rest = self.typing.strip_prefix("facts.").and_then(|it| it.strip_prefix(id));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// What the doubts at a question are made of.
    pub fn doubts_at(&self, fact: usize) -> Option<Value> {
        let answers = self.told_at(fact).flat_map(|it| &it.answers);
        let all: Vec<Value> = answers.map(|(place, is)| json!([place, is])).collect();
        (!all.is_empty()).then_some(Value::Array(all))
    }
}

/// Whether a value is a range whose ends are one.
pub fn is_estimate(value: &Value) -> bool {
    let end = |name: &str| value.get(name).filter(|it| !it.is_null());
    end("min").is_some() && end("min") == end("max")
}
