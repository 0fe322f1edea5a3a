//! The browser for the tests: Chromium, the system's own.
//!
//! Not a download of its own, so that a closed network with a Debian mirror is
//! enough.

use crate::process;
use anyhow::{Context, Result, bail};
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
    let debian = Path::new("/etc/debian_version").exists();
    if let Some(path) = &found
        && (!debian || has_package("fonts-noto-cjk"))
    {
        works(path)?;
        return Ok(path.clone());
    }
    match (install(debian), found) {
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

fn has_package(name: &str) -> bool {
    let status = process::output(Command::new("dpkg-query").args(["-W", "-f=${Status}", name]));
    status.is_ok_and(|text| text.contains("install ok installed"))
}

fn install(debian: bool) -> Result<()> {
    let wanted = PACKAGES.join(" ");
    let by_hand = format!(
        "浏览器测试需要 Chromium 与中文字体 / the browser tests need Chromium and Chinese fonts. \
         Debian: apt-get update && apt-get install -y {wanted}; elsewhere install them by hand \
         and set ZICE_CHROMIUM to the browser's path"
    );
    if !debian {
        bail!(by_hand);
    }
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let sudo = || process::output(Command::new("sudo").args(["-n", "true"])).is_ok();
    let prefix: &[&str] = if root {
        &[]
    } else if sudo() {
        &["sudo", "-n"]
    } else {
        bail!(by_hand)
    };
    let apt = |args: &[&str]| {
        let words =
            [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"], args].concat();
        process::run(Command::new(words[0]).args(&words[1..]))
    };
    process::step(&format!("安装浏览器 / apt-get install {wanted}"), || {
        apt(&["update"])?;
        apt(&[&["install", "-y", "--no-install-recommends"], PACKAGES.as_slice()].concat())
    })
    .context(by_hand)
}
