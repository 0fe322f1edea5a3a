//! A program: formulas compiled once, to be evaluated over many companies.
//!
//! Every formula of a policy is compiled into one table of nodes in the order
//! of evaluation. A subformula that occurs twice is one node. A node has one
//! register in a [`Scratch`], which is used over and over; evaluating a
//! company is one pass over the table without an allocation.
//!
//! A program reads a company by numbered *slots*: a [`Row`] holds what a
//! company says of each of them. What a slot means is known to who builds the
//! program and binds the rows; here it is a number.
//!
//! A figure that does not fit into 128 bits is a state of a register. It is an
//! error only where a criterion or the verdict reads it.

mod build;
mod depend;
mod mask;
mod node;
mod outcome;
mod row;
mod run;
mod trial;
mod value;

pub use build::Builder;
pub use mask::{Mask, WORD};
pub use node::{
    Basis, ColumnId, ColumnNode, Decision, Lens, ListId, MaskId, MaskNode, NumberId, NumberNode,
    Operand, OutcomeId, OutcomeNode, Part, Step, TruthId, TruthNode,
};
pub use outcome::{Outcome, judgement, stepped, total};
pub use row::{Dense, EntryRow, ListRow, Row};
pub use run::{Lost, Scratch};
pub use trial::{Mark, Trial};
pub use value::{Operation, Value, over_years, year_of};

/// One node to evaluate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Truth(TruthId),
    Number(NumberId),
    Mask(MaskId),
    Outcome(OutcomeId),
}

/// Formulas in the order of evaluation; made by a [`Builder`].
#[derive(Clone, Debug)]
pub struct Program {
    truths: Vec<TruthNode>,
    numbers: Vec<NumberNode>,
    masks: Vec<(ListId, MaskNode)>,
    columns: Vec<ColumnNode>,
    outcomes: Vec<OutcomeNode>,
    /// Of each list whether it is one object, of which there is one at most.
    lists: Vec<bool>,
    /// What is evaluated once a company.
    shared: Vec<Turn>,
    /// What is evaluated for each entry that is judged.
    entry: Vec<Turn>,
    verdict: [TruthId; 2],
    depends: depend::Dependents,
}

impl Program {
    /// How many nodes there are.
    pub const fn len(&self) -> usize {
        self.shared.len().saturating_add(self.entry.len())
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many criteria there are.
    pub const fn criteria(&self) -> usize {
        self.outcomes.len()
    }

    /// The criteria, in order.
    pub fn outcomes(&self) -> &[OutcomeNode] {
        &self.outcomes
    }
}
