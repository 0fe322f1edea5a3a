//! The engine alone as a wasm program for `zice.mjs`: companies in, reports
//! out, without a page.
//!
//! Both are passed as JSON texts, which browsers read and write themselves, so
//! the program needs no other conversion between Rust and JavaScript. Failures
//! are thrown as a JSON text too ([`fault::Fault`]), from which
//! `www/boot/module.js` makes an error.

mod batch;
mod engine;
mod fault;

use wasm_bindgen::prelude::wasm_bindgen;

// The same allocator as in the page, for the reasons given there.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The dictionary, the list of all policies, and the policies that were loaded.
#[wasm_bindgen]
pub struct Engine(engine::Engine);

#[wasm_bindgen]
impl Engine {
    /// Creates an engine without policies from `facts.json` and `index.json`.
    ///
    /// # Errors
    /// Fails if one of the two can't be used.
    #[wasm_bindgen(constructor)]
    pub fn new(facts: &str, index: &str) -> Result<Engine, String> {
        Ok(Self(engine::Engine::new(facts, index)?))
    }

    /// Loads a policy.
    ///
    /// # Errors
    /// Fails if it can't be used, or is not the one listed in `index.json`.
    pub fn add(&mut self, policy: &str) -> Result<(), String> {
        Ok(self.0.add(policy)?)
    }

    /// Assesses a company file; returns the reports as a JSON array.
    ///
    /// `policies` has one policy a line: `id@edition`, or `id` for the edition
    /// of the company's day. An empty text asks every programme. `today` is the
    /// day of application if the file has none; `as_of`, unless empty,
    /// overrides both. With `advises` the reports have advice and margins.
    ///
    /// # Errors
    /// Fails if the company or a policy can't be used.
    pub fn assess(
        &self,
        company: &str,
        policies: &str,
        lang: &str,
        today: &str,
        as_of: &str,
        advises: bool,
    ) -> Result<String, String> {
        Ok(self.0.assess(company, policies, lang, today, as_of, advises)?)
    }

    /// Tells what would make a company pass, and how firm its verdicts are; returns
    /// what `zice advise` writes of several programmes, as JSON. `policies` is as in
    /// `assess`. `as_of`, `cushion` and `horizon` may be empty.
    ///
    /// # Errors
    /// Fails if the company, the policy or an option can't be used.
    #[allow(clippy::too_many_arguments, reason = "wasm-bindgen passes texts one by one")]
    pub fn advise(
        &self,
        company: &str,
        policies: &str,
        lang: &str,
        today: &str,
        as_of: &str,
        cushion: &str,
        horizon: &str,
    ) -> Result<String, String> {
        let asked = engine::Asked { as_of, cushion, horizon };
        Ok(self.0.advise(company, policies, lang, today, &asked)?)
    }

    /// The address of a policy and the ids of its first `count` lines, each on
    /// a line of its own. Lines are criteria; where entries are judged one by
    /// one, they continue from entry to entry. `policy` is the index of the
    /// edition in the list.
    ///
    /// # Errors
    /// Fails if the policy was not loaded.
    pub fn lines(&self, policy: usize, count: usize) -> Result<String, String> {
        let policy = self.0.loaded(policy)?;
        let mut names = policy.address();
        for row in 0..count {
            names.push('\n');
            names.push_str(&policy.line_id(row));
        }
        Ok(names)
    }

    /// Measures for the benchmark what one key costs in the page: reads a
    /// company once, then assesses it and searches for questions `times` times,
    /// without a report. Returns the number of questions found, so that no
    /// compiler removes the work.
    ///
    /// # Errors
    /// Fails if the company or the policy can't be used.
    pub fn key(&self, company: &str, policy: &str, today: &str, times: u32) -> Result<u32, String> {
        Ok(self.0.key(company, policy, today, times)?)
    }
}

/// Companies to assess under one policy, kept as rows of half a kilobyte.
#[wasm_bindgen]
pub struct Rows(batch::Rows);

#[wasm_bindgen]
impl Rows {
    /// Starts without companies. `as_of`, unless empty, overrides the day of
    /// application of the files.
    ///
    /// # Errors
    /// Fails if the policy is unknown or not loaded.
    #[wasm_bindgen(constructor)]
    pub fn new(engine: &Engine, policy: &str, lang: &str, as_of: &str) -> Result<Rows, String> {
        Ok(Self(batch::Rows::new(&engine.0, policy, lang, as_of)?))
    }

    /// Reads a company and keeps its row.
    ///
    /// # Errors
    /// Fails if the company can't be used, or the edition for its day was not
    /// loaded.
    pub fn add(&mut self, engine: &Engine, company: &str, today: &str) -> Result<(), String> {
        Ok(self.0.add(&engine.0, company, today)?)
    }

    /// Drops all companies.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Assesses all companies; returns the results as bytes, see
    /// `batch::Rows::assess`.
    ///
    /// # Errors
    /// Fails if a policy is not loaded any more.
    pub fn assess(&self, engine: &Engine) -> Result<Vec<u8>, String> {
        Ok(self.0.assess(&engine.0)?)
    }

    /// Throws the reason why the company at this index could not be assessed,
    /// and does nothing if it could.
    ///
    /// # Errors
    /// Returns that reason.
    pub fn fault(&self, engine: &Engine, place: usize) -> Result<(), String> {
        Ok(self.0.fault(&engine.0, place)?)
    }

    /// The names of the bytes: verdicts on one line, statuses on the next.
    pub fn names() -> String {
        batch::names()
    }
}
