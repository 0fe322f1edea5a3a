//! Imports between the modules of a crate point one way wherever a folder is
//! concerned: whoever reads a folder need not have read what builds on it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("a file").path()).collect()
}

/// Returns the code of a file or of all files of a folder, without blanks,
/// comments and tests.
fn code(path: &Path) -> String {
    if path.is_dir() {
        return entries(path).iter().map(|inner| code(inner)).collect();
    }
    if path.ends_with("tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(path).expect("a text");
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

fn words(path: &str) -> impl Iterator<Item = &str> {
    path.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Returns the first name behind every `crate::`, also in braces.
fn imports(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            found.extend(words(rest).next());
            continue;
        };
        let mut depth = 0_usize;
        let inner = |c: char| {
            depth = if c == '{' { depth + 1 } else { depth.saturating_sub(usize::from(c == '}')) };
            c == ',' && depth == 0
        };
        let end = list.find(';').unwrap_or(list.len());
        found.extend(list[..end].split(inner).filter_map(|path| words(path).next()));
    }
    found
}

/// Returns the folders of a crate that are imported by something they import,
/// each with the way that leads back to it.
fn circles(src: &Path) -> Vec<String> {
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    let is_root = |path: &PathBuf| path.ends_with("lib.rs") || path.ends_with("main.rs");
    let (roots, modules): (Vec<_>, Vec<_>) = entries(src).into_iter().partition(is_root);
    let root: String = roots.iter().map(|path| code(path)).collect();
    // What the crate hands on belongs to the module that it comes from.
    let handed_on = |wanted: &str| {
        let mut uses = root.split("pubuse").skip(1).filter_map(|it| it.split(';').next());
        uses.find(|path| words(path).any(|word| word == wanted)).and_then(|it| words(it).next())
    };
    let imported = |path: &PathBuf| {
        let code = code(path).replace("super::super::", "crate::");
        let names = imports(&code).into_iter().map(|it| handed_on(it).unwrap_or(it).to_owned());
        (name(path), names.filter(|it| *it != name(path)).collect::<BTreeSet<_>>())
    };
    let imports: BTreeMap<_, _> = modules.iter().map(imported).collect();
    let mut found = Vec::new();
    for folder in modules.iter().filter(|path| path.is_dir()).map(|path| name(path)) {
        let mut seen = BTreeSet::new();
        let mut ways = vec![vec![folder.clone()]];
        while let Some(way) = ways.pop() {
            for next in way.last().and_then(|last| imports.get(last)).into_iter().flatten() {
                let way: Vec<_> = way.iter().chain([next]).cloned().collect();
                if *next == folder {
                    found.push(format!("  {}: {}", src.display(), way.join(" -> ")));
                } else if seen.insert(next.clone()) {
                    ways.push(way);
                }
            }
        }
    }
    found
}

#[test]
fn no_folder_is_imported_by_what_it_imports() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates");
    let sources = entries(crates).into_iter().map(|it| it.join("src")).filter(|it| it.is_dir());
    let found: Vec<String> = sources.flat_map(|src| circles(&src)).collect();
    assert!(found.is_empty(), "imports that lead back to their folder:\n{}", found.join("\n"));
}

#[test]
fn an_import_is_found_in_every_form() {
    let code = "usecrate::{a::{b,c},d,e::f};letx=crate::g::h();usecrate::{i,};";
    assert_eq!(imports(code), ["a", "d", "e", "g", "i"]);
}
