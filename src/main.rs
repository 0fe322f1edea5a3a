//! Zice 申报自测, the browser application.
//!
//! The interview writes facts and reads the assessment; it holds no rule of
//! its own. Everything a programme says comes from policy files beside the page:
//! the index of them is fetched at the start, each of them when it is chosen.

mod app;
mod browser;
mod effects;
mod embed;
#[cfg(test)]
mod layers;
mod outside;
mod page;
mod parts;
mod screens;
mod ui;
mod words;

use wasm_bindgen::JsCast;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: zice_wasm::Allocator = zice_wasm::allocator();

/// Starts no page. The scripts in `www/boot` do, with [`embed::Widget::start`], as
/// many as there are elements for one.
fn main() {
    #[cfg(target_arch = "wasm32")]
    zice_wasm::throw_panics();
}

/// The document's root element, for its `lang`.
pub(crate) fn root_element() -> Option<web_sys::HtmlElement> {
    web_sys::window()?.document()?.document_element()?.dyn_into().ok()
}
