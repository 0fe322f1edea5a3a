//! Where tables are pasted, what was understood of them, and the way back.

use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlInputElement};
use yew::prelude::*;
use zice_rules::{
    Lang,
    dictionary::{Fact, Kind},
    text::printable,
};
use zice_tables::{
    cell::Cell,
    fill::{Fill, Filled},
    list::{Column, Reading, Row, Said},
    rows,
};

use crate::{
    browser::ids::element_id,
    page::{Action, Draft, Focus, Shared, Step, act, path::Path, topics::Asked},
    parts::{
        answer::{figure, of_field},
        placeholder::notice,
    },
    screens::interview::leftovers::{asked_once, in_cell, units},
    ui::dom::{
        QUIET, area, attrs, button, changing, foreign, group, keyed, line, maybe, pasted_into,
        pressed_in, tag, text,
    },
    words,
};

/// So many rows are shown.
const SHOWN: usize = 50;
/// So much of a cell is shown.
const CELL: usize = 60;
/// What is chosen for a column that is not used.
const IGNORED: &str = "-";
/// What is chosen for one of which nothing is known after all.
const OPEN: &str = "?";
/// With fewer figures than this a button says what it fills in.
const SAID: usize = 7;

pub(super) fn step<E: 'static>(session: &Shared, step: Step) -> Callback<E> {
    act(session, Action::Paste(step))
}

pub(super) fn quiet(session: &Shared, words: &str, does: Step) -> Html {
    button(attrs! { "type": "button", "class": QUIET }, words, step(session, does))
}

fn draft<'a>(session: &'a Shared, place: &Path) -> Option<&'a Draft> {
    session.pasting.draft.as_ref().filter(|draft| draft.place == *place && draft.open)
}

fn panel_id(place: &Path) -> String {
    [&element_id(place), "-paste"].concat()
}

/// The button that asks for a table.
pub fn opener(session: &Shared, place: &Path) -> Html {
    let open = if draft(session, place).is_some() { "true" } else { "false" };
    button(
        attrs! {
            "type": "button", "class": QUIET, "data-zice-paste": "true", "aria-expanded": open,
            "aria-controls": &panel_id(place),
        },
        words::PASTE.get(session.view.lang),
        step(session, Step::Open(place.clone())),
    )
}

/// What was pasted, and the way back.
pub fn undo(session: &Shared, place: &Path) -> Html {
    let lang = session.view.lang;
    session.pasting.last.as_ref().filter(|it| it.place == *place).map_or_else(
        Html::default,
        |pasted| {
            let attrs = attrs! { "type": "button", "class": "zice-link" };
            let undo = button(attrs, words::UNDO_PASTE.get(lang), step(session, Step::Undo));
            let done = pasted.done;
            let count = text(&words::count(words::outcome(done.outcome), lang, done.count));
            let skipped = maybe(done.skipped > 0, || {
                text(&words::count(&words::SKIPPED, lang, done.skipped))
            });
            group("p", "", vec![count, skipped, text(" "), undo])
        },
    )
}

/// What shows a paste; Escape sends it away, but not while a word is composed.
fn shell(session: &Shared, place: &Path, children: Vec<Html>) -> Html {
    let dispatcher = session.dispatcher();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            dispatcher.dispatch(Action::Paste(Step::Close));
        }
    });
    let attrs = attrs! { "id": &panel_id(place), "class": "zice-paste" };
    pressed_in(tag("div", attrs, children), onkeydown)
}

/// A paste that waits until the rest of the page is there.
fn held(session: &Shared, place: &Path) -> Html {
    let held = session.pasting.held.as_ref().and_then(Step::place);
    maybe(held == Some(place), || notice(session))
}

/// The field for a table, where one is asked for.
pub fn panel(session: &Shared, asked: &Asked, fact: &Fact, place: &Path, there: usize) -> Html {
    match draft(session, place) {
        Some(draft) => pasting(session, asked, fact, draft, there),
        None => held(session, place),
    }
}

/// The field for a table, and what was understood of it.
fn pasting(session: &Shared, asked: &Asked, fact: &Fact, draft: &Draft, there: usize) -> Html {
    let (lang, place) = (session.view.lang, &draft.place);
    let dispatcher = session.dispatcher();
    let oninput = Callback::from(move |event: InputEvent| {
        // Any element with a `value` will do.
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        dispatcher.dispatch(Action::Paste(Step::Text(text)));
    });
    let id = [&panel_id(place), "-text"].concat();
    let hint = [&id, "-hint"].concat();
    let count = draft.reading.count;
    let mut buttons = vec![maybe(count > 0, || {
        let words = words::count(&words::ADD_ROWS, lang, count);
        let attrs = attrs! { "type": "button", "class": "zice-button" };
        button(attrs, &words, step(session, Step::Take(false)))
    })];
    buttons.push(maybe(count > 0 && there > 0, || {
        quiet(session, &words::count(&words::REPLACE_ROWS, lang, there), Step::Take(true))
    }));
    buttons.push(quiet(session, words::CANCEL.get(lang), Step::Close));
    let children = vec![
        tag("label", attrs! { "for": &id }, vec![text(words::PASTE_LABEL.get(lang))]),
        tag(
            "p",
            attrs! { "id": &hint, "class": "zice-help" },
            vec![text(words::PASTE_HINT.get(lang))],
        ),
        area(
            attrs! {
                "id": &id, "rows": "4", "autocomplete": "off", "spellcheck": "false",
                "aria-describedby": &hint, "wrap": "off",
            },
            oninput,
        ),
        tag("p", attrs! { "role": "status" }, vec![text(&said(&draft.reading, &draft.text, lang))]),
        asked_once(session, fact, draft),
        maybe(!draft.reading.columns.is_empty(), || preview(session, asked, fact, draft)),
        group("p", "zice-actions", buttons),
    ];
    shell(session, place, children)
}

/// How much was understood.
fn said(reading: &Reading, pasted: &str, lang: Lang) -> String {
    if pasted.trim().is_empty() {
        return String::new();
    }
    let count = reading.count;
    if count == 0 {
        return nothing(reading, lang);
    }
    let mut said = words::count(&words::PASTE_ROWS, lang, count);
    let open = reading.columns.iter().filter(|it| it.field.is_none() && !it.other).count();
    for (word, count) in [
        (&words::PASTE_REST, reading.rows.len() - count),
        (&words::PASTE_MARKED, reading.marked),
        (&words::PASTE_COLUMNS, open),
    ] {
        if count > 0 {
            said.push_str(&words::count(word, lang, count));
        }
    }
    if reading.rows.len() > SHOWN {
        said.push_str(words::PASTE_FIRST.get(lang));
    }
    said.push_str(words::FULL_STOP.get(lang));
    said
}

/// Why there is nothing to add.
fn nothing(reading: &Reading, lang: Lang) -> String {
    let heads = reading.columns.iter().filter(|it| !it.head.is_empty());
    let heads: Vec<String> = heads.map(|it| printable(&clipped(&it.head))).collect();
    let rows = &reading.rows;
    let why = if !rows.is_empty() && rows.iter().all(|row| row.sum) {
        &words::ONLY_SUMS
    } else if reading.columns.iter().any(|it| it.field.is_some()) {
        if rows.is_empty() { &words::ONLY_HEADS } else { &words::NO_ENTRY }
    } else if heads.is_empty() {
        &words::PASTE_NOTHING
    } else {
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let heads = words::named(&heads, &words::AND_FIELDS, lang);
        return words::fill(&words::NO_COLUMN, lang, &heads);
    };
    why.get(lang).to_owned()
}

/// The table as it was understood, with the means to correct it.
fn preview(session: &Shared, asked: &Asked, fact: &Fact, draft: &Draft) -> Html {
    let lang = session.view.lang;
    let reading = &draft.reading;
    let fields = session.used_fields(asked.fact, fact);
    let mut heads = vec![tag("th", attrs! { "scope": "col" }, vec![text(words::ROW.get(lang))])];
    for (at, column) in reading.columns.iter().enumerate() {
        heads.push(head(session, fact, &fields, column, at, draft.turn));
    }
    let rows = reading.rows.iter().take(SHOWN).enumerate();
    let rows = rows.map(|(at, row)| preview_row(session, fact, draft, row, at));
    let head = group("thead", "", vec![group("tr", "", heads)]);
    let table = group("table", "", vec![head, group("tbody", "", rows.collect())]);
    tag(
        "div",
        attrs! { "class": "zice-preview", "role": "group", "aria-label": words::PASTE_PREVIEW.get(lang), "tabindex": "0" },
        vec![table],
    )
}

/// The head of a column: what stands there, and what it is taken for.
fn head(
    session: &Shared,
    fact: &Fact,
    fields: &[usize],
    column: &Column,
    at: usize,
    turn: usize,
) -> Html {
    let lang = session.view.lang;
    let name = words::count(&words::COLUMN, lang, at + 1);
    let shown = if column.head.is_empty() { &name } else { &column.head };
    let select = |key: &str, word: &words::Word, options: Vec<Html>| {
        let key = [key, &at.to_string(), "/", &turn.to_string()].concat();
        let label = [&name, " ", word.get(lang)].concat();
        let dispatcher = session.dispatcher();
        let onchange = Callback::from(move |event: Event| {
            let word = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(said) = said_of(at, &word) {
                dispatcher.dispatch(Action::Paste(Step::Say(said)));
            }
        });
        keyed(key, changing("select", attrs! { "aria-label": &label }, options, onchange))
    };
    let option = |value: &str, words: &str, selected: bool| {
        let selected = if selected { "selected" } else { "" };
        tag("option", attrs! { "value": value, "selected": selected }, vec![text(words)])
    };
    let mut options = vec![
        option(OPEN, words::CHOOSE_ONE.get(lang), column.field.is_none() && !column.other),
        option(IGNORED, words::IGNORE_COLUMN.get(lang), column.other),
    ];
    // What no chosen programme asks is not offered, but shown where it was read.
    let read = column.field.filter(|at| !fields.contains(at));
    for field in fields.iter().chain(&read) {
        let label = fact.fields.get(*field).map_or("", |it| it.label.get(lang));
        options.push(option(&field.to_string(), label, column.field == Some(*field)));
    }
    let mut children = vec![foreign(&clipped(shown)), select("f", &words::COLUMN_IS, options)];
    if !column.asks.is_empty() {
        let mut options = vec![option("", words::READ_DAY_AS.get(lang), column.order.is_none())];
        for (order, text, day) in &column.asks {
            let words = [&printable(text), " = ", day.as_str()].concat();
            options.push(option(&order.to_string(), &words, column.order == Some(*order)));
        }
        children.push(select("d", &words::READ_DAY_AS, options));
    }
    for (shown, word) in [
        (column.field.is_none() && !column.other, &words::NOT_RECOGNISED),
        (column.twice, &words::TWICE),
        (column.odd_unit, &words::ODD_UNIT),
    ] {
        children.push(maybe(shown, || line("p", "zice-error", &[word.get(lang)])));
    }
    tag("th", attrs! { "scope": "col" }, children)
}

/// What is said of a column by what was chosen in its head.
fn said_of(column: usize, word: &str) -> Option<Said> {
    Some(match word {
        IGNORED => Said::Ignored(column),
        OPEN => Said::Open(column),
        _ => match word.parse() {
            Ok(field) => Said::Field(column, field),
            Err(_) => Said::Order(column, word.chars().next()?),
        },
    })
}

pub(super) fn clipped(text: &str) -> String {
    let mut clipped: String = text.chars().take(CELL).collect();
    if clipped.len() < text.len() {
        clipped.push('…');
    }
    clipped
}

fn preview_row(session: &Shared, fact: &Fact, draft: &Draft, row: &Row, at: usize) -> Html {
    let lang = session.view.lang;
    let number = (at + 1).to_string();
    let status = row.entry.as_ref().and_then(|entry| entry.get("status"));
    let open = status.is_some_and(Value::is_null);
    let mut cells = vec![tag(
        "th",
        attrs! { "scope": "row" },
        vec![
            text(&number),
            maybe(row.entry.is_none(), || {
                let same = row.again.map(|it| words::count(&words::SAME_RIGHT, lang, it + 1));
                let why = same.unwrap_or_else(|| words::NOT_ADDED.get(lang).to_owned());
                line("p", "zice-help", &[&why])
            }),
            // Also where no column is for the status: then nothing else tells it.
            row.like.filter(|_| open).map_or_else(Html::default, |other| {
                let words = words::count(&words::MAYBE_SAME_RIGHT, lang, other + 1);
                line("p", "zice-error", &[&words])
            }),
        ],
    )];
    let columns = draft.reading.columns.iter().enumerate();
    for (((column_at, column), cell), original) in columns.zip(&row.cells).zip(&row.texts) {
        let field = column.field.and_then(|at| fact.fields.get(at)).filter(|_| row.entry.is_some());
        let mark = |word: &words::Word| {
            vec![foreign(&clipped(original)), line("p", "zice-error", &[word.get(lang)])]
        };
        let (class, shown) = match (field, cell) {
            (Some(field), Cell::Is(value)) => {
                let words = of_field(field, value, lang);
                let shown =
                    if field.kind == Kind::Text { foreign(&clipped(&words)) } else { text(&words) };
                ("", vec![shown])
            }
            (Some(_), Cell::Unclear | Cell::Nothing) => {
                in_cell(session, fact, draft, (row, at), (column, column_at), original)
            }
            (Some(_), Cell::Asks) => ("zice-marked", mark(&words::ASKED_ABOVE)),
            _ => ("zice-help", vec![foreign(&clipped(original))]),
        };
        cells.push(group("td", class, shown));
    }
    group("tr", "", cells)
}

/// Figures into which a block may be pasted. A single figure is pasted as
/// ever.
pub fn figures(session: &Shared, place: &Path, element: Html) -> Html {
    let (dispatcher, place) = (session.dispatcher(), place.clone());
    let onpaste = Callback::from(move |event: Event| {
        let id = event.target_unchecked_into::<Element>().id();
        let clipboard = event.unchecked_ref::<ClipboardEvent>().clipboard_data();
        let text = clipboard.and_then(|it| it.get_data("text/plain").ok()).unwrap_or_default();
        if text.trim().contains(['\t', '\n', '\r']) {
            event.prevent_default();
            let cell = id.strip_prefix(&element_id(&place)).unwrap_or("").to_owned();
            let from = Focus::Element(id);
            let block = Step::Block { place: place.clone(), cell, text, from };
            dispatcher.dispatch(Action::Paste(block));
        }
    });
    pasted_into(element, onpaste)
}

/// The ways to understand a block of figures, where one was pasted, and what
/// was.
pub fn fills(session: &Shared, fact: &Fact, place: &Path) -> Html {
    let undo = tag("div", attrs! { "role": "status" }, vec![undo(session, place)]);
    let shown = match draft(session, place).filter(|draft| draft.fills.is_some()) {
        Some(draft) => filling(session, fact, draft),
        None => held(session, place),
    };
    group("div", "", vec![shown, undo])
}

/// The ways to understand a block of figures, each with what comes of it.
fn filling(session: &Shared, fact: &Fact, draft: &Draft) -> Html {
    let (lang, fills) = (session.view.lang, draft.fills.as_deref().unwrap_or(&[]));
    let mut children = vec![line("p", "", &[words::BLOCK.get(lang)])];
    if fills.is_empty() {
        let why = not_clear(&draft.text, lang);
        children.push(tag("p", attrs! { "role": "alert" }, vec![text(&why)]));
    }
    children.extend(draft.odd_unit.as_ref().map(|odd| {
        let question = words::fill(&words::UNIT_UNCLEAR, lang, &printable(odd));
        let mut asked = vec![text(&question)];
        asked.extend(units(lang).map(|(unit, word)| quiet(session, word, Step::In(unit))));
        group("p", "zice-actions", asked)
    }));
    let mut buttons = Vec::new();
    for (at, fill) in fills.iter().enumerate() {
        // A list and its button stay together; the last has company.
        if !buttons.is_empty() {
            children.push(group("p", "zice-actions", core::mem::take(&mut buttons)));
        }
        children.extend(look_alikes(session, fact, fill));
        let told: Vec<String> = fill.iter().map(|cell| filled(fact, cell, lang)).collect();
        let mut so = words::FILL_SO.get(lang).to_owned();
        // Of two orders each button says what comes of it.
        if fills.len() > 1 && told.len() < SAID {
            so.push_str(words::COLON.get(lang));
            so.push_str(&told.join(words::SEMICOLON.get(lang)));
        } else {
            let told = told.iter().map(|told| line("li", "", &[told]));
            children.push(group("ul", "", told.collect()));
        }
        let any = fill.iter().any(|it| it.value.is_some() && !it.place.is_empty());
        buttons.push(maybe(any, || quiet(session, &so, Step::Fill(at))));
    }
    buttons.push(quiet(session, words::CANCEL.get(lang), Step::Close));
    children.push(group("p", "zice-actions", buttons));
    shell(session, &draft.place, children)
}

/// Why nothing of a block is what is asked: what its lines are called.
fn not_clear(pasted: &str, lang: Lang) -> String {
    let rows = rows(pasted);
    let label = |cell: &&String| cell.chars().any(char::is_alphabetic);
    let names: Vec<String> = rows
        .iter()
        .filter_map(|row| row.first().filter(label))
        .map(|name| printable(&clipped(name)))
        .collect();
    let mut why = words::NOT_CLEAR.get(lang).to_owned();
    if !names.is_empty() {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let names = words::named(&names, &words::AND_ROWS, lang);
        why.push_str(&words::fill(&words::ROWS_ARE, lang, &names));
    }
    why
}

/// Lines that look like what is asked, where nothing else is: each is taken
/// only if the user says that it is the same.
fn look_alikes(session: &Shared, fact: &Fact, fill: &Fill) -> Vec<Html> {
    let lang = session.view.lang;
    let mut names: Vec<&str> = Vec::new();
    for cell in fill {
        if let Some((name, _)) = &cell.looks_like
            && !names.contains(&name.as_str())
        {
            names.push(name);
        }
    }
    let asked = names.into_iter().map(|name| {
        let words = words::fill(&words::LOOKS_LIKE, lang, &printable(name));
        let words = words.replace("{b}", fact.short.get(lang));
        let there = |place: &str| fill.iter().any(|it| it.place == place && it.value.is_some());
        let free = fill.iter().any(|it| {
            it.looks_like.as_ref().is_some_and(|it| it.0 == name && it.1.is_some())
                && !there(&it.place)
        });
        let same = || quiet(session, words::IT_IS.get(lang), Step::Same(name.to_owned()));
        group("p", "zice-actions", vec![text(&words), maybe(free, same)])
    });
    asked.collect()
}

/// Where a figure of a block would go, and what it says.
fn filled(fact: &Fact, cell: &Filled, lang: Lang) -> String {
    if cell.place.is_empty() {
        let word = if cell.value.is_some() { &words::ROW_TAKEN } else { &words::ROW_UNKNOWN };
        return words::fill(word, lang, &printable(&clipped(&cell.text)));
    }
    let (head, kind) = match cell.place.split_once('.') {
        Some((side, field)) => {
            let side = fact.sides.iter().find(|it| it.id == side);
            let field = fact.fields.iter().find(|it| it.id == field);
            let side = side.map_or("", |side| side.label(lang));
            let label = field.map_or("", |field| field.label.get(lang));
            ([side, " ", label].concat(), field.map_or(fact.kind, |field| field.kind))
        }
        None => (words::fill(&words::YEAR, lang, &cell.place), fact.kind),
    };
    let said = match &cell.value {
        Some(value) => figure(kind, &[], value, lang),
        None => {
            let original = printable(&clipped(&cell.text));
            let mark = match &cell.looks_like {
                Some((name, _)) => &printable(name),
                None => words::NOT_UNDERSTOOD.get(lang),
            };
            [&original, words::BRACKET.get(lang), mark, words::BRACKET_END.get(lang)].concat()
        }
    };
    [&head, words::COLON.get(lang), &said].concat()
}
