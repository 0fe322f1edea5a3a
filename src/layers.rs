//! The folders of `src` are layers one above another: an import points down, or
//! stays in its layer.

use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// The layers, the lowest first. Above them are the files of `src` itself.
const LAYERS: [&str; 6] = ["words", "ui", "page", "browser", "parts", "screens"];

/// How high a layer is.
fn height(layer: &str) -> usize {
    LAYERS.iter().position(|it| *it == layer).unwrap_or(LAYERS.len())
}

/// Ways to write an import that hide which layer it comes from.
const HIDDEN: [&str; 2] = ["super::super", "crateas"];

/// What a file imports from above: other layers, and in `ui`, which is without the
/// session, the session's crate.
fn pointing_up(file: &Path, text: &str) -> Vec<String> {
    let layer = file.iter().next().and_then(|it| it.to_str()).unwrap_or("");
    let code = code_of(text);
    let imported = imports(&code);
    let up = imported.iter().filter(|it| height(it) > height(layer));
    let mut wrong: Vec<String> = up.map(|it| format!("crate::{it}")).collect();
    wrong.extend(HIDDEN.iter().filter(|it| code.contains(**it)).map(ToString::to_string));
    if layer == "ui" && code.contains("zice_session") {
        wrong.push("zice_session".to_owned());
    }
    wrong.into_iter().map(|it| format!("  {}: {it}", file.display())).collect()
}

/// The text without comments and blanks.
fn code_of(text: &str) -> String {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

/// The first name behind every `crate::`, also in braces.
fn imports(code: &str) -> Vec<String> {
    let name = |path: &str| {
        path.split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned)
    };
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            found.extend(name(rest));
            continue;
        };
        // A name at the front of a list, or behind a comma that is in no inner
        // braces: what stands in those belongs to the name before them.
        let mut depth = 1;
        found.extend(name(list));
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => found.extend(name(&list[at + 1..])),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

#[test]
fn no_import_points_up() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("a file of src");
        // This file names what it looks for.
        let own = entry.path().ends_with("layers.rs");
        if !own && entry.path().extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(entry.path()).expect("a text");
            let file = entry.path().strip_prefix(&root).expect("a path below src");
            wrong.extend(pointing_up(file, &text));
        }
    }
    assert!(wrong.is_empty(), "see ARCHITECTURE.md, `src`:\n{}", wrong.join("\n"));
}

#[test]
fn an_import_that_points_up_is_found_in_every_form() {
    let text = "use crate::{\n ui::dom::{tag, text},\n screens::report,\n words,\n};\n";
    assert_eq!(pointing_up(Path::new("parts/verdict.rs"), text).len(), 1);
    let up = |text: &str| pointing_up(Path::new("page/mod.rs"), text).len();
    assert_eq!(up("use crate::screens;"), 1);
    assert_eq!(up("let it = crate::parts::verdict::verdict(session);"), 1);
    assert_eq!(up("use crate::words::{self, Word};\n// crate::screens\n"), 0);
    assert_eq!(up("use crate::root_element;"), 1);
    assert_eq!(up("use super::super::screens::report;"), 1);
    assert_eq!(up("use crate as root;\nuse root::screens;"), 1);
    assert_eq!(up("use zice_session::Session;"), 0);
    assert_eq!(pointing_up(Path::new("ui/dom.rs"), "use zice_session::Session;").len(), 1);
    assert_eq!(pointing_up(Path::new("app.rs"), text).len(), 0);
}
