//! Documents that are made from the policies and from the types of the report,
//! and the compiled policy of the examples in the engine's documentation.

use crate::{files, repo};
use anyhow::{Result, ensure};
use fs_err as fs;
use zice_policy::Library;

/// The policy that the engine's documentation works with.
const EXAMPLE: &str = "crates/zice-rules/example";

/// Writes them, or only sees whether they are up to date.
pub fn run(check: bool) -> Result<()> {
    let library = Library::load(&repo::root().join("policies"))?;
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
