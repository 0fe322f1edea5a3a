//! Turning points: where a figure that moves in whole steps can change what a
//! program says.
//!
//! Along such a figure every number of a program is a quotient of two
//! polynomials, or one of a few where a condition chooses. A program says
//! something else only where two numbers that it compares pass each other, or
//! where it divides by zero. Between two such places one evaluation stands for
//! all.
//!
//! A number that is not known stands between two ends. What is certain about it
//! changes only where an end does, so ends are numbers like any other.

use super::{
    Program, Turn,
    node::{
        ColumnNode, Decision, MaskNode, NumberId, NumberNode, Operand, OutcomeNode, TruthId,
        TruthNode,
    },
    outcome::Registers,
    polynomial::{Curve, Poly},
    run::Scratch,
    value::{Operation, Value},
};
use crate::{
    fraction::Fraction,
    range::{Range, Undefined},
    truth::Truth,
};

/// The most curves that one number can follow, before it counts as unknown.
const MOST_CURVES: usize = 24;

/// A figure that moves in whole steps while everything else stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moving {
    /// Whether the slot is one of the entry that is judged, and none of the
    /// company.
    pub of_entry: bool,
    /// Index of the figure among the numbers of a row.
    pub slot: usize,
    /// What the figure is at step zero and how far it moves in each step; both
    /// ends of one that is not exact. An end that is infinitely far is left out.
    pub ends: Vec<[Fraction; 2]>,
    /// Whether the figure is not exact.
    pub open: bool,
}

impl Moving {
    /// Makes a figure that moves by so much in each step.
    pub fn new(of_entry: bool, slot: usize, start: &Value, by: Fraction) -> Self {
        let range = start.range();
        let ends: Vec<[Fraction; 2]> =
            [range.lo, range.hi].into_iter().flatten().map(|end| [end, by]).collect();
        Self { of_entry, slot, ends, open: range.as_exact().is_none() }
    }
}

/// What a number does while figures move.
#[derive(Clone, Debug)]
enum Shape {
    /// It stays as it is.
    Fixed,
    /// It follows one of these curves, or lies between two.
    Curves(Curves),
    /// Its value changes at turning points only.
    Steady,
    /// Nothing is known.
    Wild,
}

/// The curves that the ends of a number follow.
#[derive(Clone, Debug, Default)]
struct Curves {
    all: Vec<Curve>,
    /// Whether the number is open: between two curves, or without an end.
    open: bool,
}

impl Curves {
    fn put(&mut self, curve: Curve) {
        if !self.all.contains(&curve) {
            self.all.push(curve);
        }
    }

    fn extend(&mut self, more: Self) {
        self.open = true;
        more.all.into_iter().for_each(|it| self.put(it));
    }

    /// Returns the ends of a number that stays as it is.
    fn ends(value: &Value) -> Self {
        let range = value.range();
        let mut ends = Self { all: Vec::new(), open: range.as_exact().is_none() };
        for end in [range.lo, range.hi].into_iter().flatten() {
            ends.put(Curve::constant(end));
        }
        ends
    }

    fn shape(self) -> Shape {
        if self.all.len() > MOST_CURVES { Shape::Wild } else { Shape::Curves(self) }
    }
}

/// Collects the turning points of a program.
struct Walk<'a> {
    program: &'a Program,
    scratch: &'a Scratch,
    moving: &'a [Moving],
    numbers: Vec<Shape>,
    truths: Vec<bool>,
    masks: Vec<bool>,
    outcomes: Vec<bool>,
    polys: Vec<Poly>,
}

/// Returns the steps in `from..=to` at which a program can say something else
/// than one step before, in order, where figures move from what `scratch` has
/// evaluated; `None` where that cannot be told. A step that is named may turn
/// out to change nothing.
///
/// Where entries are judged, `scratch` must hold what the program says of the
/// entry that moves.
pub fn turning_points(
    program: &Program,
    scratch: &Scratch,
    moving: &[Moving],
    (from, to): (i128, i128),
) -> Option<Vec<i128>> {
    let mut walk = Walk {
        program,
        scratch,
        moving,
        numbers: vec![Shape::Fixed; program.numbers.len()],
        truths: vec![false; program.truths.len()],
        masks: vec![false; program.masks.len()],
        outcomes: vec![false; program.outcomes.len()],
        polys: Vec::new(),
    };
    for turn in program.needed_shared().iter().chain(program.needed_entry()) {
        walk.turn(*turn)?;
    }
    let mut points = Vec::new();
    for poly in &walk.polys {
        points.extend(poly.cuts(from, to)?);
    }
    points.sort_unstable();
    points.dedup();
    Some(points)
}

impl Walk<'_> {
    fn turn(&mut self, turn: Turn) -> Option<()> {
        match turn {
            Turn::Truth(at) => {
                let moves = self.truth(self.program.truths.get(at.at())?)?;
                *self.truths.get_mut(at.at())? = moves;
            }
            Turn::Number(at) => {
                let shape = self.number(self.program.numbers.get(at.at())?)?;
                *self.numbers.get_mut(at.at())? = shape;
            }
            Turn::Mask(at) => {
                let moves = self.mask(&self.program.masks.get(at.at())?.1)?;
                *self.masks.get_mut(at.at())? = moves;
            }
            Turn::Outcome(at) => {
                let moves = self.outcome(self.program.outcomes.get(at.at())?)?;
                *self.outcomes.get_mut(at.at())? = moves;
            }
        }
        Some(())
    }

    fn moves(&self, at: TruthId) -> bool {
        self.truths.get(at.at()) == Some(&true)
    }

    fn shape(&self, at: NumberId) -> &Shape {
        self.numbers.get(at.at()).unwrap_or(&Shape::Wild)
    }

    fn is_fixed(&self, at: NumberId) -> bool {
        matches!(self.shape(at), Shape::Fixed)
    }

    /// Returns the curves of a number, one that stays as it is included.
    fn curves(&self, at: NumberId) -> Option<Curves> {
        match self.shape(at) {
            Shape::Fixed => Some(Curves::ends(self.scratch.number(at).ok()?)),
            Shape::Curves(all) => Some(all.clone()),
            Shape::Steady | Shape::Wild => None,
        }
    }

    /// Returns the range of a number that stays as it is.
    fn fixed(&self, at: NumberId) -> Option<Range> {
        match self.shape(at) {
            Shape::Fixed => Some(self.scratch.number(at).ok()?.range()),
            _ => None,
        }
    }

    /// Notes where two numbers pass each other. `None` where that is not known.
    fn compare(&mut self, a: NumberId, b: NumberId) -> Option<bool> {
        match (self.shape(a), self.shape(b)) {
            (Shape::Fixed, Shape::Fixed) => return Some(false),
            (Shape::Fixed | Shape::Steady, Shape::Fixed | Shape::Steady) => return Some(true),
            _ => {}
        }
        let (a, b) = (self.curves(a)?, self.curves(b)?);
        for one in &a.all {
            for other in &b.all {
                self.note(one.passes(other)?);
            }
        }
        Some(true)
    }

    fn note(&mut self, poly: Poly) {
        if !poly.is_constant() && !self.polys.contains(&poly) {
            self.polys.push(poly);
        }
    }

    fn truth(&mut self, node: &TruthNode) -> Option<bool> {
        Some(match node {
            TruthNode::Constant(_) | TruthNode::Slot(_) | TruthNode::Entry(_) => false,
            TruthNode::AtLeast(a, b) | TruthNode::Above(a, b) => self.compare(*a, *b)?,
            TruthNode::Not(a) | TruthNode::Certain(a) | TruthNode::Review(a, _) => self.moves(*a),
            TruthNode::All(of) | TruthNode::Any(of) => of.iter().any(|it| self.moves(*it)),
            TruthNode::Met(at, _) => self.outcomes.get(at.at()) == Some(&true),
        })
    }

    fn number(&mut self, node: &NumberNode) -> Option<Shape> {
        Some(match node {
            NumberNode::Constant(_) => Shape::Fixed,
            NumberNode::Slot(slot) => self.slot(false, usize::from(*slot)),
            NumberNode::Entry(slot) => self.slot(true, usize::from(*slot)),
            NumberNode::Year(a) => {
                if self.is_fixed(*a) {
                    Shape::Fixed
                } else {
                    Shape::Wild
                }
            }
            NumberNode::Pair(operation, a, b) => {
                if self.is_fixed(*a) && self.is_fixed(*b) {
                    return Some(Shape::Fixed);
                }
                self.pair(*operation, *a, *b)
            }
            NumberNode::If(when, a, b) => self.choice(*when, *a, *b),
            NumberNode::Sum(years) => self.years(years, false),
            NumberNode::Mean(years) => self.years(years, true),
            NumberNode::Count(_, mask) => match self.masks.get(mask.at()) {
                Some(true) => Shape::Steady,
                _ => Shape::Fixed,
            },
            NumberNode::Points(at, _) => match self.outcomes.get(at.at()) {
                Some(true) => Shape::Steady,
                _ => Shape::Fixed,
            },
        })
    }

    fn slot(&self, of_entry: bool, slot: usize) -> Shape {
        let own = |it: &&Moving| it.of_entry == of_entry && it.slot == slot;
        let Some(moving) = self.moving.iter().find(own) else { return Shape::Fixed };
        let mut lines = Curves { all: Vec::new(), open: moving.open };
        for [start, step] in &moving.ends {
            let Some(line) = Curve::line(*start, *step) else { return Shape::Wild };
            lines.put(line);
        }
        lines.shape()
    }

    /// Applies an operation; at the ends of a result that is open there is an
    /// operation on two ends, or zero where an end is infinitely far.
    fn pair(&mut self, operation: Operation, a: NumberId, b: NumberId) -> Shape {
        let steady = |it: &Shape| matches!(it, Shape::Fixed | Shape::Steady);
        if steady(self.shape(a)) && steady(self.shape(b)) {
            return Shape::Steady;
        }
        let (Some(a), Some(b)) = (self.curves(a), self.curves(b)) else { return Shape::Wild };
        let mut found = Curves { all: Vec::new(), open: a.open || b.open };
        match operation {
            Operation::Times | Operation::Over if found.open => {
                found.put(Curve::ZERO);
                a.all.iter().chain(&b.all).for_each(|it| self.note(it.zero()));
            }
            Operation::Over => b.all.iter().for_each(|it| self.note(it.zero())),
            _ => {}
        }
        for one in &a.all {
            for other in &b.all {
                let curve = match operation {
                    Operation::Plus => one.plus(other),
                    Operation::Minus => one.minus(other),
                    Operation::Times => one.times(other),
                    // Divided by zero everywhere, it is undefined everywhere.
                    Operation::Over if other.is_zero() => continue,
                    Operation::Over => one.over(other),
                    Operation::Larger | Operation::Smaller => {
                        found.put(*other);
                        one.passes(other).map(|poly| {
                            self.note(poly);
                            *one
                        })
                    }
                };
                match curve {
                    Some(curve) => found.put(curve),
                    None => return Shape::Wild,
                }
            }
        }
        found.shape()
    }

    fn choice(&self, when: TruthId, a: NumberId, b: NumberId) -> Shape {
        let moves = self.moves(when);
        let chosen = match self.scratch.truth(when) {
            _ if moves => None,
            Ok(Truth::True) => Some(a),
            Ok(Truth::False) => Some(b),
            Ok(Truth::Unknown) => None,
            Err(_) => return Shape::Wild,
        };
        if let Some(chosen) = chosen {
            // Which of the two it is stays as it is.
            return self.shape(chosen).clone();
        }
        match (self.shape(a), self.shape(b)) {
            (Shape::Fixed, Shape::Fixed) if !moves => Shape::Fixed,
            (Shape::Steady, Shape::Fixed | Shape::Steady) | (Shape::Fixed, Shape::Steady) => {
                Shape::Steady
            }
            _ => match (self.curves(a), self.curves(b)) {
                (Some(mut all), Some(more)) => {
                    all.extend(more);
                    all.shape()
                }
                _ => Shape::Wild,
            },
        }
    }

    /// Adds years, newest first. A year that may be missing ends them there.
    fn years(&self, years: &[NumberId], mean: bool) -> Shape {
        if years.iter().all(|it| self.is_fixed(*it)) {
            return Shape::Fixed;
        }
        let mut sums = vec![Curve::ZERO];
        let mut found = Curves::default();
        for (count, year) in (0_i128..).zip(years) {
            let range = self.fixed(*year);
            let missing = range.as_ref().is_none_or(|it| it.undefined != Undefined::No);
            if missing && count > 0 {
                match ended(&sums, count, mean) {
                    Some(all) => found.extend(Curves { all, open: true }),
                    None => return Shape::Wild,
                }
            }
            if range.is_some_and(|it| it.undefined == Undefined::Certainly) {
                return found.shape();
            }
            let Some(own) = self.curves(*year) else { return Shape::Wild };
            found.open |= own.open;
            let longer = sums.iter().flat_map(|sum| own.all.iter().map(|own| sum.plus(own)));
            let Some(longer) = longer.collect() else { return Shape::Wild };
            sums = longer;
            if sums.len() > MOST_CURVES {
                return Shape::Wild;
            }
        }
        let all = i128::try_from(years.len()).unwrap_or(i128::MAX);
        let Some(last) = ended(&sums, all, mean) else { return Shape::Wild };
        last.into_iter().for_each(|it| found.put(it));
        found.shape()
    }

    fn mask(&self, node: &MaskNode) -> Option<bool> {
        let moves = |at: &super::MaskId| self.masks.get(at.at()) == Some(&true);
        Some(match node {
            MaskNode::Slot(_) => false,
            MaskNode::Every(truth) => self.moves(*truth),
            MaskNode::AtLeast(a, b) | MaskNode::Above(a, b) => {
                self.operand(*a)? | self.operand(*b)?
            }
            MaskNode::Not(a) | MaskNode::Certain(a) | MaskNode::Review(a, _) => moves(a),
            MaskNode::All(of) | MaskNode::Any(of) => of.iter().any(moves),
        })
    }

    /// Whether a number that each entry is compared with changes, at turning
    /// points only; `None` if it changes anywhere else.
    fn operand(&self, operand: Operand) -> Option<bool> {
        let column = match operand {
            Operand::One(at) => {
                return match self.shape(at) {
                    Shape::Fixed => Some(false),
                    Shape::Steady => Some(true),
                    Shape::Curves(_) | Shape::Wild => None,
                };
            }
            Operand::Each(at) => self.program.columns.get(at.at())?,
        };
        Some(match column {
            ColumnNode::Slot(_) => false,
            ColumnNode::Year(a) => self.operand(*a)?,
            ColumnNode::Pair(_, a, b) => self.operand(*a)? | self.operand(*b)?,
            ColumnNode::If(when, a, b) => {
                let when = self.masks.get(when.at()) == Some(&true);
                when | self.operand(*a)? | self.operand(*b)?
            }
        })
    }

    fn outcome(&mut self, node: &OutcomeNode) -> Option<bool> {
        let mut moves = node.review.iter().any(|it| self.moves(*it));
        match &node.decision {
            Decision::Holds { when, .. } => moves |= when.iter().any(|it| self.moves(*it)),
            Decision::Points(bases) => {
                for basis in bases {
                    for value in basis.value {
                        moves |= self.steps(value, basis.steps.iter().map(|it| it.from))?;
                    }
                }
            }
            Decision::Total { parts, also, .. } => {
                let of = |at: &super::OutcomeId| self.outcomes.get(at.at()) == Some(&true);
                moves |= parts.iter().flat_map(|part| &part.of).any(of);
                moves |= also.iter().flatten().any(|it| self.moves(*it));
            }
        }
        Some(moves)
    }

    /// Notes where a number passes the steps of a scale.
    fn steps(&mut self, value: NumberId, steps: impl Iterator<Item = Fraction>) -> Option<bool> {
        match self.shape(value) {
            Shape::Fixed => return Some(false),
            Shape::Steady => return Some(true),
            Shape::Curves(_) | Shape::Wild => {}
        }
        let curves = self.curves(value)?;
        for step in steps {
            for curve in &curves.all {
                self.note(curve.passes(&Curve::constant(step))?);
            }
        }
        Some(true)
    }
}

/// Returns the sums of so many years, or their means.
fn ended(sums: &[Curve], count: i128, mean: bool) -> Option<Vec<Curve>> {
    let count = Curve::constant(Fraction::whole(count));
    sums.iter().map(|sum| if mean { sum.over(&count) } else { Some(*sum) }).collect()
}

#[cfg(test)]
mod tests;
