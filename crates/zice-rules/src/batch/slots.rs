//! What the slots of a program mean, and a company as a row of them.

use zice_exact::program::{Dense, EntryRow, Lens, ListId, ListRow, Mask, Row, Value, WORD};

use crate::{
    assess::{Evaluator, Results},
    company::{Company, Entry},
    formula::{Cell, Condition, Number},
    policy::Policy,
    range::Range,
    truth::Truth,
};

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

    /// What a company says of every slot.
    pub(super) fn bind(&self, policy: &Policy, company: &Company) -> Row {
        let results = Results::default();
        let evaluator = Evaluator { links: &policy.links, company, results: &results, entry: None };
        let mut wide = Vec::new();
        let truths = self.truths.iter().map(|slot| truth(&evaluator, slot)).collect();
        let numbers = self
            .numbers
            .iter()
            .map(|slot| Dense::of(number(&evaluator, *slot).into(), &mut wide))
            .collect();
        let lists = self.lists.iter().map(|list| list.bind(&evaluator, &mut wide)).collect();
        let mut row =
            Row { truths, numbers, lists, entries: Vec::new(), unseen: None, wide: Vec::new() };
        if let Some(each) = &policy.each {
            let (entries, more) = evaluator.list(each.list);
            for entry in entries {
                let entry = self.entry(&evaluator, Some(entry), &mut wide);
                row.entries.push(entry);
            }
            row.unseen = more.then(|| self.entry(&evaluator, None, &mut wide));
        }
        row.wide = wide;
        row
    }

    fn entry(
        &self,
        evaluator: &Evaluator<'_>,
        entry: Option<&Entry>,
        wide: &mut Vec<Value>,
    ) -> EntryRow {
        EntryRow {
            truths: self.entry_cells.iter().map(|slot| cell(evaluator, *slot, entry)).collect(),
            numbers: self
                .entry_numbers
                .iter()
                .map(|field| Dense::of(evaluator.field_number(*field, entry).into(), wide))
                .collect(),
        }
    }
}

impl ListSlots {
    fn bind(&self, evaluator: &Evaluator<'_>, wide: &mut Vec<Value>) -> ListRow {
        let (entries, more) = evaluator.list(self.fact);
        let masks = self.cells.iter().map(|slot| {
            let word = |entries: &[Entry]| {
                let mut mask = Mask::default();
                for (at, entry) in entries.iter().enumerate() {
                    mask.put(at, Ok(cell(evaluator, *slot, Some(entry))));
                }
                mask
            };
            entries.chunks(WORD).map(word).collect()
        });
        let columns = self.numbers.iter().map(|field| {
            let of = |entry| Dense::of(evaluator.field_number(*field, Some(entry)).into(), wide);
            entries.iter().map(of).collect()
        });
        ListRow { count: entries.len(), more, masks: masks.collect(), columns: columns.collect() }
    }
}

fn truth(evaluator: &Evaluator<'_>, slot: &TruthSlot) -> Truth {
    let of = |condition: &Condition| {
        evaluator.truth(condition, Lens::Worst, None).unwrap_or(Truth::Unknown)
    };
    match slot {
        TruthSlot::Fact(at) => of(&Condition::Fact(*at)),
        TruthSlot::Given(at) => of(&Condition::Given(*at)),
        TruthSlot::HasYear(year) => of(&Condition::HasYear(*year)),
        TruthSlot::Within(at, digits) => evaluator.within(*at, digits),
        TruthSlot::OneOf(at) => of(&Condition::OneOf(*at)),
    }
}

fn number(evaluator: &Evaluator<'_>, slot: NumberSlot) -> Range {
    let of = |number: Number, lens| evaluator.number(&number, lens, None).unwrap_or(Range::ANY);
    match slot {
        NumberSlot::Fact(at) => of(Number::Fact(at), Lens::Worst),
        NumberSlot::Year(at, year) => of(Number::Yearly(at, year), Lens::Worst),
        NumberSlot::Graded(at, lens) => of(Number::Graded(at), lens),
        NumberSlot::Cell(cell) => of(Number::Cell(cell), Lens::Worst),
        NumberSlot::AsOf => of(Number::AsOf, Lens::Worst),
    }
}

fn cell(evaluator: &Evaluator<'_>, slot: CellSlot, entry: Option<&Entry>) -> Truth {
    let of = |condition: Condition| {
        evaluator.truth(&condition, Lens::Worst, entry).unwrap_or(Truth::Unknown)
    };
    match slot {
        CellSlot::Field(at) => of(Condition::Field(at)),
        CellSlot::Given(at) => of(Condition::GivenField(at)),
        CellSlot::OneOf(at) => of(Condition::OneOf(at)),
    }
}
