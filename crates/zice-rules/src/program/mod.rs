//! Programs of policies, and what their registers say about one company.
//!
//! The compiler of policies turns a policy's formulas into one program and
//! writes it beside them ([`code`]); linking the policy reads it
//! ([`Compiled`]). A company becomes a row and is evaluated in one pass.
//! Assessing, looking for questions and writing sentences then only read the
//! registers: nothing is evaluated twice.

mod facts;
mod slots;

pub use facts::{Facts, listed};
pub use slots::{CellSlot, ListSlots, NumberSlot, Slots, TruthSlot};

pub use zice_exact::program::{Lens, Outcome};
use zice_exact::{
    members,
    program::{
        Builder, Code, ListId, MaskId, NumberId, Operand, Program, Reader, Row, Scratch, TruthId,
        stepped,
    },
};

use crate::{
    formula::{ConditionAt, FactAt, NumberAt},
    fraction::Overflow,
    points::PointSet,
    policy::{Basis, Measure, Tables},
    range::Range,
    truth::Truth,
};

/// The program of a policy, the meaning of its slots, and the registers of each
/// formula.
#[derive(Debug)]
pub struct Compiled {
    pub(crate) program: Program,
    slots: Slots,
    places: Vec<Place>,
}

/// The registers of a formula under the worst and the best lens. A formula
/// about entries of a list has a mask, or is calculated wherever it is
/// compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Registers of a condition on the company.
    pub truth: Option<[TruthId; 2]>,
    /// Registers of a number of the company.
    pub number: Option<[NumberId; 2]>,
    /// Registers of a condition on the entries of a list.
    pub mask: Option<[MaskId; 2]>,
    /// Operands of a number of the entries of a list.
    pub operand: Option<[Operand; 2]>,
}

members! { Place { truth, number, mask, operand } }

/// Writes a program as text: the program, the meaning of its slots, and the
/// registers of each formula in the order of the table of formulas.
pub fn code(slots: &Slots, program: Builder, verdict: [TruthId; 2], places: &[Place]) -> String {
    let mut text = program.finish(verdict);
    slots.write(&mut text);
    text.rewind();
    places.iter().for_each(|place| place.write(&mut text));
    text.finish()
}

impl Compiled {
    /// Reads the program of a number of `formulas` over these tables. Returns
    /// `None` if the text is no program, or refers to something outside the
    /// tables.
    pub(crate) fn read(code: &str, formulas: usize, tables: &Tables) -> Option<Self> {
        let mut from = Reader::new(code);
        let program = Program::read(&mut from);
        let slots = Slots::read(&mut from);
        from.rewind();
        let places = (0..formulas).map(|_| Place::read(&mut from)).collect();
        let sound = from.is_sound() && from.is_at_end() && slots.are_in(tables);
        sound.then_some(Self { program, slots, places })
    }

    /// Returns what the slots of the program mean.
    pub(crate) const fn slots(&self) -> &Slots {
        &self.slots
    }

    fn place(&self, place: usize) -> Place {
        self.places.get(place).copied().unwrap_or_default()
    }

    /// Reads what a company says about everything the formulas use.
    pub(crate) fn bind(&self, facts: Facts<'_>, each: Option<FactAt>) -> Row {
        self.slots.bind(facts, each)
    }

    /// Makes registers for the program; nothing is evaluated yet.
    pub(crate) fn scratch(&self) -> Scratch {
        Scratch::new(&self.program)
    }

    /// Returns the list whose entries are counted, if any formula counts them.
    pub(crate) fn list(&self, fact: FactAt) -> Option<ListId> {
        self.slots.list_of(fact)
    }
}

/// The registers of a company, and of one entry where its policy judges
/// entries.
#[derive(Clone, Copy, Debug)]
pub struct Registers<'a> {
    pub(crate) compiled: &'a Compiled,
    pub(crate) row: &'a Row,
    pub(crate) scratch: &'a Scratch,
    /// The entry of a counted list for which formulas are read.
    pub(crate) inside: Option<(ListId, usize)>,
}

impl<'a> Registers<'a> {
    /// Returns the list whose entries are counted, if any formula counts them.
    pub fn list(&self, fact: FactAt) -> Option<ListId> {
        self.compiled.list(fact)
    }

    /// Reads formulas for one entry of a counted list.
    pub const fn inside(self, list: ListId, entry: usize) -> Self {
        Self { inside: Some((list, entry)), ..self }
    }

    /// Returns the value of a condition under a lens.
    ///
    /// # Errors
    /// Fails when a figure in it does not fit into 128 bits.
    pub fn truth(&self, at: ConditionAt, lens: Lens) -> Result<Truth, Overflow> {
        let place = self.compiled.place(at.place());
        if let (Some((_, entry)), Some(masks)) = (self.inside, place.mask) {
            return self.scratch.mask_of(lens.of(masks), entry);
        }
        place.truth.map_or(Ok(Truth::Unknown), |it| self.scratch.truth_of(lens.of(it)))
    }

    /// Returns the points that a basis can bring under a lens.
    ///
    /// # Errors
    /// Fails when a figure in it does not fit into 128 bits.
    pub fn points(&self, basis: &Basis, lens: Lens) -> Result<PointSet, Overflow> {
        Ok(match &basis.measure {
            Measure::Banded(banded) => {
                let value = self.number(banded.value, lens)?.into();
                stepped(&banded.steps(), &value, lens)
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

    /// Returns the value of a number under a lens.
    ///
    /// # Errors
    /// Fails when it does not fit into 128 bits.
    pub fn number(&self, at: NumberAt, lens: Lens) -> Result<Range, Overflow> {
        let place = self.compiled.place(at.place());
        let value = match (self.inside, place.operand, place.number) {
            (Some((list, entry)), Some(operands), _) => {
                let program = &self.compiled.program;
                self.scratch.operand_of(program, self.row, list, entry, lens.of(operands))
            }
            (_, _, Some(numbers)) => self.scratch.number_of(lens.of(numbers)).copied(),
            _ => return Ok(Range::ANY),
        };
        value.map(zice_exact::program::Value::range)
    }

    /// Whether no answer can change a number any more.
    ///
    /// # Errors
    /// Fails when it does not fit into 128 bits.
    pub fn is_settled(&self, at: NumberAt, lens: Lens) -> Result<bool, Overflow> {
        // This is nearly always asked about the company as a whole, where
        // nothing needs to be copied.
        match (self.inside, self.compiled.place(at.place()).number) {
            (None, Some(numbers)) => {
                self.scratch.number_of(lens.of(numbers)).map(zice_exact::program::Value::is_settled)
            }
            _ => Ok(self.number(at, lens)?.is_settled()),
        }
    }
}
