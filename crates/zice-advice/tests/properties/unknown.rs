//! Advice for companies that leave answers open: it holds whatever they turn out
//! to be.

use zice_advice::{Options, advise};
use zice_rules::{
    Batch, Company, Verdict, assess,
    company::{Answer, Entry},
    dictionary::{Choice, Kind},
    fraction::Fraction,
    range::Range,
};

use crate::{
    harness::{Tally, over_all},
    oracle::sample::Dice,
    world::{LIBRARY, PROGRAMMES, company, policy},
};

/// Facts that count as not said while they are open; who says them is another
/// company. A list is complete unless somebody says that it is not, and then more of
/// it is open than before.
const LEFT: [&str; 4] =
    ["entity_kind", "contract_listing_renewal", "established_on", "ip_complete"];

/// A figure out of a range, often one of its ends. Points that the company gives
/// itself stay a range: experts differ, and no answer settles that.
fn figure(dice: &mut Dice, range: Range, kind: Kind) -> Range {
    let endless = range.lo.is_none() && range.hi.is_none();
    if range.as_exact().is_some() || endless || kind == Kind::Points {
        return range;
    }
    let step = if kind == Kind::Money { 100 } else { 1 };
    let scaled = |end: Fraction| end.mul(Fraction::whole(step)).expect("a figure");
    let lo = range.lo.map_or(0, |it| -scaled(it.neg().expect("a figure")).floor());
    let hi = range.hi.map_or_else(|| lo.max(1) + 10_i128.pow(9), |it| scaled(it).floor());
    let within = |dice: &mut Dice| {
        let share = dice.within(0, 1000);
        lo + (hi - lo).max(0) * share / 1000
    };
    let value = match dice.below(4) {
        0 => lo,
        1 => hi,
        _ => within(dice),
    };
    let value = Fraction::new(value, step).expect("a figure");
    // An end that is no whole step is the figure itself.
    let value = range.lo.map_or(value, |lo| value.max(lo));
    Range::exact(range.hi.map_or(value, |hi| value.min(hi)))
}

fn one(dice: &mut Dice, answer: &mut Answer, kind: Kind, values: &[Choice]) {
    match answer {
        Answer::Unknown if kind == Kind::Bool => *answer = Answer::Bool(dice.chance(50)),
        Answer::Unknown if kind == Kind::Enum && !values.is_empty() => {
            *answer = Answer::Choice(dice.below(values.len() as u64) as u8);
        }
        Answer::Number(range) => *range = figure(dice, *range, kind),
        Answer::Yearly { years, .. } => {
            for (_, range) in years {
                *range = figure(dice, *range, kind);
            }
        }
        _ => {}
    }
}

/// What a company may turn out to be.
fn completed(dice: &mut Dice, company: &Company) -> Company {
    let mut whole = company.clone();
    for (fact, answer) in LIBRARY.dictionary.facts.iter().zip(&mut whole.answers) {
        if LEFT.contains(&fact.id.as_str()) {
            continue;
        }
        if let Answer::Yearly { years, other } = answer
            && other.as_exact().is_none()
        {
            for year in company.as_of.year() - 3..company.as_of.year() {
                if years.iter().all(|it| it.0 != year) && company.established.as_exact().is_none() {
                    years.push((year, *other));
                }
            }
            years.sort_by_key(|it| it.0);
        }
        one(dice, answer, fact.kind, &fact.values);
        let entries: Vec<&mut Entry> = match answer {
            Answer::List(entries) => entries.iter_mut().collect(),
            Answer::Object(entry) => vec![entry],
            _ => Vec::new(),
        };
        for entry in entries {
            for (at, (field, own)) in fact.fields.iter().zip(&mut entry.fields).enumerate() {
                if entry.defaulted & (1 << at) == 0 {
                    one(dice, own, field.kind, &field.values);
                }
            }
        }
    }
    whole
}

#[test]
fn advice_holds_for_every_completion_of_what_is_open() {
    for (address, all) in PROGRAMMES {
        let tally = over_all(all.max(3_000), |number, tally: &mut Tally| {
            let (policy, company) = (policy(address), company(address, number));
            let batch = Batch::new(policy).expect("a program");
            let advice = advise(&batch, &company, &LIBRARY.dictionary, Options::default());
            let mut dice = Dice::seeded(number);
            for item in advice.expect("advice").items {
                for _ in 0..10 {
                    let whole = completed(&mut dice, &item.company);
                    if whole.answers == item.company.answers {
                        break;
                    }
                    if whole.contradicts_itself(&LIBRARY.dictionary) {
                        continue;
                    }
                    tally.count("completions");
                    let verdict = assess(policy, &whole).expect("an assessment").verdict();
                    let best = [Verdict::Met, Verdict::NeedsReview];
                    let held = match item.verdict {
                        Verdict::Met => verdict == Verdict::Met,
                        _ => best.contains(&verdict),
                    };
                    if !held {
                        tally
                            .wrong
                            .push(format!("{address} #{number}: {:?} {verdict:?}", item.parts));
                    }
                }
            }
        });
        println!("{address}");
        tally.finish();
    }
}
