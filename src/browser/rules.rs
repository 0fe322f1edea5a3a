//! The files of the rules: the index at the start, each policy when it is needed.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Promise};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{
    browser::engine::{self, PageEngine},
    page::{
        catalogue::{Catalogue, Failure, Why},
        edition::Edition,
    },
};

/// Schema of `index.json`.
const INDEX_SCHEMA: &str = "zice.index/1";

/// The files of the rules: where they come from, and which have been asked for.
pub struct Rules {
    /// What is offered.
    pub catalogue: Rc<Catalogue>,
    /// Answers with a promise of the text of a file.
    file: Function,
    /// Editions whose policies have been asked for.
    asked: RefCell<Vec<usize>>,
    /// Editions that were fetched ahead, before a choice or a day of application
    /// needed them.
    early: RefCell<Vec<usize>>,
}

impl Rules {
    /// Reads the index, and of it what is `wanted` (names of
    /// programmes, apart by spaces or commas, with `@` and an edition where it is to
    /// be that one; nothing means all). The dictionary and the policies are fetched later.
    ///
    /// `file` answers with a promise of the text of a file.
    ///
    /// # Errors
    /// What is wrong with the files, or a name that nothing answers to.
    pub async fn read(file: Function, wanted: &str) -> Result<Self, String> {
        let text = ask(&file, "index.json", false).text().await?;
        let index: Value =
            serde_json::from_str(&text).map_err(|error| format!("index.json: {error}"))?;
        if index.get("schema").and_then(Value::as_str) != Some(INDEX_SCHEMA) {
            return Err(format!("index.json: schema ≠ {INDEX_SCHEMA}"));
        }
        let bare = index.get("bare").and_then(Value::as_array).ok_or("index.json: bare")?;
        let bare = bare.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let entries = index.get("policies").and_then(Value::as_array);
        let entries = entries.map_or(&[][..], Vec::as_slice);
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
        let mut catalogue = Catalogue::new(bare, editions, Box::new(PageEngine));
        let facts = index.get("facts").and_then(Value::as_str).ok_or("index.json: facts")?;
        catalogue.facts_digest = facts.to_owned();
        let catalogue = catalogue.into();
        Ok(Self { catalogue, file, asked: RefCell::default(), early: RefCell::default() })
    }

    /// Notes that the policy of an edition is asked for; false where it is there
    /// or was asked for before.
    pub fn ask(&self, edition: usize) -> bool {
        let mut asked = self.asked.borrow_mut();
        let news = self.catalogue.policy(edition).is_none() && !asked.contains(&edition);
        if news {
            asked.push(edition);
        }
        news
    }

    /// Notes the same for one that nobody needs yet. That is done once, so one that
    /// could not be had early is asked for again only when it is needed.
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
    ///
    /// # Errors
    /// Why it is not there.
    pub async fn fetch(&self, edition: usize, early: bool) -> Result<(), Failure> {
        let read = self.read_policy(edition, early).await;
        if read.is_err() {
            self.asked.borrow_mut().retain(|it| *it != edition);
        }
        read
    }

    async fn read_policy(&self, edition: usize, early: bool) -> Result<(), Failure> {
        let gone = |text: String| Failure { why: Why::Gone, text };
        let it = self.catalogue.editions.get(edition).ok_or_else(|| gone(String::new()))?;
        let text = ask(&self.file, &it.file, early).text().await.map_err(gone)?;
        let wrong = |why: Why, error: &str| Failure { why, text: [&it.file, ": ", error].concat() };
        // The script answers with a policy only once the engine is there to read it.
        let policy = engine::policy(&text).map_err(|error| wrong(Why::Broken, &error))?;
        // The site may have been renewed since the index was read.
        if policy.address() != it.address() || policy.digest != it.digest {
            return Err(wrong(Why::Other, &policy.digest));
        }
        self.catalogue.arrive(edition, policy);
        Ok(())
    }
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

/// A file that was asked for and is on its way.
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

    use super::is_wanted;

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
}
