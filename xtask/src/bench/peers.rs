//! The packages of `bench/peers`, installed outside the checkout.

use crate::tools::{CacheLock, Scratch};
use crate::{npm, process, repo};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What `npm install` reads. There is no lock file: one package names an
/// optional one that was never published, which `npm ci` refuses.
const INPUTS: [&str; 2] = ["package.json", ".npmrc"];

/// Installs them once per content of those files; `bench/peers/node_modules`
/// becomes a link to them.
pub fn install(cache: &Path) -> Result<()> {
    let source = repo::root().join("bench/peers");
    let mut hash = Sha256::new();
    for name in INPUTS {
        hash.update(fs::read(source.join(name)).with_context(|| name.to_owned())?);
    }
    let hash: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let place = cache.join(format!("peers-{hash}"));
    if !place.join("node_modules").is_dir() {
        npm::check_node()?;
        let _lock = CacheLock::take(cache)?;
        process::step("安装对比对象 / installing the peers (npm install)", || {
            let scratch = Scratch::new(cache, "peers")?;
            let dir = scratch.path().join("root");
            fs::create_dir(&dir)?;
            for name in INPUTS {
                fs::copy(source.join(name), dir.join(name)).with_context(|| name.to_owned())?;
            }
            process::run(
                Command::new("npm")
                    .args(["install", "--ignore-scripts", "--no-audit", "--no-fund"])
                    .arg("--loglevel=error")
                    .current_dir(&dir),
            )?;
            if place.exists() {
                fs::remove_dir_all(&place)?;
            }
            fs::rename(&dir, &place).with_context(|| place.display().to_string())
        })?;
    }
    npm::link(&source.join("node_modules"), &place.join("node_modules"))
}
