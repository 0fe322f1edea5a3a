//! Rows as entries of a list: which column is which field, and what its cells
//! say.

mod announcement;
mod duplicates;
mod entries;
mod entry;
mod heads;
mod kind;
mod notes;
mod reading;
mod status;

pub(crate) use heads::Names;
pub use reading::{Column, Question, Reading, Row, Said, told};
pub use status::is_in_force;

use serde_json::Value;
use zice_rules::{
    dictionary::{Fact, Field, Kind},
    text::spelling,
};

use self::{entries::Entries, heads::Head};
use crate::{
    cell::{Cell, Own, Reader, is_known, is_number},
    day::days,
    rows, unit, words,
};

/// Reads a pasted text as entries of a list.
pub fn read(text: &str, fact: &Fact, own: &Own<'_>, said: &[Said]) -> Reading {
    read_rows(rows(text), fact, own, said)
}

/// Reads rows of cells as entries of a list.
pub fn read_rows(mut rows: Vec<Vec<String>>, fact: &Fact, own: &Own<'_>, said: &[Said]) -> Reading {
    let names = Names::of(fact);
    let body = names.row(&rows).0.map_or(0, |at| at + 1);
    let data = rows.split_off(body.min(rows.len()));
    let mut reading = Reading {
        above: body,
        unit: unit::of_titles(rows.get(..body.saturating_sub(1)).unwrap_or(&[])),
        ..Reading::default()
    };
    let head_row = rows.pop().unwrap_or_default();
    let width = data.iter().chain([&head_row]).map(Vec::len).max().unwrap_or(0);
    let mut heads = Vec::with_capacity(width);
    for at in 0..width {
        let text = head_row.get(at).cloned().unwrap_or_default();
        let (column, head) = column(text, at, &data, (body > 0).then_some(&names), fact, own, said);
        reading.columns.push(column);
        heads.push(head);
    }
    if body > 0
        && let Some((at, field)) = heads::numbers(&data, &heads, fact)
        && let (Some(column), Some(head)) = (reading.columns.get_mut(at), heads.get_mut(at))
        && !column.ignored
    {
        (column.field, column.other, *head) = (Some(field), false, Head::Field(field));
    }
    for texts in data {
        let sum = texts.iter().any(|text| words::is_one_of(&spelling(text), words::SUM));
        let cells = vec![Cell::Nothing; texts.len()];
        reading.rows.push(Row { texts, cells, sum, ..Row::default() });
    }
    if reading.columns.iter().all(|it| it.field.is_none()) {
        reading.concern(&heads, fact, own);
        return reading;
    }
    let name = reading.owner(fact, own, said);
    let own = Own { name: name.as_deref().unwrap_or(own.name), ..*own };
    for (at, field) in fact.fields.iter().enumerate() {
        reading.read_field(at, field, &names, &own, said);
    }
    reading.concern(&heads, fact, &own);
    let above: Vec<&str> = rows.iter().flatten().map(String::as_str).collect();
    let heads: Vec<&str> = head_row.iter().map(String::as_str).collect();
    let entries = Entries::of(fact, &own, &above, &heads, said);
    entries.fill(&mut reading);
    reading.ask(fact, said);
    reading
}

/// A column by its head, or without heads by what stands in it, and what the
/// user said of it.
fn column(
    head: String,
    at: usize,
    data: &[Vec<String>],
    names: Option<&Names>,
    fact: &Fact,
    own: &Own<'_>,
    said: &[Said],
) -> (Column, Head) {
    let mut means = match names {
        Some(names) => names.head(&head),
        None => heads::by_content(data, at, fact, own).map_or(Head::Unknown, Head::Field),
    };
    let spellings = heads::spellings(&head);
    let remarks = spellings.iter().any(|it| words::is_one_of(it, words::REMARK));
    let mut column = Column { head, spellings, remarks, ..Column::default() };
    for one in said {
        match one {
            Said::Field(of, field) if *of == at => means = Head::Field(*field),
            Said::Ignored(of) if *of == at => means = Head::Other,
            Said::Open(of) if *of == at => means = Head::Unknown,
            Said::Order(of, order) if *of == at => column.order = Some(*order),
            _ => {}
        }
        if matches!(one, Said::Field(of, _) | Said::Ignored(of) | Said::Open(of) if *of == at) {
            column.ignored = matches!(one, Said::Ignored(_));
        }
    }
    column.other = means == Head::Other;
    if let Head::Asks(field) = means {
        column.looks_like = Some(field);
    }
    (column.field, column.granted) = match means {
        Head::Field(field) => (Some(field), false),
        Head::Granted(field) => (Some(field), true),
        _ => (None, false),
    };
    (column, means)
}

impl Reading {
    /// Reads the cells of all columns of a field.
    fn read_field(
        &mut self,
        at: usize,
        field: &Field,
        names: &Names,
        own: &Own<'_>,
        said: &[Said],
    ) {
        let columns = self.columns_of(at);
        // Statuses are put together, and numbers of one right do not exclude
        // each other. Any other two columns must say the same.
        let differ = columns.len() > 1
            && field.id != "status"
            && field.id != "number"
            && self.rows.iter().any(|row| {
                let mut texts = columns.iter().filter_map(|at| row.texts.get(*at));
                let first = texts.next().map(|it| spelling(it));
                texts.any(|it| Some(spelling(it)) != first)
            });
        for column_at in columns {
            if differ {
                self.columns
                    .iter_mut()
                    .filter(|it| it.field == Some(at))
                    .for_each(|it| it.twice = true);
                return;
            }
            self.read_column(column_at, field, names.field(at), own, said);
        }
    }

    fn read_column(
        &mut self,
        at: usize,
        field: &Field,
        names: &[String],
        own: &Own<'_>,
        said: &[Said],
    ) {
        let given = said.iter().rev().find_map(|one| match one {
            Said::Unit(unit) => Some(*unit),
            _ => None,
        });
        let heads = || self.columns.iter().map(|it| unit::in_head(&it.head).1);
        // Beside a head that names a unit, one that names none may go without.
        let beside = self.unit.is_none() && heads().flatten().any(|it| unit::money(it).is_some());
        let Some(column) = self.columns.get(at) else { return };
        let head = column.head.clone();
        let named = unit::of_label(&head, names);
        let money = field.kind == Kind::Money;
        let (unit, odd) = match (named, &self.unit) {
            (Some(named), _) if !money || unit::money(named).is_some() => (named, false),
            (Some(_), _) if given.is_none() => ("", true),
            (None, _) if !money => ("", false),
            (None, Some(line)) if line.name.is_some() => (line.name.unwrap_or(""), false),
            (_, line) => match given {
                Some(given) => (given.name(), false),
                None => ("", line.is_some() || beside),
            },
        };
        let mut reader = Reader::new(field, unit, own);
        let Some(column) = self.columns.get_mut(at) else { return };
        reader.order = column.order;
        column.odd_unit = odd || is_number(field.kind) && !is_known(unit, field.kind);
        for row in &mut self.rows {
            let (Some(text), Some(cell)) = (row.texts.get(at), row.cells.get_mut(at)) else {
                continue;
            };
            *cell = reader.read(text);
            if column.odd_unit && *cell != Cell::Nothing {
                *cell = Cell::Unclear;
            }
            if field.kind == Kind::Date {
                for (order, day) in days(text) {
                    let Some(order) = order else { continue };
                    if column.asks.iter().all(|it| it.0 != order) {
                        column.asks.push((order, text.clone(), day.to_string()));
                    }
                }
            }
        }
    }

    /// Which fields the columns that were not recognised may be about.
    fn concern(&mut self, heads: &[Head], fact: &Fact, own: &Own<'_>) {
        let free: Vec<usize> =
            (0..fact.fields.len()).filter(|at| self.columns_of(*at).is_empty()).collect();
        let mut data: Vec<Vec<String>> =
            self.rows.iter().filter(|row| !row.sum).map(|row| row.texts.clone()).collect();
        for row in &mut data {
            for (text, _) in row.iter_mut().zip(&self.columns).filter(|(_, it)| it.remarks) {
                if words::is_silent(text) {
                    text.clear();
                }
            }
        }
        for (at, (column, head)) in self.columns.iter_mut().zip(heads).enumerate() {
            if !column.ignored {
                let concerns =
                    heads::concerned(&data, at, *head, fact, &free, own, &column.spellings);
                column.concerns = concerns;
            }
        }
    }

    /// The name under which the table calls the company, if the user said so;
    /// else who is named is asked.
    fn owner(&mut self, fact: &Fact, own: &Own<'_>, said: &[Said]) -> Option<String> {
        for (at, field) in fact.fields.iter().enumerate() {
            let reader = Reader::new(field, "", own);
            if !reader.knows_company() {
                continue;
            }
            let mut counts: Vec<(&str, usize)> = Vec::new();
            let columns = self.columns_of(at);
            for (row, column) in
                self.rows.iter().flat_map(|row| columns.iter().map(move |at| (row, at)))
            {
                let Some(text) = row.texts.get(*column).filter(|_| !row.sum) else { continue };
                if reader.read(text) == Cell::Unclear {
                    match counts.iter_mut().find(|(name, _)| spelling(name) == spelling(text)) {
                        Some((_, count)) => *count += 1,
                        None => counts.push((text, 1)),
                    }
                }
            }
            let mut most: Option<(&str, usize)> = None;
            for (name, count) in counts {
                if most.is_none_or(|(_, other)| count > other) {
                    most = Some((name, count));
                }
            }
            let (Some((name, _)), Some(column)) = (most, columns.first()) else { continue };
            let name = name.to_owned();
            let answer = said.iter().rev().find_map(|one| match one {
                Said::Us(us) => Some(*us),
                _ => None,
            });
            match answer {
                Some(true) => return Some(name),
                Some(false) => {}
                None => self.questions.push(Question::Owner { column: *column, name }),
            }
        }
        None
    }

    /// What is left to be asked for all rows at once.
    fn ask(&mut self, fact: &Fact, said: &[Said]) {
        for (at, field) in fact.fields.iter().enumerate() {
            let lacks = |row: &Row| {
                let value = row.entry.as_ref().and_then(|entry| entry.get(&field.id));
                row.entry.is_some() && value.is_none_or(Value::is_null)
            };
            let choice = field.required && matches!(field.kind, Kind::Enum | Kind::Bool);
            if choice && self.columns_of(at).is_empty() && self.rows.iter().any(lacks) {
                self.questions.push(Question::All { field: at });
            }
        }
        let money = |column: &Column| {
            column.field.and_then(|at| fact.fields.get(at)).is_some_and(|it| it.kind == Kind::Money)
        };
        let unnamed =
            |it: &Column| unit::in_head(&it.head).1.is_none_or(|it| unit::money(it).is_none());
        let known = self.unit.as_ref().is_some_and(|it| it.name.is_some());
        let given = said.iter().any(|one| matches!(one, Said::Unit(_)));
        if !known && !given && self.columns.iter().any(|it| money(it) && unnamed(it)) {
            let text = self.unit.as_ref().map(|it| it.text.clone());
            self.questions.push(Question::Unit { text });
        }
        for (at, column) in self.columns.iter().enumerate() {
            if !column.asks.is_empty() && column.order.is_none() {
                self.questions.push(Question::Days { column: at });
            }
        }
        self.count = self.rows.iter().filter(|row| row.entry.is_some()).count();
        let cells = self.rows.iter().filter(|row| row.entry.is_some()).flat_map(|row| &row.cells);
        self.marked = cells.filter(|it| matches!(it, Cell::Unclear | Cell::Asks)).count();
    }
}
