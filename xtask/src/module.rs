//! `dist/zice.mjs`: the engine without the page, for browsers, bundlers and
//! Node.

use crate::hook::Build;
use crate::{engine, files, glue, script};
use anyhow::Result;
use fs_err as fs;

/// The crate behind it.
const PACKAGE: &str = "zice-js";
/// The name of the file in `dist/`, which hosts write into their scripts.
pub const FILE: &str = "zice.mjs";
/// How the names of its wasm begin.
pub const WASM: &str = "zice-engine";

/// Writes the module and its wasm into the staging folder.
pub fn write(build: &Build) -> Result<()> {
    let folder = build.scratch.join("module");
    let made = engine::compile(PACKAGE, engine::For::Speed, &build.node_modules, &folder)?;
    let wasm = files::write_hashed(&build.staging, WASM, "wasm", &fs::read(&made.wasm)?)?;
    let glue = glue::checked(fs::read_to_string(&made.glue)?)?;
    // The glue's own guess of where the wasm lies. Bundlers would look for
    // that file and fail; ours is always told.
    fs::write(&made.glue, glue.replace("import.meta.url", "\"\""))?;
    let names = [("ZICE_ENGINE", wasm.as_str())];
    let aliases = [("zice-glue", &*made.glue)];
    let module = script::bundle(build, "boot/module", &script::MODULE, &names, &aliases)?;
    Ok(fs::write(build.staging.join(FILE), module)?)
}
