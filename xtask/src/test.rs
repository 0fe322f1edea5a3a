//! `cargo xtask test`: every check, in the order that fails soonest.
//!
//! None of them measures time: what that says depends on what else the machine
//! does. The time budgets are `cargo xtask bench`.

use crate::firefox::Firefox;
use crate::setup::{self, WASM_TARGET};
use crate::{browser, docs, package, process, repo, rooms, size, trunk};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A part of the checks that can be asked for alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// Formatting and clippy.
    Lint,
    /// Rust tests on this machine.
    Native,
    /// `zice check --mutate`, and the documents made from the policies.
    Policies,
    /// The release build.
    Build,
    /// The size gates.
    Size,
    /// The tests in a browser.
    Browser,
}

impl Group {
    /// The group of that name on the command line.
    pub fn parse(name: &str) -> Result<Group> {
        Ok(match name {
            "lint" => Group::Lint,
            "native" => Group::Native,
            "policies" => Group::Policies,
            "build" => Group::Build,
            "size" => Group::Size,
            "browser" => Group::Browser,
            _ => bail!("--only {name}: one of lint, native, policies, build, size, browser"),
        })
    }
}

/// What the command line asks for.
#[derive(Default)]
pub struct Options {
    /// The slow tests too: ignored ones, and `ZICE_FULL=1` for the others.
    pub full: bool,
    /// Only these groups; none means all.
    pub only: Vec<Group>,
    /// Only tests whose name contains one of these (native and browser).
    pub filters: Vec<String>,
}

impl Options {
    fn wants(&self, group: Group) -> bool {
        if self.only.is_empty() {
            // A filter is a question about tests, not about the rest. The
            // browser needs the build.
            let tests = [Group::Native, Group::Build, Group::Browser];
            return self.filters.is_empty() || tests.contains(&group);
        }
        // The gates and the browser look at what the build made.
        let needed = group == Group::Build
            && self.only.iter().any(|only| matches!(only, Group::Size | Group::Browser));
        needed || self.only.contains(&group)
    }

    fn cargo(&self, args: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(repo::root()).args(args);
        if self.full {
            command.env("ZICE_FULL", "1");
        }
        command
    }
}

/// Runs the stages; the first that fails ends it, with its name.
pub fn run(options: &Options) -> Result<()> {
    let mut stages = Stages::default();
    let result = all(options, &mut stages);
    stages.summary();
    if result.is_ok() {
        println!("全部通过 / all passed");
    }
    result
}

fn all(options: &Options, stages: &mut Stages) -> Result<()> {
    let tools = stages.run("set-up", setup::for_build)?;
    if options.wants(Group::Lint) {
        stages.run("format", || process::run(&mut options.cargo(&["fmt", "--all", "--check"])))?;
        stages.run("rooms", rooms::check)?;
        stages.run("clippy", || {
            let args =
                ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
            process::run(&mut options.cargo(&args))
        })?;
        stages.run("clippy without features", || {
            let args = ["clippy", "--package=zice-rules", "--no-default-features", "--locked"];
            process::run(options.cargo(&args).args(["--", "-D", "warnings"]))
        })?;
        stages.run("clippy wasm", || {
            let args =
                ["clippy", "--package=zice-widget", "--package=zice-js", "--target", WASM_TARGET];
            process::run(options.cargo(&args).args(["--locked", "--", "-D", "warnings"]))
        })?;
    }
    if options.wants(Group::Native) {
        stages.run("native tests", || native(options))?;
        stages.run("rounded numbers", || {
            let args = ["test", "--package=zice-rules", "--no-default-features"];
            let mut command = options.cargo(&args);
            process::run(command.args(["--features=serde", "--lib", "--locked", "digits"]))
        })?;
        stages.run("doc tests", || {
            let mut command =
                options.cargo(&["test", "--workspace", "--doc", "--locked", "--quiet"]);
            process::run(command.arg("--").args(&options.filters))
        })?;
    }
    if options.wants(Group::Policies) {
        stages.run("zice check", || {
            let args = ["run", "--quiet", "--locked", "--package", "zice-cli", "--", "check"];
            process::run(options.cargo(&args).args(["--mutate", "policies"]))
        })?;
        stages.run("documents", || docs::run(true))?;
    }
    if options.wants(Group::Build) {
        stages.run("build", || trunk::build_release(&tools))?;
    }
    let dist = repo::root().join("dist");
    if options.wants(Group::Size) {
        stages.run("size", || size::run(&dist))?;
    }
    if options.wants(Group::Browser) {
        let (chromium, firefox) =
            stages.run("browser set-up", || browsers(options, &tools.cache))?;
        let tarball = stages.run("npm package", || package::make(&dist))?;
        stages.run("browser tests", || {
            process::run(&mut options.cargo(&[
                "build",
                "--quiet",
                "--locked",
                "--package",
                "zice-cli",
            ]))?;
            let zice = repo::target_dir()?
                .join("debug")
                .join(format!("zice{}", std::env::consts::EXE_SUFFIX));
            let mut command = Command::new("node");
            // A page that never answers must end the run, not hang it. A file
            // of tests that is only slow, on a machine with other things to
            // do, is no mistake.
            command.current_dir(repo::root()).args([
                "--test",
                "--test-timeout=3600000",
                "--test-reporter=spec",
            ]);
            for filter in &options.filters {
                command.arg(format!("--test-name-pattern={filter}"));
            }
            command
                .args(browser_tests()?)
                .env("ZICE_DIST", &dist)
                .env("ZICE_TOOLS", &tools.cache)
                .env("ZICE_CHROMIUM", &chromium)
                .env("ZICE_CLI", &zice)
                .env("ZICE_NPM", &tarball);
            if let Some(firefox) = &firefox {
                firefox.name_in(&mut command);
            }
            if options.full {
                command.env("ZICE_FULL", "1");
            }
            process::run(&mut command)
        })?;
    }
    Ok(())
}

/// The browsers: Chromium, which must be there, and Firefox where it can be.
/// What is missing besides Chromium is said here and again by the skipped test.
fn browsers(options: &Options, cache: &Path) -> Result<(PathBuf, Option<Firefox>)> {
    let chromium = browser::find_or_install()?;
    if let Err(error) = browser::get_old_ones(cache) {
        eprintln!("    警告 / warning: {error:#}");
    }
    if !options.full {
        return Ok((chromium, Firefox::find()?));
    }
    let firefox = Firefox::find_or_install();
    if let Err(error) = &firefox {
        eprintln!("    警告 / warning: {error:#}");
    }
    Ok((chromium, firefox.ok()))
}

/// nextest where it is installed (it runs the tests of all crates at once),
/// otherwise cargo's own.
fn native(options: &Options) -> Result<()> {
    if process::on_path(&["cargo-nextest", "cargo-nextest.exe"]).is_some() {
        let mut command = options.cargo(&["nextest", "run", "--workspace", "--locked"]);
        command.args(["--no-tests=pass", "--status-level=fail"]);
        if options.full {
            command.arg("--run-ignored=all");
        }
        return process::run(command.args(&options.filters));
    }
    let mut command =
        options.cargo(&["test", "--workspace", "--all-targets", "--locked", "--quiet", "--"]);
    if options.full {
        command.arg("--include-ignored");
    }
    process::run(command.args(&options.filters))
}

/// The test files, sorted. Node 20 does not expand a pattern itself.
fn browser_tests() -> Result<Vec<PathBuf>> {
    let dir = repo::root().join("tests/browser");
    let mut files = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| dir.display().to_string())? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("no browser tests in {}", dir.display());
    }
    Ok(files)
}

/// The stages that have run, with their seconds.
#[derive(Default)]
struct Stages(Vec<(&'static str, f64, bool)>);

impl Stages {
    fn run<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n== {name} ==");
        let started = Instant::now();
        let result = work();
        self.0.push((name, started.elapsed().as_secs_f64(), result.is_ok()));
        result.with_context(|| format!("stage `{name}` failed"))
    }

    fn summary(&self) {
        println!("\n{:<16} {:>8}", "stage", "seconds");
        for (name, seconds, passed) in &self.0 {
            println!("{name:<16} {seconds:>8.1}  {}", if *passed { "ok" } else { "FAILED" });
        }
        let total: f64 = self.0.iter().map(|(_, seconds, _)| seconds).sum();
        println!("{:<16} {total:>8.1}", "total");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_brings_what_it_looks_at() {
        let browser = Options { only: vec![Group::Browser], ..Options::default() };
        assert!(browser.wants(Group::Build) && browser.wants(Group::Browser));
        assert!(!browser.wants(Group::Lint) && !browser.wants(Group::Size));
    }

    #[test]
    fn a_filter_leaves_the_lints_out() {
        let filtered = Options { filters: vec!["score".into()], ..Options::default() };
        assert!(filtered.wants(Group::Native) && !filtered.wants(Group::Lint));
        assert!(Options::default().wants(Group::Lint));
    }
}
