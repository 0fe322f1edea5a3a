//! The page: one session and its screens.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;
use zice_rules::{Date, Lang, text::printable};

use crate::{
    browser::{draft, file, host::host as host_of, rules::Rules},
    effects::{Last, after_render},
    outside::Outside,
    page::{Action, Changed, Message, Page, Screen, Session, Shared, Total, act, host::Chrome},
    parts::files::choose_file,
    parts::{appearance, host, placeholder, rules::rules, verdict::interval},
    screens::{
        choose::choose, companies::keep, compare::compare, interview::interview, report::report,
    },
    ui::dom::QUIET,
    ui::dom::{attrs, button, details, foreign, group, line, lower_headings, maybe, tag, text},
    words,
};

/// The rules, language and element that a page is started with.
#[derive(Properties, Clone)]
pub struct Props {
    pub rules: Rc<Rules>,
    pub lang: Lang,
    /// The element the page is shown in; events go out from here.
    pub mount: Element,
    /// Where the session is kept for whoever asks from outside.
    pub outside: Outside,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.rules, &other.rules) && self.mount == other.mount
    }
}

/// The page, the only component that holds state. What it shows is put together by
/// plain functions of the session.
#[component]
pub fn App(props: &Props) -> Html {
    let session = use_reducer(|| Page(begun(props)));
    let host = Rc::clone(&session.view.host);
    let last = use_mut_ref(Last::default);
    {
        let (mount, session) = (props.mount.clone(), session.clone());
        let rules = Rc::clone(&props.rules);
        let outside = props.outside.clone();
        use_effect(move || {
            outside.keep(&session);
            after_render(&mut last.borrow_mut(), &mount, &session, &rules);
        });
    }

    lower_headings(host.lower);
    // The page speaks its languages itself: a translator would be at odds with
    // it, and both are a press away.
    tag(
        "div",
        attrs! { "class": "zice notranslate", "translate": "no" },
        vec![
            maybe(host.chrome != Chrome::None, || header(&session)),
            message(&session),
            tag(
                "main",
                attrs! {},
                vec![match session.view.screen {
                    Screen::Choose => choose(&session),
                    Screen::Topic(at) if session.supply.can_ask => interview(&session, at),
                    Screen::Topic(at) => placeholder::questions(&session, at),
                    _ if !session.is_whole() => placeholder::screen(&session),
                    Screen::Report => report(&session),
                    Screen::Compare => compare(&session),
                }],
            ),
            maybe(host.chrome != Chrome::None, || footer(&session)),
        ],
    )
}

/// The session that a page starts with: at the draft that this tab holds of it, or
/// with nothing said yet.
fn begun(props: &Props) -> Session {
    let mut session = Session::new(Rc::clone(&props.rules.catalogue), props.lang, today());
    session.view.host = host_of(&props.mount);
    (session.view.look, session.keeping.can) = appearance::current(&props.mount);
    match draft::read(&props.mount) {
        Some(draft) => session.taken_up(draft),
        None => session,
    }
}

fn header(session: &Shared) -> Html {
    let lang = session.view.lang;
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let language =
        attrs! { "type": "button", "class": "zice-link", "lang": lang.pick("en", "zh-CN") };
    group(
        "header",
        "zice-header",
        vec![
            group(
                "p",
                "zice-brand",
                vec![host::brand(session, " · "), foreign(host::title(session))],
            ),
            line("p", "zice-privacy", &[words::PRIVACY.get(lang)]),
            maybe(session.view.host.chrome == Chrome::Full, || {
                let switch = act(session, Action::Language(other));
                let other = button(language, words::OTHER_LANGUAGE.get(lang), switch);
                let tools = vec![files(session), appearance::settings(session), other];
                group("div", "zice-tools", tools)
            }),
        ],
    )
}

fn footer(session: &Shared) -> Html {
    let said = line("p", "", &[words::REFERENCE_ONLY.get(session.view.lang)]);
    let more = group("p", "", vec![host::contact(session), host::about(session)]);
    group("footer", "zice-footer", vec![said, more, rules(session)])
}

/// Everything that is done with files, in one menu.
fn files(session: &Shared) -> Html {
    let lang = session.view.lang;
    let save = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| {
            file::save(session.name(), ".zice.json", &session.file_text());
            session.dispatch(Action::Saved);
        })
    };
    let attrs = attrs! { "type": "button", "class": QUIET };
    let save = button(attrs, words::SAVE_FILE.get(lang), save);
    let open = choose_file(session, words::OPEN_FILE.get(lang), Action::Open);
    let attrs = attrs! { "type": "button", "class": QUIET };
    let clear = button(attrs, words::CLEAR.get(lang), act(session, Action::Clear));
    let items = vec![open, save, keep(session), clear];
    details("zice-menu zice-files", words::FILES.get(lang), vec![group("div", "zice-items", items)])
}

/// What is told once something became of the answers: a file was opened, the draft
/// taken up, everything taken out; or that they can be kept.
fn told(session: &Shared, message: &Message) -> Vec<Html> {
    let lang = session.view.lang;
    let mut told = Vec::new();
    let (link, action) = match message {
        Message::Opened(name) | Message::Taken(name) => {
            let taken = matches!(message, Message::Taken(_));
            let word = if taken { &words::SCENARIO_TAKEN } else { &words::FILE_OPENED };
            let words = [word.get(lang), words::COLON.get(lang)].concat();
            told.push(group("p", "", vec![text(&words), foreign(name)]));
            if session.comparison.before.is_none() {
                return told;
            }
            (&words::RESTORE, Action::Restore)
        }
        Message::Restored => {
            told.push(text(words::RESTORED.get(lang)));
            (&words::CLEAR, Action::Clear)
        }
        Message::Cleared => {
            told.push(text(words::CLEARED.get(lang)));
            (&words::UNDO_CLEAR, Action::Restore)
        }
        _ => {
            if session.keeping.number.is_some() {
                return vec![keep(session)];
            }
            told.extend([text(words::KEEP_OFFER.get(lang)), keep(session)]);
            (&words::NOT_NOW, Action::Dismiss)
        }
    };
    let attrs = attrs! { "type": "button", "class": "zice-link" };
    told.push(button(attrs, link.get(lang), act(session, action)));
    told
}

/// The message about the last file or the draft: what became of the answers, and of
/// the results they were saved with, or why a file was refused.
fn message(session: &Shared) -> Html {
    let lang = session.view.lang;
    let said = |class: &str, [before, between, after]: [&str; 3], what: &str| {
        group("p", class, vec![text(before), text(between), foreign(what), text(after)])
    };
    let (mut opened, mut refused) = (Html::default(), Html::default());
    match &session.view.message {
        Some(Message::Refused(why, detail)) => {
            let why = [words::refusal(*why).get(lang), words::FILE_UNCHANGED.get(lang)].concat();
            refused = if detail.is_empty() {
                line("p", "zice-error", &[&why])
            } else {
                let words = [&why, words::BRACKET.get(lang), words::BRACKET_END.get(lang)];
                said("zice-error", words, detail)
            };
        }
        Some(message) => {
            let mut told = told(session, message);
            let changed =
                session.comparison.changed.iter().filter_map(|it| rules_changed(session, it));
            let changed: Vec<Html> = changed.collect();
            if !changed.is_empty() && !matches!(message, Message::Offered) {
                told.push(line("p", "", &[words::RULES_CHANGED.get(lang)]));
                told.push(group("ul", "", changed));
            }
            opened = group("div", "", told);
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

/// A programme whose rules have changed since the file was saved, and what
/// that does to the result.
fn rules_changed(session: &Session, changed: &Changed) -> Option<Html> {
    let lang = session.view.lang;
    let (policy, picture) = session.policies().zip(&session.results.pictures).nth(changed.at)?;
    let mut told = [policy.title.get(lang), words::COLON.get(lang)].concat();
    if changed.edition != policy.edition {
        let then = words::fill(&words::EDITION, lang, &printable(&changed.edition));
        let now = words::fill(&words::EDITION, lang, &policy.edition);
        told.push_str(&[&then, " → ", &now, words::SEMICOLON.get(lang)].concat());
    }
    if changed.same {
        told.push_str(words::RESULT_SAME.get(lang));
        return Some(line("li", "", &[&told]));
    }
    let verdict = |name: Option<&str>| words::verdict(name).get(lang);
    told.push_str(verdict(Some(&changed.verdict)));
    if let Some((min, max)) = &changed.score {
        told.push_str(&[" ", &printable(min), "–", &printable(max)].concat());
    }
    told.push_str(" → ");
    told.push_str(verdict(picture.verdict_name()));
    if let Some(Total { min, max, .. }) = picture.score {
        told.push_str(&[" ", &interval(min, max, lang)].concat());
    }
    Some(line("li", "", &[&told]))
}

/// Today, where the user is.
fn today() -> Date {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or(2000);
    let month = u8::try_from(now.get_month() + 1).unwrap_or(1);
    let day = u8::try_from(now.get_date()).unwrap_or(1);
    Date::from_ymd(year, month, day).unwrap_or(Date::MIN)
}
