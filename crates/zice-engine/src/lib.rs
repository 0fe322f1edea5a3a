//! The engine as the page asks it.
//!
//! The page is two programs, each with a memory of its own: the interface, which
//! the first screen waits for, and this engine, which is fetched while that screen
//! is read. They share nothing but the texts that go between them, which are JSON
//! of the types in [`protocol`]. Outside a browser (in the tests of the interface)
//! [`Engine`] is asked directly.
//!
//! The engine keeps the dictionary and the policies that were handed to it, and
//! nothing of a company: every request brings the whole company file.

mod outline;
pub mod protocol;
mod reports;
mod state;
mod table;
mod what_if;

pub use what_if::put_over;

use zice_report::{AdviceRequest, SeveralAdvice};
use zice_rules::{Dictionary, Lang, Names, Policy};
use zice_tables::list::Reading;

use protocol::{
    BlockReply, BlockRequest, CompanyRequest, ListRequest, Outline, Reports, State, Trial, Tried,
};

/// An engine with its dictionary and policies. Until it has the dictionary it
/// answers every request with nothing.
#[derive(Debug, Default)]
pub struct Engine {
    dictionary: Option<Dictionary>,
    /// The same with what the facts are called in tables.
    named: Option<Dictionary>,
    /// Each under its number; nothing where the dictionary it was read with is gone.
    policies: Vec<Option<Policy>>,
}

impl Engine {
    /// Reads the dictionary, `facts.json`. It comes before everything else.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn facts(&mut self, json: &str) -> Result<(), String> {
        let read = Dictionary::from_json(json).map_err(|error| error.to_string())?;
        self.dictionary = Some(read);
        // What was read with another dictionary is not used with this one, and its
        // number is given to nothing else.
        self.named = None;
        self.policies.fill_with(|| None);
        Ok(())
    }

    /// Hands over a dictionary that was read already.
    pub fn with_dictionary(&mut self, dictionary: Dictionary) {
        self.dictionary = Some(dictionary);
    }

    /// Reads what facts are called in tables, `names.json`.
    ///
    /// # Errors
    /// What is wrong with it, or that there is no dictionary.
    pub fn names(&mut self, json: &str) -> Result<(), String> {
        let mut dictionary = self.dictionary.clone().ok_or("facts.json")?;
        let names = Names::from_json(json).and_then(|names| names.add_to(&mut dictionary));
        names.map_err(|error| error.to_string())?;
        self.named = Some(dictionary);
        Ok(())
    }

    /// Reads a policy and keeps it. One that is kept already keeps its number.
    ///
    /// # Errors
    /// What is wrong with it, or that there is no dictionary.
    pub fn policy(&mut self, json: &str) -> Result<Outline, String> {
        let dictionary = self.dictionary.as_ref().ok_or("facts.json")?;
        let policy = Policy::from_json(json, dictionary).map_err(|error| error.to_string())?;
        Ok(self.with_policy(policy))
    }

    /// Keeps a policy that was read already, under the dictionary there is.
    pub fn with_policy(&mut self, policy: Policy) -> Outline {
        let same = |it: &Policy| it.digest == policy.digest && it.address() == policy.address();
        let there = self.policies.iter().position(|it| it.as_ref().is_some_and(same));
        let told = outline::outline(&policy, there.unwrap_or(self.policies.len()));
        if there.is_none() {
            self.policies.push(Some(policy));
        }
        told
    }

    /// The policies that a request names, where all of them are there.
    fn asked(&self, request: &CompanyRequest<'_>) -> Option<(&Dictionary, Vec<&Policy>)> {
        let policies = request.policies.iter().map(|at| self.policies.get(*at)?.as_ref()).collect();
        self.dictionary.as_ref().zip(policies)
    }

    /// Tells what can be said about a company at this moment. Where a policy that
    /// the request names is not there, that is nothing.
    pub fn state(&self, request: &CompanyRequest<'_>) -> State {
        self.asked(request).map_or_else(State::default, |(dictionary, policies)| {
            state::state(dictionary, &policies, request)
        })
    }

    /// Writes the reports about a company, with advice.
    pub fn reports(&self, request: &CompanyRequest<'_>, lang: Lang) -> Reports {
        self.asked(request).map_or_else(Reports::default, |(dictionary, policies)| {
            reports::reports(dictionary, &policies, request, lang)
        })
    }

    /// Tells what would make a company pass and how firm its verdicts are, as
    /// [`zice_report::SeveralAdvice`] in JSON. `cushion` and `horizon` are read by
    /// [`AdviceRequest::read`].
    ///
    /// # Errors
    /// Names what was asked for in a way that can't be used.
    pub fn advise(
        &self,
        request: &CompanyRequest<'_>,
        lang: Lang,
        cushion: &str,
        horizon: &str,
    ) -> Result<String, String> {
        let asked = AdviceRequest::read(cushion, horizon)?;
        let known: Vec<&Policy> = self.policies.iter().flatten().collect();
        let told = self.asked(request).map_or_else(SeveralAdvice::default, |(dictionary, own)| {
            reports::advise(dictionary, &own, &known, request, lang, asked)
        });
        serde_json::to_string(&told).map_err(|error| error.to_string())
    }

    /// Tells what comes of figures that are tried otherwise, under the policies of the
    /// request.
    pub fn what_if(&self, request: &CompanyRequest<'_>, trial: &Trial) -> Tried {
        self.asked(request).map_or_else(Tried::default, |(dictionary, own)| {
            what_if::what_if(dictionary, &own, request, trial)
        })
    }

    /// Reads a pasted table as entries of a list.
    pub fn list(&self, request: &ListRequest<'_>) -> Reading {
        let dictionary = self.named.as_ref().or(self.dictionary.as_ref());
        dictionary.map_or_else(Reading::default, |it| table::read_list(it, request))
    }

    /// Reads a pasted block as figures of a fact.
    pub fn block(&self, request: &BlockRequest<'_>) -> BlockReply {
        let dictionary = self.named.as_ref().or(self.dictionary.as_ref());
        dictionary.map_or_else(BlockReply::default, |it| table::read_block(it, request))
    }
}
