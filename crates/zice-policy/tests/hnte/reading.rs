//! Reads what the policy text says about a company.

use zice_rules::{Status, Verdict};

use super::{
    ASSETS, CONDUCT, CONVERSIONS, Company, DEBTS, DOMESTIC, FIELD, HIGHTECH, INCOME, MAIN, MGMT,
    ONE, RD, RESIDENT, REVENUE, STAFF, STANDARDS, Span, TECH, TIERS, day_number, growth::growth,
    rights::Rights,
};

pub const GATES: [&str; 12] = [
    "resident",
    "established",
    "ip_owned",
    "ip_acquired_before",
    "field",
    "staff_ratio",
    "rd_ratio",
    "rd_domestic",
    "hightech_share",
    "main_product_share",
    "conduct",
    "conversion_minimum",
];
/// The scores. The first five share a cap.
pub const SCORES: [&str; 12] = [
    "ip_advance",
    "ip_support",
    "ip_count",
    "ip_obtained",
    "ip_standards",
    "conversion",
    "mgmt_system",
    "mgmt_institution",
    "mgmt_incentive",
    "mgmt_talent",
    "growth_assets",
    "growth_revenue",
];
/// The gates that look at yearly figures, as indexes.
const BY_YEAR_GATES: [usize; 5] = [6, 7, 8, 9, 11];
const BY_YEAR_SCORES: [usize; 3] = [5, 10, 11];
const IP_BLOCK: usize = 5;
const IP_CAP: u8 = 30;
/// The limit of the total: more points than this pass.
pub const PASS: u8 = 70;

/// Lower bounds by yearly average of conversions, best first, and their points.
const CONVERSION: [(i128, (u8, u8)); 5] =
    [(5, (25, 30)), (4, (19, 24)), (3, (13, 18)), (2, (7, 12)), (1, (1, 6))];
/// The points for the grades A to E.
const GRADE: [(u8, u8); 5] = [(7, 8), (5, 6), (3, 4), (1, 2), (0, 0)];

/// Every outcome of a criterion over the completions of what is open: the range
/// of its points (1 and 0 for a gate) if experts are as strict as possible, and
/// if they are as generous as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    pub low: (u8, u8),
    pub high: (u8, u8),
}

impl Reach {
    pub const NOTHING: Self = Self::graded(0, 0);

    /// Nothing is open; experts grade from `low` to `high`.
    pub const fn graded(low: u8, high: u8) -> Self {
        Self { low: (low, low), high: (high, high) }
    }

    pub fn gate(passes: bool) -> Self {
        Self::graded(u8::from(passes), u8::from(passes))
    }

    /// The outcome of a yes-or-no answer that decides alone.
    fn answer(answer: Option<bool>, yes: Self) -> Self {
        match answer {
            Some(true) => yes,
            Some(false) => Self::NOTHING,
            None => yes.or(Self::NOTHING),
        }
    }

    /// The outcomes of both, where either may be the case.
    pub fn or(self, other: Self) -> Self {
        let both = |a: (u8, u8), b: (u8, u8)| (a.0.min(b.0), a.1.max(b.1));
        Self { low: both(self.low, other.low), high: both(self.high, other.high) }
    }

    /// The status against a limit that must be reached.
    fn reaching(self, limit: u8) -> Status {
        match (self.low, self.high) {
            ((low, _), _) if low >= limit => Status::Met,
            (_, (_, high)) if high < limit => Status::NotMet,
            ((_, low), (high, _)) if low < limit && high >= limit => Status::NeedsReview,
            _ => Status::Unknown,
        }
    }

    pub fn points(self) -> (u8, u8) {
        (self.low.0, self.high.1)
    }
}

/// The outcome of each criterion, apart from all others.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub gates: [Reach; 12],
    pub scores: [Reach; 12],
    /// Criteria for which the engine may report a wider range than necessary,
    /// because an inexact figure occurs twice in the rule.
    pub wide_gates: [bool; 12],
    pub wide_scores: [bool; 12],
}

/// What the report must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    pub verdict: Verdict,
    pub total: (u8, u8),
    pub points: [(u8, u8); 12],
    /// Statuses of the gates, the scores and the total, in this order.
    pub statuses: Vec<Status>,
}

/// Whether `part` is at least (if `strict`, more than) this many per cent of
/// `whole`. Nothing is no share of nothing.
fn share(part: Span, whole: Span, per_cent: i128, strict: bool) -> Reach {
    let passes = |part: i128, whole: i128| {
        let gap = part * 100 - whole * per_cent;
        whole > 0 && if strict { gap > 0 } else { gap >= 0 }
    };
    let ways = [part.lo, part.hi].into_iter().flat_map(|part| {
        whole.corners().into_iter().map(move |whole| Reach::gate(passes(part, whole)))
    });
    ways.reduce(Reach::or).expect("a corner")
}

/// The sum over the years that existed, and their number.
fn sum(years: [Option<Span>; 3]) -> Option<(Span, i128)> {
    let known = years.into_iter().flatten();
    known.map(|span| (span, 1)).reduce(|(a, n), (b, _)| (a.plus(b), n + 1))
}

/// 研发费用 over 销售收入 of three years, against the share for last year's
/// revenue; also whether that share was certain.
fn rd_ratio(rd: [Option<Span>; 3], revenue: [Option<Span>; 3]) -> (Reach, bool) {
    let (Some((rd, _)), Some(last)) = (sum(rd), revenue[2]) else { return (Reach::NOTHING, true) };
    let (mut reach, mut from) = (Vec::new(), 0);
    for (cap, per_cent) in TIERS {
        if let Some(last) = last.within(from, cap) {
            let (whole, _) = sum([revenue[0], revenue[1], Some(last)]).expect("last year");
            reach.push(share(rd, whole, per_cent, false));
        }
        from = cap + 1;
    }
    let clear = reach.len() == 1;
    (reach.into_iter().reduce(Reach::or).expect("a tier"), clear)
}

/// `conversion_minimum` and `conversion`. An average between 0 and 1 is in no
/// band of the text, so a person decides, with at most the points for 1. The
/// text does not say whether a single year is also divided by three: strict
/// experts do, generous ones don't.
fn conversions(years: [Option<Span>; 3]) -> [Reach; 2] {
    let Some((total, years)) = sum(years) else { return [Reach::NOTHING; 2] };
    let one = |total: i128, years: i128| {
        let band = CONVERSION.iter().find(|(mean, _)| total >= mean * years * ONE);
        match band {
            Some(&(_, (low, high))) => [Reach::gate(true), Reach::graded(low, high)],
            None if total > 0 => [Reach::graded(0, 1), Reach::graded(0, 6)],
            None => [Reach::NOTHING; 2],
        }
    };
    let one = |total: i128| {
        if years > 1 {
            return one(total, years);
        }
        let [strict, kind] = [one(total, 3), one(total, 1)];
        let both = |at: usize| Reach { low: strict[at].low, high: kind[at].high };
        // One conversion in three years is not certainly one a year.
        [strict[0], both(1)]
    };
    let edges = CONVERSION.iter().flat_map(|(mean, _)| {
        [mean * years - 1, mean * years, mean * 3 - 1, mean * 3]
            .into_iter()
            .map(|total| total * ONE)
    });
    let inner = edges.chain([0, ONE]).filter(|edge| (total.lo..=total.hi).contains(edge));
    let all = inner.chain([total.lo, total.hi]).map(one);
    all.reduce(|a, b| [a[0].or(b[0]), a[1].or(b[1])]).expect("an end")
}

fn self_graded(points: Option<(u8, u8)>, most: u8) -> Reach {
    match points {
        // A range over all possible points says nothing.
        Some(points) if points != (0, most) => Reach::graded(points.0, points.1),
        _ => Reach { low: (0, most), high: (0, most) },
    }
}

impl Company {
    /// 32号 article 2: a resident enterprise. One that pays no enterprise
    /// income tax is not; the text does not mention branches.
    fn resident_gate(&self) -> Reach {
        let yes = match self.entity_kind {
            Some("partnership" | "sole_proprietorship" | "individual_business") => Reach::NOTHING,
            Some("branch") => Reach::graded(0, 1),
            _ => Reach::gate(true),
        };
        Reach::answer(self.yes_no[RESIDENT], yes)
    }

    /// The company was founded at least 365 days before the application.
    fn established_gate(&self) -> Reach {
        let Some((first, last)) = self.established else {
            return Reach::gate(true).or(Reach::NOTHING);
        };
        let passes = |day| Reach::gate(day_number(self.as_of) - day_number(day) >= 365);
        passes(first).or(passes(last))
    }

    /// The years in which a company founded in `registered` existed. Without a
    /// founding day all of them count.
    fn had(&self, registered: Option<i32>) -> [bool; 3] {
        [0, 1, 2].map(|at| registered.is_none_or(|year| year <= self.year(at)))
    }

    fn with_years(&self, edition: u16, had: [bool; 3]) -> Reading {
        let years =
            |fact: usize| [0, 1, 2].map(|at: usize| had[at].then_some(self.yearly[fact][at]));
        let last = |fact: usize| had[2].then_some(self.last[fact]);
        let crew = |fact: usize| had[2].then_some(self.crew[fact]);
        let part_of = |part: Option<Span>, whole: Option<Span>, per_cent, strict| {
            let both = part.zip(whole);
            both.map_or(Reach::NOTHING, |(part, whole)| share(part, whole, per_cent, strict))
        };
        let rights = Rights::of(self, edition);
        let (rd, clear) = rd_ratio(years(RD), years(REVENUE));
        let total = |fact: usize| sum(years(fact)).map(|(total, _)| total);
        let [minimum, conversion] = conversions(years(CONVERSIONS));
        let yes_no = |at: usize| Reach::answer(self.yes_no[at], Reach::gate(true));
        let grade = |at: usize| {
            let grades = GRADE.map(|(low, high)| Reach::graded(low, high));
            self.grades[at].map_or_else(
                || grades.into_iter().reduce(Reach::or).expect("a grade"),
                |grade| grades[usize::from(grade)],
            )
        };
        let mgmt = |at: usize| self_graded(self.mgmt[at], MGMT[at].1);
        let net = [0, 1, 2].map(|at| Some(years(ASSETS)[at]?.minus(years(DEBTS)[at]?)));
        let (of_assets, sure_assets) = growth(net);
        let (of_revenue, sure_revenue) = growth(years(REVENUE));
        let mut reading = Reading {
            gates: [
                self.resident_gate(),
                self.established_gate(),
                rights.owned,
                rights.acquired_before,
                yes_no(FIELD),
                part_of(crew(TECH), crew(STAFF), 10, false),
                rd,
                part_of(total(DOMESTIC), total(RD), 60, false),
                part_of(last(HIGHTECH), last(INCOME), 60, false),
                part_of(last(MAIN), last(HIGHTECH), 50, true),
                yes_no(CONDUCT),
                minimum,
            ],
            scores: [
                grade(0),
                grade(1),
                rights.quantity,
                rights.way,
                Reach::answer(self.yes_no[STANDARDS], Reach::graded(1, 2)),
                conversion,
                mgmt(0),
                mgmt(1),
                mgmt(2),
                mgmt(3),
                of_assets,
                of_revenue,
            ],
            wide_gates: [false; 12],
            wide_scores: [false; 12],
        };
        reading.wide_gates[6] = !clear;
        [reading.wide_scores[10], reading.wide_scores[11]] = [!sure_assets, !sure_revenue];
        reading
    }

    pub fn reading(&self, edition: u16) -> Reading {
        let Some((first, last)) = self.established else {
            return self.with_years(edition, self.had(None));
        };
        let mut worlds: Vec<[bool; 3]> =
            (first.0..=last.0).map(|year| self.had(Some(year))).collect();
        worlds.dedup();
        let readings = worlds.iter().map(|had| self.with_years(edition, *had));
        readings.reduce(Reading::or).expect("a year")
    }
}

impl Reading {
    /// The outcomes of both, where the founding day leaves open which years
    /// existed. Each rule about years sees that on its own.
    fn or(self, other: Self) -> Self {
        let mut both = self;
        for (at, gate) in other.gates.into_iter().enumerate() {
            both.gates[at] = self.gates[at].or(gate);
        }
        for (at, score) in other.scores.into_iter().enumerate() {
            both.scores[at] = self.scores[at].or(score);
        }
        for at in BY_YEAR_GATES {
            both.wide_gates[at] = true;
        }
        for at in BY_YEAR_SCORES {
            both.wide_scores[at] = true;
        }
        both
    }

    /// The total, with the first five scores capped together.
    pub fn total(&self) -> Reach {
        let sum = |of: fn(&Reach) -> u8| {
            let add = |scores: &[Reach]| scores.iter().map(of).sum::<u8>();
            add(&self.scores[..IP_BLOCK]).min(IP_CAP) + add(&self.scores[IP_BLOCK..])
        };
        Reach {
            low: (sum(|score| score.low.0), sum(|score| score.low.1)),
            high: (sum(|score| score.high.0), sum(|score| score.high.1)),
        }
    }

    pub fn verdict(&self) -> Verdict {
        let total = self.total();
        let gates = |of: fn(&Reach) -> u8| self.gates.iter().all(|gate| of(gate) == 1);
        // For strict and for generous experts: whether they certainly pass it,
        // and whether they perhaps do.
        let strict = gates(|gate| gate.low.0) && total.low.0 > PASS;
        let strict_perhaps = gates(|gate| gate.low.1) && total.low.1 > PASS;
        let kind = gates(|gate| gate.high.0) && total.high.0 > PASS;
        let kind_perhaps = gates(|gate| gate.high.1) && total.high.1 > PASS;
        match (strict, strict_perhaps, kind, kind_perhaps) {
            (true, ..) => Verdict::Met,
            (.., false) => Verdict::NotMet,
            (_, false, true, _) => Verdict::NeedsReview,
            _ => Verdict::Undecided,
        }
    }

    pub fn expected(&self) -> Expected {
        let total = self.total();
        let all = self.gates.iter().chain(&self.scores).map(|reach| reach.reaching(1));
        Expected {
            verdict: self.verdict(),
            total: total.points(),
            points: self.scores.map(Reach::points),
            statuses: all.chain([total.reaching(PASS + 1)]).collect(),
        }
    }
}
