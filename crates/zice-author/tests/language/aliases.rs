//! Names under which fields and choices are found in tables that are pasted.

use std::path::PathBuf;

use zice_author::Library;

const FACTS: &str = include_str!("facts.toml");

/// What is wrong with the dictionary once `old` is `new` in it.
fn wrong(old: &str, new: &str) -> Vec<String> {
    assert!(FACTS.contains(old), "{old}");
    let sources = "schema = \"zice.sources/1\"\nsource = []\n".to_owned();
    let texts = [("facts.toml", FACTS.replacen(old, new, 1)), ("sources.toml", sources)];
    match Library::from_texts(texts.map(|(path, text)| (PathBuf::from(path), text))) {
        Ok(_) => Vec::new(),
        Err(error) => error.diagnostics().iter().map(ToString::to_string).collect(),
    }
}

const DESIGN: &str = "en = \"design\"\n";
const LABEL: &str = "label = { zh = \"名称\", en = \"label\" }\n";

#[test]
fn a_field_and_a_choice_may_go_by_other_names() {
    let design = format!("{DESIGN}aliases = [\"外观设计\", \"{{企业名称}}\"]\n");
    assert_eq!(wrong(DESIGN, &design), [""; 0]);
    let label = format!("{LABEL}aliases = [\"专利名称\"]\n");
    assert_eq!(wrong(LABEL, &label), [""; 0]);
}

#[test]
fn one_name_does_not_stand_for_two_however_it_is_spelled() {
    for (old, alias) in [(DESIGN, " 发 明 "), (DESIGN, "Invention"), (LABEL, "“类别”：")] {
        let found = wrong(old, &format!("{old}aliases = [\"{alias}\"]\n"));
        assert!(found.iter().any(|it| it.contains("都叫")), "{alias}: {found:?}");
    }
}

#[test]
fn an_alias_says_something_new() {
    for alias in ["[\"外观\"]", "[\"外观设计\", \"外观 设计\"]"] {
        let found = wrong(DESIGN, &format!("{DESIGN}aliases = {alias}\n"));
        assert!(found.iter().any(|it| it.contains("已经是它的名称")), "{alias}: {found:?}");
    }
}
