//! What stands in a cell: a figure, a day, yes or no, a choice. Whatever can
//! be read in two ways is not read at all.

use serde_json::{Value, json};
use zice_rules::{
    Date, decimal,
    dictionary::{Choice, Field, Kind, OWN_NAME},
    fraction::Fraction,
    text::spelling,
};

use crate::{
    typed::{half_width, plain_day, plain_figure},
    words,
};

/// How a day is to be read that can be read in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `05/06/2021` is in June.
    DayFirst,
    /// It is in May.
    MonthFirst,
    /// `44317` counts the days as Excel does.
    Serial,
}

/// A cell that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing stands there, or nothing is wanted of it.
    Nothing,
    /// What it says.
    Is(Value),
    /// What the page can't make out.
    Marked,
    /// A day that can be read in several ways.
    Asks,
}

/// A field with all names of its choices, to read many cells with.
pub struct Reader<'a> {
    pub kind: Kind,
    /// What the head of the column says figures are multiplied by; nothing
    /// where it says something unknown.
    pub factor: Option<Fraction>,
    /// Whether the head says it.
    pub united: bool,
    pub order: Option<Order>,
    choices: Vec<(String, &'a str)>,
}

impl<'a> Reader<'a> {
    /// A reader of cells of a field; `company` is the company's own name.
    pub fn new(field: &'a Field, unit: Option<&str>, company: &str) -> Self {
        let factor = unit.map_or(Some(Fraction::ONE), |unit| factor(unit, field.kind));
        let mut choices = Vec::new();
        for choice in &field.values {
            choices.extend(choice.names().into_iter().map(|name| (name, choice.id.as_str())));
            if is_own(choice) && !spelling(company).is_empty() {
                choices.push((spelling(company), &choice.id));
            }
        }
        Self { kind: field.kind, factor, united: unit.is_some(), order: None, choices }
    }

    /// Whether it reads figures.
    pub const fn is_number(&self) -> bool {
        self.kind.is_number() && !matches!(self.kind, Kind::Date)
    }

    /// Reads a cell.
    pub fn read(&self, text: &str) -> Cell {
        let spelled = spelling(text);
        // A dash is "nothing" where words stand, but often nought in accounts.
        if text.is_empty() || (spelled.is_empty() && !self.is_number() && self.kind != Kind::Bool) {
            return Cell::Nothing;
        }
        let value = match self.kind {
            Kind::Text => Some(json!(text)),
            Kind::Bool => bool_of(text, &spelled).map(Value::Bool),
            Kind::Enum => self.choice(&spelled).map(|id| json!(id)),
            Kind::EnumList => {
                let parts = text.split(['、', ',', '，', ';', '；', '/']).map(spelling);
                let ids: Option<Vec<&str>> = parts.map(|part| self.choice(&part)).collect();
                ids.map(|ids| json!(ids))
            }
            Kind::Date => return self.day(text),
            _ => self.figure(text).map(|figure| json!(figure)),
        };
        value.map_or(Cell::Marked, Cell::Is)
    }

    fn choice(&self, spelled: &str) -> Option<&'a str> {
        self.choices.iter().find(|(name, _)| name == spelled).map(|(_, id)| *id)
    }

    fn figure(&self, text: &str) -> Option<String> {
        figure(text, self.kind, self.factor?, self.united)
    }

    fn day(&self, text: &str) -> Cell {
        let ways = days(text);
        let one = match (ways.as_slice(), self.order) {
            ([(None, day)], _) => Some(day),
            (_, Some(order)) => ways.iter().find(|way| way.0 == Some(order)).map(|way| &way.1),
            _ => None,
        };
        match one {
            Some(day) => Cell::Is(json!(day.to_string())),
            None if ways.is_empty() || self.order.is_some() => Cell::Marked,
            None => Cell::Asks,
        }
    }
}

/// Whether a choice is meant where the company's own name stands.
fn is_own(choice: &Choice) -> bool {
    choice.aliases.iter().any(|alias| alias == OWN_NAME)
}

fn bool_of(text: &str, spelled: &str) -> Option<bool> {
    let one_of = |all: &words::Word| all.both().iter().any(|words| words.split(' ').any(|it| it == text || it == spelled));
    match (one_of(&words::TRUE_WORDS), one_of(&words::FALSE_WORDS)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// A figure with or without a unit, `(1,234.50)` being negative as in
/// accounts. A cell's own unit and that of its head must not differ.
pub fn figure(text: &str, kind: Kind, head: Fraction, united: bool) -> Option<String> {
    let half = half_width(text).replace(['¥', '￥'], "");
    let half = half.trim();
    let bare = half.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let bare = bare.map(|bare| ["-", bare].concat());
    let half = bare.as_deref().unwrap_or(half);
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' ');
    let (digits, unit) = half.split_at(half.find(|c| !is_digit(c)).unwrap_or(half.len()));
    let plain = plain_figure(digits.trim());
    let own = factor(unit, kind)?;
    let factor = match (unit.is_empty(), united) {
        (true, _) => head,
        (false, true) if own != head => return None,
        _ => own,
    };
    let value = decimal::parse(&plain).ok()?;
    if factor == Fraction::ONE {
        return Some(plain);
    }
    let product = value.mul(factor).ok()?.to_decimal_or_ratio();
    decimal::parse(&product).ok().map(|_| product)
}

/// What figures with this unit are multiplied by; nothing for a unit that is
/// not known.
pub fn factor(unit: &str, kind: Kind) -> Option<Fraction> {
    if kind == Kind::Rate && matches!(unit.trim(), "%" | "％") {
        return Fraction::ONE.div(Fraction::whole(100)).ok()?;
    }
    let spelled = spelling(unit);
    if spelled.is_empty() {
        return unit.trim().is_empty().then_some(Fraction::ONE);
    }
    if kind != Kind::Money {
        return words::COUNT_WORDS.both().iter().any(|all| all.split(' ').any(|it| it == spelled)).then_some(Fraction::ONE);
    }
    let yuan = spelled.replace("人民币", "").replace("rmb", "").replace("cny", "");
    let scale = yuan.strip_suffix('元').or(yuan.strip_suffix("yuan")).unwrap_or(&yuan);
    let noughts = match scale {
        "" => 0,
        "千" | "1000" => 3,
        "万" | "10000" => 4,
        "百万" | "million" => 6,
        "千万" => 7,
        "亿" => 8,
        _ => return None,
    };
    Some(Fraction::whole(10_i128.pow(noughts)))
}

/// The ways in which a day can be read; one without an order is certain.
pub fn days(text: &str) -> Vec<(Option<Order>, Date)> {
    let half = half_width(text);
    let half = half.trim();
    // Excel and many exports put a time behind it.
    let time = half.split_once([' ', 'T']).filter(|(_, time)| {
        time.contains(':') && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
    });
    let day = time.map_or(half, |(day, _)| day);
    if let Some(date) = Date::parse(&plain_day(day)) {
        return vec![(None, date)];
    }
    let digits = day.bytes().all(|byte| byte.is_ascii_digit());
    match (digits, day.len()) {
        (true, 8) => {
            let (year, rest) = day.split_at(4);
            let (month, day) = rest.split_at(2);
            let date = Date::parse(&[year, "-", month, "-", day].concat());
            return date.map(|date| (None, date)).into_iter().collect();
        }
        (true, 5) => {
            // Day 60 of Excel's calendar is one that never was; nobody means it.
            let start = Date::from_ymd(1899, 12, 30).map_or(0, Date::day_number);
            let date = Date::from_day_number(start + day.parse::<i32>().unwrap_or(0));
            return date.map(|date| (Some(Order::Serial), date)).into_iter().collect();
        }
        _ => {}
    }
    let parts: Vec<&str> = day.split(['/', '-', '.']).map(str::trim).collect();
    let [one, other, year] = parts.as_slice() else { return Vec::new() };
    let date = |day: &str, month: &str| Date::parse(&plain_day(&[year, "-", month, "-", day].concat()));
    let (first, last) = (date(one, other), date(other, one));
    match (first, last) {
        (Some(first), Some(last)) if first != last => {
            vec![(Some(Order::DayFirst), first), (Some(Order::MonthFirst), last)]
        }
        (first, last) => first.or(last).map(|date| (None, date)).into_iter().collect(),
    }
}
