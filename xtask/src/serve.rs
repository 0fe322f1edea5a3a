//! `cargo xtask serve`: Trunk's server, with rebuild and reload on change.

use crate::{repo, setup, trunk};
use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Child;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Tried first when no port is asked for.
const FIRST_PORT: u16 = 8080;

/// How often the child and the page are looked at.
const TICK: Duration = Duration::from_millis(200);

/// What the command line asks for.
#[derive(Default)]
pub struct Options {
    /// The port, or the first free one from 8080.
    pub port: Option<u16>,
    /// Serve the release build.
    pub release: bool,
}

/// Builds, serves until it is interrupted, and prints the address when the
/// page can be opened.
pub fn run(options: &Options) -> Result<()> {
    // Before the set-up, which may take minutes.
    let port = free_port(options.port)?;
    let tools = setup::for_build()?;
    eprintln!("==> 构建中，首次需几分钟 / building, the first time takes minutes …");
    let mut command = trunk::command(&tools)?;
    command.args(["serve", "--offline", "--port", &port.to_string()]);
    // Not dist/: that is the release, which tests and people may be using.
    // One folder a server: two of them would clean each other's files.
    command.arg("--dist").arg(repo::target_dir()?.join(format!("serve-{port}")));
    if options.release {
        // As it ships: without Trunk's inline reload script.
        command.args(["--release", "--no-autoreload"]);
    }
    let child = Arc::new(Mutex::new(command.spawn().context("cannot start trunk")?));
    end_with_us(Arc::clone(&child))?;

    let mut announced = false;
    loop {
        if let Some(status) = lock(&child).try_wait()? {
            bail!("trunk serve ended ({status})");
        }
        if !announced && page_opens(port) {
            println!("打开 / open http://127.0.0.1:{port}/");
            println!("按 Ctrl-C 结束 / press Ctrl-C to stop");
            announced = true;
        }
        std::thread::sleep(TICK);
    }
}

/// Ends quietly on Ctrl-C or a plain kill, and takes Trunk along: a signal to
/// this process alone would leave the server behind.
fn end_with_us(child: Arc<Mutex<Child>>) -> Result<()> {
    ctrlc::set_handler(move || {
        let mut child = lock(&child);
        // It may have had the same signal and be gone already.
        let _ = child.kill();
        let _ = child.wait();
        std::process::exit(0);
    })
    .context("cannot listen for Ctrl-C")
}

fn lock(child: &Mutex<Child>) -> std::sync::MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

fn free_port(asked: Option<u16>) -> Result<u16> {
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    if let Some(port) = asked {
        if !free(&port) {
            bail!(
                "端口 {port} 已被占用，请用 --port 指定另一个 / \
                 port {port} is taken, choose another one with --port"
            );
        }
        return Ok(port);
    }
    (FIRST_PORT..FIRST_PORT + 100)
        .find(free)
        .context("ports 8080 to 8179 are all taken: choose one with --port")
}

/// Whether the server answers with the finished page. After a failed first
/// build it answers, but with nothing to open.
fn page_opens(port: u16) -> bool {
    let get = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET / HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    get().is_ok_and(|answer| {
        answer.lines().next().is_some_and(|line| line.contains(" 200 "))
            && answer.contains("zice-widget-")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_when_asked_for() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port(Some(port)).is_err());
        assert!(!page_opens(0));
    }
}
