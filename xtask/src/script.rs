//! Scripts and styles as they ship: esbuild over `www/`.

use crate::hook::{Build, write_hashed};
use crate::{npm, process, repo, styles, wasm};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The oldest browser whose syntax is written.
const TARGET: &str = "--target=chrome64";
/// That of what must still say something where nothing else runs.
const OLDEST: &str = "--target=es5";

/// What is put in place of a name in capitals.
pub type Names<'a> = &'a [(&'a str, &'a str)];

/// Bundles `www/<entry>.js` as a classic script, with these names put in, and
/// says where it lies. `syntax` is that of the oldest browser that reads it.
///
/// Classic because a host page, a strict CSP and a file opened from disk all
/// take a plain script tag, and none of them reliably a module.
fn bundle(
    build: &Build,
    entry: &str,
    syntax: &str,
    names: Names<'_>,
    aliases: &[(&str, &Path)],
) -> Result<Vec<u8>> {
    let output = build.scratch.join(format!("{}.js", entry.replace('/', "-")));
    let mut command = npm::program(&build.node_modules, "esbuild");
    command
        .current_dir(repo::root())
        .arg(format!("www/{entry}.js"))
        .args(["--bundle", "--format=iife", "--charset=ascii", "--log-level=warning", syntax])
        // The glue's own guess of where the wasm lies; a classic script has no
        // import.meta, and the boot always says where.
        .arg("--define:import.meta.url=\"\"")
        .arg(format!("--outfile={}", output.display()));
    // Packages lie where the tools do, not beside the sources.
    command.env("NODE_PATH", &build.node_modules);
    for (name, path) in aliases {
        command.arg(format!("--alias:{name}={}", path.display()));
    }
    for (name, value) in names {
        command.arg(format!("--define:{name}={value:?}"));
    }
    if build.release {
        command.args(["--minify", "--legal-comments=none"]);
    }
    process::output(&mut command)?;
    fs::read(&output).with_context(|| output.display().to_string())
}

/// The page's script with the glue of both programs: `zice-widget-<hash>.js`.
pub fn widget(build: &Build, glue: &Path, engine: &Path, names: Names<'_>) -> Result<String> {
    let read = |glue: &Path| {
        let text = fs::read_to_string(glue).with_context(|| glue.display().to_string())?;
        wasm::check_glue(&text).map(|()| text)
    };
    let (text, _) = (read(glue)?, read(engine)?);
    fs::write(glue, freeing(&own_marks(&text)?)?)?;
    // How the page calls its engine is a module of ours, which its glue imports too.
    let calls = repo::root().join("www/boot/engine.js");
    let aliases = [("zice-glue", glue), ("zice-engine-glue", engine), ("zice-engine", &*calls)];
    let content = bundle(build, "boot/widget", TARGET, names, &aliases)?;
    write_hashed(&build.staging, "zice-widget", "js", &content)
}

/// Yew marks elements and events with numbers, under names that every copy of
/// it uses. Where a host's page is a Yew application too, or another release of
/// ours, each would take the other's numbers for its own and press the wrong
/// button: events pass through both. So the names become this copy's own.
fn own_marks(glue: &str) -> Result<String> {
    const MARK: &str = ").__yew_";
    if !glue.contains(MARK) {
        bail!("wasm-bindgen's glue no longer has Yew's marks: look at xtask/src/script.rs");
    }
    let mut text = "const ownMark = `__zice_${Math.random().toString(36).slice(2)}_`;\n".to_owned();
    let mut parts = glue.split(MARK);
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        text.push_str(&format!(")[ownMark + {name:?}]{rest}"));
    }
    Ok(text)
}

/// The glue with one more export: it frees a closure that was handed to the
/// browser for ever, and its place among what the wasm knows of. Yew does that
/// with every listener of a page.
fn freeing(glue: &str) -> Result<String> {
    for part in ["function dropObject(", "let heap = ", "real._wbg_cb_unref = "] {
        if !glue.contains(part) {
            bail!("wasm-bindgen's glue no longer has `{part}`: look at xtask/src/script.rs");
        }
    }
    const FREE: &str = "
export function freeClosure(closure) {
    const place = closure._wbg_cb_unref ? heap.indexOf(closure) : -1;
    if (place < 0) return;
    closure._wbg_cb_unref();
    dropObject(place);
}
";
    Ok([glue, FREE].concat())
}

/// The script that carries wasm and policies; `data` is the module of them.
pub fn packed(build: &Build, data: &Path) -> Result<String> {
    let content = bundle(build, "boot/packed", TARGET, &[], &[("zice-data", data)])?;
    write_hashed(&build.staging, "zice-packed", "js", &content)
}

/// A script under its own name, which hosts write into their pages.
pub fn named(build: &Build, entry: &str, name: &str, names: Names<'_>) -> Result<()> {
    let content = bundle(build, entry, OLDEST, names, &[])?;
    fs::write(build.staging.join(name), content).with_context(|| name.to_owned())
}

/// A script for browsers that have what it is for.
pub fn modern(build: &Build, entry: &str, names: Names<'_>) -> Result<Vec<u8>> {
    bundle(build, entry, TARGET, names, &[])
}

/// A script under a name with a hash.
pub fn hashed(build: &Build, entry: &str, stem: &str, names: Names<'_>) -> Result<String> {
    write_hashed(&build.staging, stem, "js", &bundle(build, entry, TARGET, names, &[])?)
}

/// Writes the page's stylesheet for old browsers, small in release, and that of the
/// element; returns both names.
pub fn styles(build: &Build) -> Result<(String, String)> {
    let source = repo::root().join("www/zice.css");
    let page = fs::read_to_string(&source).with_context(|| source.display().to_string())?;
    let own = lower(build, &page)?;
    let embedded = lower(build, &styles::embedded(&page)?)?;
    Ok((
        write_hashed(&build.staging, "zice", "css", &own)?,
        write_hashed(&build.staging, "zice-element", "css", &embedded)?,
    ))
}

/// A stylesheet of the sources, under a name with a hash.
pub fn stylesheet(build: &Build, path: &str, stem: &str) -> Result<String> {
    let source = repo::root().join(path);
    let text = fs::read_to_string(&source).with_context(|| path.to_owned())?;
    write_hashed(&build.staging, stem, "css", &lower(build, &text)?)
}

fn lower(build: &Build, styles: &str) -> Result<Vec<u8>> {
    let input = build.scratch.join("whole.css");
    let output = build.scratch.join("styles.css");
    fs::write(&input, styles)?;
    let mut command = npm::program(&build.node_modules, "esbuild");
    command
        .arg(&input)
        .args(["--bundle", "--external:*", "--charset=ascii", "--log-level=warning", TARGET])
        .arg(format!("--outfile={}", output.display()));
    if build.release {
        command.arg("--minify");
    }
    process::output(&mut command)?;
    fs::read(&output).with_context(|| output.display().to_string())
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
