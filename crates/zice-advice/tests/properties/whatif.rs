use zice_advice::{Probe, Stairs, figures, stairs_of_figure, stairs_of_lever};
use zice_rules::{
    Batch, Company, Policy, Verdict, assess, assess::Points, fraction::Fraction, policy::Horizon,
    range::Range,
};

use crate::{
    advice::{after, coarse, most, next, usable},
    harness::{Tally, over_all},
    world::{LIBRARY, company, policy, with},
};

/// What an assessment as a whole says.
fn told(policy: &Policy, company: &Company) -> (Verdict, Option<Points>) {
    let found = assess(policy, company).expect("an assessment");
    let total = policy.criteria.iter().position(|it| it.passes_from().is_some());
    (found.verdict(), total.and_then(|at| found.points(at)))
}

/// Compares stairs with trying every amount between two.
fn against_trying(
    stairs: &Stairs,
    (from, to): (i128, i128),
    what: &str,
    told: impl Fn(i128) -> (Verdict, Option<Points>),
    tally: &mut Tally,
) {
    tally.count(format!("{} steps", stairs.steps.len().min(4)));
    let mut start = from;
    for step in &stairs.steps {
        if step.from != start || step.to < start {
            tally.wrong.push(format!("{what}: a gap at {start}"));
        }
        for amount in step.from..=step.to {
            if told(amount) != (step.verdict, step.score) {
                tally.wrong.push(format!("{what} {amount}: {step:?}"));
                return;
            }
        }
        start = step.to + 1;
    }
    let same = stairs
        .steps
        .windows(2)
        .any(|two| (two[0].verdict, two[0].score) == (two[1].verdict, two[1].score));
    if start != to + 1 || same {
        tally.wrong.push(format!("{what}: {stairs:?}"));
    }
}

fn check_levers(address: &str, number: u64, tally: &mut Tally) {
    let policy = coarse(policy(address));
    let company = company(address, number);
    let batch = Batch::new(&policy).expect("a program");
    for horizon in [Horizon::ThisRound, Horizon::NextRound] {
        let then =
            if horizon == Horizon::ThisRound { company.clone() } else { next(&policy, &company) };
        for (at, lever) in policy.levers.iter().enumerate() {
            let found = stairs_of_lever(&batch, &company, &LIBRARY.dictionary, at, horizon);
            let finishes = lever.adds.as_ref().is_some_and(|it| it.waits.is_some());
            let none = finishes || most(lever, &then, company.as_of, None) < 1;
            if none || !usable((lever, None), &then, horizon) {
                assert!(found.is_none(), "{address} #{number} {}", lever.id);
                continue;
            }
            let Some(stairs) = found else {
                tally.count("not told");
                continue;
            };
            let what = format!("{address} #{number} {} {horizon:?}", lever.id);
            let most = most(lever, &then, company.as_of, None);
            let told = |amount| {
                told(&policy, &after((lever, None), &then, amount, (horizon, company.as_of)))
            };
            against_trying(&stairs, (0, most), &what, told, tally);
        }
    }
}

#[test]
fn stairs_along_a_lever_are_what_trying_every_amount_finds() {
    for (address, all) in [("tech-sme@2026", 2_000), ("hnte-zj@2024", 1_000), ("aaa-zj@2025", 500)]
    {
        let tally = over_all(all, |number, tally| check_levers(address, number, tally));
        tally.finish();
        assert!(tally.of("2 steps") > 0 && tally.of("not told") == 0, "{address}");
    }
}

/// Heads are tried one after another; amounts at both ends of every step, so
/// that what is told holds to the fen.
#[test]
fn stairs_along_a_figure_are_what_trying_finds() {
    for (address, all) in
        [("tech-sme@2026", 1_000), ("hnte-zj@2024", 500), ("new-material@2023", 500)]
    {
        let tally = over_all(all, |number, tally: &mut Tally| {
            let (policy, company) = (policy(address), company(address, number));
            let batch = Batch::new(policy).expect("a program");
            let mut probe = Probe::new(&batch, &company);
            for figure in figures(&probe, &company, &LIBRARY.dictionary) {
                let near = figure.granule == Fraction::ONE;
                let far = if near { 60 } else { 10_000_000_000 };
                let Some(stairs) = stairs_of_figure(&mut probe, &figure, far, far) else {
                    tally.count("not told");
                    continue;
                };
                tally.count("told");
                let value = |amount: i128| {
                    let by = figure.granule.mul(Fraction::whole(amount)).expect("an amount");
                    figure.value.add(by).expect("a value")
                };
                let there = |amount: i128| {
                    let to = Range::exact(value(amount));
                    told(policy, &with(&company, &figure.fact, figure.year, to))
                };
                let what = format!("{address} #{number} {}", figure.fact);
                let (first, last) = (stairs.steps[0].from, stairs.steps[stairs.steps.len() - 1].to);
                if near {
                    against_trying(&stairs, (first, last), &what, there, tally);
                }
                for step in &stairs.steps {
                    let ends = [step.from, step.to].map(there);
                    let right = ends.iter().all(|it| *it == (step.verdict, step.score));
                    if !right || step.value != Some(value(step.from)) {
                        tally.wrong.push(format!("{what}: {step:?}, tried {ends:?}"));
                    }
                }
            }
        });
        tally.finish();
        assert!(tally.of("told") > 50 && tally.of("not told") == 0, "{address}");
    }
}
