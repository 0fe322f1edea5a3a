//! The page: one session, three screens.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;
use zice_rules::{Date, Lang, text::printable};

use crate::{
    catalogue::Catalogue,
    choose::Choose,
    events, file,
    interview::Interview,
    report::ReportScreen,
    session::{self, Action, Screen, Session},
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

/// The session, as every part of the page gets it.
pub type Shared = UseReducerHandle<Session>;

/// What every screen gets.
#[derive(Properties, Clone, PartialEq)]
pub struct ScreenProps {
    pub session: Shared,
}

/// What was said about the last file.
enum Message {
    /// Its name.
    Opened(String),
    /// What is wrong with it.
    Refused(String),
}

/// The page.
#[component]
pub fn App(props: &Props) -> Html {
    let catalogue = Rc::clone(&props.catalogue);
    let lang = props.lang;
    let session = use_reducer(move || Session::new(catalogue, lang, today()));
    let lang = session.lang;
    let message = use_state(|| None::<Message>);

    // The heading of a new screen takes the focus, so that keyboard and
    // screen reader start where the eye does.
    {
        let first = use_mut_ref(|| true);
        let mount = props.mount.clone();
        use_effect_with(session.screen, move |_| {
            if !std::mem::replace(&mut *first.borrow_mut(), false) {
                focus_heading(&mount);
            }
        });
    }
    {
        use_effect_with(lang, move |lang| {
            if let Some(root) = crate::root_element() {
                root.set_lang(lang.pick("zh-CN", "en"));
            }
        });
    }
    {
        let mount = props.mount.clone();
        let session = session.clone();
        use_effect_with((session.picture.clone(), session.screen), move |(picture, screen)| {
            if matches!(screen, Screen::Topic(_)) {
                let (company, _) = session.company();
                events::send(
                    &mount,
                    "zice:progress",
                    &events::Progress {
                        version: 1,
                        answered: session::answered(&company),
                        open: picture.open.len(),
                        verdict: picture.verdict,
                    },
                );
            }
        });
    }

    let switch = {
        let session = session.clone();
        let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
        Callback::from(move |_: MouseEvent| session.dispatch(Action::Language(other)))
    };
    let open = open_file(&session, &message);
    let save = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| {
            let text = serde_json::to_string_pretty(&session.company_file()).unwrap_or_default();
            file::save(&file::file_name(&session.name, ".zice.json"), &text).ok();
        })
    };

    html! {
        <div class="zice">
            <header class="zice-header">
                <p class="zice-brand">{ words::TITLE.get(lang) }</p>
                <div class="zice-tools">
                    <label class="zice-button zice-button-quiet zice-file">
                        { words::OPEN_FILE.get(lang) }
                        <input type="file" accept=".json,application/json" onchange={open} />
                    </label>
                    <button type="button" class="zice-button zice-button-quiet" onclick={save}>
                        { words::SAVE_FILE.get(lang) }
                    </button>
                    <button type="button" class="zice-button zice-button-quiet"
                        lang={lang.pick("en", "zh-CN")} onclick={switch}>
                        { words::OTHER_LANGUAGE.get(lang) }
                    </button>
                </div>
                <p class="zice-privacy">{ words::PRIVACY.get(lang) }</p>
            </header>
            <div class="zice-message" role="status">
                if let Some(Message::Opened(name)) = &*message {
                    <p>{ words::FILE_OPENED.get(lang) }{ lang.pick("：", ": ") }<bdi>{ printable(name) }</bdi></p>
                }
            </div>
            <div role="alert">
                if let Some(Message::Refused(why)) = &*message {
                    <p class="zice-error">{ words::NOT_A_COMPANY_FILE.get(lang) }{ lang.pick("：", ": ") }<bdi>{ printable(why) }</bdi></p>
                }
            </div>
            <main>
                { match session.screen {
                    Screen::Choose => html! { <Choose session={session.clone()} /> },
                    Screen::Topic(_) => html! { <Interview session={session.clone()} /> },
                    Screen::Report => html! {
                        <ReportScreen session={session.clone()} mount={props.mount.clone()} />
                    },
                } }
            </main>
            <footer class="zice-footer"><p>{ words::REFERENCE_ONLY.get(lang) }</p></footer>
        </div>
    }
}

/// Reads the chosen file; whatever is wrong with it, the answers stay.
fn open_file(session: &Shared, message: &UseStateHandle<Option<Message>>) -> Callback<Event> {
    let (session, message) = (session.clone(), message.clone());
    Callback::from(move |event: Event| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        let Some(input) = input else { return };
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file can then be chosen again.
        let (session, message) = (session.clone(), message.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let text = file::read(&chosen).await.unwrap_or_default();
            input.set_value("");
            match session::open(&text) {
                Ok(members) => {
                    session.dispatch(Action::Open(members));
                    message.set(Some(Message::Opened(chosen.name())));
                }
                Err(why) => message.set(Some(Message::Refused(why))),
            }
        });
    })
}

/// Moves the focus to the screen's heading.
pub fn focus_heading(mount: &Element) {
    let heading = mount.query_selector("[data-zice-heading]").ok().flatten();
    if let Some(heading) = heading.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        heading.focus().ok();
        heading.scroll_into_view();
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
