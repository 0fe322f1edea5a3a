//! The policies the page offers: the index at the start, each policy when it
//! is needed.

use std::cell::{OnceCell, RefCell};

use js_sys::{Function, Promise};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use zice_engine::protocol::Outline;
use zice_rules::{Date, Dictionary, policy::edition_on};

use crate::session::{edition::Edition, engine};

/// Dictionary, index and policies.
#[derive(Debug)]
pub struct Catalogue {
    /// The facts all policies share.
    pub dictionary: Dictionary,
    /// The editions, in the order of the index.
    pub editions: Vec<Edition>,
    /// What the engine tells of their policies, as far as they have been fetched.
    policies: Vec<OnceCell<Outline>>,
    /// The programmes: positions of their editions, oldest first.
    pub programmes: Vec<Vec<usize>>,
    /// Answers with a promise of the text of a file. Nothing in tests.
    file: Option<Function>,
    /// Editions whose policies have been asked for.
    asked: RefCell<Vec<usize>>,
    /// Those that were asked for before anybody needed them.
    early: RefCell<Vec<usize>>,
}

/// Why a policy is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It could not be fetched.
    Gone,
    /// What was fetched can't be used.
    Broken,
    /// What was fetched is of another version than the index.
    Other,
}

/// What became of a policy that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub why: Why,
    /// The file, and what is wrong with it.
    pub text: String,
}

impl Catalogue {
    pub(super) fn new(
        dictionary: Dictionary,
        editions: Vec<Edition>,
        file: Option<Function>,
    ) -> Self {
        let mut programmes: Vec<Vec<usize>> = Vec::new();
        for (at, edition) in editions.iter().enumerate() {
            let year = |at: &usize| editions.get(*at).map_or(0, |it| it.window.year);
            let same = |others: &&mut Vec<usize>| {
                others.iter().any(|at| editions.get(*at).is_some_and(|it| it.id == edition.id))
            };
            match programmes.iter_mut().find(same) {
                Some(others) => {
                    let place = others.iter().filter(|at| year(at) <= edition.window.year).count();
                    others.insert(place, at);
                }
                None => programmes.push(vec![at]),
            }
        }
        let policies = editions.iter().map(|_| OnceCell::new()).collect();
        let (asked, early) = (RefCell::default(), RefCell::default());
        Self { dictionary, editions, policies, programmes, file, asked, early }
    }

    /// With policies that are there already.
    #[cfg(test)]
    pub fn with(dictionary: Dictionary, policies: Vec<zice_rules::Policy>) -> Self {
        let edition = |policy: &zice_rules::Policy| Edition {
            id: policy.id.clone(),
            edition: policy.edition.clone(),
            title: policy.title.clone(),
            summary: policy.summary.clone(),
            authority: policy.authority.clone(),
            platform: policy.platform.clone(),
            benefits: Vec::new(),
            minutes: policy.minutes,
            window: policy.window.clone(),
            hint: policy.hint,
            checked_on: policy.checked_on,
            review_by: policy.review_by,
            digest: policy.digest.clone(),
            file: String::new(),
        };
        let editions = policies.iter().map(edition).collect();
        let outlines = engine::start(&dictionary, policies);
        let catalogue = Self::new(dictionary, editions, None);
        for (place, outline) in catalogue.policies.iter().zip(outlines) {
            place.set(outline).expect("a place");
        }
        catalogue
    }

    /// The policy of an edition, once it has been fetched.
    pub fn policy(&self, edition: usize) -> Option<&Outline> {
        self.policies.get(edition)?.get()
    }

    /// Notes that the policy of an edition is asked for; false where it is there
    /// or was asked for before.
    pub fn ask(&self, edition: usize) -> bool {
        let mut asked = self.asked.borrow_mut();
        let news = self.policy(edition).is_none() && !asked.contains(&edition);
        if news {
            asked.push(edition);
        }
        news
    }

    /// The same for one that nobody needs yet: that is done once.
    pub fn ask_early(&self, edition: usize) -> bool {
        let mut early = self.early.borrow_mut();
        let news = !early.contains(&edition) && self.ask(edition);
        if news {
            early.push(edition);
        }
        news
    }

    /// Fetches the policy of an edition, `early` where nobody needs it yet. Where
    /// that fails it can be asked for again.
    pub async fn fetch(&self, edition: usize, early: bool) -> Result<(), Failure> {
        let read = self.read(edition, early).await;
        if read.is_err() {
            self.asked.borrow_mut().retain(|it| *it != edition);
        }
        read
    }

    async fn read(&self, edition: usize, early: bool) -> Result<(), Failure> {
        let gone = |text: String| Failure { why: Why::Gone, text };
        let (file, it) = self
            .file
            .as_ref()
            .zip(self.editions.get(edition))
            .ok_or_else(|| gone(String::new()))?;
        let text = ask(file, &it.file, early).text().await.map_err(gone)?;
        let wrong = |why: Why, error: &str| Failure { why, text: [&it.file, ": ", error].concat() };
        // The script answers with a policy only once the engine is there to read it.
        let policy = engine::policy(&text).map_err(|error| wrong(Why::Broken, &error))?;
        // The site may have been renewed since the index was read.
        if policy.address() != it.address() || policy.digest != it.digest {
            return Err(wrong(Why::Other, &policy.digest));
        }
        if let Some(place) = self.policies.get(edition) {
            _ = place.set(policy);
        }
        Ok(())
    }

    /// The edition for an application on this day; see [`edition_on`].
    pub fn edition(&self, programme: usize, day: Date) -> Option<usize> {
        let editions = self.programmes.get(programme)?;
        let year = |at: &usize| self.editions.get(*at).map_or(0, |it| it.window.year);
        editions.get(edition_on(editions.iter().map(year), day)?).copied()
    }
}

/// Schema of `index.json`.
const INDEX_SCHEMA: &str = "zice.index/1";

/// Reads dictionary and index, and of the index what is `wanted` (names of
/// programmes, apart by spaces or commas, with `@` and an edition where it is to be
/// that one; nothing means all). Policies are fetched later, see
/// [`Catalogue::fetch`].
///
/// `file` answers with a promise of the text of a file.
pub async fn read(file: Function, wanted: &str) -> Result<Catalogue, String> {
    let (facts, index) = (ask(&file, "facts.json", false), ask(&file, "index.json", false));
    let text = index.text().await?;
    let index: Value =
        serde_json::from_str(&text).map_err(|error| format!("index.json: {error}"))?;
    if index.get("schema").and_then(Value::as_str) != Some(INDEX_SCHEMA) {
        return Err(format!("index.json: schema ≠ {INDEX_SCHEMA}"));
    }
    let entries = index.get("policies").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、');
    let wanted: Vec<&str> = wanted.split(apart).filter(|name| !name.is_empty()).collect();
    // A name that nothing answers to is a mistake of the host's.
    let missing = wanted.iter().find(|name| !entries.iter().any(|it| is_wanted(it, &[name])));
    if let Some(name) = missing {
        return Err(format!("policies: {name}"));
    }
    let editions = entries.iter().filter(|entry| is_wanted(entry, &wanted));
    let editions: Option<Vec<Edition>> = editions.map(Edition::read).collect();
    let editions = editions.filter(|it| !it.is_empty()).ok_or("index.json: policies")?;
    let text = facts.text().await?;
    let dictionary =
        Dictionary::without_doubts(&text).map_err(|error| format!("facts.json: {error}"))?;
    Ok(Catalogue::new(dictionary, editions, Some(file)))
}

/// Whether an entry of the index is one of those that are named.
fn is_wanted(entry: &Value, wanted: &[&str]) -> bool {
    let member = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or("");
    wanted.is_empty()
        || wanted.iter().any(|name| {
            let (id, edition) = name.split_once('@').unwrap_or((name, ""));
            id == member("id") && (edition.is_empty() || edition == member("edition"))
        })
}

/// A file that was asked for.
struct Asked(Result<JsFuture, JsValue>);

fn ask(file: &Function, name: &str, early: bool) -> Asked {
    let promise = file.call2(&JsValue::NULL, &name.into(), &early.into());
    Asked(promise.and_then(|it| it.dyn_into::<Promise>()).map(JsFuture::from))
}

impl Asked {
    async fn text(self) -> Result<String, String> {
        // The script says itself what is missing.
        let failed = |error: JsValue| error.as_string().unwrap_or_default();
        let text = self.0.map_err(failed)?.await.map_err(failed)?;
        text.as_string().ok_or_else(String::new)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn policies_are_wanted_by_name_and_edition() {
        let entry = json!({ "id": "a", "edition": "2023" });
        for (wanted, is) in [
            (&[][..], true),
            (&["a"], true),
            (&["b", "a@2023"], true),
            (&["a@2024"], false),
            (&["b"], false),
        ] {
            assert_eq!(is_wanted(&entry, wanted), is, "{wanted:?}");
        }
    }

    #[test]
    fn the_edition_follows_the_day_of_application() {
        let dictionary = Dictionary::from_json(
            r#"{"schema":"zice.facts/1","topic":[],"fact":[],"contradiction":[]}"#,
        )
        .expect("a dictionary");
        let policy = |id: &str, year: i32| {
            let json = format!(
                r#"{{"schema":"zice.policy/2","id":"{id}","edition":"{year}","digest":"",
                "title":{{"zh":"","en":""}},"summary":{{"zh":"","en":""}},
                "authority":{{"zh":"","en":""}},"platform":{{"zh":"","en":""}},"minutes":1,
                "benefits":[],"cautions":[],"open_points":[],"checked_on":"2020-01-01",
                "review_by":"2020-01-01","window":{{"year":{year}}},"calendar":[],"evidence":[],
                "sources":[],"criteria":[],"verdict":0,"tables":{{"facts":[]}},
                "formulas":[{{"b":true}}],"code":"Tcy=1;;;;;0___"}}"#
            );
            zice_rules::Policy::from_json(&json, &dictionary).expect("a policy")
        };
        let policies = [("a", 2030), ("b", 2025), ("b", 2021), ("b", 2023)];
        let policies = policies.map(|(id, year)| policy(id, year)).into();
        let catalogue = Catalogue::with(dictionary, policies);
        assert_eq!(catalogue.programmes, [vec![0], vec![2, 3, 1]]);
        for (day, edition) in
            [("2019-06-01", 2), ("2022-12-31", 2), ("2024-12-31", 3), ("2025-01-01", 1)]
        {
            let day = Date::parse(day).expect("a day");
            assert_eq!(catalogue.edition(1, day), Some(edition), "{day}");
            assert_eq!(catalogue.edition(0, day), Some(0), "{day}");
        }
    }
}
