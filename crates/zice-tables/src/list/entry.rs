//! Rows as entries: what a row says beyond its cells. The number of a right
//! tells its kind and whether it was granted; several statuses come to one.

use serde_json::{Map, Value, json};
use zice_rules::{
    dictionary::{Field, Kind},
    text::spelling,
};

use super::{
    duplicates,
    entries::{Entries, Remarks},
    notes::{is_entry, is_note, is_section},
    reading::{Reading, Row, Said},
    status::{Told, ends, is_in_force},
};
use crate::{
    cell::Cell,
    mention::{Beside, Mentions, denies_any, says},
    right, words,
};

impl<'a> Entries<'a> {
    /// Makes an entry of every row that is one.
    pub fn fill(&self, reading: &mut Reading) {
        let rows = core::mem::take(&mut reading.rows);
        let all = |row: &Row| row.texts.join(" ");
        // A note is about all rows, a line between rows about those below it.
        let is_between = |row: &Row| !row.sum && !self.is_entry(reading, row);
        // A line with nothing below it is about what stands above it.
        let last = rows.iter().rposition(|row| self.is_entry(reading, row)).unwrap_or(0);
        let notes = rows
            .iter()
            .enumerate()
            .filter(|(at, row)| is_between(row) && (is_note(row) || *at > last))
            .map(|(_, row)| row);
        let noted = notes.fold(self.titled.clone(), |sum, row| sum.and(&self.remarks(&all(row))));
        let mut section = Remarks::default();
        let mut filled = Vec::with_capacity(rows.len());
        for (at, mut row) in rows.into_iter().enumerate() {
            let said = row.texts.iter().any(|it| !it.is_empty());
            if said && !row.sum && !self.is_entry(reading, &row) && !is_note(&row) {
                section = self.remarks(&all(&row));
            }
            self.entry(reading, &mut row, at, &noted.clone().and(&section));
            let days = ends(reading, &row)
                .filter_map(|(column, text)| Some((self.day_to_come(text)?, column)));
            let status = row.entry.as_ref().and_then(|it| it.get("status"));
            let over = status.is_some_and(|it| !it.is_null() && !is_in_force(it));
            row.ends = days.min().filter(|_| row.entry.is_some() && !over);
            filled.push(row);
        }
        reading.rows = filled;
        duplicates::merge(self.fact, self.said, self, reading);
        let mut rows = core::mem::take(&mut reading.rows);
        for row in &mut rows {
            self.tell(reading, row);
        }
        reading.rows = rows;
    }

    /// Cells that were understood as parts of the whole say so. One against which
    /// something speaks is not what it says.
    fn tell(&self, reading: &Reading, row: &mut Row) {
        let against: Vec<usize> = row.against.iter().map(|(field, _)| *field).collect();
        if let Some((at, _)) = self.field("status") {
            // A right that has ended by another column, or by a line of the table,
            // is not what its status says.
            let open =
                row.entry.as_ref().and_then(|it| it.get("status")).is_some_and(Value::is_null);
            for column in reading.columns_of(at) {
                let told = match self.status_cell(reading, row, column) {
                    Told::Is(_) if open || against.contains(&at) => Told::Unknown,
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
        for (column, cell) in reading.columns.iter().zip(&mut row.cells) {
            let doubted = column.field.is_some_and(|field| against.contains(&field));
            if doubted && matches!(cell, Cell::Is(_)) {
                *cell = Cell::Unclear;
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
            let is_line = ["status", "obtained_by"]
                .iter()
                .any(|id| remarks.is_about(self.field(id).map(|(at, _)| at)));
            if !known && (is_line || is_section(text) || is_note(row)) {
                return false;
            }
        }
        is_entry(self.fact, reading, row)
    }

    /// Makes the entry of a row, and notes which columns speak against what its
    /// fields say.
    fn entry(&self, reading: &Reading, row: &mut Row, at: usize, remarks: &Remarks) {
        if row.sum || !self.is_entry(reading, row) {
            return;
        }
        let kind = self.kind_cell(reading, row);
        self.doubt_days(reading, row, &kind);
        let cells = self.remarks_in_cells(reading, row);
        let moved = self.moved_by(reading, row, &cells);
        let (mut entry, mut against) = (Map::new(), Vec::new());
        for (field_at, field) in self.fact.fields.iter().enumerate() {
            let columns = reading.columns_of(field_at);
            let concerned =
                reading.concerns(row, field_at, &|_| true) || remarks.about.contains(&field_at);
            let mut found = match field.id.as_str() {
                "status" if field.kind == Kind::Enum => {
                    let over = remarks.against.contains(&field_at);
                    let about = remarks.about.contains(&field_at);
                    let (status, by) = self.status(reading, row, &columns, about, &kind.1, over);
                    if over && status.is_null() && !columns.is_empty() {
                        against.push((field_at, None));
                    }
                    against.extend(by.into_iter().map(|column| (field_at, Some(column))));
                    Some(status)
                }
                "kind" if field.kind == Kind::Enum => {
                    Some(self.kind(reading, row, &columns, concerned, &kind.0))
                }
                "foreign" if columns.is_empty() && !concerned => self.foreign(reading, row, &entry),
                _ if columns.is_empty() && concerned => Some(Value::Null),
                _ if columns.is_empty() => None,
                _ => of_cells(field, row, &columns),
            };
            if field.id != "status" && field.kind != Kind::Text {
                let said = found.as_ref();
                let own = !columns.is_empty() || field.id == "kind";
                let mut by = self.against(reading, row, &cells, field_at, said, own);
                if self.is_moved(field, said, &entry) {
                    by.extend(
                        moved.iter().filter(|column| !by.contains(column)).collect::<Vec<_>>(),
                    );
                }
                let line = own
                    && remarks.against.contains(&field_at)
                    && found.as_ref() == self.mentions.get(field_at).and_then(Mentions::default);
                if line || !by.is_empty() {
                    found = Some(Value::Null);
                }
                if line {
                    against.push((field_at, None));
                }
                against.extend(by.into_iter().map(|column| (field_at, Some(column))));
            }
            if let Some(value) = self.answered(field_at, at, found) {
                entry.insert(field.id.clone(), value);
            }
        }
        row.against = against;
        row.entry = Some(Value::Object(entry));
    }

    /// Whether the numbers say that an office abroad granted the right; unknown
    /// where the number of a patent is none of China's.
    fn foreign(&self, reading: &Reading, row: &Row, entry: &Map<String, Value>) -> Option<Value> {
        if row.texts.iter().any(|text| right::number(text).foreign) {
            return Some(Value::Bool(true));
        }
        let patent = ["invention", "utility_model", "design"];
        let patent = entry.get("kind").is_some_and(|kind| {
            kind.is_null() || kind.as_str().is_some_and(|kind| patent.contains(&kind))
        });
        let strange = |text: &&str| {
            let text = text.split(['（', '(']).next().unwrap_or("");
            let number = right::number(text);
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            number.international || !number.known && digits > 4
        };
        let number = self.field("number").map(|(at, _)| at);
        let cells = reading.columns.iter().zip(&row.texts);
        let mut own = cells
            .filter(|(column, _)| column.field.is_some() && column.field == number)
            .map(|(_, text)| text.as_str());
        let strange = own.any(|text| strange(&text));
        (patent && strange).then_some(Value::Null)
    }

    /// The columns that speak against what was found in a field; for one without
    /// a column of its own, against its default.
    fn against(
        &self,
        reading: &Reading,
        row: &Row,
        cells: &[(usize, String)],
        field: usize,
        found: Option<&Value>,
        own: bool,
    ) -> Vec<usize> {
        let Some(mentions) = self.mentions.get(field) else { return Vec::new() };
        let Some(said) = found.or(mentions.default()).filter(|it| !it.is_null()) else {
            return Vec::new();
        };
        let beside = reading.beside(row).filter(|(_, column, _)| own && !column.other);
        let mut by: Vec<usize> = beside
            .filter(|(_, column, text)| {
                let looks_like = column.looks_like == Some(field);
                mentions.is_against(said, Beside { head: &column.spellings, looks_like, text })
            })
            .map(|(at, ..)| at)
            .collect();
        let other = |at: usize| reading.columns.get(at).is_some_and(|it| it.field != Some(field));
        let remarks =
            cells.iter().filter(|(at, text)| other(*at) && mentions.names_other(text, said));
        by.extend(remarks.map(|(at, _)| *at));
        by
    }

    /// Whether that a right changed hands is more than this field knows: it was
    /// not the company's own from the start, or it is not the company's any more.
    /// That it was bought explains why it changed hands.
    fn is_moved(&self, field: &Field, found: Option<&Value>, entry: &Map<String, Value>) -> bool {
        let default = |id: &str| {
            self.field(id).and_then(|(at, _)| self.mentions.get(at)).and_then(Mentions::default)
        };
        let best = |id: &str, found: Option<&Value>| found.is_none() || found == default(id);
        match field.id.as_str() {
            id @ "obtained_by" => best(id, found),
            id @ "owner" => {
                let obtained = entry.get("obtained_by");
                best(id, found)
                    && obtained.is_none_or(|it| it.is_null() || Some(it) == default("obtained_by"))
            }
            _ => false,
        }
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

    /// The columns that say that the right changed hands, or that others use it.
    fn moved_by(&self, reading: &Reading, row: &Row, cells: &[(usize, String)]) -> Vec<usize> {
        let status = self.field("status").map(|(at, _)| at);
        let mut by = Vec::new();
        for (at, column, text) in reading.filled(row) {
            let spelled = spelling(text);
            let moves = if column.field == status && status.is_some() {
                says(&spelled, words::MOVED)
            } else if column.field.is_some() {
                cells.iter().any(|(of, remark)| *of == at && says(remark, words::MOVED_AWAY))
            } else {
                let head = column.spellings.iter().any(|head| says(head, words::MOVED));
                let no = words::is_one_of(&spelled, words::NO);
                // 未转让: 否
                let denied = column.spellings.iter().any(|it| denies_any(it, words::MOVED));
                let yes = words::is_one_of(&spelled, words::YES);
                let told = head && !no || denied && !yes || says(&spelled, words::MOVED_AWAY);
                told && !column.ignored && !column.other
            };
            if moves {
                by.push(at);
            }
        }
        by
    }
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
