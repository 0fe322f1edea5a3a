//! Which fiscal year a column or a statement is about.

use zice_rules::{Date, text::spelling};

use crate::{audit, day::days, label::Book, signs, unit, words};

/// What the head of a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// The figures of this fiscal year.
    Year(i32),
    /// Those of the statement's own year.
    This,
    /// Those of the year before it.
    Last,
    /// Those of a time that is no fiscal year: a month, a plan.
    NoYear,
    /// Figures without any word of when (金额).
    Amount,
    /// Numbers of lines, never a figure.
    Ordinal,
    /// Figures of a side of an object, by the positions of fact and side.
    Side(usize, usize),
    /// Nothing that is known.
    Other,
}

/// What the date of a statement says of its own year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// It is this whole year.
    Year(i32),
    /// It is the last month of this year: only what has added up is the year's.
    December(i32),
    /// It is some other time.
    NoYear,
}

const ORDINAL: [&str; 8] = ["行次", "行号", "序号", "栏次", "列次", "项次", "序", "附注"];
const AMOUNT: [&str; 11] = [
    "金额",
    "金额数量",
    "数量",
    "数值",
    "数额",
    "数据",
    "填报数",
    "填报数据",
    "本年",
    "申报数",
    "内容",
];
/// What may stand in front of a year.
const BEFORE: [&str; 11] = [
    "",
    "fy",
    "截至",
    "截止",
    "期末",
    "期末余额",
    "年末余额",
    "本期",
    "本期金额",
    "本年",
    "会计期间",
];
/// What may stand behind a year that is a whole one.
const WHOLE: [&str; 31] = [
    "",
    "年",
    "年度",
    "年末",
    "年底",
    "年终",
    "全年",
    "年全年",
    "年末余额",
    "年末数",
    "年期末",
    "年期末余额",
    "年期末数",
    "年度金额",
    "年金额",
    "年数",
    "年数据",
    "年度数",
    "年度数据",
    "年累计",
    "年度累计",
    "年实际",
    "年度实际",
    "年发生额",
    "年度发生额",
    "年决算",
    "年112月",
    "年1月12月",
    "年1至12月",
    "会计年度",
    "年会计年度",
];
/// Days and months at the end of a year.
const END: [&str; 4] = ["年12月31日", "1231", "年12月31日余额", "年12月31日期末余额"];

/// What a head says.
pub fn head(text: &str, book: &Book) -> Head {
    let (plain, audited) = audit::bare(text);
    let (rest, named) = unit::in_head(&plain);
    let bracketed = rest != plain.trim() && named.is_none();
    let plain = if named.is_some() { rest } else { plain.as_str() };
    let spelled = spelling(plain);
    if spelled.is_empty() {
        return if audited.is_some() { Head::Amount } else { Head::Other };
    }
    if ORDINAL.contains(&spelled.as_str()) {
        return Head::Ordinal;
    }
    if let Some(at) = book.period(&spelled) {
        return if at == 0 { Head::This } else { Head::Last };
    }
    if let Some((fact, side)) = book.side(plain) {
        return Head::Side(fact, side);
    }
    match year(plain) {
        Some(Dated::Year(year)) => return Head::Year(year),
        Some(Dated::December(_) | Dated::NoYear) => return Head::NoYear,
        None => {}
    }
    if AMOUNT.contains(&spelled.as_str()) {
        return Head::Amount;
    }
    // 期末余额（审定）: with its remark it may be another figure.
    let times = [
        "本期", "本月", "本季", "上月", "上期", "期末", "期初", "年初", "年末", "累计", "同期",
        "预算", "计划",
    ];
    let short = spelled.chars().count() <= 12;
    if short
        && (bracketed || times.iter().any(|it| spelled.starts_with(it)))
        && times.iter().any(|it| spelled.contains(it))
    {
        return Head::NoYear;
    }
    Head::Other
}

/// Whether a text is a month in six digits: 202212.
pub fn is_month(text: &str) -> bool {
    let digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let month = text.get(4..).unwrap_or("");
    digits && (text.starts_with("19") || text.starts_with("20")) && ("01"..="12").contains(&month)
}

/// Whether a head that names no fiscal year speaks of some time all the same,
/// or of a rate.
pub fn speaks_of_time(text: &str) -> bool {
    let words = [
        "季", "月", "半年", "预", "估", "计划", "目标", "率", "同比", "环比", "比重", "占比", "近",
        "平均", "财年", "quarter", "month", "forecast", "budget", "plan", "growth",
    ];
    let spelled = spelling(text);
    let quarter = spelled.len() == 2 && spelled.starts_with(['q', 'h']);
    quarter
        || spelled.contains(|c: char| c.is_ascii_digit())
        || words.iter().any(|word| spelled.contains(word))
}

/// The year that a text names, if it names a time at all.
pub fn year(text: &str) -> Option<Dated> {
    let plain = signs::plain(text);
    let plain = plain.trim();
    let at = plain
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| is_year(plain.get(*at..).unwrap_or("")))?;
    let before = spelling(plain.get(..at).unwrap_or(""));
    if before.chars().next_back().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let digits = plain.get(at..at + 4)?;
    let year: i32 = digits.parse().ok()?;
    let behind = plain.get(at + 4..)?;
    let spelled = spelling(behind);
    // 2022-01-01 至 2022-12-31, 2022年1月-12月
    if let Some(dated) = range(behind, year) {
        return Some(dated);
    }
    let dated = if WHOLE.contains(&spelled.as_str()) || END.contains(&spelled.as_str()) {
        Dated::Year(year)
    } else if ["年12月", "12", "年12期", "年第12期"].contains(&spelled.as_str()) {
        Dated::December(year)
    } else if spelled.starts_with(|c: char| c == '年' || c.is_ascii_digit()) {
        Dated::NoYear
    } else {
        return None;
    };
    let whose = before.ends_with("公司");
    Some(if whose || BEFORE.contains(&before.as_str()) { dated } else { Dated::NoYear })
}

/// What a range of days or months comes to that begins in `year`, behind that: the
/// year, what has added up by the end of it, or some other time. Nothing where it
/// is no range.
fn range(behind: &str, year: i32) -> Option<Dated> {
    let numbers = |text: &str| -> Vec<u32> {
        let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
        parts.filter_map(|it| it.parse().ok()).collect()
    };
    let (start, end) = match range_end(behind) {
        Some(end) => {
            let start = behind.get(..behind.len().saturating_sub(end.len())).unwrap_or("");
            let ends = match self::year(end)? {
                Dated::Year(other) | Dated::December(other) => other == year,
                Dated::NoYear => false,
            };
            (start, ends)
        }
        // 年1月1日-12月31日: the second year is not said again.
        None => {
            let marks = ["至", "到", "—", "~", "-"];
            let (start, end) = marks.iter().find_map(|mark| behind.split_once(mark))?;
            // 12月预算 is no end of a year.
            let day = |c: char| c.is_ascii_digit() || c.is_whitespace() || "月日".contains(c);
            if !start.contains('月') || !end.chars().all(day) {
                return None;
            }
            (start, matches!(numbers(end).as_slice(), [12] | [12, 31]))
        }
    };
    let first = matches!(numbers(start).as_slice(), [1] | [1, 1] | [101]);
    Some(match (first, end) {
        (true, true) => Dated::Year(year),
        (false, true) => Dated::December(year),
        _ => Dated::NoYear,
    })
}

/// Where a second day begins behind 至 or a dash.
fn range_end(behind: &str) -> Option<&str> {
    for mark in ["至", "到", "—", "~", " - ", "-"] {
        for (at, _) in behind.match_indices(mark) {
            let rest = behind.get(at + mark.len()..).unwrap_or("").trim_start();
            if is_year(rest) {
                return Some(rest);
            }
        }
    }
    None
}

/// The last year that a text names.
pub fn last_year(text: &str) -> Option<i32> {
    let plain = arabic(&signs::plain(text));
    let numbers = plain.split(|c: char| !c.is_ascii_digit());
    let years = numbers.filter(|it| is_year(it) || is_month(it));
    years.filter_map(|it| it.get(..4)?.parse().ok()).max()
}

/// The fiscal year of figures below a head, or of a label's only value, in a
/// statement of this time. `base` is meant where no time is named.
pub fn year_of(head: Option<(Head, &str)>, dated: Option<Dated>, base: i32) -> Option<i32> {
    let back = match head {
        Some((Head::Year(year), _)) => return Some(year),
        Some((Head::NoYear | Head::Other | Head::Ordinal, _)) => return None,
        Some((Head::Last, _)) => 1,
        _ => 0,
    };
    let own = match dated {
        None => base,
        Some(Dated::Year(year)) => year,
        Some(Dated::NoYear) => return None,
        // Of a statement for December only what has added up, or what there is
        // at the end or was at the beginning, is the year's.
        Some(Dated::December(year)) => {
            let text = head.map_or("", |(_, text)| text);
            let whole = ["累计", "期末", "年末", "年初", "上年末", "上年年末"];
            if !whole.iter().any(|word| text.contains(word)) {
                return None;
            }
            year
        }
    };
    own.checked_sub(back)
}

fn is_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let eight = digits == 8 && text.get(4..6).is_some_and(|month| month <= "12");
    (digits == 4 || eight) && (text.starts_with("19") || text.starts_with("20"))
}

/// What a cell above a table says of the year of the statement. The day on
/// which it was filled in says nothing.
pub fn dated(cell: &str) -> Option<Dated> {
    let plain = arabic(&signs::plain(cell));
    if is_filled_in(&plain) {
        return None;
    }
    // 编制单位：… 2022年12月31日 单位：元 in one cell.
    let parts = plain.split(['\t', '\n']).flat_map(|it| it.split("  "));
    for part in parts.chain(plain.split_whitespace()).chain([plain.as_str()]) {
        let part = part.rsplit_once(':').map_or(part, |(_, rest)| rest).trim();
        let titled = ["利润表", "资产负债表", "损益表", "现金流量表"];
        let part = titled.iter().fold(part.to_owned(), |part, title| part.replace(title, ""));
        if let Some(year) = titled_year(&part) {
            return Some(Dated::Year(year));
        }
        let part = part.trim_matches(['(', ')', ' ']);
        if is_month(part) {
            let whole: Option<i32> = part.get(..4).and_then(|it| it.parse().ok());
            let december = whole.filter(|_| part.ends_with("12"));
            return Some(december.map_or(Dated::NoYear, Dated::December));
        }
        if let Some(dated) = year(part) {
            return Some(dated);
        }
    }
    None
}

/// The period that a line names in cells of their own: 所属时期起 | 2022-01-01 |
/// 所属时期止 | 2022-12-31. Nothing where it names none.
pub fn of_cells(row: &[String]) -> Option<Dated> {
    let end = |marks: &[char]| {
        row.iter().enumerate().find_map(|(at, cell)| {
            let plain = signs::plain(cell);
            let (label, said) = plain.split_once(':').unwrap_or((plain.as_str(), ""));
            if !label.contains('期') || !label.trim_end().ends_with(marks) {
                return None;
            }
            let next = row.iter().skip(at + 1).find(|it| !it.is_empty());
            let text = if said.trim().is_empty() { next.map_or("", String::as_str) } else { said };
            match days(text).as_slice() {
                [(None, day)] => Some(*day),
                _ => None,
            }
        })
    };
    let (from, to) = (end(&['起', '自', '始'])?, end(&['止', '至', '终'])?);
    let year = from.year();
    let whole = |day: Date, month_day: &str| day.to_string().ends_with(month_day);
    Some(match (whole(from, "-01-01"), whole(to, "-12-31") && to.year() == year) {
        (true, true) => Dated::Year(year),
        (false, true) => Dated::December(year),
        _ => Dated::NoYear,
    })
}

/// Whether a cell is nothing but a time, in figures or in words: 2021-12-31, 202306,
/// 上半年, 6月30日.
pub fn is_time(cell: &str) -> bool {
    let spelled = spelling(&arabic(&signs::plain(cell)));
    let all = "0123456789一二三四五六七八九十〇○年度月日季上下半末底第期至到会计财fyhq";
    let word = |c: char| !c.is_ascii_digit();
    spelled.chars().all(|c| all.contains(c))
        && (spelled.contains(word) || year(&arabic(cell)).is_some() || is_month(&spelled))
}

/// Whether a title or a cell above a statement speaks of a part of a year, or of
/// a year in a way that is not known.
pub fn is_part(cell: &str) -> bool {
    let plain = arabic(&signs::plain(cell));
    if is_filled_in(&plain) || dated(cell).is_some() || plain.chars().count() > 24 {
        return false;
    }
    let spelled = spelling(&plain);
    let rest = words::STATEMENT.iter().find_map(|word| {
        let (before, after) = spelled.split_once(word)?;
        Some([before, after].concat())
    });
    let period = ["会计期间", "所属时期", "所属期", "报告期", "期间", "日期", "年月"];
    let period = period.iter().find_map(|word| spelled.split_once(word)).map(|it| it.1.to_owned());
    let time =
        |text: &str| !text.is_empty() && is_time(text) && text.contains(|c| !"期".contains(c));
    match (rest, period) {
        (Some(rest), _) => time(&rest) || speaks_of_part(&rest),
        (None, Some(rest)) => time(&rest),
        _ => is_time(cell),
    }
}

fn speaks_of_part(spelled: &str) -> bool {
    let month = spelled.match_indices('月').any(|(at, _)| {
        let before = spelled.get(..at).unwrap_or("").chars().next_back();
        before.is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    });
    month || ["季度", "半年", "中期"].iter().any(|word| spelled.contains(word))
}

/// 二〇二一年 in digits.
fn arabic(text: &str) -> String {
    let digit = |c: char| {
        "〇一二三四五六七八九"
            .chars()
            .position(|it| it == if matches!(c, '○' | '零') { '〇' } else { c })
    };
    let all: Vec<char> = text.chars().collect();
    let mut done = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(one) = all.get(at) {
        let run: Vec<usize> = all.iter().skip(at).take(4).filter_map(|c| digit(*c)).collect();
        if run.len() == 4 {
            done.extend(run.iter().filter_map(|it| char::from_digit(u32::try_from(*it).ok()?, 10)));
            at += 4;
        } else {
            done.push(*one);
            at += 1;
        }
    }
    done
}

/// Whether a cell tells of the day on which it was filled in.
fn is_filled_in(plain: &str) -> bool {
    let words = [
        "填报日期",
        "填表日期",
        "填报时间",
        "打印",
        "制表日期",
        "编制日期",
        "申报日期",
        "报送日期",
        "报出日期",
    ];
    words.iter().any(|word| plain.contains(word))
}

/// The year of a title that goes on behind it: 2022年度合同情况.
fn titled_year(title: &str) -> Option<i32> {
    let (digits, rest) = title.split_at_checked(4)?;
    let rest = rest.strip_prefix('年')?;
    let parts = ["月", "季", "半年", "日", "期", "预", "计划", "目标"];
    let whole = !rest.starts_with(|c: char| c.is_ascii_digit())
        && !parts.iter().any(|word| rest.contains(word));
    digits.parse().ok().filter(|_| whole && is_year(digits))
}

#[cfg(test)]
mod tests {
    use super::{Dated, dated, year};

    #[test]
    fn whole_years_are_told_from_other_times() {
        for text in [
            "2022年度",
            "2022",
            "2022年",
            "２０２２年末",
            "2022年12月31日",
            "2022-12-31",
            "2022.12.31",
            "2022/12/31",
            "20221231",
            "FY2022",
            "截至2022年12月31日",
            "2022年1-12月",
            "2022-01-01至2022-12-31",
            "2022年01月01日至2022年12月31日",
            "2022.1.1-2022.12.31",
            "2022年01月-2022年12月",
            "2022.01-2022.12",
            "2022-01至2022-12",
            "2022年1月1日-12月31日",
            "2022年1月至12月",
            "湖州示例科技有限公司2022年度",
            "2022年度金额",
            "期末余额2022年12月31日",
        ] {
            assert_eq!(year(text), Some(Dated::Year(2022)), "{text}");
        }
        for text in [
            "2022年6月",
            "2022年1-6月",
            "2022-06-30",
            "2022年一季度",
            "2022年预算",
            "2022年1月1日",
            "2022年期初",
            "2022-01-01至2022-06-30",
            "2021年7月1日至2022年6月30日",
            "预计2022年",
            "2022年1月-12月预算",
            "2022年1月12日",
        ] {
            assert_eq!(year(text), Some(Dated::NoYear), "{text}");
        }
        for text in ["2022年12月", "2022年12期", "2022年第12期", "2022-10-01至2022-12-31"] {
            assert_eq!(year(text), Some(Dated::December(2022)), "{text}");
        }
        for text in ["", "期末余额", "12022", "202", "2022001", "20,221,231"] {
            assert_eq!(year(text), None, "{text}");
        }
    }

    #[test]
    fn the_date_of_a_statement_is_found_and_that_of_the_filling_is_not() {
        for text in [
            "2022年度",
            "编制单位：湖州示例科技有限公司  2022年12月31日  单位：元",
            "会计期间：2022年度",
            "税款所属期间：2022年01月01日至2022年12月31日",
            "利润表（2022年度）",
            "2022年利润表",
        ] {
            assert_eq!(dated(text), Some(Dated::Year(2022)), "{text}");
        }
        assert_eq!(dated("2022年度合同情况"), Some(Dated::Year(2022)));
        assert_eq!(dated("2022年上半年合同情况"), Some(Dated::NoYear));
        assert_eq!(dated("会计期间：2022年6月"), Some(Dated::NoYear));
        assert_eq!(dated("填报日期：2023年6月"), None);
        assert_eq!(dated("资产负债表"), None);
    }
}
