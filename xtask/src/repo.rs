//! Where things lie in the checkout.

use crate::process;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The checkout's root.
pub fn root() -> &'static Path {
    // xtask lies one folder below it, wherever it was compiled.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// What the release build makes.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder, which an environment variable or a configuration
/// file may have put elsewhere.
pub fn target_dir() -> Result<PathBuf> {
    let args = ["metadata", "--no-deps", "--offline", "--format-version", "1"];
    let metadata: Value = serde_json::from_str(&process::output(&mut process::cargo(&args))?)?;
    let dir = metadata["target_directory"].as_str().context("cargo metadata: target_directory")?;
    Ok(PathBuf::from(dir))
}
