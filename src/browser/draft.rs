//! The draft of the page: what was filled in, as this tab holds it.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::{
    browser::{file, storage},
    page::Drafted,
};

#[wasm_bindgen(raw_module = "zice-draft")]
extern "C" {
    /// The text of the draft that the page in this element begins with; empty
    /// without one.
    fn drafted(mount: &Element) -> String;

    /// Tells that the page has changed: its draft is written soon.
    pub fn redraft(mount: &Element);
}

/// The draft that the page in an element begins with. One that can't be used is as
/// good as none.
pub fn read(mount: &Element) -> Option<Drafted> {
    let mut draft = Drafted::read(&drafted(mount))?;
    file::check(&draft.file).ok()?;
    // Of a company that is kept, what is kept counts: another window may have changed it
    // since, or taken it out.
    if let Some(id) = draft.number {
        match storage::open(id) {
            Ok(mut kept) => {
                // Choosing alone is not kept.
                kept.extend(draft.file.remove_entry("programmes"));
                draft.file = kept;
            }
            Err(_) => {
                draft.number = None;
                draft.unsaved = true;
            }
        }
    }
    Some(draft)
}
