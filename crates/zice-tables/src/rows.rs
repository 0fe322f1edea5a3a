//! The text of a clipboard as rows of cells.

use zice_rules::decimal;

use crate::figure::plain_figure;

/// Rows of cells as Excel and WPS write them: separated by tabs, with quotes
/// around what holds a tab, a line break or a quote. Rows and columns in which
/// nothing stands are left out; line breaks within a cell become blanks.
///
/// A reader of our own because a library is written for files: it drops the
/// quotes of `"12寸"晶圆`, and costs more bytes.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rest = text.trim_start_matches('\u{feff}');
    let separator = separator(rest);
    let mut rows = vec![Vec::new()];
    loop {
        let (cell, after) = cell(rest, separator);
        if let Some(row) = rows.last_mut() {
            row.push(tidy(&cell));
        }
        let Some(end) = after.chars().next() else { break };
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(end)).unwrap_or("");
        if end != separator {
            rows.push(Vec::new());
        }
    }
    whole(rows)
}

/// Rows that somebody else has parted into cells, in the same way: without
/// what can't be seen, and as wide as each other.
pub fn tidied(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    whole(rows.into_iter().map(|row| row.iter().map(|cell| tidy(cell)).collect()).collect())
}

/// Without rows and columns in which nothing stands, and filled up.
fn whole(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut rows {
        row.resize(width, String::new());
    }
    for at in (0..width).rev() {
        if rows.iter().all(|row| row.get(at).is_some_and(String::is_empty)) {
            rows.iter_mut().for_each(|row| drop(row.remove(at)));
        }
    }
    rows
}

/// The first cell of a text, and what comes behind it.
fn cell(text: &str, separator: char) -> (String, &str) {
    let ends = [separator, '\r', '\n'];
    if let Some(quoted) = text.strip_prefix('"') {
        let mut from = 0;
        while let Some(at) = quoted.get(from..).and_then(|rest| rest.find('"')) {
            let (inner, after) = quoted.split_at(from + at);
            let after = after.get(1..).unwrap_or("");
            if after.starts_with('"') {
                from += at + 2;
            } else if after.is_empty() || after.starts_with(ends) {
                return (inner.replace("\"\"", "\""), after);
            } else {
                // A quote that only stands at the front.
                break;
            }
        }
    }
    let (cell, after) = text.split_at(text.find(ends).unwrap_or(text.len()));
    (cell.to_owned(), after)
}

fn tidy(cell: &str) -> String {
    let plain: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

/// A tab where there is one. A comma or semicolon only where it parts every
/// line alike and no line is one figure in groups of three.
fn separator(text: &str) -> char {
    let clear = |separator: char| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut counts = lines.map(|line| {
            let figure = decimal::parse(&plain_figure(line)).is_ok();
            if figure { 0 } else { line.matches(separator).count() }
        });
        let first = counts.next().unwrap_or(0);
        let mut others = counts.peekable();
        first > 0 && others.peek().is_some() && others.all(|count| count == first)
    };
    match (text.contains('\t'), clear(','), clear(';')) {
        (false, true, false) => ',',
        (false, false, true) => ';',
        _ => '\t',
    }
}
