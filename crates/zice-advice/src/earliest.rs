//! The first day on which a company passes by time alone.

use zice_rules::{
    Batch, Company, Date, Dictionary, Error, Verdict, assess,
    batch::Value,
    company::Answer,
    fraction::Fraction,
    policy::{CriterionKind, Horizon, Rule},
    program::NumberSlot,
    range::Range,
    truth::Truth,
};

use crate::{
    probe::{Place, Probe},
    round::{in_year, round},
    witness::{Open, WITNESSES},
};

/// A span of fewer days is not asked of completions.
const FEW_DAYS: i32 = 16;

/// The first day on which a company passes with nothing else changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earliest {
    /// The day of application.
    pub as_of: Date,
    /// The round it lies in.
    pub horizon: Horizon,
    /// The row of the report that waits for it.
    pub row: Option<usize>,
}

/// Returns the first day of this window after the day of application, or of the
/// next one, on which the company passes for sure by time alone. The next round
/// starts from its last figures; see [`round()`]. `None` if there is no such
/// day, or if it passes now.
///
/// # Errors
/// Fails when a figure does not fit into 128 bits.
pub fn earliest(
    batch: &Batch<'_>,
    company: &Company,
    dictionary: &Dictionary,
) -> Result<Option<Earliest>, Error> {
    let policy = batch.policy();
    let now = assess(policy, company)?.verdict();
    if !matches!(now, Verdict::NotMet | Verdict::Undecided) {
        return Ok(None);
    }
    let year = company.as_of.year();
    let end = |of: i32, day: Option<Date>| {
        day.map(|it| in_year(it, of)).or_else(|| Date::from_ymd(of, 12, 31))
    };
    let start = |of: i32| {
        let opens = policy.window.opens.map(|it| in_year(it, of));
        opens.or_else(|| Date::from_ymd(of, 1, 1))
    };
    let this = Date::from_day_number(company.as_of.day_number().saturating_add(1));
    let closes = policy.window.closes;
    let next = year.saturating_add(1);
    let spans = [
        (Horizon::ThisRound, this.max(start(year)), end(year, closes)),
        (Horizon::NextRound, start(next), end(next, closes)),
    ];
    for (horizon, from, to) in spans {
        let (Some(from), Some(to)) = (from, to) else { continue };
        let then = round(policy, company, dictionary, horizon);
        if let Some(as_of) = first(batch, &then, from, to)? {
            let row = waits(batch, &then, as_of)?;
            return Ok(Some(Earliest { as_of, horizon, row }));
        }
    }
    Ok(None)
}

/// Returns the company on another day of the same year.
fn on(company: &Company, day: Date) -> Company {
    Company { as_of: day, ..company.clone() }
}

fn first(batch: &Batch<'_>, then: &Company, from: Date, to: Date) -> Result<Option<Date>, Error> {
    if from > to || from.year() != to.year() {
        return Ok(None);
    }
    let slot = batch.slots().numbers.iter().position(|slot| *slot == NumberSlot::AsOf);
    // Without the day in any formula one day is like another.
    let last = if slot.is_some() { to } else { from };
    // A day of an entry that was not given lies before the day of application,
    // so what the last day leaves open covers all days.
    let mut probes = completions(batch, &on(then, last));
    let waits = waits_for_today(then);
    let mut spans = vec![(from.day_number(), last.day_number())];
    while let Some((from, to)) = spans.pop() {
        let number = |day: i32| Some(Fraction::whole(i128::from(day)));
        let days: Value = Range::between(number(from), number(to)).into();
        let mut fails = false;
        let mut sides = None;
        for (at, probe) in probes.iter_mut().enumerate() {
            // For a few days completions are not worth while.
            if fails || (at > 0 && to.saturating_sub(from) < FEW_DAYS) {
                break;
            }
            let saved = probe.save();
            if let Some(slot) = slot {
                probe.set(Place::Number(slot), days);
            }
            let seen = probe.sides();
            probe.undo(saved);
            // It certainly does not pass for sure on any of these days.
            fails = matches!(seen, Some([Truth::False, _] | [_, Truth::False]));
            sides = if at == 0 { seen } else { sides };
        }
        if fails {
            continue;
        }
        if from < to && sides != Some([Truth::True; 2]) {
            let middle = from.midpoint(to);
            spans.push((middle.saturating_add(1), to));
            spans.push((from, middle));
            continue;
        }
        if !waits && sides != Some([Truth::True; 2]) {
            continue;
        }
        let Some(day) = Date::from_day_number(from) else { continue };
        let there = on(then, day);
        if Probe::new(batch, &there).verdict() == Some(Verdict::Met)
            && assess(batch.policy(), &there)?.verdict() == Verdict::Met
        {
            return Ok(Some(day));
        }
    }
    Ok(None)
}

/// Whether a day of an entry was not given, and so lies on or before the day of
/// application, whichever that is.
fn waits_for_today(company: &Company) -> bool {
    let entries = company.answers.iter().flat_map(|answer| match answer {
        Answer::List(entries) => entries.as_slice(),
        Answer::Object(entry) => core::slice::from_ref(entry),
        _ => &[],
    });
    let mut fields = entries.flat_map(|entry| {
        let fields = entry.fields.iter().enumerate();
        fields.map(|(at, answer)| (entry.is_defaulted(at), answer))
    });
    fields.any(|(defaulted, answer)| defaulted && matches!(answer, Answer::Number(_)))
}

/// Returns a company, and some of those that it may turn out to be: what one of
/// them does not reach, it does not reach for sure.
fn completions<'p>(batch: &'p Batch<'p>, company: &Company) -> Vec<Probe<'p>> {
    let (row, open) = (batch.row(company), Open::of(batch));
    let mut probes = Vec::new();
    if open.is_in(&row) {
        let whole = WITNESSES.into_iter().map(|it| open.completed(&row, it));
        probes.extend(whole.map(|row| Probe::of(batch, row)));
    }
    probes.insert(0, Probe::of(batch, row));
    probes
}

/// Returns the row that says something else on a day than on the day before.
fn waits(batch: &Batch<'_>, then: &Company, day: Date) -> Result<Option<usize>, Error> {
    let before = Date::from_day_number(day.day_number().saturating_sub(1)).unwrap_or(day);
    let (policy, there, before) = (batch.policy(), on(then, day), on(then, before));
    let (there, before) = (assess(policy, &there)?, assess(policy, &before)?);
    let gives = |row: &usize| {
        let criterion = policy.criteria.get(there.place(*row).1);
        criterion.is_some_and(|it| {
            !matches!(it.rule, Rule::Total { .. }) && it.kind != CriterionKind::Note
        })
    };
    let changed = |row: &usize| {
        there.status(*row) != before.status(*row) || there.points(*row) != before.points(*row)
    };
    Ok((0..there.rows()).filter(gives).find(changed))
}
