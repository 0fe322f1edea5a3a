//! A company that is kept in this browser, as the list of them tells it.

/// A company that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: u32,
    /// The company's name, or nothing.
    pub name: String,
    /// The day it was kept last.
    pub kept_on: String,
}
