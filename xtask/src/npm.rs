//! The programs that come as npm packages: wasm-opt (binaryen), esbuild, tsc,
//! and the browser tests' playwright-core and axe-core; for `bench engine`, the
//! other rule engines.
//!
//! They are pinned in the checkout and installed once per content of what pins
//! them, outside of it; `node_modules` is a link there, so that a second clone
//! downloads nothing.

use crate::tools;
use crate::{process, repo};
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Node's test runner and its file patterns are used from this version on.
const NODE_MAJOR: u32 = 20;

/// What the build and the browser tests call.
const TOOLS: Packages = Packages {
    folder: "tests/browser",
    inputs: &["package.json", "package-lock.json", ".npmrc"],
    name: "npm",
    verb: "ci",
};

/// What the engine is measured beside. There is no lock file: one package names
/// an optional one that was never published, which `npm ci` refuses.
pub const PEERS: Packages = Packages {
    folder: "bench/peers",
    inputs: &["package.json", ".npmrc"],
    name: "peers",
    verb: "install",
};

/// The packages of a folder of the checkout.
pub struct Packages {
    folder: &'static str,
    /// The files that npm reads.
    inputs: &'static [&'static str],
    /// How their folder in the cache begins.
    name: &'static str,
    /// What npm is told.
    verb: &'static str,
}

impl Packages {
    /// Installs them if they are missing; where they lie.
    pub fn install(&self, cache: &Path) -> Result<PathBuf> {
        let source = repo::root().join(self.folder);
        let place = cache.join(format!("{}-{}", self.name, self.inputs_hash(&source)?));
        let modules = place.join("node_modules");
        let title = format!("安装 npm 包 / npm {} ({})", self.verb, self.folder);
        tools::install(cache, &place, &title, &|| modules.is_dir(), |folder| {
            for name in self.inputs {
                fs::copy(source.join(name), folder.join(name))?;
            }
            // No package here needs its install script, so none is trusted.
            let quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
            process::run(Command::new("npm").arg(self.verb).args(quiet).current_dir(folder))
        })?;
        link(&source.join("node_modules"), &modules)?;
        Ok(modules)
    }

    /// A short name for the content that decides what is installed.
    fn inputs_hash(&self, source: &Path) -> Result<String> {
        let mut hash = Sha256::new();
        for name in self.inputs {
            hash.update(fs::read(source.join(name))?);
        }
        Ok(format!("{:.12x}", hash.finalize()))
    }
}

/// The folder of the packages that the build calls, installed if missing.
pub fn node_modules(cache: &Path) -> Result<PathBuf> {
    TOOLS.install(cache)
}

/// A program of one of the packages, in the checkout.
pub fn program(modules: &Path, name: &str) -> Command {
    process::at_root(modules.join(".bin").join(name))
}

/// Complains unless a new enough Node is on PATH.
pub fn check_node() -> Result<()> {
    let hint = format!(
        "需要 Node.js {NODE_MAJOR} 或更高版本 / Node.js {NODE_MAJOR} or newer is needed \
         (node and npm on PATH)"
    );
    let version = process::output(Command::new("node").arg("--version")).context(hint.clone())?;
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    let new = major.parse::<u32>().is_ok_and(|major| major >= NODE_MAJOR);
    ensure!(new, "{hint}; found {}", version.trim());
    Ok(())
}

/// Makes `link` point at `target`. A real folder there is somebody's own
/// `npm install` and stays.
fn link(link: &Path, target: &Path) -> Result<()> {
    let there = fs::symlink_metadata(link);
    if there.is_ok_and(|old| !old.file_type().is_symlink())
        || fs::read_link(link).is_ok_and(|old| old == target)
    {
        return Ok(());
    }
    // Made aside and renamed: another set-up may be doing the same right now.
    let aside = link.with_file_name(format!("node_modules.{}", std::process::id()));
    #[cfg(unix)]
    fs::os::unix::fs::symlink(target, &aside)?;
    #[cfg(windows)]
    fs::os::windows::fs::symlink_dir(target, &aside)?;
    Ok(fs::rename(&aside, link)?)
}
