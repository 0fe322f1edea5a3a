//! The report (`zice.report/1`): an assessment in words, ready to be shown,
//! printed or sent as JSON. The shape is the public contract.

mod build;
mod calculation;
mod compared;
mod doubt;
mod entries;
mod explain;
mod format;
mod indicators;
mod object;
mod points;
mod read;
mod warnings;

pub use build::documents;
pub use doubt::doubt_text;

use serde::Serialize;

use zice_rules::{
    assess::{Status, Verdict},
    policy::{Better, Confidence, CriterionKind},
};

/// The schema this engine writes.
pub const SCHEMA: &str = "zice.report/1";

/// What a policy says about a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// Which rules were used.
    pub policy: PolicyRef,
    /// Name of the company, if it has one.
    pub company: Option<String>,
    /// Day of application, `YYYY-MM-DD`.
    pub as_of: String,
    /// What it comes to.
    pub verdict: Verdict,
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
    /// Entries of a list one by one: what each counts for, and why not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemReport>,
    /// Numbers for orientation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<IndicatorReport>,
    /// Smallest changes that pass; empty so far.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<schemars::Schema>"))]
    pub advice: [(); 0],
    /// How far figures may move; empty so far.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<schemars::Schema>"))]
    pub margins: [(); 0],
    /// Defaults that were taken, `ip[0].owner = company`.
    pub assumed: Vec<String>,
    /// Dates of the round.
    pub calendar: Vec<CalendarEntry>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
    /// Answers that can be right and hardly are; they change nothing above.
    pub doubts: Vec<DoubtReport>,
}

/// Which rules were used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Criterion"))]
#[non_exhaustive]
pub struct CriterionReport {
    /// Stable name.
    pub id: String,
    /// What it is for.
    pub kind: CriterionKind,
    /// The entry it is about, where entries are judged one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Heading.
    pub title: String,
    /// What it comes to.
    pub status: Status,
    /// Points, if it brings any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<PointsReport>,
    /// What was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// The same for people, rounded: for what shows the report, not in it.
    #[serde(skip)]
    pub figure: Option<String>,
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Points"))]
#[non_exhaustive]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Observed {
    /// Lower end.
    pub min: Option<String>,
    /// Upper end.
    pub max: Option<String>,
    /// `ratio`, `yuan`, `count`, `date`, `days`, `year`, `points` or `times`.
    pub unit: zice_rules::policy::Unit,
}

/// Where a rule stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Cite"))]
#[non_exhaustive]
pub struct CiteReport {
    /// Document number.
    pub source: String,
    /// Where the document is shown, a full https address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Article.
    pub clause: Option<String>,
    /// Page.
    pub page: Option<String>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// A paper to prepare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "CalendarDay"))]
#[non_exhaustive]
pub struct CalendarEntry {
    /// What happens.
    pub what: String,
    /// First day, where it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Day, or last day, `YYYY-MM-DD`.
    pub date: String,
    /// Where it is, seen from the day of application.
    pub state: DayState,
    /// How sure the date is.
    pub confidence: Confidence,
}

/// Where a date is, seen from the day of application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// It is over.
    Past,
    /// It lasts, or applications are taken until then.
    Open,
    /// It is to come.
    Future,
}

/// Something the reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Warning {
    /// Stable name.
    pub code: String,
    /// What it says.
    pub text: String,
}

/// Answers that can be right and hardly are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Doubt"))]
#[non_exhaustive]
pub struct DoubtReport {
    /// Stable name.
    pub code: String,
    /// The fiscal year it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// The facts it rests on, the one it is told at first.
    pub facts: Vec<String>,
    /// What it says.
    pub text: String,
    /// The change that would lay it to rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggest: Option<SuggestReport>,
}

/// A figure that would lay a doubt to rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Suggestion"))]
#[non_exhaustive]
pub struct SuggestReport {
    /// The fact.
    pub fact: String,
    /// Its fiscal year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// The figure it becomes.
    pub to: String,
}

/// Whether an entry of a list counts for any line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ItemStatus {
    /// It certainly does.
    Counts,
    /// It certainly does not.
    DoesNotCount,
    /// Answers can still decide it.
    Unknown,
    /// A person must decide it.
    NeedsReview,
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Item"))]
#[non_exhaustive]
pub struct ItemReport {
    /// The list.
    pub fact: String,
    /// Place in the list, from nought.
    pub index: usize,
    /// What it is.
    pub name: String,
    /// Whether it counts.
    pub status: ItemStatus,
    /// Lines it certainly counts for.
    pub counts_for: Vec<String>,
    /// Lines it may count for.
    pub may_count_for: Vec<String>,
    /// What is to be said about it.
    pub because: Vec<ItemNote>,
}

/// A reason why an entry counts or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ItemNote {
    /// Stable name.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Where that stands.
    pub cites: Vec<CiteReport>,
}

/// A number for orientation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Indicator"))]
#[non_exhaustive]
pub struct IndicatorReport {
    /// Stable name.
    pub id: String,
    /// The entry it is about, where entries are judged one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Heading.
    pub title: String,
    /// How it is calculated, and how to read it.
    pub rule: String,
    /// Which way is better.
    pub better: Better,
    /// Where its definition stands.
    pub cites: Vec<CiteReport>,
    /// The number, by side and year where it has them.
    pub values: Vec<IndicatorFigure>,
}

/// One number of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IndicatorFigure {
    /// Side, as company files name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Side in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side_title: Option<String>,
    /// Fiscal year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The number; absent where it can't be calculated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// The calculation in words.
    pub explain: String,
}
