//! The engine, which decides: a program of its own (`crates/zice-engine`) that is
//! fetched once the first screen is shown.
//!
//! Until it is there it can't be asked; what needs it waits. In a browser requests
//! and replies go as JSON through `www/boot/engine.js`. Outside one (in tests)
//! there is nothing to fetch, and the engine is asked directly.

use std::cell::Cell;

use super::Session;

pub use client::{block, list, names, policy, reports, state};

/// How far fetching the engine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetching {
    /// It is on its way.
    Waiting,
    /// It could not be had.
    Failed,
    /// It can be asked.
    There,
}

thread_local! {
    /// Whether the engine can be asked. In a browser the scripts around the wasm
    /// say so, once for all pages of the document.
    static IS_THERE: Cell<bool> = const { Cell::new(!cfg!(target_arch = "wasm32")) };
}

/// Whether the engine can be asked, whatever pages have been told.
pub fn is_there() -> bool {
    IS_THERE.get()
}

/// From now on it can.
pub fn arrived() {
    IS_THERE.set(true);
}

impl Default for Fetching {
    fn default() -> Self {
        if is_there() { Self::There } else { Self::Waiting }
    }
}

impl Session {
    /// Whether everything the page shows can be shown: the engine is there, with
    /// what facts are called in tables, and the policies in use.
    pub fn is_whole(&self) -> bool {
        self.engine == Fetching::There && self.are_there()
    }
}

#[cfg(target_arch = "wasm32")]
mod client {
    use serde::Serialize;
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
    use zice_engine::protocol::{
        BlockReply, BlockRequest, CompanyRequest, ListRequest, Outline, State, Written,
    };
    use zice_rules::{
        Lang,
        json::{Read, from_text},
    };
    use zice_tables::list::Reading;

    #[wasm_bindgen(raw_module = "zice-engine")]
    extern "C" {
        #[wasm_bindgen(catch, js_name = names)]
        fn ask_names(json: &str) -> Result<(), JsValue>;
        #[wasm_bindgen(catch, js_name = policy)]
        fn ask_policy(json: &str) -> Result<String, JsValue>;
        #[wasm_bindgen(js_name = state)]
        fn ask_state(request: &str) -> String;
        #[wasm_bindgen(js_name = reports)]
        fn ask_reports(request: &str, lang: &str) -> String;
        #[wasm_bindgen(js_name = list)]
        fn ask_list(request: &str) -> String;
        #[wasm_bindgen(js_name = block)]
        fn ask_block(request: &str) -> String;
    }

    /// A request as text. Nothing that is sent can fail to be written.
    fn written<T: Serialize>(request: &T) -> String {
        serde_json::to_string(request).unwrap_or_default()
    }

    /// A reply. Both programs are made of the same sources, so what one writes the
    /// other reads; a reply that can't be read is worse than none.
    fn read<T: Read>(reply: &str) -> T {
        from_text(reply).expect("a reply of the engine")
    }

    /// What the engine threw. An error of its own is a text; anything else is a
    /// program that has stopped, and goes on up.
    fn refused(error: JsValue) -> String {
        match error.as_string() {
            Some(text) => text,
            None => wasm_bindgen::throw_val(error),
        }
    }

    /// Hands over what facts are called in tables.
    pub fn names(json: &str) -> Result<(), String> {
        ask_names(json).map_err(refused)
    }

    /// Hands over a policy.
    pub fn policy(json: &str) -> Result<Outline, String> {
        ask_policy(json).map(|reply| read(&reply)).map_err(refused)
    }

    /// Asks what can be said about a company.
    pub fn state(request: &CompanyRequest<'_>) -> State {
        read(&ask_state(&written(request)))
    }

    /// Asks for reports.
    pub fn reports(request: &CompanyRequest<'_>, lang: Lang) -> Vec<Option<Written>> {
        read(&ask_reports(&written(request), lang.pick("zh", "en")))
    }

    /// Asks for a table as entries of a list.
    pub fn list(request: &ListRequest<'_>) -> Reading {
        read(&ask_list(&written(request)))
    }

    /// Asks for a block as figures.
    pub fn block(request: &BlockRequest<'_>) -> BlockReply {
        read(&ask_block(&written(request)))
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod client {
    use std::cell::RefCell;

    use zice_engine::{
        Engine,
        protocol::{
            BlockReply, BlockRequest, CompanyRequest, ListRequest, Outline, State, Written,
        },
    };
    use zice_rules::Lang;
    use zice_tables::list::Reading;

    thread_local! {
        static ENGINE: RefCell<Engine> = RefCell::default();
    }

    /// Hands over a dictionary and policies that were read already.
    #[cfg(test)]
    pub fn start(
        dictionary: &zice_rules::Dictionary,
        policies: Vec<zice_rules::Policy>,
    ) -> Vec<Outline> {
        ENGINE.with_borrow_mut(|engine| {
            *engine = Engine::default();
            engine.with_dictionary(dictionary.clone());
            policies.into_iter().map(|it| engine.with_policy(it)).collect()
        })
    }

    pub fn names(json: &str) -> Result<(), String> {
        ENGINE.with_borrow_mut(|it| it.names(json))
    }

    pub fn policy(json: &str) -> Result<Outline, String> {
        ENGINE.with_borrow_mut(|it| it.policy(json))
    }

    pub fn state(request: &CompanyRequest<'_>) -> State {
        ENGINE.with_borrow(|it| it.state(request))
    }

    pub fn reports(request: &CompanyRequest<'_>, lang: Lang) -> Vec<Option<Written>> {
        ENGINE.with_borrow(|it| it.reports(request, lang))
    }

    pub fn list(request: &ListRequest<'_>) -> Reading {
        ENGINE.with_borrow(|it| it.list(request))
    }

    pub fn block(request: &BlockRequest<'_>) -> BlockReply {
        ENGINE.with_borrow(|it| it.block(request))
    }
}

#[cfg(test)]
pub use client::start;
