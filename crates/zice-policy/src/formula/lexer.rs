//! Splits the text of a formula into tokens.
//!
//! A name is a run of Unicode letters and digits and may contain any Chinese
//! character, so the word operators 且 或 非 属于 must be separated from names
//! by a space or bracket.

use core::ops::Range;

use zice_rules::{Date, fraction::Fraction};

use super::{FormulaError, Unit};

/// A token and the bytes of the text where it stands.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A number in base units (yuan, not 万元), and its unit.
    Number(Fraction, Unit),
    Date(Date),
    Name(String),
    /// An operator, bracket or separator, in its ASCII or English spelling.
    Sign(&'static str),
    End,
}

/// Signs, longer ones before their prefixes, each with its ASCII spelling.
const SIGNS: [(&str, &str); 26] = [
    (">=", ">="),
    ("<=", "<="),
    ("..", ".."),
    ("≥", ">="),
    ("≤", "<="),
    (">", ">"),
    ("<", "<"),
    ("=", "="),
    ("+", "+"),
    ("-", "-"),
    ("−", "-"),
    ("*", "*"),
    ("×", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("(", "("),
    ("（", "("),
    (")", ")"),
    ("）", ")"),
    ("[", "["),
    ("]", "]"),
    ("{", "{"),
    ("}", "}"),
    (",", ","),
    ("，", ","),
    ("、", ","),
];

/// Word operators in Chinese and English, each with its English spelling.
const WORDS: [(&str, &str); 12] = [
    ("且", "and"),
    ("and", "and"),
    ("或", "or"),
    ("or", "or"),
    ("非", "not"),
    ("not", "not"),
    ("属于", "in"),
    ("in", "in"),
    ("真", "true"),
    ("true", "true"),
    ("假", "false"),
    ("false", "false"),
];

/// Units that may follow a number, longest first, each with its factor.
const UNITS: [(&str, i128, Unit); 14] = [
    ("亿元", 100_000_000, Unit::Money),
    ("万元", 10_000, Unit::Money),
    ("元", 1, Unit::Money),
    ("亿", 100_000_000, Unit::Bare),
    ("万", 10_000, Unit::Bare),
    ("人", 1, Unit::Count),
    ("项", 1, Unit::Count),
    ("件", 1, Unit::Count),
    ("家", 1, Unit::Count),
    ("位", 1, Unit::Count),
    ("次", 1, Unit::Count),
    ("天", 1, Unit::Days),
    ("分", 1, Unit::Points),
    ("年", 1, Unit::Year),
];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FormulaError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = token(rest, first).map_err(|(message, length)| {
            FormulaError::new(at..at + length.max(first.len_utf8()), message)
        })?;
        tokens.push(Token { kind, span: at..at + length });
        at += length;
    }
    tokens.push(Token { kind: TokenKind::End, span: text.len()..text.len() });
    Ok(tokens)
}

fn token(rest: &str, first: char) -> Result<(TokenKind, usize), (String, usize)> {
    if first.is_ascii_digit() {
        return number_or_date(rest);
    }
    if is_name(first) {
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or("");
        let kind = WORDS
            .iter()
            .find(|(known, _)| *known == word)
            .map_or_else(|| TokenKind::Name(word.to_owned()), |(_, sign)| TokenKind::Sign(sign));
        return Ok((kind, length));
    }
    SIGNS
        .iter()
        .find(|(sign, _)| rest.starts_with(sign))
        .map(|(text, sign)| (TokenKind::Sign(sign), text.len()))
        .ok_or_else(|| (format!("不认识的符号 {first:?} / unknown sign"), first.len_utf8()))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn number_or_date(rest: &str) -> Result<(TokenKind, usize), (String, usize)> {
    if let Some(date) = rest.get(..10).and_then(Date::parse) {
        return Ok((TokenKind::Date(date), 10));
    }
    let mut length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    // The point belongs to the number only before a digit: `-3..-1` has no
    // decimals.
    if let Some(decimals) = rest.get(length..).and_then(|rest| rest.strip_prefix('.')) {
        let digits = decimals.find(|c: char| !c.is_ascii_digit()).unwrap_or(decimals.len());
        if digits > 0 {
            length += 1 + digits;
        }
    }
    let bad = || ("数字过大 / number too large".to_owned(), length);
    let value = rest.get(..length).and_then(Fraction::parse).ok_or_else(bad)?;
    let after = rest.get(length..).unwrap_or("");
    if after.starts_with('%') {
        let hundredth = Fraction::new(1, 100).ok_or_else(bad)?;
        let ratio = value.mul(hundredth).map_err(|_| bad())?;
        return Ok((TokenKind::Number(ratio, Unit::Ratio), length + 1));
    }
    for (word, factor, unit) in UNITS {
        if after.starts_with(word) {
            let scaled = value.mul(Fraction::whole(factor)).map_err(|_| bad())?;
            return Ok((TokenKind::Number(scaled, unit), length + word.len()));
        }
    }
    Ok((TokenKind::Number(value, Unit::Bare), length))
}
