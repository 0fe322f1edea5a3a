//! Documents that are made from the policies.

use crate::repo;
use anyhow::{Result, bail};
use std::fs;
use zice_author::Library;

/// Where the open points are written.
const OPEN_POINTS: &str = "docs/open-points.md";

/// Writes them, or only sees whether they are up to date.
pub fn run(check: bool) -> Result<()> {
    let library = Library::load(&repo::root().join("policies"))?;
    let text = zice_author::open_points(&library);
    let path = repo::root().join(OPEN_POINTS);
    if check {
        // A checkout may have other line ends.
        let there = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if there != text {
            bail!(
                "{OPEN_POINTS} 过时，请运行 cargo xtask docs / is out of date: run cargo xtask docs"
            );
        }
        return Ok(());
    }
    fs::write(&path, text)?;
    println!("{OPEN_POINTS}");
    Ok(())
}
