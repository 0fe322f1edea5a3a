use zice_advice::{Advice, Item, Options, Part, advise};
use zice_rules::{
    Batch, Company, Date, Policy, Verdict, assess,
    company::Answer,
    dictionary::{Kind, Standing},
    fraction::Fraction,
    policy::{Horizon, Lever, Mean},
    range::Range,
};

use crate::{
    harness::{Tally, over_all},
    world::{LIBRARY, PROGRAMMES, company, policy},
};

/// The company a year later, by the words of the contract: its last figures are
/// carried forward.
pub fn next(policy: &Policy, company: &Company) -> Company {
    let mut then = company.clone();
    let year = company.as_of.year();
    let day = |day: Date| {
        let text = day.to_string();
        let text = if &text[5..] == "02-29" { "0000-02-28".to_owned() } else { text };
        Date::parse(&format!("{:04}{}", year + 1, &text[4..])).expect("a day")
    };
    then.as_of = day(company.as_of);
    if let Some(closes) = policy.window.closes {
        then.as_of = then.as_of.min(day(closes));
    }
    if let Some(opens) = policy.window.opens {
        then.as_of = then.as_of.max(day(opens));
    }
    for answer in &mut then.answers {
        let Answer::Yearly { years, .. } = answer else { continue };
        let last = years.iter().find(|it| it.0 == year - 1).map(|it| it.1);
        if let Some(last) = last.filter(|_| years.iter().all(|it| it.0 != year)) {
            years.push((year, last));
            years.sort_by_key(|it| it.0);
        }
    }
    for (at, fact) in LIBRARY.dictionary.facts.iter().enumerate() {
        let Some(says) = &fact.next_round else { continue };
        let own = &company.answers[at];
        let open = |it: Option<Standing>| it == Some(Standing::Open);
        then.answers[at] = match own {
            Answer::Bool(true) if open(says.yes) => Answer::Unknown,
            Answer::Bool(false) if open(says.no) => Answer::Unknown,
            Answer::Bool(true) => match &says.until {
                None => own.clone(),
                Some(day) => match answer(company, day) {
                    Answer::Number(day) if day.as_exact().is_some() => {
                        Answer::Bool(day.as_exact() >= Some(number(then.as_of)))
                    }
                    _ => Answer::Unknown,
                },
            },
            Answer::Number(range) if range.hi.is_some() => {
                let more = Fraction::whole(says.adds.unwrap_or(0).into());
                let end = |end: Option<Fraction>| end.map(|it| it.add(more).expect("a number"));
                Answer::Number(Range { lo: end(range.lo), hi: end(range.hi), ..*range })
            }
            _ => own.clone(),
        };
    }
    then
}

/// The share of a year in which somebody counts who starts on a day, by going
/// through its quarters or months; nothing for who works too few days.
fn share(mean: &Mean, start: Date) -> Fraction {
    let months = 12 / mean.periods;
    let end = Date::from_ymd(start.year(), 12, 31).expect("a day").day_number();
    let worked = end - start.day_number() + 1;
    if mean.least_days.is_some_and(|least| worked < i32::from(least)) {
        return Fraction::ZERO;
    }
    let halves = (0..mean.periods).map(|at| {
        let first = Date::from_ymd(start.year(), at * months + 1, 1).expect("a day");
        let after = Date::from_ymd(start.year(), at * months + months + 1, 1);
        let is_over = after.is_some_and(|it| it <= start);
        i128::from(u8::from(first >= start) + u8::from(!is_over))
    });
    let share = 10_000 * halves.sum::<i128>() / (2 * i128::from(mean.periods));
    Fraction::new(share, 10_000).expect("a share")
}

/// How far one granule moves the figures of a lever, for a company that asks on a day
/// of the year that is judged then.
fn moved_by(lever: &Lever, today: Date) -> Fraction {
    lever.mean.as_ref().map_or(Fraction::ONE, |mean| share(mean, today))
}

/// The most granules of a lever, for a company that asks on a day.
pub fn most(lever: &Lever, then: &Company, today: Date, entry: Option<usize>) -> i128 {
    let looked_at = if moved_by(lever, today).is_zero() { 0 } else { lever.at_most.floor() };
    let waiting = entry.filter(|_| lever.adds.is_some()).map(|at| alike(lever, then, at).len());
    waiting.map_or(looked_at, |it| looked_at.min(it as i128))
}

/// The entries that wait for what a lever finishes.
fn waiting(lever: &Lever, then: &Company) -> Vec<usize> {
    let adds = lever.adds.as_ref().expect("a list");
    let Answer::List(entries) = answer(then, &adds.list) else { return Vec::new() };
    let fields = &LIBRARY.dictionary.fact(&adds.list).expect("the list").fields;
    let says = |at: usize, id: &str, value: &str| {
        let field = fields.iter().position(|it| it.id == id).expect("a field");
        let choice = fields[field].values.iter().position(|it| it.id == value).expect("a choice");
        entries[at].fields[field] == Answer::Choice(choice as u8)
    };
    let all = adds.says.iter().chain(&adds.waits);
    (0..entries.len()).filter(|at| all.clone().all(|(id, value)| says(*at, id, value))).collect()
}

/// Those of them that say the same as one, but for texts.
fn alike(lever: &Lever, then: &Company, first: usize) -> Vec<usize> {
    let adds = lever.adds.as_ref().expect("a list");
    let Answer::List(entries) = answer(then, &adds.list) else { panic!("a list") };
    let fields = &LIBRARY.dictionary.fact(&adds.list).expect("the list").fields;
    let texts: Vec<bool> = fields.iter().map(|it| it.kind == Kind::Text).collect();
    let same = |at: &usize| {
        let pairs = entries[*at].fields.iter().zip(&entries[first].fields).zip(&texts);
        pairs.into_iter().all(|((a, b), is_text)| *is_text || a == b)
    };
    waiting(lever, then).into_iter().filter(same).collect()
}

/// What a company answers to what a lever is about.
fn answer<'a>(company: &'a Company, id: &str) -> &'a Answer {
    &company.answers[LIBRARY.dictionary.position(id).expect("a fact")]
}

/// A lever, and the entry that it is about.
pub type Way<'a> = (&'a Lever, Option<usize>);

/// What levers can be about: each entry that is judged, or the company.
pub fn ways<'a>(policy: &'a Policy, then: &Company) -> Vec<Way<'a>> {
    let finishes = |lever: &Lever| lever.adds.as_ref().is_some_and(|it| it.waits.is_some());
    let of = |lever: &'a Lever| match lever.starts.as_ref().map(|it| answer(then, &it.list)) {
        None if finishes(lever) => {
            let all = waiting(lever, then);
            let first = |at: &usize| alike(lever, then, *at).first() == Some(at);
            all.into_iter().filter(first).map(|at| (lever, Some(at))).collect()
        }
        None => vec![(lever, None)],
        Some(Answer::List(entries)) => (0..entries.len()).map(|at| (lever, Some(at))).collect(),
        Some(_) => Vec::new(),
    };
    policy.levers.iter().flat_map(of).collect()
}

/// The day that an entry says for a lever that keeps to one.
fn planned<'a>(lever: &Lever, then: &'a mut Company, entry: usize) -> &'a mut Answer {
    let starts = lever.starts.as_ref().expect("a day");
    let at = LIBRARY.dictionary.position(&starts.list).expect("the list");
    let fields = &LIBRARY.dictionary.facts[at].fields;
    let field = fields.iter().position(|it| it.id == starts.field).expect("the field");
    let Answer::List(entries) = &mut then.answers[at] else { panic!("a list") };
    &mut entries[entry].fields[field]
}

fn number(day: Date) -> Fraction {
    Fraction::whole(day.day_number().into())
}

/// Whether a lever can be used: what it is about is known and not done yet.
pub fn usable((lever, entry): Way<'_>, then: &Company, horizon: Horizon) -> bool {
    let year = then.as_of.year() - 1;
    if let (Some(starts), Some(entry)) = (&lever.starts, entry) {
        let later = match planned(lever, &mut then.clone(), entry) {
            Answer::Number(range) => range.as_exact().is_some_and(|it| it > number(starts.day)),
            _ => false,
        };
        return lever.rounds.contains(&horizon) && later && then.as_of <= starts.day;
    }
    lever.rounds.contains(&horizon)
        && lever.moves.first().is_none_or(|it| match answer(then, &it.fact) {
            Answer::Yearly { years, .. } => {
                years.iter().any(|(own, range)| *own == year && range.as_exact().is_some())
            }
            _ => false,
        })
        && lever.adds.as_ref().is_none_or(|it| matches!(answer(then, &it.list), Answer::List(_)))
        && lever.sets.iter().all(|it| matches!(answer(then, it), Answer::Bool(_)))
        && (lever.sets.is_empty()
            || lever.sets.iter().any(|it| answer(then, it) == &Answer::Bool(false)))
}

/// The company after so many granules of a lever.
pub fn after(
    (lever, entry): Way<'_>,
    then: &Company,
    granules: i128,
    (horizon, today): (Horizon, Date),
) -> Company {
    let mut changed = then.clone();
    if let (Some(starts), Some(entry), 1..) = (&lever.starts, entry, granules) {
        let day = Range::exact(number(starts.day));
        *planned(lever, &mut changed, entry) = Answer::Number(day);
    }
    let year = then.as_of.year() - 1;
    for moved in &lever.moves {
        let at = LIBRARY.dictionary.position(&moved.fact).expect("a fact");
        let by = moved.by.mul(Fraction::whole(granules)).expect("an amount");
        let by = by.mul(moved_by(lever, today)).expect("an amount");
        if let Answer::Yearly { years, .. } = &mut changed.answers[at]
            && let Some((_, range)) = years.iter_mut().find(|it| it.0 == year)
        {
            let end = |end: Option<Fraction>| end.map(|it| it.add(by).expect("a figure"));
            *range = Range { lo: end(range.lo), hi: end(range.hi), ..*range };
        }
    }
    if let Some(adds) = &lever.adds {
        let kind = &adds.says[0].1;
        let end = Date::from_ymd(year, 12, 31).expect("a day");
        let day = if adds.year_end && horizon == Horizon::NextRound { end } else { then.as_of };
        let text = format!(
            r#"{{"schema":"zice.company/1","as_of":"{day}","facts":{{"ip":[{{"kind":"{kind}","granted_on":"{day}"}}]}}}}"#
        );
        let (mini, problems) = Company::from_json(&text, &LIBRARY.dictionary, day).expect("JSON");
        assert!(problems.is_empty());
        let at = LIBRARY.dictionary.position("ip").expect("the list");
        let Answer::List(new) = &mini.answers[at] else { panic!("a list") };
        let waiting = entry.map(|first| alike(lever, then, first));
        let Answer::List(entries) = &mut changed.answers[at] else { return changed };
        match waiting {
            None => entries.extend((0..granules).map(|_| new[0].clone())),
            Some(waiting) => {
                let fields = &LIBRARY.dictionary.fact(&adds.list).expect("the list").fields;
                let told = adds.waits.iter().map(|it| &it.0).chain(&adds.dated);
                let told: Vec<usize> = told
                    .map(|id| fields.iter().position(|it| it.id == *id).expect("a field"))
                    .collect();
                for own in waiting.into_iter().take(granules as usize) {
                    for field in &told {
                        entries[own].fields[*field] = new[0].fields[*field].clone();
                        entries[own].defaulted &= !(1 << *field);
                    }
                }
            }
        }
    }
    for id in lever.sets.iter().filter(|_| granules > 0) {
        let at = LIBRARY.dictionary.position(id).expect("a fact");
        changed.answers[at] = Answer::Bool(true);
    }
    changed
}

fn verdict(policy: &Policy, company: &Company) -> Verdict {
    assess(policy, company).expect("an assessment").verdict()
}

fn done(levers: &[Way<'_>], then: &Company, granules: &[i128], when: (Horizon, Date)) -> Company {
    let mut changed = then.clone();
    for (lever, granules) in levers.iter().zip(granules) {
        changed = after(*lever, &changed, *granules, when);
    }
    changed
}

/// The policy with coarser levers, so that all amounts can be tried.
pub fn coarse(policy: &Policy) -> Policy {
    let mut coarse = policy.clone();
    for lever in &mut coarse.levers {
        let times = Fraction::whole(if lever.id == "spend_rd" { 4_000_000 } else { 3 });
        for moved in &mut lever.moves {
            moved.by = moved.by.mul(times).expect("an amount");
        }
        let most = if lever.moves.is_empty() { 4 } else { 12 };
        lever.at_most = lever.at_most.min(Fraction::whole(most));
    }
    coarse
}

/// All amounts of up to three levers that reach the goal while no smaller one
/// does, by trying each.
fn tried(
    policy: &Policy,
    then: &Company,
    levers: &[Way<'_>],
    goal: &[Verdict],
    (horizon, today): (Horizon, Date),
) -> Vec<Vec<i128>> {
    let mut all: Vec<Vec<i128>> = vec![Vec::new()];
    for lever in levers {
        let more = all.iter().flat_map(|start| {
            (0..=most(lever.0, then, today, lever.1))
                .map(|it| start.iter().copied().chain([it]).collect())
        });
        all = more.filter(|it: &Vec<i128>| it.iter().filter(|it| **it > 0).count() <= 3).collect();
    }
    all.sort_by_key(|it| it.iter().sum::<i128>());
    let mut found: Vec<Vec<i128>> = Vec::new();
    for amounts in all {
        let covered = |known: &Vec<i128>| known.iter().zip(&amounts).all(|(a, b)| a <= b);
        if !found.iter().any(covered)
            && goal.contains(&verdict(policy, &done(levers, then, &amounts, (horizon, today))))
        {
            found.push(amounts);
        }
    }
    found.sort();
    found
}

fn told(policy: &Policy, advice: &Advice, horizon: Horizon, levers: &[Way<'_>]) -> Vec<Vec<i128>> {
    let own = advice.items.iter().filter(|it| it.horizon == horizon);
    let granules = |item: &Item, (lever, entry): &Way<'_>| {
        let own = |it: &&Part| policy.levers[it.lever].id == lever.id && it.entry == *entry;
        let part = item.parts.iter().find(own);
        part.map_or(0, |it| it.granules)
    };
    let mut all: Vec<Vec<i128>> =
        own.map(|item| levers.iter().map(|it| granules(item, it)).collect()).collect();
    all.sort();
    all
}

fn doubtful(policy: &Policy, company: &Company) -> bool {
    company.contradicts_itself(&LIBRARY.dictionary)
        || LIBRARY.dictionary.doubts_about(company).iter().any(|it| it.concerns(policy, company))
}

/// Compares advice with trying every amount.
fn against_trying(address: &str, number: u64, tally: &mut Tally) {
    let policy = coarse(policy(address));
    let mut company = company(address, number);
    if address.starts_with("new-material") {
        // Around the last day on which a policy can still be in force in time.
        let last = Date::from_ymd(policy.window.year, 10, 16).expect("a day").day_number();
        company.as_of = Date::from_day_number(last - (number % 16) as i32).expect("a day");
    }
    let now = verdict(&policy, &company);
    if matches!(now, Verdict::Met | Verdict::NeedsReview | Verdict::NotApplicable) {
        return;
    }
    let batch = Batch::new(&policy).expect("a program");
    let advice = advise(&batch, &company, &LIBRARY.dictionary, Options::default());
    let advice = advice.expect("advice");
    *tally.counts.entry("evaluations".to_owned()).or_default() += advice.evaluations;
    tally.count("companies");
    if doubtful(&policy, &company) {
        tally.count("doubtful");
        assert!(advice.items.is_empty(), "{number}");
        return;
    }
    if advice.stopped {
        tally.count("stopped");
        return;
    }
    for horizon in [Horizon::ThisRound, Horizon::NextRound] {
        let then =
            if horizon == Horizon::ThisRound { company.clone() } else { next(&policy, &company) };
        let levers: Vec<Way<'_>> =
            ways(&policy, &then).into_iter().filter(|it| usable(*it, &then, horizon)).collect();
        // Figures carried forward may contradict one of the running year, or be
        // doubtful beside it.
        let possible = !doubtful(&policy, &then);
        let levers = if possible { levers } else { Vec::new() };
        let when = (horizon, company.as_of);
        let mut wanted = tried(&policy, &then, &levers, &[Verdict::Met], when);
        if wanted.is_empty() {
            let best = [Verdict::Met, Verdict::NeedsReview];
            wanted = tried(&policy, &then, &levers, &best, when);
        }
        let over = policy.window.closes.filter(|it| it.year() == company.as_of.year());
        if horizon == Horizon::ThisRound && over.is_some_and(|it| company.as_of > it) {
            wanted.clear();
            tally.count("closed");
        }
        wanted.retain(|amounts| {
            let plausible = !doubtful(&policy, &done(&levers, &then, amounts, when));
            tally.count(if plausible { "plausible" } else { "implausible" });
            plausible
        });
        if !possible {
            wanted.clear();
            tally.count("contradictory when carried forward");
        }
        let found = told(&policy, &advice, horizon, &levers);
        tally.count(if wanted.is_empty() { "no way" } else { "a way" });
        if wanted.iter().any(|it| it.iter().filter(|it| **it > 0).count() > 1) {
            tally.count("several acts");
        }
        if found != wanted {
            tally
                .wrong
                .push(format!("{address} #{number} {horizon:?}: {found:?}, tried {wanted:?}"));
        }
        let none = advice.none.iter().filter(|it| it.horizon == horizon).count();
        if none != usize::from(wanted.is_empty()) {
            tally.wrong.push(format!("{address} #{number} {horizon:?}: {:?}", advice.none));
        }
    }
}

/// Trying every amount takes a while: one company in 25 by default, of which
/// [`over_all`] takes a tenth itself.
fn few(of: u32) -> u32 {
    if zice_testing::is_full() { of } else { of * 10 / 25 }
}

#[test]
fn advice_is_what_trying_every_amount_finds() {
    let programmes = [
        ("tech-sme@2026", 10_000, 20),
        ("hnte-zj@2024", 2_000, 20),
        ("aaa-zj@2025", 2_000, 20),
        ("new-material@2025", 2_000, 80),
    ];
    for (address, all, one_in) in programmes {
        let tally = over_all(few(all), |number, tally| against_trying(address, number, tally));
        tally.finish();
        let of = tally.tried;
        assert!(tally.of("a way") * one_in > of, "{address}");
        assert_eq!(tally.of("stopped"), 0, "{address}");
    }
}

/// With the granules of the policy: what is advised passes, one granule less of
/// any part does not, and without a part it does not either.
#[test]
fn advice_passes_and_with_less_of_anything_does_not() {
    for (address, all) in PROGRAMMES {
        let tally = over_all(all, |number, tally: &mut Tally| {
            let (policy, company) = (policy(address), company(address, number));
            let batch = Batch::new(policy).expect("a program");
            let advice = advise(&batch, &company, &LIBRARY.dictionary, Options::default());
            let advice = advice.expect("advice");
            *tally.counts.entry("evaluations".to_owned()).or_default() += advice.evaluations;
            tally.count(format!("{address} {}", if advice.stopped { "stopped" } else { "whole" }));
            for item in &advice.items {
                tally.count(format!("{} acts", item.parts.len()));
                let then = match item.horizon {
                    Horizon::ThisRound => company.clone(),
                    Horizon::NextRound => next(policy, &company),
                };
                let levers: Vec<Way<'_>> =
                    item.parts.iter().map(|it| (&policy.levers[it.lever], it.entry)).collect();
                let amounts: Vec<i128> = item.parts.iter().map(|it| it.granules).collect();
                let reached = |amounts: &[i128]| {
                    let there = verdict(
                        policy,
                        &done(&levers, &then, amounts, (item.horizon, company.as_of)),
                    );
                    there == Verdict::Met || there == item.verdict
                };
                let mut wrong = !reached(&amounts);
                for at in 0..amounts.len() {
                    for less in [amounts[at] - 1, 0] {
                        let mut fewer = amounts.clone();
                        fewer[at] = less;
                        wrong |= reached(&fewer);
                    }
                }
                if wrong {
                    tally.wrong.push(format!("{address} #{number}: {:?}", item.parts));
                }
            }
        });
        tally.finish();
    }
}
