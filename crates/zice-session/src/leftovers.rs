//! Leftovers of a pasted table: the words that were not understood. Each is shown
//! beside its field until the user says what it means.

use serde_json::{Map, Value, json};
use zice_rules::{Date, dictionary::Fact};
use zice_tables::list::{self, Reading, Row, is_in_force};

use crate::{Session, path::Path};

/// The member of the company file that holds the leftovers: from list, position and
/// field to the words.
pub const MEMBER: &str = "pasted";

/// Among the words of an entry the day on which it ends by its table, and the
/// head of the column that says so; no field is called so.
const ENDS: &str = "@ends";

/// The field that says whether a right is in force.
const STATUS: &str = "status";

/// The place of the words about a place; nothing where it belongs to no answer.
fn member(place: &Path) -> Option<Path> {
    place.in_member(MEMBER)
}

impl Session {
    /// The words a table had at a place that were not understood; empty where its
    /// cell was empty.
    pub fn leftover(&self, place: &Path) -> Option<&str> {
        self.at(&member(place)?).and_then(Value::as_str)
    }

    /// All leftovers about the entries of a list, by position.
    pub(super) fn words_of(&self, list: &Path) -> Value {
        member(list).and_then(|place| self.at(&place)).cloned().unwrap_or_default()
    }

    pub(super) fn put_words(&mut self, list: &Path, words: Value) {
        if let Some(place) = member(list) {
            place.put(&mut self.answers.file, words);
        }
    }

    /// Takes back that a right is in force where it ends by the day of application,
    /// as its table told when it was pasted: whether it is, is asked again.
    pub(super) fn end_rights(&mut self) {
        let day = self.day();
        let words = self.answers.file.get(MEMBER).and_then(Value::as_object);
        let mut over = Vec::new();
        for (list, entries) in words.into_iter().flatten() {
            for (at, words) in entries.as_object().into_iter().flatten() {
                let Some([ends, head]) =
                    words.get(ENDS).and_then(Value::as_array).map(Vec::as_slice)
                else {
                    continue;
                };
                let (ends, head) = (ends.as_str().unwrap_or(""), head.as_str().unwrap_or(""));
                if Date::parse(ends).is_none_or(|ends| ends <= day) {
                    over.push((list.clone(), at.clone(), list::told(head, ends)));
                }
            }
        }
        for (list, at, told) in over {
            let (list, words) = (Path::fact(&list), Path::member(MEMBER).field(&list).field(&at));
            let status = list.entry(&at).field(STATUS);
            // A list that was set aside may come back as it was.
            if self.at(&list).is_none() {
                continue;
            }
            words.field(ENDS).put(&mut self.answers.file, Value::Null);
            // Whoever said that it is in force: on that day it may be over.
            if self.at(&status).is_some_and(is_in_force) {
                status.forget(&mut self.answers.file);
                words.field(STATUS).put(&mut self.answers.file, told.into());
            }
        }
    }

    /// Drops the words about a place: what stands there now is the user's.
    pub(super) fn drop_words(&mut self, place: &Path) {
        if member(place).is_some_and(|place| self.at(&place).is_some()) {
            self.put_words(place, Value::Null);
        }
    }
}

/// Moves the leftovers to the positions that entries have after one was taken out,
/// or a place was made for one. The second value is those of the entry that was
/// taken out.
pub(super) fn shifted(words: Value, at: usize, out: bool) -> (Value, Value) {
    let (mut moved, mut taken) = (Map::new(), Value::Null);
    for (key, words) in words.as_object().into_iter().flatten() {
        match key.parse::<usize>() {
            Ok(other) if out && other == at => taken = words.clone(),
            Ok(other) if other >= at => {
                let to = if out { other.saturating_sub(1) } else { other + 1 };
                moved.insert(to.to_string(), words.clone());
            }
            _ => drop(moved.insert(key.clone(), words.clone())),
        }
    }
    (filled(moved), taken)
}

/// The words of a row about the fields it leaves unknown.
pub(super) fn words_in(fact: &Fact, reading: &Reading, row: &Row) -> Value {
    let mut words = Map::new();
    if let Some((ends, column)) = row.ends {
        let head = reading.columns.get(column).map_or("", |it| it.head.as_str());
        words.insert(ENDS.to_owned(), json!([ends.to_string(), head]));
    }
    for (at, field) in fact.fields.iter().enumerate() {
        let entry = row.entry.as_ref();
        if !entry.and_then(|entry| entry.get(&field.id)).is_some_and(Value::is_null) {
            continue;
        }
        let own = reading.columns.iter().any(|it| it.field == Some(at));
        let columns = reading.columns.iter().zip(&row.texts).filter(|(column, text)| {
            let about = if own { column.field == Some(at) } else { column.concerns.contains(&at) };
            about && !text.is_empty()
        });
        let mut texts: Vec<String> = columns.map(|(_, text)| text.clone()).collect();
        texts.extend(reading.against(row, at));
        words.insert(field.id.clone(), Value::String(texts.join(" / ")));
    }
    filled(words)
}

/// The members that hold something; `null` where none does.
pub(super) fn filled(mut words: Map<String, Value>) -> Value {
    words.retain(|_, words| !words.is_null());
    if words.is_empty() { Value::Null } else { Value::Object(words) }
}

#[cfg(test)]
mod tests {
    use super::shifted;
    use serde_json::{Value, json};

    #[test]
    fn words_follow_their_entries() {
        let words = json!({ "0": { "status": "a" }, "2": { "owner": "b" } });
        let (out, taken) = shifted(words.clone(), 0, true);
        assert_eq!((&out, &taken), (&json!({ "1": { "owner": "b" } }), &json!({ "status": "a" })));
        let (back, _) = shifted(out, 0, false);
        assert_eq!(back, json!({ "2": { "owner": "b" } }));
        assert_eq!(
            shifted(words, 1, true).0,
            json!({ "0": { "status": "a" }, "1": { "owner": "b" } })
        );
        assert_eq!(shifted(json!("odd"), 1, true), (Value::Null, Value::Null));
    }
}
