//! Whether what is advised for the next round holds under editions that are
//! already known.

use zice_rules::{Error, Policy, Verdict, assess};

use crate::advise::Item;

/// What a set of acts comes to under a later edition of the same programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    /// The edition, such as `2026`.
    pub edition: String,
    /// What the company comes to under it, after the acts and on the same day.
    pub verdict: Verdict,
}

/// Returns what a set of acts comes to under every later edition of the
/// programme among `known`, in order: which edition will judge the next round is
/// not decided before it is published. `policy` is the one that advised it.
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
        let verdict = assess(edition, &item.company)?.verdict();
        Ok(Under { edition: edition.edition.clone(), verdict })
    };
    later.into_iter().map(said).collect()
}
