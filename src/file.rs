//! Files in and out: opened and saved by the user, never sent anywhere.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Response, Url};

/// Hands a text to the browser's "save as", named after the company.
pub fn save(company: &str, suffix: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document =
        web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(&file_name(company, suffix));
    link.click();
    Url::revoke_object_url(&address)
}

/// The text of a file the user chose.
pub async fn read(file: &File) -> Option<String> {
    // Blob.text() is younger than the browsers that are really there; a
    // response around the blob does the same in all of them.
    let response = Response::new_with_opt_blob(Some(file)).ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    text.as_string()
}

/// A file name out of a company's name: Latin letters, digits and Chinese
/// characters only. What a letter is in every script would be a table.
fn file_name(company: &str, suffix: &str) -> String {
    let clean: String = company
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '\u{3400}'..='\u{9fff}'))
        .take(40)
        .collect();
    if clean.is_empty() { format!("zice{suffix}") } else { format!("{clean}{suffix}") }
}
