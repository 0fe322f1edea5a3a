//! Parses JSON text without mistaking an object for a number.

use core::ops::Range;
use std::borrow::Cow;

use serde_json::Value;

/// The key under which serde_json passes a number's digits to itself. An object
/// with this key would be taken for a number.
pub(crate) const NUMBER: &str = "$serde_json::private::Number";

/// Parses JSON text. An object stays an object, whatever its keys are.
///
/// # Errors
/// Fails when the text is not JSON.
pub fn json(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(&disarmed(text))
}

/// Replaces the parser's own key, wherever the text uses it, by another key of
/// the same length, so that positions in error messages stay right.
pub(crate) fn disarmed(text: &str) -> Cow<'_, str> {
    let keys = number_keys(text);
    if keys.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut done = String::with_capacity(text.len());
    let mut at = 0;
    for key in keys {
        done.push_str(text.get(at..key.start).unwrap_or_default());
        let within = key.len().saturating_sub(2);
        done.push('"');
        done.extend(core::iter::repeat_n('?', within));
        done.push('"');
        at = key.end;
    }
    done.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(done)
}

/// Finds the key in any spelling, with its quotes.
fn number_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Nearly all texts contain neither the key nor an escape that could spell
    // it.
    if !text.contains('\\') && !text.contains(NUMBER) {
        return found;
    }
    let (mut start, mut escaped) = (None, false);
    for (at, byte) in text.bytes().enumerate() {
        match (start, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(first), b'"') => {
                let end = at.saturating_add(1);
                let rest = text.get(end..).unwrap_or_default();
                let literal = text.get(first..end).unwrap_or_default();
                if is_number_key(literal)
                    && rest.trim_start_matches([' ', '\t', '\n', '\r']).starts_with(':')
                {
                    found.push(first..end);
                }
                start = None;
            }
            (None, b'"') => start = Some(at),
            _ => {}
        }
    }
    found
}

/// Whether a text in quotes is the key. Each of its characters may be written
/// as an escape of six.
fn is_number_key(literal: &str) -> bool {
    let length = literal.len().saturating_sub(2);
    (NUMBER.len()..=NUMBER.len().saturating_mul(6)).contains(&length)
        && serde_json::from_str::<String>(literal).is_ok_and(|key| key == NUMBER)
}

#[cfg(test)]
#[allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test ends where what it needs is not there"
)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_no_number_whatever_its_key_is_called() {
        let escaped: String =
            NUMBER.chars().map(|one| format!("\\u{:04x}", u32::from(one))).collect();
        let some = NUMBER.replace('$', "\\u0024").replace('N', "\\u004E");
        for key in [NUMBER, &escaped, &some] {
            for blank in ["", " ", "\n\t "] {
                let text = format!(r#"{{"a":[{{"{key}"{blank}:"5"}},7.50]}}"#);
                let value = json(&text).expect("JSON");
                assert!(value["a"][0].is_object(), "{text}");
                assert_eq!(value["a"][1].to_string(), "7.50");
            }
        }
    }

    #[test]
    fn what_is_no_key_and_what_is_no_json_stays_as_it_is() {
        let text = format!(r#"{{"a":"{NUMBER}","b\"{NUMBER}":1,"\\":"{NUMBER}:"}}"#);
        assert_eq!(json(&text).expect("JSON"), serde_json::from_str::<Value>(&text).expect("JSON"));
        for broken in ["{\"a", "\"\\", &format!("{{\"{NUMBER}\":")] {
            assert!(json(broken).is_err());
        }
        // Errors point to the same column as in the original text.
        let error = json(&format!("{{\"{NUMBER}\":1,}}")).expect_err("a comma too many");
        assert_eq!(error.column(), NUMBER.len() + 7);
    }
}
