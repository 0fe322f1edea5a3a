//! The report (`zice.report/1`): an assessment in words, ready to be shown,
//! printed or sent as JSON.
//!
//! The JSON shape is a public contract. Members are only ever added, so readers
//! should ignore members that they do not know.

mod advice;
mod build;
mod calculation;
mod comparison;
mod doubt;
mod entries;
mod explain;
mod format;
mod indicators;
mod json;
mod object;
mod points;
mod warnings;

pub use advice::{
    AdviceDocument, AdviceReport, AdviceRequest, Between, ChangeReport, EarliestReport,
    EditionReport, GivesReport, LeverReport, MarginReport, NoAdviceReport, Reaches, SeveralAdvice,
    TogetherReport, share_text,
};
pub use build::papers;
pub use doubt::doubt_text;

use serde::Serialize;

use zice_rules::{
    assess::{Status, Verdict},
    policy::{Better, Confidence, CriterionKind},
};

/// The name of the report format, written into every report.
pub const SCHEMA: &str = "zice.report/1";

/// What one policy says about one company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Report {
    /// Name of the report format, always `zice.report/1`.
    pub schema: &'static str,
    /// The policy that was applied.
    pub policy: PolicyRef,
    /// Name of the company; `null` if the company file gives none.
    pub company: Option<String>,
    /// Day of application, `YYYY-MM-DD`.
    pub as_of: String,
    /// Whether the company passes, as far as the answers tell.
    pub verdict: Verdict,
    /// The way in which the company passes; `null` unless the verdict is `met`
    /// and the policy names a way.
    pub route: Option<String>,
    /// The total of points; `null` if the programme has none.
    pub score: Option<Score>,
    /// Every criterion of the policy, in its order. Where the policy judges the
    /// entries of a list, every criterion for each entry.
    pub criteria: Vec<CriterionReport>,
    /// Ids of the facts that can still change the verdict, most decisive first.
    pub next_questions: Vec<String>,
    /// Documents that the company has to prepare.
    #[serde(rename = "documents")]
    pub papers: Vec<PaperReport>,
    /// Entries of lists, one by one: what each counts for, and why or why not.
    /// Absent if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemReport>,
    /// Figures for orientation; they decide nothing. Absent if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<IndicatorReport>,
    /// Smallest sets of real acts after which the company would pass, for this
    /// round and the next. Empty where none was asked for.
    pub advice: Vec<AdviceReport>,
    /// Why a round has no advice. Absent if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub no_advice: Vec<NoAdviceReport>,
    /// The first day on which the same company passes by time alone; absent if
    /// there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<EarliestReport>,
    /// How far each figure may move before something gives way, smallest room
    /// first. Empty where none was asked for.
    pub margins: Vec<MarginReport>,
    /// Closed figures within 1 % of a value at which a criterion says something
    /// else: a check of completeness, never an act. Absent if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<MarginReport>,
    /// Smallest sets of list entries, up to two, whose loss changes the verdict.
    /// Absent if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub breaking: Vec<Vec<String>>,
    /// The largest share by which all figures may move against the company at
    /// once with the verdict unchanged; absent while the verdict is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
    /// Whether a search for advice or margins stopped before it had seen
    /// everything. What it found still holds. Absent if false.
    #[serde(skip_serializing_if = "is_false")]
    pub stopped: bool,
    /// Defaults that were taken where the company file says nothing, such as
    /// `ip[0].owner = company`.
    pub assumed: Vec<String>,
    /// Dates of this round of applications.
    pub calendar: Vec<CalendarEntry>,
    /// Warnings for the reader, such as a closed window or rules that are due
    /// for review.
    pub warnings: Vec<Warning>,
    /// Answers that can be right but rarely are. They change nothing above.
    pub doubts: Vec<DoubtReport>,
}

/// Whether a member that is absent if false is left out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// The policy that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PolicyRef {
    /// Id of the programme.
    pub id: String,
    /// Name of the edition, which is usually a year.
    pub edition: String,
    /// SHA-256 digest of the compiled policy.
    pub digest: String,
}

/// The total of points. Where answers are missing it is a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Score {
    /// The fewest points that are still possible.
    pub min: String,
    /// The most points that are still possible.
    pub max: String,
    /// The most points that anyone can get.
    pub out_of: String,
    /// The points a company needs to pass; see `strict`.
    pub needs: String,
    /// Whether a company must have more than `needs`, not just as many.
    pub strict: bool,
}

/// One criterion of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Criterion"))]
#[non_exhaustive]
pub struct CriterionReport {
    /// Id of the criterion. Where entries are judged one by one it begins with
    /// the list and the position from 0: `material[0].catalogue`.
    pub id: String,
    /// What the criterion is for, such as a gate or a score.
    pub kind: CriterionKind,
    /// Name of the entry it judges, where entries are judged one by one; absent
    /// otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Title of the criterion.
    pub title: String,
    /// Whether the criterion is met, as far as the answers tell.
    pub status: Status,
    /// Points of the criterion; absent if it brings none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<PointsReport>,
    /// The figure that was measured; absent if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// The measured figure for people, rounded. It is for programs that show
    /// the report and is not written to JSON.
    #[serde(skip)]
    pub figure: Option<String>,
    /// The limit that the figure is compared with, such as `>= 10%`; absent if
    /// there is none, or if it depends on answers that are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The rule in the words of the notice, shortened.
    pub rule: String,
    /// The calculation with the figures of the company, in words.
    pub explain: String,
    /// The passages of the sources that state the rule.
    pub cites: Vec<CiteReport>,
    /// Ids of the documents that prove it.
    #[serde(rename = "evidence")]
    pub papers: Vec<String>,
}

/// Points of one criterion. Where answers are missing they are a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Points"))]
#[non_exhaustive]
pub struct PointsReport {
    /// The fewest points that are still possible.
    pub min: String,
    /// The most points that are still possible.
    pub max: String,
    /// The most points that anyone can get.
    pub out_of: String,
}

/// A measured figure. Where answers are missing it is a range, and an end that
/// is not known is `null`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Observed {
    /// Lower end of the figure, included.
    pub min: Option<String>,
    /// Upper end of the figure, included.
    pub max: Option<String>,
    /// Unit of the figure: `ratio`, `yuan`, `count`, `date`, `days`, `year`,
    /// `points` or `times`.
    pub unit: zice_rules::policy::Unit,
}

/// A passage of a source that states a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Cite"))]
#[non_exhaustive]
pub struct CiteReport {
    /// Number of the source document, as it is published.
    pub source: String,
    /// Address where the document is published, beginning with `https://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Article or section of the document; `null` if none is named.
    pub clause: Option<String>,
    /// Page of the document; `null` if none is named.
    pub page: Option<String>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// A document that the company has to prepare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Document"))]
#[non_exhaustive]
pub struct PaperReport {
    /// Id of the document, unique within its policy.
    pub id: String,
    /// Name of the document.
    pub title: String,
    /// What the document proves: titles of criteria, and the reason if it has a
    /// condition of its own. Empty if it is always needed.
    pub because: Vec<String>,
}

/// One date of this round of applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "CalendarDay"))]
#[non_exhaustive]
pub struct CalendarEntry {
    /// What happens on this date.
    pub what: String,
    /// First day, `YYYY-MM-DD`, of something that lasts; absent for a single
    /// day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The day or, of something that lasts, its last day, `YYYY-MM-DD`.
    pub date: String,
    /// Whether the date is past, current or to come on the day of application.
    pub state: DayState,
    /// Days from the day of application to the date; absent if it is past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_left: Option<usize>,
    /// How sure the date is.
    pub confidence: Confidence,
}

/// Whether a date is past, current or to come on the day of application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// The date, or the last day, is over.
    Past,
    /// It is going on, or applications are being accepted until this day.
    Open,
    /// It is still to come.
    Future,
}

/// A warning for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Warning {
    /// Id of the kind of warning, such as `outside_window`; cautions of the
    /// policy have ids of their own.
    pub code: String,
    /// The warning as a sentence for people.
    pub text: String,
}

/// Answers that can be right but rarely are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Doubt"))]
#[non_exhaustive]
pub struct DoubtReport {
    /// Id of the doubt, the same in every report.
    pub code: String,
    /// The fiscal year it concerns; absent if it concerns none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// Ids of the facts it rests on. The first one is where a form shows the
    /// doubt.
    pub facts: Vec<String>,
    /// The doubt as a sentence for people.
    pub text: String,
    /// A change that would remove the doubt; absent if none is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggest: Option<SuggestReport>,
}

/// A figure that would remove a doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Suggestion"))]
#[non_exhaustive]
pub struct SuggestReport {
    /// Id of the fact to change.
    pub fact: String,
    /// Fiscal year of the figure; absent for facts without years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// The new figure, as it is written in a company file.
    pub to: String,
}

/// Whether an entry of a list counts for any criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ItemStatus {
    /// The entry certainly counts.
    Counts,
    /// The entry certainly does not count.
    DoesNotCount,
    /// Answers can still decide whether it counts.
    Unknown,
    /// A person must decide whether it counts.
    NeedsReview,
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Item"))]
#[non_exhaustive]
pub struct ItemReport {
    /// Id of the list.
    pub fact: String,
    /// Position of the entry in the list, counted from 0.
    pub index: usize,
    /// Name of the entry for people: its own name and its kind as far as known,
    /// else its number counted from 1.
    pub name: String,
    /// Whether the entry counts for any criterion.
    pub status: ItemStatus,
    /// Ids of the criteria it certainly counts for.
    pub counts_for: Vec<String>,
    /// Ids of the criteria it may count for.
    pub may_count_for: Vec<String>,
    /// Reasons why it counts or does not.
    pub because: Vec<ItemNote>,
}

/// A reason why an entry counts or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ItemNote {
    /// Id of the reason, unique within its policy.
    pub id: String,
    /// The reason as a sentence for people.
    pub text: String,
    /// The passages of the sources that state it.
    pub cites: Vec<CiteReport>,
}

/// A figure for orientation. It decides nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Indicator"))]
#[non_exhaustive]
pub struct IndicatorReport {
    /// Id of the indicator; it begins with the list and the position where
    /// entries are judged one by one.
    pub id: String,
    /// Name of the entry it concerns, where entries are judged one by one;
    /// absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Title of the indicator.
    pub title: String,
    /// How it is calculated and how to read it.
    pub rule: String,
    /// Whether a higher or a lower figure is better.
    pub better: Better,
    /// The passages of the sources that define it.
    pub cites: Vec<CiteReport>,
    /// Its figures: one for each side and year that it has, or a single one.
    pub values: Vec<IndicatorFigure>,
}

/// One figure of an indicator, for a side and a year if it has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IndicatorFigure {
    /// Id of the side in the company file; absent if it has no sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Name of the side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side_title: Option<String>,
    /// Fiscal year; absent if it has no years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The figure; absent where it cannot be calculated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// The calculation with the figures of the company, in words.
    pub explain: String,
}
