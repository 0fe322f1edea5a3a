//! Policies as the browser reads them.

use crate::repo;
use anyhow::{Context, Result};
use std::path::Path;

/// Compiles `policies/` into `<staging>/policies/`.
pub fn write(staging: &Path) -> Result<()> {
    let source = repo::root().join("policies");
    zice_policy::bundle::write_dir(&source, &staging.join("policies")).context("policies")
}
