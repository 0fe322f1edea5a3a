//! What is changed in wasm-bindgen's glue: short names between it and the wasm, how
//! it notices that the memory has grown, and what Yew does with it.
//!
//! Every function that one takes from the other has a name with a hash, which
//! stands in both and does not compress: 3 kB of the first load. wasm-opt gives
//! them names of a letter or two and says which; esbuild gives the glue the same
//! ones, by its mangle cache.

use crate::{npm, process};
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use regex_lite::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::Path;

/// Gives the glue the names that wasm-opt's `--minify-imports-and-exports` has
/// `said` it gave the wasm, and lets it notice growth.
pub fn fit(node_modules: &Path, scratch: &Path, glue: &Path, said: &str) -> Result<()> {
    let names = names(said)?;
    let text = fs::read_to_string(glue)?;
    let (cache, input) = (scratch.join("names.json"), scratch.join("glue.js"));
    fs::write(&cache, serde_json::to_string(&names)?)?;
    fs::write(&input, notices_growth(&text)?)?;
    let all: Vec<&str> = names.keys().map(String::as_str).collect();
    let mut esbuild = npm::program(node_modules, "esbuild");
    esbuild.arg(&input).args(["--log-level=warning", "--allow-overwrite"]);
    esbuild.arg(format!("--mangle-props=^({})$", all.join("|")));
    esbuild.arg(format!("--mangle-cache={}", cache.display()));
    process::output(esbuild.arg(format!("--outfile={}", glue.display()))).map(drop)
}

/// What wasm-opt says of names: of what a module takes, which also says from where,
/// and of what it gives.
#[derive(Deserialize)]
struct Said {
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

/// The old names and the new ones, as esbuild reads them.
fn names(said: &str) -> Result<Map<String, Value>> {
    let said: Said = serde_json::from_str(said).context("wasm-opt's list of names")?;
    let imports = said.imports.into_iter().map(|(_, old, new)| (old, new));
    let names: Map<String, Value> =
        imports.chain(said.exports).map(|(old, new)| (old, new.into())).collect();
    for name in names.keys() {
        ensure!(
            name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
            "`{name}` is no name that can be looked for as it is"
        );
    }
    ensure!(!names.is_empty(), "wasm-opt names nothing");
    Ok(names)
}

/// The glue of a program as wasm-bindgen made it. Fails the build when that fell back
/// to externref: the module would load in new browsers only.
pub fn checked(glue: String) -> Result<String> {
    ensure!(
        !glue.contains("externref"),
        "wasm-bindgen's glue uses externref, which browsers below Chromium 96 lack: \
         see the rustflags in .cargo/config.toml"
    );
    Ok(glue)
}

/// Fails the build where the glue is no longer as we know it.
fn wants(glue: &str, part: &str) -> Result<()> {
    ensure!(
        glue.contains(part),
        "wasm-bindgen's glue no longer has `{part}`: look at xtask/src/glue.rs"
    );
    Ok(())
}

/// The glue that also notices in Chromium 64 that the memory has grown.
///
/// wasm-bindgen keeps an array over the memory and makes another when the old
/// one has lost its buffer, which growing takes from it: so says the standard.
/// Chromium 64 leaves the old buffer as it was, and everything is then read
/// and written in a memory that the wasm no longer looks at.
fn notices_growth(glue: &str) -> Result<String> {
    const OLD: &str = "ArrayMemory0.byteLength === 0)";
    const NEW: &str = "ArrayMemory0.buffer !== wasm.memory.buffer)";
    wants(glue, OLD)?;
    Ok(glue.replace(OLD, NEW))
}

/// Yew marks elements and events with numbers, under names that every copy of
/// it uses. Where a host's page is a Yew application too, or another release of
/// ours, each would take the other's numbers for its own and press the wrong
/// button: events pass through both. So the names become this copy's own.
pub fn own_marks(glue: &str) -> Result<String> {
    wants(glue, ").__yew_")?;
    let mark = Regex::new(r"\)\.__yew_(\w*)")?;
    let own = "const ownMark = `__zice_${Math.random().toString(36).slice(2)}_`;\n";
    Ok(own.to_owned() + &mark.replace_all(glue, ")[ownMark + \"$1\"]"))
}

/// The glue with one more export: it frees a closure that was handed to the
/// browser for ever, and its place among what the wasm knows of. Yew does that
/// with every listener of a page.
pub fn freeing(glue: &str) -> Result<String> {
    for part in ["function dropObject(", "let heap = ", "real._wbg_cb_unref = "] {
        wants(glue, part)?;
    }
    Ok([glue, "\n", include_str!("freeing.js")].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_both_ways_and_nothing_else_is_taken() {
        let said = r#"{"imports": [["./x_bg.js", "__wbg_now_463a", "$"]],
            "exports": [["memory", "b"], ["__wbindgen_free", "c"]]}"#;
        let found = names(said).expect("names");
        let told: Vec<_> = found.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        assert_eq!(told.len(), 3);
        for pair in [("__wbg_now_463a", "$"), ("memory", "b"), ("__wbindgen_free", "c")] {
            assert!(told.contains(&(pair.0, Some(pair.1))), "{told:?}");
        }
        for bad in [r#"{"imports": [], "exports": []}"#, r#"{"exports": []}"#, "all well"] {
            assert!(names(bad).is_err(), "{bad}");
        }
        let odd = said.replace("memory", "a.b");
        assert!(names(&odd).is_err(), "it would be looked for as a pattern");
    }

    #[test]
    fn the_memory_is_compared_and_not_only_its_length() {
        let glue =
            "if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {";
        let fresh = "if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer) {";
        assert_eq!(notices_growth(glue).expect("glue"), fresh);
        assert!(notices_growth("if (!cached) {").is_err(), "another glue is not taken as it is");
    }

    #[test]
    fn glue_with_externref_fails_the_build() {
        assert!(checked("wasm.__wbindgen_start();".into()).is_ok());
        assert!(checked("const t = wasm.__wbindgen_externrefs;".into()).is_err());
    }

    #[test]
    fn a_glue_that_can_free_closures_gets_the_function_for_it() {
        let glue = "let heap = [];\nfunction dropObject(i) {}\nreal._wbg_cb_unref = () => {};";
        assert!(freeing(glue).unwrap().contains("export function freeClosure("));
        for part in ["heap", "dropObject", "real"] {
            assert!(freeing(&glue.replace(part, "other")).is_err(), "{part}");
        }
    }

    #[test]
    fn yews_marks_become_this_copys_own() {
        let glue = "a(b).__yew_listener_id = c >>> 0;";
        let own = own_marks(glue).unwrap();
        assert!(own.ends_with("\na(b)[ownMark + \"listener_id\"] = c >>> 0;"), "{own}");
        assert!(own_marks("a(b).other").is_err());
    }
}
