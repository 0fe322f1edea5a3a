//! Programs: formulas compiled once, to be evaluated for many companies.
//!
//! Every formula of a policy is compiled into one table of nodes in the order
//! of evaluation. A subformula that occurs twice is one node. Each node has one
//! register in a [`Scratch`], which is reused from company to company:
//! evaluating a company is one pass over the table without an allocation.
//!
//! A program reads a company by numbered *slots*: a [`Row`] holds the value of
//! each slot. What a slot means is decided by whoever builds the program and
//! fills the rows; this crate only sees its number.
//!
//! A figure that does not fit into 128 bits is a state of a register. It
//! becomes an error only where a criterion or the verdict reads it.
//!
//! ```
//! use zice_exact::{
//!     fraction::Fraction,
//!     program::{Builder, Dense, NumberNode, Operation, Row, Scratch, TruthNode, Value},
//!     truth::Truth,
//! };
//!
//! // R&D expenses over revenue, at least 6 %.
//! let mut build = Builder::new();
//! let (rd, revenue) = (build.number(NumberNode::Slot(0)), build.number(NumberNode::Slot(1)));
//! let ratio = build.number(NumberNode::Pair(Operation::Over, rd, revenue));
//! let limit = build.number(NumberNode::Constant(Fraction::new(6, 100).unwrap()));
//! let passes = build.truth(TruthNode::AtLeast(ratio, limit));
//! let program = build.build([passes, passes]).unwrap();
//!
//! let mut wide = Vec::new();
//! let numbers = [282_000, 4_700_000].map(|yuan| Dense::of(Value::whole(yuan), &mut wide));
//! let row = Row { numbers: numbers.into(), wide, ..Row::default() };
//! let mut scratch = Scratch::new(&program);
//! scratch.run(&program, &row).unwrap();
//! assert_eq!(scratch.verdict(&program), [Truth::True, Truth::True]);
//! ```

mod build;
mod code;
mod dependency;
mod joint;
mod mask;
mod node;
mod node_code;
mod outcome;
mod polynomial;
mod row;
mod run;
mod trial;
mod turning_point;
mod value;
mod value_code;

use std::sync::OnceLock;

pub use build::Builder;
pub use code::{Code, Reader, Writer};
pub use joint::joint;
pub use mask::{Mask, WORD};
pub use node::{
    Basis, ColumnId, ColumnNode, Decision, Lens, ListId, MaskId, MaskNode, NumberId, NumberNode,
    Operand, OutcomeId, OutcomeNode, Part, Step, TruthId, TruthNode,
};
pub use outcome::{Outcome, judgement, stepped, total};
pub use row::{Dense, EntryRow, ListRow, Row};
pub use run::{Lost, Scratch};
pub use trial::{Mark, Trial};
pub use turning_point::{Moving, turning_points};
pub use value::{Operation, Value, over_years, year_of};

/// One step of evaluation: the node whose register is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Truth(TruthId),
    Number(NumberId),
    Mask(MaskId),
    Outcome(OutcomeId),
}

/// Formulas in the order of evaluation. [`Builder`] makes a program;
/// [`Program::read`] reads one from text.
#[derive(Clone, Debug)]
pub struct Program {
    truths: Vec<TruthNode>,
    numbers: Vec<NumberNode>,
    masks: Vec<(ListId, MaskNode)>,
    columns: Vec<ColumnNode>,
    outcomes: Vec<OutcomeNode>,
    /// For each list, whether it is a single object and so has at most one
    /// entry.
    lists: Vec<bool>,
    /// Turns that are evaluated once for each company.
    shared: Vec<Turn>,
    /// Turns that are evaluated again for each entry that is judged.
    entry: Vec<Turn>,
    /// How many turns of `shared` and of `entry` the verdict needs. The rest
    /// are for reports.
    needed: [usize; 2],
    verdict: [TruthId; 2],
    /// Computed when the first trial asks for it.
    depends: OnceLock<dependency::Dependents>,
}

impl Program {
    /// Returns the turns that the verdict needs once for each company.
    fn needed_shared(&self) -> &[Turn] {
        self.shared.get(..self.needed[0]).unwrap_or(&self.shared)
    }

    /// Returns the turns that the verdict needs for each entry that is judged.
    fn needed_entry(&self) -> &[Turn] {
        self.entry.get(..self.needed[1]).unwrap_or(&self.entry)
    }

    fn depends(&self) -> &dependency::Dependents {
        self.depends.get_or_init(|| dependency::Dependents::of(self))
    }

    /// Counts the nodes that are evaluated. Constants and columns are not
    /// counted: they have no turn.
    pub const fn len(&self) -> usize {
        self.shared.len().saturating_add(self.entry.len())
    }

    /// Whether the program has nothing to evaluate.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many criteria the program decides.
    pub const fn criteria(&self) -> usize {
        self.outcomes.len()
    }

    /// Returns how each criterion is decided, in the order of the policy.
    pub fn outcomes(&self) -> &[OutcomeNode] {
        &self.outcomes
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may fail so")]
mod tests {
    use super::*;
    use crate::{fraction::Fraction, range::Range, truth::Truth};

    fn whole(build: &mut Builder, number: i128) -> NumberId {
        build.number(NumberNode::Constant(Fraction::whole(number)))
    }

    fn outcome(when: TruthId) -> OutcomeNode {
        OutcomeNode {
            open: false,
            review: Box::new([]),
            judged: false,
            out_of: None,
            decision: Decision::Holds { when: [when, when], otherwise: false },
        }
    }

    #[test]
    fn an_equal_node_is_one_node() {
        let mut build = Builder::new();
        let (a, b) = (build.number(NumberNode::Slot(0)), build.number(NumberNode::Slot(0)));
        let (c, d) = (whole(&mut build, 6), whole(&mut build, 6));
        assert_eq!((a, c), (b, d));
        let (first, second) =
            (build.truth(TruthNode::AtLeast(a, c)), build.truth(TruthNode::AtLeast(b, d)));
        let program = build.build([first, second]).expect("a program");
        // Two nodes are evaluated: the slot and the comparison. A constant has
        // no turn.
        assert_eq!(program.len(), 2);
    }

    /// The product `huge * huge` does not fit. It is an error only for those
    /// who read it.
    #[test]
    fn a_figure_that_does_not_fit_is_an_error_only_where_it_is_read() {
        let with = |used: bool| {
            let mut build = Builder::new();
            let huge = whole(&mut build, i128::MAX);
            let lost = build.number(NumberNode::Pair(Operation::Times, huge, huge));
            let one = whole(&mut build, 1);
            let which = build.truth(TruthNode::Slot(0));
            let number = build.number(NumberNode::If(which, lost, one));
            let when = build.truth(TruthNode::AtLeast(number, one));
            build.outcome(outcome(when));
            let program = build.build([when, when]).expect("a program");
            let row = Row { truths: Box::new([Truth::from(used)]), ..Row::default() };
            Scratch::new(&program).run(&program, &row)
        };
        assert_eq!(with(false), Ok(()));
        assert_eq!(with(true), Err(Lost(Some(OutcomeId(0)))));
    }

    /// In a conjunction, a part that is certainly false decides before one that
    /// does not fit.
    #[test]
    fn what_decides_first_keeps_the_rest_unread() {
        let verdict = |order: [bool; 2]| {
            let mut build = Builder::new();
            let huge = whole(&mut build, i128::MAX);
            let lost = build.number(NumberNode::Pair(Operation::Times, huge, huge));
            let lost = build.truth(TruthNode::Above(lost, huge));
            let no = build.truth(TruthNode::Constant(false));
            let parts = order.map(|first| if first { no } else { lost });
            let all = build.truth(TruthNode::All(Box::new(parts)));
            let program = build.build([all, all]).expect("a program");
            let mut scratch = Scratch::new(&program);
            scratch.run(&program, &Row::default()).map(|()| scratch.verdict(&program))
        };
        assert_eq!(verdict([true, false]), Ok([Truth::False; 2]));
        assert_eq!(verdict([false, true]), Err(Lost(None)));
    }

    /// Counts entries beyond the first word of a mask, with figures that are
    /// not short.
    #[test]
    fn entries_are_counted_in_every_word() {
        let count = |entries: usize, more: bool| {
            let mut build = Builder::new();
            let list = build.list(false);
            let day = build.column(ColumnNode::Slot(0));
            let limit = whole(&mut build, 100);
            let late = MaskNode::Above(Operand::Each(day), Operand::One(limit));
            let late = build.mask(list, late);
            let number = build.number(NumberNode::Count(list, late));
            let never = build.truth(TruthNode::Constant(true));
            let program = build.build([never, never]).expect("a program");
            let mut wide = Vec::new();
            // Of three entries, one is late, one is not, and one is unknown.
            let column = (0..entries).map(|at| {
                let value = match at % 3 {
                    0 => Value::whole(101),
                    1 => Value::whole(100),
                    _ => Value::Span(Range::ANY),
                };
                Dense::of(value, &mut wide)
            });
            let columns: Box<[Box<[Dense]>]> = Box::new([column.collect()]);
            let list = ListRow { count: entries, more, masks: Box::new([]), columns };
            let row = Row { lists: Box::new([list]), wide, ..Row::default() };
            let mut scratch = Scratch::new(&program);
            scratch.run(&program, &row).expect("nothing is lost");
            scratch.number_of(number).map(|value| value.range())
        };
        let range = |lo, hi: Option<i128>| {
            Ok(Range::between(Some(Fraction::whole(lo)), hi.map(Fraction::whole)))
        };
        assert_eq!(count(0, false), range(0, Some(0)));
        assert_eq!(count(63, false), range(21, Some(42)));
        assert_eq!(count(64, false), range(22, Some(43)));
        assert_eq!(count(130, false), range(44, Some(87)));
        assert_eq!(count(130, true), range(44, None));
    }

    /// A trial gives what a new row would give, and undoing it restores the
    /// state before.
    #[test]
    fn a_trial_goes_there_and_back() {
        let mut build = Builder::new();
        let (a, b) = (build.number(NumberNode::Slot(0)), build.number(NumberNode::Slot(1)));
        let sum = build.number(NumberNode::Pair(Operation::Plus, a, b));
        let ten = whole(&mut build, 10);
        let passes = build.truth(TruthNode::AtLeast(sum, ten));
        build.outcome(outcome(passes));
        let program = build.build([passes, passes]).expect("a program");
        let dense = |number| Dense::of(Value::whole(number), &mut Vec::new());
        let row = Row { numbers: Box::new([dense(4), dense(5)]), ..Row::default() };
        let mut trial = Trial::new(&program, row);
        let start = trial.mark();
        assert_eq!(trial.verdict(), Ok([Truth::False; 2]));
        trial.set_number(0, Value::whole(5));
        assert_eq!(trial.verdict(), Ok([Truth::True; 2]));
        let halfway = trial.mark();
        trial.set_number(1, Value::Span(Range::ANY));
        assert_eq!(trial.verdict(), Ok([Truth::Unknown; 2]));
        trial.undo(halfway);
        assert_eq!(trial.verdict(), Ok([Truth::True; 2]));
        trial.undo(start);
        assert_eq!(
            (trial.verdict(), trial.outcome(0)[0].truth),
            (Ok([Truth::False; 2]), Truth::False)
        );
    }
}
