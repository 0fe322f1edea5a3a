//! The programs that come as npm packages: wasm-opt (binaryen), esbuild, and
//! the browser tests' playwright-core and axe-core.
//!
//! They are pinned by `tests/browser/package-lock.json` and installed once per
//! content of that file, outside the checkout; `tests/browser/node_modules` is
//! a link to it, so that a second clone downloads nothing.

use crate::process;
use crate::repo;
use crate::tools::{CacheLock, Scratch};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Node's test runner and its file patterns are used from this version on.
const NODE_MAJOR: u32 = 20;

/// What `npm ci` reads.
const INPUTS: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// The folder of the packages, installed if missing.
pub fn node_modules(cache: &Path) -> Result<PathBuf> {
    let source = repo::root().join("tests/browser");
    let place = cache.join(format!("npm-{}", inputs_hash(&source)?));
    let modules = place.join("node_modules");
    if !modules.is_dir() {
        check_node()?;
        let _lock = CacheLock::take(cache)?;
        // Another process may have made it while this one waited.
        if !modules.is_dir() {
            install(cache, &source, &place)?;
        }
    }
    link(&source.join("node_modules"), &modules)?;
    Ok(modules)
}

/// A program of one of the packages.
pub fn program(modules: &Path, name: &str) -> Command {
    Command::new(modules.join(".bin").join(name))
}

/// Complains unless a new enough Node is on PATH.
pub fn check_node() -> Result<()> {
    let hint = format!(
        "需要 Node.js {NODE_MAJOR} 或更高版本 / Node.js {NODE_MAJOR} or newer is needed \
         (node and npm on PATH)"
    );
    let version = process::output(Command::new("node").arg("--version")).context(hint.clone())?;
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    match major.parse::<u32>() {
        Ok(major) if major >= NODE_MAJOR => Ok(()),
        _ => bail!("{hint}; found {}", version.trim()),
    }
}

fn install(cache: &Path, source: &Path, place: &Path) -> Result<()> {
    process::step("安装 npm 工具 / installing the npm tools (npm ci)", || {
        let scratch = Scratch::new(cache, "npm")?;
        let dir = scratch.path().join("root");
        fs::create_dir(&dir)?;
        for name in INPUTS {
            fs::copy(source.join(name), dir.join(name)).with_context(|| name.to_owned())?;
        }
        // No package here needs its install script, so none is trusted.
        process::run(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
                .current_dir(&dir),
        )?;
        if place.exists() {
            fs::remove_dir_all(place)?;
        }
        fs::rename(&dir, place).with_context(|| place.display().to_string())
    })
}

/// A short name for the content that decides what is installed.
fn inputs_hash(source: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for name in INPUTS {
        let path = source.join(name);
        hash.update(fs::read(&path).with_context(|| path.display().to_string())?);
    }
    Ok(hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}

/// Makes `link` point at `target`. A real folder there is somebody's own
/// `npm install` and stays.
pub fn link(link: &Path, target: &Path) -> Result<()> {
    if fs::read_link(link).is_ok_and(|old| old == target) {
        return Ok(());
    }
    if fs::symlink_metadata(link).is_ok_and(|old| !old.file_type().is_symlink()) {
        return Ok(());
    }
    // Made aside and renamed: another set-up may be doing the same right now.
    let aside = link.with_file_name(format!("node_modules.{}", std::process::id()));
    #[cfg(unix)]
    let made = std::os::unix::fs::symlink(target, &aside);
    #[cfg(windows)]
    let made = std::os::windows::fs::symlink_dir(target, &aside);
    made.and_then(|()| fs::rename(&aside, link)).with_context(|| link.display().to_string())
}
