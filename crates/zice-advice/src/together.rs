//! The advice of several programmes as one list.

use zice_rules::{Batch, Company, Date, Dictionary, Error, Verdict, assess, policy::Horizon};

use crate::{
    act::{Act, When},
    advise::{Advice, Item, applied},
    round::round,
};

/// A set of acts that one programme advised, and what it does for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// The programme that advised it, as a position.
    pub programme: usize,
    /// Position among the items of its advice.
    pub item: usize,
    /// Programmes that the company does not pass in that round without these
    /// acts, and passes with them; its own among them.
    pub helps: Vec<usize>,
    /// Programmes that the company passes in that round without these acts, and
    /// does not pass with them.
    pub breaks: Vec<usize>,
}

/// Whether nothing but a person's judgement can be left.
const fn passes(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Met | Verdict::NeedsReview)
}

/// Merges the advice of several programmes on one company into one list: for
/// each round, what helps most programmes comes first, then what breaks fewest,
/// then the order in which each programme has it.
///
/// Acts are done to the company as it stands in the round of every programme, so
/// each is judged on the day of its own window.
///
/// # Errors
/// Fails when a figure does not fit into 128 bits.
pub fn together(
    programmes: &[(&Batch<'_>, &Advice)],
    company: &Company,
    dictionary: &Dictionary,
) -> Result<Vec<Together>, Error> {
    let mut all = Vec::new();
    for horizon in [Horizon::ThisRound, Horizon::NextRound] {
        let mut rounds = Vec::with_capacity(programmes.len());
        for (batch, _) in programmes {
            let then = round(batch.policy(), company, dictionary, horizon);
            let before = assess(batch.policy(), &then)?.verdict();
            rounds.push((*batch, then, before));
        }
        let mut own = Vec::new();
        for (programme, (batch, advice)) in programmes.iter().enumerate() {
            let items = advice.items.iter().enumerate();
            for (at, item) in items.filter(|(_, item)| item.horizon == horizon) {
                let mut one =
                    Together { programme, item: at, helps: Vec::new(), breaks: Vec::new() };
                for (other, (judge, then, before)) in rounds.iter().enumerate() {
                    let after = match other == programme {
                        true => item.verdict,
                        false => after((item, company.as_of), batch, judge, then, dictionary)?,
                    };
                    if !passes(*before) && passes(after) {
                        one.helps.push(other);
                    }
                    let lost = *before == Verdict::Met && after != Verdict::Met;
                    if lost || (passes(*before) && !passes(after)) {
                        one.breaks.push(other);
                    }
                }
                own.push(one);
            }
        }
        own.sort_by_key(|it: &Together| {
            (core::cmp::Reverse(it.helps.len()), it.breaks.len(), it.item, it.programme)
        });
        all.extend(own);
    }
    Ok(all)
}

/// Returns what the acts of one programme come to under another, done to the
/// company as it stands in the round of that one.
fn after(
    (item, today): (&Item, Date),
    batch: &Batch<'_>,
    judge: &Batch<'_>,
    then: &Company,
    dictionary: &Dictionary,
) -> Result<Verdict, Error> {
    let mut company = then.clone();
    let when = When { horizon: item.horizon, today };
    for part in &item.parts {
        let Some(lever) = batch.policy().levers.get(part.lever) else { continue };
        let act = Act::usable(lever, batch, then, dictionary, when, part.entry);
        // An act whose figures are not known there changes nothing that is.
        let changed = act.and_then(|act| applied(&company, &[act], &[part.granules]));
        company = changed.unwrap_or(company);
    }
    Ok(assess(judge.policy(), &company)?.verdict())
}
