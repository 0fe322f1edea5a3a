//! Copying memory by words.
//!
//! Old browsers have no instruction that copies memory, so wasm-opt turns it
//! into a call of a function that copies byte by byte. Half of the time of an
//! assessment went into that function, because every value of a hundred bytes
//! that is moved passes through it. It gets the body of `copy.wat`, which
//! copies eight bytes a turn.

use crate::{bodies, npm, process, repo};
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use wasmparser::{FunctionBody, Operator, Parser, Payload, TypeRef};

/// What wasm-opt calls its function.
const NAME: &str = "__memory_copy";

/// Whether a module, before it is lowered, copies memory at all.
pub fn is_in(wasm: &[u8]) -> Result<bool> {
    for body in functions(wasm)?.1 {
        for operator in body.get_operators_reader()? {
            if matches!(operator?, Operator::MemoryCopy { .. }) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The body in `copy.wat`. `output` is where it is assembled.
pub fn words(node_modules: &Path, output: &Path) -> Result<Vec<u8>> {
    let source = repo::root().join("xtask/src/copy.wat");
    process::output(npm::program(node_modules, "wasm-as").arg(&source).arg("-o").arg(output))?;
    let wasm = fs::read(output).with_context(|| output.display().to_string())?;
    let [body] = &functions(&wasm)?.1[..] else { bail!("copy.wat: not one function") };
    Ok(body.as_bytes().to_vec())
}

/// The module with this body in wasm-opt's function. `symbols` is wasm-opt's
/// list of all functions, because that one has no name in the file. Where it is
/// not there nobody can say what copies memory, and the build ends; were it
/// another one, the module would not be valid, or the test here would fail with
/// the pinned wasm-opt.
pub fn by_words(wasm: &[u8], symbols: &str, words: &[u8]) -> Result<Vec<u8>> {
    let place = place(wasm, symbols).with_context(|| {
        format!("{NAME}, wasm-opt's function that copies memory, can't be replaced by copy.wat")
    })?;
    bodies::replace(wasm, &HashMap::from([(place, words)]))
}

/// Where the body of wasm-opt's function begins.
fn place(wasm: &[u8], symbols: &str) -> Result<usize> {
    let lines = symbols.lines().filter_map(|line| line.split_once(':'));
    let named: Vec<&str> =
        lines.filter(|(_, name)| *name == NAME).map(|(index, _)| index).collect();
    let [index] = named[..] else { bail!("{} functions have that name", named.len()) };
    let function: usize = index.parse().with_context(|| format!("{index} is no index"))?;
    let (imported, bodies) = functions(wasm)?;
    let body = function.checked_sub(imported).and_then(|at| bodies.get(at));
    Ok(body.context("it is not in the module")?.range().start)
}

/// How many functions a module imports, and the bodies of its own.
fn functions(wasm: &[u8]) -> Result<(usize, Vec<FunctionBody<'_>>)> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    Ok((imported, bodies))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::cache_dir;
    use crate::wasm;
    use std::process::Command;

    /// Copies memory by the instruction.
    const WHOLE: &str = r#"(module (memory (export "memory") 1 1)
        (func (export "copy") (param i32 i32 i32)
            (memory.copy (local.get 0) (local.get 1) (local.get 2))))"#;

    #[test]
    fn what_ships_copies_as_the_instruction_does_and_by_words() {
        let folder = repo::target_dir().expect("a target folder").join("copy-test");
        fs::create_dir_all(&folder).expect("a folder");
        let [text, input, output] =
            ["copy.wat", "copy.wasm", "small.wasm"].map(|name| folder.join(name));
        fs::write(&text, WHOLE).expect("a file");
        let modules = npm::node_modules(&cache_dir().expect("a cache")).expect("the npm tools");
        let mut assemble = npm::program(&modules, "wasm-as");
        assemble.arg("--enable-bulk-memory").arg(&text).arg("-o").arg(&input);
        process::output(&mut assemble).expect("a module");
        wasm::optimize(&modules, &input, &output).expect("it is lowered");
        let shipped = fs::read(output).expect("a module");

        let hex: String = shipped.iter().map(|byte| format!("{byte:02x}")).collect();
        let check = include_str!("copy.check.js");
        let said = process::output(Command::new("node").args(["-e", check, "--", &hex]));
        assert_eq!(said.expect("Node runs it").trim(), "37159 0 [] 4");

        let bodies = functions(&shipped).expect("a module").1;
        let words = bodies.iter().flat_map(|body| body.get_operators_reader().expect("code"));
        let words = words.filter(|it| matches!(it, Ok(Operator::I64Load { .. }))).count();
        // Forwards and backwards.
        assert_eq!(words, 2);
    }

    #[test]
    fn a_function_that_is_not_known_ends_the_build() {
        let empty = b"\0asm\x01\0\0\0";
        for (symbols, why) in [
            ("0:copy\n1:__memory_fill", "0 functions have that name"),
            ("7:__memory_copy", "it is not in the module"),
        ] {
            let error = format!("{:#}", by_words(empty, symbols, &[]).expect_err("refused"));
            assert!(error.starts_with(NAME) && error.ends_with(why), "{error}");
        }
    }
}
