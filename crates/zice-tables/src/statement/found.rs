//! Figures and answers that were found in a statement or form.

use serde_json::Value;

/// A figure or answer that was found, or something in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The fact, by position.
    pub fact: usize,
    /// Where in the fact it goes: `2022`, `2022.income.written_count`; nothing
    /// for a fact that is not by year.
    pub place: String,
    /// What it says; nothing where that was not understood or has to be asked.
    pub value: Option<Value>,
    /// As it stands there.
    pub text: String,
    /// What its line is called.
    pub label: String,
    /// Its row, from nought.
    pub row: usize,
    /// The head of its column.
    pub column: Option<usize>,
    /// Its line looks like the fact and is something else, or may be.
    pub asks: bool,
    /// What it would say if it were the fact.
    pub looks: Option<Value>,
}
