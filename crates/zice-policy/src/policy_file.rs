//! Policy files as authors write them (TOML).

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use zice_rules::{
    Text,
    policy::{Better, Confidence, CriterionKind},
};

/// The schema that policy files name. What is compiled from them has its own,
/// [`zice_rules::policy::SCHEMA`].
pub(crate) const SCHEMA: &str = "zice.policy/1";

/// `policies/<programme>/<edition>.toml`. What an edition takes over from
/// another may be left out; see [`crate::edition`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyFile {
    pub schema: Spanned<String>,
    pub id: Spanned<String>,
    pub edition: Spanned<String>,
    /// `id@edition` this one builds on.
    pub extends: Option<Spanned<String>>,
    /// What it takes away from that, by id.
    #[serde(default)]
    pub remove: Vec<Spanned<String>>,
    pub title: Option<Text>,
    pub summary: Option<Text>,
    pub authority: Option<Text>,
    pub platform: Option<Text>,
    pub minutes: Option<u8>,
    /// Place among the programmes where they are offered, the lowest first.
    pub order: Option<u8>,
    pub checked_on: Spanned<String>,
    pub review_by: Spanned<String>,
    pub window: WindowFile,
    pub verdict: Option<Spanned<String>>,
    pub hint: Option<bool>,
    pub each: Option<EachFile>,
    /// Named formulas.
    #[serde(default)]
    pub define: BTreeMap<String, Spanned<String>>,
    #[serde(rename = "milestone", default)]
    pub milestones: Vec<MilestoneFile>,
    #[serde(rename = "benefit", default)]
    pub benefits: Vec<StatementFile>,
    #[serde(rename = "caution", default)]
    pub cautions: Vec<CautionFile>,
    #[serde(rename = "open_point", default)]
    pub open_points: Vec<StatementFile>,
    #[serde(default)]
    pub evidence: Vec<EvidenceFile>,
    #[serde(rename = "criterion", default)]
    pub criteria: Vec<CriterionFile>,
    #[serde(rename = "indicator", default)]
    pub indicators: Vec<IndicatorFile>,
    #[serde(rename = "entry_note", default)]
    pub entry_notes: Vec<EntryNoteFile>,
    #[serde(rename = "mutation_exception", default)]
    pub mutation_exceptions: Vec<MutationExceptionFile>,
}

/// `[each]`: the list whose entries are judged one by one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EachFile {
    pub list: Spanned<String>,
    pub id: String,
    pub name: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorFile {
    pub id: Spanned<String>,
    pub title: Text,
    pub words: Text,
    pub better: Better,
    /// Whether a ratio is read as a number of times.
    #[serde(default)]
    pub times: bool,
    /// The fact with sides whose fields it is about.
    pub of: Option<Spanned<String>>,
    /// For how many of the last years it is calculated.
    pub years: Option<Spanned<u8>>,
    pub value: Spanned<String>,
    pub cites: Spanned<Vec<CiteFile>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryNoteFile {
    pub id: Spanned<String>,
    pub list: Spanned<String>,
    /// Said only of an entry that counts, or may.
    #[serde(default)]
    pub counting: bool,
    pub when: Spanned<String>,
    pub text: Text,
    pub cites: Spanned<Vec<CiteFile>>,
}

/// A change to the policy that no golden case has to notice, and why.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MutationExceptionFile {
    /// Id of the criterion, caution and so on.
    pub at: Spanned<String>,
    /// A part of the description of the change.
    pub of: String,
    #[serde(rename = "because")]
    pub _because: Text,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WindowFile {
    pub year: i32,
    pub opens: Option<Spanned<String>>,
    pub closes: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MilestoneFile {
    pub id: Spanned<String>,
    pub what: Text,
    pub from: Option<Spanned<String>>,
    pub date: Spanned<String>,
    pub cites: Spanned<Vec<CiteFile>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementFile {
    pub id: Spanned<String>,
    pub text: Text,
    pub cites: Spanned<Vec<CiteFile>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CautionFile {
    pub id: Spanned<String>,
    pub when: Option<Spanned<String>>,
    pub text: Text,
    pub cites: Spanned<Vec<CiteFile>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EvidenceFile {
    pub id: Spanned<String>,
    pub title: Text,
    #[serde(default)]
    pub always: bool,
    pub when: Option<Spanned<String>>,
    pub because: Option<Text>,
    #[serde(default)]
    pub cites: Option<Spanned<Vec<CiteFile>>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CiteFile {
    pub source: Spanned<String>,
    pub clause: Option<String>,
    pub page: Option<String>,
    pub confidence: Confidence,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CriterionFile {
    pub id: Spanned<String>,
    /// In an edition that builds on another: the criterion it stands behind.
    pub after: Option<Spanned<String>>,
    pub kind: CriterionKind,
    pub title: Text,
    /// The rule in the words of the notice, shortened.
    pub words: Text,
    /// Condition (gates, routes, notes).
    pub when: Option<Spanned<String>>,
    /// Number to show beside the condition.
    pub observe: Option<Spanned<String>>,
    /// Ways to get points.
    #[serde(rename = "basis", default)]
    pub bases: Vec<BasisFile>,
    /// Most points of the bases.
    pub out_of: Option<Spanned<u8>>,
    /// Sum of the points of criteria above.
    pub total: Option<TotalFile>,
    pub route: Option<String>,
    #[serde(default)]
    pub review: Vec<ReviewFile>,
    /// Who does not meet it is for a person to judge, and why.
    pub otherwise: Option<OtherwiseFile>,
    pub cites: Spanned<Vec<CiteFile>>,
    #[serde(default)]
    pub evidence: Vec<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewFile {
    pub when: Spanned<String>,
    pub because: Text,
    pub cites: Spanned<Vec<CiteFile>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherwiseFile {
    pub because: Text,
    pub cites: Spanned<Vec<CiteFile>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BasisFile {
    pub title: Text,
    pub value: Option<Spanned<String>>,
    /// Lower bound (`"6%"`, `"> 0"`) to points (`50`, `"7-8"`).
    #[serde(default)]
    pub bands: BTreeMap<Spanned<String>, Spanned<BandPoints>>,
    /// In place of value and bands: a condition, and what it brings.
    pub when: Option<Spanned<String>>,
    pub points: Option<Spanned<BandPoints>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum BandPoints {
    Exactly(u8),
    Range(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TotalFile {
    /// Criteria that are added as they are.
    #[serde(default)]
    pub of: Vec<Spanned<String>>,
    /// Groups with a cap of their own.
    #[serde(default)]
    pub capped: Vec<CappedFile>,
    pub out_of: u8,
    pub needs: u8,
    #[serde(default)]
    pub strict: bool,
    pub also: Option<Spanned<String>>,
}

/// Criteria whose points are added up to a common cap.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CappedFile {
    pub of: Vec<Spanned<String>>,
    pub cap: u8,
}

/// `policies/sources.toml`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourcesFile {
    pub schema: Spanned<String>,
    #[serde(rename = "source")]
    pub sources: Vec<SourceFile>,
}

/// A document that policies cite.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceFile {
    pub id: Spanned<String>,
    /// How the document is quoted.
    pub number: String,
    pub title: Text,
    /// Who issued it.
    #[serde(rename = "issuer")]
    pub _issuer: Text,
    /// When it was issued, as far as known (`2017-05-03`, `2023-02`).
    #[serde(rename = "issued", default)]
    pub _issued: Option<String>,
    /// Where the authority shows it: a full https address.
    #[serde(default)]
    pub url: Option<Spanned<String>>,
}

/// `policies/disagreements.toml`: where sources differ or stay silent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DisagreementsFile {
    pub schema: Spanned<String>,
    #[serde(rename = "point")]
    pub points: Vec<PointFile>,
}

/// One matter on which they differ.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PointFile {
    pub id: Spanned<String>,
    /// Programmes it concerns, the first one most.
    pub programmes: Vec<Spanned<String>>,
    pub title: Text,
    /// What the sources say.
    pub versions: Vec<VersionFile>,
    /// What is done here.
    pub position: Text,
}

/// What some sources say of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VersionFile {
    pub zh: String,
    pub en: String,
    pub cites: Vec<CiteFile>,
}

/// `policies/<programme>/<edition>.cases.toml`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CasesFile {
    pub schema: Spanned<String>,
    /// `id@edition` the cases are about.
    pub policy: Spanned<String>,
    /// Day of application of every case that names none.
    pub as_of: String,
    /// `id@edition` whose cases are taken over.
    pub inherit: Option<Spanned<String>>,
    /// By how many years their days and figures are moved.
    #[serde(default)]
    pub shift_years: i32,
    /// Names of cases that are not taken over.
    #[serde(default)]
    pub drop: Vec<Spanned<String>>,
    #[serde(rename = "case", default)]
    pub cases: Vec<Spanned<CaseFile>>,
}

/// A company and what must be said about it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseFile {
    pub name: String,
    /// The case whose facts this one starts from.
    pub like: Option<Spanned<String>>,
    pub as_of: Option<String>,
    #[serde(default)]
    pub facts: toml::Table,
    /// Facts of the case it is like that are taken away.
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    /// Fields of entries (`ip[0].status`) that are said to be unknown, for
    /// which TOML has no word.
    #[serde(default)]
    pub unknown: Vec<Spanned<String>>,
    pub expect: Expectation,
}

/// What a golden case expects; what is not named is not looked at.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expectation {
    pub verdict: Option<String>,
    /// `60`, or `56-66` for an interval.
    pub score: Option<Spanned<BandPoints>>,
    pub route: Option<String>,
    /// Criterion to status.
    #[serde(default)]
    pub status: BTreeMap<String, String>,
    /// Criterion to points (`16`, `0-20`).
    #[serde(default)]
    pub points: BTreeMap<String, BandPoints>,
    /// Facts that can still change the verdict, in this order.
    pub next: Option<Vec<String>>,
    /// Documents that must be listed.
    #[serde(default)]
    pub documents: Vec<String>,
    /// Codes of warnings that must be given.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Documents that must not be listed.
    #[serde(default)]
    pub not_documents: Vec<String>,
    /// Codes of warnings that must not be given.
    #[serde(default)]
    pub not_warnings: Vec<String>,
    /// Days of the calendar and their state.
    #[serde(default)]
    pub calendar: BTreeMap<String, String>,
    /// Entry of a list (`ip[0]`) to its state, or to what it counts for.
    #[serde(default)]
    pub items: BTreeMap<String, ItemExpectation>,
    /// Entry of a list to the notes that must be said of it, all of them.
    #[serde(default)]
    pub notes: BTreeMap<String, Vec<String>>,
    /// Indicator (`id`, `id.2022`, `id.income.2022`) to its value.
    #[serde(default)]
    pub indicators: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum ItemExpectation {
    Status(String),
    CountsFor(Vec<String>),
}
