//! What takes the space in a wasm: the bytes of its functions by crate, and its data.

use crate::repo;
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// So many crates are told by name.
const SHOWN: usize = 12;

/// Where the weights of the last build lie.
fn folder() -> Result<PathBuf> {
    Ok(repo::target_dir()?.join("weights"))
}

/// Notes the weights of a wasm that still has the names of its functions.
pub fn note(program: &str, wasm: &Path) -> Result<()> {
    let content = fs::read(wasm).with_context(|| wasm.display().to_string())?;
    fs::create_dir_all(folder()?)?;
    let path = folder()?.join(format!("{program}.json"));
    fs::write(&path, serde_json::to_string(&weights(&content)?)?)
        .with_context(|| path.display().to_string())
}

/// Prints what takes the space in the programs that were built last.
pub fn print() -> Result<()> {
    let Ok(entries) = fs::read_dir(folder()?) else { return Ok(()) };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let weights: Map<String, Value> = serde_json::from_str(&fs::read_to_string(&path)?)?;
        let mut weights: Vec<_> =
            weights.iter().filter_map(|(part, bytes)| Some((bytes.as_u64()?, part))).collect();
        weights.sort_by(|one, other| other.cmp(one));
        let others: u64 = weights.iter().skip(SHOWN).map(|(bytes, _)| bytes).sum();
        println!("\nwhat takes the space in {name} (bytes before compression)");
        for (bytes, part) in weights.iter().take(SHOWN) {
            println!("{part:<44} {bytes:>10}");
        }
        println!("{:<44} {others:>10}", "all others");
    }
    Ok(())
}

/// The bytes of each crate's functions, and of the data.
fn weights(wasm: &[u8]) -> Result<Value> {
    let (mut imported, mut sizes, mut data) = (0, Vec::new(), 0);
    let mut names: HashMap<u32, String> = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::DataSection(section) => data = section.range().len(),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(section) = section.as_known() else { continue };
                for part in section {
                    let Name::Function(functions) = part? else { continue };
                    for function in functions {
                        let function = function?;
                        names.insert(function.index, function.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let mut weights: HashMap<String, usize> = HashMap::from([("data".to_owned(), data)]);
    for (index, size) in (imported..).zip(sizes) {
        let name = names.get(&index).map_or("?", String::as_str);
        *weights.entry(crate_of(name)).or_default() += size;
    }
    Ok(json!(weights))
}

/// The crate that a function belongs to: one of ours wherever its name stands, as in
/// `<alloc::vec::Vec<zice_rules::Fact> as Clone>::clone`, else the first.
fn crate_of(function: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if let Some(at) = function.find("zice_") {
        return function[at..].chars().take_while(|c| word(*c)).collect();
    }
    let start = function.trim_start_matches(|c: char| !word(c));
    let name: String = start.chars().take_while(|c| word(*c)).collect();
    if start[name.len()..].starts_with("::") { name } else { "without a crate".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn functions_belong_to_our_crates_first() {
        for (function, name) in [
            ("core::fmt::write", "core"),
            ("<alloc::vec::Vec<zice_rules::Fact> as core::clone::Clone>::clone", "zice_rules"),
            ("<str as core::fmt::Display>::fmt", "without a crate"),
            ("<yew::html::Html as core::fmt::Debug>::fmt", "yew"),
            ("memcpy", "without a crate"),
        ] {
            assert_eq!(crate_of(function), name, "{function}");
        }
    }
}
