//! The units of a whole table: lines that name one for all amounts, and cells
//! that name one for their line.

use zice_rules::text::spelling;

use crate::{
    figure::is_figure,
    label::Book,
    unit::{self, UnitLine},
    words,
};

/// What a whole table says of units.
pub struct Units {
    /// The first that stands outside of the lines.
    pub named: Option<UnitLine>,
    /// What counts from the first line on because it stands below the last one.
    /// A unit between two tables is that of the second: which the first is in
    /// is not known.
    pub from_below: Option<UnitLine>,
    /// Some line has a unit of its own.
    pub beside: bool,
}

impl Units {
    pub fn of(rows: &[Vec<String>], book: &Book) -> Self {
        let is_line = |row: &&Vec<String>| row.iter().any(|cell| is_name(cell, book));
        let first = rows.iter().position(|row| is_line(&row));
        let last = rows.iter().rposition(|row| is_line(&row));
        let named = rows.iter().enumerate().filter(|(_, row)| !is_line(row));
        let mut all = named.filter_map(|(at, row)| Some((at, unit::of_row(row)?)));
        let named = all.next().map(|(at, line)| {
            // Two different ones above the figures are none that is known.
            let before = |other: &usize| first.is_some_and(|first| at < first && *other < first);
            let same = all.all(|(other, it)| !before(&other) || it.name == line.name);
            (at, UnitLine { name: line.name.filter(|_| same), ..line })
        });
        let beside = rows.iter().filter(is_line).any(|row| own_unit(row, book).is_some());
        let from_below = named.clone().and_then(|(at, line)| match (first, last) {
            (Some(first), Some(last)) if at > first => {
                Some(if at > last { line } else { UnitLine { name: None, ..line } })
            }
            _ => None,
        });
        Self { named: named.map(|(_, line)| line), from_below, beside }
    }
}

/// Whether a cell is the name of a fact, or of a part or look-alike of one.
fn is_name(text: &str, book: &Book) -> bool {
    !is_figure(text) && !book.find(text).is_empty()
}

/// The unit that a cell of a line names beside its name and figures; two
/// different ones are none that is known.
pub fn own_unit(row: &[String], book: &Book) -> Option<Option<&'static str>> {
    let units = row.iter().filter(|cell| !is_figure(cell) && !is_name(cell, book));
    let mut found: Option<Option<&'static str>> = None;
    for line in units.filter_map(|cell| unit::line(cell, None)) {
        found = Some(match found {
            Some(other) if other != line.name => None,
            _ => line.name,
        });
    }
    found
}

/// Whether a cell is nothing but a unit, of money or of something else.
pub fn is_unit(text: &str) -> bool {
    unit::bare(text).is_some() || words::is_one_of(&spelling(text), words::COUNT) || text == "%"
}
