//! Exact fractions: the only numbers that take part in scoring.
//!
//! A fraction is a pair of 128-bit integers with a positive denominator. It is
//! *not* kept in lowest terms: two comparisons out of three then cost one
//! multiplication instead of a greatest common divisor. When a product would
//! not fit, both sides are reduced (by `num-rational`) and the operation is
//! tried again. What still does not fit is an [`Overflow`]; numbers never wrap
//! around.

use core::cmp::Ordering;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};
#[cfg(feature = "serde")]
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Bits that a rounded number may take of 128; the rest is room to compute with
/// it.
const ROUNDED_BITS: u32 = 100;

/// An error: the result does not fit into 128 bits, not even in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

/// An exact fraction. Equal values are equal in whatever terms: 1/2 is 2/4.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    num: i128,
    /// The denominator, always above zero.
    den: i128,
}

impl Fraction {
    /// The number 0.
    pub const ZERO: Self = Self::whole(0);
    /// The number 1.
    pub const ONE: Self = Self::whole(1);

    /// Makes a whole number, with denominator 1.
    pub const fn whole(num: i128) -> Self {
        Self { num, den: 1 }
    }

    /// Makes `num / den`. Returns `None` when `den` is zero, or when it is
    /// negative and the sign cannot be moved to the numerator.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        match den.cmp(&0) {
            Ordering::Greater => Some(Self { num, den }),
            Ordering::Equal => None,
            Ordering::Less => Some(Self { num: num.checked_neg()?, den: den.checked_neg()? }),
        }
    }

    /// Returns -1, 0 or 1 for a number below, at or above zero.
    pub const fn signum(self) -> i128 {
        self.num.signum()
    }

    /// Whether the number is 0.
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// Returns numerator and denominator in lowest terms.
    #[inline]
    pub fn lowest_terms(self) -> (i128, i128) {
        let ratio = self.reduced();
        (*ratio.numer(), *ratio.denom())
    }

    /// Returns the largest whole number that is not above this one.
    pub const fn floor(self) -> i128 {
        // Most calls are about days and counts, which are whole; they avoid a
        // slow 128-bit division here.
        if self.den == 1 { self.num } else { self.num.div_euclid(self.den) }
    }

    /// Returns numerator and denominator if both fit into 64 bits, as they
    /// nearly always do. A product of two such numbers fits into 128 bits
    /// without a check.
    fn narrow(self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.num).ok()?, i64::try_from(self.den).ok()?))
    }

    /// Returns numerator and denominator if they are short enough for
    /// [`Dense::Short`](crate::program::Dense::Short).
    pub fn dense(self) -> Option<(i64, u32)> {
        Some((i64::try_from(self.num).ok()?, u32::try_from(self.den).ok()?))
    }

    #[inline(never)]
    fn reduced(self) -> Ratio<i128> {
        if self.num == i128::MIN {
            // Reducing this numerator would negate it, which does not fit.
            // Every other numerator can be reduced.
            return Ratio::new_raw(self.num, self.den);
        }
        Ratio::new(self.num, self.den)
    }

    /// Computes with `num-rational` in lowest terms, where no shortcut applies.
    /// This is rare, so it is kept out of the code that runs often.
    #[cold]
    #[inline(never)]
    fn long(
        self,
        other: Self,
        with: fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
    ) -> Result<Self, Overflow> {
        let ratio = with(&self.reduced(), &other.reduced());
        let (num, den) = ratio.ok_or(Overflow)?.into();
        Self::new(num, den).ok_or(Overflow)
    }

    /// Returns `self + other`.
    ///
    /// # Errors
    /// Fails when the sum does not fit into 128 bits, even in lowest terms.
    pub fn add(self, other: Self) -> Result<Self, Overflow> {
        if self.den == other.den
            && let Some(num) = self.num.checked_add(other.num)
        {
            return Ok(Self { num, den: self.den });
        }
        if let Some(sum) = self.crossed(other, i128::checked_add) {
            return Ok(sum);
        }
        self.long(other, |a, b| a.checked_add(b))
    }

    /// Returns `self - other`.
    ///
    /// # Errors
    /// Fails when the difference does not fit into 128 bits, even in lowest
    /// terms.
    pub fn sub(self, other: Self) -> Result<Self, Overflow> {
        if self.den == other.den
            && let Some(num) = self.num.checked_sub(other.num)
        {
            return Ok(Self { num, den: self.den });
        }
        if let Some(difference) = self.crossed(other, i128::checked_sub) {
            return Ok(difference);
        }
        self.long(other, |a, b| a.checked_sub(b))
    }

    /// Adds or subtracts over the product of both denominators, where that
    /// fits. This takes two or three multiplications instead of a greatest
    /// common divisor.
    #[inline(never)]
    fn crossed(self, other: Self, with: fn(i128, i128) -> Option<i128>) -> Option<Self> {
        let (left, right) = match (self.narrow(), other.narrow()) {
            (Some(a), Some(b)) => (wide(a.0, b.1), wide(b.0, a.1)),
            _ => (product(self.num, other.den)?, product(other.num, self.den)?),
        };
        // The smallest `i128` could not be reduced by later operations.
        let num = with(left, right).filter(|num| *num != i128::MIN)?;
        Some(Self { num, den: product(self.den, other.den)? })
    }

    /// Returns `self × other`.
    ///
    /// # Errors
    /// Fails when the product does not fit into 128 bits, even in lowest terms.
    pub fn mul(self, other: Self) -> Result<Self, Overflow> {
        if let (Some(a), Some(b)) = (self.narrow(), other.narrow()) {
            return Ok(Self { num: wide(a.0, b.0), den: wide(a.1, b.1) });
        }
        match (self.num.checked_mul(other.num), self.den.checked_mul(other.den)) {
            (Some(num), Some(den)) => Ok(Self { num, den }),
            _ => self.long(other, |a, b| a.checked_mul(b)),
        }
    }

    /// Returns `self ÷ other`, or `None` when `other` is zero.
    ///
    /// # Errors
    /// Fails when the quotient does not fit into 128 bits, even in lowest
    /// terms.
    pub fn div(self, other: Self) -> Result<Option<Self>, Overflow> {
        if other.is_zero() {
            return Ok(None);
        }
        // Equal denominators cancel; amounts of money with two decimals have
        // them.
        if self.den == other.den
            && let Some(quotient) = Self::new(self.num, other.num)
        {
            return Ok(Some(quotient));
        }
        if let (Some(a), Some(b)) = (self.narrow(), other.narrow()) {
            return Ok(Self::new(wide(a.0, b.1), wide(a.1, b.0)));
        }
        if let (Some(num), Some(den)) =
            (self.num.checked_mul(other.den), self.den.checked_mul(other.num))
            && let Some(quotient) = Self::new(num, den)
        {
            return Ok(Some(quotient));
        }
        self.long(other, |a, b| a.checked_div(b)).map(Some)
    }

    /// Compares by cross products of 256 bits, which every two numbers fit into.
    #[inline(never)]
    fn cmp_long(self, other: Self) -> Ordering {
        let signs = self.num.signum().cmp(&other.num.signum());
        if signs != Ordering::Equal {
            return signs;
        }
        let product = |num: i128, den: i128| {
            let (low, high) = num.unsigned_abs().carrying_mul(den.unsigned_abs(), 0);
            (high, low)
        };
        let (left, right) = (product(self.num, other.den), product(other.num, self.den));
        if self.num < 0 { right.cmp(&left) } else { left.cmp(&right) }
    }

    /// Returns the number with its sign changed.
    ///
    /// # Errors
    /// Fails for the smallest `i128`, whose opposite does not fit.
    pub fn neg(self) -> Result<Self, Overflow> {
        self.num.checked_neg().map(|num| Self { num, den: self.den }).ok_or(Overflow)
    }

    /// Returns `self + other`. Where the sum does not fit even in lowest terms,
    /// it returns a number just above it (`up`) or just below, off by less than
    /// one part in 2^90 of the larger of the two.
    ///
    /// A sum that lies exactly on the limit of a band is a short fraction and
    /// always fits, so a rounded sum never equals such a limit.
    ///
    /// # Errors
    /// Fails when even the rounded sum does not fit.
    pub fn add_rounded(self, other: Self, up: bool) -> Result<Self, Overflow> {
        self.add(other).or_else(|Overflow| {
            let bits = ROUNDED_BITS.saturating_sub(self.bits().max(other.bits()));
            self.rounded(bits, up).add(other.rounded(bits, up))
        })
    }

    /// Counts the bits before the binary point.
    const fn bits(self) -> u32 {
        i128::BITS.saturating_sub(self.floor().unsigned_abs().leading_zeros())
    }

    /// Returns the nearest number above (`up`) or below that has at most `bits`
    /// bits after the binary point.
    fn rounded(self, bits: u32, up: bool) -> Self {
        let den = self.den.unsigned_abs();
        let mut rest = self.num.rem_euclid(self.den).unsigned_abs();
        let mut num = self.floor();
        // Long division: `rest` stays below `den`, which is below 2^127, so no
        // shift loses a bit.
        for _ in 0..bits {
            rest = rest.wrapping_shl(1);
            num = num.wrapping_shl(1);
            if rest >= den {
                rest = rest.wrapping_sub(den);
                num |= 1;
            }
        }
        if up && rest > 0 {
            num = num.saturating_add(1);
        }
        Self { num, den: 1_i128.wrapping_shl(bits) }
    }

    /// Writes the number as `p/q` in lowest terms, or as a whole number where
    /// it is one.
    #[inline]
    pub fn to_ratio_text(self) -> String {
        match self.lowest_terms() {
            (num, 1) => num.to_string(),
            (num, den) => format!("{num}/{den}"),
        }
    }
}

/// Multiplies two 64-bit numbers; the product always fits into 128 bits.
fn wide(a: i64, b: i64) -> i128 {
    // Two short factors need one 64-bit multiplication instead of several.
    match (i32::try_from(a), i32::try_from(b)) {
        (Ok(a), Ok(b)) => i128::from(i64::from(a).wrapping_mul(i64::from(b))),
        _ => i128::from(a).wrapping_mul(i128::from(b)),
    }
}

/// Multiplies two numbers; `None` if the product does not fit. The lengths of
/// the factors are compared first, because a checked 128-bit multiplication is
/// slow.
#[inline(never)]
fn product(a: i128, b: i128) -> Option<i128> {
    let bits = |it: i128| i128::BITS.saturating_sub(it.unsigned_abs().leading_zeros());
    if bits(a).saturating_add(bits(b)) < i128::BITS {
        Some(a.wrapping_mul(b))
    } else {
        a.checked_mul(b)
    }
}

/// Counts the bits of a number without its sign.
const fn bits(a: i64) -> u32 {
    i64::BITS.saturating_sub(a.unsigned_abs().leading_zeros())
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        if let (Some(a), Some(b)) = (self.narrow(), other.narrow()) {
            // Mostly a ratio is compared with the limit of a band, and both
            // products fit into 64 bits.
            let longest = |a: i64, b: i64| bits(a).saturating_add(bits(b)) < i64::BITS;
            if longest(a.0, b.1) && longest(b.0, a.1) {
                return a.0.wrapping_mul(b.1).cmp(&b.0.wrapping_mul(a.1));
            }
            return wide(a.0, b.1).cmp(&wide(b.0, a.1));
        }
        match (product(self.num, other.den), product(other.num, self.den)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // The cross products exceed 128 bits.
            _ => self.cmp_long(*other),
        }
    }
}

#[cfg(feature = "serde")]
impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_decimal_or_ratio())
    }
}

#[cfg(feature = "serde")]
impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not an exact number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(num: i128, den: i128) -> Fraction {
        Fraction::new(num, den).unwrap_or(Fraction::ZERO)
    }

    #[test]
    fn comparison_is_exact_where_the_cross_product_overflows() {
        let big = i128::MAX;
        assert!(f(big, big - 1) > f(big - 1, big - 2).neg().unwrap_or(Fraction::ZERO));
        // (n+1)/n falls as n grows. These two differ by less than 10^-75.
        assert!(f(big, big - 1) < f(big - 1, big - 2));
        assert_eq!(f(big, big), Fraction::ONE);
        // The same below zero, at the ends, and across it.
        let minus = |it: Fraction| it.neg().unwrap_or(Fraction::ZERO);
        assert!(minus(f(big, big - 1)) > minus(f(big - 1, big - 2)));
        assert!(f(i128::MIN, big) < f(i128::MIN + 1, big));
        assert!(f(i128::MIN, 3) < f(big, big - 1) && f(big, 2) > f(i128::MIN, big));
        assert!(f(1, big) > Fraction::ZERO && f(-1, big) < Fraction::ZERO);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let big = Fraction::whole(i128::MAX);
        assert_eq!(big.add(Fraction::ONE), Err(Overflow));
        assert_eq!(big.mul(Fraction::whole(2)), Err(Overflow));
        assert_eq!(Fraction::whole(i128::MIN).neg(), Err(Overflow));
        // The product fits once it is reduced.
        assert_eq!(big.mul(f(1, i128::MAX)), Ok(Fraction::ONE));
    }

    #[test]
    fn exactly_six_per_cent_is_six_per_cent() {
        // Binary floats get this division wrong: 0.282 / 4.7.
        let rd = Fraction::parse("0.282").unwrap_or(Fraction::ZERO);
        let revenue = Fraction::parse("4.7").unwrap_or(Fraction::ONE);
        assert_eq!(rd.div(revenue), Ok(Some(f(6, 100))));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_enclosed_closely() -> Result<(), Overflow> {
        let large = 999_999_999_999_999_999_999_i128;
        let fraction = |num, den| Fraction::new(num, den).ok_or(Overflow);
        for (a, b) in [
            (fraction(large, large - 2)?, fraction(large - 4, large - 6)?),
            (fraction(-large, large - 2)?, fraction(large - 4, large - 6)?),
            (fraction(large, 1)?, fraction(1, large)?),
            (fraction(1, i128::MAX)?, fraction(1, i128::MAX - 2)?),
        ] {
            let (below, above) = (a.add_rounded(b, false)?, a.add_rounded(b, true)?);
            // Subtracting `b` again, rounded either way, must enclose `a`.
            assert!(below.sub(b.rounded(20, true))? <= a, "{a:?} {b:?}");
            assert!(above.sub(b.rounded(20, false))? >= a, "{a:?} {b:?}");
            let width = above.sub(below)?;
            assert!(width.signum() >= 0 && width <= fraction(1, 1 << 28)?, "{a:?} {b:?}");
        }
        // A sum that fits stays exact.
        let sum = fraction(1, 3)?.add_rounded(fraction(1, 6)?, true)?;
        assert_eq!(sum, fraction(1, 2)?);
        Ok(())
    }

    #[test]
    fn division_by_nought_is_no_number() {
        assert_eq!(Fraction::ONE.div(Fraction::ZERO), Ok(None));
    }

    /// The shortcuts give the same results as num-rational.
    #[test]
    fn short_ways_give_the_same_numbers() {
        let edges = [
            0_i128,
            1,
            3,
            7,
            100,
            1 << 31,
            (1 << 31) - 1,
            1 << 32,
            (1 << 62) + 3,
            1 << 63,
            1 << 64,
            (1 << 90) + 1,
        ];
        let dens = [1_i128, 2, 3, 100, 1_000_000, (1 << 31) + 11, (1 << 62) + 1, 1 << 64];
        let mut numbers = Vec::new();
        for num in edges {
            for den in dens {
                numbers.push((num, den));
                numbers.push((-num, den));
            }
        }
        for (an, ad) in &numbers {
            for (bn, bd) in &numbers {
                let (a, b) = (f(*an, *ad), f(*bn, *bd));
                let (ra, rb) = (Ratio::new(*an, *ad), Ratio::new(*bn, *bd));
                let told = |it: Option<Ratio<i128>>| it.map(|it| f(*it.numer(), *it.denom()));
                if let Some(sum) = told(ra.checked_add(&rb)) {
                    assert_eq!(a.add(b), Ok(sum), "{a:?} + {b:?}");
                }
                if let Some(difference) = told(ra.checked_sub(&rb)) {
                    assert_eq!(a.sub(b), Ok(difference), "{a:?} - {b:?}");
                }
                if let Some(product) = told(ra.checked_mul(&rb)) {
                    assert_eq!(a.mul(b), Ok(product), "{a:?} * {b:?}");
                }
                if *bn != 0
                    && let Some(quotient) = told(ra.checked_div(&rb))
                {
                    assert_eq!(a.div(b), Ok(Some(quotient)), "{a:?} / {b:?}");
                }
                assert_eq!(a.cmp(&b), ra.cmp(&rb), "{a:?} {b:?}");
            }
        }
    }
}
