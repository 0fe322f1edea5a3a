//! Scripts and styles as they ship: esbuild over `www/`.

use crate::files::write_hashed;
use crate::hook::{Build, VERSION};
use crate::{glue, npm, process, repo, styles};
use anyhow::Result;
use fs_err as fs;
use std::path::Path;
use std::process::Command;

/// The oldest browser whose syntax is written; also the oldest that knows where a
/// module lies (`import.meta`).
const TARGET: &str = "--target=chrome64";
/// A classic script, because a host page, a strict CSP and a file opened from disk
/// all take a plain script tag, and none of them reliably a module. It has no
/// `import.meta`, by which the glue guesses where the wasm lies: the boot always
/// says where.
pub const CLASSIC: [&str; 3] = ["--format=iife", "--define:import.meta.url=\"\"", TARGET];
/// What must still say something where nothing else runs.
const OLDEST: [&str; 3] = ["--format=iife", "--define:import.meta.url=\"\"", "--target=es5"];
/// A module, for Node too.
pub const MODULE: [&str; 3] = ["--format=esm", "--platform=neutral", TARGET];

/// What is put in place of a name in capitals.
pub type Names<'a> = &'a [(&'a str, &'a str)];

/// Bundles `www/<entry>.js` as such a `kind` of script, with these names and the version
/// put in; the modules that the build makes have `aliases`.
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
    let names = names.iter().chain(&[("ZICE_VERSION", VERSION)]);
    command.args(names.map(|(name, value)| format!("--define:{name}={value:?}")));
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
    glue::checked(fs::read_to_string(engine)?)?;
    let text = glue::checked(fs::read_to_string(glue)?)?;
    fs::write(glue, glue::freeing(&glue::own_marks(&text)?)?)?;
    // Modules of ours that both the page's script and its glue import: how the page calls
    // its engine, the drafts, the look. Each has to be there once.
    let [calls, draft, look] = ["engine", "draft", "look"]
        .map(|it| repo::root().join("src/browser").join(it).with_extension("js"));
    let aliases = [
        ("zice-glue", glue),
        ("zice-engine-glue", engine),
        ("zice-engine", &*calls),
        ("zice-draft", &*draft),
        ("zice-look", &*look),
    ];
    hashed(build, "boot/widget", "zice-widget", names, &aliases)
}

/// A script under its own name, which hosts write into their pages.
pub fn named(build: &Build, entry: &str, name: &str, names: Names<'_>) -> Result<()> {
    let content = bundle(build, entry, &OLDEST, names, &[])?;
    Ok(fs::write(build.staging.join(name), content)?)
}

/// A script under a name with a hash.
pub fn hashed(
    build: &Build,
    entry: &str,
    stem: &str,
    names: Names<'_>,
    aliases: &[(&str, &Path)],
) -> Result<String> {
    let content = bundle(build, entry, &CLASSIC, names, aliases)?;
    write_hashed(&build.staging, stem, "js", &content)
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
