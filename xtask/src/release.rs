//! `cargo xtask release`: what a site installs, out of a release build.
//!
//! | in `target/release-archive/` | |
//! | --- | --- |
//! | `zice-<version>.tar.gz` | all of `dist/` with a list of checksums |
//! | `zice-rules-<version>.tar.gz` | what renews the rules of an installed copy |
//! | `zice.offline.html` | the whole page in one file |
//! | `notes.md` | this version's part of `CHANGELOG.md` |
//! | `SHA256SUMS` | the digests of all of these |

use crate::{process, repo, setup, trunk};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;
use walkdir::WalkDir;

/// The list of checksums, as `sha256sum --check` reads it.
const SUMS: &str = "SHA256SUMS";
/// What besides `policies/` speaks of the rules: the service worker keeps them,
/// and the manifest has their sizes and digests.
const BESIDE_RULES: [&str; 2] = ["sw.js", "manifest.json"];
/// One page without a server.
const OFFLINE: &str = "zice.offline.html";

/// Builds the release and packs it.
pub fn run() -> Result<()> {
    let tools = setup::for_build()?;
    trunk::build_release(&tools)?;
    let folder = repo::target_dir()?.join("release-archive");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    pack(&repo::root().join("dist"), &folder, env!("CARGO_PKG_VERSION"))?;
    println!("{}", folder.display());
    Ok(())
}

/// Packs a finished build into an empty folder.
fn pack(dist: &Path, folder: &Path, version: &str) -> Result<()> {
    let site = format!("zice-{version}");
    copy(dist, &folder.join(&site), |_| true)?;
    fs::copy(repo::root().join("LICENSE"), folder.join(&site).join("LICENSE"))?;
    let rules = format!("zice-rules-{version}");
    copy(dist, &folder.join(&rules), |name| {
        // With what servers send prepared: `sw.js.br`.
        name.starts_with("policies/")
            || BESIDE_RULES.iter().any(|it| name.strip_prefix(it).is_some_and(is_prepared))
    })?;
    for name in [&site, &rules] {
        write_sums(&folder.join(name))?;
        let mut tar = Command::new("tar");
        tar.current_dir(folder).arg("-czf").arg(format!("{name}.tar.gz")).arg(name);
        process::output(&mut tar)?;
        fs::remove_dir_all(folder.join(name))?;
    }
    fs::copy(dist.join(OFFLINE), folder.join(OFFLINE)).context(OFFLINE)?;
    let changes = fs::read_to_string(repo::root().join("CHANGELOG.md")).context("CHANGELOG.md")?;
    let notes = notes(&changes, version).context("CHANGELOG.md says nothing of this version")?;
    fs::write(folder.join("notes.md"), format!("# Zice {version}\n\n{notes}\n"))?;
    write_sums(folder)
}

fn is_prepared(end: &str) -> bool {
    matches!(end, "" | ".br" | ".gz")
}

/// Copies the files of a folder whose names are wanted.
fn copy(from: &Path, to: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<()> {
    for name in names(from)? {
        if is_wanted(&name) {
            let path = to.join(&name);
            fs::create_dir_all(path.parent().unwrap_or(to))?;
            fs::copy(from.join(&name), &path).with_context(|| name.clone())?;
        }
    }
    Ok(())
}

/// The files below a folder, sorted, with `/` between their parts.
fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            names.push(name);
        }
    }
    Ok(names)
}

/// Writes the digests of all files of a folder beside them.
fn write_sums(folder: &Path) -> Result<()> {
    let mut sums = String::new();
    for name in names(folder)? {
        let content = fs::read(folder.join(&name)).with_context(|| name.clone())?;
        let digest: String = Sha256::digest(content).iter().map(|it| format!("{it:02x}")).collect();
        sums.push_str(&format!("{digest}  {name}\n"));
    }
    fs::write(folder.join(SUMS), sums).context(SUMS)
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
        let text =
            "# Changelog\n\n## Unreleased\n\n- c\n\n## 1.1.0, 2030\n\n- b\n\n## 1.0.0\n- a\n";
        assert_eq!(notes(text, "1.1.0"), Some("- b"));
        assert_eq!(notes(text, "1.0.0"), Some("- a"));
        assert_eq!(notes(text, "2.0.0"), Some("- c"));
        assert_eq!(notes("# Changelog\n", "1.0.0"), None);
    }

    #[test]
    fn an_archive_has_what_a_site_needs_and_one_what_its_rules_need() {
        let folder = repo::target_dir().expect("a folder").join("release-archive-test");
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("nobody's");
        }
        let (dist, out) = (folder.join("dist"), folder.join("out"));
        fs::create_dir_all(dist.join("policies")).expect("a folder");
        for name in ["policies/index.json", "sw.js", "sw.js.br", "zice.js", OFFLINE] {
            fs::write(dist.join(name), name).expect("a file");
        }
        pack(&dist, &out, "1.2.3").expect("archives");
        let listed = |archive: &str| {
            let mut tar = Command::new("tar");
            let list = process::output(tar.current_dir(&out).args(["-tzf", archive]));
            list.expect("an archive").lines().filter(|it| !it.ends_with('/')).count()
        };
        assert_eq!(listed("zice-1.2.3.tar.gz"), 7);
        assert_eq!(listed("zice-rules-1.2.3.tar.gz"), 4);
        let sums = fs::read_to_string(out.join(SUMS)).expect("sums");
        assert_eq!(sums.lines().count(), 4, "{sums}");
    }
}
