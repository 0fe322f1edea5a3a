//! `dist/manifest.json`: every file's size and digest, and what the first
//! load fetches.

use crate::process;
use anyhow::{Context, Result};
use base64::Engine;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha384};
use std::fs;
use std::path::Path;
use std::process::Command;
use walkdir::WalkDir;

/// Writes `.br` and `.gz` beside each file, at their best, for servers that
/// send what is prepared, and prints the sizes of the first. Node carries the
/// encoders; compiling them into xtask would cost every newcomer.
const COMPRESS: &str = "\
const zlib = require('node:zlib'), fs = require('node:fs');
const sizes = process.argv.slice(1).map(file => {
  const bytes = fs.readFileSync(file), c = zlib.constants;
  const brotli = zlib.brotliCompressSync(bytes, { params: {
    [c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_LGWIN]: 24,
    [c.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  fs.writeFileSync(file + '.br', brotli);
  fs.writeFileSync(file + '.gz', zlib.gzipSync(bytes, { level: 9 }));
  return brotli.length;
});
console.log(JSON.stringify(sizes));";

/// The name of the file in `dist/`.
pub const FILE: &str = "manifest.json";

/// Writes the manifest over what lies in `dir`. `first_load` names the files
/// that the element's program consists of, `first_screen` everything that the
/// first screen of page and element waits for, data included.
pub fn write(dir: &Path, first_load: &[String], first_screen: &Value) -> Result<()> {
    let names = file_names(dir)?;
    let sizes = compress(dir, &names)?;
    let mut files = Map::new();
    for (name, brotli) in names.iter().zip(sizes) {
        let content = fs::read(dir.join(name)).with_context(|| name.clone())?;
        let entry = json!({
            "bytes": content.len(),
            "brotli": brotli,
            "sha384": integrity(&content),
        });
        files.insert(name.clone(), entry);
    }
    let manifest = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "first_load": first_load,
        "first_screen": first_screen,
        "files": files,
    });
    let text = serde_json::to_string_pretty(&manifest)? + "\n";
    fs::write(dir.join(FILE), text).context(FILE)
}

/// The digest of a file, in the form of an integrity attribute.
pub fn integrity(content: &[u8]) -> String {
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha384::digest(content));
    format!("sha384-{digest}")
}

/// Reads the manifest of a build.
pub fn read(dir: &Path) -> Result<Value> {
    let path = dir.join(FILE);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{}: run `cargo xtask build` first", path.display()))?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// All files below `dir`, with `/` between folders, sorted.
fn file_names(dir: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in WalkDir::new(dir).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(dir)?;
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            names.push(parts.join("/"));
        }
    }
    names.retain(|name| name != FILE);
    Ok(names)
}

fn compress(dir: &Path, names: &[String]) -> Result<Vec<u64>> {
    let mut command = Command::new("node");
    command.current_dir(dir).args(["-e", COMPRESS, "--"]).args(names);
    let printed = process::output(&mut command)?;
    serde_json::from_str(printed.trim()).context("sizes")
}
