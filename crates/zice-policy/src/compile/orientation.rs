//! Compiles what stands beside the criteria: the list that is judged entry by
//! entry, notes on entries, and indicators (numbers for orientation that decide
//! nothing).

use toml::Spanned;
use zice_rules::{
    dictionary::{Fact, Kind},
    formula::NumberAt,
    policy::{Each, EntryNote, Indicator, IndicatorValue},
};

use super::{Compiler, named_fact, unit_of};
use crate::{
    edition::{Edition, Located},
    formula::{Fields, Unit},
    policy_file::{EachFile, IndicatorFile},
};

/// The most years an indicator may look back.
const MAX_YEARS: u8 = 5;

impl<'a> Compiler<'a> {
    /// Compiles `[each]`. From here on formulas may name the fields of its
    /// list.
    pub(super) fn each(&mut self, file: &Located<EachFile>) -> Option<Each> {
        let file = self.at(file);
        let fact = self.list(&file.list)?;
        self.fields = Fields::List(fact);
        let name = match &file.name {
            None => None,
            Some(name) => {
                let field = fact
                    .fields
                    .iter()
                    .find(|it| it.name == *name.get_ref() || it.id == *name.get_ref());
                let Some(field) = field else {
                    self.report(name.span(), "清单没有这一栏 / no such field");
                    return None;
                };
                self.tables.field(&fact.id, &field.id).ok()
            }
        };
        Some(Each { list: self.tables.fact(&fact.id).ok()?, id: file.id.clone(), name })
    }

    fn list(&mut self, name: &Spanned<String>) -> Option<&'a Fact> {
        let fact = named_fact(self.context.dictionary, name.get_ref());
        let list = fact.filter(|fact| fact.kind == Kind::List);
        if list.is_none() {
            self.report(name.span(), "这里应是清单名 / a list is needed");
        }
        list
    }

    pub(super) fn entry_notes(&mut self, edition: &Edition) -> Vec<EntryNote> {
        let mut notes = Vec::with_capacity(edition.entry_notes.len());
        for located in &edition.entry_notes {
            let file = self.at(located);
            let Some(fact) = self.list(&file.list) else { continue };
            let outer = core::mem::replace(&mut self.fields, Fields::List(fact));
            let when = self.condition(&file.when);
            self.fields = outer;
            let Ok(list) = self.tables.fact(&fact.id) else { continue };
            notes.push(EntryNote {
                id: file.id.get_ref().clone(),
                list,
                counting: file.counting,
                when,
                text: file.text.clone(),
                cites: self.cites(&file.cites),
            });
        }
        notes
    }

    pub(super) fn indicators(&mut self, edition: &Edition) -> Vec<Indicator> {
        let mut indicators = Vec::with_capacity(edition.indicators.len());
        for located in &edition.indicators {
            let file = self.at(located);
            indicators.extend(self.indicator(file));
        }
        indicators
    }

    /// Compiles an indicator: its formula once for every side and every year.
    fn indicator(&mut self, file: &IndicatorFile) -> Option<Indicator> {
        let owner = match &file.of {
            None => None,
            Some(name) => {
                let fact = named_fact(self.context.dictionary, name.get_ref());
                let Some(fact) = fact.filter(|fact| !fact.sides.is_empty()) else {
                    self.report(
                        name.span(),
                        "of 应是分收支填写的指标 / a fact with sides is needed",
                    );
                    return None;
                };
                Some(fact)
            }
        };
        let years = file.years.as_ref().map_or(1, |it| *it.get_ref());
        if years == 0 || years > MAX_YEARS {
            let span = file.years.as_ref().map_or(0..0, Spanned::span);
            self.report(span, format!("years 应在 1 到 {MAX_YEARS} 之间 / from 1 to {MAX_YEARS}"));
            return None;
        }
        let mut unit = Unit::Bare;
        let mut values = Vec::new();
        let sides = owner.map_or(0, |fact| fact.sides.len());
        for side in 0..sides.max(1) {
            for back in 0..years {
                let shift = i8::try_from(back).ok().map_or(0, |back| -back);
                let (number, own) = self.indicator_value(file, owner, side, shift)?;
                unit = own;
                values.push(IndicatorValue {
                    side: owner.and_then(|fact| fact.sides.get(side)).map(|side| side.id.clone()),
                    year: (owner.is_some() || years > 1).then_some(shift - 1),
                    value: number,
                });
            }
        }
        Some(Indicator {
            id: file.id.get_ref().clone(),
            title: file.title.clone(),
            words: file.words.clone(),
            better: file.better,
            unit: if file.times { zice_rules::policy::Unit::Times } else { unit_of(unit) },
            cites: self.cites(&file.cites),
            values,
        })
    }

    fn indicator_value(
        &mut self,
        file: &IndicatorFile,
        owner: Option<&'a Fact>,
        side: usize,
        shift: i8,
    ) -> Option<(NumberAt, Unit)> {
        let fields = match owner {
            Some(fact) => Fields::Side(fact, u8::try_from(side).ok()?),
            None => self.fields,
        };
        let outer = core::mem::replace(&mut self.fields, fields);
        self.shift = shift;
        let number = self.number(&file.value);
        self.shift = 0;
        self.fields = outer;
        number
    }
}
