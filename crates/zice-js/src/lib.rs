//! The engine alone as wasm, for `zice.mjs`: companies in, reports out,
//! without a page.
//!
//! Both go as JSON texts: the browser reads and writes those itself, so that
//! no second way between Rust and JavaScript has to be carried. What goes
//! wrong is thrown as a JSON text too ([`fault::Fault`]), which
//! `www/boot/module.js` makes an error of.

mod batch;
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

    /// The address of a policy and the names of its lines, one under another:
    /// of its criteria, counted on from entry to entry where it judges entries. `policy` is the place of
    /// its edition in the list.
    ///
    /// # Errors
    /// When it was not loaded.
    pub fn lines(&self, policy: usize, count: usize) -> Result<String, String> {
        let policy = self.0.loaded(policy)?;
        let mut names = policy.address();
        for row in 0..count {
            names.push('\n');
            names.push_str(&policy.line_id(row));
        }
        Ok(names)
    }

    /// What one key in the page costs, for the benchmark: assesses a company
    /// that is read once and finds what is worth asking, `times` times, without
    /// a report. How many questions that were, so that no compiler finds the
    /// work useless.
    ///
    /// # Errors
    /// When the company or the policy can't be used.
    pub fn key(&self, company: &str, policy: &str, today: &str, times: u32) -> Result<u32, String> {
        Ok(self.0.key(company, policy, today, times)?)
    }
}

/// Companies under a policy, as rows of half a kilobyte.
#[wasm_bindgen]
pub struct Rows(batch::Rows);

#[wasm_bindgen]
impl Rows {
    /// No companies yet. `as_of`, unless empty, is the day of application
    /// whatever the files say.
    ///
    /// # Errors
    /// When the policy can't be asked.
    #[wasm_bindgen(constructor)]
    pub fn new(engine: &Engine, policy: &str, lang: &str, as_of: &str) -> Result<Rows, String> {
        Ok(Self(batch::Rows::new(&engine.0, policy, lang, as_of)?))
    }

    /// Keeps a company.
    ///
    /// # Errors
    /// When it can't be used, or the edition of its day was not loaded.
    pub fn add(&mut self, engine: &Engine, company: &str, today: &str) -> Result<(), String> {
        Ok(self.0.add(&engine.0, company, today)?)
    }

    /// Forgets all companies.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// What the policy says of each company, in bytes.
    ///
    /// # Errors
    /// When the policy is not there any more.
    pub fn assess(&self, engine: &Engine) -> Result<Vec<u8>, String> {
        Ok(self.0.assess(&engine.0)?)
    }

    /// Throws why a company could not be assessed.
    ///
    /// # Errors
    /// Where it could not.
    pub fn fault(&self, engine: &Engine, place: usize) -> Result<(), String> {
        Ok(self.0.fault(&engine.0, place)?)
    }

    /// What the bytes stand for: verdicts on one line, statuses on another.
    pub fn names() -> String {
        batch::names()
    }
}
