//! Calling Trunk with the pinned tools: the release build, and its server, which
//! rebuilds and reloads on change.

use crate::setup::{self, Tools};
use crate::tools::{self, TRUNK, WASM_BINDGEN};
use crate::{process, repo};
use anyhow::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Command;

/// `trunk` with the tools on PATH, in the checkout.
fn command(tools: &Tools) -> Result<Command> {
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
    if tools::variable("NO_COLOR").is_some() {
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

/// The release build, with all that it needs before; where it lies.
pub fn release() -> Result<PathBuf> {
    build_release(&setup::for_build()?)?;
    Ok(repo::dist())
}

/// Builds and serves on this port or on a free one, the `release` build or that of
/// a developer, until it is interrupted.
pub fn serve(port: Option<u16>, release: bool) -> Result<()> {
    // Before the set-up, which may take minutes.
    let port = free_port(port)?;
    let tools = setup::for_build()?;
    let mut command = command(&tools)?;
    command.args(["serve", "--offline", "--port", &port.to_string()]);
    // Not dist/: that is the release, which tests and people may be using.
    // One folder a server: two of them would clean each other's files.
    command.arg("--dist").arg(repo::target_dir()?.join(format!("serve-{port}")));
    if release {
        // As it ships: without Trunk's inline reload script.
        command.args(["--release", "--no-autoreload"]);
    }
    println!(
        "==> 构建中，首次需几分钟；完成后打开 / building, the first time takes minutes; then open"
    );
    println!("    http://127.0.0.1:{port}/");
    println!("    按 Ctrl-C 结束 / press Ctrl-C to stop");
    // Trunk takes this process's place, so that whatever ends one ends the other.
    #[cfg(unix)]
    return Err(std::os::unix::process::CommandExt::exec(&mut command)).context("trunk");
    #[cfg(not(unix))]
    return process::run(&mut command);
}

/// The port that was asked for, or 8080, or any.
fn free_port(asked: Option<u16>) -> Result<u16> {
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port));
    let first = asked.unwrap_or(8080);
    let listener = match free(&first) {
        Err(error) if asked.is_some() => {
            return Err(error).context(format!(
                "端口 {first} 已被占用，请用 --port 指定另一个 / \
                 port {first} is taken, choose another one with --port"
            ));
        }
        other => other.or_else(|_| free(&0))?,
    };
    Ok(listener.local_addr()?.port())
}
