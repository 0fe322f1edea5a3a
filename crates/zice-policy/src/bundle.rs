//! Writes the compiled policies as the JSON files that the browser loads.

use std::{fs, path::Path};

use serde::Serialize;
use zice_rules::{Date, Names, Policy, Text};

use crate::{Error, Library, library::digest};

/// The content of `index.json`: what is known of a policy before it is loaded.
/// The page's first screen shows nothing beyond this.
#[derive(Debug, Serialize)]
struct Index<'a> {
    schema: &'static str,
    /// The digest of `facts.json`, which is loaded later.
    facts: &'a str,
    /// Facts by year whose figures may stand without one: a file is written by year
    /// before the facts are loaded.
    bare: Vec<&'a str>,
    policies: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    id: &'a str,
    edition: &'a str,
    year: i32,
    title: &'a Text,
    summary: &'a Text,
    authority: &'a Text,
    platform: &'a Text,
    minutes: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    benefits: Vec<&'a Text>,
    checked_on: Date,
    review_by: Date,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    hint: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closes: Option<Date>,
    digest: &'a str,
    file: String,
}

/// Compiles the folder `policies` and writes the result into `out`, which is
/// created if missing: `facts.json`, `index.json`, one `<id>@<edition>.json` a
/// policy, and `names.json` (the names by which tables call the facts, needed
/// only to read tables).
///
/// # Errors
/// Fails if anything in the folder is wrong, or a file can't be written.
pub fn write_dir(policies: &Path, out: &Path) -> Result<(), Error> {
    let library = Library::load(policies)?;
    fs::create_dir_all(out).map_err(|error| Error::io(out, error))?;
    let mut facts = library.dictionary.clone().without_names();
    facts.digest = Some(digest(&facts));
    write(&out.join("facts.json"), &facts)?;
    write(&out.join("names.json"), &Names::of(&library.dictionary))?;
    let mut entries = Vec::with_capacity(library.policies.len());
    // Sort programmes by their order; a programme's editions stay oldest first.
    let mut policies: Vec<&Policy> = library.policies.iter().collect();
    policies.sort_by_key(|policy| library.editions.get(&policy.address()).map(|it| it.order));
    for policy in policies {
        let file = format!("{}.json", policy.address());
        write(&out.join(&file), policy)?;
        entries.push(Entry {
            id: &policy.id,
            edition: &policy.edition,
            year: policy.window.year,
            title: &policy.title,
            summary: &policy.summary,
            authority: &policy.authority,
            platform: &policy.platform,
            minutes: policy.minutes,
            benefits: policy.benefits.iter().map(|benefit| &benefit.text).collect(),
            checked_on: policy.checked_on,
            review_by: policy.review_by,
            hint: policy.hint,
            opens: policy.window.opens,
            closes: policy.window.closes,
            digest: &policy.digest,
            file,
        });
    }
    write(
        &out.join("index.json"),
        &Index {
            schema: "zice.index/1",
            facts: facts.digest.as_deref().unwrap_or_default(),
            bare: library.dictionary.bare().collect(),
            policies: entries,
        },
    )
}

fn write<T: Serialize>(path: &Path, value: &T) -> Result<(), Error> {
    let json = serde_json::to_string(value)
        .map_err(|error| Error::io(path, std::io::Error::other(error)))?;
    fs::write(path, json).map_err(|error| Error::io(path, error))
}
