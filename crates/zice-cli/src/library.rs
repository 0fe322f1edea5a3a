//! The policies this binary carries.

use std::path::PathBuf;

use zice_author::Library;
use zice_rules::Lang;

use crate::error::Error;

/// Path and bytes of every file, listed by `build.rs`.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/policy_files.rs"));

/// Compiles the policies the binary carries.
pub fn carried(lang: Lang) -> Result<Library, Error> {
    let mut texts = Vec::with_capacity(FILES.len());
    for (path, bytes) in FILES {
        let text = std::str::from_utf8(bytes).map_err(|_| {
            let what = lang.pick("不是 UTF-8 编码", "not UTF-8");
            Error::Input(format!("{path}: {what}"))
        })?;
        texts.push((PathBuf::from(path), text.to_owned()));
    }
    Ok(Library::from_texts(texts)?)
}
