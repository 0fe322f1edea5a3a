//! `cargo xtask serve`: Trunk's server, with rebuild and reload on change.

use crate::{repo, setup, trunk};
use anyhow::{Context, Result, ensure};
use std::net::{Ipv4Addr, TcpListener};

/// Tried first when no port is asked for.
const FIRST_PORT: u16 = 8080;

/// What the command line asks for.
#[derive(Default)]
pub struct Options {
    /// The port, or the first free one from 8080.
    pub port: Option<u16>,
    /// Serve the release build.
    pub release: bool,
}

/// Builds and serves until it is interrupted.
pub fn run(options: &Options) -> Result<()> {
    // Before the set-up, which may take minutes.
    let port = free_port(options.port)?;
    let tools = setup::for_build()?;
    let mut command = trunk::command(&tools)?;
    command.args(["serve", "--offline", "--port", &port.to_string()]);
    // Not dist/: that is the release, which tests and people may be using.
    // One folder a server: two of them would clean each other's files.
    command.arg("--dist").arg(repo::target_dir()?.join(format!("serve-{port}")));
    if options.release {
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

fn free_port(asked: Option<u16>) -> Result<u16> {
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    if let Some(port) = asked {
        ensure!(
            free(&port),
            "端口 {port} 已被占用，请用 --port 指定另一个 / \
             port {port} is taken, choose another one with --port"
        );
        return Ok(port);
    }
    (FIRST_PORT..FIRST_PORT + 100)
        .find(free)
        .context("ports 8080 to 8179 are all taken: choose one with --port")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_when_asked_for() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port(Some(port)).is_err());
    }
}
