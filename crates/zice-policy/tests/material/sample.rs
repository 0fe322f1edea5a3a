//! Makes random materials, most of them on an edge or one step beside it.

use super::{Company, Material};
use crate::{
    harness::{known::Between, spell::YUAN},
    oracle::{Day, sample::Dice},
};

const FLOOR: i128 = 50_000_000 * YUAN;
const STEPS: [i128; 3] = [1, YUAN / 100, YUAN];
const NOISE: [(&str, &str); 8] = [
    ("name", "\"高温合金棒材\""),
    ("serial", "18"),
    ("serial", "\"7\""),
    ("contract_amount", "\"10000000.5\""),
    ("contract_amount", "{\"max\":1}"),
    ("premium_paid", "1500000"),
    ("premium_rate", "0.035"),
    ("premium_rate", "\"0.03\""),
];

impl Company {
    /// A random company that has answered everything, for the round of `year`.
    pub fn sample(dice: &mut Dice, year: i32) -> Self {
        let as_of = if dice.chance(85) { dice.day_of(year) } else { dice.day_of(year + 1) };
        let count = dice.pick(&[0, 1, 1, 1, 1, 1, 2, 2, 3]);
        let materials = (0..count).map(|_| material(dice, year, as_of)).collect();
        Self { as_of, materials: Some(materials) }
    }

    /// Forgets some answers, and widens others to ranges that contain the true
    /// value.
    pub fn blurred(&self, dice: &mut Dice, per_cent: u64) -> Self {
        let mut company = self.clone();
        if dice.chance(per_cent / 4) {
            company.materials = None;
        }
        for material in company.materials.iter_mut().flatten() {
            let answers = [
                &mut material.spec_met,
                &mut material.insurer_filed,
                &mut material.direct_use,
                &mut material.affiliated,
                &mut material.trader,
                &mut material.subsidised,
                &mut material.in_first_set,
            ];
            for answer in answers {
                if dice.chance(per_cent) {
                    *answer = None;
                }
            }
            if dice.chance(per_cent) {
                material.catalogue = None;
            }
            material.qualified_is_open = dice.chance(per_cent / 2);
            for day in [&mut material.policy_start, &mut material.qualified_until] {
                if dice.chance(per_cent) {
                    let earlier = |dice: &mut Dice, day| beside(dice, day, -1);
                    *day = around(dice, *day, earlier, |dice, day| beside(dice, day, 1));
                }
            }
            for amount in [&mut material.insured, &mut material.quota] {
                if dice.chance(per_cent) {
                    let less = |dice: &mut Dice, amount: i128| {
                        (amount - dice.pick(&[0, 1, YUAN, amount / 3])).max(0)
                    };
                    let more = |dice: &mut Dice, amount: i128| {
                        amount + dice.pick(&[0, 1, YUAN, amount / 3])
                    };
                    *amount = around(dice, *amount, less, more);
                }
            }
        }
        company
    }

    /// Whether an answer, or an end of a range, lies on an edge of the round or
    /// exactly one step beside it.
    pub fn is_on_edge(&self, year: i32) -> bool {
        let edges = edges(year);
        self.materials.iter().flatten().any(|material| {
            let start = |day: Day| edges.contains(&day);
            let amount = |amount: i128, edge: i128| STEPS.contains(&(amount - edge).abs());
            let near = |amount_of: i128, edge: i128| amount_of == edge || amount(amount_of, edge);
            let until =
                |day: Day| day == self.as_of || day == next(self.as_of) || next(day) == self.as_of;
            material.policy_start.ends().any(start)
                || material.insured.ends().any(|end| year < 2024 && near(end, FLOOR))
                || material.quota.ends().any(|end| year > 2024 && near(end, 0))
                || material.qualified_until.ends().any(|end| year > 2024 && until(end))
        })
    }
}

/// The first and last day of the window, and the days next to them.
fn edges(year: i32) -> [Day; 4] {
    match year {
        ..2024 => [(2021, 12, 31), (2022, 1, 1), (2022, 12, 31), (2023, 1, 1)],
        _ => [(2025, 10, 14), (2025, 10, 15), (2025, 10, 16), (2025, 10, 15)],
    }
}

/// The next day. Months have 28 days here, as in the sample.
fn next((year, month, day): Day) -> Day {
    match (month, day) {
        (12, 28..) => (year + 1, 1, 1),
        (_, 28..) => (year, month + 1, 1),
        _ => (year, month, day + 1),
    }
}

fn before((year, month, day): Day) -> Day {
    match (month, day) {
        (1, 1) => (year - 1, 12, 28),
        (_, 1) => (year, month - 1, 28),
        _ => (year, month, day - 1),
    }
}

fn beside(dice: &mut Dice, day: Day, way: i32) -> Day {
    let years = (day.0 + way, day.1, day.2.min(28));
    let one = if way < 0 { before(day) } else { next(day) };
    dice.pick(&[day, day, one, years])
}

/// A range around the true value, often with the value as one end.
fn around<T: Copy>(
    dice: &mut Dice,
    value: Between<T>,
    down: impl Fn(&mut Dice, T) -> T,
    up: impl Fn(&mut Dice, T) -> T,
) -> Between<T> {
    let Some(value) = value.lo else { return value };
    let (lo, hi) = (Some(down(dice, value)), Some(up(dice, value)));
    match dice.below(6) {
        0 | 1 => Between { lo: None, hi: None },
        2 => Between { lo: None, hi },
        3 => Between { lo, hi: None },
        _ => Between { lo, hi },
    }
}

fn material(dice: &mut Dice, year: i32, as_of: Day) -> Material {
    let mut yes = |per_cent| Some(dice.chance(per_cent));
    let (spec_met, insurer_filed, direct_use) = (yes(94), yes(94), yes(94));
    let (affiliated, trader, subsidised, in_first_set) = (yes(6), yes(6), yes(15), yes(6));
    let start = if dice.chance(75) {
        let edges = edges(year);
        // Mostly a day inside the window.
        if dice.chance(70) { edges[1 - usize::from(year > 2024)] } else { dice.pick(&edges) }
    } else {
        let year = if year > 2024 { dice.pick(&[2025, 2024]) } else { 2022 };
        dice.day_of(year)
    };
    let step = dice.pick(&STEPS) * dice.pick(&[0, -1, 1, 1]);
    let insured = match dice.below(4) {
        0 => dice.within(0, 600_000_000_000_000),
        1 => FLOOR,
        _ => FLOOR + step,
    };
    let quota = match dice.below(4) {
        0 => dice.within(0, 10_000_000_000_000),
        1 => 0,
        _ => dice.pick(&STEPS),
    };
    let until = match dice.below(6) {
        0 => as_of,
        1 => before(as_of),
        2 => next(as_of),
        _ => (as_of.0 + 2, as_of.1, as_of.2),
    };
    let mut noise = Vec::new();
    if dice.chance(40) {
        noise.push(dice.pick(&NOISE));
    }
    let qualified = dice.chance(50).then(|| dice.chance(85));
    let catalogue = if dice.chance(92) {
        [year < 2024 || dice.chance(50), year > 2024 || dice.chance(50)]
    } else {
        [dice.chance(30), dice.chance(30)]
    };
    Material {
        catalogue: Some(catalogue),
        spec_met,
        policy_start: Between::exactly(start),
        insured: Between::exactly(insured),
        insurer_filed,
        direct_use,
        affiliated,
        trader,
        subsidised,
        in_first_set,
        qualified,
        qualified_is_open: false,
        qualified_until: Between::exactly(until),
        quota: Between::exactly(quota),
        noise,
    }
}
