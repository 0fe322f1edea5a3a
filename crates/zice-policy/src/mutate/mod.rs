//! Checks that the golden cases notice when a policy says something else
//! (mutation testing).
//!
//! Each mutant has one thing changed: a number by one step, a comparison made
//! strict or not, a yes turned into a no, a year, the points of a band, a day.
//! At least one golden case must then fail. Where none can, the policy file has
//! an exception that says why.

mod change;
mod doubts;
mod lever;
mod lock;

use std::sync::atomic::{AtomicUsize, Ordering};

use zice_rules::{Dictionary, Policy};

use crate::{
    Library,
    edition::Edition,
    golden_case::{Case, Coverage},
    lower,
};
use change::Changer;
pub use lock::MutationLock;

/// The result of mutating one policy.
#[derive(Debug, Default)]
pub struct Mutation {
    /// The address of the policy, `id@edition`, or `facts.toml` for the doubt
    /// rules.
    pub policy: String,
    /// The number of changes tried, each in a copy of the policy.
    pub changes: usize,
    /// The number of unnoticed changes that an exception in the policy file
    /// explains.
    pub explained: usize,
    /// Changes that no golden case notices: the place and the change.
    pub unnoticed: Vec<String>,
    /// Exceptions in this edition's own file that no change needs.
    pub needless: Vec<String>,
}

impl Library {
    /// Mutates every policy whose address `wanted` accepts; `facts.toml` stands
    /// for the doubt rules.
    pub fn mutate(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Mutation> {
        let doubts = wanted(doubts::FILE).then(|| self.mutate_doubts());
        let policies = self.policies.iter().filter(|policy| wanted(&policy.address()));
        doubts.into_iter().flatten().chain(policies.map(|policy| self.mutate_one(policy))).collect()
    }

    fn mutate_one(&self, policy: &Policy) -> Mutation {
        let cases: Vec<&Case> = self.cases_of(policy).collect();
        let changed = mutants(policy, &self.dictionary);
        let verdicts = noticed(&changed, &cases, &self.dictionary);
        let mut found =
            Mutation { policy: policy.address(), changes: changed.len(), ..Mutation::default() };
        let mut needed = Vec::new();
        let exceptions = self.editions.get(&found.policy).map(Edition::exceptions);
        let exceptions = exceptions.unwrap_or_default();
        for (mutant, noticed) in changed.iter().zip(verdicts) {
            if noticed {
                continue;
            }
            let explained =
                exceptions.iter().position(|(at, of, _)| *at == mutant.at && mutant.is(of));
            match explained {
                Some(place) => {
                    needed.push(place);
                    found.explained += 1;
                }
                None => found.unnoticed.push(format!("{}: {}", mutant.at, mutant.what)),
            }
        }
        found.needless = exceptions
            .iter()
            .enumerate()
            // An inherited exception may be needless in a later edition.
            .filter(|(place, (.., own))| *own && !needed.contains(place))
            .map(|(_, (at, of, _))| format!("{at}: {of}"))
            .collect();
        found
    }
}

/// A policy with one thing changed.
struct Mutant {
    at: String,
    what: String,
    policy: Policy,
}

impl Mutant {
    /// Whether an exception means this change: it must repeat the whole
    /// description, except for the unit in brackets at its end.
    fn is(&self, of: &str) -> bool {
        self.what == of || self.what.split(" (").next() == Some(of)
    }
}

fn mutants(policy: &Policy, dictionary: &Dictionary) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for number in 0.. {
        let mut changed = policy.clone();
        let mut changer = Changer::new(dictionary, number);
        changer.policy(&mut changed);
        let Some((at, what)) = changer.done.clone() else { break };
        changer.tables(&mut changed);
        // A change that the engine refuses to load counts as noticed.
        if lower::policy(&mut changed, dictionary).is_ok() {
            mutants.push(Mutant { at, what, policy: changed });
        }
    }
    mutants
}

/// For each mutant, whether some case fails. Uses all cores.
fn noticed(mutants: &[Mutant], cases: &[&Case], dictionary: &Dictionary) -> Vec<bool> {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut verdicts = vec![false; mutants.len()];
    let found: Vec<(usize, bool)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut own = Vec::new();
                    // Try the case that noticed the last change first.
                    let mut order: Vec<usize> = (0..cases.len()).collect();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(mutant) = mutants.get(at) else { return own };
                        let fails = |case: &usize| {
                            cases.get(*case).is_some_and(|case| {
                                let mut coverage = Coverage::default();
                                !case.run(&mutant.policy, dictionary, &mut coverage).is_empty()
                            })
                        };
                        let by = order.iter().position(fails);
                        if let Some(by) = by {
                            let case = order.remove(by);
                            order.insert(0, case);
                        }
                        own.push((at, by.is_some()));
                    }
                })
            })
            .collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect()
    });
    for (at, noticed) in found {
        if let Some(verdict) = verdicts.get_mut(at) {
            *verdict = noticed;
        }
    }
    verdicts
}
