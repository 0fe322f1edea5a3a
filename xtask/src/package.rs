//! `cargo xtask package`: the npm package, out of `dist/`, `www/npm/` and the
//! schemas of `docs/`.

use crate::hook::VERSION;
use crate::packed::OFFLINE;
use crate::{files, manifest, policies, process, repo, trunk};
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the facts of a company file go in the hand-written types.
const FACTS_MARK: &str = "/* FACTS */\n";
/// Where the report goes in them.
const REPORT_MARK: &str = "/* REPORT */\n";

/// Builds the release and packs it.
pub fn run() -> Result<()> {
    println!("{}", make(&trunk::release()?)?.display());
    Ok(())
}

/// Packs a finished release build; says where the tarball lies.
pub fn make(dist: &Path) -> Result<PathBuf> {
    // Only a release build has a manifest, and the module.
    manifest::read(dist)?;
    let npm = repo::target_dir()?.join("npm");
    let package = npm.join("zice");
    files::fresh(&npm)?;
    files::copy(dist, &package, is_wanted)?;
    fs::create_dir_all(package.join("schemas"))?;
    let root = repo::root();
    for (from, to) in [
        ("LICENSE", "LICENSE"),
        ("www/npm/README.md", "README.md"),
        ("docs/report.schema.json", "schemas/report.schema.json"),
    ] {
        fs::copy(root.join(from), package.join(to))?;
    }
    // From the policies and not from docs/, which may be out of date.
    let library = policies::library()?;
    let schema = zice_policy::company_schema(&library.dictionary);
    fs::write(package.join("schemas/company.schema.json"), schema)?;
    let mut types = files::text(&root.join("www/npm/zice.d.ts"))?;
    let facts = zice_policy::company_types(&library.dictionary) + "\n";
    for (mark, text) in [(FACTS_MARK, facts), (REPORT_MARK, zice_policy::report_types())] {
        ensure!(types.contains(mark), "www/npm/zice.d.ts: no {mark}");
        types = types.replace(mark, &text);
    }
    fs::write(package.join("zice.d.ts"), types)?;
    // Hand-written, with the workspace's version.
    let text = fs::read_to_string(root.join("www/npm/package.json"))?;
    let mut description: Value = serde_json::from_str(&text).context("www/npm/package.json")?;
    description["version"] = VERSION.into();
    let text = serde_json::to_string_pretty(&description)? + "\n";
    fs::write(package.join("package.json"), text)?;
    pack(&npm, &package)
}

/// Not the page itself, nor what a server prepares.
fn is_wanted(name: &str) -> bool {
    let prepared = name.ends_with(".br") || name.ends_with(".gz");
    !prepared && name != OFFLINE && name != "index.html"
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
}
