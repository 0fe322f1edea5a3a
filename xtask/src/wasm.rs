//! From wasm-bindgen's wasm to one that Chromium 64 and up accepts.
//!
//! `.cargo/config.toml` keeps reference types out, so that wasm-bindgen emits
//! no externref; the three lowerings here take out what Rust still uses of
//! newer wasm, and what then copies memory is made to do so by words
//! ([`copy`]). The gate is the proof: the result must validate as the first
//! version of WebAssembly with mutable globals. At last the page's wasm is
//! divided in two ([`split`]).

use crate::glue;
use crate::hook::{Build, write_hashed};
use crate::{copy, npm, panics, process, split};
use anyhow::{Context, Result, bail};
use std::fs;
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

/// How the name of the wasm's second part begins.
pub const SECOND: &str = "zice-more";

/// The functions by which the page's wasm enters its second part; what only
/// they call is in it. The page calls them once that is there (`src/session/rest.rs`).
const ENTRIES: [&str; 9] = [
    "zice_widget::screens::report::report",
    "zice_widget::screens::compare::compare",
    "zice_widget::browser::events::reports",
    "zice_widget::browser::events::reported",
    "zice_widget::session::catalogue::name",
    "zice_widget::session::paste::paste",
    "zice_widget::screens::interview::interview",
    "zice_widget::session::doubts::open_doubts",
    "zice_widget::session::picture::pictures",
];

/// The names of the page's wasm.
pub struct Names {
    /// What the page starts with.
    pub first: String,
    /// What is fetched once it is shown; empty where the wasm is not divided.
    pub second: String,
}

/// Lowers and divides (in release) the wasm `name` of the staging folder and
/// writes it under its final names. The glue is changed in its place.
pub fn finish(build: &Build, name: &str, glue: &Path) -> Result<Names> {
    let input = build.staging.join(name);
    if !build.release {
        let content = fs::read(&input).with_context(|| input.display().to_string())?;
        let first = write_hashed(&build.staging, "zice", "wasm", &content)?;
        return Ok(Names { first, second: String::new() });
    }
    let whole = shrink(&build.node_modules, &build.scratch, &input, glue)?;
    let parts = split::divide(&whole, &ENTRIES).context("dividing the wasm")?;
    for part in [&parts.first, &parts.second] {
        check(&build.node_modules, &build.scratch, part)?;
    }
    Ok(Names {
        first: write_hashed(&build.staging, "zice", "wasm", &parts.first)?,
        second: write_hashed(&build.staging, SECOND, "wasm", &parts.second)?,
    })
}

/// Makes what ships of wasm-bindgen's wasm and its glue, the latter in its
/// place; checks the result and says where in `scratch` it lies.
pub fn lower(node_modules: &Path, scratch: &Path, input: &Path, glue: &Path) -> Result<PathBuf> {
    let whole = split::without_names(&shrink(node_modules, scratch, input, glue)?)?;
    check(node_modules, scratch, &whole)?;
    let lowered = scratch.join("lowered.wasm");
    fs::write(&lowered, whole).with_context(|| lowered.display().to_string())?;
    Ok(lowered)
}

/// The wasm lowered and small, with the names of its functions.
fn shrink(node_modules: &Path, scratch: &Path, input: &Path, glue: &Path) -> Result<Vec<u8>> {
    let silent = scratch.join("silent.wasm");
    let content = fs::read(input).with_context(|| input.display().to_string())?;
    fs::write(&silent, panics::cut(&content).context("panics")?)?;
    let small = scratch.join("small.wasm");
    optimize(node_modules, &silent, &small)?;
    let named = scratch.join("named.wasm");
    let names = process::output(
        npm::program(node_modules, "wasm-opt")
            .arg(&small)
            // Without the levels the code would be written as it is read, and
            // lose what the first call has saved in writing it: 0.6 kB.
            .args(["--optimize-level=2", "--shrink-level=2"])
            .args(["--minify-imports-and-exports-and-modules", "--debuginfo", "-o"])
            .arg(&named),
    )?;
    let text = fs::read_to_string(glue).with_context(|| glue.display().to_string())?;
    fs::write(glue, glue::Names::read(&names)?.fit(&glue::notices_growth(&text)?)?)?;
    fs::read(&named).with_context(|| named.display().to_string())
}

/// Lowers a wasm, lets it copy memory by words and makes it small; its
/// functions keep their names.
pub fn optimize(node_modules: &Path, input: &Path, output: &Path) -> Result<()> {
    let lowered = output.with_extension("lowered.wat");
    let mut command = npm::program(node_modules, "wasm-opt");
    command.arg(input).args(INPUT_FEATURES).args(LOWERINGS);
    // As text, in which functions have the names that wasm-opt gives them.
    process::output(command.args(["--emit-text", "-o"]).arg(&lowered))?;
    let text = fs::read_to_string(&lowered).with_context(|| lowered.display().to_string())?;
    let content = fs::read(input).with_context(|| input.display().to_string())?;
    let copies = content.windows(MEMORY_COPY.len()).any(|it| it == MEMORY_COPY);
    fs::write(&lowered, copy::by_words(&text, copies)?)?;
    let mut command = npm::program(node_modules, "wasm-opt");
    command.arg(&lowered).args(OLD_FEATURES).args(SMALLER);
    process::output(command.args(["--debuginfo", "-o"]).arg(output)).map(drop)
}

/// The gate: an old browser would refuse anything newer.
fn check(node_modules: &Path, scratch: &Path, wasm: &[u8]) -> Result<()> {
    let path = scratch.join("gate.wasm");
    fs::write(&path, wasm).with_context(|| path.display().to_string())?;
    process::output(
        npm::program(node_modules, "wasm-opt")
            .arg(&path)
            .args(OLD_FEATURES)
            .arg("-o")
            .arg(scratch.join("checked.wasm")),
    )
    .context("the lowered wasm uses a feature that browsers below Chromium 96 lack")?;
    Ok(())
}

/// Fails the build when wasm-bindgen fell back to externref: the module would
/// load in new browsers only.
pub fn check_glue(glue: &str) -> Result<()> {
    if glue.contains("externref") {
        bail!(
            "wasm-bindgen's glue uses externref, which browsers below Chromium 96 lack: \
             see the rustflags in .cargo/config.toml"
        );
    }
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
