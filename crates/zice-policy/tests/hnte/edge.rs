//! Finds whether a company is on an edge of the rules or one step beside it.

use super::{
    ASSETS, Company, DEBTS, DOMESTIC, HIGHTECH, INCOME, MAIN, ONE, RD, REVENUE, STAFF, Span, TECH,
    TIERS, day_number, growth::growth, reading::PASS,
};

/// One fen, or one hundredth of a person.
const STEP: i128 = ONE / 100;

fn beside(part: Span, whole: Span, per_cent: i128) -> bool {
    let known = part.is_exact() && whole.is_exact() && whole.lo > 0;
    known && (part.lo * 100 - whole.lo * per_cent).abs() <= STEP * 100
}

/// Whether one fen more or less in the last year changes the points.
fn growth_turns([y1, y2, y3]: [Option<Span>; 3]) -> bool {
    let moved = |by: i128| {
        let y3 = y3.map(|span| Span { lo: span.lo + by, hi: span.hi + by });
        growth([y1, y2, y3]).0
    };
    let [Some(y2), Some(_)] = [y2, y3] else { return false };
    y2.lo.abs() <= STEP || moved(-STEP) != moved(0) || moved(STEP) != moved(0)
}

impl Company {
    /// Whether the company is on an edge; only exactly known figures are looked
    /// at.
    pub fn is_on_edge(&self, edition: u16) -> bool {
        let registered = self.established.map_or(i32::MIN, |(first, _)| first.0);
        let had = |at: usize| registered <= self.year(at);
        let years =
            |fact: usize| [0, 1, 2].map(|at: usize| had(at).then_some(self.yearly[fact][at]));
        let sum = |fact: usize| {
            let all = years(fact).into_iter().flatten();
            all.reduce(Span::plus).unwrap_or(Span::exactly(0))
        };
        let net = [0, 1, 2].map(|at| Some(years(ASSETS)[at]?.minus(years(DEBTS)[at]?)));
        let last = self.yearly[REVENUE][2];
        let tier = TIERS.iter().find(|(cap, _)| last.hi <= *cap).map_or(3, |tier| tier.1);
        let near = |day| (day_number(day) - day_number(self.as_of)).abs() <= 1;
        let turn = |day| matches!(day, (_, 12, 31) | (_, 1, 1));
        let days = |day| near(day) || turn(day);
        let mut rights = self.ip.iter().flatten().filter_map(|item| item.granted);
        let (least, most) = self.reading(edition).total().points();
        self.established
            .is_some_and(|(day, _)| (day_number(self.as_of) - day_number(day) - 365).abs() <= 1)
            || beside(self.crew[TECH], self.crew[STAFF], 10)
            || beside(sum(RD), sum(REVENUE), tier)
            || TIERS.iter().any(|(cap, _)| last.is_exact() && (last.lo - cap).abs() <= STEP)
            || beside(sum(DOMESTIC), sum(RD), 60)
            || beside(self.last[HIGHTECH], self.last[INCOME], 60)
            || beside(self.last[MAIN], self.last[HIGHTECH], 50)
            || growth_turns(net)
            || growth_turns(years(REVENUE))
            || rights.any(|(first, last)| days(first) || days(last))
            || [least, most].into_iter().any(|sum| sum == PASS || sum == PASS + 1)
    }
}
