//! The policies the page offers, fetched once at the start.

use serde_json::Value;
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

/// Schema of `index.json`.
const INDEX_SCHEMA: &str = "zice.index/1";

/// Fetches everything below `base` (which ends in a slash).
pub async fn fetch(base: &str) -> Result<Catalogue, String> {
    let text = get(&format!("{base}facts.json")).await?;
    let dictionary =
        Dictionary::from_json(&text).map_err(|error| format!("facts.json: {error}"))?;
    let text = get(&format!("{base}index.json")).await?;
    let index: Value =
        serde_json::from_str(&text).map_err(|error| format!("index.json: {error}"))?;
    if index.get("schema").and_then(Value::as_str) != Some(INDEX_SCHEMA) {
        return Err(format!("index.json: schema ≠ {INDEX_SCHEMA}"));
    }
    let entries = index.get("policies").and_then(Value::as_array);
    let entries = entries.filter(|entries| !entries.is_empty()).ok_or("index.json: policies")?;
    let mut policies = Vec::new();
    for entry in entries {
        let file = entry.get("file").and_then(Value::as_str).ok_or("index.json: file")?;
        let text = get(&format!("{base}{file}")).await?;
        let policy =
            Policy::from_json(&text, &dictionary).map_err(|error| format!("{file}: {error}"))?;
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
