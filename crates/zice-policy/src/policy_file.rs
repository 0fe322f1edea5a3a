//! Defines policy files as authors write them, in TOML.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use zice_rules::{
    Text,
    policy::{Better, Confidence, CriterionKind, Horizon},
};

/// The schema name of policy files. Compiled policies have a schema of their
/// own, [`zice_rules::policy::SCHEMA`].
pub(crate) const SCHEMA: &str = "zice.policy/1";

/// A policy file, `policies/<programme>/<edition>.toml`. It may leave out what
/// it takes over from another edition; see [`crate::edition`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyFile {
    pub schema: Spanned<String>,
    pub id: Spanned<String>,
    pub edition: Spanned<String>,
    /// The address (`id@edition`) of the edition that this one builds on.
    pub extends: Option<Spanned<String>>,
    /// Ids of inherited items and named formulas to leave out.
    #[serde(default)]
    pub remove: Vec<Spanned<String>>,
    pub title: Option<Text>,
    pub summary: Option<Text>,
    pub authority: Option<Text>,
    pub platform: Option<Text>,
    pub minutes: Option<u8>,
    /// The programme's position in the list of programmes, lowest first.
    pub order: Option<u8>,
    pub checked_on: Spanned<String>,
    pub review_by: Spanned<String>,
    pub window: WindowFile,
    pub verdict: Option<Spanned<String>>,
    pub hint: Option<bool>,
    pub each: Option<EachFile>,
    /// Formulas that others of the file refer to, by name.
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
    #[serde(rename = "evidence", default)]
    pub papers: Vec<PaperFile>,
    #[serde(rename = "criterion", default)]
    pub criteria: Vec<CriterionFile>,
    #[serde(rename = "indicator", default)]
    pub indicators: Vec<IndicatorFile>,
    #[serde(rename = "entry_note", default)]
    pub entry_notes: Vec<EntryNoteFile>,
    #[serde(rename = "lever", default)]
    pub levers: Vec<LeverFile>,
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
    /// Whether a ratio is shown as a number of times (1.5) instead of a
    /// percentage.
    #[serde(default)]
    pub times: bool,
    /// The fact with sides for which the value is calculated, once a side.
    pub of: Option<Spanned<String>>,
    /// The number of years, counted back from last year, for which it is
    /// calculated.
    pub years: Option<Spanned<u8>>,
    pub value: Spanned<String>,
    pub cites: Spanned<Vec<CiteFile>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryNoteFile {
    pub id: Spanned<String>,
    pub list: Spanned<String>,
    /// Whether the note is for entries only that count or may count.
    #[serde(default)]
    pub counting: bool,
    pub when: Spanned<String>,
    pub text: Text,
    pub cites: Spanned<Vec<CiteFile>>,
}

/// A real act that a company can still take.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeverFile {
    pub id: Spanned<String>,
    #[serde(rename = "do")]
    pub act: Text,
    pub proof: Text,
    /// The goal as a rule, where there is one.
    pub rule: Option<Text>,
    pub rounds: Spanned<Vec<Horizon>>,
    /// What one granule moves, as a figure with a year and an amount:
    /// `"科小科技人员[去年] + 1人"`. The first one is what the act is about.
    #[serde(default)]
    pub moves: Vec<Spanned<String>>,
    /// How the first figure is averaged over the year: `quarters` or `months`.
    pub mean: Option<Spanned<String>>,
    /// The fewest days of the year that count, with `mean`.
    pub least_days: Option<Spanned<u16>>,
    /// The list to which a granule adds an entry.
    pub adds: Option<Spanned<String>>,
    /// What that entry says, by field.
    #[serde(default)]
    pub says: BTreeMap<Spanned<String>, Spanned<String>>,
    /// What an entry that is there says while it waits, by field: it is finished
    /// in place of adding one.
    #[serde(default)]
    pub waits: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Fields of that entry that are the day of application.
    #[serde(default)]
    pub dated: Vec<Spanned<String>>,
    /// Whether those days are the end of the year before the next round.
    #[serde(default)]
    pub year_end: bool,
    /// Yes-or-no facts that become true.
    #[serde(default)]
    pub sets: Vec<Spanned<String>>,
    /// A day of the entry that is judged, and the last day that counts: by then
    /// something has begun that was planned for later.
    #[serde(default)]
    pub starts: BTreeMap<Spanned<String>, Spanned<String>>,
    /// The most that it moves the first figure, entries that it adds.
    pub at_most: Option<Spanned<String>>,
    /// Whether it has to begin on the day of asking.
    #[serde(default)]
    pub at_once: bool,
    pub lead_days: Option<u16>,
    pub cites: Spanned<Vec<CiteFile>>,
}

/// A change to the policy that no golden case has to notice, and why.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MutationExceptionFile {
    /// The id of the criterion, caution and so on that is changed.
    pub at: Spanned<String>,
    /// The description of the change; its unit in brackets may be left out.
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
pub(crate) struct PaperFile {
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
    /// In an edition that builds on another, the criterion to insert this one
    /// after.
    pub after: Option<Spanned<String>>,
    pub kind: CriterionKind,
    pub title: Text,
    /// The rule in the words of the notice, shortened.
    pub words: Text,
    /// The condition, for gates, routes and notes.
    pub when: Option<Spanned<String>>,
    /// The number to show beside the condition.
    pub observe: Option<Spanned<String>>,
    /// The ways to get points, of which the best one counts.
    #[serde(rename = "basis", default)]
    pub bases: Vec<BasisFile>,
    /// The most points that the bases can bring.
    pub out_of: Option<Spanned<u8>>,
    /// A sum of the points of criteria above.
    pub total: Option<TotalFile>,
    pub route: Option<String>,
    #[serde(default)]
    pub review: Vec<ReviewFile>,
    /// Makes failing the criterion a matter for a person to judge, and says
    /// why.
    pub otherwise: Option<OtherwiseFile>,
    pub cites: Spanned<Vec<CiteFile>>,
    #[serde(rename = "evidence", default)]
    pub papers: Vec<Spanned<String>>,
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
    /// Points (`50`, `"7-8"`) by the band's lower bound (`"6%"`, `"> 0"`).
    #[serde(default)]
    pub bands: BTreeMap<Spanned<String>, Spanned<BandPoints>>,
    /// A condition that brings `points`, in place of `value` and `bands`.
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
    /// Criteria whose points are added as they are.
    #[serde(default)]
    pub of: Vec<Spanned<String>>,
    /// Groups of criteria, each with a cap of its own.
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

/// The sources that policies may cite, `policies/sources.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourcesFile {
    pub schema: Spanned<String>,
    #[serde(rename = "source")]
    pub sources: Vec<SourceFile>,
}

/// A published text that policies cite.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceFile {
    pub id: Spanned<String>,
    /// How the text is quoted, usually by its official number.
    pub number: String,
    pub title: Text,
    /// The authority that issued it. Kept for readers of the file only.
    #[serde(rename = "issuer")]
    pub _issuer: Text,
    /// The date of issue as far as known (`2017-05-03`, `2023-02`). Kept for
    /// readers of the file only.
    #[serde(rename = "issued", default)]
    pub _issued: Option<String>,
    /// The full https address where the authority publishes it.
    #[serde(default)]
    pub url: Option<Spanned<String>>,
}

/// Matters on which sources differ or stay silent,
/// `policies/disagreements.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DisagreementsFile {
    pub schema: Spanned<String>,
    #[serde(rename = "point")]
    pub points: Vec<PointFile>,
}

/// One matter on which sources differ.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PointFile {
    pub id: Spanned<String>,
    /// Ids of the programmes it concerns, the one most concerned first.
    pub programmes: Vec<Spanned<String>>,
    pub title: Text,
    /// The versions that the sources give.
    pub versions: Vec<VersionFile>,
    /// The reading that Zice follows, and why.
    pub position: Text,
}

/// One version of the matter, with the sources that support it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VersionFile {
    pub zh: String,
    pub en: String,
    pub cites: Vec<CiteFile>,
}

/// The golden cases of an edition, `policies/<programme>/<edition>.cases.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CasesFile {
    pub schema: Spanned<String>,
    /// The address (`id@edition`) of the policy the cases are about.
    pub policy: Spanned<String>,
    /// The day of application of every case that names none.
    pub as_of: String,
    /// The address (`id@edition`) of the policy whose cases are taken over.
    pub inherit: Option<Spanned<String>>,
    /// The number of years by which days and yearly figures of those cases are
    /// moved.
    #[serde(default)]
    pub shift_years: i32,
    /// Names of cases that are not taken over.
    #[serde(default)]
    pub drop: Vec<Spanned<String>>,
    #[serde(rename = "case", default)]
    pub cases: Vec<Spanned<CaseFile>>,
}

/// A company, and what must be said about it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseFile {
    pub name: String,
    /// The name of the earlier case whose facts this one starts from.
    pub like: Option<Spanned<String>>,
    pub as_of: Option<String>,
    #[serde(default)]
    pub facts: toml::Table,
    /// Ids of facts to remove from those of `like`.
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    /// Fields to set to unknown, such as `ip[0].status`; TOML has no `null`.
    #[serde(default)]
    pub unknown: Vec<Spanned<String>>,
    pub expect: Expectation,
}

/// The expectations of a golden case. What is left out is not checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expectation {
    pub verdict: Option<String>,
    /// The score: `60`, or `56-66` for a range.
    pub score: Option<Spanned<BandPoints>>,
    pub route: Option<String>,
    /// The status of criteria, by id.
    #[serde(default)]
    pub status: BTreeMap<String, String>,
    /// The points of criteria, by id (`16`, `0-20`).
    #[serde(default)]
    pub points: BTreeMap<String, BandPoints>,
    /// Ids of the facts that can still change the verdict, in exactly this
    /// order.
    pub next: Option<Vec<String>>,
    /// Ids of papers that must be listed.
    #[serde(rename = "documents", default)]
    pub papers: Vec<String>,
    /// Codes of warnings that must be given.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Ids of papers that must not be listed.
    #[serde(rename = "not_documents", default)]
    pub not_papers: Vec<String>,
    /// Codes of warnings that must not be given.
    #[serde(default)]
    pub not_warnings: Vec<String>,
    /// The state of calendar days, by date.
    #[serde(default)]
    pub calendar: BTreeMap<String, String>,
    /// The status of an entry (`ip[0]`), or the criteria it counts for.
    #[serde(default)]
    pub items: BTreeMap<String, ItemExpectation>,
    /// The notes on an entry (`ip[0]`), complete and in order.
    #[serde(default)]
    pub notes: BTreeMap<String, Vec<String>>,
    /// The value of an indicator (`id`, `id.2022`, `id.income.2022`).
    #[serde(default)]
    pub indicators: BTreeMap<String, String>,
    /// The advice, complete and in order: the round, then levers with their
    /// granules (`next_round: hire_tech 2, spend_rd 100`), or the reason for
    /// none and the criteria that still fail (`this_round: levers: size_assets`).
    /// A round that is not named is not compared.
    pub advice: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum ItemExpectation {
    Status(String),
    CountsFor(Vec<String>),
}
