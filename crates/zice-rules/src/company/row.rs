//! A company as a row of a program: what it says about everything the formulas
//! use.

use zice_exact::program::{Dense, EntryRow, ListRow, Mask, Row, Value, WORD};

use super::{Entry, Facts};
use crate::{
    formula::FactAt,
    program::{CellSlot, Compiled, ListSlots, NumberSlot, Slots, TruthSlot},
    range::Range,
    truth::Truth,
};

impl Compiled {
    /// Reads what a company says about everything the formulas use.
    pub(crate) fn bind(&self, facts: Facts<'_>, each: Option<FactAt>) -> Row {
        self.slots().bind(facts, each)
    }
}

impl Slots {
    /// Fills every slot with what a company says. `each` is the list whose
    /// entries are judged one by one.
    fn bind(&self, answers: Facts<'_>, each: Option<FactAt>) -> Row {
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
