//! Answers, and the places of the company file, in words.

use serde_json::Value;
use zice_engine::protocol::Problem;
use zice_rules::{
    Lang, Noun,
    dictionary::{Answers, Choice, Fact, Field, Kind},
    text::printable,
};

use crate::{
    page::doubts::is_estimate,
    page::path::{Path, is_none_held, plain_text},
    words,
};

/// The name of a fact where nothing else tells which it is: two programmes have
/// figures of one name, so their programmes follow in brackets.
pub fn label(fact: &Fact, lang: Lang) -> String {
    let short = fact.short.get(lang);
    fact.apart.as_ref().map_or_else(
        || short.to_owned(),
        |apart| {
            let brackets = [&words::BRACKET, &words::BRACKET_END].map(|it| it.get(lang));
            [short, brackets[0], apart.get(lang), brackets[1]].concat()
        },
    )
}

/// An answer in words.
pub fn answer(fact: &Fact, value: &Value, lang: Lang) -> String {
    match value {
        Value::Array(entries) if entries.is_empty() => words::NONE_HELD.get(lang).to_owned(),
        Value::Object(_) if is_none_held(&fact.fields, Some(value)) => {
            words::NONE.get(lang).to_owned()
        }
        Value::Array(entries) if fact.fields.is_empty() => choices(&fact.values, entries, lang),
        Value::Array(entries) => {
            let entries = entries.iter().enumerate().filter_map(|(at, entry)| {
                let number = words::count(&words::ENTRY, lang, at + 1);
                let words = entry_text(fact, entry, lang);
                (!words.is_empty()).then(|| [&number, " ", words.as_str()].concat())
            });
            joined(entries, lang)
        }
        Value::Object(years) if fact.yearly => {
            let years = years.iter().filter(|(_, value)| !value.is_null()).map(|(year, value)| {
                let year = words::fill(&words::YEAR, lang, year);
                [&year, words::COLON.get(lang), sides(fact, value, lang).as_str()].concat()
            });
            joined(years, lang)
        }
        Value::Object(_) if !fact.fields.is_empty() => entry_text(fact, value, lang),
        other => of_fact(fact, other, lang),
    }
}

/// One value of a fact: yes and no in its own words, a count with its unit.
fn of_fact(fact: &Fact, value: &Value, lang: Lang) -> String {
    let told = figure(fact.kind, &fact.values, value, lang);
    said(fact.answers.as_ref(), fact.unit.as_ref(), value, told, lang)
}

/// One value of a field in words, in the same way.
pub fn of_field(field: &Field, value: &Value, lang: Lang) -> String {
    let told = figure(field.kind, &field.values, value, lang);
    said(field.answers.as_ref(), field.unit.as_ref(), value, told, lang)
}

fn said(
    answers: Option<&Answers>,
    unit: Option<&Noun>,
    value: &Value,
    told: String,
    lang: Lang,
) -> String {
    // One of something is no plural, guessed at or not.
    let number = value.get("min").filter(|_| is_estimate(value)).unwrap_or(value);
    let number = zice_rules::decimal::parse(plain_text(Some(number))).ok();
    match (value, answers, unit) {
        (Value::Bool(yes), Some(answers), _) => answers.said(*yes).get(lang).to_owned(),
        (Value::Null, ..) => told,
        (_, _, Some(unit)) => {
            let word = number.map_or_else(|| unit.get(lang), |number| unit.of(lang, number));
            [&told, " ", word].concat()
        }
        _ => told,
    }
}

/// A value of its kind: amounts of money in groups of three, with their unit.
pub fn figure(kind: Kind, values: &[Choice], value: &Value, lang: Lang) -> String {
    if let Some(one) = value.get("min").filter(|_| is_estimate(value)) {
        let bracket = [&words::BRACKET, &words::BY_ESTIMATE, &words::BRACKET_END];
        let [open, word, close] = bracket.map(|word| word.get(lang));
        return [&figure(kind, values, one, lang), open, word, close].concat();
    }
    if kind != Kind::Money {
        return scalar(values, value, lang);
    }
    let shown = match value {
        Value::Object(ends) => {
            let end = |name: &str| match ends.get(name) {
                None | Some(Value::Null) => Some("…".to_owned()),
                Some(end) => grouped(end),
            };
            end("min").zip(end("max")).map(|(min, max)| [&min, " – ", max.as_str()].concat())
        }
        other => grouped(other),
    };
    // What is no figure is shown as it was typed.
    shown.map_or_else(
        || scalar(values, value, lang),
        |shown| [&shown, " ", words::YUAN.get(lang)].concat(),
    )
}

/// A figure with its digits in groups of three; nothing for what is no figure.
fn grouped(value: &Value) -> Option<String> {
    zice_tables::figure::grouped(plain_text(Some(value)))
}

fn joined(parts: impl Iterator<Item = String>, lang: Lang) -> String {
    parts.collect::<Vec<String>>().join(words::SEMICOLON.get(lang))
}

/// A year's figure, or its figures by side.
fn sides(fact: &Fact, value: &Value, lang: Lang) -> String {
    if fact.sides.is_empty() {
        return of_fact(fact, value, lang);
    }
    let sides = fact.sides.iter().filter_map(|side| {
        let entry = value.get(&side.id)?;
        Some([side.label(lang), " ", entry_text(fact, entry, lang).as_str()].concat())
    });
    joined(sides, lang)
}

/// The fields of an entry in words: choices as they are, other fields behind their
/// label.
pub fn entry_text(fact: &Fact, entry: &Value, lang: Lang) -> String {
    let mut told: Vec<String> = Vec::new();
    for field in &fact.fields {
        let Some(value) = entry.get(&field.id) else { continue };
        let text = match value {
            Value::Null => words::NOT_SURE.get(lang).to_owned(),
            // A paper that has nothing there.
            Value::String(text) if text.is_empty() => words::NONE.get(lang).to_owned(),
            value => of_field(field, value, lang),
        };
        let chosen = value.as_str().is_some_and(|id| chosen(&field.values, id).is_some());
        told.push(if chosen {
            text
        } else {
            [field.label.get(lang), words::COLON.get(lang), &text].concat()
        });
    }
    told.join(words::COMMA.get(lang))
}

pub fn chosen<'a>(values: &'a [Choice], id: &str) -> Option<&'a Choice> {
    values.iter().find(|choice| choice.id == id)
}

fn choices(values: &[Choice], ids: &[Value], lang: Lang) -> String {
    let labels: Vec<String> = ids.iter().map(|id| scalar(values, id, lang)).collect();
    labels.join(words::LIST_COMMA.get(lang))
}

pub fn scalar(values: &[Choice], value: &Value, lang: Lang) -> String {
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

/// The place of a problem in the words of the form, such as its year, or entry and
/// field; empty where it is the whole answer.
pub fn place(problem: &Problem, fact: &Fact, lang: Lang) -> String {
    let path = Path::from(&*problem.path);
    let mut words = Vec::new();
    for part in path.steps_below(&fact.id) {
        let field = fact.fields.iter().find(|field| field.id == part);
        let side = fact.sides.iter().find(|side| side.id == part);
        words.push(match (field, side, part.parse::<usize>()) {
            (Some(field), ..) => field.label.get(lang).to_owned(),
            (_, Some(side), _) => side.label(lang).to_owned(),
            (.., Ok(_)) if fact.yearly => words::fill(&words::YEAR, lang, part),
            (.., Ok(at)) => words::count(&words::ENTRY, lang, at + 1),
            _ => match part {
                "min" => words::AT_LEAST.get(lang).to_owned(),
                "max" => words::AT_MOST.get(lang).to_owned(),
                other => printable(other),
            },
        });
    }
    if words.is_empty() {
        String::new()
    } else {
        [&words.join(" "), words::COLON.get(lang)].concat()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn money_is_shown_in_groups_of_three_and_what_is_none_as_it_was_typed() {
        for (value, shown) in [
            (json!("1"), "1 元"),
            (json!("100"), "100 元"),
            (json!("1000"), "1,000 元"),
            (json!("-120000.5"), "-120,000.5 元"),
            (json!("64300000.50"), "64,300,000.50 元"),
            (json!({ "min": "1000", "max": "2000000" }), "1,000 – 2,000,000 元"),
            (json!({ "max": "2000" }), "… – 2,000 元"),
            (json!("一千"), "一千"),
            (json!({ "min": "a" }), "a – …"),
        ] {
            assert_eq!(figure(Kind::Money, &[], &value, Lang::Zh), shown);
        }
        assert_eq!(figure(Kind::Text, &[], &json!("2023"), Lang::Zh), "2023");
    }

    #[test]
    fn one_of_something_is_told_as_one() {
        let text = json!({ "zh": "", "en": "" });
        let fact = json!({
            "id": "staff", "name": "staff", "type": "count", "topic": "all", "yearly": true,
            "short": text, "question": text, "definition": text,
            "unit": { "zh": "人", "en": "people", "one": "person" },
        });
        let fact: Fact = serde_json::from_value(fact).expect("a fact");
        for (value, zh, en) in [
            (json!("1"), "1 人", "1 person"),
            (json!(1), "1 人", "1 person"),
            (json!("1.0"), "1.0 人", "1.0 person"),
            (json!("2"), "2 人", "2 people"),
            (json!("0.5"), "0.5 人", "0.5 people"),
            (json!({ "min": "1", "max": "3" }), "1 – 3 人", "1 – 3 people"),
        ] {
            assert_eq!(of_fact(&fact, &value, Lang::Zh), zh);
            assert_eq!(of_fact(&fact, &value, Lang::En), en);
        }
    }

    #[test]
    fn a_field_that_is_said_to_be_unknown_is_told() {
        let fields: Vec<Value> = ["sum", "spare"]
            .map(|id| {
                json!({
                    "id": id, "name": id, "type": "money", "label": { "zh": id, "en": id },
                })
            })
            .to_vec();
        let text = json!({ "zh": "", "en": "" });
        let fact = json!({
            "id": "list", "name": "list", "type": "list", "topic": "all", "fields": fields,
            "short": text, "question": text, "definition": text,
        });
        let fact: Fact = serde_json::from_value(fact).expect("a fact");
        let told = |value| answer(&fact, &value, Lang::Zh);
        assert_eq!(
            told(json!([{ "sum": "1000", "spare": null }])),
            "第 1 项 sum：1,000 元，spare：不清楚"
        );
        assert_eq!(told(json!([{ "sum": "1000" }, {}])), "第 1 项 sum：1,000 元");
    }
}
