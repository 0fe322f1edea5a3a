//! Compares the program of each policy with its trees: every criterion, score
//! and verdict, for random companies over the whole dictionary.

mod harness;
mod oracle;
mod trees;

use std::sync::LazyLock;

use harness::{
    Tally,
    invented::{COMPANIES, answer, forget},
    library, over_all,
};
use oracle::sample::Dice;
use serde_json::{Map, Value, json};
use trees::{
    Trees,
    evaluate::{Evaluator, listed},
};
use zice_exact::program::Lens;
use zice_policy::Library;
use zice_policy::tree::{Condition, Number};
use zice_rules::{
    Batch, Company, Date, Policy, assess,
    batch::Brief,
    formula::{ConditionAt, FormulaAt, Node, Number as Flat, NumberAt},
    place::FactAt,
};

/// Companies under every edition.
const MANY: u32 = 100_000;

static LIBRARY: LazyLock<Library> = LazyLock::new(library);

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

/// Makes a list longer than one word of a mask.
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

/// Every formula of a policy as a tree of its own.
#[derive(Default)]
struct Nodes {
    conditions: Vec<(ConditionAt, Condition)>,
    numbers: Vec<(NumberAt, Number)>,
    /// Conditions on the entries of lists.
    counted: Vec<(FactAt, ConditionAt, Condition)>,
}

impl Nodes {
    fn of(policy: &Policy) -> Self {
        let mut nodes = Self::default();
        nodes.add(policy, FormulaAt::Condition(policy.verdict), None);
        for note in &policy.entry_notes {
            nodes.add(policy, FormulaAt::Condition(note.when), Some(note.list));
        }
        let notes: Vec<ConditionAt> = policy.entry_notes.iter().map(|note| note.when).collect();
        policy.roots(&mut |at| {
            if !matches!(at, FormulaAt::Condition(at) if notes.contains(&at)) {
                nodes.add(policy, at, None);
            }
        });
        nodes
    }

    fn add(&mut self, policy: &Policy, at: FormulaAt, list: Option<FactAt>) {
        let formulas = &policy.formulas;
        match (at, list) {
            (FormulaAt::Condition(at), None) => {
                if self.conditions.iter().any(|(known, _)| *known == at) {
                    return;
                }
                self.conditions.push((at, Condition::of(formulas, at)));
            }
            (FormulaAt::Number(at), None) => {
                if self.numbers.iter().any(|(known, _)| *known == at) {
                    return;
                }
                self.numbers.push((at, Number::of(formulas, at)));
            }
            (FormulaAt::Condition(at), Some(list)) => {
                if self.counted.iter().any(|(of, known, _)| (*of, *known) == (list, at)) {
                    return;
                }
                self.counted.push((list, at, Condition::of(formulas, at)));
            }
            // Numbers of entries are compared through the conditions they stand
            // in.
            (FormulaAt::Number(_), Some(_)) => return,
        }
        let node = match at {
            FormulaAt::Condition(at) => Node::Condition(formulas.condition(at)),
            FormulaAt::Number(at) => Node::Number(formulas.number(at)),
        };
        let inside = match node {
            Node::Number(Flat::Count(list, _)) => Some(*list),
            _ => list,
        };
        node.parts(&mut |part| self.add(policy, part, inside));
    }
}

/// A policy as a program and as trees, with every formula by itself.
struct Both<'p> {
    policy: &'p Policy,
    batch: Batch<'p>,
    trees: Trees<'p>,
    nodes: Nodes,
}

impl<'p> Both<'p> {
    fn of(policy: &'p Policy) -> Self {
        let batch = Batch::new(policy).expect("a program");
        Self { policy, batch, trees: Trees::of(policy), nodes: Nodes::of(policy) }
    }

    /// Lists where trees and program differ.
    fn differences(&self, company: &Company, registers: bool) -> Vec<String> {
        let policy = self.policy;
        let (row, mut scratch) = (self.batch.row(company), self.batch.scratch());
        let brief = self.batch.assess(&row, &mut scratch);
        let (found, program, brief) =
            match (self.trees.assess(company), assess(policy, company), brief) {
                (Ok(found), Ok(program), Ok(brief)) => (found, program, brief),
                (Err(id), Err(a), Err(b)) if a.to_string() == b.to_string() => {
                    let told = a.to_string();
                    return if told.contains(&id) {
                        Vec::new()
                    } else {
                        vec![format!("{id}: {told}")]
                    };
                }
                (a, b, c) => {
                    let (a, b) = (a.map(|it| it.verdict), b.map(|it| it.verdict()));
                    return vec![format!("trees {a:?}, program {b:?}, batch {c:?}")];
                }
            };
        let mut all = Vec::new();
        let verdicts = [found.verdict, program.verdict(), brief.verdict];
        if verdicts.iter().any(|it| *it != found.verdict) {
            all.push(format!("verdict: trees, program, batch {verdicts:?}"));
        }
        let statuses: Vec<_> = (0..program.rows()).map(|row| program.status(row)).collect();
        if statuses != brief.statuses
            || program.rows() != found.rounds.len() * policy.criteria.len()
        {
            all.push(format!("statuses: program {statuses:?}, batch {:?}", brief.statuses));
        }
        for (number, round) in found.rounds.iter().enumerate() {
            for (at, criterion) in policy.criteria.iter().enumerate() {
                let row = number * policy.criteria.len() + at;
                for lens in Lens::BOTH {
                    let (truth, points) = program.judged(row, lens == Lens::Best);
                    let own = round.results.get(lens, at).expect("a criterion");
                    if (own.truth, own.points.iter().collect::<Vec<u8>>())
                        != (truth, points.clone())
                    {
                        all.push(format!(
                            "{} {lens:?}: trees {own:?}, {truth:?} {points:?}",
                            criterion.id
                        ));
                    }
                }
            }
        }
        if registers {
            self.registers(company, &program, &found, &mut all);
        }
        all
    }

    /// Compares every register of the program.
    fn registers(
        &self,
        company: &Company,
        program: &zice_rules::Assessment<'_>,
        found: &trees::Found,
        all: &mut Vec<String>,
    ) {
        let links = &self.policy.links;
        let each = self.policy.each.as_ref().map(|each| listed(links, company, each.list).0);
        for (number, round) in found.rounds.iter().enumerate().take(3) {
            let entry = each.and_then(|entries| entries.get(number));
            let evaluator = Evaluator { links, company, results: &round.results, entry };
            let values = program.values(number).expect("a round");
            for lens in Lens::BOTH {
                for (at, tree) in &self.nodes.conditions {
                    let (a, b) = (evaluator.truth(tree, lens, None), values.truth(*at, lens));
                    if a != b {
                        all.push(format!("{tree:?} {lens:?}: trees {a:?}, register {b:?}"));
                    }
                }
                for (at, tree) in &self.nodes.numbers {
                    let (a, b) = (evaluator.number(tree, lens, None), values.number(*at, lens));
                    if a != b {
                        all.push(format!("{tree:?} {lens:?}: trees {a:?}, register {b:?}"));
                    }
                }
                for (list, at, tree) in &self.nodes.counted {
                    for (place, one) in listed(links, company, *list).0.iter().enumerate() {
                        let a = evaluator.truth(tree, lens, Some(one));
                        let b = values.truth_of_entry(*list, place, *at, lens);
                        if a != b {
                            all.push(format!("{tree:?} {lens:?} {place}: {a:?}, mask {b:?}"));
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn programs_give_what_the_trees_give() {
    let policies: Vec<Both<'_>> = LIBRARY.policies.iter().map(Both::of).collect();
    let tally = over_all(MANY, |number, tally: &mut Tally| {
        let file = company(number);
        let (company, problems) = Company::from_value(&file, &LIBRARY.dictionary, Date::MIN);
        if !problems.is_empty() {
            tally.count("refused".to_owned());
        }
        for both in &policies {
            let found = both.differences(&company, number % 10 == 0);
            let address = both.policy.address();
            if found.is_empty() {
                tally.count(format!("{address} agrees"));
            } else {
                tally.wrong.push(format!("#{number} {address} {}", found.join("; ")));
            }
        }
    });

    assert!(tally.wrong.is_empty(), "{}", tally.wrong[..tally.wrong.len().min(5)].join("\n"));
}

/// Compares a change and its undoing with a full assessment.
#[test]
fn a_changed_figure_gives_what_a_new_company_gives() {
    for policy in LIBRARY.policies.iter().filter(|policy| policy.each.is_none()) {
        let batch = Batch::new(policy).expect("a program");
        let mut scratch = batch.scratch();
        for number in 0..u64::from(zice_testing::cases(MANY / 200)) {
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
            // Replace one slot after another by that of the other company.
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
