//! Writes company files the way people do, with additional facts that do not
//! matter.

use super::{Company, LEVELS, Listing, PLAIN, Statement, Violation};
use crate::{
    harness::spell::{amount, between, list, object, plain, quoted, quoted_day, whole},
    oracle::{
        sample::Dice,
        write::{Fact, file},
    },
};

fn yes_no(answer: Option<bool>) -> Option<String> {
    answer.map(|answer| answer.to_string())
}

fn violation(dice: &mut Dice, one: &Violation) -> String {
    let decided = between(dice, one.decided, quoted_day);
    let fields = vec![
        ("decided_on", decided),
        ("intentional", yes_no(one.intentional)),
        ("repaired", yes_no(one.repaired)),
        ("repair_statement", yes_no(one.statement)),
    ];
    object(dice, fields)
}

fn listing(dice: &mut Dice, one: &Listing) -> String {
    let year = between(dice, one.year, whole);
    let level = one.level.map(|level| quoted(LEVELS[level]));
    object(dice, vec![("level", level), ("year", year)])
}

fn statement(dice: &mut Dice, one: &Statement) -> String {
    let (total, rank) = (between(dice, one.total, whole), between(dice, one.rank, whole));
    let fields = vec![
        ("issuer_level", one.issuer.map(quoted)),
        ("industry_total", total),
        ("rank", rank),
        ("contact", one.contact.map(quoted)),
        ("phone", one.phone.map(quoted)),
    ];
    let fields = fields.into_iter().map(|(id, said)| {
        let said = if one.lacks.contains(&id) { Some(quoted("")) } else { said };
        (id, said)
    });
    let fields: Vec<(&str, Option<String>)> = fields.collect();
    object(dice, fields)
}

impl Company {
    fn facts(&self, dice: &mut Dice) -> Vec<Fact> {
        let mut facts: Vec<(&'static str, Option<String>)> = vec![
            ("established_on", between(dice, self.established, quoted_day)),
            ("entity_kind", self.kind.map(quoted)),
            ("branch_independent", yes_no(self.branch_independent)),
            ("institution_as_enterprise", yes_no(self.as_enterprise)),
            ("operating_years_full", between(dice, self.full_years, whole)),
            ("aaa_system_test_failed", yes_no(self.test_failed)),
            ("micro_small", yes_no(self.micro_small)),
            ("priority_industry_document", yes_no(self.priority_document)),
            ("backbone_statement", self.statement.as_ref().map(|one| statement(dice, one))),
        ];
        facts.extend(PLAIN.iter().zip(self.plain).map(|(plain, yes)| (plain.1, yes_no(yes))));
        let violations = self
            .violations
            .as_ref()
            .map(|all| list(&all.iter().map(|one| violation(dice, one)).collect::<Vec<_>>()));
        facts.push(("serious_violation", violations));
        let history = self
            .history
            .as_ref()
            .map(|all| list(&all.iter().map(|one| listing(dice, one)).collect::<Vec<_>>()));
        facts.push(("credit_history", history));
        let year = self.year();
        let by_year = [
            ("net_profit", vec![(year - 2, self.profit[0]), (year - 1, self.profit[1])]),
            ("total_assets", vec![(year - 1, self.assets)]),
            ("total_liabilities", vec![(year - 1, self.liabilities)]),
        ];
        for (id, years) in by_year {
            let mut given: Vec<String> = years
                .into_iter()
                .filter_map(|(year, value)| Some((year, between(dice, value, amount)?)))
                .map(|(year, value)| format!("\"{year}\":{value}"))
                .collect();
            // Figures of other years do not matter, whatever they are.
            if dice.chance(15) {
                let other = year + if id == "net_profit" { -3 } else { -2 };
                let noise = dice.within(0, 99_999_999_999_999);
                given.push(format!("\"{other}\":\"{}\"", plain(noise)));
            }
            dice.shuffle(&mut given);
            facts.push((id, (!given.is_empty()).then(|| format!("{{{}}}", given.join(",")))));
        }
        if dice.chance(15) {
            facts.push(("region", Some(quoted("330500"))));
            facts.push(("resident_enterprise", Some("false".into())));
            facts.push(("sme_clean_record", Some("false".into())));
            facts.push(("materials", Some("[]".into())));
        }
        let null = |dice: &mut Dice| dice.chance(15).then(|| "null".to_owned());
        let given =
            facts.into_iter().filter_map(|(id, value)| Some((id, value.or_else(|| null(dice))?)));
        given.collect()
    }

    /// The company file, with its facts in random order.
    pub fn json(&self, dice: &mut Dice) -> String {
        let mut facts = self.facts(dice);
        dice.shuffle(&mut facts);
        file(self.as_of, &facts)
    }
}
