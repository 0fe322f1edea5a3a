//! Statements and forms: lines that go by the names of facts, columns that are
//! fiscal years, or labels with their value beside them.

mod columns;
mod dates;
mod found;
mod settlement;
mod spot;
mod sum;
mod title;
mod units;

pub use columns::Column;
pub use found::Found;

use zice_rules::{Dictionary, dictionary::Kind, text::spelling};

use self::{
    columns::{HeadCell, is_figure},
    dates::Dates,
    settlement::{settle_audited, settle_places},
    spot::{Spot, Taker},
    sum::{Addends, add_up},
    title::{Line, Titles},
    units::{Units, is_unit, own_unit},
};
use crate::{
    cell::{Cell, Own, Reader},
    label::{Book, Meaning},
    period::{self, Head},
    unit::{self, UnitLine},
    words,
};

/// What was found in a statement or form.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// Figures and answers, in the order of the table.
    pub found: Vec<Found>,
    /// Columns of figures.
    pub columns: Vec<Column>,
    /// The unit that the table names.
    pub unit: Option<UnitLine>,
}

/// What has been read so far of what stands above.
struct Reading<'a> {
    dictionary: &'a Dictionary,
    book: &'a Book,
    /// The year before the application.
    base: i32,
    own: Own<'a>,
    heads: Option<Vec<HeadCell<'a>>>,
    titles: Titles,
    unit: Option<UnitLine>,
    /// How many figures stood above it.
    unit_at: Option<usize>,
    /// Some label, head or line names a unit of its own.
    units_beside: bool,
    /// The row above was one of heads.
    fresh: bool,
    /// Some line without heads above it has several values: the others may be
    /// of any year too, however many are left of them.
    several: bool,
    /// The facts of this form begin so.
    form: Option<&'static str>,
    spots: Vec<Spot<'a>>,
    columns: Vec<Column>,
    /// Lines that name the time of the figures.
    dates: Dates,
}

/// Reads rows as a statement or form. `base` is the year before the
/// application, which is meant where the table names no year.
pub fn read(
    rows: &[Vec<String>],
    dictionary: &Dictionary,
    book: &Book,
    base: i32,
    own: &Own<'_>,
) -> Statement {
    let upright = read_upright(rows, dictionary, book, base, own);
    if upright.found.iter().any(|it| it.value.is_some()) {
        return upright;
    }
    // Years may run down and names across.
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let turned: Vec<Vec<String>> =
        (0..width).map(|at| rows.iter().map(|row| cell(row, at)).collect()).collect();
    let turned = read_upright(&turned, dictionary, book, base, own);
    let better = turned.found.iter().any(|it| it.value.is_some());
    let more = upright.found.is_empty() && !turned.found.is_empty();
    if better || more { turned } else { upright }
}

fn read_upright(
    rows: &[Vec<String>],
    dictionary: &Dictionary,
    book: &Book,
    base: i32,
    own: &Own<'_>,
) -> Statement {
    let named = |cell: &String| unit::in_head(cell).1.is_some_and(|it| unit::money(it).is_some());
    let units = Units::of(rows, book);
    let mut reading = Reading {
        dictionary,
        book,
        base,
        own: *own,
        heads: None,
        titles: Titles::default(),
        unit: units.from_below,
        unit_at: None,
        units_beside: units.beside || rows.iter().flatten().any(named),
        fresh: false,
        several: false,
        form: None,
        spots: Vec::new(),
        columns: Vec::new(),
        dates: Dates::default(),
    };
    for (at, row) in rows.iter().enumerate() {
        reading.row(at, row);
    }
    let unit = units.named;
    let mut spots = core::mem::take(&mut reading.spots);
    reading.dates.end(spots.len(), &mut spots, &mut reading.columns, base);
    settle_audited(&mut spots, &reading.columns);
    if reading.several {
        spots.iter_mut().filter(|it| it.column.is_none()).for_each(|it| it.year = None);
    }
    let mut found = Vec::new();
    let mut addends = Addends::default();
    let own_year = reading.year(None).unwrap_or(base);
    let taker = Taker { dictionary, own: *own, own_year };
    for spot in &spots {
        taker.take(spot, &mut found, &mut addends);
    }
    add_up(&addends, dictionary, &mut found);
    settle_places(&mut found);
    // What only looks like a fact need not be asked where that stands there.
    let told: Vec<(usize, String)> = found
        .iter()
        .filter(|it| it.value.is_some())
        .map(|it| (it.fact, it.place.clone()))
        .collect();
    found.retain(|it| !it.asks || !told.contains(&(it.fact, it.place.clone())));
    Statement { found, columns: reading.columns, unit }
}

impl<'a> Reading<'a> {
    fn row(&mut self, at: usize, row: &'a [String]) {
        if period::of_cells(row).is_none()
            && let Some(heads) = self.head(row)
        {
            (self.heads, self.fresh) = (Some(heads), true);
            return;
        }
        let fresh = core::mem::take(&mut self.fresh);
        let before = self.spots.len();
        self.cells(at, row);
        if self.spots.len() > before {
            self.dates.follow(before, &mut self.spots, &mut self.columns, self.base);
            // 近三年研究开发费用总额 | 770 | 其中：…: the part is one of three years too.
            let several = |text: &str| words::SEVERAL_YEARS.iter().any(|word| text.contains(word));
            let others = self.titles.are_others();
            for spot in self.spots.iter_mut().skip(before) {
                let asks = matches!(spot.meaning, Meaning::Asks(_)) && several(spot.label);
                if others || asks || row.iter().any(|cell| cell != spot.label && several(cell)) {
                    spot.year = None;
                }
            }
            return;
        }
        let (above, figures) = (self.heads.is_none(), self.spots.len());
        let line = Line { row, above, figures, name: self.own.name };
        let known = self.titles.dated();
        if line.names_a_statement() {
            if self.dates.has_figures(figures) {
                self.titles.begin();
            }
            self.dates.end(figures, &mut self.spots, &mut self.columns, self.base);
            self.dates.begin(row, figures, known);
        } else {
            self.dates.hear(row, figures, known);
        }
        self.titles.read(line);
        if line.is_note_of_plans() {
            self.spots.iter_mut().for_each(|spot| spot.year = None);
        }
        if let Some(heads) = self.heads.as_mut().filter(|_| fresh) {
            columns::divide(heads, &mut self.columns, row);
        }
        // A row without anything known may say something of all that follows.
        if let Some(line) = unit::of_titles(core::slice::from_ref(&row.to_vec())) {
            // Two different ones with no figure between are none that is known.
            let again = self.unit.as_ref().filter(|_| self.unit_at == Some(self.spots.len()));
            let same = again.is_none_or(|it| it.name == line.name);
            self.unit = Some(UnitLine { name: line.name.filter(|_| same), ..line });
            self.unit_at = Some(self.spots.len());
        }
        let mut filled = row.iter().filter(|cell| !cell.is_empty());
        if let (Some(title), None) = (filled.next(), filled.next()) {
            // Another table begins: its heads are its own.
            if title.contains("科技型中小企业") {
                (self.form, self.heads) = (Some("sme_"), None);
            } else if title.contains("高新技术企业") {
                (self.form, self.heads) = (Some("hnte_"), None);
            }
        }
    }

    /// The heads, if the row is one of heads.
    fn head(&mut self, row: &'a [String]) -> Option<Vec<HeadCell<'a>>> {
        let mut cells = Vec::with_capacity(row.len());
        let (mut timed, mut labels) = (0, 0);
        for (at, text) in row.iter().enumerate() {
            let head = period::head(text, self.book);
            match head {
                Head::Ordinal => labels += 1,
                Head::Other => {
                    let known =
                        self.book.find(text).iter().any(|it| !matches!(it, Meaning::Asks(_)));
                    let noted = !text.is_empty() && unit::line(text, None).is_some();
                    let dated = text.contains("编制单位") || text.contains("填报单位");
                    let figure = is_figure(text) && !(labels > 0 && period::is_month(text));
                    if known || figure || noted || dated {
                        return None;
                    }
                    labels += usize::from(LABELS.contains(&spelling(text).as_str()));
                    labels += usize::from(at == 0 && text.is_empty());
                }
                _ => timed += 1,
            }
            cells.push(HeadCell { head, text, column: None });
        }
        // 2025Q3, 预测, 同比: a head of some time or of a rate is none of a year.
        for cell in cells.iter_mut().skip(1) {
            if labels > 0 && cell.head == Head::Other && period::speaks_of_time(cell.text) {
                cell.head = Head::NoYear;
                timed += 1;
            }
        }
        columns::settle_parts(&mut cells);
        // A single year alone is the date of the statement, or a figure.
        if timed == 0 || labels == 0 && timed < 2 {
            return None;
        }
        if let Some(above) = self.heads.as_ref().filter(|_| self.fresh) {
            columns::settle_below(&mut cells, above);
        }
        columns::settle_amounts(&mut cells, timed);
        for cell in &mut cells {
            if !matches!(cell.head, Head::Other | Head::Ordinal) {
                cell.column = Some(self.columns.len());
                let year = self.year(Some((cell.head, cell.text)));
                self.columns.push(Column { head: cell.text.to_owned(), year });
            }
        }
        Some(cells)
    }

    /// The fiscal year of a column, or of a label's only value.
    fn year(&self, head: Option<(Head, &str)>) -> Option<i32> {
        period::year_of(head, self.titles.dated(), self.base)
    }

    /// The cells of a row that stand beside a name that is known.
    fn cells(&mut self, at: usize, row: &'a [String]) {
        let heads = self.heads.take();
        let head_at = |column: usize| heads.as_ref().and_then(|heads| heads.get(column));
        let timed = |column: usize| {
            head_at(column).is_some_and(|it| !matches!(it.head, Head::Other | Head::Ordinal))
        };
        // Where a name stands in a column of figures the heads are another
        // table's.
        let known: Vec<Vec<Meaning>> = row
            .iter()
            .map(|text| if is_figure(text) { Vec::new() } else { self.meanings(text) })
            .collect();
        let foreign = known.iter().enumerate().any(|(column, it)| timed(column) && !it.is_empty());
        let with_heads = heads.is_some() && !foreign;
        let own = own_unit(row, self.book);
        let mut label: Option<(&'a str, &Vec<Meaning>)> = None;
        let mut beside: Vec<&'a str> = Vec::new();
        let mut free: Vec<(&'a str, &Vec<Meaning>, Vec<&'a str>)> = Vec::new();
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let meanings = known.get(column).filter(|it| !it.is_empty());
            // 征收方式 | 查账征收: an answer may be a name too.
            let answers = label.filter(|_| beside.is_empty() && !with_heads);
            let meanings = meanings.filter(|_| !answers.is_some_and(|it| self.answers(it.1, text)));
            if let Some(meanings) = meanings {
                if let Some((label, meanings)) = label.take() {
                    free.push((label, meanings, core::mem::take(&mut beside)));
                }
                label = Some((text, meanings));
            } else if !is_figure(text) && is_unit(text) {
                // 销售收入 | 万元 | 3865: the unit of the line, wherever it stands.
            } else if with_heads {
                let Some(cell) = head_at(column) else { continue };
                match cell.head {
                    Head::Ordinal => {}
                    // Another name, of nothing that is asked.
                    Head::Other if !is_figure(text) => label = None,
                    Head::Other => {}
                    _ => {
                        if let Some((label, meanings)) = label {
                            let head = Some((cell.head, cell.text));
                            self.spots((at, own), label, meanings, text, head, cell.column);
                        }
                    }
                }
            } else if label.is_some() {
                beside.push(text);
            }
        }
        if let Some((label, meanings)) = label {
            free.push((label, meanings, beside));
        }
        if !with_heads {
            for (label, meanings, values) in free {
                // Which of several is meant can't be told without heads.
                // Another name, of nothing that is asked, may follow the value.
                let first = values.len().min(1);
                let figures = values.iter().skip(first).take_while(|text| is_figure(text)).count();
                let head = (figures > 0).then_some((Head::NoYear, ""));
                self.several |= figures > 0;
                for text in values.iter().take(first + figures) {
                    self.spots((at, own), label, meanings, text, head, None);
                }
            }
        }
        self.heads = heads;
    }

    /// Whether a cell says what is asked, where that is a choice.
    fn answers(&self, meanings: &[Meaning], text: &str) -> bool {
        meanings.iter().any(|meaning| {
            let Meaning::Fact(at) = meaning else { return false };
            let fact = self.dictionary.facts.get(*at);
            fact.filter(|it| matches!(it.kind, Kind::Bool | Kind::Enum)).is_some_and(|fact| {
                matches!(Reader::of_fact(fact, "", &self.own).read(text), Cell::Is(_))
            })
        })
    }

    /// What a name stands for, in this form.
    fn meanings(&self, text: &str) -> Vec<Meaning> {
        let found = self.book.find(text);
        let asked = found.iter().all(|it| matches!(it, Meaning::Asks(_)));
        let form = self.form.filter(|_| asked);
        match form.and_then(|form| self.book.in_form(text, form, self.dictionary)) {
            Some(fact) => vec![Meaning::Fact(fact)],
            None => found,
        }
    }

    fn spots(
        &mut self,
        (row, own): (usize, Option<Option<&'static str>>),
        label: &'a str,
        meanings: &[Meaning],
        text: &'a str,
        head: Option<(Head, &'a str)>,
        column: Option<usize>,
    ) {
        let is_fact = |it: &Meaning| matches!(it, Meaning::Fact(_) | Meaning::Field(..));
        let taken = meanings.iter().any(is_fact);
        let side = match head {
            Some((Head::Side(fact, side), _)) => Some((fact, side)),
            _ => None,
        };
        for meaning in meanings {
            // A look-alike of one fact is asked only where it is none itself.
            if taken && matches!(meaning, Meaning::Asks(_)) {
                continue;
            }
            let unit = self.unit_of(label, head.map_or("", |(_, text)| text), own);
            let year = self.year(head);
            let meaning = *meaning;
            self.spots.push(Spot { meaning, label, text, row, year, head, column, side, unit });
        }
    }

    /// The unit of an amount: of its line, its column, or the table. Nothing
    /// where it is not known, where two are named, or where others name one and
    /// this does not. `own` is what a cell of its line names.
    fn unit_of(
        &self,
        label: &str,
        head: &str,
        own: Option<Option<&'static str>>,
    ) -> Option<&'static str> {
        let named = [label, head].into_iter().find_map(|text| {
            let named = unit::in_head(text).1;
            named.filter(|it| unit::is_money(it) || unit::is_letters(it)).map(unit::money)
        });
        match (own, named) {
            (Some(own), Some(named)) => return own.filter(|own| Some(*own) == named),
            (Some(one), None) | (None, Some(one)) => return one,
            (None, None) => {}
        }
        match &self.unit {
            Some(line) => line.name,
            None if self.units_beside => None,
            None => Some(""),
        }
    }
}

/// Heads of the column of names.
const LABELS: [&str; 16] = [
    "项目",
    "项目名称",
    "指标",
    "指标名称",
    "科目",
    "会计科目",
    "资产",
    "负债和所有者权益",
    "负债和股东权益",
    "负债和所有者权益或股东权益",
    "名称",
    "内容",
    "年度",
    "年份",
    "报表项目",
    "行次",
];
