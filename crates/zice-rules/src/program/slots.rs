//! What the slots of a program mean, and how a company fills them.

use zice_exact::{
    letters, members,
    program::{
        Code, Dense, EntryRow, Lens, ListId, ListRow, Mask, Reader, Row, Value, WORD, Writer,
    },
};

use super::Facts;
use crate::{
    company::Entry,
    formula::{Cell, ChoicesAt, FactAt, FieldAt},
    policy::Tables,
    range::Range,
    truth::Truth,
};

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
    /// Conditions of the company.
    pub truths: Vec<TruthSlot>,
    /// Numbers of the company.
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

    /// Fills every slot with what a company says. `each` is the list whose
    /// entries are judged one by one.
    pub(super) fn bind(&self, answers: Facts<'_>, each: Option<FactAt>) -> Row {
        let mut wide = Vec::new();
        let truths = self.truths.iter().map(|slot| truth(answers, slot)).collect();
        let numbers = self
            .numbers
            .iter()
            .map(|slot| Dense::of(number(answers, *slot).into(), &mut wide))
            .collect();
        let lists = self.lists.iter().map(|list| list.bind(answers, &mut wide)).collect();
        let mut row =
            Row { truths, numbers, lists, entries: Vec::new(), unseen: None, wide: Vec::new() };
        if let Some(each) = each {
            let (entries, more) = answers.list(each);
            row.entries.reserve(entries.len());
            for entry in entries {
                let entry = self.entry(answers, Some(entry), &mut wide);
                row.entries.push(entry);
            }
            row.unseen = more.then(|| self.entry(answers, None, &mut wide));
        }
        row.wide = wide;
        row
    }

    fn entry(&self, answers: Facts<'_>, entry: Option<&Entry>, wide: &mut Vec<Value>) -> EntryRow {
        EntryRow {
            truths: self.entry_cells.iter().map(|slot| cell(answers, *slot, entry)).collect(),
            numbers: self
                .entry_numbers
                .iter()
                .map(|field| Dense::of(answers.field_number(*field, entry).into(), wide))
                .collect(),
        }
    }
}

impl ListSlots {
    fn bind(&self, answers: Facts<'_>, wide: &mut Vec<Value>) -> ListRow {
        let (entries, more) = answers.list(self.fact);
        let masks = self.cells.iter().map(|slot| {
            let word = |entries: &[Entry]| {
                let mut mask = Mask::default();
                for (at, entry) in entries.iter().enumerate() {
                    mask.put(at, Ok(cell(answers, *slot, Some(entry))));
                }
                mask
            };
            entries.chunks(WORD).map(word).collect()
        });
        let columns = self.numbers.iter().map(|field| {
            let of = |entry| Dense::of(answers.field_number(*field, Some(entry)).into(), wide);
            entries.iter().map(of).collect()
        });
        ListRow { count: entries.len(), more, masks: masks.collect(), columns: columns.collect() }
    }
}

fn truth(answers: Facts<'_>, slot: &TruthSlot) -> Truth {
    match slot {
        TruthSlot::Fact(at) => answers.truth(*at),
        TruthSlot::Given(at) => answers.given(*at),
        TruthSlot::HasYear(year) => answers.has_year(*year),
        TruthSlot::Within(at, digits) => answers.within(*at, digits),
        TruthSlot::OneOf(at) => answers.one_of(*at, None),
    }
}

fn number(answers: Facts<'_>, slot: NumberSlot) -> Range {
    match slot {
        NumberSlot::Fact(at) => answers.number(at),
        NumberSlot::Year(at, year) => answers.year(at, year),
        NumberSlot::Graded(at, lens) => answers.graded(at, lens),
        NumberSlot::Cell(cell) => answers.cell(cell),
        NumberSlot::AsOf => answers.as_of(),
    }
}

fn cell(answers: Facts<'_>, slot: CellSlot, entry: Option<&Entry>) -> Truth {
    match slot {
        CellSlot::Field(at) => answers.field_truth(at, entry),
        CellSlot::Given(at) => answers.given_field(at, entry),
        CellSlot::OneOf(at) => answers.one_of(at, entry),
    }
}
