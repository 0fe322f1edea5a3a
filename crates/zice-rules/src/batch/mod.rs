//! Many companies under one policy: verdict, score and statuses, no texts.
//!
//! A [`Batch`] compiles the policy into a program once. A company becomes a
//! [`Row`] of about half a kilobyte, which is all that has to be kept of it,
//! and a row is assessed without an allocation.

mod lower;
mod slots;

use zice_exact::program::{Lens, Lost, Program, Scratch};
pub use zice_exact::program::{Row, Trial};

use crate::{
    assess::{Points, Status, Verdict, join},
    company::Company,
    error::Error,
    policy::{CriterionKind, Policy},
    truth::Truth,
};

/// A policy, ready for many companies.
#[derive(Debug)]
pub struct Batch<'p> {
    policy: &'p Policy,
    program: Program,
    slots: slots::Slots,
    scratch: Scratch,
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
    /// Compiles a policy.
    ///
    /// # Errors
    /// When it has more formulas than a program holds.
    pub fn new(policy: &'p Policy) -> Result<Self, Error> {
        let (program, slots) =
            lower::lower(policy).ok_or_else(|| Error::policy(format!("{}: size", policy.id)))?;
        let scratch = Scratch::new(&program);
        let total = policy.criteria.iter().position(|it| it.passes_from().is_some());
        Ok(Self { policy, program, slots, scratch, total })
    }

    /// The policy.
    pub const fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// The compiled formulas.
    pub const fn program(&self) -> &Program {
        &self.program
    }

    /// What a company says of everything the policy looks at.
    pub fn row(&self, company: &Company) -> Row {
        self.slots.bind(self.policy, company)
    }

    /// A company of which one thing after another can be changed.
    pub fn trial(&self, row: Row) -> Trial<'_> {
        Trial::new(&self.program, row)
    }

    /// Assesses a company.
    ///
    /// # Errors
    /// When its figures are too large to calculate with exactly.
    pub fn assess(&mut self, row: &Row) -> Result<Brief, Error> {
        let mut brief = Brief { verdict: Verdict::Undecided, score: None, statuses: Vec::new() };
        self.assess_into(row, &mut brief)?;
        Ok(brief)
    }

    /// Assesses a company into what was used for another one before.
    ///
    /// # Errors
    /// When its figures are too large to calculate with exactly; `brief` is
    /// then of no use.
    pub fn assess_into(&mut self, row: &Row, brief: &mut Brief) -> Result<(), Error> {
        brief.statuses.clear();
        brief.score = None;
        let sides = self.rounds(row, brief).map_err(|Lost(at)| {
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
    fn rounds(&mut self, row: &Row, brief: &mut Brief) -> Result<Option<[Truth; 2]>, Lost> {
        self.scratch.run(&self.program, row)?;
        if self.policy.each.is_none() {
            self.note(brief);
            return Ok(Some(self.scratch.verdict(&self.program)));
        }
        // The best entry counts.
        let mut sides = [Truth::False; 2];
        for entry in &row.entries {
            self.scratch.run_entry(&self.program, row, entry)?;
            self.note(brief);
            sides = both(sides, self.scratch.verdict(&self.program), Truth::or);
        }
        let Some(unseen) = &row.unseen else {
            return Ok(if row.entries.is_empty() { None } else { Some(sides) });
        };
        self.scratch.run_entry(&self.program, row, unseen)?;
        // One that may follow may pass, unless none can; and whether any follows
        // is open.
        let verdict = self.scratch.verdict(&self.program).map(|it| it.and(Truth::Unknown));
        sides = both(sides, verdict, Truth::or);
        if row.entries.is_empty() {
            self.note(brief);
            sides = sides.map(|it| it.or(Truth::Unknown));
        }
        Ok(Some(sides))
    }

    /// Writes down the criteria of a round.
    fn note(&self, brief: &mut Brief) {
        for (at, criterion) in self.policy.criteria.iter().enumerate() {
            let [worst, best] = self.scratch.outcome(at);
            let status = match (criterion.kind, join(worst.truth, best.truth)) {
                (CriterionKind::Note, Status::NotMet) => Status::NotApplicable,
                (_, status) => status,
            };
            brief.statuses.push(status);
            if self.total == Some(at) {
                brief.score = Some(Points {
                    min: worst.points.min().min(best.points.min()),
                    max: worst.points.max().max(best.points.max()),
                });
            }
        }
    }

    /// The program's outcome of a criterion after [`Self::assess`], for tests
    /// that compare evaluators.
    #[doc(hidden)]
    pub fn outcome(&self, at: usize, best: bool) -> (Truth, Vec<u8>) {
        let lens = if best { Lens::Best } else { Lens::Worst };
        let outcome = lens.of(self.scratch.outcome(at));
        (outcome.truth, outcome.points.iter().collect())
    }
}

fn both(a: [Truth; 2], b: [Truth; 2], join: fn(Truth, Truth) -> Truth) -> [Truth; 2] {
    let ([worst, best], [other_worst, other_best]) = (a, b);
    [join(worst, other_worst), join(best, other_best)]
}
