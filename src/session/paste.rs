//! Pasting: what lies in the clipboard becomes entries or figures, and goes
//! again as if it had never been.

use std::rc::Rc;

use serde_json::{Value, json};
use zice_rules::dictionary::{Fact, Kind};

use super::Session;
use crate::{
    paste::{Corrections, Order, Reading, fill, fill::Fill, read, rows},
    place,
    words::{self, Word},
};

/// What the user does with a paste.
#[derive(Clone)]
pub enum Step {
    /// Asks for the field to paste into, at this list; or sends it away.
    Open(String),
    /// Pastes or types into it.
    Text(String),
    /// Says which field a column is, or that it is not used.
    Column(usize, Option<usize>),
    /// Says how the days of a column are read.
    Order(usize, Option<Order>),
    /// Takes the rows in place of the entries there are, or behind them.
    Take(bool),
    /// Pastes a block into one of the figures of this place, by the id of its
    /// field.
    Block(String, String, String),
    /// Takes the block, understood in one of the ways.
    Fill(usize),
    Close,
    /// Puts back what was there before.
    Undo,
}

/// A paste under way.
#[derive(Clone, Default)]
pub struct Draft {
    /// The list, or what the figures belong to.
    pub place: String,
    /// Whether it is shown; sent away it is kept.
    pub open: bool,
    /// What takes the focus afterwards.
    then: String,
    pub text: String,
    /// The text there was when it was shown.
    pub kept: String,
    said: Corrections,
    pub reading: Reading,
    /// Rises with every text: what was chosen for its columns starts afresh.
    pub turn: u32,
    /// The ways to understand a block, or why there is none.
    pub fills: Option<Result<Vec<Fill>, &'static Word>>,
}

/// What was pasted last.
#[derive(Clone)]
pub struct Pasted {
    pub place: String,
    /// What stood there before.
    before: Value,
    /// What was done, and how often.
    pub said: (&'static Word, usize),
    then: String,
}

impl Session {
    /// The fields of a list or object that a policy in use looks at, by
    /// position. A text is asked for too: it is what tells entries apart.
    pub fn used_fields(&self, at: usize, fact: &Fact) -> Vec<usize> {
        let fields = fact.fields.iter().enumerate();
        let used = fields
            .filter(|(field, it)| it.kind == Kind::Text || self.uses_field(at, *field));
        used.map(|(field, _)| field).collect()
    }

    /// Where in the dictionary the fact of a place is.
    fn fact_at(&self, place: &str) -> Option<usize> {
        let id = place.strip_prefix("facts.")?.split('.').next()?;
        self.catalogue.dictionary.position(id)
    }

    pub(super) fn paste(&mut self, step: Step) {
        match step {
            Step::Open(place) => {
                let mut draft = match self.paste.take() {
                    Some(draft) if draft.place == place && draft.fills.is_none() => (*draft).clone(),
                    _ => Draft { place: place.clone(), ..Draft::default() },
                };
                draft.open = !draft.open;
                draft.then = [&question_of(&place), " [data-zice-paste]"].concat();
                draft.kept = draft.text.clone();
                if draft.open {
                    self.focus([&paste_id(&place), " textarea"].concat());
                }
                self.paste = Some(draft.into());
            }
            Step::Text(text) => self.draft(|draft| {
                draft.text = text;
                draft.said = Corrections::default();
                draft.turn += 1;
            }),
            Step::Column(column, field) => {
                self.draft(|draft| draft.said.fields.push((column, field)));
            }
            Step::Order(column, order) => {
                self.draft(|draft| draft.said.orders.push((column, order)));
            }
            Step::Take(replace) => self.take(replace),
            Step::Block(place, id, text) => self.block(place, &id, &text),
            Step::Fill(way) => self.fill(way),
            Step::Close => {
                if let Some(draft) = self.paste.take() {
                    self.focus(draft.then.clone());
                    let closed = Draft { open: false, ..(*draft).clone() };
                    self.paste = closed.fills.is_none().then(|| closed.into());
                }
            }
            Step::Undo => {
                if let Some(Pasted { place, before, then, .. }) = self.pasted.take() {
                    self.focus(then);
                    self.replace(&place, before);
                }
            }
        }
    }

    /// Changes the draft and reads it again.
    fn draft(&mut self, change: impl FnOnce(&mut Draft)) {
        let Some(mut draft) = self.paste.take() else { return };
        let at = self.fact_at(&draft.place);
        let dictionary = &self.catalogue.dictionary;
        if let Some((at, fact)) = at.and_then(|at| Some((at, dictionary.facts.get(at)?))) {
            let next = Rc::make_mut(&mut draft);
            change(next);
            next.reading =
                read(&next.text, fact, &self.used_fields(at, fact), self.name(), &next.said);
        }
        self.paste = Some(draft);
    }

    fn take(&mut self, replace: bool) {
        let Some(draft) = self.paste.take() else { return };
        let there = self.at(&draft.place).and_then(Value::as_array).cloned();
        let mut entries = there.filter(|_| !replace).unwrap_or_default();
        let before = entries.len();
        entries.extend(draft.reading.entries().cloned());
        let word = if replace { &words::REPLACED } else { &words::ADDED };
        let said = (word, entries.len() - before);
        self.pasted(&draft, said, Value::Array(entries));
    }

    fn block(&mut self, place: String, id: &str, text: &str) {
        let Some(at) = self.fact_at(&place) else { return };
        let dictionary = &self.catalogue.dictionary;
        let Some(fact) = dictionary.facts.get(at) else { return };
        let rows = rows(text);
        let fills = if fact.sides.is_empty() {
            let asked = self.topics.iter().flat_map(|topic| &topic.asked).find(|it| it.fact == at);
            fill::years(&rows, fact, asked.map_or(&[], |asked| &asked.years))
        } else {
            let cell = id.strip_prefix(place::element_id(&place).as_str()).and_then(|rest| {
                let (side, field) = rest.strip_prefix('-')?.split_once('-')?;
                let side = fact.sides.iter().position(|it| it.id == side)?;
                Some((side, fact.fields.iter().position(|it| it.id == field)?))
            });
            fill::sides(&rows, fact, &self.used_fields(at, fact), cell)
        };
        self.focus([&paste_id(&place), " button"].concat());
        let then = ["#", id].concat();
        let draft = Draft { place, open: true, then, fills: Some(fills), ..Draft::default() };
        self.paste = Some(draft.into());
    }

    fn fill(&mut self, way: usize) {
        let Some(draft) = self.paste.take() else { return };
        let Some(Ok(fills)) = &draft.fills else { return };
        let Some(fill) = fills.get(way) else { return };
        let mut filled = self.at(&draft.place).cloned().unwrap_or_else(|| json!({}));
        let mut count = 0;
        for cell in &fill.cells {
            if let Some(value) = &cell.value {
                place::put(&mut filled, &cell.place, value.clone());
                count += 1;
            }
        }
        self.pasted(&draft, (&words::FILLED, count), filled);
    }

    fn pasted(&mut self, draft: &Draft, said: (&'static Word, usize), value: Value) {
        let place = draft.place.clone();
        let before = self.at(&place).cloned().unwrap_or_default();
        self.replace(&place, value);
        self.deleted = None;
        self.focus([&question_of(&place), " [role=status] button"].concat());
        self.pasted = Some(Pasted { place, before, said, then: draft.then.clone() });
    }

    /// Everything at a place at once: nothing below it is as it was.
    fn replace(&mut self, place: &str, value: Value) {
        self.ranges.retain(|other| !is_below(other, place));
        self.editing.retain(|other| !is_below(other, place));
        self.put(place, value);
        self.fresh += 1;
    }
}

/// Whether one place lies within another.
pub(super) fn is_below(place: &str, other: &str) -> bool {
    place.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The selector of what shows a paste.
fn paste_id(place: &str) -> String {
    ["#", &place::element_id(place), "-paste"].concat()
}

/// The selector of the question a place belongs to.
fn question_of(place: &str) -> String {
    let fact = place.strip_prefix("facts.").unwrap_or(place);
    ["#zice-", fact.split('.').next().unwrap_or("")].concat()
}
