//! Searches all amounts of all sets of acts for the smallest that pass.

use zice_exact::program::Dense;
use zice_rules::{
    Batch, Company, Dictionary, Verdict,
    batch::{Brief, Row, Scratch, Value},
    dictionary::Kind,
    fraction::{Fraction, Overflow},
    program::NumberSlot,
    range::Range,
    truth::Truth,
};

use crate::{
    act::Act,
    advise::applied,
    search::middle,
    witness::{Open, WITNESSES},
};

/// The most acts in a set.
const MOST_ACTS: usize = 3;

/// The most evaluations of one search. What `tests/advice` runs takes a tenth of
/// it.
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

/// A search for one goal.
#[derive(Debug)]
pub(crate) struct Search<'a, 'p> {
    batch: &'a Batch<'p>,
    then: &'a Company,
    acts: &'a [Act<'p>],
    goal: Goal,
    cushion: u16,
    scratch: Scratch,
    brief: Brief,
    /// The row of the acts that are not figures, with their amounts.
    row: Option<(Vec<i128>, Row)>,
    /// Slots of figures, for the cushion.
    figures: Vec<usize>,
    /// Slots of open answers.
    open: Open,
    evaluations: u64,
}

impl<'a, 'p> Search<'a, 'p> {
    pub fn new(
        batch: &'a Batch<'p>,
        then: &'a Company,
        acts: &'a [Act<'p>],
        goal: Goal,
        cushion: u16,
    ) -> Self {
        let brief = Brief { verdict: Verdict::Undecided, score: None, statuses: Vec::new() };
        let scratch = batch.scratch();
        let (row, figures, evaluations) = (None, Vec::new(), 0);
        let open = Open::of(batch);
        Self { batch, then, acts, goal, cushion, scratch, brief, row, figures, open, evaluations }
    }

    pub const fn evaluations(&self) -> u64 {
        self.evaluations
    }

    pub const fn stopped(&self) -> bool {
        self.evaluations >= PATIENCE
    }

    /// Returns every amount that reaches the goal while no smaller one does, for
    /// all sets of up to three acts.
    pub fn all(&mut self, dictionary: &Dictionary) -> Vec<Vec<i128>> {
        self.figures = figure_slots(self.batch, dictionary);
        let mut found: Vec<Vec<i128>> = Vec::new();
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
            if !one.is_left(found) || self.stopped() {
                continue;
            }
            if self
                .sides(&one.least.clone(), &one.least.clone())
                .is_some_and(|it| self.goal.is_reached(it))
            {
                found.push(one.least);
                continue;
            }
            let open = one.open(self.acts);
            if open.is_empty() || self.fails(&one) {
                continue;
            }
            let at = self.cut(&one, &open);
            boxes.extend(at.map(|at| one.halves(at)).into_iter().flatten());
        }
    }

    /// Whether certainly no amount in a box reaches the goal.
    fn fails(&mut self, one: &Box) -> bool {
        if self.is_mixed(one) {
            return false;
        }
        let whole = self.sides(&one.least, &one.most);
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

    /// Whether an amount that is no figure is open, which no row can stand for.
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
        let Some(base) = self.base(&one.least).filter(|row| self.open.is_in(row)) else {
            return false;
        };
        let mut seen = Vec::with_capacity(WITNESSES.len());
        for witness in WITNESSES {
            let row = self.open.completed(&base, witness);
            seen.extend(self.run(row, &one.least, &one.most));
        }
        self.goal.is_refuted(&seen)
    }

    /// Evaluates all amounts between two; `None` where a figure does not fit.
    fn sides(&mut self, least: &[i128], most: &[i128]) -> Option<[Truth; 2]> {
        let row = self.base(least)?;
        self.run(row, least, most)
    }

    /// Does the same from a row in which no figure is moved yet.
    fn run(&mut self, mut row: Row, least: &[i128], most: &[i128]) -> Option<[Truth; 2]> {
        self.evaluations = self.evaluations.saturating_add(1);
        for ((act, least), most) in self.acts.iter().zip(least).zip(most) {
            if act.is_figure() && *most > 0 {
                act.shift(&mut row, *least, *most).ok()?;
            }
        }
        if self.cushion > 0 {
            self.widen(&mut row).ok()?;
        }
        if self.batch.policy().each.is_none() {
            self.scratch.run(self.batch.program(), &row).ok()?;
            return Some(self.scratch.verdict(self.batch.program()));
        }
        self.batch.assess_into(&row, &mut self.scratch, &mut self.brief).ok()?;
        Some(match self.brief.verdict {
            Verdict::Met => [Truth::True; 2],
            Verdict::NotMet | Verdict::NotApplicable => [Truth::False; 2],
            Verdict::NeedsReview => [Truth::False, Truth::True],
            _ => [Truth::Unknown; 2],
        })
    }

    /// Returns the row with these amounts of the acts that are no figures.
    fn base(&mut self, granules: &[i128]) -> Option<Row> {
        let of = |(act, granules): (&Act<'_>, &i128)| if act.is_figure() { 0 } else { *granules };
        let plain: Vec<i128> = self.acts.iter().zip(granules).map(of).collect();
        if let Some((known, row)) = &self.row
            && *known == plain
        {
            return Some(row.clone());
        }
        let company = applied(self.then, self.acts, &plain)?;
        let row = self.batch.row(&company);
        self.row = Some((plain, row.clone()));
        Some(row)
    }

    /// Lets every figure move by the cushion, to either side.
    fn widen(&self, row: &mut Row) -> Result<(), Overflow> {
        let share = Fraction::new(i128::from(self.cushion), 1000).ok_or(Overflow)?;
        for slot in &self.figures {
            let Some(place) = row.numbers.get_mut(*slot) else { continue };
            let range = place.value(&row.wide).range();
            let end = |end: Option<Fraction>, up: bool| -> Result<Option<Fraction>, Overflow> {
                let Some(end) = end else { return Ok(None) };
                let size = end.max(end.neg()?).mul(share)?;
                Ok(Some(if up { end.add(size)? } else { end.sub(size)? }))
            };
            let wide = Range { lo: end(range.lo, false)?, hi: end(range.hi, true)?, ..range };
            *place = Dense::of(Value::from(wide), &mut row.wide);
        }
        Ok(())
    }
}

/// Returns the slots of amounts, averages and rates.
fn figure_slots(batch: &Batch<'_>, dictionary: &Dictionary) -> Vec<usize> {
    let facts = &batch.policy().links.facts;
    let slots = batch.slots().numbers.iter().enumerate();
    let slots = slots.filter(|(_, slot)| {
        let (NumberSlot::Fact(at) | NumberSlot::Year(at, _)) = slot else { return false };
        let fact = facts.get(at.place()).and_then(|at| dictionary.facts.get(*at));
        fact.is_some_and(|it| matches!(it.kind, Kind::Money | Kind::Count | Kind::Rate))
    });
    slots.map(|(slot, _)| slot).collect()
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

    /// Returns the acts whose amounts are open, the widest first; before all,
    /// those that are no figures.
    fn open(&self, acts: &[Act<'_>]) -> Vec<usize> {
        let open = self.least.iter().zip(&self.most).zip(acts).enumerate();
        let open = open.filter(|(_, ((least, most), _))| most > least);
        let mut open: Vec<_> = open
            .map(|(at, ((least, most), act))| {
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

    /// Cuts in two: what is looked at last comes first.
    fn halves(self, at: usize) -> [Self; 2] {
        let (mut low, mut high) = (self.clone(), self);
        let (Some(least), Some(most)) = (low.least.get(at).copied(), low.most.get(at).copied())
        else {
            return [high, low];
        };
        let cut = middle(least, most);
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
