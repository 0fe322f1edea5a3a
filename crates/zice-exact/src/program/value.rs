//! Numbers in registers: nearly always one figure, else a range.

use core::borrow::Borrow;

use crate::{
    date::Date,
    fraction::{Fraction, Overflow},
    range::{Range, Undefined},
    truth::Truth,
};

/// A number: one exact figure, or a range of what it can still be.
///
/// Every operation gives the result that the same operation on [`Range`]s
/// gives. Exact figures take a shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Exactly this figure.
    Exact(Fraction),
    /// Any value of the range; it may also be undefined.
    Span(Range),
}

impl From<Range> for Value {
    fn from(range: Range) -> Self {
        range.as_exact().map_or(Self::Span(range), Self::Exact)
    }
}

impl From<Value> for Range {
    fn from(value: Value) -> Self {
        match value {
            Value::Exact(value) => Self::exact(value),
            Value::Span(range) => range,
        }
    }
}

/// An operation on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Addition: `a + b`.
    Plus,
    /// Subtraction: `a - b`.
    Minus,
    /// Multiplication: `a * b`.
    Times,
    /// Division: `a / b`; undefined where `b` is zero.
    Over,
    /// Maximum: the larger of the two.
    Larger,
    /// Minimum: the smaller of the two.
    Smaller,
}

impl Value {
    /// Makes an exact whole number.
    pub const fn whole(number: i128) -> Self {
        Self::Exact(Fraction::whole(number))
    }

    /// Whether nothing is left open: one value is possible, or it is certainly
    /// undefined.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Exact(_) => true,
            Self::Span(range) => range.is_settled(),
        }
    }

    /// Returns the value as a range.
    pub fn range(self) -> Range {
        self.into()
    }

    /// Applies an operation to `self` and `other`.
    ///
    /// # Errors
    /// Fails when the result does not fit into 128 bits. A sum that does not
    /// fit becomes a range around it instead.
    pub fn with(&self, operation: Operation, other: &Self) -> Result<Self, Overflow> {
        if let (Self::Exact(a), Self::Exact(b)) = (self, other) {
            let (a, b) = (*a, *b);
            match operation {
                Operation::Plus => {
                    if let Ok(sum) = a.add(b) {
                        return Ok(Self::Exact(sum));
                    }
                }
                Operation::Minus => {
                    if let Ok(difference) = a.add(b.neg()?) {
                        return Ok(Self::Exact(difference));
                    }
                }
                Operation::Times => return Ok(Self::Exact(a.mul(b)?)),
                Operation::Over => {
                    return Ok(a.div(b)?.map_or(Self::Span(Range::UNDEFINED), Self::Exact));
                }
                Operation::Larger => return Ok(Self::Exact(a.max(b))),
                Operation::Smaller => return Ok(Self::Exact(a.min(b))),
            }
        }
        let (a, b) = (self.range(), other.range());
        let range = match operation {
            Operation::Plus => a.add(&b)?,
            Operation::Minus => a.sub(&b)?,
            Operation::Times => a.mul(&b)?,
            Operation::Over => a.div(&b)?,
            Operation::Larger => a.max(&b),
            Operation::Smaller => a.min(&b),
        };
        Ok(range.into())
    }

    /// Whether `self >= other`, or `self > other` if `strict`. A comparison
    /// with something undefined is false.
    pub fn reaches(&self, other: &Self, strict: bool) -> Truth {
        let compare = if strict { Range::above } else { Range::at_least };
        match (self, other) {
            (Self::Exact(a), Self::Exact(b)) => Truth::from(if strict { a > b } else { a >= b }),
            (Self::Exact(a), Self::Span(b)) => compare(&Range::exact(*a), b),
            (Self::Span(a), Self::Exact(b)) => compare(a, &Range::exact(*b)),
            (Self::Span(a), Self::Span(b)) => compare(a, b),
        }
    }

    /// Returns the calendar year of a day number.
    #[must_use]
    pub fn year(&self) -> Self {
        match self {
            Self::Exact(day) => year_of(*day).map_or(Self::Span(Range::ANY), Self::Exact),
            Self::Span(days) => {
                let years =
                    Range { lo: days.lo.and_then(year_of), hi: days.hi.and_then(year_of), ..*days };
                years.into()
            }
        }
    }

    /// Covers both values; use it where one of the two applies, but it is not
    /// known which.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        self.range().hull(&other.range()).into()
    }
}

/// Returns the year of a day number, or `None` if there is no such day.
pub fn year_of(day: Fraction) -> Option<Fraction> {
    let day = Date::from_day_number(i32::try_from(day.floor()).ok()?)?;
    Some(Fraction::whole(i128::from(day.year())))
}

/// Adds fiscal years, newest first, or takes their mean. It stops at the first
/// year in which the company did not exist; without any year the result is
/// undefined.
///
/// Years are missing from the oldest on. If the day of registration is an
/// estimate, it is open how many of the newest years there are, so the result
/// covers every possible number of them.
///
/// # Errors
/// Fails when a year or the result does not fit into 128 bits.
pub fn over_years<V: Borrow<Value>>(
    years: impl Iterator<Item = Result<V, Overflow>>,
    mean: bool,
) -> Result<Value, Overflow> {
    let (mut found, mut sum, mut count): (Option<Range>, Value, i128) = (None, Value::whole(0), 0);
    // The result if the years end here.
    let ended = |found: Option<Range>, sum: Value, count: i128| -> Result<Value, Overflow> {
        let here = match (count, mean) {
            (0, _) => Value::Span(Range::UNDEFINED),
            (_, true) => sum.with(Operation::Over, &Value::whole(count))?,
            (_, false) => sum,
        };
        Ok(found.map_or(here, |found| found.hull(&here.range()).into()))
    };
    for year in years {
        let mut year = *year?.borrow();
        if let Value::Span(range) = &mut year {
            match range.undefined {
                Undefined::Certainly => break,
                Undefined::Maybe => found = Some(ended(found, sum, count)?.range()),
                Undefined::No => {}
            }
            range.undefined = Undefined::No;
            year = (*range).into();
        }
        sum = sum.with(Operation::Plus, &year)?;
        count = count.saturating_add(1);
    }
    ended(found, sum, count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Makes short figures, long ones, and such that overflow.
    fn fraction() -> impl Strategy<Value = Fraction> {
        let num = prop_oneof![
            -9_i128..9,
            any::<i32>().prop_map(i128::from),
            any::<i64>().prop_map(i128::from),
            any::<i128>(),
        ];
        let den = prop_oneof![Just(1_i128), Just(100), 1_i128..12, 1_i128..=i128::MAX];
        (num, den).prop_map(|(num, den)| Fraction::new(num, den).unwrap_or(Fraction::ONE))
    }

    const OPERATIONS: [Operation; 6] = [
        Operation::Plus,
        Operation::Minus,
        Operation::Times,
        Operation::Over,
        Operation::Larger,
        Operation::Smaller,
    ];

    fn by_ranges(a: &Range, operation: Operation, b: &Range) -> Result<Range, Overflow> {
        match operation {
            Operation::Plus => a.add(b),
            Operation::Minus => a.sub(b),
            Operation::Times => a.mul(b),
            Operation::Over => a.div(b),
            Operation::Larger => Ok(a.max(b)),
            Operation::Smaller => Ok(a.min(b)),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(zice_testing::cases(20_000)))]

        /// Exact figures give what ranges of one point give, overflow included.
        #[test]
        fn an_exact_figure_is_a_range_of_one(a in fraction(), b in fraction()) {
            let (exact, other) = (Value::Exact(a), Value::Exact(b));
            for operation in OPERATIONS {
                prop_assert_eq!(
                    exact.with(operation, &other).map(Value::range),
                    by_ranges(&Range::exact(a), operation, &Range::exact(b)),
                    "{:?}", operation
                );
            }
            for strict in [false, true] {
                let (a, b) = (Range::exact(a), Range::exact(b));
                let wanted = if strict { a.above(&b) } else { a.at_least(&b) };
                prop_assert_eq!(exact.reaches(&other, strict), wanted);
            }
        }
    }

    #[test]
    fn years_that_may_not_exist_leave_open_how_many_there_are() {
        let year = |value: i128, undefined| {
            Value::from(Range { undefined, ..Range::exact(Fraction::whole(value)) })
        };
        let over = |years: &[Value], mean| over_years(years.iter().map(Ok), mean);
        let newest = || year(6, Undefined::No);
        let settled = [newest(), year(3, Undefined::No), year(0, Undefined::No)];
        assert_eq!(over(&settled, true), Ok(Value::whole(3)));
        let lacking = [newest(), year(3, Undefined::Certainly)];
        assert_eq!(over(&lacking, true), Ok(Value::whole(6)));
        let open = [newest(), year(2, Undefined::Maybe)];
        let range = |lo, hi| {
            let end = |it| Some(Fraction::whole(it));
            Ok(Value::Span(Range::between(end(lo), end(hi))))
        };
        assert_eq!(over(&open, true), range(4, 6));
        let none = [year(2, Undefined::Certainly)];
        assert_eq!(over(&none, false), Ok(Value::Span(Range::UNDEFINED)));
    }
}
