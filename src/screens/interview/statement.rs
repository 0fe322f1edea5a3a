//! Where a whole statement is pasted for all figures of a topic, what was found in it,
//! and the way back.

use web_sys::HtmlInputElement;
use yew::prelude::*;
use zice_rules::{dictionary::Kind, text::printable};

use crate::{
    page::{
        Action, Shared, act,
        statement::{Line, OPENER, StatementDraft, StatementStep, TAKEN},
    },
    parts::{answer::figure, field::unit, placeholder::notice},
    ui::dom::{QUIET, area, attrs, button, foreign, group, line, maybe, tag, text},
    words,
};

fn does<E: 'static>(session: &Shared, step: StatementStep) -> Callback<E> {
    act(session, Action::Statement(step))
}

/// The button, the field it opens, and what was filled in last.
pub fn statement(session: &Shared, topic: usize) -> Html {
    let lang = session.view.lang;
    let draft = session.pasting.statement.as_ref().filter(|it| it.topic == topic);
    let opener = attrs! {
        "type": "button", "class": QUIET, "id": OPENER, "aria-controls": PANEL,
        "aria-expanded": if draft.is_some() { "true" } else { "false" },
    };
    let open = does(session, StatementStep::Open(topic));
    let mut children = vec![
        button(opener, words::STATEMENT.get(lang), open),
        line("span", "zice-soft", &[words::STATEMENT_HELP.get(lang)]),
    ];
    let taken = session.pasting.taken.as_ref().filter(|it| it.topic == topic);
    let said = taken.map_or_else(Html::default, |taken| {
        let attrs = attrs! { "type": "button", "class": "zice-link", "id": TAKEN };
        let undo = does(session, StatementStep::Undo);
        let undo = button(attrs, words::UNDO_PASTE.get(lang), undo);
        let count = words::count(&words::FILLED, lang, taken.count());
        group("p", "", vec![text(&count), text(" "), undo])
    });
    children.push(tag("div", attrs! { "role": "status" }, vec![said]));
    children.push(draft.map_or_else(Html::default, |draft| panel(session, draft)));
    group("div", "zice-statement", children)
}

/// The id of the field and of what was found.
const PANEL: &str = "zice-statement";

fn panel(session: &Shared, draft: &StatementDraft) -> Html {
    let lang = session.view.lang;
    if !session.is_whole() {
        return notice(session);
    }
    let dispatcher = session.dispatcher();
    let oninput = Callback::from(move |event: InputEvent| {
        // Any element with a `value` will do.
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        dispatcher.dispatch(Action::Statement(StatementStep::Text(text)));
    });
    let id = "zice-statement-text";
    let label = text(words::STATEMENT_LABEL.get(lang));
    let mut children = vec![
        tag("label", attrs! { "for": id }, vec![label]),
        area(attrs! { "id": id, "rows": "5", "spellcheck": "false" }, oninput),
    ];
    children.extend(draft.odd_unit.as_ref().map(|odd| {
        let words = words::fill(&words::STATEMENT_UNIT_ODD, lang, &printable(odd));
        tag("p", attrs! { "class": "zice-error", "role": "alert" }, vec![text(&words)])
    }));
    let known = draft.odd_unit.is_none();
    let count = draft.found.iter().filter(|it| known && it.value.is_some()).count();
    let none = !draft.text.trim().is_empty() && draft.found.is_empty();
    children.push(tag(
        "div",
        attrs! { "role": "status" },
        vec![maybe(none, || line("p", "zice-error", &[words::STATEMENT_NONE.get(lang)]))],
    ));
    children.push(maybe(known && !draft.found.is_empty(), || {
        let unit = unit(session, Kind::Money, None);
        let words = words::fill(&words::STATEMENT_UNIT, lang, unit);
        group("div", "", vec![found(session, draft), line("p", "zice-rule", &[&words])])
    }));
    let take = attrs! { "type": "button", "class": "zice-button" };
    let words = words::count(&words::STATEMENT_TAKE, lang, count);
    children.push(group(
        "p",
        "zice-actions",
        vec![
            maybe(count > 0, || button(take, &words, does(session, StatementStep::Take))),
            button(
                attrs! { "type": "button", "class": QUIET },
                words::CANCEL.get(lang),
                does(session, StatementStep::Open(draft.topic)),
            ),
        ],
    ));
    tag("div", attrs! { "id": PANEL, "class": "zice-paste" }, children)
}

/// Figure by figure: what is asked, and what the statement says of it.
fn found(session: &Shared, draft: &StatementDraft) -> Html {
    let lang = session.view.lang;
    let head =
        |word: &words::Word| tag("th", attrs! { "scope": "col" }, vec![text(word.get(lang))]);
    let heads = [&words::FIGURE, &words::STATEMENT_SAYS, &words::STATEMENT_FILLS].map(head);
    let rows = draft.found.iter().map(|it| row(session, it));
    let head = group("thead", "", vec![group("tr", "", heads.into())]);
    group("table", "zice-plain-table", vec![head, group("tbody", "", rows.collect())])
}

fn row(session: &Shared, line_of: &Line) -> Html {
    let lang = session.view.lang;
    let Some(fact) = session.catalogue.dictionary.facts.get(line_of.fact) else {
        return Html::default();
    };
    let year = words::fill(&words::YEAR, lang, &line_of.year.to_string());
    let mut says = vec![foreign(&line_of.text)];
    if let Some(name) = &line_of.looks_like {
        says.push(text(words::BRACKET.get(lang)));
        says.push(foreign(name));
        says.push(text(words::BRACKET_END.get(lang)));
    }
    let fills = match (&line_of.value, &line_of.looks_like) {
        (Some(value), _) => text(&figure(fact.kind, &[], value, lang)),
        (None, Some(_)) => line("span", "zice-error", &[words::STATEMENT_ASKS.get(lang)]),
        (None, None) => line("span", "zice-error", &[words::NOT_UNDERSTOOD.get(lang)]),
    };
    let cells = vec![
        tag(
            "th",
            attrs! { "scope": "row" },
            vec![text(&[&year, " ", fact.short.get(lang)].concat())],
        ),
        group("td", "", says),
        group("td", "", vec![fills]),
    ];
    group("tr", "", cells)
}
