//! Copying memory by words.
//!
//! Old browsers have no instruction that copies memory, so wasm-opt turns it
//! into a call of a function that copies byte by byte. Half of the time of an
//! assessment went into that function, because every value of a hundred bytes
//! that is moved passes through it. It gets the body of `copy.wat`, which
//! copies eight bytes a turn.

use crate::{bodies, npm, process, repo};
use anyhow::{Context, Result, bail, ensure};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use wasmparser::{CompositeInnerType, FunctionBody, Operator, Parser, Payload, TypeRef, ValType};

/// What wasm-opt calls its function.
const NAME: &str = "__memory_copy";

/// Whether a module, before it is lowered, copies memory at all.
pub fn is_in(wasm: &[u8]) -> Result<bool> {
    for body in Functions::read(wasm)?.bodies {
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
    let [body] = &Functions::read(&wasm)?.bodies[..] else { bail!("copy.wat: not one function") };
    Ok(body.as_bytes().to_vec())
}

/// The module with this body in wasm-opt's function. `symbols` is wasm-opt's
/// list of all functions, because that one has no name in the file. Where it is
/// not there, or is not the one that is known, nobody can say what copies
/// memory, and the build ends.
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
    let functions = Functions::read(wasm)?;
    let ty = functions.types.get(function).context("it is not in the module")?;
    let fits = functions.fitting.get(usize::try_from(*ty)?) == Some(&true);
    ensure!(fits, "it has other parameters than (i32, i32, i32), or a result");
    let body = function.checked_sub(functions.imported).and_then(|at| functions.bodies.get(at));
    let body = body.context("it has no body")?;
    ensure!(copies_bytes(body)?, "it is more or less than one loop that copies bytes");
    Ok(body.range().start)
}

/// A module's functions.
#[derive(Default)]
struct Functions<'a> {
    /// Which types are those of a function that copies: destination, source
    /// and size, no result.
    fitting: Vec<bool>,
    /// The type of each function, the imported ones first.
    types: Vec<u32>,
    imported: usize,
    bodies: Vec<FunctionBody<'a>>,
}

impl<'a> Functions<'a> {
    fn read(wasm: &'a [u8]) -> Result<Functions<'a>> {
        let mut read = Functions::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(types) => {
                    for group in types {
                        read.fitting.extend(group?.into_types().map(|ty| {
                            let CompositeInnerType::Func(ty) = ty.composite_type.inner else {
                                return false;
                            };
                            ty.params() == [ValType::I32; 3] && ty.results().is_empty()
                        }));
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if let TypeRef::Func(ty) = import?.ty {
                            read.types.push(ty);
                        }
                    }
                    read.imported = read.types.len();
                }
                Payload::FunctionSection(functions) => {
                    for ty in functions {
                        read.types.push(ty?);
                    }
                }
                Payload::CodeSectionEntry(body) => read.bodies.push(body),
                _ => {}
            }
        }
        Ok(read)
    }
}

/// Whether a body is one loop with one byte read and one byte written in it,
/// and touches nothing else.
fn copies_bytes(body: &FunctionBody<'_>) -> Result<bool> {
    let (mut loops, mut read, mut written) = (0, 0, 0);
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::Loop { .. } => loops += 1,
            Operator::I32Load8U { .. } => read += 1,
            Operator::I32Store8 { .. } => written += 1,
            Operator::Block { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::Unreachable
            | Operator::LocalGet { .. }
            | Operator::LocalSet { .. }
            | Operator::MemorySize { .. }
            | Operator::I32Const { .. }
            | Operator::I32Add
            | Operator::I32Sub
            | Operator::I32Shl
            | Operator::I32Or
            | Operator::I32Eq
            | Operator::I32GtU
            | Operator::I32LtU => {}
            _ => return Ok(false),
        }
    }
    Ok((loops, read, written) == (1, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::cache_dir;
    use crate::wasm;
    use std::process::Command;
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Instruction as I,
        MemorySection, MemoryType, Module, TypeSection,
    };

    /// A module with one exported function `copy` of so many numbers.
    fn module(parameters: usize, body: &[I<'_>]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function(vec![wasm_encoder::ValType::I32; parameters], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: Some(1),
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0).export("copy", ExportKind::Func, 0);
        let mut function = Function::new([]);
        for instruction in body {
            function.instruction(instruction);
        }
        function.instruction(&I::End);
        let mut code = CodeSection::new();
        code.function(&function);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&memories).section(&exports);
        module.section(&code);
        module.finish()
    }

    /// A function that copies memory, made what ships. By way of files in a
    /// folder that no other test has.
    fn emitted(folder: &str) -> Vec<u8> {
        let copy = I::MemoryCopy { src_mem: 0, dst_mem: 0 };
        let whole = module(3, &[I::LocalGet(0), I::LocalGet(1), I::LocalGet(2), copy]);
        let folder = repo::target_dir().expect("a target folder").join(folder);
        fs::create_dir_all(&folder).expect("a folder");
        let (input, output) = (folder.join("copy.wasm"), folder.join("small.wasm"));
        fs::write(&input, whole).expect("a file");
        let modules = npm::node_modules(&cache_dir().expect("a cache")).expect("the npm tools");
        wasm::optimize(&modules, &input, &output).expect("it is lowered");
        fs::read(output).expect("a module")
    }

    #[test]
    fn the_function_that_ships_copies_as_the_instruction_does() {
        // Every length with every alignment of both sides, from far before what
        // is read to far behind it; then a long one, and the memory's ends.
        const RUN: &str = "\
(async () => {
  const bytes = Buffer.from(process.argv[1], 'hex');
  const { copy, memory } = (await WebAssembly.instantiate(bytes, {})).instance.exports;
  const real = new Uint8Array(memory.buffer);
  const fresh = Uint8Array.from({ length: real.length }, (_, at) => (at * 167 + (at >> 8) * 13) & 255);
  let [cases, wrong] = [0, []];
  const compare = (to, from, size) => {
    const [start, end] = [Math.max(Math.min(to, from) - 16, 0), Math.max(to, from) + size + 16];
    real.set(fresh.subarray(start, end), start);
    const expected = fresh.slice(start, end);
    expected.copyWithin(to - start, from - start, from - start + size);
    copy(to, from, size);
    cases += 1;
    if (Buffer.compare(real.subarray(start, end), expected)) wrong.push([to, from, size]);
  };
  for (let size = 0; size <= 40; size++)
    for (let from = 1024; from < 1032; from++)
      for (let to = from - 56; to <= from + 56; to++) compare(to, from, size);
  for (const away of [-1001, -9, -8, -7, -1, 0, 1, 7, 8, 9, 1001]) compare(4096 + away, 4096, 1000);
  const last = real.length;
  for (const size of [0, 1, 7, 8, 9, 39]) {
    for (const other of [0, 1, 8, 20]) { compare(0, other, size); compare(other, 0, size); }
    for (const other of [1, 8, 20]) {
      compare(last - size, last - size - other, size);
      compare(last - size - other, last - size, size);
    }
  }
  let traps = 0;
  for (const [to, from] of [[last - 8, 0], [0, last - 8], [last - 8, last - 12], [last - 12, last - 8]])
    try { copy(to, from, 13); } catch (error) { traps += error instanceof WebAssembly.RuntimeError; }
  console.log(cases, wrong.length, JSON.stringify(wrong.slice(0, 3)), traps);
})();";
        let hex: String = emitted("copy-test").iter().map(|byte| format!("{byte:02x}")).collect();
        let said = process::output(Command::new("node").args(["-e", RUN, "--", &hex]));
        assert_eq!(said.expect("Node runs it").trim(), "37159 0 [] 4");
    }

    #[test]
    fn it_copies_words_both_ways() {
        let wasm = emitted("copy-words-test");
        let mut words = 0;
        for body in Functions::read(&wasm).expect("a module").bodies {
            for operator in body.get_operators_reader().expect("code") {
                let operator = operator.expect("an instruction");
                let word = matches!(operator, Operator::I64Load { memarg } if memarg.align == 0);
                words += usize::from(word);
            }
        }
        assert_eq!(words, 2);
    }

    #[test]
    fn a_function_that_is_not_known_ends_the_build() {
        let refused = |wasm: &[u8], symbols| {
            let error = by_words(wasm, symbols, &[]).expect_err("refused");
            let text = format!("{error:#}");
            assert!(text.starts_with("__memory_copy, wasm-opt's function that copies"), "{text}");
            text
        };
        let other = module(3, &[I::I32Const(0), I::Drop]);
        let text = refused(&other, "0:copy\n1:__memory_fill");
        assert!(text.ends_with("0 functions have that name"), "{text}");
        let text = refused(&other, "7:__memory_copy");
        assert!(text.ends_with("not in the module"), "{text}");
        let text = refused(&other, "0:__memory_copy");
        assert!(text.ends_with("one loop that copies bytes"), "{text}");
        let text = refused(&module(2, &[]), "0:__memory_copy");
        assert!(text.contains("other parameters"), "{text}");
    }
}
