//! The company as it stands in this round of applications, and in the next.

use zice_rules::{
    Company, Date,
    company::Answer,
    policy::{Horizon, Policy, Window},
};

/// Returns the company as it stands in a round.
///
/// In the round after its own, everything is as it is now and the last figures
/// are carried forward one year: the year that is running takes the figures of
/// the last one unless it has some. The day is the same day a year later, moved
/// into the window as this year's edition has it.
pub fn round(policy: &Policy, company: &Company, horizon: Horizon) -> Company {
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
    then
}

/// Returns the day a year later, in the window if that is known.
fn later(window: &Window, day: Date) -> Date {
    let year = day.year().saturating_add(1);
    let own = in_year(day, year);
    let closes = window.closes.map_or(own, |it| in_year(it, year));
    let day = own.min(closes);
    window.opens.map_or(day, |it| day.max(in_year(it, year)))
}

/// Returns the same day of another year; the 28th for 29 February where there is
/// none.
pub(crate) fn in_year(day: Date, year: i32) -> Date {
    let text = day.to_string();
    let mut parts = text.rsplit('-').map(|part| part.parse::<u8>().unwrap_or(1));
    let (of_month, month) = (parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    Date::from_ymd(year, month, of_month)
        .or_else(|| Date::from_ymd(year, month, of_month.saturating_sub(1)))
        .unwrap_or(day)
}
