//! Compares the engine with the policy files of `aaa-zj` to an independent
//! reading of the policy text (`aaa`), for fifty thousand companies.

mod aaa;
mod harness;
mod oracle;

use aaa::{Company, Listing, PAPERS, Statement, Violation, ratios::Figures};
use harness::{
    Said, differences,
    known::Between,
    library, over_all, report, said,
    spell::{YUAN, plain},
};
use oracle::sample::Dice;

const COMPANIES: u32 = 50_000;
const ASKED: u32 = 3_000;
const RATIOS: u32 = 2_000;
/// Two criteria that look at the same listings need not know it of each other
/// while these are open: the contract grants that, and it is counted.
const SHARED: &str = "open for the sake of shared listings";
/// The rules are the same in every edition; only the years move.
const EDITIONS: [&str; 3] = ["aaa-zj@2023", "aaa-zj@2025", "aaa-zj@2027"];

/// The company with this number and its file. Every third one has answered
/// everything.
fn numbered(number: u64) -> (Company, String) {
    let mut dice = Dice::seeded(0x0AAA_0000_0000 + number);
    let mut company = Company::sample(&mut dice);
    if !number.is_multiple_of(3) {
        let per_cent = dice.pick(&[3, 6, 12, 25, 50]);
        company = company.blurred(&mut dice, per_cent);
    }
    let json = company.json(&mut dice);
    (company, json)
}

#[test]
fn companies_get_the_criteria_and_papers_of_the_policy_text() {
    let library = library();
    let tally = over_all(COMPANIES, |number, tally| {
        let (company, json) = numbered(number);
        let expected = company.expected();
        tally.on_edge += u64::from(company.is_on_edge());
        let complete = if number.is_multiple_of(3) { "complete" } else { "incomplete" };
        tally.count(format!("{complete} {}", expected.verdict));
        for paper in &expected.papers {
            tally.count(paper.clone());
        }
        for (id, status) in &expected.statuses {
            tally.count(format!("{id} {status}"));
        }
        let edition = match number % 10 {
            0 => EDITIONS[1],
            5 => EDITIONS[2],
            _ => EDITIONS[0],
        };
        let found = match said(&library, edition, &json) {
            Ok(engine) => {
                let found = differences(&engine, &expected, &PAPERS, false);
                let apart = || differences(&engine, &company.expected_apart(), &PAPERS, false);
                if !found.is_empty() && apart().is_empty() {
                    tally.count(SHARED.to_owned());
                    Vec::new()
                } else {
                    found
                }
            }
            Err(error) => vec![error],
        };
        if !found.is_empty() {
            tally.wrong.push(format!("#{number} {edition} {}\n  {json}", found.join("; ")));
        }
    });
    let forgiven = tally.counts.get(SHARED).copied().unwrap_or(0);
    assert!(forgiven * 1_000 < tally.tried, "{forgiven} {SHARED}");
    tally.settle(
        COMPANIES,
        &[
            ("complete met", 3_000),
            ("complete not_met", 3_000),
            // The sample has 165 of these, and 120 of those below. Only the
            // test of a company that renews is left to a person, because the
            // backbone route asks for no AA listing.
            ("complete needs_review", 150),
            ("incomplete undecided", 5_000),
            ("incomplete met", 1_000),
            ("incomplete needs_review", 110),
            ("loss_explanation", 3_000),
            ("debt_explanation", 3_000),
            ("violation_explanation", 3_000),
            ("backbone_statement", 3_000),
            ("priority_document", 3_000),
        ],
    );
}

#[test]
fn a_question_is_asked_exactly_when_its_answer_alone_can_turn_the_verdict() {
    let library = library();
    let tally = over_all(ASKED, |number, tally| {
        let mut dice = Dice::seeded(0x0AAA_A5CE_0000 + number);
        let share = dice.pick(&[4, 8, 12, 20, 40]);
        let company = Company::sample(&mut dice).blurred(&mut dice, share);
        let json = company.json(&mut dice);
        tally.on_edge += u64::from(company.is_on_edge());
        let must = company.decisive();
        tally.count(format!("{} to ask", if must.is_empty() { "nothing" } else { "something" }));
        let found = match said(&library, EDITIONS[0], &json) {
            Err(error) => vec![error],
            Ok(engine) => {
                let asked: Vec<&str> = engine.asked.iter().map(String::as_str).collect();
                let missing = must.iter().filter(|id| !asked.contains(id));
                let mut idle: Vec<_> = asked.iter().filter(|id| !must.contains(*id)).collect();
                if company.listings_are_open() && !idle.is_empty() {
                    tally.count(SHARED.to_owned());
                    idle.clear();
                }
                missing
                    .map(|id| format!("{id} is not asked"))
                    .chain(idle.into_iter().map(|id| format!("{id} is asked in vain")))
                    .collect()
            }
        };
        if !found.is_empty() {
            tally.wrong.push(format!("#{number} {}\n  {json}", found.join("; ")));
        }
    });
    tally.settle(ASKED, &[("nothing to ask", 500), ("something to ask", 500)]);
}

/// The ratios of the national form decide nothing, but they must be right to
/// the last digit.
#[test]
fn the_ratios_for_orientation_are_those_of_the_national_form() {
    let library = library();
    let tally = over_all(RATIOS, |number, tally| {
        let mut dice = Dice::seeded(0x0AAA_0A71_0000 + number);
        let figures = Figures::sample(&mut dice);
        let json = figures.json(&mut dice);
        let report = match report(&library, EDITIONS[0], &json) {
            Ok(report) => report,
            Err(error) => return tally.wrong.push(format!("#{number} {error}\n  {json}")),
        };
        tally.on_edge += u64::from(figures.has_a_nought());
        for (id, side, year, expected) in figures.expected() {
            let found = report.indicators.iter().filter(|one| one.id == id);
            let mut found = found.flat_map(|one| &one.values).filter(|one| {
                one.side.as_deref() == side && (one.year.is_none() || one.year == Some(year))
            });
            let what = format!("{id} {} {year}", side.unwrap_or(""));
            let Some(value) = found.next() else {
                tally.wrong.push(format!("#{number} {what} is missing"));
                continue;
            };
            let ends = value.observed.as_ref().map(|range| (range.min.clone(), range.max.clone()));
            let right = match (&ends, expected) {
                (None, None) => true,
                (Some((Some(min), Some(max))), Some(ratio)) => min == max && ratio.is(min),
                _ => false,
            };
            tally.count(format!(
                "{id} {}",
                if expected.is_some() { "defined" } else { "undefined" }
            ));
            if !right {
                tally.wrong.push(format!(
                    "#{number} {what}: engine {ends:?}, form {expected:?}\n  {json}"
                ));
            }
        }
    });
    tally.settle(RATIOS, &[]);
}

/// A company of 2023 that meets every condition, with two years at AA.
fn good() -> Company {
    let listing = Listing { level: Some(1), year: Between::exactly(2021) };
    let profit = Between::exactly(1_000 * YUAN);
    Company {
        as_of: (2023, 3, 20),
        established: Between::UNKNOWN,
        kind: Some("company"),
        branch_independent: None,
        as_enterprise: None,
        full_years: Between::exactly(5),
        plain: [Some(true); 6],
        violations: Some(Vec::new()),
        test_failed: Some(false),
        history: Some(vec![listing]),
        statement: None,
        micro_small: None,
        priority_document: None,
        profit: [profit; 2],
        assets: Between::exactly(1_000 * YUAN),
        liabilities: Between::exactly(500 * YUAN),
    }
}

fn complete_statement(issuer: &'static str) -> Statement {
    Statement {
        issuer: Some(issuer),
        total: Between::exactly(320),
        rank: Between::exactly(4),
        contact: Some("李明"),
        phone: Some("0571-88888888"),
        lacks: Vec::new(),
    }
}

/// The boundary cases collected from the sources for this programme; oracle and
/// engine must both agree with them.
#[test]
fn the_boundary_cases_come_out_right() {
    let library = library();
    let see = |what: &str, change: &dyn Fn(&mut Company)| -> Said {
        let mut company = good();
        change(&mut company);
        let expected = company.expected();
        let json = company.json(&mut Dice::from_tape(Vec::new()));
        let engine = said(&library, EDITIONS[0], &json).expect("a report");
        let found = differences(&engine, &expected, &PAPERS, false);
        assert!(found.is_empty(), "{what}: {}", found.join("; "));
        expected
    };
    let verdict = |what: &str, change: &dyn Fn(&mut Company), verdict: &str| {
        let said = see(what, change);
        assert_eq!(said.verdict, verdict, "{what}");
        said
    };
    let papers = |said: &Said| said.papers.iter().cloned().collect::<Vec<_>>().join(" ");
    let listed =
        |level: usize, year: i32| Listing { level: Some(level), year: Between::exactly(year) };

    assert_eq!(papers(&verdict("base", &|_| (), "met")), "");
    // 1: the year of foundation is not a full year.
    verdict("1", &|c| c.full_years = Between::exactly(1), "not_met");
    verdict("1", &|c| c.full_years = Between::exactly(2), "met");
    // 4, 5: losses in one year and in both do not exclude the company.
    let loss = Between::exactly(-1);
    let one = see("4", &|c| c.profit[0] = loss);
    let both = verdict("5", &|c| c.profit = [loss; 2], "met");
    assert_eq!((papers(&one), papers(&both)), (String::new(), "loss_explanation".into()));
    let none = see("5, a nought is no loss", &|c| c.profit = [Between::exactly(0), loss]);
    let new = see("5, founded in between", &|c| {
        c.profit = [loss; 2];
        c.established = Between::exactly((2022, 1, 1));
    });
    assert_eq!((papers(&none), papers(&new)), (String::new(), String::new()));
    // 6, 7: the statement must come from the province and be complete.
    let backbone = |statement: Statement| {
        move |c: &mut Company| {
            c.history = Some(vec![Listing { level: Some(1), year: Between::exactly(2022) }]);
            c.statement = Some(statement.clone());
            c.micro_small = Some(false);
        }
    };
    verdict("6", &backbone(complete_statement("city")), "not_met");
    let province = verdict("6", &backbone(complete_statement("province")), "met");
    assert_eq!(papers(&province), "backbone_statement");
    for lacks in ["issuer_level", "industry_total", "rank", "contact", "phone"] {
        let lacks = vec![lacks];
        verdict("7", &backbone(Statement { lacks, ..complete_statement("province") }), "not_met");
    }
    // A field that was not read yet is asked for.
    let total = Between::UNKNOWN;
    verdict("7", &backbone(Statement { total, ..complete_statement("province") }), "undecided");
    let phone = None;
    verdict("7", &backbone(Statement { phone, ..complete_statement("national") }), "undecided");
    verdict("7", &backbone(Statement { phone, ..complete_statement("city") }), "not_met");
    // U3: the company was never listed at AA.
    let unlisted = |statement: Option<Statement>| {
        move |c: &mut Company| {
            c.history = Some(Vec::new());
            c.statement = statement.clone();
            c.micro_small = Some(false);
        }
    };
    let review = verdict("U3", &unlisted(Some(complete_statement("province"))), "met");
    assert_eq!(papers(&review), "backbone_statement");
    verdict("U3", &unlisted(Some(complete_statement("city"))), "not_met");
    verdict("U3", &unlisted(None), "undecided");
    // 8, 9: a small firm in a supported trade.
    let small = |year: i32, micro_small: bool| {
        move |c: &mut Company| {
            c.history = Some(vec![Listing { level: Some(0), year: Between::exactly(year) }]);
            c.statement = Some(complete_statement("city"));
            (c.micro_small, c.priority_document) = (Some(micro_small), Some(true));
        }
    };
    verdict("8", &small(2022, true), "not_met");
    verdict("8", &small(2020, true), "not_met");
    verdict("9", &small(2021, false), "not_met");
    assert_eq!(papers(&verdict("8", &small(2021, true), "met")), "priority_document");
    // 10, 11, 12: the window begins on 1 January 2021.
    let penalty = |day, repaired: bool, statement: bool| {
        move |c: &mut Company| {
            let (intentional, repaired) = (Some(true), Some(repaired));
            let (decided, statement) = (Between::exactly(day), Some(statement));
            c.violations = Some(vec![Violation { decided, intentional, repaired, statement }]);
        }
    };
    assert_eq!(papers(&verdict("10", &penalty((2020, 12, 31), false, false), "met")), "");
    verdict("10", &penalty((2021, 1, 1), false, false), "not_met");
    let repaired = verdict("11", &penalty((2021, 6, 1), true, true), "met");
    assert_eq!(papers(&repaired), "violation_explanation");
    let screenshot = verdict("12", &penalty((2021, 6, 1), true, false), "not_met");
    assert_eq!(papers(&screenshot), "violation_explanation");
    // 14: the test excludes new applicants; for renewals a person decides.
    verdict("14", &|c| c.test_failed = Some(true), "not_met");
    let renewing = |c: &mut Company| {
        c.test_failed = Some(true);
        c.history = Some(vec![listed(2, 2021)]);
    };
    verdict("14", &renewing, "needs_review");
    // 13: a lapsed AAA listing does not help any more.
    let lapsed = |c: &mut Company| {
        c.history = Some(vec![listed(2, 2020)]);
        c.statement = Some(complete_statement("city"));
        c.micro_small = Some(false);
    };
    verdict("13", &lapsed, "not_met");
    // A chain of two listings, and one with a gap.
    let chain = |years: [i32; 2]| {
        move |c: &mut Company| {
            let listing = |year| Listing { level: Some(1), year: Between::exactly(year) };
            c.history = Some(years.map(listing).to_vec());
            (c.micro_small, c.statement) = (Some(false), Some(complete_statement("city")));
        }
    };
    verdict("renewed", &chain([2022, 2020]), "met");
    verdict("gap", &chain([2022, 2019]), "not_met");
    // 15, 17, and individual businesses.
    verdict("15", &|c| c.plain[5] = Some(false), "not_met");
    let branch = |independent: bool| {
        move |c: &mut Company| (c.kind, c.branch_independent) = (Some("branch"), Some(independent))
    };
    verdict("17", &branch(false), "not_met");
    verdict("17", &branch(true), "met");
    verdict("sole trader", &|c| c.kind = Some("individual_business"), "not_met");
}

/// Boundary cases 2 and 3: more than 90 %, and last year only. The table was
/// calculated by hand.
#[test]
fn a_debt_of_exactly_nine_tenths_needs_no_explanation() {
    let library = library();
    let table = [
        ("100", "90"),
        ("1", "0.9"),
        ("0.1", "0.09"),
        ("0.01", "0.009"),
        ("0.00001", "0.000009"),
        ("33.33", "29.997"),
        ("1234567.89", "1111111.101"),
        ("8000000.05", "7200000.045"),
        ("70707070.7", "63636363.63"),
        ("999999999999.9", "899999999999.91"),
        ("123456789012.34567", "111111110111.111103"),
    ];
    for (assets, debt) in table {
        let debt = micro(debt);
        for (step, above) in [(-1, false), (0, false), (1, true), (10_000, true), (YUAN, true)] {
            let mut company = good();
            company.assets = Between::exactly(micro(assets));
            company.liabilities = Between::exactly(debt + step);
            let json = company.json(&mut Dice::from_tape(Vec::new()));
            let engine = said(&library, EDITIONS[0], &json).expect("a report");
            let asked = engine.papers.contains("debt_explanation");
            assert_eq!(asked, above, "{} of {assets}", plain(debt + step));
            assert_eq!(company.expected().papers.contains("debt_explanation"), above);
            assert_eq!(engine.verdict, "met", "it is no bar");
        }
    }
}

/// A decimal in millionths.
fn micro(decimal: &str) -> i128 {
    let (whole, rest) = decimal.split_once('.').unwrap_or((decimal, ""));
    format!("{whole}{rest:0<6}").parse().expect("a decimal")
}
