//! What golden cases expect of advice.

use zice_advice::{Advice, Because, Options, advise};
use zice_rules::{Batch, Company, Dictionary, Error, Policy};

/// Returns the advice on a company as cases write it, in order.
///
/// # Errors
/// Fails when a figure does not fit into 128 bits.
pub(super) fn advice(
    policy: &Policy,
    company: &Company,
    dictionary: &Dictionary,
) -> Result<Vec<String>, Error> {
    let batch = Batch::new(policy)?;
    let found = advise(&batch, company, dictionary, Options::default())?;
    Ok(lines(policy, &found, dictionary))
}

fn lines(policy: &Policy, found: &Advice, dictionary: &Dictionary) -> Vec<String> {
    let items = found.items.iter().map(|item| {
        let parts = item.parts.iter().filter_map(|part| {
            let entry = part.entry.map_or_else(String::new, |at| format!("[{at}]"));
            Some(format!("{}{entry} {}", policy.levers.get(part.lever)?.id, part.granules))
        });
        (item.horizon, parts.collect::<Vec<String>>().join(", "))
    });
    let none = found.none.iter().map(|none| {
        let rows = none.rows.iter().map(|row| policy.line_id(*row).into_owned());
        let facts = none.asks.iter().filter_map(|at| Some(dictionary.facts.get(*at)?.id.clone()));
        let (because, ids): (&str, Vec<String>) = match none.because {
            Because::Levers => ("levers", rows.collect()),
            Because::Closed(_) => ("closed", rows.collect()),
            Because::Implausible => ("implausible", facts.collect()),
            Because::Doubts => ("doubts", facts.collect()),
            Because::Contradiction => ("contradiction", facts.collect()),
            Because::Unknown => ("unknown", facts.collect()),
        };
        (none.horizon, format!("{because}: {}", ids.join(" ")))
    });
    let mut all: Vec<_> = items.chain(none).collect();
    all.sort_by_key(|(horizon, _)| *horizon);
    all.into_iter().map(|(horizon, text)| format!("{}: {text}", horizon.name())).collect()
}
