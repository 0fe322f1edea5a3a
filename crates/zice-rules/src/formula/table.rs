//! The table of formulas, and walks through it.

#[cfg(feature = "serde")]
use serde::{Serialize, Serializer};

use super::{Condition, Formula, FormulaAt, Node, Number};
use crate::{
    fraction::Fraction,
    place::{ConditionAt, NumberAt},
};

/// Whether a walk enters `确定(…)` and `已填(…)`, which never keep a verdict open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Visits everything, including those parts.
    All,
    /// Visits only what can keep a verdict open.
    Waiting,
}

/// The formulas of a policy; parts come before the formulas that contain them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formulas {
    table: Vec<Formula>,
}

#[cfg(feature = "serde")]
impl Serialize for Formulas {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.table.serialize(serializer)
    }
}

/// Visits the parts of a formula, in order.
macro_rules! parts {
    ($formula:expr, $see:ident) => {
        match $formula {
            Node::Condition(condition) => match condition {
                Condition::Compare(_, left, right) => {
                    $see(FormulaAt::Number(*left));
                    $see(FormulaAt::Number(*right));
                }
                Condition::Not(inner) | Condition::Certain(inner) | Condition::Review(inner) => {
                    $see(FormulaAt::Condition(*inner));
                }
                Condition::All(parts) | Condition::Any(parts) => {
                    for part in parts {
                        $see(FormulaAt::Condition(*part));
                    }
                }
                Condition::Constant(_)
                | Condition::Fact(_)
                | Condition::Field(_)
                | Condition::OneOf(_)
                | Condition::Given(_)
                | Condition::GivenField(_)
                | Condition::HasYear(_)
                | Condition::Within(..)
                | Condition::Criterion(_) => {}
            },
            Node::Number(number) => match number {
                Number::YearOf(inner) => $see(FormulaAt::Number(*inner)),
                Number::Minus(left, right)
                | Number::Times(left, right)
                | Number::Over(left, right) => {
                    $see(FormulaAt::Number(*left));
                    $see(FormulaAt::Number(*right));
                }
                Number::Sum(parts) | Number::Max(parts) | Number::Min(parts) => {
                    for part in parts {
                        $see(FormulaAt::Number(*part));
                    }
                }
                Number::If(condition, then, otherwise) => {
                    $see(FormulaAt::Condition(*condition));
                    $see(FormulaAt::Number(*then));
                    $see(FormulaAt::Number(*otherwise));
                }
                Number::Count(_, condition) => $see(FormulaAt::Condition(*condition)),
                Number::Constant(_)
                | Number::Fact(_)
                | Number::Yearly(..)
                | Number::SumYears(..)
                | Number::MeanYears(..)
                | Number::Graded(_)
                | Number::Cell(_)
                | Number::Field(_)
                | Number::AsOf
                | Number::Points(_) => {}
            },
        }
    };
}

impl Node<'_> {
    /// Visits the indices of its parts, in order.
    pub fn parts(self, see: &mut dyn FnMut(FormulaAt)) {
        parts!(self, see);
    }
}

/// How deep a formula may be.
const DEEPEST: u32 = 500;
/// How many conditions and numbers it may have, with all its parts written out.
const LARGEST: u32 = 1 << 20;

impl Formulas {
    /// Makes a table of formulas as they were read. Linking the policy checks
    /// it.
    pub(crate) const fn from_table(table: Vec<Formula>) -> Self {
        Self { table }
    }

    /// Returns all formulas, each behind its parts; a position is an index.
    pub fn all(&self) -> &[Formula] {
        &self.table
    }

    /// Returns a condition; one that is always false if the index is wrong.
    pub fn condition(&self, at: ConditionAt) -> &Condition {
        static NEVER: Condition = Condition::Constant(false);
        match self.table.get(at.place()) {
            Some(Formula::Condition(condition)) => condition,
            _ => &NEVER,
        }
    }

    /// Returns a number; zero if the index is wrong.
    pub fn number(&self, at: NumberAt) -> &Number {
        static NOUGHT: Number = Number::Constant(Fraction::ZERO);
        match self.table.get(at.place()) {
            Some(Formula::Number(number)) => number,
            _ => &NOUGHT,
        }
    }

    /// Adds a condition whose parts have been added, and returns its index. An
    /// equal condition is not added again.
    pub fn add_condition(&mut self, condition: Condition) -> ConditionAt {
        ConditionAt::new(self.add(Formula::Condition(condition)))
    }

    /// Adds a number whose parts have been added, and returns its index. An
    /// equal number is not added again.
    pub fn add_number(&mut self, number: Number) -> NumberAt {
        NumberAt::new(self.add(Formula::Number(number)))
    }

    /// Adds a formula. A table that outgrows its indices is refused when the
    /// policy is linked.
    fn add(&mut self, formula: Formula) -> u16 {
        let at = self.table.iter().position(|known| *known == formula).unwrap_or_else(|| {
            self.table.push(formula);
            self.table.len().saturating_sub(1)
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Whether every part comes before the formulas that contain it, and is of
    /// the kind they expect.
    pub(crate) fn is_sound(&self) -> bool {
        let mut sound = self.table.len() <= usize::from(u16::MAX);
        let mut extents: Vec<(u32, u32)> = Vec::with_capacity(self.table.len());
        for (at, formula) in self.table.iter().enumerate() {
            let (mut depth, mut size) = (0_u32, 0_u32);
            formula.node().parts(&mut |part| {
                sound &= part.place() < at && self.holds(part);
                let (below, inside) = extents.get(part.place()).copied().unwrap_or((0, 0));
                depth = depth.max(below);
                size = size.saturating_add(inside);
            });
            let extent = (depth.saturating_add(1), size.saturating_add(1));
            sound &= extent.0 <= DEEPEST && extent.1 <= LARGEST;
            extents.push(extent);
        }
        sound
    }

    /// Whether the index leads to a formula of its kind.
    pub(crate) fn holds(&self, at: FormulaAt) -> bool {
        matches!(
            (self.table.get(at.place()), at),
            (Some(Formula::Condition(_)), FormulaAt::Condition(_))
                | (Some(Formula::Number(_)), FormulaAt::Number(_))
        )
    }

    /// Visits a formula and everything in it, from the top down.
    pub fn visit(&self, at: FormulaAt, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        let node = match at {
            FormulaAt::Condition(at) => Node::Condition(self.condition(at)),
            FormulaAt::Number(at) => Node::Number(self.number(at)),
        };
        // Whether a fact was answered never keeps a verdict open either.
        if walk == Walk::Waiting
            && matches!(node, Node::Condition(Condition::Certain(_) | Condition::Given(_)))
        {
            return;
        }
        see(node);
        let mut inside = |part| self.visit(part, walk, see);
        parts!(node, inside);
    }

    /// Visits a condition and everything in it, from the top down.
    pub fn visit_condition(&self, at: ConditionAt, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        self.visit(FormulaAt::Condition(at), walk, see);
    }

    /// Visits a number and everything in it, from the top down.
    pub fn visit_number(&self, at: NumberAt, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        self.visit(FormulaAt::Number(at), walk, see);
    }
}
