//! The company as it stands in this round of applications, and in the next.

use zice_rules::{
    Company, Date, Dictionary,
    company::Answer,
    dictionary::{NextRound, Standing},
    fraction::Fraction,
    policy::{Horizon, Policy, Window},
    range::Range,
};

/// Returns the company as it stands in a round.
///
/// In the round after its own the last figures are carried forward one year: the
/// year that is running takes the figures of the last one unless it has some. Yes
/// and no stand as the dictionary says ([`NextRound`]): most as they are now, some
/// are open then. The day is the same day a year later, moved into the window as
/// this year's edition has it.
pub fn round(
    policy: &Policy,
    company: &Company,
    dictionary: &Dictionary,
    horizon: Horizon,
) -> Company {
    let mut then = company.clone();
    if horizon == Horizon::ThisRound {
        return then;
    }
    let running = company.as_of.year();
    then.as_of = later(&policy.window, company.as_of);
    for answer in &mut then.answers {
        let Answer::Yearly { years, .. } = answer else { continue };
        let last = years.iter().find(|(year, _)| *year == running.saturating_sub(1)).copied();
        if let Some((_, figure)) = last
            && let Err(at) = years.binary_search_by_key(&running, |(year, _)| *year)
        {
            years.insert(at, (running, figure));
        }
    }
    for (place, fact) in dictionary.facts.iter().enumerate() {
        if let Some(says) = &fact.next_round
            && let Some(answer) = company.answers.get(place)
            && let Some(own) = then.answers.get_mut(place)
        {
            let until = says.until.as_ref().map(|id| last_day_of(company, dictionary, id));
            *own = standing(answer, says, until, then.as_of).unwrap_or(Answer::Unknown);
        }
    }
    then
}

/// Returns what an answer says of the next round; `None` where that is open.
fn standing(answer: &Answer, says: &NextRound, until: Option<Range>, day: Date) -> Option<Answer> {
    let of = |standing: Option<Standing>| (standing != Some(Standing::Open)).then_some(());
    match answer {
        Answer::Bool(true) => {
            of(says.yes)?;
            let Some(until) = until else { return Some(answer.clone()) };
            let day = Fraction::whole(day.day_number().into());
            match (until.lo.is_some_and(|it| it >= day), until.hi.is_some_and(|it| it < day)) {
                (true, _) => Some(Answer::Bool(true)),
                (false, true) => Some(Answer::Bool(false)),
                (false, false) => None,
            }
        }
        Answer::Bool(false) => of(says.no).map(|()| answer.clone()),
        // A number without an upper end was not answered.
        Answer::Number(range) if range.hi.is_some() => {
            let more = Fraction::whole(says.adds.unwrap_or_default().into());
            Some(range.add(&Range::exact(more)).map_or_else(|_| answer.clone(), Answer::Number))
        }
        _ => Some(answer.clone()),
    }
}

/// Returns the day that a fact names; open at both ends if it was not answered.
fn last_day_of(company: &Company, dictionary: &Dictionary, id: &str) -> Range {
    match dictionary.position(id).and_then(|at| company.answers.get(at)) {
        Some(Answer::Number(range)) => *range,
        _ => Range::ANY,
    }
}

/// Returns the day a year later, in the window if that is known.
fn later(window: &Window, day: Date) -> Date {
    within(window, in_year(day, day.year().saturating_add(1)))
}

/// Moves a day into the window as it lies in the year of the day.
pub(crate) fn within(window: &Window, day: Date) -> Date {
    let year = day.year();
    let day = window.closes.map_or(day, |it| day.min(in_year(it, year)));
    window.opens.map_or(day, |it| day.max(in_year(it, year)))
}

/// Returns the last day of the window of a round, if it is known and in the year of
/// the day. `Err` where that day is past.
pub(crate) fn closes(window: &Window, day: Date) -> Result<Option<Date>, Date> {
    match window.closes.filter(|it| it.year() == day.year()) {
        Some(closes) if day > closes => Err(closes),
        closes => Ok(closes),
    }
}

/// Returns the same day of another year; the 28th for 29 February where there is
/// none.
pub(crate) fn in_year(day: Date, year: i32) -> Date {
    Date::from_ymd(year, day.month(), day.day())
        .or_else(|| Date::from_ymd(year, day.month(), day.day().saturating_sub(1)))
        .unwrap_or(day)
}
