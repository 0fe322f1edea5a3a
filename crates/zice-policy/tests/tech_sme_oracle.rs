//! Compares the engine with the policy file to an independent reading of the
//! policy text (`oracle`), for a hundred thousand companies.

mod harness;
mod oracle;

use harness::{library, over_all, with_assessment};
use oracle::{
    ASSETS, BASE, COST, Company, INCOME, Item, RD, REVENUE, Span, TECH, TOTAL,
    reading::Expected,
    sample::{Dice, counting_item},
};
use zice_rules::{Assessment, Policy, Status, Verdict, assess::Points};

const COMPANIES: u32 = 100_000;
const ASKED: u32 = 2_000;
/// Asked for in two criteria, so the contract allows to ask for them in vain.
const SHARED: [&str; 3] = ["sme_staff_total", "sme_staff_tech", "revenue"];

fn at(policy: &Policy, id: &str) -> usize {
    let found = policy.criteria.iter().position(|criterion| criterion.id == id);
    found.unwrap_or_else(|| panic!("the policy has no criterion {id}"))
}

/// What the engine says, in the oracle's words.
fn observed(policy: &Policy, assessment: &Assessment<'_>, like: &Expected) -> Expected {
    let points = |id: &str| {
        let Points { min, max } = assessment.points(at(policy, id)).expect("points");
        (min, max)
    };
    Expected {
        verdict: assessment.verdict(),
        score: points("score"),
        points: [points("personnel"), points("rd_intensity"), points("ip_results")],
        statuses: like
            .statuses
            .iter()
            .map(|&(id, _)| (id, assessment.status(at(policy, id))))
            .collect(),
    }
}

fn differences(engine: &Expected, oracle: &Expected) -> Vec<String> {
    let mut all = Vec::new();
    let mut see = |what: &str, engine: String, oracle: String| {
        if engine != oracle {
            all.push(format!("{what}: engine {engine}, policy text {oracle}"));
        }
    };
    see("verdict", format!("{:?}", engine.verdict), format!("{:?}", oracle.verdict));
    see("score", format!("{:?}", engine.score), format!("{:?}", oracle.score));
    for (i, id) in ["personnel", "rd_intensity", "ip_results"].iter().enumerate() {
        see(id, format!("{:?}", engine.points[i]), format!("{:?}", oracle.points[i]));
    }
    for (one, other) in engine.statuses.iter().zip(&oracle.statuses) {
        see(one.0, format!("{:?}", one.1), format!("{:?}", other.1));
    }
    all
}

/// The company with this number and its file. Every other one has answered
/// everything.
fn numbered(number: u64) -> (Company, String) {
    let mut dice = Dice::seeded(0x5A17_CE00_0000 + number);
    let mut company = Company::sample(&mut dice);
    if number % 2 == 1 {
        let per_cent = dice.pick(&[4, 8, 15, 15, 30, 60]);
        company = company.blurred(&mut dice, per_cent);
    }
    let json = company.json(&mut dice);
    (company, json)
}

#[test]
fn companies_get_the_verdict_and_points_of_the_policy_text() {
    let library = library();
    let policy = library.policy("tech-sme@2023").expect("the policy");
    let tally = over_all(COMPANIES, |number, tally| {
        let (company, json) = numbered(number);
        let complete = if number % 2 == 0 { "complete" } else { "incomplete" };
        let expected = company.expected();
        tally.on_edge += u64::from(company.is_on_edge());
        tally.count(format!("{complete} {:?}", expected.verdict));
        let engine = with_assessment(&library, policy, &json, |assessment| {
            Ok(observed(policy, assessment, &expected))
        });
        let found = match engine {
            Ok(engine) => differences(&engine, &expected),
            Err(error) => vec![error],
        };
        if !found.is_empty() {
            tally.wrong.push(format!("#{number} {}\n  {json}", found.join("; ")));
        }
    });
    // If a verdict hardly ever occurs, the sample proves little about it.
    let least =
        [("complete Met", 5_000), ("complete NotMet", 5_000), ("complete NeedsReview", 1_000)];
    tally.settle(COMPANIES, &least);
}

#[test]
fn a_question_is_asked_exactly_when_its_answer_alone_can_turn_the_verdict() {
    let library = library();
    let policy = library.policy("tech-sme@2023").expect("the policy");
    let tally = over_all(ASKED, |number, tally| {
        let mut dice = Dice::seeded(0x00A5_CED0_0000 + number);
        let share = dice.pick(&[4, 8, 12, 20]);
        let company = Company::sample(&mut dice).blurred(&mut dice, share);
        let json = company.json(&mut dice);
        // Some figures are looked at in two places. A question is allowed, and
        // counted, if it is idle only because both places see the same figure.
        let (must, may) = (company.decisive(), company.decisive_apart());
        let asked = with_assessment(&library, policy, &json, |assessment| {
            let questions = assessment.questions()?;
            let id = |fact: usize| library.dictionary.facts[fact].id.clone();
            Ok(questions.iter().map(|question| id(question.fact)).collect::<Vec<_>>())
        });
        let found = match asked {
            Err(error) => vec![error],
            Ok(asked) => {
                // Asking whether the list is complete asks for more entries.
                let asked: Vec<&str> = asked
                    .iter()
                    .map(|id| if id == "ip_complete" { "ip" } else { id.as_str() })
                    .collect();
                let missing = must.iter().filter(|id| !asked.contains(id));
                let idle = asked.iter().filter(|id| !may.contains(id) && !SHARED.contains(id));
                for _ in asked.iter().filter(|id| !must.contains(id)) {
                    tally.count("questions too many, for the sake of a shared figure");
                }
                missing
                    .map(|id| format!("{id} is not asked"))
                    .chain(idle.map(|id| format!("{id} is asked in vain")))
                    .collect()
            }
        };
        tally.count(if must.is_empty() { "nothing to ask" } else { "something to ask" });
        if !found.is_empty() {
            tally.wrong.push(format!("#{number} {}\n  {json}", found.join("; ")));
        }
    });
    tally.finish();
}

/// A company that passes every gate, with these head counts, amounts in fen and
/// number of rights.
fn plain(tech: i128, total: i128, rd: i128, revenue: i128, cost: i128, rights: usize) -> Company {
    let mut amounts = [Span::exactly(0); 8];
    let figures = [(TOTAL, total * 100), (TECH, tech * 100), (RD, rd), (REVENUE, revenue)];
    for (at, value) in figures.into_iter().chain([(COST, cost), (ASSETS, 100), (BASE, 1)]) {
        amounts[at] = Span::exactly(value);
    }
    // On an empty tape a right is a utility model.
    let right = || counting_item(&mut Dice::from_tape(Vec::new()));
    Company {
        as_of: (2023, 8, 1),
        established: None,
        entity_kind: None,
        amounts,
        yes_no: std::array::from_fn(|at| Some(at < 5 || at == 6 || at == 7)),
        ip: Some((0..rights).map(|_| right()).collect()),
        ip_complete: None,
    }
}

/// Compares the oracle with a table of the fewest IP points that reach sixty.
/// The table was worked out by hand.
#[test]
fn the_oracle_agrees_with_the_table_of_points_needed() {
    let needed: [[Option<u8>; 5]; 6] = [
        [Some(0), Some(0), Some(0), Some(6), Some(6)],
        [Some(0), Some(6), Some(12), Some(12), Some(18)],
        [Some(12), Some(18), Some(18), Some(24), Some(30)],
        [Some(24), Some(24), Some(30), None, None],
        [Some(30), None, None, None, None],
        [None; 5],
    ];
    for (rd, row) in [6, 5, 4, 3, 2, 1].into_iter().zip(needed) {
        for (tech, needed) in [30, 25, 20, 15, 10].into_iter().zip(row) {
            let least = (0..=5).find(|&rights| {
                let mut company = plain(tech, 100, rd, 100, 0, rights.min(4));
                if rights == 5 {
                    company.ip.iter_mut().flatten().for_each(|item| item.kind = "ic_layout");
                }
                company.expected().verdict == Verdict::Met
            });
            assert_eq!(least.map(|rights| rights as u8 * 6), needed, "{rd}% and {tech}%");
        }
    }
}

/// Tests the oracle with the boundary cases collected from the sources for this
/// programme.
#[test]
fn the_oracle_agrees_with_the_boundary_cases() {
    use Verdict::{Met, NeedsReview, NotMet};
    let good = || plain(30, 100, 6, 100, 0, 3);
    let with = |change: &dyn Fn(&mut Company)| {
        let mut company = good();
        change(&mut company);
        company.expected()
    };
    assert_eq!(good().expected().score, (88, 88));
    // 1: exactly on all three caps, then next to each.
    let cap = 20_000_000_000;
    let largest = || {
        let mut company = plain(150, 500, cap * 6 / 100, cap, 0, 0);
        company.amounts[ASSETS] = Span::exactly(cap);
        company
    };
    assert_eq!(largest().expected().verdict, Met);
    for fact in [TOTAL, REVENUE, ASSETS] {
        let mut company = largest();
        company.amounts[fact].lo += 1;
        company.amounts[fact].hi += 1;
        assert_eq!(company.expected().verdict, NotMet, "one step above the cap");
        // 11: a direct route does not lift the caps.
        company.yes_no[8] = Some(true);
        assert_eq!(company.expected().verdict, NotMet);
    }
    // 3: a tenth brings four points; just below, the evaluation fails.
    assert_eq!(plain(10, 100, 6, 100, 0, 4).expected().points[0], (4, 4));
    let beside = plain(999, 10_000, 6, 100, 0, 4).expected();
    assert_eq!((beside.points[0], beside.score, beside.verdict), ((0, 0), (74, 74), NotMet));
    // 4: sixty points pass. 5: 5.999 % is not 6 %. 6: without revenue, cost
    // counts.
    let sixty = plain(20, 100, 4, 100, 0, 3).expected();
    assert_eq!((sixty.score, sixty.verdict), ((60, 60), Met));
    assert_eq!(plain(30, 100, 5_999, 100_000, 0, 0).expected().points[1], (40, 40));
    assert_eq!(plain(30, 100, 30, 0, 100, 0).expected().points[1], (50, 50));
    assert_eq!(plain(30, 100, 30, 0, 0, 4).expected().points[1], (0, 0));
    // 7: bands do not add up. 9: IC layouts are class I. 10: trademarks never
    // count.
    let rights = |kinds: &[&'static str]| {
        let mut company = plain(20, 100, 6, 100, 0, kinds.len());
        let items = company.ip.iter_mut().flatten().zip(kinds);
        items.for_each(|(item, kind): (&mut Item, _)| item.kind = kind);
        company.expected().points[2]
    };
    assert_eq!(rights(&["invention", "software", "software", "software", "software"]), (30, 30));
    assert_eq!(rights(&["software"; 5]), (24, 24));
    assert_eq!(rights(&["ic_layout"]), (30, 30));
    assert_eq!(rights(&["trademark", "other_copyright"]), (0, 0));
    // 20 of the disagreements: a defence patent is for a person to judge.
    assert_eq!(rights(&["defence_patent"]), (0, 30));
    // 8: without any IP, 20 % of personnel and 6 % of revenue pass.
    let without = plain(20, 100, 6, 100, 0, 0).expected();
    assert_eq!((without.score, without.verdict), ((62, 62), Met));
    // 13: exactly half is not excluded.
    let trade = |income: i128, base: i128| {
        with(&|company| {
            company.amounts[INCOME] = Span::exactly(income);
            company.amounts[BASE] = Span::exactly(base);
        })
    };
    assert_eq!(trade(50, 100).verdict, Met);
    assert_eq!(trade(51, 100).verdict, NotMet);
    assert_eq!(trade(0, 0).verdict, Met);
    // 14: the company was founded in March of this year.
    let new = with(&|company| company.established = Some((2023, 3, 1)));
    assert_eq!(new.verdict, NeedsReview);
    assert!(new.statuses.contains(&("size_staff", Status::NeedsReview)));
}
