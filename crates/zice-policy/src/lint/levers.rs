//! Checks that a policy looks at what its levers change, and can be searched
//! along them.

use zice_advice::follows;
use zice_rules::{Batch, Dictionary, Policy};

use crate::{edition::Edition, error::Diagnostic};

/// Reports levers that change nothing the policy looks at, and levers along
/// which it can't be said where the rules turn: advice would have to try every
/// amount.
pub(super) fn levers(
    edition: &Edition,
    policy: &Policy,
    dictionary: &Dictionary,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Ok(batch) = Batch::new(policy) else { return found };
    let looks_at = |fact: &String| policy.tables.facts.contains(fact);
    for (lever, file) in policy.levers.iter().zip(&edition.levers) {
        let mut report = |message: &str| {
            found.push(Diagnostic {
                file: std::sync::Arc::clone(&file.file),
                span: file.item.id.span(),
                message: message.to_owned(),
                help: None,
            });
        };
        // What the act is about comes first; the rest may be for other
        // programmes.
        let about = lever.moves.first().map(|it| &it.fact);
        let about = about.into_iter().chain(lever.adds.iter().map(|it| &it.list));
        let about = about.chain(lever.starts.iter().map(|it| &it.list));
        if !about.chain(&lever.sets).all(looks_at) {
            report("本政策不看它所改变的指标 / the policy does not look at what it changes");
        }
        if !follows(&batch, lever, dictionary) {
            report("公式里这样用这个办法的数据，算不出临界点 / turning points can't be worked out");
        }
    }
    found
}
