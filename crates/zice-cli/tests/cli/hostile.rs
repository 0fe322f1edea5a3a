//! Tests company files that nobody should write and everybody will.

use std::{collections::HashSet, path::Path};

use serde_json::{Value, json};
use zice_policy::Library;
use zice_rules::dictionary::{Fact, Kind};

use crate::run::{assess, company, zice_fed};

fn dictionary() -> Vec<Fact> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    Library::load(&folder).expect("the policies of the product are right").dictionary.facts
}

/// Values that are no answer of this kind.
fn wrong(kind: Kind) -> Vec<Value> {
    let mut values = vec![json!("\u{0}"), json!([[1]]), json!({ "a": 1 })];
    match kind {
        Kind::Bool => values.extend([json!("true"), json!(1)]),
        Kind::Count | Kind::Points | Kind::Money | Kind::Rate => {
            values.extend([
                json!(true),
                json!("1e15"),
                json!("0.1234567"),
                json!("1,000"),
                json!(""),
            ]);
        }
        Kind::Whole => values.extend([json!(true), json!("1.5"), json!(-1), json!("NaN")]),
        Kind::Date => values.extend([json!("2023-02-29"), json!(20230101), json!("2023-1-1")]),
        Kind::Enum | Kind::EnumList => values.extend([json!(""), json!(["no such choice"])]),
        Kind::Text => values = vec![json!(1), json!(["x"]), json!({ "a": 1 })],
        Kind::List | Kind::Object => values = vec![json!(1), json!("x"), json!([1]), json!(true)],
    }
    values
}

#[test]
fn every_fact_refuses_every_value_of_a_wrong_kind_by_name() {
    let (mut places, mut input, mut kinds) = (Vec::new(), String::new(), HashSet::new());
    let mut add = |place: String, id: &str, value: Value| {
        places.push(place);
        input.push_str(&format!("{}\n", company(json!({ id: value }))));
    };
    for fact in &dictionary() {
        kinds.insert(format!("{:?}", fact.kind));
        for value in wrong(fact.kind) {
            let place = format!("facts.{}", fact.id);
            let value = if fact.yearly { json!({ "2022": value }) } else { value };
            add(place, &fact.id, value);
        }
        if fact.yearly {
            // Only some yearly facts may be given without a year.
            let undated = if fact.bare { json!("eins") } else { json!("1") };
            add(format!("facts.{}", fact.id), &fact.id, undated);
            add(format!("facts.{}.22", fact.id), &fact.id, json!({ "22": 1 }));
        }
        for field in fact.fields.iter().filter(|_| fact.kind == Kind::List) {
            kinds.insert(format!("{:?}", field.kind));
            for value in wrong(field.kind) {
                let place = format!("facts.{}[0].{}", fact.id, field.id);
                add(place, &fact.id, json!([{ field.id.clone(): value }]));
            }
        }
    }
    let run = zice_fed(&["assess", "--jsonl", "--policy", "tech-sme", "-"], input.as_bytes());
    assert_eq!(run.status, Some(2));
    let lines = run.json_lines();
    assert_eq!(lines.len(), places.len());
    for ((line, place), text) in lines.iter().zip(&places).zip(input.lines()) {
        let error = line["error"].as_str().unwrap_or_else(|| panic!("taken: {text}"));
        assert!(error.contains(place.as_str()), "{place} is not named: {error}");
    }
    assert!(kinds.len() >= 10, "a kind is not tried: {kinds:?}");
}

#[test]
fn files_that_are_no_object_are_refused() {
    for text in ["[]", "null", "1", "\"x\"", "true"] {
        assess(text).refused(&["JSON"]);
    }
}

#[test]
fn deep_nesting_is_refused_and_does_not_crash() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assess(&deep).refused(&["JSON"]);
        let inside = format!("{{\"schema\":\"zice.company/1\",\"facts\":{{\"ip\":{deep}}}}}");
        assess(&inside).refused(&["JSON"]);
        let lines = zice_fed(&["assess", "--jsonl", "-"], format!("{deep}\n").as_bytes());
        assert_eq!(lines.json_lines()[0]["line"], 1);
    }
}

#[test]
fn huge_and_tiny_numbers_are_refused_by_name_and_quickly() {
    let digits = "9".repeat(100_000);
    for number in ["1e15", "1e999999999", "1e-999999999", "1e99999999999999999999", "-1", &digits] {
        let text = format!(
            "{{\"schema\":\"zice.company/1\",\"facts\":{{\"revenue\":{{\"2022\":{number}}}}}}}"
        );
        assess(&text).refused(&["facts.revenue.2022"]);
    }
}

#[test]
fn the_largest_figures_there_are_can_be_assessed() {
    let most = "999999999999999.999999";
    let mut facts = serde_json::Map::new();
    for fact in dictionary().iter().filter(|it| it.kind == Kind::Money && it.yearly) {
        facts.insert(fact.id.clone(), json!({ "2022": most, "2021": "0.000001", "2020": most }));
    }
    let run = zice_fed(&["assess", "-"], company(Value::Object(facts)).to_string().as_bytes());
    assert_eq!(run.status, Some(0), "{run:?}");
}

#[test]
fn the_first_and_the_last_day_of_the_calendar_can_be_asked_for() {
    for day in ["0001-01-01", "9999-12-31"] {
        let run =
            zice_fed(&["assess", "--as-of", day, "-"], company(json!({})).to_string().as_bytes());
        assert_eq!(run.status, Some(0), "{run:?}");
    }
}

#[test]
fn of_a_key_given_twice_the_last_counts_as_in_every_browser() {
    let twice = r#"{"schema":"zice.company/1","as_of":"2020-01-01","as_of":"2023-08-01",
        "facts":{"sme_staff_total":501,"sme_staff_total":5}}"#;
    let report = assess(twice).json();
    assert_eq!(report["as_of"], "2023-08-01");
    assert_eq!(report, {
        let mut once = company(json!({ "sme_staff_total": 5 }));
        once["name"] = Value::Null;
        assess(once).json()
    });
}

#[test]
fn keys_nobody_knows_are_warned_about_wherever_they_stand() {
    let mut file = company(json!({ "ip": [{ "kind": "invention", "colour": "red" }] }));
    file["comment"] = json!({ "any": ["thing"] });
    let run = assess(file);
    assert_eq!(run.status, Some(0));
    let texts = run.json()["warnings"].to_string();
    assert!(texts.contains("comment") && texts.contains("ip[0].colour"), "{texts}");
}

#[test]
fn an_object_under_the_parsers_own_key_is_no_number() {
    assess(r#"{"schema": {"$serde_json::private::Number": "x"}}"#).refused(&["schema"]);
    let revenue = r#"{"2022": {"$serde_json::private::Number": "5"}}"#;
    let file = format!(r#"{{"schema": "zice.company/1", "facts": {{"revenue": {revenue}}}}}"#);
    assess(file).refused(&["facts.revenue.2022"]);
}

#[test]
fn a_name_from_the_file_can_not_command_the_terminal() {
    let run = assess(company(json!({ "revenue": { "\u{1b}[2J\u{202e}": 1 } })));
    run.refused(&["\\u{1b}[2J\\u{202e}"]);
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains('\u{202e}'));
}

#[test]
fn a_name_of_a_million_letters_does_not_fill_the_screen() {
    let run = assess(company(json!({ "revenue": { "x".repeat(1_000_000): 1 } })));
    run.refused(&["facts.revenue.xxx", "…"]);
    assert!(run.stderr.len() < 2000);
}

#[test]
fn a_file_without_end_is_refused() {
    let run = zice_fed(&["assess", "-"], &vec![b' '; 5 << 20]);
    run.refused(&["MiB"]);
}
