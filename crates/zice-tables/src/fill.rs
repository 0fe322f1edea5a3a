//! Rows as figures of a table that is there: by year, or by field and side.

use serde::Serialize;
use serde_json::Value;
use zice_rules::{
    Dictionary,
    dictionary::{Fact, Kind},
    text::spelling,
};

use crate::{
    audit,
    cell::{Own, figure},
    figure::Unit,
    label::Book,
    period::{self, Head},
    statement,
    unit::{self, UnitLine},
};

/// A line or a column of figures that are asked.
pub struct Key {
    /// What it goes by.
    names: Vec<String>,
    /// Its part of the place; a column without one is not asked.
    place: String,
    kind: Kind,
}

/// A figure of a block.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Filled {
    /// `2022`, or `income.written_count`; nothing for a row of another name
    /// than what is asked, which then is the text, and the value says whether
    /// its figures are taken.
    pub place: String,
    /// As pasted.
    pub text: String,
    /// What it says; nothing where that was not understood.
    pub value: Option<Value>,
    /// The name of its line, which looks like what is asked and is taken for it
    /// only if the user says so; and what it says then.
    pub looks_like: Option<(String, Option<Value>)>,
}

/// One way to understand a block.
pub type Fill = Vec<Filled>;

/// The lines and the columns of figures.
pub struct Keys {
    lines: Vec<Key>,
    columns: Vec<Key>,
}

impl Keys {
    /// Line and column of a field, by the end of its id: `-income-count`.
    pub fn start(&self, id: &str) -> (usize, usize) {
        let find = |keys: &[Key], part: &str| keys.iter().position(|key| key.place == part);
        let (column, line) = id.trim_start_matches('-').split_once('-').unwrap_or(("", ""));
        (find(&self.lines, line).unwrap_or(0), find(&self.columns, column).unwrap_or(0))
    }
}

/// The lines and the columns of a fact's figures, the columns being its sides
/// or these years.
pub fn keys(fact: &Fact, fields: &[usize], years: &[i32]) -> Keys {
    let mut lines = Vec::new();
    let mut columns = Vec::new();
    for field in fields.iter().filter_map(|at| fact.fields.get(*at)) {
        lines.push(Key { names: field.names(), place: field.id.clone(), kind: field.kind });
    }
    for side in &fact.sides {
        columns.push(Key { names: side.names(), place: side.id.clone(), kind: fact.kind });
    }
    if fact.sides.is_empty() {
        let mut names = fact.names();
        names.extend([&fact.short.zh, &fact.short.en].map(|name| spelling(name)));
        lines.push(Key { names, place: String::new(), kind: fact.kind });
        // Of years that are not asked it must be known that they are years.
        let first = years.first().copied().unwrap_or(0);
        let others = (first - 6..first + 3).filter(|year| !years.contains(year));
        for year in years.iter().copied().chain(others) {
            let asked = years.contains(&year);
            let year = year.to_string();
            let names = ["", "年", "年度", "年末", "年12月31日"];
            let names = names.map(|end| [&year, end].concat());
            let place = if asked { year } else { String::new() };
            columns.push(Key { names: names.into(), place, kind: fact.kind });
        }
    }
    Keys { lines, columns }
}

/// Whether one of the names is meant, with or without the brackets behind it.
fn goes_by(text: &str, names: &[String]) -> bool {
    [text, unit::in_head(text).0].iter().any(|one| {
        let spelled = spelling(one);
        !spelled.is_empty() && names.contains(&spelled)
    })
}

fn find(cell: &str, keys: &[Key]) -> Option<usize> {
    keys.iter().position(|key| goes_by(cell, &key.names))
}

fn has_digit(cell: &str) -> bool {
    cell.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// Words and no figure; neither an empty cell nor a dash.
fn is_label(cell: &str) -> bool {
    !has_digit(cell) && cell.chars().any(|c| c.is_ascii_alphabetic() || c >= '\u{3400}')
}

fn turned(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width).map(|at| rows.iter().filter_map(|row| row.get(at).cloned()).collect()).collect()
}

/// What a statement or form says of a fact in these years; nothing where it
/// says nothing of it by name. `base` is the year before the application.
///
/// Where it names other facts, or has heads of its own that name no year which
/// is asked, or numbers of lines, the way is empty: which figure is which is not to be guessed then.
pub fn of_statement(
    rows: &[Vec<String>],
    dictionary: &Dictionary,
    at: usize,
    years: &[i32],
    base: i32,
    own: &Own<'_>,
) -> Option<Fill> {
    let book = Book::of(dictionary);
    let statement = statement::read(rows, dictionary, &book, base, own);
    // A line with several figures and no heads at all: in which order they are
    // is asked elsewhere.
    let bare = statement.columns.is_empty();
    let mut fill = Fill::new();
    if bare && statement.found.iter().any(|it| it.fact == at && !it.asks && it.place.is_empty()) {
        return None;
    }
    // A line that goes by the name of another fact is that one.
    let others = statement.found.iter().any(|it| it.fact != at && !it.asks);
    for found in statement.found.into_iter().filter(|it| it.fact == at) {
        let asked = years.iter().any(|year| found.place == year.to_string());
        if asked || found.place.is_empty() {
            let place = if asked { found.place } else { String::new() };
            let looks_like = (found.asks && asked).then(|| (found.label.clone(), found.looks));
            let text = if asked { found.text } else { found.label };
            let value = found.value.filter(|_| asked);
            fill.push(Filled { place, text, value, looks_like });
        }
    }
    let told = |cell: &String| {
        let head = period::head(cell, &book);
        // Which of 未审数 and 审定数 is meant is not to be guessed.
        let doubted = match audit::bare(cell).1 {
            Some(audited) => !audited || head == Head::Amount,
            None => false,
        };
        doubted || matches!(head, Head::Ordinal | Head::This | Head::Last | Head::NoYear)
    };
    if fill.is_empty() && !others && !rows.iter().flatten().any(told) {
        return None;
    }
    Some(fill)
}

/// The ways to understand a block; none where it can't be told. Heads tell
/// which figure is which; without them both orders of the columns are offered,
/// and lines without labels begin at `start`: a line and a column.
pub fn fill(
    rows: Vec<Vec<String>>,
    keys: &Keys,
    start: (usize, usize),
    money_in: Unit,
) -> Vec<Fill> {
    let (table, head) = upright(rows, keys);
    let Some(block) = Block::of(&table, head, keys, start.0) else { return Vec::new() };
    let mut fills = Vec::new();
    for way in block.ways(start.1) {
        let mut fill = block.figures(&way, money_in);
        if !fill.is_empty() {
            block.name_the_rest(&way, &mut fill);
            fills.push(fill);
        }
    }
    fills
}

/// Turns a table whose heads stand on its left. Returns the table, and the row of
/// its heads if it has any.
fn upright(
    rows: Vec<Vec<String>>,
    Keys { lines, columns }: &Keys,
) -> (Vec<Vec<String>>, Option<usize>) {
    let across = turned(&rows);
    // The head is the line that names most, across or down, with something
    // below it. A bare year may be a figure: several of them are not.
    let head_of = |table: &[Vec<String>]| {
        let (mut head, mut most) = (None, 0);
        for (at, row) in table.iter().enumerate().take(table.len().saturating_sub(1)) {
            let named: Vec<&String> =
                row.iter().filter(|cell| find(cell, columns).is_some()).collect();
            let sure = named.len() > 1 || named.iter().any(|cell| spelling(cell).len() > 4);
            if sure && named.len() > most {
                (head, most) = (Some(at), named.len());
            }
        }
        (head, most)
    };
    let (down, turned) = (head_of(&rows), head_of(&across));
    let turn = if down.1 == turned.1 {
        down.1 == 0 && lines.len() == 1 && rows.len() > 1
    } else {
        down.1 < turned.1
    };
    if turn { (across, turned.0) } else { (rows, down.0) }
}

/// A column of the table, and the column that is asked.
type Way = Vec<(usize, usize)>;

/// A block of figures, of which it is known which row is which line.
struct Block<'t> {
    table: &'t [Vec<String>],
    keys: &'t Keys,
    heads: Option<&'t Vec<String>>,
    /// Rows with figures.
    body: Vec<&'t Vec<String>>,
    /// The lines that are asked, with their rows.
    found: Vec<(usize, &'t Vec<String>)>,
}

impl<'t> Block<'t> {
    /// Finds which row is which line; rows without labels follow each other from
    /// the line `start` on. Returns nothing where that can't be told.
    fn of(
        table: &'t [Vec<String>],
        head: Option<usize>,
        keys: &'t Keys,
        start: usize,
    ) -> Option<Self> {
        let lines = &keys.lines;
        let single = lines.len() == 1;
        let below = table.iter().skip(head.map_or(0, |at| at + 1));
        let body = below.filter(|row| row.iter().any(|cell| has_digit(cell)));
        let body: Vec<&Vec<String>> = body.collect();
        let mut found: Vec<(usize, &Vec<String>)> = Vec::new();
        for row in &body {
            if let Some(line) = row.iter().find_map(|cell| find(cell, lines)) {
                found.push((line, row));
            }
        }
        // Lines that are called something else are not those that are asked.
        let labelled = body.iter().any(|row| row.iter().any(|cell| is_label(cell)));
        if found.is_empty() && (!single && !labelled || single && body.len() == 1) {
            found.extend((start..lines.len()).zip(body.iter().copied()));
            if found.len() < body.len() {
                return None;
            }
        }
        if single && found.len() != 1 {
            return None;
        }
        Some(Self { table, keys, heads: head.and_then(|at| table.get(at)), body, found })
    }

    /// Returns the ways in which its columns can be those that are asked. A
    /// single column without a head is the one at `start`.
    fn ways(&self, start: usize) -> Vec<Way> {
        match self.heads {
            Some(heads) => self.named(heads).into_iter().collect(),
            None => self.unnamed(start),
        }
    }

    /// The columns that heads name; nothing where one is named twice, because
    /// which of the two is meant is not for us to say.
    fn named(&self, heads: &[String]) -> Option<Way> {
        let columns = &self.keys.columns;
        let named = heads.iter().enumerate();
        let named = named.filter_map(|(at, cell)| Some((at, find(cell, columns)?)));
        let named: Way = named.collect();
        let asked = |at: &usize| columns.get(*at).is_some_and(|it| !it.place.is_empty());
        let twice = named.iter().enumerate().any(|(at, (_, column))| {
            asked(column) && named.iter().skip(at + 1).any(|(_, other)| other == column)
        });
        (!twice).then_some(named)
    }

    /// Columns without heads, in both orders.
    fn unnamed(&self, start: usize) -> Vec<Way> {
        let Keys { lines, columns } = self.keys;
        let width = self.table.first().map_or(0, Vec::len);
        let label = |cell: &String| find(cell, lines).is_some() || !has_digit(cell);
        let is_label = |at: usize| self.found.iter().filter_map(|(_, row)| row.get(at)).all(label);
        let figures: Vec<usize> = (0..width).filter(|at| !is_label(*at)).collect();
        let count = columns.iter().filter(|column| !column.place.is_empty()).count();
        let mut ways = Vec::new();
        if figures.len() == count {
            ways.push(figures.iter().copied().zip(0..count).collect());
            if count > 1 {
                ways.push(figures.iter().copied().zip((0..count).rev()).collect());
            }
        } else if let ([only], false) = (figures.as_slice(), lines.len() == 1) {
            ways.push(vec![(*only, start)]);
        }
        ways
    }

    /// Reads its figures in one of the ways.
    fn figures(&self, way: &Way, money_in: Unit) -> Fill {
        let common = self.table.iter().find_map(|row| unit::of_row(row));
        let mut fill = Fill::new();
        for (line, row) in &self.found {
            let Some(line) = self.keys.lines.get(*line) else { continue };
            let mut labels = row.iter().filter(|cell| !has_digit(cell));
            let own = labels.find_map(|cell| unit::of_label(cell, &line.names));
            for (at, column) in way {
                let (Some(column), Some(text)) = (self.keys.columns.get(*column), row.get(*at))
                else {
                    continue;
                };
                if text.is_empty() || column.place.is_empty() {
                    continue;
                }
                let head = self.heads.and_then(|heads| heads.get(*at));
                let of_column = head.and_then(|head| unit::in_head(head).1);
                let money = line.kind == Kind::Money;
                let above = common.as_ref().filter(|_| money && own.or(of_column).is_none());
                // A unit that is not known is not passed over.
                let known = above.is_none_or(|line| line.name.is_some());
                let above = above.and_then(|line: &UnitLine| line.name);
                let unit = own.or(of_column).or(above).unwrap_or("");
                let value = figure(text, line.kind, unit, money_in).filter(|_| known);
                let value = value.map(Value::String);
                let dot = if line.place.is_empty() { "" } else { "." };
                let place = [&column.place, dot, &line.place].concat();
                fill.push(Filled { place, text: text.clone(), value, ..Filled::default() });
            }
        }
        fill
    }

    /// Names rows of another name: they are not passed over in silence.
    fn name_the_rest(&self, way: &Way, fill: &mut Fill) {
        let Keys { lines, .. } = self.keys;
        for row in self.body.iter().filter(|row| !row.iter().any(|it| find(it, lines).is_some())) {
            let taken = self.found.iter().any(|(_, other)| core::ptr::eq(*other, *row));
            // Of a whole statement for one line the other lines are not asked.
            if lines.len() == 1 && !taken {
                continue;
            }
            let is_name = |at: &usize, cell: &String| {
                is_label(cell) && !way.iter().any(|(column, _)| column == at)
            };
            let name = row.iter().enumerate().find(|(at, cell)| is_name(at, cell));
            fill.extend(name.map(|(_, cell)| Filled {
                place: String::new(),
                text: cell.clone(),
                value: taken.then_some(Value::Bool(true)),
                looks_like: None,
            }));
        }
    }
}
