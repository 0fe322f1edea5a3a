//! Dictionary, policies, and the way from a company file to reports: that of
//! `zice assess`.

use serde_json::Value;
use zice_rules::{
    Date, Dictionary, Lang, Policy, Report, assess, company,
    policy::{Edition, Selection},
};

use crate::fault::Fault;

/// Schema of `index.json`.
const INDEX_SCHEMA: &str = "zice.index/1";

/// See [`crate::Engine`].
pub struct Engine {
    dictionary: Dictionary,
    listed: Vec<Listed>,
}

/// A policy of `index.json`.
struct Listed {
    id: String,
    edition: String,
    year: i32,
    digest: String,
    /// Once it was loaded.
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
}

impl Engine {
    /// Reads dictionary and list.
    pub fn new(facts: &str, index: &str) -> Result<Self, Fault> {
        let dictionary = Dictionary::from_json(facts)
            .map_err(|error| Fault::asset("facts.json", &error.to_string()))?;
        let listed = read_index(index).ok_or_else(|| Fault::asset("index.json", INDEX_SCHEMA))?;
        Ok(Self { dictionary, listed })
    }

    /// Takes a policy.
    pub fn add(&mut self, json: &str) -> Result<(), Fault> {
        let policy = Policy::from_json(json, &self.dictionary)
            .map_err(|error| Fault::asset("policies", &error.to_string()))?;
        let address = policy.address();
        // Files of two versions must not be mixed.
        let fits = |one: &&mut Listed| {
            one.id == policy.id && one.edition == policy.edition && one.digest == policy.digest
        };
        match self.listed.iter_mut().find(fits) {
            Some(one) => one.policy = Some(policy),
            None => return Err(Fault::asset(&address, "≠ index.json")),
        }
        Ok(())
    }

    /// Assesses a company; the reports as JSON.
    pub fn assess(
        &self,
        file: &str,
        policies: &str,
        lang: &str,
        today: &str,
        as_of: &str,
    ) -> Result<String, Fault> {
        let lang = Lang::from_tag(lang)
            .ok_or_else(|| Fault::new("usage", format!("lang: {lang} (zh, en)")))?;
        let day = |text: &str| {
            Date::parse(text)
                .ok_or_else(|| Fault::new("usage", format!("as_of: {text} (YYYY-MM-DD)")))
        };
        let typed: Vec<String> = policies.lines().map(str::to_owned).collect();
        let selection = Selection::new(&self.listed, &typed, lang)
            .map_err(|message| Fault::new("unknown-policy", message))?;
        let mut company = company::read(file.as_bytes(), &self.dictionary, day(today)?)
            .map_err(|fault| Fault::company(&fault, lang))?;
        if !as_of.is_empty() {
            company.as_of = day(as_of)?;
        }
        // The edition of the day may be one that was not loaded; another one
        // in its place would be a wrong answer.
        let missing: Vec<String> = selection
            .on(company.as_of)
            .filter(|one| one.policy.is_none())
            .map(|one| format!("{}@{}", one.id, one.edition))
            .collect();
        if !missing.is_empty() {
            return Err(Fault::not_loaded(missing, lang));
        }
        let mut reports: Vec<Report> = Vec::new();
        for policy in selection.on(company.as_of).filter_map(|one| one.policy.as_ref()) {
            let report = assess(policy, &company)
                .and_then(|found| Report::new(&found, &self.dictionary, lang))
                .map_err(|error| {
                    Fault::new("calculation", format!("{}: {error}", policy.address()))
                })?;
            reports.push(report);
        }
        serde_json::to_string(&reports)
            .map_err(|error| Fault::new("calculation", error.to_string()))
    }
}

fn read_index(text: &str) -> Option<Vec<Listed>> {
    let index: Value = serde_json::from_str(text).ok()?;
    if index.get("schema")?.as_str()? != INDEX_SCHEMA {
        return None;
    }
    index.get("policies")?.as_array()?.iter().map(Listed::read).collect()
}
