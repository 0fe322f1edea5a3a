//! What a condition says of each entry of a list, 64 entries a word.

use crate::{fraction::Overflow, truth::Truth};

/// Of 64 entries those a condition certainly holds for, those it certainly
/// does not hold for, and those it can't be calculated for. The rest is
/// unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mask {
    /// It holds.
    pub yes: u64,
    /// It does not.
    pub no: u64,
    /// A figure did not fit.
    pub lost: u64,
}

/// Entries a word of a mask is about.
pub const WORD: usize = 64;

/// One bit for each entry of a word, of which `rest` are left.
pub const fn bits(rest: usize) -> u64 {
    match rest {
        0 => 0,
        1..WORD => u64::MAX.wrapping_shr((WORD as u32).wrapping_sub(rest as u32)),
        _ => u64::MAX,
    }
}

impl Mask {
    /// The same for all entries of a word.
    pub const fn every(truth: Result<Truth, Overflow>, all: u64) -> Self {
        let none = Self { yes: 0, no: 0, lost: 0 };
        match truth {
            Ok(Truth::True) => Self { yes: all, ..none },
            Ok(Truth::False) => Self { no: all, ..none },
            Ok(Truth::Unknown) => none,
            Err(Overflow) => Self { lost: all, ..none },
        }
    }

    /// Writes down what holds of one entry.
    pub const fn put(&mut self, entry: usize, truth: Result<Truth, Overflow>) {
        let one = Self::every(truth, 1_u64.wrapping_shl(entry as u32));
        self.yes |= one.yes;
        self.no |= one.no;
        self.lost |= one.lost;
    }

    /// What holds of one entry of this word.
    ///
    /// # Errors
    /// When a figure did not fit.
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

    /// Both hold; one that certainly does not decides before the next is
    /// looked at.
    #[must_use]
    pub const fn and(self, next: Self) -> Self {
        Self {
            yes: self.yes & next.yes,
            no: self.no | (next.no & !self.lost),
            lost: self.lost | (next.lost & !self.no),
        }
    }

    /// One holds.
    #[must_use]
    pub const fn or(self, next: Self) -> Self {
        self.not().and(next.not()).not()
    }

    /// The contrary.
    #[must_use]
    pub const fn not(self) -> Self {
        Self { yes: self.no, no: self.yes, lost: self.lost }
    }

    /// What is not certain counts as not so.
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

    /// What evaluation from left to right that stops early gives.
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
