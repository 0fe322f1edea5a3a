//! Answers are kept as the company file itself, as they were typed. A value that
//! can't be used stays in the file, so it can be shown beside its question.

use serde_json::{Value, json};
use zice_rules::{Date, company};
use zice_tables::figure::plain_day;

use crate::{
    Deleted, Focus, Session,
    path::{self, DAY, End, Path},
};

/// The company file, with what is needed to take changes back and to know whether
/// it must be saved.
#[derive(Clone)]
pub struct Answers {
    /// The company file, with everything in it that the page does not know.
    pub file: Value,
    /// Answers that "not sure" set aside, by fact; they come back when the tick is
    /// taken away.
    aside: Vec<(String, Value)>,
    /// A list entry that was deleted and can be put back.
    pub deleted: Option<Deleted>,
    /// Places of the figures that were carried over as estimates from an earlier
    /// year.
    pub carried: Vec<Path>,
    /// Whether answers changed since they were opened or saved.
    pub unsaved: bool,
    /// The number of changes so far; effects compare it to see whether the file is
    /// another.
    pub changes: u32,
}

impl Answers {
    /// Makes a company file in which nothing was answered yet, for an application
    /// today.
    pub(crate) fn new(today: Date) -> Self {
        Self {
            file: json!({ "schema": company::SCHEMA, "as_of": today.to_string(), "facts": {} }),
            aside: Vec::new(),
            deleted: None,
            carried: Vec::new(),
            unsaved: false,
            changes: 0,
        }
    }

    /// Forgets what could be taken back; called when another company's file takes
    /// the place of this one.
    pub(crate) fn forget_past(&mut self) {
        self.deleted = None;
        self.aside.clear();
    }
}

impl Session {
    /// The value at a place of the company file; nothing where it is absent or
    /// `null`.
    pub fn at(&self, place: &Path) -> Option<&Value> {
        place.get(&self.answers.file)
    }

    /// The answer to a fact; nothing where there is none or it is said to be
    /// unknown.
    pub fn answer(&self, id: &str) -> Option<&Value> {
        self.fact_member(id).filter(|value| !value.is_null())
    }

    /// Whether the user said of a fact that it is not known: it then stands in
    /// the file, as nothing.
    pub fn is_unsure(&self, id: &str) -> bool {
        self.fact_member(id).is_some_and(Value::is_null)
    }

    fn fact_member(&self, id: &str) -> Option<&Value> {
        self.answers.file.get("facts")?.get(id)
    }

    /// Whether a field of an entry is said to be unknown, so that no default is
    /// taken for it.
    pub fn is_unclear(&self, place: &Path) -> bool {
        place.is_forgotten_in(&self.answers.file)
    }

    /// The company's name as it was typed; empty where there is none.
    pub fn name(&self) -> &str {
        self.answers.file.get(path::NAME).and_then(Value::as_str).unwrap_or("")
    }

    /// The day of application. Where the file names none, or one that can't be
    /// used, the page goes on with today.
    pub fn day(&self) -> Date {
        self.day_in(&self.answers.file)
    }

    /// The day of application that any company file names, by the same rule.
    pub(crate) fn day_in(&self, file: &Value) -> Date {
        let named = file.get(DAY).and_then(Value::as_str).and_then(Date::parse);
        named.unwrap_or(self.today)
    }

    /// The day of application where one is named; nothing where what is named
    /// can't be used, and so nobody knows which day is meant.
    pub fn named_day(&self) -> Option<Date> {
        match self.answers.file.get(DAY) {
            None | Some(Value::Null) => Some(self.today),
            Some(day) => day.as_str().and_then(Date::parse),
        }
    }

    /// Whether a question has an answer. Of a yearly fact only the years that are
    /// asked count.
    pub fn is_answered(&self, fact_at: usize) -> bool {
        let Some(fact) = self.catalogue.dictionary.facts.get(fact_at) else { return false };
        match (self.answer(&fact.id), fact.yearly) {
            (None, _) => false,
            // Figures of other years are no answer to what is asked.
            (Some(Value::Object(years)), true) => years.iter().any(|(year, value)| {
                let asked = self
                    .asked(fact_at)
                    .is_none_or(|asked| year.parse().is_ok_and(|year| asked.years.contains(&year)));
                asked && !value.is_null()
            }),
            _ => true,
        }
    }

    /// Puts a value at a place; `null` takes out what is there. Every change of an
    /// answer goes through here: it ends the undoing of a paste at that place, and
    /// drops what a table said there.
    pub(crate) fn put(&mut self, place: &Path, value: Value) {
        // Once something else was changed there, undoing would undo that too.
        if self.pasting.last.as_ref().is_some_and(|it| place.is_below(&it.place)) {
            self.pasting.last = None;
        }
        // While it is typed what stood there is still wanted.
        if self.view.typing.as_ref() != Some(place) {
            self.drop_words(place);
        }
        let file = &mut self.answers.file;
        // A day that was wiped out is not today: it is said to be missing.
        let wiped = place == DAY && value.is_null();
        place.put(file, if wiped { json!("") } else { value });
        if file.get("facts").is_none_or(Value::is_null) {
            Path::member("facts").put(file, json!({}));
        }
    }

    /// Sets the value at a place. A day of application is brought into its plain
    /// form (`2026-06-01`), however it was written.
    pub(crate) fn set(&mut self, place: &Path, value: Value) {
        let day = place == DAY;
        let value = match value.as_str().filter(|_| day) {
            Some(typed) => json!(plain_day(typed)),
            None => value,
        };
        self.put(place, value);
    }

    /// Sets the value while it is being typed: what is wrong with it is told when
    /// the field is left.
    pub(crate) fn type_in(&mut self, place: Path, value: Value) {
        self.view.typing = Some(place.clone());
        self.set(&place, value);
    }

    /// Ends the typing: what is wrong with the value is told from now on.
    pub(crate) fn leave_field(&mut self) {
        let Some(place) = self.view.typing.take() else { return };
        if self.at(&place).is_some() {
            self.drop_words(&place);
        }
    }

    /// Sets the value by a button that is gone afterwards, so something else takes
    /// the focus and fields start afresh.
    pub(crate) fn press(&mut self, place: &Path, value: Value, then: Focus) {
        self.view.typing = None;
        self.put(place, value);
        self.view.fresh += 1;
        self.focus(then);
    }

    /// Confirms figures that are in doubt, by their places below `confirmed`. A
    /// doubt stays answered for as long as its figures are these.
    pub(crate) fn confirm(&mut self, answers: Vec<(Path, String)>, then: Focus) {
        for (place, figures) in answers {
            self.put(&place, json!(figures));
        }
        self.focus(then);
    }

    /// Says that a field of an entry is unknown. It stays in the file as `null`, so
    /// that no default is taken for it.
    pub(crate) fn turn_unclear(&mut self, place: &Path) {
        // So that there is something to take out of.
        self.put(place, Value::Bool(false));
        place.forget(&mut self.answers.file);
        self.view.fresh += 1;
        self.focus(Focus::Field(place.clone()));
    }

    /// Says of a fact that it is unknown, or takes that back. It then stands in
    /// the file as nothing; the answer it had comes back.
    pub(crate) fn turn_unsure(&mut self, id: String) {
        let place = Path::fact(&id);
        let aside = self.answers.aside.iter().position(|(fact, _)| *fact == id);
        if self.is_unsure(&id) {
            let value = aside.map(|at| self.answers.aside.swap_remove(at).1);
            let words = self.words_of(&place);
            self.put(&place, value.unwrap_or_default());
            self.put_words(&place, words);
        } else {
            if let Some(at) = aside {
                self.answers.aside.swap_remove(at);
            }
            if let Some(value) = self.at(&place).cloned() {
                self.answers.aside.push((id.clone(), value));
            }
            let facts = self.answers.file.get_mut("facts").and_then(Value::as_object_mut);
            if let Some(facts) = facts {
                facts.insert(id, Value::Null);
            }
        }
        self.view.fresh += 1;
    }

    /// Turns one figure into the range that says the same, or back. A range
    /// becomes one figure only where it is one.
    pub(crate) fn turn_range(&mut self, place: Path) {
        let value = self.at(&place).cloned().unwrap_or_default();
        if value.is_object() || self.view.ranges.contains(&place) {
            self.view.ranges.retain(|other| *other != place);
            let [least, most] = [End::Min, End::Max].map(|end| value.get(end.name()));
            let one = least.filter(|least| most == Some(least));
            self.put(&place, one.cloned().unwrap_or_default());
            self.focus(Focus::Field(place));
        } else {
            if !value.is_null() {
                self.put(&place, json!({ "min": value, "max": value }));
            }
            self.focus(Focus::End(place.clone(), End::Min));
            self.view.ranges.push(place);
        }
    }
}
