//! Entries with fields: a list of them (a row each; add, edit below the row,
//! delete, take back), or a single one.

use serde_json::{Value, json};
use yew::prelude::*;
use zice_rules::dictionary::{Fact, Field, Kind};

use crate::{
    browser::ids::{element_id, entry_id, row_id},
    page::{
        Action, Focus, Shared, act,
        path::{Path, is_none_held, plain_text},
        topics::Asked,
    },
    parts::{
        answer::of_field,
        field::{Slot, unit},
    },
    screens::interview::{leftovers, paste},
    ui::dom::{QUIET, attrs, button, details, group, keyed, line, maybe, tag, text, tick},
    words,
};

/// So many columns a table of entries has at most.
const COLUMNS: usize = 4;

/// The entries of a list.
pub fn list(session: &Shared, asked: &Asked, fact: &Fact) -> Html {
    let place = Path::fact(&fact.id);
    let answer = session.answer(&fact.id);
    let entries = answer.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let some = !entries.is_empty();
    group(
        "div",
        "zice-list",
        vec![
            maybe(some, || fields_help(session, asked, fact)),
            // What stands below the entries keeps its place in the page.
            group(
                "div",
                "",
                vec![
                    maybe(some, || table(session, asked, fact, &place, entries)),
                    maybe(some, || complete(session, fact)),
                ],
            ),
            held(session, fact, &place, answer),
            paste::panel(session, asked, fact, &place, entries.len()),
        ],
    )
}

/// A row for each entry, with the fields that tell most; the others below it,
/// while it is edited.
fn table(session: &Shared, asked: &Asked, fact: &Fact, list: &Path, entries: &[Value]) -> Html {
    let lang = session.view.lang;
    let given = |field: &Field| entries.iter().any(|entry| entry.get(&field.id).is_some());
    let fields: Vec<&Field> = used(session, asked, fact).collect();
    let shown = fields.iter().filter(|it| it.default.is_none() && (it.required || given(it)));
    let shown: Vec<&Field> = shown.take(COLUMNS).copied().collect();
    let head = |words: &str| tag("th", attrs! { "scope": "col" }, vec![text(words)]);
    let mut heads = vec![head(words::NUMBER.get(lang))];
    heads.extend(shown.iter().map(|field| head(field.label.get(lang))));
    heads.extend([&words::REMARKS, &words::ACTIONS].map(|word| head(word.get(lang))));
    let across = heads.len().to_string();
    let mut rows = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let place = list.entry(at);
        let open = session.view.editing.contains(&place);
        let mut cells =
            vec![tag("th", attrs! { "scope": "row" }, vec![text(&(at + 1).to_string())])];
        let row = row_id(&place);
        cells.extend(shown.iter().map(|field| {
            let value = entry.get(&field.id);
            let words = match value {
                None => String::new(),
                Some(Value::Null) => words::NOT_SURE.get(lang).to_owned(),
                Some(it) => of_field(field, it, lang),
            };
            let mut cell = vec![text(&words)];
            cell.extend(not_read(session, field, value, &place, at));
            let whole = field.kind == Kind::Date && cell.len() == 1;
            let class = if whole { "zice-whole" } else { "" };
            tag("td", attrs! { "data-label": field.label.get(lang), "class": class }, cell)
        }));
        let mut also = remarks(session, &fields, &shown, &place, entry);
        for field in fields.iter().filter(|it| !is_among(it, &shown)) {
            if let Some(said) = not_read(session, field, entry.get(&field.id), &place, at) {
                let (label, unclear) = (field.label.get(lang), words::NOT_SURE.get(lang));
                let words = text(&[label, words::COLON.get(lang), unclear].concat());
                also.push(group("div", "", vec![words, said]));
            }
        }
        cells.push(group("td", "", also));
        let id = entry_id(&place);
        let attrs = |word: &words::Word| words::count(word, lang, at + 1);
        let edit = button(
            attrs! {
                "type": "button", "class": "zice-link", "aria-controls": &id,
                "aria-expanded": if open { "true" } else { "false" },
                "aria-label": &attrs(&words::EDIT_ENTRY),
            },
            words::EDIT.get(lang),
            act(session, Action::Edit(place.clone(), None)),
        );
        let delete = button(
            attrs! { "type": "button", "class": "zice-link", "aria-label": &attrs(&words::DELETE) },
            words::DELETE_SHORT.get(lang),
            act(session, Action::Delete(list.clone(), at)),
        );
        cells.push(group("td", "zice-whole", vec![edit, delete]));
        rows.push(keyed(row.clone(), tag("tr", attrs! { "id": &row }, cells)));
        if open {
            let entry = entry_fields(session, asked, fact, at, &place);
            let cell = tag("td", attrs! { "colspan": &across }, vec![entry]);
            rows.push(keyed(id, group("tr", "zice-edited", vec![cell])));
        }
    }
    let head = group("thead", "", vec![group("tr", "", heads)]);
    group("table", "zice-table zice-entries", vec![head, group("tbody", "", rows)])
}

fn is_among(field: &Field, shown: &[&Field]) -> bool {
    shown.iter().any(|other| other.id == field.id)
}

/// What a pasted table said of a field of the entry at a place where it was not
/// understood, and the means to say what it is.
fn not_read(
    session: &Shared,
    field: &Field,
    value: Option<&Value>,
    entry: &Path,
    at: usize,
) -> Option<Html> {
    let place = entry.field(&field.id);
    let unknown = value.is_some_and(Value::is_null) && session.leftover(&place).is_some();
    unknown.then(|| leftovers::beside(session, field, &place, at, Focus::Row(entry.clone())))
}

/// What is wrong with an entry, what is missing in it, and what else it says
/// that is not taken for granted.
fn remarks(
    session: &Shared,
    fields: &[&Field],
    shown: &[&Field],
    place: &Path,
    entry: &Value,
) -> Vec<Html> {
    let lang = session.view.lang;
    let (mut wrong, mut missing, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        let label = field.label.get(lang);
        let told = is_among(field, shown);
        let path = place.field(&field.id);
        let value = match entry.get(&field.id) {
            None => {
                if field.default.is_none() && field.kind != Kind::Text {
                    missing.push(label);
                }
                continue;
            }
            Some(Value::Null) => {
                if !told && session.leftover(&path).is_none() {
                    let unclear = words::NOT_SURE.get(lang);
                    others.push([label, words::COLON.get(lang), unclear].concat());
                }
                continue;
            }
            Some(value) => value,
        };
        if session.results.problems.iter().any(|problem| Path::from(&*problem.path).is_below(&path))
        {
            wrong.push(label);
        }
        let words = of_field(field, value, lang);
        if !told && field.default.as_deref() != Some(plain_text(Some(value))) {
            others.push([label, words::COLON.get(lang), &words].concat());
        }
    }
    let comma = words::LIST_COMMA.get(lang);
    let left_out = || {
        let named = words::named(&missing, &words::AND_FIELDS, lang);
        line("p", "", &[words::LEFT_OUT.get(lang), &named])
    };
    vec![
        maybe(!wrong.is_empty(), || {
            line("p", "zice-error", &[words::ERROR.get(lang), &wrong.join(comma)])
        }),
        maybe(!missing.is_empty(), left_out),
        maybe(!others.is_empty(), || line("p", "", &[&others.join(words::SEMICOLON.get(lang))])),
    ]
}

/// The fields of a single entry.
pub fn object(session: &Shared, asked: &Asked, fact: &Fact) -> Html {
    let place = Path::fact(&fact.id);
    let answer = session.answer(&fact.id);
    group(
        "div",
        "zice-list",
        vec![
            maybe(!is_none_held(&fact.fields, answer), || {
                group("div", "zice-fields", fields(session, asked, fact, &place))
            }),
            fields_help(session, asked, fact),
            held(session, fact, &place, answer),
        ],
    )
}

/// What was deleted, and that there is nothing at all: said, and taken back.
fn held(session: &Shared, fact: &Fact, place: &Path, answer: Option<&Value>) -> Html {
    let (lang, list) = (session.view.lang, fact.kind == Kind::List);
    let link = |word: &words::Word, action: Action| {
        button(
            attrs! { "type": "button", "class": "zice-link" },
            word.get(lang),
            act(session, action),
        )
    };
    let press = |value: Value, then: Focus| Action::Press(place.clone(), value, then);
    let id = || fact.id.clone();
    let deleted = session.answers.deleted.as_ref().is_some_and(|it| it.list == *place);
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
        let nothing = fact.fields.iter().map(|field| (field.id.clone(), json!("")));
        (Value::Object(nothing.collect()), &words::NONE, &words::NONE_SAID)
    };
    group(
        "div",
        "",
        vec![
            tag(
                "div",
                attrs! { "role": "status" },
                vec![
                    paste::undo(session, place),
                    maybe(deleted, || {
                        let undo = link(&words::UNDO, Action::Undo);
                        group("p", "", vec![text(words::DELETED.get(lang)), text(" "), undo])
                    }),
                    maybe(is_none_held(&fact.fields, answer), || {
                        let then = if list { Focus::AddButton(id()) } else { Focus::Fields(id()) };
                        let back = link(&words::TAKE_BACK, press(Value::Null, then));
                        group("p", "", vec![text(said.get(lang)), text(" "), back])
                    }),
                ],
            ),
            group(
                "p",
                "zice-actions",
                vec![
                    maybe(list, || quiet(&words::ADD, "true", Action::Add(place.clone()))),
                    maybe(answer.is_none(), || {
                        quiet(none_word, "", press(none, Focus::TakeBack(id())))
                    }),
                    maybe(list, || paste::opener(session, place)),
                ],
            ),
        ],
    )
}

/// Whether the list is complete; taken as complete unless said otherwise.
fn complete(session: &Shared, fact: &Fact) -> Html {
    let lang = session.view.lang;
    let Some(id) = &fact.complete else { return Html::default() };
    let checked = session.answer(id).and_then(Value::as_bool).unwrap_or(true);
    let next = Action::Set(Path::fact(id), Value::Bool(!checked));
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

/// The fields of one entry of a list.
fn entry_fields(session: &Shared, asked: &Asked, fact: &Fact, at: usize, place: &Path) -> Html {
    let lang = session.view.lang;
    let mut children = vec![line("legend", "", &[&words::count(&words::ENTRY, lang, at + 1)])];
    children.extend(fields(session, asked, fact, place));
    let then = Some(Focus::Row(place.clone()));
    children.push(button(
        attrs! { "type": "button", "class": QUIET },
        words::EDIT_DONE.get(lang),
        act(session, Action::Edit(place.clone(), then)),
    ));
    tag("fieldset", attrs! { "class": "zice-entry", "id": &entry_id(place) }, children)
}

/// The fields that are asked.
pub fn used<'a>(
    session: &'a Shared,
    asked: &'a Asked,
    fact: &'a Fact,
) -> impl Iterator<Item = &'a Field> {
    let used = session.used_fields(asked.fact, fact);
    used.into_iter().filter_map(|at| fact.fields.get(at))
}

fn fields(session: &Shared, asked: &Asked, fact: &Fact, place: &Path) -> Vec<Html> {
    let lang = session.view.lang;
    let help = ["zice-", &fact.id, "-help"].concat();
    used(session, asked, fact)
        .flat_map(|field| {
            let place = place.field(&field.id);
            let wrong =
                session.results.problems.iter().any(|it| Path::from(&*it.path).is_below(&place));
            let slot = Slot {
                session,
                place: &place,
                label: field.label.get(lang),
                kind: field.kind,
                unit: unit(session, field.kind, field.unit.as_ref()),
                values: &field.values,
                answers: field.answers.as_ref(),
                default: field.default.as_deref(),
                help: if wrong { &help } else { "" },
                range: field.kind == Kind::Money,
                signed: field.signed,
                headed: false,
            };
            if fact.kind == Kind::List {
                return [slot.show(), leftovers::said(session, &place)];
            }
            let fields = vec![slot.show(), not_stated(session, &place)];
            [group("div", "zice-fields", fields), Html::default()]
        })
        .collect()
}

/// That a paper has nothing of a field, which is no mere want of an answer.
fn not_stated(session: &Shared, place: &Path) -> Html {
    let missing = session.at(place).and_then(Value::as_str) == Some("");
    let id = [&element_id(place), "-missing"].concat();
    let next = if missing { Value::Null } else { json!("") };
    let press = Action::Press(place.clone(), next, Focus::NotStated(place.clone()));
    let tick = tick(attrs! { "type": "checkbox", "id": &id }, missing, act(session, press));
    let words = text(words::NOT_STATED.get(session.view.lang));
    tag("label", attrs! { "class": "zice-check", "for": &id }, vec![tick, words])
}

/// What goes into which field, once for all entries.
pub fn fields_help(session: &Shared, asked: &Asked, fact: &Fact) -> Html {
    let lang = session.view.lang;
    let mut told = Vec::new();
    for field in used(session, asked, fact) {
        if let Some(help) = &field.help {
            told.push(line("dt", "", &[field.label.get(lang)]));
            told.push(line("dd", "", &[&help.dated(lang, session.day())]));
        }
    }
    maybe(!told.is_empty(), || {
        details("zice-help", words::FIELDS_HELP.get(lang), vec![group("dl", "", told)])
    })
}
