//! Numbers that may not be known: closed intervals of exact fractions.
//!
//! A [`Range`] holds every value a quantity can still take. A known figure is a
//! range of one point, an estimate is the range the user gave, and a figure
//! that was not given spans the domain of its fact. A range also says whether
//! the quantity may be *undefined*: division by zero gives that, and so does a
//! year in which the company did not exist.
//!
//! Soundness: for operands within their ranges, the exact result lies within
//! the result's range. Both ends are included. Where a value only comes close
//! to an end (one divided by ever larger figures never reaches zero), the range
//! is one point too wide. That is sound, and no band of a policy can tell the
//! difference.

use crate::{
    fraction::{Fraction, Overflow},
    truth::Truth,
};

/// Whether a quantity is undefined, that is, no number at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// It is certainly a number.
    No,
    /// It may be a number or undefined.
    Maybe,
    /// It is certainly undefined; the ends of the range then mean nothing.
    Certainly,
}

/// Every value a quantity can still take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lower end, included; `None` if there is none.
    pub lo: Option<Fraction>,
    /// The upper end, included; `None` if there is none.
    pub hi: Option<Fraction>,
    /// Whether the quantity may be undefined.
    pub undefined: Undefined,
}

/// An end of a range during multiplication: minus infinity, a number, or plus
/// infinity.
#[derive(Clone, Copy)]
enum End {
    Below,
    At(Fraction),
    Above,
}

impl End {
    /// Multiplies two ends. Zero times an infinite end is zero: the end is
    /// approached but never reached, and zero times any figure on the way is
    /// zero.
    fn mul(self, other: Self) -> Result<Self, Overflow> {
        let sign = self.signum().saturating_mul(other.signum());
        Ok(match (self, other) {
            (Self::At(a), Self::At(b)) => Self::At(a.mul(b)?),
            _ if sign > 0 => Self::Above,
            _ if sign < 0 => Self::Below,
            _ => Self::At(Fraction::ZERO),
        })
    }

    #[expect(clippy::missing_const_for_fn, reason = "kept beside mul")]
    fn signum(self) -> i8 {
        match self {
            Self::Below => -1,
            Self::Above => 1,
            Self::At(value) => match value.signum() {
                0 => 0,
                sign if sign < 0 => -1,
                _ => 1,
            },
        }
    }

    fn is_below(self, other: Self) -> bool {
        match (self, other) {
            (Self::Below, Self::Below) | (Self::Above, _) => false,
            (Self::Below, _) => true,
            (Self::At(a), Self::At(b)) => a < b,
            (Self::At(_), end) => matches!(end, Self::Above),
        }
    }

    const fn finite(self) -> Option<Fraction> {
        match self {
            Self::At(value) => Some(value),
            _ => None,
        }
    }
}

impl Range {
    /// A number that nothing is known about.
    pub const ANY: Self = Self { lo: None, hi: None, undefined: Undefined::No };
    /// A quantity that is certainly undefined.
    pub const UNDEFINED: Self = Self { lo: None, hi: None, undefined: Undefined::Certainly };

    /// Makes the range of one known number.
    pub const fn exact(value: Fraction) -> Self {
        Self { lo: Some(value), hi: Some(value), undefined: Undefined::No }
    }

    /// Makes the range from `lo` to `hi`, both included; `None` leaves that
    /// side open.
    pub const fn between(lo: Option<Fraction>, hi: Option<Fraction>) -> Self {
        Self { lo, hi, undefined: Undefined::No }
    }

    /// Returns the value if only one is possible and it is certainly a number.
    pub fn as_exact(&self) -> Option<Fraction> {
        match (self.undefined, self.lo, self.hi) {
            (Undefined::No, Some(lo), Some(hi)) if lo == hi => Some(lo),
            _ => None,
        }
    }

    /// Whether nothing is left open: one value is possible, or it is certainly
    /// undefined.
    pub fn is_settled(&self) -> bool {
        self.undefined == Undefined::Certainly || self.as_exact().is_some()
    }

    /// Whether nothing narrows the range down. It has no upper end, and its
    /// lower end is zero or missing; zero is where amounts and counts begin.
    pub fn is_blank(&self) -> bool {
        self.hi.is_none() && self.lo.is_none_or(Fraction::is_zero)
    }

    fn low_end(&self) -> End {
        self.lo.map_or(End::Below, End::At)
    }

    fn high_end(&self) -> End {
        self.hi.map_or(End::Above, End::At)
    }

    /// Combines two operands: the result is undefined as soon as one of them
    /// is.
    const fn undefined_with(&self, other: &Self) -> Undefined {
        match (self.undefined, other.undefined) {
            (Undefined::Certainly, _) | (_, Undefined::Certainly) => Undefined::Certainly,
            (Undefined::Maybe, _) | (_, Undefined::Maybe) => Undefined::Maybe,
            _ => Undefined::No,
        }
    }

    /// Returns `self + other`. Where the sum of two ends does not fit even in
    /// lowest terms, the nearest wider end that fits takes its place. Such an
    /// end never equals the limit of a band, because sums that do are short
    /// fractions.
    ///
    /// # Errors
    /// Fails when even the rounded ends do not fit into 128 bits.
    pub fn add(&self, other: &Self) -> Result<Self, Overflow> {
        let undefined = self.undefined_with(other);
        if undefined == Undefined::Certainly {
            return Ok(Self::UNDEFINED);
        }
        Ok(Self {
            lo: both(self.lo, other.lo, |a, b| a.add_rounded(b, false))?,
            hi: both(self.hi, other.hi, |a, b| a.add_rounded(b, true))?,
            undefined,
        })
    }

    /// Returns `-self`.
    ///
    /// # Errors
    /// Fails when an end has no opposite within 128 bits.
    pub fn neg(&self) -> Result<Self, Overflow> {
        Ok(Self {
            lo: self.hi.map(Fraction::neg).transpose()?,
            hi: self.lo.map(Fraction::neg).transpose()?,
            undefined: self.undefined,
        })
    }

    /// Returns `self - other`.
    ///
    /// # Errors
    /// Fails where [`Self::add`] or [`Self::neg`] does.
    pub fn sub(&self, other: &Self) -> Result<Self, Overflow> {
        self.add(&other.neg()?)
    }

    /// Returns `self × other`.
    ///
    /// # Errors
    /// Fails when the product of two ends does not fit into 128 bits.
    pub fn mul(&self, other: &Self) -> Result<Self, Overflow> {
        let undefined = self.undefined_with(other);
        if undefined == Undefined::Certainly {
            return Ok(Self::UNDEFINED);
        }
        if let (Some(a), Some(b)) = (self.as_exact(), other.as_exact()) {
            return Ok(Self::exact(a.mul(b)?));
        }
        let first = self.low_end().mul(other.low_end())?;
        let mut low = first;
        let mut high = first;
        for product in [
            self.low_end().mul(other.high_end())?,
            self.high_end().mul(other.low_end())?,
            self.high_end().mul(other.high_end())?,
        ] {
            if product.is_below(low) {
                low = product;
            }
            if high.is_below(product) {
                high = product;
            }
        }
        Ok(Self { lo: low.finite(), hi: high.finite(), undefined })
    }

    /// Returns `self ÷ other`. The quotient is certainly undefined if `other`
    /// is certainly zero, and may be undefined if `other` may be zero.
    ///
    /// # Errors
    /// Fails when an end of the quotient does not fit into 128 bits.
    pub fn div(&self, other: &Self) -> Result<Self, Overflow> {
        if self.undefined_with(other) == Undefined::Certainly {
            return Ok(Self::UNDEFINED);
        }
        if let (Some(a), Some(b)) = (self.as_exact(), other.as_exact()) {
            return Ok(a.div(b)?.map_or(Self::UNDEFINED, Self::exact));
        }
        let zero = Fraction::ZERO;
        let may_be_zero =
            other.lo.is_none_or(|lo| lo <= zero) && other.hi.is_none_or(|hi| hi >= zero);
        if !may_be_zero {
            return self.mul(&other.reciprocal()?);
        }
        let may_be_negative = other.lo.is_none_or(|lo| lo < zero);
        let may_be_positive = other.hi.is_none_or(|hi| hi > zero);
        let reciprocal = match (may_be_negative, may_be_positive) {
            (false, false) => return Ok(Self::UNDEFINED),
            (true, true) => Self::ANY,
            (false, true) => Self::between(Some(inverse(other.hi)?.unwrap_or(zero)), None),
            (true, false) => Self::between(None, Some(inverse(other.lo)?.unwrap_or(zero))),
        };
        let mut quotient = self.mul(&reciprocal)?;
        quotient.undefined = Undefined::Maybe;
        Ok(quotient)
    }

    /// Returns `1 ÷ self`. The range must not include zero.
    fn reciprocal(&self) -> Result<Self, Overflow> {
        Ok(Self {
            // The reciprocal of an unbounded end comes as close to zero as one
            // likes.
            lo: Some(inverse(self.hi)?.unwrap_or(Fraction::ZERO)),
            hi: Some(inverse(self.lo)?.unwrap_or(Fraction::ZERO)),
            undefined: self.undefined,
        })
    }

    /// Returns the larger of the two quantities; undefined if either is.
    pub fn max(&self, other: &Self) -> Self {
        let lo = match (self.lo, other.lo) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (one, None) | (None, one) => one,
        };
        let hi = self.hi.zip(other.hi).map(|(a, b)| a.max(b));
        Self { lo, hi, undefined: self.undefined_with(other) }
    }

    /// Returns the smaller of the two quantities; undefined if either is.
    pub fn min(&self, other: &Self) -> Self {
        let lo = self.lo.zip(other.lo).map(|(a, b)| a.min(b));
        let hi = match (self.hi, other.hi) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, None) | (None, one) => one,
        };
        Self { lo, hi, undefined: self.undefined_with(other) }
    }

    /// Returns the smallest range that covers both: every value that either can
    /// take.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        let undefined = match (self.undefined, other.undefined) {
            (Undefined::Certainly, Undefined::Certainly) => return Self::UNDEFINED,
            // An undefined side has no meaningful ends, so those of the other
            // side are taken.
            (Undefined::Certainly, _) => return Self { undefined: Undefined::Maybe, ..*other },
            (_, Undefined::Certainly) => return Self { undefined: Undefined::Maybe, ..*self },
            (Undefined::No, Undefined::No) => Undefined::No,
            _ => Undefined::Maybe,
        };
        let lo = self.lo.zip(other.lo).map(|(a, b)| a.min(b));
        let hi = self.hi.zip(other.hi).map(|(a, b)| a.max(b));
        Self { lo, hi, undefined }
    }

    /// Whether `self >= other`. A comparison with something undefined is false.
    pub fn at_least(&self, other: &Self) -> Truth {
        self.compare(other, |a, b| a >= b)
    }

    /// Whether `self > other`. A comparison with something undefined is false.
    pub fn above(&self, other: &Self) -> Truth {
        self.compare(other, |a, b| a > b)
    }

    /// Whether `self = other`. A comparison with something undefined is false.
    pub fn equal(&self, other: &Self) -> Truth {
        self.at_least(other).and(other.at_least(self))
    }

    /// Compares by `holds`, which must stay true as the left side grows and as
    /// the right side falls.
    fn compare(&self, other: &Self, holds: fn(Fraction, Fraction) -> bool) -> Truth {
        let undefined = self.undefined_with(other);
        if undefined == Undefined::Certainly {
            return Truth::False;
        }
        let always = self.lo.zip(other.hi).is_some_and(|(a, b)| holds(a, b));
        let never = self.hi.zip(other.lo).is_some_and(|(a, b)| !holds(a, b));
        match (always, never, undefined) {
            (_, true, _) => Truth::False,
            (true, _, Undefined::No) => Truth::True,
            _ => Truth::Unknown,
        }
    }
}

/// Returns `1 ÷ end`; `None` for an unbounded end and for zero.
fn inverse(end: Option<Fraction>) -> Result<Option<Fraction>, Overflow> {
    end.map_or(Ok(None), |value| Fraction::ONE.div(value))
}

fn both(
    a: Option<Fraction>,
    b: Option<Fraction>,
    op: fn(Fraction, Fraction) -> Result<Fraction, Overflow>,
) -> Result<Option<Fraction>, Overflow> {
    a.zip(b).map(|(a, b)| op(a, b)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(value: i128) -> Fraction {
        Fraction::whole(value)
    }

    fn exact(value: i128) -> Range {
        Range::exact(n(value))
    }

    fn span(lo: i128, hi: i128) -> Range {
        Range::between(Some(n(lo)), Some(n(hi)))
    }

    #[test]
    fn division_by_nought_is_undefined_and_fails_every_comparison() {
        assert_eq!(exact(5).div(&exact(0)), Ok(Range::UNDEFINED));
        assert_eq!(Range::UNDEFINED.at_least(&exact(0)), Truth::False);
        assert_eq!(exact(0).at_least(&Range::UNDEFINED), Truth::False);
    }

    #[test]
    fn division_by_what_may_be_nought_is_open() {
        let quotient = exact(5).div(&span(0, 10)).unwrap_or(Range::ANY);
        assert_eq!(quotient.lo, Fraction::new(1, 2));
        assert_eq!(quotient.hi, None);
        assert_eq!(quotient.undefined, Undefined::Maybe);
        // It is at least one half if it is a number, but whether it is one is
        // not known.
        assert_eq!(quotient.at_least(&Range::ANY), Truth::Unknown);
        assert_eq!(exact(0).at_least(&quotient), Truth::False);
    }

    #[test]
    fn an_unbounded_divisor_brings_the_quotient_down_to_nought() {
        let unknown = Range::between(Some(n(4)), None);
        let quotient = exact(1).div(&unknown).unwrap_or(Range::ANY);
        assert_eq!((quotient.lo, quotient.hi), (Some(n(0)), Fraction::new(1, 4)));
    }

    #[test]
    fn nought_times_anything_is_nought() {
        let anything = Range::between(Some(n(0)), None);
        assert_eq!(exact(0).mul(&anything), Ok(span(0, 0)));
        assert_eq!(exact(0).mul(&Range::ANY), Ok(span(0, 0)));
    }

    #[test]
    fn signs_are_kept_apart_when_multiplying() {
        assert_eq!(span(-2, 3).mul(&span(-5, 7)), Ok(span(-15, 21)));
        assert_eq!(span(-2, 3).sub(&span(1, 4)), Ok(span(-6, 2)));
    }

    #[test]
    fn either_of_two_is_everything_both_can_be() {
        assert_eq!(span(1, 3).hull(&exact(7)), span(1, 7));
        assert_eq!(Range::UNDEFINED.hull(&Range::UNDEFINED), Range::UNDEFINED);
        let open = Range::UNDEFINED.hull(&span(1, 3));
        assert_eq!((open.lo, open.hi, open.undefined), (Some(n(1)), Some(n(3)), Undefined::Maybe));
        assert_eq!(Range::between(Some(n(2)), None).hull(&exact(1)).hi, None);
    }

    #[test]
    fn ends_are_included() {
        assert_eq!(span(1, 5).at_least(&exact(1)), Truth::True);
        assert_eq!(span(1, 5).above(&exact(1)), Truth::Unknown);
        assert_eq!(span(1, 5).above(&exact(5)), Truth::False);
        assert_eq!(span(1, 5).at_least(&exact(5)), Truth::Unknown);
        assert_eq!(exact(5).equal(&span(6, 7)), Truth::False);
    }
}
