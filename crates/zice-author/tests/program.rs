//! The program of a policy against its trees: every criterion, score and
//! verdict, on random companies over the whole dictionary.

mod harness;
mod oracle;

use std::sync::LazyLock;

use harness::{
    Tally,
    invented::{COMPANIES, answer, forget},
    library, over_all,
};
use oracle::sample::Dice;
use serde_json::{Map, Value, json};
use zice_author::Library;
use zice_rules::{Batch, Company, Date, Policy, assess, batch::Brief};

/// Companies under every edition; all of them with `ZICE_FULL=1`.
const COMPANIES_IN_ALL: u64 = 100_000;
const SHARE_BY_DEFAULT: u64 = 10;

static LIBRARY: LazyLock<Library> = LazyLock::new(library);

fn how_many() -> u64 {
    let full = std::env::var_os("ZICE_FULL").is_some();
    if full { COMPANIES_IN_ALL } else { COMPANIES_IN_ALL / SHARE_BY_DEFAULT }
}

/// Figures at the bounds of the contract, and estimates.
fn strain(dice: &mut Dice, facts: &mut Map<String, Value>) {
    let edges = ["999999999999999.999999", "0.000001", "333333333333333.333333", "1", "0"];
    for fact in LIBRARY.dictionary.facts.iter().filter(|it| it.yearly && it.fields.is_empty()) {
        let Some(Value::Object(years)) = facts.get_mut(&fact.id) else { continue };
        for figure in years.values_mut() {
            match dice.below(6) {
                0 => *figure = json!(dice.pick(&edges)),
                1 => *figure = json!({ "min": dice.pick(&["0", "1", "50000"]) }),
                2 => *figure = json!({ "min": "10000", "max": dice.pick(&edges[..3][..1]) }),
                _ => {}
            }
        }
    }
}

/// A list longer than a word of a mask.
fn lengthen(dice: &mut Dice, facts: &mut Map<String, Value>) {
    for list in ["ip", "materials", "serious_violation"] {
        let Some(Value::Array(entries)) = facts.get_mut(list) else { continue };
        let some = entries.clone();
        let wanted = dice.pick(&[63, 64, 65, 130]);
        while !some.is_empty() && entries.len() < wanted {
            entries.push(some[dice.below(some.len() as u64) as usize].clone());
        }
    }
}

fn company(number: u64) -> Value {
    let mut dice = Dice::seeded(0x9806_0000_0000 + number);
    let mut file = dice.pick(&COMPANIES.iter().collect::<Vec<_>>()).clone();
    let day = file["as_of"].as_str().expect("a day").to_owned();
    let year: i32 = day[..4].parse().expect("a year");
    let facts = file["facts"].as_object_mut().expect("facts");
    let dictionary = &LIBRARY.dictionary;
    for _ in 0..dice.below(6) {
        let fact = dice.pick(&dictionary.facts.iter().collect::<Vec<_>>());
        facts.insert(fact.id.clone(), answer(&mut dice, fact, year));
    }
    match dice.below(4) {
        0 => strain(&mut dice, facts),
        1 if dice.chance(20) => lengthen(&mut dice, facts),
        2 => {
            let day = |year: i32| format!("{year}-07-01");
            let open = json!({ "min": day(year - 3), "max": day(year - 1) });
            facts.insert("established_on".to_owned(), open);
        }
        _ => {}
    }
    let per_cent = dice.pick(&[0, 0, 5, 30, 70]);
    forget(&mut dice, dictionary, facts, per_cent);
    file
}

/// Where the two differ.
fn differences(policy: &Policy, batch: &Batch<'_>, company: &Company) -> Vec<String> {
    let (row, mut scratch) = (batch.row(company), batch.scratch());
    let (found, brief) = match (assess(policy, company), batch.assess(&row, &mut scratch)) {
        (Ok(found), Ok(brief)) => (found, brief),
        (Err(a), Err(b)) if a.to_string() == b.to_string() => return Vec::new(),
        (a, b) => return vec![format!("trees {:?}, program {b:?}", a.map(|it| it.verdict()))],
    };
    let mut all = Vec::new();
    if found.verdict() != brief.verdict {
        all.push(format!("verdict: trees {:?}, program {:?}", found.verdict(), brief.verdict));
    }
    let statuses: Vec<_> = (0..found.rows()).map(|row| found.status(row)).collect();
    if statuses != brief.statuses {
        all.push(format!("statuses: trees {statuses:?}, program {:?}", brief.statuses));
    }
    if policy.each.is_none() {
        for (at, criterion) in policy.criteria.iter().enumerate() {
            let [worst, best] =
                scratch.outcome(at).map(|it| (it.truth, it.points.iter().collect::<Vec<u8>>()));
            let trees = [false, true].map(|best| found.judged(at, best));
            if trees != [worst.clone(), best.clone()] {
                all.push(format!("{}: trees {trees:?}, program {worst:?} {best:?}", criterion.id));
            }
        }
    }
    all
}

#[test]
fn programs_give_what_the_trees_give() {
    let policies = &LIBRARY.policies;
    let tally = over_all(how_many(), |number, tally: &mut Tally| {
        let file = company(number);
        let (company, problems) = Company::from_value(&file, &LIBRARY.dictionary, Date::MIN);
        if !problems.is_empty() {
            tally.count("refused".to_owned());
        }
        for policy in policies {
            let batch = Batch::new(policy).expect("a program");
            let found = differences(policy, &batch, &company);
            if found.is_empty() {
                tally.count(format!("{} agrees", policy.address()));
            } else {
                tally.wrong.push(format!("#{number} {} {}", policy.address(), found.join("; ")));
            }
        }
    });
    println!("{:?}", tally.counts);
    assert!(tally.wrong.is_empty(), "{}", tally.wrong[..tally.wrong.len().min(5)].join("\n"));
}

/// A change and its undoing against the whole assessment.
#[test]
fn a_changed_figure_gives_what_a_new_company_gives() {
    for policy in LIBRARY.policies.iter().filter(|policy| policy.each.is_none()) {
        let batch = Batch::new(policy).expect("a program");
        let mut scratch = batch.scratch();
        for number in 0..how_many() / 200 {
            let [one, other] = [number, number + 1_000_000].map(|number| {
                Company::from_value(&company(number), &LIBRARY.dictionary, Date::MIN).0
            });
            let rows = [&one, &other].map(|company| batch.row(company));
            let wanted: Vec<Result<Brief, String>> = rows
                .iter()
                .map(|row| batch.assess(row, &mut scratch).map_err(|it| it.to_string()))
                .collect();
            let mut trial = batch.trial(rows[0].clone());
            let start = trial.mark();
            // One slot after another becomes the other company's.
            for (slot, truth) in rows[1].truths.iter().enumerate() {
                trial.set_truth(slot, *truth);
                let _ = trial.verdict();
            }
            for (slot, number) in rows[1].numbers.iter().enumerate() {
                trial.set_number(slot, number.value(&rows[1].wide));
                let _ = trial.verdict();
            }
            if rows.iter().all(|row| row.wide.is_empty()) {
                for (at, list) in rows[1].lists.iter().enumerate() {
                    trial.set_list(at, list.clone());
                }
                let there = trial.verdict().ok();
                let told = wanted[1].as_ref().ok().map(|brief| brief.verdict);
                let said = there.map(|sides| batch.verdict_of(sides));
                assert_eq!(said, told, "{} #{number}", policy.address());
            }
            trial.undo(start);
            let back = trial.verdict().ok().map(|sides| batch.verdict_of(sides));
            let told = wanted[0].as_ref().ok().map(|brief| brief.verdict);
            assert_eq!(back, told, "{} #{number}: undone", policy.address());
        }
    }
}
