//! The same right in several rows, as a table of annual fees has it: it is one
//! entry, and counts once.

use std::collections::BTreeMap;

use serde_json::Value;
use zice_rules::dictionary::{Fact, Kind};

use crate::{
    list::{Reading, Row, Said},
    right,
};

/// Leaves the first row of every number as its entry. What a later row says
/// otherwise is unknown, unless the user has said it of the first.
pub fn merge(fact: &Fact, said: &[Said], reading: &mut Reading) {
    if !fact.fields.iter().any(|field| field.id == "number") {
        return;
    }
    let columns: Vec<Vec<usize>> =
        (0..fact.fields.len()).map(|field| reading.columns_of(field)).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..reading.rows.len() {
        let (before, rest) = reading.rows.split_at_mut(at);
        let Some(row) = rest.first_mut() else { return };
        let Some(key) = row.entry.as_ref().and_then(right::key_of) else { continue };
        let first = *seen.entry(key).or_insert(at);
        let Some(kept) = before.get_mut(first) else { continue };
        row.again = Some(first);
        let later = row.entry.take().unwrap_or_default();
        for (field_at, field) in fact.fields.iter().enumerate() {
            let answered = said
                .iter()
                .any(|one| matches!(one, Said::Cell(of, it, _) if (*of, *it) == (first, field_at)));
            // A cell that is joined with the one above it is blank.
            let blank = |at: &usize| row.texts.get(*at).is_none_or(String::is_empty);
            let columns = columns.get(field_at).map_or(&[][..], Vec::as_slice);
            let joined = !columns.is_empty() && columns.iter().all(blank);
            if field.kind != Kind::Text && !answered && !joined {
                join(kept, (field_at, &field.id), later.get(&field.id));
            }
        }
        kept.ends = kept.ends.into_iter().chain(row.ends).min();
    }
}

/// Takes what a later row says of a field into the first one.
fn join(row: &mut Row, (at, field): (usize, &str), later: Option<&Value>) {
    if let Some(Value::Object(entry)) = &mut row.entry
        && entry.get(field) != later
    {
        entry.insert(field.to_owned(), Value::Null);
        row.against.push((at, None));
    }
}
