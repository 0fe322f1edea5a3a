//! Where things lie in the checkout.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout's root.
pub fn root() -> &'static Path {
    // xtask lies one folder below it, wherever it was compiled.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Cargo's target folder, which an environment variable or a configuration
/// file may have put elsewhere.
pub fn target_dir() -> Result<PathBuf> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .context("cargo metadata")?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let dir = metadata["target_directory"].as_str().context("cargo metadata: target_directory")?;
    Ok(PathBuf::from(dir))
}
