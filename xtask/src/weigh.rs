//! What takes the space in a wasm: the bytes of its functions by crate, and its data.

use crate::{files, repo};
use anyhow::Result;
use fs_err as fs;
use regex_lite::Regex;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// So many crates are told by name.
const SHOWN: usize = 12;

/// Bytes by what they belong to.
type Weights = BTreeMap<String, usize>;

/// Where the weights of the last build lie.
fn folder() -> Result<PathBuf> {
    Ok(repo::target_dir()?.join("weights"))
}

/// Notes the weights of a wasm that still has the names of its functions.
pub fn note(program: &str, wasm: &Path) -> Result<()> {
    let text = serde_json::to_string(&weights(&fs::read(wasm)?)?)?;
    fs::create_dir_all(folder()?)?;
    Ok(fs::write(folder()?.join(format!("{program}.json")), text)?)
}

/// Prints what takes the space in the programs that were built last.
pub fn print() -> Result<()> {
    let Ok(names) = files::names(&folder()?) else { return Ok(()) };
    for name in names {
        let weights: Weights = serde_json::from_str(&fs::read_to_string(folder()?.join(&name))?)?;
        let mut weights: Vec<_> = weights.iter().map(|(part, bytes)| (bytes, part)).collect();
        weights.sort_by(|one, other| other.cmp(one));
        let others: usize = weights.iter().skip(SHOWN).map(|(bytes, _)| *bytes).sum();
        let program = name.trim_end_matches(".json");
        println!("\nwhat takes the space in {program} (bytes before compression)");
        for (bytes, part) in weights.iter().take(SHOWN) {
            println!("{part:<44} {bytes:>10}");
        }
        println!("{:<44} {others:>10}", "all others");
    }
    Ok(())
}

/// How our crates are named, and any; those of Rust have a number, `core[5a1e]::fmt`.
fn crates() -> Result<[Regex; 2]> {
    Ok([Regex::new(r"zice_\w*")?, Regex::new(r"(\w+)(?:\[\w+\])?::")?])
}

/// The bytes of each crate's functions, and of the data.
fn weights(wasm: &[u8]) -> Result<Weights> {
    let (mut imported, mut sizes, mut data) = (0, Vec::new(), 0);
    let mut names = HashMap::new();
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
                        names.insert(function.index, function.name);
                    }
                }
            }
            _ => {}
        }
    }
    let crates = crates()?;
    let mut weights = Weights::from([("data".to_owned(), data)]);
    for (index, size) in (imported..).zip(sizes) {
        let name = names.get(&index).copied().unwrap_or("?");
        *weights.entry(crate_of(name, &crates).to_owned()).or_default() += size;
    }
    Ok(weights)
}

/// The crate that a function belongs to: one of ours wherever its name stands, as in
/// `<alloc::vec::Vec<zice_rules::Fact> as Clone>::clone`, else the first that is named.
fn crate_of<'f>(function: &'f str, [ours, first]: &[Regex; 2]) -> &'f str {
    let named = first.captures(function).and_then(|it| it.get(1));
    ours.find(function).or(named).map_or("without a crate", |it| it.as_str())
}

#[cfg(test)]
mod tests {
    use super::{crate_of, crates};

    #[test]
    fn functions_belong_to_our_crates_first() {
        let crates = crates().expect("patterns");
        for (function, name) in [
            ("core::fmt::write", "core"),
            ("<core[5a1e]::fmt::Formatter>::pad", "core"),
            ("<alloc::vec::Vec<zice_rules::Fact> as core::clone::Clone>::clone", "zice_rules"),
            ("<str as core::fmt::Display>::fmt", "core"),
            ("<yew::html::Html as core::fmt::Debug>::fmt", "yew"),
            ("memcpy", "without a crate"),
        ] {
            assert_eq!(crate_of(function, &crates), name, "{function}");
        }
    }
}
