//! From wasm-bindgen's wasm to one that Chromium 64 and up accepts.
//!
//! `.cargo/config.toml` keeps reference types out, so that wasm-bindgen emits
//! no externref; the three lowerings here take out what Rust still uses of
//! newer wasm, and what then copies memory is made to do so by words
//! ([`copy`]). The gate is the proof: the result must validate as the first
//! version of WebAssembly with mutable globals.

use crate::{copy, glue, npm, process, weigh};
use anyhow::{Context, Result};
use fs_err as fs;
use std::path::{Path, PathBuf};

/// What the input may use. wasm-opt must be told, or it refuses the module.
const INPUT_FEATURES: [&str; 4] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
];

/// What every browser knows: the first version of WebAssembly, with globals
/// that can be written. wasm-opt refuses anything newer.
const OLD_FEATURES: [&str; 2] = ["-mvp", "--enable-mutable-globals"];

/// Replaces bulk memory, float-to-int and sign extension by plain code. The
/// float one gives another result for a value out of range; nothing that
/// scores uses floats.
const LOWERINGS: [&str; 3] = [
    "--llvm-memory-copy-fill-lowering",
    "--llvm-nontrapping-fptoint-lowering",
    "--signext-lowering",
];

/// The instruction that copies memory, as it stands in a wasm.
const MEMORY_COPY: [u8; 4] = [0xfc, 0x0a, 0, 0];

/// Options of wasm-opt that make the module small. Each was kept because it makes the
/// result smaller after brotli, 3 kB together: the code is flattened and its blocks
/// are rebuilt, the optimizer runs twice, and only functions with one caller, or
/// tiny ones, are inlined. `--low-memory-unused` holds because the stack ends below
/// address 1024, so no data of ours lies there.
const SMALLER: [&str; 8] = [
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=10",
    "--strip-producers",
];

/// Makes what ships of the wasm and the glue that wasm-bindgen made of `program`, the
/// glue in its place; checks the result and says where in `scratch` it lies.
pub fn lower(
    program: &str,
    node_modules: &Path,
    scratch: &Path,
    input: &Path,
    glue: &Path,
) -> Result<PathBuf> {
    let small = scratch.join("small.wasm");
    optimize(node_modules, input, &small)?;
    weigh::note(program, &small)?;
    let lowered = scratch.join("lowered.wasm");
    // The gate: an old browser would refuse anything newer. Without the levels the
    // code would be written as it is read, and lose what the first call has saved
    // in writing it: 0.6 kB.
    let written = ["--optimize-level=2", "--shrink-level=2", "--minify-imports-and-exports"];
    let said = wasm_opt(node_modules, &small, &[&OLD_FEATURES, &written], &lowered)
        .context("the lowered wasm uses a feature that browsers below Chromium 96 lack")?;
    glue::fit(node_modules, scratch, glue, &said)?;
    Ok(lowered)
}

/// Lowers a wasm, lets it copy memory by words and makes it small; its
/// functions keep their names.
pub fn optimize(node_modules: &Path, input: &Path, output: &Path) -> Result<()> {
    // As text, in which functions have the names that wasm-opt gives them.
    let lowered = output.with_extension("lowered.wat");
    let text = ["--emit-text"];
    wasm_opt(node_modules, input, &[&INPUT_FEATURES, &LOWERINGS, &text], &lowered)?;
    let text = fs::read_to_string(&lowered)?;
    let copies = fs::read(input)?.windows(MEMORY_COPY.len()).any(|it| it == MEMORY_COPY);
    fs::write(&lowered, copy::by_words(&text, copies)?)?;
    let names = ["--debuginfo"];
    wasm_opt(node_modules, &lowered, &[&OLD_FEATURES, &SMALLER, &names], output).map(drop)
}

/// Runs wasm-opt with all of these words; what it says.
fn wasm_opt(node_modules: &Path, input: &Path, args: &[&[&str]], output: &Path) -> Result<String> {
    let mut command = npm::program(node_modules, "wasm-opt");
    process::output(command.arg(input).args(args.concat()).arg("-o").arg(output))
}
