//! `cargo xtask bench engine`: the engine beside other rule engines, exact
//! plain JS, and the engine of an earlier commit, on the same companies.
//!
//! Ratios of one run, because times are those of a machine. Node measures
//! (`bench/engine`); the goals stand here.

use super::peers;
use crate::setup::{self, Tools};
use crate::{engine, policies, process, repo, size};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The commit whose engine the ratios begin at; see `bench/baseline`.
const BASELINE: &str = "bf5dc1f";

/// What is to be reached.
struct Goal {
    /// Its name in what Node writes.
    name: &'static str,
    what: &'static str,
    gate: f64,
    target: f64,
    /// Whether less is better.
    less: bool,
}

impl Goal {
    const fn more(name: &'static str, what: &'static str, gate: f64, target: f64) -> Self {
        Self { name, what, gate, target, less: false }
    }

    const fn less(name: &'static str, what: &'static str, gate: f64, target: f64) -> Self {
        Self { name, what, gate, target, less: true }
    }

    fn holds(&self, value: f64, limit: f64) -> bool {
        if self.less { value <= limit } else { value >= limit }
    }
}

static GOALS: [Goal; 9] = [
    Goal::more("tech_sme_vs_exact_js_200", "tech-sme, 200 companies / exact plain JS", 1.0, 2.0),
    Goal::more("tech_sme_vs_exact_js_10000", "tech-sme, 10,000 / exact plain JS", 1.0, 1.5),
    Goal::more("hnte_key_vs_baseline", "hnte-zj, assess + questions / baseline", 8.0, 20.0),
    Goal::less("hnte_full_vs_tech_full", "hnte-zj full : tech-sme full", 4.0, 3.0),
    Goal::less("changed_fact_share", "one changed fact : a whole assessment", 0.2, 0.05),
    Goal::more("brief_vs_baseline_full", "zice --brief, 2 threads / baseline --jsonl", 10.0, 25.0),
    Goal::more("full_vs_baseline_full", "full reports, one thread / baseline", 2.0, 3.0),
    Goal::less("wrong", "wrong of 10,000", 0.0, 0.0),
    Goal::less("module_brotli", "zice.mjs with its wasm, brotli", 105_000.0, 92_000.0),
];

/// What can be said on the command line.
#[derive(Default)]
pub struct Options {
    /// Print the figures as one object, too.
    pub json: bool,
    /// The command of the baseline, for its ratios.
    pub baseline_command: Option<PathBuf>,
    /// How many companies the command is given.
    pub companies: Option<u32>,
    /// Leave the command out: neither built nor measured.
    pub no_command: bool,
}

/// Builds, measures and prints.
pub fn run(options: &Options) -> Result<()> {
    let tools = setup::for_build()?;
    peers::install(&tools.cache)?;
    let folder = repo::target_dir()?.join("bench-engine");
    let (engine, bench) =
        (compile("zice-js", &tools, &folder)?, compile("zice-bench", &tools, &folder)?);
    policies::write(&engine)?;
    let command = if options.no_command { None } else { Some(command()?) };
    let mut measured = process::step("实测 / measuring", || {
        let mut node = Command::new("node");
        node.current_dir(repo::root())
            .args(["--no-warnings", "bench/engine/run.mjs"])
            .env("ZICE_ENGINE", &engine)
            .env("ZICE_BENCH", &bench)
            .env("ZICE_BASELINE", repo::root().join("bench/baseline").join(BASELINE));
        if let Some(path) = &command {
            node.env("ZICE_COMMAND", path);
        }
        if let Some(path) = &options.baseline_command {
            node.env("ZICE_BASELINE_COMMAND", path);
        }
        if let Some(count) = options.companies {
            node.env("ZICE_COMPANIES", count.to_string());
        }
        let output = node.stderr(std::process::Stdio::inherit()).output().context("node")?;
        if !output.status.success() {
            bail!("the measuring failed ({})", output.status);
        }
        let measured: Map<String, Value> =
            serde_json::from_slice(&output.stdout).context("what Node measured")?;
        Ok(measured)
    })?;
    if let Some(bytes) = size::module(&repo::root().join("dist"))? {
        measured.insert("module_brotli".to_owned(), json!(bytes));
    }
    measured.insert("baseline".to_owned(), json!(BASELINE));
    print(&measured);
    if options.json {
        println!("{}", Value::Object(measured));
    }
    Ok(())
}

/// A crate as wasm, and the folder of its `engine.mjs` and `engine.wasm`.
fn compile(package: &str, tools: &Tools, folder: &Path) -> Result<PathBuf> {
    let folder = folder.join(package);
    let made = engine::compile(package, engine::For::Speed, &tools.node_modules, &folder)?;
    fs::rename(&made.glue, folder.join("engine.mjs"))?;
    fs::copy(&made.wasm, folder.join("engine.wasm")).context("engine.wasm")?;
    Ok(folder)
}

/// The command as it is released.
fn command() -> Result<PathBuf> {
    process::run(Command::new("cargo").current_dir(repo::root()).args([
        "build",
        "--quiet",
        "--locked",
        "--release",
        "--package",
        "zice-cli",
    ]))?;
    let name = format!("zice{}", std::env::consts::EXE_SUFFIX);
    Ok(repo::target_dir()?.join("release").join(name))
}

/// The goals with what was reached, and the peers.
fn print(measured: &Map<String, Value>) {
    println!("\n{:<46} {:>10} {:>9} {:>9}", "", "reached", "gate", "target");
    for goal in &GOALS {
        let Goal { name, what, gate, target, .. } = goal;
        let Some(value) = measured.get(*name).and_then(Value::as_f64) else {
            println!("{what:<46} {:>10} {gate:>9} {target:>9}  not measured", "–");
            continue;
        };
        let verdict = match (goal.holds(value, *target), goal.holds(value, *gate)) {
            (true, _) => "ok",
            (_, true) => "above the gate, below the target",
            _ => "GATE BROKEN",
        };
        println!("{what:<46} {value:>10.3} {gate:>9} {target:>9}  {verdict}");
    }
    let peers = measured.get("peers").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let rate = |one: &Value| one["rate"].as_f64().unwrap_or_default();
    let exact = peers.iter().find(|one| one["id"] == "exact").map_or(1.0, rate);
    println!("\n{:<54} {:>12} {:>10} {:>16}", "", "a second", "/ exact JS", "wrong of 10,000");
    if let Some(us) = measured.get("tech_sme_row_us_10000").and_then(Value::as_f64) {
        let times = measured["tech_sme_vs_exact_js_10000"].as_f64().unwrap_or_default();
        let wrong = &measured["wrong"];
        println!("{:<54} {:>12.0} {times:>10.3} {wrong:>16}", "Zice, rows in wasm", 1e6 / us);
    }
    for one in peers {
        let version = one["version"].as_str().map_or_else(String::new, |it| format!(" {it}"));
        let name = format!("{}{version}", one["name"].as_str().unwrap_or_default());
        println!("{name:<54} {:>12.0} {:>10.3} {:>16}", rate(one), rate(one) / exact, one["wrong"]);
    }
}

#[cfg(test)]
mod tests {
    use super::Goal;

    #[test]
    fn a_goal_is_reached_at_its_limit_from_the_right_side() {
        let (more, less) = (Goal::more("a", "", 1.0, 2.0), Goal::less("b", "", 0.2, 0.05));
        assert!(more.holds(1.0, more.gate) && !more.holds(0.99, more.gate));
        assert!(less.holds(0.2, less.gate) && !less.holds(0.21, less.gate));
    }
}
