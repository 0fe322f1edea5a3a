//! Which column of a table stands for which field of a list.

use zice_rules::{
    dictionary::{Fact, Field, Kind},
    text::spelling,
};

use crate::{
    cell::{Cell, Own, Reader},
    day::days,
    figure::is_figure,
    mention::{Mentions, says},
    right, signs, unit, words,
};

/// Heads are looked for this far down; titles stand above them.
const WITHIN: usize = 40;

/// All names of the fields of a list.
pub struct Names {
    fields: Vec<(Vec<String>, Vec<String>)>,
    /// The field that says whether a right is in force, if there is one.
    status: Option<usize>,
}

/// What a head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// It stands for this field.
    Field(usize),
    /// It says with yes or no whether the right was granted, which is this
    /// field.
    Granted(usize),
    /// It looks like this field and is something else, or may be.
    Asks(usize),
    /// It certainly stands for no field.
    Other,
    /// It is not known.
    Unknown,
}

impl Names {
    /// The names of the fields of a list.
    pub fn of(fact: &Fact) -> Self {
        let fields = fact.fields.iter().map(|field| (field.names(), field.look_alikes()));
        let status = fact.fields.iter().position(|field| field.id == "status");
        Self { fields: fields.collect(), status }
    }

    /// The names of one field.
    pub fn field(&self, at: usize) -> &[String] {
        self.fields.get(at).map_or(&[], |(names, _)| names)
    }

    /// What a head says.
    pub fn head(&self, head: &str) -> Head {
        let tried = spellings(head);
        let find = |asked: bool| {
            tried.iter().find_map(|spelled| {
                self.fields
                    .iter()
                    .position(|(names, asks)| if asked { asks } else { names }.contains(spelled))
            })
        };
        let spelled = tried.first().map_or("", String::as_str);
        match self.status {
            Some(status) if words::is_one_of(spelled, words::GRANTED_OR_NOT) => {
                Head::Granted(status)
            }
            // The dictionary's own names go before what is usually passed over,
            // and that before what only looks like a field.
            _ => match find(false) {
                Some(at) => Head::Field(at),
                None if tried.iter().any(|it| words::is_one_of(it, words::OTHER)) => Head::Other,
                None => find(true).map_or(Head::Unknown, Head::Asks),
            },
        }
    }

    /// The row that names most fields, if any, and how many different ones.
    pub fn row(&self, rows: &[Vec<String>]) -> (Option<usize>, usize) {
        let (mut found, mut most) = (None, 0);
        for (at, row) in rows.iter().take(WITHIN).enumerate() {
            let mut fields = Vec::new();
            for cell in row {
                if let Head::Field(field) = self.head(cell)
                    && !fields.contains(&field)
                {
                    fields.push(field);
                }
            }
            if fields.len() > most {
                (found, most) = (Some(at), fields.len());
            }
        }
        (found, most)
    }
}

/// The spellings a head is looked for by: as it is; without the mark that a
/// data base puts in front (`[标]`); without a unit or a hint how to fill it in.
pub fn spellings(head: &str) -> Vec<String> {
    // A slip that half of all tables have in it.
    let head = &head.replace("权力", "权利");
    let mut tried = vec![spelling(head)];
    let mut add = |text: &str| {
        let spelled = spelling(text);
        if !spelled.is_empty() && !tried.contains(&spelled) {
            tried.push(spelled);
        }
    };
    let head = head.trim().trim_start_matches('*');
    let marked = head.split_once([']', '】']).filter(|_| head.starts_with(['[', '【']));
    let plain = marked.map_or(head, |(_, rest)| rest);
    add(plain);
    let (rest, named) = unit::in_head(plain);
    let hint = plain.get(rest.len()..).map(spelling).unwrap_or_default();
    // 取得方式（自主研发/受让） lists what there is to choose from.
    let lists = plain.get(rest.len()..).is_some_and(|it| it.contains(['/', '／', '、']));
    let hints = ["必填", "选填", "可选", "如有", "年月日", "yyyymmdd", "年"];
    if named.is_some() || lists || hints.contains(&hint.as_str()) {
        add(rest);
    }
    tried.retain(|it| !it.is_empty());
    tried
}

/// Without a head only choices tell a column, where every cell is one of one
/// single field: a day may be any day.
pub fn by_content(
    rows: &[Vec<String>],
    column: usize,
    fact: &Fact,
    own: &Own<'_>,
) -> Option<usize> {
    let mut fitting = None;
    for (at, field) in fact.fields.iter().enumerate().filter(|(_, it)| it.kind == Kind::Enum) {
        if all_are(rows, column, &Reader::new(field, "", own)) {
            if fitting.is_some() {
                return None;
            }
            fitting = Some(at);
        }
    }
    fitting
}

/// A column that holds nothing but numbers of rights, whatever it is called
/// (编号), where no other one is for them.
pub fn numbers(rows: &[Vec<String>], heads: &[Head], fact: &Fact) -> Option<(usize, usize)> {
    let field = fact.fields.iter().position(|it| it.id == "number" && it.kind == Kind::Text)?;
    if heads.contains(&Head::Field(field)) {
        return None;
    }
    let mut columns = heads.iter().enumerate().filter(|(at, head)| {
        let free = matches!(head, Head::Unknown | Head::Other) || **head == Head::Asks(field);
        free && cells(rows, *at).next().is_some()
            && cells(rows, *at).all(|cell| right::number(cell).known)
    });
    let (column, _) = columns.next()?;
    columns.next().is_none().then_some((column, field))
}

/// The cells of a column that say something: neither empty nor a dash.
fn cells(rows: &[Vec<String>], column: usize) -> impl Iterator<Item = &str> {
    let cells = rows.iter().filter_map(move |row| row.get(column).map(String::as_str));
    cells.filter(|cell| !signs::is_nothing(cell))
}

/// Whether something stands in the column, and all of it can be read.
fn all_are(rows: &[Vec<String>], column: usize, reader: &Reader<'_>) -> bool {
    let mut any = false;
    cells(rows, column).all(|cell| {
        any = true;
        matches!(reader.read(cell), Cell::Is(_))
    }) && any
}

/// The fields that a column which was not recognised can be about, of those
/// that have no column of their own. Whatever such a column says, a default
/// may not stand in its place.
///
/// It is about none if its head is known to be something else, or if all that
/// stands in it is: running numbers, other numbers, numbers of rights, names of
/// products. A column of days can be about days, and about what ends or changes
/// hands on a day; one in which every cell can be read as some fields, only about
/// those. All else may be anything.
pub fn concerned(
    rows: &[Vec<String>],
    column: usize,
    head: Head,
    fact: &Fact,
    free: &[usize],
    own: &Own<'_>,
    head_words: &[String],
) -> Vec<usize> {
    let field = |at: &usize| fact.fields.get(*at);
    let some = |wanted: &dyn Fn(&Field) -> bool| {
        free.iter().copied().filter(|at| field(at).is_some_and(wanted)).collect::<Vec<usize>>()
    };
    if cells(rows, column).next().is_none() {
        return Vec::new();
    }
    // 转让次数: 0, 是否许可: 否.
    let denied = cells(rows, column).all(|cell| words::is_one_of(&spelling(cell), words::NO));
    let of_others = || {
        // What is usual is yes of few fields; of those a no is worse.
        let best = |field: &&Field| field.default.as_deref().is_some_and(|it| it != "true");
        let mentions: Vec<Mentions<'_>> =
            fact.fields.iter().filter(best).map(|field| Mentions::of(field, own)).collect();
        // 无权属争议: 否 is bad news.
        !mentions.iter().any(|it| it.is_denied_in(head_words))
            && (head_words.iter().any(|it| says(it, words::MOVED))
                || mentions.iter().any(|it| it.is_other_in(head_words)))
    };
    if denied && !matches!(head, Head::Field(_) | Head::Granted(_)) && of_others() {
        return Vec::new();
    }
    let published = head_words.iter().any(|it| holds(it, words::PUBLISHED));
    match head {
        Head::Other | Head::Field(_) | Head::Granted(_) => return Vec::new(),
        Head::Asks(at) => {
            // 受让日期 says of a right how it came to the company.
            let of_days = !published && cells(rows, column).all(|cell| !days(cell).is_empty());
            return some(&|field| {
                let asked = fact.fields.get(at).is_some_and(|it| it.id == field.id);
                asked || of_days && is_told_by_days(field)
            });
        }
        Head::Unknown => {}
    }
    let all = |is: &dyn Fn(&str) -> bool| cells(rows, column).all(is);
    // 权利范围, where it says that nobody else has a part in it.
    if all(&|cell| words::is_one_of(&spelling(cell), words::WHOLE_RIGHT)) {
        return Vec::new();
    }
    let yes_or_no = all(&|cell| matches!(cell, "0" | "1")) && !is_running(rows, column);
    // 20220301 is a day, 44621 more likely an amount.
    let short = |cell: &str| cell.len() < 8 && cell.bytes().all(|byte| byte.is_ascii_digit());
    if all(&|cell| is_figure(cell) && (days(cell).is_empty() || short(cell))) {
        return some(&|field| {
            yes_or_no && field.kind == Kind::Bool
                || Mentions::of(field, own).is_spoken_of(head_words)
        });
    }
    // 年费状态 is of the status and of nothing else.
    let standing = head_words
        .iter()
        .any(|it| words::stands(it, words::ENDING) || words::stands(it, words::STANDING));
    if standing && fact.fields.iter().any(|field| field.id == "status") {
        return some(&|field| {
            field.id == "status" || Mentions::of(field, own).is_spoken_of(head_words)
        });
    }
    if all(&|cell| !days(cell).is_empty()) {
        return some(&|field| field.kind == Kind::Date || !published && is_told_by_days(field));
    }
    if all(&|cell| right::number(cell).known) {
        return some(&|field| field.kind == Kind::Text);
    }
    let named = fact.fields.iter().position(|field| field.id == "name");
    if named.is_some_and(|at| free.contains(&at)) && all(&is_product) {
        return Vec::new();
    }
    let read = some(&|field| {
        // 不是共有: 否 can be read as some fields and is about another.
        let mentions = Mentions::of(field, own);
        field.kind != Kind::Text && all_are(rows, column, &Reader::new(field, "", own))
            || cells(rows, column).any(|cell| mentions.is_doubted_by(head_words, cell))
    });
    if read.is_empty() { some(&|field| field.kind != Kind::Text) } else { read }
}

fn holds(head: &str, all: &[&str]) -> bool {
    all.iter().any(|word| head.contains(word))
}

/// Whether a day can say it: a right ends, or is bought, on one.
fn is_told_by_days(field: &Field) -> bool {
    matches!(field.id.as_str(), "status" | "obtained_by")
}

/// 1, 2, 3 …
fn is_running(rows: &[Vec<String>], column: usize) -> bool {
    let numbers: Option<Vec<u32>> = cells(rows, column).map(|cell| cell.parse().ok()).collect();
    numbers.is_some_and(|all| {
        // 0 and 1 are no and yes.
        all.len() > 1
            && all.first() != Some(&0)
            && all.windows(2).all(|two| matches!(two, [a, b] if a.checked_add(1) == Some(*b)))
    })
}

/// What only the name of an invention or a program looks like.
fn is_product(cell: &str) -> bool {
    let ends = ["软件", "系统", "平台", "方法", "装置", "设备", "结构", "工艺"];
    let long = cell.chars().count() > 4;
    let version = cell
        .rsplit_once(['V', 'v'])
        .is_some_and(|(_, it)| it.starts_with(|c: char| c.is_ascii_digit()));
    long && (cell.starts_with("一种") || version || ends.iter().any(|end| cell.ends_with(end)))
}
