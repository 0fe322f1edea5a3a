//! Loads the policies of a run: those of the folder given by `--policies`, or
//! else those that the binary carries.

use std::path::{Path, PathBuf};

use zice_policy::Library;
use zice_rules::{Dictionary, Lang};

use crate::error::Error;

/// The path and bytes of every carried file, listed by `build.rs`.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/policy_files.rs"));

/// Loads the policies of a folder, or those the binary carries. Golden cases of
/// the carried ones are left out, because only `zice check` needs them.
pub fn load(folder: Option<&Path>, lang: Lang) -> Result<Library, Error> {
    match folder {
        Some(folder) => Ok(Library::load(folder)?),
        None => {
            let cases = |path: &Path| path.to_string_lossy().ends_with(".cases.toml");
            let texts = texts(lang)?.into_iter().filter(|(path, _)| !cases(path));
            Ok(Library::from_texts(texts)?)
        }
    }
}

/// Loads the dictionary alone, for commands that ask no policy.
pub fn dictionary(folder: Option<&Path>, lang: Lang) -> Result<Dictionary, Error> {
    if let Some(folder) = folder {
        return Ok(Library::load(folder)?.dictionary);
    }
    let texts = texts(lang)?;
    let own = |path: &Path| path.ends_with("facts.toml") || path.ends_with("sources.toml");
    let texts = texts.into_iter().filter(|(path, _)| own(path));
    Ok(Library::from_texts(texts)?.dictionary)
}

/// Loads the policies the binary carries, together with their golden cases.
pub fn carried(lang: Lang) -> Result<Library, Error> {
    Ok(Library::from_texts(texts(lang)?)?)
}

fn texts(lang: Lang) -> Result<Vec<(PathBuf, String)>, Error> {
    let mut texts = Vec::with_capacity(FILES.len());
    for (path, bytes) in FILES {
        let text = std::str::from_utf8(bytes).map_err(|_| {
            let what = lang.pick("不是 UTF-8 编码", "not UTF-8");
            Error::Input(format!("{path}: {what}"))
        })?;
        texts.push((PathBuf::from(path), text.to_owned()));
    }
    Ok(texts)
}
