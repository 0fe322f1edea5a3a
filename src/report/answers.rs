//! What was entered, in the words of the form.

use serde_json::{Map, Value};
use yew::prelude::*;
use zice_rules::{
    Lang, Noun,
    company::Problem,
    dictionary::{Answers, Choice, Fact, Field, Kind},
    text::printable,
};

use super::{Told, part};
use crate::{
    dom::{attrs, button, group, line, maybe, text},
    doubts::is_estimate,
    interview::question::place,
    place::{is_none_held, plain_text},
    session::{Action, Screen, Session, Shared, act},
    topics::Asked,
    words,
};

/// Entries that could not be used, with the step they stand in. What no chosen
/// programme asks is not told.
pub fn problems(session: &Shared) -> Html {
    let lines: Vec<Html> = session.problems.iter().filter_map(|it| mistake(session, it)).collect();
    maybe(!lines.is_empty(), || {
        let count = words::count(&words::PROBLEMS, session.lang, lines.len());
        group(
            "section",
            "zice-problems",
            vec![line("p", "zice-error", &[&count]), group("ul", "", lines)],
        )
    })
}

fn mistake(session: &Shared, problem: &Problem) -> Option<Html> {
    let lang = session.lang;
    let dictionary = &session.catalogue.dictionary;
    let what = problem.kind.text(lang);
    let colon = words::COLON.get(lang);
    let (at, name, told) = match problem.fact.as_deref() {
        None if problem.path == "as_of" => {
            let told = [colon, &what, words::AS_OF_TODAY.get(lang)].concat();
            (0, words::AS_OF.get(lang), told)
        }
        None => return Some(line("li", "", &[&printable(&problem.path), colon, &what])),
        Some(id) => {
            let fact = dictionary.fact(id)?;
            // Whether a list is complete is asked with the list.
            let asks = |asked: &Asked| {
                dictionary
                    .facts
                    .get(asked.fact)
                    .is_some_and(|it| it.id == id || it.complete.as_deref() == Some(id))
            };
            let at = session.topics.iter().position(|topic| topic.asked.iter().any(asks))?;
            let place = place(problem, fact, lang);
            let told =
                if place.is_empty() { [colon, &what] } else { [" ", &[&place, &*what].concat()] };
            (at, fact.short.get(lang), told.concat())
        }
    };
    let topic = session.topics.get(at).and_then(|topic| dictionary.topics.get(topic.topic));
    let step = topic.map_or("", |topic| topic.title.get(lang));
    let label = [words::GO_AND_MEND.get(lang), colon, name].concat();
    let mend = button(
        attrs! {
            "type": "button", "class": "zice-link zice-screen-only", "aria-label": &label,
        },
        words::GO_AND_MEND.get(lang),
        act(session, Action::Go(Screen::Topic(at))),
    );
    Some(group("li", "", vec![text(&[step, " › ", name, &told].concat()), mend]))
}

/// What was entered, in the order of the dictionary.
pub fn answers(session: &Session) -> Html {
    let (mut used, mut unused) = (Vec::new(), Vec::new());
    for (at, fact) in session.catalogue.dictionary.facts.iter().enumerate() {
        let Some(value) = session.answer(&fact.id) else { continue };
        let (takes_part, rest) = parted(session, at, fact, value);
        used.extend(takes_part.map(|value| (fact, value)));
        unused.extend(rest.map(|value| (fact, value)));
    }
    let unused = maybe(!unused.is_empty(), || entered(session, &words::ANSWERS_UNUSED, &unused));
    group("div", "", vec![entered(session, &words::ANSWERS, &used), unused])
}

/// An answer as far as it took part in any result, and the rest of it: figures
/// of other years, and what no programme that was chosen asks.
fn parted(
    session: &Session,
    at: usize,
    fact: &Fact,
    value: &Value,
) -> (Option<Value>, Option<Value>) {
    if session.topic_of(&fact.id).is_none() {
        return (None, Some(value.clone()));
    }
    match value {
        Value::Object(years) if fact.yearly => {
            let of = |part: bool| {
                let years = years.iter().filter(|(year, _)| session.takes_part(at, year) == part);
                let years: Map<String, Value> =
                    years.map(|(year, value)| (year.clone(), value.clone())).collect();
                (!years.is_empty()).then_some(Value::Object(years))
            };
            (of(true), of(false))
        }
        other => (Some(other.clone()), None),
    }
}

fn entered(session: &Session, title: &words::Word, answers: &[(&Fact, Value)]) -> Html {
    let lang = session.lang;
    let mut told = Vec::new();
    for (fact, value) in answers {
        let shown = match value {
            Value::Object(years) if fact.yearly && !fact.sides.is_empty() => {
                by_side(fact, years, lang)
            }
            _ => {
                let words = answer(fact, value, lang);
                if words.is_empty() { Vec::new() } else { vec![text(&words)] }
            }
        };
        if !shown.is_empty() {
            told.push(line("dt", "", &[&label(fact, lang)]));
            told.push(group("dd", "", shown));
        }
    }
    part("h2", title.get(lang), false, vec![group("dl", "zice-answers", told)])
}

/// What a fact is called where nothing else tells which it is: two programmes
/// have figures of one name.
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

/// Figures by year and side: a line for each.
fn by_side(fact: &Fact, years: &Map<String, Value>, lang: Lang) -> Vec<Html> {
    let mut told = Vec::new();
    for (year, value) in years {
        for side in &fact.sides {
            let figures = value.get(&side.id).map(|entry| entry_text(fact, entry, lang));
            if let Some(figures) = figures.filter(|it| !it.is_empty()) {
                let year = words::fill(&words::YEAR, lang, year);
                let head = [&year, " ", side.label(lang), words::COLON.get(lang)].concat();
                told.push(group("p", "", vec![line("strong", "", &[&head]), text(&figures)]));
            }
        }
    }
    told
}

/// Defaults that were taken, a line for each entry.
pub fn assumed(told: &Told) -> Html {
    let lang = told.lang;
    let taken: Vec<(String, String)> = told
        .report
        .assumed
        .iter()
        .map(|place| {
            let words = assumption(&told.dictionary.facts, place, lang);
            words.unwrap_or_else(|| (String::new(), place.clone()))
        })
        .collect();
    let same =
        |one: &(String, String), next: &(String, String)| one.0 == next.0 && !one.0.is_empty();
    let lines = taken.chunk_by(same).map(|entry| {
        let head = entry.first().map_or("", |(head, _)| head);
        let parts: Vec<&str> = entry.iter().map(|(_, part)| part.as_str()).collect();
        line("li", "", &[head, &parts.join(words::COMMA.get(lang))])
    });
    maybe(!taken.is_empty(), || {
        part("h3", words::ASSUMED.get(lang), false, vec![group("ul", "", lines.collect())])
    })
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

/// One value of a field, in the same way.
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

/// A figure in groups of three; nothing of what is none.
fn grouped(value: &Value) -> Option<String> {
    zice_tables::typed::grouped(plain_text(Some(value)))
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

/// The fields of an entry.
fn entry_text(fact: &Fact, entry: &Value, lang: Lang) -> String {
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

/// What stands between a place and what is taken for it.
const SIGNS: [&str; 3] = [" <= ", " < ", " = "];

/// `ip[0].owner = company` in the words of the form: the entry, and the rest.
fn assumption(facts: &[Fact], line: &str, lang: Lang) -> Option<(String, String)> {
    let (place, sign, value) = SIGNS.iter().find_map(|sign| {
        let (place, value) = line.split_once(*sign)?;
        Some((place, *sign, value))
    })?;
    let value_word = |values: &[Choice], answers: Option<&Answers>| {
        let yes = match value {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        match (chosen(values, value), yes, answers) {
            (Some(choice), ..) => choice.label(lang).to_owned(),
            (_, Some(yes), Some(answers)) => answers.said(yes).get(lang).to_owned(),
            (_, Some(yes), None) => scalar(&[], &Value::Bool(yes), lang),
            _ if sign == SIGNS[0] => words::fill(&words::NOT_AFTER, lang, value),
            _ if sign == SIGNS[1] => words::fill(&words::BEFORE, lang, value),
            _ => value.to_owned(),
        }
    };
    let Some((list, rest)) = place.split_once('[') else {
        let fact = facts.iter().find(|fact| fact.id == place)?;
        let words =
            [fact.short.get(lang), words::COLON.get(lang), &value_word(&[], fact.answers.as_ref())]
                .concat();
        return Some((String::new(), words));
    };
    let fact = facts.iter().find(|fact| fact.id == list)?;
    let (number, field) = rest.split_once("].")?;
    let field = fact.fields.iter().find(|one| one.id == field)?;
    let entry = words::count(&words::ENTRY, lang, number.parse::<usize>().ok()? + 1);
    let value = value_word(&field.values, field.answers.as_ref());
    let part = [field.label.get(lang), words::COLON.get(lang), &value].concat();
    Some(([fact.short.get(lang), " ", &entry, " "].concat(), part))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_taken_for_granted_is_told_in_the_words_of_the_form() {
        let text = |zh: &str| json!({ "zh": zh, "en": zh });
        let field = |id: &str, zh: &str, kind: &str| json!({ "id": id, "name": zh, "type": kind, "label": text(zh) });
        let fact = |id: &str, zh: &str, kind: &str, fields: Vec<Value>| -> Fact {
            let fact = json!({
                "id": id, "name": zh, "type": kind, "topic": "all", "fields": fields,
                "short": text(zh), "question": text(zh), "definition": text(zh),
            });
            serde_json::from_value(fact).expect("a fact")
        };
        let fields = vec![field("granted_on", "授权日", "date"), field("new", "新的", "bool")];
        let facts =
            [fact("founded", "成立日期", "date", vec![]), fact("ip", "权利", "list", fields)];
        let told = |line| assumption(&facts, line, Lang::Zh).map(|(head, rest)| head + &rest);
        assert_eq!(told("founded < 2021-01-01").as_deref(), Some("成立日期：早于 2021-01-01"));
        let granted = told("ip[0].granted_on <= 2023-05-10");
        assert_eq!(granted.as_deref(), Some("权利 第 1 项 授权日：不晚于 2023-05-10"));
        assert_eq!(told("ip[1].new = false").as_deref(), Some("权利 第 2 项 新的：否"));
        assert_eq!(told("ip[1].other = false"), None);
    }

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
