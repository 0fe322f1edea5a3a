//! Reads a company file against the dictionary.

use serde_json::{Map, Value};

use super::{
    Answer, Company, Confirmed, Entry, Problem, ProblemKind, SCHEMA,
    contradiction::find_contradictions,
    path::Path,
    reader::Reader,
    tree::{Members, Tree},
    value::{blank, date, default_answer, scalar},
};
use crate::{
    date::Date,
    dictionary::{Dictionary, Fact, Field, Kind, MOST_ENTRIES, MOST_YEARS},
    range::Range,
};

/// Reads a company file. What cannot be used is a problem, and stays unknown.
pub(super) fn read(
    value: &Tree<'_>,
    dictionary: &Dictionary,
    today: Date,
) -> (Company, Vec<Problem>) {
    let members = value.as_object();
    let own_day = members.and_then(|file| file.get("as_of")).and_then(Tree::as_str);
    let last_year = last_year(own_day, today);
    let mut reader = Reader { fact: None, last_year, problems: Vec::new(), unknown: Vec::new() };
    let mut company = Company::blank(dictionary, today);
    let Some(file) = members else {
        reader.problem(
            &Path::root(""),
            ProblemKind::wrong("企业文件（一个 JSON 对象）", "a JSON object"),
        );
        return (company, reader.problems);
    };
    if file.get("schema").and_then(Tree::as_str) != Some(SCHEMA) {
        reader.problem(&Path::root("schema"), ProblemKind::Schema);
    }
    for (key, value) in file.iter() {
        let path = Path::root(key);
        match key {
            // These belong to the page: documents that are ready, pasted text
            // that was not understood, programmes that were chosen, results of
            // earlier years, and scenarios.
            "schema" | "papers" | "pasted" | "programmes" | "results" | "scenarios" => {}
            "confirmed" => company.confirmed = confirmed(value),
            "name" => match value {
                Tree::Null => {}
                Tree::Text(name) => company.name = Some(name.clone().into_owned()),
                _ => reader.problem(&path, ProblemKind::wrong("文字", "a text")),
            },
            "as_of" if value.is_null() => {}
            "as_of" => {
                if let Some(day) = reader.keep(&path, date(value)) {
                    company.as_of = day;
                }
            }
            "facts" => match value {
                Tree::Null => {}
                Tree::Object(facts) => read_facts(&mut reader, &mut company, facts, dictionary),
                _ => reader.problem(&path, ProblemKind::wrong("一个 JSON 对象", "an object")),
            },
            other => reader.unknown.push(other.to_owned()),
        }
    }
    if let Some(Answer::Number(established)) =
        company.established_at.and_then(|at| company.answers.get(at))
    {
        company.established = *established;
    }
    find_contradictions(&mut reader, &mut company, dictionary);
    company.unknown = reader.unknown;
    (company, reader.problems)
}

/// Reads the doubts that were answered. What has another shape is no answer, so
/// that the doubt stays open.
fn confirmed(value: &Tree<'_>) -> Vec<Confirmed> {
    let mut found = Vec::new();
    let mut add = |code: &str, year, figures: &Tree<'_>| {
        if let Some(figures) = figures.as_str() {
            found.push(Confirmed { code: code.to_owned(), year, figures: figures.to_owned() });
        }
    };
    for (code, value) in value.as_object().iter().flat_map(|it| it.iter()) {
        match value {
            Tree::Object(years) => {
                for (year, figures) in years.iter() {
                    if let Ok(year) = year.parse() {
                        add(code, Some(year), figures);
                    }
                }
            }
            figures => add(code, None, figures),
        }
    }
    found
}

/// Returns the year before the file's own day of application, whatever day it
/// is assessed for; the year before `today` if the file names none.
fn last_year(own_day: Option<&str>, today: Date) -> i32 {
    own_day.and_then(Date::parse).unwrap_or(today).year().saturating_sub(1)
}

/// Whether the answer to a yearly fact is a single figure without a year.
fn is_bare(value: &Tree<'_>) -> bool {
    match value {
        Tree::Null => false,
        Tree::Object(ends) => ends.len() > 0 && ends.keys().all(|key| key == "min" || key == "max"),
        _ => true,
    }
}

/// Moves figures without a year under the year they belong to, so that they
/// stay there when the day of application changes.
pub(super) fn write_by_year<'a>(
    file: &mut Value,
    bare: impl IntoIterator<Item = &'a str>,
    today: Date,
) {
    let own_day = file.get("as_of").and_then(Value::as_str);
    let year = last_year(own_day, today).to_string();
    let Some(facts) = file.get_mut("facts").and_then(Value::as_object_mut) else { return };
    for id in bare {
        let value = facts.get_mut(id);
        if let Some(value) = value.filter(|value| is_bare(&Tree::from(&**value))) {
            let figure = value.take();
            let mut years = Map::new();
            years.insert(year.clone(), figure);
            *value = Value::Object(years);
        }
    }
}

fn read_facts<'a>(
    reader: &mut Reader<'a>,
    company: &mut Company,
    facts: &'a Members<'_>,
    dictionary: &Dictionary,
) {
    for (id, value) in facts.iter() {
        let Some(at) = dictionary.position(id) else {
            reader.unknown.push(id.to_owned());
            continue;
        };
        let (Some(fact), Some(slot)) = (dictionary.facts.get(at), company.answers.get_mut(at))
        else {
            continue;
        };
        reader.fact = Some(id);
        if !value.is_null() {
            *slot = fact_answer(reader, fact, value);
        }
        reader.fact = None;
    }
}

fn fact_answer(reader: &mut Reader<'_>, fact: &Fact, value: &Tree<'_>) -> Answer {
    let facts = Path::root("facts");
    let path = facts.key(&fact.id);
    match (fact.kind, fact.yearly) {
        (Kind::List, _) => list(reader, &path, fact, value),
        (Kind::Object, false) => match value.as_object() {
            Some(map) => Answer::Object(entry(reader, &path, &fact.fields, map, true)),
            None => {
                reader.problem(&path, ProblemKind::wrong("一个 JSON 对象", "an object"));
                Answer::Unknown
            }
        },
        (Kind::Object, true) => sides(reader, &path, fact, value),
        (_, true) => yearly(reader, &path, fact, value),
        (_, false) => {
            let domain = fact.domain();
            let answer = scalar(reader, &path, &domain, value);
            answer.unwrap_or_else(|| blank(&domain, false))
        }
    }
}

fn yearly(reader: &mut Reader<'_>, path: &Path<'_>, fact: &Fact, value: &Tree<'_>) -> Answer {
    let domain = fact.domain();
    let other = Range::between(domain.lower(), domain.max);
    let mut years = Vec::new();
    if fact.bare && is_bare(value) {
        if let Some(Answer::Number(range)) = scalar(reader, path, &domain, value) {
            years.push((reader.last_year, range));
        }
        return Answer::Yearly { years, other };
    }
    let Some(map) = value.as_object() else {
        let kind = ProblemKind::wrong("按年度填写的数字", "figures by fiscal year");
        reader.problem(path, kind);
        return Answer::Yearly { years, other };
    };
    if map.len() > usize::from(MOST_YEARS) {
        reader.problem(path, ProblemKind::TooMany(usize::from(MOST_YEARS)));
        return Answer::Yearly { years, other };
    }
    for (key, value) in map.iter() {
        let path = path.key(key);
        let Some(year) = reader.keep(&path, fiscal_year(key)) else { continue };
        if value.is_null() {
            continue;
        }
        if let Some(Answer::Number(range)) = scalar(reader, &path, &domain, value) {
            let place = years.partition_point(|(other, _)| *other < year);
            years.insert(place, (year, range));
        }
    }
    Answer::Yearly { years, other }
}

fn fiscal_year(key: &str) -> Result<i32, ProblemKind> {
    let four_digits = key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit());
    key.parse().ok().filter(|_| four_digits).ok_or(ProblemKind::NoYear)
}

fn list(reader: &mut Reader<'_>, path: &Path<'_>, fact: &Fact, value: &Tree<'_>) -> Answer {
    let Tree::List(values) = value else {
        reader.problem(path, ProblemKind::wrong("一个清单", "a list"));
        return Answer::Unknown;
    };
    let most = fact.most.unwrap_or(MOST_ENTRIES);
    if values.len() > usize::from(most) {
        reader.problem(path, ProblemKind::TooMany(usize::from(most)));
        return Answer::Unknown;
    }
    let mut entries = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let path = path.entry(at);
        match value.as_object() {
            Some(map) => entries.push(entry(reader, &path, &fact.fields, map, false)),
            None => reader.problem(&path, ProblemKind::wrong("一个 JSON 对象", "an object")),
        }
    }
    Answer::List(entries)
}

fn sides(reader: &mut Reader<'_>, path: &Path<'_>, fact: &Fact, value: &Tree<'_>) -> Answer {
    let mut entries = Vec::new();
    let wrong = || ProblemKind::wrong("按年度和收支方向填写的数字", "figures by year and side");
    let Some(map) = value.as_object() else {
        reader.problem(path, wrong());
        return Answer::Unknown;
    };
    if map.len() > usize::from(MOST_YEARS) {
        reader.problem(path, ProblemKind::TooMany(usize::from(MOST_YEARS)));
        return Answer::Unknown;
    }
    for (key, value) in map.iter() {
        let path = path.key(key);
        let Some(year) = reader.keep(&path, fiscal_year(key)) else { continue };
        let Some(by_side) = value.as_object() else {
            if !value.is_null() {
                reader.problem(&path, wrong());
            }
            continue;
        };
        for (side, value) in by_side.iter() {
            let path = path.key(side);
            let Some(at) = fact.sides.iter().position(|known| known.id == side) else {
                let known: Vec<&str> = fact.sides.iter().map(|side| side.id.as_str()).collect();
                reader.problem(&path, ProblemKind::NoChoice(known.join(", ")));
                continue;
            };
            match value.as_object() {
                Some(map) => {
                    let entry = entry(reader, &path, &fact.fields, map, false);
                    entries.push((year, at, entry));
                }
                None if value.is_null() => {}
                None => reader.problem(&path, wrong()),
            }
        }
    }
    Answer::Sides(entries)
}

/// Reads an entry with its fields. In an object (`paper`), an empty text in any
/// field means that the document states nothing there.
fn entry(
    reader: &mut Reader<'_>,
    path: &Path<'_>,
    fields: &[Field],
    map: &Members<'_>,
    paper: bool,
) -> Entry {
    for key in map.keys() {
        if !fields.iter().any(|field| field.id == key) {
            let path = path.key(key).text();
            reader.unknown.push(path.strip_prefix("facts.").unwrap_or(&path).to_owned());
        }
    }
    let mut entry = Entry { fields: Vec::with_capacity(fields.len()), defaulted: 0 };
    for (at, field) in fields.iter().enumerate() {
        let domain = field.domain();
        let answer = match (map.get(&field.id), &field.default) {
            // `null` means unknown. Only a field that was left out takes its
            // default.
            (Some(Tree::Null), _) => None,
            (Some(Tree::Text(text)), _) if paper && text.trim().is_empty() => {
                Some(Answer::Text(String::new()))
            }
            (Some(value), _) => scalar(reader, &path.key(&field.id), &domain, value),
            (None, Some(default)) => {
                entry.take_default(at);
                default_answer(&domain, default)
            }
            (None, None) => None,
        };
        entry.fields.push(answer.unwrap_or_else(|| blank(&domain, false)));
    }
    for (at, field) in fields.iter().enumerate() {
        if map.get(&field.id).is_none() && is_assumed_past(field, fields, &entry) {
            entry.take_default(at);
        }
    }
    entry
}

/// Whether a day that is absent from this entry is taken as past.
fn is_assumed_past(field: &Field, fields: &[Field], entry: &Entry) -> bool {
    let Some(assumed) = &field.assumed_past else { return false };
    let mut others = fields.iter().zip(&entry.fields);
    match others.find(|(other, _)| other.id == assumed.field) {
        Some((other, Answer::Choice(at))) => {
            let choice = other.values.get(usize::from(*at));
            choice.is_some_and(|choice| assumed.one_of.contains(&choice.id))
        }
        _ => true,
    }
}
