//! Tests that doubts are shown but decide nothing, and that a head count
//! without a year belongs to the year before the file's own day.

mod harness;
mod oracle;

use std::sync::LazyLock;

use harness::library;
use oracle::{Company as Sample, sample::Dice};
use serde_json::{Value, json};
use zice_policy::Library;
use zice_report::Report;
use zice_rules::{Company, Date, Dictionary, Lang, assess, doubt::Doubts};

static LIBRARY: LazyLock<Library> = LazyLock::new(library);
/// The same dictionary without doubt rules.
static TRUSTING: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut dictionary = LIBRARY.dictionary.clone();
    dictionary.doubts = Doubts::default();
    dictionary
});

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn read(file: &Value) -> Company {
    let (company, problems) = Company::from_value(file, &LIBRARY.dictionary, day("2026-11-29"));
    assert!(problems.is_empty(), "{problems:?} in {file}");
    company
}

fn file(facts: Value) -> Value {
    json!({ "schema": "zice.company/1", "as_of": "2026-06-15", "facts": facts })
}

fn report(policy: &str, company: &Company, dictionary: &Dictionary) -> Report {
    let policy = LIBRARY.policy(policy).expect("the policy");
    let assessment = assess(policy, company).expect("figures that can be calculated with");
    Report::new(&assessment, dictionary, Lang::Zh).expect("a report")
}

#[test]
fn a_doubt_changes_nothing_but_the_list_of_doubts() {
    let mut doubted = 0;
    for number in 0..90 {
        let mut dice = Dice::seeded(number);
        let sample = Sample::sample(&mut dice);
        let json: Value = serde_json::from_str(&sample.json(&mut dice)).expect("JSON");
        // Put amounts in the wrong unit, so that there is something to doubt.
        let mut slipped = json.clone();
        for (at, id) in ["revenue", "cost_total", "total_assets"].into_iter().enumerate() {
            let years = slipped["facts"].get_mut(id).and_then(Value::as_object_mut);
            for figure in years.into_iter().flat_map(|years| years.values_mut()) {
                if number % 3 == u64::try_from(at).expect("small") && !figure.is_null() {
                    *figure = json!("3865");
                }
            }
        }
        for json in [json, slipped] {
            let company = read(&json);
            for policy in &LIBRARY.policies {
                let address = policy.address();
                let mut with = report(&address, &company, &LIBRARY.dictionary);
                let without = report(&address, &company, &TRUSTING);
                assert!(without.doubts.is_empty());
                doubted += usize::from(!with.doubts.is_empty());
                with.doubts.clear();
                assert_eq!(with, without, "{address}: {json}");
            }
        }
    }
    assert!(doubted > 100, "only {doubted} reports had anything to doubt");
}

#[test]
fn revenue_in_yuan_where_it_was_meant_in_ten_thousands_is_doubted_with_the_change() {
    let company = read(&file(json!({
        "sme_staff_total": { "2025": 86 }, "revenue": { "2025": "3865" },
        "cost_total": { "2025": "36100000" }, "total_assets": { "2025": "29500000" },
        "rd_expense_deduct": { "2025": "2013000" },
    })));
    let found = report("tech-sme@2026", &company, &LIBRARY.dictionary);
    let codes: Vec<&str> = found.doubts.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(
        codes,
        ["rd_above_revenue", "revenue_small", "revenue_cost_apart", "revenue_assets_apart"]
    );
    let first = serde_json::to_value(&found.doubts[0]).expect("JSON");
    assert_eq!(
        first,
        json!({
            "code": "rd_above_revenue", "year": "2025", "facts": ["rd_expense_deduct", "revenue"],
            "text": "请核对单位：2025 年研发费用（加计扣除口径）填的是 2,013,000 元，超过同年销售收入 3,865 元。",
            "suggest": { "fact": "revenue", "year": "2025", "to": "38650000" },
        })
    );
    for doubt in &found.doubts {
        assert_eq!(doubt.suggest, found.doubts[0].suggest, "{}", doubt.code);
    }
    // The figures are still used as given.
    let rd = found.criteria.iter().find(|one| one.id == "rd_intensity").expect("the criterion");
    assert_eq!(rd.points.as_ref().map(|it| it.min.as_str()), Some("50"));
}

#[test]
fn only_what_is_certain_is_doubted_and_only_where_a_policy_looks() {
    let doubts = |policy: &str, facts: Value| {
        let found = report(policy, &read(&file(facts)), &LIBRARY.dictionary);
        found.doubts.into_iter().map(|it| it.code).collect::<Vec<String>>()
    };
    let slip = |revenue: Value| {
        json!({
            "revenue": { "2025": revenue }, "rd_expense_deduct": { "2025": "5000" },
        })
    };
    // A range is doubted only if no value in it is plausible.
    assert!(
        !doubts("tech-sme@2026", slip(json!({ "min": "1000", "max": "5000" })))
            .contains(&"rd_above_revenue".to_owned())
    );
    assert!(
        doubts("tech-sme@2026", slip(json!({ "min": "1000", "max": "4999.99" })))
            .contains(&"rd_above_revenue".to_owned())
    );
    // The programme for new materials looks at none of these figures.
    assert_eq!(doubts("new-material@2023", slip(json!("100"))), [""; 0]);
    // A year that no programme asks for raises no doubt.
    let earlier = json!({ "revenue": { "2023": "100", "2025": "38650000" },
        "rd_expense_hnte": { "2023": "5000000" } });
    assert_eq!(doubts("tech-sme@2026", earlier.clone()), [""; 0]);
    assert!(doubts("hnte-zj@2026", earlier).contains(&"rd_hnte_above_revenue".to_owned()));
    assert_eq!(doubts("tech-sme@2026", json!({})), [""; 0]);
}

#[test]
fn a_change_that_would_contradict_another_figure_is_not_proposed() {
    let of = |hightech: &str| {
        let facts = json!({ "total_income": { "2025": "38650000" }, "hightech_income": { "2025": hightech } });
        let found = report("hnte-zj@2026", &read(&file(facts)), &LIBRARY.dictionary);
        found.doubts.into_iter().map(|it| (it.code, it.suggest.map(|it| it.to))).collect::<Vec<_>>()
    };
    assert_eq!(of("3000"), [("hightech_tiny".to_owned(), Some("30000000".to_owned()))]);
    // Total income is in units of 10,000 yuan and a part of it in yuan.
    // Correcting the part would make it exceed the whole, which is an error, so
    // it is not proposed.
    let facts = json!({ "revenue": { "2025": "38650000" }, "total_income": { "2025": "386500000000" },
        "hightech_income": { "2025": "38650001" } });
    let found = report("hnte-zj@2026", &read(&file(facts)), &LIBRARY.dictionary);
    let apart = found.doubts.iter().find(|it| it.code == "income_revenue_apart");
    let proposed = apart.and_then(|it| it.suggest.as_ref()).map(|it| it.fact.as_str());
    assert_eq!(proposed, Some("revenue"), "total income may not fall below its part");
}

#[test]
fn a_head_count_without_a_year_is_that_of_the_files_own_day() {
    let bare = json!({ "sme_staff_total": 86, "sme_staff_tech": { "min": 20, "max": 22 } });
    let dated = |year: &str| json!({ "sme_staff_total": { year: 86 }, "sme_staff_tech": { year: { "min": 20, "max": 22 } } });
    assert_eq!(read(&file(bare.clone())).answers, read(&file(dated("2025"))).answers);
    // A file without a day of its own: the figure belongs to the year before
    // today.
    let mut undated = json!({ "schema": "zice.company/1", "facts": bare });
    assert_eq!(read(&undated).answers, read(&file(dated("2025"))).answers);
    // Written back with its year, it keeps that year whatever the day becomes.
    Company::write_by_year(&mut undated, LIBRARY.dictionary.bare(), day("2026-11-29"));
    assert_eq!(undated["facts"], dated("2025"));
    undated["as_of"] = json!("2027-06-01");
    assert_eq!(read(&undated).answers, read(&file(dated("2025"))).answers);
    // A later day of application asks for a later year.
    let mut later = read(&file(dated("2025")));
    later.as_of = day("2027-06-01");
    let open = report("tech-sme@2026", &later, &LIBRARY.dictionary).next_questions;
    assert!(open.contains(&"sme_staff_total".to_owned()), "{open:?}");
}

#[test]
fn more_tech_staff_than_staff_is_refused_year_by_year() {
    let problems = |facts: Value| {
        let (_, problems) = Company::from_value(&file(facts), &LIBRARY.dictionary, Date::MIN);
        problems.into_iter().map(|it| it.path).collect::<Vec<String>>()
    };
    let both = |total: Value, tech: Value| {
        problems(json!({ "sme_staff_total": total, "sme_staff_tech": tech }))
    };
    assert_eq!(both(json!(10), json!(11)), ["facts.sme_staff_tech.2025"]);
    assert_eq!(both(json!({ "2025": 10 }), json!(11)), ["facts.sme_staff_tech.2025"]);
    assert_eq!(both(json!({ "2024": 10 }), json!(11)), [""; 0]);
    for wrong in [json!("viel"), json!(-1), json!(true), json!([1])] {
        assert_eq!(both(json!(10), wrong), ["facts.sme_staff_tech"]);
    }
    assert_eq!(both(json!({ "2025": 10, "min": 3 }), json!(1)), ["facts.sme_staff_total.min"]);
    // An amount of money needs its year.
    assert_eq!(problems(json!({ "revenue": "5" })), ["facts.revenue"]);
}
