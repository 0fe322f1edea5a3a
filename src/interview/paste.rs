//! Where tables are pasted, what was understood of them, and the way back.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlInputElement};
use yew::prelude::*;
use zice_rules::{
    Lang,
    dictionary::{Fact, Kind},
    text::printable,
};

use crate::{
    app::QUIET,
    dom::{area, attrs, button, changing, foreign, group, keyed, line, maybe, pasted_into, pressed_in, tag, text},
    paste::{Cell, Column, Order, Reading, Row, fill::Filled},
    place::element_id,
    report::figure,
    session::{Action, Draft, Shared, Step, act},
    topics::Asked,
    words,
};

/// So many rows are shown.
const SHOWN: usize = 50;
/// So much of a cell is shown.
const CELL: usize = 60;

fn step<E: 'static>(session: &Shared, step: Step) -> Callback<E> {
    act(session, Action::Paste(step))
}

fn quiet(session: &Shared, words: &str, does: Step) -> Html {
    button(attrs! { "type": "button", "class": QUIET }, words, step(session, does))
}

fn draft<'a>(session: &'a Shared, place: &str) -> Option<&'a Draft> {
    session.paste.as_deref().filter(|draft| draft.place == place && draft.open)
}

fn panel_id(place: &str) -> String {
    [&element_id(place), "-paste"].concat()
}

/// The button that asks for a table.
pub fn opener(session: &Shared, place: &str) -> Html {
    let open = if draft(session, place).is_some() { "true" } else { "false" };
    button(
        attrs! {
            "type": "button", "class": QUIET, "data-zice-paste": "true", "aria-expanded": open,
            "aria-controls": &panel_id(place),
        },
        words::PASTE.get(session.lang),
        step(session, Step::Open(place.to_owned())),
    )
}

/// What was pasted, and the way back.
pub fn undo(session: &Shared, place: &str) -> Html {
    let lang = session.lang;
    session.pasted.as_ref().filter(|it| it.place == place).map_or_else(Html::default, |pasted| {
        let (word, count) = pasted.said;
        let attrs = attrs! { "type": "button", "class": "zice-link" };
        let undo = button(attrs, words::UNDO_PASTE.get(lang), step(session, Step::Undo));
        group("p", "", vec![text(&words::count(word, lang, count)), text(" "), undo])
    })
}

/// What shows a paste; Escape sends it away, but not while a word is composed.
fn shell(session: &Shared, place: &str, children: Vec<Html>) -> Html {
    let dispatcher = session.dispatcher();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            dispatcher.dispatch(Action::Paste(Step::Close));
        }
    });
    let attrs = attrs! { "id": &panel_id(place), "class": "zice-paste" };
    pressed_in(tag("div", attrs, children), onkeydown)
}

/// The field for a table, and what was understood of it.
pub fn panel(session: &Shared, asked: &Asked, fact: &Fact, place: &str, there: usize) -> Html {
    let lang = session.lang;
    let Some(draft) = draft(session, place) else { return Html::default() };
    let dispatcher = session.dispatcher();
    let oninput = Callback::from(move |event: InputEvent| {
        // Any element with a `value` will do.
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        dispatcher.dispatch(Action::Paste(Step::Text(text)));
    });
    let id = [&panel_id(place), "-text"].concat();
    let hint = [&id, "-hint"].concat();
    let count = draft.reading.entries().count();
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
        tag("p", attrs! { "id": &hint, "class": "zice-help" }, vec![text(words::PASTE_HINT.get(lang))]),
        area(
            attrs! {
                "id": &id, "rows": "4", "autocomplete": "off", "spellcheck": "false",
                "aria-describedby": &hint, "wrap": "off",
            },
            &draft.kept,
            oninput,
        ),
        tag("p", attrs! { "role": "status" }, vec![text(&said(&draft.reading, &draft.text, lang))]),
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
    let count = reading.entries().count();
    if count == 0 {
        return words::PASTE_NOTHING.get(lang).to_owned();
    }
    let mut said = words::count(&words::PASTE_ROWS, lang, count);
    let open = reading.columns.iter().filter(|it| it.field.is_none() && !it.ignored).count();
    for (word, count) in [
        (&words::PASTE_REST, reading.rows.len() - count),
        (&words::PASTE_MARKED, reading.marked()),
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

/// The table as it was understood, with the means to correct it.
fn preview(session: &Shared, asked: &Asked, fact: &Fact, draft: &Draft) -> Html {
    let lang = session.lang;
    let reading = &draft.reading;
    let fields = session.used_fields(asked.fact, fact);
    let mut heads = vec![tag("th", attrs! { "scope": "col" }, vec![text(words::NUMBER.get(lang))])];
    for (at, column) in reading.columns.iter().enumerate() {
        heads.push(head(session, fact, &fields, column, at, draft.turn));
    }
    let rows = reading.rows.iter().take(SHOWN).enumerate();
    let rows = rows.map(|(at, row)| preview_row(fact, &reading.columns, row, at, lang));
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
    turn: u32,
) -> Html {
    let lang = session.lang;
    let name = words::count(&words::COLUMN, lang, at + 1);
    let shown = if column.head.is_empty() { &name } else { &column.head };
    let current = match column.field {
        Some(field) => field.to_string(),
        None if column.ignored => IGNORED.to_owned(),
        None => String::new(),
    };
    let mut options = vec![
        (String::new(), words::CHOOSE_ONE.get(lang)),
        (IGNORED.to_owned(), words::IGNORE_COLUMN.get(lang)),
    ];
    for field in fields {
        let label = fact.fields.get(*field).map_or("", |it| it.label.get(lang));
        options.push((field.to_string(), label));
    }
    let label = |word: &words::Word| [&name, " ", word.get(lang)].concat();
    let key = [&at.to_string(), "/", &turn.to_string()].concat();
    let choose = select(&key, &label(&words::COLUMN_IS), &current, &options, {
        let dispatcher = session.dispatcher();
        move |value| {
            let field = value.parse().ok();
            dispatcher.dispatch(Action::Paste(Step::Column(at, field)));
        }
    });
    let mut children = vec![foreign(&clipped(shown)), choose];
    if !column.asks.is_empty() {
        let told: Vec<String> = column
            .asks
            .iter()
            .map(|(_, text, day)| [&printable(text), " = ", day.as_str()].concat())
            .collect();
        let mut options = vec![(String::new(), words::READ_DAY_AS.get(lang))];
        for (at, told) in told.iter().enumerate() {
            options.push((at.to_string(), told));
        }
        let orders: Vec<Order> = column.asks.iter().map(|(order, ..)| *order).collect();
        let current = orders.iter().position(|order| Some(*order) == column.order);
        let current = current.map(|at| at.to_string()).unwrap_or_default();
        let key = ["d", &key].concat();
        let dispatcher = session.dispatcher();
        children.push(select(&key, &label(&words::READ_DAY_AS), &current, &options, move |value| {
            let order = value.parse::<usize>().ok().and_then(|it| orders.get(it).copied());
            dispatcher.dispatch(Action::Paste(Step::Order(at, order)));
        }));
    }
    for (shown, word) in [
        (column.field.is_none() && !column.ignored, &words::NOT_RECOGNISED),
        (column.twice, &words::TWICE),
        (column.odd_unit, &words::ODD_UNIT),
    ] {
        children.push(maybe(shown, || line("p", "zice-error", &[word.get(lang)])));
    }
    tag("th", attrs! { "scope": "col" }, children)
}

/// What the option is called that leaves a column out.
const IGNORED: &str = "-";

fn select(
    key: &str,
    label: &str,
    current: &str,
    options: &[(String, &str)],
    chosen: impl Fn(String) + 'static,
) -> Html {
    let options = options.iter().map(|(value, words)| {
        let selected = if value == current { "selected" } else { "" };
        tag("option", attrs! { "value": value, "selected": selected }, vec![text(words)])
    });
    let onchange = Callback::from(move |event: Event| {
        chosen(event.target_unchecked_into::<HtmlInputElement>().value());
    });
    keyed(key.to_owned(), changing("select", attrs! { "aria-label": label }, options.collect(), onchange))
}

fn clipped(text: &str) -> String {
    let mut clipped: String = text.chars().take(CELL).collect();
    if clipped.len() < text.len() {
        clipped.push('…');
    }
    clipped
}

fn preview_row(fact: &Fact, columns: &[Column], row: &Row, at: usize, lang: Lang) -> Html {
    let number = (at + 1).to_string();
    let mut cells = vec![tag(
        "th",
        attrs! { "scope": "row" },
        vec![
            text(&number),
            maybe(row.entry.is_none(), || line("p", "zice-help", &[words::NOT_ADDED.get(lang)])),
        ],
    )];
    for ((column, cell), original) in columns.iter().zip(&row.cells).zip(&row.texts) {
        let field = column.field.and_then(|at| fact.fields.get(at)).filter(|_| row.entry.is_some());
        let mark = |word: &words::Word| {
            vec![foreign(&clipped(original)), line("p", "zice-error", &[word.get(lang)])]
        };
        let (class, shown) = match (field, cell) {
            (Some(field), Cell::Is(value)) => {
                let words = figure(field.kind, &field.values, value, lang);
                let shown = if field.kind == Kind::Text { foreign(&clipped(&words)) } else { text(&words) };
                ("", vec![shown])
            }
            (Some(_), Cell::Marked) => ("zice-marked", mark(&words::NOT_UNDERSTOOD)),
            (Some(_), Cell::Asks) => ("zice-marked", mark(&words::ASKED_ABOVE)),
            _ => ("zice-help", vec![foreign(&clipped(original))]),
        };
        cells.push(group("td", class, shown));
    }
    group("tr", "", cells)
}

/// Figures into which a block may be pasted. A single figure is pasted as
/// ever.
pub fn figures(session: &Shared, place: &str, element: Html) -> Html {
    let (dispatcher, place) = (session.dispatcher(), place.to_owned());
    let onpaste = Callback::from(move |event: Event| {
        let id = event.target_unchecked_into::<Element>().id();
        let clipboard = event.unchecked_ref::<ClipboardEvent>().clipboard_data();
        let text = clipboard.and_then(|it| it.get_data("text/plain").ok()).unwrap_or_default();
        if text.trim().contains(['\t', '\n', '\r']) {
            event.prevent_default();
            let block = Step::Block(place.clone(), id, text);
            dispatcher.dispatch(Action::Paste(block));
        }
    });
    pasted_into(element, onpaste)
}

/// The ways to understand a block of figures, each with what comes of it.
pub fn fills(session: &Shared, fact: &Fact, place: &str) -> Html {
    let lang = session.lang;
    let undo = tag("div", attrs! { "role": "status" }, vec![undo(session, place)]);
    let draft = draft(session, place).and_then(|draft| draft.fills.as_ref());
    let Some(fills) = draft else { return undo };
    let mut children = vec![line("p", "", &[words::BLOCK.get(lang)])];
    match fills {
        Err(why) => children.push(tag("p", attrs! { "role": "alert" }, vec![text(why.get(lang))])),
        Ok(fills) => {
            for (at, fill) in fills.iter().enumerate() {
                let told: Vec<String> =
                    fill.cells.iter().map(|cell| filled(fact, cell, lang)).collect();
                let mut how = fill.how.get(lang).to_owned();
                // Of two orders each button says what would come of it.
                if fills.len() > 1 && fact.sides.is_empty() {
                    how.push_str(words::COLON.get(lang));
                    how.push_str(&told.join(words::SEMICOLON.get(lang)));
                } else {
                    let told = told.iter().map(|told| line("li", "", &[told]));
                    children.push(group("ul", "", told.collect()));
                }
                let any = fill.cells.iter().any(|cell| cell.value.is_some());
                children.push(maybe(any, || quiet(session, &how, Step::Fill(at))));
            }
        }
    }
    children.push(quiet(session, words::CANCEL.get(lang), Step::Close));
    group("div", "", vec![shell(session, place, children), undo])
}

/// Where a figure of a block would go, and what it says.
fn filled(fact: &Fact, cell: &Filled, lang: Lang) -> String {
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
            let mark = words::NOT_UNDERSTOOD.get(lang);
            [&original, words::BRACKET.get(lang), mark, words::BRACKET_END.get(lang)].concat()
        }
    };
    [&head, words::COLON.get(lang), &said].concat()
}
