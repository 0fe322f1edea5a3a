//! Compares the engine with the policy files of `hnte-zj` to an independent
//! reading of the policy text (`hnte`), for fifty thousand companies.

mod harness;
mod hnte;
mod oracle;

use harness::{library, over_all, with_assessment};
use hnte::{
    Company, days_before,
    reading::{Expected, GATES, Reading, SCORES},
    run::{observed, questions},
};
use oracle::sample::Dice;
use zice_policy::Library;
use zice_rules::{Policy, Status, Verdict};

const COMPANIES: u32 = 50_000;
const ASKED: u32 = 2_000;
const EDITIONS: [u16; 3] = [2023, 2024, 2026];

fn policy(library: &Library, edition: u16) -> &Policy {
    let id = format!("hnte-zj@{edition}");
    library.policy(&id).unwrap_or_else(|| panic!("{id}"))
}

/// Lists where the two differ. Where the engine may report a wider range, that
/// must only contain what the policy text says.
fn differences(engine: &Expected, oracle: &Expected, reading: &Reading) -> Vec<String> {
    let wide_gates = reading.wide_gates.iter();
    let mut wide: Vec<bool> = wide_gates.chain(&reading.wide_scores).copied().collect();
    let any = wide.contains(&true);
    wide.push(reading.wide_scores.contains(&true));
    let holds = |a: (u8, u8), b: (u8, u8)| a.0 <= b.0 && a.1 >= b.1;
    let same = |a: (u8, u8), b: (u8, u8), wide: bool| a == b || (wide && holds(a, b));
    let mut all = Vec::new();
    let mut see = |what: &str, right: bool, engine: String, oracle: String| {
        if !right {
            all.push(format!("{what}: engine {engine}, policy text {oracle}"));
        }
    };
    let right = engine.verdict == oracle.verdict || (any && engine.verdict == Verdict::Undecided);
    see("verdict", right, format!("{:?}", engine.verdict), format!("{:?}", oracle.verdict));
    for (at, id) in GATES.iter().chain(&SCORES).chain(&["score"]).enumerate() {
        let (engine, oracle) = (engine.statuses[at], oracle.statuses[at]);
        let right = engine == oracle || (wide[at] && engine == Status::Unknown);
        see(id, right, format!("{engine:?}"), format!("{oracle:?}"));
    }
    for (at, id) in SCORES.iter().enumerate() {
        let (engine, oracle) = (engine.points[at], oracle.points[at]);
        let right = same(engine, oracle, reading.wide_scores[at]);
        see(id, right, format!("{engine:?}"), format!("{oracle:?}"));
    }
    let right = same(engine.total, oracle.total, wide[GATES.len() + SCORES.len()]);
    see("score", right, format!("{:?}", engine.total), format!("{:?}", oracle.total));
    all
}

/// Lists where the engine's answer about an open company contradicts one of its
/// possible completions.
fn unsound(engine: &Expected, truth: &Expected) -> Vec<String> {
    let mut all = Vec::new();
    if engine.verdict != truth.verdict && engine.verdict != Verdict::Undecided {
        all.push(format!("{:?} may turn out {:?}", engine.verdict, truth.verdict));
    }
    for (at, id) in GATES.iter().chain(&SCORES).chain(&["score"]).enumerate() {
        let (said, is) = (engine.statuses[at], truth.statuses[at]);
        if said != is && said != Status::Unknown {
            all.push(format!("{id}: {said:?} may turn out {is:?}"));
        }
    }
    let points = engine.points.iter().zip(&truth.points).zip(SCORES);
    for ((said, is), id) in points.chain([((&engine.total, &truth.total), "score")]) {
        if said.0 > is.0 || said.1 < is.1 {
            all.push(format!("{id}: {said:?} may turn out {is:?}"));
        }
    }
    all
}

/// The company with this number, its blurred form and its file. Every other one
/// has answered everything.
fn numbered(number: u64, edition: u16) -> (Company, Company, String) {
    let mut dice = Dice::seeded(0x4E7E_CE00_0000 + number);
    let truth = Company::sample(&mut dice, edition);
    let mut company = truth.clone();
    if number % 2 == 1 {
        let per_cent = dice.pick(&[4, 8, 15, 15, 30, 60]);
        company = company.blurred(&mut dice, per_cent);
    }
    let json = company.json(&mut dice);
    (truth, company, json)
}

#[test]
fn companies_get_the_verdict_and_points_of_the_policy_text() {
    let library = library();
    let tally = over_all(COMPANIES, |number, tally| {
        let edition = EDITIONS[(number / 2 % 3) as usize];
        let (truth, company, json) = numbered(number, edition);
        let policy = policy(&library, edition);
        let complete = if number % 2 == 0 { "complete" } else { "incomplete" };
        let reading = company.reading(edition);
        let oracle = reading.expected();
        tally.count(format!("{complete} {:?}", oracle.verdict));
        tally.on_edge += u64::from(company.is_on_edge(edition));
        let seen = with_assessment(&library, policy, &json, |assessment| {
            let settled = assessment.verdict() != Verdict::Undecided;
            let idle = if settled { questions(&library, assessment) } else { Vec::new() };
            Ok((observed(policy, assessment), idle))
        });
        let found = match seen {
            Err(error) => vec![error],
            Ok((engine, idle)) => {
                let mut found = differences(&engine, &oracle, &reading);
                if engine != oracle {
                    tally.count("engine wider than the policy text, and holds it");
                }
                if !idle.is_empty() {
                    found.push(format!("settled, but asks for {}", idle.join(", ")));
                }
                if number % 2 == 1 {
                    let mut dice = Dice::seeded(0x7247_0000_0000 + number);
                    for _ in 0..2 {
                        let one = company.completed(&mut dice, &truth);
                        let truth = one.reading(edition).expected();
                        found.extend(unsound(&engine, &truth));
                    }
                }
                found
            }
        };
        if !found.is_empty() {
            tally.wrong.push(format!("#{number} {edition} {}\n  {json}", found.join("; ")));
        }
    });
    // If a verdict hardly ever occurs, the sample proves little about it.
    let least =
        [("complete Met", 3_000), ("complete NotMet", 5_000), ("complete NeedsReview", 2_500)];
    tally.settle(COMPANIES, &least);
}

#[test]
fn a_question_is_asked_wherever_its_answer_alone_was_seen_to_turn_the_verdict() {
    let library = library();
    let tally = over_all(ASKED, |number, tally| {
        let edition = EDITIONS[(number % 3) as usize];
        let policy = policy(&library, edition);
        let mut dice = Dice::seeded(0x00A5_CED1_0000 + number);
        // A settled company asks nothing, as tested above, so find an open one.
        let (truth, company) = loop {
            let share = dice.pick(&[4, 8, 12, 20, 40]);
            let truth = Company::sample(&mut dice, edition);
            let company = truth.blurred(&mut dice, share);
            if company.reading(edition).verdict() == Verdict::Undecided {
                break (truth, company);
            }
        };
        let json = company.json(&mut dice);
        let mut must: Vec<&str> = Vec::new();
        let mut ways: Vec<Company> =
            (0..10).map(|_| company.completed(&mut dice, &truth)).collect();
        if company.established.is_none() {
            // A missing founding day shortens no window, but may turn out too
            // late for its own gate.
            let late = days_before(company.as_of, 364);
            ways[9].established = Some((late, late));
        }
        let open = Company::differing(&ways);
        for one in ways[..9].iter().filter(|one| one.is_consistent()) {
            let verdict = one.reading(edition).verdict();
            for &fact in &open {
                let mut turned = ways.iter().map(|other| one.with_fact(fact, other));
                let turns =
                    |way: Company| way.is_consistent() && way.reading(edition).verdict() != verdict;
                if !must.contains(&fact) && turned.any(turns) {
                    must.push(fact);
                }
            }
        }
        let asked =
            with_assessment(&library, policy, &json, |found| Ok(questions(&library, found)));
        let missing = match asked {
            Err(error) => vec![error],
            Ok(asked) => {
                let missing = must.iter().filter(|id| !asked.iter().any(|asked| asked == *id));
                missing.map(|id| format!("{id} is not asked")).collect()
            }
        };
        tally.count(if must.is_empty() { "nothing seen to turn" } else { "something to ask" });
        must.iter().for_each(|fact| tally.count(format!("turned by {fact}")));
        if !missing.is_empty() {
            tally.wrong.push(format!("#{number} {edition} {}\n  {json}", missing.join("; ")));
        }
    });
    tally.finish();
    assert!(tally.of("something to ask") * 2 >= tally.tried, "too little to ask");
}
