//! A button for a company file.

use serde_json::{Map, Value};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser::file,
    page::{Action, Shared},
    ui::dom::{attrs, changing, group, text},
};

/// A button for a company file, and what is then done with it. Whatever is
/// wrong with the file, the answers stay.
pub fn choose_file(
    session: &Shared,
    words: &str,
    then: fn(String, Map<String, Value>) -> Action,
) -> Html {
    let dispatcher = session.dispatcher();
    let read = Callback::from(move |event: Event| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        let Some(input) = input else { return };
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        let dispatcher = dispatcher.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let text = file::read(&chosen).await.unwrap_or_default();
            // The same file can then be chosen again.
            input.set_value("");
            dispatcher.dispatch(match file::open(&text) {
                Ok(members) => then(chosen.name(), members),
                Err((why, detail)) => Action::Refuse(why, detail),
            });
        });
    });
    let attrs = attrs! { "type": "file", "accept": ".json,.html" };
    let input = changing("input", attrs, Vec::new(), read);
    group("label", "zice-button zice-button-quiet zice-file", vec![text(words), input])
}
