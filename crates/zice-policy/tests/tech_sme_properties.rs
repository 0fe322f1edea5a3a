//! Tests what holds for every company, whatever it says and leaves open.

mod oracle;

use std::{path::Path, sync::LazyLock};

use oracle::{
    Company, Item, MOST, PAY_NO_TAX, RD, RESIDENT, STAFF_CAP, Span, TECH, TOTAL,
    sample::{Dice, counting_item},
    write::{Fact, file},
};
use proptest::prelude::*;
use zice_policy::Library;
use zice_rules::{
    Date, Policy, Status, Verdict, assess,
    assess::Points,
    company::Problem,
    dictionary::{self, Kind},
};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    Library::load(Path::new(policies)).unwrap_or_else(|error| panic!("{error}"))
});

/// Everything that an assessment says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    verdict: Verdict,
    score: Points,
    statuses: Vec<Status>,
    points: Vec<Option<Points>>,
    questions: Vec<(String, String)>,
}

fn policy() -> &'static Policy {
    LIBRARY.policy("tech-sme@2023").expect("the policy")
}

fn read(json: &str) -> (zice_rules::Company, Vec<Problem>) {
    let today = Date::parse("2023-08-01").expect("a day");
    zice_rules::Company::from_json(json, &LIBRARY.dictionary, today).expect("JSON")
}

/// Assesses a file, even if some of it is refused.
fn said_of(json: &str) -> (Said, Vec<Problem>) {
    let (company, problems) = read(json);
    let assessment = assess(policy(), &company).expect("an assessment");
    let criteria = 0..policy().criteria.len();
    let questions = assessment.questions().expect("questions");
    let name = |fact: usize| LIBRARY.dictionary.facts[fact].id.clone();
    let total = policy().criteria.iter().position(|c| c.id == "score").expect("the total");
    let said = Said {
        verdict: assessment.verdict(),
        score: assessment.points(total).expect("points"),
        statuses: criteria.clone().map(|at| assessment.status(at)).collect(),
        points: criteria.map(|at| assessment.points(at)).collect(),
        questions: questions.iter().map(|q| (name(q.fact), format!("{:?}", q.weight))).collect(),
    };
    (said, problems)
}

fn said(json: &str) -> Result<Said, TestCaseError> {
    let (said, problems) = said_of(json);
    prop_assert!(problems.is_empty(), "{} in {}", problems[0], json);
    Ok(said)
}

/// Writes a company in the plainest way.
fn plainly(company: &Company) -> String {
    company.json(&mut Dice::from_tape(Vec::new()))
}

/// Randomness that shrinks to a shorter tape of smaller numbers.
fn dice() -> impl Strategy<Value = Dice> {
    prop_oneof![
        prop::collection::vec(any::<u64>(), 0..160).prop_map(Dice::from_tape),
        any::<u64>().prop_map(Dice::seeded),
    ]
}

/// A value in the range, often one of its ends.
fn inside(dice: &mut Dice, Span { lo, hi }: Span) -> i128 {
    let far = hi.min(lo.saturating_add(100_000_000_000));
    match dice.below(4) {
        0 => lo,
        // A range up to the largest amount is written without an upper end.
        1 if hi < MOST => hi,
        1 => far,
        _ => dice.within(lo, far),
    }
}

/// The same company with everything answered.
fn completed(company: &Company, dice: &mut Dice) -> Company {
    let mut whole = company.clone();
    for span in &mut whole.amounts {
        *span = Span::exactly(inside(dice, *span));
    }
    // More technical staff than staff would be a contradiction, not a
    // completion.
    let tech = company.amounts[TECH];
    let total = whole.amounts[TOTAL].lo.max(tech.lo);
    whole.amounts[TOTAL] = Span::exactly(total);
    whole.amounts[TECH] = Span::exactly(whole.amounts[TECH].lo.min(total));
    for answer in &mut whole.yes_no {
        *answer = Some(answer.unwrap_or_else(|| dice.chance(50)));
    }
    // Nor may such an entity be a resident enterprise.
    if company.yes_no[RESIDENT].is_none()
        && whole.entity_kind.is_some_and(|kind| PAY_NO_TAX.contains(&kind))
    {
        whole.yes_no[RESIDENT] = Some(false);
    }
    if whole.ip.is_none() || whole.ip_complete == Some(false) {
        let more = Company::sample(dice).ip.unwrap_or_default();
        whole.ip.get_or_insert_default().extend(more);
        whole.ip_complete = Some(true);
    }
    let as_of = whole.as_of;
    for item in whole.ip.iter_mut().flatten() {
        for field in std::mem::take(&mut item.nulls) {
            match field {
                "kind" => item.kind = dice.pick(&["invention", "software", "trademark"]),
                "status" => item.status = dice.pick(&[None, Some("pending"), Some("granted")]),
                "owner" => item.owner = dice.pick(&[None, Some("co_owned"), Some("person")]),
                "disputed" => item.disputed = Some(dice.chance(50)),
                "main_product" => item.main_product = Some(dice.chance(50)),
                _ => {
                    let day = dice.pick(&[as_of, (as_of.0 + 1, 1, 1), (as_of.0 - 1, 6, 1)]);
                    item.granted = Some((day, day));
                }
            }
        }
    }
    for (first, last) in whole.ip.iter_mut().flatten().filter_map(|item| item.granted.as_mut()) {
        let day = if dice.chance(50) { *last } else { *first };
        (*first, *last) = (day, day);
    }
    whole
}

/// Checks that a later file only narrows what the earlier one said.
fn check_sharper(one: &str, other: &str) -> Result<(Said, Said), TestCaseError> {
    let (early, late) = (said(one)?, said(other)?);
    let within = |early: Points, late: Points| early.min <= late.min && late.max <= early.max;
    let files = format!("in\n{one}\nthen\n{other}");
    let scores = (early.score, late.score);
    prop_assert!(within(early.score, late.score), "{:?} {}", scores, files);
    if early.verdict != Verdict::Undecided {
        prop_assert_eq!(early.verdict, late.verdict, "{}", files);
    }
    for (at, criterion) in policy().criteria.iter().enumerate() {
        let (was, is) = (early.statuses[at], late.statuses[at]);
        if matches!(was, Status::Met | Status::NotMet) {
            prop_assert_eq!(was, is, "{} {}", &criterion.id, files);
        }
        if let (Some(was), Some(is)) = (early.points[at], late.points[at]) {
            prop_assert!(within(was, is), "{}: {:?} {}", &criterion.id, (was, is), files);
        }
    }
    Ok((early, late))
}

/// Checks that better figures only help, as long as the gates do not change.
fn check_no_worse(before: &Company, after: &Company) -> Result<(), TestCaseError> {
    let (before, after) = (plainly(before), plainly(after));
    let files = format!("in\n{before}\nthen\n{after}");
    let (before, after) = (said(&before)?, said(&after)?);
    let (was, is) = (before.score, after.score);
    prop_assert!(was.min <= is.min && was.max <= is.max, "{:?} {}", (was, is), files);
    if before.verdict == Verdict::Met {
        prop_assert_eq!(after.verdict, Verdict::Met, "{}", files);
    }
    if after.verdict == Verdict::NotMet {
        prop_assert_eq!(before.verdict, Verdict::NotMet, "{}", files);
    }
    Ok(())
}

fn raised(Span { lo, hi }: Span, by: i128) -> Span {
    Span { lo: lo + by, hi: if hi == MOST { hi } else { hi + by } }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(zice_testing::cases(1_000)) })]

    #[test]
    fn every_completion_lies_within_what_was_reported(mut dice in dice(), share in 5_u64..70) {
        let company = Company::sample(&mut dice).blurred(&mut dice, share);
        let partly = company.json(&mut dice);
        for _ in 0..4 {
            let whole = completed(&company, &mut dice).json(&mut dice);
            let (_, late) = check_sharper(&partly, &whole)?;
            prop_assert_ne!(late.verdict, Verdict::Undecided, "{}", whole);
        }
    }

    #[test]
    fn a_settled_verdict_asks_nothing_and_an_open_one_asks_something(
        mut dice in dice(), share in 0_u64..70,
    ) {
        let company = Company::sample(&mut dice).blurred(&mut dice, share);
        let json = company.json(&mut dice);
        let said = said(&json)?;
        let settled = said.verdict != Verdict::Undecided;
        prop_assert_eq!(said.questions.is_empty(), settled, "{}", json);
    }

    #[test]
    fn one_more_right_never_harms(mut dice in dice(), share in 0_u64..40, at in any::<u8>()) {
        let company = Company::sample(&mut dice).blurred(&mut dice, share);
        let mut richer = company.clone();
        let items = richer.ip.get_or_insert_default();
        let right: Item = counting_item(&mut dice);
        items.insert(usize::from(at) % (items.len() + 1), right);
        // A list that was not given is now incomplete.
        if company.ip.is_none() {
            richer.ip_complete = Some(false);
        }
        check_no_worse(&company, &richer)?;
    }

    #[test]
    fn more_tech_staff_never_harms(
        mut dice in dice(), share in 0_u64..40, more in 1_i128..3_000, hired in any::<bool>(),
    ) {
        let company = Company::sample(&mut dice).blurred(&mut dice, share);
        let [total, tech, ..] = company.amounts;
        let mut stronger = company.clone();
        stronger.amounts[TECH] = raised(tech, more);
        if hired {
            // New people count as staff too; the cap on staff is tested
            // elsewhere.
            let small = total.hi + more <= STAFF_CAP;
            prop_assume!(small || total.lo > STAFF_CAP || total == Span::UNKNOWN);
            if total != Span::UNKNOWN {
                stronger.amounts[TOTAL] = raised(total, more);
            }
        } else {
            prop_assume!(tech.lo + more <= total.hi);
        }
        check_no_worse(&company, &stronger)?;
    }

    #[test]
    fn more_research_never_harms(
        mut dice in dice(), share in 0_u64..40, more in 1_i128..1_000_000_000,
    ) {
        let company = Company::sample(&mut dice).blurred(&mut dice, share);
        let mut stronger = company.clone();
        stronger.amounts[RD] = raised(company.amounts[RD], more);
        check_no_worse(&company, &stronger)?;
    }

    #[test]
    fn the_order_of_the_answers_does_not_matter(mut dice in dice(), share in 0_u64..40) {
        let company = Company::sample(&mut dice).blurred(&mut dice, share);
        let facts = company.facts(&mut dice);
        let first = said(&file(company.as_of, &facts))?;
        let mut shuffled = facts;
        dice.shuffle(&mut shuffled);
        prop_assert_eq!(&first, &said(&file(company.as_of, &shuffled))?);
        // Answers as on the page, one after another: the file is read, kept,
        // and read again with one more answer.
        let mut kept: Vec<Fact> = Vec::new();
        let mut last = said(&file(company.as_of, &kept))?;
        for fact in shuffled {
            let place = dice.below(kept.len() as u64 + 1) as usize;
            kept.insert(place, fact);
            last = said(&file(company.as_of, &kept))?;
        }
        prop_assert_eq!(last, first);
    }

    #[test]
    fn as_answers_come_in_the_score_only_narrows_and_a_settled_verdict_stays(
        mut dice in dice(), share in 5_u64..90,
    ) {
        let truth = Company::sample(&mut dice);
        // These two have an effect only where they are given, so they come
        // first: what they change is not an answer that was still open.
        let mut company = Company {
            amounts: [Span::UNKNOWN; 8], yes_no: [None; 12], ip: None, ip_complete: None,
            ..truth.clone()
        };
        let blurred = truth.blurred(&mut dice, share);
        let mut steps: Vec<usize> = (0..2 * 21).map(|step| step / 2).collect();
        dice.shuffle(&mut steps);
        let mut before = company.json(&mut dice);
        let mut seen = [false; 21];
        for step in steps {
            // Answer first as far as it is known, and the second time exactly.
            let from = if seen[step] { &truth } else { &blurred };
            seen[step] = true;
            match step {
                0..8 => company.amounts[step] = from.amounts[step],
                8..20 => company.yes_no[step - 8] = from.yes_no[step - 8],
                _ => (company.ip, company.ip_complete) = (from.ip.clone(), from.ip_complete),
            }
            let after = company.json(&mut dice);
            check_sharper(&before, &after)?;
            before = after;
        }
        prop_assert_ne!(said(&before)?.verdict, Verdict::Undecided);
    }

    #[test]
    fn junk_in_any_fact_is_named_and_never_panics(
        mut dice in dice(), fact in any::<prop::sample::Index>(), junk in junk(),
    ) {
        let fact = &LIBRARY.dictionary.facts[fact.index(LIBRARY.dictionary.facts.len())];
        let company = Company::sample(&mut dice).blurred(&mut dice, 20);
        let mut facts = company.facts(&mut dice);
        facts.retain(|(id, _)| *id != fact.id);
        let without = file(company.as_of, &facts);
        let with = |value: &str| {
            let mut json = without.clone();
            let comma = if facts.is_empty() { "" } else { "," };
            json.insert_str(json.len() - 2, &format!("{comma}\"{}\":{value}", fact.id));
            json
        };
        for value in junk.iter().chain(&hostile(fact)) {
            let json = with(value);
            let (company, problems) = read(&json);
            for problem in &problems {
                prop_assert!(names(problem, &fact.id), "{} does not name {} in {}", problem, &fact.id, json);
            }
            for policy in &LIBRARY.policies {
                if let Ok(assessment) = assess(policy, &company) {
                    let _ = assessment.questions();
                }
            }
        }
        // An answer that can't be read is named, and counts as not given.
        let (clean, _) = said_of(&without);
        for value in wrong_for(fact) {
            let (found, problems) = said_of(&with(value));
            prop_assert!(!problems.is_empty(), "{} takes {}", &fact.id, value);
            prop_assert_eq!(&found, &clean, "{} in {}", value, &fact.id);
        }
    }
}

/// Whether a problem is about this fact. Figures that contradict each other may
/// be reported at either of them.
fn names(problem: &Problem, id: &str) -> bool {
    let named = |id: &str| {
        problem.fact.as_deref() == Some(id) && problem.path.starts_with(&format!("facts.{id}"))
    };
    named(id)
        || LIBRARY.dictionary.contradictions.iter().any(|it| it.opposite(id).is_some_and(named))
}

/// Random JSON of any kind.
fn junk() -> impl Strategy<Value = Vec<String>> {
    let words = ["granted", "2022", "min", "max", "kind", "income", "A", "", "é\u{0}", "1e9"];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|yes| yes.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        (any::<i32>(), -400_i32..400).prop_map(|(digits, e)| format!("{digits}e{e}")),
        prop::sample::select(words.to_vec()).prop_map(|word| serde_json::json!(word).to_string()),
        any::<String>().prop_map(|text| serde_json::json!(text).to_string()),
        (-9999_i32..99999, 0_u32..99, 0_u32..99)
            .prop_map(|(year, month, day)| format!("\"{year}-{month}-{day}\"")),
    ];
    let keys = prop::sample::select(vec!["min", "max", "2022", "2021", "kind", "income", "status"]);
    let any_json = leaf.prop_recursive(3, 12, 4, move |inner| {
        let key = prop_oneof![
            keys.clone().prop_map(str::to_owned),
            prop::sample::select(all_fields()),
            any::<String>(),
        ];
        let object = |fields: Vec<(String, String)>| {
            let pairs = fields.iter().map(|(k, v)| format!("{}:{v}", serde_json::json!(k)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        };
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|all| format!("[{}]", all.join(","))),
            prop::collection::vec((key, inner), 0..4).prop_map(object),
        ]
    });
    prop::collection::vec(any_json, 1..6)
}

fn all_fields() -> Vec<String> {
    let fields = LIBRARY.dictionary.facts.iter().flat_map(|fact| &fact.fields);
    fields.map(|field| field.id.clone()).collect()
}

/// Values at the limits of what a fact takes, and just beyond.
fn hostile(fact: &dictionary::Fact) -> Vec<String> {
    let numbers = ["0", "-0", "999999999999999.999999", "1e15", "-1", "0.0000001", "1e999999999"];
    let one = numbers.iter().map(|number| (*number).to_owned()).chain([
        "\"NaN\"".to_owned(),
        "{\"min\":2,\"max\":1}".to_owned(),
        "{\"min\":999999999999999.999999}".to_owned(),
        "{\"max\":0}".to_owned(),
        "{}".to_owned(),
        "\"0000-00-00\"".to_owned(),
        "\"9999-12-31\"".to_owned(),
    ]);
    let wrapped = |value: String| match fact.kind {
        _ if fact.yearly => format!("{{\"2021\":{value},\"2022\":{value}}}"),
        Kind::List => {
            let fields = fact.fields.iter().map(|field| format!("\"{}\":{value}", field.id));
            format!("[{{{}}}]", fields.collect::<Vec<_>>().join(","))
        }
        _ => value,
    };
    one.map(wrapped).collect()
}

/// Values that are certainly not of the fact's kind.
fn wrong_for(fact: &dictionary::Fact) -> &'static [&'static str] {
    if fact.bare {
        return &["true", "[]", "[1]", "-7", "\"many\""];
    }
    if fact.yearly {
        return &["true", "[]", "[1]", "7", "\"7\""];
    }
    match fact.kind {
        Kind::Bool => &["\"yes\"", "\"true\"", "1", "0", "[]", "{}", "[true]"],
        Kind::Text => &["true", "[]", "{}", "1.5"],
        Kind::Enum => &["true", "3", "[]", "{}", "\"no such choice\""],
        Kind::EnumList => &["true", "3", "{}", "\"no such choice\""],
        Kind::List => &["true", "3", "{}", "\"invention\"", "{\"kind\":\"invention\"}"],
        Kind::Object => &["true", "3", "[]", "\"x\""],
        _ => &["true", "[]", "\"many\"", "[1]", "{\"about\":3}", "\"\"", "{}"],
    }
}
