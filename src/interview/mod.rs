//! The interview: one topic at a time.

pub mod field;
mod list;
mod paste;
pub mod question;
mod sides;
mod years;

use yew::prelude::*;

use crate::{
    app::QUIET,
    dom::{attrs, button, details, group, keyed, line, tag, text},
    live::live,
    session::{Action, Screen, Shared, act},
    topics::Asked,
    words,
};
use field::{Slot, day_of_application};
use question::question;

/// The screen of one topic.
pub fn interview(session: &Shared, at: usize) -> Html {
    let lang = session.lang;
    let topics = &session.topics;
    let Some(topic) = topics.get(at) else { return Html::default() };
    let title = |topic: usize| {
        session.catalogue.dictionary.topics.get(topic).map_or("", |it| it.title.get(lang))
    };
    let step = words::count(&words::STEP, lang, at + 1).replace("{b}", &topics.len().to_string());
    let last = at + 1 >= topics.len();
    let next = if last { Screen::Report } else { Screen::Topic(at + 1) };
    let back = if at == 0 { Screen::Choose } else { Screen::Topic(at - 1) };
    let back_word = if at == 0 { &words::BACK_TO_CHOOSE } else { &words::BACK };
    let quiet = |word: &words::Word, screen: Screen| {
        button(
            attrs! { "type": "button", "class": QUIET },
            word.get(lang),
            act(session, Action::Go(screen)),
        )
    };
    let mut buttons = vec![quiet(back_word, back)];
    if !last {
        buttons.push(quiet(&words::SEE_REPORT, Screen::Report));
    }
    let next_word = if last { &words::SEE_REPORT } else { &words::NEXT };
    buttons.push(button(
        attrs! { "type": "button", "class": "zice-button", "data-zice-next": "true" },
        next_word.get(lang),
        act(session, Action::Go(next)),
    ));
    let steps = topics.iter().enumerate().map(|(other, it)| {
        let step = button(
            attrs! { "type": "button", "aria-current": if other == at { "step" } else { "" } },
            title(it.topic),
            act(session, Action::Go(Screen::Topic(other))),
        );
        group("li", "", vec![step])
    });
    // No form that could be sent: Enter in a field must not leave the topic.
    let form = vec![
        if at == 0 { company(session) } else { Html::default() },
        // Another topic starts with its folds closed.
        keyed(at.to_string(), questions(session, &topic.asked)),
        group("div", "zice-actions", buttons),
    ];
    group(
        "div",
        "zice-columns",
        vec![
            group(
                "div",
                "zice-form",
                vec![
                    tag(
                        "nav",
                        attrs! { "aria-label": words::TOPICS.get(lang) },
                        vec![group("ol", "zice-steps", steps.collect())],
                    ),
                    line("p", "zice-step", &[&step]),
                    tag(
                        "h1",
                        attrs! { "tabindex": "-1", "data-zice-heading": "true" },
                        vec![text(title(topic.topic))],
                    ),
                    group("div", "", form),
                ],
            ),
            live(session),
        ],
    )
}

/// The questions of a topic. Those that were folded away when it was opened
/// stay at its foot: one that came to matter meanwhile comes out, but not one
/// that is being answered down there, which would be taken from under the
/// hands.
fn questions(session: &Shared, asked: &[Asked]) -> Html {
    let (mut shown, mut folded) = (Vec::new(), Vec::new());
    for it in asked {
        let fold = session.folded.contains(&it.fact)
            && (session.is_answered(it.fact) || !session.open.contains(&it.fact));
        if fold { &mut folded } else { &mut shown }.push(question(session, it));
    }
    let fold = if folded.is_empty() {
        Html::default()
    } else {
        let summary = words::count(&words::FOLDED, session.lang, folded.len());
        details("zice-folded", &summary, folded)
    };
    group("div", "", vec![group("div", "", shown), fold])
}

/// Name of the company and day of application.
fn company(session: &Shared) -> Html {
    let lang = session.lang;
    let name = Slot { label: words::COMPANY_NAME.get(lang), ..Slot::text(session, "name") };
    group(
        "fieldset",
        "zice-question",
        vec![
            line("legend", "", &[words::COMPANY.get(lang)]),
            name.show(),
            day_of_application(session),
        ],
    )
}
