//! Registers: the value of each formula after a program ran.

use zice_exact::program::{Lens, ListId, Row, Scratch, Value};

use super::Compiled;
use crate::{
    formula::{ConditionAt, FactAt, NumberAt},
    fraction::Overflow,
    range::Range,
    truth::Truth,
};

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
        value.map(Value::range)
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
                self.scratch.number_of(lens.of(numbers)).map(Value::is_settled)
            }
            _ => Ok(self.number(at, lens)?.is_settled()),
        }
    }
}
