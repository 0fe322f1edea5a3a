//! What people type, as it goes into the company file.

use zice_rules::{decimal, fraction::Fraction};

/// A day as it goes into the company file: `2021年5月1日`, `2021/5/1` and
/// `2021.5.1` are `2021-05-01`. What is no day stays as it was typed.
pub fn plain_day(typed: &str) -> String {
    let half = half_width(typed);
    let text = half.trim().trim_end_matches('日');
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    match parts.as_slice() {
        [year, month, day]
            if year.len() == 4
                && [year, month, day].iter().all(|part| {
                    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
                })
                && month.len() <= 2
                && day.len() <= 2 =>
        {
            let two =
                |part: &str| if part.len() < 2 { ["0", part].concat() } else { part.to_owned() };
            [year, "-", &two(month), "-", two(day).as_str()].concat()
        }
        _ => half.trim().to_owned(),
    }
}

/// Full-width signs as the plain ones.
pub fn half_width(typed: &str) -> String {
    typed
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '。' => '.',
            other => other,
        })
        .collect()
}

/// A figure as it goes into the company file: full-width digits made plain,
/// spaces and thousands separators taken out. What is no figure stays as it
/// was typed, for the engine to name.
pub fn plain_figure(typed: &str) -> String {
    let half = half_width(typed.trim());
    let (whole, part) = half.split_once('.').unwrap_or((&half, ""));
    let groups: Vec<&str> = whole.trim_start_matches('-').split([',', ' ']).collect();
    let grouped = groups.len() > 1
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()))
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
        && part.bytes().all(|byte| byte.is_ascii_digit());
    if grouped { half.replace([',', ' '], "") } else { half }
}

/// What money is typed and shown in. The company file is always in yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// 元
    #[default]
    Yuan,
    /// 万元
    TenThousand,
}

impl Unit {
    fn factor(self) -> i128 {
        match self {
            Self::Yuan => 1,
            Self::TenThousand => 10_000,
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

/// What may stand after a figure, the longest first: how many it stands for,
/// and whether it names the unit itself (`1230 万元`) or only a multiple
/// (`1230 万`), which in a field for 万元 may be meant either way.
const SUFFIXES: [(&str, i128, bool); 11] = [
    ("千万元", 10_000_000, true),
    ("百万元", 1_000_000, true),
    ("亿元", 100_000_000, true),
    ("万元", 10_000, true),
    ("千元", 1_000, true),
    ("千万", 10_000_000, false),
    ("百万", 1_000_000, false),
    ("亿", 100_000_000, false),
    ("万", 10_000, false),
    ("千", 1_000, false),
    ("元", 1, true),
];

/// An amount as it was typed into a field for this unit, or a number of
/// something (`money` is false; its unit stands behind the field). `1.2亿` is
/// 120000000. What can be read in more than one way is not decided here; what
/// is no figure stays as it was typed, for the engine to name.
pub fn figure(typed: &str, unit: Unit, money: bool) -> Figure {
    let half = half_width(typed.trim());
    let bare = half.trim().trim_start_matches(['¥', '￥']).trim();
    let suffix = SUFFIXES.iter().find(|(word, _, names)| bare.ends_with(word) && (money || !names));
    let (number, factors) = match suffix {
        Some((word, factor, names)) => {
            let number = bare.strip_suffix(word).unwrap_or(bare).trim();
            if *names || unit == Unit::Yuan || !money {
                (number, vec![*factor])
            } else {
                (number, vec![*factor, *factor * unit.factor()])
            }
        }
        None => (bare, vec![if money { unit.factor() } else { 1 }]),
    };
    let (numbers, sure) = numbers(number);
    if let ([only], [1], true) = (numbers.as_slice(), factors.as_slice(), sure) {
        return Figure::Plain(only.clone());
    }
    let mut readings = Vec::new();
    for number in &numbers {
        for factor in &factors {
            let product = decimal::parse(number).ok().map(|it| it.mul(Fraction::whole(*factor)));
            if let Some(Ok(product)) = product {
                let product = product.to_decimal_or_ratio();
                if !readings.contains(&product) {
                    readings.push(product);
                }
            }
        }
    }
    match readings.pop() {
        None => Figure::Plain(plain_figure(typed)),
        Some(only) if sure && readings.is_empty() => Figure::Plain(only),
        Some(last) => {
            readings.push(last);
            Figure::Unclear(readings)
        }
    }
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
        let (inner, _) = numbers(inner);
        return (inner.iter().map(|it| ["-", it].concat()).collect(), false);
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
    let percent = figure.strip_suffix('%').and_then(|it| decimal::parse(it.trim()).ok());
    let rate = percent.and_then(|percent| percent.div(Fraction::whole(100)).ok()?);
    rate.map_or(figure, |rate| rate.to_decimal_or_ratio())
}

#[cfg(test)]
mod tests {
    use zice_rules::Date;

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
        ] {
            assert_eq!(plain(typed, Unit::Yuan), yuan, "{typed}");
            assert_eq!(plain(typed, Unit::TenThousand), ten_thousand, "{typed}");
        }
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
        assert_eq!(figure("86", Unit::TenThousand, false), plain("86"));
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
            ("(1,234.5)", Unit::Yuan, &["-1234.5"]),
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
        for (typed, plain) in [("3%", "0.03"), ("2.5 ％", "0.025"), ("0.03", "0.03"), ("%", "%")] {
            assert_eq!(plain_rate(typed), plain, "{typed}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for typed in [
            "2021-05-01",
            "2021年5月1日",
            "2021/5/1",
            "2021.05.1",
            "２０２１－０５－０１",
            " 2021-5-1 ",
        ] {
            assert_eq!(plain_day(typed), "2021-05-01", "{typed}");
        }
        for typed in ["21-5-1", "2021-05", "5/1/2021", "abc", "2021-13-01x"] {
            assert!(Date::parse(&plain_day(typed)).is_none(), "{typed}");
        }
    }
}
