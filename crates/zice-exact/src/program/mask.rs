//! Truth values of a condition for the entries of a list, 64 entries in a word.

use crate::{fraction::Overflow, truth::Truth};

/// The truth values of a condition for 64 entries, one bit each. An entry with
/// no bit set is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mask {
    /// Entries for which the condition certainly holds.
    pub yes: u64,
    /// Entries for which it certainly does not hold.
    pub no: u64,
    /// Entries for which a figure did not fit into 128 bits.
    pub lost: u64,
}

/// Number of entries in a word.
pub const WORD: usize = 64;

/// Returns one set bit for each of `rest` entries, at most 64.
pub const fn bits(rest: usize) -> u64 {
    match rest {
        0 => 0,
        1..WORD => u64::MAX.wrapping_shr((WORD as u32).wrapping_sub(rest as u32)),
        _ => u64::MAX,
    }
}

impl Mask {
    /// Makes a mask with the same value for the entries whose bits are set in
    /// `all`.
    pub const fn every(truth: Result<Truth, Overflow>, all: u64) -> Self {
        let none = Self { yes: 0, no: 0, lost: 0 };
        match truth {
            Ok(Truth::True) => Self { yes: all, ..none },
            Ok(Truth::False) => Self { no: all, ..none },
            Ok(Truth::Unknown) => none,
            Err(Overflow) => Self { lost: all, ..none },
        }
    }

    /// Sets the value of one entry, 0 to 63. The entry must be unset.
    pub const fn put(&mut self, entry: usize, truth: Result<Truth, Overflow>) {
        let one = Self::every(truth, 1_u64.wrapping_shl(entry as u32));
        self.yes |= one.yes;
        self.no |= one.no;
        self.lost |= one.lost;
    }

    /// Returns the value of one entry, 0 to 63.
    ///
    /// # Errors
    /// Fails when a figure of that entry did not fit.
    pub const fn get(self, entry: usize) -> Result<Truth, Overflow> {
        let bit = 1_u64.wrapping_shl(entry as u32);
        if self.lost & bit != 0 {
            Err(Overflow)
        } else if self.yes & bit != 0 {
            Ok(Truth::True)
        } else if self.no & bit != 0 {
            Ok(Truth::False)
        } else {
            Ok(Truth::Unknown)
        }
    }

    /// True where both hold. Where `self` is certainly false, an overflow of
    /// `next` does not matter, because it would not have been evaluated.
    #[must_use]
    pub const fn and(self, next: Self) -> Self {
        Self {
            yes: self.yes & next.yes,
            no: self.no | (next.no & !self.lost),
            lost: self.lost | (next.lost & !self.no),
        }
    }

    /// True where either holds. Where `self` is certainly true, an overflow of
    /// `next` does not matter.
    #[must_use]
    pub const fn or(self, next: Self) -> Self {
        self.not().and(next.not()).not()
    }

    /// The opposite; unknown stays unknown, and lost stays lost.
    #[must_use]
    pub const fn not(self) -> Self {
        Self { yes: self.no, no: self.yes, lost: self.lost }
    }

    /// True where the condition certainly holds, false where it does not or may
    /// not. `all` marks the entries that exist.
    #[must_use]
    pub const fn certain(self, all: u64) -> Self {
        Self { yes: self.yes, no: all & !self.yes & !self.lost, lost: self.lost }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [Result<Truth, Overflow>; 4] =
        [Ok(Truth::True), Ok(Truth::False), Ok(Truth::Unknown), Err(Overflow)];

    fn of(state: Result<Truth, Overflow>) -> Mask {
        Mask::every(state, 1)
    }

    /// Evaluates from left to right and stops at the first value that decides.
    fn in_turn(
        a: Result<Truth, Overflow>,
        b: Result<Truth, Overflow>,
        stops: Truth,
        join: fn(Truth, Truth) -> Truth,
    ) -> Result<Truth, Overflow> {
        let a = a?;
        if a == stops { Ok(a) } else { Ok(join(a, b?)) }
    }

    #[test]
    fn masks_are_truths_side_by_side() {
        for a in STATES {
            assert_eq!(of(a).get(0), a);
            assert_eq!(of(a).not().get(0), a.map(Truth::not));
            assert_eq!(of(a).certain(1).get(0), a.map(|it| Truth::from(it == Truth::True)));
            for b in STATES {
                let and = in_turn(a, b, Truth::False, Truth::and);
                assert_eq!(of(a).and(of(b)).get(0), and, "{a:?} {b:?}");
                let or = in_turn(a, b, Truth::True, Truth::or);
                assert_eq!(of(a).or(of(b)).get(0), or, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_word_has_sixty_four_entries() {
        assert_eq!(
            [bits(0), bits(1), bits(63), bits(64), bits(65)],
            [0, 1, u64::MAX >> 1, u64::MAX, u64::MAX]
        );
        let mut mask = Mask::default();
        mask.put(63, Ok(Truth::True));
        assert_eq!((mask.get(63), mask.get(0)), (Ok(Truth::True), Ok(Truth::Unknown)));
    }
}
