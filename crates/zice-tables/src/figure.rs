//! What people type or paste, as it goes into the company file.

use serde::Serialize;
use zice_rules::{decimal, fraction::Fraction};

pub use crate::day::plain_day;
use crate::{signs, words::COUNT};

/// A figure as it goes into the company file: full-width digits made plain,
/// spaces and thousands separators taken out. What is no figure stays as it
/// was typed, for the engine to name.
pub fn plain_figure(typed: &str) -> String {
    let half = signs::plain(typed);
    let half = half.trim();
    let (sign, digits) = match half.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", half),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = groups.iter().all(|group| digits_only(group))
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|first| (1..=3).contains(&first.len()) || groups.len() == 1)
        && digits_only(part);
    if grouped { [sign, &digits.replace([',', ' '], "")].concat() } else { half.to_owned() }
}

/// What money is typed and shown in. The company file is always in yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// 元
    #[default]
    Yuan,
    /// 万元
    TenThousand,
}

impl Unit {
    const fn factor(self) -> i128 {
        match self {
            Self::Yuan => 1,
            Self::TenThousand => 10_000,
        }
    }

    /// As it stands behind a figure.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousand => "万元",
        }
    }
}

/// What a typed figure says.
#[derive(Debug, PartialEq, Eq)]
pub enum Figure {
    /// This, in plain digits.
    Plain(String),
    /// One of these; which one only the user can tell.
    Unclear(Vec<String>),
}

/// An amount as it was typed into a field for this unit, or a number of
/// something (`money` is false; its unit stands behind the field). `1.2亿` is
/// 120000000. What can be read in more than one way is not decided here; what
/// is no figure stays as it was typed, for the engine to name.
pub fn figure(typed: &str, unit: Unit, money: bool) -> Figure {
    let half = signs::plain(typed);
    let bare =
        if money { without_currency(half.trim()) } else { without_count(half.trim()).into() };
    // A multiple with 元 behind it names the unit itself (`1230 万元`); one
    // without (`1230 万`) may be meant either way in a field for 万元.
    let yuan = money.then(|| bare.strip_suffix(['元', '圆'])).flatten();
    let named = yuan.is_some();
    let segments = segments(yuan.unwrap_or(&bare).trim());
    let own = if money && !named { unit.factor() } else { 1 };
    let (readings, sure) = match segments.as_slice() {
        [] => return Figure::Plain(plain_figure(typed)),
        [(number, None)] => {
            let (numbers, sure) = numbers(number);
            if let ([only], 1, true) = (numbers.as_slice(), own, sure) {
                return Figure::Plain(only.clone());
            }
            (products(&numbers, &[own]), sure)
        }
        [(number, Some(multiple))] => {
            let (numbers, sure) = numbers(number);
            let factors = [multiple.factor, multiple.factor.saturating_mul(own)];
            let factors = if own == 1 { &factors[..1] } else { &factors[..] };
            (products(&numbers, factors), sure && !multiple.foreign)
        }
        several => together(several, named),
    };
    match readings.as_slice() {
        [] => Figure::Plain(plain_figure(typed)),
        [only] if sure => Figure::Plain(only.clone()),
        _ => Figure::Unclear(readings),
    }
}

/// What is left of an amount without the names of the currency.
fn without_currency(half: &str) -> String {
    let (sign, mut rest) = match half.strip_prefix('-') {
        Some(rest) => ("-", rest.trim()),
        None => ("", half),
    };
    for word in ["人民币", "RMB", "CNY", "rmb", "cny", "¥"] {
        rest = rest.strip_prefix(word).map_or(rest, str::trim_start);
    }
    for word in ["(人民币)", "人民币", "RMB", "CNY", "整", "正"] {
        rest = rest.strip_suffix(word).filter(|it| !it.is_empty()).map_or(rest, str::trim_end);
    }
    [sign, rest].concat()
}

/// A number of something without the word for it: 86 人 is 86.
fn without_count(half: &str) -> &str {
    let mut words = COUNT.iter().copied().filter_map(|word| half.strip_suffix(word));
    words.next().map_or(half, str::trim_end)
}

/// What a figure is multiplied by.
#[derive(Clone, Copy)]
struct Multiple {
    factor: i128,
    /// Not a Chinese one: whether it is meant so is asked.
    foreign: bool,
}

/// Figures, each with the multiple behind it: 1亿2000万 has two. None where
/// something else stands among them.
fn segments(text: &str) -> Vec<(&str, Option<Multiple>)> {
    let mut segments = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let is_sign =
            |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '-' | '+' | '(' | ')');
        let exponent = rest.find(['e', 'E']).is_some_and(|at| at > 0);
        let end = rest.find(|c: char| !(is_sign(c) || exponent && matches!(c, 'e' | 'E')));
        let (number, behind) =
            rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        let letters = behind.find(is_sign).unwrap_or(behind.len());
        let (word, after) = behind.split_at_checked(letters).unwrap_or((behind, ""));
        if number.trim().is_empty() {
            return Vec::new();
        }
        let multiple = if word.is_empty() {
            None
        } else {
            let Some(multiple) = multiple(word.trim()) else { return Vec::new() };
            Some(multiple)
        };
        segments.push((number.trim(), multiple));
        rest = after;
    }
    segments
}

/// 千万 is ten million; the w of a chat is 万.
fn multiple(word: &str) -> Option<Multiple> {
    if matches!(word, "w" | "W") {
        return Some(Multiple { factor: 10_000, foreign: false });
    }
    if matches!(word, "k" | "K") {
        return Some(Multiple { factor: 1_000, foreign: true });
    }
    let (mut factor, mut last) = (1_i128, 0_i128);
    for c in word.chars() {
        let one = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => return None,
        };
        // 千万 and 万亿, but not 万千.
        if one <= last {
            return None;
        }
        (factor, last) = (factor.checked_mul(one)?, one);
    }
    (last > 0).then_some(Multiple { factor, foreign: false })
}

fn products(numbers: &[String], factors: &[i128]) -> Vec<String> {
    let mut readings = Vec::new();
    for number in numbers {
        for factor in factors {
            let product = decimal::parse(number).ok().map(|it| it.mul(Fraction::whole(*factor)));
            if let Some(Ok(product)) = product {
                let product = product.to_decimal_or_ratio();
                if !readings.contains(&product) {
                    readings.push(product);
                }
            }
        }
    }
    readings
}

/// 1亿2000万: the multiples fall, and nothing is left over. A last figure
/// without a multiple may stand for what is next below (1亿2 is 1亿2千万).
fn together(segments: &[(&str, Option<Multiple>)], named: bool) -> (Vec<String>, bool) {
    let (mut sum, mut last) = (Fraction::ZERO, i128::MAX);
    let mut readings = Vec::new();
    let mut sure = true;
    for (number, multiple) in segments {
        let plain = plain_figure(number);
        let (Ok(value), false) = (decimal::parse(&plain), plain.starts_with(['-', '+'])) else {
            return (Vec::new(), false);
        };
        let factor = multiple.map_or(1, |it| it.factor);
        if factor >= last || multiple.is_some_and(|it| it.foreign) {
            return (Vec::new(), false);
        }
        // 12万3000元 leaves no doubt, because all places are written.
        let places = last.checked_ilog10().unwrap_or(0);
        let written = plain.len() == usize::try_from(places).unwrap_or(0);
        if multiple.is_none() && !(named && written) {
            let below = last.checked_div(10).unwrap_or(1);
            let whole = value.mul(Fraction::whole(below)).and_then(|it| it.add(sum));
            readings.extend(whole.ok().map(Fraction::to_decimal_or_ratio));
            sure = false;
        }
        let added = value.mul(Fraction::whole(factor)).and_then(|it| it.add(sum));
        let Ok(added) = added else { return (Vec::new(), false) };
        (sum, last) = (added, factor);
    }
    readings.push(sum.to_decimal_or_ratio());
    (readings, sure)
}

/// The numbers that digits with points and commas can mean, and whether there
/// is no doubt.
fn numbers(text: &str) -> (Vec<String>, bool) {
    let plain = plain_figure(text);
    if decimal::parse(&plain).is_ok() {
        return (vec![plain], true);
    }
    // The way accounts write what is below nought.
    if let Some(inner) = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        let (inner, sure) = numbers(inner.trim());
        let unsigned = inner.iter().all(|it| !it.starts_with(['-', '+']));
        return (inner.iter().map(|it| ["-", it].concat()).collect(), sure && unsigned);
    }
    let both = [text.replace('.', "").replace(',', "."), text.replace(',', "")];
    let without = [text.replace([',', '.'], "")];
    let (commas, points) = (text.matches(',').count(), text.matches('.').count());
    let tried: &[String] = match (commas, points) {
        (1, 0) => &both,
        (1, _) if text.find(',') > text.rfind('.') => &both[..1],
        (_, 0 | 1) => &both[1..],
        (0, _) => &without,
        _ => &[],
    };
    let fits = |it: &&String| decimal::parse(it).is_ok();
    (tried.iter().filter(fits).cloned().collect(), false)
}

/// A figure of the company file as it is shown in a field for this unit; what
/// is none as it stands there.
pub fn shown(plain: &str, unit: Unit) -> String {
    let value = decimal::parse(plain).ok().filter(|_| unit != Unit::Yuan);
    let value = value.and_then(|it| it.div(Fraction::whole(unit.factor())).ok()?);
    value.map_or_else(|| plain.to_owned(), |it| it.to_decimal_or_ratio())
}

/// `1234567.50` as `1,234,567.50`; nothing of what is no figure.
pub fn grouped(plain: &str) -> Option<String> {
    decimal::parse(plain).ok()?;
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, rest) = plain.split_at(plain.find(['.', 'e', 'E']).unwrap_or(plain.len()));
    let mut shown = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown.push_str(rest);
    Some(shown)
}

/// A rate as it goes into the company file: `3%` is `0.03`.
pub fn plain_rate(typed: &str) -> String {
    let figure = plain_figure(typed);
    let percent = figure.strip_suffix('%').map(plain_figure);
    let percent = percent.and_then(|it| decimal::parse(&it).ok());
    let rate = percent.and_then(|percent| percent.div(Fraction::whole(100)).ok()?);
    rate.map_or(figure, |rate| rate.to_decimal_or_ratio())
}

/// A figure, or digits that are no word of any field: 0571-88888888. What only
/// looks like one (12..5) may have been anything.
pub(crate) fn is_figure(cell: &str) -> bool {
    let plain = signs::plain(cell);
    let plain = plain.trim();
    let figure = plain_figure(plain.trim_end_matches('%'));
    let of = |signs: &str| plain.chars().all(|c| c.is_ascii_digit() || signs.contains(c));
    plain.contains(|c: char| c.is_ascii_digit())
        && (decimal::parse(&figure).is_ok() || of(" -+()/:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_write_them() {
        for (typed, plain) in [
            ("12,300,000.50", "12300000.50"),
            ("１２３．５", "123.5"),
            ("1 234 567", "1234567"),
            (" 42 ", "42"),
            ("-1,000", "-1000"),
        ] {
            assert_eq!(plain_figure(typed), plain, "{typed}");
        }
    }

    #[test]
    fn a_multiple_or_a_unit_behind_a_figure_is_understood() {
        let plain = |typed, unit| match figure(typed, unit, true) {
            Figure::Plain(plain) => plain,
            Figure::Unclear(readings) => panic!("{typed}: {readings:?}"),
        };
        for (typed, yuan, ten_thousand) in [
            ("1230", "1230", "12300000"),
            ("1,230.5", "1230.5", "12305000"),
            ("１２３０万元", "12300000", "12300000"),
            ("1.2亿元", "120000000", "120000000"),
            ("1230.05 元", "1230.05", "1230.05"),
            ("35 千元", "35000", "35000"),
            ("¥1,230", "1230", "12300000"),
            ("-0.000001", "-0.000001", "-0.01"),
            ("abc", "abc", "abc"),
            ("", "", ""),
            ("(1,234.5)", "-1234.5", "-12345000"),
            ("−1,000元", "-1000", "-1000"),
            ("– 5", "-5", "-50000"),
            ("人民币 1,230.5 元整", "1230.5", "1230.5"),
            ("-¥8", "-8", "-80000"),
            ("1,230 RMB", "1230", "12300000"),
            ("1\u{a0}234\u{2009}567", "1234567", "12345670000"),
            ("\u{feff}4\u{200b}2\u{202c}", "42", "420000"),
            ("1亿2000万元", "120000000", "120000000"),
            ("1亿2000万", "120000000", "120000000"),
            ("2千5百元", "2500", "2500"),
            ("3百元", "300", "300"),
            ("5千万元", "50000000", "50000000"),
            ("12万3000元", "123000", "123000"),
            ("万5", "万5", "万5"),
            ("12万千", "12万千", "12万千"),
        ] {
            assert_eq!(plain(typed, Unit::Yuan), yuan, "{typed}");
            assert_eq!(plain(typed, Unit::TenThousand), ten_thousand, "{typed}");
        }
        assert_eq!(plain("3865w", Unit::Yuan), "38650000");
        assert_eq!(plain("5千万", Unit::Yuan), "50000000");
        assert_eq!(plain("3百", Unit::Yuan), "300");
        assert_eq!(plain("1.2亿", Unit::Yuan), "120000000");
        assert_eq!(plain("3千万", Unit::Yuan), "30000000");
        // As it was typed, where nothing is to be calculated.
        assert_eq!(plain("007", Unit::Yuan), "007");
        assert_eq!(plain("4.7e6", Unit::Yuan), "4.7e6");
    }

    #[test]
    fn a_number_of_people_has_multiples_but_no_money() {
        let plain = |it: &str| Figure::Plain(it.to_owned());
        assert_eq!(figure("1.2万", Unit::TenThousand, false), plain("12000"));
        for typed in ["86", "86人", "86 名", "８６人", "86\u{a0}位"] {
            assert_eq!(figure(typed, Unit::TenThousand, false), plain("86"));
        }
        assert_eq!(figure("22.5 人", Unit::Yuan, false), plain("22.5"));
        assert_eq!(figure("人", Unit::Yuan, false), plain("人"));
        assert_eq!(figure("86元", Unit::Yuan, false), plain("86元"));
    }

    #[test]
    fn what_can_be_meant_in_two_ways_is_asked() {
        for (typed, unit, readings) in [
            ("1,5", Unit::Yuan, &["1.5", "15"][..]),
            ("12,34", Unit::Yuan, &["12.34", "1234"]),
            ("1,5", Unit::TenThousand, &["15000", "150000"]),
            ("1.234,56", Unit::Yuan, &["1234.56"]),
            ("1,000,00", Unit::Yuan, &["100000"]),
            ("1.234.567", Unit::Yuan, &["1234567"]),
            ("3.8k", Unit::Yuan, &["3800"]),
            ("3百", Unit::TenThousand, &["300", "3000000"]),
            ("12万3元", Unit::Yuan, &["123000", "120003"]),
            ("1亿2", Unit::Yuan, &["120000000", "100000002"]),
            ("(1,2)", Unit::Yuan, &["-1.2", "-12"]),
            ("1230万", Unit::TenThousand, &["12300000", "123000000000"]),
        ] {
            let readings = readings.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(figure(typed, unit, true), Figure::Unclear(readings), "{typed}");
        }
    }

    #[test]
    fn what_is_shown_in_another_unit_is_typed_back_the_same() {
        for plain in ["12300000.55", "0.01", "-70", "999999999999999.12"] {
            let shown = shown(plain, Unit::TenThousand);
            let back = figure(&shown, Unit::TenThousand, true);
            assert_eq!(back, Figure::Plain(plain.to_owned()), "{shown}");
        }
        assert_eq!(shown("12300000", Unit::TenThousand), "1230");
        assert_eq!(shown("abc", Unit::TenThousand), "abc");
        assert_eq!(grouped("-1234567.50").as_deref(), Some("-1,234,567.50"));
        assert_eq!(grouped("12"), Some("12".to_owned()));
        assert_eq!(grouped("abc"), None);
    }

    #[test]
    fn what_is_ambiguous_is_left_for_the_engine_to_refuse() {
        for typed in ["1,5", "12,34", "1,2345", "12万", "abc", "1,000,00"] {
            assert!(zice_rules::decimal::parse(&plain_figure(typed)).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_rate_may_be_written_in_per_cent() {
        for (typed, plain) in
            [("3%", "0.03"), ("2.5 ％", "0.025"), ("1,250 %", "12.5"), ("0.03", "0.03"), ("%", "%")]
        {
            assert_eq!(plain_rate(typed), plain, "{typed}");
        }
    }
}
