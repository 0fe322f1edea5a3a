//! Compares the engine with the policy files of `new-material` to an
//! independent reading of the policy text (`material`), for ten thousand
//! companies.

mod harness;
mod material;
mod oracle;

use harness::{
    Said, differences,
    known::Between,
    library, over_all, said,
    spell::{YUAN, plain},
};
use material::{
    Company, Material,
    reading::{Edition, claim_2025, pilot_2023},
};
use oracle::sample::Dice;

const COMPANIES: u32 = 10_000;
const EDITIONS: [(&str, i32, Edition); 2] =
    [("new-material@2023", 2023, pilot_2023), ("new-material@2025", 2025, claim_2025)];

#[test]
fn companies_get_the_criteria_of_the_policy_text() {
    let library = library();
    let tally = over_all(COMPANIES, |number, tally| {
        let mut dice = Dice::seeded(0x3A7E_0000_0000 + number);
        let (policy, year, edition) = EDITIONS[(number / 2 % 2) as usize];
        let mut company = Company::sample(&mut dice, year);
        if number % 2 == 1 {
            let per_cent = dice.pick(&[4, 8, 16, 30, 60]);
            company = company.blurred(&mut dice, per_cent);
        }
        let json = company.json(&mut dice);
        let expected = company.expected(edition);
        tally.on_edge += u64::from(company.is_on_edge(year));
        let complete = if number.is_multiple_of(2) { "complete" } else { "incomplete" };
        tally.count(format!("{year} {complete} {}", expected.verdict));
        for (id, status) in &expected.statuses {
            let id = id.split('.').next_back().unwrap_or(id);
            tally.count(format!("{year} {id} {status}"));
        }
        let found = match said(&library, policy, &json) {
            Ok(engine) => {
                let mut found = differences(&engine, &expected, &[], true);
                let others = engine.asked.iter().filter(|id| *id != "materials");
                found.extend(others.map(|id| format!("{id} is asked in vain")));
                found
            }
            Err(error) => vec![error],
        };
        if !found.is_empty() {
            tally.wrong.push(format!("#{number} {policy} {}\n  {json}", found.join("; ")));
        }
    });
    let least = [2023, 2025].map(|year| {
        let least = [
            ("complete met", 200),
            ("complete not_met", 200),
            ("complete needs_review", 200),
            ("incomplete undecided", 500),
            ("incomplete met", 50),
            ("incomplete needs_review", 50),
        ];
        least.map(|(what, least)| (format!("{year} {what}"), least))
    });
    let least: Vec<(&str, u64)> =
        least.iter().flatten().map(|(what, least)| (what.as_str(), *least)).collect();
    tally.settle(COMPANIES, &least);
}

/// A material that meets every condition of both rounds.
fn good() -> Material {
    Material {
        catalogue: Some([true, true]),
        spec_met: Some(true),
        policy_start: Between::exactly((2022, 6, 1)),
        insured: Between::exactly(50_000_000 * YUAN),
        insurer_filed: Some(true),
        direct_use: Some(true),
        affiliated: Some(false),
        trader: Some(false),
        subsidised: Some(false),
        in_first_set: Some(false),
        qualified: None,
        qualified_is_open: false,
        qualified_until: Between::exactly((2026, 12, 31)),
        quota: Between::exactly(600_000 * YUAN),
        noise: Vec::new(),
    }
}

/// What oracle and engine both say about these materials, in both editions.
fn both(what: &str, materials: Option<Vec<Material>>) -> [Said; 2] {
    let library = library();
    EDITIONS.map(|(policy, year, edition)| {
        let as_of = if year == 2023 { (2023, 2, 15) } else { (2025, 10, 10) };
        let company = Company { as_of, materials: materials.clone() };
        let expected = company.expected(edition);
        let json = company.json(&mut Dice::from_tape(Vec::new()));
        let engine = said(&library, policy, &json).expect("a report");
        let found = differences(&engine, &expected, &[], true);
        assert!(found.is_empty(), "{what}, {policy}: {}", found.join("; "));
        expected
    })
}

/// The boundary cases collected from the sources for this programme: the
/// verdicts of the old pilot and of the new rules.
#[test]
fn the_boundary_cases_come_out_right() {
    let verdicts = |what: &str, change: &dyn Fn(&mut Material), old: &str, new: &str| {
        let mut material = good();
        change(&mut material);
        let said = both(what, Some(vec![material]));
        assert_eq!(said.map(|said| said.verdict), [old, new], "{what}");
    };
    verdicts("base", &|_| (), "met", "met");
    // 18: the window of 2022, both ends included.
    for (day, old) in [
        ((2021, 12, 31), "not_met"),
        ((2022, 1, 1), "met"),
        ((2022, 12, 31), "met"),
        ((2023, 1, 1), "not_met"),
    ] {
        verdicts("18", &|m| m.policy_start = Between::exactly(day), old, "met");
    }
    // Before 15 October 2025; the day itself is not settled.
    for (day, new) in
        [((2025, 10, 14), "met"), ((2025, 10, 15), "needs_review"), ((2025, 10, 16), "not_met")]
    {
        verdicts("new window", &|m| m.policy_start = Between::exactly(day), "not_met", new);
    }
    // 20: a floor "in principle". The new rules have none.
    verdicts("20", &|m| m.insured = Between::exactly(48_000_000 * YUAN), "needs_review", "met");
    // 21, 22: the user. What became of these rules since 2024 is not settled.
    verdicts("21", &|m| m.affiliated = Some(true), "not_met", "needs_review");
    verdicts("22", &|m| m.direct_use = Some(false), "not_met", "needs_review");
    verdicts("22", &|m| m.trader = Some(true), "not_met", "needs_review");
    verdicts("first set", &|m| m.in_first_set = Some(true), "not_met", "needs_review");
    // 23: only the catalogue in force counts.
    verdicts("23", &|m| m.catalogue = Some([false, true]), "not_met", "met");
    verdicts("23", &|m| m.catalogue = Some([true, false]), "met", "not_met");
    verdicts("23", &|m| m.catalogue = Some([false, false]), "not_met", "not_met");
    // 24: the same name with weaker parameters.
    verdicts("24", &|m| m.spec_met = Some(false), "not_met", "not_met");
    // 25: renewal, which is normal within one qualification and its quota.
    verdicts("25", &|m| m.subsidised = Some(true), "needs_review", "met");
    let over = |material: &mut Material| {
        (material.subsidised, material.quota) = (Some(true), Between::exactly(0));
    };
    verdicts("25", &over, "needs_review", "not_met");
    // 28: only the new rules ask for qualification and quota.
    let last_day = (2025, 10, 10);
    verdicts("28", &|m| m.qualified_until = Between::exactly(last_day), "met", "met");
    verdicts("28", &|m| m.qualified_until = Between::exactly((2025, 10, 9)), "met", "not_met");
    verdicts("28", &|m| m.qualified_until = Between::UNKNOWN, "met", "undecided");
    verdicts("quota", &|m| m.quota = Between::exactly(0), "met", "not_met");
    verdicts("quota", &|m| m.quota = Between::exactly(1), "met", "met");
    // 19: amounts do not add up, and the best kind of material decides.
    let small = || Material { insured: Between::exactly(30_000_000 * YUAN), ..good() };
    let said = both("19", Some(vec![small(), small()]));
    assert_eq!(said.map(|said| said.verdict), ["needs_review", "met"]);
    let bad = Material { spec_met: Some(false), ..good() };
    let said = both("best", Some(vec![bad.clone(), small(), good(), Material::BLANK]));
    assert_eq!(said.map(|said| said.verdict), ["met", "met"]);
    let said = both("open", Some(vec![bad, Material::BLANK]));
    assert_eq!(said.map(|said| said.verdict), ["undecided", "undecided"]);
    // No answer, and an empty list.
    let [old, new] = both("absent", None);
    assert_eq!((old.verdict, new.verdict), ("undecided", "undecided"));
    assert!(old.statuses.values().chain(new.statuses.values()).all(|one| *one == "unknown"));
    assert_eq!((old.statuses.len(), new.statuses.len()), (10, 11));
    let [old, new] = both("none", Some(Vec::new()));
    assert_eq!((old.verdict, new.verdict), ("not_applicable", "not_applicable"));
    assert!(old.statuses.is_empty() && new.statuses.is_empty());
}

/// 原则上不低于5000万元: exactly that is enough, however it is written.
#[test]
fn fifty_million_insured_is_enough_and_a_millionth_less_is_for_a_person() {
    let library = library();
    let spellings = [
        ("\"50000000\"", "met"),
        ("50000000", "met"),
        ("\"50000000.000000\"", "met"),
        ("\"5e7\"", "met"),
        ("5.0E+7", "met"),
        ("\"49999999.999999\"", "needs_review"),
        ("\"49999999.99\"", "needs_review"),
        ("49999999", "needs_review"),
        ("\"50000000.000001\"", "met"),
        ("{\"min\":\"50000000\"}", "met"),
        ("{\"max\":\"49999999.999999\"}", "needs_review"),
        ("{\"min\":\"49999999.999999\",\"max\":\"50000000\"}", "unknown"),
        ("{\"max\":\"50000000\"}", "unknown"),
    ];
    for (amount, status) in spellings {
        let company = Company { as_of: (2023, 2, 15), materials: Some(vec![good()]) };
        let json = company.json(&mut Dice::from_tape(Vec::new()));
        let usual = format!("\"insured_amount\":\"{}\"", plain(50_000_000 * YUAN));
        assert!(json.contains(&usual), "{json}");
        let json = json.replace(&usual, &format!("\"insured_amount\":{amount}"));
        let engine = said(&library, EDITIONS[0].0, &json).expect("a report");
        assert_eq!(engine.statuses["material[0].insured_amount"], status, "{amount}");
        let verdict = if status == "unknown" { "undecided" } else { status };
        assert_eq!(engine.verdict, verdict, "{amount}");
    }
}
