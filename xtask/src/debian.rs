//! Installing Debian packages, where the machine is a Debian and allows it.

use crate::process;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// Whether this is a Debian or one of its kind.
pub fn is_here() -> bool {
    Path::new("/etc/debian_version").exists()
}

/// Whether the package is installed.
pub fn has_package(name: &str) -> bool {
    let status = process::output(Command::new("dpkg-query").args(["-W", "-f=${Status}", name]));
    status.is_ok_and(|text| text.contains("install ok installed"))
}

/// Installs the packages; `by_hand` says what to do where that cannot be.
pub fn install(packages: &[&str], by_hand: &str) -> Result<()> {
    if !is_here() {
        bail!("{by_hand}");
    }
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let sudo = || process::output(Command::new("sudo").args(["-n", "true"])).is_ok();
    let prefix: &[&str] = if root {
        &[]
    } else if sudo() {
        &["sudo", "-n"]
    } else {
        bail!("{by_hand}")
    };
    let apt = |args: &[&str]| {
        let words =
            [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"], args].concat();
        process::run(Command::new(words[0]).args(&words[1..]))
    };
    process::step(&format!("安装浏览器 / apt-get install {}", packages.join(" ")), || {
        apt(&["update"])?;
        apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
    })
    .with_context(|| by_hand.to_owned())
}
