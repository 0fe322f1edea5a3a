//! Formulas as the engine reads them: one table of conditions and numbers.
//!
//! The author's text (`研发费用[去年] / 销售收入[去年] >= 6%`) is parsed and type-checked
//! outside the engine, by the crate `zice-policy`. What arrives here is well
//! typed: a condition cannot be added, and an amount cannot be negated
//! logically.
//!
//! A formula names its parts by their indices in the table ([`Formulas`]).
//! Every part comes before the formulas that contain it, and a part that occurs
//! twice is in the table once. Facts, fields and choices are named by their
//! indices in the tables of the policy (see [`crate::policy::Tables`]).
//!
//! Nothing here is evaluated: linking a policy to a dictionary reads the
//! program that was compiled from its formulas.

use core::ops::RangeInclusive;

#[cfg(feature = "serde")]
use serde::{Serialize, Serializer};

pub use crate::place::{ChoicesAt, ConditionAt, CriterionAt, FactAt, FieldAt, NumberAt};

use crate::fraction::Fraction;

/// How two numbers are compared: the sign between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub enum Comparison {
    /// `>=`: the left number is at least the right one.
    #[cfg_attr(feature = "serde", serde(rename = ">="))]
    AtLeast,
    /// `>`: the left number is above the right one.
    #[cfg_attr(feature = "serde", serde(rename = ">"))]
    Above,
    /// `<=`: the left number is at most the right one.
    #[cfg_attr(feature = "serde", serde(rename = "<="))]
    AtMost,
    /// `<`: the left number is below the right one.
    #[cfg_attr(feature = "serde", serde(rename = "<"))]
    Below,
    /// `=`: both numbers are equal.
    #[cfg_attr(feature = "serde", serde(rename = "="))]
    Equal,
}

impl Comparison {
    /// Returns the sign as it is written in formulas.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::Equal => "=",
        }
    }
}

/// A condition: true, false or unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub enum Condition {
    /// A constant: 真 or 假.
    #[cfg_attr(feature = "serde", serde(rename = "b"))]
    Constant(bool),
    /// The answer to a yes-or-no fact.
    #[cfg_attr(feature = "serde", serde(rename = "is"))]
    Fact(FactAt),
    /// A yes-or-no field of the list entry being evaluated.
    #[cfg_attr(feature = "serde", serde(rename = "is_e"))]
    Field(FieldAt),
    /// A comparison of two numbers: `left op right`.
    #[cfg_attr(feature = "serde", serde(rename = "c"))]
    Compare(Comparison, NumberAt, NumberAt),
    /// 属于: the choice made for a fact or field is one of a set.
    #[cfg_attr(feature = "serde", serde(rename = "in"))]
    OneOf(ChoicesAt),
    /// 非: the opposite of another condition.
    #[cfg_attr(feature = "serde", serde(rename = "not"))]
    Not(ConditionAt),
    /// 且: every part holds; one that is false decides.
    #[cfg_attr(feature = "serde", serde(rename = "and"))]
    All(Vec<ConditionAt>),
    /// 或: at least one part holds; one that is true decides.
    #[cfg_attr(feature = "serde", serde(rename = "or"))]
    Any(Vec<ConditionAt>),
    /// 确定(…): true only where the condition certainly holds; unknown becomes
    /// false. It is for facts outside the clause, which may have an effect once
    /// they are known but must never keep a verdict open.
    #[cfg_attr(feature = "serde", serde(rename = "sure"))]
    Certain(ConditionAt),
    /// 已填(fact): the fact was answered. An estimate counts as an answer, an
    /// empty text does not.
    #[cfg_attr(feature = "serde", serde(rename = "given"))]
    Given(FactAt),
    /// 已填(field) of the list entry being evaluated. An empty text means that it
    /// is not filled in; a field that is absent is unknown.
    #[cfg_attr(feature = "serde", serde(rename = "given_e"))]
    GivenField(FieldAt),
    /// 有年度(…): the company existed in the fiscal year with this offset from the
    /// year of application.
    #[cfg_attr(feature = "serde", serde(rename = "has_y"))]
    HasYear(i8),
    /// 地区(fact, digits): a text begins with these digits.
    #[cfg_attr(feature = "serde", serde(rename = "within"))]
    Within(FactAt, String),
    /// 人工(…): where the condition holds, a person must judge.
    #[cfg_attr(feature = "serde", serde(rename = "person"))]
    Review(ConditionAt),
    /// An earlier criterion of the policy is met.
    #[cfg_attr(feature = "serde", serde(rename = "met"))]
    Criterion(CriterionAt),
}

/// A number: exact, a range, or undefined. Dates count as days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub enum Number {
    /// A constant from the formula's text.
    #[cfg_attr(feature = "serde", serde(rename = "n"))]
    Constant(Fraction),
    /// The figure of a fact without years.
    #[cfg_attr(feature = "serde", serde(rename = "f"))]
    Fact(FactAt),
    /// A yearly fact in the fiscal year with this offset from the year of
    /// application.
    #[cfg_attr(feature = "serde", serde(rename = "y"))]
    Yearly(FactAt, i8),
    /// The sum of a yearly fact from the first to the last offset, over the
    /// years in which the company existed; undefined when there are none.
    #[cfg_attr(feature = "serde", serde(rename = "sum"))]
    SumYears(FactAt, i8, i8),
    /// 平均(…): the mean over the same years.
    #[cfg_attr(feature = "serde", serde(rename = "mean"))]
    MeanYears(FactAt, i8, i8),
    /// 自评(…): points that the company gives itself. Where it gives a range,
    /// experts may decide on any value in it: that is a matter for a person,
    /// not a missing answer.
    #[cfg_attr(feature = "serde", serde(rename = "graded"))]
    Graded(FactAt),
    /// 取值(…): one field of one side in one year.
    #[cfg_attr(feature = "serde", serde(rename = "cell"))]
    Cell(Cell),
    /// A number or date of the list entry being evaluated.
    #[cfg_attr(feature = "serde", serde(rename = "e"))]
    Field(FieldAt),
    /// 申报日: the day of application, as a day number.
    #[cfg_attr(feature = "serde", serde(rename = "today"))]
    AsOf,
    /// 年份(…): the calendar year of a date.
    #[cfg_attr(feature = "serde", serde(rename = "year"))]
    YearOf(NumberAt),
    /// Addition: `a + b + …`.
    #[cfg_attr(feature = "serde", serde(rename = "+"))]
    Sum(Vec<NumberAt>),
    /// Subtraction: `a - b`.
    #[cfg_attr(feature = "serde", serde(rename = "-"))]
    Minus(NumberAt, NumberAt),
    /// Multiplication: `a * b`.
    #[cfg_attr(feature = "serde", serde(rename = "*"))]
    Times(NumberAt, NumberAt),
    /// Division: `a / b`; undefined where `b` is zero.
    #[cfg_attr(feature = "serde", serde(rename = "/"))]
    Over(NumberAt, NumberAt),
    /// 取大(…): the largest of several numbers.
    #[cfg_attr(feature = "serde", serde(rename = "max"))]
    Max(Vec<NumberAt>),
    /// 取小(…): the smallest of several numbers.
    #[cfg_attr(feature = "serde", serde(rename = "min"))]
    Min(Vec<NumberAt>),
    /// 若(condition, then, otherwise): one of two numbers. While the condition
    /// is unknown, every value that either can take.
    #[cfg_attr(feature = "serde", serde(rename = "if"))]
    If(ConditionAt, NumberAt, NumberAt),
    /// 计数(list, condition): the number of entries of a list that meet a
    /// condition.
    #[cfg_attr(feature = "serde", serde(rename = "count"))]
    Count(FactAt, ConditionAt),
    /// 得分(criterion): the points of an earlier criterion.
    #[cfg_attr(feature = "serde", serde(rename = "pts"))]
    Points(CriterionAt),
}

/// One figure of a fact that has sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Cell {
    /// The fact, an object by year and side.
    pub fact: FactAt,
    /// Fiscal year, as an offset from the year of application.
    pub year: i8,
    /// Side, as a position in [`Fact::sides`](crate::dictionary::Fact::sides).
    pub side: u8,
    /// The field of the object.
    pub field: FieldAt,
}

/// A condition or a number, as it is stored in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Formula {
    /// A formula that is true, false or unknown.
    Condition(Condition),
    /// A formula that gives a number.
    Number(Number),
}

/// A borrowed formula, as [`Formulas::visit`] passes it along.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// A formula that is true, false or unknown.
    Condition(&'a Condition),
    /// A formula that gives a number.
    Number(&'a Number),
}

/// The thing that a node names itself, not in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A fact without years, or any fact asked whether it was answered.
    Fact(FactAt),
    /// A yearly fact in a range of fiscal years, as offsets from the year of
    /// application.
    Years(FactAt, RangeInclusive<i8>),
    /// One figure of one side of a fact.
    Figure(Cell),
    /// A list whose entries are counted.
    List(FactAt),
    /// A field of an entry.
    Field(FieldAt),
    /// A set of choices, of a fact or of a field.
    Choices(ChoicesAt),
    /// An earlier criterion.
    Criterion(CriterionAt),
    /// Whether the company existed in a fiscal year, given as an offset.
    Year(i8),
}

/// Index of a formula, with its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaAt {
    /// Index of a condition.
    Condition(ConditionAt),
    /// Index of a number.
    Number(NumberAt),
}

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

impl Formula {
    /// Borrows the formula.
    pub const fn node(&self) -> Node<'_> {
        match self {
            Self::Condition(condition) => Node::Condition(condition),
            Self::Number(number) => Node::Number(number),
        }
    }
}

impl Condition {
    /// Returns what the condition names itself.
    pub const fn refers_to(&self) -> Option<Reference> {
        Some(match self {
            Self::Fact(at) | Self::Given(at) | Self::Within(at, _) => Reference::Fact(*at),
            Self::Field(at) | Self::GivenField(at) => Reference::Field(*at),
            Self::OneOf(at) => Reference::Choices(*at),
            Self::HasYear(year) => Reference::Year(*year),
            Self::Criterion(at) => Reference::Criterion(*at),
            Self::Constant(_)
            | Self::Compare(..)
            | Self::Not(_)
            | Self::All(_)
            | Self::Any(_)
            | Self::Certain(_)
            | Self::Review(_) => return None,
        })
    }
}

impl Number {
    /// Returns what the number names itself.
    pub const fn refers_to(&self) -> Option<Reference> {
        Some(match self {
            Self::Fact(at) | Self::Graded(at) => Reference::Fact(*at),
            Self::Yearly(at, year) => Reference::Years(*at, RangeInclusive::new(*year, *year)),
            Self::SumYears(at, from, to) | Self::MeanYears(at, from, to) => {
                Reference::Years(*at, RangeInclusive::new(*from, *to))
            }
            Self::Cell(cell) => Reference::Figure(*cell),
            Self::Field(at) => Reference::Field(*at),
            Self::Count(at, _) => Reference::List(*at),
            Self::Points(at) => Reference::Criterion(*at),
            Self::Constant(_)
            | Self::AsOf
            | Self::YearOf(_)
            | Self::Sum(_)
            | Self::Minus(..)
            | Self::Times(..)
            | Self::Over(..)
            | Self::Max(_)
            | Self::Min(_)
            | Self::If(..) => return None,
        })
    }
}

impl Node<'_> {
    /// Returns what the node names itself.
    pub const fn refers_to(self) -> Option<Reference> {
        match self {
            Self::Condition(condition) => condition.refers_to(),
            Self::Number(number) => number.refers_to(),
        }
    }

    /// Visits the indices of its parts, in order.
    pub fn parts(self, see: &mut dyn FnMut(FormulaAt)) {
        parts!(self, see);
    }
}

impl FormulaAt {
    /// Returns the index as a number.
    pub const fn place(self) -> usize {
        match self {
            Self::Condition(at) => at.place(),
            Self::Number(at) => at.place(),
        }
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

    /// Returns all formulas in order.
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
