//! The nodes of a program: typed tables, each in the order of evaluation.

use super::value::Operation;
use crate::fraction::Fraction;

/// How what only a person can judge is taken.
///
/// A program is looked at twice: once as if every judgement went against the
/// company, once as if every one went its way. Where the two differ although
/// nothing is unknown, a person must decide. Negation turns the lens over, and
/// so does every place where more is worse; that is done when a program is
/// built, so no node looks at the lens but those that name one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lens {
    /// Every judgement goes against the company.
    Worst,
    /// Every judgement goes its way.
    Best,
}

impl Lens {
    /// Both, the worst first.
    pub const BOTH: [Self; 2] = [Self::Worst, Self::Best];

    /// The other one.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Worst => Self::Best,
            Self::Best => Self::Worst,
        }
    }

    /// The one of a pair that is meant.
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
            /// The place in its table.
            pub const fn at(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A condition of the company.
    TruthId
    /// A number of the company.
    NumberId
    /// A condition of the entries of a list.
    MaskId
    /// A number of the entries of a list.
    ColumnId
    /// A criterion.
    OutcomeId
    /// A list whose entries are counted.
    ListId
}

/// A condition: true, false or unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TruthNode {
    /// Always the same.
    Constant(bool),
    /// What the company says.
    Slot(u16),
    /// What the entry says that is judged.
    Entry(u16),
    /// The first number is at least the second.
    AtLeast(NumberId, NumberId),
    /// The first number is above the second.
    Above(NumberId, NumberId),
    /// The contrary.
    Not(TruthId),
    /// All hold; the first that does not decides.
    All(Box<[TruthId]>),
    /// One holds; the first that does decides.
    Any(Box<[TruthId]>),
    /// It certainly holds.
    Certain(TruthId),
    /// Where it holds, a person judges.
    Review(TruthId, Lens),
    /// A criterion is met.
    Met(OutcomeId, Lens),
}

/// A number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberNode {
    /// Always the same.
    Constant(Fraction),
    /// What the company says.
    Slot(u16),
    /// What the entry says that is judged.
    Entry(u16),
    /// The calendar year of a day.
    Year(NumberId),
    /// Two numbers put together.
    Pair(Operation, NumberId, NumberId),
    /// The first where the condition holds, else the second; both while it is
    /// unknown.
    If(TruthId, NumberId, NumberId),
    /// The sum over the years that exist, newest first.
    Sum(Box<[NumberId]>),
    /// The mean over the years that exist, newest first.
    Mean(Box<[NumberId]>),
    /// How many entries of a list a condition holds for.
    Count(ListId, MaskId),
    /// The points of a criterion.
    Points(OutcomeId, Lens),
}

/// A condition of each entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MaskNode {
    /// What the entries say.
    Slot(u16),
    /// The same for every entry: a condition of the company.
    Every(TruthId),
    /// The first number is at least the second.
    AtLeast(Operand, Operand),
    /// The first number is above the second.
    Above(Operand, Operand),
    /// The contrary.
    Not(MaskId),
    /// All hold.
    All(Box<[MaskId]>),
    /// One holds.
    Any(Box<[MaskId]>),
    /// It certainly holds.
    Certain(MaskId),
    /// Where it holds, a person judges.
    Review(MaskId, Lens),
}

/// A number of each entry of a list, calculated where it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnNode {
    /// What the entries say.
    Slot(u16),
    /// The calendar year of a day.
    Year(Operand),
    /// Two numbers put together.
    Pair(Operation, Operand, Operand),
    /// The first where the condition holds, else the second.
    If(MaskId, Operand, Operand),
}

/// A number beside the entries of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// The same for all.
    One(NumberId),
    /// Each entry's own.
    Each(ColumnId),
}

/// Points from a number on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The least that reaches it.
    pub from: Fraction,
    /// Whether it takes more than that.
    pub above: bool,
    /// Points under the lens worst and best.
    pub points: [u8; 2],
}

/// A number and the steps it is measured by, the highest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The number under the lens worst and best.
    pub value: [NumberId; 2],
    /// Steps, highest first.
    pub steps: Box<[Step]>,
}

/// Criteria whose points are added, with a common cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What is added.
    pub of: Box<[OutcomeId]>,
    /// The most they bring together.
    pub cap: Option<u8>,
}

/// What decides a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A condition holds.
    Holds {
        /// Under the lens worst and best.
        when: [TruthId; 2],
        /// Whether a person judges those who do not meet it.
        otherwise: bool,
    },
    /// Points; of several bases the best one counts.
    Points(Box<[Basis]>),
    /// The sum of the points of criteria further up.
    Total {
        /// What is added.
        parts: Box<[Part]>,
        /// The fewest points that pass.
        from: u8,
        /// What must hold besides.
        also: Option<[TruthId; 2]>,
    },
}

/// A criterion: what it comes to under both lenses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeNode {
    /// The rule itself is left to a person.
    pub open: bool,
    /// Cases that are.
    pub review: Box<[TruthId]>,
    /// Whether the lenses can differ at all.
    pub judged: bool,
    /// Most points, of a criterion that brings any.
    pub out_of: Option<u8>,
    /// What decides it.
    pub decision: Decision,
}
