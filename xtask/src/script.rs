//! Scripts and styles as they ship: esbuild over `www/`.

use crate::hook::{Build, write_hashed};
use crate::{npm, process, repo, wasm};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// The oldest browser whose syntax is written.
const TARGET: &str = "--target=chrome64";

/// Bundles `www/boot/<entry>.js` with wasm-bindgen's glue into one classic
/// script, `zice-<entry>-<hash>.js`, that loads the file `wasm` beside it.
///
/// Classic because a host page, a strict CSP and a file opened from disk all
/// take a plain script tag, and none of them reliably a module.
pub fn bundle(build: &Build, entry: &str, glue: &Path, wasm: &str) -> Result<String> {
    wasm::check_glue(&fs::read_to_string(glue).with_context(|| glue.display().to_string())?)?;
    let output = build.scratch.join(format!("{entry}.js"));
    let mut command = npm::program(&build.node_modules, "esbuild");
    command
        .current_dir(repo::root())
        .arg(format!("www/boot/{entry}.js"))
        .args(["--bundle", "--format=iife", "--charset=ascii", "--log-level=warning", TARGET])
        .arg(format!("--alias:zice-glue={}", glue.display()))
        .arg(format!("--define:ZICE_WASM={wasm:?}"))
        // The glue's own guess of where the wasm lies; a classic script has no
        // import.meta, and the boot always says where.
        .arg("--define:import.meta.url=\"\"")
        .arg(format!("--outfile={}", output.display()));
    if build.release {
        command.args(["--minify", "--legal-comments=none"]);
    }
    process::output(&mut command)?;
    write_hashed(&build.staging, &format!("zice-{entry}"), "js", &fs::read(&output)?)
}

/// Replaces the stylesheet `name` of the staging folder by one for old
/// browsers, small in release; returns its name.
pub fn styles(build: &Build, name: &str) -> Result<String> {
    let input = build.staging.join(name);
    let output = build.scratch.join("styles.css");
    let mut command = npm::program(&build.node_modules, "esbuild");
    command
        .arg(&input)
        .args(["--bundle", "--external:*", "--log-level=warning", TARGET])
        .arg(format!("--outfile={}", output.display()));
    if build.release {
        command.arg("--minify");
    }
    process::output(&mut command)?;
    fs::remove_file(&input)?;
    write_hashed(&build.staging, "zice", "css", &fs::read(&output)?)
}
