//! Lowers conditions and numbers that are evaluated for each entry of a list.

use zice_exact::program::{ColumnNode, Lens, ListId, MaskId, MaskNode, Operand, Operation};
use zice_rules::{
    formula::{Comparison, Condition, ConditionAt, Number, NumberAt},
    program::CellSlot,
};

use super::{Lowering, both, place, sides};

impl<'p> Lowering<'p> {
    /// Lowers a condition to a mask (one truth per entry) under both lenses.
    pub(super) fn mask(&mut self, list: ListId, at: ConditionAt) -> [MaskId; 2] {
        // A condition that names no field of the entry is the same for all
        // entries.
        if !self.is_of_entry(at.place()) {
            let truths = self.truth(at);
            return truths.map(|truth| self.builder.mask(list, MaskNode::Every(truth)));
        }
        if let Some(known) = self.places[at.place()].mask {
            return known;
        }
        let made = self.new_mask(list, self.formulas.condition(at));
        self.places[at.place()].mask = Some(made);
        made
    }

    fn new_mask(&mut self, list: ListId, condition: &'p Condition) -> [MaskId; 2] {
        let nodes = match condition {
            Condition::Field(at) => self.list_cell(list, CellSlot::Field(*at)),
            Condition::GivenField(at) => self.list_cell(list, CellSlot::Given(*at)),
            Condition::OneOf(at) => self.list_cell(list, CellSlot::OneOf(*at)),
            Condition::Compare(comparison, left, right) => {
                let (left, right) = (self.operand(list, *left), self.operand(list, *right));
                return self.compared_each(list, *comparison, left, right);
            }
            Condition::Not(inner) => {
                let [worst, best] = self.mask(list, *inner);
                [MaskNode::Not(best), MaskNode::Not(worst)]
            }
            Condition::All(parts) => {
                let parts = self.masks(list, parts);
                both(|lens| MaskNode::All(parts.iter().map(|it| lens.of(*it)).collect()))
            }
            Condition::Any(parts) => {
                let parts = self.masks(list, parts);
                both(|lens| MaskNode::Any(parts.iter().map(|it| lens.of(*it)).collect()))
            }
            Condition::Certain(inner) => self.mask(list, *inner).map(MaskNode::Certain),
            Condition::Review(inner) => {
                let [worst, best] = self.mask(list, *inner);
                [MaskNode::Review(worst, Lens::Worst), MaskNode::Review(best, Lens::Best)]
            }
            // These do not look at the entry.
            Condition::Constant(_)
            | Condition::Fact(_)
            | Condition::Given(_)
            | Condition::HasYear(_)
            | Condition::Within(..)
            | Condition::Criterion(_) => self.new_truth(condition).map(MaskNode::Every),
        };
        nodes.map(|node| self.builder.mask(list, node))
    }

    fn list_cell(&mut self, list: ListId, slot: CellSlot) -> [MaskNode; 2] {
        let at = place(&mut self.slots.lists[list.at()].cells, slot);
        both(|_| MaskNode::Slot(at))
    }

    fn masks(&mut self, list: ListId, parts: &[ConditionAt]) -> Vec<[MaskId; 2]> {
        parts.iter().map(|part| self.mask(list, *part)).collect()
    }

    fn compared_each(
        &mut self,
        list: ListId,
        comparison: Comparison,
        left: [Operand; 2],
        right: [Operand; 2],
    ) -> [MaskId; 2] {
        Lens::BOTH.map(|lens| {
            let parts = sides(comparison).iter().map(|(strict, turned)| {
                let (greater, smaller) = if *turned { (right, left) } else { (left, right) };
                let (greater, smaller) = (lens.of(greater), lens.flipped().of(smaller));
                let node = match strict {
                    true => MaskNode::Above(greater, smaller),
                    false => MaskNode::AtLeast(greater, smaller),
                };
                self.builder.mask(list, node)
            });
            let parts: Box<[MaskId]> = parts.collect();
            match *parts {
                [one] => one,
                _ => self.builder.mask(list, MaskNode::All(parts)),
            }
        })
    }

    /// Lowers a number that stands in a condition on entries, under both
    /// lenses.
    fn operand(&mut self, list: ListId, at: NumberAt) -> [Operand; 2] {
        if !self.is_of_entry(at.place()) {
            return self.number(at).map(Operand::One);
        }
        if let Some(known) = self.places[at.place()].operand {
            return known;
        }
        let made = self.new_operand(list, self.formulas.number(at));
        self.places[at.place()].operand = Some(made);
        made
    }

    fn new_operand(&mut self, list: ListId, number: &'p Number) -> [Operand; 2] {
        let nodes = match number {
            Number::Field(at) => {
                let at = place(&mut self.slots.lists[list.at()].numbers, *at);
                both(|_| ColumnNode::Slot(at))
            }
            Number::YearOf(day) => self.operand(list, *day).map(ColumnNode::Year),
            Number::Minus(left, right) => self.turned_each(list, Operation::Minus, *left, *right),
            Number::Over(left, right) => self.turned_each(list, Operation::Over, *left, *right),
            Number::Times(left, right) => {
                let (left, right) = (self.operand(list, *left), self.operand(list, *right));
                both(|lens| ColumnNode::Pair(Operation::Times, lens.of(left), lens.of(right)))
            }
            Number::Sum(parts) => return self.columns(list, Operation::Plus, parts),
            Number::Max(parts) => return self.columns(list, Operation::Larger, parts),
            Number::Min(parts) => return self.columns(list, Operation::Smaller, parts),
            Number::If(when, then, otherwise) => {
                let when = self.mask(list, *when);
                let (then, otherwise) = (self.operand(list, *then), self.operand(list, *otherwise));
                both(|lens| ColumnNode::If(lens.of(when), lens.of(then), lens.of(otherwise)))
            }
            // An inner count names the fields of its own list; the others name
            // no field.
            Number::Constant(_)
            | Number::Fact(_)
            | Number::Yearly(..)
            | Number::SumYears(..)
            | Number::MeanYears(..)
            | Number::Graded(_)
            | Number::Cell(_)
            | Number::AsOf
            | Number::Count(..)
            | Number::Points(_) => return self.new_number(number).map(Operand::One),
        };
        nodes.map(|node| Operand::Each(self.builder.column(node)))
    }

    fn turned_each(
        &mut self,
        list: ListId,
        operation: Operation,
        left: NumberAt,
        right: NumberAt,
    ) -> [ColumnNode; 2] {
        let (left, right) = (self.operand(list, left), self.operand(list, right));
        both(|lens| ColumnNode::Pair(operation, lens.of(left), lens.flipped().of(right)))
    }

    fn columns(&mut self, list: ListId, operation: Operation, parts: &[NumberAt]) -> [Operand; 2] {
        let mut all: Option<[Operand; 2]> = None;
        for part in parts {
            let part = self.operand(list, *part);
            all = Some(match all {
                Some(all) => Lens::BOTH.map(|lens| {
                    let pair = ColumnNode::Pair(operation, lens.of(all), lens.of(part));
                    Operand::Each(self.builder.column(pair))
                }),
                None => part,
            });
        }
        all.unwrap_or_else(|| [Operand::One(self.undefined()); 2])
    }
}
