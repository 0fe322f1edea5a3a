//! What the user does, and what becomes of the session by it.

use crate::{
    Message, Refusal, Screen, Session,
    appearance::Look,
    catalogue::Failure,
    engine::Fetching,
    keeping::Kept,
    papers,
    paste::{Step, is_below},
    path,
    unread::shifted,
};
use serde_json::{Map, Value, json};
use zice_rules::{Company, Lang};
use zice_tables::typed::{Unit, plain_day};

/// What the user does.
#[derive(Clone)]
pub enum Action {
    /// Ticks a programme, or takes the tick away.
    Choose(usize),
    /// Goes to a screen.
    Go(Screen),
    /// The same from the foot of a topic, unless there are mistakes in it.
    Next(Screen),
    /// Goes to what the selector names.
    Show(Screen, String),
    /// Shows the page in a language.
    Language(Lang),
    /// Changes how the page looks.
    Look(Look),
    /// What money is typed and shown in.
    Unit(Unit),
    /// Says of a fact that it is not known, or takes that back.
    Unsure(String),
    /// Says that a field of an entry is unknown.
    Unclear(String),
    /// Sets what stands at a place of the company file; `null` takes it back.
    Set(String, Value),
    /// The same while it is being typed.
    Type(String, Value),
    /// The field that was typed in was left.
    Typed,
    /// The same by a button that is gone afterwards: what the selector names
    /// then takes the focus, and fields start afresh.
    Press(String, Value, String),
    /// Asks for a range instead of one figure, or the other way round.
    Range(String),
    /// Shows the fields of the entry at this place, or hides them; what the
    /// selector names then takes the focus.
    Edit(String, String),
    /// How far fetching the engine is.
    Engine(Fetching),
    /// The engine, or what it needs, could not be had: which file, and why.
    EngineFailed(String),
    /// A policy that was asked for is there, or why it is not.
    Arrived(usize, Option<Failure>),
    /// Pastes a table.
    Paste(Step),
    /// Adds an entry to the list at this place.
    Add(String),
    /// Takes an entry out of a list.
    Delete(String, usize),
    /// Puts it back.
    Undo,
    /// Opens a company file that was read already.
    Open(String, Map<String, Value>),
    /// Puts back what there was before a file was opened.
    Restore,
    /// Keeps the company in this browser under a number from now on, or no
    /// longer; with all that are kept.
    Keep(Option<u32>, Vec<Kept>),
    /// What is kept after some were taken out, and their texts.
    Forget(Vec<Kept>, Vec<(u32, String)>),
    /// What to compare with, by name; nothing chooses anew.
    Beside(Option<(String, Value)>),
    /// Both sides change places.
    Swap,
    /// The company file was saved.
    Saved,
    /// Tells why a file was not opened.
    Refuse(Refusal, String),
    /// Says that the figures in doubt are right: places and what they are. What
    /// the selector names then takes the focus.
    Confirm(Vec<(String, String)>, String),
    /// Carries figures of an earlier year over as estimates, or takes them out.
    Carry(bool),
    /// The notice that other years are asked was seen.
    Moved,
}

impl Session {
    pub(super) fn focus(&mut self, selector: String) {
        self.focus = (self.focus.0 + 1, selector);
    }

    pub(super) fn put(&mut self, place: &str, value: Value) {
        // Once something else was changed there, undoing would undo that too.
        if self.pasted.as_ref().is_some_and(|it| is_below(place, &it.place)) {
            self.pasted = None;
        }
        // While it is typed what stood there is still wanted.
        if self.typing != place {
            self.drop_words(place);
        }
        match (place, &value) {
            // A day that was wiped out is not today: it is said to be missing.
            ("as_of", Value::Null) => path::put(&mut self.file, place, json!("")),
            _ => path::put(&mut self.file, place, value),
        }
        if self.file.get("facts").is_none_or(Value::is_null) {
            path::put(&mut self.file, "facts", json!({}));
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Choose(programme) => match self.chosen.binary_search(&programme) {
                Ok(at) => drop(self.chosen.remove(at)),
                Err(at) => self.chosen.insert(at, programme),
            },
            Action::Go(Screen::Topic(_)) if self.policies.is_empty() => {}
            Action::Go(screen) => {
                self.screen = screen;
                self.typing.clear();
                self.halted.clear();
                if matches!(self.message, Some(Message::Refused(..))) {
                    self.message = None;
                }
                self.focus("[data-zice-heading]".to_owned());
            }
            Action::Next(screen) => {
                let Screen::Topic(topic) = self.screen else { return };
                self.halted = self.problems_in(topic);
                self.open_wrong();
                if self.halted.is_empty() {
                    self.apply(Action::Go(screen));
                } else {
                    self.focus("#zice-halted".to_owned());
                }
            }
            Action::Show(screen, selector) => {
                if self.screen != screen {
                    self.apply(Action::Go(screen));
                }
                self.open_wrong();
                self.focus(selector);
            }
            Action::Language(lang) => self.lang = lang,
            Action::Look(look) => self.look = look,
            Action::Unit(unit) => {
                self.unit = unit;
                self.fresh += 1;
            }
            Action::Unsure(id) => self.turn_unsure(id),
            Action::Unclear(place) => {
                // So that there is something to take out of.
                self.put(&place, Value::Bool(false));
                path::forget(&mut self.file, &place);
                self.fresh += 1;
                self.focus(["#", &path::element_id(&place)].concat());
            }
            Action::Set(place, value) => {
                let day = place == "as_of";
                let value = match value.as_str().filter(|_| day) {
                    Some(typed) => json!(plain_day(typed)),
                    None => value,
                };
                self.put(&place, value);
            }
            Action::Type(place, value) => {
                self.typing = place.clone();
                self.apply(Action::Set(place, value));
            }
            Action::Typed => {
                let place = core::mem::take(&mut self.typing);
                if self.at(&place).is_some() {
                    self.drop_words(&place);
                }
            }
            Action::Press(place, value, selector) => {
                self.typing.clear();
                self.put(&place, value);
                self.fresh += 1;
                self.focus(selector);
            }
            Action::Range(place) => self.turn_range(place),
            Action::Edit(place, selector) => {
                match self.editing.iter().position(|other| *other == place) {
                    Some(at) => drop(self.editing.remove(at)),
                    None => self.editing.push(place),
                }
                if !selector.is_empty() {
                    self.focus(selector);
                }
            }
            Action::Paste(step) if self.is_whole() => self.paste(step),
            Action::Paste(step) => self.held = Some(step),
            Action::EngineFailed(why) => {
                self.apply(Action::Engine(Fetching::Failed));
                self.engine_failure = why;
            }
            Action::Engine(fetching) => {
                self.fetching = fetching;
                self.engine_failure.clear();
                if fetching == Fetching::Waiting {
                    // It is tried again.
                    self.missing.clear();
                }
                self.arrive();
                if fetching != Fetching::Failed {
                    self.go_on();
                }
            }
            Action::Arrived(edition, failure) => {
                let there = failure.is_none();
                self.missing.retain(|(at, _)| *at != edition);
                self.missing.extend(failure.map(|failure| (edition, failure)));
                self.arrive();
                if there && self.lacking().is_empty() {
                    self.go_on();
                }
            }
            Action::Add(list) => {
                let entries = self.at(&list).and_then(Value::as_array);
                let mut entries = entries.cloned().unwrap_or_default();
                let entry = path::entry_id(&list, entries.len());
                self.editing.push(entry_place(&list, entries.len()));
                entries.push(json!({}));
                let words = self.words_of(&list);
                self.put(&list, Value::Array(entries));
                self.put_words(&list, words);
                self.focus(format!("#{entry} input, #{entry} select"));
            }
            Action::Delete(list, at) => {
                let entries = self.at(&list).and_then(Value::as_array).cloned();
                if let Some(mut entries) = entries.filter(|entries| at < entries.len()) {
                    let entry = entries.remove(at);
                    // `[]` says that there is none: only its own button does.
                    let none = entries.is_empty();
                    let (words, taken) = shifted(self.words_of(&list), at, true);
                    self.put(&list, if none { Value::Null } else { Value::Array(entries) });
                    self.put_words(&list, words);
                    self.renumber(&list, at, true);
                    self.fresh += 1;
                    self.focus(format!("#{} [role=status] button", path::question_id(&list)));
                    self.deleted = Some((list, at, entry, taken));
                }
            }
            Action::Undo => {
                if let Some((list, at, entry, taken)) = self.deleted.take() {
                    let entries = self.at(&list).and_then(Value::as_array);
                    let mut entries = entries.cloned().unwrap_or_default();
                    let at = at.min(entries.len());
                    entries.insert(at, entry);
                    self.renumber(&list, at, false);
                    let (words, _) = shifted(self.words_of(&list), at, false);
                    self.put(&list, Value::Array(entries));
                    self.put_words(&list, words);
                    self.put_words(&entry_place(&list, at), taken);
                    self.fresh += 1;
                    self.focus(format!("#{} [data-zice-add]", path::question_id(&list)));
                }
            }
            Action::Open(name, members) => {
                let keeping = self.keeping;
                let before = self.exchange(Value::Object(members));
                self.before = self.unsaved.then_some((before, keeping));
                // Without a name it is no file of the user's: taken over from a
                // page that was started anew.
                self.unsaved = name.is_empty();
                self.message = (!name.is_empty()).then_some(Message::Opened(name));
            }
            Action::Restore => {
                if let Some((before, keeping)) = self.before.take() {
                    self.exchange(before);
                    self.keeping = keeping;
                    self.unsaved = true;
                    self.message = None;
                }
            }
            Action::Keep(id, kept) => {
                self.keeping = id;
                self.kept = kept;
                self.forgotten = None;
            }
            Action::Forget(kept, forgotten) => {
                if self.keeping.is_some_and(|id| forgotten.iter().any(|(it, _)| *it == id)) {
                    self.keeping = None;
                    self.unsaved = true;
                }
                self.kept = kept;
                self.forgotten = (!forgotten.is_empty()).then(|| forgotten.into());
                self.focus("[data-zice-kept]|[data-zice-heading]".to_owned());
            }
            Action::Beside(other) => {
                self.other = other;
                self.focus("[data-zice-heading]".to_owned());
            }
            Action::Swap => {
                if let Some((name, file)) = self.other.take() {
                    // Another state of the same company is called what it is.
                    let own = self.name().to_owned();
                    let same = file.get("name") == self.file.get("name");
                    let before = self.exchange(file);
                    self.other = Some((if same { name } else { own }, before));
                    // Nothing tells that both are in a file.
                    self.unsaved = true;
                }
            }
            Action::Saved => self.unsaved = false,
            Action::Refuse(what, detail) => self.message = Some(Message::Refused(what, detail)),
            Action::Confirm(answers, selector) => {
                for (place, figures) in answers {
                    self.put(&place, json!(figures));
                }
                self.focus(selector);
            }
            Action::Carry(over) => self.carry(over),
            Action::Moved => {
                self.moved = None;
                self.carried.clear();
                self.focus("[data-zice-heading]".to_owned());
            }
        }
    }

    /// Looks at everything anew as soon as questions can be shown.
    fn arrive(&mut self) {
        if self.can_ask || !self.catalogue.is_ready() {
            return;
        }
        self.refresh();
        if !self.can_ask {
            return;
        }
        self.fold();
        self.tell_changes();
        if matches!(self.screen, Screen::Topic(_)) {
            self.focus("[data-zice-heading]".to_owned());
        }
    }

    /// Goes on with what waits for the rest of the page, now that it is there
    /// or fetched again. What stood in its place is gone, and the focus with it.
    fn go_on(&mut self) {
        if let Some(step) = self.held.take() {
            if self.is_whole() {
                self.paste(step);
            } else {
                self.focus(step.asked_at());
                self.held = Some(step);
            }
        }
        if matches!(self.screen, Screen::Report | Screen::Compare) {
            self.focus("[data-zice-heading]".to_owned());
        }
    }

    /// Shows the fields of every entry that has a mistake: it is led to.
    fn open_wrong(&mut self) {
        for problem in &self.problems {
            let entry = problem.path.find(']').and_then(|end| problem.path.get(..=end));
            if let Some(entry) = entry.filter(|it| !self.editing.iter().any(|other| other == it)) {
                self.editing.push(entry.to_owned());
            }
        }
    }

    /// What is known of the entries of a list follows them to their new places
    /// when one is taken out, or put in again.
    fn renumber(&mut self, list: &str, at: usize, out: bool) {
        let start = [list, "["].concat();
        for places in [&mut self.editing, &mut self.ranges] {
            places.retain_mut(|place| {
                let rest = place.strip_prefix(&start).and_then(|rest| rest.split_once(']'));
                let Some((other, field)) = rest else { return true };
                let other: usize = other.parse().unwrap_or(0);
                if other >= at {
                    let to = if out { other.wrapping_sub(1) } else { other + 1 };
                    *place = [&entry_place(list, to), field].concat();
                }
                !(out && other == at)
            });
        }
    }

    /// Notes that what stands at a place is no longer what it was.
    fn touch(&mut self, place: &str) {
        let fact = place.strip_prefix("facts.").and_then(|it| it.split(['.', '[']).next());
        let at = fact.and_then(|id| self.catalogue.dictionary.position(id));
        match at.and_then(|at| self.touched.get_mut(at)) {
            Some(touched) => *touched += 1,
            None => self.turn += 1,
        }
    }

    /// Another company file in place of this one, which is handed back. What
    /// was under way has nothing to do with it, and where this one was kept it
    /// is not.
    fn exchange(&mut self, file: Value) -> Value {
        let mut before = core::mem::replace(&mut self.file, file);
        // What was not compared yet comes back with its file.
        if let (false, Some(members)) = (self.results.is_null(), before.as_object_mut()) {
            members.insert("results".to_owned(), core::mem::take(&mut self.results));
        }
        self.keeping = None;
        self.take_results();
        for (member, value) in [("as_of", json!(self.today.to_string())), ("facts", json!({}))] {
            if self.at(member).is_none() {
                self.put(member, value);
            }
        }
        // What was said without a year stays in its year when the day changes.
        Company::write_by_year(&mut self.file, self.catalogue.bare(), self.today);
        self.deleted = None;
        self.typing.clear();
        self.pasted = None;
        self.paste = None;
        self.held = None;
        self.editing.clear();
        self.halted.clear();
        self.aside.clear();
        self.ranges.clear();
        self.fresh += 1;
        before
    }

    /// A fact that is said to be unknown stands in the file as nothing; the
    /// answer it had comes back when that is taken back.
    fn turn_unsure(&mut self, id: String) {
        let place = ["facts.", &id].concat();
        let aside = self.aside.iter().position(|(fact, _)| *fact == id);
        if self.is_unsure(&id) {
            let value = aside.map(|at| self.aside.swap_remove(at).1);
            let words = self.words_of(&place);
            self.put(&place, value.unwrap_or_default());
            self.put_words(&place, words);
        } else {
            if let Some(at) = aside {
                self.aside.swap_remove(at);
            }
            if let Some(value) = self.at(&place) {
                self.aside.push((id.clone(), value.clone()));
            }
            let facts = self.file.get_mut("facts").and_then(Value::as_object_mut);
            if let Some(facts) = facts {
                facts.insert(id, Value::Null);
            }
        }
        self.fresh += 1;
    }

    /// One figure becomes the range that says the same. A range becomes one
    /// figure only where it is one.
    fn turn_range(&mut self, place: String) {
        let value = self.at(&place).cloned().unwrap_or_default();
        if value.is_object() || self.ranges.contains(&place) {
            self.ranges.retain(|other| *other != place);
            let [least, most] = ["min", "max"].map(|end| value.get(end));
            let one = least.filter(|least| most == Some(least));
            self.put(&place, one.cloned().unwrap_or_default());
            self.focus(["#", &path::element_id(&place)].concat());
        } else {
            if !value.is_null() {
                self.put(&place, json!({ "min": value, "max": value }));
            }
            self.focus(["#", &path::element_id(&place), "-min"].concat());
            self.ranges.push(place);
        }
    }
}

/// The place of an entry of a list.
pub(super) fn entry_place(list: &str, at: usize) -> String {
    [list, "[", &at.to_string(), "]"].concat()
}

impl Session {
    /// The session after an action; nothing where it changes nothing.
    pub fn after(&self, action: Action) -> Option<Session> {
        // Nothing was typed in the field that is left.
        if matches!(action, Action::Typed) && self.typing.is_empty() {
            return None;
        }
        // A policy for another day, which nobody waits for.
        if matches!(action, Action::Arrived(..)) && self.can_ask && !self.waits {
            return None;
        }
        let mut next = self.clone();
        let opens = matches!(action, Action::Open(..) | Action::Restore | Action::Swap);
        let counts = match &action {
            Action::Go(_)
            | Action::Next(_)
            | Action::Show(..)
            | Action::Language(_)
            | Action::Look(_)
            | Action::Unit(_)
            | Action::Saved
            | Action::Typed
            | Action::Keep(..)
            | Action::Forget(..)
            | Action::Beside(_)
            | Action::Edit(..)
            | Action::Engine(_)
            | Action::EngineFailed(_)
            | Action::Arrived(..)
            | Action::Moved
            | Action::Refuse(..) => false,
            Action::Set(place, _) | Action::Type(place, _) => {
                place != "name" && place != papers::MEMBER
            }
            Action::Paste(step) => matches!(step, Step::Take(_) | Step::Fill(_) | Step::Undo),
            _ => true,
        };
        // One answer changes one fact; everything else may change anything.
        match &action {
            Action::Type(place, _) | Action::Set(place, _) => next.touch(place),
            Action::Typed => next.touch(&self.typing),
            _ => next.turn += 1,
        }
        if matches!(action, Action::Type(..)) && !self.typing.is_empty() {
            next.touch(&self.typing);
        }
        next.apply(action);
        if counts {
            next.refresh();
        }
        // Results of another day or of other programmes are compared with nothing.
        let uncompared = !self.can_ask && next.day() == self.day();
        if !opens && next.policies != self.policies && !uncompared {
            next.results = Value::Null;
        }
        next.waits = !next.lacking().is_empty();
        if opens || next.screen != self.screen {
            next.fold();
        }
        if opens {
            next.moved = None;
            next.carried.clear();
            next.changes += 1;
            next.tell_changes();
        } else if next.file != self.file {
            next.changes += 1;
            next.unsaved = true;
        }
        Some(next)
    }
}
