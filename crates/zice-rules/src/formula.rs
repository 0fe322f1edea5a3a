//! Formulas as the engine reads them: one table of conditions and numbers.
//!
//! The author's text (`研发费用[去年] / 销售收入[去年] >= 6%`) is parsed and
//! type-checked outside the engine, by the crate `zice-policy`. What arrives
//! here is well typed: a condition can't be added and an amount can't be
//! negated logically. A formula names its parts by their places in the table
//! ([`Formulas`]), in which every part stands before what it is a part of and
//! a part that occurs twice stands once. Facts, fields and choices are named by
//! their places in the tables of the policy (see [`crate::policy::Tables`]).
//!
//! A policy's formulas become a program when it is linked to a dictionary;
//! nothing here is evaluated.

use core::ops::RangeInclusive;

#[cfg(feature = "serde")]
use serde::{Serialize, Serializer};

pub use crate::place::{ChoicesAt, ConditionAt, CriterionAt, FactAt, FieldAt, NumberAt};

use crate::fraction::Fraction;

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub enum Comparison {
    /// `>=`
    #[cfg_attr(feature = "serde", serde(rename = ">="))]
    AtLeast,
    /// `>`
    #[cfg_attr(feature = "serde", serde(rename = ">"))]
    Above,
    /// `<=`
    #[cfg_attr(feature = "serde", serde(rename = "<="))]
    AtMost,
    /// `<`
    #[cfg_attr(feature = "serde", serde(rename = "<"))]
    Below,
    /// `=`
    #[cfg_attr(feature = "serde", serde(rename = "="))]
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub enum Condition {
    /// 真 / 假.
    #[cfg_attr(feature = "serde", serde(rename = "b"))]
    Constant(bool),
    /// A yes-or-no fact.
    #[cfg_attr(feature = "serde", serde(rename = "is"))]
    Fact(FactAt),
    /// A yes-or-no field of the list entry being looked at.
    #[cfg_attr(feature = "serde", serde(rename = "is_e"))]
    Field(FieldAt),
    /// `left op right`.
    #[cfg_attr(feature = "serde", serde(rename = "c"))]
    Compare(Comparison, NumberAt, NumberAt),
    /// 属于: the choice made for a fact or field is one of a set.
    #[cfg_attr(feature = "serde", serde(rename = "in"))]
    OneOf(ChoicesAt),
    /// 非.
    #[cfg_attr(feature = "serde", serde(rename = "not"))]
    Not(ConditionAt),
    /// 且: all hold.
    #[cfg_attr(feature = "serde", serde(rename = "and"))]
    All(Vec<ConditionAt>),
    /// 或: one holds.
    #[cfg_attr(feature = "serde", serde(rename = "or"))]
    Any(Vec<ConditionAt>),
    /// 确定(…): true only where it certainly is so; what is not known counts
    /// as not so. For facts outside the clause that may only speak up, never
    /// hold a verdict back.
    #[cfg_attr(feature = "serde", serde(rename = "sure"))]
    Certain(ConditionAt),
    /// 已填(fact): something was said about it. An estimate is something that
    /// was said; an empty text is not.
    #[cfg_attr(feature = "serde", serde(rename = "given"))]
    Given(FactAt),
    /// 已填(field) of the list entry being looked at: an empty text is not; what
    /// is absent is not known yet.
    #[cfg_attr(feature = "serde", serde(rename = "given_e"))]
    GivenField(FieldAt),
    /// 有年度(…): the company existed in the fiscal year of the application
    /// plus this many.
    #[cfg_attr(feature = "serde", serde(rename = "has_y"))]
    HasYear(i8),
    /// 地区(fact, digits): a text begins with these digits.
    #[cfg_attr(feature = "serde", serde(rename = "within"))]
    Within(FactAt, String),
    /// 人工(…): where it is so, a person must judge.
    #[cfg_attr(feature = "serde", serde(rename = "person"))]
    Review(ConditionAt),
    /// Whether a criterion further up in the policy is met.
    #[cfg_attr(feature = "serde", serde(rename = "met"))]
    Criterion(CriterionAt),
}

/// A number: exact, a range, or undefined. Dates count as days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub enum Number {
    /// A literal.
    #[cfg_attr(feature = "serde", serde(rename = "n"))]
    Constant(Fraction),
    /// A fact without years.
    #[cfg_attr(feature = "serde", serde(rename = "f"))]
    Fact(FactAt),
    /// A yearly fact of the fiscal year of the application plus this many.
    #[cfg_attr(feature = "serde", serde(rename = "y"))]
    Yearly(FactAt, i8),
    /// The sum over the years from the first to the last offset that the
    /// company existed in; undefined when there are none.
    #[cfg_attr(feature = "serde", serde(rename = "sum"))]
    SumYears(FactAt, i8, i8),
    /// 平均(…): the same sum over the number of those years.
    #[cfg_attr(feature = "serde", serde(rename = "mean"))]
    MeanYears(FactAt, i8, i8),
    /// 自评(…): points the company grades itself. A range that was given is
    /// what experts may give, a matter for a person, not an answer that is
    /// missing.
    #[cfg_attr(feature = "serde", serde(rename = "graded"))]
    Graded(FactAt),
    /// 取值(…): one field of one side of one year.
    #[cfg_attr(feature = "serde", serde(rename = "cell"))]
    Cell(Cell),
    /// A number or date of the list entry being looked at.
    #[cfg_attr(feature = "serde", serde(rename = "e"))]
    Field(FieldAt),
    /// 申报日: the day of application.
    #[cfg_attr(feature = "serde", serde(rename = "today"))]
    AsOf,
    /// 年份(…): the year of a date.
    #[cfg_attr(feature = "serde", serde(rename = "year"))]
    YearOf(NumberAt),
    /// `a + b + …`
    #[cfg_attr(feature = "serde", serde(rename = "+"))]
    Sum(Vec<NumberAt>),
    /// `a - b`
    #[cfg_attr(feature = "serde", serde(rename = "-"))]
    Minus(NumberAt, NumberAt),
    /// `a * b`
    #[cfg_attr(feature = "serde", serde(rename = "*"))]
    Times(NumberAt, NumberAt),
    /// `a / b`
    #[cfg_attr(feature = "serde", serde(rename = "/"))]
    Over(NumberAt, NumberAt),
    /// 取大(…)
    #[cfg_attr(feature = "serde", serde(rename = "max"))]
    Max(Vec<NumberAt>),
    /// 取小(…)
    #[cfg_attr(feature = "serde", serde(rename = "min"))]
    Min(Vec<NumberAt>),
    /// 若(condition, then, otherwise); everything both can be while it is not
    /// known.
    #[cfg_attr(feature = "serde", serde(rename = "if"))]
    If(ConditionAt, NumberAt, NumberAt),
    /// 计数(list, condition): how many entries of a list meet it.
    #[cfg_attr(feature = "serde", serde(rename = "count"))]
    Count(FactAt, ConditionAt),
    /// 得分(criterion): the points of a criterion further up.
    #[cfg_attr(feature = "serde", serde(rename = "pts"))]
    Points(CriterionAt),
}

/// One figure of a fact that has sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Cell {
    /// Entry of the fact table.
    pub fact: FactAt,
    /// Fiscal year, counted from the year of application.
    pub year: i8,
    /// Position among the fact's sides.
    pub side: u8,
    /// Entry of the field table.
    pub field: FieldAt,
}

/// A condition or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Formula {
    /// A condition.
    Condition(Condition),
    /// A number.
    Number(Number),
}

/// A node of a formula, as [`Formulas::visit_condition`] shows it.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// A condition.
    Condition(&'a Condition),
    /// A number.
    Number(&'a Number),
}

/// What a node itself names, not what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A fact without years: its entry of the fact table.
    Fact(FactAt),
    /// A yearly fact in some fiscal years, counted from that of the
    /// application.
    Years(FactAt, RangeInclusive<i8>),
    /// One figure of a side of a fact.
    Figure(Cell),
    /// A list whose entries are counted: its entry of the fact table.
    List(FactAt),
    /// A field of an entry: its entry of the field table.
    Field(FieldAt),
    /// A set of choices, of a fact or of a field.
    Choices(ChoicesAt),
    /// A criterion further up.
    Criterion(CriterionAt),
    /// Whether there is a fiscal year.
    Year(i8),
}

/// The place of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaAt {
    /// Of a condition.
    Condition(ConditionAt),
    /// Of a number.
    Number(NumberAt),
}

/// Whether a walk goes into 确定(…), whose facts no verdict waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Everything.
    All,
    /// Only what can hold a verdict back.
    Waiting,
}

/// The formulas of a policy, parts before what they are parts of.
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

/// Shows the parts of a formula, in order.
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
    /// The same, by reference.
    pub const fn node(&self) -> Node<'_> {
        match self {
            Self::Condition(condition) => Node::Condition(condition),
            Self::Number(number) => Node::Number(number),
        }
    }
}

impl Condition {
    /// What it names itself.
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
    /// What it names itself.
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
    /// What it names itself.
    pub const fn refers_to(self) -> Option<Reference> {
        match self {
            Self::Condition(condition) => condition.refers_to(),
            Self::Number(number) => number.refers_to(),
        }
    }

    /// Shows the places of its parts, in order.
    pub fn parts(self, see: &mut dyn FnMut(FormulaAt)) {
        parts!(self, see);
    }
}

impl FormulaAt {
    /// The place in the table.
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
    /// A table as it was read; checked when its policy is linked.
    pub(crate) const fn from_table(table: Vec<Formula>) -> Self {
        Self { table }
    }

    /// All formulas, in order.
    pub fn all(&self) -> &[Formula] {
        &self.table
    }

    /// A condition; one that is not there holds for nobody.
    pub fn condition(&self, at: ConditionAt) -> &Condition {
        static NEVER: Condition = Condition::Constant(false);
        match self.table.get(at.place()) {
            Some(Formula::Condition(condition)) => condition,
            _ => &NEVER,
        }
    }

    /// A number; one that is not there is nought.
    pub fn number(&self, at: NumberAt) -> &Number {
        static NOUGHT: Number = Number::Constant(Fraction::ZERO);
        match self.table.get(at.place()) {
            Some(Formula::Number(number)) => number,
            _ => &NOUGHT,
        }
    }

    /// Puts in a condition whose parts are there already; one that is there
    /// itself keeps its place.
    pub fn add_condition(&mut self, condition: Condition) -> ConditionAt {
        ConditionAt::new(self.add(Formula::Condition(condition)))
    }

    /// Puts in a number whose parts are there already; one that is there itself
    /// keeps its place.
    pub fn add_number(&mut self, number: Number) -> NumberAt {
        NumberAt::new(self.add(Formula::Number(number)))
    }

    /// A table that outgrows its places is refused when the policy is linked.
    fn add(&mut self, formula: Formula) -> u16 {
        let at = self.table.iter().position(|known| *known == formula).unwrap_or_else(|| {
            self.table.push(formula);
            self.table.len().saturating_sub(1)
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Whether every part stands before what it is a part of, and is of the
    /// kind that is wanted there; and whether no formula is so deep or so large,
    /// with all its parts written out, that nobody can [visit](Self::visit) it.
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

    /// Whether a formula of the kind that is wanted stands at a place.
    pub(crate) fn holds(&self, at: FormulaAt) -> bool {
        matches!(
            (self.table.get(at.place()), at),
            (Some(Formula::Condition(_)), FormulaAt::Condition(_))
                | (Some(Formula::Number(_)), FormulaAt::Number(_))
        )
    }

    /// Shows a formula and what is in it, from the top down.
    pub fn visit(&self, at: FormulaAt, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        let node = match at {
            FormulaAt::Condition(at) => Node::Condition(self.condition(at)),
            FormulaAt::Number(at) => Node::Number(self.number(at)),
        };
        // Whether something was said of a fact holds no verdict back either.
        if walk == Walk::Waiting
            && matches!(node, Node::Condition(Condition::Certain(_) | Condition::Given(_)))
        {
            return;
        }
        see(node);
        let mut inside = |part| self.visit(part, walk, see);
        parts!(node, inside);
    }

    /// Shows a condition and what is in it, from the top down.
    pub fn visit_condition(&self, at: ConditionAt, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        self.visit(FormulaAt::Condition(at), walk, see);
    }

    /// Shows a number and what is in it, from the top down.
    pub fn visit_number(&self, at: NumberAt, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        self.visit(FormulaAt::Number(at), walk, see);
    }
}
