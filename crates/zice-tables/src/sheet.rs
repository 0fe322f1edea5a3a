//! A whole table as it goes into a company file, and what of it was not
//! understood: `zice.table/1`.

use serde_json::{Map, Value, json};
use zice_rules::{
    Date, Dictionary,
    dictionary::{Fact, Kind},
};

use crate::{
    cell::{Cell, Own},
    label::Book,
    list::{Names, Question, Reading, Row, read_rows},
    statement::{self, Statement},
    unit::{self, UnitLine},
    words,
};

/// The schema of what is written.
pub const SCHEMA: &str = "zice.table/1";

/// What is looked for in a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Entries of this list and nothing else.
    pub list: Option<&'a str>,
    /// Figures and nothing else.
    pub figures: bool,
    /// The fiscal year that is asked first: the year before the application.
    pub year: i32,
}

/// What was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// The row, from one: of entries below the head, of figures in the table.
    /// Nothing where a whole column is meant.
    pub row: Option<usize>,
    /// The head of its column.
    pub column: Option<String>,
    /// As it stands there.
    pub text: String,
    /// Where it would have gone in the company file, as far as that is known.
    pub place: Option<String>,
}

/// A column, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSaid {
    /// Its head.
    pub head: String,
    /// The field or fact it stands for.
    pub field: Option<String>,
    /// The fiscal year of its figures.
    pub year: Option<i32>,
    /// So many of its cells were taken.
    pub taken: usize,
    /// So many were not understood.
    pub unclear: usize,
}

/// What a table comes to.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Facts of a company file.
    pub facts: Map<String, Value>,
    /// Its columns.
    pub columns: Vec<ColumnSaid>,
    /// What was not understood.
    pub unclear: Vec<Unclear>,
    /// The unit it names.
    pub unit: Option<UnitLine>,
    /// The day it was read for: statuses hold on it.
    as_of: Option<Date>,
    /// So many rows stand above the heads of its list.
    above: usize,
}

/// Reads a table.
pub fn read(
    rows: Vec<Vec<String>>,
    dictionary: &Dictionary,
    wanted: Wanted<'_>,
    own: &Own<'_>,
) -> Sheet {
    let mut sheet = Sheet { as_of: own.day, ..Sheet::default() };
    let list = match wanted.list {
        Some(id) => dictionary.fact(id).filter(|fact| fact.kind == Kind::List),
        None if wanted.figures => None,
        None => list_of(&rows, dictionary),
    };
    if let Some(fact) = list {
        let reading = read_rows(rows.clone(), fact, own, &[]);
        sheet.take_list(fact, &reading, own.name.is_empty());
    }
    if wanted.list.is_none() {
        // Of a form with a list below it the figures stand above the list.
        let above = if sheet.facts.is_empty() { rows.len() } else { sheet.above };
        let book = Book::of(dictionary);
        let rows = rows.get(..above).unwrap_or(&rows);
        let statement = statement::read(rows, dictionary, &book, wanted.year, own);
        sheet.take_figures(dictionary, &statement);
    }
    if sheet.facts.is_empty() {
        sheet.nothing(&rows);
    }
    sheet
}

/// The list whose fields the heads name, where they name two or more.
fn list_of<'a>(rows: &[Vec<String>], dictionary: &'a Dictionary) -> Option<&'a Fact> {
    let mut best: Option<(&Fact, usize)> = None;
    for fact in dictionary.facts.iter().filter(|fact| fact.kind == Kind::List) {
        let (_, count) = Names::of(fact).row(rows);
        if count > 1 && best.is_none_or(|(_, most)| count > most) {
            best = Some((fact, count));
        }
    }
    best.map(|(fact, _)| fact)
}

impl Sheet {
    /// `strange` is whether the company's name is not known: then who owns
    /// what is one question for the column.
    fn take_list(&mut self, fact: &Fact, reading: &Reading, strange: bool) {
        let id = |at: usize| fact.fields.get(at).map(|field| field.id.clone());
        for (at, column) in reading.columns.iter().enumerate() {
            let cells = reading.rows.iter().filter(|row| row.entry.is_some());
            let cells: Vec<&Cell> = cells.filter_map(|row| row.cells.get(at)).collect();
            let taken = |it: &&&Cell| matches!(it, Cell::Is(_)) && !column.twice;
            self.columns.push(ColumnSaid {
                head: column.head.clone(),
                field: column.field.and_then(id),
                year: None,
                taken: cells.iter().filter(taken).count(),
                unclear: cells.iter().filter(|it| matches!(it, Cell::Unclear | Cell::Asks)).count(),
            });
        }
        self.columns_unclear(fact, reading, strange);
        let mut entries = Vec::new();
        for (row_at, row) in reading.rows.iter().enumerate() {
            let Some(entry) = &row.entry else {
                if !row.sum {
                    self.row_unclear(Some(row_at + 1), &row.texts);
                }
                continue;
            };
            let place = [&fact.id, "[", &entries.len().to_string(), "]"].concat();
            self.cells_unclear(fact, reading, row_at, &place, strange);
            self.remarks_unclear(reading, (row_at, row), &place);
            if let Some(first) = row.like {
                self.row_like(fact, reading, (row_at, row), first);
            }
            entries.push(entry.clone());
        }
        if !entries.is_empty() {
            self.facts.insert(fact.id.clone(), Value::Array(entries));
        }
        self.unit = reading.unit.clone();
        self.above = reading.above.saturating_sub(1);
    }

    fn take_figures(&mut self, dictionary: &Dictionary, statement: &Statement) {
        let first = self.columns.len();
        for column in &statement.columns {
            self.columns.push(ColumnSaid {
                head: column.head.clone(),
                field: None,
                year: column.year,
                taken: 0,
                unclear: 0,
            });
        }
        for found in &statement.found {
            let Some(fact) = dictionary.facts.get(found.fact) else { continue };
            let dot = if found.place.is_empty() { "" } else { "." };
            let place = [&fact.id, dot, &found.place].concat();
            let column = found.column.and_then(|at| self.columns.get_mut(first + at));
            match &found.value {
                Some(value) => {
                    if let Some(column) = column {
                        column.taken += 1;
                    }
                    put(&mut self.facts, &place, value.clone());
                }
                None => {
                    let head = column.map(|column| {
                        column.unclear += 1;
                        column.head.clone()
                    });
                    let label = &found.label;
                    let text = [label, "：", &found.text].concat();
                    let row = Some(found.row + 1);
                    self.unclear.push(Unclear { row, column: head, text, place: Some(place) });
                }
            }
        }
        self.unit = self.unit.take().or_else(|| statement.unit.clone());
    }

    /// What is not understood of a whole column.
    fn columns_unclear(&mut self, fact: &Fact, reading: &Reading, strange: bool) {
        for (at, column) in reading.columns.iter().enumerate() {
            let first =
                reading.rows.iter().filter_map(|row| row.texts.get(at)).find(|it| !it.is_empty());
            // A remark is told with its row.
            let mut places = if column.remarks { Vec::new() } else { column.concerns.clone() };
            places.extend(column.field.filter(|_| column.twice));
            let owner = reading.questions.iter().find_map(|question| match question {
                Question::Owner { column, name } if strange && *column == at => Some(name),
                _ => None,
            });
            if let (Some(name), Some(field)) = (owner, column.field) {
                self.column_unclear(fact, column, name, field);
            }
            for field in places {
                self.column_unclear(fact, column, first.map_or("", |it| it), field);
            }
        }
    }

    fn column_unclear(
        &mut self,
        fact: &Fact,
        column: &crate::list::Column,
        text: &str,
        field: usize,
    ) {
        let Some(field) = fact.fields.get(field) else { return };
        self.unclear.push(Unclear {
            row: None,
            column: Some(column.head.clone()),
            text: text.to_owned(),
            place: Some([&fact.id, "[].", &field.id].concat()),
        });
    }

    /// What is not understood of one entry: its cells, and what no cell says.
    fn cells_unclear(
        &mut self,
        fact: &Fact,
        reading: &Reading,
        row_at: usize,
        place: &str,
        strange: bool,
    ) {
        let Some(row) = reading.rows.get(row_at) else { return };
        for (at, field) in fact.fields.iter().enumerate() {
            let columns = reading.columns_of(at);
            let value = row.entry.as_ref().and_then(|entry| entry.get(&field.id));
            let unknown = value.is_some_and(Value::is_null);
            let place = [place, ".", &field.id].concat();
            let (mut told, mut told_by) = (false, Vec::new());
            for column_at in columns {
                let (Some(column), Some(cell), Some(text)) = (
                    reading.columns.get(column_at),
                    row.cells.get(column_at),
                    row.texts.get(column_at),
                ) else {
                    continue;
                };
                let owner = reading.questions.iter().any(|question| {
                    strange && matches!(question, Question::Owner { column, .. } if *column == column_at)
                });
                let open =
                    matches!(cell, Cell::Unclear | Cell::Asks) || unknown && !text.is_empty();
                if open && !column.twice && !owner {
                    told_by.push((column, text));
                }
                told = true;
            }
            for (_, column_at) in row.against.iter().filter(|(of, _)| *of == at && unknown) {
                let column = column_at.and_then(|it| reading.columns.get(it));
                told_by.extend(column.zip(column_at.and_then(|it| row.texts.get(it))));
            }
            told |= !told_by.is_empty();
            self.unclear.extend(told_by.into_iter().map(|(column, text)| Unclear {
                row: Some(row_at + 1),
                column: Some(column.head.clone()),
                text: text.clone(),
                place: Some(place.clone()),
            }));
            // A kind or status that no column is for, and nothing else says.
            let concerned = reading.concerns(row, at, &|_| true);
            if unknown && !told && !concerned {
                let text = row.texts.iter().find(|text| crate::right::number(text).known);
                self.unclear.push(Unclear {
                    row: Some(row_at + 1),
                    column: None,
                    text: text.cloned().unwrap_or_default(),
                    place: Some(place),
                });
            }
        }
    }

    /// Remarks that leave fields of an entry open, whichever those are.
    fn remarks_unclear(&mut self, reading: &Reading, (at, row): (usize, &Row), place: &str) {
        for (column, text) in reading.columns.iter().zip(&row.texts) {
            if column.remarks && !column.concerns.is_empty() && !words::is_silent(text) {
                let (column, text) = (Some(column.head.clone()), text.clone());
                self.unclear.push(Unclear {
                    row: Some(at + 1),
                    column,
                    text,
                    place: Some(place.to_owned()),
                });
            }
        }
    }

    /// A row whose right may be that of an earlier one: its name is told, with the
    /// entry that it may belong to.
    fn row_like(&mut self, fact: &Fact, reading: &Reading, (at, row): (usize, &Row), first: usize) {
        let entries = reading.rows.iter().take(first).filter(|row| row.entry.is_some()).count();
        let name = fact.fields.iter().position(|field| field.id == "name");
        let column = name.and_then(|name| reading.columns_of(name).first().copied());
        let of = |column: usize| Some((reading.columns.get(column)?, row.texts.get(column)?));
        let (head, text) = column
            .and_then(of)
            .map_or((None, ""), |(column, text)| (Some(column.head.clone()), text));
        let place = [&fact.id, "[", &entries.to_string(), "]"].concat();
        self.unclear.push(Unclear {
            row: Some(at + 1),
            column: head,
            text: text.to_owned(),
            place: Some(place),
        });
    }

    fn row_unclear(&mut self, row: Option<usize>, texts: &[String]) {
        let texts: Vec<&str> =
            texts.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        self.unclear.push(Unclear { row, column: None, text: texts.join(" "), place: None });
    }

    /// Nothing could be placed: every row is told, so that it is seen why.
    fn nothing(&mut self, rows: &[Vec<String>]) {
        if self.unit.is_none() {
            self.unit = rows.iter().find_map(|row| unit::of_row(row));
        }
        self.unclear.retain(|it| it.place.is_some());
        let told: Vec<Option<usize>> = self.unclear.iter().map(|it| it.row).collect();
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| !told.contains(&Some(at + 1))) {
            self.row_unclear(Some(at + 1), row);
        }
    }

    /// As `zice.table/1`.
    pub fn to_json(&self) -> Value {
        let columns = self.columns.iter().map(|column| {
            let mut said = Map::new();
            said.insert("head".to_owned(), json!(column.head));
            said.insert("field".to_owned(), json!(column.field));
            if let Some(year) = column.year {
                said.insert("year".to_owned(), json!(year.to_string()));
            }
            if column.field.is_some() || column.year.is_some() {
                said.insert("taken".to_owned(), json!(column.taken));
                said.insert("unclear".to_owned(), json!(column.unclear));
            }
            Value::Object(said)
        });
        let unclear = self.unclear.iter().map(
            |it| json!({ "row": it.row, "column": it.column, "text": it.text, "place": it.place }),
        );
        let unit = self
            .unit
            .as_ref()
            .map(|it| json!({ "text": it.text, "factor": it.name.map(unit::factor) }));
        let mut company = Map::new();
        company.insert("schema".to_owned(), json!(zice_rules::company::SCHEMA));
        if let Some(day) = self.as_of {
            company.insert("as_of".to_owned(), json!(day.to_string()));
        }
        company.insert("facts".to_owned(), json!(self.facts));
        json!({
            "schema": SCHEMA,
            "company": company,
            "columns": columns.collect::<Vec<Value>>(),
            "unclear": unclear.collect::<Vec<Value>>(),
            "unit": unit,
        })
    }
}

/// Puts a value at a place below facts: `revenue.2022`.
fn put(facts: &mut Map<String, Value>, place: &str, value: Value) {
    match place.split_once('.') {
        None => drop(facts.insert(place.to_owned(), value)),
        Some((first, rest)) => {
            let inner = facts.entry(first.to_owned()).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}
