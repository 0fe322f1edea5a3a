//! Finds the first value at which something no longer holds.

use zice_rules::{
    batch::Value,
    fraction::{Fraction, Overflow},
    range::Range,
};

use crate::{figure::Figure, margins::Side, probe::Probe};

impl Figure {
    /// Returns the value that is `granules` away on one side.
    ///
    /// # Errors
    /// Fails when it does not fit into 128 bits.
    pub fn moved(&self, side: Side, granules: i128) -> Result<Fraction, Overflow> {
        let by = self.granule.mul(Fraction::whole(granules))?;
        match side {
            Side::Above => self.value.add(by),
            Side::Below => self.value.sub(by),
        }
    }

    /// Returns how many granules there are on one side.
    pub fn room(&self, side: Side) -> i128 {
        let gap = match side {
            Side::Above => self.most.sub(self.value),
            Side::Below => self.value.sub(self.least),
        };
        let granules = gap.and_then(|gap| gap.div(self.granule));
        granules.ok().flatten().map_or(0, Fraction::floor)
    }
}

/// The most evaluations that one search takes where turning points are not
/// known. It is enough for every figure of a formula in which it occurs once;
/// where a figure occurs twice, and the formula hardly changes close to a limit,
/// ranges can be too wide for very long.
pub(crate) const PATIENCE: u32 = 400;

/// What a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// The first distance at which it no longer holds.
    At(i128),
    /// It holds throughout.
    Never,
    /// Patience ended: it holds at all distances before this one.
    Stopped(i128),
}

/// Walks a figure away from its value.
#[derive(Debug)]
pub(crate) struct Walk<'a, 'p> {
    pub probe: &'a mut Probe<'p>,
    pub figure: &'a Figure,
    pub side: Side,
    /// The distances from which on something can be said otherwise, in order;
    /// `None` if they are not known.
    turns: Option<Vec<i128>>,
    /// Whether every part between two turning points is looked at on its own,
    /// where no range can show that something holds throughout.
    pub by_parts: bool,
}

/// Returns the turning points of a figure, up to so many granules on each side:
/// in granules from its value.
pub(crate) fn turning_points(
    probe: &mut Probe<'_>,
    figure: &Figure,
    below: i128,
    above: i128,
) -> Option<Vec<i128>> {
    let moves = [(figure.place, figure.granule)];
    // A figure beyond what makes sense has no room on that side.
    probe.turning_points(&moves, (below.max(0).saturating_neg(), above.max(0)))
}

impl<'a, 'p> Walk<'a, 'p> {
    /// Starts at a figure; `points` are its turning points.
    pub fn new(
        probe: &'a mut Probe<'p>,
        figure: &'a Figure,
        side: Side,
        points: Option<&[i128]>,
    ) -> Self {
        let turns = points.map(|points| match side {
            Side::Above => points.iter().copied().filter(|it| *it > 0).collect(),
            // Seen from the other side a part begins where it ends.
            Side::Below => {
                let down = points.iter().rev().filter(|it| **it <= 0);
                down.map(|it| 1_i128.saturating_sub(*it)).collect()
            }
        });
        Self { probe, figure, side, turns, by_parts: false }
    }

    /// Sets the figure to everything between two distances, in granules, and
    /// puts it back after looking.
    pub fn look<T>(
        &mut self,
        from: i128,
        to: i128,
        see: impl FnOnce(&mut Probe<'_>) -> T,
    ) -> Option<T> {
        let near = self.figure.moved(self.side, from).ok()?;
        let far = self.figure.moved(self.side, to).ok()?;
        let value = match from == to {
            true => Value::Exact(near),
            false => Range::between(Some(near.min(far)), Some(near.max(far))).into(),
        };
        let saved = self.probe.save();
        self.probe.set(self.figure.place, value);
        let seen = see(self.probe);
        self.probe.undo(saved);
        Some(seen)
    }

    /// Returns the first distance in `from..=to` at which `holds` no longer
    /// does, or says that patience ended first.
    ///
    /// `holds` is asked of ranges as well; it must be true of a range only if it
    /// is true of each value in it, as whatever the engine says for certain is.
    /// A range of which it is not true is halved, down to parts between two
    /// turning points, or to single values where those are not known. So the
    /// answer rests on an evaluation of that value.
    pub fn first(
        &mut self,
        from: i128,
        to: i128,
        holds: &mut dyn FnMut(&mut Probe<'_>) -> bool,
    ) -> First {
        let Some(turns) = &self.turns else { return self.first_by_halves(from, to, holds) };
        if from > to {
            return First::Never;
        }
        let inner = turns.iter().copied().filter(|it| *it > from && *it <= to);
        let starts: Vec<i128> = core::iter::once(from).chain(inner).collect();
        let end = |part: usize| {
            starts.get(part.saturating_add(1)).map_or(to, |next| next.saturating_sub(1))
        };
        // Groups of parts, from the first to the one after the last, the
        // nearest last; and whether they are known not to hold as a whole.
        let mut groups = vec![(0, starts.len(), false)];
        while let Some((first, after, known)) = groups.pop() {
            let Some(start) = starts.get(first).copied() else { continue };
            let last = after.saturating_sub(1);
            if last <= first {
                // One value stands for its part.
                if !self.look(start, start, &mut *holds).unwrap_or(true) {
                    return First::At(start);
                }
                continue;
            }
            let known = known || self.by_parts;
            if !known && self.look(start, end(last), &mut *holds).unwrap_or(true) {
                continue;
            }
            let middle = first.midpoint(after);
            groups.push((middle, after, false));
            groups.push((first, middle, false));
        }
        First::Never
    }

    /// Whether turning points are known.
    pub const fn knows_turns(&self) -> bool {
        self.turns.is_some()
    }

    /// Does the same where turning points are not known.
    fn first_by_halves(
        &mut self,
        from: i128,
        to: i128,
        holds: &mut dyn FnMut(&mut Probe<'_>) -> bool,
    ) -> First {
        // Parts that are not looked at yet, the nearest last; and whether they
        // are known not to hold as a whole.
        let mut parts = vec![(from, to, false)];
        let mut patience = PATIENCE;
        while let Some((from, to, known)) = parts.pop() {
            if from > to {
                continue;
            }
            // A single value is always looked at.
            if (!known || from == to) && self.look(from, to, &mut *holds).unwrap_or(true) {
                continue;
            }
            if from == to {
                return First::At(from);
            }
            patience = patience.saturating_sub(1);
            if patience == 0 {
                return First::Stopped(from);
            }
            let middle = middle(from, to);
            if self.look(from, middle, &mut *holds).unwrap_or(true) {
                parts.push((middle.saturating_add(1), to, true));
            } else {
                parts.push((middle.saturating_add(1), to, false));
                parts.push((from, middle, true));
            }
        }
        First::Never
    }
}

/// Returns where to cut a range: its middle, or for a long one its geometric
/// middle, because what is near is found sooner.
pub(crate) fn middle(from: i128, to: i128) -> i128 {
    let plain = from.saturating_add(to.saturating_sub(from).wrapping_div(2));
    let first = from.max(1);
    if to.checked_div(first).is_none_or(|times| times < 16) {
        return plain;
    }
    let bits = |number: i128| 127_u32.saturating_sub(number.leading_zeros());
    let half = bits(first).saturating_add(bits(to)).wrapping_div(2);
    1_i128.checked_shl(half).map_or(plain, |cut| cut.clamp(from, to.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::middle;

    #[test]
    fn a_range_is_cut_inside() {
        for (from, to) in [(1, 2), (1, 3), (1, 100_000_000_000_000_000), (7, 8), (5, 1_000)] {
            let cut = middle(from, to);
            assert!(from <= cut && cut < to, "{from} {cut} {to}");
        }
    }
}
