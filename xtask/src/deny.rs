//! Licences and known faults of the crates that are built in, by `cargo deny`
//! and `deny.toml`.
//!
//! It is compiled as the other tools are, and its list of faults is fetched
//! from elsewhere: where either cannot be had, that is said and skipped.

use crate::process;
use crate::tools::DENY;
use anyhow::{Error, Result};
use std::path::Path;

/// What came of a check that cannot be made everywhere.
pub enum Done {
    /// It was made, and nothing is wrong.
    Passed,
    /// It could not be made, and why.
    Skipped(Error),
}

/// Licences, sources and wildcards, which need no network.
pub fn licences(cache: &Path) -> Result<Done> {
    if let Err(error) = DENY.ensure(cache) {
        return Ok(Done::Skipped(error.context("cargo-deny")));
    }
    deny(cache, &["--offline", "check", "licenses", "bans", "sources"])?;
    Ok(Done::Passed)
}

/// Known faults, by a list as it is today.
pub fn advisories(cache: &Path) -> Result<Done> {
    if !DENY.is_ready(cache) {
        return Ok(Done::Skipped(Error::msg("no cargo-deny, as above")));
    }
    if let Err(error) = deny(cache, &["fetch", "db"]) {
        return Ok(Done::Skipped(error.context("the list of advisories can't be fetched")));
    }
    deny(cache, &["check", "--disable-fetch", "advisories"])?;
    Ok(Done::Passed)
}

fn deny(cache: &Path, args: &[&str]) -> Result<()> {
    process::run(process::at_root(DENY.program(cache)).arg("deny").args(args))
}
