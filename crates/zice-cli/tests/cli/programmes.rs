//! Tests `zice assess` with programmes that are not a list of gates: materials
//! judged one by one, hints, and all programmes at once.

use serde_json::{Value, json};

use crate::run::{Run, company, zice_fed};

/// Assesses by one policy, or by all if none is given.
fn assess(policy: Option<&str>, facts: Value) -> Run {
    let mut arguments = vec!["assess"];
    arguments.extend(policy.iter().flat_map(|policy| ["--policy", policy]));
    arguments.push("-");
    let run = zice_fed(&arguments, company(facts).to_string().as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    run
}

/// The criterion with this id in a report.
fn line<'r>(report: &'r Value, id: &str) -> &'r Value {
    let criteria = report["criteria"].as_array().expect("criteria");
    criteria.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

/// A material insured from 1 June 2022 for 50 million yuan, with a contract
/// over a fifth of that. The premium at 3 % is 1.5 million, of which 80 % are
/// 1.2 million.
fn material(name: &str, insured: &str) -> Value {
    json!({
        "name": name, "catalogue": ["2021"], "serial": 100, "spec_met": true,
        "policy_start_on": "2022-06-01", "insured_amount": insured,
        "contract_amount": "10000000", "premium_paid": "1500000", "premium_rate": "0.03",
        "insurer_filed": true, "direct_use_by_buyer": true, "buyer_affiliated": false,
        "buyer_is_trader": false, "subsidised_before": false, "in_insured_first_set": false
    })
}

#[test]
fn materials_are_judged_one_by_one() {
    let affiliated = {
        let mut one = material("", "50000000");
        one["buyer_affiliated"] = json!(true);
        one
    };
    let facts = json!({ "materials": [material("甲材料", "50000000"), affiliated] });
    let report = assess(Some("new-material@2023"), facts).json();
    assert_eq!(report["verdict"], "met");
    assert_eq!(report["next_questions"], json!([]));
    let (first, second) =
        (line(&report, "material[0].not_affiliated"), line(&report, "material[1].not_affiliated"));
    assert_eq!((&first["status"], &first["group"]), (&json!("met"), &json!("甲材料")));
    // An entry without a name is called by its number.
    assert_eq!((&second["status"], &second["group"]), (&json!("not_met"), &json!("2")));
    let criteria = report["criteria"].as_array().expect("criteria");
    let of = |entry: &str| {
        criteria
            .iter()
            .filter(|one| one["id"].as_str().is_some_and(|id| id.starts_with(entry)))
            .count()
    };
    assert_eq!(of("material[0]."), of("material[1]."));
    assert_eq!(of("material["), criteria.len());
    let subsidy = &report["indicators"][0];
    assert_eq!(subsidy["id"], "material[0].subsidy_estimate");
    assert_eq!(subsidy["group"], "甲材料");
    let observed = json!({ "min": "1200000", "max": "1200000", "unit": "yuan" });
    assert_eq!(subsidy["values"][0]["observed"], observed);
    // An indicator says which direction is better, but has no status.
    assert_eq!(subsidy["better"], "neither");
    assert_eq!(subsidy["values"][0].get("year"), None);
    assert_eq!(subsidy.get("status"), None);
}

#[test]
fn without_materials_one_line_stands_for_all_and_an_empty_list_has_none() {
    let report = assess(Some("new-material@2023"), json!({})).json();
    assert_eq!(report["verdict"], "undecided");
    assert_eq!(line(&report, "material[0].insured_amount")["status"], "unknown");
    assert_eq!(line(&report, "material[0].insured_amount").get("group"), None);
    assert_eq!(report["next_questions"], json!(["materials"]));
    let none = assess(Some("new-material@2023"), json!({ "materials": [] })).json();
    assert_eq!((&none["verdict"], &none["criteria"]), (&json!("not_applicable"), &json!([])));
    assert_eq!(none.get("indicators"), None);
}

#[test]
fn hints_have_no_verdict_but_hint_and_ask_nothing() {
    // R&D is 6 % of revenue and 20 % higher than the year before.
    let facts = json!({
        "region": "330502", "revenue": { "2022": "20000000" },
        "rd_expense_deduct": { "2021": "1000000", "2022": "1200000" }
    });
    let report = assess(Some("adjacent@2023"), facts).json();
    assert_eq!(report["verdict"], "hint");
    assert_eq!(report["next_questions"], json!([]));
    assert_eq!((&report["route"], &report["score"]), (&Value::Null, &Value::Null));
    let states = ["j1", "j2", "j3", "j10"].map(|id| line(&report, id)["status"].clone());
    assert_eq!(states, ["met", "met", "unknown", "not_applicable"]);
    let criteria = report["criteria"].as_array().expect("criteria");
    assert!(criteria.iter().all(|one| one["kind"] == "note" && one.get("group").is_none()));
    // Without any answers nothing is met.
    let blank = assess(Some("adjacent@2023"), json!({})).json();
    assert_eq!(blank["verdict"], "hint");
    assert_eq!(line(&blank, "j1")["status"], "unknown");
}

#[test]
fn each_right_says_what_it_counts_for() {
    let facts = json!({ "ip": [
        { "kind": "invention", "status": "granted", "granted_on": "2021-05-01" },
        { "kind": "invention", "status": "granted", "granted_on": "2021-05-01", "disputed": true },
    ] });
    let report = assess(Some("hnte-zj@2023"), facts).json();
    let items = report["items"].as_array().expect("items");
    assert_eq!(items.len(), 2);
    assert_eq!((&items[0]["fact"], &items[0]["index"]), (&json!("ip"), &json!(0)));
    assert_eq!(items[0]["name"], "发明专利（Ⅰ类）");
    assert_eq!(items[1]["status"], "does_not_count");
    assert_eq!(items[1]["counts_for"], json!([]));
    let because = items[1]["because"].as_array().expect("reasons");
    assert!(
        !because.is_empty()
            && because.iter().all(|one| {
                one["id"].is_string()
                    && one["text"].is_string()
                    && one["cites"][0]["source"].is_string()
            })
    );
    assert_ne!(items[0]["status"], "does_not_count");
}

#[test]
fn all_programmes_are_assessed_from_one_file() {
    let facts = json!({
        "established_on": "2015-03-10", "region": "330502", "resident_enterprise": true,
        "revenue": { "2020": "8000000", "2021": "9000000", "2022": "20000000" },
        "materials": [material("甲材料", "50000000")]
    });
    let run = assess(None, facts);
    let reports = run.json();
    let reports = reports.as_array().expect("an array");
    let addresses: Vec<String> = reports
        .iter()
        .map(|one| {
            let text = |key: &str| one["policy"][key].as_str().expect("a text").to_owned();
            format!("{}@{}", text("id"), text("edition"))
        })
        .collect();
    // On 1 August 2023 each programme uses its edition of 2023.
    assert_eq!(
        addresses,
        ["aaa-zj@2023", "adjacent@2023", "hnte-zj@2023", "new-material@2023", "tech-sme@2023"]
    );
    let verdicts: Vec<&Value> = reports.iter().map(|one| &one["verdict"]).collect();
    assert_eq!(verdicts, ["undecided", "hint", "undecided", "met", "undecided"]);
    for report in reports {
        assert_eq!(
            (&report["schema"], &report["as_of"]),
            (&json!("zice.report/1"), &json!("2023-08-01"))
        );
        assert!(report["criteria"].as_array().is_some_and(|all| !all.is_empty()));
    }
}

#[test]
fn the_day_of_application_picks_the_edition_of_each_programme() {
    let editions = |day: &str| -> Vec<String> {
        let file = json!({ "schema": "zice.company/1", "as_of": day, "facts": {} }).to_string();
        let run = zice_fed(&["assess", "-"], file.as_bytes());
        let reports = run.json();
        let reports = reports.as_array().expect("an array");
        reports
            .iter()
            .map(|one| one["policy"]["edition"].as_str().expect("one").to_owned())
            .collect()
    };
    // Editions of aaa-zj, adjacent, hnte-zj, new-material and tech-sme: the
    // newest whose year has begun, or else the oldest.
    assert_eq!(editions("2019-05-01"), ["2023"; 5]);
    assert_eq!(editions("2024-12-31"), ["2023", "2023", "2024", "2023", "2023"]);
    assert_eq!(editions("2025-01-01"), ["2025", "2023", "2024", "2025", "2025"]);
    assert_eq!(editions("2026-06-30"), ["2025", "2023", "2026", "2025", "2026"]);
}
