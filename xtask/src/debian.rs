//! Installing Debian packages, where the machine is a Debian and this is root:
//! nobody's password is asked for.

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
    let root = || process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_here() || !root() {
        bail!("{by_hand}");
    }
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        process::run(command.env("DEBIAN_FRONTEND", "noninteractive").arg("-q").args(args))
    };
    process::step(&format!("安装浏览器 / apt-get install {}", packages.join(" ")), || {
        apt(&["update"])?;
        apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
    })
    .with_context(|| by_hand.to_owned())
}
