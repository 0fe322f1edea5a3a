//! Taking the texts of panics out of the release wasm.
//!
//! On stable Rust every place that could panic carries its file, line and
//! message, and all the code that would put these into a sentence: 4 kB of the
//! first load. The standard library comes compiled, so that no setting of ours
//! leaves them out. The functions that start a panic are therefore cut down to
//! the trap in which they end anyway; wasm-opt then removes what only they
//! called. A panic still stops the page where it stands, and the browser's own
//! error says so. What is written for developers (`{:?}`) then has no reader
//! left and becomes nothing; clippy's `use_debug` keeps it out of our texts. A
//! debug build keeps all of it.

use crate::bodies;
use anyhow::Result;
use std::collections::HashMap;
use std::ops::Range;
use wasmparser::{DataKind, KnownCustom, Name, Operator, Parser, Payload, TypeRef};

/// Functions that never return, and the hook by which Yew shows a message.
/// All of `core::panicking` belongs to them too.
const CUT: [&str; 17] = [
    "core::cell::lazy::panic_poisoned",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "core::str::slice_error_fail_rt",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "std::panicking::panic_with_hook",
    "std::thread::local::panic_access_error",
    "__rustc::rust_begin_unwind",
    "console_error_panic_hook::hook",
];

/// What becomes of a function.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cut {
    /// A trap.
    Panic,
    /// Writes nothing.
    Debug,
}

/// The module without them. It must still have its names.
pub fn cut(wasm: &[u8]) -> Result<Vec<u8>> {
    let (cut, segments) = survey(wasm)?;
    anyhow::ensure!(!cut.is_empty(), "the wasm has no function names, or no panics");
    let mut wasm = wasm.to_vec();
    blank_locations(&mut wasm, &segments);

    let bodies = cut.into_iter().map(|(place, cut)| {
        let body: &[u8] = match cut {
            // No locals, `unreachable`, `end`.
            Cut::Panic => &[0, 0x00, 0x0b],
            // No locals, `Ok(())`, `end`.
            Cut::Debug => &[0, 0x41, 0x00, 0x0b],
        };
        (place, body)
    });
    bodies::replace(&wasm, &bodies.collect())
}

/// A piece of the memory's first content: its address, and where it lies in
/// the file.
struct Segment {
    address: usize,
    file: Range<usize>,
}

impl Segment {
    /// Where `length` bytes from `address` on lie in the file.
    fn place(&self, address: usize, length: usize) -> Option<Range<usize>> {
        let start = self.file.start + address.checked_sub(self.address)?;
        let end = start.checked_add(length)?;
        (end <= self.file.end).then_some(start..end)
    }
}

/// Where the bodies to cut begin, and the data.
fn survey(wasm: &[u8]) -> Result<(HashMap<usize, Cut>, Vec<Segment>)> {
    let (mut imported, mut bodies, mut segments) = (0, Vec::new(), Vec::new());
    let mut named: Vec<(usize, Cut)> = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range().start),
            Payload::DataSection(data) => {
                for segment in data {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
                    else {
                        continue;
                    };
                    let file = segment.range.end - segment.data.len()..segment.range.end;
                    segments.push(Segment { address: usize::try_from(value)?, file });
                }
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(names) = section.as_known() else { continue };
                for name in names {
                    let Name::Function(functions) = name? else { continue };
                    for function in functions {
                        let function = function?;
                        if let Some(how) = how_cut(function.name) {
                            named.push((usize::try_from(function.index)?, how));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let place = |index: usize| bodies.get(index.checked_sub(imported)?).copied();
    let own = named.into_iter().filter_map(|(index, how)| Some((place(index)?, how)));
    Ok((own.collect(), segments))
}

/// How a function of this name is cut down, if it is.
fn how_cut(name: &str) -> Option<Cut> {
    let name = plain(name);
    if name.ends_with(" as core::fmt::Debug>::fmt") {
        return Some(Cut::Debug);
    }
    // `remove`, `insert` and the like of a vector have one each.
    let panics = name.starts_with("core::panicking::")
        || name.starts_with("<alloc::vec::Vec<") && name.ends_with("::assert_failed")
        || CUT.contains(&name.as_str());
    panics.then_some(Cut::Panic)
}

/// A name without the hashes that differ from build to build:
/// `core[c5930c85a12de822]::panicking::panic`, `hook::h445536d28739dae8`.
pub fn plain(name: &str) -> String {
    let mut plain = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((_, after)) = after.split_once(']') else { break };
        plain.push_str(before);
        rest = after;
    }
    plain.push_str(rest);
    let legacy = plain.rfind("::h").filter(|at| plain.len() == at + 19);
    if let Some(at) = legacy {
        plain.truncate(at);
    }
    plain
}

/// Overwrites each record of file, line and column, and the names of the
/// files, by zeros. Nobody reads them any more.
fn blank_locations(wasm: &mut [u8], segments: &[Segment]) {
    let mut blank = Vec::new();
    for segment in segments {
        // Records are aligned as their words are.
        let first = segment.address.next_multiple_of(4) - segment.address;
        for at in segment.file.clone().skip(first).step_by(4) {
            let Some(record) = wasm.get(at..at + 16).filter(|_| at + 16 <= segment.file.end) else {
                break;
            };
            if let Some(name) = file_name(wasm, record, segments) {
                blank.push(at..at + 16);
                blank.push(name);
            }
        }
    }
    for range in blank {
        if let Some(bytes) = wasm.get_mut(range) {
            bytes.fill(0);
        }
    }
}

/// Where the file name of a record lies, if it is one: address and length of
/// a path that ends in `.rs`, a line and a column.
fn file_name(wasm: &[u8], record: &[u8], segments: &[Segment]) -> Option<Range<usize>> {
    let mut words =
        record.chunks_exact(4).map(|word| word.try_into().map_or(0, u32::from_le_bytes) as usize);
    let [address, length, line, column] = std::array::from_fn(|_| words.next().unwrap_or(0));
    let likely = (5..300).contains(&length) && (1..30_000).contains(&line);
    if !likely || !(1..400).contains(&column) {
        return None;
    }
    let place = segments.iter().find_map(|segment| segment.place(address, length))?;
    let name = wasm.get(place.clone())?;
    (name.ends_with(b".rs") && name.iter().all(u8::is_ascii_graphic)).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, Function, FunctionSection, Instruction, MemorySection,
        MemoryType, Module, NameMap, NameSection, TypeSection,
    };

    #[test]
    fn a_panic_becomes_a_trap_and_its_place_zeros() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for _ in 0..2 {
            functions.function(0);
            let mut body = Function::new([]);
            body.instruction(&Instruction::Nop).instruction(&Instruction::Nop);
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let minimum = 1;
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        // A path, what is beside it, and the record that names the path.
        let mut memory = b"src/main.rs\0kept".to_vec();
        for word in [64_u32, 11, 7, 5] {
            memory.extend(word.to_le_bytes());
        }
        memory.extend(b"kept");
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(64), memory);
        let mut map = NameMap::new();
        map.append(0, "core[0123456789abcdef]::option::unwrap_failed");
        map.append(1, "zice_rules::unwrap_failed::h0123456789abcdef");
        let mut names = NameSection::new();
        names.functions(&map);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&memories).section(&code);
        module.section(&data).section(&names);

        let result = cut(&module.finish()).expect("a module");
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(&result) {
            match payload.expect("a module") {
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                Payload::DataSection(data) => {
                    let kept = data.into_iter().next().expect("data").expect("data").data;
                    assert_eq!(kept, [&[0; 12][..], b"kept", &[0; 16], b"kept"].concat());
                }
                _ => {}
            }
        }
        assert_eq!(bodies, [vec![0, 0x00, 0x0b], vec![0, 0x01, 0x01, 0x0b]]);
    }

    #[test]
    fn names_are_compared_without_their_hashes() {
        for name in [
            "core[c5930c85a12de822]::panicking::panic_const::panic_const_div_by_zero",
            "core::panicking::panic_display::had57962a166f3dc3",
            "<alloc[3ca501edff3f0c7c]::vec::Vec<_, _>>::remove::assert_failed",
            "console_error_panic_hook::hook::h445536d28739dae8",
        ] {
            assert_eq!(how_cut(name), Some(Cut::Panic), "{name}");
        }
        for name in [
            "<str as core[c5930c85a12de822]::fmt::Debug>::fmt",
            "<A as core::fmt::Debug>::fmt::h0123456789abcdef",
        ] {
            assert_eq!(how_cut(name), Some(Cut::Debug), "{name}");
        }
        for name in ["<str as core::fmt::Display>::fmt", "hook", "a[b"] {
            assert_eq!(how_cut(name), None, "{name}");
        }
    }
}
