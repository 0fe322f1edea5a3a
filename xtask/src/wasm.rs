//! From wasm-bindgen's wasm to one that Chromium 64 and up accepts.
//!
//! `.cargo/config.toml` keeps reference types out, so that wasm-bindgen emits
//! no externref; the three lowerings here take out what Rust still uses of
//! newer wasm, and what then copies memory is made to do so by words
//! ([`copy`]). The gate is the proof: the result must validate as the first
//! version of WebAssembly with mutable globals.

use crate::{copy, glue, npm, process, weigh};
use anyhow::{Context, Result, ensure};
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

/// What makes it small. Every one of these was measured by what brotli makes
/// of the result: flat code with its blocks found anew, twice over, and only
/// what is used once or nearly so put into its place (3 kB together). Nothing
/// of ours lies below 1024: that is the far end of the stack.
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
    let said = process::output(
        npm::program(node_modules, "wasm-opt")
            .arg(&small)
            // The gate: an old browser would refuse anything newer.
            .args(OLD_FEATURES)
            // Without the levels the code would be written as it is read, and
            // lose what the first call has saved in writing it: 0.6 kB.
            .args(["--optimize-level=2", "--shrink-level=2"])
            .args(["--minify-imports-and-exports", "-o"])
            .arg(&lowered),
    )
    .context("the lowered wasm uses a feature that browsers below Chromium 96 lack")?;
    glue::fit(node_modules, scratch, glue, &said)?;
    Ok(lowered)
}

/// Lowers a wasm, lets it copy memory by words and makes it small; its
/// functions keep their names.
pub fn optimize(node_modules: &Path, input: &Path, output: &Path) -> Result<()> {
    let lowered = output.with_extension("lowered.wat");
    let mut command = npm::program(node_modules, "wasm-opt");
    command.arg(input).args(INPUT_FEATURES).args(LOWERINGS);
    // As text, in which functions have the names that wasm-opt gives them.
    process::output(command.args(["--emit-text", "-o"]).arg(&lowered))?;
    let text = fs::read_to_string(&lowered)?;
    let content = fs::read(input)?;
    let copies = content.windows(MEMORY_COPY.len()).any(|it| it == MEMORY_COPY);
    fs::write(&lowered, copy::by_words(&text, copies)?)?;
    let mut command = npm::program(node_modules, "wasm-opt");
    command.arg(&lowered).args(OLD_FEATURES).args(SMALLER);
    process::output(command.args(["--debuginfo", "-o"]).arg(output)).map(drop)
}

/// Fails the build when wasm-bindgen fell back to externref: the module would
/// load in new browsers only.
pub fn check_glue(glue: &str) -> Result<()> {
    ensure!(
        !glue.contains("externref"),
        "wasm-bindgen's glue uses externref, which browsers below Chromium 96 lack: \
         see the rustflags in .cargo/config.toml"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_glue;

    #[test]
    fn glue_with_externref_fails_the_build() {
        assert!(check_glue("wasm.__wbindgen_start();").is_ok());
        assert!(check_glue("const t = wasm.__wbindgen_externrefs;").is_err());
    }
}
