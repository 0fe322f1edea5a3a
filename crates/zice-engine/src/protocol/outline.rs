//! A policy without its formulas, as the page knows it.

use serde::Serialize;
use zice_rules::{Date, Text, policy::CriterionKind, read_members};

/// A policy without its formulas: what the page has to know of it.
#[derive(Clone, Debug, Serialize)]
pub struct Outline {
    /// The number under which the engine keeps the policy.
    pub handle: usize,
    /// Name of the programme.
    pub id: String,
    /// Name of the edition.
    pub edition: String,
    /// Digest of the compiled policy.
    pub digest: String,
    /// What the programme is called.
    pub title: Text,
    /// Whether it promises nothing: its verdict is always a hint.
    pub hint: bool,
    /// The day its author last read the sources.
    pub checked_on: Date,
    /// The day after which they must be read again.
    pub review_by: Date,
    /// The facts it looks at, in the order of the dictionary.
    pub facts: Vec<AskedFact>,
    /// The fields of lists it looks at: position of the fact, of the field.
    pub fields: Vec<(usize, usize)>,
    /// Its criteria, in the order of the report.
    pub criteria: Vec<Line>,
    /// What the sources leave open.
    pub open_points: Vec<Statement>,
    /// What the programme brings.
    pub benefits: Vec<Statement>,
    /// The dates of its round, in the order of the report's.
    pub calendar: Vec<Milestone>,
    /// The documents it may ask for.
    pub papers: Vec<Paper>,
    /// The documents it cites that can be read where they were issued.
    pub sources: Vec<Source>,
}

/// A fact that a policy looks at.
#[derive(Clone, Debug, Serialize)]
pub struct AskedFact {
    /// Its position in the dictionary.
    pub fact: usize,
    /// The fiscal years it is looked at in, as offsets from the year of
    /// application, rising; empty for a fact without years.
    pub years: Vec<i8>,
    /// Whether a rule can be open for want of it. The others speak up once they
    /// are known.
    pub waits: bool,
    /// Whether figures of it, by year and side, stand in a condition that can
    /// change the verdict.
    pub decides: bool,
    /// The criteria that look at it, by position.
    pub criteria: Vec<usize>,
}

/// A criterion, without its formulas.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Stable name.
    pub id: String,
    /// What it is for.
    pub kind: CriterionKind,
    /// The heading that the report shows.
    pub title: Text,
    /// Name of the way to pass that it is.
    pub route: Option<String>,
    /// Of a line that brings points by bands: the ways to get them.
    pub bases: Vec<Basis>,
    /// Of a total: the criteria whose points it adds up, by position.
    pub sum: Option<Vec<usize>>,
}

/// One way to get points.
#[derive(Clone, Debug, Serialize)]
pub struct Basis {
    /// What is measured, or which condition brings them.
    pub title: Text,
    /// What brings which points, from the lowest band up; one step without a
    /// bound where a condition brings them.
    pub steps: Vec<Step>,
}

/// A band: what has to be reached, and the points.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The bound as it is shown, such as `10%`; nothing for a condition.
    pub from: Option<String>,
    /// Whether the number must be above the bound.
    pub above: bool,
    /// Fewest points it brings.
    pub min: u8,
    /// Most points it brings.
    pub max: u8,
}

/// A cited sentence.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    /// The sentence.
    pub text: Text,
    /// Where it stands.
    pub cites: Vec<Place>,
}

/// Where something stands in a document.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// Number of the document.
    pub source: String,
    /// The article or section, as the document numbers it.
    pub clause: Option<String>,
    /// The page of the document.
    pub page: Option<String>,
}

/// A date of the round.
#[derive(Clone, Debug, Serialize)]
pub struct Milestone {
    /// Stable name.
    pub id: String,
    /// First day, where it lasts.
    pub from: Option<Date>,
    /// The day, or the last one.
    pub date: Date,
    /// Where it stands.
    pub cites: Vec<Place>,
}

/// A document that a company may have to prepare.
#[derive(Clone, Debug, Serialize)]
pub struct Paper {
    /// Stable name.
    pub id: String,
    /// What it is called.
    pub title: Text,
}

/// A document that can be read where it was issued.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: Text,
    /// Its address, one a page may link to.
    pub url: String,
}

impl Outline {
    /// Name and edition: `tech-sme@2023`.
    pub fn address(&self) -> String {
        [&self.id, "@", &self.edition].concat()
    }

    /// The total of points, where there is one.
    pub fn total(&self) -> Option<&Line> {
        self.criteria.iter().find(|it| it.sum.is_some())
    }

    /// The fact as this policy looks at it, if it does.
    pub fn asked(&self, fact: usize) -> Option<&AskedFact> {
        self.facts.iter().find(|it| it.fact == fact)
    }
}

read_members! {
    Outline {
        handle, id, edition, digest, title, hint, checked_on, review_by, facts, fields, criteria,
        open_points, benefits, calendar, papers, sources,
    }
    AskedFact { fact, years, waits, decides, criteria }
    Line { id, kind, title, route, bases, sum }
    Basis { title, steps }
    Step { from, above, min, max }
    Statement { text, cites }
    Place { source, clause, page }
    Milestone { id, from, date, cites }
    Paper { id, title }
    Source { number, title, url }
}
