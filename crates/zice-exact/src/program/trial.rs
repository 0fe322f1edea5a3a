//! Trials: what would a company come to if one thing were different?

use super::{
    Mask, NumberId, Outcome, OutcomeId, Program, Turn,
    dependency::on,
    node::{MaskId, TruthId},
    outcome::Registers,
    row::{Dense, ListRow, Row},
    run::{Lost, Scratch},
    turning_point::{Moving, turning_points},
    value::Value,
};
use crate::{fraction::Overflow, truth::Truth};

/// A company under a program, whose slots can be changed and put back.
///
/// A change evaluates only the nodes that depend on it. Programs that judge
/// entries one by one cannot be tried this way: their entries are evaluated by
/// [`Scratch::run_entry`], which trials do not call.
#[derive(Clone, Debug)]
pub struct Trial<'p> {
    program: &'p Program,
    row: Row,
    scratch: Scratch,
    /// Everything that was overwritten since the trial began, newest last.
    before: Vec<Before>,
    /// The larger values among `before`, kept apart so that its elements stay
    /// small.
    numbers: Vec<Result<Value, Overflow>>,
    outcomes: Vec<Result<[Outcome; 2], Overflow>>,
    lists: Vec<ListRow>,
    /// One bit for each turn of [`Program::shared`] that must be evaluated
    /// again.
    stale: Vec<u64>,
}

/// Something that was overwritten, with its old value or, for numbers, outcomes
/// and lists, a note that the old value is the last in its own stack.
#[derive(Clone, Debug)]
enum Before {
    SlotTruth(usize, Truth),
    SlotNumber(usize, Dense),
    List(usize),
    Wide(usize),
    Truth(TruthId, Result<Truth, Overflow>),
    Number(NumberId),
    Mask(MaskId, Vec<Mask>),
    Outcome(OutcomeId),
}

/// A state of a trial to return to with [`Trial::undo`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(usize);

impl<'p> Trial<'p> {
    /// Starts with a company as it is, and evaluates all of it.
    pub fn new(program: &'p Program, row: Row) -> Self {
        let mut scratch = Scratch::new(program);
        // An overflow is reported by `verdict`, so it is not looked at here.
        let _known = scratch.run(program, &row);
        let words = program.shared.len().div_ceil(64);
        Self {
            program,
            row,
            scratch,
            before: Vec::new(),
            numbers: Vec::new(),
            outcomes: Vec::new(),
            lists: Vec::new(),
            stale: vec![0; words],
        }
    }

    /// Returns the company as it is after all changes.
    pub const fn row(&self) -> &Row {
        &self.row
    }

    /// Marks the present state, to return to it later.
    pub const fn mark(&self) -> Mark {
        Mark(self.before.len())
    }

    /// Changes a condition; does nothing if there is no such slot.
    pub fn set_truth(&mut self, slot: usize, truth: Truth) {
        let Some(place) = self.row.truths.get_mut(slot) else { return };
        let before = core::mem::replace(place, truth);
        if before != truth {
            self.before.push(Before::SlotTruth(slot, before));
            self.touch(on(&self.program.depends().truths, slot));
        }
    }

    /// Changes a number; does nothing if there is no such slot.
    pub fn set_number(&mut self, slot: usize, value: Value) {
        let wide = self.row.wide.len();
        let Some(place) = self.row.numbers.get_mut(slot) else { return };
        let new = Dense::of(value, &mut self.row.wide);
        if self.row.wide.len() > wide {
            self.before.push(Before::Wide(wide));
        }
        let before = core::mem::replace(place, new);
        if before != new {
            self.before.push(Before::SlotNumber(slot, before));
            self.touch(on(&self.program.depends().numbers, slot));
        }
    }

    /// Changes a list whose entries are counted; does nothing if there is no
    /// such list. Numbers of the new list that are not short must already be in
    /// the row's `wide`.
    pub fn set_list(&mut self, list: usize, new: ListRow) {
        let Some(place) = self.row.lists.get_mut(list) else { return };
        let before = core::mem::replace(place, new);
        self.lists.push(before);
        self.before.push(Before::List(list));
        self.touch(on(&self.program.depends().lists, list));
    }

    fn touch(&mut self, turns: &[u16]) {
        for turn in turns {
            let word = self.stale.get_mut(usize::from(*turn).wrapping_div(64));
            if let Some(word) = word {
                *word |= 1_u64.wrapping_shl(u32::from(*turn).wrapping_rem(64));
            }
        }
    }

    /// Returns the verdict under the worst and the best lens, after all
    /// changes.
    ///
    /// # Errors
    /// Returns the first criterion whose figures do not fit.
    pub fn verdict(&mut self) -> Result<[Truth; 2], Lost> {
        self.update();
        self.scratch.lost(self.program)?;
        Ok(self.scratch.verdict(self.program))
    }

    /// Returns the result of a criterion under the worst and the best lens,
    /// after all changes.
    pub fn outcome(&mut self, at: usize) -> [Outcome; 2] {
        self.update();
        self.scratch.outcome(at)
    }

    /// Returns the steps in a range at which the program can say something else
    /// than one step before, where figures move; see
    /// [`turning_points`].
    pub fn turning_points(&mut self, moving: &[Moving], span: (i128, i128)) -> Option<Vec<i128>> {
        self.update();
        turning_points(self.program, &self.scratch, moving, span)
    }

    /// Evaluates the nodes that depend on changes made so far.
    fn update(&mut self) {
        for word in 0..self.stale.len() {
            let Some(turns) = self.stale.get_mut(word) else { return };
            let mut turns = core::mem::take(turns);
            while turns != 0 {
                let bit = turns.trailing_zeros() as usize;
                turns &= turns.wrapping_sub(1);
                if let Some(turn) = self.program.shared.get(word.wrapping_mul(64).wrapping_add(bit))
                {
                    self.again(*turn);
                }
            }
        }
    }

    fn again(&mut self, turn: Turn) {
        match turn {
            Turn::Truth(at) => {
                let before = self.scratch.truth(at);
                self.scratch.turn(self.program, &self.row, None, turn);
                if self.scratch.truth(at) != before {
                    self.before.push(Before::Truth(at, before));
                }
                return;
            }
            Turn::Number(at) => {
                self.numbers.push(self.scratch.number(at).copied());
                self.before.push(Before::Number(at));
            }
            Turn::Mask(at) => {
                // The mask is written anew as a whole, so the old one is moved,
                // not copied.
                let mask = self.scratch.masks.get_mut(at.at()).map(core::mem::take);
                self.before.push(Before::Mask(at, mask.unwrap_or_default()));
            }
            Turn::Outcome(at) => {
                let outcome = self.scratch.outcomes.get(at.at()).copied();
                self.outcomes.push(outcome.unwrap_or(Ok([Outcome::UNKNOWN; 2])));
                self.before.push(Before::Outcome(at));
            }
        }
        self.scratch.turn(self.program, &self.row, None, turn);
    }

    /// Undoes every change made since `mark`.
    pub fn undo(&mut self, mark: Mark) {
        self.update();
        while self.before.len() > mark.0 {
            let Some(before) = self.before.pop() else { return };
            self.put_back(before);
        }
    }

    fn put_back(&mut self, before: Before) {
        fn put<T>(table: &mut [T], at: usize, before: Option<T>) {
            if let (Some(place), Some(before)) = (table.get_mut(at), before) {
                *place = before;
            }
        }
        match before {
            Before::SlotTruth(slot, truth) => put(&mut self.row.truths, slot, Some(truth)),
            Before::SlotNumber(slot, number) => put(&mut self.row.numbers, slot, Some(number)),
            Before::List(list) => put(&mut self.row.lists, list, self.lists.pop()),
            Before::Wide(length) => self.row.wide.truncate(length),
            Before::Truth(at, truth) => put(&mut self.scratch.truths, at.at(), Some(truth)),
            Before::Number(at) => put(&mut self.scratch.numbers, at.at(), self.numbers.pop()),
            Before::Mask(at, mask) => put(&mut self.scratch.masks, at.at(), Some(mask)),
            Before::Outcome(at) => put(&mut self.scratch.outcomes, at.at(), self.outcomes.pop()),
        }
    }
}
