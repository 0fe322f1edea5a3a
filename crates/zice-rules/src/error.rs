//! The error type of the engine.

use core::fmt;
use std::sync::Arc;

/// Why the engine could not do what it was asked.
///
/// Two errors are equal if they have the same kind and text.
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    text: String,
    source: Option<Arc<serde_json::Error>>,
}

impl PartialEq for Error {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.text) == (other.kind, &other.text)
    }
}

impl Eq for Error {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ErrorKind {
    Policy,
    Overflow,
    Json,
}

impl Error {
    /// Makes the error for a compiled policy or dictionary that cannot be used.
    pub(crate) const fn policy(text: String) -> Self {
        Self { kind: ErrorKind::Policy, text, source: None }
    }

    /// Makes the error for a figure that does not fit into 128 bits.
    /// `criterion` is the id of the criterion that reads it, or of the policy.
    pub fn overflow(criterion: &str) -> Self {
        Self { kind: ErrorKind::Overflow, text: criterion.to_owned(), source: None }
    }

    /// Makes the error for a text that is not JSON.
    pub(crate) fn json(error: serde_json::Error) -> Self {
        Self { kind: ErrorKind::Json, text: error.to_string(), source: Some(Arc::new(error)) }
    }

    /// Whether a figure did not fit into 128 bits.
    pub fn is_overflow(&self) -> bool {
        self.kind == ErrorKind::Overflow
    }

    /// Whether a text was not JSON at all.
    pub fn is_json(&self) -> bool {
        self.kind == ErrorKind::Json
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.kind {
            ErrorKind::Policy => write!(f, "政策文件不可用 / unusable policy: {text}"),
            ErrorKind::Overflow => {
                write!(f, "数值过大，无法精确计算 / too large to calculate exactly: {text}")
            }
            ErrorKind::Json => write!(f, "不是有效的 JSON / not valid JSON: {text}"),
        }
    }
}

impl core::error::Error for Error {
    /// Returns the error of the JSON parser, if it was one.
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
