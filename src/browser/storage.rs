//! Companies kept in this browser, for those who ask for it.
//!
//! One entry of the browser's own storage each, under a name with a version in
//! it. Nothing is written unless the user keeps a company, and it can be taken
//! out again at once.

use serde_json::{Map, Value, json};
use web_sys::Storage;
use zice_rules::Date;

use crate::{
    browser::file,
    page::{Refusal, keeping::Kept},
};

/// The beginning of every entry's name in the storage; a number follows.
const PREFIX: &str = "zice.kept/";
/// The schema of an entry. One of a later version is left alone.
const SCHEMA: &str = "zice.kept/1";

fn storage() -> Option<Storage> {
    // A frame without an origin of its own has none.
    web_sys::window()?.local_storage().ok()?
}

fn key(id: u32) -> String {
    [PREFIX, &id.to_string()].concat()
}

/// Lists the companies that are kept, in the order they came.
pub fn list() -> Vec<Kept> {
    let Some(storage) = storage() else { return Vec::new() };
    let mut all = Vec::new();
    for at in 0..storage.length().unwrap_or(0) {
        let key = storage.key(at).ok().flatten();
        let id = key.as_deref().and_then(|key| key.strip_prefix(PREFIX)?.parse::<u32>().ok());
        let Some(id) = id else { continue };
        let text = read(id).unwrap_or_default();
        if let Some((kept_on, file)) = entry(&text) {
            let name = file.get("name").and_then(Value::as_str).unwrap_or("").to_owned();
            let place = all.iter().filter(|one: &&Kept| one.id < id).count();
            all.insert(place, Kept { id, name, kept_on });
        }
    }
    all
}

/// Reads an entry into its day and its company file; nothing for a text that is no
/// entry.
fn entry(text: &str) -> Option<(String, Value)> {
    let mut entry: Value = zice_rules::parse::json(text).ok()?;
    (entry.get("schema").and_then(Value::as_str) == Some(SCHEMA)).then_some(())?;
    let kept_on = entry.get("kept_on").and_then(Value::as_str).unwrap_or("").to_owned();
    Some((kept_on, entry.get_mut("file")?.take()))
}

/// The text of an entry, to put it back with.
pub fn read(id: u32) -> Option<String> {
    storage()?.get_item(&key(id)).ok()?
}

/// The company file that is kept; what is wrong with it is said as of any
/// other file, so that one of an older version is read the same way.
pub fn open(id: u32) -> Result<Map<String, Value>, (Refusal, String)> {
    let text = read(id).unwrap_or_default();
    file::open(&entry(&text).map_or_else(String::new, |(_, file)| file.to_string()))
}

/// Finds a number under which nothing is kept.
pub fn free() -> u32 {
    let used = list();
    (1..u32::MAX).find(|id| used.iter().all(|one| one.id != *id)).unwrap_or(u32::MAX)
}

/// Keeps a company file; answers with what stands there now, or nothing where
/// the browser does not let us.
pub fn keep(id: u32, file: &Value, today: Date) -> Option<String> {
    let entry = json!({ "schema": SCHEMA, "kept_on": today.to_string(), "file": file }).to_string();
    put_back(id, &entry).then_some(entry)
}

/// Puts an entry back that was taken out.
pub fn put_back(id: u32, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&key(id), text).is_ok())
}

/// Takes an entry out.
pub fn forget(id: u32) {
    if let Some(storage) = storage() {
        storage.remove_item(&key(id)).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_another_version_is_not_taken_for_ours() {
        let of = |schema: &str| {
            entry(&format!(r#"{{"schema":"{schema}","kept_on":"2026-01-02","file":{{"a":1}}}}"#))
        };
        assert_eq!(of(SCHEMA), Some(("2026-01-02".to_owned(), json!({ "a": 1 }))));
        assert_eq!(of("zice.kept/2"), None);
        assert_eq!(entry("{"), None);
        assert_eq!(entry(r#"{"schema":"zice.kept/1"}"#), None);
    }
}
