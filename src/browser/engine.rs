//! The engine as the page asks it: a program of its own, to which requests and
//! replies go as JSON, through `src/browser/engine.js`.

use std::cell::Cell;

use serde::Serialize;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use zice_engine::protocol::{
    BlockReply, BlockRequest, CompanyRequest, ListRequest, Outline, Reports, State, Trial, Tried,
};
use zice_rules::{
    Lang,
    json::{Read, from_text},
};
use zice_tables::list::Reading;

use crate::page::engine::Ask;

#[wasm_bindgen(raw_module = "zice-engine")]
extern "C" {
    #[wasm_bindgen(catch, js_name = names)]
    fn ask_names(json: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = policy)]
    fn ask_policy(json: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_name = state)]
    fn ask_state(company: &str, request: &str) -> String;
    #[wasm_bindgen(js_name = reports)]
    fn ask_reports(company: &str, request: &str, lang: &str) -> String;
    #[wasm_bindgen(catch, js_name = advise)]
    fn ask_advise(
        company: &str,
        request: &str,
        lang: &str,
        cushion: &str,
        horizon: &str,
    ) -> Result<String, JsValue>;
    #[wasm_bindgen(js_name = what_if)]
    fn ask_what_if(company: &str, request: &str, trial: &str) -> String;
    #[wasm_bindgen(js_name = list)]
    fn ask_list(request: &str) -> String;
    #[wasm_bindgen(js_name = block)]
    fn ask_block(request: &str) -> String;
}

thread_local! {
    /// Whether the engine can be asked. The scripts around the wasm say so, once
    /// for all pages of the document.
    static IS_THERE: Cell<bool> = const { Cell::new(false) };
}

/// Notes that the engine can be asked from now on.
pub fn arrived() {
    IS_THERE.set(true);
}

/// Writes a request as JSON. No type that is sent can fail to be written.
fn written<T: Serialize>(request: &T) -> String {
    serde_json::to_string(request).unwrap_or_default()
}

/// Reads a reply. Both programs are made of the same sources, so what one writes
/// the other reads. A reply that can't be read stops the page: to go on with half
/// of it would show a wrong result.
fn read<T: Read>(reply: &str) -> T {
    from_text(reply).expect("a reply of the engine")
}

/// Tells a refusal of the engine, which is a text. Anything else it threw means
/// that the program has stopped, and is thrown on.
fn refused(error: JsValue) -> String {
    match error.as_string() {
        Some(text) => text,
        None => wasm_bindgen::throw_val(error),
    }
}

/// Hands over what facts are called in tables, the text of `names.json`.
///
/// # Errors
/// What is wrong with it.
pub fn names(json: &str) -> Result<(), String> {
    ask_names(json).map_err(refused)
}

/// Hands over a policy, the text of its file, and gets what the page has to know of
/// it.
///
/// # Errors
/// What is wrong with it.
pub fn policy(json: &str) -> Result<Outline, String> {
    ask_policy(json).map(|reply| read(&reply)).map_err(refused)
}

/// The engine of the page.
pub struct PageEngine;

impl Ask for PageEngine {
    fn is_there(&self) -> bool {
        IS_THERE.get()
    }

    fn state(&self, request: &CompanyRequest<'_>) -> State {
        read(&ask_state(&written(&*request.file), &written(request)))
    }

    fn reports(&self, request: &CompanyRequest<'_>, lang: Lang) -> Reports {
        let (company, lang) = (written(&*request.file), lang.pick("zh", "en"));
        read(&ask_reports(&company, &written(request), lang))
    }

    fn advise(
        &self,
        request: &CompanyRequest<'_>,
        lang: Lang,
        cushion: &str,
        horizon: &str,
    ) -> Result<String, String> {
        let (company, lang) = (written(&*request.file), lang.pick("zh", "en"));
        ask_advise(&company, &written(request), lang, cushion, horizon).map_err(refused)
    }

    fn what_if(&self, request: &CompanyRequest<'_>, trial: &Trial) -> Tried {
        read(&ask_what_if(&written(&*request.file), &written(request), &written(trial)))
    }

    fn list(&self, request: &ListRequest<'_>) -> Reading {
        read(&ask_list(&written(request)))
    }

    fn block(&self, request: &BlockRequest<'_>) -> BlockReply {
        read(&ask_block(&written(request)))
    }
}
