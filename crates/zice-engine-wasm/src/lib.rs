//! The page's second program: [`zice_engine::Engine`] as wasm.
//!
//! Every function takes JSON and answers with JSON. A request that can't be read is
//! answered with an error, which becomes an exception in JavaScript. The interface
//! calls the functions through `src/browser/engine.js`.

use std::{borrow::Cow, cell::RefCell};

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use zice_engine::{
    Engine,
    protocol::{BlockRequest, CompanyRequest, ListRequest, Trial},
};
use zice_rules::{Lang, json::from_text};

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: zice_wasm::Allocator = zice_wasm::allocator();

/// Runs when the wasm is started: panics become exceptions that can be read.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen(start)]
fn start() {
    zice_wasm::throw_panics();
}

thread_local! {
    /// The one engine of this program, for all pages of a document.
    static ENGINE: RefCell<Engine> = RefCell::default();
}

fn write<T: Serialize>(reply: &T) -> Result<String, String> {
    serde_json::to_string(reply).map_err(|error| error.to_string())
}

/// Reads a request and the company file beside it.
fn company_request(company: &str, request: &str) -> Result<CompanyRequest<'static>, String> {
    let mut request: CompanyRequest<'static> = from_text(request)?;
    request.file = Cow::Owned(from_text(company)?);
    Ok(request)
}

/// Reads the dictionary, the text of `facts.json`; see [`Engine::facts`].
///
/// # Errors
/// What is wrong with it.
#[wasm_bindgen]
pub fn facts(json: &str) -> Result<(), String> {
    ENGINE.with_borrow_mut(|it| it.facts(json))
}

/// Reads what facts are called in tables, the text of `names.json`; see
/// [`Engine::names`].
///
/// # Errors
/// What is wrong with it.
#[wasm_bindgen]
pub fn names(json: &str) -> Result<(), String> {
    ENGINE.with_borrow_mut(|it| it.names(json))
}

/// Keeps a policy, the text of its file, and tells what the page has to know of
/// it; see [`Engine::policy`].
///
/// # Errors
/// What is wrong with it.
#[wasm_bindgen]
pub fn policy(json: &str) -> Result<String, String> {
    write(&ENGINE.with_borrow_mut(|it| it.policy(json))?)
}

/// Tells what can be said about a company at this moment; see [`Engine::state`].
///
/// # Errors
/// When the request can't be read.
#[wasm_bindgen]
pub fn state(company: &str, request: &str) -> Result<String, String> {
    let request = company_request(company, request)?;
    write(&ENGINE.with_borrow(|it| it.state(&request)))
}

/// Writes the reports about a company in a language, `zh` or `en`; see
/// [`Engine::reports`].
///
/// # Errors
/// When the request can't be read.
#[wasm_bindgen]
pub fn reports(company: &str, request: &str, lang: &str) -> Result<String, String> {
    let request = company_request(company, request)?;
    let lang = Lang::from_tag(lang).unwrap_or_default();
    write(&ENGINE.with_borrow(|it| it.reports(&request, lang)))
}

/// Tells what would make a company pass and how firm its verdicts are; see
/// [`Engine::advise`].
///
/// # Errors
/// When the request can't be read, or asks for what there is not.
#[wasm_bindgen]
pub fn advise(
    company: &str,
    request: &str,
    lang: &str,
    cushion: &str,
    horizon: &str,
) -> Result<String, String> {
    let request = company_request(company, request)?;
    let lang = Lang::from_tag(lang).unwrap_or_default();
    ENGINE.with_borrow(|it| it.advise(&request, lang, cushion, horizon))
}

/// Tells what comes of figures that are tried otherwise; see [`Engine::what_if`].
///
/// # Errors
/// When the request can't be read.
#[wasm_bindgen]
pub fn what_if(company: &str, request: &str, trial: &str) -> Result<String, String> {
    let request = company_request(company, request)?;
    let trial: Trial = from_text(trial)?;
    write(&ENGINE.with_borrow(|it| it.what_if(&request, &trial)))
}

/// Reads a pasted table as entries of a list; see [`Engine::list`].
///
/// # Errors
/// When the request can't be read.
#[wasm_bindgen]
pub fn list(request: &str) -> Result<String, String> {
    let request: ListRequest<'_> = from_text(request)?;
    write(&ENGINE.with_borrow(|it| it.list(&request)))
}

/// Reads a pasted block as figures of a fact; see [`Engine::block`].
///
/// # Errors
/// When the request can't be read.
#[wasm_bindgen]
pub fn block(request: &str) -> Result<String, String> {
    let request: BlockRequest<'_> = from_text(request)?;
    write(&ENGINE.with_borrow(|it| it.block(&request)))
}
