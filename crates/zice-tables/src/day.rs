//! Days, as people and programs write them.

use zice_rules::Date;

use crate::signs;

/// How a day is to be read that can be read in several ways: day first, month
/// first, or as a number that counts days as Excel does (`d`, `m`, `s`).
pub type Order = char;

/// A day as it goes into the company file: `2021年5月1日`, `2021/5/1`,
/// `20210501` and `2021-05-01 0:00:00` are `2021-05-01`. What is no day, or may
/// be several, stays as it was typed, for the engine to name.
pub fn plain_day(typed: &str) -> String {
    let half = signs::plain(typed);
    match ymd(&half) {
        Some([year, month, day]) => {
            let two = |part: &str| if part.len() < 2 { ["0", part].concat() } else { part.into() };
            [year.as_str(), "-", &two(&month), "-", &two(&day)].concat()
        }
        None => match days(typed).as_slice() {
            [(None, day)] => day.to_string(),
            _ => half.trim().to_owned(),
        },
    }
}

/// The ways in which a day can be read; one without an order is certain.
pub fn days(text: &str) -> Vec<(Option<Order>, Date)> {
    let half = signs::plain(text);
    let mut ways = Vec::new();
    let mut way = |order: Option<Order>, date: Option<Date>| {
        if let Some(date) = date {
            ways.push((order, date));
        }
    };
    if let Some([year, month, day]) = ymd(&half) {
        way(None, date(&year, &month, &day));
        return ways;
    }
    let plain = without_time(half.trim());
    if plain.len() == 5 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        let start = Date::from_ymd(1899, 12, 30).map_or(0, Date::day_number);
        let number = plain.parse().unwrap_or(0);
        way(Some('s'), Date::from_day_number(start.saturating_add(number)));
    }
    let parts: Vec<&str> = plain.split(['/', '-', '.']).map(str::trim).collect();
    if let [one, other, year] = parts.as_slice() {
        let known = year.len() == 4;
        let (day_first, month_first) = (date(year, other, one), date(year, one, other));
        let both = day_first.is_some() && month_first.is_some() && day_first != month_first;
        way(both.then_some('d'), day_first.filter(|_| known));
        way(both.then_some('m'), month_first.filter(|_| known && day_first != month_first));
    }
    ways
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// What stands before a time of day, which Excel and many exports put behind a
/// day.
fn without_time(text: &str) -> &str {
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | 'Z' | '+');
    if time.contains(':') && time.chars().all(clock) { day } else { text }
}

/// Year, month and day of a text that names them in this order, whether or not
/// there is such a day.
fn ymd(half: &str) -> Option<[String; 3]> {
    // `2021 年 3 月 4 日 0:00`: the time stands behind the last blank.
    let text = half.trim();
    let text = match text.rsplit_once(' ') {
        Some((day, time)) if time.contains(':') && !time.contains(['年', '月']) => day,
        _ => without_time(text),
    };
    let text = text.trim().trim_end_matches(['日', '号']).trim_end();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        date(year, month, day)?;
        return Some([year.to_owned(), month.to_owned(), day.to_owned()]);
    }
    let dashed: String =
        text.chars().map(|c| if matches!(c, '年' | '月' | '/' | '.') { '-' } else { c }).collect();
    // Blanks part the three where nothing else does.
    let parts: Vec<&str> = if dashed.contains('-') {
        dashed.split('-').map(str::trim).collect()
    } else {
        dashed.split_whitespace().collect()
    };
    let [year, month, day] = parts.as_slice() else { return None };
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    let all = [year, month, day].into_iter().all(digits);
    (shaped && all).then(|| [(*year).to_owned(), (*month).to_owned(), (*day).to_owned()])
}

#[cfg(test)]
mod tests {
    use zice_rules::Date;

    use super::{days, plain_day};

    #[test]
    fn days_are_read_as_people_write_them() {
        for typed in [
            "2021-05-01",
            "2021年5月1日",
            "2021年5月1号",
            "2021/5/1",
            "2021.05.1",
            "2021 5 1",
            "20210501",
            "２０２１－０５－０１",
            " 2021-5-1 ",
            "2021/5/1 0:00:00",
            "2021-05-01T00:00:00Z",
            "2021 年 5 月 1 日 0:00",
            "2021\u{2011}05\u{2011}01",
            "\u{200e}2021年5月1日\u{202c}",
        ] {
            assert_eq!(plain_day(typed), "2021-05-01", "{typed}");
        }
    }

    #[test]
    fn what_is_no_day_or_may_be_several_is_none() {
        for typed in [
            "21-5-1",
            "2021-05",
            "2021年5月",
            "202105",
            "5/1/2021",
            "abc",
            "2021-13-01x",
            "20211301",
            "2021-05-01 张三",
            "44317",
            "二〇二一年五月一日",
        ] {
            assert!(Date::parse(&plain_day(typed)).is_none(), "{typed}");
        }
        assert_eq!(days("05/06/2021").len(), 2);
        assert_eq!(days("05/05/2021").len(), 1);
        assert_eq!(days("2021-02-30").len(), 0);
        assert_eq!(days("44317").first().map(|it| it.0), Some(Some('s')));
    }
}
