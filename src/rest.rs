//! The rest of the page: assessing, the interview, the report, comparing and
//! pasting; all but the first screen and the session.
//!
//! It is a wasm of its own (`xtask/src/split`), fetched once the page is shown,
//! so that the first screen does not wait for it. Until it is there none of it
//! may be called; the functions by which it is entered are marked
//! `#[inline(never)]` and named in `xtask/src/wasm.rs`.

use std::cell::Cell;

use yew::prelude::*;

use crate::{
    app::QUIET,
    dom::{attrs, button, group, maybe, tag, text},
    interview::step,
    session::{Action, Screen, Session, Shared, act},
    words::{self, Word},
};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It is being fetched.
    Waiting,
    /// It could not be.
    Failed,
    /// It can be called.
    There,
}

thread_local! {
    /// Whether this wasm is whole. Outside a browser there is nothing to fetch;
    /// in one the scripts around say so, also of a wasm that was not divided.
    static WHOLE: Cell<bool> = const { Cell::new(!cfg!(target_arch = "wasm32")) };
}

/// Whether everything can be called, whatever pages have been told.
pub fn is_whole() -> bool {
    WHOLE.get()
}

/// From now on it can.
pub fn completed() {
    WHOLE.set(true);
}

impl Default for Rest {
    fn default() -> Rest {
        if is_whole() { Rest::There } else { Rest::Waiting }
    }
}

impl Session {
    /// Whether the page shows what the rest, the names and the policies are needed
    /// for.
    pub fn is_whole(&self) -> bool {
        self.rest == Rest::There && self.lacking().is_empty()
    }
}

/// What is shown in place of the report and of comparing.
pub fn screen(session: &Shared) -> Html {
    let word = if session.screen == Screen::Report { &words::REPORT } else { &words::COMPARE };
    in_place(session, word.get(session.lang), &words::BACK_TO_ANSWERS, Screen::Topic(0))
}

/// What is shown in place of a topic.
pub fn questions(session: &Shared, at: usize) -> Html {
    in_place(session, step(session, at).0, &words::BACK_TO_CHOOSE, Screen::Choose)
}

/// A screen that waits, and the way back from it.
fn in_place(session: &Shared, title: &str, word: &Word, back: Screen) -> Html {
    let heading = attrs! { "tabindex": "-1", "data-zice-heading": "true" };
    let back = act(session, Action::Go(back));
    let attrs = attrs! { "type": "button", "class": QUIET };
    let back = button(attrs, word.get(session.lang), back);
    let children = vec![
        tag("h1", heading, vec![text(title)]),
        awaited(session),
        group("p", "zice-actions", vec![back]),
    ];
    group("article", "", children)
}

/// Says that the rest is coming, or that it could not be fetched and how to try
/// again; the script around the wasm follows that button.
pub fn awaited(session: &Session) -> Html {
    let lang = session.lang;
    let failed = session.rest == Rest::Failed || session.missing;
    let (class, word) =
        if failed { ("zice-error", &words::REST_FAILED) } else { ("", &words::REST_COMING) };
    let again = || {
        let attrs = attrs! { "type": "button", "class": QUIET, "data-zice-rest": "true" };
        tag("button", attrs, vec![text(words::TRY_AGAIN.get(lang))])
    };
    let said = tag("p", attrs! { "class": class, "role": "status" }, vec![text(word.get(lang))]);
    group("div", "", vec![said, maybe(failed, again)])
}
