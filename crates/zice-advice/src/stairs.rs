//! What if: the verdict and the points along a lever or a figure, as exact
//! stairs.

use zice_rules::{
    Batch, Company, Dictionary, Verdict, assess::Points, fraction::Fraction, policy::Horizon,
};

use crate::{
    act::{Act, When},
    advise::applied,
    figure::Figure,
    margins::Side,
    probe::{Place, Probe},
    round::round,
};

/// A part of the stairs in which every amount comes to the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The first amount, in granules: of the lever, or from the value of the
    /// figure, where it is negative below that value.
    pub from: i128,
    /// The last amount.
    pub to: i128,
    /// The figure at the first amount: that of the fact which a lever is about.
    /// `None` for a lever that moves no figure.
    pub value: Option<Fraction>,
    /// What the company comes to.
    pub verdict: Verdict,
    /// Its points; `None` where the programme has none.
    pub score: Option<Points>,
}

/// Stairs from the least amount to the most. Neighbours differ in what they come
/// to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stairs {
    /// The steps, in order and without a gap.
    pub steps: Vec<Step>,
    /// How often the program was evaluated: once between two turning points.
    pub evaluations: u64,
}

impl Stairs {
    /// Adds a step, or lengthens the last one if it comes to the same.
    fn put(&mut self, step: Step) {
        match self.steps.last_mut() {
            Some(last) if (last.verdict, last.score) == (step.verdict, step.score) => {
                last.to = step.to;
            }
            _ => self.steps.push(step),
        }
    }
}

/// Returns the stairs along a lever, from doing nothing to its bound, in a round;
/// everything else stays as it is. `lever` is its position in the policy.
///
/// `None` if the company cannot use the lever in that round, if it is about one
/// entry, if what it is about is not known, or where a figure or its turning points do not fit into 128
/// bits: stairs are exact, or there are none.
pub fn stairs_of_lever(
    batch: &Batch<'_>,
    company: &Company,
    dictionary: &Dictionary,
    lever: usize,
    horizon: Horizon,
) -> Option<Stairs> {
    let then = round(batch.policy(), company, dictionary, horizon);
    let when = When { horizon, today: company.as_of };
    let lever = batch.policy().levers.get(lever)?;
    let act = Act::usable(lever, batch, &then, dictionary, when, None)?;
    let mut stairs = Stairs::default();
    if !act.is_figure() {
        for amount in 0..=act.most {
            let changed = applied(&then, core::slice::from_ref(&act), &[amount])?;
            let mut probe = Probe::new(batch, &changed);
            let (verdict, score) = (probe.verdict()?, probe.score());
            stairs.evaluations = stairs.evaluations.saturating_add(1);
            stairs.put(Step { from: amount, to: amount, value: None, verdict, score });
        }
        return Some(stairs);
    }
    let moves: Vec<(Place, Fraction)> = act
        .moves
        .iter()
        .filter_map(|(_, _, by, slot)| Some((Place::Number((*slot)?), *by)))
        .collect();
    let value = act.about(&then);
    let mut probe = Probe::new(batch, &then);
    climb(&mut probe, &moves, value, (0, act.most), &mut stairs)?;
    Some(stairs)
}

/// Returns the stairs along a figure, from so many granules below its value to so
/// many above it, as far as the figure may go; everything else stays as it is.
///
/// `None` where a figure or its turning points do not fit into 128 bits.
pub fn stairs_of_figure(
    probe: &mut Probe<'_>,
    figure: &Figure,
    below: i128,
    above: i128,
) -> Option<Stairs> {
    let below = below.min(figure.room(Side::Below)).max(0);
    let above = above.min(figure.room(Side::Above)).max(0);
    let moves = [(figure.place, figure.granule)];
    stairs_along(probe, figure, &moves, (below.saturating_neg(), above))
}

/// Returns the stairs along a figure with others that move at the same time: where
/// each stands and how far a granule of the figure moves it, over a span of granules
/// that holds nought; everything else stays as it is.
///
/// `None` where a figure or its turning points do not fit into 128 bits.
pub fn stairs_along(
    probe: &mut Probe<'_>,
    figure: &Figure,
    moves: &[(Place, Fraction)],
    span: (i128, i128),
) -> Option<Stairs> {
    let value = Some((figure.value, figure.granule));
    let mut stairs = Stairs::default();
    climb(probe, moves, value, span, &mut stairs)?;
    Some(stairs)
}

/// Evaluates once between two turning points. `value` is what the figure that is
/// told is at zero, and its granule.
fn climb(
    probe: &mut Probe<'_>,
    moves: &[(Place, Fraction)],
    value: Option<(Fraction, Fraction)>,
    (from, to): (i128, i128),
    stairs: &mut Stairs,
) -> Option<()> {
    let turns = probe.turning_points(moves, (from, to))?;
    let mut values = Vec::with_capacity(moves.len());
    for (place, by) in moves {
        values.push((*place, probe.value(*place)?.range(), *by));
    }
    let starts = core::iter::once(from).chain(turns.iter().copied());
    let ends = turns.iter().map(|it| it.saturating_sub(1)).chain([to]);
    for (from, to) in starts.zip(ends) {
        let amount = Fraction::whole(from);
        let saved = probe.save();
        for (place, range, by) in &values {
            let by = by.mul(amount).ok()?;
            let moved = range.add(&zice_rules::range::Range::exact(by)).ok()?;
            probe.set(*place, moved.into());
        }
        let (verdict, score) = (probe.verdict(), probe.score());
        probe.undo(saved);
        stairs.evaluations = stairs.evaluations.saturating_add(1);
        let value = value.and_then(|(start, by)| start.add(by.mul(amount).ok()?).ok());
        stairs.put(Step { from, to, value, verdict: verdict?, score });
    }
    Some(())
}
