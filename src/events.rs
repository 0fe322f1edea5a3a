//! Events for the host page: bubbling, composed, plain JSON in `detail`.

use serde::Serialize;
use web_sys::{CustomEvent, CustomEventInit, Element};

/// Sends an event from the element the page is shown in. A host that can't be
/// told is no reason to stop.
pub fn send<T: Serialize>(mount: &Element, name: &str, detail: &T) {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    let Ok(detail) = detail.serialize(&serializer) else { return };
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        mount.dispatch_event(&event).ok();
    }
}
