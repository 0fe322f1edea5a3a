//! Events for the host page: bubbling, composed, plain JSON in `detail`.

use js_sys::{JSON, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, Element};
use zice_rules::Report;

use crate::session::Session;

/// Version of the events.
const VERSION: u8 = 1;

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

fn send_value(mount: &Element, name: &str, detail: &Value) {
    // The writer of company files: a second one would be code for nothing.
    let text = serde_json::to_string_pretty(detail).unwrap_or_default();
    if let Ok(detail) = JSON::parse(&text) {
        send(mount, name, &detail);
    }
}

/// The page can be used.
pub fn ready(mount: &Element) {
    send_value(mount, "zice:ready", &json!({ "version": VERSION }));
}

/// The page can't be used.
pub fn failed(mount: &Element, code: &str, text: &str) {
    send_value(mount, "zice:error", &json!({ "code": code, "text": text }));
}

/// How far the interview is: first policy, and all of them.
pub fn progress(mount: &Element, session: &Session) {
    let pictures = session.policies().zip(&session.pictures);
    let policies: Vec<Value> = pictures
        .map(|(policy, picture)| {
            json!({
                "id": policy.id, "edition": policy.edition,
                "open": picture.open.len(), "verdict": picture.verdict,
            })
        })
        .collect();
    let detail = json!({
        "version": VERSION, "answered": session.answered, "open": session.open.len(),
        "verdict": session.pictures.first().and_then(|picture| picture.verdict),
        "policies": policies,
    });
    send_value(mount, "zice:progress", &detail);
}

/// Reports as one JSON text: the one there is, or a list of them.
pub fn as_json(reports: &[&Report]) -> String {
    match reports {
        [one] => serde_json::to_string_pretty(one),
        all => serde_json::to_string_pretty(all),
    }
    .unwrap_or_default()
}

/// Reports are shown: the first one, with all of them beside it where there
/// are several.
pub fn reported(mount: &Element, reports: &[&Report]) {
    let Some(Ok(detail)) = reports.first().map(|one| JSON::parse(&as_json(&[one]))) else {
        return;
    };
    if reports.len() > 1
        && let Ok(all) = JSON::parse(&as_json(reports))
    {
        Reflect::set(&detail, &"reports".into(), &all).ok();
    }
    send(mount, "zice:report", &detail);
}
