//! Zice 申报自测, the browser application.
//!
//! The interview writes facts and reads the assessment; it holds no rule of
//! its own. Everything a programme says comes from the policy files that are
//! fetched at the start, beside the page; after that nothing is requested.

// It writes nothing in the release wasm (xtask/src/panics.rs).
#![cfg_attr(not(test), deny(clippy::use_debug))]

mod app;
mod catalogue;
mod choose;
mod compare;
mod dom;
mod effects;
mod events;
mod file;
mod history;
mod interview;
mod kept;
mod live;
mod look;
mod memo;
mod paste;
mod picture;
mod place;
mod report;
mod session;
mod storage;
mod topics;
mod typed;
mod words;

use wasm_bindgen::JsCast;
use web_sys::Element;

/// As quick as the standard one and a third of its size.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The element the page is shown in; `data-lang` and `data-base` may stand on
/// it.
const MOUNT: &str = "zice-app";

fn main() {
    wasm_bindgen_futures::spawn_local(start());
}

/// Fetches the policies, then shows the page. What fails is said in place of
/// the page; the event tells the host.
async fn start() {
    let Some(mount) = mount() else { return };
    let base = mount.get_attribute("data-base").unwrap_or_else(|| "./policies/".to_owned());
    let lang = language(&mount);
    match catalogue::fetch(&base).await {
        Ok(catalogue) => {
            events::ready(&mount);
            let props = app::Props { catalogue: catalogue.into(), lang, mount: mount.clone() };
            yew::Renderer::<app::App>::with_root_and_props(mount, props).render();
        }
        Err(error) => {
            let text = format!("{} {error}", words::LOAD_FAILED.get(lang));
            mount.set_text_content(Some(&text));
            mount.set_attribute("role", "alert").ok();
            events::failed(&mount, "asset-missing", &error);
        }
    }
}

fn mount() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(MOUNT)
}

/// The language of the mount, else of the nearest element that names one,
/// else Chinese.
fn language(mount: &Element) -> zice_rules::Lang {
    let own = mount.get_attribute("data-lang");
    let host = || {
        let element: Element = mount.closest("[lang]").ok()??;
        element.get_attribute("lang")
    };
    own.or_else(host).as_deref().and_then(zice_rules::Lang::from_tag).unwrap_or_default()
}

/// The document's root element, for its `lang`.
pub(crate) fn root_element() -> Option<web_sys::HtmlElement> {
    web_sys::window()?.document()?.document_element()?.dyn_into().ok()
}
