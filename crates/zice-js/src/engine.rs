//! Holds the dictionary and policies, and turns company files into reports as
//! `zice assess` does.

use serde::Serialize;
use serde_json::Value;
use zice_advice::Options;
use zice_report::{AdviceRequest, Report, SeveralAdvice};
use zice_rules::{
    Company, Date, Dictionary, Lang, Policy, assess, company,
    policy::{Edition, Selection},
};

use crate::fault::Fault;

/// The schema name of `index.json`.
const INDEX_SCHEMA: &str = "zice.index/1";

/// How advice was asked for; an empty text asks for nothing in particular.
pub struct Asked<'a> {
    /// The day of application, which overrides that of the file.
    pub as_of: &'a str,
    /// The cushion, such as `5%`.
    pub cushion: &'a str,
    /// The only round to tell of.
    pub horizon: &'a str,
}

/// The engine behind [`crate::Engine`].
pub struct Engine {
    dictionary: Dictionary,
    listed: Vec<Listed>,
}

/// A policy listed in `index.json`.
struct Listed {
    id: String,
    edition: String,
    year: i32,
    digest: String,
    /// The policy itself, once it was loaded.
    policy: Option<Policy>,
}

impl Edition for Listed {
    fn id(&self) -> &str {
        &self.id
    }

    fn edition(&self) -> &str {
        &self.edition
    }

    fn year(&self) -> i32 {
        self.year
    }
}

impl Listed {
    fn read(entry: &Value) -> Option<Self> {
        let text = |name: &str| entry.get(name)?.as_str().map(str::to_owned);
        Some(Self {
            id: text("id")?,
            edition: text("edition")?,
            year: i32::try_from(entry.get("year")?.as_i64()?).ok()?,
            digest: text("digest")?,
            policy: None,
        })
    }

    fn address(&self) -> String {
        format!("{}@{}", self.id, self.edition)
    }
}

impl Engine {
    /// Reads the dictionary and the list of policies.
    pub fn new(facts: &str, index: &str) -> Result<Self, Fault> {
        let dictionary = Dictionary::from_json(facts)
            .map_err(|error| Fault::asset("facts.json", &error.to_string()))?;
        let (facts, listed) =
            read_index(index).ok_or_else(|| Fault::asset("index.json", INDEX_SCHEMA))?;
        // As with policies: files of two versions must not be mixed.
        if dictionary.digest.as_ref() != Some(&facts) {
            return Err(Fault::asset("facts.json", "≠ index.json"));
        }
        Ok(Self { dictionary, listed })
    }

    /// Loads a policy. Fails if it is not the one listed in `index.json`.
    pub fn add(&mut self, json: &str) -> Result<(), Fault> {
        let policy = Policy::from_json(json, &self.dictionary)
            .map_err(|error| Fault::asset("policies", &error.to_string()))?;
        let address = policy.address();
        // Comparing digests keeps files of two versions from being mixed.
        let fits = |one: &&mut Listed| {
            one.id == policy.id && one.edition == policy.edition && one.digest == policy.digest
        };
        match self.listed.iter_mut().find(fits) {
            Some(one) => one.policy = Some(policy),
            None => return Err(Fault::asset(&address, "≠ index.json")),
        }
        Ok(())
    }

    /// Parses a language tag.
    pub fn lang(tag: &str) -> Result<Lang, Fault> {
        Lang::from_tag(tag).ok_or_else(|| Fault::new("usage", format!("lang: {tag} (zh, en)")))
    }

    /// Parses a day of application.
    fn day(text: &str) -> Result<Date, Fault> {
        Date::parse(text).ok_or_else(|| Fault::new("usage", format!("as_of: {text} (YYYY-MM-DD)")))
    }

    /// Parses a day of application; `None` for an empty text.
    pub fn day_or_none(text: &str) -> Result<Option<Date>, Fault> {
        if text.is_empty() { Ok(None) } else { Self::day(text).map(Some) }
    }

    /// Reads a company file. `today` is the day of application if the file has
    /// none.
    pub fn company(&self, file: &str, lang: Lang, today: &str) -> Result<Company, Fault> {
        company::read_text(file, &self.dictionary, Self::day(today)?)
            .map_err(|fault| Fault::company(&fault, lang))
    }

    /// Selects the policies asked for among all that are listed.
    fn select(&self, typed: &[String], lang: Lang) -> Result<Selection<'_, Listed>, Fault> {
        Selection::new(&self.listed, typed, lang)
            .map_err(|message| Fault::new("unknown-policy", message))
    }

    /// The edition for this day, and its index in the list. Fails if it was not
    /// loaded.
    pub fn edition_on(
        &self,
        policy: &str,
        day: Date,
        lang: Lang,
    ) -> Result<(usize, &Policy), Fault> {
        let selection = self.select(&[policy.to_owned()], lang)?;
        let found = selection.on(day).next().and_then(|one| {
            let at = self.listed.iter().position(|it| core::ptr::eq(it, one))?;
            Some((at, one))
        });
        match found {
            Some((at, Listed { policy: Some(policy), .. })) => Ok((at, policy)),
            Some((_, one)) => Err(Fault::not_loaded(vec![one.address()], lang)),
            None => Err(Fault::new("unknown-policy", policy.to_owned())),
        }
    }

    /// Checks that a policy can be asked. With a day, its edition for that day
    /// must be loaded; without, any edition that was named.
    pub fn check(&self, policy: &str, lang: Lang, day: Option<Date>) -> Result<(), Fault> {
        if let Some(day) = day {
            return self.edition_on(policy, day, lang).map(drop);
        }
        self.select(&[policy.to_owned()], lang)?;
        let named = |one: &&Listed| one.id == policy || one.address() == policy;
        let named: Vec<&Listed> = self.listed.iter().filter(named).collect();
        if named.iter().any(|one| one.policy.is_some()) {
            return Ok(());
        }
        Err(Fault::not_loaded(named.into_iter().map(Listed::address).collect(), lang))
    }

    /// The policy at this index of the list. Fails if it was not loaded.
    pub fn loaded(&self, at: usize) -> Result<&Policy, Fault> {
        let policy = self.listed.get(at).and_then(|one| one.policy.as_ref());
        policy.ok_or_else(|| Fault::new("not-loaded", at.to_string()))
    }

    /// Assesses a company; returns the reports as a JSON array, with advice and
    /// margins where `advises` says so.
    pub fn assess(
        &self,
        file: &str,
        policies: &str,
        lang: &str,
        today: &str,
        as_of: &str,
        advises: bool,
    ) -> Result<String, Fault> {
        let lang = Self::lang(lang)?;
        let mut company = self.company(file, lang, today)?;
        company.as_of = Self::day_or_none(as_of)?.unwrap_or(company.as_of);
        let policies = self.all_on(policies, company.as_of, lang)?;
        let mut reports: Vec<Report> = Vec::new();
        for policy in policies {
            let report = assess(policy, &company).and_then(|found| {
                let mut report = Report::new(&found, &self.dictionary, lang)?;
                if advises {
                    report.advise(&found, &self.dictionary, lang, Options::default())?;
                }
                Ok(report)
            });
            reports.push(report.map_err(|error| Fault::calculation(&policy.address(), &error))?);
        }
        write(&reports)
    }

    /// Tells what would make a company pass, and how firm its verdicts are; returns
    /// a [`SeveralAdvice`] as JSON.
    pub fn advise(
        &self,
        file: &str,
        policies: &str,
        lang: &str,
        today: &str,
        asked: &Asked<'_>,
    ) -> Result<String, Fault> {
        let lang = Self::lang(lang)?;
        let request = AdviceRequest::read(asked.cushion, asked.horizon)
            .map_err(|message| Fault::new("usage", message))?;
        let mut company = self.company(file, lang, today)?;
        company.as_of = Self::day_or_none(asked.as_of)?.unwrap_or(company.as_of);
        let policies = self.all_on(policies, company.as_of, lang)?;
        let known: Vec<&Policy> = self.listed.iter().filter_map(|it| it.policy.as_ref()).collect();
        let told = SeveralAdvice::new(&policies, &known, &company, &self.dictionary, lang, request);
        write(&told.map_err(|(policy, error)| Fault::calculation(&policy, &error))?)
    }

    /// The editions for this day of the policies with these names, one a line; of
    /// every programme for an empty text.
    fn all_on(&self, policies: &str, day: Date, lang: Lang) -> Result<Vec<&Policy>, Fault> {
        let typed: Vec<String> = policies.lines().map(str::to_owned).collect();
        let selection = self.select(&typed, lang)?;
        // The edition for the day may not be loaded; using another one instead
        // would give a wrong answer.
        let missing = selection.on(day).filter(|one| one.policy.is_none());
        let missing: Vec<String> = missing.map(Listed::address).collect();
        if !missing.is_empty() {
            return Err(Fault::not_loaded(missing, lang));
        }
        Ok(selection.on(day).filter_map(|one| one.policy.as_ref()).collect())
    }

    /// The work behind [`crate::Engine::key`].
    pub fn key(&self, file: &str, policy: &str, today: &str, times: u32) -> Result<u32, Fault> {
        let company = self.company(file, Lang::En, today)?;
        let (_, policy) = self.edition_on(policy, company.as_of, Lang::En)?;
        let mut open = 0_usize;
        for _ in 0..times {
            let questions = assess(policy, &company).and_then(|found| found.questions());
            open = open.wrapping_add(questions.map_or(0, |found| found.len()));
        }
        Ok(u32::try_from(open).unwrap_or(u32::MAX))
    }
}

fn write<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::new("calculation", error.to_string()))
}

/// The digest of `facts.json`, and the policies.
fn read_index(text: &str) -> Option<(String, Vec<Listed>)> {
    let index: Value = serde_json::from_str(text).ok()?;
    if index.get("schema")?.as_str()? != INDEX_SCHEMA {
        return None;
    }
    let facts = index.get("facts")?.as_str()?.to_owned();
    let listed = index.get("policies")?.as_array()?.iter().map(Listed::read);
    Some((facts, listed.collect::<Option<_>>()?))
}
