//! The same right in several rows, as a table of annual fees has it: it is one
//! entry, and counts once.

use std::collections::BTreeMap;

use serde_json::Value;
use zice_rules::{
    dictionary::{Fact, Kind},
    text::spelling,
};

use super::{
    entries::Entries,
    reading::{Reading, Row, Said},
    status,
};
use crate::right::{self, Series};

/// A number of the right in a row, told from others of its kind.
type Key = (Series, String);

/// Leaves the first row of every right as its entry. What a later row says
/// otherwise is unknown, unless the user has said it of the first.
///
/// Rows are of one right where any number of theirs is the same. Where none can
/// be, because the rows have numbers of different kinds or none at all, and the
/// names are equal, they may be: then the later row is an entry that does not
/// count until the user says how it stands.
pub fn merge(fact: &Fact, said: &[Said], entries: &Entries<'_>, reading: &mut Reading) {
    if !fact.fields.iter().any(|field| field.id == "number") {
        return;
    }
    let keys: Vec<Vec<Key>> = reading.rows.iter().map(|row| keys(entries, reading, row)).collect();
    let firsts = firsts(&keys);
    let mut all: Vec<Vec<Key>> = vec![Vec::new(); keys.len()];
    for (at, (first, keys)) in firsts.iter().zip(keys).enumerate() {
        if let Some(all) = all.get_mut(*first) {
            all.extend(keys);
        }
        if *first != at {
            join_rows(fact, said, reading, *first, at);
        }
    }
    doubt(fact, said, &all, reading);
}

/// The numbers of the right that a row is about.
fn keys(entries: &Entries<'_>, reading: &Reading, row: &Row) -> Vec<Key> {
    let Some(entry) = &row.entry else { return Vec::new() };
    let own = entry.get("number").and_then(Value::as_str);
    let mut keys: Vec<Key> = own.and_then(right::key).into_iter().collect();
    // A number that looks like none may be that of a folder or a contract.
    let cells = entries.numbers(reading, row).into_iter();
    let parts = cells.flat_map(|text| text.split([';', '；', '、', '|', '/', '\n']));
    for key in parts.filter(|text| right::number(text).known).filter_map(right::key) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// For every row the first one that is of the same right, by way of others too.
fn firsts(keys: &[Vec<Key>]) -> Vec<usize> {
    let mut firsts: Vec<usize> = (0..keys.len()).collect();
    let root = |firsts: &[usize], mut at: usize| {
        while let Some(before) = firsts.get(at).filter(|before| **before < at) {
            at = *before;
        }
        at
    };
    let mut seen: BTreeMap<&Key, usize> = BTreeMap::new();
    for (at, keys) in keys.iter().enumerate() {
        for key in keys {
            let other = *seen.entry(key).or_insert(at);
            let (one, other) = (root(&firsts, at), root(&firsts, other));
            if let Some(first) = firsts.get_mut(one.max(other)) {
                *first = one.min(other);
            }
        }
    }
    (0..keys.len()).map(|at| root(&firsts, at)).collect()
}

/// Takes a row into an earlier one of the same right.
fn join_rows(fact: &Fact, said: &[Said], reading: &mut Reading, first: usize, at: usize) {
    let columns: Vec<Vec<usize>> =
        (0..fact.fields.len()).map(|field| reading.columns_of(field)).collect();
    let (before, rest) = reading.rows.split_at_mut(at);
    let (Some(kept), Some(row)) = (before.get_mut(first), rest.first_mut()) else { return };
    row.again = Some(first);
    let later = row.entry.take().unwrap_or_default();
    for (field_at, field) in fact.fields.iter().enumerate() {
        // A cell that is joined with the one above it is blank.
        let blank = |at: &usize| row.texts.get(*at).is_none_or(String::is_empty);
        let columns = columns.get(field_at).map_or(&[][..], Vec::as_slice);
        let joined = !columns.is_empty() && columns.iter().all(blank);
        if field.kind != Kind::Text && !is_answered(said, first, field_at) && !joined {
            join(kept, (field_at, &field.id), later.get(&field.id));
        }
    }
    kept.ends = kept.ends.into_iter().chain(row.ends).min();
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

fn is_answered(said: &[Said], row: usize, field: usize) -> bool {
    said.iter().any(|one| matches!(one, Said::Cell(of, at, _) if (*of, *at) == (row, field)))
}

/// Leaves open how a row stands whose right may be that of an earlier one, and
/// whether that one stands where the two say different things of it.
fn doubt(fact: &Fact, said: &[Said], keys: &[Vec<Key>], reading: &mut Reading) {
    let field = |id: &str| fact.fields.iter().position(|it| it.id == id);
    let (Some(status), Some(_)) = (field("status"), field("name")) else { return };
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in 0..reading.rows.len() {
        let Some(name) = reading.rows.get(at).and_then(name_of) else { continue };
        let same = named.entry(name).or_default();
        let may_be = |other: &usize| {
            let of = |at: usize| reading.rows.get(at).and_then(|row| row.entry.as_ref());
            keys.get(*other).zip(keys.get(at)).is_some_and(|(one, it)| !are_two(one, it))
                && of(*other).zip(of(at)).is_some_and(|(one, it)| are_of_a_kind(one, it))
        };
        let alike = same.iter().copied().find(may_be);
        same.push(at);
        let Some(first) = alike else { continue };
        let value = |at: usize| reading.rows.get(at)?.entry.as_ref()?.get("status").cloned();
        let differ = value(first) != value(at);
        for (at, of) in [(at, true), (first, differ)] {
            let Some(row) = reading.rows.get_mut(at).filter(|_| of) else { continue };
            if !is_answered(said, at, status) {
                leave_open(row, status);
            }
        }
        if let Some(row) = reading.rows.get_mut(at) {
            row.like = Some(first);
        }
    }
}

/// That a right is over stands, whichever it is.
fn leave_open(row: &mut Row, field: usize) {
    if let Some(Value::Object(entry)) = &mut row.entry
        && entry.get("status").is_some_and(status::is_in_force)
    {
        entry.insert("status".to_owned(), Value::Null);
        row.against.push((field, None));
    }
}

fn name_of(row: &Row) -> Option<String> {
    let name = spelling(row.entry.as_ref()?.get("name")?.as_str()?);
    (!name.is_empty()).then_some(name)
}

/// Whether two entries can be of one kind.
fn are_of_a_kind(one: &Value, other: &Value) -> bool {
    let (one, other) = (one.get("kind"), other.get("kind"));
    let known = |kind: Option<&Value>| kind.is_some_and(|it| !it.is_null());
    !known(one) || !known(other) || one == other
}

/// Whether numbers of the same series tell two rights apart.
fn are_two(one: &[Key], other: &[Key]) -> bool {
    one.iter().any(|(series, _)| other.iter().any(|(of, _)| of == series))
}
