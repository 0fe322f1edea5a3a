//! What advice changes in the company file, and how that reads.

use zice_advice::{Item, Part, added, finished};
use zice_rules::{
    Company, Date, Lang,
    company::Answer,
    dictionary::Fact,
    fraction::Fraction,
    policy::{Adds, Lever, Starts},
};

use super::{ChangeReport, words::Teller};
use crate::format::{Word, value};

impl Teller<'_> {
    pub(super) fn changes(
        &self,
        lever: &Lever,
        part: Part,
        item: &Item,
        base: &Company,
    ) -> Vec<ChangeReport> {
        let year = item.as_of.year().saturating_sub(1);
        let change = |fact: &str| ChangeReport {
            fact: fact.to_owned(),
            year: None,
            from: None,
            to: None,
            add: Vec::new(),
        };
        let mut changes = Vec::new();
        for moved in &lever.moves {
            let figure = |company: &Company| self.figure(company, &moved.fact, year);
            if let (Some(from), Some(to)) = (figure(base), figure(&item.company)) {
                let year = Some(year.to_string());
                changes.push(ChangeReport {
                    year,
                    from: Some(from),
                    to: Some(to),
                    ..change(&moved.fact)
                });
            }
        }
        if let Some(adds) = lever.adds.as_ref().filter(|it| it.waits.is_some()) {
            changes.extend(self.finished(lever, adds, part, item, base));
        } else if let (Some(adds), Some(entry)) = (&lever.adds, added(lever, base, item.horizon)) {
            let count = usize::try_from(part.granules).unwrap_or_default();
            changes.push(ChangeReport { add: vec![entry; count], ..change(&adds.list) });
        }
        if let (Some(starts), Some(entry)) = (&lever.starts, part.entry) {
            let day = |company: &Company| self.day(company, starts, entry);
            let fact = format!("{}[{entry}].{}", starts.list, starts.field);
            let (from, to) = (day(base), day(&item.company));
            changes.push(ChangeReport { from, to, ..change(&fact) });
        }
        for fact in &lever.sets {
            let (from, to) = (Some("false".to_owned()), Some("true".to_owned()));
            changes.push(ChangeReport { from, to, ..change(fact) });
        }
        changes
    }

    /// What changes in entries that are finished: their state, and their days.
    fn finished(
        &self,
        lever: &Lever,
        adds: &Adds,
        part: Part,
        item: &Item,
        base: &Company,
    ) -> Vec<ChangeReport> {
        let fields = self.dictionary.fact(&adds.list).map_or(&[][..], |it| it.fields.as_slice());
        let said = added(lever, base, item.horizon);
        let told =
            |entry: usize, field: &str, from: Option<String>, to: Option<String>| ChangeReport {
                fact: format!("{}[{entry}].{field}", adds.list),
                year: None,
                from,
                to,
                add: Vec::new(),
            };
        let mut changes = Vec::new();
        for entry in finished(lever, base, self.dictionary, item.horizon, part) {
            if let Some((field, state)) = &adds.waits {
                let to = fields.iter().find(|it| it.id == *field).and_then(|it| it.default.clone());
                changes.push(told(entry, field, Some(state.clone()), to));
            }
            for field in &adds.dated {
                let day = said.as_ref().and_then(|it| it.get(field)?.as_str().map(str::to_owned));
                changes.push(told(entry, field, None, day));
            }
        }
        changes
    }

    /// Writes the day that an entry keeps to, as a company file does.
    fn day(&self, company: &Company, starts: &Starts, entry: usize) -> Option<String> {
        let list = self.dictionary.position(&starts.list)?;
        let fields = &self.dictionary.facts.get(list)?.fields;
        let at = fields.iter().position(|it| it.id == starts.field)?;
        let Answer::List(entries) = company.answers.get(list)? else { return None };
        let Answer::Number(range) = entries.get(entry)?.fields.get(at)? else { return None };
        let day = i32::try_from(range.as_exact()?.floor()).ok()?;
        Date::from_day_number(day).map(|it| it.to_string())
    }

    /// Says what changes in an entry: that it keeps to a day, or is finished. `None`
    /// for a change of anything else.
    fn kept(&self, change: &ChangeReport) -> Option<String> {
        let (list, rest) = change.fact.split_once('[')?;
        let (entry, field) = rest.split_once("].")?;
        let fact = self.dictionary.fact(list)?;
        let field = fact.fields.iter().find(|it| it.id == field)?;
        let label = field.label.get(self.lang);
        let place = entry.parse::<usize>().ok()?;
        let number = place.saturating_add(1);
        let (from, to) = (change.from.as_ref()?, change.to.as_ref()?);
        let choice = |id: &String| {
            let choice = field.values.iter().find(|it| it.id == *id);
            choice.map(|it| it.label(self.lang))
        };
        let name = self.name_of(list, place);
        Some(match (choice(from), choice(to), self.lang) {
            (Some(from), Some(to), Lang::Zh) => {
                format!("第 {number} 项{name}的{label}由“{from}”成为“{to}”")
            }
            (Some(from), Some(to), Lang::En) => {
                format!("{label} of entry {number}{name} from “{from}” to “{to}”")
            }
            (.., Lang::Zh) => format!("第 {number} 项的{label}由 {from} 改为不晚于 {to}"),
            (.., Lang::En) => {
                format!("{label} of entry {number} from {from} to no later than {to}")
            }
        })
    }

    /// Returns the name of an entry in brackets; empty if it has none.
    pub(super) fn name_of(&self, list: &str, entry: usize) -> String {
        let named = || {
            let at = self.dictionary.position(list)?;
            let field =
                self.dictionary.facts.get(at)?.fields.iter().position(|it| it.id == "name")?;
            let Answer::List(entries) = self.builder.assessment.company.answers.get(at)? else {
                return None;
            };
            match entries.get(entry)?.fields.get(field)? {
                Answer::Text(name) if !name.trim().is_empty() => Some(name.trim().to_owned()),
                _ => None,
            }
        };
        let name = named();
        name.map_or_else(String::new, |it| match self.lang {
            Lang::Zh => format!("（{it}）"),
            Lang::En => format!(" ({it})"),
        })
    }

    /// Writes the figure of a year as a company file does; an estimate as
    /// `a..b`.
    fn figure(&self, company: &Company, fact: &str, year: i32) -> Option<String> {
        let answer = company.answers.get(self.dictionary.position(fact)?)?;
        let Answer::Yearly { years, .. } = answer else { return None };
        let (_, range) = years.iter().find(|(own, _)| *own == year)?;
        let end =
            |end: Option<Fraction>| end.map_or_else(String::new, Fraction::to_decimal_or_ratio);
        Some(match range.as_exact() {
            Some(exact) => exact.to_decimal_or_ratio(),
            None => format!("{}..{}", end(range.lo), end(range.hi)),
        })
    }

    pub(super) fn change(&self, change: &ChangeReport) -> String {
        if let Some(kept) = self.kept(change) {
            return kept;
        }
        let Some(fact) = self.dictionary.fact(&change.fact) else { return String::new() };
        let name = fact.short.get(self.lang);
        let year = change.year.as_ref().map_or_else(String::new, |year| match self.lang {
            Lang::Zh => format!("{year} 年"),
            Lang::En => format!("{year} "),
        });
        match (&change.from, &change.to) {
            (Some(from), Some(to)) if change.year.is_some() => {
                let (from, to) = (self.amount(fact, from), self.amount(fact, to));
                match self.lang {
                    Lang::Zh if from.ends_with(|it: char| it.is_ascii_digit()) => {
                        format!("{year}{name}由 {from} 到 {to}")
                    }
                    Lang::Zh => format!("{year}{name}由 {from}到 {to}"),
                    Lang::En => format!("{year}{name} from {from} to {to}"),
                }
            }
            (Some(_), Some(_)) => {
                [name, self.pick("：做到以后才能填“是”", ": only then answer yes")].concat()
            }
            _ => match self.lang {
                Lang::Zh => format!("{name}增加 {} 项", change.add.len()),
                Lang::En => format!("{} more entries of the {name}", change.add.len()),
            },
        }
    }

    /// Writes a figure of the company file for people.
    fn amount(&self, fact: &Fact, text: &str) -> String {
        let word = fact.unit.as_ref().map_or(Word::None, Word::Of);
        let write = |text: &str| {
            Fraction::parse(text)
                .map_or_else(|| text.to_owned(), |it| value(it, fact.kind.unit(), word, self.lang))
        };
        match text.split_once("..") {
            None => write(text),
            Some((min, "")) => [self.pick("不低于 ", "at least "), &write(min)].concat(),
            Some(("", max)) => [self.pick("不高于 ", "at most "), &write(max)].concat(),
            Some((min, max)) => [&write(min), self.pick(" 至 ", " to "), &write(max)].concat(),
        }
    }
}
