//! Licences and known faults of the crates that are built in, by `cargo deny`
//! and `deny.toml`.
//!
//! It is compiled as the other tools are, and its list of faults is fetched
//! from elsewhere: where either cannot be had, that is said and skipped.

use crate::process;
use crate::tools::DENY;
use anyhow::{Error, Result};
use std::path::Path;

/// Licences, sources and wildcards, which need no network; why they were skipped, if
/// they were.
pub fn licences(cache: &Path) -> Result<Option<Error>> {
    if let Err(error) = DENY.ensure(cache) {
        return Ok(Some(error.context("cargo-deny")));
    }
    deny(cache, &["--offline", "check", "licenses", "bans", "sources"])?;
    Ok(None)
}

/// Known faults, by a list as it is today; why they were skipped, if they were.
pub fn advisories(cache: &Path) -> Result<Option<Error>> {
    if !DENY.is_ready(cache) {
        return Ok(Some(Error::msg("no cargo-deny, as above")));
    }
    if let Err(error) = deny(cache, &["fetch", "db"]) {
        return Ok(Some(error.context("the list of advisories can't be fetched")));
    }
    deny(cache, &["check", "--disable-fetch", "advisories"])?;
    Ok(None)
}

fn deny(cache: &Path, args: &[&str]) -> Result<()> {
    process::run(process::at_root(DENY.program(cache)).arg("deny").args(args))
}
