//! What was mutated and found clean, so that it need not be mutated again.

use std::{collections::BTreeMap, fmt};

use sha2::{Digest, Sha256};
use zice_rules::{Dictionary, Policy};

use super::doubts;
use crate::{Library, edition::Edition};

/// What makes the changes and what looks whether a case notices: other sources,
/// other digests.
const MUTATOR: [&str; 8] = [
    include_str!("change.rs"),
    include_str!("doubts.rs"),
    include_str!("lever.rs"),
    include_str!("mod.rs"),
    include_str!("../golden_case/advice.rs"),
    include_str!("../golden_case/mod.rs"),
    include_str!("../golden_case/shift.rs"),
    include_str!("../golden_case/expectation.rs"),
];

/// A digest of what decides what mutating finds, but for the engine itself, which
/// `--full` and CI cover by mutating everything; by `id@edition`
/// (and by `facts.toml` for the rules that doubt answers): the compiled policy,
/// its golden cases and exceptions, the dictionary and the mutator.
///
/// As a file, `mutation.lock`, one line each. An entry that is old, or was
/// edited, agrees with nothing, so that the edition is mutated again; only an
/// entry that was worked out for a faulty edition could hide it, which mutating
/// everything finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MutationLock(BTreeMap<String, String>);

impl MutationLock {
    /// The digests of a library as it is.
    pub fn of(library: &Library) -> Self {
        let shared = shared(&library.dictionary);
        let mut digests = BTreeMap::new();
        let rules = format!("{:?}", library.doubts.cases);
        digests.insert(doubts::FILE.to_owned(), digest([shared.as_str(), rules.as_str()]));
        for policy in &library.policies {
            digests.insert(policy.address(), library.digest(policy, &shared));
        }
        Self(digests)
    }

    /// Reads the file. Lines that are none are passed over: what they were
    /// about is mutated.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let entries = lines.filter_map(|line| line.trim_end().split_once(' '));
        Self(entries.map(|(address, digest)| (address.to_owned(), digest.to_owned())).collect())
    }

    /// Whether both say the same of this one.
    pub fn agrees(&self, other: &Self, address: &str) -> bool {
        self.0.get(address).is_some_and(|digest| other.0.get(address) == Some(digest))
    }

    /// What the other one says of those that are wanted, and what this one says
    /// of all others that are still there.
    #[must_use]
    pub fn renewed(&self, other: &Self, wanted: &dyn Fn(&str) -> bool) -> Self {
        let newer = |(address, digest): (&String, &String)| {
            let known = self.0.get(address);
            let digest = if wanted(address) { Some(digest) } else { known };
            digest.map(|digest| (address.clone(), digest.clone()))
        };
        Self(other.0.iter().filter_map(newer).collect())
    }
}

impl fmt::Display for MutationLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("# What `zice check --mutate` last found clean; written by it.\n")?;
        self.0.iter().try_for_each(|(address, digest)| writeln!(f, "{address} {digest}"))
    }
}

impl Library {
    fn digest(&self, policy: &Policy, shared: &str) -> String {
        let cases: Vec<String> = self.cases_of(policy).map(|case| case.decides()).collect();
        let exceptions = self.editions.get(&policy.address()).map(Edition::exceptions);
        let own = format!("{policy:?}\n{exceptions:?}");
        digest([shared, &own].into_iter().chain(cases.iter().map(String::as_str)))
    }
}

/// What all editions share.
fn shared(dictionary: &Dictionary) -> String {
    // A checkout may have other line ends.
    let sources = MUTATOR.map(|source| source.replace("\r\n", "\n"));
    let dictionary = format!("{dictionary:?}");
    digest(sources.iter().map(String::as_str).chain([dictionary.as_str()]))
}

fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
