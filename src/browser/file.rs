//! Files in and out: opened and saved by the user, never sent anywhere.

use serde_json::{Map, Value};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Response};
use zice_rules::company;

use crate::page::Refusal;

#[wasm_bindgen(module = "/src/browser/file.js")]
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

/// The most characters a company's name has in a file name: with what follows it
/// stays below the 255 bytes that file systems take, whatever the script.
const LONGEST: usize = 56;
/// Names that Windows keeps for devices, whatever follows behind a dot; some of
/// them with a digit.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

/// The file name of a company without a name.
const NAMELESS: &str = "zice";

/// Makes a file name of a company's name. Every letter of every script stays; what
/// some system refuses becomes `_`. A name that had to be changed, or that some
/// system takes for another's, gets a number that follows from the whole of it, so
/// that two companies never share one.
fn file_name(company: &str, suffix: &str) -> String {
    let company = company.trim();
    let refused = |c: char| c.is_control() || is_unseen(c) || "<>:\"/\\|?*".contains(c);
    let kept = company.chars().map(|c| if refused(c) { '_' } else { c }).take(LONGEST);
    let kept: String = kept.collect();
    // Hidden by a dot in front; Windows drops dots and blanks at an end.
    let mut name = kept.trim_matches(['.', ' ']).to_owned();
    if name.is_empty() {
        name.push_str(NAMELESS);
    }
    let changed = name != company || !company.chars().all(is_alone) || company == NAMELESS;
    if changed && !company.is_empty() || is_device(&name) || ends_in_number(&name) {
        name.push('-');
        name.push_str(&number(company));
    }
    name + suffix
}

/// Whether a sign can't be seen, or turns the order of others.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}')
}

/// Whether no system takes the sign for another one. Windows and macOS do not tell
/// capital letters from small ones, and macOS does not tell an accented letter from
/// letter and accent. So small letters of ASCII are safe, and ideographs, kana,
/// hangul and their punctuation; every other sign may have a twin.
fn is_alone(c: char) -> bool {
    matches!(c, ' '..='@' | '['..='~' | '·' | '\u{2010}'..='\u{2027}'
        | '\u{3000}'..='\u{3098}' | '\u{309b}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}' | '\u{20000}'..='\u{2f7ff}' | '\u{30000}'..='\u{3ffff}')
}

/// Whether Windows takes it for a device: what stands before the first dot is
/// what counts there.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    DEVICES.iter().any(|device| {
        let rest = stem.get(..3).filter(|it| it.eq_ignore_ascii_case(device));
        let mut rest = rest.and_then(|_| stem.get(3..)).unwrap_or("?").chars();
        let numbered = matches!(*device, "COM" | "LPT");
        match (rest.next(), rest.next()) {
            (None, _) => !numbered,
            (Some(digit), None) => {
                numbered && matches!(digit, '0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}')
            }
            _ => false,
        }
    })
}

/// Whether a name ends like one that was given a number.
fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('-').next().unwrap_or_default();
    last.len() == 8 && last.len() < name.len() && last.bytes().all(|it| it.is_ascii_hexdigit())
}

/// A number of a name, the same every time (FNV-1a).
fn number(name: &str) -> String {
    let mix = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let sum = name.bytes().fold(0x811c_9dc5, mix);
    // Written without `{:08x}`, which is a kilobyte.
    let digit = |at: u32| char::from_digit((sum >> (28 - at * 4)) & 15, 16).unwrap_or('0');
    (0..8).map(digit).collect()
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
pub fn open(text: &str) -> Result<Map<String, Value>, (Refusal, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = inside_report(text).unwrap_or(text);
    if text.len() > company::MAX_BYTES {
        return Err((Refusal::Large, "> 4 MiB".to_owned()));
    }
    let file = match zice_rules::parse::json(text) {
        Ok(Value::Object(file)) => file,
        Ok(_) => return Err((Refusal::Other, "{ … }".to_owned())),
        Err(error) => {
            let word = if error.is_eof() { Refusal::Cut } else { Refusal::Other };
            return Err((word, error.to_string()));
        }
    };
    check(&file)?;
    Ok(file)
}

/// Whether these are the members of a company file that the page can show; otherwise
/// what is wrong with them, in words and in detail.
pub fn check(file: &Map<String, Value>) -> Result<(), (Refusal, String)> {
    let schema = file.get("schema").and_then(Value::as_str).unwrap_or("");
    if schema != company::SCHEMA {
        let same = schema.starts_with("zice.company/");
        let word = if same { Refusal::Version } else { Refusal::Other };
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
            return Err((Refusal::Wrong, name.to_owned()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn a_file_name_keeps_every_letter_and_nothing_that_a_system_refuses() {
        let name = |company: &str| file_name(company, ".zice.json");
        for company in [
            "湖州苕溪智感科技（集团）有限公司",
            "𠮷田、あいう",
            "한국회사",
            "a-b_c 1.2",
            "contoso",
            "com",
            "lpt10",
            "zice 2",
        ] {
            assert_eq!(name(company), format!("{company}.zice.json"));
        }
        assert_eq!(name(""), "zice.zice.json");
        assert_eq!(name("  "), "zice.zice.json");
        for (company, begins) in [
            ("a/b\\c:d", "a_b_c_d-"),
            ("甲\u{202e}乙", "甲_乙-"),
            ("甲\n乙", "甲_乙-"),
            ("???", "___-"),
            ("..", "zice-"),
            (".hidden", "hidden-"),
            ("有限公司.", "有限公司-"),
            ("con", "con-"),
            ("NUL", "NUL-"),
            ("Aux.公司", "Aux.公司-"),
            ("prn .x", "prn .x-"),
            ("com1", "com1-"),
            ("LPT9", "LPT9-"),
            ("COM\u{b9}", "COM\u{b9}-"),
            ("甲-0123abcd", "甲-0123abcd-"),
            // Another company may be called so in other letters.
            ("Müller & Söhne", "Müller & Söhne-"),
            ("ООО Ромашка", "ООО Ромашка-"),
            ("A-B_c 1.2", "A-B_c 1.2-"),
            ("CONTOSO", "CONTOSO-"),
            ("Company", "Company-"),
            ("ｚｉｃｅ", "ｚｉｃｅ-"),
            ("zice", "zice-"),
        ] {
            let name = name(company);
            let number = name.strip_prefix(begins).and_then(|it| it.strip_suffix(".zice.json"));
            let number = number.unwrap_or_else(|| panic!("{company:?}: {name}"));
            assert!(number.len() == 8 && number.bytes().all(|it| it.is_ascii_hexdigit()), "{name}");
        }
    }

    #[test]
    fn two_companies_never_share_a_file_name() {
        let long = "长".repeat(LONGEST);
        let mut names: Vec<String> =
            ["a/b", "a\\b", "a_b", "a?b", "甲", "甲.", ".甲", "con", "???", "***"]
                .map(str::to_owned)
                .into();
        // To Windows and macOS some of these are the same.
        names.extend(["", "zice", "Zice", "ABC", "abc", "Abc", "aBC"].map(str::to_owned));
        names.extend(["Ü", "ü", "u\u{308}", "ÜA", "üa", "Ж", "ж"].map(str::to_owned));
        names.extend(["", "一", "二"].map(|end| [&long, end].concat()));
        // As one that was changed is called.
        names.push(file_name("a/b", ""));
        let made: Vec<String> = names.iter().map(|it| file_name(it, ".ics")).collect();
        assert!(made.iter().all(|it| it.len() <= 255), "{made:?}");
        let count = made.len();
        // As such a system sees them.
        let mut made: Vec<String> =
            made.iter().map(|it| it.to_lowercase().replace("u\u{308}", "ü")).collect();
        made.sort();
        made.dedup();
        assert_eq!(made.len(), count, "{made:?}");
        // Of the sums that its inventors publish.
        for (text, sum) in [("", "811c9dc5"), ("a", "e40c292c"), ("foobar", "bf9cf968")] {
            assert_eq!(number(text), sum);
        }
    }

    #[test]
    fn a_file_that_is_no_company_file_is_named_and_changes_nothing() {
        let file = |rest: &str| open(&format!("{{\"schema\":\"zice.company/1\"{rest}}}"));
        for text in ["{", "[]", "{\"schema\":\"other\"}"] {
            assert!(open(text).is_err(), "{text}");
        }
        // What can be said of it is said in plain words.
        for (text, word) in [
            ("{\"schema\":", Refusal::Cut),
            ("a report", Refusal::Other),
            ("{\"schema\":\"zice.company/2\"}", Refusal::Version),
            ("{\"schema\":\"zice.report/1\"}", Refusal::Other),
            ("{\"schema\":\"zice.company/1\",\"facts\":[]}", Refusal::Wrong),
        ] {
            let why = open(text).expect_err(text).0;
            assert_eq!(why, word, "{text}");
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
