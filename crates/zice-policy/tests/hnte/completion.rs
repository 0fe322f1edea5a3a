//! Companies with open answers, and what the truth about them may turn out to
//! be.

use crate::oracle::sample::Dice;

use super::{
    CONVERSIONS, CREW, Company, DOMESTIC, Day, ENDLESS, FINE, GRADES, HIGHTECH, INCOME, Item, LAST,
    MAIN, MGMT, MOST, ONE, RD, RESIDENT, STAFF, Span, TECH, YEARLY, YES_NO, days_before,
    sample::{between, item},
};

/// A range around the true value, often with the value or zero as one end.
fn estimate(dice: &mut Dice, value: i128, unit: i128) -> Span {
    let unit = if value < FINE { unit } else { ONE / 100 };
    let value = value / unit;
    let down = between(dice, 0, value / 3 + 1);
    let up = between(dice, 0, value / 2 + 1);
    let lo = match dice.below(6) {
        0 | 1 => value,
        2 => value - 1,
        3 => 0,
        _ => value - down,
    };
    let hi = match dice.below(6) {
        0 | 1 => value * unit,
        2 => (value + 1) * unit,
        3 => ENDLESS,
        _ => (value + up) * unit,
    };
    // An end larger than any file can hold means no end.
    let hi = if hi < MOST { hi } else { ENDLESS };
    Span { lo: lo.max(0) * unit, hi }
}

/// A day in the range, mostly one of its ends.
fn day_in(dice: &mut Dice, (first, last): (Day, Day), as_of: Day) -> Day {
    let inner = [as_of, (as_of.0, 1, 1), (as_of.0 - 1, 12, 31)];
    let inner = inner.into_iter().filter(|day| (first..=last).contains(day));
    let days: Vec<Day> = [first, last].into_iter().chain(inner).collect();
    dice.pick(&days)
}

/// The fields of a right.
const FIELDS: [&str; 10] = [
    "kind",
    "granted_on",
    "status",
    "obtained_by",
    "owner",
    "disputed",
    "main_product",
    "used_for_hnte",
    "co_owner_uses",
    "foreign",
];

impl Item {
    /// Gives a value to every field that was said to be unknown.
    fn settle(&mut self, dice: &mut Dice, as_of: Day) {
        for field in std::mem::take(&mut self.nulls) {
            let yes = Some(dice.chance(50));
            let day = dice.pick(&[as_of, (as_of.0 - 1, 12, 31), (as_of.0 + 1, 1, 1)]);
            match field {
                "kind" => self.kind = None,
                "granted_on" => self.granted = Some((day, day)),
                "status" => self.status = dice.pick(&[Some("granted"), Some("pending")]),
                "obtained_by" => self.obtained_by = dice.pick(&[Some("own"), Some("licence")]),
                "owner" => self.owner = dice.pick(&[Some("company"), Some("person")]),
                "disputed" => self.disputed = yes,
                "main_product" => self.main_product = yes,
                "used_for_hnte" => self.used = yes,
                "co_owner_uses" => self.co_owner_uses = yes,
                _ => self.foreign = yes,
            }
        }
    }
}

impl Company {
    /// Forgets some answers, and widens others to ranges that contain the true
    /// value.
    pub fn blurred(&self, dice: &mut Dice, per_cent: u64) -> Self {
        let mut company = self.clone();
        let blur = |dice: &mut Dice, span: &mut Span, unit: i128| {
            if dice.chance(per_cent) {
                let known = !dice.chance(40);
                *span = if known { estimate(dice, span.lo, unit) } else { Span::UNKNOWN };
            }
        };
        for (fact, years) in company.yearly.iter_mut().enumerate() {
            for span in years {
                blur(dice, span, if fact == CONVERSIONS { ONE } else { 1 });
            }
        }
        let others = company.last.iter_mut().chain(&mut company.crew);
        others.for_each(|span| blur(dice, span, 1));
        for answer in &mut company.yes_no {
            *answer = answer.filter(|_| !dice.chance(per_cent));
        }
        for grade in &mut company.grades {
            *grade = grade.filter(|_| !dice.chance(per_cent));
        }
        for (points, (_, most)) in company.mgmt.iter_mut().zip(MGMT) {
            if dice.chance(per_cent) {
                *points = if dice.chance(30) { Some((0, most)) } else { None };
            }
        }
        if dice.chance(per_cent) {
            company.established = company.established.and_then(|(day, _)| match dice.below(4) {
                0 => Some((days_before(day, 1), day)),
                1 => Some((day, days_before(day, -30))),
                2 => Some(((day.0 - 1, day.1, day.2.min(28)), day)),
                _ => None,
            });
        }
        if dice.chance(per_cent) {
            company.blur_rights(dice);
        }
        company
    }

    fn blur_rights(&mut self, dice: &mut Dice) {
        let Some(items) = &mut self.ip else { return };
        match dice.below(7) {
            5 | 6 => {
                for item in items {
                    let nulls = [50, 15].map(|share| (dice.chance(share), dice.pick(&FIELDS)));
                    item.nulls = nulls.into_iter().filter(|it| it.0).map(|it| it.1).collect();
                    item.nulls.dedup();
                }
            }
            0 => (self.ip, self.ip_complete) = (None, None),
            1 => {
                let keep = dice.below(items.len() as u64 + 1);
                items.truncate(usize::try_from(keep).expect("an index"));
                self.ip_complete = Some(false);
            }
            2 => items.iter_mut().filter(|_| dice.chance(50)).for_each(|item| item.kind = None),
            3 => items.iter_mut().filter(|_| dice.chance(50)).for_each(|item| item.granted = None),
            _ => {
                // The day is not known exactly, only the days around it.
                for (first, last) in items.iter_mut().filter_map(|item| item.granted.as_mut()) {
                    *first = days_before(*first, dice.pick(&[0, 1, 30, 400]));
                    *last = days_before(*last, -dice.pick(&[0, 1, 30, 400]));
                }
            }
        }
    }

    /// The company with nothing left open. `truth` is what was known before it
    /// was blurred.
    pub fn completed(&self, dice: &mut Dice, truth: &Self) -> Self {
        let mut company = self.clone();
        let settle = |dice: &mut Dice, span: &mut Span, true_value: Span| {
            let high = if span.hi == ENDLESS { true_value.hi * 3 + ONE } else { span.hi };
            let choices = [true_value.lo, true_value.lo, span.lo, high.max(span.lo)];
            *span = Span::exactly(dice.pick(&choices).clamp(span.lo, span.hi));
        };
        for (years, known) in company.yearly.iter_mut().zip(truth.yearly) {
            years.iter_mut().zip(known).for_each(|(span, known)| settle(dice, span, known));
        }
        let others = company.last.iter_mut().chain(&mut company.crew);
        let known = truth.last.into_iter().chain(truth.crew);
        others.zip(known).for_each(|(span, known)| settle(dice, span, known));
        for (answer, known) in company.yes_no.iter_mut().zip(truth.yes_no) {
            *answer = answer.or_else(|| dice.pick(&[known, known, Some(true), Some(false)]));
        }
        if self.pays_no_enterprise_tax() {
            company.yes_no[RESIDENT] = Some(false);
        }
        for (grade, known) in company.grades.iter_mut().zip(truth.grades) {
            *grade = grade.or_else(|| dice.pick(&[known, Some(0), Some(3), Some(4)]));
        }
        for ((points, (_, most)), known) in company.mgmt.iter_mut().zip(MGMT).zip(truth.mgmt) {
            if points.is_none_or(|points| points == (0, most)) {
                *points = dice.pick(&[known, Some((most, most)), Some((0, 0)), Some((1, 1))]);
            }
        }
        // Without a founding day all years count, so an old one changes
        // nothing.
        let old = (self.as_of.0 - 10, 6, 1);
        let range = company.established.unwrap_or((old, old));
        let day = day_in(dice, range, self.as_of);
        company.established = Some((day, day));
        company.complete_rights(dice, truth);
        company
    }

    fn complete_rights(&mut self, dice: &mut Dice, truth: &Self) {
        let as_of = self.as_of;
        let more = self.ip.is_none() || self.ip_complete == Some(false);
        let mut items = self.ip.take().unwrap_or_default();
        if more {
            let known = truth.ip.as_deref().unwrap_or_default();
            let rest = known.get(items.len()..).unwrap_or_default();
            match dice.below(3) {
                0 => {}
                1 => items.extend(rest.iter().cloned()),
                _ => items.extend((0..dice.below(5)).map(|_| item(dice, as_of))),
            }
        }
        for item in &mut items {
            item.settle(dice, as_of);
            let kinds = ["invention", "ic_layout", "software", "design", "trademark"];
            item.kind = item.kind.or_else(|| Some(dice.pick(&kinds)));
            // A right without a day counts as granted.
            let usual = ((as_of.0 - 1, 12, 31), as_of);
            let day = day_in(dice, item.granted.unwrap_or(usual), as_of);
            item.granted = Some((day, day));
        }
        (self.ip, self.ip_complete) = (Some(items), Some(true));
    }

    fn pays_no_enterprise_tax(&self) -> bool {
        let kinds = ["partnership", "sole_proprietorship", "individual_business"];
        self.entity_kind.is_some_and(|kind| kinds.contains(&kind))
    }

    /// Whether a company file may say all this: no part exceeds its whole.
    pub fn is_consistent(&self) -> bool {
        let fits = |part: Span, whole: Span| part.lo <= whole.hi;
        let years = self.yearly[DOMESTIC].into_iter().zip(self.yearly[RD]);
        fits(self.crew[TECH], self.crew[STAFF])
            && !(self.pays_no_enterprise_tax() && self.yes_no[RESIDENT] == Some(true))
            && fits(self.last[MAIN], self.last[HIGHTECH])
            && fits(self.last[HIGHTECH], self.last[INCOME])
            && years.into_iter().all(|(part, whole)| fits(part, whole))
    }

    /// The same company with one fact taken from the other one.
    pub fn with_fact(&self, fact: &str, other: &Self) -> Self {
        let mut company = self.clone();
        let at = |ids: &[&str]| ids.iter().position(|id| *id == fact);
        if let Some(at) = at(&YEARLY) {
            company.yearly[at] = other.yearly[at];
        } else if let Some(at) = at(&LAST) {
            company.last[at] = other.last[at];
        } else if let Some(at) = at(&CREW) {
            company.crew[at] = other.crew[at];
        } else if let Some(at) = at(&YES_NO) {
            company.yes_no[at] = other.yes_no[at];
        } else if let Some(at) = at(&GRADES) {
            company.grades[at] = other.grades[at];
        } else if let Some(at) = at(&MGMT.map(|(id, _)| id)) {
            company.mgmt[at] = other.mgmt[at];
        } else if fact == "ip" {
            (company.ip, company.ip_complete) = (other.ip.clone(), other.ip_complete);
        } else {
            assert_eq!(fact, "established_on", "a fact of this policy");
            company.established = other.established;
        }
        company
    }

    /// The facts in which these companies differ.
    pub fn differing(all: &[Self]) -> Vec<&'static str> {
        let mut ids = vec!["established_on", "ip"];
        ids.extend(YEARLY.into_iter().chain(LAST).chain(CREW).chain(YES_NO).chain(GRADES));
        ids.extend(MGMT.map(|(id, _)| id));
        let differs = |one: &Self, fact: &str| one.with_fact(fact, &all[0]) != *one;
        ids.retain(|fact| all[1..].iter().any(|one| differs(one, fact)));
        ids
    }
}
