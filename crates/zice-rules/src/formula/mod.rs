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
//! indices in the tables of the policy (see [`crate::program::Tables`]).
//!
//! Nothing here is evaluated: linking a policy to a dictionary reads the
//! program that was compiled from its formulas.

mod json;
mod reference;
mod table;

pub use reference::Reference;
pub use table::{Formulas, Walk};

#[cfg(feature = "serde")]
use serde::Serialize;

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
    /// The field of the object that holds the figure.
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

/// Index of a formula, with its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaAt {
    /// Index of a condition.
    Condition(ConditionAt),
    /// Index of a number.
    Number(NumberAt),
}

impl Formula {
    /// Borrows the formula as a node, the form that walks and references take.
    pub const fn node(&self) -> Node<'_> {
        match self {
            Self::Condition(condition) => Node::Condition(condition),
            Self::Number(number) => Node::Number(number),
        }
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
