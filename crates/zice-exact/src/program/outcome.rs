//! Decides criteria: whether each is met, and with how many points.

use super::{
    node::{Decision, Lens, OutcomeNode, Part, Step},
    value::Value,
};
use crate::{
    fraction::Overflow,
    points::PointSet,
    range::{Range, Undefined},
    truth::Truth,
};

/// The result of a criterion under one lens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the criterion is met, as far as is known.
    pub truth: Truth,
    /// The points that are still possible.
    pub points: PointSet,
}

impl Outcome {
    /// The state before evaluation: not known whether it is met, and no points.
    pub const UNKNOWN: Self = Self { truth: Truth::Unknown, points: PointSet::ZERO };

    /// Combines two results of which one applies, but it is not known which.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let truth = if self.truth == other.truth { self.truth } else { Truth::Unknown };
        Self { truth, points: self.points.union(other.points) }
    }

    /// Makes the result of a criterion that is met with `needed` points or
    /// more.
    const fn of(points: PointSet, needed: u8) -> Self {
        let truth = match (points.min() >= needed, points.max() >= needed) {
            (true, _) => Truth::True,
            (_, false) => Truth::False,
            _ => Truth::Unknown,
        };
        Self { truth, points }
    }

    /// Makes the result of a criterion that a person judges. Under the best
    /// lens it is met with all its points, under the worst it fails with none.
    const fn judged(lens: Lens, out_of: Option<u8>) -> Self {
        let truth = judgement(lens);
        match (lens, out_of) {
            (Lens::Best, Some(most)) => Self { truth, points: PointSet::only(most) },
            _ => Self { truth, points: PointSet::ZERO },
        }
    }
}

/// How a person's judgement turns out under a lens.
pub const fn judgement(lens: Lens) -> Truth {
    match lens {
        Lens::Worst => Truth::False,
        Lens::Best => Truth::True,
    }
}

/// Returns the points of every step that a value can still reach. An undefined
/// value reaches none and brings zero points.
pub fn stepped(steps: &[Step], value: &Value, lens: Lens) -> PointSet {
    let brings = |step: &Step| lens.of(step.points);
    let range = match value {
        Value::Exact(exact) => {
            let reached = steps
                .iter()
                .find(|step| if step.above { *exact > step.from } else { *exact >= step.from });
            return PointSet::only(reached.map_or(0, brings));
        }
        Value::Span(range) => range,
    };
    let mut points = PointSet::EMPTY;
    if range.undefined != Undefined::No {
        points.insert(0);
    }
    if range.undefined == Undefined::Certainly {
        return points;
    }
    let ends = Value::from(Range { undefined: Undefined::No, ..*range });
    for step in steps {
        let reached = ends.reaches(&Value::Exact(step.from), step.above);
        if reached != Truth::False {
            points.insert(brings(step));
        }
        if reached == Truth::True {
            return points;
        }
    }
    points.insert(0);
    points
}

/// Adds the points of all parts, each limited to its cap. `points` gives those
/// of a criterion by its index.
pub fn total(parts: &[Part], points: impl Fn(usize) -> PointSet) -> PointSet {
    parts.iter().fold(PointSet::ZERO, |sum, part| {
        let own = part.of.iter().fold(PointSet::ZERO, |own, at| own.plus(points(at.at())));
        sum.plus(part.cap.map_or(own, |cap| own.capped(cap)))
    })
}

/// The registers that a criterion reads.
pub(super) trait Registers {
    /// Reads a condition; fails if a figure in it did not fit.
    fn truth(&self, at: super::TruthId) -> Result<Truth, Overflow>;
    /// Reads a number; fails if it did not fit.
    fn number(&self, at: super::NumberId) -> Result<&Value, Overflow>;
    /// Reads the points of an earlier criterion; the empty set if a figure of
    /// it did not fit.
    fn points(&self, at: usize, lens: Lens) -> PointSet;
}

/// Decides a criterion under the worst and the best lens. Fails if a figure
/// that it reads did not fit.
pub(super) fn decide(
    node: &OutcomeNode,
    registers: &impl Registers,
) -> Result<[Outcome; 2], Overflow> {
    let mut person = Truth::from(node.open);
    for case in &node.review {
        person = person.or(registers.truth(*case)?);
    }
    let under = |lens: Lens| -> Result<Outcome, Overflow> {
        let judged = Outcome::judged(lens, node.out_of);
        Ok(match person {
            Truth::True => judged,
            Truth::False => calculate(node, registers, lens)?,
            Truth::Unknown => calculate(node, registers, lens)?.or(judged),
        })
    };
    let worst = under(Lens::Worst)?;
    Ok([worst, if node.judged { under(Lens::Best)? } else { worst }])
}

fn calculate(
    node: &OutcomeNode,
    registers: &impl Registers,
    lens: Lens,
) -> Result<Outcome, Overflow> {
    Ok(match &node.decision {
        Decision::Holds { when, otherwise } => {
            let mut truth = registers.truth(lens.of(*when))?;
            if *otherwise {
                truth = truth.or(judgement(lens));
            }
            Outcome { truth, points: PointSet::ZERO }
        }
        Decision::Points(bases) => {
            let mut points = PointSet::ZERO;
            for basis in bases {
                let value = registers.number(lens.of(basis.value))?;
                points = points.best(stepped(&basis.steps, value, lens));
            }
            Outcome::of(points, 1)
        }
        Decision::Total { parts, from, also } => {
            let outcome = Outcome::of(total(parts, |at| registers.points(at, lens)), *from);
            let also = also.map_or(Ok(Truth::True), |also| registers.truth(lens.of(also)))?;
            Outcome { truth: outcome.truth.and(also), ..outcome }
        }
    })
}
