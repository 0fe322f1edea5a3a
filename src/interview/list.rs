//! Entries with fields: a list of them (add, edit in place, delete, take
//! back), or a single one.

use serde_json::{Value, json};
use yew::prelude::*;
use zice_rules::dictionary::{Fact, Field, Kind};

use super::field::{Slot, unit};
use crate::{
    app::QUIET,
    dom::{attrs, button, details, group, line, maybe, tag, text, tick},
    place::{entry_id, is_none_held, question_id},
    session::{Action, Shared, act},
    topics::Asked,
    words,
};

/// The entries of a list.
pub fn list(session: &Shared, asked: &Asked, fact: &Fact) -> Html {
    let place = ["facts.", &fact.id].concat();
    let answer = session.answer(&fact.id);
    let entries = answer.and_then(Value::as_array).map_or(0, Vec::len);
    let mut children: Vec<Html> =
        (0..entries).map(|at| entry(session, asked, fact, &place, at)).collect();
    // What stands below the entries keeps its place in the page.
    children.push(maybe(entries > 0, || complete(session, fact)));
    group(
        "div",
        "zice-list",
        vec![
            maybe(entries > 0, || fields_help(session, asked, fact)),
            group("div", "", children),
            held(session, &place, answer, true),
        ],
    )
}

/// The fields of a single entry.
pub fn object(session: &Shared, asked: &Asked, fact: &Fact) -> Html {
    let place = ["facts.", &fact.id].concat();
    let answer = session.answer(&fact.id);
    group(
        "div",
        "zice-list",
        vec![
            maybe(!is_none_held(answer), || {
                group("div", "zice-fields", fields(session, asked, fact, &place))
            }),
            fields_help(session, asked, fact),
            held(session, &place, answer, false),
        ],
    )
}

/// What was deleted, and that there is nothing at all: said, and taken back.
fn held(session: &Shared, place: &str, answer: Option<&Value>, list: bool) -> Html {
    let lang = session.lang;
    let link = |word: &words::Word, action: Action| {
        button(
            attrs! { "type": "button", "class": "zice-link" },
            word.get(lang),
            act(session, action),
        )
    };
    let press = |value: Value, then: &str| {
        let selector = ["#", &question_id(place), " ", then].concat();
        Action::Press(place.to_owned(), value, selector)
    };
    let deleted = session.deleted.as_ref().is_some_and(|(list, ..)| list == place);
    let quiet = |word: &words::Word, mark: &str, action: Action| {
        button(
            attrs! { "type": "button", "class": QUIET, "data-zice-add": mark },
            word.get(lang),
            act(session, action),
        )
    };
    let (none, none_word, said) = if list {
        (json!([]), &words::NONE_HELD, &words::NONE_HELD_SAID)
    } else {
        (json!({}), &words::NONE, &words::NONE_SAID)
    };
    group(
        "div",
        "",
        vec![
            tag(
                "div",
                attrs! { "role": "status" },
                vec![
                    maybe(deleted, || {
                        let undo = link(&words::UNDO, Action::Undo);
                        group("p", "", vec![text(words::DELETED.get(lang)), text(" "), undo])
                    }),
                    maybe(is_none_held(answer), || {
                        let then = if list { "[data-zice-add]" } else { "input,select" };
                        let back = link(&words::TAKE_BACK, press(Value::Null, then));
                        group("p", "", vec![text(said.get(lang)), text(" "), back])
                    }),
                ],
            ),
            group(
                "p",
                "zice-actions",
                vec![
                    maybe(list, || quiet(&words::ADD, "true", Action::Add(place.to_owned()))),
                    maybe(answer.is_none(), || {
                        quiet(none_word, "", press(none, "[role=status] button"))
                    }),
                ],
            ),
        ],
    )
}

/// Whether the list is complete; taken as complete unless said otherwise.
fn complete(session: &Shared, fact: &Fact) -> Html {
    let lang = session.lang;
    let Some(id) = &fact.complete else { return Html::default() };
    let checked = session.answer(id).and_then(Value::as_bool).unwrap_or(true);
    let next = Action::Set(["facts.", id].concat(), Value::Bool(!checked));
    let help = ["zice-", id, "-help"].concat();
    group(
        "p",
        "",
        vec![
            group(
                "label",
                "zice-check",
                vec![
                    tick(
                        attrs! { "type": "checkbox", "aria-describedby": &help },
                        checked,
                        act(session, next),
                    ),
                    text(words::COMPLETE.get(lang)),
                ],
            ),
            tag(
                "span",
                attrs! { "id": &help, "class": "zice-help" },
                vec![text(words::COMPLETE_HELP.get(lang))],
            ),
        ],
    )
}

/// One entry of a list.
fn entry(session: &Shared, asked: &Asked, fact: &Fact, list: &str, at: usize) -> Html {
    let lang = session.lang;
    let place = [list, "[", &at.to_string(), "]"].concat();
    let mut children = vec![line("legend", "", &[&words::count(&words::ENTRY, lang, at + 1)])];
    children.extend(fields(session, asked, fact, &place));
    children.push(button(
        attrs! { "type": "button", "class": "zice-link" },
        &words::count(&words::DELETE, lang, at + 1),
        act(session, Action::Delete(list.to_owned(), at)),
    ));
    tag("fieldset", attrs! { "class": "zice-entry", "id": &entry_id(list, at) }, children)
}

/// The fields that a policy in use looks at. A text is asked for too: it is
/// what tells entries apart.
pub fn used<'a>(
    session: &'a Shared,
    asked: &'a Asked,
    fact: &'a Fact,
) -> impl Iterator<Item = &'a Field> {
    let fields = fact.fields.iter().enumerate();
    let used = fields
        .filter(|(at, field)| field.kind == Kind::Text || session.uses_field(asked.fact, *at));
    used.map(|(_, field)| field)
}

fn fields(session: &Shared, asked: &Asked, fact: &Fact, place: &str) -> Vec<Html> {
    let lang = session.lang;
    let help = ["zice-", &fact.id, "-help"].concat();
    used(session, asked, fact)
        .map(|field| {
            let place = [place, ".", &field.id].concat();
            let wrong = session.problems.iter().any(|problem| problem.path.starts_with(&place));
            let slot = Slot {
                session,
                place: &place,
                label: field.label.get(lang),
                kind: field.kind,
                unit: unit(session, field.kind, field.unit.as_ref()),
                values: &field.values,
                default: field.default.as_deref(),
                help: if wrong { &help } else { "" },
                range: field.kind == Kind::Money,
            };
            slot.show()
        })
        .collect()
}

/// What goes into which field, once for all entries.
pub fn fields_help(session: &Shared, asked: &Asked, fact: &Fact) -> Html {
    let lang = session.lang;
    let mut told = Vec::new();
    for field in used(session, asked, fact) {
        if let Some(help) = &field.help {
            told.push(line("dt", "", &[field.label.get(lang)]));
            told.push(line("dd", "", &[help.get(lang)]));
        }
    }
    maybe(!told.is_empty(), || {
        details("zice-help", words::FIELDS_HELP.get(lang), vec![group("dl", "", told)])
    })
}
