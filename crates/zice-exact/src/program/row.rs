//! Rows: a company as a program reads it, in about half a kilobyte.

use std::borrow::Cow;

use super::{mask::Mask, value::Value};
use crate::{fraction::Fraction, range::Range, truth::Truth};

/// Stands in for a number that is missing.
pub(super) static ANY: Value = Value::Span(Range::ANY);

/// A number of a row. Nearly all figures are short; the others are kept apart,
/// so that a row stays small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dense {
    /// Numerator and denominator of an exact figure.
    Short(i64, u32),
    /// Index into the row's [`Row::wide`] numbers.
    Wide(u32),
}

impl Dense {
    /// Stores a number; one that is not short is appended to `wide`.
    pub fn of(value: Value, wide: &mut Vec<Value>) -> Self {
        if let Value::Exact(exact) = value
            && let Some((num, den)) = exact.dense()
        {
            return Self::Short(num, den);
        }
        let at = u32::try_from(wide.len()).unwrap_or(u32::MAX);
        wide.push(value);
        Self::Wide(at)
    }

    /// Returns the number. One that is not in `wide` could be anything.
    pub fn value(self, wide: &[Value]) -> Value {
        match self.stands(wide) {
            Cow::Owned(value) => value,
            Cow::Borrowed(value) => *value,
        }
    }

    /// Returns the number; one in `wide` is borrowed, not copied.
    pub(super) fn stands(self, wide: &[Value]) -> Cow<'_, Value> {
        let found = match self {
            Self::Short(num, den) => match Fraction::new(i128::from(num), i128::from(den)) {
                Some(exact) => return Cow::Owned(Value::Exact(exact)),
                None => None,
            },
            Self::Wide(at) => usize::try_from(at).ok().and_then(|at| wide.get(at)),
        };
        Cow::Borrowed(found.unwrap_or(&ANY))
    }
}

/// The value of every slot of a program, for one company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Conditions of the company, in the order of the program's slots.
    pub truths: Box<[Truth]>,
    /// Numbers of the company, in the order of the program's slots.
    pub numbers: Box<[Dense]>,
    /// Lists whose entries are counted.
    pub lists: Box<[ListRow]>,
    /// Entries that are judged one by one.
    pub entries: Vec<EntryRow>,
    /// An entry that nothing is known about; present where the company may have
    /// entries that it has not listed.
    pub unseen: Option<EntryRow>,
    /// Numbers that are not short, referred to by [`Dense::Wide`].
    pub wide: Vec<Value>,
}

/// A list whose entries are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// Number of entries that were given; `more` says whether others may
    /// follow.
    pub count: usize,
    /// Whether the company may have more entries than it has listed.
    pub more: bool,
    /// Conditions of the entries: by slot, then 64 entries in a word.
    pub masks: Box<[Box<[Mask]>]>,
    /// Numbers of the entries: by slot, then by entry.
    pub columns: Box<[Box<[Dense]>]>,
}

/// The values of an entry that is judged on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryRow {
    /// Conditions by slot of the entry.
    pub truths: Box<[Truth]>,
    /// Numbers by slot of the entry.
    pub numbers: Box<[Dense]>,
}
