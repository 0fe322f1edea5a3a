//! Checks a library: runs its golden cases, and finds what none of them reaches.

use std::sync::Arc;

use zice_rules::{Company, Date, Policy};

use crate::{
    Library,
    error::Diagnostic,
    golden_case::{Case, Coverage},
};

/// The result of checking a library.
#[derive(Debug, Default)]
pub struct Check {
    /// The number of golden cases that were run.
    pub cases: usize,
    /// Expectations that did not hold, each at its case.
    pub failures: Vec<Diagnostic>,
    /// Verdicts, statuses, bands, routes, papers and so on that no golden
    /// case reaches.
    pub uncovered: Vec<String>,
}

impl Library {
    /// Runs every golden case, and lists what none of them reaches.
    pub fn check(&self) -> Check {
        let mut check = Check::default();
        let (failures, uncovered) = self.doubts.check(&self.dictionary);
        check.cases += self.doubts.cases.len();
        check.failures.extend(failures);
        check.uncovered.extend(uncovered);
        for policy in &self.policies {
            let mut coverage = Coverage::default();
            for case in self.cases_of(policy) {
                check.cases += 1;
                for message in case.run(policy, &self.dictionary, &mut coverage) {
                    check.failures.push(Diagnostic {
                        file: Arc::clone(&case.file),
                        span: case.span.clone(),
                        message: format!("{}：{message}", case.expected.name),
                        help: None,
                    });
                }
            }
            check.uncovered.extend(coverage.missing(policy));
        }
        check
    }

    /// Returns the companies of the golden cases of a policy, those that it takes
    /// over from other editions included; one that a test of its own has made
    /// unreadable is left out.
    pub fn golden(&self, policy: &Policy) -> Vec<Company> {
        let read = |case: &Case| Company::from_value(&case.company, &self.dictionary, Date::MIN);
        let all = self.cases_of(policy).map(read);
        all.filter(|(_, problems)| problems.is_empty()).map(|(company, _)| company).collect()
    }

    pub(crate) fn cases_of(&self, policy: &Policy) -> impl Iterator<Item = &Case> {
        let address = policy.address();
        self.cases.iter().filter(move |set| set.policy == address).flat_map(|set| &set.cases)
    }
}
