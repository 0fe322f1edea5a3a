//! A crate without a page as wasm: the engine of the page, that of `zice.mjs`, and
//! that of the benchmark. Compiled and lowered as the page is.

use crate::setup::WASM_TARGET;
use crate::tools::{WASM_BINDGEN, cache_dir};
use crate::{process, repo, wasm};
use anyhow::Result;
use fs_err as fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the crates are compiled; `Cargo.toml` says what it means.
const PROFILE: &str = "wasm";

/// What a crate is compiled for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Trying out: as quick to compile as can be, and not lowered.
    Debug,
    /// Size, as the page is.
    Size,
    /// Speed in arithmetic and programs: half as fast again, for 4 kB brotli.
    Speed,
}

/// What a crate became.
pub struct Engine {
    /// wasm-bindgen's glue, a module.
    pub glue: PathBuf,
    /// The wasm that ships.
    pub wasm: PathBuf,
}

/// Compiles `package` and leaves its glue and wasm in `folder`.
///
/// Cargo holds its lock only while it runs, so this may be called from Trunk's
/// hook.
pub fn compile(package: &str, made_for: For, node_modules: &Path, folder: &Path) -> Result<Engine> {
    let (profile, made_in) =
        if made_for == For::Debug { ("dev", "debug") } else { (PROFILE, PROFILE) };
    let mut cargo = process::cargo(&["build", "--quiet", "--locked", "--profile", profile]);
    if made_for == For::Speed {
        cargo.args(["--config", &format!("profile.{PROFILE}.package.zice-exact.opt-level=3")]);
    }
    process::run(cargo.args(["--package", package, "--target", WASM_TARGET]))?;
    let name = format!("{}.wasm", package.replace('-', "_"));
    let compiled = repo::target_dir()?.join(WASM_TARGET).join(made_in).join(name);
    fs::create_dir_all(folder)?;
    let mut bindgen = Command::new(WASM_BINDGEN.program(&cache_dir()?));
    bindgen.args(["--target=web", "--no-typescript", "--out-name=engine", "--out-dir"]);
    process::output(bindgen.arg(folder).arg(compiled))?;
    let (glue, bound) = (folder.join("engine.js"), folder.join("engine_bg.wasm"));
    let wasm = match made_for {
        For::Debug => bound,
        For::Size | For::Speed => wasm::lower(package, node_modules, folder, &bound, &glue)?,
    };
    Ok(Engine { glue, wasm })
}
