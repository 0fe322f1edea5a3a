//! `dist/manifest.json`: every file's size and digest, and what the first
//! load fetches.

use crate::hook::VERSION;
use crate::{files, process};
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha384};
use std::collections::BTreeMap;
use std::path::Path;

/// The name of the file in `dist/`.
const FILE: &str = "manifest.json";

/// What it says.
#[derive(Serialize, Deserialize)]
pub struct Manifest {
    version: String,
    /// The files that the element's program consists of.
    first_load: Vec<String>,
    pub first_screen: FirstScreen,
    pub files: BTreeMap<String, File>,
}

/// Everything that a first screen waits for, data included.
#[derive(Serialize, Deserialize)]
pub struct FirstScreen {
    pub page: Vec<String>,
    /// That of the element with one programme, whose policy is fetched at once.
    pub element: Vec<String>,
}

/// What is said of a file.
#[derive(Serialize, Deserialize)]
pub struct File {
    pub bytes: usize,
    /// Its bytes as they are sent.
    pub brotli: usize,
    sha384: String,
}

/// Compresses what lies in `dir`, each file beside itself, and writes the manifest
/// over all of it. Node carries the encoders; compiling them into xtask would cost
/// every newcomer.
pub fn write(dir: &Path, first_load: Vec<String>, first_screen: FirstScreen) -> Result<()> {
    let names = files::names(dir)?;
    let mut node = process::node("xtask/src/compress.js");
    let sizes = process::output(node.current_dir(dir).args(&names))?;
    let sizes: Vec<usize> = serde_json::from_str(&sizes).context("sizes")?;
    let mut files = BTreeMap::new();
    for (name, brotli) in names.into_iter().zip(sizes) {
        let content = fs::read(dir.join(&name))?;
        let file = File { bytes: content.len(), brotli, sha384: integrity(&content) };
        files.insert(name, file);
    }
    let manifest = Manifest { version: VERSION.to_owned(), first_load, first_screen, files };
    Ok(fs::write(dir.join(FILE), serde_json::to_string_pretty(&manifest)? + "\n")?)
}

/// The digest of a file, in the form of an integrity attribute.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// Reads the manifest of a build.
pub fn read(dir: &Path) -> Result<Manifest> {
    let text = fs::read_to_string(dir.join(FILE)).context("run `cargo xtask build` first")?;
    serde_json::from_str(&text).with_context(|| dir.join(FILE).display().to_string())
}
