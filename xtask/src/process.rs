//! Running other programs, and saying so while they run.

use crate::repo;
use anyhow::{Context, Result, bail};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A program that runs in the checkout.
pub fn at_root(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(repo::root());
    command
}

/// Cargo in the checkout.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = at_root("cargo");
    command.args(args);
    command
}

/// Node with a script of the checkout.
pub fn node(script: &str) -> Command {
    let mut command = at_root("node");
    command.arg(repo::root().join(script));
    command
}

/// Runs `command` with its output going to the terminal; an error names it.
pub fn run(command: &mut Command) -> Result<()> {
    let name = shown(command);
    let status = command.status().with_context(|| format!("cannot start `{name}`"))?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// Runs `command` and returns what it printed; its errors are in the error.
pub fn output(command: &mut Command) -> Result<String> {
    let name = shown(command);
    let out =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{name}`"))?;
    let printed = String::from_utf8_lossy(&out.stdout).into_owned();
    if !out.status.success() {
        bail!(
            "`{name}` failed ({})\n{printed}{}",
            out.status,
            String::from_utf8_lossy(&out.stderr)
        );
    }
    Ok(printed)
}

/// Announces a step that may take long, runs it and says how long it took.
pub fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {title} …");
    let started = Instant::now();
    let result = work().with_context(|| title.to_owned())?;
    eprintln!("    完成 / done: {title} ({:.1} s)", started.elapsed().as_secs_f64());
    Ok(result)
}

/// The first program of `names` found on PATH.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let dirs: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut files = names.iter().flat_map(|name| dirs.iter().map(move |dir| dir.join(name)));
    files.find(|file| file.is_file())
}

/// PATH with `first` before everything else.
pub fn path_with(first: &[&Path]) -> Result<OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = first.iter().map(|dir| dir.to_path_buf()).chain(std::env::split_paths(&old));
    std::env::join_paths(all).context("PATH")
}

/// The command as a person would type it, shortened.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let mut text = words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = text.char_indices().nth(160) {
        text.truncate(cut);
        text.push('…');
    }
    text
}
