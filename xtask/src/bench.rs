//! `cargo xtask bench`: time budgets and ratios, measured on this machine.
//!
//! Not among the tests: how long something takes depends on what else the
//! machine does. Here is what is built for it; Node measures, prints and says
//! whether a gate is broken (`tests/browser/bench`, `bench/engine`).

use crate::engine::{self, For};
use crate::setup::{self, Tools};
use crate::{browser, npm, policies, process, repo, size, trunk};
use anyhow::Result;
use fs_err as fs;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The commit whose engine the ratios begin at; see `bench/baseline`.
const BASELINE: &str = "bf5dc1f";

/// The page's time budgets (`docs/budgets.md`); fails where a gate is broken.
pub fn budgets() -> Result<()> {
    let (tools, mut node) = in_chromium("tests/browser/bench/run.mjs")?;
    let folder = repo::target_dir()?.join("bench");
    node.env("ZICE_ENGINE", compile("zice-bench", For::Size, &tools, &folder)?);
    process::step("实测 / measuring", || process::run(&mut node))
}

/// Bytes and start beside pages that ask the same questions with other tools.
pub fn rivals() -> Result<()> {
    let (tools, mut node) = in_chromium("tests/browser/bench/rivals/measure.mjs")?;
    process::run(node.env("ZICE_RIVALS", tools.cache.join("rivals")))
}

/// The engine beside other rule engines, exact plain JS, and the engine of an
/// earlier commit, on the same companies: ratios of one run. Node reads what
/// else was said on the command line.
pub fn engine(args: &[OsString]) -> Result<()> {
    let tools = setup::for_build()?;
    npm::PEERS.install(&tools.cache)?;
    let folder = repo::target_dir()?.join("bench-engine");
    let engine = compile("zice-js", For::Speed, &tools, &folder)?;
    policies::write(&engine)?;
    let mut node = node("bench/engine/run.mjs");
    node.args(args)
        .env("ZICE_ENGINE", &engine)
        .env("ZICE_BENCH", compile("zice-bench", For::Speed, &tools, &folder)?)
        .env("ZICE_BASELINE", repo::root().join("bench/baseline").join(BASELINE));
    if !args.iter().any(|arg| arg == "--no-command") {
        let args = ["build", "--quiet", "--locked", "--release", "--package=zice-cli"];
        process::run(&mut process::cargo(&args))?;
        let name = format!("release/zice{}", std::env::consts::EXE_SUFFIX);
        node.env("ZICE_COMMAND", repo::target_dir()?.join(name));
    }
    if let Some(bytes) = size::module(&repo::dist()) {
        node.env("ZICE_MODULE_BYTES", bytes.to_string());
    }
    process::step("实测 / measuring", || process::run(&mut node))
}

/// Pictures of every screen of the page of today, into `docs/pictures`.
pub fn pictures() -> Result<()> {
    let (_, mut node) = in_chromium("tests/browser/pictures.mjs")?;
    process::run(&mut node)
}

/// A script that looks at the page of today in Chromium.
fn in_chromium(script: &str) -> Result<(Tools, Command)> {
    let tools = setup::for_build()?;
    let mut node = node(script);
    node.env("ZICE_CHROMIUM", browser::chromium()?);
    trunk::build_release(&tools)?;
    Ok((tools, node))
}

/// A script that measures what lies in `dist/`.
fn node(script: &str) -> Command {
    let mut node = process::at_root("node");
    node.args(["--no-warnings", script]).env("ZICE_DIST", repo::dist());
    node
}

/// A crate as wasm, lowered as the page is, and the folder of its `engine.mjs`
/// and `engine.wasm`.
fn compile(package: &str, made_for: For, tools: &Tools, folder: &Path) -> Result<PathBuf> {
    let folder = folder.join(package);
    let made = engine::compile(package, made_for, &tools.node_modules, &folder)?;
    fs::rename(&made.glue, folder.join("engine.mjs"))?;
    fs::copy(&made.wasm, folder.join("engine.wasm"))?;
    Ok(folder)
}
