//! Words of the interface, in both languages. What a programme says is not here: it
//! comes from the policy.

use zice_engine::protocol::Standing;
use zice_rules::Lang;
use zice_session::{Outcome, Refusal};

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
mod page;
mod paste;
mod report;
mod verdict;

pub use self::{interview::*, page::*, paste::*, report::*, verdict::*};

/// Puts a text in place of `{a}`.
pub fn fill(word: &Word, lang: Lang, a: &str) -> String {
    word.get(lang).replace("{a}", a)
}

/// Puts a number in place of `{a}`, and of `[question|questions]` takes what
/// goes with it.
pub fn count(word: &Word, lang: Lang, a: usize) -> String {
    plural(&fill(word, lang, &a.to_string()), a)
}

/// Of every `[one|many]` in a text the part that goes with a number.
pub fn plural(text: &str, number: usize) -> String {
    let other = if number == 1 { 2 } else { 1 };
    let pieces = text.split(['[', '|', ']']).enumerate();
    pieces.filter(|(at, _)| at % 3 != other).map(|(_, piece)| piece).collect()
}

/// The number of names that a list shows; the others are counted.
const NAMED: usize = 3;

/// The first of a list, and with `more` how many there are in all.
pub fn named(all: &[&str], more: &Word, lang: Lang) -> String {
    let first = all.get(..all.len().min(NAMED)).unwrap_or(&[]);
    let more = if all.len() > NAMED { count(more, lang, all.len()) } else { String::new() };
    [first.join(LIST_COMMA.get(lang)), more].concat()
}

/// The word in front of a state that rests on something unsure; nothing where it is
/// firm.
pub fn standing(standing: Standing) -> Option<&'static Word> {
    match standing {
        Standing::Firm => None,
        Standing::Estimated => Some(&BY_ESTIMATE),
        Standing::Doubted => Some(&DOUBTED),
    }
}

/// The sentence for why a company was not opened, or not kept.
pub fn refusal(why: Refusal) -> &'static Word {
    match why {
        Refusal::Large => &FILE_LARGE,
        Refusal::Other => &FILE_OTHER,
        Refusal::Cut => &FILE_CUT,
        Refusal::Version => &FILE_VERSION,
        Refusal::Wrong => &FILE_WRONG,
        Refusal::KeepFailed => &KEEP_FAILED,
        Refusal::KeptElsewhere => &KEPT_ELSEWHERE,
    }
}

/// The words for what a paste did, with room for the count.
pub fn outcome(outcome: Outcome) -> &'static Word {
    match outcome {
        Outcome::Added => &ADDED,
        Outcome::Replaced => &REPLACED,
        Outcome::Filled => &FILLED,
    }
}

/// The word for a verdict.
pub fn verdict(name: Option<&str>) -> &'static Word {
    match name {
        Some("met") => &MET,
        Some("not_met") => &NOT_MET,
        Some("needs_review") => &NEEDS_REVIEW,
        Some("hint") => &HINT,
        Some("not_applicable") => &STATUS_NOT_APPLICABLE,
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
    use super::*;

    fn all() -> Vec<(&'static str, &'static Word)> {
        [interview::ALL, verdict::ALL, page::ALL, paste::ALL, report::ALL].concat()
    }

    #[test]
    fn every_word_has_both_languages_and_the_same_blanks() {
        for (name, word) in all() {
            assert!(!word.zh.is_empty() && !word.en.is_empty(), "{name}");
            assert_eq!(word.zh.contains("{a}"), word.en.contains("{a}"), "{name}");
        }
    }

    #[test]
    fn what_is_counted_has_one_form_for_one_and_another_for_more() {
        for (word, none, one, many) in [
            (
                &LEFT,
                "0 questions can still change the result",
                "1 question can still change the result",
                "2 questions can still change the result",
            ),
            (
                &HALTED,
                "0 entries of this step have a mistake",
                "1 entry of this step has a mistake",
                "2 entries of this step have a mistake",
            ),
            (&POINTS, "points", "point", "points"),
        ] {
            let counted = [0, 1, 2].map(|number| count(word, Lang::En, number));
            assert_eq!(counted, [none, one, many]);
        }
        assert_eq!(count(&LEFT, Lang::Zh, 1), "还有 1 题会影响结论");
    }

    /// `1 questions`, whatever the word: a noun right after the number that
    /// ends in "s" and has no other form.
    #[test]
    fn no_english_noun_after_a_number_is_always_plural() {
        for (name, word) in all() {
            let one = plural(word.en, 1);
            for after in ["{a} ", "{b} "].iter().flat_map(|blank| one.split(blank).skip(1)) {
                let noun = after.split([' ', ',', '.', ')']).next().unwrap_or("");
                assert!(!noun.ends_with('s'), "{name}: {one}");
            }
            for text in [word.zh, word.en] {
                let marks = ["[", "|", "]"].map(|mark| text.matches(mark).count());
                assert!(marks.iter().all(|many| *many == marks[0]), "{name}: {text}");
            }
        }
    }
}
