//! Makes random companies, most of them on an edge of the rules or one step
//! beside it.

use super::{Company, Listing, Statement, Violation};
use crate::{
    harness::{known::Between, spell::YUAN},
    oracle::{Day, sample::Dice},
};

/// Distances from an edge: a millionth of a yuan, a fen, a yuan.
const STEPS: [i128; 3] = [1, YUAN / 100, YUAN];

/// Listings, as level and years before the round, that make or just miss a
/// route.
const HISTORIES: [&[(usize, i32)]; 16] = [
    &[],
    &[(1, 2)],
    &[(1, 2)],
    &[(1, 1), (1, 3)],
    &[(1, 3)],
    &[(1, 1)],
    &[(1, 1), (0, 3)],
    &[(0, 1), (1, 3)],
    &[(0, 2)],
    &[(0, 1), (0, 3)],
    &[(0, 1)],
    &[(0, 3)],
    &[(2, 2)],
    &[(2, 2), (1, 4)],
    &[(2, 1), (1, 3)],
    &[(2, 3), (0, 0)],
];

impl Company {
    /// A random company that has answered everything.
    pub fn sample(dice: &mut Dice) -> Self {
        let year = if dice.chance(40) { dice.within(2021, 2028) as i32 } else { 2023 };
        let as_of = dice.day_of(year);
        let kinds = ["company", "farmer_cooperative", "partnership", "sole_proprietorship"];
        let others = ["branch", "public_institution", "individual_business"];
        let mut yes = |per_cent| Some(dice.chance(per_cent));
        let (branch_independent, as_enterprise) = (yes(92), yes(92));
        let plain = std::array::from_fn(|_| yes(98));
        let (micro_small, priority_document) = (yes(75), yes(75));
        let test_failed = yes(12);
        let kind = if dice.chance(15) { dice.pick(&others) } else { dice.pick(&kinds) };
        let full_years =
            if dice.chance(60) { dice.pick(&[2, 2, 2, 2, 3, 1]) } else { dice.within(2, 30) };
        let few = dice.pick(&[0, 0, 1, 1, 2, 3]);
        let violations = (0..few).map(|_| violation(dice, year)).collect();
        let mut company = Self {
            as_of,
            established: established(dice, year),
            kind: Some(kind),
            branch_independent,
            as_enterprise,
            full_years: Between::exactly(full_years as i32),
            plain,
            violations: Some(violations),
            test_failed,
            history: Some(history(dice, year)),
            statement: Some(statement(dice)),
            micro_small,
            priority_document,
            profit: [Between::UNKNOWN; 2],
            assets: Between::UNKNOWN,
            liabilities: Between::UNKNOWN,
        };
        company.figures(dice);
        company
    }

    /// Puts profits near zero and liabilities near 90 % of assets.
    fn figures(&mut self, dice: &mut Dice) {
        for profit in &mut self.profit {
            let amount = dice.within(0, 9_999_999_999_999);
            let near = dice.pick(&STEPS);
            let sign = if dice.chance(60) { -1 } else { 1 };
            let value = match dice.below(4) {
                0 => 0,
                1 => near,
                _ => amount,
            };
            *profit = Between::exactly(sign * value);
        }
        let tenths = dice.within(0, 99_999_999_999_999);
        // Nine tenths of a round sum is in whole yuan, of most others a
        // fraction.
        let tenths = if dice.chance(30) { tenths - tenths % YUAN } else { tenths };
        let tenths = if dice.chance(3) { 0 } else { tenths };
        let step = dice.pick(&STEPS) * dice.pick(&[0, -1, 1]);
        let (assets, on_edge) = (tenths * 10, tenths * 9);
        let share = dice.within(0, 130);
        let debt = if dice.chance(70) { on_edge + step } else { assets / 100 * share };
        self.assets = Between::exactly(assets);
        self.liabilities = Between::exactly(debt.max(0));
    }

    /// Forgets some answers, and widens others to ranges that contain the true
    /// value.
    pub fn blurred(&self, dice: &mut Dice, per_cent: u64) -> Self {
        let mut company = self.clone();
        let answers = company.plain.iter_mut().chain([
            &mut company.branch_independent,
            &mut company.as_enterprise,
            &mut company.test_failed,
            &mut company.micro_small,
            &mut company.priority_document,
        ]);
        for answer in answers {
            if dice.chance(per_cent) {
                *answer = None;
            }
        }
        if dice.chance(per_cent) {
            company.kind = None;
        }
        if dice.chance(per_cent) {
            company.full_years = years_around(dice, company.full_years, 0);
        }
        if dice.chance(per_cent * 2) {
            company.statement = None;
        }
        if let Some(statement) = company.statement.as_mut().filter(|_| dice.chance(per_cent * 2)) {
            // Part of the document was not read yet.
            match dice.below(5) {
                0 => statement.issuer = None,
                1 => statement.total = Between::UNKNOWN,
                2 => statement.rank = Between::UNKNOWN,
                3 => statement.contact = None,
                _ => statement.phone = None,
            }
        }
        if dice.chance(per_cent / 2) {
            company.violations = None;
        }
        if dice.chance(per_cent / 2) {
            company.history = None;
        }
        for one in company.violations.iter_mut().flatten() {
            for answer in [&mut one.intentional, &mut one.repaired, &mut one.statement] {
                if dice.chance(per_cent) {
                    *answer = None;
                }
            }
            if dice.chance(per_cent) {
                one.decided = days_around(dice, one.decided);
            }
        }
        for one in company.history.iter_mut().flatten() {
            if dice.chance(per_cent) {
                one.level = None;
            }
            if dice.chance(per_cent) {
                one.year = years_around(dice, one.year, 1900);
            }
        }
        if dice.chance(per_cent) && !company.established.is_unknown() {
            company.established = days_around(dice, company.established);
        }
        let [before, last] = &mut company.profit;
        for amount in [before, last] {
            if dice.chance(per_cent) {
                *amount = amount_around(dice, *amount, i128::MIN);
            }
        }
        for amount in [&mut company.assets, &mut company.liabilities] {
            if dice.chance(per_cent) {
                *amount = amount_around(dice, *amount, 0);
            }
        }
        company
    }

    /// Whether an answer, or an end of a range, lies on an edge or exactly one
    /// step beside it.
    pub fn is_on_edge(&self) -> bool {
        let year = self.year();
        let first_day = |day: Day| day.1 == 1 && day.2 == 1 || day.1 == 12 && day.2 == 31;
        let window = |one: &Violation| {
            let near = |day: Day| first_day(day) && (year - 3..=year - 2).contains(&day.0);
            one.decided.ends().any(near)
        };
        let founded = |day: Day| first_day(day) && (year - 3..=year - 1).contains(&day.0);
        let debt = self.liabilities.ends().any(|debt| {
            let gap = |assets: i128| (debt * 10 - assets * 9).abs();
            self.assets.ends().any(|assets| assets > 0 && gap(assets) <= 10 * YUAN)
        });
        let result = |profit: &Between<i128>| profit.ends().any(|end| end.abs() <= YUAN);
        debt || self.violations.iter().flatten().any(window)
            || self.profit.iter().any(result)
            || self.established.ends().any(founded)
            || self.full_years.ends().any(|years| (1..=2).contains(&years))
    }
}

/// The first or last day of a year, or a random day in it.
fn day_near(dice: &mut Dice, year: i32) -> Day {
    match dice.below(3) {
        0 => (year, 1, 1),
        1 => (year, 12, 31),
        _ => dice.day_of(year),
    }
}

fn established(dice: &mut Dice, year: i32) -> Between<Day> {
    if dice.chance(40) {
        return Between::UNKNOWN;
    }
    let back = dice.pick(&[12, 3, 3, 2, 2, 1, 0]);
    Between::exactly(day_near(dice, year - back))
}

fn violation(dice: &mut Dice, year: i32) -> Violation {
    let back = dice.pick(&[0, 1, 2, 2, 3, 3, 4]);
    Violation {
        decided: Between::exactly(day_near(dice, year - back)),
        intentional: Some(dice.chance(35)),
        repaired: Some(dice.chance(65)),
        statement: Some(dice.chance(65)),
    }
}

fn history(dice: &mut Dice, year: i32) -> Vec<Listing> {
    let base = dice.pick(&HISTORIES);
    let listing = |level, back| Listing { level: Some(level), year: Between::exactly(year - back) };
    let mut all: Vec<Listing> = base.iter().map(|&(level, back)| listing(level, back)).collect();
    while dice.chance(20) {
        all.push(listing(dice.below(3) as usize, dice.within(-1, 6) as i32));
    }
    dice.shuffle(&mut all);
    all
}

const STATEMENT: [&str; 5] = ["issuer_level", "industry_total", "rank", "contact", "phone"];

fn statement(dice: &mut Dice) -> Statement {
    let issuers = [Some("national"), Some("province"), Some("province"), Some("city")];
    let rank = dice.within(1, 9) as i32;
    let mut all = Statement {
        issuer: if dice.chance(60) { dice.pick(&issuers) } else { Some("province") },
        total: Between::exactly(rank + dice.within(0, 900) as i32),
        rank: Between::exactly(rank),
        contact: Some("王芳"),
        phone: Some("0572-2020202"),
        lacks: Vec::new(),
    };
    // An estimate is an answer; an empty text means "not there".
    if dice.chance(15) {
        all.lacks = vec![dice.pick(&STATEMENT)];
    }
    match dice.below(14) {
        1 => all.total = Between { lo: Some(100), hi: Some(200) },
        3 => all.rank = Between { lo: None, hi: Some(10) },
        5 => all.contact = Some(""),
        7 => all.phone = Some(""),
        _ => {}
    }
    all
}

fn years_around(dice: &mut Dice, year: Between<i32>, least: i32) -> Between<i32> {
    let Some(value) = year.lo else { return year };
    let down = dice.pick(&[0, 0, 1, 2]);
    let up = dice.pick(&[0, 0, 1, 2]);
    match dice.below(6) {
        0 | 1 => Between::UNKNOWN,
        2 => Between { lo: None, hi: Some(value + up) },
        3 => Between { lo: Some((value - down).max(least)), hi: None },
        _ => Between { lo: Some((value - down).max(least)), hi: Some(value + up) },
    }
}

fn days_around(dice: &mut Dice, day: Between<Day>) -> Between<Day> {
    let Some(value) = day.lo else { return day };
    let (down, up) = (dice.pick(&[0, 1, 2]), dice.pick(&[0, 1, 2]));
    let earlier = day_near(dice, value.0 - down);
    let later = day_near(dice, value.0 + up);
    let (lo, hi) = (earlier.min(value), later.max(value));
    match dice.below(6) {
        0 | 1 => Between::UNKNOWN,
        2 => Between { lo: None, hi: Some(hi) },
        3 => Between { lo: Some(lo), hi: None },
        _ => Between { lo: Some(lo), hi: Some(hi) },
    }
}

/// A range around the true amount, often with the amount as one end.
fn amount_around(dice: &mut Dice, amount: Between<i128>, least: i128) -> Between<i128> {
    let Some(value) = amount.lo else { return amount };
    let far = value.abs() / 3 + 1;
    let down = dice.pick(&[0, 0, 1, far]);
    let up = dice.pick(&[0, 0, 1, far]);
    let (lo, hi) = ((value - down).max(least), value + up);
    match dice.below(6) {
        0 | 1 => Between::UNKNOWN,
        2 => Between { lo: None, hi: Some(hi) },
        3 => Between { lo: Some(lo), hi: None },
        _ => Between { lo: Some(lo), hi: Some(hi) },
    }
}
