//! Assessment: what a policy says about a company at this moment.
//!
//! No texts are made here: statuses, points and verdict only, which is what
//! the live picture, the search for advice and the benchmark need. The words
//! come from [`crate::report`].

mod question;

pub use crate::program::Lens;
pub use question::Question;

use std::borrow::Cow;

#[cfg(feature = "serde")]
use serde::Serialize;
use zice_exact::program::{EntryRow, Lost, Row, Scratch};

use crate::{
    company::{Company, Entry},
    error::Error,
    formula::{ConditionAt, FactAt, NumberAt},
    fraction::Overflow,
    points::PointSet,
    policy::{Criterion, CriterionKind, Part, Policy},
    program::{Compiled, Facts, Outcome, Registers, listed},
    range::Range,
    truth::Truth,
};

/// The state of one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Status {
    /// Met, whatever is still unknown.
    Met,
    /// Not met, whatever is still unknown.
    NotMet,
    /// Facts could still decide it.
    Unknown,
    /// Only a person can decide it.
    NeedsReview,
    /// It does not concern this company.
    NotApplicable,
}

/// The state of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// The company passes, whatever is still unknown.
    Met,
    /// It does not, whatever is still unknown.
    NotMet,
    /// Facts could still decide it.
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
    pub const fn of(state: Status) -> Self {
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
    /// The policy.
    pub policy: &'a Policy,
    /// The company.
    pub company: &'a Company,
    compiled: &'a Compiled,
    /// What the company says of everything the policy looks at.
    row: Row,
    /// The registers; where entries are judged one by one, without theirs.
    scratch: Scratch,
    /// The company as a whole, or each entry that is judged by itself.
    pub rounds: Vec<Round<'a>>,
    /// An entry nobody has said anything about, where none is judged or more
    /// may follow.
    unseen: Option<Round<'a>>,
    sides: [Truth; 2],
}

/// All criteria once: about the company, or about one entry of a list.
#[derive(Debug)]
pub struct Round<'a> {
    /// The entry; nothing where the company is judged as a whole.
    pub entry: Option<&'a Entry>,
    /// Of the company as a whole none.
    at: Option<EntryAt>,
    outcomes: Vec<[Outcome; 2]>,
    sides: [Truth; 2],
}

/// Which entry of a row is judged.
#[derive(Clone, Copy, Debug)]
enum EntryAt {
    Place(usize),
    Unseen,
}

/// Assesses a company.
///
/// # Errors
/// When its figures are too large to calculate with exactly, or the policy was
/// never linked to a dictionary.
pub fn assess<'a>(policy: &'a Policy, company: &'a Company) -> Result<Assessment<'a>, Error> {
    let compiled = policy.compiled()?;
    let each = policy.each.as_ref().map(|each| each.list);
    let row = compiled.bind(Facts::of(&policy.links, company), each);
    let mut scratch = compiled.scratch();
    let lost = |Lost(at): Lost| {
        let criterion = at.and_then(|at| policy.criteria.get(at.at()));
        Error::overflow(criterion.map_or(&policy.id, |it| &it.id))
    };
    scratch.run(&compiled.program, &row).map_err(lost)?;
    let mut rounds = Vec::new();
    let (mut unseen, mut sides) = (None, [Truth::False; 2]);
    let Some(each) = each else {
        let one = round(policy, compiled, &scratch, None, None);
        sides = one.sides;
        rounds.push(one);
        return Ok(Assessment { policy, company, compiled, row, scratch, rounds, unseen, sides });
    };
    let (entries, _) = listed(&policy.links, company, each);
    rounds.reserve(entries.len().max(1));
    // The best entry counts.
    for (at, (entry, said)) in entries.iter().zip(&row.entries).enumerate() {
        scratch.run_entry(&compiled.program, &row, said).map_err(lost)?;
        let place = Some(EntryAt::Place(at));
        let one = round(policy, compiled, &scratch, place, Some(entry));
        sides = both(sides, one.sides, Truth::or);
        rounds.push(one);
    }
    if let Some(said) = &row.unseen {
        scratch.run_entry(&compiled.program, &row, said).map_err(lost)?;
        let one = round(policy, compiled, &scratch, Some(EntryAt::Unseen), None);
        // One that may follow may pass, unless none can; and whether any
        // follows is open.
        sides = both(sides, one.sides.map(|it| it.and(Truth::Unknown)), Truth::or);
        // Of a list nobody has said anything about one entry stands for all,
        // so that the report can show what there is to meet. That none can pass
        // settles nothing while there may be none at all.
        if rounds.is_empty() {
            sides = sides.map(|it| it.or(Truth::Unknown));
            rounds.push(one);
        } else {
            unseen = Some(one);
        }
    }
    Ok(Assessment { policy, company, compiled, row, scratch, rounds, unseen, sides })
}

/// Each lens by itself.
pub(crate) fn both(a: [Truth; 2], b: [Truth; 2], join: fn(Truth, Truth) -> Truth) -> [Truth; 2] {
    let ([worst, best], [other_worst, other_best]) = (a, b);
    [join(worst, other_worst), join(best, other_best)]
}

/// Takes down what the registers say of a round.
fn round<'a>(
    policy: &Policy,
    compiled: &Compiled,
    scratch: &Scratch,
    at: Option<EntryAt>,
    entry: Option<&'a Entry>,
) -> Round<'a> {
    let outcomes = (0..policy.criteria.len()).map(|at| scratch.outcome(at)).collect();
    Round { entry, at, outcomes, sides: scratch.verdict(&compiled.program) }
}

/// The fewest points that pass.
pub const fn passes_from(needs: u8, strict: bool) -> u8 {
    if strict { needs.saturating_add(1) } else { needs }
}

/// Whether the sources leave this case, or the whole rule, to a person.
pub fn needs_a_person(registers: &Registers<'_>, criterion: &Criterion) -> Result<Truth, Overflow> {
    let mut needs = Truth::from(criterion.is_open());
    for case in &criterion.review {
        needs = needs.or(registers.truth(case.when, Lens::Worst)?);
    }
    Ok(needs)
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
        let [worst, best] = self.sides;
        Verdict::of(join(worst, best))
    }

    /// Lines of the report: every criterion, once for each entry where the
    /// policy judges entries.
    pub const fn rows(&self) -> usize {
        self.rounds.len().saturating_mul(self.policy.criteria.len())
    }

    /// Where a line belongs: which entry, and which criterion.
    pub fn place(&self, row: usize) -> (usize, usize) {
        let criteria = self.policy.criteria.len();
        (
            row.checked_div(criteria).unwrap_or_default(),
            row.checked_rem(criteria).unwrap_or_default(),
        )
    }

    fn outcome(&self, lens: Lens, row: usize) -> Option<Outcome> {
        let (round, at) = self.place(row);
        self.rounds.get(round)?.outcome(lens, at)
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
    pub fn seen(&self) -> impl Iterator<Item = &Round<'_>> {
        self.rounds.iter().chain(&self.unseen)
    }

    /// The registers of one round, evaluated as far as the verdict needs it.
    pub fn scratch_of(&self, round: &Round<'_>) -> Cow<'_, Scratch> {
        match self.entry_of(round) {
            None => Cow::Borrowed(&self.scratch),
            Some(entry) => {
                let mut scratch = self.scratch.clone();
                // What does not fit was told when the company was assessed.
                let _told = scratch.run_entry(&self.compiled.program, &self.row, entry);
                Cow::Owned(scratch)
            }
        }
    }

    /// The same with what only reports look at.
    pub fn whole_scratch_of(&self, round: &Round<'_>) -> Scratch {
        let mut scratch = self.scratch_of(round).into_owned();
        scratch.run_rest(&self.compiled.program, &self.row, self.entry_of(round));
        scratch
    }

    fn entry_of(&self, round: &Round<'_>) -> Option<&EntryRow> {
        match round.at? {
            EntryAt::Place(at) => self.row.entries.get(at),
            EntryAt::Unseen => self.row.unseen.as_ref(),
        }
    }

    /// What the registers of a round say.
    pub const fn registers<'s>(&'s self, scratch: &'s Scratch) -> Registers<'s> {
        Registers { compiled: self.compiled, row: &self.row, scratch, inside: None }
    }

    /// What the company says.
    pub const fn answers(&self) -> Facts<'_> {
        Facts::of(&self.policy.links, self.company)
    }

    /// Whether the programme is passed, under a lens.
    pub fn truth(&self, lens: Lens) -> Truth {
        lens.of(self.sides)
    }
}

/// What every formula of a policy comes to in one round: for who explains a
/// result, or checks it.
#[derive(Debug)]
pub struct Values<'a> {
    assessment: &'a Assessment<'a>,
    scratch: Scratch,
}

impl Assessment<'_> {
    /// What every formula comes to, of the company or of the entry with this
    /// number; nothing if there is no such entry.
    pub fn values(&self, round: usize) -> Option<Values<'_>> {
        let scratch = self.whole_scratch_of(self.rounds.get(round)?);
        Some(Values { assessment: self, scratch })
    }
}

impl Values<'_> {
    /// A condition under a lens.
    ///
    /// # Errors
    /// When a figure in it does not fit.
    pub fn truth(&self, at: ConditionAt, lens: Lens) -> Result<Truth, Overflow> {
        self.assessment.registers(&self.scratch).truth(at, lens)
    }

    /// A number under a lens.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn number(&self, at: NumberAt, lens: Lens) -> Result<Range, Overflow> {
        self.assessment.registers(&self.scratch).number(at, lens)
    }

    /// A condition that is counted, of one entry of a list (its entry of the
    /// fact table); unknown if it is counted nowhere.
    ///
    /// # Errors
    /// When a figure in it does not fit.
    pub fn truth_of_entry(
        &self,
        list: FactAt,
        entry: usize,
        at: ConditionAt,
        lens: Lens,
    ) -> Result<Truth, Overflow> {
        let registers = self.assessment.registers(&self.scratch);
        match self.assessment.compiled.list(list) {
            Some(list) => registers.inside(list, entry).truth(at, lens),
            None => Ok(Truth::Unknown),
        }
    }
}

impl Round<'_> {
    /// Whether this one passes, under a lens.
    pub fn truth(&self, lens: Lens) -> Truth {
        lens.of(self.sides)
    }

    /// What a criterion comes to under a lens.
    pub fn outcome(&self, lens: Lens, at: usize) -> Option<Outcome> {
        self.outcomes.get(at).map(|outcome| lens.of(*outcome))
    }

    /// The points of a part of a total.
    pub fn part_sum(&self, part: &Part, lens: Lens) -> PointSet {
        let sum = part.of.iter().fold(PointSet::ZERO, |sum, index| {
            self.outcome(lens, index.place()).map_or(sum, |it| sum.plus(it.points))
        });
        part.cap.map_or(sum, |cap| sum.capped(cap))
    }
}

/// What both lenses together say.
pub const fn join(worst: Truth, best: Truth) -> Status {
    match (worst, best) {
        (Truth::True, Truth::True) => Status::Met,
        (Truth::False, Truth::False) => Status::NotMet,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Status::Unknown,
        _ => Status::NeedsReview,
    }
}
