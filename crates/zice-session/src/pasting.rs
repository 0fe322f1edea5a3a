//! Pasting turns a table from the clipboard into entries of a list, or a block into
//! figures. It is a draft until the user takes it, and can be undone until
//! something else changes at that place.

use std::{borrow::Cow, rc::Rc};

use serde_json::{Map, Value};
use zice_engine::protocol::{BlockRequest, Context, ListRequest};
use zice_rules::dictionary::{Fact, Kind};
use zice_tables::{
    figure::Unit,
    fill::Fill,
    list::{Question, Reading, Row, Said},
    right,
};

use crate::{
    Focus, Session,
    leftovers::{self, words_in},
    path::Path,
    statement::{StatementDraft, Taken},
};

/// A step of a paste, by the user.
#[derive(Clone)]
pub enum Step {
    /// Asks for the field to paste into, at a list; or sends it away.
    Open(Path),
    /// Pastes or types into that field; the whole text is read anew.
    Text(String),
    /// Corrects how the table was read: what a column is, what a cell says.
    Say(Said),
    /// Takes the rows behind the entries there are, or in place of them.
    Take(bool),
    /// Pastes a block into one of the figures of a place.
    Block {
        /// What the figures belong to.
        place: Path,
        /// Which of them it was pasted into: the end of its field's id.
        cell: String,
        /// What was pasted.
        text: String,
        /// That field, which takes the focus afterwards.
        from: Focus,
    },
    /// Says what the figures of the block are in, where it names a unit nobody
    /// knows.
    In(Unit),
    /// Says that lines of the block that are called so are what is asked.
    Same(String),
    /// Takes the block, understood in one of the ways.
    Fill(usize),
    /// Sends the panel away; what was read is kept.
    Close,
    /// Undoes the last paste.
    Undo,
}

/// The paste under way, the last one that was done, and one that waits.
#[derive(Clone, Default)]
pub struct Pasting {
    /// A paste under way. It changes no answer until it is taken.
    pub draft: Option<Draft>,
    /// What was pasted last and can be undone.
    pub last: Option<Pasted>,
    /// A step that waits for the rest of the page.
    pub held: Option<Step>,
    /// A statement that is being pasted for all figures of a topic.
    pub statement: Option<StatementDraft>,
    /// What was filled in from the last one.
    pub taken: Option<Taken>,
}

/// A paste under way.
#[derive(Clone, Default)]
pub struct Draft {
    /// The list, or what the figures belong to.
    pub place: Path,
    /// Whether it is shown; sent away, what was understood is kept.
    pub open: bool,
    /// What takes the focus when the panel is sent away.
    then: Option<Focus>,
    /// What was pasted.
    pub text: Rc<str>,
    /// What the user said of it, in order.
    pub said: Vec<Said>,
    /// Questions about all rows of this text, answered or not: what was answered
    /// can be answered anew.
    pub asked: Vec<Question>,
    /// What was understood of it.
    pub reading: Rc<Reading>,
    /// Rises with every text: what was chosen for its columns starts afresh.
    pub turn: usize,
    /// The ways to understand a block of figures.
    pub fills: Option<Rc<[Fill]>>,
    /// The unit of that block, where nobody knows it.
    pub odd_unit: Option<String>,
    /// Which of the figures the block was pasted into.
    cell: String,
}

/// The last paste that was taken, and what is needed to undo it.
#[derive(Clone)]
pub struct Pasted {
    /// The place that was pasted into.
    pub place: Path,
    /// What stood there before.
    before: Value,
    /// The cells of it that were not understood.
    words: Value,
    /// What was done.
    pub done: Done,
    then: Option<Focus>,
}

/// What a paste did with what it read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Entries were added to a list.
    Added,
    /// Entries took the place of those there were.
    Replaced,
    /// Figures were filled in.
    Filled,
}

/// What a paste did, and how often.
#[derive(Clone, Copy)]
pub struct Done {
    /// What kind of change it was.
    pub outcome: Outcome,
    /// How many entries or figures.
    pub count: usize,
    /// How many rows were left out: rights that the list had already.
    pub skipped: usize,
}

impl Step {
    /// The place a paste is shown at.
    pub fn place(&self) -> Option<&Path> {
        match self {
            Step::Open(place) | Step::Block { place, .. } => Some(place),
            _ => None,
        }
    }

    /// The field or button it was asked for at, which takes the focus where it has
    /// to wait.
    pub(super) fn asked_at(&self) -> Option<Focus> {
        match self {
            Step::Open(place) => Some(Focus::PasteButton(fact_of(place))),
            Step::Block { from, .. } => Some(from.clone()),
            _ => None,
        }
    }
}

impl Session {
    /// The fields of a list or object that a policy in use looks at, by
    /// position. A text is asked for too: it is what tells entries apart.
    pub fn used_fields(&self, at: usize, fact: &Fact) -> Vec<usize> {
        let fields = fact.fields.iter().enumerate();
        let used =
            fields.filter(|(field, it)| it.kind == Kind::Text || self.uses_field(at, *field));
        used.map(|(field, _)| field).collect()
    }

    /// Does a step of a paste, or holds it until the rest of the page is there.
    pub(crate) fn paste_or_hold(&mut self, step: Step) {
        if self.is_whole() {
            self.paste(step);
        } else {
            self.pasting.held = Some(step);
        }
    }

    /// Does a step of a paste; only once the engine is there.
    pub(crate) fn paste(&mut self, step: Step) {
        let draft = self.pasting.draft.take().unwrap_or_default();
        self.pasting.draft = match step {
            Step::Open(place) => Some(self.open_draft(draft, place)),
            Step::Text(text) => Some(self.read_text(draft, text)),
            Step::Say(said) => Some(self.read_as_said(draft, said)),
            Step::Take(replace) => return self.take_rows(draft, replace),
            Step::Block { place, cell, text, from } => {
                let text = text.into();
                let then = Some(from);
                let draft = Draft { open: true, place, then, cell, text, ..Draft::default() };
                Some(self.read_block(draft))
            }
            Step::In(unit) => Some(self.with_ways(draft, Some(unit))),
            Step::Same(label) => Some(self.take_as_same(draft, &label)),
            Step::Fill(way) => return self.fill_in(draft, way),
            Step::Close => {
                if let Some(focus) = draft.then.clone() {
                    self.focus(focus);
                }
                Some(Draft { open: false, ..draft })
            }
            Step::Undo => {
                self.undo_paste();
                Some(draft)
            }
        };
    }

    fn open_draft(&mut self, mut draft: Draft, place: Path) -> Draft {
        if draft.place != place || draft.fills.is_some() {
            draft = Draft { place, ..Draft::default() };
        }
        draft.open = !draft.open;
        draft.then = Some(Focus::PasteButton(fact_of(&draft.place)));
        if draft.open {
            self.focus(Focus::PasteField(fact_of(&draft.place)));
        }
        draft
    }

    fn read_text(&self, mut draft: Draft, text: String) -> Draft {
        draft.text = text.into();
        draft.said.clear();
        draft.asked.clear();
        draft.turn += 1;
        self.read(&mut draft);
        draft
    }

    fn read_as_said(&self, mut draft: Draft, said: Said) -> Draft {
        draft.said.push(said);
        self.read(&mut draft);
        draft
    }

    /// Takes the rows that were read behind the entries there are, without rights
    /// that are among them already, or in place of them.
    fn take_rows(&mut self, draft: Draft, replace: bool) {
        let there = self.at(&draft.place).and_then(Value::as_array).cloned();
        let mut entries = there.filter(|_| !replace).unwrap_or_default();
        let words = self.words_of(&draft.place);
        let mut words = words.as_object().cloned().filter(|_| !replace).unwrap_or_default();
        let key = |entry: &Value| right::key(entry.get("number")?.as_str()?);
        let known: Vec<_> = entries.iter().filter_map(key).collect();
        let there = |row: &Row| {
            let key = row.entry.as_ref().and_then(key);
            key.is_some_and(|key| known.contains(&key))
        };
        let (mut count, mut skipped) = (0, 0);
        if let Some((_, fact)) = self.fact_at(&draft.place) {
            for row in draft.reading.rows.iter().filter(|row| row.entry.is_some()) {
                if there(row) {
                    skipped += 1;
                    continue;
                }
                count += 1;
                let at = entries.len().to_string();
                words.insert(at, words_in(fact, &draft.reading, row));
                entries.extend(row.entry.clone());
            }
        }
        let outcome = if replace { Outcome::Replaced } else { Outcome::Added };
        let done = Done { outcome, count, skipped };
        self.finish(draft, done, Value::Array(entries), words);
    }

    fn read_block(&mut self, draft: Draft) -> Draft {
        self.focus(Focus::PastePanel(fact_of(&draft.place)));
        self.with_ways(draft, None)
    }

    /// Takes lines of the block that are called so for what is asked.
    fn take_as_same(&mut self, mut draft: Draft, label: &str) -> Draft {
        let mut fills = draft.fills.as_deref().unwrap_or(&[]).to_vec();
        for cell in fills.iter_mut().flatten() {
            if cell.looks_like.as_ref().is_some_and(|it| it.0 == label) {
                cell.value = cell.looks_like.take().and_then(|it| it.1);
            }
        }
        draft.fills = Some(fills.into());
        self.focus(Focus::PastePanel(fact_of(&draft.place)));
        draft
    }

    /// Fills the figures of a block in, understood in one of the ways.
    fn fill_in(&mut self, draft: Draft, way: usize) {
        let mut filled = self.at(&draft.place).cloned().unwrap_or_default();
        let mut count = 0;
        let fills = draft.fills.clone();
        for cell in fills.iter().flat_map(|fills| fills.get(way)).flatten() {
            let value = cell.value.as_ref().filter(|_| !cell.place.is_empty());
            if let Some(value) = value {
                Path::from(&*cell.place).put(&mut filled, value.clone());
                count += 1;
            }
        }
        let done = Done { outcome: Outcome::Filled, count, skipped: 0 };
        self.finish(draft, done, filled, Map::new());
    }

    /// Puts back what was there before the last paste.
    fn undo_paste(&mut self) {
        if let Some(pasted) = self.pasting.last.take() {
            if let Some(focus) = pasted.then {
                self.focus(focus);
            }
            self.replace(&pasted.place, pasted.before);
            self.put_words(&pasted.place, pasted.words);
        }
    }

    /// The fact of a place, with its position in the dictionary.
    fn fact_at(&self, place: &Path) -> Option<(usize, &Fact)> {
        let id = place.fact_id()?;
        let facts = &self.catalogue.dictionary.facts;
        facts.iter().enumerate().find(|(_, fact)| fact.id == id)
    }

    pub(crate) fn context(&self, unit: Unit) -> Context {
        Context { name: self.name().to_owned(), unit, day: self.named_day() }
    }

    fn read(&self, draft: &mut Draft) {
        if let Some((fact, _)) = self.fact_at(&draft.place) {
            let reading = self.catalogue.engine.list(&ListRequest {
                text: Cow::Borrowed(&draft.text),
                fact,
                context: self.context(self.view.unit),
                said: Cow::Borrowed(&draft.said),
            });
            for question in &reading.questions {
                if !draft.asked.contains(question) {
                    draft.asked.push(question.clone());
                }
            }
            draft.reading = reading.into();
        }
    }

    /// Asks the engine for the ways to understand the draft's block. A unit that
    /// the user says goes in place of one that nobody knows.
    fn with_ways(&self, mut draft: Draft, said: Option<Unit>) -> Draft {
        let Some((at, fact)) = self.fact_at(&draft.place) else {
            return Draft { fills: Some(Rc::default()), ..draft };
        };
        let reply = self.catalogue.engine.block(&BlockRequest {
            text: Cow::Borrowed(&draft.text),
            fact: at,
            fields: self.used_fields(at, fact),
            years: self.asked(at).map_or_else(Vec::new, |it| it.years.clone()),
            base: self.last_year(),
            cell: draft.cell.clone(),
            context: self.context(said.unwrap_or(self.view.unit)),
            unit_said: said.is_some(),
            named_only: false,
        });
        draft.odd_unit = reply.odd_unit;
        draft.fills = Some(reply.fills.into());
        draft
    }

    /// Puts what was read in its place, so that it can be undone.
    fn finish(&mut self, draft: Draft, done: Done, value: Value, rest: Map<String, Value>) {
        let before = self.at(&draft.place).cloned().unwrap_or_default();
        let words = self.words_of(&draft.place);
        self.replace(&draft.place, value);
        self.put_words(&draft.place, leftovers::filled(rest));
        self.answers.deleted = None;
        self.focus(Focus::TakeBack(fact_of(&draft.place)));
        let (place, then) = (draft.place, draft.then);
        self.pasting.last = Some(Pasted { place, before, words, done, then });
    }

    /// Replaces everything at a place at once. Ranges and open fields below it end,
    /// and fields start afresh.
    fn replace(&mut self, place: &Path, value: Value) {
        for places in [&mut self.view.ranges, &mut self.view.editing] {
            places.retain(|other| !other.is_below(place));
        }
        self.put(place, value);
        self.view.fresh += 1;
    }
}

/// The fact whose question a place belongs to.
fn fact_of(place: &Path) -> String {
    place.fact_id().unwrap_or("").to_owned()
}
