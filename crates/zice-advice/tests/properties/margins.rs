use zice_advice::{Effect, Margin, Probe, Side, breaking, figures, margins, near, tolerance};
use zice_rules::{Batch, Company, Verdict, company::Answer, fraction::Fraction, range::Range};

use crate::{
    harness::{Tally, over_all},
    oracle::sample::Dice,
    world::{LIBRARY, PROGRAMMES, company, policy, said, with},
};

fn exact(value: Fraction) -> Range {
    Range::exact(value)
}

/// The value one granule nearer than where it flips.
fn before(margin: &Margin, granule: Fraction) -> Fraction {
    match margin.side {
        Side::Below => margin.flips_at.add(granule),
        Side::Above => margin.flips_at.sub(granule),
    }
    .expect("a value")
}

/// Values at distances of all sizes, up to `most` granules.
fn distances(dice: &mut Dice, most: i128) -> Vec<i128> {
    let mut all = vec![1, most];
    for _ in 0..4 {
        let bits = dice.below(57);
        all.push(dice.within(0, 1 << bits.min(56)).min(most));
    }
    all.retain(|it| (1..=most).contains(it));
    all
}

fn check_margins(address: &str, number: u64, tally: &mut Tally) {
    let (policy, company) = (policy(address), company(address, number));
    let Some((now, fewest)) = said(policy, &company) else { return };
    let batch = Batch::new(policy).expect("a program");
    let mut probe = Probe::new(&batch, &company);
    let all = margins(&mut probe, &company, &LIBRARY.dictionary);
    let found = &all.found;
    *tally.counts.entry(format!("{address} stopped")).or_default() += all.stopped.len() as u64;
    tally.count(format!("{address} companies"));
    *tally.counts.entry(format!("{address} evaluations")).or_default() += probe.evaluations();
    let mut dice = Dice::seeded(number);
    let mut wrong = |what: String| tally.wrong.push(format!("{address} #{number}: {what}"));
    let said = |fact: &str, year, value| said(policy, &with(&company, fact, year, exact(value)));
    let mut flips = 0;
    for figure in figures(&probe, &company, &LIBRARY.dictionary) {
        for side in [Side::Below, Side::Above] {
            let own: Vec<&Margin> = found
                .iter()
                .filter(|it| (&it.fact, it.year, it.side) == (&figure.fact, figure.year, side))
                .collect();
            flips += own.len();
            let first = own.iter().map(|it| it.room).min();
            let verdict = own.iter().find(|it| it.effect == Effect::Verdict).map(|it| it.room);
            for margin in &own {
                let there = said(&margin.fact, margin.year, margin.flips_at);
                let nearer = said(&margin.fact, margin.year, before(margin, figure.granule));
                let (Some(there), Some(nearer)) = (there, nearer) else {
                    wrong(format!("{margin:?} overflows"));
                    continue;
                };
                let right = match margin.effect {
                    Effect::Verdict if nearer.0 == now => there.0 != now,
                    // What is open may be met on the way to where it fails.
                    Effect::Verdict => {
                        let fails = |it| it == Verdict::NotMet;
                        now == Verdict::Undecided && fails(there.0) && !fails(nearer.0)
                    }
                    Effect::Points => there.0 == now && there.1 < fewest && nearer.1 >= fewest,
                    Effect::Criterion => now == Verdict::Undecided,
                };
                if !right || there.0 != margin.verdict || margin.row.is_none() {
                    wrong(format!("{margin:?}: {now:?} {fewest:?}, {nearer:?}, then {there:?}"));
                }
            }
            // Nothing flips in between, or at all where nothing is said.
            for at in distances(&mut dice, figure.room(side)) {
                let value = figure.moved(side, at).expect("a value");
                let room = figure.granule.mul(Fraction::whole(at)).expect("a room");
                let Some(there) = said(&figure.fact, figure.year, value) else { continue };
                let stopped = all
                    .stopped
                    .iter()
                    .find(|it| (&it.fact, it.year, it.side) == (&figure.fact, figure.year, side));
                if stopped.is_some_and(|it| match side {
                    Side::Above => value > it.safe_to,
                    Side::Below => value < it.safe_to,
                }) {
                    continue;
                }
                let keeps = first.is_some_and(|it| room >= it) || there.1 >= fewest;
                let same = verdict.is_some_and(|it| room >= it) || there.0 == now;
                if now != Verdict::Undecided && !(keeps && same) {
                    wrong(format!("{} {side:?} {at}: {there:?}, {now:?}", figure.fact));
                }
            }
        }
    }
    *tally.counts.entry(format!("{address} margins")).or_default() += flips as u64;
}

#[test]
fn a_margin_flips_where_it_says_and_not_one_granule_before() {
    for (address, all) in PROGRAMMES {
        let tally = over_all(all.max(2_000), |number, tally| check_margins(address, number, tally));
        tally.finish();
        assert!(tally.of(&format!("{address} margins")) > 0, "{address}");
        // Evaluations do not depend on the machine, and no search may stop.
        let of = |what: &str| tally.of(&format!("{address} {what}"));
        let evaluations = if address.starts_with("hnte-zj") { 280 } else { 120 };
        assert_eq!(of("stopped"), 0, "{address}");
        assert!(of("evaluations") <= evaluations * of("companies"), "{address}");
    }
}

/// Hundredths of a head are tried one after another, each as a company of its own.
#[test]
fn the_first_flip_of_a_head_count_is_the_one_that_trying_finds() {
    let address = "tech-sme@2026";
    let tally = over_all(1_000, |number, tally: &mut Tally| {
        let (policy, company) = (policy(address), company(address, 3 * number));
        let Some((now, _)) = said(policy, &company) else { return };
        if now == Verdict::Undecided {
            return;
        }
        let batch = Batch::new(policy).expect("a program");
        let mut probe = Probe::new(&batch, &company);
        let found = margins(&mut probe, &company, &LIBRARY.dictionary).found;
        for figure in figures(&probe, &company, &LIBRARY.dictionary) {
            if !figure.fact.starts_with("sme_staff") {
                continue;
            }
            for side in [Side::Below, Side::Above] {
                let flips = (1..=figure.room(side).min(3_000)).find(|at| {
                    let value = figure.moved(side, *at).expect("a value");
                    let changed = with(&company, &figure.fact, figure.year, exact(value));
                    said(policy, &changed).is_some_and(|it| it.0 != now)
                });
                let margin = found.iter().find(|it| {
                    (&it.fact, it.side, it.effect) == (&figure.fact, side, Effect::Verdict)
                });
                let granules = |it: Fraction| it.div(figure.granule).ok().flatten();
                let told = margin.and_then(|it| granules(it.room)).map(Fraction::floor);
                let told = told.filter(|it| *it <= 3_000);
                tally.count(if flips.is_some() { "flips" } else { "never" });
                if flips != told {
                    tally.wrong.push(format!("#{number} {} {flips:?} {told:?}", figure.fact));
                }
            }
        }
    });
    tally.finish();
    assert!(tally.of("flips") >= 10);
}

/// Moves every figure by less than the tolerance, each its own way.
#[test]
fn what_moves_by_less_than_the_tolerance_keeps_the_verdict() {
    for (address, all) in PROGRAMMES {
        let tally = over_all(all, |number, tally: &mut Tally| {
            let (policy, company) = (policy(address), company(address, number));
            let batch = Batch::new(policy).expect("a program");
            let mut probe = Probe::new(&batch, &company);
            let Some(most) = tolerance(&mut probe, &company, &LIBRARY.dictionary) else { return };
            let Some((now, _)) = said(policy, &company) else { return };
            tally.count(format!("{address} {now:?}"));
            let mut dice = Dice::seeded(number);
            for _ in 0..10 {
                let mut moved = company.clone();
                for figure in figures(&probe, &company, &LIBRARY.dictionary) {
                    if figure.kind == zice_rules::dictionary::Kind::Whole {
                        continue;
                    }
                    let most = i128::from(most);
                    let way = dice.pick(&[-most, most, 0, most / 2]);
                    let share = Fraction::new(1000 + way, 1000).expect("a share");
                    let value = figure.value.mul(share).expect("a value");
                    moved = with(&moved, &figure.fact, figure.year, exact(value));
                }
                tally.count(format!("{address} draws"));
                if said(policy, &moved).is_none_or(|it| it.0 != now) {
                    tally.wrong.push(format!("{address} #{number}: {most} ‰, {now:?}"));
                }
            }
        });
        tally.finish();
    }
}

/// The company without some entries of a list.
fn without(company: &Company, list: &str, gone: &[usize]) -> Company {
    let mut left = company.clone();
    let at = LIBRARY.dictionary.position(list).expect("a list");
    if let Answer::List(entries) = &mut left.answers[at] {
        let mut number = 0;
        entries.retain(|_| {
            number += 1;
            !gone.contains(&(number - 1))
        });
    }
    left
}

#[test]
fn the_smallest_sets_whose_loss_changes_the_verdict_are_those_that_trying_finds() {
    for address in ["tech-sme@2026", "hnte-zj@2024"] {
        let tally = over_all(3_000, |number, tally: &mut Tally| {
            let (policy, company) = (policy(address), company(address, number));
            let batch = Batch::new(policy).expect("a program");
            let (told, _) = breaking(&batch, &company, &LIBRARY.dictionary);
            let Some((now, _)) = said(policy, &company) else { return };
            let mut found = Vec::new();
            let at = LIBRARY.dictionary.position("ip").expect("the list");
            let Answer::List(entries) = &company.answers[at] else { return };
            if now == Verdict::Undecided || entries.len() > 9 {
                return;
            }
            let breaks = |gone: &[usize]| {
                said(policy, &without(&company, "ip", gone)).is_some_and(|it| it.0 != now)
            };
            let alone: Vec<bool> = (0..entries.len()).map(|it| breaks(&[it])).collect();
            for (one, broken) in alone.iter().enumerate() {
                if *broken {
                    found.push(vec![format!("ip[{one}]")]);
                }
            }
            for one in 0..entries.len() {
                for two in one + 1..entries.len() {
                    if !alone[one] && !alone[two] && breaks(&[one, two]) {
                        found.push(vec![format!("ip[{one}]"), format!("ip[{two}]")]);
                    }
                }
            }
            tally.count(format!("{} sets", found.len().min(3)));
            if found != told {
                tally.wrong.push(format!("{address} #{number}: {told:?}, {found:?}"));
            }
        });
        tally.finish();
        assert!(tally.of("1 sets") > 5, "{address}");
    }
}

#[test]
fn what_is_near_is_a_closed_figure_within_one_per_cent() {
    let tally = over_all(5_000, |number, tally: &mut Tally| {
        let address = "tech-sme@2025";
        let company = company(address, number);
        let batch = Batch::new(policy(address)).expect("a program");
        let mut probe = Probe::new(&batch, &company);
        for one in near(&mut probe, &company, &LIBRARY.dictionary) {
            tally.count("near");
            let hundred = one.room.mul(Fraction::whole(100)).expect("a room");
            let closed = one.year.is_some_and(|year| year < company.as_of.year());
            if hundred > one.value || !closed || one.row.is_none() {
                tally.wrong.push(format!("#{number}: {one:?}"));
            }
        }
    });
    tally.finish();
    assert!(tally.of("near") > 50);
}
