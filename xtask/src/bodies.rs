//! Putting other bodies into the functions of a wasm; all else stays as it is.

use anyhow::{Context, Result};
use std::collections::HashMap;
use wasm_encoder::{CodeSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// The module with the bodies that begin at these places of the file replaced.
pub fn replace(wasm: &[u8], bodies: &HashMap<usize, &[u8]>) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut code = CodeSection::new();
    let mut left = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        match &payload {
            Payload::CodeSectionStart { count, .. } => {
                (code, left) = (CodeSection::new(), *count);
            }
            Payload::CodeSectionEntry(body) => {
                code.raw(bodies.get(&body.range().start).copied().unwrap_or(body.as_bytes()));
                left -= 1;
                if left == 0 {
                    module.section(&code);
                }
            }
            _ => {
                if let Some((id, range)) = payload.as_section() {
                    let data = wasm.get(range).context("a section outside the file")?;
                    module.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(module.finish())
}
