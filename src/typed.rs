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
