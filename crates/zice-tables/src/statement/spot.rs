//! What a cell beside a name comes to: the value of a fact, of a part of one, or
//! of a field.

use serde_json::Value;
use zice_rules::{
    Dictionary, decimal,
    dictionary::{Fact, Kind},
};

use super::{found::Found, sum::Addends};
use crate::{
    cell::{Cell, Own, Reader},
    label::Meaning,
    period::Head,
};

/// A cell beside a name that is known.
pub struct Spot<'a> {
    pub meaning: Meaning,
    pub label: &'a str,
    pub text: &'a str,
    pub row: usize,
    /// The year, where it is known, and the head in [`Statement::columns`].
    pub year: Option<i32>,
    /// What the head of its column says.
    pub head: Option<(Head, &'a str)>,
    pub column: Option<usize>,
    pub side: Option<(usize, usize)>,
    /// The unit of an amount: nothing known where it is odd.
    pub unit: Option<&'a str>,
}

/// What is known of the whole table when its cells are taken.
pub struct Taker<'a> {
    pub dictionary: &'a Dictionary,
    pub own: Own<'a>,
    /// The year of answers that are not by year.
    pub own_year: i32,
}

impl Taker<'_> {
    /// Takes a cell.
    pub fn take(&self, spot: &Spot<'_>, found: &mut Vec<Found>, addends: &mut Addends) {
        match spot.meaning {
            Meaning::Fact(at) => self.take_fact(spot, at, false, found),
            Meaning::Asks(at) => self.take_fact(spot, at, true, found),
            Meaning::Part(at, part) => {
                let Some(fact) = self.dictionary.facts.get(at) else { return };
                let value = self.read(fact, spot, true);
                if let Some(year) = spot.year {
                    addends.put(at, year, part, value, spot.row);
                }
            }
            Meaning::Within(at, part) => {
                if let Some(year) = spot.year {
                    addends.within(at, year, part);
                }
            }
            Meaning::Field(at, field_at) => self.take_field(spot, at, field_at, found),
        }
    }

    fn take_fact(&self, spot: &Spot<'_>, at: usize, asks: bool, found: &mut Vec<Found>) {
        let Some(fact) = self.dictionary.facts.get(at) else { return };
        if matches!(fact.kind, Kind::List | Kind::Object) || spot.side.is_some() {
            return;
        }
        let place = match (fact.yearly, spot.year) {
            (true, year) => year.map(|it| it.to_string()),
            (false, None) => Some(String::new()),
            // Of a fact that is not by year only the last year is asked.
            (false, Some(year)) if year == self.own_year => Some(String::new()),
            (false, Some(_)) => return,
        };
        let unsure = !fact.yearly && spot.year.is_none() && spot.column.is_some();
        let read = place.as_ref().and_then(|_| self.read(fact, spot, false)).filter(|_| !unsure);
        let (value, looks) = if asks { (None, read) } else { (read, None) };
        found.push(Found {
            fact: at,
            place: place.unwrap_or_default(),
            value,
            looks,
            text: spot.text.to_owned(),
            label: spot.label.to_owned(),
            row: spot.row,
            column: spot.column,
            asks,
        });
    }

    fn take_field(&self, spot: &Spot<'_>, at: usize, field_at: usize, found: &mut Vec<Found>) {
        let fact = self.dictionary.facts.get(at);
        let field = fact.and_then(|fact| fact.fields.get(field_at));
        let (Some(fact), Some(field), Some((of, side))) = (fact, field, spot.side) else { return };
        let (Some(side), true) = (fact.sides.get(side), of == at) else { return };
        let unit = if field.kind == Kind::Money { spot.unit } else { Some("") };
        let value =
            unit.and_then(|unit| match Reader::new(field, unit, &self.own).read(spot.text) {
                Cell::Is(value) => Some(value),
                _ => None,
            });
        let place = spot.year.map(|year| {
            [&year.to_string(), ".", side.id.as_str(), ".", field.id.as_str()].concat()
        });
        found.push(Found {
            fact: at,
            value: value.filter(|_| place.is_some()).map(canonical),
            place: place.unwrap_or_default(),
            text: spot.text.to_owned(),
            label: spot.label.to_owned(),
            row: spot.row,
            column: spot.column,
            asks: false,
            looks: None,
        });
    }

    /// What a cell says as an answer to a fact, or as a part of its sum, which
    /// may be below nought.
    fn read(&self, fact: &Fact, spot: &Spot<'_>, part: bool) -> Option<Value> {
        let unit = if fact.kind == Kind::Money { spot.unit? } else { "" };
        let mut fact = std::borrow::Cow::Borrowed(fact);
        if part && !fact.signed {
            fact.to_mut().signed = true;
        }
        match Reader::of_fact(&fact, unit, &self.own).read(spot.text) {
            Cell::Is(value) => Some(canonical(value)),
            _ => None,
        }
    }
}

/// A figure without noughts that say nothing: 18,300,000.00 is 18300000.
fn canonical(value: Value) -> Value {
    let plain = value.as_str().and_then(|text| decimal::parse(text).ok());
    plain.map_or(value, |plain| Value::String(plain.to_decimal_or_ratio()))
}
