//! Tests `zice advise`: what it tells, and that a company that follows it
//! passes.

use std::path::PathBuf;

use serde_json::Value;

use crate::run::{zice, zice_fed};

fn company(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/companies");
    folder.join(format!("{name}.zice.json")).to_string_lossy().into_owned()
}

#[test]
fn whoever_follows_an_item_passes() {
    let file = company("just-short-2025");
    let told = zice(["advise", "--policy", "tech-sme@2025", file.as_str()]).json();
    let items = told["advice"].as_array().expect("items").clone();
    assert!(items.len() > 3 && told["stopped"] == false, "{told}");
    for (number, item) in items.iter().enumerate() {
        let number = (number + 1).to_string();
        let apply = ["advise", "-p", "tech-sme@2025", "--apply", number.as_str(), file.as_str()];
        let changed = zice(apply).stdout;
        let read: Value = serde_json::from_str(&changed).expect("a company");
        assert_eq!(read["as_of"], item["as_of"]);
        let report = zice_fed(&["assess", "-p", "tech-sme@2025", "-"], changed.as_bytes()).json();
        assert_eq!(report["verdict"], "met", "{item}");
        assert_eq!(report["score"]["min"], item["gives"]["score"]["min"], "{item}");
    }
}

#[test]
fn a_horizon_a_cushion_and_a_reason() {
    let file = company("just-short-2025");
    let next = zice(["advise", "-p", "tech-sme", "--horizon", "next_round", file.as_str()]).json();
    let items = next["advice"].as_array().expect("items");
    assert!(!items.is_empty() && items.iter().all(|it| it["horizon"] == "next_round"), "{next}");
    // The goal as a rule comes before the figures.
    let text = items[0]["text"].as_str().expect("a text");
    let (rule, figure) = (text.find("目标"), text.find("由 "));
    assert!(rule.is_some() && rule < figure, "{text}");
    // With a cushion more is asked, and it holds by that much.
    let cushion = ["advise", "-p", "tech-sme", "--cushion", "2.5%", file.as_str()];
    let wide = zice(cushion).json();
    for item in wide["advice"].as_array().expect("items") {
        let margin = item["margin_after"].as_str().expect("a margin");
        let (part, whole) = margin.split_once('/').expect("a fraction");
        let [part, whole] = [part, whole].map(|it| it.parse::<u32>().expect("a number"));
        assert!(part * 40 >= whole, "{item}");
    }
    let none = zice(["advise", "-p", "tech-sme", company("too-large-2024").as_str()]).json();
    assert_eq!(none["advice"], Value::Array(Vec::new()));
    for reason in none["no_advice"].as_array().expect("reasons") {
        assert_eq!(reason["because"], "levers");
        assert_eq!(reason["criteria"][0], "size_staff");
    }
    zice(["advise", "-p", "tech-sme", "--apply", "99", file.as_str()]).refused(&["--apply 99"]);
}
