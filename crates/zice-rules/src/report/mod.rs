//! The report (`zice.report/1`): an assessment in words, ready to be shown,
//! printed or sent as JSON. The shape is the public contract.

mod build;
mod calculation;
mod explain;
mod format;

use serde::Serialize;

use crate::policy::{Confidence, CriterionKind};

/// The schema this engine writes.
pub const SCHEMA: &str = "zice.report/1";

/// What a policy says about a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// Which rules were used.
    pub policy: PolicyRef,
    /// Name of the company, if it has one.
    pub company: Option<String>,
    /// Day of application, `YYYY-MM-DD`.
    pub as_of: String,
    /// `met`, `not_met`, `undecided` or `needs_review`.
    pub verdict: &'static str,
    /// The way in which it passes.
    pub route: Option<String>,
    /// The total, if the programme has one.
    pub score: Option<Score>,
    /// Every line of the policy.
    pub criteria: Vec<CriterionReport>,
    /// Facts that can still change the verdict, most decisive first.
    pub next_questions: Vec<String>,
    /// Papers to prepare.
    pub documents: Vec<Document>,
    /// Smallest changes that pass; empty until they are built.
    pub advice: [(); 0],
    /// How far figures may move; empty until they are built.
    pub margins: [(); 0],
    /// Defaults that were taken, `ip[0].owner = company`.
    pub assumed: Vec<String>,
    /// Dates of the round.
    pub calendar: Vec<CalendarEntry>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// Which rules were used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyRef {
    /// Programme.
    pub id: String,
    /// Edition.
    pub edition: String,
    /// Digest of the compiled policy.
    pub digest: String,
}

/// The total of points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Fewest possible.
    pub min: String,
    /// Most possible.
    pub max: String,
    /// Most there are.
    pub out_of: String,
    /// What passes.
    pub needs: String,
    /// Whether it takes more than `needs`.
    pub strict: bool,
}

/// One line of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionReport {
    /// Stable name.
    pub id: String,
    /// What it is for.
    pub kind: CriterionKind,
    /// Heading.
    pub title: String,
    /// `met`, `not_met`, `unknown`, `needs_review` or `not_applicable`.
    pub status: &'static str,
    /// Points, if it brings any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<PointsReport>,
    /// What was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// What it is measured against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The rule in words.
    pub rule: String,
    /// The calculation in words.
    pub explain: String,
    /// Where the rule stands.
    pub cites: Vec<CiteReport>,
    /// Papers that prove it.
    pub evidence: Vec<String>,
}

/// Points of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointsReport {
    /// Fewest possible.
    pub min: String,
    /// Most possible.
    pub max: String,
    /// Most there are.
    pub out_of: String,
}

/// A measured figure; an end that is not known is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observed {
    /// Lower end.
    pub min: Option<String>,
    /// Upper end.
    pub max: Option<String>,
    /// `ratio`, `yuan`, `count`, `days`, `year` or `points`.
    pub unit: crate::policy::Unit,
}

/// Where a rule stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CiteReport {
    /// Document number.
    pub source: String,
    /// Article.
    pub clause: Option<String>,
    /// Page.
    pub page: Option<String>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// A paper to prepare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Stable name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What it proves.
    pub because: Vec<String>,
}

/// One date of the round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarEntry {
    /// What happens.
    pub what: String,
    /// Day, `YYYY-MM-DD`.
    pub date: String,
    /// `past`, `open` or `future`.
    pub state: &'static str,
    /// How sure the date is.
    pub confidence: Confidence,
}

/// Something the reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Stable name.
    pub code: String,
    /// What it says.
    pub text: String,
}
