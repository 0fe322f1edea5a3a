//! Whether what is advised for the next round holds under editions that are
//! already known.

use zice_rules::{
    Company, Date, Error, Policy, Verdict, assess, company::Answer, fraction::Fraction,
    range::Range,
};

use crate::{advise::Item, round::within};

/// What a set of acts comes to under a later edition of the same programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    /// The edition, such as `2026`.
    pub edition: String,
    /// The day of application, in its window.
    pub as_of: Date,
    /// The last day of its window, where that lies in the year of the item.
    pub closes: Option<Date>,
    /// What the company comes to under it, after the acts.
    pub verdict: Verdict,
}

/// Returns what a set of acts comes to under every later edition of the
/// programme among `known`, in order: which edition will judge the next round is
/// not decided before it is published. `policy` is the one that advised it. The day
/// of application is moved into the window of each edition; what the acts date on
/// that day is dated on it there too.
///
/// # Errors
/// Fails when a figure does not fit into 128 bits, or when a policy was never
/// linked to a dictionary.
pub fn under(item: &Item, policy: &Policy, known: &[&Policy]) -> Result<Vec<Under>, Error> {
    let mut later: Vec<&Policy> = known
        .iter()
        .copied()
        .filter(|it| it.id == policy.id && it.edition > policy.edition)
        .collect();
    later.sort_by(|a, b| a.edition.cmp(&b.edition));
    let said = |edition: &Policy| {
        let as_of = within(&edition.window, item.as_of);
        let closes = edition.window.closes.filter(|it| it.year() == as_of.year());
        let verdict = assess(edition, &on(item, as_of))?.verdict();
        Ok(Under { edition: edition.edition.clone(), as_of, closes, verdict })
    };
    later.into_iter().map(said).collect()
}

/// Returns the company of an item on another day of application.
fn on(item: &Item, day: Date) -> Company {
    let mut company = Company { as_of: day, ..item.company.clone() };
    let number = |day: Date| Answer::Number(Range::exact(Fraction::whole(day.day_number().into())));
    let (before, after) = (number(item.as_of), number(day));
    for answer in &mut company.answers {
        let Answer::List(entries) = answer else { continue };
        for own in entries.iter_mut().flat_map(|it| &mut it.fields).filter(|it| **it == before) {
            own.clone_from(&after);
        }
    }
    company
}
