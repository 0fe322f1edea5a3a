//! What the number of a right says: its kind, whether it was granted, and
//! whether abroad. These are the rules by which offices number rights, no rule
//! of any programme.

use crate::signs;

/// What a number says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Number {
    /// The id of its kind.
    pub kind: Option<&'static str>,
    /// It is the number of a right that was granted or registered.
    pub granted: bool,
    /// It was given by an office abroad.
    pub foreign: bool,
    /// It looks like the number of a right at all.
    pub known: bool,
    /// It is that of an international application, which no office has granted.
    pub international: bool,
}

/// Reads a number.
pub fn number(text: &str) -> Number {
    let plain: String = signs::plain(text).to_ascii_uppercase();
    let plain: String = plain.chars().filter(|c| !matches!(c, ' ' | '\u{3000}')).collect();
    let known = Number { known: true, ..Number::default() };
    if let Some(rest) = plain.strip_prefix("软著登字第") {
        let granted = rest.chars().any(|c| c.is_ascii_digit());
        return Number { kind: Some("software"), granted, known: true, ..Number::default() };
    }
    if let Some(rest) = plain.strip_prefix("BS.") {
        let kind = is_digits(rest).then_some("ic_layout");
        return Number { kind, known: kind.is_some(), ..Number::default() };
    }
    if let Some(kind) = software(&plain) {
        return kind;
    }
    if let Some(rest) = plain.strip_prefix("ZL") {
        let kind = application(rest);
        return Number {
            kind: kind.flatten(),
            granted: kind.is_some(),
            known: true,
            ..Number::default()
        };
    }
    let rest = plain.strip_prefix("CN").unwrap_or(&plain);
    if let Some(kind) = application(rest) {
        return Number { kind, ..known };
    }
    if plain.starts_with("CN") {
        return publication(rest).unwrap_or_default();
    }
    let office = plain.get(..2).unwrap_or("");
    let behind = plain.get(2..).unwrap_or("").trim_start_matches(['-', '.']);
    let abroad =
        ["US", "EP", "JP", "KR", "DE", "GB", "FR", "TW", "HK", "MO", "CA", "AU", "RU", "IN"];
    if abroad.contains(&office) && behind.starts_with(|c: char| c.is_ascii_digit()) {
        return Number { foreign: true, ..known };
    }
    if office == "WO" || plain.starts_with("PCT") {
        return Number { international: true, ..known };
    }
    Number::default()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What kind of number a key was made of: two of one kind that differ are of two
/// rights, two of different kinds may be of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// Given to the application, which a granted patent keeps.
    Application,
    /// Given when an application or a grant is published.
    Publication,
    /// Given by a register.
    Register,
    /// Printed on a certificate.
    Certificate,
    /// Any other.
    Other,
}

/// What the ways of writing one number have in common, with or without the
/// letters in front and the check digit behind: `ZL201910123401.7` and
/// `2019101234017`, `CN110123401A` and `CN110123401B`. Nothing where it is too
/// short for the number of a right.
pub fn key(text: &str) -> Option<(Series, String)> {
    let plain: String = signs::plain(text).to_ascii_uppercase();
    let plain = plain.split('(').next().unwrap_or("");
    let plain: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    let letters: String = plain.chars().filter(|c| c.is_alphanumeric()).collect();
    // 1, 2, 3 are no numbers of rights.
    if letters.bytes().filter(u8::is_ascii_digit).count() < 5 {
        return None;
    }
    let rest = letters.strip_prefix("ZL").or_else(|| letters.strip_prefix("CN"));
    let bare = rest.unwrap_or(&letters);
    let first = bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len());
    let (digits, code) = bare.split_at_checked(first)?;
    if matches!(bare.len(), 12 | 13) && bare.starts_with("20") && digits.len() >= 12 {
        return Some((Series::Application, bare.get(..12)?.to_owned()));
    }
    // Before 2003: two digits of the year, and five behind the kind.
    let marked = letters.starts_with("ZL") || plain.contains('.');
    if marked && matches!(bare.len(), 8 | 9) && digits.len() >= 8 {
        return Some((Series::Application, bare.get(..8)?.to_owned()));
    }
    if publication(bare).is_some() {
        // Both publications of one patent have the same nine digits; in shorter
        // ones each letter counted for itself.
        let key =
            if digits.len() == 9 && code.starts_with(['A', 'B', 'C']) { digits } else { bare };
        return Some((Series::Publication, key.to_owned()));
    }
    let series = match software(&letters) {
        Some(_) => Series::Register,
        None if letters.starts_with("软著登字") => Series::Certificate,
        None => Series::Other,
    };
    Some((series, letters))
}

/// `2020SR0000001` is registered, `2023R11L000004` was only received.
fn software(plain: &str) -> Option<Number> {
    let year = plain.get(..4).filter(|year| is_digits(year))?;
    let rest = plain.strip_prefix(year)?;
    let software = Number { kind: Some("software"), known: true, ..Number::default() };
    if let Some(digits) = rest.strip_prefix("SR") {
        return is_digits(digits).then_some(Number { granted: true, ..software });
    }
    let (office, digits) = rest.strip_prefix('R')?.split_once('L')?;
    (is_digits(office) && is_digits(digits)).then_some(software)
}

/// The kind that an application number names behind its year, inside; nothing
/// where it is none.
fn application(rest: &str) -> Option<Option<&'static str>> {
    let digits = rest.split_once('.').map_or(rest, |(digits, check)| {
        if check.len() == 1 && check.chars().all(|c| c.is_ascii_digit() || c == 'X') {
            digits
        } else {
            ""
        }
    });
    if !is_digits(digits) {
        return None;
    }
    // Since 2003 with the whole year and seven digits, before that with two
    // and five; a check digit may stand behind either without a point.
    let kind_at = match digits.len() {
        12 | 13 if digits.starts_with("20") => 4,
        8 | 9 if !digits.starts_with("20") || rest.contains('.') => 2,
        _ => return None,
    };
    Some(match digits.as_bytes().get(kind_at) {
        Some(b'1' | b'8') => Some("invention"),
        Some(b'2' | b'9') => Some("utility_model"),
        Some(b'3') => Some("design"),
        _ => None,
    })
}

/// `CN110123401B`: the letter says what was published.
fn publication(rest: &str) -> Option<Number> {
    let letter = rest.find(|c: char| !c.is_ascii_digit())?;
    let (digits, code) = rest.split_at_checked(letter)?;
    let numbered =
        code.len() == 1 || code.len() == 2 && code.ends_with(|c: char| c.is_ascii_digit());
    if !(7..=10).contains(&digits.len()) || !numbered {
        return None;
    }
    let (kind, granted) = match code.chars().next()? {
        'A' => ("invention", false),
        'B' | 'C' => ("invention", true),
        'U' | 'Y' => ("utility_model", true),
        'S' | 'D' => ("design", true),
        _ => return None,
    };
    // The first digit says the kind too; where the two differ, none is said.
    let first = match digits.as_bytes().first() {
        Some(b'1') => "invention",
        Some(b'2') => "utility_model",
        Some(b'3') => "design",
        _ => kind,
    };
    Some(Number {
        kind: (first == kind).then_some(kind),
        granted,
        known: true,
        ..Number::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{Series, key, number};

    #[test]
    fn a_number_says_its_kind_and_whether_it_was_granted() {
        for (text, kind, granted) in [
            ("ZL201910123401.7", Some("invention"), true),
            ("zl 2019 2 0123405.6", Some("utility_model"), true),
            ("ZL202030123458.5", Some("design"), true),
            ("ZL 98 1 12345.6", Some("invention"), true),
            ("ZL201880012345.6", Some("invention"), true),
            ("202190000123.4", Some("utility_model"), false),
            ("CN201910123401.7", Some("invention"), false),
            ("202010123402.2", Some("invention"), false),
            ("202110123459X", None, false),
            ("ZL202110123459.X", Some("invention"), true),
            ("CN110123401B", Some("invention"), true),
            ("CN112123402A", Some("invention"), false),
            ("CN1234567C", Some("invention"), true),
            ("CN208123404U", Some("utility_model"), true),
            ("CN306123407S", Some("design"), true),
            ("CN208123404B", None, true),
            ("2020SR0000001", Some("software"), true),
            ("2023R11L000004", Some("software"), false),
            ("软著登字第0000001号", Some("software"), true),
            ("BS.205012345", Some("ic_layout"), false),
            ("ZL", None, false),
            ("IP01", None, false),
            ("20200101", None, false),
            ("13812345678", None, false),
        ] {
            let said = number(text);
            assert_eq!((said.kind, said.granted), (kind, granted), "{text}");
        }
        assert!(number("US10123456B2").foreign && number("EP 1234567").foreign);
        assert!(!number("WO2020123456A1").foreign && !number("CN110123401B").foreign);
    }

    #[test]
    fn one_number_has_one_key_however_it_is_written() {
        for (series, same) in [
            (
                Series::Application,
                &["ZL201610123456.7", "201610123456.7", "CN 2016 1 0123456.7", "2016101234567"][..],
            ),
            (Series::Application, &["ZL201610123456.X", "201610123456X（已终止）"]),
            (Series::Application, &["ZL98112345.6", "98112345.6", "ZL 98 1 12345.6"]),
            (
                Series::Publication,
                &["CN107654321B", "CN 107654321 A", "107654321B", "CN107654321B（授权）"],
            ),
            (Series::Publication, &["CN208123404U", "208123404U"]),
            (Series::Register, &["2020SR0123456", "2020sr0123456"]),
            (Series::Certificate, &["软著登字第5001234号", "软著登字第 5001234 号"]),
        ] {
            let keys: Vec<_> = same.iter().map(|text| key(text)).collect();
            assert!(keys.iter().all(|it| it.as_ref().is_some_and(|it| it.0 == series)), "{keys:?}");
            assert!(keys.iter().all(|it| *it == keys[0]), "{keys:?}");
        }
        // Before 2007 a publication and a grant had numbers of their own.
        assert_ne!(key("CN1234567A"), key("CN1234567C"));
        assert_ne!(key("CN107654321B"), key("CN107654322B"));
        for text in ["1", "IP01", "", "看不懂"] {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
