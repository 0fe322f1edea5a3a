//! A policy as the engine loads it: one edition of one programme, compiled.
//!
//! Authors write TOML; `zice-policy` checks it and writes this structure as
//! JSON. The JSON names facts, fields and choices by their ids in small tables.
//! Linking a policy to a [`Dictionary`] turns the ids into positions, so that
//! an assessment looks nothing up by name.

mod criterion;
mod json;
mod lever;
mod link;
mod selection;

pub use criterion::{
    Band, Banded, Basis, Criterion, CriterionKind, Limit, Measure, Observe, Otherwise, Part,
    PointsWhen, ReviewWhen, Rule, bound_text,
};
pub use lever::{Adds, Horizon, Lever, Mean, Move, Starts};
pub use link::Judged;
pub use selection::{Edition, Selection, edition_on, unknown};

pub use crate::unit::Unit;

use std::{borrow::Cow, sync::Arc};

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    dictionary::Dictionary,
    error::Error,
    formula::{ConditionAt, FactAt, FieldAt, FormulaAt, Formulas, Node, NumberAt, Walk},
    json::read,
    place::SourceAt,
    program::{Compiled, Links, Tables},
    text::Text,
};

/// Name of the policy format that this engine reads.
pub const SCHEMA: &str = "zice.policy/2";

/// One edition of one programme: its rules of one year, compiled.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Policy {
    /// Name of the format, always [`SCHEMA`].
    pub schema: String,
    /// Id of the programme, such as `tech-sme`.
    pub id: String,
    /// Name of the edition, such as `2023`.
    pub edition: String,
    /// Digest of everything else in the file, written `sha256:…`.
    pub digest: String,
    /// Name of the programme for people.
    pub title: Text,
    /// Description of the programme in a sentence or two.
    pub summary: Text,
    /// The authority that runs the programme.
    pub authority: Text,
    /// The place or website where companies apply.
    pub platform: Text,
    /// Time an interview takes, in minutes.
    pub minutes: u8,
    /// What the programme brings a company that passes.
    pub benefits: Vec<Statement>,
    /// What a company should know about the programme before it applies.
    pub cautions: Vec<Caution>,
    /// Questions that the sources leave open.
    pub open_points: Vec<Statement>,
    /// The day on which its author last read the sources.
    pub checked_on: Date,
    /// The last day on which that reading counts as current; reports warn later.
    pub review_by: Date,
    /// The days on which applications are accepted.
    pub window: Window,
    /// Dates of this round of applications.
    pub calendar: Vec<Milestone>,
    /// Papers that a company may have to prepare.
    #[cfg_attr(feature = "serde", serde(rename = "evidence"))]
    pub papers: Vec<Paper>,
    /// Sources that the policy cites.
    pub sources: Vec<Source>,
    /// Criteria in the order of the report.
    pub criteria: Vec<Criterion>,
    /// The condition under which the company passes.
    pub verdict: ConditionAt,
    /// Whether the programme promises nothing. Its verdict is then always a
    /// hint.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub hint: bool,
    /// The list whose entries are judged one by one, if the programme judges
    /// entries.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub each: Option<Each>,
    /// Figures shown for orientation; they decide nothing.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub indicators: Vec<Indicator>,
    /// Sentences about entries of lists, shown in reports.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub entry_notes: Vec<EntryNote>,
    /// Real acts that a company can still take.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub levers: Vec<Lever>,
    /// What the formulas refer to, by id.
    pub tables: Tables,
    /// The formulas of the policy, in one table.
    pub formulas: Formulas,
    /// The program compiled from the formulas, as text; see
    /// [`crate::program::code`].
    pub code: String,
    /// Positions of what the tables name; filled by [`Policy::link`].
    #[cfg_attr(feature = "serde", serde(skip))]
    pub links: Links,
    /// For each criterion, what of it a person must judge; filled by
    /// [`Policy::link`].
    #[cfg_attr(feature = "serde", serde(skip))]
    pub judged: Vec<Judged>,
    /// The program of the formulas; read by [`Policy::link`].
    #[cfg_attr(feature = "serde", serde(skip))]
    pub program: Option<Arc<Compiled>>,
}

/// The days on which applications are accepted, the first and the last
/// included.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Window {
    /// First day, if a source gives it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub opens: Option<Date>,
    /// Last day, if a source gives it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub closes: Option<Date>,
    /// Calendar year of the round, by which the edition of a day is chosen.
    pub year: i32,
}

impl Window {
    /// Whether applications are accepted on a day. Where no source gives the
    /// first or last day, it is that of the round's calendar year.
    pub fn is_open_on(&self, day: Date) -> bool {
        let opened = self.opens.map_or(day.year() >= self.year, |opens| day >= opens);
        let closed = self.closes.map_or(day.year() > self.year, |closes| day > closes);
        opened && !closed
    }
}

/// One date of this round of applications.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Milestone {
    /// Id of the date, unique within its policy.
    pub id: String,
    /// What happens on this date.
    pub what: Text,
    /// First day of something that lasts; `None` for a single day.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub from: Option<Date>,
    /// The day or, of something that lasts, its last day.
    pub date: Date,
    /// Citations of the sources that state it.
    pub cites: Vec<Cite>,
}

/// A sentence with citations.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Statement {
    /// Id of the sentence, unique within its policy.
    pub id: String,
    /// The sentence itself.
    pub text: Text,
    /// Citations of the sources that state it.
    pub cites: Vec<Cite>,
}

/// A warning with citations, given where its condition certainly holds.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Caution {
    /// Id of the caution, and code of the warning in reports.
    pub id: String,
    /// The condition under which it is given; `None` for always.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub when: Option<ConditionAt>,
    /// Text of the warning.
    pub text: Text,
    /// Citations of the sources that state it.
    pub cites: Vec<Cite>,
}

/// A paper that a company may have to prepare; it proves criteria.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Paper {
    /// Id of the paper, unique within its policy.
    pub id: String,
    /// Name of the paper.
    pub title: Text,
    /// Whether every company needs it. Otherwise it is needed for the criteria
    /// that name it, or where `when` holds.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub always: bool,
    /// A condition under which it is also needed. It must certainly hold.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub when: Option<ConditionAt>,
    /// Reason for needing it where `when` holds.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub because: Option<Text>,
    /// Citations of the sources that ask for it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub cites: Vec<Cite>,
}

/// The list whose entries a programme judges one by one.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Each {
    /// The list, an index into the table of facts.
    pub list: FactAt,
    /// Id of an entry in ids of the report: `material` in
    /// `material[0].catalogue`.
    pub id: String,
    /// The field that names an entry; without one, entries have numbers.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<FieldAt>,
}

/// A figure that is calculated and shown, but decides nothing.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Indicator {
    /// Id of the indicator, unique within its policy.
    pub id: String,
    /// Title of the indicator.
    pub title: Text,
    /// How it is calculated and how to read it.
    pub words: Text,
    /// Whether a higher or a lower figure is better.
    pub better: Better,
    /// Unit of all its figures, in which reports show them.
    pub unit: Unit,
    /// Citations of the sources that define it.
    pub cites: Vec<Cite>,
    /// Its figures: one for each side and year that it has, or a single one.
    pub values: Vec<IndicatorValue>,
}

/// The figure of an indicator for one side and year.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct IndicatorValue {
    /// Id of the side, if it has sides.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub side: Option<String>,
    /// Fiscal year, as an offset from the year of application.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub year: Option<i8>,
    /// The number that is calculated.
    pub value: NumberAt,
}

/// Which figures of an indicator are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Better {
    /// Higher figures are better.
    Higher,
    /// Lower figures are better.
    Lower,
    /// Neither higher nor lower figures are better.
    Neither,
}

/// A sentence about an entry of a list, said where its condition certainly
/// holds.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct EntryNote {
    /// Id of the sentence, unique within its policy.
    pub id: String,
    /// The list, an index into the table of facts.
    pub list: FactAt,
    /// Whether it is said only of entries that count for a criterion, or may.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub counting: bool,
    /// The condition an entry must meet.
    pub when: ConditionAt,
    /// The sentence itself.
    pub text: Text,
    /// Citations of the sources that state it.
    pub cites: Vec<Cite>,
}

/// A source that rules cite: a notice, a law, a page that reports one.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Source {
    /// Id of the source, the same in all policies.
    pub id: String,
    /// Document number as it is quoted, or a short name if the source has none.
    pub number: String,
    /// Title of the source.
    pub title: Text,
    /// Address where the source is published.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub url: Option<String>,
}

impl Source {
    /// Returns the address if a page may link to it, that is, if it begins with
    /// `https://`. A compiled policy need not have been checked.
    pub fn link(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| url.starts_with("https://"))
    }
}

/// A citation: the passage of a source that states a rule.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Cite {
    /// The source, an index into [`Policy::sources`].
    pub source: SourceAt,
    /// Article or section of the source.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub clause: Option<String>,
    /// Page of the source, as it is numbered there; `None` if it has no pages.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub page: Option<String>,
    /// How sure it is that the source says so.
    pub confidence: Confidence,
}

/// How sure it is that the source says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Confidence {
    /// The text was read on a government page or in the official compilation.
    Official,
    /// A government text, read where somebody else reposted it.
    Reposted,
    /// Two independent pages agree on it.
    TwoSources,
    /// Only a single page says so.
    OneSource,
    /// It follows from cited rules by arithmetic.
    Derived,
    /// It is common knowledge, but no page that was read confirms it.
    Assumed,
    /// The sources leave it open, so it cannot decide anything.
    Open,
}

impl Policy {
    /// Reads a compiled policy and links it to the dictionary.
    ///
    /// # Errors
    /// Fails when the JSON is no policy of this format, or names something that
    /// the dictionary does not contain.
    pub fn from_json(json: &str, dictionary: &Dictionary) -> Result<Self, Error> {
        let value = serde_json::from_str(json).map_err(Error::json)?;
        let mut policy: Self = read(&value).map_err(|member| Error::policy(member.to_owned()))?;
        policy.link(dictionary)?;
        Ok(policy)
    }

    /// Returns the compiled formulas.
    ///
    /// # Errors
    /// Fails when the policy was never linked to a dictionary.
    pub(crate) fn compiled(&self) -> Result<&Compiled, Error> {
        self.program
            .as_deref()
            .ok_or_else(|| Error::policy(format!("{}: not linked", self.address())))
    }

    /// Returns `id@edition`, which names the policy on the command line.
    pub fn address(&self) -> String {
        format!("{}@{}", self.id, self.edition)
    }

    /// Returns the id of a row of the report: that of its criterion, after the
    /// list and position of the entry where entries are judged
    /// (`material[0].catalogue`). Rows number the criteria of all entries in
    /// turn.
    pub fn line_id(&self, row: usize) -> Cow<'_, str> {
        let criteria = self.criteria.len();
        let (entry, at) = (row.checked_div(criteria), row.checked_rem(criteria).unwrap_or(0));
        let id = self.criteria.get(at).map_or("", |criterion| criterion.id.as_str());
        match (&self.each, entry) {
            (Some(each), Some(entry)) => Cow::Owned(format!("{}[{entry}].{id}", each.id)),
            _ => Cow::Borrowed(id),
        }
    }

    /// Whether applications are accepted on this day, as far as the sources
    /// tell.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.window.is_open_on(day)
    }

    /// Returns the criterion that is the total, if there is one.
    pub fn total(&self) -> Option<&Criterion> {
        self.criteria.iter().find(|one| matches!(one.rule, Rule::Total { .. }))
    }

    /// Visits every node of every formula, except the verdict's.
    pub fn visit(&self, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        self.roots(&mut |at| self.formulas.visit(at, walk, see));
    }

    /// Visits the index of every formula that is not a part of another one,
    /// except the verdict.
    pub fn roots(&self, see: &mut dyn FnMut(FormulaAt)) {
        for criterion in &self.criteria {
            criterion.roots(see);
            for case in &criterion.review {
                see(FormulaAt::Condition(case.when));
            }
        }
        self.roots_of_reports(see);
    }

    /// Visits the index of every formula that only reports use.
    pub fn roots_of_reports(&self, see: &mut dyn FnMut(FormulaAt)) {
        for criterion in &self.criteria {
            if let Rule::Holds { observe: Some(observe), .. } = &criterion.rule {
                see(FormulaAt::Number(observe.value));
            }
        }
        let spoken = self.cautions.iter().filter_map(|it| it.when);
        let papers = self.papers.iter().filter_map(|it| it.when);
        let notes = self.entry_notes.iter().map(|it| it.when);
        for when in spoken.chain(papers).chain(notes) {
            see(FormulaAt::Condition(when));
        }
        for value in self.indicators.iter().flat_map(|it| &it.values) {
            see(FormulaAt::Number(value.value));
        }
    }

    /// Visits every node of the formulas that decide a criterion.
    pub fn visit_criterion(
        &self,
        criterion: &Criterion,
        walk: Walk,
        see: &mut dyn FnMut(Node<'_>),
    ) {
        criterion.roots(&mut |at| self.formulas.visit(at, walk, see));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_links_to_nothing_but_https() {
        let of = |url: Option<&str>| Source {
            id: "s".to_owned(),
            number: "1".to_owned(),
            title: Text::default(),
            url: url.map(str::to_owned),
        };
        assert_eq!(of(Some("https://a.gov.cn/b")).link(), Some("https://a.gov.cn/b"));
        for url in [None, Some("http://a.gov.cn/b"), Some("javascript:alert(1)"), Some("")] {
            assert_eq!(of(url).link(), None);
        }
    }
}
