//! What stands in a cell: a figure, a day, yes or no, a choice. Whatever can
//! be read in two ways is not read at all.

use serde_json::{Value, json};
use zice_rules::{
    Date, decimal,
    dictionary::{Field, Kind, OWN_NAME},
    text::spelling,
};

use crate::{
    typed::{self, Figure, Unit, half_width, plain_day, plain_figure, plain_rate},
    words,
};

/// How a day is to be read that can be read in several ways: day first, month
/// first, or as a number that counts days as Excel does.
pub type Order = char;

/// A cell that was read.
#[derive(Debug, PartialEq)]
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

impl From<Option<Value>> for Cell {
    fn from(value: Option<Value>) -> Self {
        value.map_or(Self::Marked, Self::Is)
    }
}

/// What is known without the table.
#[derive(Clone, Copy, Default)]
pub struct Own<'a> {
    /// The company's name.
    pub name: &'a str,
    /// What money is typed in on the page: amounts without a unit are in it.
    pub unit: Unit,
}

/// A field with all names of its choices, to read many cells with.
pub struct Reader<'a> {
    pub kind: Kind,
    /// The unit that the head of the column names.
    pub unit: &'a str,
    /// What amounts without any unit are in.
    pub own_unit: Unit,
    pub order: Option<Order>,
    choices: Vec<(String, &'a str)>,
}

impl<'a> Reader<'a> {
    /// A reader of cells of a field.
    pub fn new(field: &'a Field, unit: &'a str, own: &Own<'a>) -> Self {
        let mut choices = Vec::new();
        for choice in &field.values {
            for name in choice.names() {
                choices.push((name, choice.id.as_str()));
            }
            if choice.aliases.iter().any(|alias| alias == OWN_NAME) {
                choices.push((spelling(own.name), &choice.id));
            }
        }
        Self { kind: field.kind, unit, own_unit: own.unit, order: None, choices }
    }

    /// Reads a cell.
    pub fn read(&self, text: &str) -> Cell {
        let spelled = spelling(text);
        // A dash is "nothing" where words stand, but often nought in accounts.
        if text.is_empty() || (spelled.is_empty() && !is_number(self.kind)) {
            return Cell::Nothing;
        }
        match self.kind {
            Kind::Text => Cell::Is(json!(text)),
            Kind::Bool => yes_or_no(&spelled).map(Value::Bool).into(),
            Kind::Enum => self.choice(&spelled).into(),
            Kind::EnumList => {
                let parts = text.split(['、', ',', '，', ';', '；', '/']);
                parts.map(|part| self.choice(&spelling(part))).collect::<Option<Value>>().into()
            }
            Kind::Date => self.day(text),
            kind => figure(text, kind, self.unit, self.own_unit).map(Value::String).into(),
        }
    }

    fn choice(&self, spelled: &str) -> Option<Value> {
        let found = self.choices.iter().find(|(name, _)| name == spelled && !name.is_empty());
        found.map(|(_, id)| json!(id))
    }

    fn day(&self, text: &str) -> Cell {
        let ways = days(text);
        for (order, day) in &ways {
            if order.is_none() || *order == self.order {
                return Cell::Is(json!(day.to_string()));
            }
        }
        if ways.is_empty() || self.order.is_some() { Cell::Marked } else { Cell::Asks }
    }
}

/// Whether answers are figures.
pub const fn is_number(kind: Kind) -> bool {
    kind.is_number() && !matches!(kind, Kind::Date)
}

/// Whether a spelling is one of the words of a list.
pub fn is_one_of(spelled: &str, list: &words::Word) -> bool {
    list.both().iter().any(|words| words.split(' ').any(|word| word == spelled))
}

fn yes_or_no(spelled: &str) -> Option<bool> {
    let yes = is_one_of(spelled, &words::TRUE_WORDS);
    (yes || is_one_of(spelled, &words::FALSE_WORDS)).then_some(yes)
}

/// A figure, exactly, as it would be read if it were typed with the unit that
/// its head names; its own unit must be the same. Without any an amount is in
/// `unit`. What would be asked of somebody who types is not read.
pub fn figure(text: &str, kind: Kind, head: &str, unit: Unit) -> Option<String> {
    let text = half_width(text);
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let own = text.strip_prefix(digits).unwrap_or("");
    let bare = own.trim().is_empty();
    if !bare && !head.is_empty() && spelling(own) != spelling(head) {
        return None;
    }
    let named = if bare { head } else { own };
    let plain = match kind {
        Kind::Money => match typed::figure(&[digits, yuan(named)?].concat(), unit, true) {
            Figure::Plain(plain) => plain,
            Figure::Unclear(_) => return None,
        },
        Kind::Rate => plain_rate(&[digits, &half_width(named)].concat()),
        _ if named.is_empty() || is_one_of(&spelling(named), &words::COUNT_WORDS) => {
            plain_figure(digits)
        }
        _ => return None,
    };
    // What Excel shows as 1.2E+07 was rounded for show.
    let rounded = digits.contains(['e', 'E']);
    decimal::parse(&plain).ok().filter(|_| !rounded).map(|_| plain)
}

/// The unit of an amount as it is typed: 人民币万元 is 万元. One with digits in
/// it would run into the figure.
fn yuan(unit: &str) -> Option<&str> {
    let unit = unit.trim();
    if unit.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(match spelling(unit).as_str() {
        "rmb" | "cny" | "yuan" | "人民币" => "元",
        _ => unit.strip_prefix("人民币").unwrap_or(unit),
    })
}

/// Whether a unit can be calculated with.
pub fn is_known(unit: &str, kind: Kind) -> bool {
    figure("1", kind, unit, Unit::Yuan).is_some()
}

/// The ways in which a day can be read; one without an order is certain.
pub fn days(text: &str) -> Vec<(Option<Order>, Date)> {
    let half = half_width(text);
    // Excel and many exports put a time behind it.
    let (day, time) = half.trim().split_once([' ', 'T']).unwrap_or((half.trim(), ""));
    let day = if time.contains(':') { day } else { half.trim() };
    let parse = |year: &str, month: &str, day: &str| {
        Date::parse(&plain_day(&[year, "-", month, "-", day].concat()))
    };
    let mut ways = Vec::new();
    let mut way = |order: Option<Order>, date: Option<Date>| {
        if let Some(date) = date {
            ways.push((order, date));
        }
    };
    way(None, Date::parse(&plain_day(day)));
    if day.bytes().all(|byte| byte.is_ascii_digit()) {
        if let (8, Some((year, rest))) = (day.len(), day.split_at_checked(4)) {
            let (month, day) = rest.split_at(2);
            way(None, parse(year, month, day));
        }
        if day.len() == 5 {
            let start = Date::from_ymd(1899, 12, 30).map_or(0, Date::day_number);
            let number = day.parse().unwrap_or(0);
            way(Some('s'), Date::from_day_number(start.saturating_add(number)));
        }
    }
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    if let [one, other, year] = parts.as_slice() {
        let (day_first, month_first) = (parse(year, other, one), parse(year, one, other));
        let both = day_first.is_some() && month_first.is_some() && day_first != month_first;
        way(both.then_some('d'), day_first);
        way(both.then_some('m'), month_first);
    }
    ways
}
