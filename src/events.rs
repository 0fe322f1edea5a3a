//! Events for the host page: bubbling, composed, plain JSON in `detail`.

use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, Element};

/// A value as plain JSON for JavaScript.
pub fn plain<T: Serialize>(value: &T) -> Option<JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()
}

/// Sends an event from the element the page is shown in. A host that can't be
/// told is no reason to stop.
pub fn send<T: Serialize>(mount: &Element, name: &str, detail: &T) {
    let Some(detail) = plain(detail) else { return };
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        mount.dispatch_event(&event).ok();
    }
}

/// Detail of `zice:ready`.
#[derive(Serialize)]
pub struct Ready {
    /// Version of the events.
    pub version: u8,
}

/// Detail of `zice:progress`.
#[derive(Serialize)]
pub struct Progress {
    /// Version of the events.
    pub version: u8,
    /// Facts that have an answer.
    pub answered: usize,
    /// Questions that can still change the verdict.
    pub open: usize,
    /// The verdict, nothing where figures are too large.
    pub verdict: Option<&'static str>,
}

/// Detail of `zice:error`.
#[derive(Serialize)]
pub struct Failure<'a> {
    /// Stable name.
    pub code: &'a str,
    /// What happened.
    pub text: &'a str,
}
