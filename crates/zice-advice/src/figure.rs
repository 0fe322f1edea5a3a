//! The known figures of a company, and how far each may go.

use zice_exact::program::Dense;
use zice_rules::{
    Company, Dictionary,
    batch::{Row, Value},
    company::Answer,
    dictionary::{Domain, Kind},
    formula::FactAt,
    fraction::Fraction,
    program::NumberSlot,
};

use crate::probe::{Place, Probe};

/// A figure that a company gave exactly, and that the policy looks at.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Where it stands in the row.
    pub place: Place,
    /// Name of the fact, `materials[0].insured_amount` for a field of an entry.
    pub fact: String,
    /// Fiscal year, for a figure by year.
    pub year: Option<i32>,
    /// What was given, in yuan or in units.
    pub value: Fraction,
    /// What it counts.
    pub kind: Kind,
    /// The smallest step in which it moves: 0.01 yuan, one of a whole number, a
    /// hundredth of a head count, which is a mean and has decimals.
    pub granule: Fraction,
    /// The least value that makes sense beside the other answers.
    pub least: Fraction,
    /// The greatest such value.
    pub most: Fraction,
}

/// Amounts and counts stay below this (company file format, `docs/formats.md`).
const BOUND: i128 = 1_000_000_000_000_000;

/// Returns the granule of a kind; `None` for what is no figure.
fn granule(kind: Kind) -> Option<Fraction> {
    match kind {
        Kind::Money | Kind::Count => Fraction::new(1, 100),
        Kind::Whole => Some(Fraction::ONE),
        Kind::Rate => Fraction::new(1, 10_000),
        _ => None,
    }
}

/// Returns the figures that a company gave exactly and a policy looks at, in
/// the order of the policy. Days and points of the company's own are none.
pub fn figures(probe: &Probe<'_>, company: &Company, dictionary: &Dictionary) -> Vec<Figure> {
    let batch = probe.batch();
    let (policy, slots) = (batch.policy(), batch.slots());
    let row = batch.row(company);
    let mut found = Vec::new();
    for (slot, (meaning, dense)) in slots.numbers.iter().zip(&row.numbers).enumerate() {
        let (at, offset) = match meaning {
            NumberSlot::Fact(at) => (*at, None),
            NumberSlot::Year(at, offset) => (*at, Some(i32::from(*offset))),
            _ => continue,
        };
        let fact = position(policy.links.facts.as_slice(), at)
            .and_then(|at| Some((at, dictionary.facts.get(at)?)));
        let Some((at, fact)) = fact else { continue };
        let year = offset.map(|offset| company.as_of.year().saturating_add(offset));
        let figure = of(Place::Number(slot), fact.id.clone(), year, &fact.domain(), *dense, &row);
        if let Some(mut figure) = figure {
            beside(&mut figure, at, company, dictionary);
            found.push(figure);
        }
    }
    let Some(each) = &policy.each else { return found };
    let list = position(policy.links.facts.as_slice(), each.list);
    let Some(list) = list.and_then(|at| dictionary.facts.get(at)) else { return found };
    for (number, entry) in row.entries.iter().enumerate() {
        for (slot, (at, dense)) in slots.entry_numbers.iter().zip(&entry.numbers).enumerate() {
            let field = policy.links.fields.get(at.place()).map(|(_, field)| *field);
            let Some(field) = field.and_then(|at| list.fields.get(at)) else { continue };
            let name = format!("{}[{number}].{}", list.id, field.id);
            let place = Place::Entry(number, slot);
            found.extend(of(place, name, None, &field.domain(), *dense, &row));
        }
    }
    found
}

fn position(facts: &[usize], at: FactAt) -> Option<usize> {
    facts.get(at.place()).copied()
}

fn of(
    place: Place,
    fact: String,
    year: Option<i32>,
    domain: &Domain<'_>,
    dense: Dense,
    row: &Row,
) -> Option<Figure> {
    let Value::Exact(value) = dense.value(&row.wide) else { return None };
    let granule = granule(domain.kind)?;
    let bound = Fraction::whole(BOUND).sub(granule).ok()?;
    let least = domain.lower().map_or_else(|| bound.neg(), Ok).ok()?;
    let most = domain.max.unwrap_or(bound);
    Some(Figure { place, fact, year, value, kind: domain.kind, granule, least, most })
}

/// Narrows how far a figure may go, so that it does not contradict another: a
/// part stays at or below its whole.
fn beside(figure: &mut Figure, at: usize, company: &Company, dictionary: &Dictionary) {
    let given = |id: &str| {
        let range = match (company.answers.get(dictionary.position(id)?)?, figure.year) {
            (Answer::Number(range), None) => *range,
            (Answer::Yearly { years, .. }, Some(year)) => {
                years.iter().find(|(given, _)| *given == year).map(|(_, range)| *range)?
            }
            _ => return None,
        };
        Some(range)
    };
    let mut bounds = (figure.least, figure.most);
    for rule in &dictionary.contradictions {
        let (Some(part), Some(whole)) = (&rule.less, &rule.more) else { continue };
        if dictionary.position(part) == Some(at) {
            if let Some(most) = given(whole).and_then(|range| range.hi) {
                bounds.1 = bounds.1.min(most);
            }
        } else if dictionary.position(whole) == Some(at)
            && let Some(least) = given(part).and_then(|range| range.lo)
        {
            bounds.0 = bounds.0.max(least);
        }
    }
    (figure.least, figure.most) = bounds;
}
