//! Whether a right is in force: what the columns for it say, what its number or
//! a grant day says where there is none, and what other columns say against it.

use serde_json::{Value, json};
use zice_rules::{Date, text::spelling};

use super::{
    entries::Entries,
    reading::{Column, Reading, Row},
};
use crate::{
    cell::{Cell, Reader},
    day::days,
    figure::is_figure,
    mention::denies_any,
    right, words,
};

/// Statuses of a right, the best first.
const STATUSES: [&str; 4] = ["granted", "notice_and_fee", "pending", "expired"];

/// Those by which a right counts until the day on which it ends.
pub const IN_FORCE: [&str; 2] = ["granted", "notice_and_fee"];

/// Whether a status says that a right is in force.
pub fn is_in_force(status: &Value) -> bool {
    status.as_str().is_some_and(|it| IN_FORCE.contains(&it))
}

/// What is said of the status of a right beside its own column.
#[derive(Clone, PartialEq)]
pub enum Told {
    Nothing,
    Is(String),
    Unknown,
}

impl Entries<'_> {
    pub(crate) fn said_status(&self, value: &str) -> Told {
        let known =
            self.field("status").is_some_and(|(_, it)| it.values.iter().any(|it| it.id == value));
        if known { Told::Is(value.to_owned()) } else { Told::Unknown }
    }

    /// The status. A column for it wins, and of several the worse counts;
    /// without one only a grant day or the number of a granted right says that
    /// there is a right at all.
    pub(crate) fn status(
        &self,
        reading: &Reading,
        row: &Row,
        columns: &[usize],
        concerned: bool,
        implied: &Told,
        against: bool,
    ) -> (Value, Vec<usize>) {
        let mut all = vec![implied.clone()];
        for at in columns {
            all.push(self.status_cell(reading, row, *at));
        }
        if columns.is_empty() {
            let day = self.field("granted_on").is_some_and(|(at, _)| {
                let cells = reading.columns_of(at).into_iter().filter_map(|at| row.cells.get(at));
                cells.into_iter().any(|cell| matches!(cell, Cell::Is(_)))
            });
            let numbers = self.numbers(reading, row);
            let number = numbers.iter().any(|text| right::number(text).granted);
            // A receipt, or an application to no office, has no day of a grant.
            let received = numbers
                .iter()
                .map(|text| right::number(text))
                .any(|it| it.international || it.kind == Some("software") && !it.granted);
            let day = day && !received;
            // 缴费状态: 已缴费 leaves nothing open, nor does a day that is to come.
            let open = |at: usize| {
                let (column, text) = (reading.columns.get(at), row.texts.get(at));
                !column.zip(text).is_some_and(|(column, text)| {
                    let all = [words::STANDING, words::ENDING].concat();
                    let told = !text.is_empty() && speaks_of(column, &all);
                    told && self.told_beside(column, text) == Told::Nothing
                })
            };
            let field = self.field("status").map_or(usize::MAX, |(at, _)| at);
            let concerned = concerned || reading.concerns(row, field, &open);
            all.push(match (day || number, concerned) {
                (true, false) => Told::Is("granted".to_owned()),
                (false, false) if *implied != Told::Nothing => Told::Nothing,
                _ => Told::Unknown,
            });
        }
        // A line of the table that speaks of rights that are over, against a cell
        // that says something else.
        if against && !columns.is_empty() {
            all.push(Told::Unknown);
        }
        let mut told_by = Vec::new();
        for (at, column, text) in reading.beside(row) {
            let told = self.told_beside(column, text);
            if told != Told::Nothing {
                told_by.push(at);
            }
            all.push(told);
        }
        // 受让（已失效） in a column for something else; a kind has been asked above.
        let kind = self.field("kind").map(|(at, _)| at);
        for (at, remark) in self.remarks_in_cells(reading, row) {
            let column = reading.columns.get(at);
            let other = column.is_some_and(|it| it.field != kind && !columns.contains(&at));
            if other && self.remarks(&remark).is_about(self.field("status").map(|(at, _)| at)) {
                all.push(Told::Unknown);
                told_by.push(at);
            }
        }
        let status = worst(&all);
        // That it has ended stands, whatever else is said.
        told_by.retain(|_| status.is_null());
        (status, told_by)
    }

    /// What a column that is not for the status says of it all the same.
    fn told_beside(&self, column: &Column, text: &str) -> Told {
        let is = |all: &[&str]| words::is_one_of(&spelling(text), all);
        let Some((_, field)) = self.field("status") else { return Told::Nothing };
        let read = || match Reader::new(field, "", &self.own).read(text) {
            Cell::Is(Value::String(status)) => Told::Is(status),
            _ => Told::Unknown,
        };
        // 未失效: 否, 在有效期内: 否, 未维持: 是
        let denies = |all: &[&str]| column.spellings.iter().any(|it| denies_any(it, all));
        let good = if denies(words::ENDING) || speaks_of(column, words::WITHIN) {
            Some(words::YES)
        } else {
            denies(words::STANDING).then_some(words::NO)
        };
        if let Some(good) = good {
            return if is(good) { Told::Nothing } else { Told::Unknown };
        }
        if speaks_of(column, words::ENDING) {
            // 有效期 20年: so long, and not until when.
            let term = text.trim().strip_suffix('年').is_some_and(is_figure);
            if is(words::NO) || term || self.day_to_come(text).is_some() {
                return Told::Nothing;
            }
            // 失效原因: whatever it is, the right is not certainly in force.
            return match read() {
                Told::Is(status) if !IN_FORCE.contains(&status.as_str()) => Told::Is(status),
                _ => Told::Unknown,
            };
        }
        if !days(text).is_empty() {
            return Told::Nothing;
        }
        if speaks_of(column, words::STANDING) {
            // The third year of a fee, or 900 yuan.
            let count = text.trim().trim_start_matches('第').trim_end_matches(['年', '元']);
            let fee = speaks_of(column, &["年费", "缴费"]);
            if fee && is_figure(count) && !is(words::YES) && !is(words::NO) {
                return Told::Nothing;
            }
            let fine = is(words::YES) || is(words::IN_ORDER) || is(words::NEUTRAL);
            return if fine { Told::Nothing } else { read() };
        }
        let of_status = self.remarks(text).is_about(self.field("status").map(|(at, _)| at));
        if column.other || !of_status { Told::Nothing } else { Told::Unknown }
    }

    /// The day a text names, if it is certainly after the one that is asked
    /// for. On that day itself some heads mean that the right is over.
    pub(crate) fn day_to_come(&self, text: &str) -> Option<Date> {
        match days(text).as_slice() {
            [(None, end)] => self.own.day.filter(|day| day < end).and(Some(*end)),
            _ => None,
        }
    }

    pub(crate) fn status_cell(&self, reading: &Reading, row: &Row, at: usize) -> Told {
        let (Some(text), Some(cell), Some(column)) =
            (row.texts.get(at), row.cells.get(at), reading.columns.get(at))
        else {
            return Told::Unknown;
        };
        let Some((_, field)) = self.field("status") else { return Told::Unknown };
        if column.granted {
            let spelled = spelling(text);
            return match (
                words::is_one_of(&spelled, words::YES),
                words::is_one_of(&spelled, words::NO),
            ) {
                (true, _) => Told::Is("granted".to_owned()),
                (_, true) => Told::Is("pending".to_owned()),
                _ => Told::Unknown,
            };
        }
        if let Cell::Is(Value::String(status)) = cell {
            return Told::Is(status.clone());
        }
        // 授权|质押: several events, of which some change nothing.
        let reader = Reader::new(field, "", &self.own);
        let parts = text.split(['|', ';', '；', '、', ',', '，', '\n']).map(str::trim);
        let parts = parts.filter(|part| !words::is_one_of(&spelling(part), words::NEUTRAL));
        let parts: Vec<Told> = parts
            .map(|part| match reader.read(part) {
                Cell::Is(Value::String(status)) => Told::Is(status),
                _ => Told::Unknown,
            })
            .collect();
        match parts.as_slice() {
            [] if !text.is_empty() && self.another(reading, row, at) => Told::Nothing,
            [first, rest @ ..] if rest.iter().all(|other| other == first) => first.clone(),
            all if all.contains(&Told::Is("expired".to_owned())) => Told::Is("expired".to_owned()),
            _ => Told::Unknown,
        }
    }

    /// Whether another column says the status.
    fn another(&self, reading: &Reading, row: &Row, at: usize) -> bool {
        let Some((field, _)) = self.field("status") else { return false };
        let others = reading.columns_of(field).into_iter().filter(|other| *other != at);
        others.into_iter().any(|other| matches!(row.cells.get(other), Some(Cell::Is(_))))
    }
}

/// The worst of what is said. Something not understood may be anything that is
/// not worse.
fn worst(all: &[Told]) -> Value {
    let mut worst: Option<usize> = None;
    for one in all {
        if let Told::Is(status) = one {
            let rank = STATUSES.iter().position(|known| known == status).unwrap_or(0);
            worst = Some(worst.map_or(rank, |other| other.max(rank)));
        }
    }
    let expired = worst.is_some_and(|rank| rank + 1 == STATUSES.len());
    if all.contains(&Told::Unknown) && !expired {
        return Value::Null;
    }
    worst.and_then(|rank| STATUSES.get(rank)).map_or(Value::Null, |status| json!(status))
}

/// Whether a head, however it is marked, holds one of these words.
fn speaks_of(column: &Column, all: &[&str]) -> bool {
    column.spellings.iter().any(|head| words::stands(head, all))
}

/// What stands in the row, and in which columns, as the day on which the right
/// ends, or as why.
pub fn ends<'r>(reading: &'r Reading, row: &'r Row) -> impl Iterator<Item = (usize, &'r str)> {
    let ending = |column: &Column| speaks_of(column, words::ENDING);
    reading.beside(row).filter(move |(_, column, _)| ending(column)).map(|(at, _, text)| (at, text))
}
