//! Rows as figures by year, or by field and side.

use serde_json::{Value, json};
use zice_rules::{
    dictionary::{Fact, Kind},
    fraction::Fraction,
    text::spelling,
};

use super::{
    cell::{factor, figure},
    goes_by, unit,
};
use crate::{
    typed::half_width,
    words::{self, Word},
};

/// One way to understand a pasted block.
#[derive(Clone)]
pub struct Fill {
    /// What tells this way from the others.
    pub how: &'static Word,
    /// Where each figure goes, below the place that is filled.
    pub cells: Vec<Filled>,
}

/// A figure of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// `2022`, or `income.written_count`.
    pub place: String,
    /// As pasted.
    pub text: String,
    /// What it says; nothing where that was not understood.
    pub value: Option<Value>,
}

/// Cells, and what is said of all of them.
type Line<'a> = Vec<&'a str>;

fn filled(place: String, text: &str, kind: Kind, unit: Option<&str>) -> Filled {
    let factor = unit.map_or(Some(Fraction::ONE), |unit| factor(unit, kind));
    let value = factor.and_then(|factor| figure(text, kind, factor, unit.is_some()));
    Filled { place, text: text.to_owned(), value: value.map(|figure| json!(figure)) }
}

/// The unit a block names for all its figures.
fn common<'a>(rows: &'a [Vec<String>], kind: Kind) -> Option<&'a str> {
    let mut units = rows.iter().flatten().filter_map(|cell| unit(cell).1);
    units.find(|it| kind == Kind::Money && !spelling(it).is_empty() && factor(it, kind).is_some())
}

/// Figures of the years that are asked, newest first. Years at the head tell
/// which is which; without them both orders are offered. Nothing comes back
/// where it can't be told, and why.
pub fn years(rows: &[Vec<String>], fact: &Fact, asked: &[i32]) -> Result<Vec<Fill>, &'static Word> {
    let lines: Vec<Line<'_>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let across: Vec<Line<'_>> = (0..lines.first().map_or(0, Vec::len))
        .map(|at| lines.iter().filter_map(|line| line.get(at).copied()).collect())
        .collect();
    let common = common(rows, fact.kind);
    for lines in [&lines, &across] {
        let Some((at, heads)) = lines.iter().enumerate().find_map(|(at, line)| Some((at, heads(line)?))) else {
            continue;
        };
        let line = figures_of(lines, at, &heads, fact)?;
        let own = line.iter().enumerate().filter(|(at, _)| !heads.iter().any(|it| it.0 == *at));
        let own = own.filter_map(|(_, label)| unit(label).1).next();
        let mut cells = Vec::new();
        for (at, year, head_unit) in &heads {
            if let Some(text) = line.get(*at).filter(|text| asked.contains(year) && !text.is_empty()) {
                cells.push(filled(year.to_string(), text, fact.kind, head_unit.or(own).or(common)));
            }
        }
        if cells.is_empty() {
            return Err(&words::OTHER_YEARS);
        }
        return Ok(vec![Fill { how: &words::BY_YEARS, cells }]);
    }
    // Figures in a row or a column, with or without a label.
    let line = match (lines.as_slice(), across.as_slice()) {
        ([line], _) | (_, [line]) => line.clone(),
        (_, [labels, line]) if !labels.iter().any(|it| it.bytes().any(|b| b.is_ascii_digit())) => line.clone(),
        _ => return Err(&words::MANY_LINES),
    };
    let has_digits = |text: &&str| half_width(text).bytes().any(|byte| byte.is_ascii_digit());
    let label = line.first().copied().filter(|text| !has_digits(text));
    let own = label.and_then(|label| unit(label).1).or(common);
    let figures: Line<'_> = line.iter().copied().filter(has_digits).collect();
    if figures.len() != asked.len() {
        return Err(&words::NOT_AS_MANY);
    }
    let fill = |how, years: &mut dyn Iterator<Item = &i32>| {
        let cells = years.zip(&figures);
        let cells = cells.map(|(year, text)| filled(year.to_string(), text, fact.kind, own));
        Fill { how, cells: cells.collect() }
    };
    let newest = fill(&words::NEWEST_FIRST, &mut asked.iter());
    if asked.len() == 1 {
        return Ok(vec![Fill { how: &words::BY_YEARS, ..newest }]);
    }
    Ok(vec![newest, fill(&words::OLDEST_FIRST, &mut asked.iter().rev())])
}

/// The years at the head of a line: place, year, unit behind it. Bare numbers
/// are years only where there are several and nothing else but a label.
fn heads<'a>(line: &[&'a str]) -> Option<Vec<(usize, i32, Option<&'a str>)>> {
    let (mut heads, mut sure, mut others) = (Vec::new(), false, 0);
    for (at, cell) in line.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match year(cell) {
            Some((year, named)) => {
                sure |= named;
                if heads.iter().any(|(_, other, _)| *other == year) {
                    return None;
                }
                heads.push((at, year, unit(cell).1));
            }
            None => others += usize::from(at > 0),
        }
    }
    (!heads.is_empty() && (sure || heads.len() > 1 && others == 0)).then_some(heads)
}

/// `2022`, `2022年`, `2022年度（万元）`, and whether it says that it is a year.
fn year(cell: &str) -> Option<(i32, bool)> {
    let half = half_width(cell);
    let (half, _) = unit(&half);
    let (digits, rest) = half.split_at_checked(4)?;
    let year = digits.parse().ok().filter(|year| (1950..2100).contains(year))?;
    match rest.trim() {
        "" => Some((year, false)),
        "年" | "年度" | "年末" | "年底" | "年数" | "年累计" | "年12月31日" | "-12-31" | "/12/31" => Some((year, true)),
        _ => None,
    }
}

/// The line that goes with the years at line `at`: the only one with figures,
/// or the one that names the fact.
fn figures_of<'a>(
    lines: &'a [Line<'a>],
    at: usize,
    heads: &[(usize, i32, Option<&str>)],
    fact: &Fact,
) -> Result<&'a Line<'a>, &'static Word> {
    let filled = |line: &&Line<'_>| heads.iter().any(|(at, ..)| line.get(*at).is_some_and(|cell| !cell.is_empty()));
    let others: Vec<&Line<'_>> = lines.iter().skip(at + 1).filter(filled).collect();
    let names = [&fact.name, &fact.short.zh, &fact.short.en, &fact.id].map(|name| spelling(name));
    let named = |line: &&&Line<'_>| line.iter().any(|cell| !cell.is_empty() && goes_by(cell, &names));
    match others.as_slice() {
        [] => Err(&words::OTHER_YEARS),
        [only] => Ok(only),
        _ => {
            let mut named = others.iter().filter(named);
            named.next().filter(|_| named.next().is_none()).copied().ok_or(&words::MANY_LINES)
        }
    }
}

/// Figures by field and side, of one year. What has no labels is taken to
/// begin at `start`: a side and a field.
pub fn sides(
    rows: &[Vec<String>],
    fact: &Fact,
    fields: &[usize],
    start: Option<(usize, usize)>,
) -> Result<Vec<Fill>, &'static Word> {
    let side_names: Vec<Vec<String>> = fact.sides.iter().map(zice_rules::dictionary::Choice::names).collect();
    let side_of = |cell: &String| side_names.iter().position(|names| !cell.is_empty() && goes_by(cell, names));
    let field_names: Vec<(usize, Vec<String>)> =
        fields.iter().filter_map(|at| Some((*at, fact.fields.get(*at)?.names()))).collect();
    let field_of = |row: &[String]| {
        row.iter().enumerate().find_map(|(column, cell)| {
            let found = field_names.iter().find(|(_, names)| !cell.is_empty() && goes_by(cell, names));
            let (at, names) = found?;
            Some((column, *at, names.contains(&spelling(cell))))
        })
    };
    let common = common(rows, Kind::Money);
    let head = rows.iter().position(|row| row.iter().any(|cell| side_of(cell).is_some()));
    let labelled = rows.iter().any(|row| field_of(row).is_some());
    let mut lines: Vec<(usize, usize, Option<&str>, &Vec<String>)> = Vec::new();
    let first = start.and_then(|(_, field)| fields.iter().position(|at| *at == field)).unwrap_or(0);
    let body = rows.iter().skip(head.map_or(0, |at| at + 1));
    if labelled {
        for row in body {
            if let Some((column, at, whole)) = field_of(row) {
                // What stands in the brackets of the dictionary is no unit.
                let own = row.get(column).and_then(|cell| unit(cell).1).filter(|_| !whole);
                lines.push((column + 1, at, own, row));
            }
        }
    } else {
        let body: Vec<&Vec<String>> = body.collect();
        if body.len() > fields.len() - first.min(fields.len()) {
            return Err(&words::NOT_AS_MANY);
        }
        lines.extend(body.into_iter().zip(fields.iter().skip(first)).map(|(row, at)| (0, *at, None, row)));
    }
    let mut ways: Vec<(&'static Word, Vec<(usize, usize)>)> = Vec::new();
    if let Some(heads) = head.and_then(|at| rows.get(at)) {
        let columns = heads.iter().enumerate().filter_map(|(column, cell)| Some((column, side_of(cell)?)));
        ways.push((&words::BY_HEADS, columns.collect()));
    } else {
        let width = rows.first().map_or(0, Vec::len);
        let from = lines.first().map_or(0, |line| line.0);
        let count = fact.sides.len();
        match width.saturating_sub(from) {
            1 => {
                let side = start.map_or(0, |(side, _)| side);
                ways.push((&words::FROM_HERE, vec![(from, side)]));
            }
            columns if columns == count => {
                let order = |side: fn(usize, usize) -> usize| (0..count).map(|at| (from + at, side(at, count))).collect();
                ways.push((&words::SIDES_AS_HERE, order(|at, _| at)));
                ways.push((&words::SIDES_TURNED, order(|at, count| count - 1 - at)));
            }
            _ => return Err(&words::NOT_AS_MANY),
        }
    }
    let fills = ways.into_iter().map(|(how, columns)| {
        let mut cells = Vec::new();
        for (_, at, unit, row) in &lines {
            for (column, side) in &columns {
                let (Some(field), Some(side), Some(text)) =
                    (fact.fields.get(*at), fact.sides.get(*side), row.get(*column).filter(|text| !text.is_empty()))
                else {
                    continue;
                };
                let common = common.filter(|_| field.kind == Kind::Money);
                let place = [&side.id, ".", field.id.as_str()].concat();
                cells.push(filled(place, text, field.kind, unit.or(common)));
            }
        }
        Fill { how, cells }
    });
    let fills: Vec<Fill> = fills.collect();
    if fills.iter().all(|fill| fill.cells.is_empty()) { Err(&words::NOT_AS_MANY) } else { Ok(fills) }
}
