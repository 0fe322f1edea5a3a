//! Nodes of a program: typed tables, each in the order of evaluation.

use super::value::Operation;
use crate::fraction::Fraction;

/// How to take what only a person can judge.
///
/// A program is evaluated twice: once as if every judgement went against the
/// company, once as if every one went its way. Where the two results differ
/// although nothing is unknown, a person must decide.
///
/// Negation swaps the lenses, and so does every place where more is worse. That
/// happens when the program is built, so only nodes that name a lens depend on
/// one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lens {
    /// Every judgement goes against the company.
    Worst,
    /// Every judgement goes the company's way.
    Best,
}

impl Lens {
    /// Both lenses; all pairs are in this order.
    pub const BOTH: [Self; 2] = [Self::Worst, Self::Best];

    /// Returns the best lens for the worst, and the worst for the best.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Worst => Self::Best,
            Self::Best => Self::Worst,
        }
    }

    /// Returns the member of a pair (worst, best) that belongs to this lens.
    pub fn of<T>(self, [worst, best]: [T; 2]) -> T {
        match self {
            Self::Worst => worst,
            Self::Best => best,
        }
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);

        impl $name {
            /// Returns the index in its table.
            pub const fn at(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// Index of a condition on the company.
    TruthId
    /// Index of a number of the company.
    NumberId
    /// Index of a condition on each entry of a list.
    MaskId
    /// Index of a number of each entry of a list.
    ColumnId
    /// Index of a criterion.
    OutcomeId
    /// Index of a list whose entries are counted.
    ListId
}

/// A condition: true, false or unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TruthNode {
    /// A constant, the same for every company.
    Constant(bool),
    /// The value of a slot of the company.
    Slot(u16),
    /// The value of a slot of the entry that is being judged.
    Entry(u16),
    /// The first number is at least the second.
    AtLeast(NumberId, NumberId),
    /// The first number is above the second.
    Above(NumberId, NumberId),
    /// The opposite of another condition.
    Not(TruthId),
    /// True if all hold. Evaluation stops at the first that is certainly false.
    All(Box<[TruthId]>),
    /// True if one holds. Evaluation stops at the first that is certainly true.
    Any(Box<[TruthId]>),
    /// True if the condition certainly holds; false if it is false or unknown.
    Certain(TruthId),
    /// A person judges where the condition holds: true there under the best
    /// lens, false under the worst. False where it does not hold.
    Review(TruthId, Lens),
    /// A criterion is met under this lens.
    Met(OutcomeId, Lens),
}

/// A number, which may be a range or undefined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberNode {
    /// A constant, the same for every company.
    Constant(Fraction),
    /// The value of a slot of the company.
    Slot(u16),
    /// The value of a slot of the entry that is being judged.
    Entry(u16),
    /// The calendar year of a day number.
    Year(NumberId),
    /// The result of an operation on two numbers.
    Pair(Operation, NumberId, NumberId),
    /// The first number where the condition holds, the second where it does
    /// not; the hull of both while it is unknown.
    If(TruthId, NumberId, NumberId),
    /// The sum over the years in which the company existed, newest first.
    Sum(Box<[NumberId]>),
    /// The mean over the years in which the company existed, newest first.
    Mean(Box<[NumberId]>),
    /// The number of entries of a list for which a condition holds.
    Count(ListId, MaskId),
    /// The points of a criterion under this lens.
    Points(OutcomeId, Lens),
}

/// A condition on each entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MaskNode {
    /// The values of a slot of the entries.
    Slot(u16),
    /// A condition of the company, the same for every entry.
    Every(TruthId),
    /// The first number is at least the second.
    AtLeast(Operand, Operand),
    /// The first number is above the second.
    Above(Operand, Operand),
    /// The opposite of another condition.
    Not(MaskId),
    /// True for entries for which all hold.
    All(Box<[MaskId]>),
    /// True for entries for which one holds.
    Any(Box<[MaskId]>),
    /// True for entries for which the condition certainly holds.
    Certain(MaskId),
    /// A person judges entries for which the condition holds, as in
    /// [`TruthNode::Review`].
    Review(MaskId, Lens),
}

/// A number of each entry of a list. It is calculated wherever it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnNode {
    /// The values of a slot of the entries.
    Slot(u16),
    /// The calendar year of a day number.
    Year(Operand),
    /// The result of an operation on two numbers.
    Pair(Operation, Operand, Operand),
    /// The first number where the condition holds, the second where it does
    /// not; the hull of both while it is unknown.
    If(MaskId, Operand, Operand),
}

/// A number that an entry of a list is compared with, or is calculated from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A number of the company, the same for all entries.
    One(NumberId),
    /// A number that each entry has of its own.
    Each(ColumnId),
}

/// A step of a scale: the points that a number brings from here on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The least number that reaches the step.
    pub from: Fraction,
    /// Whether the number must be above `from` rather than at least `from`.
    pub above: bool,
    /// Points under the worst and the best lens.
    pub points: [u8; 2],
}

/// A number and the steps it is measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The number under the worst and the best lens.
    pub value: [NumberId; 2],
    /// The steps, the one with the highest bound first; the first that is
    /// reached counts.
    pub steps: Box<[Step]>,
}

/// Criteria whose points are added, with a common cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The criteria whose points are added.
    pub of: Box<[OutcomeId]>,
    /// The most points they bring together; `None` for no cap.
    pub cap: Option<u8>,
}

/// What decides a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The criterion is met where a condition holds.
    Holds {
        /// The condition under the worst and the best lens.
        when: [TruthId; 2],
        /// Whether a person judges companies that do not meet the condition. If
        /// not, they fail.
        otherwise: bool,
    },
    /// The criterion brings the points of its best basis, and is met with one
    /// point or more.
    Points(Box<[Basis]>),
    /// The criterion is a total: it adds the points of earlier criteria.
    Total {
        /// The groups of criteria that are added.
        parts: Box<[Part]>,
        /// The fewest points with which the total is met.
        from: u8,
        /// A condition that must hold besides, under the worst and the best
        /// lens.
        also: Option<[TruthId; 2]>,
    },
}

/// A criterion, to be decided under both lenses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeNode {
    /// Whether the rule as a whole is left to a person.
    pub open: bool,
    /// Conditions under which the criterion is left to a person.
    pub review: Box<[TruthId]>,
    /// Whether the two lenses can give different results at all.
    pub judged: bool,
    /// The most points of a criterion that brings any; `None` for one that
    /// brings none.
    pub out_of: Option<u8>,
    /// What decides the criterion where no person does.
    pub decision: Decision,
}
