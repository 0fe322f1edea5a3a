//! What stands between and below the rows of a list: heads of its parts, notes,
//! signatures.

use zice_rules::dictionary::{Fact, Kind};

use super::reading::{Column, Reading, Row};
use crate::cell::Cell;

/// Whether the only text of a row counts parts of the table: 一、, （二）.
pub fn is_section(text: &str) -> bool {
    let digit = |c: char| "一二三四五六七八九十".contains(c);
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = inner.trim_start_matches(digit);
    if text.starts_with("以下") {
        return true;
    }
    rest.len() < inner.len() && rest.starts_with(['、', '）', ')', '.', '．'])
}

/// Whether a row that is no entry is a note about all of them.
pub fn is_note(row: &Row) -> bool {
    let first = row.texts.iter().find(|it| !it.is_empty()).map_or("", String::as_str);
    let marks = ["注", "备注", "说明", "以上", "上述", "*", "※"];
    marks.iter().any(|mark| first.starts_with(mark))
}

/// Whether a row is an entry and no remark below a table or line between its
/// parts: something in it was understood, or several of its cells or the one
/// that matters are not empty.
pub fn is_entry(fact: &Fact, reading: &Reading, row: &Row) -> bool {
    let filled = row.texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
    let filled: Vec<(usize, &String)> = filled.collect();
    let marks = [
        "注：",
        "注:",
        "备注：",
        "说明：",
        "填表人",
        "填表：",
        "制表人",
        "制表：",
        "制单",
        "复核",
        "审核",
        "填报人",
        "经办人",
        "负责人",
        "填表日期",
        "制表日期",
    ];
    let begins = |(_, text): &(usize, &String)| marks.iter().any(|mark| text.starts_with(mark));
    // 审核管理软件 with its kind or day is a right; a signature says nothing but texts.
    let more = |(column, cell): (&Column, &Cell)| {
        let field = column.field.and_then(|at| fact.fields.get(at));
        matches!(cell, Cell::Is(_)) && field.is_some_and(|it| it.kind != Kind::Text)
    };
    let signed = filled.first().is_some_and(begins);
    if signed && !reading.columns.iter().zip(&row.cells).any(more) {
        return false;
    }
    if row.cells.iter().any(|cell| matches!(cell, Cell::Is(_))) {
        return true;
    }
    match filled.as_slice() {
        [] => false,
        // 二、已失效专利, below the head of the names.
        [(_, text)] if is_section(text) => false,
        [(at, _)] => reading.columns.get(*at).is_some_and(|it| it.field.is_some()),
        _ => true,
    }
}
