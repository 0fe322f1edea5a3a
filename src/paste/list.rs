//! Rows as entries of a list: which column is which field, and what its cells
//! say.

use serde_json::{Map, Value};
use zice_rules::{
    dictionary::{Fact, Kind},
    text::spelling,
};

use super::{
    cell::{Cell, Order, Own, Reader, days, is_known, is_number, is_one_of},
    common, goes_by, own_unit, rows,
};
use crate::words;

/// Heads are looked for this far down; titles stand above them.
const HEADS_WITHIN: usize = 15;
/// What is said of a column that is not used.
pub const IGNORED: &str = "-";
/// What is said of one of which nothing is known after all.
pub const OPEN: &str = "?";

/// What the user said about columns, the last one counting: the position of a
/// field, [`IGNORED`], [`OPEN`], or the order of its days.
pub type Corrections = Vec<(usize, String)>;

/// A column of the pasted table.
#[derive(Debug, Default)]
pub struct Column {
    /// Its head as pasted.
    pub head: String,
    /// The field it stands for, by position in the fact.
    pub field: Option<usize>,
    /// Whether the user said that it is not used.
    pub ignored: bool,
    /// Another column stands for the same field: neither is read.
    pub twice: bool,
    /// A unit nobody knows: its figures are not read.
    pub odd_unit: bool,
    /// Days of it that can be read in several ways: as pasted, and as read so.
    pub asks: Vec<(Order, String, String)>,
    /// What the user said to that.
    pub order: Option<Order>,
}

/// A row below the head.
#[derive(Debug)]
pub struct Row {
    /// As pasted.
    pub texts: Vec<String>,
    pub cells: Vec<Cell>,
    /// The entry it makes; nothing where no cell says anything, and for sums.
    pub entry: Option<Value>,
}

/// A pasted table as it was understood.
#[derive(Debug, Default)]
pub struct Reading {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// So many entries would be added.
    pub count: usize,
    /// So many cells of those were not understood and are left out.
    pub marked: usize,
}

/// Reads a text as entries of `fact`. Columns are matched with the fields at
/// these positions.
pub fn read(
    text: &str,
    fact: &Fact,
    fields: &[usize],
    own: &Own<'_>,
    said: &Corrections,
) -> Reading {
    let mut rows = rows(text);
    let mut names = Vec::with_capacity(fields.len());
    for at in fields {
        names.push((
            *at,
            fact.fields.get(*at).map(zice_rules::dictionary::Field::names).unwrap_or_default(),
        ));
    }
    let named =
        |cell: &str| names.iter().find(|(_, names)| goes_by(cell, names)).map(|(at, _)| *at);
    // The head is the row in which most fields are named, the first of them.
    let (mut body, mut most) = (0, 0);
    for (at, row) in rows.iter().take(HEADS_WITHIN).enumerate() {
        let count = row.iter().filter(|cell| named(cell).is_some()).count();
        if count > most {
            (body, most) = (at + 1, count);
        }
    }
    let data = rows.split_off(body);
    let common = common(&rows).map(str::to_owned);
    let heads = rows.pop().unwrap_or_default();
    let mut columns = Vec::new();
    for at in 0..data.first().map_or(0, Vec::len) {
        let mut column =
            Column { head: heads.get(at).cloned().unwrap_or_default(), ..Column::default() };
        column.field =
            if body > 0 { named(&column.head) } else { by_content(&data, at, fact, fields, own) };
        for (_, word) in said.iter().filter(|(column, _)| *column == at) {
            match word.parse() {
                Ok(field) => (column.field, column.ignored) = (Some(field), false),
                _ if word == IGNORED || word == OPEN => {
                    (column.field, column.ignored) = (None, word == IGNORED);
                }
                _ => column.order = word.chars().next(),
            }
        }
        columns.push(column);
    }
    let taken: Vec<Option<usize>> = columns.iter().map(|column| column.field).collect();
    let mut reading = Reading::default();
    for texts in data {
        let sum = texts.iter().any(|text| is_one_of(&spelling(text), &words::SUM_WORDS));
        let cells = texts.iter().map(|_| Cell::Nothing).collect();
        reading.rows.push(Row { texts, cells, entry: (!sum).then(|| Value::Object(Map::new())) });
    }
    // Field by field, so that the entries name them in the dictionary's order.
    for (field_at, names) in &names {
        let Some(field) = fact.fields.get(*field_at) else { continue };
        let Some(at) = taken.iter().position(|it| *it == Some(*field_at)) else { continue };
        let twice = taken.iter().filter(|it| **it == Some(*field_at)).count() > 1;
        if twice {
            let same = columns.iter_mut().filter(|it| it.field == Some(*field_at));
            same.for_each(|column| column.twice = true);
            continue;
        }
        let Some(column) = columns.get_mut(at) else { continue };
        let named = own_unit(&column.head, names);
        let money = common.as_deref().filter(|_| field.kind == Kind::Money);
        let mut reader = Reader::new(field, named.or(money).unwrap_or(""), own);
        reader.order = column.order;
        column.odd_unit = is_number(field.kind) && !is_known(reader.unit, field.kind);
        for row in &mut reading.rows {
            let (Some(text), Some(cell)) = (row.texts.get(at), row.cells.get_mut(at)) else {
                continue;
            };
            *cell = reader.read(text);
            if let (Cell::Is(value), Some(Value::Object(entry))) = (&*cell, &mut row.entry) {
                entry.insert(field.id.clone(), value.clone());
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
    for row in &mut reading.rows {
        row.entry =
            row.entry.take().filter(|entry| entry.as_object().is_some_and(|it| !it.is_empty()));
        if row.entry.is_some() {
            reading.count += 1;
            let marked = row.cells.iter().filter(|it| matches!(it, Cell::Marked | Cell::Asks));
            reading.marked += marked.count();
        }
    }
    reading.columns = columns;
    reading
}

/// Without a head only choices tell a column, where every cell is one of one
/// single field: a day may be any day.
fn by_content(
    rows: &[Vec<String>],
    column: usize,
    fact: &Fact,
    fields: &[usize],
    own: &Own<'_>,
) -> Option<usize> {
    let mut fitting = None;
    for at in fields {
        let field = fact.fields.get(*at).filter(|field| field.kind == Kind::Enum);
        let Some(field) = field else { continue };
        let reader = Reader::new(field, "", own);
        let mut any = false;
        let fits = rows.iter().filter_map(|row| row.get(column)).all(|cell| {
            any |= !cell.is_empty();
            cell.is_empty() || matches!(reader.read(cell), Cell::Is(_))
        });
        if fits && any {
            if fitting.is_some() {
                return None;
            }
            fitting = Some(*at);
        }
    }
    fitting
}
