//! Scripts and styles as they ship: esbuild over `www/`.

use crate::files::write_hashed;
use crate::hook::Build;
use crate::{npm, process, repo, styles, wasm};
use anyhow::{Result, ensure};
use fs_err as fs;
use regex_lite::Regex;
use std::path::Path;
use std::process::Command;

/// The oldest browser whose syntax is written; also the oldest that knows where a
/// module lies (`import.meta`).
const TARGET: &str = "--target=chrome64";
/// A classic script, because a host page, a strict CSP and a file opened from disk
/// all take a plain script tag, and none of them reliably a module. It has no
/// `import.meta`, by which the glue guesses where the wasm lies: the boot always
/// says where.
const CLASSIC: [&str; 3] = ["--format=iife", "--define:import.meta.url=\"\"", TARGET];
/// What must still say something where nothing else runs.
const OLDEST: [&str; 3] = ["--format=iife", "--define:import.meta.url=\"\"", "--target=es5"];
/// A module, for Node too.
pub const MODULE: [&str; 3] = ["--format=esm", "--platform=neutral", TARGET];

/// What is put in place of a name in capitals.
pub type Names<'a> = &'a [(&'a str, &'a str)];

/// Bundles `www/<entry>.js` as such a `kind` of script, with these names put in; the
/// modules that the build makes have `aliases`.
pub fn bundle(
    build: &Build,
    entry: &str,
    kind: &[&str],
    names: Names<'_>,
    aliases: &[(&str, &Path)],
) -> Result<Vec<u8>> {
    let mut command = esbuild(build);
    command.arg(format!("www/{entry}.js")).args(kind);
    // Packages lie where the tools do, not beside the sources.
    command.env("NODE_PATH", &build.node_modules);
    command.args(aliases.iter().map(|(name, path)| format!("--alias:{name}={}", path.display())));
    command.args(names.iter().map(|(name, value)| format!("--define:{name}={value:?}")));
    written(build, &mut command)
}

/// esbuild over one file with all that it imports; small in a release build.
fn esbuild(build: &Build) -> Command {
    let mut command = npm::program(&build.node_modules, "esbuild");
    command.args(["--bundle", "--charset=ascii", "--log-level=warning"]);
    command.args(build.release.then_some("--minify"));
    command.args(build.release.then_some("--legal-comments=none"));
    command
}

/// What esbuild writes.
fn written(build: &Build, esbuild: &mut Command) -> Result<Vec<u8>> {
    let output = build.scratch.join("esbuild.out");
    process::output(esbuild.arg(format!("--outfile={}", output.display())))?;
    Ok(fs::read(output)?)
}

/// The page's script with the glue of both programs: `zice-widget-<hash>.js`.
pub fn widget(build: &Build, glue: &Path, engine: &Path, names: Names<'_>) -> Result<String> {
    let read = |glue: &Path| {
        let text = fs::read_to_string(glue)?;
        wasm::check_glue(&text).map(|()| text)
    };
    let (text, _) = (read(glue)?, read(engine)?);
    fs::write(glue, freeing(&own_marks(&text)?)?)?;
    // How the page calls its engine is a module of ours, which its glue imports too.
    let calls = repo::root().join("www/boot/engine.js");
    let aliases = [("zice-glue", glue), ("zice-engine-glue", engine), ("zice-engine", &*calls)];
    let content = bundle(build, "boot/widget", &CLASSIC, names, &aliases)?;
    write_hashed(&build.staging, "zice-widget", "js", &content)
}

/// Yew marks elements and events with numbers, under names that every copy of
/// it uses. Where a host's page is a Yew application too, or another release of
/// ours, each would take the other's numbers for its own and press the wrong
/// button: events pass through both. So the names become this copy's own.
fn own_marks(glue: &str) -> Result<String> {
    let mark = Regex::new(r"\)\.__yew_(\w+)")?;
    ensure!(
        mark.is_match(glue),
        "wasm-bindgen's glue no longer has Yew's marks: look at xtask/src/script.rs"
    );
    let own = "const ownMark = `__zice_${Math.random().toString(36).slice(2)}_`;\n";
    Ok(own.to_owned() + &mark.replace_all(glue, ")[ownMark + \"$1\"]"))
}

/// The glue with one more export: it frees a closure that was handed to the
/// browser for ever, and its place among what the wasm knows of. Yew does that
/// with every listener of a page.
fn freeing(glue: &str) -> Result<String> {
    for part in ["function dropObject(", "let heap = ", "real._wbg_cb_unref = "] {
        ensure!(
            glue.contains(part),
            "wasm-bindgen's glue no longer has `{part}`: look at xtask/src/script.rs"
        );
    }
    Ok([glue, "\n", include_str!("freeing.js")].concat())
}

/// The script that carries wasm and policies; `data` is the module of them.
pub fn packed(build: &Build, data: &Path) -> Result<String> {
    let content = bundle(build, "boot/packed", &CLASSIC, &[], &[("zice-data", data)])?;
    write_hashed(&build.staging, "zice-packed", "js", &content)
}

/// A script under its own name, which hosts write into their pages.
pub fn named(build: &Build, entry: &str, name: &str, names: Names<'_>) -> Result<()> {
    let content = bundle(build, entry, &OLDEST, names, &[])?;
    Ok(fs::write(build.staging.join(name), content)?)
}

/// A script for browsers that have what it is for.
pub fn modern(build: &Build, entry: &str, names: Names<'_>) -> Result<Vec<u8>> {
    bundle(build, entry, &CLASSIC, names, &[])
}

/// A script under a name with a hash.
pub fn hashed(build: &Build, entry: &str, stem: &str, names: Names<'_>) -> Result<String> {
    write_hashed(&build.staging, stem, "js", &bundle(build, entry, &CLASSIC, names, &[])?)
}

/// Writes the page's stylesheet for old browsers, small in release, and that of the
/// element; returns both names.
pub fn styles(build: &Build) -> Result<(String, String)> {
    let page = fs::read_to_string(repo::root().join("www/zice.css"))?;
    Ok((lower(build, &page, "zice")?, lower(build, &styles::embedded(&page)?, "zice-element")?))
}

/// A stylesheet of the sources, under a name with a hash.
pub fn stylesheet(build: &Build, path: &str, stem: &str) -> Result<String> {
    lower(build, &fs::read_to_string(repo::root().join(path))?, stem)
}

fn lower(build: &Build, styles: &str, stem: &str) -> Result<String> {
    let input = build.scratch.join("whole.css");
    fs::write(&input, styles)?;
    let content = written(build, esbuild(build).arg(&input).args(["--external:*", TARGET]))?;
    write_hashed(&build.staging, stem, "css", &content)
}

#[cfg(test)]
mod tests {
    use super::{freeing, own_marks};

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
