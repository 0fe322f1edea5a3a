//! `cargo xtask release`: what a site installs, out of a release build.
//!
//! | in `target/release-archive/` | |
//! | --- | --- |
//! | `zice-<version>.tar.gz` | all of `dist/` with a list of checksums |
//! | `zice-rules-<version>.tar.gz` | what renews the rules of an installed copy |
//! | `zice.offline.html` | the whole page in one file |
//! | `notes.md` | this version's part of `CHANGELOG.md` |
//! | `SHA256SUMS` | the digests of all of these |

use crate::hook::VERSION;
use crate::packed::OFFLINE;
use crate::{files, process, repo, trunk};
use anyhow::{Context, Result};
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;

/// The list of checksums, as `sha256sum --check` reads it.
const SUMS: &str = "SHA256SUMS";
/// What besides `policies/` speaks of the rules: the service worker keeps them,
/// the manifest has their sizes and digests, and one page the days of their review.
const BESIDE_RULES: [&str; 3] = ["sw.js", "manifest.json", "about.html"];

/// Builds the release and packs it.
pub fn run() -> Result<()> {
    let dist = trunk::release()?;
    let folder = repo::target_dir()?.join("release-archive");
    files::fresh(&folder)?;
    pack(&dist, &folder, VERSION)?;
    println!("{}", folder.display());
    Ok(())
}

/// Packs a finished build into an empty folder.
fn pack(dist: &Path, folder: &Path, version: &str) -> Result<()> {
    let site = format!("zice-{version}");
    files::copy(dist, &folder.join(&site), |_| true)?;
    fs::copy(repo::root().join("LICENSE"), folder.join(&site).join("LICENSE"))?;
    let rules = format!("zice-rules-{version}");
    files::copy(dist, &folder.join(&rules), |name| {
        // With what servers send prepared: `sw.js.br`.
        let file = name.trim_end_matches(".br").trim_end_matches(".gz");
        file.starts_with("policies/") || BESIDE_RULES.contains(&file)
    })?;
    for name in [&site, &rules] {
        write_sums(&folder.join(name))?;
        let mut tar = Command::new("tar");
        tar.current_dir(folder).arg("-czf").arg(format!("{name}.tar.gz")).arg(name);
        process::output(&mut tar)?;
        fs::remove_dir_all(folder.join(name))?;
    }
    fs::copy(dist.join(OFFLINE), folder.join(OFFLINE))?;
    let changes = fs::read_to_string(repo::root().join("CHANGELOG.md"))?;
    let notes = notes(&changes, version).context("CHANGELOG.md says nothing of this version")?;
    fs::write(folder.join("notes.md"), format!("# Zice {version}\n\n{notes}\n"))?;
    write_sums(folder)
}

/// Writes the digests of all files of a folder beside them.
fn write_sums(folder: &Path) -> Result<()> {
    let mut sums = String::new();
    for name in files::names(folder)? {
        let digest = Sha256::digest(fs::read(folder.join(&name))?);
        sums.push_str(&format!("{digest:x}  {name}\n"));
    }
    Ok(fs::write(folder.join(SUMS), sums)?)
}

/// What the changelog says of this version, or of the one that is not out yet.
fn notes<'a>(changes: &'a str, version: &str) -> Option<&'a str> {
    let part = |title: &str| {
        let (_, rest) = changes.split_once(&format!("\n## {title}"))?;
        let (_, text) = rest.split_once('\n')?;
        Some(text.split("\n## ").next()?.trim())
    };
    part(version).or_else(|| part("Unreleased")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notes_are_those_of_the_version_or_of_what_comes() {
        let text = "# Changes\n\n## Unreleased\n\n- c\n\n## 1.1.0, 2030\n\n- b\n\n## 1.0.0\n- a\n";
        let found = ["1.1.0", "1.0.0", "2.0.0"].map(|version| notes(text, version));
        assert_eq!(found, [Some("- b"), Some("- a"), Some("- c")]);
        assert_eq!(notes("# Changes\n", "1.0.0"), None);
    }
}
