//! The size gates.
//!
//! The numbers come from the table "Budgets" of the design; they are explained
//! in `docs/` and stand in code only here. A gate is raised with a reason in
//! the commit, never by dropping a feature in silence.

use crate::{hook, manifest, module, weigh};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;

/// A budget in bytes: what is aimed at, and what fails the build.
struct Budget {
    target: u64,
    gate: u64,
}

/// Everything that the first screen waits for, data included, brotli: of the page,
/// and of the element with one programme.
const FIRST_SCREEN: Budget = Budget { target: 230_000, gate: 280_000 };
/// The engine, a program of its own that is fetched once the first screen is shown,
/// brotli.
const ENGINE: Budget = Budget { target: 160_000, gate: 252_000 };
/// One compiled policy, brotli.
const POLICY: Budget = Budget { target: 12_000, gate: 20_000 };
/// The shared dictionary, brotli: the facts of all programmes in both
/// languages with help and words of answers, loaded once however many policies
/// are chosen.
const DICTIONARY: Budget = Budget { target: 28_000, gate: 38_000 };
/// What facts are called in tables, brotli: fetched with the engine.
const NAMES: Budget = Budget { target: 10_000, gate: 14_000 };
/// `zice.mjs` and its wasm, brotli.
const MODULE: Budget = Budget { target: 95_000, gate: 180_000 };
/// The offline file, uncompressed.
const OFFLINE: Budget = Budget { target: 900_000, gate: 1_400_000 };

/// The shared dictionary, shown apart from the policies.
const FACTS: &str = "policies/facts.json";

/// The names, shown apart too.
const CALLED: &str = "policies/names.json";

/// Prints the sizes of `dist` and fails above a gate.
pub fn run(dist: &Path) -> Result<()> {
    let manifest = manifest::read(dist)?;
    let files = manifest["files"].as_object().context("manifest.json: files")?;
    println!("{:<44} {:>10} {:>10}", "file", "raw", "brotli");
    for (name, entry) in files {
        println!("{name:<44} {:>10} {:>10}", number(entry, "bytes")?, number(entry, "brotli")?);
    }

    println!();
    let mut report = Report::default();
    let sum = |names: &Value| -> Result<u64> {
        let mut sum = 0;
        for name in names.as_array().context("manifest.json: names of files")? {
            let name = name.as_str().context("manifest.json: a name of a file")?;
            sum += number(files.get(name).with_context(|| name.to_owned())?, "brotli")?;
        }
        Ok(sum)
    };
    let first = &manifest["first_screen"];
    report.compare("first screen of the page (brotli)", sum(&first["page"])?, &FIRST_SCREEN);
    let element = sum(&first["element"])?;
    report.compare("first screen of the element (brotli)", element, &FIRST_SCREEN);
    let mut module = 0;
    for (name, entry) in files {
        if name.starts_with(hook::ENGINE_WASM) && name.ends_with(".wasm") {
            report.compare("the page's engine (brotli)", number(entry, "brotli")?, &ENGINE);
        } else if name == module::FILE || name.starts_with(module::WASM) {
            module += number(entry, "brotli")?;
        } else if name == FACTS {
            report.compare("shared dictionary (brotli)", number(entry, "brotli")?, &DICTIONARY);
        } else if name == CALLED {
            report.compare("names of facts in tables (brotli)", number(entry, "brotli")?, &NAMES);
        } else if name.starts_with("policies/") && name.ends_with(".json") {
            report.compare(&format!("{name} (brotli)"), number(entry, "brotli")?, &POLICY);
        } else if name.ends_with(".offline.html") {
            report.compare(&format!("{name} (raw)"), number(entry, "bytes")?, &OFFLINE);
        }
    }
    report.compare("zice.mjs with its wasm (brotli)", module, &MODULE);
    weigh::print()?;
    if !report.over.is_empty() {
        bail!("above the gate: {}", report.over.join(", "));
    }
    Ok(())
}

/// Bytes of `zice.mjs` with its wasm in `dist`, brotli; none before a build.
pub fn module(dist: &Path) -> Result<Option<u64>> {
    let Ok(manifest) = manifest::read(dist) else { return Ok(None) };
    let files = manifest["files"].as_object().context("manifest.json: files")?;
    let of_module = |name: &str| name == module::FILE || name.starts_with(module::WASM);
    let own = files.iter().filter(|(name, _)| of_module(name));
    own.map(|(_, entry)| number(entry, "brotli")).sum::<Result<u64>>().map(Some)
}

/// What has been compared so far.
#[derive(Default)]
struct Report {
    over: Vec<String>,
}

impl Report {
    fn compare(&mut self, what: &str, bytes: u64, budget: &Budget) {
        let verdict = if bytes > budget.gate {
            self.over.push(what.to_owned());
            "ABOVE THE GATE"
        } else if bytes > budget.target {
            "above target"
        } else {
            "ok"
        };
        let Budget { target, gate } = budget;
        println!("{what:<44} {bytes:>10}  target {target:>7}  gate {gate:>7}  {verdict}");
    }
}

fn number(entry: &Value, key: &str) -> Result<u64> {
    entry[key].as_u64().with_context(|| format!("manifest.json: {key}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_above_the_gate_fails() {
        let budget = Budget { target: 10, gate: 20 };
        let mut report = Report::default();
        report.compare("small", 10, &budget);
        report.compare("middle", 20, &budget);
        assert!(report.over.is_empty());
        report.compare("large", 21, &budget);
        assert_eq!(report.over, ["large"]);
    }
}
