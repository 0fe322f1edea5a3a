//! What is open about figures that were entered: doubts of the dictionary, and
//! figures that are only an estimate. Neither changes what a policy says; both
//! keep it from being shown as settled.

use serde_json::{Value, json};
use zice_engine::protocol::{Doubt, Figures};

use crate::{Session, path::Path};

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

    /// The fact whose question tells a doubt: the first of those it rests on that
    /// is asked.
    pub fn told_by(&self, doubt: &Doubt) -> Option<usize> {
        doubt.figures.iter().map(|(fact, _)| *fact).find(|fact| self.asked(*fact).is_some())
    }

    /// The doubts that are told at a question, as far as the figures are
    /// complete.
    pub fn told_at(&self, fact: usize) -> impl Iterator<Item = &Doubt> {
        let here = move |it: &&Doubt| self.told_by(it) == Some(fact) && !self.is_typing(it);
        self.results.doubts.iter().filter(here)
    }

    fn is_typing(&self, open: &Doubt) -> bool {
        open.figures.iter().any(|(fact, _)| {
            let id = self.catalogue.dictionary.facts.get(*fact).map_or("", |it| &it.id);
            self.view.typing.as_ref().is_some_and(|typing| typing.is_below(&Path::fact(id)))
        })
    }

    /// What the doubts at a question are made of: as long as it is equal, the
    /// question need not be drawn anew.
    pub fn doubts_at(&self, fact: usize) -> Option<Value> {
        let answers = self.told_at(fact).flat_map(|it| &it.answers);
        let all: Vec<Value> = answers.map(|(place, is)| json!([place, is])).collect();
        (!all.is_empty()).then_some(Value::Array(all))
    }
}

/// Whether a value is an estimate: a range whose ends are one figure.
pub fn is_estimate(value: &Value) -> bool {
    let end = |name: &str| value.get(name).filter(|it| !it.is_null());
    end("min").is_some() && end("min") == end("max")
}
