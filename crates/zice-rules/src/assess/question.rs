//! Finds the facts that can still change the verdict, and how much depends on
//! each.
//!
//! The search follows the verdict down through everything that is still
//! undecided. A fact is listed only if its value can change the verdict for
//! some values of the other unknown facts:
//!
//! - In an undecided conjunction or disjunction, every undecided part can be
//!   the one that decides, because the others can all step aside.
//! - In an undecided total, a criterion matters only if the others can reach a
//!   sum that puts the pass mark between two of its own points.
//! - Of several bases, one matters only if it can lift the points over such a
//!   mark while all the others stay below it.
//! - In an undecided comparison, every figure that is not exact matters.
//!
//! This is exact where criteria share no fact. Where they do, the list may
//! contain a fact too many, but never lacks one.

use core::cmp::Ordering;

use super::{Assessment, Round, needs_a_person, passes_from};
use crate::{
    error::Error,
    formula::{Cell, ChoicesAt, Condition, ConditionAt, CriterionAt, FactAt, Number, NumberAt},
    fraction::{Fraction, Overflow},
    points::PointSet,
    policy::{Criterion, Measure, Part, Policy, Rule},
    program::{Lens, Registers},
    range::Undefined,
    truth::Truth,
};

/// A fact that can still change the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Position of the fact in the dictionary.
    pub fact: usize,
    /// The share of the verdict that depends on it, at most 1. Every undecided
    /// part of a whole gets an equal share of the whole's weight.
    pub weight: Fraction,
}

impl Assessment<'_> {
    /// Returns the facts that can still change the verdict: the most decisive
    /// first, and equal ones in the order of the dictionary. The list is empty
    /// once no answer can change it, and for hints.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits.
    pub fn questions(&self) -> Result<Vec<Question>, Error> {
        let mut found = Vec::new();
        if self.policy.hint {
            return Ok(found);
        }
        for round in self.seen() {
            for lens in Lens::BOTH {
                if !self.truth(lens).is_unknown() {
                    continue;
                }
                let scratch = self.scratch_of(round);
                let registers = self.registers(&scratch);
                let mut search = Search { assessment: self, round, registers, lens, found };
                if round.truth(lens).is_unknown() {
                    search
                        .condition(self.policy.verdict, lens, Fraction::ONE)
                        .map_err(|Overflow| Error::overflow(&self.policy.id))?;
                }
                // An entry that is not there yet may pass. And without any
                // entry, it is open whether there is one.
                let passes = round.truth(lens) != Truth::False || self.unseen.is_none();
                if round.entry.is_none() && passes {
                    search.entry_to_come();
                }
                found = search.found;
            }
        }
        Ok(in_order(found, |a, b| b.weight.cmp(&a.weight).then(a.fact.cmp(&b.fact))))
    }

    /// Returns the facts that can still change one row of the report, in the
    /// order of the dictionary.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits.
    pub fn questions_of(&self, row: usize) -> Result<Vec<Question>, Error> {
        let (round, at) = self.place(row);
        let (Some(round), Some(criterion)) = (self.rounds.get(round), self.policy.criteria.get(at))
        else {
            return Ok(Vec::new());
        };
        let scratch = self.scratch_of(round);
        let registers = self.registers(&scratch);
        let (lens, found) = (Lens::Worst, Vec::new());
        let mut search = Search { assessment: self, round, registers, lens, found };
        for lens in Lens::BOTH {
            search.lens = lens;
            let open = round
                .outcome(lens, at)
                .is_some_and(|it| it.truth.is_unknown() || !it.points.is_settled());
            if open {
                search
                    .criterion(criterion, lens, Wanted::Anything, Fraction::ONE)
                    .map_err(|Overflow| Error::overflow(&criterion.id))?;
            }
        }
        Ok(in_order(search.found, |a, b| a.fact.cmp(&b.fact)))
    }
}

/// Sorts the few questions by inserting each at its place; [`crate::ordered`]
/// says why.
fn in_order(found: Vec<Question>, order: fn(&Question, &Question) -> Ordering) -> Vec<Question> {
    let mut ordered: Vec<Question> = Vec::with_capacity(found.len());
    for question in found {
        let place = ordered.partition_point(|other| order(other, &question).is_lt());
        ordered.insert(place, question);
    }
    ordered
}

/// What the points of a criterion are needed for.
#[derive(Clone, Copy)]
enum Wanted {
    /// Every difference in points matters.
    Anything,
    /// Only whether the points reach one of these marks matters.
    Marks(PointSet),
}

impl Wanted {
    /// Whether `points` can lie on both sides of a mark.
    fn splits(self, points: PointSet) -> bool {
        match self {
            Self::Anything => !points.is_settled(),
            Self::Marks(marks) => {
                let between = PointSet::up_to(points.max()).above(points.min());
                between.meets(marks)
            }
        }
    }

    /// Keeps the marks above `others`, the points that other bases reach in any
    /// case. Below these another basis decides.
    fn above(self, others: u8) -> Self {
        match self {
            Self::Anything => Self::Marks(PointSet::up_to(crate::points::MAX_POINTS).above(others)),
            Self::Marks(marks) => Self::Marks(marks.above(others)),
        }
    }
}

struct Search<'a> {
    assessment: &'a Assessment<'a>,
    round: &'a Round<'a>,
    registers: Registers<'a>,
    lens: Lens,
    found: Vec<Question>,
}

impl<'a> Search<'a> {
    const fn policy(&self) -> &'a Policy {
        self.assessment.policy
    }

    fn add(&mut self, fact: FactAt, weight: Fraction) {
        let Some(at) = self.policy().links.facts.get(fact.place()).copied() else {
            return;
        };
        self.add_at(at, weight);
    }

    /// Adds a fact by its position in the dictionary.
    fn add_at(&mut self, at: usize, weight: Fraction) {
        match self.found.iter_mut().find(|question| question.fact == at) {
            // A weight that does not fit stays as it is, which only affects the
            // order.
            Some(known) => known.weight = known.weight.add(weight).unwrap_or(known.weight),
            None => self.found.push(Question { fact: at, weight }),
        }
    }

    /// Adds the list of the entry that is judged, because something about the
    /// entry is unknown.
    fn entry(&mut self, weight: Fraction) {
        if let Some(each) = &self.policy().each {
            self.add(each.list, weight);
        }
    }

    /// Adds the list, because the verdict depends on entries that are not in it
    /// yet.
    fn entry_to_come(&mut self) {
        let list = self.policy().each.as_ref().map(|each| each.list);
        let at = list.and_then(|list| self.policy().links.facts.get(list.place()));
        let known = at.is_some_and(|at| self.found.iter().any(|question| question.fact == *at));
        if !known {
            self.entry(Fraction::ONE);
        }
    }

    /// Adds the day of registration, because it leaves open which years exist.
    fn registration(&mut self, weight: Fraction) {
        if let Some(at) = self.assessment.company.established_at {
            self.add_at(at, weight);
        }
    }

    /// Follows a condition that is undecided under `lens`.
    fn condition(
        &mut self,
        condition: ConditionAt,
        lens: Lens,
        weight: Fraction,
    ) -> Result<(), Overflow> {
        match self.policy().formulas.condition(condition) {
            Condition::Constant(_) | Condition::Given(_) | Condition::Certain(_) => {}
            Condition::Field(_) | Condition::GivenField(_) => self.entry(weight),
            Condition::HasYear(_) => self.registration(weight),
            Condition::Fact(fact) | Condition::Within(fact, _) => self.add(*fact, weight),
            Condition::OneOf(index) => self.choice(*index, weight),
            Condition::Not(inner) => self.condition(*inner, lens.flipped(), weight)?,
            Condition::Review(inner) => self.condition(*inner, lens, weight)?,
            Condition::All(parts) | Condition::Any(parts) => {
                let mut open = Vec::new();
                for part in parts {
                    if self.registers.truth(*part, lens)?.is_unknown() {
                        open.push(*part);
                    }
                }
                let weight = share(weight, open.len());
                for part in open {
                    self.condition(part, lens, weight)?;
                }
            }
            Condition::Compare(_, left, right) => {
                // A comparison swaps the lens on one of its sides. That does
                // not matter here: a figure that is not exact is so under both
                // lenses.
                self.numbers(&[*left, *right], lens, weight)?;
            }
            Condition::Criterion(index) => {
                let at = index.place();
                if let Some(criterion) = self.policy().criteria.get(at) {
                    let wanted = Wanted::Marks(PointSet::only(1));
                    self.criterion(criterion, lens, wanted, weight)?;
                }
            }
        }
        Ok(())
    }

    fn choice(&mut self, index: ChoicesAt, weight: Fraction) {
        let links = &self.policy().links;
        let link = links.choices.get(index.place());
        if link.is_some_and(|link| link.field.is_some()) {
            return self.entry(weight);
        }
        let fact = link.map(|link| link.fact);
        let entry = fact.and_then(|fact| links.facts.iter().position(|at| *at == fact));
        if let Some(entry) = entry.and_then(|at| u16::try_from(at).ok()) {
            self.add(FactAt::new(entry), weight);
        }
    }

    /// Follows a criterion that is undecided under `lens`.
    fn criterion(
        &mut self,
        criterion: &Criterion,
        lens: Lens,
        wanted: Wanted,
        weight: Fraction,
    ) -> Result<(), Overflow> {
        match needs_a_person(&self.registers, criterion)? {
            Truth::True => return Ok(()),
            Truth::Unknown => {
                for case in &criterion.review {
                    if self.registers.truth(case.when, Lens::Worst)?.is_unknown() {
                        self.condition(case.when, Lens::Worst, weight)?;
                    }
                }
            }
            Truth::False => {}
        }
        match &criterion.rule {
            Rule::Holds { when, .. } => {
                if self.registers.truth(*when, lens)?.is_unknown() {
                    self.condition(*when, lens, weight)?;
                }
            }
            Rule::Points { best_of, .. } => {
                let mut sets = Vec::with_capacity(best_of.len());
                for basis in best_of {
                    sets.push(basis.points(&self.registers, lens)?);
                }
                let mut open = Vec::new();
                for (at, (basis, set)) in best_of.iter().zip(&sets).enumerate() {
                    let others = sets
                        .iter()
                        .enumerate()
                        .filter(|(other, _)| *other != at)
                        .map(|(_, set)| set.min())
                        .max()
                        .unwrap_or(0);
                    if wanted.above(others).splits(*set) {
                        open.push(basis);
                    }
                }
                let weight = share(weight, open.len());
                for basis in open {
                    match &basis.measure {
                        Measure::Banded(banded) => self.number(banded.value, lens, weight)?,
                        Measure::Condition(points) => {
                            self.condition(points.when, lens, weight)?;
                        }
                    }
                }
            }
            Rule::Total { of, needs, strict, also, .. } => {
                let mark = passes_from(*needs, *strict);
                self.total(of, mark, lens, weight)?;
                if let Some(also) = also
                    && self.registers.truth(*also, lens)?.is_unknown()
                {
                    self.condition(*also, lens, weight)?;
                }
            }
        }
        Ok(())
    }

    /// Follows a total whose comparison with `mark` is undecided.
    fn total(
        &mut self,
        parts: &[Part],
        mark: u8,
        lens: Lens,
        weight: Fraction,
    ) -> Result<(), Overflow> {
        let round = self.round;
        let points = |index: CriterionAt| {
            round.outcome(lens, index.place()).map_or(PointSet::ZERO, |it| it.points)
        };
        let sums: Vec<PointSet> = parts.iter().map(|part| round.part_sum(part, lens)).collect();
        let mut open = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let others = without(at, sums.iter().copied());
            for (inner, index) in part.of.iter().enumerate() {
                // A settled criterion cannot be on both sides of a mark.
                if points(*index).is_settled() {
                    continue;
                }
                let siblings = without(inner, part.of.iter().map(|index| points(*index)));
                let wanted = Wanted::Marks(marks(part.cap, siblings, others, mark));
                if wanted.splits(points(*index)) {
                    open.push((*index, wanted));
                }
            }
        }
        let weight = share(weight, open.len());
        for (index, wanted) in open {
            if let Some(criterion) = self.policy().criteria.get(index.place()) {
                self.criterion(criterion, lens, wanted, weight)?;
            }
        }
        Ok(())
    }

    /// Follows a number that is not settled. Every figure in it that is not
    /// exact matters.
    fn number(&mut self, number: NumberAt, lens: Lens, weight: Fraction) -> Result<(), Overflow> {
        if self.registers.is_settled(number, lens)? {
            return Ok(());
        }
        match self.policy().formulas.number(number) {
            Number::Constant(_) | Number::AsOf => {}
            Number::Field(_) => self.entry(weight),
            Number::Fact(fact) | Number::Graded(fact) => self.add(*fact, weight),
            Number::Cell(cell) => self.figure(*cell, weight),
            Number::If(condition, then, otherwise) => {
                let holds = self.registers.truth(*condition, lens)?;
                let weight = share(weight, 2);
                if holds.is_unknown() {
                    self.condition(*condition, lens, weight)?;
                }
                if holds != Truth::False {
                    self.number(*then, lens, weight)?;
                }
                if holds != Truth::True {
                    self.number(*otherwise, lens, weight)?;
                }
            }
            Number::Yearly(fact, year) => self.years(*fact, *year, *year, weight),
            Number::SumYears(fact, from, to) | Number::MeanYears(fact, from, to) => {
                self.years(*fact, *from, *to, weight);
            }
            Number::YearOf(inner) => self.number(*inner, lens, weight)?,
            Number::Minus(a, b) | Number::Times(a, b) | Number::Over(a, b) => {
                self.numbers(&[*a, *b], lens, weight)?;
            }
            Number::Sum(numbers) | Number::Max(numbers) | Number::Min(numbers) => {
                self.numbers(numbers, lens, weight)?;
            }
            // A list matters as long as an entry is in doubt or more may
            // follow.
            Number::Count(list, _) => self.add(*list, weight),
            Number::Points(index) => {
                if let Some(criterion) = self.policy().criteria.get(index.place()) {
                    self.criterion(criterion, lens, Wanted::Anything, weight)?;
                }
            }
        }
        Ok(())
    }

    /// Follows a yearly fact: the figures that are not exact, and the day of
    /// registration where an estimate leaves open which years exist.
    fn years(&mut self, fact: FactAt, from: i8, to: i8, weight: Fraction) {
        let company = self.assessment.company;
        for offset in from..=to {
            let year = company.as_of.year().saturating_add(i32::from(offset));
            if company.lacks_year(year) {
                continue;
            }
            if self.assessment.answers().figure(fact, year).as_exact().is_none() {
                self.add(fact, weight);
            }
            if let Some(at) = company.established_at.filter(|_| company.may_lack_year(year)) {
                self.add_at(at, weight);
            }
        }
    }

    /// Follows one figure of a side: its fact if the figure is not exact, and
    /// the day of registration if an estimate leaves open whether the year
    /// exists.
    fn figure(&mut self, cell: Cell, weight: Fraction) {
        let range = self.assessment.answers().cell(cell);
        if range.lo.is_none() || range.lo != range.hi {
            self.add(cell.fact, weight);
        }
        if range.undefined == Undefined::Maybe {
            self.registration(weight);
        }
    }

    /// Follows those of several numbers that are not settled, with equal
    /// shares.
    fn numbers(
        &mut self,
        numbers: &[NumberAt],
        lens: Lens,
        weight: Fraction,
    ) -> Result<(), Overflow> {
        let mut open = Vec::new();
        for number in numbers {
            if !self.registers.is_settled(*number, lens)? {
                open.push(*number);
            }
        }
        let weight = share(weight, open.len());
        for number in open {
            self.number(number, lens, weight)?;
        }
        Ok(())
    }
}

/// Adds the points of all but one.
fn without(at: usize, points: impl Iterator<Item = PointSet>) -> PointSet {
    let others = points.enumerate().filter(|(other, _)| *other != at);
    others.fold(PointSet::ZERO, |sum, (_, points)| sum.plus(points))
}

/// Returns the points at which one criterion of a capped part decides whether
/// the total reaches `mark`.
fn marks(cap: Option<u8>, siblings: PointSet, others: PointSet, mark: u8) -> PointSet {
    let mut marks = PointSet::EMPTY;
    for other in others.iter() {
        // The points the part must bring. It cannot bring more than its cap.
        let needed = mark.saturating_sub(other);
        if needed == 0 || cap.is_some_and(|cap| needed > cap) {
            continue;
        }
        marks = marks.union(siblings.lacking(needed));
    }
    marks
}

fn share(weight: Fraction, parts: usize) -> Fraction {
    let parts = i128::try_from(parts.max(1)).unwrap_or(1);
    Fraction::new(1, parts).and_then(|part| weight.mul(part).ok()).unwrap_or(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_matters_only_where_the_mark_lies_between_its_points() {
        let set = |points: &[u8]| points.iter().copied().collect::<PointSet>();
        // 60 are needed and the others bring 50 or 70, so this part decides at
        // 10.
        assert_eq!(marks(None, PointSet::ZERO, set(&[50, 70]), 60), set(&[10]));
        // With a cap of 30, the needed 40 are out of reach.
        assert_eq!(marks(Some(30), PointSet::ZERO, set(&[20]), 60), set(&[]));
        assert!(Wanted::Marks(set(&[10])).splits(set(&[0, 10])));
        assert!(!Wanted::Marks(set(&[10])).splits(set(&[10, 20])));
        assert!(!Wanted::Marks(set(&[10])).splits(set(&[0, 9])));
    }
}
