//! Entries of a list are added, taken out and put back here. What belongs to an
//! entry (its open fields, its ranges, what a table said of it) follows it to its
//! new position.

use serde_json::{Value, json};

use crate::{Focus, Session, leftovers::shifted, path::Path};

/// An entry that was taken out of a list.
#[derive(Clone)]
pub struct Deleted {
    /// The place of the list.
    pub list: Path,
    /// Where in the list it stood.
    at: usize,
    entry: Value,
    /// The words of a table that were not understood of it.
    words: Value,
}

impl Session {
    /// The entries of the list at a place.
    fn entries(&self, list: &Path) -> Vec<Value> {
        self.at(list).and_then(Value::as_array).cloned().unwrap_or_default()
    }

    /// Adds an entry to a list, with its fields shown.
    pub(crate) fn add_entry(&mut self, list: &Path) {
        let mut entries = self.entries(list);
        let entry = list.entry(entries.len());
        self.view.editing.push(entry.clone());
        entries.push(json!({}));
        let words = self.words_of(list);
        self.put(list, Value::Array(entries));
        self.put_words(list, words);
        self.focus(Focus::Entry(entry));
    }

    /// Takes an entry out of a list.
    pub(crate) fn delete_entry(&mut self, list: Path, at: usize) {
        let mut entries = self.entries(&list);
        if at >= entries.len() {
            return;
        }
        let entry = entries.remove(at);
        // `[]` says that there is none: only its own button does.
        let none = entries.is_empty();
        let (rest, words) = shifted(self.words_of(&list), at, true);
        self.put(&list, if none { Value::Null } else { Value::Array(entries) });
        self.put_words(&list, rest);
        self.renumber(&list, at, true);
        self.view.fresh += 1;
        self.focus(Focus::TakeBack(list.fact_id().unwrap_or("").to_owned()));
        self.answers.deleted = Some(Deleted { list, at, entry, words });
    }

    /// Puts the entry back that was taken out last.
    pub(crate) fn put_back_entry(&mut self) {
        let Some(Deleted { list, at, entry, words }) = self.answers.deleted.take() else { return };
        let mut entries = self.entries(&list);
        let at = at.min(entries.len());
        entries.insert(at, entry);
        self.renumber(&list, at, false);
        let (rest, _) = shifted(self.words_of(&list), at, false);
        self.put(&list, Value::Array(entries));
        self.put_words(&list, rest);
        self.put_words(&list.entry(at), words);
        self.view.fresh += 1;
        self.focus(Focus::AddButton(list.fact_id().unwrap_or("").to_owned()));
    }

    /// Lets open fields and ranges follow their entries to the new positions, when
    /// one is taken out or put in again.
    fn renumber(&mut self, list: &Path, at: usize, out: bool) {
        for places in [&mut self.view.editing, &mut self.view.ranges] {
            places.retain_mut(|place| {
                let Some(other) = place.position_in(list) else { return true };
                if other >= at {
                    let to = if out { other.wrapping_sub(1) } else { other + 1 };
                    *place = place.moved_to(list, to);
                }
                !(out && other == at)
            });
        }
    }
}
