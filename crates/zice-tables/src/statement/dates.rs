//! Lines that say of which time the figures of a statement are, where they stand
//! below them, or where the heads name years of their own; and days of signing,
//! wherever they stand.

use zice_rules::text::spelling;

use super::{columns::Column, spot::Spot};
use crate::{
    day::days,
    figure::is_figure,
    period::{self, Dated, Head},
};

/// A line that names a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    dated: Dated,
    /// The last year it names.
    year: Option<i32>,
    /// It says that this is the time of the figures; else it may only be the day
    /// on which they were signed.
    named: bool,
    /// In words, and not by a year that stands alone.
    labelled: bool,
    /// By the words for a day of signing or filling in.
    signing: bool,
}

/// What lines say of the figures of one statement.
#[derive(Debug, Default)]
pub struct Dates {
    /// The first of its figures.
    from: usize,
    /// Heard above them.
    above: Option<Period>,
    /// The day above them on which they were filled in or signed: what was not over
    /// by then can't be a year.
    signed: Option<Period>,
    /// Heard below them, and the last of the figures that is above.
    below: Option<(Period, usize)>,
    /// The time that was known before it.
    before: Option<Dated>,
}

/// What a period goes by.
const NAMED: [&str; 13] = [
    "报表日期",
    "报表期间",
    "报表时间",
    "会计期间",
    "会计年度",
    "会计月份",
    "所属时期",
    "所属期",
    "报告期",
    "资产负债表日",
    "截止日期",
    "数据截止",
    "统计期间",
];
/// What the day of a signature goes by.
const SIGNED: [&str; 12] = [
    "填报日期",
    "填表日期",
    "填报时间",
    "制表日期",
    "编制日期",
    "申报日期",
    "报送日期",
    "报出日期",
    "打印日期",
    "打印时间",
    "签字日期",
    "盖章日期",
];

impl Dates {
    /// Hears a line without figures, of which so many stand above it. `before` is
    /// the time that was known without it.
    pub fn hear(&mut self, row: &[String], figures: usize, before: Option<Dated>) {
        let Some(period) = heard(row) else { return };
        if !self.has_figures(figures) {
            if period.labelled {
                self.above = Some(period);
            } else if period.signing {
                self.signed = Some(period);
            }
            return;
        }
        let period = match self.below {
            // Two that differ are none that is known.
            Some((other, _)) if other.dated != period.dated && other.named && period.named => {
                Period { dated: Dated::NoYear, ..period }
            }
            Some((other, _)) if other.named && !period.named => other,
            _ => {
                self.before = before;
                period
            }
        };
        self.below = Some((period, figures));
    }

    /// Whether the statement that ends above so many figures has any.
    pub const fn has_figures(&self, figures: usize) -> bool {
        figures > self.from
    }

    /// Figures follow: what stood right above them is not about those before.
    pub fn follow(
        &mut self,
        from: usize,
        spots: &mut [Spot<'_>],
        columns: &mut [Column],
        base: i32,
    ) {
        let Some((period, to)) = self.below.take() else { return };
        self.end(to, spots, columns, base);
        *self = Self { from, above: Some(period).filter(|it| it.labelled), ..Self::default() };
    }

    /// The statement ends here: what stands below its figures is about them.
    pub fn end(&mut self, to: usize, spots: &mut [Spot<'_>], columns: &mut [Column], base: i32) {
        let Some(own) = spots.get_mut(self.from..to) else { return };
        let years: Vec<Option<i32>> = own.iter().map(|spot| spot.year).collect();
        if let Some(period) = self.above {
            period.check_heads(own);
        }
        if let Some(period) = self.signed {
            period.check_heads(own);
            period.check_others(own, None, base);
        }
        if let Some((period, _)) = self.below {
            period.check_heads(own);
            period.check_others(own, self.before, base);
        }
        for (spot, _) in own.iter().zip(years).filter(|(spot, year)| spot.year != *year) {
            if let Some(column) = spot.column.and_then(|at| columns.get_mut(at)) {
                column.year = spot.year;
            }
        }
    }

    /// Another statement begins below so many figures. A line with its title that
    /// names a time and has no figures below it is about those above.
    pub fn begin(&mut self, row: &[String], figures: usize, before: Option<Dated>) {
        let said = heard(row).is_some() && self.has_figures(figures);
        let from = if said { self.from } else { figures };
        *self = Self { from, ..Self::default() };
        self.hear(row, figures, before);
    }
}

impl Period {
    /// Whether figures of a year can be those of this time.
    fn can_hold(self, year: i32) -> bool {
        let whole = matches!(self.dated, Dated::Year(_));
        self.year.is_some_and(|own| year < own || year == own && whole)
    }

    /// Heads with years of their own: those that were not over yet are none, and
    /// none is where another year than all of theirs is named.
    fn check_heads(self, spots: &mut [Spot<'_>]) {
        let own = self.year.map(|year| year.to_string()).unwrap_or_default();
        let told = |spot: &Spot<'_>| {
            let head = |(head, text): (Head, &str)| {
                text.contains(&own) || self.year.is_some_and(|year| head == Head::Year(year))
            };
            spot.head.is_some_and(head)
        };
        let told = !own.is_empty() && spots.iter().any(told);
        for spot in spots {
            let explicit = matches!(spot.head, Some((Head::Year(_), _)));
            let holds = |year: &i32| self.can_hold(*year) && (told || !self.named);
            if explicit {
                spot.year = spot.year.filter(holds);
            }
        }
    }

    /// Figures whose year no head names: it is that of the line, unless another
    /// one was known.
    fn check_others(self, spots: &mut [Spot<'_>], before: Option<Dated>, base: i32) {
        for spot in spots {
            let head = spot.head.filter(|(head, _)| !matches!(head, Head::Year(_)));
            if spot.year.is_none() || head.is_none() && spot.head.is_some() {
                continue;
            }
            spot.year = match before {
                _ if !self.named => spot.year.filter(|year| self.can_hold(*year)),
                Some(before) if before != self.dated => None,
                _ => period::year_of(spot.head, Some(self.dated), base),
            };
        }
    }
}

/// The time that a line names.
fn heard(row: &[String]) -> Option<Period> {
    if let Some(dated) = period::of_cells(row) {
        let year = period::last_year(&row.join(" "));
        return Some(Period { dated, year, named: true, labelled: true, signing: false });
    }
    let cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let all: Vec<Period> = cells.filter_map(|(at, cell)| heard_in(row, at, cell)).collect();
    all.iter().find(|it| it.labelled).or(all.iter().find(|it| it.named)).or(all.first()).copied()
}

/// The time that a cell names, or the one behind it.
fn heard_in(row: &[String], at: usize, cell: &str) -> Option<Period> {
    let label = NAMED.iter().find(|word| cell.contains(**word));
    let signed = SIGNED.iter().find(|word| cell.contains(**word));
    let signed = signed.or(Some(&"日期").filter(|word| cell.starts_with(**word)));
    let text = match label.or(signed).and_then(|word| cell.split_once(*word)) {
        Some((_, behind)) => {
            let behind = behind.trim_start_matches([':', '：', ' ', '\u{3000}']);
            let next = row.iter().skip(at + 1).find(|it| !it.is_empty());
            if spelling(behind).is_empty() { next?.as_str() } else { behind }
        }
        // A figure is no year.
        None => {
            let day = !days(cell).is_empty();
            let time = period::is_time(cell) && (day || !is_figure(cell));
            Some(cell)
                .filter(|_| time && !row.iter().any(|it| is_figure(it) && days(it).is_empty()))?
        }
    };
    let dated = period::dated(text).or_else(|| period::is_time(text).then_some(Dated::NoYear));
    let dated = dated.filter(|_| !spelling(text).is_empty())?;
    // Hardly anything is signed on the last day of a year.
    let whole = matches!(dated, Dated::Year(_)) && !SIGNED.iter().any(|word| cell.contains(word));
    let labelled = label.is_some();
    let named = labelled || whole;
    let signing = signed.is_some() && !named;
    Some(Period { dated, year: period::last_year(text), named, labelled, signing })
}
