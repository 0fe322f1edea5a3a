//! A line of the report: what must hold, or what brings points.

use core::fmt;

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};
use zice_exact::program::Step;

use super::{Cite, Confidence};
use crate::{
    formula::{Comparison, ConditionAt, CriterionAt, FormulaAt, NumberAt},
    fraction::Fraction,
    place::PaperAt,
    text::Text,
};

/// What a criterion is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
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
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
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
    /// The limit that the report shows, where the formula does not tell it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub limit: Option<Limit>,
    /// Name of the way to pass (`direct:hnte_certificate_valid`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub route: Option<String>,
    /// Where a person must judge instead.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub review: Vec<ReviewWhen>,
    /// Who does not meet it is not refused: a person judges.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub otherwise: Option<Otherwise>,
    /// Where the rule stands.
    pub cites: Vec<Cite>,
    /// Papers that prove it: positions in [`evidence`](super::Policy::evidence).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub evidence: Vec<PaperAt>,
}

/// A case the sources do not decide.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct ReviewWhen {
    /// The case; it must certainly hold.
    pub when: ConditionAt,
    /// Why a person must judge.
    pub because: Text,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// Why a criterion that is not met is for a person ("in principle", or a rule
/// of which it is not known whether it still holds).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Otherwise {
    /// Why a person must judge.
    pub because: Text,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// How a criterion is decided.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub enum Rule {
    /// A condition holds.
    #[cfg_attr(feature = "serde", serde(rename = "holds"))]
    Holds {
        /// The condition.
        when: ConditionAt,
        /// The number to show beside it.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        observe: Option<Observe>,
    },
    /// Points by bands; of several bases the best one counts.
    #[cfg_attr(feature = "serde", serde(rename = "points"))]
    Points {
        /// The bases.
        best_of: Vec<Basis>,
        /// Most points.
        out_of: u8,
    },
    /// The sum of the points of criteria further up.
    #[cfg_attr(feature = "serde", serde(rename = "total"))]
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
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        also: Option<ConditionAt>,
    },
}

/// Criteria whose points are added, with a common cap.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Part {
    /// Positions in [`criteria`](super::Policy::criteria).
    pub of: Vec<CriterionAt>,
    /// The most they bring together.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub cap: Option<u8>,
}

/// A number shown in the report.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Observe {
    /// The number.
    pub value: NumberAt,
    /// Its unit.
    pub unit: Unit,
}

/// What a number is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Unit {
    /// A pure ratio.
    Ratio,
    /// Yuan.
    Yuan,
    /// People, rights, projects.
    Count,
    /// A day of the calendar, as its number.
    Date,
    /// A length of time in days.
    Days,
    /// A calendar year.
    Year,
    /// Points.
    Points,
    /// How often something turns over.
    Times,
}

/// One way to get points.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Basis {
    /// What it is called.
    pub title: Text,
    /// What brings them.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub measure: Measure,
}

/// What brings points.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Measure {
    /// A number, band by band.
    Banded(Banded),
    /// A condition that holds.
    Condition(PointsWhen),
}

/// A number and its bands.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Banded {
    /// What is measured.
    pub value: NumberAt,
    /// Its unit.
    pub unit: Unit,
    /// Bands from the highest bound down.
    pub bands: Vec<Band>,
}

impl Banded {
    /// The bands as a program steps through them.
    pub fn steps(&self) -> Box<[Step]> {
        let steps = self.bands.iter().map(|band| Step {
            from: band.from,
            above: band.above,
            points: [band.min, band.max],
        });
        steps.collect()
    }
}

/// A condition and what it brings.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct PointsWhen {
    /// The condition.
    pub when: ConditionAt,
    /// Fewest points experts give.
    pub min: u8,
    /// Most points experts give.
    pub max: u8,
}

/// From `from` up to the next higher band: `min` to `max` points.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Band {
    /// Lower bound.
    pub from: Fraction,
    /// Whether the value must be above it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub above: bool,
    /// Fewest points experts give.
    pub min: u8,
    /// Most points experts give.
    pub max: u8,
}

/// What something is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Limit {
    /// How it is compared.
    pub sign: Comparison,
    /// With what.
    pub value: Fraction,
    /// In which unit.
    pub unit: Unit,
}

/// As reports show it: `>= 10%`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sign.sign(), bound_text(self.value, self.unit))
    }
}

/// A bound as reports show it: `10%`, `4`.
pub fn bound_text(value: Fraction, unit: Unit) -> String {
    match (unit, value.mul(Fraction::whole(100))) {
        (Unit::Ratio, Ok(percent)) => format!("{}%", percent.to_decimal_or_ratio()),
        _ => value.to_decimal_or_ratio(),
    }
}

impl Basis {
    /// The number and its bands, where it is measured by one.
    pub const fn banded(&self) -> Option<&Banded> {
        match &self.measure {
            Measure::Banded(banded) => Some(banded),
            Measure::Condition(_) => None,
        }
    }

    /// The condition and its points, where one brings them.
    pub const fn condition(&self) -> Option<PointsWhen> {
        match self.measure {
            Measure::Banded(_) => None,
            Measure::Condition(condition) => Some(condition),
        }
    }

    /// What experts give for each band or for the condition: the fewest and the
    /// most points.
    pub fn grades(&self) -> Vec<(u8, u8)> {
        match &self.measure {
            Measure::Banded(banded) => {
                banded.bands.iter().map(|band| (band.min, band.max)).collect()
            }
            Measure::Condition(points) => vec![(points.min, points.max)],
        }
    }

    /// Where its formula stands.
    pub const fn root(&self) -> FormulaAt {
        match &self.measure {
            Measure::Banded(banded) => FormulaAt::Number(banded.value),
            Measure::Condition(points) => FormulaAt::Condition(points.when),
        }
    }
}

impl Banded {
    /// What brings the first points (`>= 10%`).
    pub fn limit(&self) -> Option<Limit> {
        let lowest = self.bands.last()?;
        let sign = if lowest.above { Comparison::Above } else { Comparison::AtLeast };
        Some(Limit { sign, value: lowest.from, unit: self.unit })
    }
}

impl Criterion {
    /// Shows the places of the formulas that decide this criterion (not of
    /// those that leave it to a person).
    pub fn roots(&self, see: &mut dyn FnMut(FormulaAt)) {
        match &self.rule {
            Rule::Holds { when, .. } => see(FormulaAt::Condition(*when)),
            Rule::Points { best_of, .. } => {
                for basis in best_of {
                    see(basis.root());
                }
            }
            Rule::Total { also: Some(also), .. } => see(FormulaAt::Condition(*also)),
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
