//! Criteria: what must hold, or what brings points.

use core::fmt;

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};
use zice_exact::program::{Step, stepped};

use super::{Cite, Confidence};
use crate::{
    formula::{Comparison, ConditionAt, CriterionAt, FormulaAt, NumberAt},
    fraction::{Fraction, Overflow},
    place::PaperAt,
    points::PointSet,
    program::{Lens, Registers},
    text::Text,
    truth::Truth,
    unit::Unit,
};

/// What a criterion is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum CriterionKind {
    /// A condition that must be met.
    Gate,
    /// A part of the total: it brings points.
    Score,
    /// Brings points on top of the regular ones.
    Bonus,
    /// One of several ways to pass.
    Route,
    /// Asks for a document that is required.
    #[cfg_attr(feature = "serde", serde(rename = "document"))]
    Paper,
    /// A note: worth knowing, but decides nothing.
    Note,
}

/// One criterion of a policy, and one row of its report.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Criterion {
    /// Id of the criterion, unique within its policy.
    pub id: String,
    /// What the criterion is for, which decides how it counts and which papers
    /// are listed.
    pub kind: CriterionKind,
    /// Title of the criterion.
    pub title: Text,
    /// The rule in the words of the notice, shortened.
    pub words: Text,
    /// How the criterion is decided.
    pub rule: Rule,
    /// The limit to show in reports, where the formula does not contain it
    /// plainly.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub limit: Option<Limit>,
    /// Name of this way to pass, such as `direct:hnte_certificate_valid`;
    /// `None` if it is none.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub route: Option<String>,
    /// Cases in which a person must judge instead.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub review: Vec<ReviewWhen>,
    /// Set if a person judges companies that do not meet the criterion, instead
    /// of refusing them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub otherwise: Option<Otherwise>,
    /// Citations of the sources that state the rule.
    pub cites: Vec<Cite>,
    /// Papers that prove it, as indices into [`papers`](super::Policy::papers).
    #[cfg_attr(
        feature = "serde",
        serde(rename = "evidence", skip_serializing_if = "Vec::is_empty")
    )]
    pub papers: Vec<PaperAt>,
}

/// A case that the sources do not decide.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct ReviewWhen {
    /// The condition of the case. It must certainly hold.
    pub when: ConditionAt,
    /// Why a person must judge, as a sentence for the report.
    pub because: Text,
    /// Citations of the sources that state it.
    pub cites: Vec<Cite>,
}

/// Why a person judges companies that do not meet a criterion. The rule may say
/// "in principle", or it may not be known whether it still applies.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Otherwise {
    /// Why a person must judge, as a sentence for the report.
    pub because: Text,
    /// Citations of the sources that state it.
    pub cites: Vec<Cite>,
}

/// How a criterion is decided, apart from cases left to a person.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub enum Rule {
    /// The criterion is met where a condition holds.
    #[cfg_attr(feature = "serde", serde(rename = "holds"))]
    Holds {
        /// The condition that must hold.
        when: ConditionAt,
        /// A number to show beside the condition.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        observe: Option<Observe>,
    },
    /// The criterion brings the points of its best basis.
    #[cfg_attr(feature = "serde", serde(rename = "points"))]
    Points {
        /// The bases, of which the best one counts.
        best_of: Vec<Basis>,
        /// The most points it can bring.
        out_of: u8,
    },
    /// The criterion is a total: it adds the points of earlier criteria.
    #[cfg_attr(feature = "serde", serde(rename = "total"))]
    Total {
        /// The groups of criteria that are added.
        of: Vec<Part>,
        /// The most points it can reach.
        out_of: u8,
        /// The points a company needs to pass; see `strict`.
        needs: u8,
        /// Whether a company must have more than `needs`, not just as many.
        strict: bool,
        /// A condition that must hold besides.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        also: Option<ConditionAt>,
    },
}

/// Criteria whose points are added, with a common cap.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Part {
    /// The criteria, as indices into [`criteria`](super::Policy::criteria).
    pub of: Vec<CriterionAt>,
    /// The most points they bring together; `None` for no cap.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub cap: Option<u8>,
}

/// A number to show in the report.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Observe {
    /// The number that is calculated and shown.
    pub value: NumberAt,
    /// Unit of the number, in which the report shows it.
    pub unit: Unit,
}

/// One way to get the points of a criterion.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Basis {
    /// Title of the basis, shown where a criterion has several.
    pub title: Text,
    /// What brings the points: a banded number or a condition.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub measure: Measure,
}

/// What brings the points of a basis.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Measure {
    /// A number that is measured by bands.
    Banded(Banded),
    /// A condition that must hold.
    Condition(PointsWhen),
}

/// A number and the bands it is measured by.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Banded {
    /// The number that is measured.
    pub value: NumberAt,
    /// Unit of the number and the bands.
    pub unit: Unit,
    /// Bands, from the highest down. Below the last one a number brings no
    /// points.
    pub bands: Vec<Band>,
}

impl Banded {
    /// Returns the bands as steps of a program.
    pub fn steps(&self) -> Box<[Step]> {
        let steps = self.bands.iter().map(|band| Step {
            from: band.from,
            above: band.above,
            points: [band.min, band.max],
        });
        steps.collect()
    }
}

/// A condition and the points it brings.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct PointsWhen {
    /// The condition that must hold.
    pub when: ConditionAt,
    /// The fewest points that experts give.
    pub min: u8,
    /// The most points that experts give.
    pub max: u8,
}

/// A band: from `from` up to the next higher band a number brings `min` to
/// `max` points.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Band {
    /// Lower bound of the band, in the unit of its number.
    pub from: Fraction,
    /// Whether the number must be above `from` rather than at least `from`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub above: bool,
    /// The fewest points that experts give.
    pub min: u8,
    /// The most points that experts give.
    pub max: u8,
}

/// A limit that a figure is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Limit {
    /// How the figure is compared with it.
    pub sign: Comparison,
    /// The bound that the figure is compared with.
    pub value: Fraction,
    /// Unit of the bound and the figure.
    pub unit: Unit,
}

/// Writes the limit as reports show it: `>= 10%`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sign.sign(), bound_text(self.value, self.unit))
    }
}

/// Writes a bound as reports show it: `10%` for a ratio, `4` for anything else.
pub fn bound_text(value: Fraction, unit: Unit) -> String {
    match (unit, value.mul(Fraction::whole(100))) {
        (Unit::Ratio, Ok(percent)) => format!("{}%", percent.to_decimal_or_ratio()),
        _ => value.to_decimal_or_ratio(),
    }
}

impl Basis {
    /// Returns the number and its bands, if it is measured by bands.
    pub const fn banded(&self) -> Option<&Banded> {
        match &self.measure {
            Measure::Banded(banded) => Some(banded),
            Measure::Condition(_) => None,
        }
    }

    /// Returns the condition and its points, if it has a condition.
    pub const fn condition(&self) -> Option<PointsWhen> {
        match self.measure {
            Measure::Banded(_) => None,
            Measure::Condition(condition) => Some(condition),
        }
    }

    /// Returns the fewest and the most points that experts give, for each band
    /// or for the condition.
    pub fn grades(&self) -> Vec<(u8, u8)> {
        match &self.measure {
            Measure::Banded(banded) => {
                banded.bands.iter().map(|band| (band.min, band.max)).collect()
            }
            Measure::Condition(points) => vec![(points.min, points.max)],
        }
    }

    /// Returns the points that the basis can bring under a lens.
    ///
    /// # Errors
    /// Fails when a figure in it does not fit into 128 bits.
    pub fn points(&self, registers: &Registers<'_>, lens: Lens) -> Result<PointSet, Overflow> {
        Ok(match &self.measure {
            Measure::Banded(banded) => {
                let value = registers.number(banded.value, lens)?.into();
                stepped(&banded.steps(), &value, lens)
            }
            Measure::Condition(points) => {
                let brings = PointSet::only(lens.of([points.min, points.max]));
                match registers.truth(points.when, lens)? {
                    Truth::True => brings,
                    Truth::False => PointSet::ZERO,
                    Truth::Unknown => PointSet::ZERO.union(brings),
                }
            }
        })
    }

    /// Returns the index of its formula.
    pub const fn root(&self) -> FormulaAt {
        match &self.measure {
            Measure::Banded(banded) => FormulaAt::Number(banded.value),
            Measure::Condition(points) => FormulaAt::Condition(points.when),
        }
    }
}

impl Banded {
    /// Returns the bound of the lowest band, which brings the first points (`>=
    /// 10%`).
    pub fn limit(&self) -> Option<Limit> {
        let lowest = self.bands.last()?;
        let sign = if lowest.above { Comparison::Above } else { Comparison::AtLeast };
        Some(Limit { sign, value: lowest.from, unit: self.unit })
    }
}

impl Criterion {
    /// Visits the indices of the formulas that decide this criterion.
    /// Conditions under which a person judges are not among them.
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

    /// Returns the most points it can bring; `None` if it brings none.
    pub const fn out_of(&self) -> Option<u8> {
        match self.rule {
            Rule::Points { out_of, .. } | Rule::Total { out_of, .. } => Some(out_of),
            Rule::Holds { .. } => None,
        }
    }

    /// Returns the fewest points that pass; `None` unless this is a total.
    pub const fn passes_from(&self) -> Option<u8> {
        match self.rule {
            Rule::Total { needs, strict: true, .. } => Some(needs.saturating_add(1)),
            Rule::Total { needs, strict: false, .. } => Some(needs),
            _ => None,
        }
    }

    /// Whether the sources leave the rule itself open: all its citations are
    /// `open`.
    pub fn is_open(&self) -> bool {
        !self.cites.is_empty() && self.cites.iter().all(|cite| cite.confidence == Confidence::Open)
    }
}
