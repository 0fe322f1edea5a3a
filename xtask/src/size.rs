//! The size gates.
//!
//! `docs/budgets.md` explains the numbers, which stand in code only here. A gate is
//! raised with a reason in the commit, never by dropping a feature in silence.

use crate::manifest::File;
use crate::packed::OFFLINE;
use crate::{hook, manifest, module, weigh};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::path::Path;

/// A budget in bytes: what is aimed at, and what fails the build.
struct Budget {
    target: usize,
    gate: usize,
}

/// Everything that the first screen waits for, data included, brotli: of the page.
const FIRST_SCREEN: Budget = Budget { target: 230_000, gate: 284_000 };
/// The same of the element with one programme, the largest.
const ELEMENT: Budget = Budget { target: 230_000, gate: 300_000 };
/// The engine, a program of its own that is fetched once the first screen is shown,
/// brotli.
const ENGINE: Budget = Budget { target: 160_000, gate: 292_000 };
/// One compiled policy, brotli.
const POLICY: Budget = Budget { target: 12_000, gate: 20_000 };
/// The shared dictionary, brotli: the facts of all programmes in both
/// languages with help and words of answers, loaded once however many policies
/// are chosen.
const DICTIONARY: Budget = Budget { target: 28_000, gate: 38_000 };
/// What facts are called in tables, brotli: fetched with the engine.
const NAMES: Budget = Budget { target: 10_000, gate: 14_000 };
/// `zice.mjs` and its wasm, brotli.
const MODULE: Budget = Budget { target: 95_000, gate: 208_000 };
/// The offline file, uncompressed.
const ONE_FILE: Budget = Budget { target: 900_000, gate: 1_400_000 };

/// Prints the sizes of `dist` and fails above a gate.
pub fn run(dist: &Path) -> Result<()> {
    let manifest = manifest::read(dist)?;
    let files = &manifest.files;
    println!("{:<44} {:>10} {:>10}", "file", "raw", "brotli");
    for (name, File { bytes, brotli, .. }) in files {
        println!("{name:<44} {bytes:>10} {brotli:>10}");
    }

    println!();
    let mut report = Report::default();
    let brotli = |name: &String| Ok(files.get(name).with_context(|| name.clone())?.brotli);
    let sum = |names: &[String]| names.iter().map(brotli).sum::<Result<usize>>();
    let first = &manifest.first_screen;
    report.compare("first screen of the page (brotli)", sum(&first.page)?, &FIRST_SCREEN);
    report.compare("first screen of the element (brotli)", sum(&first.element)?, &ELEMENT);
    for (name, file) in files {
        let (what, budget) = match name.as_str() {
            "policies/facts.json" => ("shared dictionary", &DICTIONARY),
            "policies/names.json" => ("names of facts in tables", &NAMES),
            name if name.starts_with(hook::ENGINE_WASM) && name.ends_with(".wasm") => {
                ("the page's engine", &ENGINE)
            }
            name if name.starts_with("policies/") && name.ends_with(".json") => (name, &POLICY),
            OFFLINE => {
                report.compare(&format!("{name} (raw)"), file.bytes, &ONE_FILE);
                continue;
            }
            _ => continue,
        };
        report.compare(&format!("{what} (brotli)"), file.brotli, budget);
    }
    report.compare("zice.mjs with its wasm (brotli)", of_module(files), &MODULE);
    weigh::print()?;
    ensure!(report.over.is_empty(), "above the gate: {}", report.over.join(", "));
    Ok(())
}

/// Bytes of `zice.mjs` with its wasm in `dist`, brotli; none before a build.
pub fn module(dist: &Path) -> Option<usize> {
    manifest::read(dist).ok().map(|manifest| of_module(&manifest.files))
}

fn of_module(files: &BTreeMap<String, File>) -> usize {
    let own = |name: &str| name == module::FILE || name.starts_with(module::WASM);
    files.iter().filter(|(name, _)| own(name)).map(|(_, file)| file.brotli).sum()
}

/// What has been compared so far.
#[derive(Default)]
struct Report {
    over: Vec<String>,
}

impl Report {
    fn compare(&mut self, what: &str, bytes: usize, budget: &Budget) {
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
