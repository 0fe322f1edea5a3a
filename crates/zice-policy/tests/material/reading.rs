//! Reads what the policy text says about a company's materials.

use std::collections::BTreeMap;

use super::{Company, Material};
use crate::{
    harness::{
        Said,
        known::{Between, Judged, Ways},
        spell::YUAN,
    },
    oracle::Day,
};

/// 原则上单个品种的保险金额不低于5000万元.
const IN_PRINCIPLE: i128 = 50_000_000 * YUAN;
/// The window for insurance policies in the last round of the pilot.
const OF_2022: [Day; 2] = [(2022, 1, 1), (2022, 12, 31)];
/// 保单于2025年10月15日前生效; it is not settled whether the day itself counts.
const BEFORE: Day = (2025, 10, 15);

/// The criteria of one material, with their outcomes.
type Lines = Vec<(&'static str, Ways)>;

/// The rules of an edition: from a material and day of application to each
/// criterion, and to all of them together.
pub type Edition = fn(&Material, Day) -> (Lines, Ways);

/// The outcome of all criteria, which must not look at the same answers.
fn all(lines: &[(&'static str, Ways)]) -> Ways {
    lines.iter().fold(Ways::only(true), |all, line| all.and(line.1))
}

/// An exclusion: met if it does not apply.
fn excluded(applies: Option<bool>, then: Judged) -> Ways {
    let ways = Ways::answer(applies).each();
    Ways::of(ways.map(|way| if way == Judged::Yes { then } else { Judged::Yes }))
}

/// A demand: met if it is kept.
fn demanded(kept: Option<bool>, otherwise: Judged) -> Ways {
    Ways::answer(kept).with_instead(Judged::No, otherwise)
}

fn listed(material: &Material, edition: usize) -> Ways {
    Ways::answer(material.catalogue.map(|editions| editions[edition]))
}

/// The rules of the old pilot, round of 2023.
pub fn pilot_2023(material: &Material, _: Day) -> (Lines, Ways) {
    use Judged::{Ask, No};
    let start = material.policy_start;
    let [first, last] = OF_2022;
    let window = Ways::between(
        // A range reaches the window unless it lies wholly outside.
        start.may_be_at_least(first) && start.may_be_at_most(last),
        start.may_be_below(first) || start.may_be_above(last),
    );
    let lines = vec![
        ("catalogue", listed(material, 0)),
        ("specification", Ways::answer(material.spec_met)),
        ("policy_window", window),
        ("insurer", Ways::answer(material.insurer_filed)),
        ("direct_use", Ways::answer(material.direct_use)),
        ("not_affiliated", excluded(material.affiliated, No)),
        ("not_trader", excluded(material.trader, No)),
        ("insured_amount", material.insured.at_least(IN_PRINCIPLE).with_instead(No, Ask)),
        ("not_renewal", excluded(material.subsidised, Ask)),
        ("not_first_set", excluded(material.in_first_set, No)),
    ];
    let whole = all(&lines);
    (lines, whole)
}

/// The rules for the claims of 2025, which need a qualification.
pub fn claim_2025(material: &Material, as_of: Day) -> (Lines, Ways) {
    use Judged::{Ask, No, Yes};
    let start = material.policy_start;
    let ways = [
        (start.may_be_below(BEFORE), Yes),
        (start.may_be(BEFORE), Ask),
        (start.may_be_above(BEFORE), No),
    ];
    let window = Ways::of(ways.into_iter().filter_map(|(may, way)| may.then_some(way)));
    let Between { lo, hi } = material.quota;
    let some_quota = Ways::between(hi.is_none_or(|hi| hi > 0), lo.is_none_or(|lo| lo <= 0));
    // The last day of validity belongs to a qualification.
    let held = match material.qualified_is_open {
        true => Ways::answer(None),
        false => Ways::only(material.qualified.unwrap_or(true)),
    };
    let qualification = held.and(material.qualified_until.at_least(as_of));
    let mut lines = vec![
        ("catalogue", listed(material, 1)),
        ("specification", Ways::answer(material.spec_met)),
        ("policy_window", window),
        ("insurer", demanded(material.insurer_filed, Ask)),
        ("direct_use", demanded(material.direct_use, Ask)),
        ("not_affiliated", excluded(material.affiliated, Ask)),
        ("not_trader", excluded(material.trader, Ask)),
        ("not_first_set", excluded(material.in_first_set, Ask)),
        ("qualification", qualification),
        ("quota", some_quota),
    ];
    // Several claims within one qualification and its quota are normal. So a
    // renewal is in doubt only where one of those fails anyway.
    let whole = all(&lines);
    let in_order = qualification.and(some_quota);
    let renewal = in_order.with_instead(No, Ask);
    let not_renewal = match material.subsidised {
        Some(true) => renewal,
        Some(false) => Ways::only(true),
        None => Ways::only(true).besides(renewal),
    };
    lines.push(("not_renewal", not_renewal));
    (lines, whole)
}

impl Company {
    /// What the report must say in this edition: a status for each criterion of
    /// each material, and the verdict of the best material.
    pub fn expected(&self, edition: Edition) -> Said {
        // A list not given counts as one material of which nothing is known.
        let blank = [Material::BLANK];
        let materials = self.materials.as_deref().unwrap_or(&blank);
        let mut statuses = BTreeMap::new();
        let mut best = Ways::only(false);
        for (at, material) in materials.iter().enumerate() {
            let (lines, whole) = edition(material, self.as_of);
            best = best.or(whole);
            let rows = lines.into_iter();
            statuses.extend(rows.map(|(id, ways)| (format!("material[{at}].{id}"), ways.status())));
        }
        // A list not given may hold a material that passes, or none.
        let verdict = match (&self.materials, materials.is_empty()) {
            (None, _) => "undecided",
            (Some(_), true) => "not_applicable",
            (Some(_), false) => best.verdict(),
        };
        Said { verdict, statuses, ..Said::default() }
    }
}
