//! `cargo xtask test`: every check, in the order that fails soonest.
//!
//! None of them measures time: what that says depends on what else the machine
//! does. The time budgets are `cargo xtask bench`.

use crate::setup::{self, Tools, WASM_TARGET};
use crate::{browser, deny, npm, package, policies, process, repo, size, trunk};
use anyhow::{Context, Error, Result, ensure};
use fs_err as fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// The parts of the checks that can be asked for alone.
pub const GROUPS: [&str; 6] = ["lint", "native", "policies", "build", "size", "browser"];

/// What the command line asks for.
#[derive(Default)]
pub struct Options {
    /// The slow tests too: ignored ones, and `ZICE_FULL=1` for the others.
    pub full: bool,
    /// Only these of [`GROUPS`]; none means all.
    pub only: Vec<String>,
    /// Only tests whose name contains one of these (native and browser).
    pub filters: Vec<String>,
}

impl Options {
    fn wants(&self, group: &str) -> bool {
        if self.only.is_empty() {
            // A filter is a question about tests, not about the rest. The
            // browser needs the build.
            return self.filters.is_empty() || ["native", "build", "browser"].contains(&group);
        }
        // The gates and the browser look at what the build made.
        let needs_build = |only: &String| matches!(only.as_str(), "size" | "browser");
        self.only.iter().any(|only| only == group)
            || group == "build" && self.only.iter().any(needs_build)
    }

    /// Whether to leave out nothing that is the same until something changes:
    /// with `--full`, and in continuous integration, which says `CI=true`.
    fn thorough(&self) -> bool {
        self.full || std::env::var("CI").is_ok_and(|value| !matches!(&*value, "" | "false" | "0"))
    }

    /// What tests read from their environment.
    fn env(&self) -> Option<(&'static str, &'static str)> {
        self.full.then_some(("ZICE_FULL", "1"))
    }

    fn cargo<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = process::at_root("cargo");
        command.args(args).envs(self.env());
        if std::env::var_os("ZICE_FUZZ_SECONDS").is_none() {
            command.env("ZICE_FUZZ_SECONDS", FUZZ_SECONDS);
        }
        command
    }
}

/// How long each target of the fuzzing is tried.
const FUZZ_SECONDS: &str = "10";

/// Runs the stages; the first that fails ends it, with its name.
pub fn run(options: &Options) -> Result<()> {
    let mut stages = Stages { options, done: Vec::new() };
    let result = all(&mut stages);
    stages.summary();
    if result.is_ok() {
        println!("全部通过 / all passed");
    }
    result
}

fn all(stages: &mut Stages<'_>) -> Result<()> {
    let options = stages.options;
    let tools = stages.run("set-up", setup::for_build)?;
    if options.wants("lint") {
        lint(stages, &tools)?;
    }
    if options.wants("native") {
        native(stages)?;
    }
    if options.wants("policies") {
        let check = ["run", "--quiet", "--locked", "--package=zice-cli", "--", "check", "--mutate"];
        let changed = (!options.thorough()).then_some("--changed");
        stages.cargo("zice check", check.into_iter().chain(changed).chain(["policies"]))?;
        stages.run("documents", || policies::documents(true))?;
    }
    if options.wants("build") {
        stages.run("build", || trunk::build_release(&tools))?;
    }
    let dist = repo::dist();
    if options.wants("size") {
        stages.run("size", || size::run(&dist))?;
    }
    if options.wants("browser") {
        let mut command = stages.run("browser set-up", || browser_tests(options, &tools.cache))?;
        let tarball = stages.run("npm package", || package::make(&dist))?;
        command.env("ZICE_DIST", &dist).env("ZICE_NPM", &tarball);
        stages.run("browser tests", || process::run(&mut command))?;
    }
    Ok(())
}

/// Formatting, clippy, the types of the scripts; licences and advisories where
/// nothing is left out.
fn lint(stages: &mut Stages<'_>, tools: &Tools) -> Result<()> {
    stages.cargo("format", ["fmt", "--all", "--check"])?;
    stages.run("scripts", || {
        let mut tsc = npm::program(&tools.node_modules, "tsc");
        process::run(tsc.args(["-p", "www/check.tsconfig.json"]))
    })?;
    let wasm = ["--package=zice-widget", "--package=zice-engine-wasm", "--package=zice-js"];
    let target = ["--target", WASM_TARGET];
    let clippy: [(_, &[&str]); 3] = [
        ("clippy", &["--workspace", "--all-targets"]),
        ("clippy without features", &["--package=zice-rules", "--no-default-features"]),
        ("clippy wasm", &[&wasm[..], &target].concat()),
    ];
    for (name, what) in clippy {
        let args = [&["clippy", "--locked"], what, &["--", "-D", "warnings"]];
        stages.cargo(name, args.concat())?;
    }
    if stages.options.thorough() {
        stages.run_or_skip("licences", || deny::licences(&tools.cache))?;
        stages.run_or_skip("advisories", || deny::advisories(&tools.cache))?;
    }
    Ok(())
}

/// nextest where it is installed (it runs the tests of all crates at once),
/// otherwise cargo's own, which alone knows tests in documentation.
fn native(stages: &mut Stages<'_>) -> Result<()> {
    let options = stages.options;
    let filters = options.filters.iter().map(String::as_str);
    let nextest = process::on_path(&["cargo-nextest", "cargo-nextest.exe"]).is_some();
    let (runner, quiet, slow) = if nextest {
        (["nextest", "run"], ["--no-tests=pass", "--status-level=fail"], "--run-ignored=all")
    } else {
        (["test", "--all-targets"], ["--quiet", "--"], "--include-ignored")
    };
    let tests = [runner, ["--workspace", "--locked"], quiet].concat();
    let slow = options.full.then_some(slow);
    stages.cargo("native tests", tests.into_iter().chain(slow).chain(filters.clone()))?;
    let rules = ["test", "--package=zice-rules", "--no-default-features", "--features=serde"];
    stages.cargo("rounded numbers", rules.into_iter().chain(["--lib", "--locked", "digits"]))?;
    let doc = ["test", "--workspace", "--doc", "--locked", "--quiet", "--"];
    stages.cargo("doc tests", doc.into_iter().chain(filters))
}

/// Node over all files of tests, sorted: Node 20 does not expand a pattern
/// itself. Some tests compare with the command, which is built first.
fn browser_tests(options: &Options, cache: &Path) -> Result<Command> {
    process::run(&mut options.cargo(["build", "--quiet", "--locked", "--package=zice-cli"]))?;
    let dir = repo::root().join("tests/browser");
    let mut files =
        fs::read_dir(&dir)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    ensure!(!files.is_empty(), "no browser tests in {}", dir.display());
    let mut command = process::at_root("node");
    // A page that never answers must end the run, not hang it. A file of tests
    // that is only slow, on a machine with other things to do, is no mistake.
    command.args(["--test", "--test-timeout=3600000", "--test-reporter=spec"]);
    command.args(options.filters.iter().map(|it| format!("--test-name-pattern={it}")));
    let zice = format!("debug/zice{}", std::env::consts::EXE_SUFFIX);
    command.args(files).env("ZICE_CLI", repo::target_dir()?.join(zice));
    command.env("ZICE_TOOLS", cache).env("ZICE_CHROMIUM", browser::chromium()?);
    browser::old_chromiums(cache).unwrap_or_else(|error| browser::warn(&error));
    if let Some((firefox, driver)) = browser::firefox(cache, options.full) {
        command.env("ZICE_FIREFOX", firefox).env("ZICE_GECKODRIVER", driver);
    }
    command.envs(options.env());
    Ok(command)
}

/// The stages, and those that have run: name, seconds, and what came of it.
struct Stages<'o> {
    options: &'o Options,
    done: Vec<(&'static str, f64, &'static str)>,
}

impl Stages<'_> {
    fn cargo<'a>(
        &mut self,
        name: &'static str,
        args: impl IntoIterator<Item = &'a str>,
    ) -> Result<()> {
        let mut command = self.options.cargo(args);
        self.run(name, || process::run(&mut command))
    }

    fn run<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n== {name} ==");
        let started = Instant::now();
        let result = work();
        let outcome = if result.is_ok() { "ok" } else { "FAILED" };
        self.done.push((name, started.elapsed().as_secs_f64(), outcome));
        result.with_context(|| format!("stage `{name}` failed"))
    }

    /// A stage that needs what cannot be had everywhere: where it says why it
    /// was not done, the summary says so too.
    fn run_or_skip(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<Option<Error>>,
    ) -> Result<()> {
        if let Some(why) = self.run(name, work)? {
            eprintln!("    跳过 / skipped: {why:#}");
            if let Some((.., outcome)) = self.done.last_mut() {
                *outcome = "skipped, see above";
            }
        }
        Ok(())
    }

    fn summary(&self) {
        println!("\n{:<24} {:>8}", "stage", "seconds");
        for (name, seconds, outcome) in &self.done {
            println!("{name:<24} {seconds:>8.1}  {outcome}");
        }
        let total: f64 = self.done.iter().map(|(_, seconds, _)| seconds).sum();
        println!("{:<24} {total:>8.1}", "total");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_brings_what_it_looks_at() {
        let browser = Options { only: vec!["browser".into()], ..Options::default() };
        assert!(browser.wants("build") && browser.wants("browser"));
        assert!(!browser.wants("lint") && !browser.wants("size"));
    }

    #[test]
    fn a_filter_leaves_the_lints_out() {
        let filtered = Options { filters: vec!["score".into()], ..Options::default() };
        assert!(filtered.wants("native") && !filtered.wants("lint"));
        assert!(Options::default().wants("lint"));
    }

    #[test]
    fn what_cannot_be_had_is_skipped_and_said_and_a_failure_fails() {
        let mut stages = Stages { options: &Options::default(), done: Vec::new() };
        let gone = || Ok(Some(Error::msg("no network")));
        assert!(stages.run_or_skip("gone", gone).is_ok());
        assert!(stages.run_or_skip("done", || Ok(None)).is_ok());
        assert!(stages.run_or_skip("failed", || anyhow::bail!("a licence")).is_err());
        let outcomes: Vec<&str> = stages.done.iter().map(|(.., outcome)| *outcome).collect();
        assert_eq!(outcomes, ["skipped, see above", "ok", "FAILED"]);
    }
}
