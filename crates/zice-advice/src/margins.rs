//! Margins: how far one figure may go before something gives way.

use zice_rules::{
    Company, Dictionary, Status, Verdict,
    assess::Points,
    fraction::Fraction,
    policy::{CriterionKind, Policy, Rule},
};

use crate::{
    figure::{Figure, figures},
    probe::{Line, Probe},
    search::{First, Walk, turning_points},
};

/// The side to which a figure moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// To smaller values.
    Below,
    /// To greater values.
    Above,
}

/// What a figure costs, or brings, where it flips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The verdict is another one.
    Verdict,
    /// The verdict stays, and sure points of the total are lost.
    Points,
    /// While the verdict is undecided: a criterion that was met for sure is no
    /// longer.
    Criterion,
}

/// The first value of a figure with which something gives way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// Name of the fact.
    pub fact: String,
    /// Fiscal year, for a figure by year.
    pub year: Option<i32>,
    /// The figure as given.
    pub value: Fraction,
    /// The first value that no longer holds.
    pub flips_at: Fraction,
    /// The side on which it lies.
    pub side: Side,
    /// How far it is away, as an amount.
    pub room: Fraction,
    /// How far it is away as a share of the figure; `None` of zero.
    pub room_share: Option<Fraction>,
    /// Row of the report that gives way there; see [`Policy::line_id`].
    pub row: Option<usize>,
    /// What it costs.
    pub effect: Effect,
    /// Points of that row there less those now, the sure ones; `None` if it
    /// brings none.
    pub points: Option<i16>,
    /// The verdict there.
    pub verdict: Verdict,
}

/// All margins of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Margins {
    /// The margins, smallest room first.
    pub found: Vec<Margin>,
    /// Sides on which a search stopped early.
    pub stopped: Vec<Stopped>,
}

/// A side of a figure on which a search stopped before it came to a flip or to
/// the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Name of the fact.
    pub fact: String,
    /// Fiscal year, for a figure by year.
    pub year: Option<i32>,
    /// The side.
    pub side: Side,
    /// Everything from the figure up to here certainly holds.
    pub safe_to: Fraction,
}

/// What a company comes to as it is.
#[derive(Clone, Debug)]
struct Now {
    verdict: Verdict,
    score: Option<Points>,
    /// Rows that can give way, with what they say.
    lines: Vec<(usize, Line)>,
}

impl Now {
    fn of(probe: &mut Probe<'_>) -> Option<Self> {
        let policy = probe.batch().policy();
        let verdict = probe.verdict()?;
        let lines = probe.lines();
        let lines = lines.into_iter().enumerate().filter(|(row, _)| gives_way(policy, *row));
        Some(Self { verdict, score: probe.score(), lines: lines.collect() })
    }

    /// Whether the verdict is certainly the same.
    fn keeps_verdict(&self, probe: &mut Probe<'_>) -> bool {
        probe.verdict() == Some(self.verdict)
    }

    /// Whether certainly nothing gives way: neither the verdict nor a sure point
    /// of the total nor, while the verdict is undecided, a criterion that is
    /// met.
    fn keeps_all(&self, probe: &mut Probe<'_>) -> bool {
        let fewest = |score: Option<Points>| score.map(|it| it.min);
        if self.verdict != Verdict::Undecided {
            return self.keeps_verdict(probe) && fewest(probe.score()) >= fewest(self.score);
        }
        probe.verdict().is_some()
            && fewest(probe.score()) >= fewest(self.score)
            && self
                .lines
                .iter()
                .filter(|(_, line)| line.status == Status::Met)
                .all(|(row, _)| probe.line(*row).is_some_and(|line| line.status == Status::Met))
    }

    /// Whether certainly no row that can give way says anything else.
    fn keeps_rows(&self, probe: &mut Probe<'_>) -> bool {
        probe.verdict().is_some()
            && self
                .lines
                .iter()
                .all(|(row, line)| !is_settled(line) || probe.line(*row) == Some(*line))
    }
}

/// Whether a row of the report can be the reason: not a total, nor a note.
fn gives_way(policy: &Policy, row: usize) -> bool {
    let at = row.checked_rem(policy.criteria.len()).unwrap_or_default();
    policy.criteria.get(at).is_some_and(|it| {
        !matches!(it.rule, Rule::Total { .. })
            && !matches!(it.kind, CriterionKind::Note | CriterionKind::Paper)
    })
}

/// Whether no answer can change what a row says.
fn is_settled(line: &Line) -> bool {
    line.status != Status::Unknown
}

/// Returns the margins of every known figure that a policy looks at, smallest
/// room first.
///
/// On each side of a figure there is at most one margin for points and one for
/// the verdict: points are told only where they are lost before the verdict
/// changes. Every other answer stays as it is, and no value is tried that would
/// contradict one (a part above its whole). For as long as the verdict is
/// undecided, margins tell where it fails or a criterion that is met gives way.
pub fn margins(probe: &mut Probe<'_>, company: &Company, dictionary: &Dictionary) -> Margins {
    let mut all = Margins::default();
    let Some(now) = Now::of(probe) else { return all };
    if matches!(now.verdict, Verdict::Hint | Verdict::NotApplicable) {
        return all;
    }
    for figure in figures(probe, company, dictionary) {
        let (below, above) = (figure.room(Side::Below), figure.room(Side::Above));
        let points = turning_points(probe, &figure, below, above);
        for (side, most) in [(Side::Below, below), (Side::Above, above)] {
            let mut walk = Walk::new(probe, &figure, side, points.as_deref());
            // An open verdict of a range may hide one that fails.
            walk.by_parts = now.verdict == Verdict::Undecided && walk.knows_turns();
            let single = walk.by_parts;
            let keeps = |it: &mut Probe<'_>| {
                now.keeps_all(it) && !(single && it.verdict() == Some(Verdict::NotMet))
            };
            let first = walk.first(1, most, &mut { keeps });
            let told = all.note(&mut walk, &now, first);
            // Points are lost: how far is it to another verdict?
            if let (First::At(at), Some(effect)) = (first, told)
                && effect != Effect::Verdict
                && now.verdict != Verdict::Undecided
            {
                let next = at.saturating_add(1);
                let flip = walk.first(next, most, &mut |it| now.keeps_verdict(it));
                all.note(&mut walk, &now, flip);
            }
        }
    }
    sort(&mut all.found);
    all
}

impl Margins {
    /// Keeps what a search found; returns the effect of a margin.
    fn note(&mut self, walk: &mut Walk<'_, '_>, now: &Now, first: First) -> Option<Effect> {
        match first {
            First::Never => None,
            First::At(at) => {
                let margin = tell(walk, now, at)?;
                let effect = margin.effect;
                self.found.push(margin);
                Some(effect)
            }
            First::Stopped(at) => {
                let Figure { fact, year, .. } = walk.figure;
                let safe_to = walk.figure.moved(walk.side, at.saturating_sub(1)).ok()?;
                let side = walk.side;
                self.stopped.push(Stopped { fact: fact.clone(), year: *year, side, safe_to });
                None
            }
        }
    }
}

/// Returns closed figures that lie within one per cent of a value at which a
/// row of the report says something else: a reason to check that nothing was
/// left out or counted twice, and nothing else.
pub fn near(probe: &mut Probe<'_>, company: &Company, dictionary: &Dictionary) -> Vec<Margin> {
    let Some(now) = Now::of(probe) else { return Vec::new() };
    let this_year = company.as_of.year();
    let mut found = Vec::new();
    for figure in figures(probe, company, dictionary) {
        let Some(per_cent) = Fraction::new(1, 100) else { continue };
        if figure.year.is_none_or(|year| year >= this_year) {
            continue;
        }
        let within = figure.value.mul(per_cent).and_then(|it| it.div(figure.granule));
        let within = within.ok().flatten().map_or(0, |it| it.floor().saturating_abs());
        let room = |side| figure.room(side).min(within);
        let (below, above) = (room(Side::Below), room(Side::Above));
        let points = turning_points(probe, &figure, below, above);
        for (side, most) in [(Side::Below, below), (Side::Above, above)] {
            let mut walk = Walk::new(probe, &figure, side, points.as_deref());
            if let First::At(at) = walk.first(1, most, &mut |it| now.keeps_rows(it)) {
                found.extend(tell(&mut walk, &now, at));
            }
        }
    }
    sort(&mut found);
    found
}

/// Describes what gives way at a distance, from the values there and one granule
/// before.
fn tell(walk: &mut Walk<'_, '_>, now: &Now, at: i128) -> Option<Margin> {
    let see = |probe: &mut Probe<'_>| (probe.verdict(), probe.score(), probe.lines());
    let (verdict, score, there) = walk.look(at, at, see)?;
    let nearer = at.saturating_sub(1);
    let (held, before) = walk.look(nearer, nearer, |it| (it.verdict(), it.lines()))?;
    let verdict = verdict?;
    // While it is undecided the verdict may have changed on the way.
    let fails = now.verdict == Verdict::Undecided && verdict == Verdict::NotMet;
    let fails = fails && held != Some(Verdict::NotMet);
    let effect = match score.zip(now.score) {
        _ if fails => Effect::Verdict,
        _ if verdict != now.verdict && held == Some(now.verdict) => Effect::Verdict,
        Some((there, now)) if there.min < now.min => Effect::Points,
        _ => Effect::Criterion,
    };
    let changed = |row: usize| there.get(row) != before.get(row);
    let other = now.lines.iter().map(|(row, _)| *row).filter(|row| changed(*row));
    // For another verdict, a gate is a plainer reason than points.
    let scores = |row: &usize| there.get(*row).is_some_and(|it| it.points.is_some());
    let row = other.min_by_key(|row| scores(row) == (effect != Effect::Points));
    let fewest = |line: Option<&Line>| line.and_then(|it| it.points).map(|it| i16::from(it.min));
    let own = row.and_then(|row| now.lines.iter().find(|(own, _)| *own == row));
    let points = row.and_then(|row| fewest(there.get(row))).zip(fewest(own.map(|(_, it)| it)));
    let Figure { fact, year, value, .. } = walk.figure;
    let flips_at = walk.figure.moved(walk.side, at).ok()?;
    let room = walk.figure.granule.mul(Fraction::whole(at)).ok()?;
    let size = (*value).max(value.neg().ok()?);
    Some(Margin {
        fact: fact.clone(),
        year: *year,
        value: *value,
        flips_at,
        side: walk.side,
        room,
        room_share: room.div(size).ok().flatten(),
        row,
        effect,
        points: points.map(|(there, now)| there.saturating_sub(now)),
        verdict,
    })
}

/// Sorts by room: by share where there is one, then by fact and year.
fn sort(margins: &mut [Margin]) {
    margins.sort_by(|a, b| {
        let share = |it: &Margin| (it.room_share.is_none(), it.room_share);
        let (one, two) = (share(a), share(b));
        one.0
            .cmp(&two.0)
            .then_with(|| one.1.partial_cmp(&two.1).unwrap_or(core::cmp::Ordering::Equal))
            .then_with(|| (&a.fact, a.year, a.side).cmp(&(&b.fact, b.year, b.side)))
    });
}
