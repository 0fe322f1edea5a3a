//! What an assessment says, ready for the live picture.

use crate::session::{
    Session,
    doubts::{Figures, Standing},
};
use zice_rules::{
    Company, Policy, assess,
    assess::{Assessment, Points, Status},
    company::Answer,
    policy::{CriterionKind, Rule},
};

/// Points of a total.
#[derive(Clone, Copy, Debug)]
pub struct Total {
    /// Fewest there can be.
    pub min: u8,
    /// Most there can be.
    pub max: u8,
    pub out_of: u8,
    /// The pass mark.
    pub needs: u8,
    /// Whether it takes more than that.
    pub strict: bool,
}

/// What one policy says at this moment.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// `met`, `not_met`, `undecided`, `needs_review`; nothing when figures
    /// are too large to calculate with.
    pub verdict: Option<&'static str>,
    pub score: Option<Total>,
    /// Facts that can still change the verdict, most decisive first; of hints,
    /// any of them.
    pub open: Vec<usize>,
    /// Of hints: how many there are by now.
    pub hints: Option<usize>,
    /// What decided it.
    pub decided: Decided,
    /// Of each criterion, how far it can be relied on.
    pub standings: Vec<Standing>,
    /// The same of the verdict.
    pub standing: Standing,
}

/// The conditions behind a verdict, as positions among the criteria. Where
/// entries of a list are judged one by one they are not told here.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// The way that leads to passing.
    pub route: Option<usize>,
    /// Conditions that are not met.
    pub failed: Vec<usize>,
    /// Conditions that a person must judge.
    pub review: Vec<usize>,
    /// How many are met.
    pub met: usize,
    /// How many wait for answers.
    pub waiting: usize,
}

impl Decided {
    fn new(policy: &Policy, assessment: &Assessment<'_>) -> Self {
        let mut told = Self::default();
        if policy.each.is_some() {
            return told;
        }
        for (row, criterion) in policy.criteria.iter().enumerate() {
            let status = assessment.status(row);
            if told.route.is_none() && criterion.route.is_some() && status == Status::Met {
                told.route = Some(row);
            }
            if criterion.kind != CriterionKind::Gate && criterion.passes_from().is_none() {
                continue;
            }
            match status {
                Status::Met => told.met += 1,
                Status::NotMet => told.failed.push(row),
                Status::NeedsReview => told.review.push(row),
                Status::Unknown => told.waiting += 1,
                Status::NotApplicable => {}
            }
        }
        told
    }
}

/// What each policy in use says of a company; `doubted` are the figures in
/// doubt. Of the rest of the page: only once that is there (see `rest`).
#[inline(never)]
pub fn pictures(session: &Session, company: &Company, doubted: &Figures) -> Vec<Picture> {
    let estimated = session.estimates();
    let pictures = session.policies().map(|policy| {
        let mut picture = Picture::new(policy, company);
        picture.stand(policy, company.as_of.year(), doubted, &estimated);
        picture
    });
    pictures.collect()
}

impl Picture {
    fn new(policy: &Policy, company: &Company) -> Self {
        let Ok(assessment) = assess(policy, company) else { return Self::default() };
        let mut open: Vec<usize> =
            assessment.questions().unwrap_or_default().iter().map(|it| it.fact).collect();
        // Hints have no verdict to be decided: each stands for itself.
        let mut hints = 0;
        for row in 0..if policy.hint { assessment.rows() } else { 0 } {
            match assessment.status(row) {
                Status::Met => hints += 1,
                Status::Unknown => {
                    for question in assessment.questions_of(row).unwrap_or_default() {
                        if !open.contains(&question.fact) {
                            open.push(question.fact);
                        }
                    }
                }
                _ => {}
            }
        }
        let score = policy.criteria.iter().enumerate().find_map(|(at, criterion)| {
            let Rule::Total { out_of, needs, strict, .. } = criterion.rule else { return None };
            let Points { min, max } = assessment.points(at)?;
            Some(Total { min, max, out_of, needs, strict })
        });
        Self {
            verdict: Some(assessment.verdict().name()),
            score,
            open,
            hints: policy.hint.then_some(hints),
            decided: Decided::new(policy, &assessment),
            ..Self::default()
        }
    }

    /// Notes which criteria rest on figures that are in doubt, or estimated.
    fn stand(&mut self, policy: &Policy, year: i32, doubted: &Figures, estimated: &Figures) {
        self.standings = vec![Standing::Firm; policy.criteria.len()];
        self.standing = Standing::Firm;
        for (figures, standing) in [(estimated, Standing::Estimated), (doubted, Standing::Doubted)]
        {
            if figures.is_empty() {
                continue;
            }
            let resting = policy.resting(figures, year);
            for ((own, rests), criterion) in
                self.standings.iter_mut().zip(resting).zip(&policy.criteria)
            {
                if rests {
                    *own = standing;
                    // Notes and papers decide nothing.
                    if !matches!(criterion.kind, CriterionKind::Note | CriterionKind::Document) {
                        self.standing = standing;
                    }
                }
            }
        }
    }

    pub fn is_undecided(&self) -> bool {
        self.verdict == Some("undecided")
    }
}

/// The number of answers given.
pub fn answered(company: &Company) -> usize {
    company
        .answers
        .iter()
        .filter(|answer| match answer {
            Answer::Unknown => false,
            Answer::Number(range) => range.as_exact().is_some(),
            Answer::Yearly { years, .. } => !years.is_empty(),
            _ => true,
        })
        .count()
}
