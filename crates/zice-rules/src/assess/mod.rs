//! Assessment: what a policy says about a company at this moment.
//!
//! No texts are made here: statuses, points and verdict only, which is what
//! the live picture, the search for advice and the benchmark need. The words
//! come from [`crate::report`].

mod evaluate;
mod question;

pub(crate) use evaluate::{Evaluator, Lens, Outcome, Results, banded, judgement, listed};
pub use question::Question;

use crate::{
    company::{Company, Entry},
    error::Error,
    fraction::Overflow,
    points::PointSet,
    policy::{Basis, Criterion, CriterionKind, Judged, Part, Policy, Rule},
    truth::Truth,
};

/// The state of one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Met, whatever is still unknown.
    Met,
    /// Not met, whatever is still unknown.
    NotMet,
    /// Answers could still decide it.
    Unknown,
    /// Only a person can decide it.
    NeedsReview,
    /// It does not concern this company.
    NotApplicable,
}

/// The state of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The company passes, whatever is still unknown.
    Met,
    /// It does not, whatever is still unknown.
    NotMet,
    /// Answers could still decide it.
    Undecided,
    /// Only matters a machine can't judge are left.
    NeedsReview,
    /// The programme promises nothing.
    Hint,
    /// It judges entries of a list, and there are none.
    NotApplicable,
}

impl Verdict {
    /// The verdict of a programme whose condition is in this state.
    pub(crate) const fn of(state: Status) -> Self {
        match state {
            Status::Met => Self::Met,
            Status::NotMet => Self::NotMet,
            Status::NeedsReview => Self::NeedsReview,
            Status::Unknown | Status::NotApplicable => Self::Undecided,
        }
    }
}

/// Points still possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// Fewest.
    pub min: u8,
    /// Most.
    pub max: u8,
}

/// What a policy says about a company.
#[derive(Debug)]
pub struct Assessment<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) company: &'a Company,
    /// The company as a whole, or each entry that is judged by itself.
    pub(crate) rounds: Vec<Round<'a>>,
    /// An entry nobody has said anything about, where none is judged or more
    /// may follow.
    unseen: Option<Round<'a>>,
    worst: Truth,
    best: Truth,
}

/// All criteria once: about the company, or about one entry of a list.
#[derive(Debug)]
pub(crate) struct Round<'a> {
    pub entry: Option<&'a Entry>,
    pub results: Results,
    worst: Truth,
    best: Truth,
}

impl core::fmt::Debug for Evaluator<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Evaluator").finish_non_exhaustive()
    }
}

/// Assesses a company.
///
/// # Errors
/// When its figures are too large to calculate with exactly.
pub fn assess<'a>(policy: &'a Policy, company: &'a Company) -> Result<Assessment<'a>, Error> {
    let (mut rounds, mut unseen, worst, best) = (Vec::new(), None, Truth::False, Truth::False);
    let Some(each) = &policy.each else {
        let one = round(policy, company, None)?;
        let (worst, best) = (one.worst, one.best);
        return Ok(Assessment { policy, company, rounds: vec![one], unseen, worst, best });
    };
    let (entries, more) = listed(&policy.links, company, each.list);
    rounds.reserve(entries.len().max(1));
    for entry in entries {
        rounds.push(round(policy, company, Some(entry))?);
    }
    // The best entry counts.
    let any = |rounds: &[Round<'a>], truth: fn(&Round<'a>) -> Truth, none: Truth| {
        rounds.iter().map(truth).fold(none, Truth::or)
    };
    let (mut worst, mut best) =
        (any(&rounds, |one| one.worst, worst), any(&rounds, |one| one.best, best));
    if more {
        let one = round(policy, company, None)?;
        // One that may follow may pass, unless none can; and whether any
        // follows is open.
        worst = worst.or(one.worst.and(Truth::Unknown));
        best = best.or(one.best.and(Truth::Unknown));
        // Of a list nobody has said anything about one entry stands for all,
        // so that the report can show what there is to meet. That none can pass
        // settles nothing while there may be none at all.
        if rounds.is_empty() {
            (worst, best) = (worst.or(Truth::Unknown), best.or(Truth::Unknown));
            rounds.push(one);
        } else {
            unseen = Some(one);
        }
    }
    Ok(Assessment { policy, company, rounds, unseen, worst, best })
}

fn round<'a>(
    policy: &'a Policy,
    company: &'a Company,
    entry: Option<&'a Entry>,
) -> Result<Round<'a>, Error> {
    let mut results = Results::with_capacity(policy.criteria.len());
    for (at, criterion) in policy.criteria.iter().enumerate() {
        let evaluator = Evaluator { links: &policy.links, company, results: &results, entry };
        let outcome = |lens| {
            decide(&evaluator, criterion, lens).map_err(|Overflow| Error::overflow(&criterion.id))
        };
        // Most criteria hold nothing that a person would have to judge: both
        // lenses then show the same. Where experts only grade within a band
        // both see the same figure.
        let (worst, best) = match (policy.links.judged.get(at), &criterion.rule) {
            (Some(Judged::Nothing), _) => {
                let one = outcome(Lens::Worst)?;
                (one, one)
            }
            (Some(Judged::Grades), Rule::Points { best_of, .. }) => {
                graded(&evaluator, best_of).map_err(|Overflow| Error::overflow(&criterion.id))?
            }
            _ => (outcome(Lens::Worst)?, outcome(Lens::Best)?),
        };
        results.push(worst, best);
    }
    let evaluator = Evaluator { links: &policy.links, company, results: &results, entry };
    let verdict = |lens| {
        evaluator.truth(&policy.verdict, lens, None).map_err(|Overflow| Error::overflow(&policy.id))
    };
    let (worst, best) = (verdict(Lens::Worst)?, verdict(Lens::Best)?);
    Ok(Round { entry, results, worst, best })
}

/// Points under both lenses, where experts grade within a band and nothing
/// else is left to them.
fn graded(evaluator: &Evaluator<'_>, best_of: &[Basis]) -> Result<(Outcome, Outcome), Overflow> {
    let (mut worst, mut best) = (PointSet::ZERO, PointSet::ZERO);
    for basis in best_of {
        let value = evaluator.number(&basis.value, Lens::Worst, None)?;
        worst = worst.best(banded(basis, &value, Lens::Worst));
        best = best.best(banded(basis, &value, Lens::Best));
    }
    let outcome = |points| Outcome { truth: at_least(points, 1), points };
    Ok((outcome(worst), outcome(best)))
}

fn decide(
    evaluator: &Evaluator<'_>,
    criterion: &Criterion,
    lens: Lens,
) -> Result<Outcome, Overflow> {
    let judged = Outcome {
        truth: judgement(lens),
        points: match (lens, criterion.out_of()) {
            (Lens::Best, Some(out_of)) => PointSet::only(out_of),
            _ => PointSet::ZERO,
        },
    };
    Ok(match needs_a_person(evaluator, criterion)? {
        Truth::True => judged,
        Truth::False => calculate(evaluator, criterion, lens)?,
        Truth::Unknown => calculate(evaluator, criterion, lens)?.or(judged),
    })
}

fn calculate(
    evaluator: &Evaluator<'_>,
    criterion: &Criterion,
    lens: Lens,
) -> Result<Outcome, Overflow> {
    Ok(match &criterion.rule {
        Rule::Holds { when, .. } => {
            let mut truth = evaluator.truth(when, lens, None)?;
            if criterion.otherwise.is_some() {
                truth = truth.or(judgement(lens));
            }
            Outcome { truth, points: PointSet::ZERO }
        }
        Rule::Points { best_of, .. } => {
            let mut points = PointSet::ZERO;
            for basis in best_of {
                points = points.best(evaluator.basis(basis, lens)?);
            }
            Outcome { truth: at_least(points, 1), points }
        }
        Rule::Total { of, needs, strict, also, .. } => {
            let points = total(evaluator.results, of, lens);
            let also = match also {
                Some(condition) => evaluator.truth(condition, lens, None)?,
                None => Truth::True,
            };
            Outcome { truth: at_least(points, passes_from(*needs, *strict)).and(also), points }
        }
    })
}

/// The fewest points that pass.
pub(crate) const fn passes_from(needs: u8, strict: bool) -> u8 {
    if strict { needs.saturating_add(1) } else { needs }
}

/// Whether the sources leave this case, or the whole rule, to a person.
pub(crate) fn needs_a_person(
    evaluator: &Evaluator<'_>,
    criterion: &Criterion,
) -> Result<Truth, Overflow> {
    let mut needs = Truth::from(criterion.is_open());
    for case in &criterion.review {
        needs = needs.or(evaluator.truth(&case.when, Lens::Worst, None)?);
    }
    Ok(needs)
}

fn at_least(points: PointSet, needed: u8) -> Truth {
    match (points.min() >= needed, points.max() >= needed) {
        (true, _) => Truth::True,
        (_, false) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// The points of all parts together.
pub(crate) fn total(results: &Results, parts: &[Part], lens: Lens) -> PointSet {
    parts.iter().fold(PointSet::ZERO, |sum, part| sum.plus(part_sum(results, part, lens)))
}

pub(crate) fn part_sum(results: &Results, part: &Part, lens: Lens) -> PointSet {
    let sum = part.of.iter().fold(PointSet::ZERO, |sum, index| {
        results.get(lens, usize::from(*index)).map_or(sum, |result| sum.plus(result.points))
    });
    part.cap.map_or(sum, |cap| sum.capped(cap))
}

impl Assessment<'_> {
    /// The verdict.
    pub const fn verdict(&self) -> Verdict {
        if self.policy.hint {
            return Verdict::Hint;
        }
        // Not one entry, and none to come.
        if self.rounds.is_empty() {
            return Verdict::NotApplicable;
        }
        Verdict::of(join(self.worst, self.best))
    }

    /// Lines of the report: every criterion, once for each entry where the
    /// policy judges entries.
    pub const fn rows(&self) -> usize {
        self.rounds.len().saturating_mul(self.policy.criteria.len())
    }

    /// Where a line belongs: which entry, and which criterion.
    pub(crate) fn place(&self, row: usize) -> (usize, usize) {
        let criteria = self.policy.criteria.len();
        (
            row.checked_div(criteria).unwrap_or_default(),
            row.checked_rem(criteria).unwrap_or_default(),
        )
    }

    fn outcome(&self, lens: Lens, row: usize) -> Option<Outcome> {
        let (round, at) = self.place(row);
        self.rounds.get(round)?.results.get(lens, at)
    }

    /// The state of a line: the position of its criterion, counted on from
    /// entry to entry.
    pub fn status(&self, row: usize) -> Status {
        let truth = |lens| self.outcome(lens, row).map_or(Truth::Unknown, |it| it.truth);
        let status = join(truth(Lens::Worst), truth(Lens::Best));
        let kind = self.policy.criteria.get(self.place(row).1).map(|criterion| criterion.kind);
        match (kind, status) {
            (Some(CriterionKind::Note), Status::NotMet) => Status::NotApplicable,
            _ => status,
        }
    }

    /// The points of a line, if it brings any.
    pub fn points(&self, row: usize) -> Option<Points> {
        self.policy.criteria.get(self.place(row).1)?.out_of()?;
        let (worst, best) = (self.outcome(Lens::Worst, row)?, self.outcome(Lens::Best, row)?);
        Some(Points {
            min: worst.points.min().min(best.points.min()),
            max: worst.points.max().max(best.points.max()),
        })
    }

    /// Every value the points of a line can still take, in rising order.
    pub fn possible_points(&self, row: usize) -> Vec<u8> {
        let set = |lens| self.outcome(lens, row).map_or(PointSet::EMPTY, |it| it.points);
        set(Lens::Worst).union(set(Lens::Best)).iter().collect()
    }

    /// A line under one lens: whether it is met, and the points it can take.
    pub fn judged(&self, row: usize, best: bool) -> (Truth, Vec<u8>) {
        let outcome = self.outcome(if best { Lens::Best } else { Lens::Worst }, row);
        outcome.map_or((Truth::Unknown, Vec::new()), |it| (it.truth, it.points.iter().collect()))
    }

    /// What is judged, and what is not said yet: whatever holds in one of
    /// them.
    pub(crate) fn seen(&self) -> impl Iterator<Item = &Round<'_>> {
        self.rounds.iter().chain(&self.unseen)
    }

    /// The company seen in one round.
    pub(crate) fn evaluator<'s>(&'s self, round: &'s Round<'s>) -> Evaluator<'s> {
        Evaluator {
            links: &self.policy.links,
            company: self.company,
            results: &round.results,
            entry: round.entry,
        }
    }

    pub(crate) const fn truth(&self, lens: Lens) -> Truth {
        match lens {
            Lens::Worst => self.worst,
            Lens::Best => self.best,
        }
    }
}

impl Round<'_> {
    pub(crate) const fn truth(&self, lens: Lens) -> Truth {
        match lens {
            Lens::Worst => self.worst,
            Lens::Best => self.best,
        }
    }
}

/// What both lenses together say.
pub(crate) const fn join(worst: Truth, best: Truth) -> Status {
    match (worst, best) {
        (Truth::True, Truth::True) => Status::Met,
        (Truth::False, Truth::False) => Status::NotMet,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Status::Unknown,
        _ => Status::NeedsReview,
    }
}
