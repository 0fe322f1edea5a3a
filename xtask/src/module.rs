//! `dist/zice.mjs`: the engine without the page, for browsers, bundlers and
//! Node.

use crate::hook::{Build, write_hashed};
use crate::{engine, npm, process, repo, wasm};
use anyhow::{Context, Result};
use std::fs;

/// The crate behind it.
const PACKAGE: &str = "zice-js";
/// The name of the file in `dist/`, which hosts write into their scripts.
pub const FILE: &str = "zice.mjs";
/// How the names of its wasm begin.
pub const WASM: &str = "zice-engine";
/// The oldest browser that knows where a module lies (`import.meta`).
const TARGET: &str = "--target=chrome64";

/// Writes the module and its wasm into the staging folder.
pub fn write(build: &Build) -> Result<()> {
    let folder = build.scratch.join("module");
    let made = engine::compile(PACKAGE, engine::For::Speed, &build.node_modules, &folder)?;
    let content = fs::read(&made.wasm).with_context(|| made.wasm.display().to_string())?;
    let wasm = write_hashed(&build.staging, WASM, "wasm", &content)?;

    let glue = fs::read_to_string(&made.glue).with_context(|| made.glue.display().to_string())?;
    wasm::check_glue(&glue)?;
    // The glue's own guess of where the wasm lies. Bundlers would look for
    // that file and fail; ours is always told.
    fs::write(&made.glue, glue.replace("import.meta.url", "\"\""))?;
    process::output(
        npm::program(&build.node_modules, "esbuild")
            .current_dir(repo::root())
            .arg("www/boot/module.js")
            .args(["--bundle", "--format=esm", "--platform=neutral", "--charset=ascii"])
            .args(["--minify", "--legal-comments=none", "--log-level=warning", TARGET])
            .arg(format!("--alias:zice-glue={}", made.glue.display()))
            .arg(format!("--define:ZICE_ENGINE={wasm:?}"))
            .arg(format!("--define:ZICE_VERSION={:?}", env!("CARGO_PKG_VERSION")))
            .arg(format!("--outfile={}", build.staging.join(FILE).display())),
    )?;
    Ok(())
}
