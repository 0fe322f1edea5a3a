//! Files and folders, and names that follow from their content.

use anyhow::Result;
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::path::Path;
use walkdir::WalkDir;

/// The files below `folder`, sorted, with `/` between the parts of a name.
pub fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let parts = entry.path().strip_prefix(folder)?.iter();
            names.push(parts.map(|it| it.to_string_lossy()).collect::<Vec<_>>().join("/"));
        }
    }
    Ok(names)
}

/// Copies the files below a folder whose names are wanted.
pub fn copy(from: &Path, to: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<()> {
    for name in names(from)?.iter().filter(|name| is_wanted(name)) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap_or(to))?;
        fs::copy(from.join(name), path)?;
    }
    Ok(())
}

/// Makes a folder with nothing in it, whatever was there.
pub fn fresh(folder: &Path) -> Result<()> {
    remove(folder)?;
    Ok(fs::create_dir_all(folder)?)
}

/// Removes a folder that may not be there.
pub fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// A text without what a checkout may have made of its ends of lines.
pub fn text(path: &Path) -> Result<String> {
    Ok(fs::read_to_string(path)?.replace("\r\n", "\n"))
}

/// Writes `content` as `<stem>-<hash>.<extension>` and returns that name.
///
/// The name follows from the content, so a page and its files can never be
/// mixed across versions and every one of them may be cached for ever.
pub fn write_hashed(dir: &Path, stem: &str, extension: &str, content: &[u8]) -> Result<String> {
    let name = format!("{stem}-{}.{extension}", short_hash(content));
    fs::write(dir.join(&name), content)?;
    Ok(name)
}

/// A short name for a content.
pub fn short_hash(content: &[u8]) -> String {
    format!("{:.16x}", Sha256::digest(content))
}
