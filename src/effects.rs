//! Effects of the page once it was shown: focus, history, storage, fetching, the
//! host's events.
//!
//! One effect compares what was done with what is to be done, instead of a hook for
//! each: a hook is a kilobyte.

use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use zice_rules::Lang;

use crate::{
    browser::{draft, events, focus, history, rules::Rules, storage},
    page::{Action, Refusal, Screen, Session, Shared, appearance::Look, catalogue::Why},
    parts::{appearance, host, steps::step},
    screens::report,
    words,
};

#[wasm_bindgen(module = "/src/browser/folds.js")]
extern "C" {
    /// Follows what unfolds in the page.
    fn unfold(mount: &Element);
}

/// The state for which the effects were done last; nothing before the first time.
#[derive(Default)]
pub struct Last {
    done: Option<Done>,
    /// What was written last of the company that is kept. Where something else
    /// stands by now, another window has it.
    written: Option<String>,
}

#[derive(Clone, Copy, PartialEq)]
struct Done {
    focused: u32,
    lang: Lang,
    look: Look,
    /// Whether the browser asks before the page is left.
    asks: bool,
    changes: u32,
    /// The number under which it is kept.
    keeping: Option<u32>,
    /// How many topics there are.
    topics: usize,
    /// The state that the host was told of, and the language it was told in.
    told: (Screen, Lang, u32, u32),
    /// Whether a report is shown.
    reported: bool,
}

impl Done {
    fn of(session: &Session) -> Self {
        Self {
            focused: session.view.focused,
            lang: session.view.lang,
            look: session.view.look,
            asks: session.asks(),
            changes: session.answers.changes,
            keeping: session.keeping.number,
            topics: session.scope.topics.len(),
            told: (
                session.view.screen,
                session.view.lang,
                session.view.fresh,
                session.results.assessed,
            ),
            reported: session.view.screen == Screen::Report && session.is_whole(),
        }
    }
}

/// Does whatever has changed since the last time: called each time the page was
/// shown.
pub fn after_render(last: &mut Last, mount: &Element, session: &Shared, rules: &Rc<Rules>) {
    let now = Done::of(session);
    let before = last.done.replace(now);
    let first = before.is_none();
    let changed = |same: fn(&Done, &Done) -> bool| before.is_none_or(|it| !same(&it, &now));
    // A host's document, its address and its title are none of ours.
    let own = mount.has_attribute("data-page");
    if first {
        report::follow(mount);
        unfold(mount);
        let kept = storage::list();
        if !kept.is_empty() {
            session.dispatch(Action::Keep(session.keeping.number, kept));
        }
    }
    if own && changed(|one, two| one.told.0 == two.told.0) {
        history::push(session.view.screen, first);
    }
    let root = crate::root_element().filter(|_| own).map(Element::from);
    let root = root.as_ref().unwrap_or(mount);
    if changed(|one, two| one.lang == two.lang) {
        root.set_attribute("lang", session.view.lang.pick("zh-CN", "en")).ok();
    }
    let place = |it: &Done| (it.lang, it.told.0, it.topics);
    if own && before.is_none_or(|it| place(&it) != place(&now)) {
        name_page(mount, session);
    }
    // What there is at the start is there already.
    if let Some(before) = before.filter(|it| it.look != now.look) {
        show(root, before.look, session);
    }
    if before.is_some_and(|it| it.asks) != now.asks {
        events::guard(mount, now.asks);
    }
    draft::redraft(mount);
    let began = changed(|one, two| one.keeping == two.keeping);
    let edited = changed(|one, two| one.changes == two.changes);
    if let Some(id) = session.keeping.number.filter(|_| began || edited) {
        keep(last, id, session, began);
    }
    if changed(|one, two| one.told == two.told && one.reported == two.reported) {
        match session.view.screen {
            Screen::Topic(_) if session.supply.can_ask => events::progress(mount, session),
            Screen::Report if now.reported => events::reported(mount, session),
            _ => {}
        }
    }
    fetch(mount, session, rules);
    // The heading of a new screen takes the focus, so that keyboard and screen
    // reader start where the eye does; after a button that is gone it goes to
    // where one goes on.
    let moved = changed(|one, two| one.focused == two.focused);
    if let Some(it) = session.view.focus.as_ref().filter(|_| moved) {
        focus::give(mount, it);
    }
}

/// Asks for the policies that are needed, and when they are there for the other
/// editions of their programmes: another day of application then asks for nothing.
fn fetch(mount: &Element, session: &Shared, rules: &Rc<Rules>) {
    let lacking = session.lacking();
    if lacking.is_empty() {
        for edition in session.other_editions().filter(|at| rules.ask_early(*at)) {
            let (rules, dispatcher) = (Rc::clone(rules), session.dispatcher());
            spawn_local(async move {
                // Meanwhile it may have come to be needed; one that could not be had is
                // then asked for again.
                _ = rules.fetch(edition, true).await;
                dispatcher.dispatch(Action::Arrived(edition, None));
            });
        }
        return;
    }
    let failed = |at: &usize| session.supply.missing.iter().any(|(other, _)| other == at);
    for edition in lacking.into_iter().filter(|at| !failed(at) && rules.ask(*at)) {
        let (rules, dispatcher, mount) = (Rc::clone(rules), session.dispatcher(), mount.clone());
        spawn_local(async move {
            let failure = rules.fetch(edition, false).await.err();
            // What could not be fetched is told by the script around the wasm.
            if let Some(wrong) = failure.as_ref().filter(|it| it.why != Why::Gone) {
                events::failed(&mount, &wrong.text);
            }
            dispatcher.dispatch(Action::Arrived(edition, failure));
        });
    }
}

/// Lets the page look as the user wants it, and remembers that if it is asked for.
/// Where the browser remembers nothing, the tick goes again.
fn show(root: &Element, before: Look, session: &Shared) {
    let look = session.view.look;
    appearance::apply(root, look);
    if (look.remembered || before.remembered) && !appearance::remember(look) {
        session.dispatch(Action::Look(Look { remembered: false, ..look }));
    }
}

/// Keeps a company as it is now, unless another window has changed it or taken it
/// out. When the keeping begins it stands in the storage already; to write it again
/// would be a change in the eyes of the other window.
fn keep(last: &mut Last, id: u32, session: &Shared, began: bool) {
    let stands = storage::read(id);
    if began {
        last.written = stands;
        return;
    }
    if last.written != stands {
        session.dispatch(Action::Keep(None, storage::list()));
        session.dispatch(Action::Refuse(Refusal::KeptElsewhere, String::new()));
        return;
    }
    last.written = storage::keep(id, &session.saved(), session.today);
    if last.written.is_none() {
        session.dispatch(Action::Keep(None, storage::list()));
        session.dispatch(Action::Refuse(Refusal::KeepFailed, String::new()));
    } else if session.keeping.kept.iter().any(|one| one.id == id && one.name != session.name()) {
        // The list says what it is called now.
        session.dispatch(Action::Keep(Some(id), storage::list()));
    }
}

/// Gives the document a title that follows the screen, unless somebody has given it
/// another. The page's own title is noted at the mount, where a page that is
/// started again after a panic finds it.
fn name_page(mount: &Element, session: &Session) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let (now, given) = (document.title(), mount.get_attribute("data-page"));
    if now.starts_with("Zice ") || given.is_some_and(|given| given == now) {
        let title = title(session);
        document.set_title(&title);
        mount.set_attribute("data-page", &title).ok();
    }
}

/// The title of the document: `财务与研发（第 3 步，共 6 步）- 申报自测`.
fn title(session: &Session) -> String {
    let lang = session.view.lang;
    let page = host::title(session);
    let screen = match session.view.screen {
        Screen::Choose => return ["Zice ", page].concat(),
        Screen::Topic(at) => {
            let (topic, step) = step(session, at);
            [topic, words::BRACKET.get(lang), &step, words::BRACKET_END.get(lang)].concat()
        }
        Screen::Report => words::REPORT.get(lang).to_owned(),
        Screen::Compare => words::COMPARE.get(lang).to_owned(),
    };
    // A Chinese bracket has its own room.
    let dash = if screen.ends_with('）') { "- " } else { " - " };
    [&screen, dash, page].concat()
}
