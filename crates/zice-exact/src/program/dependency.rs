//! Finds which nodes depend on a slot, so that a trial evaluates only those.

use super::{
    Program, Turn,
    node::{ColumnNode, Decision, MaskNode, NumberNode, Operand, TruthNode},
};

/// For each slot, the turns that depend on it, in order of evaluation. A turn
/// is given by its place in [`Program::shared`].
#[derive(Clone, Debug, Default)]
pub(super) struct Dependents {
    /// Turns by slot of the row's conditions.
    pub truths: Vec<Box<[u16]>>,
    /// Turns by slot of the row's numbers.
    pub numbers: Vec<Box<[u16]>>,
    /// Turns by list, for any change of its entries.
    pub lists: Vec<Box<[u16]>>,
}

/// A set of slots, one bit each: conditions first, then numbers, then lists.
type Slots = Vec<u64>;

/// The slots that each register depends on, collected while a program is
/// walked.
struct Walk<'p> {
    program: &'p Program,
    words: usize,
    /// The first bit of numbers. `lists_from` is the first bit of lists.
    numbers_from: usize,
    lists_from: usize,
    truths: Vec<Slots>,
    numbers: Vec<Slots>,
    masks: Vec<Slots>,
    outcomes: Vec<Slots>,
}

fn join(into: &mut Slots, from: Option<&Slots>) {
    for (word, more) in into.iter_mut().zip(from.into_iter().flatten()) {
        *word |= *more;
    }
}

fn set(into: &mut Slots, at: usize) {
    let word = at.checked_div(64).and_then(|word| into.get_mut(word));
    let bit = u32::try_from(at.checked_rem(64).unwrap_or_default()).unwrap_or_default();
    if let Some(word) = word {
        *word |= 1_u64.wrapping_shl(bit);
    }
}

impl Walk<'_> {
    fn none(&self) -> Slots {
        vec![0; self.words]
    }

    fn operand(&self, into: &mut Slots, operand: Operand) {
        match operand {
            Operand::One(at) => join(into, self.numbers.get(at.at())),
            // A column has no register: it depends on the nodes inside it.
            Operand::Each(at) => match self.program.columns.get(at.at()) {
                // The mask that compares the column names its list.
                Some(ColumnNode::Slot(_)) | None => {}
                Some(ColumnNode::Year(a)) => self.operand(into, *a),
                Some(ColumnNode::Pair(_, a, b)) => {
                    self.operand(into, *a);
                    self.operand(into, *b);
                }
                Some(ColumnNode::If(when, a, b)) => {
                    join(into, self.masks.get(when.at()));
                    self.operand(into, *a);
                    self.operand(into, *b);
                }
            },
        }
    }

    /// Finds the slots a turn depends on, and keeps them for the turns that
    /// read its register.
    fn turn(&mut self, turn: Turn) -> Slots {
        let program = self.program;
        let (table, at, slots) = match turn {
            Turn::Truth(at) => {
                let slots = program.truths.get(at.at()).map(|node| self.truth(node));
                (&mut self.truths, at.at(), slots)
            }
            Turn::Number(at) => {
                let slots = program.numbers.get(at.at()).map(|node| self.number(node));
                (&mut self.numbers, at.at(), slots)
            }
            Turn::Mask(at) => {
                let node = program.masks.get(at.at());
                let slots = node.map(|(list, node)| self.mask(list.at(), node));
                (&mut self.masks, at.at(), slots)
            }
            Turn::Outcome(at) => {
                let slots = program.outcomes.get(at.at()).map(|node| self.outcome(node));
                (&mut self.outcomes, at.at(), slots)
            }
        };
        let slots = slots.unwrap_or_default();
        if let Some(place) = table.get_mut(at) {
            place.clone_from(&slots);
        }
        slots
    }

    fn truth(&self, node: &TruthNode) -> Slots {
        let mut slots = self.none();
        match node {
            TruthNode::Constant(_) | TruthNode::Entry(_) => {}
            TruthNode::Slot(slot) => set(&mut slots, usize::from(*slot)),
            TruthNode::AtLeast(a, b) | TruthNode::Above(a, b) => {
                join(&mut slots, self.numbers.get(a.at()));
                join(&mut slots, self.numbers.get(b.at()));
            }
            TruthNode::Not(a) | TruthNode::Certain(a) | TruthNode::Review(a, _) => {
                join(&mut slots, self.truths.get(a.at()));
            }
            TruthNode::All(of) | TruthNode::Any(of) => {
                of.iter().for_each(|a| join(&mut slots, self.truths.get(a.at())));
            }
            TruthNode::Met(at, _) => join(&mut slots, self.outcomes.get(at.at())),
        }
        slots
    }

    fn number(&self, node: &NumberNode) -> Slots {
        let mut slots = self.none();
        match node {
            NumberNode::Constant(_) | NumberNode::Entry(_) => {}
            NumberNode::Slot(slot) => {
                set(&mut slots, self.numbers_from.saturating_add(usize::from(*slot)));
            }
            NumberNode::Year(a) => join(&mut slots, self.numbers.get(a.at())),
            NumberNode::Pair(_, a, b) => {
                join(&mut slots, self.numbers.get(a.at()));
                join(&mut slots, self.numbers.get(b.at()));
            }
            NumberNode::If(when, a, b) => {
                join(&mut slots, self.truths.get(when.at()));
                join(&mut slots, self.numbers.get(a.at()));
                join(&mut slots, self.numbers.get(b.at()));
            }
            NumberNode::Sum(of) | NumberNode::Mean(of) => {
                of.iter().for_each(|a| join(&mut slots, self.numbers.get(a.at())));
            }
            NumberNode::Count(list, mask) => {
                set(&mut slots, self.lists_from.saturating_add(list.at()));
                join(&mut slots, self.masks.get(mask.at()));
            }
            NumberNode::Points(at, _) => join(&mut slots, self.outcomes.get(at.at())),
        }
        slots
    }

    fn mask(&self, list: usize, node: &MaskNode) -> Slots {
        let mut slots = self.none();
        set(&mut slots, self.lists_from.saturating_add(list));
        match node {
            MaskNode::Slot(_) => {}
            MaskNode::Every(truth) => join(&mut slots, self.truths.get(truth.at())),
            MaskNode::AtLeast(a, b) | MaskNode::Above(a, b) => {
                self.operand(&mut slots, *a);
                self.operand(&mut slots, *b);
            }
            MaskNode::Not(a) | MaskNode::Certain(a) | MaskNode::Review(a, _) => {
                join(&mut slots, self.masks.get(a.at()));
            }
            MaskNode::All(of) | MaskNode::Any(of) => {
                of.iter().for_each(|a| join(&mut slots, self.masks.get(a.at())));
            }
        }
        slots
    }

    fn outcome(&self, node: &super::OutcomeNode) -> Slots {
        let mut slots = self.none();
        let mut truth = |at: &super::TruthId| join(&mut slots, self.truths.get(at.at()));
        node.review.iter().for_each(&mut truth);
        match &node.decision {
            Decision::Holds { when, .. } => when.iter().for_each(truth),
            Decision::Points(bases) => {
                let values = bases.iter().flat_map(|basis| basis.value);
                values.for_each(|at| join(&mut slots, self.numbers.get(at.at())));
            }
            Decision::Total { parts, also, .. } => {
                also.iter().flatten().for_each(truth);
                let of = parts.iter().flat_map(|part| &part.of);
                of.for_each(|at| join(&mut slots, self.outcomes.get(at.at())));
            }
        }
        slots
    }
}

/// Returns one more than the highest slot that is named.
fn width<'a>(slots: impl Iterator<Item = Option<&'a u16>>) -> usize {
    slots.flatten().map(|slot| usize::from(*slot).saturating_add(1)).max().unwrap_or(0)
}

/// Returns the turns that depend on `slot`; none for a slot beyond the end.
pub(super) fn on(slots: &[Box<[u16]>], slot: usize) -> &[u16] {
    slots.get(slot).map_or(&[], |turns| turns)
}

impl Dependents {
    /// Walks a program once, in the order of evaluation.
    pub(super) fn of(program: &Program) -> Self {
        let truths = width(program.truths.iter().map(|node| match node {
            TruthNode::Slot(slot) => Some(slot),
            _ => None,
        }));
        let numbers = width(program.numbers.iter().map(|node| match node {
            NumberNode::Slot(slot) => Some(slot),
            _ => None,
        }));
        let lists = truths.saturating_add(numbers);
        let slots = lists.saturating_add(program.lists.len());
        let words = slots.div_ceil(64);
        let none = |length: usize| vec![vec![0; words]; length];
        let mut walk = Walk {
            program,
            words,
            numbers_from: truths,
            lists_from: lists,
            truths: none(program.truths.len()),
            numbers: none(program.numbers.len()),
            masks: none(program.masks.len()),
            outcomes: none(program.outcomes.len()),
        };
        let mut found: Vec<Vec<u16>> = vec![Vec::new(); slots];
        for (number, turn) in program.needed_shared().iter().enumerate() {
            let here = walk.turn(*turn);
            for (slot, turns) in found.iter_mut().enumerate() {
                let word = slot.checked_div(64).and_then(|word| here.get(word)).copied();
                let bit = u32::try_from(slot.checked_rem(64).unwrap_or(0)).unwrap_or(0);
                if word.is_some_and(|word| word.wrapping_shr(bit) & 1 == 1) {
                    turns.push(u16::try_from(number).unwrap_or(u16::MAX));
                }
            }
        }
        let mut found = found.into_iter().map(Vec::into_boxed_slice);
        Self {
            truths: found.by_ref().take(truths).collect(),
            numbers: found.by_ref().take(numbers).collect(),
            lists: found.collect(),
        }
    }
}
