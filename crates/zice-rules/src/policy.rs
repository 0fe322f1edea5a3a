//! A policy as the engine loads it: one edition of one programme, compiled.
//!
//! Authors write TOML; `zice-author` checks it and writes this as JSON. The
//! JSON names facts, fields and choices by their ids in small tables; linking
//! a policy to a [`Dictionary`] turns those into positions, so that an
//! assessment looks nothing up by name.

use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    dictionary::Dictionary,
    error::Error,
    formula::{Condition, Node, Number, Walk},
    fraction::Fraction,
    points::MAX_POINTS,
    text::Text,
};

/// The schema this engine reads.
pub const SCHEMA: &str = "zice.policy/1";

/// One edition of one programme.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    pub verdict: Condition,
    /// What the formulas refer to.
    pub tables: Tables,
    /// Positions the tables stand for; filled by [`Policy::link`].
    #[serde(skip)]
    pub links: Links,
}

/// When applications are taken. Days are included.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Window {
    /// First day, where a source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<Date>,
    /// Last day, where a source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Date>,
    /// The calendar year of the round.
    pub year: i32,
}

/// One date of the round.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Milestone {
    /// What happens.
    pub what: Text,
    /// First day.
    pub date: Date,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// A cited sentence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// The sentence.
    pub text: Text,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// A cited sentence that is said when its condition certainly holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Caution {
    /// Stable name, the warning's code.
    pub id: String,
    /// When it is said; always, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The sentence.
    pub text: Text,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// A paper the company needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// Stable name.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Needed whatever the company is; otherwise only for the criteria that
    /// name it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub always: bool,
}

/// A document that is cited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Stable name.
    pub id: String,
    /// Document number as it is quoted, or a short name where it has none.
    pub number: String,
    /// Title.
    pub title: Text,
}

/// Where a rule stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cite {
    /// Position in [`Policy::sources`].
    pub source: u16,
    /// Article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// How sure it is that the source says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

/// What a criterion is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionKind {
    /// Must be met.
    Gate,
    /// Brings points.
    Score,
    /// Brings points above the rest.
    Bonus,
    /// One of several ways to pass.
    Route,
    /// A paper.
    Document,
    /// Worth knowing; decides nothing.
    Note,
}

/// One line of the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Criterion {
    /// Stable name.
    pub id: String,
    /// What it is for.
    pub kind: CriterionKind,
    /// Heading.
    pub title: Text,
    /// The rule in the words of the notice, shortened.
    pub words: Text,
    /// How it is decided.
    pub rule: Rule,
    /// The limit, as it stands in the report (`>= 10%`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// Name of the way to pass (`direct:hnte_certificate_valid`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Where a person must judge instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub review: Vec<ReviewWhen>,
    /// Where the rule stands.
    pub cites: Vec<Cite>,
    /// Papers that prove it: positions in [`Policy::evidence`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<u16>,
}

/// A case the sources do not decide.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewWhen {
    /// The case; it must certainly hold.
    pub when: Condition,
    /// Why a person must judge.
    pub because: Text,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// How a criterion is decided.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Rule {
    /// A condition holds.
    #[serde(rename = "holds")]
    Holds {
        /// The condition.
        when: Condition,
        /// The number to show beside it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        observe: Option<Observe>,
    },
    /// Points by bands; of several bases the best one counts.
    #[serde(rename = "points")]
    Points {
        /// The bases.
        best_of: Vec<Basis>,
        /// Most points.
        out_of: u8,
    },
    /// The sum of the points of criteria further up.
    #[serde(rename = "total")]
    Total {
        /// What is added.
        of: Vec<Part>,
        /// Most points.
        out_of: u8,
        /// Points that pass.
        needs: u8,
        /// Whether it takes more than `needs`.
        strict: bool,
        /// What must hold besides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        also: Option<Condition>,
    },
}

/// Criteria whose points are added, with a common cap.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    /// Positions in [`Policy::criteria`].
    pub of: Vec<u16>,
    /// The most they bring together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u8>,
}

/// A number shown in the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Observe {
    /// The number.
    pub value: Number,
    /// Its unit.
    pub unit: Unit,
}

/// What a number is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A pure ratio.
    Ratio,
    /// Yuan.
    Yuan,
    /// People, rights, projects.
    Count,
    /// Days; as a value, the number of a day.
    Days,
    /// A calendar year.
    Year,
    /// Points.
    Points,
}

/// One way to get points.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Basis {
    /// What it is called.
    pub title: Text,
    /// What is measured.
    pub value: Number,
    /// Its unit.
    pub unit: Unit,
    /// Bands from the highest bound down.
    pub bands: Vec<Band>,
}

/// From `from` up to the next higher band: `min` to `max` points.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Band {
    /// Lower bound.
    pub from: Fraction,
    /// Whether the value must be above it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub above: bool,
    /// Fewest points experts give.
    pub min: u8,
    /// Most points experts give.
    pub max: u8,
}

/// What formulas refer to, by id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tables {
    /// Facts.
    pub facts: Vec<String>,
    /// Fields of lists: fact, field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(String, String)>,
    /// Sets of choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceSet>,
}

/// The choices of a fact, or of a field of a list, that a condition accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceSet {
    /// The fact.
    pub fact: String,
    /// The field, where the fact is a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Accepted choices.
    pub values: Vec<String>,
}

/// [`Tables`] as positions in the dictionary; made by [`Policy::link`].
#[derive(Clone, Debug, Default)]
pub struct Links {
    pub(crate) facts: Vec<usize>,
    /// For each fact that is a list, the fact that says whether it is complete.
    pub(crate) complete: Vec<Option<usize>>,
    /// For each criterion, whether something in it is for a person to judge.
    pub(crate) judged: Vec<bool>,
    /// Fact, field.
    pub(crate) fields: Vec<(usize, usize)>,
    pub(crate) choices: Vec<ChoiceLink>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ChoiceLink {
    pub fact: usize,
    pub field: Option<usize>,
    /// One bit a choice.
    pub accepted: u64,
}

impl Policy {
    /// Reads a compiled policy and links it to the dictionary.
    ///
    /// # Errors
    /// When the JSON is no policy of this schema, or names what the dictionary
    /// does not know.
    pub fn from_json(json: &str, dictionary: &Dictionary) -> Result<Self, Error> {
        let mut policy: Self =
            serde_json::from_str(json).map_err(|error| Error::policy(error.to_string()))?;
        policy.link(dictionary)?;
        Ok(policy)
    }

    /// `id@edition`.
    pub fn address(&self) -> String {
        format!("{}@{}", self.id, self.edition)
    }

    /// Resolves the tables against the dictionary and checks that every index
    /// and every sum of points stays inside its table.
    ///
    /// # Errors
    /// When a name is unknown, an index points nowhere or points can exceed
    /// what the engine holds.
    pub fn link(&mut self, dictionary: &Dictionary) -> Result<(), Error> {
        if self.schema != SCHEMA {
            return Err(Error::policy(format!("schema {:?}", self.schema)));
        }
        let unknown = |what: &str| Error::policy(format!("{}: {what}", self.address()));
        let position = |id: &str| dictionary.position(id).ok_or_else(|| unknown(id));
        let field_position = |fact: usize, id: &str| {
            dictionary
                .facts
                .get(fact)
                .and_then(|fact| fact.fields.iter().position(|field| field.id == id))
                .ok_or_else(|| unknown(id))
        };
        let mut links = Links::default();
        for id in &self.tables.facts {
            let at = position(id)?;
            let complete = dictionary.facts.get(at).and_then(|fact| fact.complete.as_deref());
            links.facts.push(at);
            links.complete.push(complete.map(position).transpose()?);
        }
        for (fact, field) in &self.tables.fields {
            let fact = position(fact)?;
            links.fields.push((fact, field_position(fact, field)?));
        }
        for set in &self.tables.choices {
            let fact = position(&set.fact)?;
            let field = set.field.as_deref().map(|id| field_position(fact, id)).transpose()?;
            let choices = dictionary.facts.get(fact).map_or(&[][..], |fact| match field {
                Some(field) => fact.fields.get(field).map_or(&[][..], |field| &field.values),
                None => &fact.values,
            });
            let mut accepted = 0_u64;
            for value in &set.values {
                let bit = choices
                    .iter()
                    .position(|choice| choice.id == *value)
                    .and_then(|at| u32::try_from(at).ok())
                    .and_then(|at| 1_u64.checked_shl(at))
                    .ok_or_else(|| unknown(value))?;
                accepted |= bit;
            }
            links.choices.push(ChoiceLink { fact, field, accepted });
        }
        self.check_points()?;
        links.judged = self.judged();
        self.links = links;
        Ok(())
    }

    fn check_points(&self) -> Result<(), Error> {
        let mut most = 0_u32;
        for (at, criterion) in self.criteria.iter().enumerate() {
            match &criterion.rule {
                Rule::Points { out_of, best_of } => {
                    let highest = best_of
                        .iter()
                        .flat_map(|basis| &basis.bands)
                        .map(|band| band.max.max(band.min))
                        .max();
                    if highest.is_some_and(|points| points > *out_of) {
                        return Err(Error::policy(format!("{}: points", criterion.id)));
                    }
                    most = most.saturating_add(u32::from(*out_of));
                }
                Rule::Total { of, .. } => {
                    let upward = |part: &Part| part.of.iter().all(|index| usize::from(*index) < at);
                    if !of.iter().all(upward) {
                        return Err(Error::policy(format!("{}: total", criterion.id)));
                    }
                }
                Rule::Holds { .. } => {}
            }
        }
        if most > u32::from(MAX_POINTS) {
            return Err(Error::policy("points".to_owned()));
        }
        Ok(())
    }

    /// For each criterion, whether something in it, or in what it builds on,
    /// is left to a person.
    fn judged(&self) -> Vec<bool> {
        let mut judged: Vec<bool> = Vec::with_capacity(self.criteria.len());
        for criterion in &self.criteria {
            let mut found = criterion.is_open() || !criterion.review.is_empty();
            let mut see = |node: Node<'_>| {
                found |= match node {
                    Node::Condition(Condition::Review(_)) => true,
                    Node::Condition(Condition::Criterion(at)) | Node::Number(Number::Points(at)) => {
                        judged.get(usize::from(*at)).copied().unwrap_or(true)
                    }
                    _ => false,
                };
            };
            criterion.visit(Walk::All, &mut see);
            if let Rule::Points { best_of, .. } = &criterion.rule {
                found |= best_of.iter().flat_map(|it| &it.bands).any(|band| band.min != band.max);
            }
            if let Rule::Total { of, .. } = &criterion.rule {
                found |= of
                    .iter()
                    .flat_map(|part| &part.of)
                    .any(|at| judged.get(usize::from(*at)).copied().unwrap_or(true));
            }
            judged.push(found);
        }
        judged
    }

    /// Whether applications are taken on this day, as far as the sources tell.
    pub fn is_open_on(&self, day: Date) -> bool {
        let opened = self.window.opens.map_or(day.year() >= self.window.year, |opens| day >= opens);
        let closed = self.window.closes.map_or(day.year() > self.window.year, |closes| day > closes);
        opened && !closed
    }

    /// The total the programme is scored by, if it has one.
    pub fn total(&self) -> Option<&Criterion> {
        self.criteria.iter().find(|one| matches!(one.rule, Rule::Total { .. }))
    }
}

impl Criterion {
    /// Shows every node of the formulas that decide this criterion (not of
    /// those that leave it to a person).
    pub fn visit(&self, walk: Walk, see: &mut dyn FnMut(Node<'_>)) {
        match &self.rule {
            Rule::Holds { when, .. } => when.visit(walk, see),
            Rule::Points { best_of, .. } => {
                for basis in best_of {
                    basis.value.visit(walk, see);
                }
            }
            Rule::Total { also: Some(also), .. } => also.visit(walk, see),
            Rule::Total { also: None, .. } => {}
        }
    }

    /// Most points it can bring.
    pub const fn out_of(&self) -> Option<u8> {
        match self.rule {
            Rule::Points { out_of, .. } | Rule::Total { out_of, .. } => Some(out_of),
            Rule::Holds { .. } => None,
        }
    }

    /// The fewest points that pass, where this is the total.
    pub const fn passes_from(&self) -> Option<u8> {
        match self.rule {
            Rule::Total { needs, strict: true, .. } => Some(needs.saturating_add(1)),
            Rule::Total { needs, strict: false, .. } => Some(needs),
            _ => None,
        }
    }

    /// Whether the sources leave the rule itself open.
    pub fn is_open(&self) -> bool {
        !self.cites.is_empty() && self.cites.iter().all(|cite| cite.confidence == Confidence::Open)
    }
}
