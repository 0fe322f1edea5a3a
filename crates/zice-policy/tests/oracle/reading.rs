//! Reads what the policy text says about a company, and which answers can turn
//! it.

use zice_rules::{Status, Verdict};

use super::{Company, Item, MONEY_CAP, ROUTES, STAFF_CAP, Span, YES_NO};

const RESTRICTED: usize = 5;

/// The caps in millionths.
const CREW: i128 = STAFF_CAP * Span::FINE;
const CAP: i128 = MONEY_CAP * Span::FINE;

/// Lower bounds of the bands in per cent and their points, best first.
const PERSONNEL: [(i128, u8); 5] = [(30, 20), (25, 16), (20, 12), (15, 8), (10, 4)];
const OF_REVENUE: [(i128, u8); 5] = [(6, 50), (5, 40), (4, 30), (3, 20), (2, 10)];
const OF_COST: [(i128, u8); 5] = [(30, 50), (25, 40), (20, 30), (15, 20), (10, 10)];

/// What some facts contribute to the whole, twice: if every matter left to a
/// person goes against the company, and if it goes its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    pub personnel: [u8; 2],
    /// Whether the personnel score is above 0.
    pub staffed: [bool; 2],
    /// The points for R&D over revenue and over cost, of which the better one
    /// counts.
    pub by_revenue: [u8; 2],
    pub by_cost: [u8; 2],
    pub ip: [u8; 2],
    pub gate: [bool; 2],
    pub direct: bool,
}

impl Part {
    const NEUTRAL: Self = Self {
        personnel: [0; 2],
        staffed: [false; 2],
        by_revenue: [0; 2],
        by_cost: [0; 2],
        ip: [0; 2],
        gate: [true; 2],
        direct: false,
    };

    const fn gate(passes: bool) -> Self {
        Self { gate: [passes; 2], ..Self::NEUTRAL }
    }

    const fn personnel(low: u8, high: u8) -> Self {
        Self { personnel: [low, high], staffed: [low > 0, high > 0], ..Self::NEUTRAL }
    }

    fn with(self, other: Self) -> Self {
        let add = |a: [u8; 2], b: [u8; 2]| [a[0] + b[0], a[1] + b[1]];
        let either = |a: [bool; 2], b: [bool; 2]| [a[0] || b[0], a[1] || b[1]];
        Self {
            personnel: add(self.personnel, other.personnel),
            staffed: either(self.staffed, other.staffed),
            by_revenue: add(self.by_revenue, other.by_revenue),
            by_cost: add(self.by_cost, other.by_cost),
            ip: add(self.ip, other.ip),
            gate: [self.gate[0] && other.gate[0], self.gate[1] && other.gate[1]],
            direct: self.direct || other.direct,
        }
    }

    /// 115号 art. 7: the company picks the better basis.
    fn intensity(&self, reading: usize) -> u8 {
        self.by_revenue[reading].max(self.by_cost[reading])
    }

    fn score(&self, reading: usize) -> u8 {
        self.personnel[reading] + self.intensity(reading) + self.ip[reading]
    }

    /// 115号 art. 6 (一) to (四), then (五) or one of art. 8.
    fn passes(&self, reading: usize) -> bool {
        let by_score = self.score(reading) >= 60 && self.staffed[reading];
        self.gate[reading] && (self.direct || by_score)
    }

    fn verdict(&self) -> Verdict {
        match (self.passes(0), self.passes(1)) {
            (true, _) => Verdict::Met,
            (false, true) => Verdict::NeedsReview,
            (false, false) => Verdict::NotMet,
        }
    }
}

/// Facts that are looked at together, and every outcome they can have.
struct Group {
    gate: Option<&'static str>,
    facts: Vec<&'static str>,
    parts: Vec<Part>,
}

/// A part as it is: both bases of R&D see the same figure.
const WHOLE: fn(Part) -> Part =
    |part| Part { by_revenue: [part.intensity(0), part.intensity(1)], by_cost: [0; 2], ..part };

/// The aspects of a part, each as if it had figures of its own.
const SIDES: [fn(Part) -> Part; 5] = [
    |part| Part { gate: part.gate, ..Part::NEUTRAL },
    |part| Part { staffed: part.staffed, ..Part::NEUTRAL },
    |part| Part { by_revenue: part.by_revenue, ..Part::NEUTRAL },
    |part| Part { by_cost: part.by_cost, ..Part::NEUTRAL },
    |part| Part { personnel: part.personnel, ip: part.ip, direct: part.direct, ..Part::NEUTRAL },
];

/// What the report must say.
#[derive(Debug, PartialEq, Eq)]
pub struct Expected {
    pub verdict: Verdict,
    pub score: (u8, u8),
    /// The points of `personnel`, `rd_intensity` and `ip_results`.
    pub points: [(u8, u8); 3],
    /// The statuses of gates and direct routes, by criterion id.
    pub statuses: Vec<(&'static str, Status)>,
}

/// The points of the band that `part` of `whole` reaches. Nothing of nothing is
/// no ratio and reaches none.
fn banded(part: i128, whole: i128, bands: &[(i128, u8); 5]) -> u8 {
    let reached = |&&(per_cent, _): &&(i128, u8)| whole > 0 && part * 100 >= whole * per_cent;
    bands.iter().find(reached).map_or(0, |&(_, points)| points)
}

/// The parts of `whole` that lie on a band.
fn parts_of(whole: i128, bands: &[(i128, u8); 5]) -> impl Iterator<Item = i128> + '_ {
    bands.iter().map(move |&(per_cent, _)| whole * per_cent / 100)
}

/// The wholes of which `part` lies on a band.
fn wholes_of(part: i128, bands: &[(i128, u8); 5]) -> impl Iterator<Item = i128> + '_ {
    bands.iter().map(move |&(per_cent, _)| part * 100 / per_cent)
}

fn ip_points(class_one: u8, class_two: u8) -> u8 {
    match (class_one, class_two) {
        (1.., _) => 30,
        (0, 4..) => 24,
        (0, two) => two * 6,
    }
}

fn distinct<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

impl Company {
    /// Whether the company was founded in the year of application. Every figure
    /// is of the year before, which it does not have, and no text says what
    /// counts instead, so a person must decide.
    fn is_new(&self) -> bool {
        self.established.is_some_and(|day| day.0 >= self.as_of.0)
    }

    fn staff(&self, tech: i128, total: i128) -> Part {
        let points = banded(tech, total, &PERSONNEL);
        Part::personnel(points, points).with(Part::gate(total <= CREW))
    }

    /// Every outcome of this fact alone, with one line for each state of the
    /// facts it is looked at together with.
    fn lines(&self, fact: &str) -> Vec<Vec<Part>> {
        let [total, tech, revenue, cost, assets, rd, income, base] = self.amounts.map(Span::fine);
        let left_to_a_person = Part { gate: [false, true], ..Part::NEUTRAL };
        match fact {
            "sme_staff_total" | "sme_staff_tech" if self.is_new() => {
                vec![vec![Part::personnel(0, 20).with(left_to_a_person)]]
            }
            "revenue" | "cost_total" | "rd_expense_deduct" if self.is_new() => {
                vec![vec![Part { by_revenue: [0, 50], ..left_to_a_person }]]
            }
            "total_assets" | "excluded_industry_income" | "excluded_industry_base"
                if self.is_new() =>
            {
                vec![vec![left_to_a_person]]
            }
            "sme_staff_total" => {
                let edges = total.ends().into_iter().chain([CREW, CREW + 1]);
                let techs = tech.corners(edges.flat_map(|total| parts_of(total, &PERSONNEL)));
                let line = |tech: i128| {
                    let marks = wholes_of(tech, &PERSONNEL).chain([0, CREW]);
                    total.corners(marks).into_iter().map(|total| self.staff(tech, total)).collect()
                };
                techs.into_iter().map(line).collect()
            }
            "sme_staff_tech" => {
                let edges = tech.ends().into_iter().flat_map(|tech| wholes_of(tech, &PERSONNEL));
                let line = |total: i128| {
                    let techs = tech.corners(parts_of(total, &PERSONNEL));
                    techs.into_iter().map(|tech| self.staff(tech, total)).collect()
                };
                total.corners(edges.chain([0, CREW])).into_iter().map(line).collect()
            }
            "rd_expense_deduct" => {
                let wholes = |whole: Span, bands: &'static [(i128, u8); 5]| {
                    let edges = rd.ends().into_iter().flat_map(|rd| wholes_of(rd, bands));
                    whole.corners(edges.chain([0, CAP]))
                };
                let mut lines = Vec::new();
                for revenue in wholes(revenue, &OF_REVENUE) {
                    for &cost in &wholes(cost, &OF_COST) {
                        let marks = parts_of(revenue, &OF_REVENUE).chain(parts_of(cost, &OF_COST));
                        let one = |rd: i128| {
                            let of_cost = banded(rd, cost, &OF_COST);
                            intensity(of_revenue(rd, revenue), of_cost)
                        };
                        lines.push(rd.corners(marks).into_iter().map(one).collect());
                    }
                }
                lines
            }
            "revenue" | "cost_total" => {
                let by_revenue = revenue.ends().into_iter().chain([CAP, CAP + 1]);
                let marks = by_revenue.flat_map(|revenue| parts_of(revenue, &OF_REVENUE));
                let by_cost = cost.ends().into_iter().flat_map(|cost| parts_of(cost, &OF_COST));
                // What either basis can bring, for each amount of R&D.
                let sides = rd.corners(marks.chain(by_cost)).into_iter().map(|rd| {
                    let marks = wholes_of(rd, &OF_REVENUE).chain([0, CAP]);
                    let first = revenue.corners(marks).into_iter().map(|all| of_revenue(rd, all));
                    let costs = cost.corners(wholes_of(rd, &OF_COST).chain([0]));
                    let second = costs.into_iter().map(|cost| banded(rd, cost, &OF_COST));
                    (distinct(first.collect()), distinct(second.collect()))
                });
                let mut lines = Vec::new();
                for (first, second) in distinct::<(Vec<_>, Vec<_>)>(sides.collect()) {
                    if fact == "revenue" {
                        let line = |&b| first.iter().map(|&a| intensity(a, b)).collect();
                        lines.extend(second.iter().map(line));
                    } else {
                        let line = |&a| second.iter().map(|&b| intensity(a, b)).collect();
                        lines.extend(first.iter().map(line));
                    }
                }
                lines
            }
            "total_assets" => {
                let assets = assets.corners([CAP]).into_iter();
                vec![assets.map(|assets| Part::gate(assets <= CAP)).collect()]
            }
            // Only a share of more than half is excluded; exactly half is not.
            "excluded_industry_income" => {
                let line = |base: i128| {
                    let incomes = income.corners([base / 2]).into_iter();
                    incomes.map(|income| Part::gate(income * 2 <= base)).collect()
                };
                base.corners([income.lo * 2, income.hi * 2]).into_iter().map(line).collect()
            }
            "excluded_industry_base" => {
                let line = |income: i128| {
                    let bases = base.corners([income * 2]).into_iter();
                    bases.map(|base| Part::gate(income * 2 <= base)).collect()
                };
                income.corners([base.lo / 2, base.hi / 2]).into_iter().map(line).collect()
            }
            "ip" => vec![self.ip_parts()],
            _ => self.yes_no_lines(fact),
        }
    }

    fn yes_no_lines(&self, fact: &str) -> Vec<Vec<Part>> {
        let at = YES_NO.iter().position(|id| *id == fact).expect("a fact of the policy");
        let answers = |at: usize| self.yes_no[at].map_or(vec![false, true], |answer| vec![answer]);
        let resident = |yes: bool| match self.entity_kind {
            Some("partnership" | "sole_proprietorship" | "individual_business") => [false; 2],
            // The text does not mention branches.
            Some("branch") => [false, yes],
            _ => [yes; 2],
        };
        let line = |others: bool| {
            let part = |yes: bool| match at {
                0 => Part { gate: resident(yes), ..Part::NEUTRAL },
                1..=4 => Part::gate(yes && others),
                RESTRICTED => Part::gate(!yes),
                8.. => Part { direct: yes, ..Part::NEUTRAL },
                _ => Part::gate(yes),
            };
            answers(at).into_iter().map(part).collect()
        };
        let others = (1..=4).filter(|other| (1..=4).contains(&at) && *other != at);
        let others: Vec<Vec<bool>> = others.map(answers).collect();
        let mut lines = Vec::new();
        if others.iter().all(|answers| answers.contains(&true)) {
            lines.push(line(true));
        }
        if others.iter().any(|answers| answers.contains(&false)) {
            lines.push(line(false));
        }
        lines
    }

    /// What a right can bring: its class, and whether that is left to a person;
    /// `None` if it does not count.
    fn brings(&self, item: &Item) -> Vec<Option<(usize, bool)>> {
        let kinds = ["invention", "utility_model", "defence_patent", "trademark"];
        let owners = ["company", "co_owned", "person"];
        let in_time = match item.granted {
            // A right without a day was granted in time; a day said to be
            // unknown may be any day.
            None => vec![true],
            Some((first, _)) if first > self.as_of => vec![false],
            Some((_, last)) if last > self.as_of => vec![true, false],
            Some(_) => vec![true],
        };
        let in_time = if item.nulls.contains(&"granted_on") { vec![true, false] } else { in_time };
        let mut brings = Vec::new();
        for kind in item.either("kind", item.kind, &kinds) {
            let class = match kind {
                "trademark" | "other_copyright" => None,
                "utility_model" | "design" | "software" => Some(1),
                _ => Some(0),
            };
            // Only a granted right counts. A notice with the fee paid counts
            // for 高企 only.
            let status = item.status.unwrap_or("granted");
            for status in item.either("status", status, &["granted", "pending"]) {
                let owner = item.owner.unwrap_or("company");
                for owner in item.either("owner", owner, &owners) {
                    let disputed = item.disputed.unwrap_or(false);
                    for disputed in item.either("disputed", disputed, &[false, true]) {
                        let main = item.main_product.unwrap_or(true);
                        for main in item.either("main_product", main, &[false, true]) {
                            for in_time in &in_time {
                                let counts = status == "granted"
                                    && owner != "person"
                                    && !disputed
                                    && main
                                    && *in_time;
                                let person = kind == "defence_patent" || owner == "co_owned";
                                brings.push(class.filter(|_| counts).map(|at| (at, person)));
                            }
                        }
                    }
                }
            }
        }
        distinct(brings)
    }

    /// Every pair of points (against, for) that the list can bring.
    fn ip_parts(&self) -> Vec<Part> {
        // The numbers of rights that surely count and that a person decides, by
        // class.
        let mut ways = vec![([0_u8; 2], [0_u8; 2])];
        for item in self.ip.iter().flatten() {
            let brings = self.brings(item);
            let with = |way: ([u8; 2], [u8; 2]), one: &Option<(usize, bool)>| {
                let (mut sure, mut asked) = way;
                match one {
                    Some((class, false)) => sure[*class] += 1,
                    Some((class, true)) => asked[*class] += 1,
                    None => {}
                }
                (sure, asked)
            };
            ways = distinct(
                ways.iter().flat_map(|way| brings.iter().map(|one| with(*way, one))).collect(),
            );
        }
        // One more right of class I, or four of class II, bring all there is to
        // gain.
        let more_may_follow = self.ip.is_none() || self.ip_complete == Some(false);
        let more = if more_may_follow { [1, 4] } else { [0, 0] };
        let mut parts = Vec::new();
        for (sure, asked) in ways {
            for one in 0..=more[0] {
                for two in 0..=more[1] {
                    let low = [sure[0] + one, sure[1] + two];
                    let high = [low[0] + asked[0], low[1] + asked[1]];
                    let ip = [ip_points(low[0], low[1]), ip_points(high[0], high[1])];
                    parts.push(Part { ip, ..Part::NEUTRAL });
                }
            }
        }
        distinct(parts)
    }

    fn groups(&self) -> Vec<Group> {
        let group = |gate, facts: &[&'static str]| Group {
            gate,
            facts: facts.to_vec(),
            parts: distinct(self.lines(facts[0]).concat()),
        };
        let mut groups = vec![
            group(Some("resident"), &["resident_enterprise"]),
            group(Some("bookkeeping"), &YES_NO[1..=4]),
            group(Some("size_staff"), &["sme_staff_total", "sme_staff_tech"]),
            group(Some("size_revenue"), &["revenue", "cost_total", "rd_expense_deduct"]),
            group(Some("size_assets"), &["total_assets"]),
            group(Some("industry_restricted"), &["industry_restricted"]),
            group(
                Some("industry_excluded"),
                &["excluded_industry_income", "excluded_industry_base"],
            ),
            group(Some("conduct"), &["sme_clean_record"]),
            group(Some("listing"), &["sme_not_listed"]),
            group(None, &["ip"]),
        ];
        groups.extend(YES_NO[8..].iter().map(|fact| group(None, &[*fact])));
        groups
    }

    /// What the report must say, whatever is still open.
    pub fn expected(&self) -> Expected {
        let groups = self.groups();
        let worlds = worlds(&groups.iter().map(|group| seen(group, WHOLE)).collect::<Vec<_>>());
        let mut verdicts: Vec<Verdict> = worlds.iter().map(Part::verdict).collect();
        verdicts.dedup();
        let verdict = match verdicts[0] {
            first if verdicts.iter().all(|verdict| *verdict == first) => first,
            _ => Verdict::Undecided,
        };
        let range = |points: &dyn Fn(&Part, usize) -> u8| {
            let low = worlds.iter().map(|world| points(world, 0)).min();
            let high = worlds.iter().map(|world| points(world, 1)).max();
            (low.expect("a world"), high.expect("a world"))
        };
        let mut statuses: Vec<(&'static str, Status)> = groups
            .iter()
            .filter_map(|group| Some((group.gate?, status(group.parts.iter().map(|p| p.gate)))))
            .collect();
        let routes = ROUTES.into_iter().zip(&groups[groups.len() - 4..]);
        statuses.extend(
            routes.map(|(id, route)| (id, status(route.parts.iter().map(|p| [p.direct; 2])))),
        );
        Expected {
            verdict,
            score: range(&|world, reading| world.score(reading)),
            points: [
                range(&|world, reading| world.personnel[reading]),
                range(&Part::intensity),
                range(&|world, reading| world.ip[reading]),
            ],
            statuses,
        }
    }

    /// The facts whose value alone can turn the verdict in some completion.
    pub fn decisive(&self) -> Vec<&'static str> {
        self.turning(&[WHOLE])
    }

    /// The same, if a figure that is asked in several places could differ
    /// between them. The engine may ask at most for these.
    pub fn decisive_apart(&self) -> Vec<&'static str> {
        self.turning(&SIDES)
    }

    fn turning(&self, sides: &[fn(Part) -> Part]) -> Vec<&'static str> {
        let groups = self.groups();
        let sides: Vec<_> =
            groups.iter().flat_map(|group| sides.iter().map(move |side| (group, *side))).collect();
        let parts: Vec<Vec<Part>> = sides.iter().map(|(group, side)| seen(group, *side)).collect();
        let mut found = Vec::new();
        for (at, (group, side)) in sides.into_iter().enumerate() {
            if parts[at].len() == 1 {
                continue;
            }
            let rest = worlds(&[&parts[..at], &parts[at + 1..]].concat());
            for fact in &group.facts {
                let line = |line: Vec<Part>| distinct(line.into_iter().map(side).collect());
                let lines = self.lines(fact).into_iter().map(line);
                let lines: Vec<Vec<Part>> = distinct(lines.collect());
                let turns = |world: &Part, line: &[Part]| {
                    let first = line[0].with(*world).verdict();
                    line.iter().any(|part| part.with(*world).verdict() != first)
                };
                if rest.iter().any(|world| lines.iter().any(|line| turns(world, line))) {
                    found.push(*fact);
                }
            }
        }
        distinct(found)
    }
}

fn of_revenue(rd: i128, revenue: i128) -> (u8, bool) {
    (banded(rd, revenue, &OF_REVENUE), revenue <= CAP)
}

fn intensity((by_revenue, small): (u8, bool), by_cost: u8) -> Part {
    Part { by_revenue: [by_revenue; 2], by_cost: [by_cost; 2], ..Part::gate(small) }
}

/// One aspect of everything a group can bring.
fn seen(group: &Group, side: fn(Part) -> Part) -> Vec<Part> {
    distinct(group.parts.iter().copied().map(side).collect())
}

/// Every way in which the groups can come out together. Groups with few
/// outcomes go first, because gates and routes have only a handful of them
/// together. Groups with many outcomes hardly ever repeat one, so they are not
/// compared.
fn worlds(groups: &[Vec<Part>]) -> Vec<Part> {
    let mut groups: Vec<&Vec<Part>> = groups.iter().collect();
    groups.sort_by_key(|parts| parts.len());
    groups.into_iter().fold(vec![Part::NEUTRAL], |worlds, parts| match parts[..] {
        [only] => worlds.into_iter().map(|world| world.with(only)).collect(),
        _ => {
            let with = |world: Part| parts.iter().map(move |part| world.with(*part));
            let worlds = worlds.into_iter().flat_map(with).collect();
            if parts.len() == 2 { distinct(worlds) } else { worlds }
        }
    })
}

fn status(outcomes: impl Iterator<Item = [bool; 2]>) -> Status {
    let outcomes = distinct(outcomes.collect::<Vec<_>>());
    match outcomes[..] {
        [[true, true]] => Status::Met,
        [[false, false]] => Status::NotMet,
        [[false, true]] => Status::NeedsReview,
        _ => Status::Unknown,
    }
}
