//! Set-up: what a build needs, quick when it is all there.

use crate::tools::{TRUNK, WASM_BINDGEN, cache_dir};
use crate::{browser, npm, process};
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The target of the browser application.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The tools, all there.
pub struct Tools {
    /// The cache folder they lie in.
    pub cache: PathBuf,
    /// The folder of the npm packages.
    pub node_modules: PathBuf,
}

/// Makes sure of everything that `build` and `serve` need.
pub fn for_build() -> Result<Tools> {
    npm::check_node()?;
    wasm_target()?;
    fetch_crates()?;
    let cache = cache_dir()?;
    for tool in [&WASM_BINDGEN, &TRUNK] {
        tool.ensure(&cache)?;
    }
    let node_modules = npm::node_modules(&cache)?;
    Ok(Tools { cache, node_modules })
}

/// Makes sure of everything, what only tests need where it can be had.
pub fn run() -> Result<()> {
    let started = std::time::Instant::now();
    let tools = for_build()?;
    for found in [browser::chromium().map(drop), browser::old_chromiums(&tools.cache)] {
        // Only the browser tests need them, and they say so themselves.
        found.unwrap_or_else(|error| browser::warn(&error));
    }
    let (cache, seconds) = (tools.cache.display(), started.elapsed().as_secs_f64());
    println!("工具齐全 / tools ready: {cache} ({seconds:.1} s)");
    Ok(())
}

/// The compiler's library for the browser.
fn wasm_target() -> Result<()> {
    if std::env::var_os("CARGO_UNSTABLE_BUILD_STD").is_some() {
        // Then the library is compiled from its sources.
        return Ok(());
    }
    let args = ["--print", "target-libdir", "--target", WASM_TARGET];
    let libdir = process::output(Command::new("rustc").args(args))?;
    if std::path::Path::new(libdir.trim()).is_dir() {
        return Ok(());
    }
    let added = process::step(&format!("rustup target add {WASM_TARGET}"), || {
        process::run(Command::new("rustup").args(["target", "add", WASM_TARGET]))
    });
    if let Err(error) = added {
        bail!(
            "{error:#}\n\
             Rust 缺少 {WASM_TARGET} 目标 / the Rust target {WASM_TARGET} is missing and rustup could not add it.\n\
             In a closed network on Debian: apt-get install -y --no-install-recommends rustc-web cargo-web \
             rust-web-src rust-web-llvm lld-22, then run the command again with\n\
             PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort"
        );
    }
    Ok(())
}

/// Downloads the crates that are not there yet: Trunk builds offline. All
/// platforms' crates, because `cargo metadata`, which Trunk calls, wants them.
fn fetch_crates() -> Result<()> {
    let fetch = || process::cargo(&["fetch", "--locked"]);
    if process::output(fetch().args(["--offline", "--quiet"])).is_ok() {
        return Ok(());
    }
    process::step("下载依赖 / downloading the crates", || process::run(&mut fetch()))
}
