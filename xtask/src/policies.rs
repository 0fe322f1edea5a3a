//! What is made of `policies/`: what the browser reads, and documents.

use crate::{files, repo};
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use std::path::Path;
use zice_policy::Library;

/// All of them.
pub fn library() -> Result<Library> {
    Ok(Library::load(&repo::root().join("policies"))?)
}

/// Compiles `policies/` into `<staging>/policies/`.
pub fn write(staging: &Path) -> Result<()> {
    let source = repo::root().join("policies");
    zice_policy::bundle::write_dir(&source, &staging.join("policies")).context("policies")
}

/// The largest policy in `<staging>/policies/` before compression, by its name in
/// `dist`. Compressed, another one may be larger by some kilobytes.
pub fn largest(staging: &Path) -> Result<String> {
    let folder = staging.join("policies");
    let mut largest = (0, String::new());
    // facts.json, names.json and index.json are no policies.
    for name in files::names(&folder)?.iter().filter(|name| name.contains('@')) {
        largest = largest.max((fs::metadata(folder.join(name))?.len(), format!("policies/{name}")));
    }
    Ok(largest.1)
}

/// The policy that the engine's documentation works with.
const EXAMPLE: &str = "crates/zice-rules/example";

/// Writes the documents that are made from the policies and from the types of the
/// report, and the compiled policy of the examples in the engine's documentation; or
/// only sees whether they are up to date.
pub fn documents(check: bool) -> Result<()> {
    let library = library()?;
    let example = Library::load(&repo::root().join(EXAMPLE).join("policies"))?;
    let facts = serde_json::to_string_pretty(&example.dictionary.clone().without_names())? + "\n";
    let policy = serde_json::to_string_pretty(&example.policies.first())? + "\n";
    let documents = [
        ("docs/open-points.md", zice_policy::open_points(&library)),
        ("docs/company.schema.json", zice_policy::company_schema(&library.dictionary)),
        ("docs/report.schema.json", zice_policy::report_schema()),
        ("crates/zice-rules/example/facts.json", facts),
        ("crates/zice-rules/example/policy.json", policy),
    ];
    for (name, text) in documents {
        let path = repo::root().join(name);
        if check {
            ensure!(
                files::text(&path).unwrap_or_default() == text,
                "{name} 过时，请运行 cargo xtask docs / is out of date: run cargo xtask docs"
            );
        } else {
            fs::write(&path, text)?;
            println!("{name}");
        }
    }
    Ok(())
}
