//! What if: figures that may be tried otherwise, and what the same act moves with
//! them.

use zice_rules::{
    Company, Dictionary,
    fraction::{Fraction, Overflow},
    policy::Move,
    program::NumberSlot,
    range::Range,
};

use crate::{
    figure::{Figure, figures},
    probe::{Place, Probe},
};

/// A figure of the company, and the figures that the same act moves.
#[derive(Clone, Debug)]
pub struct Movable {
    /// The figure itself.
    pub figure: Figure,
    /// Ids of the facts that move with it in the same year, and how far each moves
    /// for one unit of the figure: who hires an engineer has one more employee.
    pub with: Vec<(String, Fraction)>,
}

/// Returns the figures that a policy looks at and the company gave exactly, in the
/// order of the policy; those of entries are left out. What moves together is what
/// the first lever about the figure says.
pub fn movables(probe: &Probe<'_>, company: &Company, dictionary: &Dictionary) -> Vec<Movable> {
    let all = figures(probe, company, dictionary).into_iter();
    let own = all.filter(|it| matches!(it.place, Place::Number(_)));
    own.map(|figure| Movable { with: together(probe, &figure), figure }).collect()
}

fn together(probe: &Probe<'_>, figure: &Figure) -> Vec<(String, Fraction)> {
    let mut levers = probe.batch().policy().levers.iter().map(|it| it.moves.as_slice());
    let about = |moves: &&[Move]| moves.first().is_some_and(|it| it.fact == figure.fact);
    let moves = levers.find(about).filter(|_| figure.year.is_some()).unwrap_or_default();
    let [first, rest @ ..] = moves else { return Vec::new() };
    let by = |it: &Move| Some((it.fact.clone(), it.by.div(first.by).ok()??));
    rest.iter().filter_map(by).collect()
}

/// A figure of a company and how far it moves.
#[derive(Clone, Debug)]
pub struct Moved<'a> {
    /// Id of the fact.
    pub fact: &'a str,
    /// The figure before anything moves; an estimate has two ends.
    pub value: Range,
    /// How far a granule of the figure that is tried moves it; zero for one that
    /// stays where it is.
    pub by: Fraction,
}

/// Returns how many granules down and up figures can move together, so that each
/// stays a value of its fact and no part becomes larger than its whole. `all` holds
/// the figures of one year, also those that stay.
///
/// # Errors
/// Fails when a bound does not fit into 128 bits.
pub fn span(all: &[Moved<'_>], dictionary: &Dictionary) -> Result<(i128, i128), Overflow> {
    let mut span = Span { least: BOUND.saturating_neg(), most: BOUND };
    let top = Fraction::whole(BOUND.saturating_sub(1));
    for moved in all.iter().filter(|it| !it.by.is_zero()) {
        let Some(fact) = dictionary.fact(moved.fact) else { continue };
        let domain = fact.domain();
        let lower = domain.lower().map_or_else(|| top.neg(), Ok)?;
        span.hold(moved.value.lo, Some(lower), moved.by)?;
        span.hold(Some(domain.max.unwrap_or(top)), moved.value.hi, moved.by.neg()?)?;
    }
    for rule in &dictionary.contradictions {
        let (Some(part), Some(whole)) = (&rule.less, &rule.more) else { continue };
        let find = |id: &str| all.iter().find(|it| it.fact == id);
        let (Some(part), Some(whole)) = (find(part), find(whole)) else { continue };
        span.hold(whole.value.hi, part.value.lo, whole.by.sub(part.by)?)?;
    }
    Ok((span.least.min(0), span.most.max(0)))
}

/// Returns where a row has the figure of a fact in a year, or of a fact without
/// years; `None` where the policy does not look at it.
pub fn place_of(
    probe: &Probe<'_>,
    company: &Company,
    dictionary: &Dictionary,
    (fact, year): (&str, Option<i32>),
) -> Option<Place> {
    let batch = probe.batch();
    let facts = &batch.policy().links.facts;
    let own = dictionary.position(fact)?;
    let offset = year.map(|year| year.saturating_sub(company.as_of.year()));
    let is = |slot: &NumberSlot| match slot {
        NumberSlot::Fact(at) => offset.is_none() && facts.get(at.place()) == Some(&own),
        NumberSlot::Year(at, by) => {
            offset == Some(i32::from(*by)) && facts.get(at.place()) == Some(&own)
        }
        _ => false,
    };
    batch.slots().numbers.iter().position(is).map(Place::Number)
}

/// Amounts and counts stay below this (company file format, `docs/formats.md`); a
/// span has no more granules either.
const BOUND: i128 = 1_000_000_000_000_000;

struct Span {
    least: i128,
    most: i128,
}

impl Span {
    /// Narrows the span to where `more + n × by` is not below `less`. What is below
    /// it at nought is wrong already, and narrows nothing; nor does an end that is
    /// not known.
    fn hold(
        &mut self,
        more: Option<Fraction>,
        less: Option<Fraction>,
        by: Fraction,
    ) -> Result<(), Overflow> {
        let (Some(more), Some(less)) = (more, less) else { return Ok(()) };
        let room = more.sub(less)?;
        if by.is_zero() || room < Fraction::ZERO {
            return Ok(());
        }
        let Some(many) = room.div(by.neg()?)? else { return Ok(()) };
        if by < Fraction::ZERO {
            self.most = self.most.min(many.floor());
        } else {
            self.least = self.least.max(many.neg()?.floor().saturating_neg());
        }
        Ok(())
    }
}
