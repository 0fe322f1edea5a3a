//! The points a criterion can still get, as a set of whole numbers.
//!
//! Bands give few distinct points, so the set is kept exactly instead of as an
//! interval: a criterion that gives 0 or 50 never seems to give 30. One bit a
//! point, 0 to 127, which is more than any programme of 100 points needs.

use core::cmp::Ordering;

/// The highest number of points the sets can hold.
pub const MAX_POINTS: u8 = 127;

/// A set of points, never empty in an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PointSet(u128);

impl PointSet {
    /// No points possible; only a starting value.
    pub const EMPTY: Self = Self(0);
    /// Certainly nought points.
    pub const ZERO: Self = Self(1);

    /// Exactly `points`; above [`MAX_POINTS`] nothing.
    pub const fn only(points: u8) -> Self {
        match 1_u128.checked_shl(points as u32) {
            Some(bit) => Self(bit),
            None => Self::EMPTY,
        }
    }

    /// Every whole number from nought to `points`.
    pub const fn up_to(points: u8) -> Self {
        let above = (MAX_POINTS as u32).saturating_sub(points as u32);
        Self(u128::MAX.wrapping_shr(above))
    }

    /// Adds a possibility.
    pub const fn insert(&mut self, points: u8) {
        self.0 |= Self::only(points).0;
    }

    /// Whether `points` is possible.
    pub const fn contains(self, points: u8) -> bool {
        self.0 & Self::only(points).0 != 0
    }

    /// The fewest points.
    pub const fn min(self) -> u8 {
        if self.0 == 0 { 0 } else { self.0.trailing_zeros() as u8 }
    }

    /// The most points.
    pub const fn max(self) -> u8 {
        (MAX_POINTS as u32).saturating_sub(self.0.leading_zeros()) as u8
    }

    /// Whether only one value is left.
    pub const fn is_settled(self) -> bool {
        self.0.is_power_of_two()
    }

    /// All values of both.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are more than `points`.
    #[must_use]
    pub const fn above(self, points: u8) -> Self {
        Self(self.0 & !Self::up_to(points).0)
    }

    /// Whether both have a value in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What values below `needed` lack to come to it.
    #[must_use]
    pub const fn lacking(self, needed: u8) -> Self {
        // Turned round, each value is as far from the end as it was from nought.
        let turned = self.0.reverse_bits();
        let moved = match (needed as u32).checked_sub(MAX_POINTS as u32) {
            None => turned.wrapping_shr((MAX_POINTS as u32).wrapping_sub(needed as u32)),
            Some(further) => turned.wrapping_shl(further.wrapping_rem(u128::BITS)),
        };
        Self(moved).above(0)
    }

    /// Every value moved up by as many as lie from the fewest to the most of
    /// `other`, where those follow each other without a gap and nothing gets
    /// above [`MAX_POINTS`].
    fn spread(self, other: Self) -> Option<Self> {
        let (from, to) = (u32::from(other.min()), u32::from(other.max()));
        let gapless = other.0.wrapping_shr(from).wrapping_add(1).is_power_of_two();
        let most = u32::from(self.max()).saturating_add(to);
        if !gapless || other.0 == 0 || most > u32::from(MAX_POINTS) {
            return None;
        }
        let mut sums = self.0.wrapping_shl(from);
        // Doubled, and doubled again.
        let (mut done, all) = (1_u32, to.saturating_sub(from).saturating_add(1));
        while done < all {
            let step = done.min(all.saturating_sub(done));
            sums |= sums.wrapping_shl(step);
            done = done.saturating_add(step);
        }
        Some(Self(sums))
    }

    /// The possible values in rising order.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        let mut rest = self.0;
        core::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let lowest = rest.trailing_zeros() as u8;
            rest &= rest.wrapping_sub(1);
            Some(lowest)
        })
    }

    /// The better of two independent results.
    pub const fn best(self, other: Self) -> Self {
        if self.0 == Self::ZERO.0 && other.0 != 0 {
            return other;
        }
        // A value of one side can be the better one unless the other side
        // always has more.
        Self(
            (self.0 & u128::MAX.wrapping_shl(other.min() as u32))
                | (other.0 & u128::MAX.wrapping_shl(self.min() as u32)),
        )
    }

    /// The sum of two independent results; sums above [`MAX_POINTS`] can't
    /// come from a linked policy and count as [`MAX_POINTS`].
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        // Where every sum begins; shifts of 128 bits are calls in wasm.
        if self == Self::ZERO {
            return other;
        }
        if let Some(sums) = self.spread(other).or_else(|| other.spread(self)) {
            return sums;
        }
        let mut sums = Self::EMPTY;
        for points in self.iter() {
            let fits = u32::from(MAX_POINTS).saturating_sub(u32::from(points));
            if u32::from(other.max()) <= fits {
                sums.0 |= other.0.wrapping_shl(u32::from(points));
            } else {
                for more in other.iter() {
                    sums.insert(points.saturating_add(more).min(MAX_POINTS));
                }
            }
        }
        sums
    }

    /// Everything above `cap` becomes `cap`.
    #[must_use]
    pub fn capped(self, cap: u8) -> Self {
        match self.max().cmp(&cap) {
            Ordering::Greater => {
                let mut set = Self(self.0 & Self::up_to(cap).0);
                set.insert(cap);
                set
            }
            _ => self,
        }
    }
}

impl FromIterator<u8> for PointSet {
    fn from_iter<T: IntoIterator<Item = u8>>(points: T) -> Self {
        let mut set = Self::EMPTY;
        for one in points {
            set.insert(one);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(points: &[u8]) -> PointSet {
        points.iter().copied().collect()
    }

    /// Few points, many in a row, and any.
    fn points() -> impl Strategy<Value = PointSet> {
        prop_oneof![
            proptest::collection::vec(0_u8..=MAX_POINTS, 0..4).prop_map(|them| set(&them)),
            (0_u8..=MAX_POINTS, 0_u8..40)
                .prop_map(|(from, more)| (from..=from.saturating_add(more).min(127)).collect()),
            any::<u128>().prop_map(PointSet),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(zice_testing::cases(5_000)))]

        /// What is done with all values at once is what is done one by one.
        #[test]
        fn a_whole_set_is_its_values(a in points(), b in points(), one in 0_u8..=MAX_POINTS) {
            let sums = a.iter().flat_map(|a| b.iter().map(move |b| a.wrapping_add(b).min(MAX_POINTS)));
            prop_assert_eq!(a.plus(b), sums.collect());
            let lacking = a.iter().filter(|value| *value < one).map(|value| one.wrapping_sub(value));
            prop_assert_eq!(a.lacking(one), lacking.collect());
            prop_assert_eq!(a.above(one), a.iter().filter(|value| *value > one).collect());
            prop_assert_eq!(a.meets(b), a.iter().any(|value| b.contains(value)));
            let best = if a == PointSet::EMPTY { PointSet::ZERO } else { a };
            prop_assert_eq!(PointSet::ZERO.best(a), best);
        }
    }

    #[test]
    fn sums_are_of_every_pair() {
        assert_eq!(set(&[0, 50]).plus(set(&[4, 20])), set(&[4, 20, 54, 70]));
        assert_eq!(PointSet::up_to(MAX_POINTS).plus(PointSet::ZERO), PointSet::up_to(MAX_POINTS));
        assert_eq!(set(&[100]).plus(set(&[100])), set(&[127]));
    }

    #[test]
    fn the_better_of_two_drops_what_can_not_win() {
        assert_eq!(set(&[30, 50]).best(set(&[0, 10, 40])), set(&[30, 40, 50]));
        assert_eq!(set(&[50]).best(set(&[0, 10])), set(&[50]));
    }

    #[test]
    fn ends_and_caps() {
        let points = set(&[0, 3, 127]);
        assert_eq!((points.min(), points.max()), (0, 127));
        assert_eq!(points.capped(30), set(&[0, 3, 30]));
        assert_eq!(set(&[3]).capped(30), set(&[3]));
        assert_eq!(points.iter().collect::<Vec<_>>(), [0, 3, 127]);
        assert!(set(&[7]).is_settled() && !points.is_settled());
        assert_eq!(PointSet::up_to(2), set(&[0, 1, 2]));
    }
}
