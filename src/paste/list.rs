//! Rows as entries of a list: which column is which field, and what its cells
//! say.

use serde_json::{Map, Value};
use zice_rules::{
    dictionary::{Fact, Kind},
    text::spelling,
};

use super::{
    cell::{Cell, Order, Reader, days, factor},
    goes_by, rows, unit,
};
use crate::words;

/// Heads are looked for this far down; titles stand above them.
const HEADS_WITHIN: usize = 15;

/// What the user said about columns.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    /// The field of a column, or that it is not used.
    pub fields: Vec<(usize, Option<usize>)>,
    /// How its days are read.
    pub orders: Vec<(usize, Option<Order>)>,
}

/// A column of the pasted table.
#[derive(Clone, Debug, Default)]
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
#[derive(Clone, Debug)]
pub struct Row {
    /// As pasted.
    pub texts: Vec<String>,
    pub cells: Vec<Cell>,
    /// The entry it makes; nothing where no cell says anything, and for sums.
    pub entry: Option<Value>,
}

/// A pasted table as it was understood.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Reading {
    /// The entries that would be added.
    pub fn entries(&self) -> impl Iterator<Item = &Value> {
        self.rows.iter().filter_map(|row| row.entry.as_ref())
    }

    /// Cells of those that are left out because they were not understood.
    pub fn marked(&self) -> usize {
        let rows = self.rows.iter().filter(|row| row.entry.is_some());
        rows.flat_map(|row| &row.cells).filter(|cell| !is_read(cell)).count()
    }
}

fn is_read(cell: &Cell) -> bool {
    matches!(cell, Cell::Nothing | Cell::Is(_))
}

/// Reads a text as entries of `fact`. Columns are matched with the fields at
/// these positions; `company` is the company's own name.
pub fn read(
    text: &str,
    fact: &Fact,
    fields: &[usize],
    company: &str,
    said: &Corrections,
) -> Reading {
    let mut rows = rows(text);
    let width = rows.first().map_or(0, Vec::len);
    let names: Vec<(usize, Vec<String>)> =
        fields.iter().filter_map(|at| Some((*at, fact.fields.get(*at)?.names()))).collect();
    let named = |cell: &String| {
        let found = names.iter().find(|(_, names)| !cell.is_empty() && goes_by(cell, names));
        found.map(|(at, _)| *at)
    };
    // The head is the row in which most fields are named, the first of them.
    let (mut head, mut most) = (None, 0);
    for (at, row) in rows.iter().take(HEADS_WITHIN).enumerate() {
        let count = row.iter().filter(|cell| named(cell).is_some()).count();
        if count > most {
            (head, most) = (Some(at), count);
        }
    }
    let body = head.map_or(0, |at| at + 1);
    let data = rows.split_off(body);
    let heads = rows.pop().unwrap_or_default();
    // 单位：万元 above the table is said of all amounts in it.
    let titles = rows.iter().flatten();
    let common = titles.filter_map(|cell| unit(cell).1).find(|it| is_money(it));
    let mut columns = Vec::with_capacity(width);
    for at in 0..width {
        let head = heads.get(at).cloned().unwrap_or_default();
        let corrected = said.fields.iter().rev().find(|(column, _)| *column == at);
        let found = || match body {
            0 => by_content(&data, at, fact, fields, company),
            _ => named(&head),
        };
        let field = corrected.map_or_else(found, |(_, field)| *field);
        let order = said.orders.iter().rev().find(|(column, _)| *column == at);
        columns.push(Column {
            field,
            ignored: corrected.is_some_and(|(_, field)| field.is_none()),
            order: order.and_then(|(_, order)| *order),
            head,
            ..Column::default()
        });
    }
    let taken: Vec<usize> = columns.iter().filter_map(|column| column.field).collect();
    let mut readers = Vec::with_capacity(width);
    for column in &mut columns {
        let field = column.field.and_then(|at| fact.fields.get(at));
        column.twice = taken.iter().filter(|at| Some(**at) == column.field).count() > 1;
        let reader = field.filter(|_| !column.twice).map(|field| {
            let own = unit(&column.head).1.filter(|_| !goes_by_whole(&column.head, &field.names()));
            let common = common.filter(|_| field.kind == Kind::Money);
            let mut reader = Reader::new(field, own.or(common), company);
            reader.order = column.order;
            column.odd_unit = reader.factor.is_none() && reader.is_number();
            reader
        });
        readers.push(reader);
    }
    let rows = data.into_iter().map(|texts| {
        let cells = texts.iter().zip(&readers).map(|(text, reader)| {
            reader.as_ref().map_or(Cell::Nothing, |reader| reader.read(text))
        });
        let cells: Vec<Cell> = cells.collect();
        let mut entry = Map::new();
        for at in fields {
            let cell = columns.iter().zip(&cells).find(|(column, _)| column.field == Some(*at));
            if let (Some((_, Cell::Is(value))), Some(field)) = (cell, fact.fields.get(*at)) {
                entry.insert(field.id.clone(), value.clone());
            }
        }
        let sum = texts.iter().any(|text| {
            let spelled = spelling(text);
            words::SUM_WORDS.both().iter().any(|all| all.split(' ').any(|it| it == spelled))
        });
        let entry = (!entry.is_empty() && !sum).then_some(Value::Object(entry));
        Row { texts, cells, entry }
    });
    let rows: Vec<Row> = rows.collect();
    for (at, column) in columns.iter_mut().enumerate() {
        if readers.get(at).and_then(Option::as_ref).is_some_and(|it| it.kind == Kind::Date) {
            column.asks = asked(&rows, at);
        }
    }
    Reading { columns, rows }
}

/// A head such as 销售总额（支出方填采购总额） has no unit in its brackets.
fn goes_by_whole(head: &str, names: &[String]) -> bool {
    names.contains(&spelling(head))
}

fn is_money(unit: &str) -> bool {
    factor(unit, Kind::Money).is_some() && !spelling(unit).is_empty()
}

/// Without a head only choices tell a column, where every cell is one of one
/// single field: a day may be any day.
fn by_content(
    rows: &[Vec<String>],
    column: usize,
    fact: &Fact,
    fields: &[usize],
    company: &str,
) -> Option<usize> {
    let cells = || rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
    cells().next()?;
    let fits = |at: &&usize| {
        let field = fact.fields.get(**at).filter(|field| field.kind == Kind::Enum);
        field.is_some_and(|field| {
            let reader = Reader::new(field, None, company);
            cells().all(|cell| matches!(reader.read(cell), Cell::Is(_)))
        })
    };
    let mut fitting = fields.iter().filter(fits);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(*first)
}

/// Days of a column that can be read in several ways, one for each way.
fn asked(rows: &[Row], column: usize) -> Vec<(Order, String, String)> {
    let mut asked: Vec<(Order, String, String)> = Vec::new();
    for text in rows.iter().filter_map(|row| row.texts.get(column)) {
        for (order, day) in days(text) {
            if let Some(order) = order.filter(|order| asked.iter().all(|it| it.0 != *order)) {
                asked.push((order, text.clone(), day.to_string()));
            }
        }
    }
    asked
}
