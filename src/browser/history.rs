//! The browser's history, by which its own back and forward lead through the
//! screens.
//!
//! Every screen is an entry of the browser's history, under the address the
//! page has: nothing of what was answered stands in it, and it can't be
//! copied along by accident.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsCast;

use crate::page::Screen;

/// The member of the history's state that is ours.
const KEY: &str = "zice";

/// The screen that an entry names; the first one where it names none. A page that
/// was opened before screens had names wrote numbers.
fn screen(entry: &str) -> Screen {
    let numbered = || match entry.parse().ok()? {
        0 => Some(Screen::Choose),
        1 => Some(Screen::Report),
        2 => Some(Screen::Compare),
        topic => Some(Screen::Topic(topic - 3_usize)),
    };
    entry.parse().ok().or_else(numbered).unwrap_or(Screen::Choose)
}

/// The screen of the entry the browser stands at.
fn current(history: &web_sys::History) -> Screen {
    let state = history.state().unwrap_or_default();
    let entry = Reflect::get(&state, &KEY.into()).ok().and_then(|it| it.as_string());
    screen(&entry.unwrap_or_default())
}

/// Adds an entry for the screen that is shown, unless the browser stands at
/// it already. A page that is loaded anew starts at its first screen.
pub fn push(shown: Screen, first: bool) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    if current(&history) == shown {
        return;
    }
    // What a host keeps there stays.
    let state = Object::new();
    if let Some(host) = history.state().ok().and_then(|it| it.dyn_into::<Object>().ok()) {
        Object::assign(&state, &host);
    }
    Reflect::set(&state, &KEY.into(), &shown.to_string().into()).ok();
    if first {
        history.replace_state(&state, "").ok();
    } else {
        history.push_state(&state, "").ok();
    }
}

/// The screen of the entry that the browser's back or forward led to.
pub fn went() -> Option<Screen> {
    Some(current(&web_sys::window()?.history().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_read_by_name_and_as_it_was_numbered_once() {
        for (entry, wanted) in [
            ("report", Screen::Report),
            ("topic/2", Screen::Topic(2)),
            ("0", Screen::Choose),
            ("1", Screen::Report),
            ("2", Screen::Compare),
            ("3", Screen::Topic(0)),
            ("14", Screen::Topic(11)),
            ("", Screen::Choose),
            ("a host's", Screen::Choose),
        ] {
            assert_eq!(screen(entry), wanted, "{entry}");
        }
    }
}
