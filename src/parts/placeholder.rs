//! Placeholders for what waits for the engine or a policy.

use yew::prelude::*;
use zice_rules::text::printable;

use crate::{
    page::{Action, Screen, Session, Shared, act, catalogue::Why, supply::Fetching},
    parts::{host, steps::step},
    ui::dom::{QUIET, attrs, button, foreign, group, maybe, tag, text},
    words::{self, Word},
};

/// The placeholder of the report and of comparing.
pub fn screen(session: &Shared) -> Html {
    let word = if session.view.screen == Screen::Report { &words::REPORT } else { &words::COMPARE };
    in_place(session, word.get(session.view.lang), &words::BACK_TO_ANSWERS, Screen::Topic(0))
}

/// The placeholder of a topic.
pub fn questions(session: &Shared, at: usize) -> Html {
    // Without its policies an interview has no topics yet.
    let topic = step(session, at).0;
    let title = if topic.is_empty() { host::title(session) } else { topic };
    in_place(session, title, &words::BACK_TO_CHOOSE, Screen::Choose)
}

/// A screen that waits, and the way back from it.
fn in_place(session: &Shared, title: &str, word: &Word, back: Screen) -> Html {
    let heading = attrs! { "class": "", "tabindex": "-1", "data-zice-heading": "true" };
    let back = act(session, Action::Go(back));
    let attrs = attrs! { "type": "button", "class": QUIET };
    let back = button(attrs, word.get(session.view.lang), back);
    let children = vec![
        tag("h1", heading, vec![text(title)]),
        notice(session),
        group("p", "zice-actions", vec![back]),
    ];
    group("article", "", children)
}

/// Says that the rest is coming, or that it could not be fetched and how to try
/// again; the script around the wasm follows that button.
pub fn notice(session: &Session) -> Html {
    let lang = session.view.lang;
    // Where the engine is missing, no policy could be read either.
    let lost = session.supply.fetching == Fetching::Failed && !session.catalogue.is_ready();
    let failure = session.failure().filter(|_| !lost);
    let failed = session.supply.fetching == Fetching::Failed || failure.is_some();
    let (class, word) = match failure.map(|it| it.why) {
        Some(Why::Broken) => ("zice-error", &words::RULES_BROKEN),
        Some(Why::Other) => ("zice-error", &words::RULES_OTHER),
        Some(Why::Gone) => ("zice-error", &words::RULES_MISSING),
        None if failed => ("zice-error", &words::REST_FAILED),
        None => ("", &words::REST_COMING),
    };
    // Which file, for whoever runs the site.
    let file = failure.map_or(&*session.supply.engine_failure, |it| &it.text);
    let again = || {
        let attrs = attrs! { "type": "button", "class": QUIET, "data-zice-rest": "true" };
        tag("button", attrs, vec![text(words::TRY_AGAIN.get(lang))])
    };
    let said = vec![text(word.get(lang)), maybe(!file.is_empty(), || foreign(&printable(file)))];
    let said = tag("p", attrs! { "class": class, "role": "status" }, said);
    group("div", "", vec![said, maybe(failed, again)])
}
