//! The browser's own back and forward.
//!
//! Every screen is an entry of the browser's history, under the address the
//! page has: nothing of what was answered stands in it, and it can't be
//! copied along by accident.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsCast;

use crate::session::Screen;

/// The member of the history's state that is ours.
const KEY: &str = "zice";

/// A screen as a number, and back.
fn number(screen: Screen) -> usize {
    match screen {
        Screen::Choose => 0,
        Screen::Report => 1,
        Screen::Compare => 2,
        Screen::Topic(at) => at + 3,
    }
}

fn screen(number: usize) -> Screen {
    match number {
        0 => Screen::Choose,
        1 => Screen::Report,
        2 => Screen::Compare,
        other => Screen::Topic(other - 3),
    }
}

/// The screen of the entry the browser stands at.
fn current(history: &web_sys::History) -> Screen {
    let state = history.state().unwrap_or_default();
    let entry = Reflect::get(&state, &KEY.into()).ok().and_then(|it| it.as_string());
    screen(entry.and_then(|it| it.parse().ok()).unwrap_or(0))
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
    Reflect::set(&state, &KEY.into(), &number(shown).to_string().into()).ok();
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
    fn every_screen_has_a_number_of_its_own() {
        for number in 0..12 {
            assert_eq!(super::number(screen(number)), number);
        }
    }
}
