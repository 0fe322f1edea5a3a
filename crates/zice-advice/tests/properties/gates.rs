//! “No way” for every gate: a company that fails one gate alone is told that
//! gate where nothing lawful mends it.

use std::collections::BTreeMap;

use zice_advice::{Because, Options, advise};
use zice_rules::{
    Batch, Company, Status, Verdict, assess,
    company::Answer,
    policy::{CriterionKind, Horizon, Policy},
};

use crate::world::LIBRARY;

/// What was seen of a gate: named as a reason for no advice, or mended.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    named: u32,
    mended: u32,
}

/// Gates that a company fails.
fn failing(policy: &Policy, company: &Company) -> Vec<String> {
    let found = assess(policy, company).expect("an assessment");
    let rows = (0..found.rows()).filter(|row| found.status(*row) == Status::NotMet);
    let gates = rows.filter_map(|row| {
        let criterion = policy.criteria.get(found.place(row).1)?;
        (criterion.kind == CriterionKind::Gate).then(|| criterion.id.clone())
    });
    let mut gates: Vec<String> = gates.collect();
    gates.sort();
    gates.dedup();
    gates
}

/// A golden company; and for one that passes, the same with one yes-or-no answer
/// turned round.
fn variants(policy: &Policy, company: &Company) -> Vec<Company> {
    let mut all = vec![company.clone()];
    let passes = [Verdict::Met, Verdict::NeedsReview];
    if passes.contains(&assess(policy, company).expect("an assessment").verdict()) {
        for at in 0..company.answers.len() {
            if let Answer::Bool(yes) = company.answers[at] {
                let mut turned = company.clone();
                turned.answers[at] = Answer::Bool(!yes);
                all.push(turned);
            }
        }
    }
    all
}

/// Looks at every golden company that fails one gate alone.
fn look(policy: &Policy) -> BTreeMap<String, Seen> {
    let batch = Batch::new(policy).expect("a program");
    let mut all: BTreeMap<String, Seen> = BTreeMap::new();
    for company in LIBRARY.golden(policy).iter().flat_map(|it| variants(policy, it)) {
        let [gate] = failing(policy, &company).try_into().unwrap_or_default();
        let gate: String = gate;
        if gate.is_empty() {
            continue;
        }
        let advice = advise(&batch, &company, &LIBRARY.dictionary, Options::default());
        let advice = advice.expect("advice");
        let seen = all.entry(gate.clone()).or_default();
        for horizon in [Horizon::ThisRound, Horizon::NextRound] {
            if advice.items.iter().any(|it| it.horizon == horizon) {
                seen.mended += 1;
            }
            let own = |it: &&zice_advice::NoAdvice| {
                it.horizon == horizon && it.because == Because::Levers
            };
            let Some(none) = advice.none.iter().find(own) else { continue };
            let named = none
                .rows
                .iter()
                .any(|row| policy.line_id(*row).rsplit('.').next() == Some(gate.as_str()));
            seen.named += u32::from(named);
            if horizon == Horizon::ThisRound {
                assert!(named, "{} {:?}: {gate}, {none:?}", policy.address(), company.name);
            }
        }
    }
    all
}

#[test]
fn every_gate_that_nothing_mends_is_named() {
    let mut untold = Vec::new();
    for policy in LIBRARY.policies.iter().filter(|it| !it.hint) {
        let seen = look(policy);
        // Where a person decides what fails, no gate is ever not met.
        let gates = policy.criteria.iter().filter(|it| it.kind == CriterionKind::Gate);
        for criterion in gates.filter(|it| it.otherwise.is_none()) {
            let own = seen.get(&criterion.id).copied().unwrap_or_default();
            if own.named == 0 && own.mended == 0 {
                untold.push(format!("{} {}", policy.address(), criterion.id));
            }
        }
    }
    assert_eq!(untold, Vec::<String>::new());
}
