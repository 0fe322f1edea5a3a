//! A statement pasted for all figures of a topic at once.

use std::{borrow::Cow, rc::Rc};

use serde_json::Value;
use zice_engine::protocol::BlockRequest;

use crate::{Focus, Session, path::Path};

/// What the user does with a statement.
#[derive(Clone)]
pub enum StatementStep {
    /// Opens the field of a topic, by its position, or closes it.
    Open(usize),
    /// Pastes or types into it; the whole text is read anew.
    Text(String),
    /// Fills in what was read.
    Take,
    /// Undoes that.
    Undo,
}

/// A statement that is being pasted. It changes no answer until it is taken.
#[derive(Clone, Default)]
pub struct StatementDraft {
    /// The topic whose figures are looked for.
    pub topic: usize,
    /// What was pasted.
    pub text: Rc<str>,
    /// What was found, in the order of the questions.
    pub found: Rc<[Line]>,
    /// A unit it names that nobody knows: then nothing can be filled in.
    pub odd_unit: Option<String>,
}

/// A figure that was found, or something like it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Position of the fact.
    pub fact: usize,
    /// Its fiscal year.
    pub year: i32,
    /// As it stands in the statement.
    pub text: String,
    /// What it says; nothing where that was not understood, or where its line only
    /// looks like what is asked.
    pub value: Option<Value>,
    /// The name of a line that looks like what is asked and may be something else.
    pub looks_like: Option<String>,
}

/// What was filled in last, and what stood there before.
#[derive(Clone)]
pub struct Taken {
    /// The topic.
    pub topic: usize,
    /// Of each figure its place, what stood there before, and what was filled in.
    figures: Vec<(Path, Value, Value)>,
}

impl Taken {
    /// How many figures were filled in.
    pub fn count(&self) -> usize {
        self.figures.len()
    }
}

impl Session {
    /// The questions of a topic whose figures a statement can hold: those by year, with
    /// a figure for each.
    fn stated(&self, topic: usize) -> Vec<(usize, Vec<i32>)> {
        let asked = self.scope.topics.get(topic).into_iter().flat_map(|it| &it.asked);
        let stated = asked.filter(|it| {
            let fact = self.catalogue.dictionary.facts.get(it.fact);
            fact.is_some_and(|it| it.yearly && it.sides.is_empty() && it.kind.is_number())
        });
        stated.map(|it| (it.fact, it.years.clone())).collect()
    }

    /// Whether a topic has several figures that one statement can fill.
    pub fn takes_statement(&self, topic: usize) -> bool {
        self.stated(topic).len() > 1
    }

    pub(crate) fn paste_statement(&mut self, step: StatementStep) {
        match step {
            StatementStep::Open(topic) => {
                let open = self.pasting.statement.is_some();
                let draft = StatementDraft { topic, ..StatementDraft::default() };
                self.pasting.statement = (!open).then_some(draft);
            }
            StatementStep::Text(text) => {
                if let Some(topic) = self.pasting.statement.as_ref().map(|it| it.topic) {
                    let draft =
                        StatementDraft { topic, text: text.into(), ..StatementDraft::default() };
                    self.pasting.statement = Some(self.with_lines(draft));
                }
            }
            StatementStep::Take => self.take_statement(),
            StatementStep::Undo => self.undo_statement(),
        }
    }

    /// Asks the engine what the statement says of each figure. Only lines that go by
    /// the name of a figure count: nothing is taken by its position.
    fn with_lines(&self, mut draft: StatementDraft) -> StatementDraft {
        let mut found = Vec::new();
        if draft.text.trim().is_empty() {
            return draft;
        }
        for (fact, years) in self.stated(draft.topic) {
            let reply = self.catalogue.engine.block(&BlockRequest {
                text: Cow::Borrowed(&draft.text),
                fact,
                fields: Vec::new(),
                years,
                base: self.last_year(),
                cell: String::new(),
                context: self.context(self.view.unit),
                unit_said: false,
                named_only: true,
            });
            draft.odd_unit = draft.odd_unit.or(reply.odd_unit);
            let cells = reply.fills.into_iter().next().unwrap_or_default();
            found.extend(cells.into_iter().filter_map(|cell| {
                let looks_like = cell.looks_like.map(|(name, _)| name);
                let value = cell.value.filter(|_| looks_like.is_none());
                let year = cell.place.parse().ok()?;
                Some(Line { fact, year, text: cell.text, value, looks_like })
            }));
        }
        draft.found = found.into();
        draft
    }

    fn take_statement(&mut self) {
        let Some(draft) = self.pasting.statement.take_if(|it| it.odd_unit.is_none()) else {
            return;
        };
        let mut figures = Vec::new();
        for line in draft.found.iter() {
            let fact = self.catalogue.dictionary.facts.get(line.fact);
            if let (Some(fact), Some(value)) = (fact, &line.value) {
                let place = Path::fact(&fact.id).year(line.year);
                let before = self.at(&place).cloned().unwrap_or_default();
                figures.push((place.clone(), before, value.clone()));
                self.view.ranges.retain(|other| !other.is_below(&place));
                self.put(&place, value.clone());
            }
        }
        self.pasting.taken = Some(Taken { topic: draft.topic, figures });
        self.view.fresh += 1;
        self.focus(Focus::Element(TAKEN.to_owned()));
    }

    /// Puts back what stood there, except where a figure was changed since.
    fn undo_statement(&mut self) {
        let taken = self.pasting.taken.take();
        for (place, before, filled) in taken.into_iter().flat_map(|it| it.figures) {
            if self.at(&place) == Some(&filled) {
                self.put(&place, before);
            }
        }
        self.view.fresh += 1;
        self.focus(Focus::Element(OPENER.to_owned()));
    }
}

/// The id of the button that opens the field for a statement.
pub const OPENER: &str = "zice-statement-open";
/// The id of the button that undoes what was filled in.
pub const TAKEN: &str = "zice-statement-undo";
