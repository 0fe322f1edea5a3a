//! The ratios of the national form (守合同重信用 filing instructions of 2015
//! and 2016), calculated in whole numbers. They decide nothing.

use crate::{
    harness::spell::{YUAN, plain, quoted},
    oracle::sample::Dice,
};

const YEAR: i32 = 2023;
const SIDES: [&str; 2] = ["income", "expense"];

/// Figures asked for both as a number of contracts and as an amount.
const PAIRED: [&str; 14] = [
    "written",
    "carried_over",
    "model_text",
    "performed",
    "expired_unperformed",
    "own_breach",
    "other_breach",
    "force_majeure",
    "revoked",
    "agreed_rescission",
    "other_rescission",
    "changed",
    "dispute",
    "dispute_carried",
];
const SETTLED: &str = "dispute_settled";
/// Figures asked for as an amount only.
const AMOUNTS: [&str; 5] = [
    "trade_amount",
    "year_end_balance",
    "overdue_balance",
    "main_business_amount",
    "liquid_amount",
];
/// Figures of the whole company.
const YEARLY: [&str; 4] = ["revenue", "net_profit", "total_assets", "total_liabilities"];

/// A quotient whose divisor is not zero.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    part: i128,
    whole: i128,
}

impl Ratio {
    fn of(part: i128, whole: i128) -> Option<Self> {
        (whole != 0).then_some(Self { part, whole })
    }

    /// The mean of a ratio of numbers and a ratio of amounts; `None` if either
    /// is undefined.
    fn mean(one: Option<Self>, two: Option<Self>) -> Option<Self> {
        let (one, two) = (one?, two?);
        let part = one.part * two.whole + two.part * one.whole;
        Self::of(part, 2 * one.whole * two.whole)
    }

    /// Whether the ratio equals this written number, a decimal or a fraction.
    pub fn is(self, written: &str) -> bool {
        let (part, whole) = match written.split_once('/') {
            Some((part, whole)) => (part.parse().ok(), whole.parse().ok()),
            None => {
                let (units, digits) = written.split_once('.').unwrap_or((written, ""));
                let ten = 10_i128.checked_pow(digits.len() as u32);
                (format!("{units}{digits}").parse().ok(), ten)
            }
        };
        let (Some(part), Some(whole)) = (part, whole) else { return false };
        let (one, two): (Option<i128>, _) =
            (self.part.checked_mul(whole), self.whole.checked_mul(part));
        one.is_some() && one == two
    }
}

/// The contracts of one side and year: numbers and amounts in the order of
/// `PAIRED`, then those settled, then the amounts in the order of `AMOUNTS`.
#[derive(Clone, Debug)]
struct Side {
    paired: [[i128; 2]; 14],
    settled: [i128; 2],
    amounts: [i128; 5],
}

impl Side {
    /// The figure with this name, as a number (0) or an amount (1).
    fn get(&self, id: &str, which: usize) -> i128 {
        let at = PAIRED.iter().position(|one| *one == id).expect("a figure");
        self.paired[at][which]
    }

    fn amount(&self, id: &str) -> i128 {
        self.amounts[AMOUNTS.iter().position(|one| *one == id).expect("an amount")]
    }

    /// 当年应当履行: contracts performed plus those expired without being
    /// performed.
    fn due(&self, which: usize) -> i128 {
        self.get("performed", which) + self.get("expired_unperformed", which)
    }

    /// All written contracts: those signed in the year and those carried over.
    fn all(&self, which: usize) -> i128 {
        self.get("written", which) + self.get("carried_over", which)
    }

    /// The mean of `ratio` by numbers and `ratio` by amounts.
    fn mean(&self, ratio: impl Fn(usize) -> (i128, i128)) -> Option<Ratio> {
        let [one, two] = [0, 1].map(|which| {
            let (part, whole) = ratio(which);
            Ratio::of(part, whole)
        });
        Ratio::mean(one, two)
    }

    fn ratios(&self) -> Vec<(&'static str, Option<Ratio>)> {
        let of_all = |id: &'static str| self.mean(|which| (self.get(id, which), self.all(which)));
        let of_due = |id: &'static str| self.mean(|which| (self.get(id, which), self.due(which)));
        let balance = self.amount("year_end_balance");
        let performed = |which| {
            let excused = self.get("force_majeure", which) + self.get("other_breach", which);
            (self.get("performed", which), self.due(which) - excused)
        };
        let settled = |which: usize| {
            let disputes = self.get("dispute", which) + self.get("dispute_carried", which);
            (self.settled[which], disputes)
        };
        let model = |which| (self.get("model_text", which), self.get("written", which));
        vec![
            ("written_rate", Ratio::of(self.get("written", 1), self.amount("trade_amount"))),
            ("model_text_rate", self.mean(model)),
            ("performance_rate", self.mean(performed)),
            ("balance_to_due", Ratio::of(balance, self.due(1))),
            ("revoked_rate", of_all("revoked")),
            ("agreed_rescission_rate", of_all("agreed_rescission")),
            ("other_rescission_rate", of_all("other_rescission")),
            ("changed_rate", of_all("changed")),
            ("expired_unperformed_rate", of_due("expired_unperformed")),
            ("own_breach_rate", of_due("own_breach")),
            ("other_breach_rate", of_due("other_breach")),
            ("force_majeure_rate", of_due("force_majeure")),
            ("dispute_rate", of_all("dispute")),
            ("settlement_rate", self.mean(settled)),
            ("overdue_share", Ratio::of(self.amount("overdue_balance"), balance)),
        ]
    }
}

/// Everything the ratios look at, for last year and the year before.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Contracts by year, then side.
    sides: [[Side; 2]; 2],
    /// Figures of the company by year, in the order of `YEARLY`.
    yearly: [[i128; 4]; 2],
}

/// A ratio by id, side and year; `None` if it can't be calculated.
pub type Expected = (&'static str, Option<&'static str>, i32, Option<Ratio>);

impl Figures {
    pub fn sample(dice: &mut Dice) -> Self {
        let yearly = |dice: &mut Dice| {
            let assets = amount(dice, 9_000_000);
            // Some equity remains, so that a return on it makes sense.
            let debt = assets * dice.within(0, 95) / 100;
            let profit = amount(dice, 500_000) * dice.pick(&[1, 1, -1]);
            [amount(dice, 9_000_000), profit, assets + YUAN, debt]
        };
        Self {
            sides: std::array::from_fn(|_| std::array::from_fn(|_| side(dice))),
            yearly: std::array::from_fn(|_| yearly(dice)),
        }
    }

    pub fn has_a_nought(&self) -> bool {
        let amounts = self.sides.iter().flatten().map(|side| side.amounts);
        amounts.flatten().chain(self.yearly.iter().flatten().copied()).any(|amount| amount == 0)
    }

    pub fn expected(&self) -> Vec<Expected> {
        let mut all = Vec::new();
        for (back, sides) in self.sides.iter().enumerate() {
            let year = YEAR - 1 - back as i32;
            for (id, side) in SIDES.into_iter().zip(sides) {
                let ratios = side.ratios().into_iter();
                all.extend(ratios.map(|(ratio, value)| (ratio, Some(id), year, value)));
            }
            let both = |id: &str| [&sides[0], &sides[1]].map(|side| side.amount(id));
            let [sales, cost] = both("main_business_amount");
            let [quick, current] = both("liquid_amount");
            let [_, _, assets, debt] = self.yearly[back];
            all.push(("main_business_margin", None, year, Ratio::of(sales - cost, sales)));
            all.push(("quick_ratio", None, year, Ratio::of(quick, current)));
            all.push(("debt_ratio", None, year, Ratio::of(debt, assets)));
        }
        let [[revenue, profit, ..], [before, ..]] = self.yearly;
        let equity: i128 = self.yearly.iter().map(|[_, _, assets, debt]| assets - debt).sum();
        let due = [0, 1].map(|back| self.sides[back][0].amount("year_end_balance"));
        let last = YEAR - 1;
        all.push(("revenue_growth", None, last, Ratio::of(revenue - before, before)));
        all.push(("return_on_equity", None, last, Ratio::of(profit * 2, equity)));
        all.push(("receivables_turnover", None, last, Ratio::of(revenue * 2, due[0] + due[1])));
        all
    }

    pub fn json(&self, dice: &mut Dice) -> String {
        let sides = |sides: &[Side; 2]| {
            let side =
                SIDES.into_iter().zip(sides).map(|(id, side)| format!("\"{id}\":{}", side.json()));
            side.collect::<Vec<_>>().join(",")
        };
        let years = [0, 1].map(|back| (YEAR - 1 - back as i32, back));
        let figures =
            years.map(|(year, back)| format!("\"{year}\":{{{}}}", sides(&self.sides[back])));
        let mut facts = vec![format!("\"contract_figures\":{{{}}}", figures.join(","))];
        for (at, id) in YEARLY.into_iter().enumerate() {
            let value = |(year, back): (i32, usize)| {
                format!("\"{year}\":{}", quoted(&plain(self.yearly[back][at])))
            };
            facts.push(format!("\"{id}\":{{{}}}", years.map(value).join(",")));
        }
        dice.shuffle(&mut facts);
        let facts = facts.join(",");
        format!(
            "{{\"schema\":\"zice.company/1\",\"as_of\":\"{YEAR}-03-20\",\"facts\":{{{facts}}}}}"
        )
    }
}

impl Side {
    fn json(&self) -> String {
        let mut fields = Vec::new();
        let paired = PAIRED.into_iter().zip(self.paired).chain([(SETTLED, self.settled)]);
        for (id, [count, amount]) in paired {
            fields.push(format!("\"{id}_count\":{count}"));
            fields.push(format!("\"{id}_amount\":{}", quoted(&plain(amount))));
        }
        let amounts = AMOUNTS.into_iter().zip(self.amounts);
        fields.extend(amounts.map(|(id, amount)| format!("\"{id}\":{}", quoted(&plain(amount)))));
        format!("{{{}}}", fields.join(","))
    }
}

/// A random amount of at most this many yuan, to the fen; sometimes zero.
fn amount(dice: &mut Dice, yuan: i128) -> i128 {
    if dice.chance(5) { 0 } else { dice.within(1, yuan * 100) * (YUAN / 100) }
}

/// A random part of a whole, in multiples of `step`; often zero.
fn share(dice: &mut Dice, whole: i128, step: i128) -> i128 {
    if dice.chance(30) { 0 } else { dice.within(0, whole / step) * step }
}

fn side(dice: &mut Dice) -> Side {
    let fen = YUAN / 100;
    let mut paired = [[0; 2]; 14];
    let mut settled = [0; 2];
    for which in [0, 1] {
        let step = if which == 0 { 1 } else { fen };
        let written = if which == 0 { dice.within(0, 400) } else { amount(dice, 900_000) };
        let carried = share(dice, written, step);
        let model = share(dice, written, step);
        let performed = share(dice, written, step);
        // Contracts expired without being performed, by cause.
        let [own, other, force] = [0; 3].map(|_| share(dice, written / 20, step));
        let expired = own + other + force;
        let rest = [0; 4].map(|_| share(dice, written / 10, step));
        let disputes = [0; 2].map(|_| share(dice, written / 10, step));
        settled[which] = share(dice, disputes[0] + disputes[1], step);
        let [revoked, agreed, otherwise, changed] = rest;
        let [new, old] = disputes;
        let all = [
            written, carried, model, performed, expired, own, other, force, revoked, agreed,
            otherwise, changed, new, old,
        ];
        for (at, value) in all.into_iter().enumerate() {
            paired[at][which] = value;
        }
    }
    let balance = amount(dice, 900_000);
    let overdue = share(dice, balance, fen);
    let amounts =
        [amount(dice, 900_000), balance, overdue, amount(dice, 900_000), amount(dice, 900_000)];
    Side { paired, settled, amounts }
}
