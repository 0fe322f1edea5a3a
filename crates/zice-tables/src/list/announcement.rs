//! Days on which something was announced (公告日): of a grant, or only of an
//! application.

use serde_json::{Value, json};

use super::{
    entries::Entries,
    reading::{Column, Reading, Row, Said},
    status::Told,
};
use crate::{cell::Cell, right, words};

/// Kinds of which no office announces anything before it has granted them.
const GRANTED_FIRST: [&str; 4] = ["utility_model", "design", "software", "ic_layout"];

impl Entries<'_> {
    /// Leaves days of announcements unknown that may be those of an application.
    /// `kind` is what the cell of the kind says, and what it says of the status.
    pub(crate) fn doubt_days(&self, reading: &Reading, row: &mut Row, kind: &(Cell, Told)) {
        let Some((field, _)) = self.field("granted_on") else { return };
        for at in reading.columns_of(field) {
            let doubted = reading.columns.get(at).is_some_and(is_of_some_announcement)
                && !self.is_said_to_be(at, field)
                && !self.is_of_a_grant(reading, row, kind);
            if let Some(cell) = row.cells.get_mut(at).filter(|_| doubted)
                && *cell != Cell::Nothing
            {
                *cell = Cell::Unclear;
            }
        }
    }

    /// Whether the user said that a column is for this field.
    fn is_said_to_be(&self, column: usize, field: usize) -> bool {
        self.said().iter().any(|one| *one == Said::Field(column, field))
    }

    /// Whether a day of an announcement can only be that of the grant, by the
    /// kind, the numbers or the status of the right.
    fn is_of_a_grant(&self, reading: &Reading, row: &Row, (kind, implied): &(Cell, Told)) -> bool {
        let granted = Told::Is("granted".to_owned());
        let status = self.field("status").map(|(at, _)| reading.columns_of(at)).unwrap_or_default();
        let mut told = vec![implied.clone()];
        told.extend(status.iter().map(|at| self.status_cell(reading, row, *at)));
        if told.iter().any(|it| matches!(it, Told::Is(_)) && *it != granted) {
            return false;
        }
        let numbers: Vec<_> = self
            .numbers(reading, row)
            .iter()
            .map(|text| (right::number(text), right::key(text)))
            .collect();
        // CN…A was published before any grant; its own day has a column elsewhere.
        let published = |column: &Column| holds(column, words::PUBLISHED);
        let apart = reading
            .columns
            .iter()
            .zip(&row.texts)
            .any(|(column, text)| published(column) && !crate::day::days(text).is_empty());
        let is_publication = |key: &Option<(right::Series, String)>| {
            key.as_ref().is_some_and(|(series, _)| *series == right::Series::Publication)
        };
        let applied = numbers.iter().any(|(it, key)| is_publication(key) && !it.granted);
        let announced = numbers.iter().any(|(it, key)| is_publication(key) && it.granted);
        if applied && !announced && !apart {
            return false;
        }
        let by_number = numbers.iter().find_map(|(it, _)| it.kind);
        let kind = match kind {
            Cell::Is(kind) => Some(kind.clone()),
            _ => by_number.or(self.kind).map(|kind| json!(kind)),
        };
        let first =
            kind.as_ref().and_then(Value::as_str).is_some_and(|it| GRANTED_FIRST.contains(&it));
        first || told.contains(&granted) || numbers.iter().any(|(it, _)| it.granted)
    }
}

/// Whether a head names the day of some announcement and not that of a grant.
fn is_of_some_announcement(column: &Column) -> bool {
    (holds(column, words::ANNOUNCED) || holds(column, words::PUBLISHED))
        && !holds(column, words::OF_GRANTS)
}

fn holds(column: &Column, all: &[&str]) -> bool {
    column.spellings.iter().any(|head| all.iter().any(|word| head.contains(word)))
}
