//! What a formula names itself: facts, fields, choices and earlier criteria.

use core::ops::RangeInclusive;

use super::{Cell, Condition, Node, Number};
use crate::place::{ChoicesAt, CriterionAt, FactAt, FieldAt};

/// The thing that a node names itself, not in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A fact without years, or any fact asked whether it was answered.
    Fact(FactAt),
    /// A yearly fact in a range of fiscal years, as offsets from the year of
    /// application.
    Years(FactAt, RangeInclusive<i8>),
    /// One figure of one side of a fact.
    Figure(Cell),
    /// A list whose entries are counted.
    List(FactAt),
    /// A field of an entry.
    Field(FieldAt),
    /// A set of choices, of a fact or of a field.
    Choices(ChoicesAt),
    /// An earlier criterion.
    Criterion(CriterionAt),
    /// Whether the company existed in a fiscal year, given as an offset.
    Year(i8),
}

impl Condition {
    /// Returns what the condition names itself.
    pub const fn refers_to(&self) -> Option<Reference> {
        Some(match self {
            Self::Fact(at) | Self::Given(at) | Self::Within(at, _) => Reference::Fact(*at),
            Self::Field(at) | Self::GivenField(at) => Reference::Field(*at),
            Self::OneOf(at) => Reference::Choices(*at),
            Self::HasYear(year) => Reference::Year(*year),
            Self::Criterion(at) => Reference::Criterion(*at),
            Self::Constant(_)
            | Self::Compare(..)
            | Self::Not(_)
            | Self::All(_)
            | Self::Any(_)
            | Self::Certain(_)
            | Self::Review(_) => return None,
        })
    }
}

impl Number {
    /// Returns what the number names itself.
    pub const fn refers_to(&self) -> Option<Reference> {
        Some(match self {
            Self::Fact(at) | Self::Graded(at) => Reference::Fact(*at),
            Self::Yearly(at, year) => Reference::Years(*at, RangeInclusive::new(*year, *year)),
            Self::SumYears(at, from, to) | Self::MeanYears(at, from, to) => {
                Reference::Years(*at, RangeInclusive::new(*from, *to))
            }
            Self::Cell(cell) => Reference::Figure(*cell),
            Self::Field(at) => Reference::Field(*at),
            Self::Count(at, _) => Reference::List(*at),
            Self::Points(at) => Reference::Criterion(*at),
            Self::Constant(_)
            | Self::AsOf
            | Self::YearOf(_)
            | Self::Sum(_)
            | Self::Minus(..)
            | Self::Times(..)
            | Self::Over(..)
            | Self::Max(_)
            | Self::Min(_)
            | Self::If(..) => return None,
        })
    }
}

impl Node<'_> {
    /// Returns what the node names itself.
    pub const fn refers_to(self) -> Option<Reference> {
        match self {
            Self::Condition(condition) => condition.refers_to(),
            Self::Number(number) => number.refers_to(),
        }
    }
}
