//! A list of entries: add, edit in place, delete, take back.

use std::rc::Rc;

use serde_json::{Map, Value, json};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;
use zice_rules::{
    Lang,
    dictionary::{Fact, Field, Kind},
};

use super::question::{select, typed};
use crate::{
    app::Shared,
    session::{Action, is_none_held, plain_day},
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
    // The button that was pressed may be gone afterwards: the focus then goes
    // to what undoes it, or to where one goes on.
    let list = use_node_ref();
    let pressed = use_mut_ref(|| false);
    {
        let (list, pressed) = (list.clone(), Rc::clone(&pressed));
        use_effect(move || {
            if std::mem::take(&mut *pressed.borrow_mut()) {
                focus_next(&list);
            }
        });
    }
    let set = |value: Value| {
        let (session, id) = (session.clone(), fact.id.clone());
        let pressed = Rc::clone(&pressed);
        Callback::from(move |_: MouseEvent| {
            *pressed.borrow_mut() = true;
            session.dispatch(Action::Answer(id.clone(), value.clone()));
        })
    };
    let add = {
        let mut longer = entries.clone();
        longer.push(json!({}));
        let (session, id) = (session.clone(), fact.id.clone());
        Callback::from(move |_: MouseEvent| {
            session.dispatch(Action::Answer(id.clone(), Value::Array(longer.clone())));
        })
    };
    let deleting = {
        let pressed = Rc::clone(&pressed);
        Callback::from(move |()| *pressed.borrow_mut() = true)
    };
    let undo = {
        let (session, pressed) = (session.clone(), Rc::clone(&pressed));
        Callback::from(move |_: MouseEvent| {
            *pressed.borrow_mut() = true;
            session.dispatch(Action::Undo);
        })
    };
    let deleted = session.deleted.as_ref().is_some_and(|(id, ..)| *id == fact.id);
    html! {
        <div class="zice-list" ref={list}>
            { for entries.iter().enumerate().map(|(at, entry)| html! {
                <Entry key={format!("{at}/{}", session.entries)} session={session.clone()} fact={props.fact} {at} entry={entry.clone()}
                    ondelete={deleting.clone()} />
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
                <button type="button" class="zice-button zice-button-quiet" onclick={add} data-zice-add="">
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

/// The button that undoes what was just done, or the one that goes on.
fn focus_next(list: &NodeRef) {
    let Some(list) = list.cast::<Element>() else { return };
    let next = |selector: &str| list.query_selector(selector).ok().flatten();
    let button = next("[role=status] button").or_else(|| next("[data-zice-add]"));
    if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        button.focus().ok();
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
    ondelete: Callback<()>,
}

/// One entry.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let EntryProps { session, fact: position, at, entry, ondelete } = props;
    let (position, at) = (*position, *at);
    let lang = session.lang;
    let (Some(fact), Some(policy)) =
        (session.catalogue.dictionary.facts.get(position), session.policy())
    else {
        return Html::default();
    };
    let delete = {
        let (session, id, ondelete) = (session.clone(), fact.id.clone(), ondelete.clone());
        Callback::from(move |_: MouseEvent| {
            ondelete.emit(());
            session.dispatch(Action::Delete(id.clone(), at));
        })
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
                let path = format!("facts.{}[{at}].{}", fact.id, field.id);
                let wrong = session.problems.iter().any(|problem| problem.path.starts_with(&path));
                let help = wrong.then(|| format!("zice-{}-help", fact.id));
                field_input(session, field, id, entry.get(&field.id), help, change)
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

#[derive(Properties, Clone, PartialEq)]
struct TextFieldProps {
    id: String,
    label: String,
    lang: Lang,
    kind: Kind,
    value: String,
    /// What describes the mistake in it, if there is one.
    help: Option<String>,
    onchange: Callback<Value>,
}

/// A typed field of an entry; what is typed stays as it is.
#[component]
fn TextField(props: &TextFieldProps) -> Html {
    let TextFieldProps { id, label, lang, kind, value, help, onchange } = props.clone();
    let text = use_state(|| value);
    let day = kind == Kind::Date;
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            let now = typed(&event);
            let plain = if day { plain_day(&now) } else { now.clone() };
            onchange.emit(if plain.is_empty() { Value::Null } else { json!(plain) });
            text.set(now);
        })
    };
    html! {
        <p class="zice-field">
            <label for={id.clone()}>{ label }</label>
            <input {id} type="text" autocomplete="off" class={day.then_some("zice-day")}
                placeholder={day.then(|| words::DAY_FORMAT.get(lang))} value={(*text).clone()}
                aria-invalid={help.is_some().to_string()} aria-describedby={help} {oninput} />
        </p>
    }
}

fn field_input(
    session: &Shared,
    field: &Field,
    id: String,
    value: Option<&Value>,
    help: Option<String>,
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
            html! { <TextField key={id.clone()} id={id.clone()} {label} {lang} {kind} value={text} {help} onchange={change} /> }
        }
    }
}
