//! Digits of numbers in JSON, as they were written.

use std::borrow::Cow;

use serde_json::Number;

/// Returns a number as it was written, or `None` if the JSON parser has rounded
/// it. It does that to decimals without the feature `arbitrary_precision`.
#[cfg(feature = "arbitrary_precision")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there may be none")]
pub(crate) fn written(number: &Number) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(number.as_str()))
}

#[cfg(not(feature = "arbitrary_precision"))]
pub(crate) fn written(number: &Number) -> Option<Cow<'_, str>> {
    (!number.is_f64()).then(|| Cow::Owned(number.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::written;

    fn digits(text: &str) -> Option<String> {
        match serde_json::from_str(text) {
            Ok(Value::Number(number)) => written(&number).map(std::borrow::Cow::into_owned),
            _ => None,
        }
    }

    #[test]
    fn a_number_is_what_was_written_or_nothing() {
        assert_eq!(digits("4700000").as_deref(), Some("4700000"));
        assert_eq!(digits("-7").as_deref(), Some("-7"));
        for text in ["0.1", "0.10", "123456789012345678901234567890"] {
            let there = cfg!(feature = "arbitrary_precision").then_some(text);
            assert_eq!(digits(text).as_deref(), there, "{text}");
        }
    }
}
