//! Formulas as a program, and what its registers say of one company.
//!
//! Linking a policy compiles its formulas into one program ([`Compiled`]). A
//! company is bound to a row and evaluated in one pass; whoever assesses,
//! looks for questions or writes sentences afterwards reads the registers.
//! Nothing is evaluated a second time.

mod answers;
mod lower;
mod slots;

pub(crate) use answers::{Answers, listed};

pub use zice_exact::program::{Lens, Outcome};
use zice_exact::program::{
    ListId, MaskId, NumberId, Operand, Program, Row, Scratch, TruthId, stepped,
};

use crate::{
    company::Company,
    doubt::Doubts,
    formula::{ConditionAt, NumberAt},
    fraction::Overflow,
    points::PointSet,
    policy::{Basis, Links, Measure, Policy},
    range::Range,
    truth::Truth,
};

/// The program of a policy, what its slots mean, and in which registers each
/// formula is.
#[derive(Debug)]
pub struct Compiled {
    pub(crate) program: Program,
    slots: slots::Slots,
    places: Places,
}

/// The registers of every formula under the lens worst and best, by its place
/// in the table of formulas. One about entries of a list is in a mask.
#[derive(Debug, Default)]
struct Places {
    truths: Vec<Option<[TruthId; 2]>>,
    numbers: Vec<Option<[NumberId; 2]>>,
    masks: Vec<Option<[MaskId; 2]>>,
    operands: Vec<Option<[Operand; 2]>>,
}

impl Compiled {
    /// Compiles the formulas of a policy whose names are resolved; nothing if
    /// there are more than a program holds.
    pub(crate) fn of(policy: &Policy) -> Option<Self> {
        lower::policy(policy)
    }

    /// Compiles the formulas of doubts.
    pub(crate) fn of_doubts(doubts: &Doubts) -> Option<Self> {
        lower::doubts(doubts)
    }

    /// What a company says of everything the formulas look at.
    pub(crate) fn bind(&self, links: &Links, each: Option<u16>, company: &Company) -> Row {
        self.slots.bind(Answers { links, company }, each)
    }

    /// Registers of a company, evaluated as far as the verdict needs it.
    pub(crate) fn scratch(&self) -> Scratch {
        Scratch::new(&self.program)
    }

    /// The list whose entries are counted, by its entry of the fact table.
    pub(crate) fn list(&self, fact: u16) -> Option<ListId> {
        self.slots.list_of(fact)
    }
}

/// What the registers say of a company, and of one entry where its policy
/// judges entries one by one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Registers<'a> {
    pub compiled: &'a Compiled,
    pub row: &'a Row,
    pub scratch: &'a Scratch,
    /// The entry of a list that is looked at by itself.
    pub inside: Option<(ListId, usize)>,
}

impl<'a> Registers<'a> {
    /// The same, looked at for one entry of a list that is counted.
    pub const fn inside(self, list: ListId, entry: usize) -> Self {
        Self { inside: Some((list, entry)), ..self }
    }

    /// A condition under a lens.
    ///
    /// # Errors
    /// When a figure in it does not fit.
    pub fn truth(&self, at: ConditionAt, lens: Lens) -> Result<Truth, Overflow> {
        let places = &self.compiled.places;
        if let (Some((_, entry)), Some(Some(masks))) = (self.inside, places.masks.get(at.place())) {
            return self.scratch.mask_of(lens.of(*masks), entry);
        }
        match places.truths.get(at.place()) {
            Some(Some(truths)) => self.scratch.truth_of(lens.of(*truths)),
            _ => Ok(Truth::Unknown),
        }
    }

    /// The points a basis can bring under a lens.
    ///
    /// # Errors
    /// When a figure in it does not fit.
    pub fn points(&self, basis: &Basis, lens: Lens) -> Result<PointSet, Overflow> {
        Ok(match &basis.measure {
            Measure::Banded(banded) => {
                let value = self.number(banded.value, lens)?.into();
                stepped(&lower::steps(banded), &value, lens)
            }
            Measure::Condition(points) => {
                let brings = PointSet::only(lens.of([points.min, points.max]));
                match self.truth(points.when, lens)? {
                    Truth::True => brings,
                    Truth::False => PointSet::ZERO,
                    Truth::Unknown => PointSet::ZERO.union(brings),
                }
            }
        })
    }

    /// A number under a lens.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn number(&self, at: NumberAt, lens: Lens) -> Result<Range, Overflow> {
        let places = &self.compiled.places;
        let value = if let (Some((list, entry)), Some(Some(operands))) =
            (self.inside, places.operands.get(at.place()))
        {
            let program = &self.compiled.program;
            self.scratch.operand_of(program, self.row, list, entry, lens.of(*operands))
        } else {
            match places.numbers.get(at.place()) {
                Some(Some(numbers)) => self.scratch.number_of(lens.of(*numbers)).copied(),
                _ => return Ok(Range::ANY),
            }
        };
        value.map(zice_exact::program::Value::range)
    }

    /// Whether no answer can change a number any more.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn is_settled(&self, at: NumberAt, lens: Lens) -> Result<bool, Overflow> {
        // Nearly always asked of the company as a whole, where nothing is copied.
        match (self.inside, self.compiled.places.numbers.get(at.place())) {
            (None, Some(Some(numbers))) => self
                .scratch
                .number_of(lens.of(*numbers))
                .map(zice_exact::program::Value::is_settled),
            _ => Ok(self.number(at, lens)?.is_settled()),
        }
    }
}
