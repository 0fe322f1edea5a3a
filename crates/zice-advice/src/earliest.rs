//! The first day on which a company passes by time alone.

use zice_rules::{
    Batch, Company, Date, Error, Verdict, assess,
    batch::Value,
    fraction::Fraction,
    policy::{CriterionKind, Horizon, Rule},
    program::NumberSlot,
    range::Range,
};

use crate::{
    probe::{Place, Probe},
    round::{in_year, round},
};

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
pub fn earliest(batch: &Batch<'_>, company: &Company) -> Result<Option<Earliest>, Error> {
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
        let then = round(policy, company, horizon);
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
    let mut probe = Probe::new(batch, &on(then, from));
    let number = |day: Date| Some(Fraction::whole(i128::from(day.day_number())));
    let days: Value = Range::between(number(from), number(to)).into();
    if let Some(slot) = slot {
        probe.set(Place::Number(slot), days);
    }
    // Most companies certainly fail on all of these days.
    if matches!(probe.verdict(), Some(Verdict::NotMet | Verdict::NeedsReview)) {
        return Ok(None);
    }
    // Without the day in any formula one day is like another.
    let last = if slot.is_some() { to } else { from };
    for number in from.day_number()..=last.day_number() {
        let Some(day) = Date::from_day_number(number) else { continue };
        if assess(batch.policy(), &on(then, day))?.verdict() == Verdict::Met {
            return Ok(Some(day));
        }
    }
    Ok(None)
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
