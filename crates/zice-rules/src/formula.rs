//! Formulas as the engine evaluates them: trees over the tables of a policy.
//!
//! The author's text (`研发费用[去年] / 销售收入[去年] >= 6%`) is parsed and
//! type-checked outside the engine, by the crate `zice-author`. What arrives
//! here is well typed by construction: a condition can't be added and an
//! amount can't be negated logically. References are indices into the tables
//! of the policy (see [`crate::policy::Tables`]), checked once when the policy
//! is linked to the dictionary.

use serde::Serialize;

use crate::fraction::Fraction;

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Comparison {
    /// `>=`
    #[serde(rename = ">=")]
    AtLeast,
    /// `>`
    #[serde(rename = ">")]
    Above,
    /// `<=`
    #[serde(rename = "<=")]
    AtMost,
    /// `<`
    #[serde(rename = "<")]
    Below,
    /// `=`
    #[serde(rename = "=")]
    Equal,
}

impl Comparison {
    /// As it is written.
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Condition {
    /// 真 / 假.
    #[serde(rename = "b")]
    Constant(bool),
    /// A yes-or-no fact.
    #[serde(rename = "f")]
    Fact(u16),
    /// A yes-or-no field of the list entry being looked at.
    #[serde(rename = "e")]
    Field(u16),
    /// `left op right`.
    #[serde(rename = "c")]
    Compare(Comparison, Box<Number>, Box<Number>),
    /// 属于: the choice made for a fact or field is one of a set.
    #[serde(rename = "in")]
    OneOf(u16),
    /// 非.
    #[serde(rename = "not")]
    Not(Box<Condition>),
    /// 且: all hold.
    #[serde(rename = "and")]
    All(Vec<Condition>),
    /// 或: one holds.
    #[serde(rename = "or")]
    Any(Vec<Condition>),
    /// 确定(…): true only where it certainly is so; what is not known counts
    /// as not so. For facts outside the clause that may only speak up, never
    /// hold a verdict back.
    #[serde(rename = "sure")]
    Certain(Box<Condition>),
    /// 已填(fact): something was said about it. An estimate is something that
    /// was said; an empty text is not.
    #[serde(rename = "given")]
    Given(u16),
    /// 已填(field) of the list entry being looked at: an empty text is not; what
    /// is absent is not known yet.
    #[serde(rename = "given_e")]
    GivenField(u16),
    /// 有年度(…): the company existed in the fiscal year of the application
    /// plus this many.
    #[serde(rename = "has_y")]
    HasYear(i8),
    /// 地区(fact, digits): a text begins with these digits.
    #[serde(rename = "within")]
    Within(u16, String),
    /// 人工(…): where it is so, a person must judge.
    #[serde(rename = "person")]
    Review(Box<Condition>),
    /// Whether a criterion further up in the policy is met.
    #[serde(rename = "met")]
    Criterion(u16),
}

/// A number: exact, a range, or undefined. Dates count as days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Number {
    /// A literal.
    #[serde(rename = "n")]
    Constant(Fraction),
    /// A fact without years.
    #[serde(rename = "f")]
    Fact(u16),
    /// A yearly fact of the fiscal year of the application plus this many.
    #[serde(rename = "y")]
    Yearly(u16, i8),
    /// The sum over the years from the first to the last offset that the
    /// company existed in; undefined when there are none.
    #[serde(rename = "sum")]
    SumYears(u16, i8, i8),
    /// 平均(…): the same sum over the number of those years.
    #[serde(rename = "mean")]
    MeanYears(u16, i8, i8),
    /// 自评(…): points the company grades itself. A range that was given is
    /// what experts may give, a matter for a person, not an answer that is
    /// missing.
    #[serde(rename = "graded")]
    Graded(u16),
    /// 取值(…): one field of one side of one year.
    #[serde(rename = "cell")]
    Cell(Cell),
    /// A number or date of the list entry being looked at.
    #[serde(rename = "e")]
    Field(u16),
    /// 申报日: the day of application.
    #[serde(rename = "today")]
    AsOf,
    /// 年份(…): the year of a date.
    #[serde(rename = "year")]
    YearOf(Box<Number>),
    /// `a + b + …`
    #[serde(rename = "+")]
    Sum(Vec<Number>),
    /// `a - b`
    #[serde(rename = "-")]
    Minus(Box<Number>, Box<Number>),
    /// `a * b`
    #[serde(rename = "*")]
    Times(Box<Number>, Box<Number>),
    /// `a / b`
    #[serde(rename = "/")]
    Over(Box<Number>, Box<Number>),
    /// 取大(…)
    #[serde(rename = "max")]
    Max(Vec<Number>),
    /// 取小(…)
    #[serde(rename = "min")]
    Min(Vec<Number>),
    /// 若(condition, then, otherwise); everything both can be while it is not
    /// known.
    #[serde(rename = "if")]
    If(Box<Condition>, Box<Number>, Box<Number>),
    /// 计数(list, condition): how many entries of a list meet it.
    #[serde(rename = "count")]
    Count(u16, Box<Condition>),
    /// 得分(criterion): the points of a criterion further up.
    #[serde(rename = "pts")]
    Points(u16),
}

/// One figure of a fact that has sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Entry of the fact table.
    pub fact: u16,
    /// Fiscal year, counted from the year of application.
    pub year: i8,
    /// Position among the fact's sides.
    pub side: u8,
    /// Entry of the field table.
    pub field: u16,
}

/// A node of a formula, as [`Condition::visit`] and [`Number::visit`] show it.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// A condition.
    Condition(&'a Condition),
    /// A number.
    Number(&'a Number),
}

/// Whether a walk goes into 确定(…), whose facts no verdict waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Everything.
    All,
    /// Only what can hold a verdict back.
    Waiting,
}

impl Condition {
    /// Shows this condition and what is in it, from the top down.
    pub fn visit(&self, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        // Whether something was said of a fact holds no verdict back either.
        if walk == Walk::Waiting && matches!(self, Self::Certain(_) | Self::Given(_)) {
            return;
        }
        see(Node::Condition(self));
        match self {
            Self::Compare(_, left, right) => {
                left.visit(walk, see);
                right.visit(walk, see);
            }
            Self::Not(inner) | Self::Certain(inner) | Self::Review(inner) => {
                inner.visit(walk, see);
            }
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.visit(walk, see);
                }
            }
            Self::Constant(_)
            | Self::Fact(_)
            | Self::Field(_)
            | Self::OneOf(_)
            | Self::Given(_)
            | Self::GivenField(_)
            | Self::HasYear(_)
            | Self::Within(..)
            | Self::Criterion(_) => {}
        }
    }
}

impl Number {
    /// Shows this number and what is in it, from the top down.
    pub fn visit(&self, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        see(Node::Number(self));
        match self {
            Self::YearOf(inner) => inner.visit(walk, see),
            Self::Minus(left, right) | Self::Times(left, right) | Self::Over(left, right) => {
                left.visit(walk, see);
                right.visit(walk, see);
            }
            Self::Sum(parts) | Self::Max(parts) | Self::Min(parts) => {
                for part in parts {
                    part.visit(walk, see);
                }
            }
            Self::If(condition, then, otherwise) => {
                condition.visit(walk, see);
                then.visit(walk, see);
                otherwise.visit(walk, see);
            }
            Self::Count(_, condition) => condition.visit(walk, see),
            Self::Constant(_)
            | Self::Fact(_)
            | Self::Yearly(..)
            | Self::SumYears(..)
            | Self::MeanYears(..)
            | Self::Graded(_)
            | Self::Cell(_)
            | Self::Field(_)
            | Self::AsOf
            | Self::Points(_) => {}
        }
    }
}
