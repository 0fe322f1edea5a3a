//! Programs of policies: what their slots mean, and what their registers say.
//!
//! The compiler of policies turns a policy's formulas into one program and
//! writes it beside them ([`code`]); linking the policy reads it
//! ([`Compiled`]). A company becomes a row and is evaluated in one pass.
//! Assessing, looking for questions and writing sentences then only read the
//! registers: nothing is evaluated twice.
//!
//! A program knows neither companies nor policies: [`Tables`] names what it
//! refers to, and [`Links`] says where that is in the dictionary.

mod registers;
mod slots;
mod tables;

pub use registers::Registers;
pub use slots::{CellSlot, ListSlots, NumberSlot, Slots, TruthSlot};
pub use tables::{ChoiceLink, ChoiceSet, Links, Tables};

pub use zice_exact::program::{Lens, Outcome};
use zice_exact::{
    members,
    program::{
        Builder, Code, ListId, MaskId, NumberId, Operand, Program, Reader, Scratch, TruthId,
    },
};

use crate::formula::FactAt;

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

    /// Makes registers for the program; nothing is evaluated yet.
    pub(crate) fn scratch(&self) -> Scratch {
        Scratch::new(&self.program)
    }

    /// Returns the list whose entries are counted, if any formula counts them.
    pub(crate) fn list(&self, fact: FactAt) -> Option<ListId> {
        self.slots.list_of(fact)
    }
}
