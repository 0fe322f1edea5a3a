//! What the slots of a program mean.

use zice_exact::{
    letters, members,
    program::{Code, Lens, ListId, Reader, Writer},
};

use super::Tables;
use crate::formula::{Cell, ChoicesAt, FactAt, FieldAt};

/// A condition of the company. Indices refer to the policy's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TruthSlot {
    /// The value of a yes-or-no fact.
    Fact(FactAt),
    /// Whether a fact was answered.
    Given(FactAt),
    /// Whether the company existed in a fiscal year, given as an offset from
    /// the year of application.
    HasYear(i8),
    /// Whether a text begins with these digits.
    Within(FactAt, String),
    /// Whether the choice made for a fact is in a set.
    OneOf(ChoicesAt),
}

/// A number of the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberSlot {
    /// The value of a fact without years.
    Fact(FactAt),
    /// A yearly fact in a fiscal year, given as an offset from the year of
    /// application.
    Year(FactAt, i8),
    /// Points the company gives itself, as a strict or a generous expert would
    /// take them.
    Graded(FactAt, Lens),
    /// One figure of one side in one year.
    Cell(Cell),
    /// Day number of the day of application.
    AsOf,
}

/// A condition of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellSlot {
    /// The value of a yes-or-no field.
    Field(FieldAt),
    /// Whether a field of an object is filled in.
    Given(FieldAt),
    /// Whether the choice made for a field is in a set.
    OneOf(ChoicesAt),
}

/// The slots of a list whose entries are counted.
#[derive(Clone, Debug)]
pub struct ListSlots {
    /// The list, an index into the table of facts.
    pub fact: FactAt,
    /// Conditions of its entries.
    pub cells: Vec<CellSlot>,
    /// Fields of its entries that are numbers.
    pub numbers: Vec<FieldAt>,
}

/// The meaning of each slot of a program.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// Conditions of the company, in the order of
    /// [`Row::truths`](zice_exact::program::Row::truths).
    pub truths: Vec<TruthSlot>,
    /// Numbers of the company, in the order of
    /// [`Row::numbers`](zice_exact::program::Row::numbers).
    pub numbers: Vec<NumberSlot>,
    /// Lists whose entries are counted.
    pub lists: Vec<ListSlots>,
    /// Conditions of the entry that is judged.
    pub entry_cells: Vec<CellSlot>,
    /// Number fields of the entry that is judged.
    pub entry_numbers: Vec<FieldAt>,
}

macro_rules! places {
    ($($name:ident)*) => {$(
        impl Code for $name {
            fn write(&self, to: &mut Writer) {
                to.number(self.place());
            }

            fn read(from: &mut Reader<'_>) -> Self {
                Self::new(Code::read(from))
            }
        }
    )*};
}

places! { FactAt FieldAt ChoicesAt }

letters! {
    TruthSlot { b'f' Fact(at), b'g' Given(at), b'y' HasYear(year), b'w' Within(at, digits), b'o' OneOf(at) }
    NumberSlot { b'f' Fact(at), b'y' Year(at, year), b'g' Graded(at, lens), b'c' Cell(cell), b'd' AsOf }
    CellSlot { b'f' Field(at), b'g' Given(at), b'o' OneOf(at) }
}

members! {
    Cell { fact, year, side, field }
    ListSlots { fact, cells, numbers }
    Slots { truths, numbers, lists, entry_cells, entry_numbers }
}

impl CellSlot {
    fn is_in(self, tables: &Tables) -> bool {
        match self {
            Self::Field(at) | Self::Given(at) => at.place() < tables.fields.len(),
            Self::OneOf(at) => at.place() < tables.choices.len(),
        }
    }
}

impl Slots {
    /// Whether every slot refers to something in the tables.
    pub(super) fn are_in(&self, tables: &Tables) -> bool {
        let fact = |at: FactAt| at.place() < tables.facts.len();
        let field = |at: &FieldAt| at.place() < tables.fields.len();
        let truth = |slot: &TruthSlot| match slot {
            TruthSlot::Fact(at) | TruthSlot::Given(at) | TruthSlot::Within(at, _) => fact(*at),
            TruthSlot::OneOf(at) => at.place() < tables.choices.len(),
            TruthSlot::HasYear(_) => true,
        };
        let number = |slot: &NumberSlot| match slot {
            NumberSlot::Fact(at) | NumberSlot::Year(at, _) | NumberSlot::Graded(at, _) => fact(*at),
            NumberSlot::Cell(cell) => fact(cell.fact) && field(&cell.field),
            NumberSlot::AsOf => true,
        };
        let entries = |cells: &[CellSlot], numbers: &[FieldAt]| {
            cells.iter().all(|slot| slot.is_in(tables)) && numbers.iter().all(field)
        };
        self.truths.iter().all(truth)
            && self.numbers.iter().all(number)
            && entries(&self.entry_cells, &self.entry_numbers)
            && self.lists.iter().all(|it| fact(it.fact) && entries(&it.cells, &it.numbers))
    }

    /// Returns the list whose entries are counted.
    pub(super) fn list_of(&self, fact: FactAt) -> Option<ListId> {
        let at = self.lists.iter().position(|list| list.fact == fact)?;
        u16::try_from(at).ok().map(ListId)
    }
}
