//! Tests policies that judge the entries of a list one by one.

use serde_json::{Value, json};
use zice_policy::Library;
use zice_report::Report;

use crate::world::{figure, gate, item, library, policy, report, text};

const EACH: &str = "\n[each]\nlist = \"材料\"\nid = \"material\"\nname = \"材料名称\"\n";

/// A policy that asks for a material of 100 yuan or more, from a resident
/// enterprise.
fn insured(more: &str) -> Library {
    let tables =
        format!("{EACH}{}{}{more}", gate("sum", "保额 >= 100元"), gate("resident", "居民企业"));
    library(&policy("verdict = \"sum 且 resident\"", &tables))
}

/// The id, entry and status of every line.
fn lines(report: &Report) -> Vec<(&str, Option<&str>, &str)> {
    let lines = report.criteria.iter();
    lines.map(|one| (one.id.as_str(), one.group.as_deref(), one.status.name())).collect()
}

#[test]
fn every_entry_has_its_lines_and_the_best_one_counts() {
    let facts =
        json!({ "resident": true, "materials": [{ "label": "甲", "sum": 99 }, { "sum": 100 }] });
    let report = report(&insured(""), facts);
    assert_eq!(
        lines(&report),
        [
            ("material[0].sum", Some("甲"), "not_met"),
            ("material[0].resident", Some("甲"), "met"),
            ("material[1].sum", Some("2"), "met"),
            ("material[1].resident", Some("2"), "met"),
        ]
    );
    assert_eq!((report.verdict.name(), report.next_questions.len()), ("met", 0));
}

/// The verdict and the questions.
fn said(library: &Library, facts: Value) -> (&'static str, Vec<String>) {
    let report = report(library, facts);
    (report.verdict.name(), report.next_questions)
}

fn asks(verdict: &'static str, questions: &[&str]) -> (&'static str, Vec<String>) {
    (verdict, questions.iter().map(|id| (*id).to_owned()).collect())
}

#[test]
fn of_a_list_that_was_not_given_one_entry_stands_for_all() {
    let library = insured("");
    let report = report(&library, json!({}));
    assert_eq!(
        lines(&report),
        [("material[0].sum", None, "unknown"), ("material[0].resident", None, "unknown")]
    );
    assert_eq!(said(&library, json!({})), asks("undecided", &["resident", "materials"]));
    assert_eq!(said(&library, json!({ "resident": true })), asks("undecided", &["materials"]));
    // No material can mend that, but the list may turn out empty, and then
    // nothing applies.
    assert_eq!(said(&library, json!({ "resident": false })), asks("undecided", &["materials"]));
    let one = json!({ "resident": false, "materials": [{}], "materials_complete": false });
    assert_eq!(said(&library, one), asks("not_met", &[]));
}

#[test]
fn an_empty_list_is_not_applicable_and_has_no_lines_papers_or_days() {
    let library = insured("");
    let empty = json!({ "resident": true, "materials": [] });
    assert_eq!(lines(&report(&library, empty.clone())), []);
    assert_eq!(said(&library, empty), asks("not_applicable", &[]));
    // An empty list decides, whatever else is known.
    for others in [json!({ "materials": [] }), json!({ "resident": false, "materials": [] })] {
        assert_eq!(said(&library, others), asks("not_applicable", &[]));
    }
    let paper = item("evidence", "form", &format!("always = true\n{}", text("title", "申请书")));
    let day =
        item("milestone", "filing", &format!("date = \"2023-12-31\"\n{}", text("what", "申报")));
    let caution = item("caution", "always", &text("text", "注意"));
    let library = insured(&[paper, day, caution].concat());
    let told = |facts| {
        let report = report(&library, facts);
        let cautions = report.warnings.iter().filter(|it| it.code == "always").count();
        (report.papers.len(), report.calendar.len(), cautions)
    };
    assert_eq!(told(json!({})), (1, 1, 1));
    assert_eq!(told(json!({ "materials": [] })), (0, 0, 0));
    // An empty list that is said to be incomplete counts as not given.
    let begun = json!({ "resident": true, "materials": [], "materials_complete": false });
    assert_eq!(said(&library, begun.clone()), asks("undecided", &["materials"]));
    assert_eq!(lines(&report(&library, begun))[0], ("material[0].sum", None, "unknown"));
}

#[test]
fn a_list_that_is_not_complete_is_asked_for_while_one_more_could_pass() {
    let library = insured("");
    let begun = |resident: Value, sum: u32| {
        json!({
            "resident": resident, "materials": [{ "sum": sum }], "materials_complete": false
        })
    };
    assert_eq!(said(&library, begun(json!(true), 99)), asks("undecided", &["materials"]));
    assert_eq!(said(&library, begun(json!(true), 100)), asks("met", &[]));
    assert_eq!(said(&library, begun(json!(false), 99)), asks("not_met", &[]));
    let open = said(&library, begun(json!(null), 99));
    assert_eq!(open, asks("undecided", &["resident", "materials"]));
    // An entry that may still be added has no lines yet.
    assert_eq!(report(&library, begun(json!(true), 99)).criteria.len(), 2);
}

#[test]
fn what_an_entry_leaves_open_is_asked_of_its_list() {
    let library = insured("");
    let open = |materials| json!({ "resident": true, "materials": materials });
    assert_eq!(said(&library, open(json!([{ "sum": 99 }, {}]))), asks("undecided", &["materials"]));
    let guess = json!([{ "sum": { "min": 99, "max": 100 } }]);
    assert_eq!(said(&library, open(guess)), asks("undecided", &["materials"]));
    assert_eq!(said(&library, open(json!([{ "sum": 99 }]))), asks("not_met", &[]));
}

#[test]
fn an_entry_for_a_person_is_better_than_none() {
    let library = library(&policy(
        "verdict = \"novel\"",
        &format!("{EACH}{}", gate("novel", "人工(新材料)")),
    ));
    let of = |materials| said(&library, json!({ "materials": materials }));
    assert_eq!(of(json!([{ "novel": false }])), asks("not_met", &[]));
    assert_eq!(of(json!([{ "novel": false }, { "novel": true }])), asks("needs_review", &[]));
    // The second entry can at best need a person too.
    assert_eq!(of(json!([{ "novel": true }, {}])), asks("needs_review", &[]));
    assert_eq!(of(json!([{ "novel": false }, {}])), asks("undecided", &["materials"]));
}

#[test]
fn whether_a_field_of_an_entry_to_come_will_be_said_is_open() {
    let library = library(&policy(
        "verdict = \"named\"",
        &format!("{EACH}{}", gate("named", "已填(材料名称)")),
    ));
    assert_eq!(said(&library, json!({})), asks("undecided", &["materials"]));
    assert_eq!(said(&library, json!({ "materials": [{}] })), asks("undecided", &["materials"]));
    assert_eq!(said(&library, json!({ "materials": [{ "label": "" }] })), asks("not_met", &[]));
    assert_eq!(said(&library, json!({ "materials": [{ "label": "甲" }] })), asks("met", &[]));
}

/// An indicator of 保额 × 保费率 for every material.
fn premium() -> String {
    let rest = format!(
        "{}{}better = \"lower\"\nvalue = \"保额 * 保费率\"",
        text("title", "保费"),
        text("words", "保额乘费率")
    );
    item("indicator", "premium", &rest)
}

#[test]
fn an_indicator_is_calculated_for_every_entry() {
    let library = insured(&premium());
    let materials = json!([
        { "label": "甲", "sum": "1000", "share": "0.015" },
        { "sum": 200, "share": { "min": "0.01", "max": "0.02" } },
    ]);
    let report = report(&library, json!({ "materials": materials }));
    let shown: Vec<(&str, Option<&str>, String)> = report
        .indicators
        .iter()
        .map(|one| (one.id.as_str(), one.group.as_deref(), figure(&one.values[0])))
        .collect();
    assert_eq!(
        shown,
        [
            ("material[0].premium", Some("甲"), "15".to_owned()),
            ("material[1].premium", Some("2"), "2..4".to_owned()),
        ]
    );
    // A material about which nothing is known: 0 or more.
    let blank = crate::world::report(&library, json!({}));
    assert_eq!(figure(&blank.indicators[0].values[0]), "0..");
    assert_eq!(crate::world::report(&library, json!({ "materials": [] })).indicators, []);
}

#[test]
fn cautions_and_papers_speak_up_for_any_entry_and_for_the_company() {
    let caution = |id: &str, when: &str| {
        item("caution", id, &format!("when = \"{when}\"\n{}", text("text", id)))
    };
    let paper = item(
        "evidence",
        "appraisal",
        &format!("when = \"新材料\"\n{}{}", text("title", "鉴定"), text("because", "新材料")),
    );
    let more = format!(
        "{}{}{}{paper}",
        caution("large", "保额 > 500元"),
        caution("many", "计数(材料, 保额 >= 100元) >= 2项"),
        caution("foreign", "非 居民企业"),
    );
    let library = insured(&more);
    let of = |facts| {
        let report = report(&library, facts);
        let codes: Vec<String> = report
            .warnings
            .into_iter()
            .map(|warning| warning.code)
            .filter(|code| ["large", "many", "foreign"].contains(&code.as_str()))
            .collect();
        let papers: Vec<String> = report.papers.into_iter().map(|paper| paper.id).collect();
        (codes, papers)
    };
    let none: Vec<String> = Vec::new();
    let one = |id: &str| vec![id.to_owned()];
    let large = json!({ "materials": [{ "sum": 5 }, { "sum": 501, "novel": false }] });
    assert_eq!(of(large), (one("large"), none.clone()));
    let two = json!({ "materials": [{ "sum": 100, "novel": true }, { "sum": 100 }] });
    assert_eq!(of(two), (one("many"), one("appraisal")));
    // A caution about the company alone needs no entry.
    for materials in [json!(null), json!([{}])] {
        let facts = json!({ "resident": false, "materials": materials });
        assert_eq!(of(facts), (one("foreign"), none.clone()), "{materials}");
    }
    assert_eq!(of(json!({})), (none.clone(), none.clone()));
    // Without anything to apply for, there is nothing to be cautious about.
    assert_eq!(of(json!({ "resident": false, "materials": [] })), (none.clone(), none));
}
