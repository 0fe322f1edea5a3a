//! Assessment: what a policy says about a company as it is now.
//!
//! It produces statuses, points and a verdict, and no texts: the live panel,
//! the search for advice and the benchmark need no more. The crate
//! `zice-report` puts an assessment into words.

mod question;

pub use crate::program::Lens;
pub use question::Question;

use std::borrow::Cow;

#[cfg(feature = "serde")]
use serde::Serialize;
use zice_exact::program::{EntryRow, Lost, Row, Scratch};

use crate::{
    company::{Company, Entry, Facts, listed},
    error::Error,
    formula::{ConditionAt, FactAt, NumberAt},
    fraction::Overflow,
    points::PointSet,
    policy::{Criterion, CriterionKind, Part, Policy},
    program::{Compiled, Outcome, Registers},
    range::Range,
    read_names,
    truth::Truth,
};

/// The state of one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Status {
    /// Met, whatever the unknown facts turn out to be.
    Met,
    /// Not met, whatever the unknown facts turn out to be.
    NotMet,
    /// Open: answers can still decide it.
    Unknown,
    /// Only a person can decide it.
    NeedsReview,
    /// It does not concern this company.
    NotApplicable,
}

/// The verdict of a policy about a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// The company passes, whatever the unknown facts turn out to be.
    Met,
    /// The company does not pass, whatever the unknown facts turn out to be.
    NotMet,
    /// Open: answers can still decide it.
    Undecided,
    /// Only matters for a person are left.
    NeedsReview,
    /// The programme promises nothing, so its criteria are only a hint.
    Hint,
    /// The programme judges entries of a list, and there are none.
    NotApplicable,
}

impl Verdict {
    /// Returns the verdict that follows from the state of a policy's condition.
    pub const fn of(state: Status) -> Self {
        match state {
            Status::Met => Self::Met,
            Status::NotMet => Self::NotMet,
            Status::NeedsReview => Self::NeedsReview,
            Status::Unknown | Status::NotApplicable => Self::Undecided,
        }
    }
}

/// The points that are still possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// The fewest points that are still possible.
    pub min: u8,
    /// The most points that are still possible.
    pub max: u8,
}

/// What a policy says about a company.
#[derive(Debug)]
pub struct Assessment<'a> {
    /// The policy that was applied, linked to the dictionary of the company.
    pub policy: &'a Policy,
    /// The company that was assessed.
    pub company: &'a Company,
    compiled: &'a Compiled,
    /// The values of everything the policy uses.
    row: Row,
    /// The registers. Where entries are judged, those of entries are not up to
    /// date.
    scratch: Scratch,
    /// One round for the company as a whole, or for each entry that is judged.
    pub rounds: Vec<Round<'a>>,
    /// The round of an entry that nothing is known about, where more entries
    /// may follow. It is among `rounds` instead if no other entry is.
    unseen: Option<Round<'a>>,
    sides: [Truth; 2],
}

/// All criteria, evaluated for the company as a whole or for one entry of a
/// list.
#[derive(Debug)]
pub struct Round<'a> {
    /// The entry that is judged; `None` for the company as a whole and for an
    /// entry that is not there yet.
    pub entry: Option<&'a Entry>,
    /// The entry's place in the row; `None` for the company as a whole.
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
/// Fails when a figure does not fit into 128 bits, or when the policy was never
/// linked to a dictionary.
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
    // The company passes with its best entry.
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
        // An entry that may follow may pass, unless no entry can. Whether one
        // follows is open.
        sides = both(sides, one.sides.map(|it| it.and(Truth::Unknown)), Truth::or);
        // Where nothing is known about the list, one unseen entry stands for
        // all, so that the report can show what must be met. That it cannot
        // pass settles nothing, because there may be no entry at all.
        if rounds.is_empty() {
            sides = sides.map(|it| it.or(Truth::Unknown));
            rounds.push(one);
        } else {
            unseen = Some(one);
        }
    }
    Ok(Assessment { policy, company, compiled, row, scratch, rounds, unseen, sides })
}

/// Joins two pairs of values, each lens separately.
pub(crate) fn both(a: [Truth; 2], b: [Truth; 2], join: fn(Truth, Truth) -> Truth) -> [Truth; 2] {
    let ([worst, best], [other_worst, other_best]) = (a, b);
    [join(worst, other_worst), join(best, other_best)]
}

/// Copies the results of a round from the registers.
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

/// Returns the fewest points that pass.
pub const fn passes_from(needs: u8, strict: bool) -> u8 {
    if strict { needs.saturating_add(1) } else { needs }
}

/// Whether the sources leave this case, or the whole rule, to a person.
///
/// # Errors
/// Fails when a figure in the condition of a case does not fit into 128 bits.
pub fn needs_a_person(registers: &Registers<'_>, criterion: &Criterion) -> Result<Truth, Overflow> {
    let mut needs = Truth::from(criterion.is_open());
    for case in &criterion.review {
        needs = needs.or(registers.truth(case.when, Lens::Worst)?);
    }
    Ok(needs)
}

impl Assessment<'_> {
    /// Returns the verdict about the company, from all rounds together.
    pub const fn verdict(&self) -> Verdict {
        if self.policy.hint {
            return Verdict::Hint;
        }
        // There is no entry, and none can follow.
        if self.rounds.is_empty() {
            return Verdict::NotApplicable;
        }
        let [worst, best] = self.sides;
        Verdict::of(join(worst, best))
    }

    /// Returns the number of rows of the report: one for each criterion,
    /// repeated for each entry where the policy judges entries.
    pub const fn rows(&self) -> usize {
        self.rounds.len().saturating_mul(self.policy.criteria.len())
    }

    /// Returns the round and the criterion of a row, by position.
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

    /// Returns the status of a row. Rows number the criteria of all rounds in
    /// turn.
    pub fn status(&self, row: usize) -> Status {
        let truth = |lens| self.outcome(lens, row).map_or(Truth::Unknown, |it| it.truth);
        let status = join(truth(Lens::Worst), truth(Lens::Best));
        let kind = self.policy.criteria.get(self.place(row).1).map(|criterion| criterion.kind);
        match (kind, status) {
            (Some(CriterionKind::Note), Status::NotMet) => Status::NotApplicable,
            _ => status,
        }
    }

    /// Returns the points of a row; `None` if it brings none.
    pub fn points(&self, row: usize) -> Option<Points> {
        self.policy.criteria.get(self.place(row).1)?.out_of()?;
        let (worst, best) = (self.outcome(Lens::Worst, row)?, self.outcome(Lens::Best, row)?);
        Some(Points {
            min: worst.points.min().min(best.points.min()),
            max: worst.points.max().max(best.points.max()),
        })
    }

    /// Returns every number of points that a row can still get, in rising
    /// order.
    pub fn possible_points(&self, row: usize) -> Vec<u8> {
        let set = |lens| self.outcome(lens, row).map_or(PointSet::EMPTY, |it| it.points);
        set(Lens::Worst).union(set(Lens::Best)).iter().collect()
    }

    /// Returns a row under one lens: whether it is met, and the points it can
    /// get.
    pub fn judged(&self, row: usize, best: bool) -> (Truth, Vec<u8>) {
        let outcome = self.outcome(if best { Lens::Best } else { Lens::Worst }, row);
        outcome.map_or((Truth::Unknown, Vec::new()), |it| (it.truth, it.points.iter().collect()))
    }

    /// Returns all rounds, and the one of an entry that is not there yet.
    pub fn seen(&self) -> impl Iterator<Item = &Round<'_>> {
        self.rounds.iter().chain(&self.unseen)
    }

    /// Returns the registers of a round, evaluated as far as the verdict needs.
    pub fn scratch_of(&self, round: &Round<'_>) -> Cow<'_, Scratch> {
        match self.entry_of(round) {
            None => Cow::Borrowed(&self.scratch),
            Some(entry) => {
                let mut scratch = self.scratch.clone();
                // An overflow was already reported when the company was
                // assessed.
                let _told = scratch.run_entry(&self.compiled.program, &self.row, entry);
                Cow::Owned(scratch)
            }
        }
    }

    /// Returns the registers of a round, including what only reports use.
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

    /// Reads formulas from the registers of a round.
    pub const fn registers<'s>(&'s self, scratch: &'s Scratch) -> Registers<'s> {
        Registers { compiled: self.compiled, row: &self.row, scratch, inside: None }
    }

    /// Reads the answers of the company through the policy's tables.
    pub const fn answers(&self) -> Facts<'_> {
        Facts::of(&self.policy.links, self.company)
    }

    /// Whether the company passes, under a lens.
    pub fn truth(&self, lens: Lens) -> Truth {
        lens.of(self.sides)
    }
}

/// The values of all formulas of a policy in one round, for explaining or
/// checking a result.
#[derive(Debug)]
pub struct Values<'a> {
    assessment: &'a Assessment<'a>,
    scratch: Scratch,
}

impl Assessment<'_> {
    /// Evaluates all formulas for the company, or for the entry at this
    /// position. Returns `None` if there is no such entry.
    pub fn values(&self, round: usize) -> Option<Values<'_>> {
        let scratch = self.whole_scratch_of(self.rounds.get(round)?);
        Some(Values { assessment: self, scratch })
    }
}

impl Values<'_> {
    /// Returns the value of a condition under a lens.
    ///
    /// # Errors
    /// Fails when a figure in it does not fit into 128 bits.
    pub fn truth(&self, at: ConditionAt, lens: Lens) -> Result<Truth, Overflow> {
        self.assessment.registers(&self.scratch).truth(at, lens)
    }

    /// Returns the value of a number under a lens.
    ///
    /// # Errors
    /// Fails when it does not fit into 128 bits.
    pub fn number(&self, at: NumberAt, lens: Lens) -> Result<Range, Overflow> {
        self.assessment.registers(&self.scratch).number(at, lens)
    }

    /// Returns the value of a condition for one entry of a list; unknown if no
    /// formula counts the entries of that list.
    ///
    /// # Errors
    /// Fails when a figure in it does not fit into 128 bits.
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
    /// Whether this round passes, under a lens.
    pub fn truth(&self, lens: Lens) -> Truth {
        lens.of(self.sides)
    }

    /// Returns the result of a criterion under a lens.
    pub fn outcome(&self, lens: Lens, at: usize) -> Option<Outcome> {
        self.outcomes.get(at).map(|outcome| lens.of(*outcome))
    }

    /// Returns the possible points of a part of a total, limited to its cap.
    pub fn part_sum(&self, part: &Part, lens: Lens) -> PointSet {
        let sum = part.of.iter().fold(PointSet::ZERO, |sum, index| {
            self.outcome(lens, index.place()).map_or(sum, |it| sum.plus(it.points))
        });
        part.cap.map_or(sum, |cap| sum.capped(cap))
    }
}

/// Returns the status that follows from both lenses together.
pub const fn join(worst: Truth, best: Truth) -> Status {
    match (worst, best) {
        (Truth::True, Truth::True) => Status::Met,
        (Truth::False, Truth::False) => Status::NotMet,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Status::Unknown,
        _ => Status::NeedsReview,
    }
}

read_names! {
    Status {
        "unknown" => Unknown, "met" => Met, "not_met" => NotMet, "needs_review" => NeedsReview,
        "not_applicable" => NotApplicable,
    }
    Verdict {
        "undecided" => Undecided, "met" => Met, "not_met" => NotMet,
        "needs_review" => NeedsReview, "hint" => Hint, "not_applicable" => NotApplicable,
    }
}
