//! Finds what `zice check` is to check: a policies folder, or a part of one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use zice_policy::{Diagnostic, Library, MutationLock};
use zice_rules::{Lang, text::spelled_out};

use crate::{error::Error, library};

/// The file of what was mutated and passed.
const LOCK: &str = "mutation.lock";

/// A set of policies to check, and the part of it to talk about.
#[derive(Debug)]
pub struct Target {
    /// The policies folder; `None` for the policies that the binary carries.
    folder: Option<PathBuf>,
    /// Files and folders inside it, as canonical paths; empty for everything.
    parts: Vec<PathBuf>,
}

impl Target {
    /// Groups the paths given on the command line by their policies folder.
    pub fn all(typed: &[PathBuf], lang: Lang) -> Result<Vec<Self>, Error> {
        if typed.is_empty() {
            let here = PathBuf::from("policies");
            let folder = here.is_dir().then_some(here);
            return Ok(vec![Self { folder, parts: Vec::new() }]);
        }
        let mut targets: Vec<(PathBuf, Self)> = Vec::new();
        for path in typed {
            let (folder, parts) = locate(path, lang)?;
            let resolved = resolve(&folder)?;
            match targets.iter_mut().find(|(known, _)| *known == resolved) {
                Some((_, target)) => target.add(parts),
                None => {
                    targets.push((resolved, Self { folder: Some(folder), parts }));
                }
            }
        }
        Ok(targets.into_iter().map(|(_, target)| target).collect())
    }

    /// Adds parts. An empty list means everything, and replaces the parts there
    /// were.
    fn add(&mut self, parts: Vec<PathBuf>) {
        if parts.is_empty() {
            self.parts.clear();
        } else if !self.parts.is_empty() {
            self.parts.extend(parts);
        }
    }

    /// Reads and compiles the whole folder, whatever the parts.
    pub fn load(&self, lang: Lang) -> Result<Library, Error> {
        match &self.folder {
            Some(folder) => Ok(Library::load(folder)?),
            None => library::carried(lang),
        }
    }

    /// What the folder says was mutated and passed, if it says anything.
    pub fn lock(&self) -> Result<Option<MutationLock>, Error> {
        let Some(path) = self.folder.as_ref().map(|folder| folder.join(LOCK)) else {
            return Ok(None);
        };
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(MutationLock::parse(&text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::Input(format!("{}: {error}", shown(&path)))),
        }
    }

    /// Writes it, unless it says so already. The carried policies have none.
    pub fn write_lock(&self, lock: &MutationLock) -> Result<(), Error> {
        let Some(path) = self.folder.as_ref().map(|folder| folder.join(LOCK)) else {
            return Ok(());
        };
        let text = lock.to_string();
        if fs::read_to_string(&path).is_ok_and(|there| there.replace("\r\n", "\n") == text) {
            return Ok(());
        }
        fs::write(&path, text).map_err(|error| Error::Input(format!("{}: {error}", shown(&path))))
    }

    /// Name in messages.
    pub fn name(&self, lang: Lang) -> String {
        match &self.folder {
            Some(folder) => spelled_out(&folder.to_string_lossy(), 300),
            None => lang.pick("自带政策", "carried policies").to_owned(),
        }
    }

    /// Whether a diagnostic is about one of the parts.
    pub fn concerns(&self, diagnostic: &Diagnostic) -> bool {
        if self.parts.is_empty() {
            return true;
        }
        let path = fs::canonicalize(&diagnostic.file.path).ok();
        path.is_some_and(|path| self.parts.iter().any(|part| path.starts_with(part)))
    }

    /// Whether a line about a policy, `id@edition …`, is about one of the
    /// parts.
    pub fn concerns_policy(&self, line: &str) -> bool {
        let address = line.split(' ').next().unwrap_or_default();
        let (id, edition) = address.split_once('@').unwrap_or((address, ""));
        self.parts.is_empty()
            || self.parts.iter().any(|part| {
                let files = [".toml", ".cases.toml"].map(|end| format!("{id}/{edition}{end}"));
                part.ends_with(id) || files.iter().any(|file| part.ends_with(file))
            })
    }
}

/// Finds the policies folder of a path, and the parts of it that are meant:
/// none for the whole folder, a shared file, a programme, or an edition with
/// its golden cases.
fn locate(path: &Path, lang: Lang) -> Result<(PathBuf, Vec<PathBuf>), Error> {
    let resolved = resolve(path)?;
    if resolved.is_dir() && is_policies(path) {
        return Ok((path.to_owned(), Vec::new()));
    }
    // Prefer the folder as the user wrote it; above that, use the canonical
    // path.
    let above = path.ancestors().skip(1).chain(resolved.ancestors().skip(1));
    let here = |folder: &Path| {
        if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
    };
    let folder = above.map(here).find(|folder| is_policies(folder));
    let wrong = |zh, en| Error::Input(format!("{}: {}", shown(path), lang.pick(zh, en)));
    let Some(folder) = folder else {
        return Err(wrong(
            "不在政策文件夹里（文件夹里要有 facts.toml）",
            "not in a policies folder, which holds facts.toml",
        ));
    };
    let root = resolve(&folder)?;
    let depth = resolved.strip_prefix(&root).map_or(0, |inner| inner.components().count());
    let shared = ["facts.toml", "sources.toml"].iter().any(|name| resolved == root.join(name));
    let edition = depth == 2 && resolved.extension().is_some_and(|end| end == "toml");
    let programme = depth == 1 && resolved.is_dir();
    if shared || programme || (edition && resolved.is_file()) {
        // An edition whose golden cases fail is wrong, so its cases belong to
        // it.
        let cases = resolved.with_extension("cases.toml");
        let parts = if edition { vec![resolved, cases] } else { vec![resolved] };
        return Ok((folder, parts));
    }
    Err(wrong(
        "不是政策文件（应为 facts.toml、sources.toml 或 <政策>/<版本>.toml）",
        "not a policy file: facts.toml, sources.toml or <programme>/<edition>.toml",
    ))
}

fn is_policies(folder: &Path) -> bool {
    folder.join("facts.toml").is_file()
}

fn resolve(path: &Path) -> Result<PathBuf, Error> {
    fs::canonicalize(path).map_err(|error| Error::Input(format!("{}: {error}", shown(path))))
}

fn shown(path: &Path) -> String {
    spelled_out(&path.to_string_lossy(), 300)
}
