//! Searches all amounts of all sets of acts for the smallest that pass.

use zice_exact::program::joint;
use zice_rules::{Batch, Company, Dictionary, batch::Row, truth::Truth};

use crate::{
    act::Act,
    advise::applied,
    ground::{Cushion, Ground, opened},
    search::middle,
    witness::{Open, WITNESSES},
};

/// The most acts in a set.
const MOST_ACTS: usize = 3;

/// The most evaluations of one search. `tests/properties/cost.rs` holds what the
/// kept and the golden companies need: less than half of it.
const PATIENCE: u64 = 5_000;

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// The company passes for sure.
    Met,
    /// Nothing is left but what a person decides.
    Best,
}

impl Goal {
    const fn is_reached(self, [worst, best]: [Truth; 2]) -> bool {
        match self {
            Self::Met => matches!((worst, best), (Truth::True, Truth::True)),
            Self::Best => {
                matches!((worst, best), (Truth::True | Truth::False, Truth::True))
            }
        }
    }

    /// Whether what some completions of the open answers come to shows that no
    /// value in a range can reach it.
    fn is_refuted(self, by: &[[Truth; 2]]) -> bool {
        let worst = |truth: Truth| by.iter().any(|sides| sides[0] == truth);
        by.iter().any(|sides| self.is_hopeless(*sides))
            || (self == Self::Best && worst(Truth::True) && worst(Truth::False))
    }

    /// Whether no value in a range can reach it.
    const fn is_hopeless(self, [worst, best]: [Truth; 2]) -> bool {
        match self {
            Self::Met => matches!(worst, Truth::False) || matches!(best, Truth::False),
            Self::Best => matches!(best, Truth::False),
        }
    }
}

/// Amounts of the acts of a set, from the least to the most.
#[derive(Clone, Debug)]
struct Box {
    least: Vec<i128>,
    most: Vec<i128>,
}

/// Amounts of the acts that are no figures, and whether there may be more.
type Key = Vec<(i128, bool)>;

/// The company with acts done that are no figures.
#[derive(Debug)]
struct Base<'p> {
    key: Key,
    /// The row with the fewest of those acts.
    row: Row,
    /// The ground that is searched on: the same row, where lists that may still grow
    /// by further acts are open.
    ground: Ground<'p>,
    /// For each act that moves figures, the granules from which on something is
    /// said otherwise while other acts stand still.
    turns: Vec<Option<Vec<i128>>>,
    /// The same company with open answers completed; made when first needed.
    witnesses: Option<Vec<Ground<'p>>>,
}

/// A search of all sets.
#[derive(Debug)]
pub(crate) struct Search<'a, 'p> {
    batch: &'p Batch<'p>,
    then: &'a Company,
    acts: &'a [Act<'p>],
    goal: Goal,
    cushion: Cushion,
    bases: Vec<Base<'p>>,
    /// Acts that meet in a comparison, one bit each.
    joint: Vec<u64>,
    /// Slots of open answers.
    open: Open,
    evaluations: u64,
    /// Evaluations before the present goal.
    before: u64,
}

impl<'a, 'p> Search<'a, 'p> {
    pub fn new(
        batch: &'p Batch<'p>,
        then: &'a Company,
        acts: &'a [Act<'p>],
        dictionary: &Dictionary,
        cushion: u16,
    ) -> Self {
        let slots = |act: &Act<'_>| act.moves.iter().filter_map(|(.., slot)| *slot).collect();
        let groups: Vec<Vec<usize>> = acts.iter().map(slots).collect();
        Self {
            batch,
            then,
            acts,
            goal: Goal::Met,
            cushion: Cushion::new(cushion, batch, dictionary),
            bases: Vec::new(),
            joint: joint(batch.program(), &groups),
            open: Open::of(batch),
            evaluations: 0,
            before: 0,
        }
    }

    pub const fn evaluations(&self) -> u64 {
        self.evaluations
    }

    pub const fn stopped(&self) -> bool {
        self.evaluations.saturating_sub(self.before) >= PATIENCE
    }

    /// Returns every amount that reaches a goal while no smaller one does, for
    /// all sets of up to three acts.
    pub fn all(&mut self, goal: Goal) -> Vec<Vec<i128>> {
        (self.goal, self.before) = (goal, self.evaluations);
        let mut found: Vec<Vec<i128>> = Vec::new();
        let most = self.acts.iter().map(|act| act.most).collect();
        let everything = Box { least: vec![0; self.acts.len()], most };
        if self.fails(&everything) {
            return found;
        }
        for size in 0..=MOST_ACTS.min(self.acts.len()) {
            for set in sets(self.acts.len(), size) {
                self.set(&set, &mut found);
            }
        }
        found
    }

    /// Searches one set of acts: each of them at least once, the others not at
    /// all.
    fn set(&mut self, set: &[usize], found: &mut Vec<Vec<i128>>) {
        let none = vec![0; self.acts.len()];
        let mut whole = Box { least: none.clone(), most: none };
        for at in set {
            let most = self.acts.get(*at).map_or(0, |act| act.most);
            if let (Some(least), Some(place)) = (whole.least.get_mut(*at), whole.most.get_mut(*at))
            {
                (*least, *place) = (1, most);
            }
        }
        let mut boxes = vec![whole];
        // The smallest amounts are looked at first, so whatever reaches the goal
        // is not above anything that is found later.
        while let Some(mut one) = boxes.pop() {
            let turns = self.turns(&one);
            if !one.starts_at(&turns) || !one.is_left(found) || self.stopped() {
                continue;
            }
            if self.reaches(&one.least) {
                found.push(one.least);
                continue;
            }
            let open = one.open(self.acts, &turns);
            if open.is_empty() || self.fails(&one) {
                continue;
            }
            let at = self.cut(&one, &open);
            boxes.extend(at.map(|at| one.halves(at, &turns)).into_iter().flatten());
        }
    }

    /// For each act, the amounts of a box from which on something is said
    /// otherwise whatever the other acts of the box come to; `None` where that
    /// is not known.
    fn turns(&mut self, one: &Box) -> Vec<Option<Vec<i128>>> {
        let unknown = || vec![None; self.acts.len()];
        if self.is_mixed(one) {
            return unknown();
        }
        let done = |acts: u64| {
            let bits = one.most.iter().zip(0_u32..).filter(|(most, _)| **most > 0);
            bits.filter(|(_, at)| acts.wrapping_shr(*at) & 1 == 1).count()
        };
        let met: Vec<u64> = self.joint.iter().copied().filter(|it| done(*it) > 1).collect();
        let Some(base) = self.base(one).and_then(|at| self.bases.get_mut(at)) else {
            return unknown();
        };
        let mut all = Vec::with_capacity(self.acts.len());
        let acts = self.acts.iter().zip(&mut base.turns).zip(&one.most).zip(0_u32..);
        for (((act, turns), most), at) in acts {
            let alone = met.iter().all(|it| it.wrapping_shr(at) & 1 == 0);
            if *most == 0 || !alone || !act.is_figure() {
                all.push(None);
                continue;
            }
            if turns.is_none() {
                *turns = base.ground.turns(act, &self.cushion);
            }
            all.push(turns.clone());
        }
        all
    }

    /// Whether the smallest amounts of a box reach the goal.
    fn reaches(&mut self, amounts: &[i128]) -> bool {
        let one = Box { least: amounts.to_vec(), most: amounts.to_vec() };
        self.sides(&one).is_some_and(|it| self.goal.is_reached(it))
    }

    /// Whether certainly no amount in a box reaches the goal.
    fn fails(&mut self, one: &Box) -> bool {
        let whole = self.sides(one);
        whole.is_some_and(|it| self.goal.is_hopeless(it)) || self.is_refuted(one)
    }

    /// Chooses the act whose amounts are cut: one of which it is known that some
    /// of its amounts fail, so that cutting gets rid of them; else the widest.
    fn cut(&mut self, one: &Box, open: &[usize]) -> Option<usize> {
        if open.len() > 1 && !self.is_mixed(one) {
            for at in open {
                if one.ends(*at).iter().any(|end| self.fails(end)) {
                    return Some(*at);
                }
            }
        }
        open.first().copied()
    }

    /// Whether an amount that is no figure is open.
    fn is_mixed(&self, one: &Box) -> bool {
        let open = one.least.iter().zip(&one.most).zip(self.acts);
        open.into_iter().any(|((least, most), act)| least != most && !act.is_figure())
    }

    /// Whether some completion of the open answers keeps all of a box from the
    /// goal, which has to be reached whatever they are.
    fn is_refuted(&mut self, one: &Box) -> bool {
        if self.open.is_empty() {
            return false;
        }
        let (batch, acts) = (self.batch, self.acts);
        let Some(base) = self.base(one).and_then(|at| self.bases.get_mut(at)) else {
            return false;
        };
        if !self.open.is_in(&base.row) {
            return false;
        }
        let Base { key, row, witnesses, .. } = base;
        let witnesses = witnesses.get_or_insert_with(|| {
            let whole = |witness| {
                let mut row = self.open.completed(row, witness);
                for (act, _) in acts.iter().zip(&*key).filter(|(_, (_, more))| *more) {
                    opened(batch, &mut row, act)?;
                }
                Ground::new(batch, row, &self.cushion)
            };
            WITNESSES.into_iter().filter_map(whole).collect()
        });
        let mut seen = Vec::with_capacity(WITNESSES.len());
        for witness in witnesses {
            self.evaluations = self.evaluations.saturating_add(1);
            seen.extend(witness.sides(acts, (&one.least, &one.most), &self.cushion));
        }
        self.goal.is_refuted(&seen)
    }

    /// Evaluates all amounts of a box; `None` where a figure does not fit, or no
    /// row stands for all of them.
    fn sides(&mut self, one: &Box) -> Option<[Truth; 2]> {
        self.evaluations = self.evaluations.saturating_add(1);
        let acts = self.acts;
        let base = self.base(one).and_then(|at| self.bases.get_mut(at))?;
        base.ground.sides(acts, (&one.least, &one.most), &self.cushion)
    }

    /// Returns the position of the company with the amounts of a box of the acts
    /// that are no figures.
    fn base(&mut self, one: &Box) -> Option<usize> {
        let amounts = one.least.iter().zip(&one.most).zip(self.acts);
        let key: Key = amounts
            .map(
                |((least, most), act)| {
                    if act.is_figure() { (0, false) } else { (*least, least != most) }
                },
            )
            .collect();
        if let Some(at) = self.bases.iter().position(|base| base.key == key) {
            return Some(at);
        }
        let plain: Vec<i128> = key.iter().map(|(amount, _)| *amount).collect();
        let company = applied(self.then, self.acts, &plain)?;
        let row = self.batch.row(&company);
        let mut wide = row.clone();
        for (act, _) in self.acts.iter().zip(&key).filter(|(_, (_, more))| *more) {
            opened(self.batch, &mut wide, act)?;
        }
        let ground = Ground::new(self.batch, wide, &self.cushion)?;
        let turns = vec![None; self.acts.len()];
        self.bases.push(Base { key, row, ground, turns, witnesses: None });
        self.bases.len().checked_sub(1)
    }
}

/// Returns the turning points above one amount and up to another.
fn inside(turns: &[i128], least: i128, most: i128) -> impl Iterator<Item = i128> {
    turns.iter().copied().filter(move |it| *it > least && *it <= most)
}

/// Returns all sets of `size` numbers below `of`, in order.
fn sets(of: usize, size: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        let longer = all.iter().flat_map(|set| {
            let from = set.last().map_or(0, |last| last.saturating_add(1));
            (from..of).map(|next| set.iter().copied().chain([next]).collect())
        });
        all = longer.collect();
    }
    all
}

impl Box {
    /// Takes away what is at or above something found. `false` if nothing is
    /// left.
    fn is_left(&mut self, found: &[Vec<i128>]) -> bool {
        for known in found {
            let mut above =
                self.least.iter().zip(known).enumerate().filter(|(_, (own, it))| it > own);
            match (above.next(), above.next()) {
                (None, _) => return false,
                (Some((at, (_, limit))), None) => {
                    if let Some(most) = self.most.get_mut(at) {
                        *most = (*most).min(limit.saturating_sub(1));
                    }
                }
                _ => {}
            }
        }
        true
    }

    /// Starts every amount where something is said otherwise than with less of
    /// it. `false` if there is no such amount left.
    fn starts_at(&mut self, turns: &[Option<Vec<i128>>]) -> bool {
        for ((least, most), turns) in self.least.iter_mut().zip(&self.most).zip(turns) {
            let Some(turns) = turns else { continue };
            match turns.iter().find(|it| *it >= least) {
                Some(first) if first <= most => *least = *first,
                _ => return false,
            }
        }
        true
    }

    /// Returns the acts whose amounts are open, the widest first; before all,
    /// those that are no figures.
    fn open(&self, acts: &[Act<'_>], turns: &[Option<Vec<i128>>]) -> Vec<usize> {
        let open = self.least.iter().zip(&self.most).zip(acts).zip(turns).enumerate();
        let open = open.filter(|(_, (((least, most), _), turns))| {
            most > least && turns.as_ref().is_none_or(|it| inside(it, **least, **most).count() > 0)
        });
        let mut open: Vec<_> = open
            .map(|(at, (((least, most), act), _))| {
                let bits = most.saturating_sub(*least).leading_zeros();
                (act.is_figure(), bits, at)
            })
            .collect();
        open.sort_unstable();
        open.into_iter().map(|(.., at)| at).collect()
    }

    /// Returns the box with only the least, and with only the most of one act.
    fn ends(&self, at: usize) -> [Self; 2] {
        let (mut low, mut high) = (self.clone(), self.clone());
        if let (Some(most), Some(least)) = (low.most.get_mut(at), low.least.get(at)) {
            *most = *least;
        }
        if let (Some(most), Some(least)) = (high.most.get(at), high.least.get_mut(at)) {
            *least = *most;
        }
        [low, high]
    }

    /// Cuts in two, where something is said otherwise if that is known: what is
    /// looked at last comes first.
    fn halves(self, at: usize, turns: &[Option<Vec<i128>>]) -> [Self; 2] {
        let (mut low, mut high) = (self.clone(), self);
        let (Some(least), Some(most)) = (low.least.get(at).copied(), low.most.get(at).copied())
        else {
            return [high, low];
        };
        let cut = match turns.get(at) {
            Some(Some(turns)) => {
                let inside: Vec<i128> = inside(turns, least, most).collect();
                let middle = inside.get(inside.len().wrapping_div(2));
                middle.map_or(most, |it| it.saturating_sub(1))
            }
            _ => middle(least, most),
        };
        if let (Some(most), Some(least)) = (low.most.get_mut(at), high.least.get_mut(at)) {
            (*most, *least) = (cut, cut.saturating_add(1));
        }
        [high, low]
    }
}

#[cfg(test)]
mod tests {
    use super::sets;

    #[test]
    fn sets_are_all_of_a_size_in_order() {
        assert_eq!(sets(3, 0), [Vec::<usize>::new()]);
        assert_eq!(sets(3, 2), [[0, 1], [0, 2], [1, 2]]);
        assert_eq!(sets(2, 3), Vec::<Vec<usize>>::new());
    }
}
