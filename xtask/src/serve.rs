//! `cargo xtask serve`: Trunk's server, with rebuild and reload on change.

use crate::{repo, setup, trunk};
use anyhow::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};

/// Builds and serves on this port or on a free one, the `release` build or that of
/// a developer, until it is interrupted.
pub fn run(port: Option<u16>, release: bool) -> Result<()> {
    // Before the set-up, which may take minutes.
    let port = free_port(port)?;
    let tools = setup::for_build()?;
    let mut command = trunk::command(&tools)?;
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
    return crate::process::run(&mut command);
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
