//! A small world for these tests: short policies over a dictionary with a fact
//! of every kind.

use std::path::PathBuf;

use serde_json::{Value, json};
use zice_policy::{Error, Library};
use zice_report::{self as report, Report};
use zice_rules::{Assessment, Company, Date, Lang, Policy, assess, company::Problem};

/// The dictionary, `facts.toml`.
const FACTS: &str = include_str!("facts.toml");
/// The sources, with the only one that policies cite.
const SOURCES: &str = r#"
schema = "zice.sources/1"
[[source]]
id = "s"
number = "示〔2023〕1号"
title = { zh = "示例办法", en = "Demo measures" }
issuer = { zh = "示例部", en = "Ministry of Examples" }
"#;
/// A citation of that source.
pub const CITES: &str = r#"cites = [{ source = "s", confidence = "official" }]"#;
/// Keys that every edition must have itself.
pub const OWN: &str = "checked_on = \"2023-01-01\"\nreview_by = \"2023-12-31\"\n";
/// Keys that an edition may inherit.
pub const WORDS: &str = r#"
title = { zh = "示例", en = "Demo" }
summary = { zh = "示例。", en = "A demo." }
authority = { zh = "示例部", en = "Ministry of Examples" }
platform = { zh = "示例平台", en = "Demo platform" }
minutes = 1
"#;

/// A policy file for 2023 that extends nothing: keys at the top, then tables.
pub fn policy(top: &str, tables: &str) -> String {
    edition("2023", &format!("{WORDS}{top}"), tables)
}

/// A policy file for a year, which may extend another.
pub fn edition(year: &str, top: &str, tables: &str) -> String {
    format!(
        "schema = \"zice.policy/1\"\nid = \"demo\"\nedition = \"{year}\"\n{OWN}{top}\n[window]\nyear = {year}\n{tables}"
    )
}

/// A criterion of a kind with a rule.
pub fn criterion(id: &str, kind: &str, rule: &str) -> String {
    format!(
        "\n[[criterion]]\nid = \"{id}\"\nkind = \"{kind}\"\ntitle = {{ zh = \"条件{id}\", en = \"Title {id}\" }}\nwords = {{ zh = \"规则{id}。\", en = \"Rule {id}.\" }}\n{rule}\n{CITES}\n"
    )
}

/// A gate with a condition.
pub fn gate(id: &str, when: &str) -> String {
    criterion(id, "gate", &format!("when = \"{when}\""))
}

/// An item of another kind, such as a caution or benefit.
pub fn item(table: &str, id: &str, rest: &str) -> String {
    format!("\n[[{table}]]\nid = \"{id}\"\n{rest}\n{CITES}\n")
}

/// A text in both languages.
pub fn text(key: &str, zh: &str) -> String {
    format!("{key} = {{ zh = \"{zh}\", en = \"English {zh}\" }}\n")
}

/// Loads these files together with the dictionary and sources, or in their
/// place.
pub fn load(files: &[(&str, String)]) -> Result<Library, Error> {
    let all = [("facts.toml", FACTS.to_owned()), ("sources.toml", SOURCES.to_owned())];
    let all = all.into_iter().filter(|(name, _)| files.iter().all(|(own, _)| own != name));
    let all = all.chain(files.iter().cloned());
    Library::from_texts(all.map(|(path, text)| (PathBuf::from(path), text)))
}

/// Loads a policy for 2023, which must be correct.
pub fn library(text: &str) -> Library {
    load(&[("demo/2023.toml", text.to_owned())]).unwrap_or_else(|error| panic!("{error}"))
}

/// The mistakes in these files, as they are shown.
pub fn wrong(files: &[(&str, String)]) -> Vec<String> {
    match load(files) {
        Ok(_) => Vec::new(),
        Err(error) => error.diagnostics().iter().map(ToString::to_string).collect(),
    }
}

/// A company file with 1 August 2023 as day of application.
pub fn file(facts: Value) -> Value {
    json!({ "schema": "zice.company/1", "as_of": "2023-08-01", "facts": facts })
}

/// Reads a company, which must be correct.
pub fn company(library: &Library, facts: Value) -> Company {
    let (company, problems) = read(library, facts);
    assert!(problems.is_empty(), "{}", problems[0]);
    company
}

/// Reads a company, and lists its problems.
pub fn read(library: &Library, facts: Value) -> (Company, Vec<Problem>) {
    Company::from_value(&file(facts), &library.dictionary, Date::MIN)
}

/// The report on a company, in Chinese.
pub fn report(library: &Library, facts: Value) -> Report {
    let company = company(library, facts);
    let assessment = assess(&library.policies[0], &company).expect("an assessment");
    Report::new(&assessment, &library.dictionary, Lang::Zh).expect("a report")
}

/// Ids of the facts worth asking for.
pub fn asked(library: &Library, assessment: &Assessment<'_>) -> Vec<String> {
    let questions = assessment.questions().expect("questions");
    questions.iter().map(|one| library.dictionary.facts[one.fact].id.clone()).collect()
}

/// The criterion with this id in a report.
pub fn line<'r>(report: &'r Report, id: &str) -> &'r report::CriterionReport {
    report.criteria.iter().find(|one| one.id == id).unwrap_or_else(|| panic!("no {id}"))
}

/// The only policy of a library.
pub fn only(library: &Library) -> &Policy {
    &library.policies[0]
}

/// The status of a gate with this condition, in a policy that does not depend
/// on it.
pub fn status(formula: &str, facts: Value) -> &'static str {
    let library = library(&policy(
        "verdict = \"居民企业\"",
        &format!("{}{}", gate("c", formula), gate("resident", "居民企业")),
    ));
    line(&report(&library, facts), "c").status.name()
}

/// The value of a number: `7`, `3..5`, `3..` or `undefined`.
pub fn value(formula: &str, facts: Value) -> String {
    let indicator = item(
        "indicator",
        "n",
        &format!(
            "title = {{ zh = \"数\", en = \"n\" }}\nwords = {{ zh = \"数。\", en = \"n.\" }}\nbetter = \"neither\"\nvalue = \"{formula}\""
        ),
    );
    let tables = format!("{}{indicator}", gate("resident", "居民企业"));
    let library = library(&policy("verdict = \"居民企业\"", &tables));
    figure(&report(&library, facts).indicators[0].values[0])
}

/// The value of an indicator, in the same form.
pub fn figure(figure: &report::IndicatorFigure) -> String {
    let Some(observed) = &figure.observed else { return "undefined".to_owned() };
    let end = |end: &Option<String>| end.clone().unwrap_or_default();
    let (min, max) = (end(&observed.min), end(&observed.max));
    if min == max && !min.is_empty() { min } else { format!("{min}..{max}") }
}
