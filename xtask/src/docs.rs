//! Documents that are made from the policies, and from the types of the report.

use crate::repo;
use anyhow::{Result, bail};
use std::fs;
use zice_policy::Library;

/// Writes them, or only sees whether they are up to date.
pub fn run(check: bool) -> Result<()> {
    let library = Library::load(&repo::root().join("policies"))?;
    let documents = [
        ("docs/open-points.md", zice_policy::open_points(&library)),
        ("docs/company.schema.json", zice_policy::company_schema(&library.dictionary)),
        ("docs/report.schema.json", zice_policy::report_schema()),
    ];
    for (name, text) in documents {
        let path = repo::root().join(name);
        if !check {
            fs::write(&path, text)?;
            println!("{name}");
            continue;
        }
        // A checkout may have other line ends.
        let there = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if there != text {
            bail!("{name} 过时，请运行 cargo xtask docs / is out of date: run cargo xtask docs");
        }
    }
    Ok(())
}
