//! The points a criterion can still get, as a set of whole numbers.
//!
//! Bands give few distinct numbers of points, so the set is kept exactly
//! instead of as an interval: a criterion that gives 0 or 50 never seems to
//! give 30. The set has one bit for each number from 0 to 127, which is more
//! than a programme of 100 points needs.

use core::cmp::Ordering;

/// The highest number of points a set can hold.
pub const MAX_POINTS: u8 = 127;

/// A set of possible points. In an assessment it is never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PointSet(u128);

impl PointSet {
    /// The empty set: a start to insert into, and never a result.
    pub const EMPTY: Self = Self(0);
    /// The set that holds only zero points.
    pub const ZERO: Self = Self(1);

    /// Makes the set that holds only `points`; the empty set if that is above
    /// [`MAX_POINTS`].
    pub const fn only(points: u8) -> Self {
        match 1_u128.checked_shl(points as u32) {
            Some(bit) => Self(bit),
            None => Self::EMPTY,
        }
    }

    /// Makes the set of every whole number from zero to `points`.
    pub const fn up_to(points: u8) -> Self {
        let above = (MAX_POINTS as u32).saturating_sub(points as u32);
        Self(u128::MAX.wrapping_shr(above))
    }

    /// Adds `points` to the set; does nothing if that is above [`MAX_POINTS`].
    pub const fn insert(&mut self, points: u8) {
        self.0 |= Self::only(points).0;
    }

    /// Whether `points` is in the set.
    pub const fn contains(self, points: u8) -> bool {
        self.0 & Self::only(points).0 != 0
    }

    /// Returns the fewest points in the set; 0 if it is empty.
    pub const fn min(self) -> u8 {
        if self.0 == 0 { 0 } else { self.0.trailing_zeros() as u8 }
    }

    /// Returns the most points in the set; 0 if it is empty.
    pub const fn max(self) -> u8 {
        (MAX_POINTS as u32).saturating_sub(self.0.leading_zeros()) as u8
    }

    /// Whether exactly one number of points is left.
    pub const fn is_settled(self) -> bool {
        self.0.is_power_of_two()
    }

    /// Returns the points that are in either set.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the points of the set that are more than `points`.
    #[must_use]
    pub const fn above(self, points: u8) -> Self {
        Self(self.0 & !Self::up_to(points).0)
    }

    /// Whether the two sets have a number of points in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns how many points each value below `needed` is short of it: `{3,
    /// 5}` with `needed` 10 gives `{5, 7}`.
    #[must_use]
    pub const fn lacking(self, needed: u8) -> Self {
        // Reversing the bits turns each value into its distance from the
        // highest bit.
        let turned = self.0.reverse_bits();
        let moved = match (needed as u32).checked_sub(MAX_POINTS as u32) {
            None => turned.wrapping_shr((MAX_POINTS as u32).wrapping_sub(needed as u32)),
            Some(further) => turned.wrapping_shl(further.wrapping_rem(u128::BITS)),
        };
        Self(moved).above(0)
    }

    /// Adds `other` to every value, where `other` has no gap between its fewest
    /// and its most points and no sum exceeds [`MAX_POINTS`]. Returns `None`
    /// otherwise.
    fn spread(self, other: Self) -> Option<Self> {
        let (from, to) = (u32::from(other.min()), u32::from(other.max()));
        let gapless = other.0.wrapping_shr(from).wrapping_add(1).is_power_of_two();
        let most = u32::from(self.max()).saturating_add(to);
        if !gapless || other.0 == 0 || most > u32::from(MAX_POINTS) {
            return None;
        }
        let mut sums = self.0.wrapping_shl(from);
        // Each pass doubles how many of the shifted copies are in `sums`.
        let (mut done, all) = (1_u32, to.saturating_sub(from).saturating_add(1));
        while done < all {
            let step = done.min(all.saturating_sub(done));
            sums |= sums.wrapping_shl(step);
            done = done.saturating_add(step);
        }
        Some(Self(sums))
    }

    /// Iterates over the points in rising order.
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

    /// Returns the possible values of the better of two independent results.
    pub const fn best(self, other: Self) -> Self {
        if self.0 == Self::ZERO.0 && other.0 != 0 {
            return other;
        }
        // A value of one side can be the better one if the other side can have
        // as little.
        Self(
            (self.0 & u128::MAX.wrapping_shl(other.min() as u32))
                | (other.0 & u128::MAX.wrapping_shl(self.min() as u32)),
        )
    }

    /// Returns the possible sums of two independent results. A sum above
    /// [`MAX_POINTS`] counts as [`MAX_POINTS`]; a linked policy has no such
    /// sums.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        // Sums start from zero, so this case is common; 128-bit shifts are
        // function calls in wasm.
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

    /// Lowers every value above `cap` to `cap`.
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

    /// Makes sets of few points, of many in a row, and of any bits.
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

        /// Operations on whole sets equal the same operations on each value.
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
