//! A list as it was understood: its columns, rows and cells, and what is asked.

use serde::Serialize;
use serde_json::Value;
use zice_rules::{Date, text::spelling};

use crate::{cell::Cell, day::Order, figure::Unit, unit::UnitLine, words};

/// What the user said to a reading, the last one counting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Said {
    /// The column stands for the field at this position.
    Field(usize, usize),
    /// The column is not used.
    Ignored(usize),
    /// What the user said of this column is taken back.
    Open(usize),
    /// How the days of the column are read.
    Order(usize, Order),
    /// Whether the owner that [`Question::Owner`] names is the company.
    Us(bool),
    /// What amounts are in for which the table names no unit, or one that is
    /// not known.
    Unit(Unit),
    /// What the field at this position is in all rows that do not say it.
    All(usize, Value),
    /// What the field (the second) is in one row (the first).
    Cell(usize, usize, Value),
}

/// What has to be asked once for the whole table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Question {
    /// Whether the owner named in most cells of the column is the company;
    /// answered by [`Said::Us`].
    Owner {
        /// The column.
        column: usize,
        /// As pasted.
        name: String,
    },
    /// What the field is in all rows, because no column says it; answered by
    /// [`Said::All`].
    All {
        /// Its position.
        field: usize,
    },
    /// What amounts are in; answered by [`Said::Unit`].
    Unit {
        /// The unit that is named and not known; nothing where none is named.
        text: Option<String>,
    },
    /// How the days of the column are read; its ways are [`Column::asks`].
    /// Answered by [`Said::Order`].
    Days {
        /// The column.
        column: usize,
    },
}

/// A column of the pasted table.
#[derive(Debug, Default, Serialize)]
pub struct Column {
    /// Its head as pasted.
    pub head: String,
    /// The field it stands for, by position in the fact.
    pub field: Option<usize>,
    /// Whether the user said that it is not used.
    pub ignored: bool,
    /// It certainly stands for no field of the list, such as a running number.
    pub other: bool,
    /// Another column stands for the same field and says something else:
    /// neither is read, and the field is unknown.
    pub twice: bool,
    /// A unit nobody knows: its figures are not read.
    pub odd_unit: bool,
    /// Days of it that can be read in several ways: as pasted, and as read so.
    pub asks: Vec<(Order, String, String)>,
    /// What the user said to that.
    pub order: Option<Order>,
    /// The spellings of its head.
    #[serde(skip)]
    pub(crate) spellings: Vec<String>,
    /// It is for remarks.
    #[serde(skip)]
    pub(crate) remarks: bool,
    /// The field that its head looks like and may not be.
    #[serde(skip)]
    pub(crate) looks_like: Option<usize>,
    /// Fields without a column that this one, which was not recognised, may be
    /// about. They are unknown in every row.
    pub concerns: Vec<usize>,
    #[serde(skip)]
    pub(crate) granted: bool,
}

/// A row below the head.
#[derive(Debug, Default, Serialize)]
pub struct Row {
    /// As pasted.
    pub texts: Vec<String>,
    /// What they say, by column.
    pub cells: Vec<Cell>,
    /// The entry it makes; nothing for sums and remarks. A field is `null`
    /// where the table says something of it that was not understood.
    pub entry: Option<Value>,
    /// The day on which the right ends, where the row names one after the day
    /// that is asked for, and the column that says so: that the right is in force
    /// holds for applications before that day.
    pub ends: Option<(Date, usize)>,
    /// Fields, and what speaks against what the row says of them: a column for
    /// something else; nothing where a line of the table or another row of the
    /// same right does. They are unknown until the user says what they are.
    pub against: Vec<(usize, Option<usize>)>,
    /// The row that holds the same right, which is an entry there.
    pub again: Option<usize>,
    /// An earlier row that may hold the same right: it goes by the same name, and
    /// no number tells the two apart. How this one stands is unknown until the
    /// user says it.
    pub like: Option<usize>,
    /// It adds up others.
    pub sum: bool,
}

/// A pasted table as it was understood.
#[derive(Debug, Default, Serialize)]
pub struct Reading {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows below the heads.
    pub rows: Vec<Row>,
    /// So many rows stand above the first of them.
    pub above: usize,
    /// So many entries would be added.
    pub count: usize,
    /// So many cells of those were not understood and are unknown.
    pub marked: usize,
    /// The unit that the table names for all amounts.
    #[serde(skip)]
    pub unit: Option<UnitLine>,
    /// What has to be asked once for all rows.
    pub questions: Vec<Question>,
}

/// What stands below a head, with the head.
pub fn told(head: &str, text: &str) -> String {
    [head, "：", text].concat()
}

impl Reading {
    /// The columns that stand for a field.
    pub(crate) fn columns_of(&self, field: usize) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, it)| it.field == Some(field)).map(|(at, _)| at).collect()
    }

    /// The cells of a row that are neither empty nor a dash, with their columns.
    pub(crate) fn filled<'r>(
        &'r self,
        row: &'r Row,
    ) -> impl Iterator<Item = (usize, &'r Column, &'r str)> {
        let cells = self.columns.iter().zip(&row.texts).enumerate();
        let filled = cells.filter(|(_, (_, text))| !spelling(text).is_empty());
        filled.map(|(at, (column, text))| (at, column, text.as_str()))
    }

    /// Those of columns that stand for no field.
    pub(crate) fn beside<'r>(
        &'r self,
        row: &'r Row,
    ) -> impl Iterator<Item = (usize, &'r Column, &'r str)> {
        self.filled(row).filter(|(_, column, _)| column.field.is_none() && !column.ignored)
    }

    /// Whether a column that was not recognised, of those that are wanted, may be
    /// about a field in this row. A remark is only about the rows in which it
    /// says something.
    pub(crate) fn concerns(&self, row: &Row, field: usize, wanted: &dyn Fn(usize) -> bool) -> bool {
        self.columns.iter().enumerate().any(|(at, column)| {
            let silent = || row.texts.get(at).is_none_or(|text| words::is_silent(text));
            column.concerns.contains(&field) && !(column.remarks && silent()) && wanted(at)
        })
    }

    /// What the row says against a field in columns for something else, with
    /// their heads: 备注：系受让取得.
    pub fn against<'r>(
        &'r self,
        row: &'r Row,
        field: usize,
    ) -> impl Iterator<Item = String> + use<'r> {
        let columns = row.against.iter().filter(move |(of, _)| *of == field);
        columns.filter_map(|(_, column)| {
            let (column, text) = (self.columns.get((*column)?)?, row.texts.get((*column)?)?);
            Some(told(&column.head, text))
        })
    }
}
