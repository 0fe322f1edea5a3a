//! `cargo xtask bench`: the time budgets, measured on this machine.
//!
//! Not among the tests: how long something takes depends on what else the
//! machine does. Node runs the measuring, `tests/browser/bench/`; what is
//! measured and how is said there. The budgets are those of `docs/budgets.md`.

pub mod engine;
mod peers;

use crate::setup::{self, Tools};
use crate::{browser, process, repo, trunk};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A budget in milliseconds: what is aimed at, and what fails the run.
struct Budget {
    /// Its name in what Node writes.
    name: &'static str,
    what: &'static str,
    target: f64,
    gate: f64,
}

static BUDGETS: [Budget; 7] = [
    Budget {
        name: "assess_node",
        what: "one assessment, wasm in Node",
        target: 0.002,
        gate: 0.010,
    },
    Budget {
        name: "assess_chromium",
        what: "one assessment, wasm in Chromium",
        target: 0.002,
        gate: 0.010,
    },
    Budget {
        name: "interactive",
        what: "interactive after the bytes are there, CPU / 4",
        target: 400.0,
        gate: 600.0,
    },
    // Of the budget's way from an answer to the updated picture, what the page
    // itself does, and all of it less what an empty page takes in the same run.
    Budget {
        name: "written",
        what: "answer to updated document, p95, CPU / 4",
        target: 8.0,
        gate: 16.0,
    },
    Budget {
        name: "painted",
        what: "answer to painted picture, above an empty page",
        target: 8.0,
        gate: 16.0,
    },
    Budget {
        name: "opened",
        what: "a company file of 4 MB to its report",
        target: 5000.0,
        gate: 15_000.0,
    },
    Budget { name: "pasted", what: "500 rows pasted and taken", target: 2000.0, gate: 5000.0 },
];

/// Builds, measures, and fails where a gate is broken.
pub fn run() -> Result<()> {
    let tools = setup::for_build()?;
    let chromium = browser::find_or_install()?;
    trunk::build_release(&tools)?;
    let engine = engine(&tools)?;
    compare(&measure(&chromium, &engine)?)
}

/// Bytes and start beside pages that ask the same questions with other tools.
pub fn rivals() -> Result<()> {
    let tools = setup::for_build()?;
    let chromium = browser::find_or_install()?;
    trunk::build_release(&tools)?;
    process::run(
        Command::new("node")
            .current_dir(repo::root())
            .arg("tests/browser/bench/rivals/measure.mjs")
            .env("ZICE_DIST", repo::root().join("dist"))
            .env("ZICE_CHROMIUM", &chromium)
            .env("ZICE_RIVALS", tools.cache.join("rivals")),
    )
}

/// What Node measures.
fn measure(chromium: &Path, engine: &Path) -> Result<Value> {
    process::step("实测 / measuring", || {
        let mut command = Command::new("node");
        command
            .current_dir(repo::root())
            .arg("tests/browser/bench/run.mjs")
            .env("ZICE_DIST", repo::root().join("dist"))
            .env("ZICE_CHROMIUM", chromium)
            .env("ZICE_ENGINE", engine);
        // Details go to the terminal as they come, figures to us.
        let output =
            command.stderr(std::process::Stdio::inherit()).output().context("cannot start node")?;
        if !output.status.success() {
            bail!("the measuring failed ({})", output.status);
        }
        serde_json::from_slice(&output.stdout).context("what Node measured")
    })
}

/// The engine alone, compiled and lowered as the page is: the folder of
/// `engine.mjs` and `engine.wasm`.
fn engine(tools: &Tools) -> Result<PathBuf> {
    let folder = repo::target_dir()?.join("bench");
    let made = crate::engine::compile(
        "zice-bench",
        crate::engine::For::Size,
        &tools.node_modules,
        &folder,
    )?;
    fs::rename(&made.glue, folder.join("engine.mjs"))?;
    copy(&made.wasm, &folder.join("engine.wasm"))?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(drop).with_context(|| from.display().to_string())
}

/// Prints each figure beside its budget, and fails above a gate.
fn compare(measured: &Value) -> Result<()> {
    println!("\n{:<48} {:>10} {:>9} {:>9} {:>7}", "", "ms", "target", "gate", "of gate");
    let mut over = Vec::new();
    for Budget { name, what, target, gate } in &BUDGETS {
        let ms = measured[name].as_f64().with_context(|| format!("no figure for {name}"))?;
        let verdict = if ms > *gate {
            over.push(*what);
            "ABOVE THE GATE"
        } else if ms > *target {
            "above target"
        } else {
            "ok"
        };
        println!(
            "{what:<48} {ms:>10.4} {target:>9} {gate:>9} {:>6.0}%  {verdict}",
            ms / gate * 100.0
        );
    }
    if !over.is_empty() {
        bail!("above the gate: {}", over.join(", "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_broken_gate_fails_and_so_does_a_missing_figure() {
        let mut measured = json!({
            "assess_node": 0.01, "assess_chromium": 0.001, "interactive": 600, "written": 9,
            "painted": 9, "opened": 9, "pasted": 9,
        });
        assert!(compare(&measured).is_ok());
        measured["painted"] = json!(16.1);
        assert!(compare(&measured).is_err());
        measured["painted"] = json!(null);
        assert!(compare(&measured).is_err());
    }
}
