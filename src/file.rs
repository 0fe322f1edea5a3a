//! Files in and out: opened and saved by the user, never sent anywhere.

use serde_json::{Map, Value};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Response};
use zice_rules::company;

use crate::words::{self, Word};

#[wasm_bindgen(module = "/src/file.js")]
extern "C" {
    fn download(name: &str, kind: &str, text: &str);
}

/// Hands a text to the browser's "save as", named after the company.
pub fn save(company: &str, suffix: &str, text: &str) {
    let kind = match suffix {
        ".report.html" => "text/html",
        ".ics" => "text/calendar",
        _ => "application/json",
    };
    download(&file_name(company, suffix), kind, text);
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

/// The company file that lies in a report saved as a page. It is found as
/// text, the rest of the page is never looked at: no text of the report's can
/// hold this mark, because there `"` or `>` would be written otherwise, nor a
/// saved company file a `<`.
fn inside_report(text: &str) -> Option<&str> {
    let page = text.trim_ascii_start().strip_prefix('<')?;
    let (_, file) = page.split_once("id=\"zice-company\">")?;
    file.split('<').next()
}

/// The members of a company file; of another text, what is wrong with it, in
/// words and in detail.
pub fn open(text: &str) -> Result<Map<String, Value>, (&'static Word, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = inside_report(text).unwrap_or(text);
    let file = match zice_rules::parse::json(text) {
        Ok(Value::Object(file)) => file,
        Ok(_) => return Err((&words::FILE_OTHER, "{ … }".to_owned())),
        Err(error) => {
            let word = if error.is_eof() { &words::FILE_CUT } else { &words::FILE_OTHER };
            return Err((word, error.to_string()));
        }
    };
    let schema = file.get("schema").and_then(Value::as_str).unwrap_or("");
    if schema != company::SCHEMA {
        let same = schema.starts_with("zice.company/");
        let word = if same { &words::FILE_VERSION } else { &words::FILE_OTHER };
        return Err((word, format!("schema ≠ {}", company::SCHEMA)));
    }
    // What the page can't show in its fields it must not take over: it would
    // be lost with the next save.
    let fits = |name: &str, fits: fn(&Value) -> bool| {
        file.get(name).is_none_or(|value| value.is_null() || fits(value))
    };
    for (name, fits) in [
        ("name", fits("name", Value::is_string)),
        ("as_of", fits("as_of", Value::is_string)),
        ("facts", fits("facts", Value::is_object)),
    ] {
        if !fits {
            return Err((&words::FILE_WRONG, name.to_owned()));
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use zice_rules::Lang;

    use super::*;

    #[test]
    fn a_file_that_is_no_company_file_is_named_and_changes_nothing() {
        let file = |rest: &str| open(&format!("{{\"schema\":\"zice.company/1\"{rest}}}"));
        for text in ["{", "[]", "{\"schema\":\"other\"}"] {
            assert!(open(text).is_err(), "{text}");
        }
        // What can be said of it is said in plain words.
        for (text, word) in [
            ("{\"schema\":", &words::FILE_CUT),
            ("a report", &words::FILE_OTHER),
            ("{\"schema\":\"zice.company/2\"}", &words::FILE_VERSION),
            ("{\"schema\":\"zice.report/1\"}", &words::FILE_OTHER),
            ("{\"schema\":\"zice.company/1\",\"facts\":[]}", &words::FILE_WRONG),
        ] {
            let why = open(text).expect_err(text).0;
            assert_eq!(why.get(Lang::Zh), word.get(Lang::Zh), "{text}");
        }
        for rest in [",\"facts\":[]", ",\"facts\":\"a\"", ",\"name\":1", ",\"as_of\":2023"] {
            assert!(file(rest).is_err(), "{rest}");
        }
        // Of a report that was saved as a page only that is read.
        let html = |file: &str| {
            let html = ["<!DOCTYPE html>\n<script id=\"zice-company\">", file, "</script>{"];
            open(&html.concat())
        };
        assert!(html("{\"schema\":\"zice.company/1\",\"name\":\"\\u003c/script>\"}").is_ok());
        assert!(html("{\"schema\":\"zice.company/1\",\"name\":\"</script>\"}").is_err());
        assert!(html("").is_err());
        assert!(open("<p>{\"schema\":\"zice.company/1\"}").is_err());
        assert!(file(",\"facts\":null").is_ok());
        assert!(open("\u{feff}{\"schema\":\"zice.company/1\"}").is_ok());
    }
}
