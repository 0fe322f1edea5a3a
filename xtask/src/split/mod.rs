//! Dividing the page's wasm in two: what it starts with, and what joins it once
//! the first screen is shown.
//!
//! This is the last step of a release build, on the wasm as it ships but with
//! the names of its functions. Given are the functions by which the second part
//! is entered; [`plan`] finds what has to stay without them, [`survey`] reads
//! and [`write`] writes. The second part imports the memory, the table and the
//! functions it calls from the first one's exports; the first one calls the
//! second through places of the table, which are empty until that is there. All
//! data stays in the first part, where addresses are what they were.
//!
//! Nothing here keeps the first part from calling too early: that is a trap, as
//! a panic is. The page asks first (`src/session/rest.rs`).

mod plan;
mod survey;
#[cfg(test)]
mod tests;
mod write;

pub use write::Parts;

use anyhow::{Context, Result};
use plan::Plan;
use survey::Survey;
use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

/// Divides a module, which must have its names, at the functions that are
/// called `entries`.
pub fn divide(wasm: &[u8], entries: &[&str]) -> Result<Parts> {
    let survey = Survey::read(wasm)?;
    write::write(&survey, &Plan::new(&survey, entries)?)
}

/// The module without its custom sections: the names and what tools note.
pub fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let data = wasm.get(range).context("a section outside the file")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}
