//! The words of the interface. What a programme says is not here: it comes
//! from the policy.

use zice_rules::Lang;

/// A word in both languages.
pub struct Word {
    zh: &'static str,
    en: &'static str,
}

impl Word {
    #[inline(never)]
    pub const fn get(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub static $name: $crate::words::Word = $crate::words::Word { zh: $zh, en: $en };)*
        #[cfg(test)]
        pub const ALL: &[(&str, &$crate::words::Word)] = &[$((stringify!($name), &$name)),*];
    };
}
use words;

mod interview;
mod live;
mod page;
mod paste;
mod report;

pub use self::{interview::*, live::*, page::*, paste::*, report::*};

/// Puts a text in place of `{a}`.
pub fn fill(word: &Word, lang: Lang, a: &str) -> String {
    word.get(lang).replace("{a}", a)
}

/// Puts a number in place of `{a}`.
pub fn count(word: &Word, lang: Lang, a: usize) -> String {
    fill(word, lang, &a.to_string())
}

/// So many of a list are named; the others are counted.
const NAMED: usize = 3;

/// The first of a list, and with `more` how many there are in all.
pub fn named(all: &[&str], more: &Word, lang: Lang) -> String {
    let first = all.get(..all.len().min(NAMED)).unwrap_or(&[]);
    let more = if all.len() > NAMED { count(more, lang, all.len()) } else { String::new() };
    [first.join(LIST_COMMA.get(lang)), more].concat()
}

/// The word for a verdict.
pub fn verdict(name: Option<&str>) -> &'static Word {
    match name {
        Some("met") => &MET,
        Some("not_met") => &NOT_MET,
        Some("needs_review") => &NEEDS_REVIEW,
        Some("hint") => &HINT,
        Some(_) => &UNDECIDED,
        None => &TOO_LARGE,
    }
}

/// The word for the status of a criterion.
pub fn status(name: &str) -> &'static Word {
    match name {
        "met" => &STATUS_MET,
        "not_met" => &STATUS_NOT_MET,
        "needs_review" => &STATUS_NEEDS_REVIEW,
        "not_applicable" => &STATUS_NOT_APPLICABLE,
        _ => &STATUS_UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_word_has_both_languages_and_the_same_blanks() {
        let all = [
            super::interview::ALL,
            super::live::ALL,
            super::page::ALL,
            super::paste::ALL,
            super::report::ALL,
        ];
        for (name, word) in all.concat() {
            assert!(!word.zh.is_empty() && !word.en.is_empty(), "{name}");
            assert_eq!(word.zh.contains("{a}"), word.en.contains("{a}"), "{name}");
        }
    }
}
