//! A policy as the engine loads it: one edition of one programme, compiled.
//!
//! Authors write TOML; `zice-policy` checks it and writes this as JSON. The
//! JSON names facts, fields and choices by their ids in small tables; linking
//! a policy to a [`Dictionary`] turns those into positions, so that an
//! assessment looks nothing up by name.

mod criterion;
mod link;
mod selection;

pub use criterion::{
    Band, Banded, Basis, Criterion, CriterionKind, Limit, Measure, Observe, Otherwise, Part,
    PointsWhen, ReviewWhen, Rule, Unit, bound_text,
};
pub use link::{ChoiceLink, Judged, Links};
pub use selection::{Edition, Selection, edition_on, unknown};

use std::{borrow::Cow, sync::Arc};

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    dictionary::Dictionary,
    error::Error,
    formula::{ConditionAt, FactAt, FieldAt, FormulaAt, Formulas, Node, NumberAt, Walk},
    json,
    place::SourceAt,
    program::Compiled,
    text::Text,
};

/// The schema this engine reads.
pub const SCHEMA: &str = "zice.policy/2";

/// One edition of one programme.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Policy {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Programme (`tech-sme`).
    pub id: String,
    /// Edition (`2023`).
    pub edition: String,
    /// `sha256:…` over everything else in the file.
    pub digest: String,
    /// Name of the programme.
    pub title: Text,
    /// What it is, in a sentence or two.
    pub summary: Text,
    /// Who runs it.
    pub authority: Text,
    /// Where it is applied for.
    pub platform: Text,
    /// Minutes an interview takes.
    pub minutes: u8,
    /// What it brings.
    pub benefits: Vec<Statement>,
    /// Facts about the programme a company should know before it applies.
    pub cautions: Vec<Caution>,
    /// Points the sources leave open.
    pub open_points: Vec<Statement>,
    /// The day its author last read the sources.
    pub checked_on: Date,
    /// The day after which it must be read again.
    pub review_by: Date,
    /// When applications are taken.
    pub window: Window,
    /// Dates of the round.
    pub calendar: Vec<Milestone>,
    /// Papers.
    pub evidence: Vec<Evidence>,
    /// Documents cited.
    pub sources: Vec<Source>,
    /// Conditions, scores, routes and notes, in the order of the report.
    pub criteria: Vec<Criterion>,
    /// When the company passes.
    pub verdict: ConditionAt,
    /// Whether it promises nothing: its verdict is always a hint.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub hint: bool,
    /// The list whose entries are judged one by one, if the programme is
    /// about such.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub each: Option<Each>,
    /// Numbers shown for orientation.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub indicators: Vec<Indicator>,
    /// What is said of the entries of lists.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub entry_notes: Vec<EntryNote>,
    /// What the formulas refer to.
    pub tables: Tables,
    /// The formulas.
    pub formulas: Formulas,
    /// The program they were compiled into, as text; see [`crate::program::code`].
    pub code: String,
    /// Positions the tables stand for; filled by [`Policy::link`].
    #[cfg_attr(feature = "serde", serde(skip))]
    pub links: Links,
    /// The program; read by [`Policy::link`].
    #[cfg_attr(feature = "serde", serde(skip))]
    pub program: Option<Arc<Compiled>>,
}

/// When applications are taken. Days are included.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Window {
    /// First day, where a source gives it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub opens: Option<Date>,
    /// Last day, where a source gives it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub closes: Option<Date>,
    /// The calendar year of the round.
    pub year: i32,
}

impl Window {
    /// Whether applications are taken on a day. Where a source gives no first or
    /// last day, those of the round's calendar year count.
    pub fn is_open_on(&self, day: Date) -> bool {
        let opened = self.opens.map_or(day.year() >= self.year, |opens| day >= opens);
        let closed = self.closes.map_or(day.year() > self.year, |closes| day > closes);
        opened && !closed
    }
}

/// One date of the round.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Milestone {
    /// Stable name.
    pub id: String,
    /// What happens.
    pub what: Text,
    /// First day, where it lasts.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub from: Option<Date>,
    /// The day, or the last one.
    pub date: Date,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// A cited sentence.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Statement {
    /// Stable name.
    pub id: String,
    /// The sentence.
    pub text: Text,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// A cited sentence that is said when its condition certainly holds.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Caution {
    /// Stable name, the warning's code.
    pub id: String,
    /// When it is said; always, where there is none.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub when: Option<ConditionAt>,
    /// The sentence.
    pub text: Text,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// A paper the company needs.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Evidence {
    /// Stable name.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Needed whatever the company is; otherwise only for the criteria that
    /// name it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub always: bool,
    /// Needed also where this certainly holds.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub when: Option<ConditionAt>,
    /// Why, in that case.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub because: Option<Text>,
    /// Where that stands.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub cites: Vec<Cite>,
}

/// The list whose entries a programme judges one by one.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Each {
    /// Entry of the fact table.
    pub list: FactAt,
    /// What one entry is called in ids of the report.
    pub id: String,
    /// Field that names an entry: entry of the field table.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<FieldAt>,
}

/// A number that is calculated and shown, and decides nothing.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Indicator {
    /// Stable name.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// How it is calculated, and how to read it.
    pub words: Text,
    /// Which way is better.
    pub better: Better,
    /// Its unit.
    pub unit: Unit,
    /// Where its definition stands.
    pub cites: Vec<Cite>,
    /// The number, by side and year where it has them.
    pub values: Vec<IndicatorValue>,
}

/// An indicator for one side and year.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct IndicatorValue {
    /// The side.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub side: Option<String>,
    /// Fiscal year, counted from the year of application.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub year: Option<i8>,
    /// The number.
    pub value: NumberAt,
}

/// Which way an indicator is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Better {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// Neither.
    Neither,
}

/// A sentence about an entry of a list, said where it certainly holds.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct EntryNote {
    /// Stable name.
    pub id: String,
    /// The list: entry of the fact table.
    pub list: FactAt,
    /// Whether it is said only of an entry that counts, or may.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub counting: bool,
    /// Which entries it is about.
    pub when: ConditionAt,
    /// The sentence.
    pub text: Text,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// A document that is cited.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Source {
    /// Stable name.
    pub id: String,
    /// Document number as it is quoted, or a short name where it has none.
    pub number: String,
    /// Title.
    pub title: Text,
    /// Where it is shown.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub url: Option<String>,
}

impl Source {
    /// Its address, if that is one a page may link to: what is compiled need
    /// not have been checked.
    pub fn link(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| url.starts_with("https://"))
    }
}

/// Where a rule stands.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Cite {
    /// Position in [`Policy::sources`].
    pub source: SourceAt,
    /// Article.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub clause: Option<String>,
    /// Page.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub page: Option<String>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// How sure it is that the source says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Confidence {
    /// Read on a government page or in the official compilation.
    Official,
    /// A government text, read where somebody else reposted it.
    Reposted,
    /// Two independent pages agree.
    TwoSources,
    /// One page.
    OneSource,
    /// Follows from cited rules by arithmetic.
    Derived,
    /// Common knowledge that no page read confirms.
    Assumed,
    /// The sources leave it open: it can't decide.
    Open,
}

/// What formulas refer to, by id.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Tables {
    /// Facts.
    pub facts: Vec<String>,
    /// Fields of lists: fact, field.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub fields: Vec<(String, String)>,
    /// Sets of choices.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub choices: Vec<ChoiceSet>,
}

/// The choices of a fact, or of a field of a list, that a condition accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct ChoiceSet {
    /// The fact.
    pub fact: String,
    /// The field, where the fact is a list.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub field: Option<String>,
    /// Accepted choices.
    pub values: Vec<String>,
}

impl Policy {
    /// Reads a compiled policy and links it to the dictionary.
    ///
    /// # Errors
    /// When the JSON is no policy of this schema, or names what the dictionary
    /// does not know.
    pub fn from_json(json: &str, dictionary: &Dictionary) -> Result<Self, Error> {
        let value = serde_json::from_str(json).map_err(Error::json)?;
        let mut policy: Self =
            json::read(&value).map_err(|member| Error::policy(member.to_owned()))?;
        policy.link(dictionary)?;
        Ok(policy)
    }

    /// The program of its formulas.
    ///
    /// # Errors
    /// When the policy was never linked to a dictionary.
    pub(crate) fn compiled(&self) -> Result<&Compiled, Error> {
        self.program
            .as_deref()
            .ok_or_else(|| Error::policy(format!("{}: not linked", self.address())))
    }

    /// `id@edition`.
    pub fn address(&self) -> String {
        format!("{}@{}", self.id, self.edition)
    }

    /// The name of a line of the report: that of its criterion, with the place
    /// of the entry before it where entries are judged one by one
    /// (`material[0].catalogue`). Lines count on from entry to entry.
    pub fn line_id(&self, row: usize) -> Cow<'_, str> {
        let criteria = self.criteria.len();
        let (entry, at) = (row.checked_div(criteria), row.checked_rem(criteria).unwrap_or(0));
        let id = self.criteria.get(at).map_or("", |criterion| criterion.id.as_str());
        match (&self.each, entry) {
            (Some(each), Some(entry)) => Cow::Owned(format!("{}[{entry}].{id}", each.id)),
            _ => Cow::Borrowed(id),
        }
    }

    /// Whether applications are taken on this day, as far as the sources tell.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.window.is_open_on(day)
    }

    /// The total the programme is scored by, if it has one.
    pub fn total(&self) -> Option<&Criterion> {
        self.criteria.iter().find(|one| matches!(one.rule, Rule::Total { .. }))
    }

    /// Shows every node of every formula outside the verdict.
    pub fn visit(&self, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        self.roots(&mut |at| self.formulas.visit(at, walk, see));
    }

    /// Shows the place of every formula outside the verdict that is not a part
    /// of another one.
    pub fn roots(&self, see: &mut dyn FnMut(FormulaAt)) {
        for criterion in &self.criteria {
            criterion.roots(see);
            for case in &criterion.review {
                see(FormulaAt::Condition(case.when));
            }
        }
        self.roots_of_reports(see);
    }

    /// Shows the place of every formula that only reports look at.
    pub fn roots_of_reports(&self, see: &mut dyn FnMut(FormulaAt)) {
        for criterion in &self.criteria {
            if let Rule::Holds { observe: Some(observe), .. } = &criterion.rule {
                see(FormulaAt::Number(observe.value));
            }
        }
        let spoken = self.cautions.iter().filter_map(|it| it.when);
        let papers = self.evidence.iter().filter_map(|it| it.when);
        let notes = self.entry_notes.iter().map(|it| it.when);
        for when in spoken.chain(papers).chain(notes) {
            see(FormulaAt::Condition(when));
        }
        for value in self.indicators.iter().flat_map(|it| &it.values) {
            see(FormulaAt::Number(value.value));
        }
    }

    /// Shows every node of the formulas that decide a criterion.
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
