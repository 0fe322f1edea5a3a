//! Decides which units can be compared, added or combined.

use zice_rules::{dictionary::Kind, fraction::Fraction};

use super::Unit;
use crate::tree::Number;

/// Whether a unit is a plain number or ratio, which may multiply or divide
/// anything but a date.
pub(super) const fn is_plain(unit: Unit) -> bool {
    matches!(unit, Unit::Bare | Unit::Ratio)
}

/// The common unit of two numbers, if they have one. A bare literal takes the
/// other's unit, except beside money or dates.
pub(super) fn same(a: Unit, b: Unit) -> Option<Unit> {
    let fits = |unit| !matches!(unit, Unit::Money | Unit::Date);
    match (a, b) {
        (a, b) if a == b => Some(a),
        (Unit::Bare, other) | (other, Unit::Bare) if fits(other) => Some(other),
        _ => None,
    }
}

/// Like [`same`], for comparisons: zero may also be compared with money, and a
/// ratio not with a literal above 1.
pub(super) fn common(a: Unit, b: Unit, left: &Number, right: &Number) -> Option<Unit> {
    let zero = |number: &Number| matches!(number, Number::Constant(value) if value.is_zero());
    // A ratio above 1 is never meant: whoever writes `<= 50` forgot the `%`.
    let too_high =
        |number: &Number| matches!(number, Number::Constant(value) if *value > Fraction::ONE);
    match (a, b) {
        (Unit::Bare, Unit::Ratio) if too_high(left) => None,
        (Unit::Ratio, Unit::Bare) if too_high(right) => None,
        (Unit::Bare, Unit::Money) if zero(left) => Some(Unit::Money),
        (Unit::Money, Unit::Bare) if zero(right) => Some(Unit::Money),
        _ => same(a, b),
    }
}

pub(super) fn sum_unit(sign: char, a: Unit, b: Unit) -> Option<Unit> {
    match (sign, a, b) {
        ('-', Unit::Date, Unit::Date) => Some(Unit::Days),
        (_, Unit::Date, Unit::Days | Unit::Bare) => Some(Unit::Date),
        (_, Unit::Date, _) | (_, _, Unit::Date) => None,
        _ => same(a, b),
    }
}

pub(super) const fn unit_of(kind: Kind) -> Unit {
    match kind {
        Kind::Money => Unit::Money,
        Kind::Rate => Unit::Ratio,
        Kind::Date => Unit::Date,
        Kind::Points => Unit::Points,
        _ => Unit::Count,
    }
}
