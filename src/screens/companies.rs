//! What is kept in this browser, as the user sees it.

use yew::prelude::*;

use crate::{
    browser::storage,
    page::{Action, Refusal, Shared, keeping::Kept},
    ui::dom::{QUIET, attrs, button, foreign, group, line, maybe, tag, text},
    words,
};

/// The button that keeps the company, or that it is kept.
pub fn keep(session: &Shared) -> Html {
    let lang = session.view.lang;
    if session.keeping.number.is_some() {
        return line("span", "zice-kept-now", &[words::KEPT_NOW.get(lang)]);
    }
    let session = session.clone();
    let keep = Callback::from(move |_: MouseEvent| {
        let id = storage::free();
        session.dispatch(if storage::keep(id, &session.saved(), session.today).is_some() {
            Action::Keep(Some(id), storage::list())
        } else {
            Action::Refuse(Refusal::KeepFailed, String::new())
        });
    });
    button(attrs! { "type": "button", "class": QUIET }, words::KEEP.get(lang), keep)
}

/// Those that are kept, to open and to delete.
pub fn companies(session: &Shared) -> Html {
    let lang = session.view.lang;
    let lines = session.keeping.kept.iter().map(|one| entry(session, one));
    let undo = session.keeping.forgotten.as_ref().map(|forgotten| {
        let (session, forgotten) = (session.clone(), forgotten.clone());
        let undo = Callback::from(move |_: MouseEvent| {
            for (id, text) in forgotten.iter() {
                storage::put_back(*id, text);
            }
            session.dispatch(Action::Forget(storage::list(), Vec::new()));
        });
        let words = text(words::FORGOTTEN.get(lang));
        let attrs = attrs! { "type": "button", "class": "zice-link" };
        group("p", "", vec![words, button(attrs, words::UNDO.get(lang), undo)])
    });
    let all: Vec<u32> = session.keeping.kept.iter().map(|one| one.id).collect();
    let several = all.len() > 1;
    let forget_all = forget(session, all);
    maybe(!session.keeping.kept.is_empty() || undo.is_some(), || {
        group(
            "section",
            "zice-kept",
            vec![
                tag(
                    "h2",
                    attrs! { "class": "", "tabindex": "-1", "data-zice-kept": "true" },
                    vec![text(words::KEPT.get(lang))],
                ),
                line("p", "zice-help", &[words::KEPT_HELP.get(lang)]),
                tag("div", attrs! { "role": "status" }, undo.into_iter().collect()),
                group("ul", "", lines.collect()),
                maybe(several, || {
                    let attrs = attrs! { "type": "button", "class": QUIET };
                    button(attrs, words::FORGET_ALL.get(lang), forget_all)
                }),
            ],
        )
    })
}

fn entry(session: &Shared, kept: &Kept) -> Html {
    let lang = session.view.lang;
    let name = if kept.name.is_empty() { words::NO_NAME.get(lang) } else { &kept.name };
    let press = |word: &words::Word, then: Callback<MouseEvent>| {
        let label = [word.get(lang), words::COLON.get(lang), name].concat();
        let attrs = attrs! { "type": "button", "class": "zice-link", "aria-label": &label };
        button(attrs, word.get(lang), then)
    };
    let open = {
        let (session, id, name) = (session.clone(), kept.id, name.to_owned());
        Callback::from(move |_: MouseEvent| match storage::open(id) {
            Ok(members) => {
                session.dispatch(Action::Open(name.clone(), members));
                session.dispatch(Action::Keep(Some(id), storage::list()));
            }
            Err((why, detail)) => session.dispatch(Action::Refuse(why, detail)),
        })
    };
    let day = words::fill(&words::KEPT_ON, lang, &kept.kept_on);
    let day = [words::BRACKET.get(lang), &day, words::BRACKET_END.get(lang)].concat();
    group(
        "li",
        "",
        vec![
            foreign(name),
            text(&day),
            press(&words::OPEN, open),
            press(&words::FORGET, forget(session, vec![kept.id])),
        ],
    )
}

/// Takes companies out; until something else happens they can be put back.
fn forget(session: &Shared, ids: Vec<u32>) -> Callback<MouseEvent> {
    let session = session.clone();
    Callback::from(move |_: MouseEvent| {
        let mut forgotten = Vec::with_capacity(ids.len());
        for id in &ids {
            forgotten.extend(storage::read(*id).map(|text| (*id, text)));
            storage::forget(*id);
        }
        session.dispatch(Action::Forget(storage::list(), forgotten));
    })
}
