//! The second browser for the tests: Firefox ESR, the system's own, and the
//! geckodriver that drives it.
//!
//! Neither is needed to work on this: without them their test is skipped and
//! says so. `test --full` installs them, where the machine allows it.

use crate::tools::{GECKODRIVER, cache_dir};
use crate::{debian, process};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// Debian's name. A plain `firefox` is often a sandboxed package, which cannot
/// read the profile that geckodriver makes for it.
const NAME: &str = "firefox-esr";

/// Firefox and geckodriver, each one's path.
pub struct Firefox {
    browser: PathBuf,
    driver: PathBuf,
}

impl Firefox {
    /// Those that are there.
    pub fn find() -> Result<Option<Firefox>> {
        let cache = cache_dir()?;
        let driver = if GECKODRIVER.is_ready(&cache) {
            Some(GECKODRIVER.program(&cache))
        } else {
            process::on_path(&["geckodriver"])
        };
        Ok(browser().zip(driver).map(|(browser, driver)| Firefox { browser, driver }))
    }

    /// Both, installed if missing.
    pub fn find_or_install() -> Result<Firefox> {
        if let Some(there) = Firefox::find()? {
            return Ok(there);
        }
        if browser().is_none() {
            let by_hand = "Firefox 的测试需要 firefox-esr / the tests in Firefox need firefox-esr. \
                           Debian: apt-get install -y firefox-esr; elsewhere install it by hand \
                           and set ZICE_FIREFOX to its path";
            debian::install(&[NAME], by_hand)?;
        }
        GECKODRIVER.ensure(&cache_dir()?)?;
        Firefox::find()?.context("no Firefox after its installation")
    }

    /// Tells the tests where both lie.
    pub fn name_in(&self, command: &mut Command) {
        command.env("ZICE_FIREFOX", &self.browser).env("ZICE_GECKODRIVER", &self.driver);
    }
}

fn browser() -> Option<PathBuf> {
    let set = std::env::var_os("ZICE_FIREFOX").filter(|path| !path.is_empty());
    set.map(PathBuf::from).or_else(|| process::on_path(&[NAME]))
}
