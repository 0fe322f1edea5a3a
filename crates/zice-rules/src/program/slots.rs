//! What the slots of a program mean, and a company as a row of them.

use zice_exact::program::{Dense, EntryRow, Lens, ListId, ListRow, Mask, Row, Value, WORD};

use super::Answers;
use crate::{company::Entry, formula::Cell, range::Range, truth::Truth};

/// A condition of the company. Numbers are entries of the policy's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TruthSlot {
    Fact(u16),
    Given(u16),
    HasYear(i8),
    Within(u16, String),
    OneOf(u16),
}

/// A number of the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberSlot {
    Fact(u16),
    Year(u16, i8),
    Graded(u16, Lens),
    Cell(Cell),
    AsOf,
}

/// A condition of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellSlot {
    Field(u16),
    Given(u16),
    OneOf(u16),
}

/// The slots of a list.
#[derive(Clone, Debug, Default)]
struct ListSlots {
    fact: u16,
    cells: Vec<CellSlot>,
    numbers: Vec<u16>,
}

/// What each slot of a program means.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    truths: Vec<TruthSlot>,
    numbers: Vec<NumberSlot>,
    lists: Vec<ListSlots>,
    entry_cells: Vec<CellSlot>,
    entry_numbers: Vec<u16>,
}

fn place<T: PartialEq>(table: &mut Vec<T>, slot: T) -> u16 {
    let at = table.iter().position(|known| *known == slot).unwrap_or_else(|| {
        table.push(slot);
        table.len().saturating_sub(1)
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}

impl Slots {
    pub(super) fn truth(&mut self, slot: TruthSlot) -> u16 {
        place(&mut self.truths, slot)
    }

    pub(super) fn number(&mut self, slot: NumberSlot) -> u16 {
        place(&mut self.numbers, slot)
    }

    pub(super) fn entry_cell(&mut self, slot: CellSlot) -> u16 {
        place(&mut self.entry_cells, slot)
    }

    pub(super) fn entry_number(&mut self, field: u16) -> u16 {
        place(&mut self.entry_numbers, field)
    }

    /// The place of a list, and whether it is new.
    pub(super) fn list(&mut self, fact: u16) -> (u16, bool) {
        let found = self.lists.iter().position(|list| list.fact == fact);
        let at = found.unwrap_or(self.lists.len());
        if found.is_none() {
            self.lists.push(ListSlots { fact, ..ListSlots::default() });
        }
        (u16::try_from(at).unwrap_or(u16::MAX), found.is_none())
    }

    pub(super) fn list_cell(&mut self, list: ListId, slot: CellSlot) -> u16 {
        self.lists.get_mut(list.at()).map_or(u16::MAX, |list| place(&mut list.cells, slot))
    }

    pub(super) fn list_number(&mut self, list: ListId, field: u16) -> u16 {
        self.lists.get_mut(list.at()).map_or(u16::MAX, |list| place(&mut list.numbers, field))
    }

    /// The place of a list whose entries are counted.
    pub(super) fn list_of(&self, fact: u16) -> Option<ListId> {
        let at = self.lists.iter().position(|list| list.fact == fact)?;
        u16::try_from(at).ok().map(ListId)
    }

    /// What a company says of every slot; `each` is the list whose entries are
    /// judged one by one.
    pub(super) fn bind(&self, answers: Answers<'_>, each: Option<u16>) -> Row {
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

    fn entry(
        &self,
        answers: Answers<'_>,
        entry: Option<&Entry>,
        wide: &mut Vec<Value>,
    ) -> EntryRow {
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
    fn bind(&self, answers: Answers<'_>, wide: &mut Vec<Value>) -> ListRow {
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

fn truth(answers: Answers<'_>, slot: &TruthSlot) -> Truth {
    match slot {
        TruthSlot::Fact(at) => answers.truth(*at),
        TruthSlot::Given(at) => answers.given(*at),
        TruthSlot::HasYear(year) => answers.has_year(*year),
        TruthSlot::Within(at, digits) => answers.within(*at, digits),
        TruthSlot::OneOf(at) => answers.one_of(*at, None),
    }
}

fn number(answers: Answers<'_>, slot: NumberSlot) -> Range {
    match slot {
        NumberSlot::Fact(at) => answers.number(at),
        NumberSlot::Year(at, year) => answers.year(at, year),
        NumberSlot::Graded(at, lens) => answers.graded(at, lens),
        NumberSlot::Cell(cell) => answers.cell(cell),
        NumberSlot::AsOf => answers.as_of(),
    }
}

fn cell(answers: Answers<'_>, slot: CellSlot, entry: Option<&Entry>) -> Truth {
    match slot {
        CellSlot::Field(at) => answers.field_truth(at, entry),
        CellSlot::Given(at) => answers.given_field(at, entry),
        CellSlot::OneOf(at) => answers.one_of(at, entry),
    }
}
