//! Tables that were copied in Excel or WPS, as entries of a list or as figures
//! by year and side.
//!
//! Pure, so that it is tested natively with what those programs write. Nothing
//! is guessed: what is not understood is left out and marked, and what can be
//! read in two ways is asked.

mod cell;
pub mod fill;
mod list;
mod table;
#[cfg(test)]
mod tests;

pub use cell::{Cell, Own};
pub use list::{Column, Corrections, IGNORED, OPEN, Reading, Row, read};
pub use table::rows;

use zice_rules::{dictionary::Kind, text::spelling};

use cell::is_known;

/// The unit a head names: in the brackets at its end, or behind 单位. What
/// stands before it is the rest.
fn unit(head: &str) -> (&str, Option<&str>) {
    let head = head.trim();
    for (open, close) in [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】')] {
        if let Some((rest, unit)) = head.strip_suffix(close).and_then(|it| it.rsplit_once(open)) {
            let named = behind_unit_word(unit).or_else(|| is_unit(unit).then_some(unit));
            return (rest, named);
        }
    }
    match behind_unit_word(head) {
        Some(unit) => ("", Some(unit)),
        None => (head, None),
    }
}

/// Whether brackets hold a unit, known or not, and no remark.
fn is_unit(text: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphabetic() || "元万亿千百$€£%％".contains(c);
    text.chars().count() <= 14 && text.contains(sign)
}

/// `单位：万元` without what names it a unit.
fn behind_unit_word(text: &str) -> Option<&str> {
    let text =
        ["金额单位", "单位", "Unit", "unit"].iter().find_map(|word| text.strip_prefix(word))?;
    Some(text.trim_start_matches(['：', ':', ' ']))
}

/// The unit a label names, unless the brackets belong to one of its names.
fn own_unit<'a>(label: &'a str, names: &[String]) -> Option<&'a str> {
    let (rest, unit) = unit(label);
    let whole = spelling(label) != spelling(rest) && names.contains(&spelling(label));
    unit.filter(|_| !whole)
}

/// The unit that a cell above or in a table names for all amounts.
fn common(rows: &[Vec<String>]) -> Option<&str> {
    let mut units = rows.iter().flatten().filter_map(|cell| unit(cell).1);
    units.find(|unit| !unit.is_empty() && is_known(unit, Kind::Money))
}

/// Whether one of the names is meant, with or without the brackets behind it.
fn goes_by(text: &str, names: &[String]) -> bool {
    [text, unit(text).0].iter().any(|one| {
        let spelled = spelling(one);
        !spelled.is_empty() && names.contains(&spelled)
    })
}
