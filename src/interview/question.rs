//! One question: wording, definition, the way to answer it.

use serde_json::{Value, json};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;
use zice_rules::{
    Lang,
    company::Problem,
    dictionary::{Choice, Fact, Kind},
    text::printable,
};

use super::{figure::Figure, list::List};
use crate::{
    app::Shared,
    session::{Action, Asked},
    words,
};

/// A question about one fact.
#[derive(Properties, Clone, PartialEq)]
pub struct QuestionProps {
    pub session: Shared,
    pub asked: Asked,
}

/// A question with its definition and what is wrong with the answer.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    let QuestionProps { session, asked } = props;
    let lang = session.lang;
    let Some(fact) = session.catalogue.dictionary.facts.get(asked.fact) else {
        return Html::default();
    };
    let id = format!("zice-{}", fact.id);
    let help = format!("{id}-help");
    let problems: Vec<&Problem> = session.problems_of(&fact.id).collect();
    let open = session.picture.open.contains(&asked.fact);
    let answer = session.facts.get(&fact.id);
    let body = match fact.kind {
        Kind::Bool => yes_or_no(session, fact, answer),
        Kind::Enum => choice(session, fact, answer, &help),
        Kind::List => html! { <List session={session.clone()} fact={asked.fact} /> },
        _ if fact.yearly => asked
            .years
            .iter()
            .map(|year| {
                let value = answer.and_then(|years| years.get(year.to_string()));
                let (fact_id, year) = (fact.id.clone(), *year);
                figure(session, fact, Some(year), value, &help, move |value| {
                    Action::AnswerYear(fact_id.clone(), year, value)
                })
            })
            .collect(),
        _ => {
            let fact_id = fact.id.clone();
            figure(session, fact, None, answer, &help, move |value| {
                Action::Answer(fact_id.clone(), value)
            })
        }
    };
    html! {
        <fieldset class="zice-question" id={id} aria-describedby={help.clone()}>
            <legend>
                { fact.question.get(lang) }
                if open { <span class="zice-tag">{ words::STILL_MATTERS.get(lang) }</span> }
            </legend>
            <div id={help}>
                { for problems.iter().map(|problem| html! {
                    <p class="zice-error"><strong>{ words::ERROR.get(lang) }</strong>{ place(problem, fact, lang) }{ problem.kind.text(lang) }</p>
                }) }
            </div>
            { body }
            <details class="zice-help">
                <summary>{ words::DEFINITION.get(lang) }</summary>
                <p>{ fact.definition.get(lang) }</p>
                if let Some(found_in) = &fact.found_in {
                    <p>{ words::FOUND_IN.get(lang) }{ found_in.get(lang) }</p>
                }
            </details>
        </fieldset>
    }
}

/// Year, or entry and field, the problem is in, in the words of the form.
fn place(problem: &Problem, fact: &Fact, lang: Lang) -> String {
    let path = problem.path.strip_prefix("facts.").unwrap_or(&problem.path);
    let rest = path.strip_prefix(fact.id.as_str()).unwrap_or("");
    let mut words = Vec::new();
    for part in rest.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        let field = fact.fields.iter().find(|field| field.id == part);
        words.push(match (field, part.parse::<usize>(), fact.yearly) {
            (Some(field), ..) => field.label.get(lang).to_owned(),
            (None, Ok(at), false) => words::fill(words::ENTRY, lang, at + 1),
            (None, Ok(year), true) => words::fill(words::YEAR, lang, year),
            (None, Err(_), _) => match part {
                "min" => words::AT_LEAST.get(lang).to_owned(),
                "max" => words::AT_MOST.get(lang).to_owned(),
                other => printable(other),
            },
        });
    }
    if words.is_empty() {
        String::new()
    } else {
        format!("{}{}", words.join(" "), lang.pick("：", ": "))
    }
}

fn figure(
    session: &Shared,
    fact: &Fact,
    year: Option<i32>,
    value: Option<&Value>,
    help: &str,
    action: impl Fn(Value) -> Action + 'static,
) -> Html {
    let lang = session.lang;
    let label = match year {
        Some(year) => words::fill(words::YEAR, lang, year),
        None => fact.short.get(lang).to_owned(),
    };
    let id = match year {
        Some(year) => format!("zice-{}-{year}", fact.id),
        None => format!("zice-{}-value", fact.id),
    };
    let session_for_change = session.clone();
    let wrong = session.problems_of(&fact.id).next().is_some();
    html! {
        <Figure key={id.clone()} {lang} id={id.clone()} {label} {wrong} kind={fact.kind}
            unit={unit(fact, lang)} value={value.cloned()} described_by={help.to_owned()}
            onchange={Callback::from(move |value| session_for_change.dispatch(action(value)))} />
    }
}

fn unit(fact: &Fact, lang: Lang) -> String {
    match (fact.kind, &fact.unit) {
        (Kind::Money, _) => words::YUAN.get(lang).to_owned(),
        (_, Some(unit)) => unit.get(lang).to_owned(),
        _ => String::new(),
    }
}

fn yes_or_no(session: &Shared, fact: &Fact, answer: Option<&Value>) -> Html {
    let lang = session.lang;
    let name = format!("zice-{}-answer", fact.id);
    let options = [
        ("true", Value::Bool(true), words::YES),
        ("false", Value::Bool(false), words::NO),
        ("unknown", Value::Null, words::NOT_SURE),
    ];
    html! {
        <div class="zice-radios">
            { for options.into_iter().map(|(suffix, value, word)| {
                let id = format!("{name}-{suffix}");
                let checked = answer.unwrap_or(&Value::Null) == &value;
                let onchange = {
                    let (session, fact) = (session.clone(), fact.id.clone());
                    Callback::from(move |_: Event| {
                        session.dispatch(Action::Answer(fact.clone(), value.clone()));
                    })
                };
                html! {
                    <label for={id.clone()}>
                        <input type="radio" id={id.clone()} name={name.clone()} value={suffix} {checked} {onchange} />
                        { word.get(lang) }
                    </label>
                }
            }) }
        </div>
    }
}

fn choice(session: &Shared, fact: &Fact, answer: Option<&Value>, help: &str) -> Html {
    let onchange = {
        let (session, id) = (session.clone(), fact.id.clone());
        Callback::from(move |value| session.dispatch(Action::Answer(id.clone(), value)))
    };
    let id = format!("zice-{}-value", fact.id);
    html! {
        <p>
            <label for={id.clone()}>{ fact.short.get(session.lang) }</label>
            { select(&id, &fact.values, answer, None, session.lang, Some(help), onchange) }
        </p>
    }
}

/// A choice; without an answer the default's, or none.
pub fn select(
    id: &str,
    choices: &[Choice],
    answer: Option<&Value>,
    default: Option<&str>,
    lang: Lang,
    help: Option<&str>,
    onchange: Callback<Value>,
) -> Html {
    let current = answer.and_then(Value::as_str).or(default).unwrap_or("").to_owned();
    let onchange = Callback::from(move |event: Event| {
        let select: Option<HtmlSelectElement> = event.target_dyn_into();
        let chosen = select.map(|select| select.value()).unwrap_or_default();
        onchange.emit(if chosen.is_empty() { Value::Null } else { json!(chosen) });
    });
    html! {
        <select id={id.to_owned()} {onchange} aria-describedby={help.map(str::to_owned)}>
            if default.is_none() {
                <option value="" selected={current.is_empty()}>{ words::CHOOSE_ONE.get(lang) }</option>
            }
            { for choices.iter().map(|choice| html! {
                <option value={choice.id.clone()} selected={choice.id == current}>{ choice.label(lang) }</option>
            }) }
        </select>
    }
}

/// The text of an input event's field.
pub fn typed(event: &InputEvent) -> String {
    let input: Option<HtmlInputElement> = event.target_dyn_into();
    input.map(|input| input.value()).unwrap_or_default()
}
