//! Random companies of each programme, and companies with one thing changed.

use std::sync::LazyLock;

use zice_policy::Library;
use zice_rules::{Company, Date, Policy, Verdict, assess, company::Answer, range::Range};

use crate::{aaa, harness, hnte, material, oracle, oracle::sample::Dice};

pub static LIBRARY: LazyLock<Library> = LazyLock::new(harness::library);

/// The programmes with the number of companies that all of them make with
/// `ZICE_FULL=1`; one in ten otherwise.
pub const PROGRAMMES: [(&str, u32); 9] = [
    ("tech-sme@2023", 10_000),
    ("tech-sme@2025", 5_000),
    ("tech-sme@2026", 5_000),
    ("hnte-zj@2023", 2_000),
    ("hnte-zj@2024", 2_000),
    ("hnte-zj@2026", 2_000),
    ("aaa-zj@2023", 2_000),
    ("new-material@2023", 2_000),
    ("new-material@2025", 2_000),
];

pub fn policy(address: &str) -> &'static Policy {
    LIBRARY.policy(address).unwrap_or_else(|| panic!("{address}"))
}

/// A random company for a programme; every third leaves something open.
pub fn company(address: &str, number: u64) -> Company {
    let mut dice = Dice::seeded(0xAD71_CE00_0000 + number);
    let open = number % 3 == 2;
    let (programme, edition) = address.split_once('@').expect("an address");
    let year: u16 = edition.parse().expect("a year");
    let json = match programme {
        "tech-sme" => {
            let whole = oracle::Company::sample(&mut dice);
            let one = if open { whole.blurred(&mut dice, 15) } else { whole };
            one.json(&mut dice)
        }
        "hnte-zj" => hnte::Company::sample(&mut dice, year).json(&mut dice),
        "aaa-zj" => {
            let whole = aaa::Company::sample(&mut dice);
            let one = if open { whole.blurred(&mut dice, 15) } else { whole };
            one.json(&mut dice)
        }
        _ => {
            let whole = material::Company::sample(&mut dice, year.into());
            let one = if open { whole.blurred(&mut dice, 15) } else { whole };
            one.json(&mut dice)
        }
    };
    let read = Company::from_json(&json, &LIBRARY.dictionary, Date::MIN);
    read.expect("JSON").0
}

/// The same company with one figure changed. `materials[0].insured_amount`
/// names a field of an entry.
pub fn with(company: &Company, fact: &str, year: Option<i32>, to: Range) -> Company {
    let mut changed = company.clone();
    let dictionary = &LIBRARY.dictionary;
    if let Some((list, rest)) = fact.split_once('[') {
        let (entry, field) = rest.split_once("].").expect("a field");
        let at = dictionary.position(list).expect("a list");
        let field = dictionary.facts[at].fields.iter().position(|it| it.id == field);
        let Answer::List(entries) = &mut changed.answers[at] else { panic!("{fact}") };
        let entry: usize = entry.parse().expect("an entry");
        entries[entry].fields[field.expect("a field")] = Answer::Number(to);
        return changed;
    }
    let at = dictionary.position(fact).expect("a fact");
    match (&mut changed.answers[at], year) {
        (Answer::Number(range), None) => *range = to,
        (Answer::Yearly { years, .. }, Some(year)) => {
            years.iter_mut().find(|it| it.0 == year).expect("the year").1 = to;
        }
        _ => panic!("{fact}"),
    }
    changed
}

/// The verdict, the fewest points of the total, and what the rows say.
pub fn said(policy: &Policy, company: &Company) -> Option<(Verdict, Option<u8>)> {
    let found = assess(policy, company).ok()?;
    let total = policy.criteria.iter().position(|it| it.passes_from().is_some());
    let fewest = total.and_then(|at| found.points(at)).map(|it| it.min);
    Some((found.verdict(), fewest))
}
