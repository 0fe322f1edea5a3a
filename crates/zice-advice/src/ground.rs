//! The company that a search stands on: acts that are no figures are done, and
//! figures move from there.

use zice_exact::program::{Dense, Moving};
use zice_rules::{
    Batch, Dictionary,
    batch::{Row, Value},
    dictionary::Kind,
    fraction::{Fraction, Overflow},
    program::{NumberSlot, TruthSlot},
    range::Range,
    truth::Truth,
};

use crate::{
    act::Act,
    probe::{Place, Probe},
};

/// A share by which figures may move against the company, and which figures.
#[derive(Clone, Debug)]
pub(crate) struct Cushion {
    thousandths: u16,
    /// Slots of amounts, averages and rates.
    slots: Vec<usize>,
}

impl Cushion {
    pub fn new(thousandths: u16, batch: &Batch<'_>, dictionary: &Dictionary) -> Self {
        let facts = &batch.policy().links.facts;
        let slots = batch.slots().numbers.iter().enumerate();
        let slots = slots.filter(|(_, slot)| {
            let (NumberSlot::Fact(at) | NumberSlot::Year(at, _)) = slot else { return false };
            let fact = facts.get(at.place()).and_then(|at| dictionary.facts.get(*at));
            fact.is_some_and(|it| matches!(it.kind, Kind::Money | Kind::Count | Kind::Rate))
        });
        Self { thousandths, slots: slots.map(|(slot, _)| slot).collect() }
    }

    /// Whether a figure may move.
    fn moves(&self, slot: usize) -> bool {
        self.thousandths > 0 && self.slots.contains(&slot)
    }

    /// Returns what a figure is times once less, and times once and the share.
    fn ends(&self, figure: Fraction) -> Result<[Fraction; 2], Overflow> {
        let share = Fraction::new(i128::from(self.thousandths), 1000).ok_or(Overflow)?;
        let by = figure.mul(share)?;
        Ok([figure.sub(by)?, figure.add(by)?])
    }

    /// Returns all that a figure can be, where its slot may move.
    fn widen(&self, slot: usize, range: Range) -> Result<Range, Overflow> {
        if !self.moves(slot) {
            return Ok(range);
        }
        let ends = |end: Option<Fraction>| end.map(|it| self.ends(it)).transpose();
        let lo = ends(range.lo)?.map(|[a, b]| a.min(b));
        let hi = ends(range.hi)?.map(|[a, b]| a.max(b));
        Ok(Range { lo, hi, ..range })
    }
}

/// A row whose figures move.
#[derive(Debug)]
pub(crate) struct Ground<'p> {
    /// The row as it is.
    pub row: Row,
    /// The row with the cushion.
    probe: Probe<'p>,
}

impl<'p> Ground<'p> {
    /// Starts with a row; `None` where a figure does not fit.
    pub fn new(batch: &'p Batch<'p>, row: Row, cushion: &Cushion) -> Option<Self> {
        let mut wide = row.clone();
        for slot in cushion.slots.iter().filter(|slot| cushion.moves(**slot)) {
            let Some(place) = wide.numbers.get_mut(*slot) else { continue };
            let range = cushion.widen(*slot, place.value(&wide.wide).range()).ok()?;
            *place = Dense::of(Value::from(range), &mut wide.wide);
        }
        Some(Self { row, probe: Probe::of(batch, wide) })
    }

    /// Returns the verdict under the worst and the best lens for all amounts
    /// between two; `None` where a figure does not fit.
    pub fn sides(
        &mut self,
        acts: &[Act<'_>],
        (least, most): (&[i128], &[i128]),
        cushion: &Cushion,
    ) -> Option<[Truth; 2]> {
        let mut moved: Vec<(usize, Range)> = Vec::new();
        for ((act, least), most) in acts.iter().zip(least).zip(most) {
            for (_, _, by, slot) in act.moves.iter().filter(|_| *most > 0) {
                let Some(slot) = *slot else { continue };
                let by = |granules: i128| by.mul(Fraction::whole(granules)).ok();
                let (a, b) = (by(*least)?, by(*most)?);
                let by = Range::between(Some(a.min(b)), Some(a.max(b)));
                match moved.iter_mut().find(|(own, _)| *own == slot) {
                    Some((_, range)) => *range = range.add(&by).ok()?,
                    None => {
                        let dense = self.row.numbers.get(slot)?;
                        let now = dense.value(&self.row.wide).range();
                        moved.push((slot, now.add(&by).ok()?));
                    }
                }
            }
        }
        for (slot, range) in &mut moved {
            *range = cushion.widen(*slot, *range).ok()?;
        }
        let saved = self.probe.save();
        for (slot, range) in moved {
            self.probe.set(Place::Number(slot), range.into());
        }
        let sides = self.probe.sides();
        self.probe.undo(saved);
        sides
    }

    /// Returns the granules of an act from which on something is said otherwise,
    /// in order; `None` where that cannot be told.
    pub fn turns(&mut self, act: &Act<'_>, cushion: &Cushion) -> Option<Vec<i128>> {
        let mut moving = Vec::with_capacity(act.moves.len());
        for (_, _, by, slot) in &act.moves {
            let Some(slot) = *slot else { continue };
            let value = self.row.numbers.get(slot)?.value(&self.row.wide);
            let mut figure = Moving::new(false, slot, &value, *by);
            if cushion.moves(slot) {
                let mut ends = Vec::new();
                for [start, step] in &figure.ends {
                    let (starts, steps) = (cushion.ends(*start).ok()?, cushion.ends(*step).ok()?);
                    ends.extend(starts.into_iter().zip(steps).map(|(start, step)| [start, step]));
                }
                (figure.ends, figure.open) = (ends, true);
            }
            moving.push((None, figure));
        }
        self.probe.turns_of(&moving, (0, act.most))
    }
}

/// Lets a row stand for every number of times that an act can be done, which is
/// no figure: an entry may be added, a condition may hold. `None` where no row
/// can.
pub(crate) fn opened(batch: &Batch<'_>, row: &mut Row, act: &Act<'_>) -> Option<()> {
    let (policy, slots) = (batch.policy(), batch.slots());
    let facts = &policy.links.facts;
    if act.starts.is_some() {
        return None;
    }
    if let Some((list, _)) = &act.entry {
        if policy.each.as_ref().is_some_and(|it| facts.get(it.list.place()) == Some(list)) {
            return None;
        }
        for (slots, own) in slots.lists.iter().zip(&mut row.lists) {
            own.more |= facts.get(slots.fact.place()) == Some(list);
        }
    }
    if let Some(waiting) = &act.waiting {
        if policy.each.as_ref().is_some_and(|it| facts.get(it.list.place()) == Some(&waiting.list))
        {
            return None;
        }
        let lists = slots.lists.iter().zip(&mut row.lists);
        for (_, own) in lists.filter(|(it, _)| facts.get(it.fact.place()) == Some(&waiting.list)) {
            for at in &waiting.entries {
                let bit = 1_u64.wrapping_shl(u32::try_from(at % 64).unwrap_or_default());
                for mask in own.masks.iter_mut().filter_map(|words| words.get_mut(at / 64)) {
                    (mask.yes, mask.no, mask.lost) =
                        (mask.yes & !bit, mask.no & !bit, mask.lost & !bit);
                }
            }
        }
    }
    for (slot, own) in slots.truths.iter().zip(&mut row.truths) {
        if let TruthSlot::Fact(at) = slot
            && facts.get(at.place()).is_some_and(|it| act.sets.contains(it))
        {
            *own = Truth::Unknown;
        }
    }
    Some(())
}
