//! Formulas as trees, in which each node owns its parts.
//!
//! The parser builds trees, and whoever prints, compares or changes a formula
//! takes one out of a policy's table ([`Condition::of`], [`Number::of`]). The
//! engine never sees trees: it reads the flat table that they are put into
//! ([`Condition::put`], [`Number::put`]).

use serde::Serialize;
use zice_rules::{
    formula::{
        self, Cell, ChoicesAt, Comparison, ConditionAt, CriterionAt, FactAt, FieldAt, Formulas,
        NumberAt,
    },
    fraction::Fraction,
};

/// A condition as a tree. [`zice_rules::formula::Condition`] explains the
/// variants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the engine's conditions of the same names say what they are")]
pub enum Condition {
    #[serde(rename = "b")]
    Constant(bool),
    #[serde(rename = "f")]
    Fact(FactAt),
    #[serde(rename = "e")]
    Field(FieldAt),
    #[serde(rename = "c")]
    Compare(Comparison, Box<Number>, Box<Number>),
    #[serde(rename = "in")]
    OneOf(ChoicesAt),
    #[serde(rename = "not")]
    Not(Box<Condition>),
    #[serde(rename = "and")]
    All(Vec<Condition>),
    #[serde(rename = "or")]
    Any(Vec<Condition>),
    #[serde(rename = "sure")]
    Certain(Box<Condition>),
    #[serde(rename = "given")]
    Given(FactAt),
    #[serde(rename = "given_e")]
    GivenField(FieldAt),
    #[serde(rename = "has_y")]
    HasYear(i8),
    #[serde(rename = "within")]
    Within(FactAt, String),
    #[serde(rename = "person")]
    Review(Box<Condition>),
    #[serde(rename = "met")]
    Criterion(CriterionAt),
}

/// A number as a tree. [`zice_rules::formula::Number`] explains the variants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the engine's numbers of the same names say what they are")]
pub enum Number {
    #[serde(rename = "n")]
    Constant(Fraction),
    #[serde(rename = "f")]
    Fact(FactAt),
    #[serde(rename = "y")]
    Yearly(FactAt, i8),
    #[serde(rename = "sum")]
    SumYears(FactAt, i8, i8),
    #[serde(rename = "mean")]
    MeanYears(FactAt, i8, i8),
    #[serde(rename = "graded")]
    Graded(FactAt),
    #[serde(rename = "cell")]
    Cell(Cell),
    #[serde(rename = "e")]
    Field(FieldAt),
    #[serde(rename = "today")]
    AsOf,
    #[serde(rename = "year")]
    YearOf(Box<Number>),
    #[serde(rename = "+")]
    Sum(Vec<Number>),
    #[serde(rename = "-")]
    Minus(Box<Number>, Box<Number>),
    #[serde(rename = "*")]
    Times(Box<Number>, Box<Number>),
    #[serde(rename = "/")]
    Over(Box<Number>, Box<Number>),
    #[serde(rename = "max")]
    Max(Vec<Number>),
    #[serde(rename = "min")]
    Min(Vec<Number>),
    #[serde(rename = "if")]
    If(Box<Condition>, Box<Number>, Box<Number>),
    #[serde(rename = "count")]
    Count(FactAt, Box<Condition>),
    #[serde(rename = "pts")]
    Points(CriterionAt),
}

impl Condition {
    /// Takes the condition at this place out of a table, with all its parts.
    pub fn of(formulas: &Formulas, at: ConditionAt) -> Self {
        use formula::Condition as Flat;
        let condition = |at: &ConditionAt| Box::new(Self::of(formulas, *at));
        let conditions =
            |all: &[ConditionAt]| all.iter().map(|at| Self::of(formulas, *at)).collect();
        let number = |at: &NumberAt| Box::new(Number::of(formulas, *at));
        match formulas.condition(at) {
            Flat::Constant(value) => Self::Constant(*value),
            Flat::Fact(index) => Self::Fact(*index),
            Flat::Field(index) => Self::Field(*index),
            Flat::Compare(how, left, right) => Self::Compare(*how, number(left), number(right)),
            Flat::OneOf(index) => Self::OneOf(*index),
            Flat::Not(inner) => Self::Not(condition(inner)),
            Flat::All(parts) => Self::All(conditions(parts)),
            Flat::Any(parts) => Self::Any(conditions(parts)),
            Flat::Certain(inner) => Self::Certain(condition(inner)),
            Flat::Given(index) => Self::Given(*index),
            Flat::GivenField(index) => Self::GivenField(*index),
            Flat::HasYear(year) => Self::HasYear(*year),
            Flat::Within(index, digits) => Self::Within(*index, digits.clone()),
            Flat::Review(inner) => Self::Review(condition(inner)),
            Flat::Criterion(index) => Self::Criterion(*index),
        }
    }

    /// Puts the condition into a table, its parts first; returns its place.
    pub fn put(&self, formulas: &mut Formulas) -> ConditionAt {
        use formula::Condition as Flat;
        let flat = match self {
            Self::Constant(value) => Flat::Constant(*value),
            Self::Fact(index) => Flat::Fact(*index),
            Self::Field(index) => Flat::Field(*index),
            Self::Compare(how, left, right) => {
                let left = left.put(formulas);
                Flat::Compare(*how, left, right.put(formulas))
            }
            Self::OneOf(index) => Flat::OneOf(*index),
            Self::Not(inner) => Flat::Not(inner.put(formulas)),
            Self::All(parts) => Flat::All(parts.iter().map(|it| it.put(formulas)).collect()),
            Self::Any(parts) => Flat::Any(parts.iter().map(|it| it.put(formulas)).collect()),
            Self::Certain(inner) => Flat::Certain(inner.put(formulas)),
            Self::Given(index) => Flat::Given(*index),
            Self::GivenField(index) => Flat::GivenField(*index),
            Self::HasYear(year) => Flat::HasYear(*year),
            Self::Within(index, digits) => Flat::Within(*index, digits.clone()),
            Self::Review(inner) => Flat::Review(inner.put(formulas)),
            Self::Criterion(index) => Flat::Criterion(*index),
        };
        formulas.add_condition(flat)
    }
}

impl Number {
    /// Takes the number at this place out of a table, with all its parts.
    pub fn of(formulas: &Formulas, at: NumberAt) -> Self {
        use formula::Number as Flat;
        let condition = |at: &ConditionAt| Box::new(Condition::of(formulas, *at));
        let number = |at: &NumberAt| Box::new(Self::of(formulas, *at));
        let numbers = |all: &[NumberAt]| all.iter().map(|at| Self::of(formulas, *at)).collect();
        match formulas.number(at) {
            Flat::Constant(value) => Self::Constant(*value),
            Flat::Fact(index) => Self::Fact(*index),
            Flat::Yearly(index, year) => Self::Yearly(*index, *year),
            Flat::SumYears(index, from, to) => Self::SumYears(*index, *from, *to),
            Flat::MeanYears(index, from, to) => Self::MeanYears(*index, *from, *to),
            Flat::Graded(index) => Self::Graded(*index),
            Flat::Cell(cell) => Self::Cell(*cell),
            Flat::Field(index) => Self::Field(*index),
            Flat::AsOf => Self::AsOf,
            Flat::YearOf(day) => Self::YearOf(number(day)),
            Flat::Sum(parts) => Self::Sum(numbers(parts)),
            Flat::Minus(left, right) => Self::Minus(number(left), number(right)),
            Flat::Times(left, right) => Self::Times(number(left), number(right)),
            Flat::Over(left, right) => Self::Over(number(left), number(right)),
            Flat::Max(parts) => Self::Max(numbers(parts)),
            Flat::Min(parts) => Self::Min(numbers(parts)),
            Flat::If(when, then, otherwise) => {
                Self::If(condition(when), number(then), number(otherwise))
            }
            Flat::Count(index, when) => Self::Count(*index, condition(when)),
            Flat::Points(index) => Self::Points(*index),
        }
    }

    /// Puts the number into a table, its parts first; returns its place.
    pub fn put(&self, formulas: &mut Formulas) -> NumberAt {
        use formula::Number as Flat;
        let flat = match self {
            Self::Constant(value) => Flat::Constant(*value),
            Self::Fact(index) => Flat::Fact(*index),
            Self::Yearly(index, year) => Flat::Yearly(*index, *year),
            Self::SumYears(index, from, to) => Flat::SumYears(*index, *from, *to),
            Self::MeanYears(index, from, to) => Flat::MeanYears(*index, *from, *to),
            Self::Graded(index) => Flat::Graded(*index),
            Self::Cell(cell) => Flat::Cell(*cell),
            Self::Field(index) => Flat::Field(*index),
            Self::AsOf => Flat::AsOf,
            Self::YearOf(day) => Flat::YearOf(day.put(formulas)),
            Self::Sum(parts) => Flat::Sum(parts.iter().map(|it| it.put(formulas)).collect()),
            Self::Minus(left, right) => {
                let left = left.put(formulas);
                Flat::Minus(left, right.put(formulas))
            }
            Self::Times(left, right) => {
                let left = left.put(formulas);
                Flat::Times(left, right.put(formulas))
            }
            Self::Over(left, right) => {
                let left = left.put(formulas);
                Flat::Over(left, right.put(formulas))
            }
            Self::Max(parts) => Flat::Max(parts.iter().map(|it| it.put(formulas)).collect()),
            Self::Min(parts) => Flat::Min(parts.iter().map(|it| it.put(formulas)).collect()),
            Self::If(when, then, otherwise) => {
                let when = when.put(formulas);
                let then = then.put(formulas);
                Flat::If(when, then, otherwise.put(formulas))
            }
            Self::Count(index, when) => Flat::Count(*index, when.put(formulas)),
            Self::Points(index) => Flat::Points(*index),
        };
        formulas.add_number(flat)
    }
}

/// A node of a tree, as [`Condition::visit`] shows it.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// A node that is true or false.
    Condition(&'a Condition),
    /// A node that has a value.
    Number(&'a Number),
}

impl Condition {
    /// Shows this condition and everything in it to `see`, from the top down.
    pub fn visit(&self, see: &mut dyn FnMut(Node<'_>)) {
        see(Node::Condition(self));
        match self {
            Self::Compare(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::Not(inner) | Self::Certain(inner) | Self::Review(inner) => inner.visit(see),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(see)),
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
    /// Shows this number and everything in it to `see`, from the top down.
    pub fn visit(&self, see: &mut dyn FnMut(Node<'_>)) {
        see(Node::Number(self));
        match self {
            Self::YearOf(inner) => inner.visit(see),
            Self::Minus(left, right) | Self::Times(left, right) | Self::Over(left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::Sum(parts) | Self::Max(parts) | Self::Min(parts) => {
                parts.iter().for_each(|part| part.visit(see));
            }
            Self::If(condition, then, otherwise) => {
                condition.visit(see);
                then.visit(see);
                otherwise.visit(see);
            }
            Self::Count(_, condition) => condition.visit(see),
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
