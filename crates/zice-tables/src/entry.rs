//! Rows as entries: what a row says beyond its cells. The number of a right
//! tells its kind and whether it was granted; several statuses come to one.

use serde_json::{Map, Value, json};
use zice_rules::{
    Date,
    dictionary::{Fact, Field, Kind},
    text::spelling,
};

use crate::{
    cell::{Cell, Own, Reader},
    day::days,
    heads,
    list::{Column, Reading, Row, Said},
    right, words,
};

/// Statuses of a right, the best first.
const STATUSES: [&str; 4] = ["granted", "notice_and_fee", "pending", "expired"];

/// Those by which a right counts until the day on which it ends.
const IN_FORCE: [&str; 2] = ["granted", "notice_and_fee"];

/// What is said of the status of a right beside its own column.
#[derive(Clone, PartialEq)]
enum Told {
    Nothing,
    Is(String),
    Unknown,
}

/// How rows of a list become entries.
pub struct Entries<'a> {
    fact: &'a Fact,
    own: Own<'a>,
    said: &'a [Said],
    /// The kind that heads and titles name for all rows.
    kind: Option<&'a str>,
    /// What titles say of all rows beyond that.
    titled: Remarks,
}

/// What words around rows say of them: 已失效专利, 受让专利.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Remarks {
    /// Whether they are in force may be otherwise than it seems.
    status: bool,
    /// They speak of nothing else: also a cell that says the contrary is in
    /// doubt.
    against: bool,
    /// They may have been bought, or belong to somebody else.
    obtained: bool,
}

impl Remarks {
    fn and(self, other: Self) -> Self {
        Self {
            status: self.status || other.status,
            against: self.against || other.against,
            obtained: self.obtained || other.obtained,
        }
    }
}

impl<'a> Entries<'a> {
    /// For a table with these titles and heads.
    pub fn of(
        fact: &'a Fact,
        own: &Own<'a>,
        titles: &[&str],
        heads: &[&str],
        said: &'a [Said],
    ) -> Self {
        let kind = fact.fields.iter().find(|field| field.id == "kind");
        let kind = kind.and_then(|kind| kind_of(kind, &[titles, heads].concat()));
        let mut entries = Self { fact, own: *own, said, kind, titled: Remarks::default() };
        let said = titles.iter().map(|title| entries.remarks(title));
        entries.titled = said.fold(Remarks::default(), Remarks::and);
        entries
    }

    /// What a title, a line between rows or a note says of rows: it holds a word
    /// for a right that is over or not granted yet, or that came from others.
    fn remarks(&self, text: &str) -> Remarks {
        let spelled = spelling(text);
        let says = |id: &str, best: &str| {
            let field = self.field(id).map(|(_, field)| field);
            let others = field.into_iter().flat_map(|it| &it.values).filter(|it| it.id != best);
            let mut names = others.flat_map(|it| it.names());
            names
                .any(|name| name.chars().count() > 1 && !name.is_ascii() && spelled.contains(&name))
        };
        let field = self.field("status").map(|(_, field)| field);
        let granted = field.into_iter().flat_map(|it| &it.values).filter(|it| it.id == "granted");
        // 授权专利和失效专利 speaks of both.
        let both = granted
            .flat_map(|it| it.names())
            .any(|name| name.chars().count() > 1 && !name.is_ascii() && spelled.contains(&name));
        let status = says("status", "granted");
        Remarks { status, against: status && !both, obtained: says("obtained_by", "own") }
    }

    /// Makes an entry of every row that is one.
    pub fn fill(&self, reading: &mut Reading) {
        let rows = core::mem::take(&mut reading.rows);
        let all = |row: &Row| row.texts.join(" ");
        // A note is about all rows, a line between rows about those below it.
        let is_between = |row: &Row| !row.sum && !self.is_entry(reading, row);
        let notes = rows.iter().filter(|row| is_between(row) && is_note(row));
        let noted = notes.fold(self.titled, |sum, row| sum.and(self.remarks(&all(row))));
        let mut section = Remarks::default();
        let mut filled = Vec::with_capacity(rows.len());
        for (at, mut row) in rows.into_iter().enumerate() {
            let said = row.texts.iter().any(|it| !it.is_empty());
            if said && !row.sum && !self.is_entry(reading, &row) && !is_note(&row) {
                section = self.remarks(&all(&row));
            }
            row.entry = self.entry(reading, &row, at, noted.and(section));
            let status = row.entry.as_ref().and_then(|it| it.get("status")?.as_str());
            if status.is_some_and(|status| IN_FORCE.contains(&status)) {
                row.ends = ends(reading, &row).filter_map(|text| self.day_to_come(text)).min();
            }
            self.tell(reading, &mut row);
            filled.push(row);
        }
        reading.rows = filled;
    }

    /// Cells that were understood as parts of the whole say so.
    fn tell(&self, reading: &Reading, row: &mut Row) {
        if let Some((at, _)) = self.field("status") {
            // A right that has ended by another column, or by a line of the table,
            // is not what its status says.
            let open =
                row.entry.as_ref().and_then(|it| it.get("status")).is_some_and(Value::is_null);
            for column in reading.columns_of(at) {
                let told = match self.status_cell(reading, row, column) {
                    Told::Is(_) if open => Told::Unknown,
                    told => told,
                };
                let empty = row.texts.get(column).is_none_or(String::is_empty);
                if let Some(cell) = row.cells.get_mut(column).filter(|_| !empty) {
                    *cell = match told {
                        Told::Is(status) => Cell::Is(json!(status)),
                        Told::Nothing => Cell::Nothing,
                        Told::Unknown => Cell::Unclear,
                    };
                }
            }
        }
        if let Some((at, _)) = self.field("kind") {
            let (kind, _) = self.kind_cell(reading, row);
            let column = reading.columns_of(at).first().copied();
            if let (Some(column), Cell::Is(_)) = (column, &kind)
                && let Some(cell) = row.cells.get_mut(column)
            {
                *cell = kind;
            }
        }
    }

    /// Whether a row is an entry. One that has nothing but a text, which is a
    /// note, the head of a section or speaks of other rights than granted ones
    /// of the company's own, is a line between entries, also where it stands
    /// among the names.
    fn is_entry(&self, reading: &Reading, row: &Row) -> bool {
        let mut filled = row.texts.iter().filter(|text| !text.is_empty());
        if let (Some(text), None) = (filled.next(), filled.next()) {
            let remarks = self.remarks(text);
            let known = right::number(text).known;
            if !known && (remarks.status || remarks.obtained || is_section(text) || is_note(row)) {
                return false;
            }
        }
        is_entry(reading, row)
    }

    fn field(&self, id: &str) -> Option<(usize, &'a Field)> {
        self.fact.fields.iter().enumerate().find(|(_, field)| field.id == id)
    }

    fn entry(&self, reading: &Reading, row: &Row, at: usize, remarks: Remarks) -> Option<Value> {
        if row.sum || !self.is_entry(reading, row) {
            return None;
        }
        let moved = self.has_moved(reading, row);
        let mut entry = Map::new();
        let kind = self.kind_cell(reading, row);
        for (field_at, field) in self.fact.fields.iter().enumerate() {
            let columns = reading.columns_of(field_at);
            let concerned = reading.columns.iter().any(|it| it.concerns.contains(&field_at));
            let found = match field.id.as_str() {
                "status" if field.kind == Kind::Enum => {
                    let concerned = concerned || remarks.status;
                    Some(self.status(reading, row, &columns, concerned, &kind.1, remarks.against))
                }
                "kind" if field.kind == Kind::Enum => {
                    Some(self.kind(reading, row, &columns, concerned, &kind.0))
                }
                "obtained_by" if columns.is_empty() && (moved || remarks.obtained) => {
                    Some(Value::Null)
                }
                "owner" if columns.is_empty() && moved => Some(Value::Null),
                _ if columns.is_empty() && concerned => Some(Value::Null),
                "foreign" if columns.is_empty() => {
                    let foreign = row.texts.iter().any(|text| right::number(text).foreign);
                    foreign.then_some(Value::Bool(true))
                }
                _ if columns.is_empty() => None,
                _ => of_cells(field, row, &columns),
            };
            let found = self.answered(field_at, at, found);
            if let Some(value) = found {
                entry.insert(field.id.clone(), value);
            }
        }
        Some(Value::Object(entry))
    }

    /// What the user said of a field that the row does not say, or of this row.
    fn answered(&self, field: usize, row: usize, found: Option<Value>) -> Option<Value> {
        let unknown = found.as_ref().is_none_or(Value::is_null);
        let said = self.said.iter().rev().find_map(|one| match one {
            Said::Cell(of, at, value) if (*of, *at) == (row, field) => Some(value),
            _ => None,
        });
        let all = self.said.iter().rev().find_map(|one| match one {
            Said::All(at, value) if *at == field && unknown => Some(value),
            _ => None,
        });
        said.or(all).cloned().or(found)
    }

    /// What the cell of the kind says, and what it says of the status: 发明专利
    /// （授权通知） is an invention of which more than its kind is told.
    fn kind_cell(&self, reading: &Reading, row: &Row) -> (Cell, Told) {
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

    fn said_status(&self, value: &str) -> Told {
        let known =
            self.field("status").is_some_and(|(_, it)| it.values.iter().any(|it| it.id == value));
        if known { Told::Is(value.to_owned()) } else { Told::Unknown }
    }

    /// The kind: its cell, else what the numbers or the titles say. Where these
    /// say something else than the cell it is not known.
    fn kind(
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
                let same = number
                    .is_none_or(|it| kind == it || kind == "defence_patent" && it == "invention");
                if same { kind.clone() } else { Value::Null }
            }
            Cell::Nothing if !concerned && (columns.is_empty() || number.is_some()) => {
                told.map_or(Value::Null, |it| json!(it))
            }
            _ => Value::Null,
        }
    }

    /// The status. A column for it wins, and of several the worse counts;
    /// without one only a grant day or the number of a granted right says that
    /// there is a right at all.
    fn status(
        &self,
        reading: &Reading,
        row: &Row,
        columns: &[usize],
        concerned: bool,
        implied: &Told,
        remarks: bool,
    ) -> Value {
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
            all.push(match (day || number, concerned || ends(reading, row).next().is_some()) {
                (true, false) => Told::Is("granted".to_owned()),
                (false, false) if *implied != Told::Nothing => Told::Nothing,
                _ => Told::Unknown,
            });
        }
        // A line of the table that speaks of rights that are over, against a cell
        // that says something else.
        if remarks && !columns.is_empty() {
            all.push(Told::Unknown);
        }
        all.extend(beside(reading, row).map(|(column, text)| self.told_beside(column, text)));
        worst(&all)
    }

    /// What a column that is not for the status says of it all the same.
    fn told_beside(&self, column: &Column, text: &str) -> Told {
        let is = |all: &[&str]| words::is_one_of(&spelling(text), all);
        let Some((_, field)) = self.field("status") else { return Told::Nothing };
        let read = || match Reader::new(field, "", &self.own).read(text) {
            Cell::Is(Value::String(status)) => Told::Is(status),
            _ => Told::Unknown,
        };
        if speaks_of(&column.head, words::ENDING) {
            if is(words::NO) || self.day_to_come(text).is_some() {
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
        if speaks_of(&column.head, words::STANDING) {
            let fine = is(words::YES) || is(words::IN_ORDER) || is(words::NEUTRAL);
            return if fine { Told::Nothing } else { read() };
        }
        if column.other || !self.remarks(text).status { Told::Nothing } else { Told::Unknown }
    }

    /// The day a text names, if it is certainly after the one that is asked
    /// for. On that day itself some heads mean that the right is over.
    fn day_to_come(&self, text: &str) -> Option<Date> {
        match days(text).as_slice() {
            [(None, end)] => self.own.day.filter(|day| day < end).and(Some(*end)),
            _ => None,
        }
    }

    /// Whether the status or a column of its own says that the right changed
    /// hands, or that others use it.
    fn has_moved(&self, reading: &Reading, row: &Row) -> bool {
        let moves = |text: &str| words::MOVED.iter().any(|word| text.contains(word));
        let status = self.field("status").map_or(Vec::new(), |(at, _)| reading.columns_of(at));
        if status.into_iter().filter_map(|at| row.texts.get(at)).any(|text| moves(text)) {
            return true;
        }
        filled(reading, row).any(|(column, text)| {
            column.field.is_none()
                && moves(&column.head)
                && !words::is_one_of(&spelling(text), words::NO)
        })
    }

    /// The cells that hold the right's own number: not that of a right it is
    /// related to, nor one whose priority it claims.
    fn numbers<'r>(&self, reading: &Reading, row: &'r Row) -> Vec<&'r str> {
        let number = self.field("number").map(|(at, _)| at);
        let columns = reading.columns.iter().zip(&row.texts);
        let own = columns.filter(|(column, _)| {
            let head = spelling(&column.head);
            let another = words::OTHERS_NUMBER.iter().any(|word| head.contains(word));
            !another
                && (column.field.is_some() && column.field == number
                    || words::OWN_NUMBER.iter().any(|word| head.contains(word))
                    || head.is_empty())
        });
        own.map(|(_, text)| text.as_str()).collect()
    }

    fn status_cell(&self, reading: &Reading, row: &Row, at: usize) -> Told {
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

fn twice(reading: &Reading, column: usize) -> bool {
    reading.columns.get(column).is_some_and(|it| it.twice)
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
fn speaks_of(head: &str, all: &[&str]) -> bool {
    heads::spellings(head).iter().any(|head| all.iter().any(|word| head.contains(word)))
}

/// What stands in the row as the day on which the right ends, or as why.
fn ends<'r>(reading: &'r Reading, row: &'r Row) -> impl Iterator<Item = &'r str> {
    beside(reading, row)
        .filter(|(column, _)| speaks_of(&column.head, words::ENDING))
        .map(|(_, text)| text)
}

/// The cells that say something in columns that stand for no field.
fn beside<'r>(reading: &'r Reading, row: &'r Row) -> impl Iterator<Item = (&'r Column, &'r str)> {
    filled(reading, row).filter(|(column, _)| column.field.is_none() && !column.ignored)
}

/// The cells of a row that are neither empty nor a dash, with their columns.
fn filled<'r>(reading: &'r Reading, row: &'r Row) -> impl Iterator<Item = (&'r Column, &'r str)> {
    let cells = reading.columns.iter().zip(&row.texts);
    cells
        .filter(|(_, text)| !spelling(text).is_empty())
        .map(|(column, text)| (column, text.as_str()))
}

/// What the cells of a field say: the first that says something. Nothing said
/// in a column that is there is not known; only a text may just be missing.
fn of_cells(field: &Field, row: &Row, columns: &[usize]) -> Option<Value> {
    let cells: Vec<&Cell> = columns.iter().filter_map(|at| row.cells.get(*at)).collect();
    if field.kind == Kind::Text {
        // An application number tells more than the number of a publication.
        let texts = cells.iter().filter_map(|cell| match cell {
            Cell::Is(Value::String(text)) => Some(text.as_str()),
            _ => None,
        });
        let texts: Vec<&str> = texts.collect();
        let published = |text: &str| text.ends_with(|c: char| c.is_ascii_uppercase() && c != 'X');
        let best = texts.iter().find(|it| right::number(it).known && !published(it));
        return best.or(texts.first()).map(|it| json!(it));
    }
    Some(match cells.first() {
        Some(Cell::Is(value)) => value.clone(),
        _ => Value::Null,
    })
}

/// Whether the only text of a row counts parts of the table: 一、, （二）.
fn is_section(text: &str) -> bool {
    let digit = |c: char| "一二三四五六七八九十".contains(c);
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = inner.trim_start_matches(digit);
    rest.len() < inner.len() && rest.starts_with(['、', '）', ')', '.', '．'])
}

/// Whether a row that is no entry is a note about all of them.
fn is_note(row: &Row) -> bool {
    let first = row.texts.iter().find(|it| !it.is_empty()).map_or("", String::as_str);
    let marks = ["注", "备注", "说明", "以上", "上述", "*", "※"];
    marks.iter().any(|mark| first.starts_with(mark))
}

/// Whether a row is an entry and no remark below a table or line between its
/// parts: something in it was understood, or several of its cells or the one
/// that matters are not empty.
fn is_entry(reading: &Reading, row: &Row) -> bool {
    let filled = row.texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
    let filled: Vec<(usize, &String)> = filled.collect();
    if row.cells.iter().any(|cell| matches!(cell, Cell::Is(_))) {
        return true;
    }
    let marks = ["注：", "注:", "备注：", "说明：", "填表", "制表", "审核", "填报人", "经办人"];
    if filled.first().is_some_and(|(_, text)| marks.iter().any(|mark| text.starts_with(mark))) {
        return false;
    }
    match filled.as_slice() {
        [] => false,
        // 二、已失效专利, below the head of the names.
        [(_, text)] if is_section(text) => false,
        [(at, _)] => reading.columns.get(*at).is_some_and(|it| it.field.is_some()),
        _ => true,
    }
}

/// The one kind that titles and heads name: 软件著作权登记号. A title that
/// names other things beside it (专利和软件著作权) names none.
fn kind_of<'a>(field: &'a Field, titles: &[&str]) -> Option<&'a str> {
    let mut found = None;
    for title in titles {
        let spelled = spelling(title);
        let mut best: Option<(String, &str)> = None;
        for choice in &field.values {
            for name in choice.names().into_iter().filter(|name| name.chars().count() > 2) {
                let longer = best.as_ref().is_none_or(|(other, _)| name.len() > other.len());
                if longer && spelled.contains(&name) && !name.is_ascii() {
                    best = Some((name, choice.id.as_str()));
                }
            }
        }
        let Some((name, id)) = best else { continue };
        let rest = spelled.replacen(&name, "", 1);
        let others =
            ["专利", "知识产权", "著作权", "商标", "新型", "外观", "发明", "和", "与", "及"];
        if others.iter().any(|word| rest.contains(word)) {
            return None;
        }
        if found.is_some_and(|other| other != id) {
            return None;
        }
        found = Some(id);
    }
    found
}
