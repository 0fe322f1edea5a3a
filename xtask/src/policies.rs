//! Policies as the browser reads them.

use crate::repo;
use anyhow::{Context, Result};
use fs_err as fs;
use std::path::Path;

/// Compiles `policies/` into `<staging>/policies/`.
pub fn write(staging: &Path) -> Result<()> {
    let source = repo::root().join("policies");
    zice_policy::bundle::write_dir(&source, &staging.join("policies")).context("policies")
}

/// The largest policy in `<staging>/policies/`, by its name in `dist`: whichever a
/// page is made for, it is no larger than with this one.
pub fn largest(staging: &Path) -> Result<String> {
    let mut largest = (0, String::new());
    for entry in fs::read_dir(staging.join("policies"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // facts.json, names.json and index.json are no policies.
        if name.contains('@') {
            largest = largest.max((entry.metadata()?.len(), format!("policies/{name}")));
        }
    }
    Ok(largest.1)
}
