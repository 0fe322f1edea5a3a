//! Heads of a statement, and what they say of each other.

use zice_rules::text::spelling;

use crate::{audit, period::Head, signs, unit, words};

/// A column of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// The fiscal year it is about; nothing where that is not known.
    pub year: Option<i32>,
}

/// A cell of the row of heads.
pub struct HeadCell<'a> {
    pub head: Head,
    pub text: &'a str,
    /// Its column of figures.
    pub column: Option<usize>,
}

/// A row of words right below the heads divides the columns (上半年, 内销): what
/// stands in them is a part of the year, not the year.
pub fn divide(heads: &mut [HeadCell<'_>], columns: &mut [Column], row: &[String]) {
    let is_word = |text: &String| {
        !text.is_empty()
            && !is_figure(text)
            && unit::line(text, None).is_none()
            && !words::is_one_of(&spelling(text), words::COUNT)
    };
    if row.iter().any(|text| is_figure(text)) {
        return;
    }
    // A head reaches over the blank cells beside it.
    let (mut group, mut parts) = (0, Vec::new());
    for (at, cell) in heads.iter().enumerate() {
        if !cell.text.is_empty() {
            group = at;
        }
        if row.get(at).is_some_and(is_word) {
            parts.push(group);
        }
    }
    for at in parts {
        let Some(cell) = heads.get_mut(at) else { continue };
        if let Some(column) = cell.column.and_then(|column| columns.get_mut(column)) {
            (cell.head, column.year) = (Head::NoYear, None);
        }
    }
}

/// Beside what has added up, 本期 is the last month or quarter.
pub fn settle_parts(cells: &mut [HeadCell<'_>]) {
    if cells.iter().any(|it| it.head == Head::This && it.text.contains("累计")) {
        for cell in cells.iter_mut() {
            let part = ["本期", "本月", "本季"].iter().any(|word| cell.text.contains(word));
            if cell.head == Head::This && part && !cell.text.contains("累计") {
                cell.head = Head::NoYear;
            }
        }
    }
}

/// Amounts right below heads that name years are of those: 2022年度 above 未审数 and
/// 审定数. A head reaches over the blank cells beside it.
pub fn settle_below(cells: &mut [HeadCell<'_>], above: &[HeadCell<'_>]) {
    let is_time = |head: Head| !matches!(head, Head::Other | Head::Ordinal);
    if cells.iter().any(|it| is_time(it.head) && it.head != Head::Amount) {
        return;
    }
    for (at, cell) in cells.iter_mut().enumerate().filter(|(_, it)| it.head == Head::Amount) {
        let group = above.iter().take(at + 1).rev().find(|it| !it.text.is_empty());
        cell.head = group.map(|it| it.head).filter(|it| is_time(*it)).unwrap_or(Head::NoYear);
    }
}

/// Amounts without a year are those of the year only where no others stand beside
/// them. Those that were not audited are compared with those that were.
pub fn settle_amounts(cells: &mut [HeadCell<'_>], timed: usize) {
    let amounts = cells.iter().filter(|it| it.head == Head::Amount).count();
    let unaudited = |it: &&HeadCell<'_>| audit::bare(it.text).1 == Some(false);
    let checks = cells.iter().filter(|it| it.head == Head::Amount).filter(unaudited).count();
    let is_time =
        |it: &&HeadCell<'_>| !matches!(it.head, Head::Amount | Head::Other | Head::Ordinal);
    let mut times = cells.iter().filter(is_time);
    let only = times.next().map(|it| it.head).filter(|_| times.next().is_none());
    for cell in cells.iter_mut().filter(|it| it.head == Head::Amount) {
        // 2022年度 | 审定数
        if let (Some(only), Some(_)) = (only, audit::bare(cell.text).1) {
            cell.head = only;
        } else if timed > 1 && amounts < timed {
            cell.head = Head::Other;
        } else if amounts > checks.saturating_add(1) {
            cell.head = Head::NoYear;
        }
    }
}

/// Figures, and what may only be a dash or a garbled one.
pub fn is_figure(text: &str) -> bool {
    let plain = signs::plain(text);
    let plain = plain.trim();
    !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || " ,.-+()%¥".contains(c))
}
