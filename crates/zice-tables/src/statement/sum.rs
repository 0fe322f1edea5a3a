//! Facts that no line of a statement states, because several come to them.

use serde_json::Value;
use zice_rules::{Dictionary, decimal, fraction::Fraction};

use super::found::Found;

/// The lines that were found, by fact and year.
#[derive(Default)]
pub struct Addends {
    found: Vec<Sum>,
}

struct Sum {
    fact: usize,
    year: i32,
    /// What each part is; nothing where it was not understood, or is stated
    /// twice and differently.
    parts: Vec<(usize, Option<Value>)>,
    /// Parts that another one holds.
    within: Vec<usize>,
    row: usize,
}

impl Addends {
    fn of(&mut self, fact: usize, year: i32, row: usize) -> Option<&mut Sum> {
        if !self.found.iter().any(|it| it.fact == fact && it.year == year) {
            let (parts, within) = (Vec::new(), Vec::new());
            self.found.push(Sum { fact, year, parts, within, row });
        }
        self.found.iter_mut().find(|it| it.fact == fact && it.year == year)
    }

    /// A line that is a part.
    pub fn put(&mut self, fact: usize, year: i32, part: usize, value: Option<Value>, row: usize) {
        let Some(sum) = self.of(fact, year, row) else { return };
        match sum.parts.iter_mut().find(|(other, _)| *other == part) {
            Some((_, there)) if *there != value => *there = None,
            Some(_) => {}
            None => sum.parts.push((part, value)),
        }
    }

    /// A line that shows that a part is in another one.
    pub fn within(&mut self, fact: usize, year: i32, part: usize) {
        if let Some(sum) = self.of(fact, year, 0) {
            sum.within.push(part);
        }
    }
}

/// Adds up what is complete. What is not complete is told as not understood,
/// where it is more than one line that also stands elsewhere.
pub fn add_up(addends: &Addends, dictionary: &Dictionary, found: &mut Vec<Found>) {
    for sum in &addends.found {
        let Some(fact) = dictionary.facts.get(sum.fact) else { continue };
        let place = sum.year.to_string();
        // What the table states itself is not added up.
        let stated =
            |it: &Found| it.fact == sum.fact && it.place == place && !it.asks && it.value.is_some();
        if found.iter().any(stated) {
            continue;
        }
        let (mut total, mut missing, mut lines) = (Some(Fraction::ZERO), Vec::new(), Vec::new());
        for (at, part) in fact.parts.iter().enumerate() {
            let name = part.aliases.first().map_or("", String::as_str);
            let Some((_, value)) = sum.parts.iter().find(|(other, _)| *other == at) else {
                if !part.optional && !sum.within.contains(&at) {
                    missing.push(name);
                }
                continue;
            };
            lines.push(name);
            let value =
                value.as_ref().and_then(Value::as_str).and_then(|it| decimal::parse(it).ok());
            if value.is_none() {
                missing.push(name);
            }
            total = total.zip(value).and_then(|(total, value)| {
                if part.minus { total.sub(value).ok() } else { total.add(value).ok() }
            });
        }
        if lines.len() < 2 {
            continue;
        }
        let low = fact.domain().lower();
        let total = total.filter(|it| missing.is_empty() && low.is_none_or(|low| *it >= low));
        found.push(Found {
            fact: sum.fact,
            place,
            value: total.map(|it| Value::String(it.to_decimal_or_ratio())),
            text: if missing.is_empty() { lines.join("、") } else { missing.join("、") },
            label: fact.name.clone(),
            row: sum.row,
            column: None,
            asks: false,
            looks: None,
        });
    }
}
