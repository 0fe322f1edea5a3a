//! A figure or a day: one value, or an honest range.
//!
//! The field is the user's: it is never reformatted under the hands, which
//! also leaves Chinese input methods alone. What goes into the company file is
//! the plain figure; what is none is refused by the engine, beside the field.

use serde_json::{Map, Value, json};
use yew::prelude::*;
use zice_rules::{Lang, decimal, dictionary::Kind};

use super::question::typed;
use crate::{
    session::{plain_day, plain_figure},
    words,
};

/// A figure of a fact.
#[derive(Properties, Clone, PartialEq)]
pub struct FigureProps {
    pub lang: Lang,
    pub id: String,
    pub label: String,
    pub kind: Kind,
    pub unit: String,
    /// What stands in the company file.
    pub value: Option<Value>,
    /// Whether something is wrong with it.
    pub wrong: bool,
    pub described_by: String,
    pub onchange: Callback<Value>,
}

/// One field, or two for a range.
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let lang = props.lang;
    let as_range = use_state(|| props.value.as_ref().is_some_and(Value::is_object));
    let end = |name: &str| {
        let object = props.value.as_ref().filter(|value| value.is_object());
        shown(object.and_then(|object| object.get(name)))
    };
    let one = use_state(|| shown(props.value.as_ref().filter(|value| !value.is_object())));
    let low = use_state(|| end("min"));
    let high = use_state(|| end("max"));
    let kind = props.kind;

    let send = {
        let onchange = props.onchange.clone();
        move |as_range: bool, one: &str, low: &str, high: &str| {
            onchange.emit(if as_range { range(low, high, kind) } else { plain(one, kind) });
        }
    };
    let listen = |state: &UseStateHandle<String>, place: usize| {
        let (state, send) = (state.clone(), send.clone());
        let (as_range, one, low, high) =
            (*as_range, (*one).clone(), (*low).clone(), (*high).clone());
        Callback::from(move |event: InputEvent| {
            let text = typed(&event);
            let mut texts = [one.clone(), low.clone(), high.clone()];
            if let Some(slot) = texts.get_mut(place) {
                slot.clone_from(&text);
            }
            let [one, low, high] = &texts;
            send(as_range, one, low, high);
            state.set(text);
        })
    };
    let toggle = {
        let (as_range, send) = (as_range.clone(), send.clone());
        let (one, low, high) = ((*one).clone(), (*low).clone(), (*high).clone());
        Callback::from(move |_: MouseEvent| {
            send(!*as_range, &one, &low, &high);
            as_range.set(!*as_range);
        })
    };
    let field = |state: &UseStateHandle<String>, place: usize, id: String, label: String| {
        let text = (**state).clone();
        let echo = echo(&text, kind, lang);
        // A day is typed like a figure: the browser's own date field swallows
        // days that do not exist without a word.
        let day = kind == Kind::Date;
        let class = if day { "zice-day" } else { "zice-figure" };
        let hint = day.then(|| words::DAY_FORMAT.get(lang));
        html! {
            <span class="zice-field">
                <label for={id.clone()}>{ label }</label>
                <input {id} type="text" inputmode={(!day).then_some("decimal")} autocomplete="off" {class}
                    placeholder={hint} value={text}
                    aria-describedby={props.described_by.clone()}
                    aria-invalid={props.wrong.to_string()} oninput={listen(state, place)} />
                if !day { <span class="zice-unit">{ &props.unit }</span> }
                if let Some(echo) = echo { <span class="zice-echo">{ echo }</span> }
            </span>
        }
    };
    html! {
        <div class="zice-figures">
            if *as_range {
                { field(&low, 1, format!("{}-min", props.id),
                    format!("{} {}", props.label, words::AT_LEAST.get(lang))) }
                { field(&high, 2, format!("{}-max", props.id),
                    format!("{} {}", props.label, words::AT_MOST.get(lang))) }
            } else {
                { field(&one, 0, props.id.clone(), props.label.clone()) }
            }
            if kind != Kind::Date {
                <button type="button" class="zice-link" onclick={toggle}
                    aria-label={format!("{}：{}", props.label, toggle_word(*as_range, lang))}>
                    { toggle_word(*as_range, lang) }
                </button>
            }
        </div>
    }
}

const fn toggle_word(as_range: bool, lang: Lang) -> &'static str {
    if as_range { words::AS_ONE.get(lang) } else { words::AS_RANGE.get(lang) }
}

/// A value of the company file as text.
fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// Typed text as a value: nothing typed is not known.
fn plain(text: &str, kind: Kind) -> Value {
    let figure = if kind == Kind::Date { plain_day(text) } else { plain_figure(text) };
    if figure.is_empty() { Value::Null } else { json!(figure) }
}

fn range(low: &str, high: &str, kind: Kind) -> Value {
    let mut ends = Map::new();
    for (name, text) in [("min", low), ("max", high)] {
        let value = plain(text, kind);
        if !value.is_null() {
            ends.insert(name.to_owned(), value);
        }
    }
    if ends.is_empty() { Value::Null } else { Value::Object(ends) }
}

/// Large amounts once more in 万, so that a nought too many is seen.
fn echo(text: &str, kind: Kind, lang: Lang) -> Option<String> {
    if kind != Kind::Money {
        return None;
    }
    let value = decimal::parse(&plain_figure(text)).ok()?;
    let ten_thousand = zice_rules::fraction::Fraction::whole(10_000);
    if value < ten_thousand {
        return None;
    }
    let amount = value.div(ten_thousand).ok()??.to_decimal_or_ratio();
    let unit = lang.pick(" 万元", " × 10,000 yuan");
    Some(format!("{} {amount}{unit}", words::READ_AS.get(lang)))
}
