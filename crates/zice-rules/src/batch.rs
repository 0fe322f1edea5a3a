//! Many companies under one policy: verdict, score and statuses, no texts.
//!
//! A [`Batch`] runs the program of a policy. A company becomes a [`Row`] of about half a kilobyte, which is all that has to be kept of it,
//! and a row is assessed without an allocation.

pub use zice_exact::program::{ListRow, Row, Scratch, Trial, Value};
use zice_exact::program::{Lost, Program};

use crate::{
    assess::{Points, Status, Verdict, both, join},
    company::Company,
    error::Error,
    policy::{CriterionKind, Policy},
    program::{Compiled, Facts},
    truth::Truth,
};

/// A policy, ready for many companies. Threads can share it: what changes from
/// company to company is in a [`Scratch`], of which each has its own.
#[derive(Debug)]
pub struct Batch<'p> {
    policy: &'p Policy,
    compiled: &'p Compiled,
    /// The criterion that is the total.
    total: Option<usize>,
}

/// What a policy says about one company, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// The verdict.
    pub verdict: Verdict,
    /// The total's points, where the programme has a total.
    pub score: Option<Points>,
    /// The state of every criterion, once for each entry that is judged, in
    /// the order of the report.
    pub statuses: Vec<Status>,
}

impl<'p> Batch<'p> {
    /// Makes a policy ready.
    ///
    /// # Errors
    /// When it was never linked to a dictionary.
    pub fn new(policy: &'p Policy) -> Result<Self, Error> {
        let compiled = policy.compiled()?;
        let total = policy.criteria.iter().position(|it| it.passes_from().is_some());
        Ok(Self { policy, compiled, total })
    }

    /// The policy.
    pub const fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// The compiled formulas.
    pub const fn program(&self) -> &'p Program {
        &self.compiled.program
    }

    /// What a company says of everything the policy looks at.
    pub fn row(&self, company: &Company) -> Row {
        let each = self.policy.each.as_ref().map(|each| each.list);
        self.compiled.bind(Facts::of(&self.policy.links, company), each)
    }

    /// A company of which one thing after another can be changed.
    pub fn trial(&self, row: Row) -> Trial<'_> {
        Trial::new(self.program(), row)
    }

    /// Registers to assess with, for one company after another.
    pub fn scratch(&self) -> Scratch {
        self.compiled.scratch()
    }

    /// Assesses a company.
    ///
    /// # Errors
    /// When its figures are too large to calculate with exactly.
    pub fn assess(&self, row: &Row, scratch: &mut Scratch) -> Result<Brief, Error> {
        let mut brief = Brief { verdict: Verdict::Undecided, score: None, statuses: Vec::new() };
        self.assess_into(row, scratch, &mut brief)?;
        Ok(brief)
    }

    /// Assesses a company into what was used for another one before.
    ///
    /// # Errors
    /// When its figures are too large to calculate with exactly; `brief` is
    /// then of no use.
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

    /// What the verdict under the lens worst and best comes to.
    pub const fn verdict_of(&self, [worst, best]: [Truth; 2]) -> Verdict {
        if self.policy.hint { Verdict::Hint } else { Verdict::of(join(worst, best)) }
    }

    /// The verdict under both lenses; nothing where there is no entry to judge.
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
        // The best entry counts.
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
        // One that may follow may pass, unless none can; and whether any follows
        // is open.
        let verdict = scratch.verdict(self.program()).map(|it| it.and(Truth::Unknown));
        sides = both(sides, verdict, Truth::or);
        if row.entries.is_empty() {
            self.note(scratch, brief);
            sides = sides.map(|it| it.or(Truth::Unknown));
        }
        Ok(Some(sides))
    }

    /// Writes down the criteria of a round.
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
