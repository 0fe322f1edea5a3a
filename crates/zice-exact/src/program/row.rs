//! A company as a program reads it: about half a kilobyte.

use std::borrow::Cow;

use super::{mask::Mask, value::Value};
use crate::{fraction::Fraction, range::Range, truth::Truth};

/// What stands for a number that is not there.
pub(super) static ANY: Value = Value::Span(Range::ANY);

/// A number of a row. Nearly all figures are short; the rest stands apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dense {
    /// Numerator and denominator.
    Short(i64, u32),
    /// The place in the row's `wide` numbers.
    Wide(u32),
}

impl Dense {
    /// Writes a number down; one that is not short goes to `wide`.
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

    /// The number.
    pub fn value(self, wide: &[Value]) -> Value {
        match self.stands(wide) {
            Cow::Owned(value) => value,
            Cow::Borrowed(value) => *value,
        }
    }

    /// The number; one that is not short is long, and is not copied.
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

/// What a company says of every slot of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Conditions, by slot.
    pub truths: Box<[Truth]>,
    /// Numbers, by slot.
    pub numbers: Box<[Dense]>,
    /// Lists whose entries are counted.
    pub lists: Box<[ListRow]>,
    /// Entries that are judged one by one.
    pub entries: Vec<EntryRow>,
    /// An entry nobody has said anything about, where more may follow.
    pub unseen: Option<EntryRow>,
    /// Numbers that are not short.
    pub wide: Vec<Value>,
}

/// A list whose entries are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// How many entries there are.
    pub count: usize,
    /// Whether more may follow.
    pub more: bool,
    /// Conditions of the entries, by slot.
    pub masks: Box<[Box<[Mask]>]>,
    /// Numbers of the entries, by slot.
    pub columns: Box<[Box<[Dense]>]>,
}

/// An entry that is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryRow {
    /// Conditions, by slot.
    pub truths: Box<[Truth]>,
    /// Numbers, by slot.
    pub numbers: Box<[Dense]>,
}
