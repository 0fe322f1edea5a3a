//! Makes random companies, most of them on an edge of the rules or one step
//! beside it.

use super::{
    ASSETS, BASE, COST, Company, Day, INCOME, Item, MONEY_CAP, MOST, PAY_NO_TAX, RD, REVENUE,
    STAFF_CAP, Span, TECH, TOTAL,
};

/// The source of randomness: a fixed seed, or a tape that a shrinking test can
/// make shorter and smaller. 0 always stands for the plain choice.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
    tape: Option<std::vec::IntoIter<u64>>,
}

impl Dice {
    pub const fn seeded(seed: u64) -> Self {
        Self { state: seed, tape: None }
    }

    pub fn from_tape(tape: Vec<u64>) -> Self {
        Self { state: 0, tape: Some(tape.into_iter()) }
    }

    fn roll(&mut self) -> u64 {
        if let Some(tape) = &mut self.tape {
            return tape.next().unwrap_or(0);
        }
        // SplitMix64.
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    pub fn within(&mut self, first: i128, last: i128) -> i128 {
        let span = u64::try_from(last - first + 1).expect("a small span");
        first + i128::from(self.below(span))
    }

    pub fn chance(&mut self, per_cent: u64) -> bool {
        self.below(100) >= 100 - per_cent
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::try_from(self.below(choices.len() as u64)).expect("an index")]
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at as u64 + 1) as usize);
        }
    }

    pub fn day_of(&mut self, year: i32) -> Day {
        (year, self.within(1, 12) as u8, self.within(1, 28) as u8)
    }
}

const CLASS_ONE: [&str; 6] =
    ["invention", "plant_variety", "crop_variety", "new_drug", "tcm_protected", "ic_layout"];
const CLASS_TWO: [&str; 3] = ["utility_model", "design", "software"];
/// Fields that matter to other policies, never here.
const NOISE: [(&str, &str); 9] = [
    ("obtained_by", "null"),
    ("used_for_hnte", "null"),
    ("foreign", "true"),
    ("obtained_by", "\"licence\""),
    ("obtained_by", "\"transfer\""),
    ("obtained_by", "\"merger\""),
    ("used_for_hnte", "true"),
    ("co_owner_uses", "true"),
    ("obtained_by", "\"own\""),
];

/// The fields that matter here.
const FIELDS: [&str; 6] = ["kind", "status", "owner", "disputed", "main_product", "granted_on"];

/// A right that certainly counts.
pub fn counting_item(dice: &mut Dice) -> Item {
    let kind = if dice.chance(15) { dice.pick(&CLASS_ONE) } else { dice.pick(&CLASS_TWO) };
    Item {
        kind,
        status: None,
        owner: None,
        disputed: None,
        main_product: None,
        granted: None,
        nulls: Vec::new(),
        noise: None,
    }
}

fn item(dice: &mut Dice, as_of: Day) -> Item {
    let mut item = counting_item(dice);
    if dice.chance(8) {
        item.kind = dice.pick(&["trademark", "other_copyright", "defence_patent"]);
    }
    if dice.chance(25) {
        item.status = Some(dice.pick(&["granted", "notice_and_fee", "pending", "expired"]));
    }
    if dice.chance(20) {
        item.owner = Some(dice.pick(&["company", "company", "co_owned", "person"]));
    }
    if dice.chance(10) {
        item.disputed = Some(dice.chance(40));
    }
    if dice.chance(10) {
        item.main_product = Some(dice.chance(60));
    }
    if dice.chance(30) {
        let year = as_of.0 + dice.pick(&[-6, -3, -1, 0, 0, 1]);
        let day = if dice.chance(25) { as_of } else { dice.day_of(year) };
        item.granted = Some((day, day));
    }
    if dice.chance(20) {
        item.noise = Some(dice.pick(&NOISE));
    }
    item
}

impl Company {
    /// A random company that has answered everything.
    pub fn sample(dice: &mut Dice) -> Self {
        let year = if dice.chance(25) { dice.pick(&[2021, 2022, 2024, 2026]) } else { 2023 };
        let as_of = dice.day_of(year);
        let established = dice.chance(60).then(|| {
            let back = if dice.chance(8) { dice.pick(&[0, -1]) } else { dice.pick(&[1, 2, 9]) };
            dice.day_of(year - back)
        });
        let kinds = ["company", "company", "company", "branch", "farmer_cooperative"];
        let entity_kind = dice
            .chance(40)
            .then(|| if dice.chance(6) { dice.pick(&PAY_NO_TAX) } else { dice.pick(&kinds) });
        let mut company = Self {
            as_of,
            established,
            entity_kind,
            amounts: [Span::exactly(0); 8],
            yes_no: std::array::from_fn(|at| {
                let usual = at < 5 || at == 6 || at == 7;
                Some(usual != dice.chance(if at < 8 { 2 } else { 7 }))
            }),
            ip: None,
            ip_complete: None,
        };
        // Such an entity is not said to be a resident enterprise, which would
        // be refused.
        if entity_kind.is_some_and(|kind| PAY_NO_TAX.contains(&kind)) {
            company.yes_no[0] = Some(false);
        }
        company.figures(dice);
        if dice.chance(70) {
            company.aim(dice);
        }
        if dice.chance(25) {
            company.aim(dice);
        }
        let count = dice.pick(&[0, 1, 2, 3, 4, 5, 1, 2, 3, 4]);
        company.ip = Some((0..count).map(|_| item(dice, as_of)).collect());
        company.ip_complete = dice.chance(20).then_some(true);
        company
    }

    fn set(&mut self, at: usize, value: i128) {
        self.amounts[at] = Span::exactly(value.clamp(0, MOST));
    }

    /// Sets figures of an ordinary small company, sometimes zero.
    fn figures(&mut self, dice: &mut Dice) {
        let total = if dice.chance(3) { 0 } else { dice.within(1, 450) * 100 };
        let total = if dice.chance(30) { total + dice.within(0, 99) } else { total };
        self.set(TOTAL, total);
        self.set(TECH, total * dice.within(5, 40) / 100);
        let size = dice.pick(&[1_000_000, 10_000_000, 100_000_000, 150_000_000]);
        let revenue = if dice.chance(5) { 0 } else { dice.within(size / 10, size) * 100 };
        let revenue = if dice.chance(80) { revenue + dice.within(0, 99) } else { revenue };
        self.set(REVENUE, revenue);
        let cost = if revenue == 0 { 50_000_000 } else { revenue };
        let cost = if dice.chance(4) { 0 } else { cost * dice.within(10, 130) / 100 };
        self.set(COST, cost);
        let rd = if dice.chance(4) { 0 } else { revenue * dice.within(5, 90) / 1000 };
        self.set(RD, if dice.chance(10) { cost * dice.within(5, 40) / 100 } else { rd });
        let most = if dice.chance(5) { MONEY_CAP * 3 / 2 } else { MONEY_CAP };
        self.set(ASSETS, dice.within(1, most));
        let base = if dice.chance(4) { 0 } else { revenue + dice.within(0, 9_999_999) };
        self.set(BASE, base);
        self.set(INCOME, if dice.chance(50) { base * dice.within(0, 55) / 100 } else { 0 });
    }

    /// Moves one figure onto an edge, or one step beside it.
    fn aim(&mut self, dice: &mut Dice) {
        let step = dice.pick(&[0, -1, 1]);
        let [total, _, revenue, cost, ..] = self.amounts.map(|span| span.lo);
        match dice.below(8) {
            0 | 1 => {
                // A round total has its bands at whole hundredths.
                let total = total - total % 20;
                let step = if dice.chance(30) { step * 100 } else { step };
                let per_cent = dice.pick(&[10, 15, 20, 25, 30]);
                self.set(TOTAL, total);
                self.set(TECH, (total * per_cent / 100 + step).min(total));
            }
            2 | 3 => self.set(RD, revenue * dice.pick(&[2, 3, 4, 5, 6]) / 100 + step),
            4 => {
                // If costs are less than half of the revenue, only the second
                // basis is on its edge.
                let cost = if dice.chance(70) { revenue / 5 } else { cost };
                self.set(COST, cost);
                self.set(RD, cost * dice.pick(&[10, 15, 20, 25, 30]) / 100 + step);
            }
            5 => {
                let step = if dice.chance(40) { step * 100 } else { step };
                let tech = STAFF_CAP * dice.within(10, 30) / 100;
                self.set(TOTAL, STAFF_CAP + step);
                self.set(TECH, tech);
            }
            6 => {
                let at = dice.pick(&[REVENUE, ASSETS]);
                self.set(at, MONEY_CAP + step);
                if at == REVENUE {
                    self.set(RD, MONEY_CAP * dice.within(2, 7) / 100);
                }
            }
            _ => {
                let base = self.amounts[BASE].lo;
                self.set(BASE, base - base % 2);
                self.set(INCOME, base / 2 + step);
            }
        }
    }

    /// Forgets some answers, and widens others to ranges that contain the true
    /// value.
    pub fn blurred(&self, dice: &mut Dice, per_cent: u64) -> Self {
        let mut company = self.clone();
        for span in &mut company.amounts {
            if dice.chance(per_cent) {
                *span = if dice.chance(40) { Span::UNKNOWN } else { estimate(dice, span.lo) };
            }
        }
        for answer in &mut company.yes_no {
            if dice.chance(per_cent) {
                *answer = None;
            }
        }
        if dice.chance(per_cent) {
            match dice.below(5) {
                0 => (company.ip, company.ip_complete) = (None, None),
                1 => {
                    company.ip_complete = Some(false);
                    let items = company.ip.iter_mut().flatten().count();
                    let keep = dice.below(items as u64 + 1) as usize;
                    company.ip.iter_mut().for_each(|all| all.truncate(keep));
                }
                2 | 3 => {
                    for item in company.ip.iter_mut().flatten() {
                        let nulls = [60, 15].map(|share| (dice.chance(share), dice.pick(&FIELDS)));
                        item.nulls = nulls.into_iter().filter(|it| it.0).map(|it| it.1).collect();
                        item.nulls.dedup();
                    }
                }
                _ => {
                    // The day is not known exactly, only the years around it.
                    for (first, last) in
                        company.ip.iter_mut().flatten().filter_map(|item| item.granted.as_mut())
                    {
                        *first = (first.0 - 1, first.1, first.2);
                        *last = (last.0 + dice.pick(&[0, 1, 2]), last.1, last.2);
                    }
                }
            }
        }
        company
    }

    /// Whether a figure, or an end of a range, lies on a band or cap or exactly
    /// one fen, one hundredth of a person or one person beside it.
    pub fn is_on_edge(&self) -> bool {
        let ends = |at: usize| {
            let Span { lo, hi } = self.amounts[at];
            [lo, hi].into_iter().filter(|value| (1..MOST).contains(value))
        };
        let pairs = |part: usize, whole: usize| {
            ends(whole).flat_map(move |whole| ends(part).map(move |part| (part, whole)))
        };
        let near = |part: i128, whole: i128, per_cent: &[i128], far: i128| {
            let gaps = per_cent.iter().map(|per_cent| (part * 100 - whole * per_cent).abs());
            gaps.into_iter().any(|gap| gap <= 100 || gap == far)
        };
        let beside = |at: usize, cap: i128, far: i128| {
            ends(at).any(|value| (value - cap).abs() <= 1 || (value - cap).abs() == far)
        };
        pairs(TECH, TOTAL).any(|(part, all)| near(part, all, &[10, 15, 20, 25, 30], 10_000))
            || pairs(RD, REVENUE).any(|(part, all)| near(part, all, &[2, 3, 4, 5, 6], 0))
            || pairs(RD, COST).any(|(part, all)| near(part, all, &[10, 15, 20, 25, 30], 0))
            || pairs(INCOME, BASE).any(|(part, all)| (part * 2 - all).abs() <= 2)
            || beside(TOTAL, STAFF_CAP, 100)
            || beside(REVENUE, MONEY_CAP, 1)
            || beside(ASSETS, MONEY_CAP, 1)
    }
}

/// A range around the true value, often with the value or an edge as one end.
fn estimate(dice: &mut Dice, value: i128) -> Span {
    let down = dice.within(0, value / 3 + 1);
    let up = dice.within(0, value / 2 + 1);
    let lo = match dice.below(6) {
        0 | 1 => value,
        2 => value - 1,
        3 => 0,
        _ => value - down,
    };
    let hi = match dice.below(6) {
        0 | 1 => value,
        2 => value + 1,
        3 => MOST,
        _ => value + up,
    };
    Span { lo: lo.max(0), hi }
}
