//! Writes company files the way people do, with additional facts that do not
//! matter.

use super::{Company, Material};
use crate::{
    harness::spell::{amount, between, list, object, quoted, quoted_day},
    oracle::{
        sample::Dice,
        write::{Fact, file},
    },
};

/// The editions of the catalogue; a year may be a number or a text.
fn catalogue(dice: &mut Dice, editions: [bool; 2]) -> String {
    let years = ["2021", "2024"].into_iter().zip(editions);
    let mut years: Vec<String> = years
        .filter(|(_, listed)| *listed)
        .map(|(year, _)| if dice.chance(20) { year.to_owned() } else { quoted(year) })
        .collect();
    dice.shuffle(&mut years);
    list(&years)
}

fn material(dice: &mut Dice, one: &Material) -> String {
    let yes_no = |answer: Option<bool>| answer.map(|answer| answer.to_string());
    let mut fields = vec![
        ("catalogue", one.catalogue.map(|editions| catalogue(dice, editions))),
        ("policy_start_on", between(dice, one.policy_start, quoted_day)),
        ("insured_amount", between(dice, one.insured, amount)),
        ("qualification_until", between(dice, one.qualified_until, quoted_day)),
        ("quota_left", between(dice, one.quota, amount)),
        ("spec_met", yes_no(one.spec_met)),
        ("insurer_filed", yes_no(one.insurer_filed)),
        ("direct_use_by_buyer", yes_no(one.direct_use)),
        ("buyer_affiliated", yes_no(one.affiliated)),
        ("buyer_is_trader", yes_no(one.trader)),
        ("subsidised_before", yes_no(one.subsidised)),
        ("in_insured_first_set", yes_no(one.in_first_set)),
    ];
    // Leaving the field out is not the same as saying that it is unknown.
    if one.qualified_is_open {
        fields.push(("qualification_held", Some("null".into())));
    } else if one.qualified.is_some() {
        fields.push(("qualification_held", yes_no(one.qualified)));
    }
    fields.extend(one.noise.iter().map(|(id, value)| (*id, Some((*value).to_owned()))));
    object(dice, fields)
}

impl Company {
    /// The company file, with its facts in random order.
    pub fn json(&self, dice: &mut Dice) -> String {
        let mut facts: Vec<Fact> = Vec::new();
        if let Some(all) = &self.materials {
            let all: Vec<String> = all.iter().map(|one| material(dice, one)).collect();
            facts.push(("materials", list(&all)));
        } else if dice.chance(30) {
            facts.push(("materials", "null".into()));
        }
        if dice.chance(20) {
            facts.push(("entity_kind", quoted("individual_business")));
            facts.push(("region", quoted("110000")));
            facts.push(("established_on", quoted("2022-06-01")));
        }
        dice.shuffle(&mut facts);
        file(self.as_of, &facts)
    }
}
