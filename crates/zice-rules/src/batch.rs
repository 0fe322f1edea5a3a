//! Assesses many companies under one policy: verdict, score and statuses, but
//! no texts.
//!
//! A [`Batch`] runs the program of a policy. Each company becomes a [`Row`] of
//! about half a kilobyte, and nothing else of it has to be kept. Assessing a
//! row allocates nothing.

pub use zice_exact::program::{ListRow, Row, Scratch, Trial, Value};
use zice_exact::program::{Lost, Program};

use crate::{
    assess::{Points, Status, Verdict, both, join},
    company::{Company, Facts},
    error::Error,
    policy::{CriterionKind, Policy},
    program::{Compiled, Slots},
    truth::Truth,
};

/// A policy that is ready to assess many companies. Threads can share it:
/// everything that changes from company to company is in a [`Scratch`], and
/// each thread has its own.
#[derive(Debug)]
pub struct Batch<'p> {
    policy: &'p Policy,
    compiled: &'p Compiled,
    /// Position of the criterion that is the total.
    total: Option<usize>,
}

/// What a policy says about one company, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// Whether the company passes; `undecided` while open answers can change
    /// it.
    pub verdict: Verdict,
    /// Points of the total; `None` where the programme has none.
    pub score: Option<Points>,
    /// Status of every criterion, in the order of the report. Where entries are
    /// judged, all criteria for the first entry, then for the next.
    pub statuses: Vec<Status>,
}

impl<'p> Batch<'p> {
    /// Prepares a policy.
    ///
    /// # Errors
    /// Fails when the policy was never linked to a dictionary.
    pub fn new(policy: &'p Policy) -> Result<Self, Error> {
        let compiled = policy.compiled()?;
        let total = policy.criteria.iter().position(|it| it.passes_from().is_some());
        Ok(Self { policy, compiled, total })
    }

    /// Returns the policy the batch was made from.
    pub const fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// Returns the program of the policy's formulas.
    pub const fn program(&self) -> &'p Program {
        &self.compiled.program
    }

    /// Returns what the slots of a row mean.
    pub fn slots(&self) -> &'p Slots {
        self.compiled.slots()
    }

    /// Reads what a company says about everything the policy uses.
    pub fn row(&self, company: &Company) -> Row {
        let each = self.policy.each.as_ref().map(|each| each.list);
        self.compiled.bind(Facts::of(&self.policy.links, company), each)
    }

    /// Starts a trial: a company in which one answer after another can be
    /// changed.
    pub fn trial(&self, row: Row) -> Trial<'_> {
        Trial::new(self.program(), row)
    }

    /// Makes registers to assess with, for one company after another.
    pub fn scratch(&self) -> Scratch {
        self.compiled.scratch()
    }

    /// Assesses a company.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits.
    pub fn assess(&self, row: &Row, scratch: &mut Scratch) -> Result<Brief, Error> {
        let mut brief = Brief { verdict: Verdict::Undecided, score: None, statuses: Vec::new() };
        self.assess_into(row, scratch, &mut brief)?;
        Ok(brief)
    }

    /// Assesses a company into a `brief` that was used before, which saves
    /// allocations.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits; `brief` then means
    /// nothing.
    pub fn assess_into(
        &self,
        row: &Row,
        scratch: &mut Scratch,
        brief: &mut Brief,
    ) -> Result<(), Error> {
        brief.statuses.clear();
        brief.score = None;
        let sides = self.rounds(row, scratch, brief).map_err(|Lost(at)| {
            let criterion = at.and_then(|at| self.policy.criteria.get(at.at()));
            Error::overflow(criterion.map_or(&self.policy.id, |it| &it.id))
        })?;
        brief.verdict = match sides {
            _ if self.policy.hint => Verdict::Hint,
            None => Verdict::NotApplicable,
            Some(sides) => self.verdict_of(sides),
        };
        Ok(())
    }

    /// Turns the verdict under the worst and the best lens into one verdict.
    pub const fn verdict_of(&self, [worst, best]: [Truth; 2]) -> Verdict {
        if self.policy.hint { Verdict::Hint } else { Verdict::of(join(worst, best)) }
    }

    /// Evaluates every entry. Returns the verdict under both lenses, or `None`
    /// where there is no entry to judge and none can follow.
    fn rounds(
        &self,
        row: &Row,
        scratch: &mut Scratch,
        brief: &mut Brief,
    ) -> Result<Option<[Truth; 2]>, Lost> {
        scratch.run(self.program(), row)?;
        if self.policy.each.is_none() {
            self.note(scratch, brief);
            return Ok(Some(scratch.verdict(self.program())));
        }
        // The company passes with its best entry.
        let mut sides = [Truth::False; 2];
        for entry in &row.entries {
            scratch.run_entry(self.program(), row, entry)?;
            self.note(scratch, brief);
            sides = both(sides, scratch.verdict(self.program()), Truth::or);
        }
        let Some(unseen) = &row.unseen else {
            return Ok(if row.entries.is_empty() { None } else { Some(sides) });
        };
        scratch.run_entry(self.program(), row, unseen)?;
        // An entry that may follow may pass, unless no entry can. Whether one
        // follows is open.
        let verdict = scratch.verdict(self.program()).map(|it| it.and(Truth::Unknown));
        sides = both(sides, verdict, Truth::or);
        if row.entries.is_empty() {
            self.note(scratch, brief);
            sides = sides.map(|it| it.or(Truth::Unknown));
        }
        Ok(Some(sides))
    }

    /// Appends the statuses of a round, and sets the score.
    fn note(&self, scratch: &Scratch, brief: &mut Brief) {
        for (at, criterion) in self.policy.criteria.iter().enumerate() {
            let [worst, best] = scratch.met(at);
            brief.statuses.push(match (criterion.kind, join(worst, best)) {
                (CriterionKind::Note, Status::NotMet) => Status::NotApplicable,
                (_, status) => status,
            });
        }
        if let Some(total) = self.total {
            let [worst, best] = scratch.outcome(total);
            brief.score = Some(Points {
                min: worst.points.min().min(best.points.min()),
                max: worst.points.max().max(best.points.max()),
            });
        }
    }
}
