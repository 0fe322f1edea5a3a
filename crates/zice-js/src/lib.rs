//! The engine alone as wasm, for `zice.mjs`: companies in, reports out,
//! without a page.
//!
//! Both go as JSON texts: the browser reads and writes those itself, so that
//! no second way between Rust and JavaScript has to be carried. What goes
//! wrong is thrown as a JSON text too ([`fault::Fault`]), which
//! `www/boot/module.js` makes an error of.

mod engine;
mod fault;

use wasm_bindgen::prelude::wasm_bindgen;

// The same as the page's, see there.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The dictionary, the list of all policies, and those that were loaded.
#[wasm_bindgen]
pub struct Engine(engine::Engine);

#[wasm_bindgen]
impl Engine {
    /// An engine without policies, from `facts.json` and `index.json`.
    ///
    /// # Errors
    /// When one of them can't be used.
    #[wasm_bindgen(constructor)]
    pub fn new(facts: &str, index: &str) -> Result<Engine, String> {
        Ok(Self(engine::Engine::new(facts, index)?))
    }

    /// Loads a policy.
    ///
    /// # Errors
    /// When it can't be used, or is not the one in the list.
    pub fn add(&mut self, policy: &str) -> Result<(), String> {
        Ok(self.0.add(policy)?)
    }

    /// The reports about a company file, as a JSON array.
    ///
    /// `policies` are one a line, `id@edition`, or `id` for the edition of the
    /// day; none asks every programme. `today` is the day of application where
    /// the file has none; `as_of`, unless empty, is it whatever the file says.
    ///
    /// # Errors
    /// When the company or a policy can't be used.
    pub fn assess(
        &self,
        company: &str,
        policies: &str,
        lang: &str,
        today: &str,
        as_of: &str,
    ) -> Result<String, String> {
        Ok(self.0.assess(company, policies, lang, today, as_of)?)
    }
}
