//! `cargo xtask package`: the npm package, out of `dist/`, `www/npm/` and the
//! schemas of `docs/`.

use crate::setup;
use crate::{manifest, module, process, repo, trunk};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use walkdir::WalkDir;
use zice_policy::Library;

/// Where the facts of a company file go in the hand-written types.
const FACTS_MARK: &str = "/* FACTS */\n";
/// Where the report goes in them.
const REPORT_MARK: &str = "/* REPORT */\n";
/// The loader for script tags, which is there once the build writes it.
const ELEMENT: &str = "zice.js";

/// Builds the release and packs it.
pub fn run() -> Result<()> {
    let tools = setup::for_build()?;
    trunk::build_release(&tools)?;
    let tarball = make(&repo::root().join("dist"))?;
    println!("{}", tarball.display());
    Ok(())
}

/// Packs a finished release build; says where the tarball lies.
pub fn make(dist: &Path) -> Result<PathBuf> {
    // Only a release build has a manifest, and the module.
    manifest::read(dist)?;
    if !dist.join(module::FILE).is_file() {
        bail!("{}: no {}", dist.display(), module::FILE);
    }
    let npm = repo::target_dir()?.join("npm");
    let package = npm.join("zice");
    if npm.exists() {
        fs::remove_dir_all(&npm).with_context(|| npm.display().to_string())?;
    }
    fs::create_dir_all(package.join("schemas"))?;
    copy_build(dist, &package)?;
    let root = repo::root();
    for (from, to) in [
        ("LICENSE", "LICENSE"),
        ("www/npm/README.md", "README.md"),
        ("docs/report.schema.json", "schemas/report.schema.json"),
    ] {
        copy(&root.join(from), &package.join(to))?;
    }
    // From the policies and not from docs/, which may be out of date.
    let library = Library::load(&root.join("policies"))?;
    let schema = zice_policy::company_schema(&library.dictionary);
    fs::write(package.join("schemas/company.schema.json"), schema)?;
    let types = read(&root.join("www/npm/zice.d.ts"))?;
    for mark in [FACTS_MARK, REPORT_MARK] {
        if !types.contains(mark) {
            bail!("www/npm/zice.d.ts: no {mark}");
        }
    }
    let facts = zice_policy::company_types(&library.dictionary) + "\n";
    let types = types.replace(FACTS_MARK, &facts);
    let types = types.replace(REPORT_MARK, &zice_policy::report_types());
    fs::write(package.join("zice.d.ts"), types)?;
    let has_element = package.join(ELEMENT).is_file();
    let described = describe(&read(&root.join("www/npm/package.json"))?, has_element)?;
    fs::write(package.join("package.json"), described)?;
    pack(&npm, &package)
}

/// Copies what a host can use of a build.
fn copy_build(dist: &Path, package: &Path) -> Result<()> {
    for entry in WalkDir::new(dist).sort_by_file_name() {
        let entry = entry?;
        let name = entry.path().strip_prefix(dist)?;
        if entry.file_type().is_file() && is_wanted(&name.to_string_lossy()) {
            copy(entry.path(), &package.join(name))?;
        }
    }
    Ok(())
}

/// Not the page itself, nor what a server prepares.
fn is_wanted(name: &str) -> bool {
    !(name.ends_with(".br")
        || name.ends_with(".gz")
        || name.ends_with(".offline.html")
        || name == "index.html")
}

/// The package's own description: hand-written, with the workspace's version
/// and only what there is.
fn describe(text: &str, has_element: bool) -> Result<String> {
    let mut package: Value = serde_json::from_str(text).context("www/npm/package.json")?;
    package["version"] = env!("CARGO_PKG_VERSION").into();
    if !has_element {
        package["sideEffects"] = false.into();
        if let Some(exports) = package["exports"].as_object_mut() {
            exports.shift_remove("./element");
        }
    }
    Ok(serde_json::to_string_pretty(&package)? + "\n")
}

fn pack(npm: &Path, package: &Path) -> Result<PathBuf> {
    let printed = process::output(
        Command::new("npm")
            .args(["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination"])
            .arg(npm)
            .current_dir(package),
    )?;
    let name = printed.lines().last().context("npm pack")?;
    Ok(npm.join(name.trim()))
}

fn read(path: &Path) -> Result<String> {
    // A checkout may have other line ends; the package never has.
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.replace("\r\n", "\n"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map(drop).with_context(|| from.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_and_what_servers_prepare_stay_out() {
        for name in ["index.html", "zice.offline.html", "zice.mjs.br", "policies/facts.json.gz"] {
            assert!(!is_wanted(name), "{name}");
        }
        for name in ["zice.mjs", "frame.html", "policies/index.json", "manifest.json"] {
            assert!(is_wanted(name), "{name}");
        }
    }

    #[test]
    fn only_what_there_is_can_be_imported() {
        let text = r#"{"sideEffects":["./zice.js"],"exports":{".":"a","./element":"b"}}"#;
        let with: Value = serde_json::from_str(&describe(text, true).expect("json")).expect("json");
        assert_eq!(with["exports"]["./element"], "b");
        assert_eq!(with["version"], env!("CARGO_PKG_VERSION"));
        let without: Value =
            serde_json::from_str(&describe(text, false).expect("json")).expect("json");
        assert!(without["exports"].get("./element").is_none());
        assert_eq!(without["sideEffects"], false);
    }
}
