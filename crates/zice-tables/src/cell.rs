//! What stands in a cell: a figure, a day, yes or no, a choice. Whatever can
//! be read in two ways is not read at all.

use serde::Serialize;
use serde_json::{Value, json};
use zice_rules::{
    Date, decimal,
    dictionary::{Choice, Domain, Fact, Field, Kind, OWN_NAME},
    names::Implied,
    text::spelling,
};

use crate::{
    day::{Order, days},
    figure::{self, Figure, Unit, plain_figure, plain_rate},
    owner, signs, unit, words,
};

/// A cell that was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Cell {
    /// Nothing stands there, or nothing is wanted of it.
    Nothing,
    /// What it says.
    Is(Value),
    /// Something stands there that was not understood: it is unknown.
    Unclear,
    /// A day that can be read in several ways.
    Asks,
}

impl From<Option<Value>> for Cell {
    fn from(value: Option<Value>) -> Self {
        value.map_or(Self::Unclear, Self::Is)
    }
}

/// What is known without the table.
#[derive(Clone, Copy, Default)]
pub struct Own<'a> {
    /// The company's name; without one nobody named is the company.
    pub name: &'a str,
    /// What amounts are in where the table names no unit.
    pub unit: Unit,
    /// The day for which is asked: the day of application. Of a right that
    /// names a day on which it ends, only this says whether it has ended;
    /// without it that is not known.
    pub day: Option<Date>,
}

/// A field or fact with all names of its choices, to read many cells with.
pub struct Reader<'a> {
    domain: Domain<'a>,
    /// The unit that the head of the column names.
    pub unit: &'a str,
    /// What amounts without any unit are in.
    pub own_unit: Unit,
    /// How days are read that can be read in several ways.
    pub order: Option<Order>,
    choices: Vec<(String, &'a str)>,
    /// Spellings that look like a choice, or like yes or no, and are asked.
    asked: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    implied: Vec<(String, &'a Implied)>,
    /// The choice that stands for the company itself, and who that is.
    company: Option<(&'a str, &'a str)>,
}

fn spelled(words: &[String]) -> Vec<String> {
    words.iter().map(|word| spelling(word)).collect()
}

impl<'a> Reader<'a> {
    /// A reader of cells of a field.
    pub fn new(field: &'a Field, unit: &'a str, own: &Own<'a>) -> Self {
        let words = [&field.yes_words, &field.no_words, &field.ask_words];
        Self::of(field.domain(), &field.values, words, unit, own)
    }

    /// A reader of answers to a fact.
    pub fn of_fact(fact: &'a Fact, unit: &'a str, own: &Own<'a>) -> Self {
        let words = [&fact.yes_words, &fact.no_words, &fact.ask_words];
        Self::of(fact.domain(), &fact.values, words, unit, own)
    }

    fn of(
        domain: Domain<'a>,
        values: &'a [Choice],
        [yes, no, asked]: [&Vec<String>; 3],
        unit: &'a str,
        own: &Own<'a>,
    ) -> Self {
        let (mut choices, mut asked, mut implied) = (Vec::new(), spelled(asked), Vec::new());
        let mut company = None;
        for choice in values {
            choices.extend(choice.names().into_iter().map(|name| (name, choice.id.as_str())));
            asked.extend(choice.look_alikes());
            for one in &choice.implies {
                implied.extend(one.aliases.iter().map(|name| (spelling(name), one)));
            }
            if choice.aliases.iter().any(|alias| alias == OWN_NAME) {
                company = Some((choice.id.as_str(), own.name));
            }
        }
        let (yes, no) = (spelled(yes), spelled(no));
        let own_unit = own.unit;
        Self { domain, unit, own_unit, order: None, choices, asked, yes, no, implied, company }
    }

    /// Reads a cell.
    pub fn read(&self, text: &str) -> Cell {
        let spelled = spelling(text);
        // A dash is "nothing" where words stand, but often nought in accounts.
        if text.is_empty() || (spelled.is_empty() && signs::is_nothing(text)) {
            return Cell::Nothing;
        }
        // Whoever writes 有效？ is not sure.
        if self.domain.kind != Kind::Text && text.contains(['?', '？']) {
            return Cell::Unclear;
        }
        match self.domain.kind {
            Kind::Text => self.text(text),
            Kind::Bool => self.yes_or_no(&spelled).map(Value::Bool).into(),
            Kind::Enum => self.choice(text, &spelled).map(|id| json!(id)).into(),
            Kind::EnumList => {
                let parts = text.split(['、', ',', '，', ';', '；', '/']);
                let ids = parts.map(|part| self.choice(part, &spelling(part)));
                ids.collect::<Option<Vec<&str>>>().map(|ids| json!(ids)).into()
            }
            Kind::Date => self.day(text),
            kind => {
                let figure = figure(text, kind, self.unit, self.own_unit);
                figure.filter(|it| self.can_be(it)).map(Value::String).into()
            }
        }
    }

    /// Whether a choice stands for the company itself, by its name.
    pub fn knows_company(&self) -> bool {
        self.company.is_some()
    }

    /// What the name of a choice says of other fields too.
    pub fn implies(&self, text: &str) -> impl Iterator<Item = &'a Implied> {
        let spelled = spelling(text);
        self.implied.iter().filter(move |(name, _)| *name == spelled).map(|(_, one)| *one)
    }

    fn text(&self, text: &str) -> Cell {
        let fits = self.domain.digits.is_none_or(|digits| {
            text.len() == usize::from(digits) && text.bytes().all(|byte| byte.is_ascii_digit())
        });
        if fits { Cell::Is(json!(text)) } else { Cell::Unclear }
    }

    fn yes_or_no(&self, spelled: &str) -> Option<bool> {
        let said = |list: &[String]| list.iter().any(|word| word == spelled);
        if said(&self.asked) {
            return None;
        }
        match (said(&self.yes), said(&self.no)) {
            (true, false) => return Some(true),
            (false, true) => return Some(false),
            _ => {}
        }
        let yes = words::is_one_of(spelled, words::YES);
        (yes || words::is_one_of(spelled, words::NO)).then_some(yes)
    }

    fn choice(&self, text: &str, spelled: &str) -> Option<&'a str> {
        if self.asked.iter().any(|name| name == spelled) {
            return None;
        }
        let mut found = self.choices.iter().filter(|(name, _)| name == spelled && !name.is_empty());
        if let Some((_, id)) = found.next() {
            // One name for two choices names neither.
            return found.all(|(_, other)| other == id).then_some(*id);
        }
        let (company, name) = self.company?;
        match owner::of(text, name)? {
            owner::Owner::Company => Some(company),
            owner::Owner::Together => {
                self.choices.iter().map(|(_, id)| *id).find(|id| *id == "co_owned")
            }
        }
    }

    fn day(&self, text: &str) -> Cell {
        let ways = days(text);
        for (order, day) in &ways {
            if order.is_none() || *order == self.order {
                return Cell::Is(json!(day.to_string()));
            }
        }
        if ways.is_empty() || self.order.is_some() { Cell::Unclear } else { Cell::Asks }
    }

    /// Whether there can be such a figure at all.
    fn can_be(&self, plain: &str) -> bool {
        let Ok(value) = decimal::parse(plain) else { return false };
        let whole = !matches!(self.domain.kind, Kind::Whole | Kind::Points);
        let low = self.domain.lower().is_none_or(|least| value >= least);
        let high = self.domain.max.is_none_or(|most| value <= most);
        low && high && (whole || !value.to_decimal_or_ratio().contains(['.', '/']))
    }
}

/// Whether answers are figures.
pub const fn is_number(kind: Kind) -> bool {
    kind.is_number() && !matches!(kind, Kind::Date)
}

/// A figure, exactly, as it would be read if it were typed with the unit that
/// its head names; its own unit must be the same. Without any an amount is in
/// `own`. What would be asked of somebody who types is not read.
pub fn figure(text: &str, kind: Kind, head: &str, own: Unit) -> Option<String> {
    let plain = signs::plain(text);
    let plain = plain.trim();
    let after_digit = plain.rfind(|c: char| c.is_ascii_digit())? + 1;
    let closed = plain.get(after_digit..).is_some_and(|it| it.starts_with(')'));
    let (digits, named) = plain.split_at_checked(after_digit + usize::from(closed))?;
    let (named, bare) = (named.trim(), named.trim().is_empty());
    let value = match kind {
        Kind::Money => {
            let of_head = if head.is_empty() { None } else { Some(unit::money(head)?) };
            let unit = match (bare, of_head) {
                (true, of_head) => of_head.unwrap_or(own.name()),
                // Other words than the head's may mean another multiple.
                (false, Some(of_head))
                    if unit::money(named) != Some(of_head) || !named.ends_with(['元', '圆']) =>
                {
                    return None;
                }
                _ => named,
            };
            // 12万3 below 千元 is not 12万3千元: what the last figure is in, nobody
            // has written.
            if bare && unit != Unit::Yuan.name() && digits.contains(['十', '百', '千', '万', '亿'])
            {
                return None;
            }
            match figure::figure(&[digits, unit].concat(), own, true) {
                Figure::Plain(plain) => plain,
                Figure::Unclear(_) => return None,
            }
        }
        Kind::Rate => {
            let named = if bare { signs::plain(head) } else { named.to_owned() };
            let fits = bare || head.is_empty() || spelling(&signs::plain(head)) == spelling(&named);
            if !fits || (!named.is_empty() && named.trim() != "%" && !is_remark(&named)) {
                return None;
            }
            plain_rate(&[digits, named.trim()].concat())
        }
        _ => {
            let words = [named, head];
            if !words
                .iter()
                .all(|it| it.is_empty() || words::is_one_of(&spelling(it), words::COUNT))
            {
                return None;
            }
            plain_figure(bracketed(digits).as_deref().unwrap_or(digits))
        }
    };
    // What Excel shows as 1.2E+07 was rounded for show.
    let rounded = digits.contains(['e', 'E']);
    decimal::parse(&value).ok().filter(|_| !rounded).map(|_| value)
}

/// A unit that a rate may have in its head beside %.
fn is_remark(named: &str) -> bool {
    named.contains('%')
}

/// The way accounts write what is below nought.
fn bracketed(digits: &str) -> Option<String> {
    let inner = digits.strip_prefix('(')?.strip_suffix(')')?;
    Some(["-", inner].concat())
}

/// Whether a unit can be calculated with.
pub fn is_known(unit: &str, kind: Kind) -> bool {
    unit.is_empty() || figure("1", kind, unit, Unit::Yuan).is_some()
}
