//! A linked policy as a program: trees into tables, lenses turned.

use zice_exact::program::{
    Basis, Builder, ColumnNode, Decision, Lens, ListId, MaskId, MaskNode, NumberId, NumberNode,
    Operand, Operation, OutcomeNode, Part, Program, Step, TruthId, TruthNode,
};

use super::slots::{CellSlot, NumberSlot, Slots, TruthSlot};
use crate::{
    formula::{Comparison, Condition, Node, Number, Walk},
    fraction::Fraction,
    policy::{self, Criterion, Judged, Policy, Rule},
};

/// The program of a policy and what its slots mean; nothing if a table is too
/// long for a program.
pub(super) fn lower(policy: &Policy) -> Option<(Program, Slots)> {
    let mut lowering = Lowering { policy, builder: Builder::new(), slots: Slots::default() };
    for (at, criterion) in policy.criteria.iter().enumerate() {
        let node = lowering.criterion(at, criterion);
        lowering.builder.outcome(node);
    }
    let verdict = lowering.pair(&policy.verdict);
    Some((lowering.builder.build(verdict)?, lowering.slots))
}

struct Lowering<'p> {
    policy: &'p Policy,
    builder: Builder,
    slots: Slots,
}

impl Lowering<'_> {
    fn criterion(&mut self, at: usize, criterion: &Criterion) -> OutcomeNode {
        let review =
            criterion.review.iter().map(|case| self.truth(&case.when, Lens::Worst)).collect();
        let decision = match &criterion.rule {
            Rule::Holds { when, .. } => {
                Decision::Holds { when: self.pair(when), otherwise: criterion.otherwise.is_some() }
            }
            Rule::Points { best_of, .. } => {
                Decision::Points(best_of.iter().map(|basis| self.basis(basis)).collect())
            }
            Rule::Total { of, also, .. } => Decision::Total {
                parts: of
                    .iter()
                    .map(|part| Part {
                        of: part.of.iter().map(|at| zice_exact::program::OutcomeId(*at)).collect(),
                        cap: part.cap,
                    })
                    .collect(),
                from: criterion.passes_from().unwrap_or(u8::MAX),
                also: also.as_ref().map(|also| self.pair(also)),
            },
        };
        OutcomeNode {
            open: criterion.is_open(),
            review,
            judged: self.policy.links.judged.get(at) != Some(&Judged::Nothing),
            out_of: criterion.out_of(),
            decision,
        }
    }

    fn basis(&mut self, basis: &policy::Basis) -> Basis {
        let steps = basis.bands.iter().map(|band| Step {
            from: band.from,
            above: band.above,
            points: [band.min, band.max],
        });
        Basis {
            value: Lens::BOTH.map(|lens| self.number(&basis.value, lens)),
            steps: steps.collect(),
        }
    }

    fn pair(&mut self, condition: &Condition) -> [TruthId; 2] {
        Lens::BOTH.map(|lens| self.truth(condition, lens))
    }

    /// Whether something in a node is for a person to judge: otherwise both
    /// lenses show the same, and one node is enough.
    fn is_judged(&self, node: Node<'_>) -> bool {
        let mut judged = false;
        let mut see = |node: Node<'_>| {
            judged |= match node {
                Node::Condition(Condition::Review(_)) | Node::Number(Number::Graded(_)) => true,
                Node::Condition(Condition::Criterion(at)) | Node::Number(Number::Points(at)) => {
                    self.policy.links.judged.get(usize::from(*at)) != Some(&Judged::Nothing)
                }
                Node::Condition(_) | Node::Number(_) => false,
            };
        };
        match node {
            Node::Condition(condition) => condition.visit(Walk::All, &mut see),
            Node::Number(number) => number.visit(Walk::All, &mut see),
        }
        judged
    }

    /// Whether a condition looks at a field of an entry, outside of counts of
    /// its own.
    fn is_of_entry(&self, node: Node<'_>) -> bool {
        let mut of_entry = false;
        let mut see = |node: Node<'_>| {
            of_entry |= match node {
                Node::Condition(Condition::Field(_) | Condition::GivenField(_))
                | Node::Number(Number::Field(_)) => true,
                Node::Condition(Condition::OneOf(at)) => {
                    let link = self.policy.links.choices.get(usize::from(*at));
                    link.is_some_and(|link| link.field.is_some())
                }
                Node::Condition(_) | Node::Number(_) => false,
            };
        };
        match node {
            Node::Condition(condition) => condition.visit(Walk::All, &mut see),
            Node::Number(number) => number.visit(Walk::All, &mut see),
        }
        of_entry
    }

    fn truth_slot(&mut self, slot: TruthSlot) -> TruthId {
        let at = self.slots.truth(slot);
        self.builder.truth(TruthNode::Slot(at))
    }

    fn number_slot(&mut self, slot: NumberSlot) -> NumberId {
        let at = self.slots.number(slot);
        self.builder.number(NumberNode::Slot(at))
    }

    fn truth(&mut self, condition: &Condition, lens: Lens) -> TruthId {
        let lens = if self.is_judged(Node::Condition(condition)) { lens } else { Lens::Worst };
        let node = match condition {
            Condition::Constant(value) => TruthNode::Constant(*value),
            Condition::Fact(at) => return self.truth_slot(TruthSlot::Fact(*at)),
            Condition::Given(at) => return self.truth_slot(TruthSlot::Given(*at)),
            Condition::HasYear(year) => return self.truth_slot(TruthSlot::HasYear(*year)),
            Condition::Within(at, digits) => {
                return self.truth_slot(TruthSlot::Within(*at, digits.clone()));
            }
            Condition::OneOf(at) => {
                let link = self.policy.links.choices.get(usize::from(*at));
                if link.is_none_or(|link| link.field.is_none()) {
                    return self.truth_slot(TruthSlot::OneOf(*at));
                }
                TruthNode::Entry(self.slots.entry_cell(CellSlot::OneOf(*at)))
            }
            Condition::Field(at) => TruthNode::Entry(self.slots.entry_cell(CellSlot::Field(*at))),
            Condition::GivenField(at) => {
                TruthNode::Entry(self.slots.entry_cell(CellSlot::Given(*at)))
            }
            Condition::Compare(comparison, left, right) => {
                let mut parts = Vec::with_capacity(2);
                for (strict, turned) in sides(*comparison) {
                    let (greater, smaller) = if *turned { (right, left) } else { (left, right) };
                    let greater = self.number(greater, lens);
                    let smaller = self.number(smaller, lens.flipped());
                    parts.push(self.builder.truth(match strict {
                        true => TruthNode::Above(greater, smaller),
                        false => TruthNode::AtLeast(greater, smaller),
                    }));
                }
                if let [one] = parts.as_slice() {
                    return *one;
                }
                TruthNode::All(parts.into())
            }
            Condition::Not(inner) => TruthNode::Not(self.truth(inner, lens.flipped())),
            Condition::All(parts) => {
                TruthNode::All(parts.iter().map(|it| self.truth(it, lens)).collect())
            }
            Condition::Any(parts) => {
                TruthNode::Any(parts.iter().map(|it| self.truth(it, lens)).collect())
            }
            Condition::Certain(inner) => TruthNode::Certain(self.truth(inner, lens)),
            Condition::Review(inner) => TruthNode::Review(self.truth(inner, lens), lens),
            Condition::Criterion(at) => TruthNode::Met(zice_exact::program::OutcomeId(*at), lens),
        };
        self.builder.truth(node)
    }

    fn number(&mut self, number: &Number, lens: Lens) -> NumberId {
        let lens = if self.is_judged(Node::Number(number)) { lens } else { Lens::Worst };
        let node = match number {
            Number::Constant(value) => NumberNode::Constant(*value),
            Number::Fact(at) => return self.number_slot(NumberSlot::Fact(*at)),
            Number::Yearly(at, year) => return self.number_slot(NumberSlot::Year(*at, *year)),
            Number::Graded(at) => return self.number_slot(NumberSlot::Graded(*at, lens)),
            Number::Cell(cell) => return self.number_slot(NumberSlot::Cell(*cell)),
            Number::AsOf => return self.number_slot(NumberSlot::AsOf),
            Number::SumYears(at, from, to) => NumberNode::Sum(self.years(*at, *from, *to)),
            Number::MeanYears(at, from, to) => NumberNode::Mean(self.years(*at, *from, *to)),
            Number::Field(at) => NumberNode::Entry(self.slots.entry_number(*at)),
            Number::YearOf(day) => NumberNode::Year(self.number(day, lens)),
            Number::Minus(left, right) => NumberNode::Pair(
                Operation::Minus,
                self.number(left, lens),
                self.number(right, lens.flipped()),
            ),
            Number::Over(left, right) => NumberNode::Pair(
                Operation::Over,
                self.number(left, lens),
                self.number(right, lens.flipped()),
            ),
            Number::Times(left, right) => NumberNode::Pair(
                Operation::Times,
                self.number(left, lens),
                self.number(right, lens),
            ),
            Number::Sum(parts) => return self.in_pairs(Operation::Plus, parts, lens),
            Number::Max(parts) => return self.in_pairs(Operation::Larger, parts, lens),
            Number::Min(parts) => return self.in_pairs(Operation::Smaller, parts, lens),
            Number::If(when, then, otherwise) => NumberNode::If(
                self.truth(when, lens),
                self.number(then, lens),
                self.number(otherwise, lens),
            ),
            Number::Count(at, condition) => {
                let list = self.list(*at);
                NumberNode::Count(list, self.mask(list, condition, lens))
            }
            Number::Points(at) => NumberNode::Points(zice_exact::program::OutcomeId(*at), lens),
        };
        self.builder.number(node)
    }

    /// Parts put together one after another.
    fn in_pairs(&mut self, operation: Operation, parts: &[Number], lens: Lens) -> NumberId {
        let mut all: Option<NumberId> = None;
        for part in parts {
            let part = self.number(part, lens);
            all = Some(match all {
                Some(all) => self.builder.number(NumberNode::Pair(operation, all, part)),
                None => part,
            });
        }
        all.unwrap_or_else(|| match operation {
            Operation::Plus => self.builder.number(NumberNode::Constant(Fraction::ZERO)),
            _ => self.undefined(),
        })
    }

    /// No number: one divided by nought.
    fn undefined(&mut self) -> NumberId {
        let one = self.builder.number(NumberNode::Constant(Fraction::ONE));
        let nought = self.builder.number(NumberNode::Constant(Fraction::ZERO));
        self.builder.number(NumberNode::Pair(Operation::Over, one, nought))
    }

    /// Years, newest first.
    fn years(&mut self, fact: u16, from: i8, to: i8) -> Box<[NumberId]> {
        (from..=to).rev().map(|year| self.number_slot(NumberSlot::Year(fact, year))).collect()
    }

    fn list(&mut self, fact: u16) -> ListId {
        match self.slots.list(fact) {
            (at, false) => ListId(at),
            (_, true) => {
                let single = self.policy.links.single.get(usize::from(fact)) == Some(&true);
                self.builder.list(single)
            }
        }
    }

    /// A condition of the entries of a list.
    fn mask(&mut self, list: ListId, condition: &Condition, lens: Lens) -> MaskId {
        // What is no matter of the entry is the same for all.
        if !self.is_of_entry(Node::Condition(condition)) {
            let truth = self.truth(condition, lens);
            return self.builder.mask(list, MaskNode::Every(truth));
        }
        let lens = if self.is_judged(Node::Condition(condition)) { lens } else { Lens::Worst };
        let slot = |slots: &mut Slots, cell| MaskNode::Slot(slots.list_cell(list, cell));
        let node = match condition {
            Condition::Field(at) => slot(&mut self.slots, CellSlot::Field(*at)),
            Condition::GivenField(at) => slot(&mut self.slots, CellSlot::Given(*at)),
            Condition::OneOf(at) => slot(&mut self.slots, CellSlot::OneOf(*at)),
            Condition::Compare(comparison, left, right) => {
                let mut parts = Vec::with_capacity(2);
                for (strict, turned) in sides(*comparison) {
                    let (greater, smaller) = if *turned { (right, left) } else { (left, right) };
                    let greater = self.operand(list, greater, lens);
                    let smaller = self.operand(list, smaller, lens.flipped());
                    let node = match strict {
                        true => MaskNode::Above(greater, smaller),
                        false => MaskNode::AtLeast(greater, smaller),
                    };
                    parts.push(self.builder.mask(list, node));
                }
                if let [one] = parts.as_slice() {
                    return *one;
                }
                MaskNode::All(parts.into())
            }
            Condition::Not(inner) => MaskNode::Not(self.mask(list, inner, lens.flipped())),
            Condition::All(parts) => {
                MaskNode::All(parts.iter().map(|it| self.mask(list, it, lens)).collect())
            }
            Condition::Any(parts) => {
                MaskNode::Any(parts.iter().map(|it| self.mask(list, it, lens)).collect())
            }
            Condition::Certain(inner) => MaskNode::Certain(self.mask(list, inner, lens)),
            Condition::Review(inner) => MaskNode::Review(self.mask(list, inner, lens), lens),
            // These look at no entry, and were spread above.
            Condition::Constant(_)
            | Condition::Fact(_)
            | Condition::Given(_)
            | Condition::HasYear(_)
            | Condition::Within(..)
            | Condition::Criterion(_) => MaskNode::Every(self.truth(condition, lens)),
        };
        self.builder.mask(list, node)
    }

    /// A number beside the entries of a list.
    fn operand(&mut self, list: ListId, number: &Number, lens: Lens) -> Operand {
        if !self.is_of_entry(Node::Number(number)) {
            return Operand::One(self.number(number, lens));
        }
        let node = match number {
            Number::Field(at) => ColumnNode::Slot(self.slots.list_number(list, *at)),
            Number::YearOf(day) => ColumnNode::Year(self.operand(list, day, lens)),
            Number::Minus(left, right) => {
                let left = self.operand(list, left, lens);
                ColumnNode::Pair(Operation::Minus, left, self.operand(list, right, lens.flipped()))
            }
            Number::Over(left, right) => {
                let left = self.operand(list, left, lens);
                ColumnNode::Pair(Operation::Over, left, self.operand(list, right, lens.flipped()))
            }
            Number::Times(left, right) => {
                let left = self.operand(list, left, lens);
                ColumnNode::Pair(Operation::Times, left, self.operand(list, right, lens))
            }
            Number::Sum(parts) => return self.columns(list, Operation::Plus, parts, lens),
            Number::Max(parts) => return self.columns(list, Operation::Larger, parts, lens),
            Number::Min(parts) => return self.columns(list, Operation::Smaller, parts, lens),
            Number::If(when, then, otherwise) => {
                let when = self.mask(list, when, lens);
                let then = self.operand(list, then, lens);
                ColumnNode::If(when, then, self.operand(list, otherwise, lens))
            }
            // A count inside a count names fields of its own list, and the rest
            // no entry at all.
            Number::Constant(_)
            | Number::Fact(_)
            | Number::Yearly(..)
            | Number::SumYears(..)
            | Number::MeanYears(..)
            | Number::Graded(_)
            | Number::Cell(_)
            | Number::AsOf
            | Number::Count(..)
            | Number::Points(_) => return Operand::One(self.number(number, lens)),
        };
        Operand::Each(self.builder.column(node))
    }

    fn columns(
        &mut self,
        list: ListId,
        operation: Operation,
        parts: &[Number],
        lens: Lens,
    ) -> Operand {
        let mut all: Option<Operand> = None;
        for part in parts {
            let part = self.operand(list, part, lens);
            all = Some(match all {
                Some(all) => {
                    Operand::Each(self.builder.column(ColumnNode::Pair(operation, all, part)))
                }
                None => part,
            });
        }
        all.unwrap_or_else(|| Operand::One(self.undefined()))
    }
}

/// A comparison as one or two of "at least" and "above": whether it is strict,
/// and whether its right side is the one that must be greater.
const fn sides(comparison: Comparison) -> &'static [(bool, bool)] {
    match comparison {
        Comparison::AtLeast => &[(false, false)],
        Comparison::Above => &[(true, false)],
        Comparison::AtMost => &[(false, true)],
        Comparison::Below => &[(true, true)],
        Comparison::Equal => &[(false, false), (false, true)],
    }
}
