//! Evaluates a program: one pass over its nodes, without an allocation.

use std::borrow::Cow;

use super::{
    Program, Turn,
    mask::{Mask, WORD, bits},
    node::{
        ColumnNode, Lens, ListId, MaskId, MaskNode, NumberId, NumberNode, Operand, OutcomeId,
        TruthId, TruthNode,
    },
    outcome::{Outcome, Registers, decide, judgement},
    row::{ANY, EntryRow, Row},
    value::{Value, over_years},
};
use crate::{
    fraction::{Fraction, Overflow},
    points::PointSet,
    range::Range,
    truth::Truth,
};

/// An error: a figure did not fit into 128 bits. It names the first criterion
/// that read the figure, or `None` if only the verdict did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost(pub Option<OutcomeId>);

/// The registers of a program, reused from company to company.
#[derive(Clone, Debug)]
pub struct Scratch {
    pub(super) truths: Vec<Result<Truth, Overflow>>,
    pub(super) numbers: Vec<Result<Value, Overflow>>,
    pub(super) masks: Vec<Vec<Mask>>,
    pub(super) outcomes: Vec<Result<[Outcome; 2], Overflow>>,
}

impl Registers for Scratch {
    #[inline]
    fn truth(&self, at: TruthId) -> Result<Truth, Overflow> {
        self.truths.get(at.at()).copied().unwrap_or(Ok(Truth::Unknown))
    }

    #[inline]
    fn number(&self, at: NumberId) -> Result<&Value, Overflow> {
        match self.numbers.get(at.at()) {
            Some(Ok(value)) => Ok(value),
            Some(Err(lost)) => Err(*lost),
            None => Ok(&ANY),
        }
    }

    #[inline]
    fn points(&self, at: usize, lens: Lens) -> PointSet {
        match self.outcomes.get(at) {
            Some(Ok(outcome)) => lens.of(*outcome).points,
            _ => PointSet::EMPTY,
        }
    }
}

impl Scratch {
    /// Makes registers for a program. They fit no other program.
    pub fn new(program: &Program) -> Self {
        // Constants have no turn: their registers are set here.
        let truths = program.truths.iter().map(|node| match node {
            TruthNode::Constant(value) => Ok(Truth::from(*value)),
            _ => Ok(Truth::Unknown),
        });
        let numbers = program.numbers.iter().map(|node| match node {
            NumberNode::Constant(value) => Ok(Value::Exact(*value)),
            _ => Ok(ANY),
        });
        Self {
            truths: truths.collect(),
            numbers: numbers.collect(),
            masks: vec![Vec::new(); program.masks.len()],
            outcomes: vec![Ok([Outcome::UNKNOWN; 2]); program.outcomes.len()],
        }
    }

    /// Evaluates what the verdict needs and what does not depend on an entry
    /// that is judged. Where entries are judged, call [`Self::run_entry`] for
    /// each of them after this.
    ///
    /// # Errors
    /// Returns the first criterion whose figures do not fit. Where entries are
    /// judged, [`Self::run_entry`] reports that instead.
    pub fn run(&mut self, program: &Program, row: &Row) -> Result<(), Lost> {
        for turn in program.needed_shared() {
            self.turn(program, row, None, *turn);
        }
        if program.needed_entry().is_empty() { self.lost(program) } else { Ok(()) }
    }

    /// Evaluates what the verdict needs of one entry. Call [`Self::run`] first.
    ///
    /// # Errors
    /// Returns the first criterion whose figures do not fit.
    pub fn run_entry(
        &mut self,
        program: &Program,
        row: &Row,
        entry: &EntryRow,
    ) -> Result<(), Lost> {
        for turn in program.needed_entry() {
            self.turn(program, row, Some(entry), *turn);
        }
        self.lost(program)
    }

    /// Evaluates what only reports need. Call [`Self::run`] first and, where
    /// entries are judged, [`Self::run_entry`]. A figure that does not fit is
    /// reported when its register is read.
    pub fn run_rest(&mut self, program: &Program, row: &Row, entry: Option<&EntryRow>) {
        let shared = program.shared.get(program.needed[0]..).unwrap_or_default();
        let of_entry = program.entry.get(program.needed[1]..).unwrap_or_default();
        for turn in shared.iter().chain(of_entry) {
            self.turn(program, row, entry, *turn);
        }
    }

    /// Fails if a criterion or the verdict read a figure that did not fit.
    pub(super) fn lost(&self, program: &Program) -> Result<(), Lost> {
        if let Some(at) = self.outcomes.iter().position(Result::is_err) {
            return Err(Lost(u16::try_from(at).ok().map(OutcomeId)));
        }
        match program.verdict.iter().any(|at| self.truth(*at).is_err()) {
            true => Err(Lost(None)),
            false => Ok(()),
        }
    }

    /// Returns the verdict under the worst and the best lens; unknown where a
    /// figure did not fit.
    pub fn verdict(&self, program: &Program) -> [Truth; 2] {
        program.verdict.map(|at| self.truth(at).unwrap_or(Truth::Unknown))
    }

    /// Returns the result of a criterion under the worst and the best lens;
    /// [`Outcome::UNKNOWN`] where a figure did not fit.
    pub fn outcome(&self, at: usize) -> [Outcome; 2] {
        self.outcomes.get(at).copied().and_then(Result::ok).unwrap_or([Outcome::UNKNOWN; 2])
    }

    /// Whether a criterion is met, under the worst and the best lens; unknown
    /// where a figure did not fit.
    pub fn met(&self, at: usize) -> [Truth; 2] {
        match self.outcomes.get(at) {
            Some(Ok([worst, best])) => [worst.truth, best.truth],
            _ => [Truth::Unknown; 2],
        }
    }

    /// Reads the register of a condition.
    ///
    /// # Errors
    /// Fails when a figure in it did not fit.
    pub fn truth_of(&self, at: TruthId) -> Result<Truth, Overflow> {
        self.truth(at)
    }

    /// Reads the register of a number.
    ///
    /// # Errors
    /// Fails when a figure in it did not fit.
    pub fn number_of(&self, at: NumberId) -> Result<&Value, Overflow> {
        self.number(at)
    }

    /// Reads the value of a condition for one entry of a list.
    ///
    /// # Errors
    /// Fails when a figure in it did not fit.
    pub fn mask_of(&self, at: MaskId, entry: usize) -> Result<Truth, Overflow> {
        let word = entry.checked_div(WORD).unwrap_or_default();
        let mask = self.masks.get(at.at()).and_then(|it| it.get(word));
        let bit = entry.checked_rem(WORD).unwrap_or_default();
        mask.map_or(Ok(Truth::Unknown), |mask| mask.get(bit))
    }

    /// Calculates a number for one entry of a list.
    ///
    /// # Errors
    /// Fails when the number does not fit.
    pub fn operand_of(
        &self,
        program: &Program,
        row: &Row,
        list: ListId,
        entry: usize,
        operand: Operand,
    ) -> Result<Value, Overflow> {
        let word = entry.checked_div(WORD).unwrap_or_default();
        let at = At { program, row, list, word };
        let entry = entry.checked_rem(WORD).unwrap_or_default();
        self.operand(at, entry, operand).map(Cow::into_owned)
    }

    /// Evaluates one node and stores the result in its register.
    #[inline]
    pub(super) fn turn(
        &mut self,
        program: &Program,
        row: &Row,
        entry: Option<&EntryRow>,
        turn: Turn,
    ) {
        match turn {
            Turn::Truth(at) => {
                let Some(node) = program.truths.get(at.at()) else { return };
                let truth = self.condition(row, entry, node);
                if let Some(register) = self.truths.get_mut(at.at()) {
                    *register = truth;
                }
            }
            Turn::Number(at) => {
                let Some(node) = program.numbers.get(at.at()) else { return };
                let number = self.amount(program, row, entry, node);
                let Some(register) = self.numbers.get_mut(at.at()) else { return };
                // An exact figure takes a third of the space of a range; no
                // more than that is copied.
                match number {
                    Ok(Value::Exact(exact)) => *register = Ok(Value::Exact(exact)),
                    other => *register = other,
                }
            }
            Turn::Mask(at) => {
                let Some((list, node)) = program.masks.get(at.at()) else { return };
                // The register is taken out while it is written, so that the
                // others can be read.
                let Some(register) = self.masks.get_mut(at.at()) else { return };
                let mut register = core::mem::take(register);
                self.marks(program, row, *list, node, &mut register);
                if let Some(place) = self.masks.get_mut(at.at()) {
                    *place = register;
                }
            }
            Turn::Outcome(at) => {
                let Some(node) = program.outcomes.get(at.at()) else { return };
                let outcome = decide(node, self);
                if let Some(register) = self.outcomes.get_mut(at.at()) {
                    *register = outcome;
                }
            }
        }
    }

    fn condition(
        &self,
        row: &Row,
        entry: Option<&EntryRow>,
        node: &TruthNode,
    ) -> Result<Truth, Overflow> {
        const UNKNOWN: Truth = Truth::Unknown;
        Ok(match node {
            TruthNode::Constant(value) => Truth::from(*value),
            TruthNode::Slot(slot) => row.truths.get(usize::from(*slot)).copied().unwrap_or(UNKNOWN),
            TruthNode::Entry(slot) => {
                let said = entry.and_then(|entry| entry.truths.get(usize::from(*slot)));
                said.copied().unwrap_or(UNKNOWN)
            }
            TruthNode::AtLeast(a, b) => self.number(*a)?.reaches(self.number(*b)?, false),
            TruthNode::Above(a, b) => self.number(*a)?.reaches(self.number(*b)?, true),
            TruthNode::Not(a) => self.truth(*a)?.not(),
            TruthNode::All(of) => {
                let mut all = Truth::True;
                for part in of {
                    all = all.and(self.truth(*part)?);
                    if all == Truth::False {
                        break;
                    }
                }
                all
            }
            TruthNode::Any(of) => {
                let mut any = Truth::False;
                for part in of {
                    any = any.or(self.truth(*part)?);
                    if any == Truth::True {
                        break;
                    }
                }
                any
            }
            TruthNode::Certain(a) => Truth::from(self.truth(*a)? == Truth::True),
            TruthNode::Review(a, lens) => self.truth(*a)?.and(judgement(*lens)),
            TruthNode::Met(at, lens) => match self.outcomes.get(at.at()) {
                Some(outcome) => lens.of((*outcome)?).truth,
                None => UNKNOWN,
            },
        })
    }

    fn amount(
        &self,
        program: &Program,
        row: &Row,
        entry: Option<&EntryRow>,
        node: &NumberNode,
    ) -> Result<Value, Overflow> {
        Ok(match node {
            NumberNode::Constant(value) => Value::Exact(*value),
            NumberNode::Slot(slot) => {
                row.numbers.get(usize::from(*slot)).map_or_else(|| ANY, |it| it.value(&row.wide))
            }
            NumberNode::Entry(slot) => {
                let said = entry.and_then(|entry| entry.numbers.get(usize::from(*slot)));
                said.map_or_else(|| ANY, |it| it.value(&row.wide))
            }
            NumberNode::Year(day) => self.number(*day)?.year(),
            NumberNode::Pair(operation, a, b) => {
                self.number(*a)?.with(*operation, self.number(*b)?)?
            }
            NumberNode::If(when, a, b) => match self.truth(*when)? {
                Truth::True => *self.number(*a)?,
                Truth::False => *self.number(*b)?,
                Truth::Unknown => self.number(*a)?.or(self.number(*b)?),
            },
            NumberNode::Sum(years) => over_years(years.iter().map(|at| self.number(*at)), false)?,
            NumberNode::Mean(years) => over_years(years.iter().map(|at| self.number(*at)), true)?,
            NumberNode::Count(list, mask) => self.count(program, row, *list, mask.at())?,
            NumberNode::Points(at, lens) => match self.outcomes.get(at.at()) {
                Some(outcome) => {
                    let points = lens.of((*outcome)?).points;
                    let end = |points: u8| Some(Fraction::whole(i128::from(points)));
                    Range::between(end(points.min()), end(points.max())).into()
                }
                None => ANY,
            },
        })
    }

    /// Counts the entries of a list for which a condition holds. The result
    /// runs from those for which it certainly holds to those for which it may,
    /// and has no upper end while more entries may follow. A single object
    /// counts one at most.
    fn count(
        &self,
        program: &Program,
        row: &Row,
        list: ListId,
        mask: usize,
    ) -> Result<Value, Overflow> {
        let (count, more) = row.lists.get(list.at()).map_or((0, true), |it| (it.count, it.more));
        let masks = self.masks.get(mask).map_or(&[][..], Vec::as_slice);
        let (mut sure, mut possible, mut rest) = (0_u32, 0_u32, count);
        for mask in masks {
            if mask.lost != 0 {
                return Err(Overflow);
            }
            sure = sure.saturating_add(mask.yes.count_ones());
            possible = possible.saturating_add((bits(rest) & !mask.no).count_ones());
            rest = rest.saturating_sub(WORD);
        }
        let whole = |number: u32| Fraction::whole(i128::from(number));
        if sure == possible && !more {
            return Ok(Value::Exact(whole(sure)));
        }
        let single = program.lists.get(list.at()) == Some(&true);
        let most = if more { single.then_some(Fraction::ONE) } else { Some(whole(possible)) };
        Ok(Range::between(Some(whole(sure)), most).into())
    }

    fn marks(
        &self,
        program: &Program,
        row: &Row,
        list: ListId,
        node: &MaskNode,
        register: &mut Vec<Mask>,
    ) {
        let count = row.lists.get(list.at()).map_or(0, |list| list.count);
        let words = count.div_ceil(WORD);
        register.clear();
        if let MaskNode::Slot(slot) = node {
            let said = row.lists.get(list.at()).and_then(|it| it.masks.get(usize::from(*slot)));
            register.extend(said.into_iter().flatten());
            return;
        }
        for word in 0..words {
            let rest = count.saturating_sub(word.saturating_mul(WORD));
            let all = bits(rest);
            let of = |at: super::MaskId| {
                self.masks.get(at.at()).and_then(|it| it.get(word)).copied().unwrap_or_default()
            };
            register.push(match node {
                MaskNode::Slot(_) => Mask::default(),
                MaskNode::Every(truth) => Mask::every(self.truth(*truth), all),
                MaskNode::AtLeast(a, b) | MaskNode::Above(a, b) => {
                    let strict = matches!(node, MaskNode::Above(..));
                    let at = At { program, row, list, word };
                    self.compared(at, rest.min(WORD), [*a, *b], strict)
                }
                MaskNode::Not(a) => of(*a).not(),
                MaskNode::All(parts) => parts
                    .iter()
                    .fold(Mask::every(Ok(Truth::True), all), |sum, part| sum.and(of(*part))),
                MaskNode::Any(parts) => parts
                    .iter()
                    .fold(Mask::every(Ok(Truth::False), all), |sum, part| sum.or(of(*part))),
                MaskNode::Certain(a) => of(*a).certain(all),
                MaskNode::Review(a, lens) => of(*a).and(Mask::every(Ok(judgement(*lens)), all)),
            });
        }
    }

    /// Compares two numbers for each entry of a word.
    fn compared(&self, at: At<'_>, entries: usize, [a, b]: [Operand; 2], strict: bool) -> Mask {
        let mut mask = Mask::default();
        for entry in 0..entries {
            let reaches = || {
                let a = self.operand(at, entry, a)?;
                Ok(a.reaches(&*self.operand(at, entry, b)?, strict))
            };
            mask.put(entry, reaches());
        }
        mask
    }

    /// Calculates a number for an entry; one that is stored somewhere is
    /// borrowed, not copied.
    fn operand<'s>(
        &'s self,
        at: At<'s>,
        entry: usize,
        operand: Operand,
    ) -> Result<Cow<'s, Value>, Overflow> {
        let column = match operand {
            Operand::One(number) => return self.number(number).map(Cow::Borrowed),
            Operand::Each(column) => at.program.columns.get(column.at()),
        };
        let value = match column {
            Some(ColumnNode::Slot(slot)) => {
                let list = at.row.lists.get(at.list.at());
                let column = list.and_then(|list| list.columns.get(usize::from(*slot)));
                let place = at.word.saturating_mul(WORD).saturating_add(entry);
                let said = column.and_then(|it| it.get(place));
                return Ok(said.map_or(Cow::Borrowed(&ANY), |it| it.stands(&at.row.wide)));
            }
            Some(ColumnNode::Year(day)) => self.operand(at, entry, *day)?.year(),
            Some(ColumnNode::Pair(operation, a, b)) => {
                let a = self.operand(at, entry, *a)?;
                a.with(*operation, &*self.operand(at, entry, *b)?)?
            }
            Some(ColumnNode::If(when, a, b)) => {
                let mask = self.masks.get(when.at()).and_then(|it| it.get(at.word));
                match mask.copied().unwrap_or_default().get(entry)? {
                    Truth::True => return self.operand(at, entry, *a),
                    Truth::False => return self.operand(at, entry, *b),
                    Truth::Unknown => {
                        let a = self.operand(at, entry, *a)?;
                        a.or(&*self.operand(at, entry, *b)?)
                    }
                }
            }
            None => return Ok(Cow::Borrowed(&ANY)),
        };
        Ok(Cow::Owned(value))
    }
}

/// The word of a list that is being evaluated.
#[derive(Clone, Copy)]
struct At<'a> {
    program: &'a Program,
    row: &'a Row,
    list: ListId,
    word: usize,
}
