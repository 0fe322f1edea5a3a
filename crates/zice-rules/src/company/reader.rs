//! The state of reading a company file: what was found so far.

use super::{Problem, ProblemKind, path::Path};

/// The state of reading: the fact being read, and what was found so far.
pub(super) struct Reader<'a> {
    pub fact: Option<&'a str>,
    /// The fiscal year of a figure that is given without one.
    pub last_year: i32,
    pub problems: Vec<Problem>,
    /// Facts and keys that the dictionary does not know.
    pub unknown: Vec<String>,
}

impl Reader<'_> {
    pub fn problem(&mut self, path: &Path<'_>, kind: ProblemKind) {
        let fact = self.fact.map(str::to_owned);
        self.problems.push(Problem { fact, path: path.text(), kind });
    }

    /// Takes the value, or reports the problem and returns nothing.
    pub fn keep<T>(&mut self, path: &Path<'_>, result: Result<T, ProblemKind>) -> Option<T> {
        result.map_err(|kind| self.problem(path, kind)).ok()
    }
}
