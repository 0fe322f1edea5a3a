//! Makes random companies, most of them on an edge of the rules or one step
//! beside it.

use crate::oracle::sample::Dice;

use super::{
    ASSETS, CONVERSIONS, Company, DEBTS, DOMESTIC, Day, FINE, FIRST, HIGHTECH, INCOME, Item, MAIN,
    MGMT, MOST, ONE, RD, RESIDENT, REVENUE, STAFF, Span, days_before, reading::PASS,
};

const KINDS: [&str; 10] = [
    "invention",
    "utility_model",
    "software",
    "design",
    "ic_layout",
    "defence_patent",
    "plant_variety",
    "crop_variety",
    "new_drug",
    "tcm_protected",
];

/// A random right, mostly one that may be used.
pub fn item(dice: &mut Dice, as_of: Day) -> Item {
    let year = as_of.0;
    let granted = match dice.below(12) {
        0 => as_of,
        1 => days_before(as_of, 1),
        2 => days_before(as_of, -1),
        3 => (year - 1, 12, 31),
        4 => (year, 1, 1),
        5 => dice.day_of(year),
        _ => {
            let back = dice.pick(&[1, 1, 2, 3, 6]);
            dice.day_of(year - back)
        }
    };
    let kind = match dice.below(20) {
        0 => dice.pick(&["trademark", "other_copyright"]),
        1..9 => dice.pick(&["utility_model", "software", "design"]),
        _ => dice.pick(&KINDS),
    };
    let mut item = Item { kind: Some(kind), granted: Some((granted, granted)), ..Item::default() };
    let statuses = ["granted", "notice_and_fee", "pending", "expired"];
    item.status = dice.chance(20).then(|| dice.pick(&statuses));
    let ways = ["own", "transfer", "gift", "merger", "licence"];
    item.obtained_by = dice.chance(50).then(|| dice.pick(&ways));
    item.owner = dice.chance(20).then(|| dice.pick(&["company", "co_owned", "co_owned", "person"]));
    item.co_owner_uses = dice.chance(20).then(|| dice.chance(50));
    item.disputed = dice.chance(10).then(|| dice.chance(40));
    item.main_product = dice.chance(15).then(|| dice.chance(40));
    item.used = dice.chance(20).then(|| dice.chance(50));
    item.foreign = dice.chance(10).then(|| dice.chance(40));
    item
}

/// A random whole number from `first` to `last`, however far apart.
pub fn between(dice: &mut Dice, first: i128, last: i128) -> i128 {
    let coarse = dice.within(0, (last - first) >> 20) << 20;
    (first + coarse + dice.within(0, (1 << 20) - 1)).min(last)
}

/// A whole percentage of an amount, rounded down to the millionth.
const fn part(whole: i128, per_cent: i128) -> i128 {
    whole * per_cent / 100
}

impl Company {
    /// A random company that has answered everything. Two in three are close to
    /// passing, so that an edge often decides.
    pub fn sample(dice: &mut Dice, edition: u16) -> Self {
        let strong = dice.chance(66);
        let year = i32::from(edition) + dice.pick(&[0, 0, 0, 0, 1, 2, -1]);
        let turns = [(year, 1, 1), (year, 12, 31), (year, 2, 28), (year, 3, 1)];
        let as_of = if dice.chance(25) { dice.pick(&turns) } else { dice.day_of(year) };
        let back = dice.pick(&[20, 10, 8, 7, 5, 4, 4, 4, 3, 3, 3, 2, 2, 1]);
        let registered = match dice.below(40) {
            0 => as_of,
            1 => dice.day_of(year),
            2 => days_before(as_of, -20),
            3 => (year - back, 12, 31),
            _ => dice.day_of(year - back),
        };
        let nothing = Span::exactly(0);
        let yes = |dice: &mut Dice, at: usize| match at {
            FIRST => dice.chance(50),
            RESIDENT => dice.chance(97),
            _ => dice.chance(if strong { 98 } else { 85 }),
        };
        let grades: &[u8] = if strong { &[0, 0, 0, 1] } else { &[0, 1, 2, 3, 4] };
        let mut company = Self {
            as_of,
            established: Some((registered, registered)),
            entity_kind: None,
            yearly: [[nothing; 3]; 6],
            last: [nothing; 3],
            crew: [nothing; 2],
            yes_no: std::array::from_fn(|at| Some(yes(dice, at))),
            grades: [0; 2].map(|_| Some(dice.pick(grades))),
            mgmt: MGMT.map(|(_, most)| Some(points(dice, most, strong))),
            ip: None,
            ip_complete: dice.chance(20).then_some(true),
        };
        company.kind_of_entity(dice);
        company.figures(dice, strong);
        let count = dice.pick(&[0, 1, 1, 2, 3, 4, 5, 6, 7]);
        let mut items: Vec<Item> = (0..count).map(|_| item(dice, as_of)).collect();
        if strong && dice.chance(85) {
            // A right that may certainly be used, often of class I.
            let kind = dice.pick(&["invention", "defence_patent", "ic_layout", "software"]);
            let granted = dice.day_of(year - 2);
            let granted = Some((granted, granted));
            items.push(Item { kind: Some(kind), granted, ..Item::default() });
        }
        company.ip = Some(items);
        if dice.chance(85) {
            company.aim(dice);
        }
        if dice.chance(40) {
            company.aim(dice);
        }
        if dice.chance(40) {
            company.aim_at_total(dice, edition);
        }
        if dice.chance(5) {
            company.swell(dice);
        }
        company
    }

    /// Sets the kind of entity, mostly to unknown. A kind that pays no
    /// enterprise income tax is not said to be a resident enterprise, which
    /// would be refused.
    fn kind_of_entity(&mut self, dice: &mut Dice) {
        let kinds = ["company", "company", "farmer_cooperative", "public_institution", "branch"];
        let others = ["partnership", "sole_proprietorship", "individual_business"];
        if dice.chance(70) {
            return;
        }
        if dice.chance(92) {
            self.entity_kind = Some(dice.pick(&kinds));
        } else {
            self.entity_kind = Some(dice.pick(&others));
            self.yes_no[RESIDENT] = Some(false);
        }
    }

    fn set(&mut self, fact: usize, year: usize, value: i128) {
        self.yearly[fact][year] = Span::exactly(value.max(0));
    }

    fn net(&self, year: usize) -> i128 {
        self.yearly[ASSETS][year].lo - self.yearly[DEBTS][year].lo
    }

    /// Moves assets or liabilities so that net assets are `net`.
    fn set_net(&mut self, year: usize, net: i128) {
        let debts = self.yearly[DEBTS][year].lo.max(-net);
        self.set(DEBTS, year, debts);
        self.set(ASSETS, year, debts + net);
    }

    /// Sets figures of an ordinary company that wants to apply, sometimes zero.
    fn figures(&mut self, dice: &mut Dice, strong: bool) {
        let size = dice.pick(&[3_000_000, 20_000_000, 40_000_000, 90_000_000, 250_000_000]);
        // In whole yuan, fen or millionths.
        let grain = dice.pick(&[ONE, ONE / 100, ONE / 100, 1]);
        let round = |value: i128| value - value % grain;
        let mut revenue = dice.within(size / 5 * ONE, size * ONE);
        let mut net = dice.within(size / 9 * ONE, size * ONE);
        for year in 0..3 {
            self.set(REVENUE, year, if dice.chance(2) { 0 } else { round(revenue) });
            let revenue_now = self.yearly[REVENUE][year].lo;
            let share = dice.within(if strong { 50 } else { 28 }, 90);
            let rd = if dice.chance(2) { 0 } else { revenue_now * share / 1000 };
            self.set(RD, year, round(rd));
            let rd = self.yearly[RD][year].lo;
            let least = if strong { 80 } else { 40 };
            let domestic = if dice.chance(60) { 100 } else { dice.within(least, 100) };
            self.set(DOMESTIC, year, round(part(rd, domestic)));
            self.set(DEBTS, year, round(dice.within(0, net)));
            self.set_net(year, round(if dice.chance(3) { -net } else { net }));
            let most = dice.pick(&[2, 4, 6, 8]);
            let least = if strong { 5 } else { 0 };
            self.set(CONVERSIONS, year, dice.within(least, least.max(most)) * ONE);
            let paces: &[i128] =
                if strong { &[110, 127, 136, 170] } else { &[70, 95, 102, 110, 120, 140] };
            revenue = part(revenue, dice.pick(paces));
            net = part(net, dice.pick(paces));
        }
        let income = self.yearly[REVENUE][2].lo + dice.within(0, size / 10 * ONE);
        let low = if strong { 75 } else { 30 };
        let hightech = part(income, dice.pick(&[low, 61, 70, 80, 90, 100]));
        let main = part(hightech, dice.pick(&[low, 51, 60, 80, 90, 100]));
        self.last = [income, hightech, main].map(|value| Span::exactly(round(value)));
        let staff = dice.within(5, 400) * ONE;
        let staff = if dice.chance(1) { 0 } else { staff + dice.within(0, 11) * ONE / 4 };
        let tech = part(staff, dice.pick(&[if strong { 12 } else { 5 }, 11, 15, 20, 30, 50]));
        self.crew = [staff, tech].map(Span::exactly);
    }

    /// Scales figures up to nearly all digits allowed: below 10^15 in fen,
    /// below 10^12 in millionths. What was on an edge stays there.
    fn swell(&mut self, dice: &mut Dice) {
        let money = self.yearly[..CONVERSIONS].iter_mut().flatten().chain(&mut self.last);
        let figures: Vec<&mut Span> = money.collect();
        let most = figures.iter().map(|span| span.hi).max().unwrap_or(0);
        let fits = [100_000, 10_000, 103].into_iter().filter(|times| {
            let room = if times % 10_000 == 0 { MOST } else { FINE };
            most * times < room
        });
        let times = dice.pick(&fits.chain([1]).collect::<Vec<i128>>());
        figures.into_iter().for_each(|span| *span = Span::exactly(span.lo * times));
    }

    /// Moves one figure onto an edge, or one step beside it.
    fn aim(&mut self, dice: &mut Dice) {
        let step = dice.pick(&[0, -1, 1]);
        // The smallest step there is, or a fen.
        let small = step * dice.pick(&[1, 1, ONE / 100]);
        match dice.below(14) {
            0 => {
                let days = 365 + step;
                let day = days_before(self.as_of, i32::try_from(days).expect("small"));
                self.established = Some((day, day));
            }
            1 | 2 => {
                let staff = self.crew[STAFF].lo.max(ONE * 20);
                let staff = staff - staff % 10;
                let small = if dice.chance(30) { step * ONE } else { small };
                self.crew = [staff, staff / 10 + small].map(Span::exactly);
            }
            3 | 4 => {
                let last = dice.pick(&[None, Some(50_000_000), Some(200_000_000)]);
                if let Some(last) = last {
                    let beside = dice.pick(&[0, -1, 1]) * dice.pick(&[1, ONE / 100]);
                    self.set(REVENUE, 2, last * ONE + beside);
                }
                self.aim_at_rd(dice, small);
            }
            5 => {
                // In one year all R&D is domestic; the other years take the
                // rest.
                let years = self.had_years();
                let total: i128 = years.clone().map(|year| self.yearly[RD][year].lo).sum();
                let mut rest = part(total, 60) + small;
                for year in years.rev() {
                    let most = self.yearly[RD][year].lo;
                    self.set(DOMESTIC, year, rest.clamp(0, most));
                    rest -= self.yearly[DOMESTIC][year].lo;
                }
            }
            6 => {
                let income = self.last[INCOME].lo.max(ONE);
                let income = income - income % 5;
                self.last = [income, part(income, 60) + small, part(income, 50)].map(Span::exactly);
            }
            7 => {
                let hightech = self.last[HIGHTECH].lo.max(ONE);
                let hightech = hightech - hightech % 2;
                self.last[HIGHTECH] = Span::exactly(hightech);
                self.last[MAIN] = Span::exactly(hightech / 2 + small);
            }
            8..=12 => self.aim_at_growth(dice, small),
            _ => {
                let years = self.had_years();
                let count = i128::try_from(years.clone().count()).expect("three");
                let mut rest =
                    (count * dice.within(0, 5) + step.abs() * dice.pick(&[1, -1])).max(0);
                for year in years {
                    let all = if year == 2 { rest } else { between(dice, 0, rest) };
                    self.set(CONVERSIONS, year, all * ONE);
                    rest -= all;
                }
            }
        }
    }

    /// The indexes of the years in which the company existed, or the last one.
    fn had_years(&self) -> std::ops::Range<usize> {
        let registered = self.established.map_or(0, |(first, _)| first.0);
        let first = (0..3).find(|at| self.year(*at) >= registered);
        first.unwrap_or(2)..3
    }

    fn aim_at_rd(&mut self, dice: &mut Dice, small: i128) {
        let years = self.had_years();
        let first = years.start;
        // A sum in whole hundredths has its share in whole millionths.
        let sum = |company: &Self, fact: usize, years: std::ops::Range<usize>| -> i128 {
            years.map(|year| company.yearly[fact][year].lo).sum()
        };
        let odd = sum(self, REVENUE, years.clone()) % 100;
        if first < 2 && odd > 0 {
            let value = self.yearly[REVENUE][first].lo + 100 - odd;
            self.set(REVENUE, first, value);
        }
        let asked = match self.yearly[REVENUE][2].lo {
            last if last <= 50_000_000 * ONE => 5,
            last if last <= 200_000_000 * ONE => 4,
            _ => 3,
        };
        let per_cent = if dice.chance(80) { asked } else { dice.pick(&[3, 4, 5]) };
        let total = part(sum(self, REVENUE, years.clone()), per_cent) + small;
        let mut rest = total.max(0);
        for year in years {
            let all = if year == 2 { rest } else { between(dice, 0, rest) };
            self.set(RD, year, all);
            self.set(DOMESTIC, year, if dice.chance(90) { all } else { part(all, 60) });
            rest -= all;
        }
    }

    fn aim_at_growth(&mut self, dice: &mut Dice, small: i128) {
        let of_assets = dice.chance(50);
        let per_cent = dice.pick(&[0, 5, 15, 25, 35]);
        // With this factor the growth of both years falls on whole millionths.
        let y1 = dice.within(1_000, 40_000_000) * dice.pick(&[10_000, ONE]);
        let mut values = match dice.below(10) {
            // Even growth, or uneven growth with the same mean.
            0..6 => {
                let off = dice.pick(&[0, 0, 3, -4, 20]);
                let y2 = part(y1, 100 + per_cent + off);
                [y1, y2, y2 * (100 + per_cent - off) / 100 + small]
            }
            6 | 7 => [0, y1, part(y1, 100 + per_cent) + small],
            8 => [y1, small.max(0), part(y1, 100 + per_cent)],
            _ => [small, y1, part(y1, 100 + per_cent) + small],
        };
        if self.had_years().start == 1 {
            values[2] = part(values[1], 100 + per_cent) + small;
        }
        if of_assets {
            let odd = dice.chance(8).then(|| dice.below(3) as usize);
            for (year, value) in values.into_iter().enumerate() {
                self.set_net(year, if odd == Some(year) { -value } else { value });
            }
        } else {
            // R&D keeps its share, or else the ratio would always fail.
            for (year, value) in values.into_iter().enumerate() {
                self.set(REVENUE, year, value);
                let rd = part(value, dice.within(3, 7));
                self.set(RD, year, rd);
                self.set(DOMESTIC, year, rd);
            }
        }
    }

    /// Sets the management's own grades so that the sum of the fewest (or most)
    /// points of all criteria is next to the limit.
    fn aim_at_total(&mut self, dice: &mut Dice, edition: u16) {
        self.mgmt = MGMT.map(|_| Some((0, 0)));
        let (least, most) = self.reading(edition).total().points();
        let from = if dice.chance(65) { least } else { most };
        let mut rest = (PASS + dice.pick(&[0, 1, 0, 1, 2])).saturating_sub(from);
        for (at, (_, most)) in MGMT.into_iter().enumerate() {
            let points = rest.min(most);
            self.mgmt[at] = Some((points, points));
            rest -= points;
        }
    }
}

/// Points that the company gives itself, as a number or a range.
fn points(dice: &mut Dice, most: u8, strong: bool) -> (u8, u8) {
    let choices: &[u8] = if strong { &[most, most, most - 1] } else { &[most, most / 2, 2, 1, 0] };
    let low = dice.pick(choices);
    let high = if dice.chance(40) { dice.pick(&[most, most - 1]) } else { low };
    let range = (low, high.max(low));
    if range == (0, most) { (1, most) } else { range }
}
