//! What was entered, in the words of the form.

use serde_json::Value;
use yew::prelude::*;
use zice_rules::{
    Lang, Report,
    dictionary::{Choice, Dictionary, Fact},
    text::printable,
};

use super::section;
use crate::{
    dom::{group, line, maybe},
    place::plain_text,
    session::Session,
    words,
};

/// Entries that could not be used.
pub fn problems(session: &Session) -> Html {
    let lang = session.lang;
    let problems = &session.problems;
    let lines = problems.iter().map(|problem| {
        let fact = problem.fact.as_deref().and_then(|id| session.catalogue.dictionary.fact(id));
        let name = fact.map_or(problem.path.as_str(), |fact| fact.short.get(lang));
        let as_of = problem.path == "as_of";
        let (name, today) =
            if as_of { (words::AS_OF.get(lang), words::AS_OF_TODAY.get(lang)) } else { (name, "") };
        line("li", "", &[name, words::COLON.get(lang), &problem.kind.text(lang), today])
    });
    maybe(!problems.is_empty(), || {
        let count = words::count(&words::PROBLEMS, lang, problems.len());
        group(
            "section",
            "zice-problems",
            vec![line("p", "zice-error", &[&count]), group("ul", "", lines.collect())],
        )
    })
}

/// What was entered, in the order of the dictionary.
pub fn answers(session: &Session) -> Html {
    let lang = session.lang;
    let mut told = Vec::new();
    for fact in &session.catalogue.dictionary.facts {
        if let Some(value) = session.answer(&fact.id) {
            told.push(line("dt", "", &[fact.short.get(lang)]));
            told.push(line("dd", "", &[&answer(fact, value, lang)]));
        }
    }
    let title = line("h2", "", &[words::ANSWERS.get(lang)]);
    group("section", "", vec![title, group("dl", "zice-answers", told)])
}

/// Defaults that were taken.
pub fn assumed(lang: Lang, dictionary: &Dictionary, report: &Report) -> Html {
    let lines = report.assumed.iter().map(|place| {
        let words = assumption(&dictionary.facts, place, lang);
        line("li", "", &[words.as_deref().unwrap_or(place)])
    });
    maybe(!report.assumed.is_empty(), || {
        section(words::ASSUMED.get(lang), vec![group("ul", "", lines.collect())])
    })
}

/// An answer in words.
pub fn answer(fact: &Fact, value: &Value, lang: Lang) -> String {
    match value {
        Value::Array(entries) if entries.is_empty() => words::NONE_HELD.get(lang).to_owned(),
        Value::Object(members) if members.is_empty() => words::NONE.get(lang).to_owned(),
        Value::Array(entries) if fact.fields.is_empty() => choices(&fact.values, entries, lang),
        Value::Array(entries) => {
            let entries = entries.iter().enumerate().map(|(at, entry)| {
                let number = words::count(&words::ENTRY, lang, at + 1);
                [&number, " ", entry_text(fact, entry, lang).as_str()].concat()
            });
            joined(entries, lang)
        }
        Value::Object(years) if fact.yearly => {
            let years = years.iter().map(|(year, value)| {
                let year = words::fill(&words::YEAR, lang, year);
                [&year, words::COLON.get(lang), sides(fact, value, lang).as_str()].concat()
            });
            joined(years, lang)
        }
        Value::Object(_) if !fact.fields.is_empty() => entry_text(fact, value, lang),
        other => scalar(&fact.values, other, lang),
    }
}

fn joined(parts: impl Iterator<Item = String>, lang: Lang) -> String {
    parts.collect::<Vec<String>>().join(words::SEMICOLON.get(lang))
}

/// A year's figure, or its figures by side.
fn sides(fact: &Fact, value: &Value, lang: Lang) -> String {
    if fact.sides.is_empty() {
        return scalar(&fact.values, value, lang);
    }
    let sides = fact.sides.iter().filter_map(|side| {
        let entry = value.get(&side.id)?;
        Some([side.label(lang), " ", entry_text(fact, entry, lang).as_str()].concat())
    });
    joined(sides, lang)
}

/// The fields of an entry.
fn entry_text(fact: &Fact, entry: &Value, lang: Lang) -> String {
    let mut told: Vec<String> = Vec::new();
    for field in &fact.fields {
        let Some(value) = entry.get(&field.id) else { continue };
        let text = scalar(&field.values, value, lang);
        let chosen = value.as_str().is_some_and(|id| chosen(&field.values, id).is_some());
        told.push(if chosen {
            text
        } else {
            [field.label.get(lang), words::COLON.get(lang), &text].concat()
        });
    }
    told.join(words::COMMA.get(lang))
}

fn chosen<'a>(values: &'a [Choice], id: &str) -> Option<&'a Choice> {
    values.iter().find(|choice| choice.id == id)
}

fn choices(values: &[Choice], ids: &[Value], lang: Lang) -> String {
    let labels: Vec<String> = ids.iter().map(|id| scalar(values, id, lang)).collect();
    labels.join(words::LIST_COMMA.get(lang))
}

fn scalar(values: &[Choice], value: &Value, lang: Lang) -> String {
    match value {
        Value::Bool(true) => words::YES_SHORT.get(lang).to_owned(),
        Value::Bool(false) => words::NO_SHORT.get(lang).to_owned(),
        Value::String(text) => chosen(values, text)
            .map_or_else(|| printable(text), |choice| choice.label(lang).to_owned()),
        Value::Array(ids) if ids.is_empty() => words::NONE_OF_THESE.get(lang).to_owned(),
        Value::Array(ids) => choices(values, ids, lang),
        Value::Object(ends) => {
            let end = |name: &str| {
                ends.get(name).map_or_else(|| "…".to_owned(), |value| scalar(&[], value, lang))
            };
            [&end("min"), " – ", end("max").as_str()].concat()
        }
        other => printable(plain_text(Some(other))),
    }
}

/// `ip[0].owner = company` in the words of the form.
fn assumption(facts: &[Fact], line: &str, lang: Lang) -> Option<String> {
    let (place, value) = line.split_once(" = ")?;
    let value_word = |values: &[Choice]| match (value, chosen(values, value)) {
        (_, Some(choice)) => choice.label(lang).to_owned(),
        ("true", _) => words::YES_SHORT.get(lang).to_owned(),
        ("false", _) => words::NO_SHORT.get(lang).to_owned(),
        _ => value.to_owned(),
    };
    let Some((list, rest)) = place.split_once('[') else {
        let fact = facts.iter().find(|fact| fact.id == place)?;
        return Some([fact.short.get(lang), words::COLON.get(lang), &value_word(&[])].concat());
    };
    let fact = facts.iter().find(|fact| fact.id == list)?;
    let (number, field) = rest.split_once("].")?;
    let field = fact.fields.iter().find(|one| one.id == field)?;
    let entry = words::count(&words::ENTRY, lang, number.parse::<usize>().ok()? + 1);
    let value = value_word(&field.values);
    Some([&entry, " ", field.label.get(lang), words::COLON.get(lang), &value].concat())
}
