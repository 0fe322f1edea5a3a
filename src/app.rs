//! The page: one session, three screens.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;
use zice_rules::{Date, Lang};

use crate::{
    catalogue::Catalogue,
    choose::choose,
    dom::{attrs, button, changing, foreign, group, line, tag, text},
    events, file,
    interview::interview,
    report::report,
    session::{Action, Message, Screen, Session, Shared, act},
    words,
};

/// What the page is started with.
#[derive(Properties, Clone)]
pub struct Props {
    pub catalogue: Rc<Catalogue>,
    pub lang: Lang,
    /// The element the page is shown in; events go out from here.
    pub mount: Element,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.catalogue, &other.catalogue) && self.mount == other.mount
    }
}

/// The page. The one component there is: what it shows is put together by
/// plain functions of the session.
#[component]
pub fn App(props: &Props) -> Html {
    let catalogue = Rc::clone(&props.catalogue);
    let lang = props.lang;
    let session = use_reducer(move || Session::new(catalogue, lang, today()));
    let (lang, screen) = (session.lang, session.screen);

    // The heading of a new screen takes the focus, so that keyboard and
    // screen reader start where the eye does; after a button that is gone it
    // goes to where one goes on.
    {
        let mount = props.mount.clone();
        use_effect_with(session.focus.clone(), move |(_, selector)| focus(&mount, selector));
    }
    use_effect_with(lang, move |lang| {
        if let Some(root) = crate::root_element() {
            root.set_lang(lang.pick("zh-CN", "en"));
        }
        // A host's own title is none of ours.
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(document) = document.filter(|it| it.title().starts_with("Zice ")) {
            document.set_title(&["Zice ", words::TITLE.get(*lang)].concat());
        }
    });
    {
        let (mount, session) = (props.mount.clone(), session.clone());
        let key = (screen, lang, session.fresh, session.assessed);
        use_effect_with(key, move |_| match screen {
            Screen::Choose => {}
            Screen::Topic(_) => events::progress(&mount, &session),
            Screen::Report => {
                let reports = session.reports();
                let reports: Vec<_> = reports.iter().filter_map(|(_, it)| it.as_ref()).collect();
                events::reported(&mount, &reports);
            }
        });
    }

    group(
        "div",
        "zice",
        vec![
            header(&session),
            message(&session),
            tag(
                "main",
                attrs! {},
                vec![match screen {
                    Screen::Choose => choose(&session),
                    Screen::Topic(at) => interview(&session, at),
                    Screen::Report => report(&session),
                }],
            ),
            group("footer", "zice-footer", vec![line("p", "", &[words::REFERENCE_ONLY.get(lang)])]),
        ],
    )
}

/// A quiet button.
pub const QUIET: &str = "zice-button zice-button-quiet";

fn header(session: &Shared) -> Html {
    let lang = session.lang;
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let save = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| {
            file::save(session.name(), ".zice.json", &session.file_text());
        })
    };
    group(
        "header",
        "zice-header",
        vec![
            line("p", "zice-brand", &[words::TITLE.get(lang)]),
            group(
                "div",
                "zice-tools",
                vec![
                    group(
                        "label",
                        "zice-button zice-button-quiet zice-file",
                        vec![
                            text(words::OPEN_FILE.get(lang)),
                            changing(
                                "input",
                                attrs! { "type": "file", "accept": ".json,.html" },
                                Vec::new(),
                                open_file(session),
                            ),
                        ],
                    ),
                    button(
                        attrs! { "type": "button", "class": QUIET },
                        words::SAVE_FILE.get(lang),
                        save,
                    ),
                    button(
                        attrs! { "type": "button", "class": QUIET, "lang": lang.pick("en", "zh-CN") },
                        words::OTHER_LANGUAGE.get(lang),
                        act(session, Action::Language(other)),
                    ),
                ],
            ),
            line("p", "zice-privacy", &[words::PRIVACY.get(lang)]),
        ],
    )
}

/// What is to be said about the last file.
fn message(session: &Session) -> Html {
    let lang = session.lang;
    let said = |class: &str, [before, between, after]: [&str; 3], what: &str| {
        group("p", class, vec![text(before), text(between), foreign(what), text(after)])
    };
    let (mut opened, mut refused) = (Html::default(), Html::default());
    match &session.message {
        Some(Message::Opened(name)) => {
            let words = [words::FILE_OPENED.get(lang), words::COLON.get(lang), ""];
            opened = said("", words, name);
        }
        Some(Message::Refused(why, detail)) => {
            let why = [why.get(lang), words::FILE_UNCHANGED.get(lang)].concat();
            let words = [&why, words::BRACKET.get(lang), words::BRACKET_END.get(lang)];
            refused = said("zice-error", words, detail);
        }
        None => {}
    }
    group(
        "div",
        "zice-screen-only",
        vec![
            tag("div", attrs! { "class": "zice-message", "role": "status" }, vec![opened]),
            tag("div", attrs! { "role": "alert" }, vec![refused]),
        ],
    )
}

/// Reads the chosen file; whatever is wrong with it, the answers stay.
fn open_file(session: &Shared) -> Callback<Event> {
    let dispatcher = session.dispatcher();
    Callback::from(move |event: Event| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        let Some(input) = input else { return };
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        let dispatcher = dispatcher.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let text = file::read(&chosen).await.unwrap_or_default();
            // The same file can then be chosen again.
            input.set_value("");
            dispatcher.dispatch(match file::open(&text) {
                Ok(members) => Action::Open(chosen.name(), members),
                Err((why, detail)) => Action::Refuse(why, detail),
            });
        });
    })
}

/// Moves the focus to what the selector names.
fn focus(mount: &Element, selector: &str) {
    if selector.is_empty() {
        return;
    }
    let found = mount.query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        found.focus().ok();
        if found.has_attribute("data-zice-heading") {
            found.scroll_into_view();
        }
    }
}

/// The day it is where the user is.
fn today() -> Date {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or(2000);
    let month = u8::try_from(now.get_month() + 1).unwrap_or(1);
    let day = u8::try_from(now.get_date()).unwrap_or(1);
    Date::from_ymd(year, month, day).unwrap_or(Date::MIN)
}
