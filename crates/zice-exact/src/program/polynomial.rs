//! Polynomials and quotients of polynomials with whole coefficients, and the
//! whole numbers at which a polynomial changes its sign.
//!
//! They describe a figure that moves in whole steps. Whatever does not fit into
//! 128 bits, or has too high a degree, is `None`, and never a wrong answer.

use crate::fraction::Fraction;

/// The highest degree, plus one.
const LENGTH: usize = 4;

/// A coefficient below this needs no shortening.
const SHORT: u128 = 1 << 50;

/// A polynomial: its coefficients, the constant one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Poly([i128; LENGTH]);

impl Poly {
    const ONE: Self = Self([1, 0, 0, 0]);

    const fn whole(number: i128) -> Self {
        Self([number, 0, 0, 0])
    }

    /// Returns the degree; 0 for a constant.
    fn degree(&self) -> usize {
        self.0.iter().rposition(|it| *it != 0).unwrap_or(0)
    }

    /// Whether it is the same everywhere.
    pub fn is_constant(&self) -> bool {
        self.degree() == 0
    }

    fn each(mut self, other: &Self, of: impl Fn(i128, i128) -> Option<i128>) -> Option<Self> {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own = of(*own, other)?;
        }
        Some(self)
    }

    fn plus(self, other: &Self) -> Option<Self> {
        self.each(other, i128::checked_add)
    }

    fn minus(self, other: &Self) -> Option<Self> {
        self.each(other, i128::checked_sub)
    }

    fn times(&self, other: &Self) -> Option<Self> {
        let mut product = Self([0; LENGTH]);
        for (power, a) in self.0.iter().enumerate().filter(|(_, it)| **it != 0) {
            for (more, b) in other.0.iter().enumerate().filter(|(_, it)| **it != 0) {
                let place = product.0.get_mut(power.checked_add(more)?)?;
                *place = place.checked_add(a.checked_mul(*b)?)?;
            }
        }
        Some(product)
    }

    /// Returns the sign of the value at a whole number.
    fn sign(&self, at: i128) -> Option<i128> {
        let coefficients = || self.0.iter().rev().skip_while(|it| **it == 0);
        let value = coefficients().try_fold(0_i128, |value, coefficient| {
            value.checked_mul(at)?.checked_add(*coefficient)
        });
        if let Some(value) = value {
            return Some(value.signum());
        }
        // So far out the highest power decides alone: beyond all roots by
        // Fujiwara's bound, taken up to the next power of two.
        let bits = |number: u128| u128::BITS.saturating_sub(number.leading_zeros());
        let mut parts = coefficients().map(|it| it.unsigned_abs());
        let highest = parts.next()?;
        let reach = parts.zip(1_u32..).map(|(part, power)| {
            bits(part.checked_div(highest).unwrap_or_default()).div_ceil(power)
        });
        let beyond = reach.max()?.checked_add(1)?;
        let odd = self.degree().checked_rem(2)? == 1;
        let sign = coefficients().next()?.signum();
        let side = if odd { at.signum() } else { 1 };
        (bits(at.unsigned_abs()) > beyond).then(|| sign.saturating_mul(side))
    }

    fn derivative(&self) -> Option<Self> {
        let mut slope = Self([0; LENGTH]);
        let powers = self.0.iter().zip(0_i128..).skip(1);
        for (place, (coefficient, power)) in slope.0.iter_mut().zip(powers) {
            *place = coefficient.checked_mul(power)?;
        }
        Some(slope)
    }

    /// Returns whole numbers, in order, that cut `from..=to` into parts of which
    /// each has one sign; the first of each part but the first. Some of them may
    /// cut for nothing.
    pub fn cuts(&self, from: i128, to: i128) -> Option<Vec<i128>> {
        let mut cuts = Vec::new();
        match self.degree() {
            0 => {}
            1 => {
                let [constant, slope, ..] = self.0;
                // Rounded down, so the root lies at it or before the next.
                let root = constant.checked_neg()?;
                let root = match slope.signum() {
                    -1 => root.checked_neg()?.checked_div_euclid(slope.checked_neg()?)?,
                    _ => root.checked_div_euclid(slope)?,
                };
                if (from..=to).contains(&root) && self.sign(root)? == 0 {
                    cuts.push(root);
                }
                cuts.push(root.checked_add(1)?);
            }
            _ => {
                // Between two cuts of the slope it rises or falls throughout.
                let slopes = self.derivative()?.cuts(from, to)?;
                let starts = core::iter::once(from).chain(slopes.iter().copied());
                let ends = slopes.iter().map(|it| it.checked_sub(1)).chain([Some(to)]);
                for (start, end) in starts.zip(ends) {
                    cuts.push(start);
                    self.monotone(start, end?, &mut cuts)?;
                }
            }
        }
        cuts.retain(|it| *it > from && *it <= to);
        Some(cuts)
    }

    /// Finds where the sign changes in a range in which the polynomial rises or
    /// falls throughout: twice at most, to zero and beyond it.
    fn monotone(&self, from: i128, to: i128, cuts: &mut Vec<i128>) -> Option<()> {
        let last = self.sign(to)?;
        let mut from = from;
        while from < to && self.sign(from)? != last {
            let (now, mut same, mut other) = (self.sign(from)?, from, to);
            while other.checked_sub(same)? > 1 {
                let middle = same.checked_add(other.checked_sub(same)?.checked_div(2)?)?;
                if self.sign(middle)? == now {
                    same = middle;
                } else {
                    other = middle;
                }
            }
            cuts.push(other);
            from = other;
        }
        Some(())
    }
}

/// A quotient of two polynomials. The lower one is not zero everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Curve {
    num: Poly,
    den: Poly,
}

impl Curve {
    /// The number 0 everywhere.
    pub const ZERO: Self = Self { num: Poly::whole(0), den: Poly::ONE };

    /// Makes a number that is the same everywhere.
    pub fn constant(number: Fraction) -> Self {
        let (num, den) = number.lowest_terms();
        Self { num: Poly::whole(num), den: Poly::whole(den) }
    }

    /// Makes a number that moves by so much in each step.
    pub fn line(start: Fraction, step: Fraction) -> Option<Self> {
        let ((a, b), (c, d)) = (start.lowest_terms(), step.lowest_terms());
        let num = Poly([a.checked_mul(d)?, c.checked_mul(b)?, 0, 0]);
        Some(Self { num, den: Poly::whole(b.checked_mul(d)?) }.short())
    }

    pub fn plus(&self, other: &Self) -> Option<Self> {
        let (a, b) = self.common(other)?;
        Some(Self { num: a.plus(&b)?, den: self.below(other)? }.short())
    }

    pub fn minus(&self, other: &Self) -> Option<Self> {
        let (a, b) = self.common(other)?;
        Some(Self { num: a.minus(&b)?, den: self.below(other)? }.short())
    }

    pub fn times(&self, other: &Self) -> Option<Self> {
        let (num, den) = (self.num.times(&other.num)?, self.den.times(&other.den)?);
        Some(Self { num, den }.short())
    }

    /// Divides; `None` too where the divisor is zero everywhere.
    pub fn over(&self, other: &Self) -> Option<Self> {
        if other.num == Poly::whole(0) {
            return None;
        }
        let (num, den) = (self.num.times(&other.den)?, self.den.times(&other.num)?);
        Some(Self { num, den }.short())
    }

    /// Returns a polynomial that is zero where the number is.
    pub const fn zero(&self) -> Poly {
        self.num
    }

    /// Whether it is zero everywhere.
    pub fn is_zero(&self) -> bool {
        self.num == Poly::whole(0)
    }

    /// Returns a polynomial that changes its sign where the first of two numbers
    /// passes the second, as far as neither divides by zero there.
    pub fn passes(&self, other: &Self) -> Option<Poly> {
        let (a, b) = self.common(other)?;
        a.minus(&b)
    }

    /// Returns both numerators over one denominator, [`Self::below`].
    fn common(&self, other: &Self) -> Option<(Poly, Poly)> {
        match self.den == other.den {
            true => Some((self.num, other.num)),
            false => Some((self.num.times(&other.den)?, other.num.times(&self.den)?)),
        }
    }

    fn below(&self, other: &Self) -> Option<Poly> {
        if self.den == other.den { Some(self.den) } else { self.den.times(&other.den) }
    }

    /// Divides both parts by what all coefficients have in common, if that is
    /// worth while.
    fn short(mut self) -> Self {
        let all = || self.num.0.iter().chain(&self.den.0).map(|it| it.unsigned_abs());
        if all().max() < Some(SHORT) {
            return self;
        }
        let common = all().fold(0, divisor);
        if let Some(common) = i128::try_from(common).ok().filter(|it| *it > 1) {
            for own in self.num.0.iter_mut().chain(&mut self.den.0) {
                *own = own.checked_div(common).unwrap_or(*own);
            }
        }
        self
    }
}

/// Returns the greatest common divisor.
fn divisor(mut a: u128, mut b: u128) -> u128 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

#[cfg(test)]
#[expect(clippy::expect_used, clippy::arithmetic_side_effects, reason = "a test may fail so")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(zice_testing::cases(20_000)))]

        /// Between two cuts every whole number has the same sign.
        #[test]
        fn a_part_has_one_sign(
            coefficients in prop::array::uniform4(-400_i128..400),
            shift in -40_i128..40,
        ) {
            // A polynomial with whole roots as well as any other.
            let any = Poly(coefficients);
            let root = Poly([-shift, 1, 0, 0]);
            let [a, b, ..] = coefficients;
            let rooted = root.times(&Poly([a, b, 0, 0])).and_then(|it| it.times(&root));
            for poly in [any, rooted.expect("a product")] {
                let cuts = poly.cuts(-60, 60).expect("it fits");
                for at in -59..=60 {
                    let same = poly.sign(at - 1) == poly.sign(at);
                    prop_assert!(same || cuts.contains(&at), "{poly:?} {at} {cuts:?}");
                }
                prop_assert!(cuts.iter().all(|it| (-59..=60).contains(it)));
                prop_assert_eq!(poly.cuts(0, -1), Some(Vec::new()));
            }
        }

        /// Where the value does not fit, the sign is that of the quotient by a
        /// root that is known.
        #[test]
        fn far_out_the_highest_power_decides(root in -1_i128 << 50..1 << 50, far in 1_u32..60) {
            let poly = Poly([-root, 1, 0, 0]).times(&Poly([-root, 1 << 40, 0, 0]));
            for at in [-1_i128 << 55 << (far % 8), 1 << 55 << (far % 8)] {
                prop_assert_eq!(poly.and_then(|it| it.sign(at)), Some(1));
            }
        }
    }
}
