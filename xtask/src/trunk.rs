//! Calling Trunk with the pinned tools.

use crate::process;
use crate::setup::Tools;
use crate::tools::{TRUNK, WASM_BINDGEN};
use anyhow::Result;
use std::process::Command;

/// `trunk` with the tools on PATH, in the checkout.
pub fn command(tools: &Tools) -> Result<Command> {
    let bin = TRUNK.bin_dir(&tools.cache);
    let mut command = process::at_root(bin.join("trunk"));
    command
        .env("PATH", process::path_with(&[&bin, &WASM_BINDGEN.bin_dir(&tools.cache)])?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // The causes that Trunk prints say enough; a stack says nothing to us.
        .env("RUST_LIB_BACKTRACE", "0")
        // Trunk takes NO_COLOR only as `true` or `false`; the custom is that
        // any value means yes.
        .env_remove("NO_COLOR");
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        command.arg("--no-color");
    }
    // Cargo's own lines say enough.
    command.arg("--quiet");
    Ok(command)
}

/// The release build into `dist/`.
pub fn build_release(tools: &Tools) -> Result<()> {
    process::step("发布构建 / release build (trunk build --release)", || {
        process::run(command(tools)?.args(["build", "--release", "--offline"]))
    })
}
