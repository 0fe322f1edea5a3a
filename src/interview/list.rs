//! A list of entries: add, edit in place, delete, take back.

use serde_json::{Map, Value, json};
use web_sys::HtmlInputElement;
use yew::prelude::*;
use zice_rules::dictionary::{Fact, Field, Kind};

use super::question::{select, typed};
use crate::{
    app::Shared,
    session::{Action, is_none_held},
    words,
};

/// A list fact.
#[derive(Properties, Clone, PartialEq)]
pub struct ListProps {
    pub session: Shared,
    /// Position in the dictionary.
    pub fact: usize,
}

/// The entries of a list, each with the fields the chosen policy looks at.
#[component]
pub fn List(props: &ListProps) -> Html {
    let session = &props.session;
    let lang = session.lang;
    let Some(fact) = session.catalogue.dictionary.facts.get(props.fact) else {
        return Html::default();
    };
    let answer = session.facts.get(&fact.id);
    let entries = answer.and_then(Value::as_array).cloned().unwrap_or_default();
    let set = |value: Value| {
        let (session, id) = (session.clone(), fact.id.clone());
        Callback::from(move |_: MouseEvent| {
            session.dispatch(Action::Answer(id.clone(), value.clone()));
        })
    };
    let mut longer = entries.clone();
    longer.push(json!({}));
    let undo = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.dispatch(Action::Undo))
    };
    let deleted = session.deleted.as_ref().is_some_and(|(id, ..)| *id == fact.id);
    html! {
        <div class="zice-list">
            { for entries.iter().enumerate().map(|(at, entry)| html! {
                <Entry key={at} session={session.clone()} fact={props.fact} {at} entry={entry.clone()} />
            }) }
            <div role="status">
                if deleted {
                    <p>{ words::DELETED.get(lang) }{ " " }
                        <button type="button" class="zice-link" onclick={undo}>{ words::UNDO.get(lang) }</button>
                    </p>
                }
                if is_none_held(answer) {
                    <p>{ words::NONE_HELD_SAID.get(lang) }{ " " }
                        <button type="button" class="zice-link" onclick={set(Value::Null)}>
                            { words::TAKE_BACK.get(lang) }
                        </button>
                    </p>
                }
            </div>
            <p class="zice-actions">
                <button type="button" class="zice-button zice-button-quiet" onclick={set(Value::Array(longer))}>
                    { words::ADD.get(lang) }
                </button>
                if answer.is_none() {
                    <button type="button" class="zice-button zice-button-quiet" onclick={set(json!([]))}>
                        { words::NONE_HELD.get(lang) }
                    </button>
                }
            </p>
            if !entries.is_empty() { { complete(session, fact) } }
        </div>
    }
}

/// Whether the list is complete; taken as complete unless said otherwise.
fn complete(session: &Shared, fact: &Fact) -> Html {
    let lang = session.lang;
    let Some(id) = fact.complete.clone() else { return Html::default() };
    let checked = session.facts.get(&id).and_then(Value::as_bool).unwrap_or(true);
    let onchange = {
        let (session, id) = (session.clone(), id.clone());
        Callback::from(move |_: Event| {
            session.dispatch(Action::Answer(id.clone(), Value::Bool(!checked)));
        })
    };
    let help = format!("zice-{id}-help");
    html! {
        <p>
            <label class="zice-check">
                <input type="checkbox" {checked} {onchange} aria-describedby={help.clone()} />
                { words::COMPLETE.get(lang) }
            </label>
            <span id={help} class="zice-help">{ words::COMPLETE_HELP.get(lang) }</span>
        </p>
    }
}

#[derive(Properties, Clone, PartialEq)]
struct EntryProps {
    session: Shared,
    fact: usize,
    at: usize,
    entry: Value,
}

/// One entry.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let EntryProps { session, fact: position, at, entry } = props;
    let (position, at) = (*position, *at);
    let lang = session.lang;
    let (Some(fact), Some(policy)) =
        (session.catalogue.dictionary.facts.get(position), session.policy())
    else {
        return Html::default();
    };
    let delete = {
        let (session, id) = (session.clone(), fact.id.clone());
        Callback::from(move |_: MouseEvent| session.dispatch(Action::Delete(id.clone(), at)))
    };
    let fields = fact.fields.iter().enumerate();
    let used = fields.filter(|(field, _)| policy.uses_field(position, *field));
    html! {
        <fieldset class="zice-entry">
            <legend>{ words::fill(words::ENTRY, lang, at + 1) }</legend>
            { for used.map(|(_, field)| {
                let change = {
                    let (session, fact, field) = (session.clone(), fact.id.clone(), field.id.clone());
                    Callback::from(move |value: Value| {
                        let entries = session.facts.get(&fact).and_then(Value::as_array);
                        let mut entries = entries.cloned().unwrap_or_default();
                        let Some(slot) = entries.get_mut(at) else { return };
                        put(slot, &field, value);
                        session.dispatch(Action::Answer(fact.clone(), Value::Array(entries)));
                    })
                };
                let id = format!("zice-{}-{at}-{}", fact.id, field.id);
                field_input(session, field, id, entry.get(&field.id), change)
            }) }
            <button type="button" class="zice-link" onclick={delete}>
                { words::fill(words::DELETE, lang, at + 1) }
            </button>
        </fieldset>
    }
}

/// Sets a field of an entry; nothing takes it out.
fn put(entry: &mut Value, field: &str, value: Value) {
    if !entry.is_object() {
        *entry = Value::Object(Map::new());
    }
    if let Some(members) = entry.as_object_mut() {
        if value.is_null() {
            members.remove(field);
        } else {
            members.insert(field.to_owned(), value);
        }
    }
}

fn field_input(
    session: &Shared,
    field: &Field,
    id: String,
    value: Option<&Value>,
    change: Callback<Value>,
) -> Html {
    let lang = session.lang;
    let label = field.label.get(lang).to_owned();
    match field.kind {
        Kind::Bool => {
            let default = field.default.as_deref() == Some("true");
            let checked = value.and_then(Value::as_bool).unwrap_or(default);
            let onchange = Callback::from(move |event: Event| {
                let input: Option<HtmlInputElement> = event.target_dyn_into();
                let now = input.is_some_and(|input| input.checked());
                change.emit(if now == default { Value::Null } else { Value::Bool(now) });
            });
            html! {
                <p class="zice-check">
                    <input id={id.clone()} type="checkbox" {checked} {onchange} />
                    <label for={id}>{ label }</label>
                </p>
            }
        }
        Kind::Enum => html! {
            <p class="zice-field">
                <label for={id.clone()}>{ label }</label>
                { select(&id, &field.values, value, field.default.as_deref(), lang, None, change) }
            </p>
        },
        kind => {
            let text = value.and_then(Value::as_str).unwrap_or("").to_owned();
            let kind = if kind == Kind::Date { "date" } else { "text" };
            let oninput = Callback::from(move |event: InputEvent| {
                let text = typed(&event);
                change.emit(if text.is_empty() { Value::Null } else { json!(text) });
            });
            html! {
                <p class="zice-field">
                    <label for={id.clone()}>{ label }</label>
                    <input {id} type={kind} value={text} {oninput} />
                </p>
            }
        }
    }
}
