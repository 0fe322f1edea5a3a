//! Tests the invented companies of `tests/companies` under every programme: no
//! answer of theirs is refused, and what their README says about them is true.

use std::{fmt::Write as _, fs, path::PathBuf, sync::OnceLock};

use serde_json::{Value, json};
use zice_policy::Library;
use zice_rules::{
    Policy,
    dictionary::{Dictionary, Fact, Field, Kind},
};

use crate::run::zice_fed;

/// The only company that still has open questions.
const OPEN: &str = "estimates-2026";
/// The programmes in the columns of the README's table, in the order of the
/// page.
const PROGRAMMES: [&str; 5] = ["tech-sme", "hnte-zj", "aaa-zj", "new-material", "adjacent"];
/// The marks around the table in the README.
const TABLE: [&str; 2] = ["<!-- 结论：开始 -->\n", "<!-- 结论：结束 -->"];

/// An invented company with its reports.
pub struct Example {
    /// The file name without `.zice.json`.
    pub name: String,
    /// The content of the company file.
    pub file: Value,
    reports: Vec<Value>,
}

impl Example {
    /// The answer to a fact; `null` if there is none.
    pub fn fact(&self, id: &str) -> &Value {
        &self.file["facts"][id]
    }

    /// The year of application.
    pub fn year(&self) -> i32 {
        year_of(&self.file["as_of"])
    }

    fn report(&self, programme: &str) -> &Value {
        self.reports
            .iter()
            .find(|report| report["policy"]["id"] == programme)
            .unwrap_or_else(|| panic!("{}: no {programme}", self.name))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    let load = || Library::load(&root().join("policies")).expect("the policies");
    LIBRARY.get_or_init(load)
}

/// The year at the beginning of a date.
pub fn year_of(date: &Value) -> i32 {
    date.as_str().and_then(|it| it.get(..4)).and_then(|it| it.parse().ok()).expect("a date")
}

/// All companies sorted by name, assessed once for all tests.
pub fn examples() -> &'static [Example] {
    static ALL: OnceLock<Vec<Example>> = OnceLock::new();
    ALL.get_or_init(assessed)
}

fn assessed() -> Vec<Example> {
    let mut files: Vec<(String, Value)> = fs::read_dir(root().join("tests/companies"))
        .expect("the folder")
        .filter_map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name()?.to_str()?.strip_suffix(".zice.json")?.to_owned();
            let text = fs::read_to_string(&path).expect("a company file");
            Some((name, serde_json::from_str(&text).expect("JSON")))
        })
        .collect();
    files.sort_by(|one, other| one.0.cmp(&other.0));
    let lines: String = files.iter().map(|(_, file)| format!("{file}\n")).collect();
    let run = zice_fed(&["assess", "--jsonl", "-"], lines.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let answers = run.json_lines();
    assert_eq!(answers.len(), files.len());
    files
        .into_iter()
        .zip(answers)
        .map(|((name, file), answer)| {
            let reports = answer.as_array().unwrap_or_else(|| panic!("{name}: {answer}")).clone();
            Example { name, file, reports }
        })
        .collect()
}

#[test]
fn every_company_is_assessed_by_every_programme_without_a_problem() {
    let all = examples();
    assert_eq!(all.len(), 10);
    for one in all {
        let name = one.file["name"].as_str().expect("a name");
        assert!(name.ends_with("（虚构）"), "{name} could be taken for a real company");
        assert_eq!(one.reports.len(), PROGRAMMES.len(), "{}", one.name);
        for programme in PROGRAMMES {
            let report = one.report(programme);
            assert_eq!((&report["company"], &report["as_of"]), (&json!(name), &one.file["as_of"]));
            for warning in report["warnings"].as_array().expect("warnings") {
                let odd = [
                    "unknown_fact",
                    "established_after_application",
                    "figure_before_established",
                    "date_after_application",
                ]
                .iter()
                .any(|code| warning["code"] == **code);
                assert!(!odd, "{}, {programme}: {warning}", one.name);
            }
        }
    }
}

#[test]
fn the_companies_are_of_all_years_and_places_and_of_every_kind_of_verdict() {
    let all = examples();
    for year in 2023..=2026 {
        assert!(all.iter().any(|one| one.year() == year), "none applies in {year}");
    }
    let from = |prefix: &str| {
        let begins =
            |one: &&Example| one.fact("region").as_str().is_some_and(|it| it.starts_with(prefix));
        all.iter().filter(begins).count()
    };
    assert_eq!((all.len() - from("33"), from("3302")), (1, 1), "outside Zhejiang, in Ningbo");
    for (programme, verdicts) in [
        ("tech-sme", &["met", "not_met", "undecided"][..]),
        ("hnte-zj", &["met", "not_met", "needs_review", "undecided"]),
        ("aaa-zj", &["met", "not_met", "needs_review", "undecided"]),
        ("new-material", &["met", "not_met", "needs_review", "undecided", "not_applicable"]),
        ("adjacent", &["hint"]),
    ] {
        for verdict in verdicts {
            assert!(
                all.iter().any(|one| one.report(programme)["verdict"] == *verdict),
                "{programme}: none is {verdict}"
            );
        }
    }
}

#[test]
fn nothing_that_a_programme_asks_is_left_open_by_a_company_that_is_complete() {
    let library = library();
    for one in examples() {
        let mut open = Vec::new();
        for programme in PROGRAMMES {
            let report = one.report(programme);
            let policy = policy_of(library, report);
            for missing in unanswered(&library.dictionary, policy, one) {
                open.push(format!("{programme} asks {missing}"));
            }
            for question in report["next_questions"].as_array().expect("questions") {
                open.push(format!("{programme} waits for {question}"));
            }
            for criterion in report["criteria"].as_array().expect("criteria") {
                if criterion["status"] == "unknown" {
                    open.push(format!("{programme}: {} is unknown", criterion["id"]));
                }
            }
        }
        assert_eq!(open.is_empty(), one.name != OPEN, "{}: {open:#?}", one.name);
    }
}

#[test]
fn no_company_answers_what_no_programme_of_its_day_asks() {
    let library = library();
    let facts = &library.dictionary.facts;
    for one in examples() {
        let policies = PROGRAMMES.map(|programme| policy_of(library, one.report(programme)));
        let asks = |fact: usize| policies.iter().any(|policy| policy.asks().contains(&fact));
        let uses =
            |fact: usize, at: usize| policies.iter().any(|policy| policy.uses_field(fact, at));
        let mut idle = Vec::new();
        for (id, answer) in one.file["facts"].as_object().expect("facts") {
            let fact = facts.iter().position(|fact| fact.id == *id).expect("a fact");
            // A question whether a list is complete is asked with that list.
            let beside = facts.iter().any(|list| list.complete.as_ref() == Some(id));
            if !asks(fact) && !beside {
                idle.push(id.clone());
            }
            for entry in answer.as_array().into_iter().flatten().filter_map(Value::as_object) {
                for key in entry.keys() {
                    let fields = &facts[fact].fields;
                    let at = fields.iter().position(|field| field.id == *key).expect("a field");
                    // The name of an entry is always asked, whatever the rules.
                    if !uses(fact, at) && fields[at].kind != Kind::Text {
                        idle.push(format!("{id}: {key}"));
                    }
                }
            }
        }
        assert_eq!(idle, [""; 0], "{}", one.name);
    }
}

#[test]
fn the_table_of_verdicts_in_their_readme_is_what_zice_assess_says() {
    let readme = fs::read_to_string(root().join("tests/companies/README.md")).expect("the README");
    let [begin, end] = TABLE;
    let (_, rest) = readme.split_once(begin).expect("the table begins");
    let (table, _) = rest.split_once(end).expect("the table ends");
    let all = examples();
    let expected = table_of(all);
    assert_eq!(table, expected, "the table should read:\n{expected}");
    for one in all {
        let entry = format!("- [{0}]({0}.zice.json)：**{1}**", one.name, one.file["name"]);
        assert!(readme.contains(&entry.replace('"', "")), "not described: {entry}");
    }
}

fn policy_of<'l>(library: &'l Library, report: &Value) -> &'l Policy {
    let policy = &report["policy"];
    let is_it = |it: &&Policy| policy["id"] == it.id && policy["edition"] == it.edition;
    library.policies.iter().find(is_it).expect("the policy of the report")
}

/// Whether the answer says of a document that it lacks a part. Then its other
/// parts do not matter.
fn lacks_a_part(paper: &Value) -> bool {
    paper.as_object().is_some_and(|parts| parts.values().any(|part| part == ""))
}

/// Lists what the policy looks at without an answer by the company.
fn unanswered(dictionary: &Dictionary, policy: &Policy, one: &Example) -> Vec<String> {
    let founded = year_of(one.fact("established_on"));
    let mut missing = Vec::new();
    for index in policy.asks() {
        let fact = &dictionary.facts[index];
        let id = &fact.id;
        let answer = one.fact(id);
        if may_stay_empty(fact, one) && answer.is_null() {
            continue;
        }
        let mut entries = Vec::new();
        if fact.yearly {
            let years = policy.years_of(index).into_iter().map(|it| one.year() + i32::from(it));
            // A figure given without a year is last year's.
            let bare = fact.bare && (!answer.is_object() || !answer["min"].is_null());
            let said = |year: &i32| bare && !answer.is_null() && *year == one.year() - 1;
            for year in years.filter(|year| *year >= founded && !said(year)) {
                let answer = &answer[year.to_string()];
                if fact.sides.is_empty() && answer.is_null() {
                    missing.push(format!("{id}.{year}"));
                }
                for side in &fact.sides {
                    entries.push((format!("{id}.{year}.{}", side.id), &answer[&side.id]));
                }
            }
        } else if answer.is_null() {
            missing.push(id.clone());
        } else if fact.kind == Kind::List {
            let list = answer.as_array().expect("a list");
            entries.extend(list.iter().enumerate().map(|(at, it)| (format!("{id}[{at}]"), it)));
        } else if fact.kind == Kind::Object && !lacks_a_part(answer) {
            entries.push((id.clone(), answer));
        }
        for (place, entry) in entries {
            for (at, field) in fact.fields.iter().enumerate() {
                let asked = policy.uses_field(index, at) && !field_may_stay_empty(field, entry);
                if asked && entry[&field.id].is_null() {
                    missing.push(format!("{place}.{}", field.id));
                }
            }
        }
    }
    missing
}

/// Whether the dictionary itself tells this company to leave the question out.
fn may_stay_empty(fact: &Fact, one: &Example) -> bool {
    match fact.id.as_str() {
        "branch_independent" => one.fact("entity_kind") != "branch",
        "institution_as_enterprise" => one.fact("entity_kind") != "public_institution",
        "hnte_certificate_expires_on" => one.fact("hnte_certificate_valid") == false,
        _ => false,
    }
}

/// Whether the field may be left out for this entry, as the dictionary says or
/// because it has a default.
fn field_may_stay_empty(field: &Field, entry: &Value) -> bool {
    match field.id.as_str() {
        "granted_on" => entry["status"] == "pending",
        "qualification_until" => entry["qualification_held"] == false,
        _ => field.default.is_some(),
    }
}

/// The README's table as the reports would have it.
fn table_of(all: &[Example]) -> String {
    let mut table = String::from(
        "\n| 企业 | 申报日 | `tech-sme` | `hnte-zj` | `aaa-zj` | `new-material` | `adjacent` |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for one in all {
        let day = one.file["as_of"].as_str().expect("a day");
        write!(table, "| {} | {day} |", one.name).expect("text");
        for programme in PROGRAMMES {
            write!(table, " {} |", cell(one.report(programme))).expect("text");
        }
        table.push('\n');
    }
    table.push('\n');
    table
}

fn cell(report: &Value) -> String {
    let mut parts = vec![match report["verdict"].as_str().expect("a verdict") {
        "met" => "符合".to_owned(),
        "not_met" => "不符合".to_owned(),
        "needs_review" => "待人工判断".to_owned(),
        "undecided" => "尚不能确定".to_owned(),
        "not_applicable" => "不涉及".to_owned(),
        _ => {
            let criteria = report["criteria"].as_array().expect("criteria");
            let met = criteria.iter().filter(|one| one["status"] == "met").count();
            format!("{met} 条可以去问")
        }
    }];
    let score = |end: &str| report["score"][end].as_str().map(str::to_owned);
    if let (Some(min), Some(max)) = (score("min"), score("max")) {
        parts.push(if min == max { format!("{min} 分") } else { format!("{min}–{max} 分") });
    }
    parts.extend(report["route"].as_str().map(|route| format!("`{route}`")));
    parts.push(format!("{} 版", report["policy"]["edition"].as_str().expect("an edition")));
    parts.join("，")
}
