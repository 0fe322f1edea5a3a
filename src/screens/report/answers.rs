//! What was entered, in the words of the form.

use serde_json::{Map, Value};
use yew::prelude::*;
use zice_engine::protocol::Problem;
use zice_rules::{
    Lang,
    dictionary::{Answers, Choice, Fact},
    text::printable,
};

use crate::{
    page::{Action, Screen, Session, Shared, act, topics::Asked},
    parts::answer::place,
    parts::answer::{answer, chosen, entry_text, label, scalar},
    screens::report::{Told, part},
    ui::dom::{attrs, button, group, line, maybe, text},
    words,
};

/// Entries that could not be used, with the step they stand in. What no chosen
/// programme asks is not told.
pub fn problems(session: &Shared) -> Html {
    let lines: Vec<Html> =
        session.results.problems.iter().filter_map(|it| mistake(session, it)).collect();
    maybe(!lines.is_empty(), || {
        let count = words::count(&words::PROBLEMS, session.view.lang, lines.len());
        group(
            "section",
            "zice-problems",
            vec![line("p", "zice-error", &[&count]), group("ul", "", lines)],
        )
    })
}

fn mistake(session: &Shared, problem: &Problem) -> Option<Html> {
    let lang = session.view.lang;
    let dictionary = &session.catalogue.dictionary;
    let what = problem.text.get(lang).to_owned();
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
            let at = session.scope.topics.iter().position(|topic| topic.asked.iter().any(asks))?;
            let place = place(problem, fact, lang);
            let told =
                if place.is_empty() { [colon, &what] } else { [" ", &[&place, &*what].concat()] };
            (at, fact.short.get(lang), told.concat())
        }
    };
    let topic = session.scope.topics.get(at).and_then(|topic| dictionary.topics.get(topic.topic));
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
    let lang = session.view.lang;
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
}
