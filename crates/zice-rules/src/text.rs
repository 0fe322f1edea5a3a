//! Texts in the two languages of the product, and how they are spelled.

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

use crate::{date::Date, fraction::Fraction, moment, read_members};

/// A language a report can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese, the default.
    #[default]
    Zh,
    /// English, the second language.
    En,
}

impl Lang {
    /// Reads a BCP 47 tag: `zh`, `zh-CN`, `en`, `en-GB`. Returns `None` for
    /// other languages.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()? {
            primary if primary.eq_ignore_ascii_case("zh") => Some(Self::Zh),
            primary if primary.eq_ignore_ascii_case("en") => Some(Self::En),
            _ => None,
        }
    }

    /// Picks the text in this language.
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A counting word, which follows a number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Noun {
    /// Chinese, as in 24 人.
    pub zh: String,
    /// English plural, as in 24 people.
    pub en: String,
    /// English singular, as in 1 person.
    pub one: String,
}

impl Noun {
    /// Returns the word for use without a number; in English the plural.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// Returns the word that follows `number`.
    pub fn of(&self, lang: Lang, number: Fraction) -> &str {
        if number == Fraction::ONE { lang.pick(&self.zh, &self.one) } else { self.get(lang) }
    }
}

/// Makes a text from outside safe to stand inside a sentence. Control
/// characters and marks that change the reading direction would affect the
/// words around it; they become visible replacement characters.
pub fn printable(text: &str) -> String {
    let unsafe_char = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if unsafe_char(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Makes a text from outside safe for a message. Control characters and
/// invisible marks are spelled out as escapes, and the text is cut after
/// `limit` characters.
pub fn spelled_out(text: &str, limit: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(limit));
    for (at, letter) in text.chars().enumerate() {
        if at == limit {
            shown.push('…');
            break;
        }
        if letter.is_control() || is_invisible(letter) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// Whether a character is invisible and changes how the text around it is read.
const fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Returns what different spellings of one term have in common: full-width
/// characters become plain, letters small, and blanks and punctuation are
/// dropped.
pub fn spelling(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c),
        other => other,
    });
    plain
        .filter(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && !c.is_ascii_punctuation()
                && !matches!(c, '\u{ad}' | '·' | '\u{feff}' | '\u{2000}'..='\u{206f}' | '\u{3001}'..='\u{3006}' | '\u{3008}'..='\u{303f}')
        })
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Removes the number in front of a line of a form: 三、年度研发费用小计, （一）人员人工费用 and
/// 1.营业收入 keep only their names. A day such as 2022.12.31 and a word such as
/// 一年内 stay as they are.
pub fn unnumbered(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some(behind) = behind_number(rest).map(str::trim_start) {
        if behind.is_empty() {
            break;
        }
        rest = behind;
    }
    rest
}

/// Returns the text after one number of a list, if it begins with such a
/// number.
fn behind_number(text: &str) -> Option<&str> {
    if let Some(behind) = text.strip_prefix(|c| ('\u{2460}'..='\u{2473}').contains(&c)) {
        return Some(behind);
    }
    let in_brackets = text.strip_prefix(['（', '(']);
    let number = in_brackets.unwrap_or(text);
    let chinese = number.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    let behind = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let (behind, arabic) = if chinese == number { (behind, true) } else { (chinese, false) };
    // Forms have fewer than a hundred lines, and a year is no line number.
    let length = number.len().saturating_sub(behind.len());
    if length == 0 || (arabic && length > 2) {
        return None;
    }
    if in_brackets.is_some() {
        return behind.strip_prefix(['）', ')']);
    }
    let rest = behind.strip_prefix(['、', '.', '．', ')', '）'])?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// A text in both languages, written by the author of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Text {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
}

impl Text {
    /// Returns the text in `lang`; both languages are always there.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// Returns the text in `lang`, with its years and days filled in for an
    /// application on `day`.
    pub fn dated(&self, lang: Lang, day: Date) -> String {
        moment::filled(self.get(lang), |moment| moment.told(day))
    }
}

read_members! {
    Text { zh, en }
    Noun { zh, en, one }
}

#[cfg(test)]
mod tests {
    use super::{spelled_out, spelling, unnumbered};

    #[test]
    fn control_characters_are_spelled_out() {
        assert_eq!(spelled_out("a\u{1b}[31m销售\u{202e}", 99), "a\\u{1b}[31m销售\\u{202e}");
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        assert_eq!(spelled_out("销售收入", 2), "销售…");
        assert_eq!(spelled_out("销售", 2), "销售");
    }

    #[test]
    fn a_term_is_the_same_however_it_is_spelled() {
        for (one, other) in [
            ("申请（专利权）人", "申请(专利权)人"),
            ("授权\n公告日", "授权 公告日："),
            ("Ｌegal　Status*", "legal\u{a0}status"),
            ("\u{feff}“新型”", "新型"),
            ("是/否", "是否"),
        ] {
            assert_eq!(spelling(one), spelling(other), "{one}");
        }
        assert_ne!(spelling("√"), spelling("×"));
        assert_eq!(spelling("——"), "");
    }

    #[test]
    fn the_number_of_a_line_is_no_part_of_its_name() {
        for (line, name) in [
            ("三、年度研发费用小计", "年度研发费用小计"),
            (" 十二、净利润 ", "净利润"),
            ("（一）人员人工费用", "人员人工费用"),
            ("(2) 技术性收入", "技术性收入"),
            ("1.营业收入", "营业收入"),
            ("12、 营业收入", "营业收入"),
            ("1）营业收入", "营业收入"),
            ("①营业收入", "营业收入"),
            ("五、（一）本年职工总数", "本年职工总数"),
        ] {
            assert_eq!(unnumbered(line), name);
        }
        for line in
            ["一年内重大安全事故", "2022.12.31", "2022、2023", "1.5", "(200)", "（一）", "1.", "3"]
        {
            assert_eq!(unnumbered(line), line);
        }
    }
}
