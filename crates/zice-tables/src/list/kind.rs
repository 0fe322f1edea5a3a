//! The kind of a right: what its cell says, and what its number or the titles
//! say where there is none, or against it.

use serde_json::{Value, json};

use super::{
    entries::Entries,
    reading::{Reading, Row},
    status::Told,
};
use crate::{
    cell::{Cell, Reader},
    right,
};

impl Entries<'_> {
    /// What the cell of the kind says, and what it says of the status: 发明专利
    /// （授权通知） is an invention of which more than its kind is told.
    pub(crate) fn kind_cell(&self, reading: &Reading, row: &Row) -> (Cell, Told) {
        let Some((at, field)) = self.field("kind") else { return (Cell::Nothing, Told::Nothing) };
        let columns = reading.columns_of(at);
        let (Some(column), true) = (columns.first(), columns.iter().all(|it| !twice(reading, *it)))
        else {
            return (Cell::Nothing, Told::Nothing);
        };
        let text = row.texts.get(*column).map_or("", String::as_str);
        let reader = Reader::new(field, "", &self.own);
        let cell = row.cells.get(*column).cloned().unwrap_or(Cell::Nothing);
        let mut implied = reader.implies(text).filter(|it| it.field == "status");
        if let Some(one) = implied.next() {
            return (cell, self.said_status(&one.value));
        }
        let (base, remark) = match text.split_once(['（', '(']) {
            Some((base, rest)) if cell == Cell::Unclear => (base, rest),
            _ => return (cell, Told::Nothing),
        };
        let base = reader.read(base);
        if !matches!(base, Cell::Is(_)) {
            return (cell, Told::Nothing);
        }
        let remark = remark.trim_end_matches(['）', ')']);
        let class = ["Ⅰ类", "Ⅱ类", "I类", "II类", "一类", "二类", "1类", "2类"];
        if class.contains(&remark) {
            return (base, Told::Nothing);
        }
        let status =
            self.field("status").map(|(_, field)| Reader::new(field, "", &self.own).read(remark));
        match status {
            Some(Cell::Is(Value::String(status))) => (base, self.said_status(&status)),
            _ => (base, Told::Unknown),
        }
    }

    /// The kind: its cell, else what the numbers or the titles say. Where these
    /// say something else than the cell it is not known.
    pub(crate) fn kind(
        &self,
        reading: &Reading,
        row: &Row,
        columns: &[usize],
        concerned: bool,
        cell: &Cell,
    ) -> Value {
        let own = self.numbers(reading, row);
        let mut numbers = own.iter().filter_map(|text| right::number(text).kind);
        let number = numbers.next().filter(|first| numbers.all(|other| other == *first));
        let told = match (number, self.kind) {
            (Some(number), Some(title)) => (number == title).then_some(number),
            (number, title) => number.or(title),
        };
        match cell {
            Cell::Is(kind) => {
                // 浙RC-2020-0001 is no number of a copyright.
                let strange = |text: &&str| {
                    let digits = text.bytes().filter(u8::is_ascii_digit).count();
                    digits > 3 && right::number(text).kind != Some("software")
                };
                let strange = kind == "software" && own.iter().any(strange);
                let same = !strange
                    && number.is_none_or(|it| {
                        kind == it || kind == "defence_patent" && it == "invention"
                    });
                if same { kind.clone() } else { Value::Null }
            }
            Cell::Nothing if number.is_some() || !concerned && columns.is_empty() => {
                told.map_or(Value::Null, |it| json!(it))
            }
            _ => Value::Null,
        }
    }
}

fn twice(reading: &Reading, column: usize) -> bool {
    reading.columns.get(column).is_some_and(|it| it.twice)
}
