//! Events for the host page: bubbling, composed, plain JSON in `detail`.

use std::cell::Cell;

use js_sys::{Array, JSON, Reflect};
use serde::Serialize;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{CustomEvent, CustomEventInit, Element};

use crate::page::{Reported, Session};

/// Version of the events.
const VERSION: u8 = 1;

/// A value as plain JSON for JavaScript.
pub fn plain<T: Serialize + ?Sized>(value: &T) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_default()
}

/// Sends an event from the element the page is shown in. A host that can't be
/// told is no reason to stop.
fn send(mount: &Element, name: &str, detail: &JsValue) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        mount.dispatch_event(&event).ok();
    }
}

#[derive(Serialize)]
struct Ready {
    version: u8,
}

/// Tells the host that the page can be used.
pub fn ready(mount: &Element) {
    send(mount, "zice:ready", &plain(&Ready { version: VERSION }));
}

#[derive(Serialize)]
struct Failed<'a> {
    version: u8,
    code: &'static str,
    text: &'a str,
}

/// Tells the host that a policy that is needed can't be read. One that could not be
/// fetched is told by the script around the wasm.
pub fn failed(mount: &Element, text: &str) {
    send(mount, "zice:error", &plain(&Failed { version: VERSION, code: "policies", text }));
}

#[derive(Serialize)]
struct Progress<'a> {
    version: u8,
    answered: usize,
    open: usize,
    verdict: Option<&'static str>,
    policies: Vec<PolicyProgress<'a>>,
}

#[derive(Serialize)]
struct PolicyProgress<'a> {
    id: &'a str,
    edition: &'a str,
    open: usize,
    verdict: Option<&'static str>,
}

/// Tells the host how far the interview is: for the first policy, and for each.
pub fn progress(mount: &Element, session: &Session) {
    let policies = session
        .policies()
        .zip(&session.results.pictures)
        .map(|(policy, picture)| PolicyProgress {
            id: &policy.id,
            edition: &policy.edition,
            open: picture.open.len(),
            verdict: picture.verdict_name(),
        })
        .collect();
    let detail = Progress {
        version: VERSION,
        answered: session.results.answered,
        open: session.results.open.len(),
        verdict: session.results.pictures.first().and_then(|picture| picture.verdict_name()),
        policies,
    };
    send(mount, "zice:progress", &plain(&detail));
}

thread_local! {
    /// Whether a mouse button is down, and whether a field was left by that.
    static PRESSED: Cell<(bool, bool)> = const { Cell::new((false, false)) };
}

/// Whether what follows a field that is left has to wait until the mouse
/// button is up again; it then follows by itself.
pub fn wait_for_release() -> bool {
    let (pressed, _) = PRESSED.get();
    PRESSED.set((pressed, pressed));
    pressed
}

/// Notes that a mouse button went down or up, and answers whether a field that was
/// left by that waits for it. The scripts around the wasm follow the button, for
/// all pages.
#[wasm_bindgen]
pub fn pressed(down: bool) -> bool {
    let (_, left) = PRESSED.replace((down, false));
    left
}

#[wasm_bindgen(module = "/src/browser/leave.js")]
extern "C" {
    /// Lets the browser ask, or no longer ask, before the page in this element is
    /// left.
    pub fn guard(mount: &Element, wants: bool);
}

/// Parses JSON texts into values for JavaScript; a text that is none is left out.
fn parsed(texts: &[&str]) -> Vec<JsValue> {
    texts.iter().filter_map(|text| JSON::parse(text).ok()).collect()
}

/// Reports as indented JSON: the one there is, or a list of them. The browser
/// writes it, out of what the host gets.
pub fn as_json(reports: &[&str]) -> String {
    let value = match parsed(reports).as_slice() {
        [one] => one.clone(),
        all => all.iter().collect::<Array>().into(),
    };
    let indent = JsValue::from_f64(2.0);
    let text = JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &indent);
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The reports there are, as JSON texts.
pub fn texts<'a>(reports: &'a [Reported<'_>]) -> Vec<&'a str> {
    reports.iter().filter_map(|(_, it)| it.as_ref()).map(|it| it.json.as_str()).collect()
}

/// The reports as plain JSON.
pub fn reports(session: &Session) -> JsValue {
    parsed(&texts(&session.reports())).iter().collect::<Array>().into()
}

/// Tells the host that reports are shown: the detail is the first, with all of them
/// beside it where there are several.
pub fn reported(mount: &Element, session: &Session) {
    let reports = session.reports();
    let texts = texts(&reports);
    // The detail is changed; the list has another copy of the first.
    let Some(detail) = parsed(&texts).into_iter().next() else { return };
    if texts.len() > 1 {
        let all: Array = parsed(&texts).iter().collect();
        Reflect::set(&detail, &"reports".into(), &all).ok();
    }
    send(mount, "zice:report", &detail);
}
