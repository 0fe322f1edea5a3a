//! The policies the page offers, fetched once at the start.

use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use zice_rules::{Dictionary, Policy};

/// Dictionary and policies.
#[derive(Debug)]
pub struct Catalogue {
    /// The facts all policies share.
    pub dictionary: Dictionary,
    /// The policies, in the order of the index.
    pub policies: Vec<Policy>,
}

/// `index.json`, as far as the page needs it.
#[derive(Deserialize)]
struct Index {
    policies: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    file: String,
}

/// Fetches everything below `base` (which ends in a slash).
pub async fn fetch(base: &str) -> Result<Catalogue, String> {
    let text = get(&format!("{base}facts.json")).await?;
    let dictionary: Dictionary =
        serde_json::from_str(&text).map_err(|error| format!("facts.json: {error}"))?;
    let text = get(&format!("{base}index.json")).await?;
    let index: Index =
        serde_json::from_str(&text).map_err(|error| format!("index.json: {error}"))?;
    let mut policies = Vec::with_capacity(index.policies.len());
    for entry in &index.policies {
        let text = get(&format!("{base}{}", entry.file)).await?;
        let policy = Policy::from_json(&text, &dictionary)
            .map_err(|error| format!("{}: {error}", entry.file))?;
        policies.push(policy);
    }
    Ok(Catalogue { dictionary, policies })
}

async fn get(address: &str) -> Result<String, String> {
    let failed = |_: JsValue| address.to_owned();
    let window = web_sys::window().ok_or_else(|| address.to_owned())?;
    let response = JsFuture::from(window.fetch_with_str(address)).await.map_err(failed)?;
    let response: Response = response.dyn_into().map_err(failed)?;
    if !response.ok() {
        return Err(format!("{address} ({})", response.status()));
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    text.as_string().ok_or_else(|| address.to_owned())
}
