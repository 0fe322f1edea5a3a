//! Which groups of figures meet in one comparison.

use super::{
    Program, Turn,
    node::{ColumnNode, Decision, MaskNode, NumberNode, Operand, OutcomeNode, TruthId, TruthNode},
};

/// A set of groups, one bit each.
type Groups = u64;

/// The groups that a number depends on, and whether it moves with them step by
/// step. Counts and points change at turning points only.
#[derive(Clone, Copy, Debug, Default)]
struct Depends {
    on: Groups,
    moves: bool,
}

impl Depends {
    const fn and(self, other: Self) -> Self {
        Self { on: self.on | other.on, moves: self.moves | other.moves }
    }

    const fn steady(on: Groups) -> Self {
        Self { on, moves: false }
    }
}

struct Walk<'a> {
    program: &'a Program,
    /// Groups by number slot of the company.
    slots: Vec<Groups>,
    numbers: Vec<Depends>,
    truths: Vec<Groups>,
    masks: Vec<Groups>,
    outcomes: Vec<Groups>,
    /// Groups that met, once for each comparison.
    met: Vec<Groups>,
}

/// Returns sets of groups, one bit each, of which figures meet in one
/// comparison: there the turning points of one group may depend on where the
/// other stands. A group is given by its number slots of the company; at most 64
/// groups are told apart.
pub fn joint(program: &Program, groups: &[Vec<usize>]) -> Vec<u64> {
    let all = groups.iter().flatten().copied().max().map_or(0, |it| it.saturating_add(1));
    let mut slots = vec![0; all];
    for (group, own) in (0_u32..).zip(groups) {
        for slot in own {
            if let Some(place) = slots.get_mut(*slot) {
                *place |= 1_u64.wrapping_shl(group);
            }
        }
    }
    let mut walk = Walk {
        program,
        slots,
        numbers: vec![Depends::default(); program.numbers.len()],
        truths: vec![0; program.truths.len()],
        masks: vec![0; program.masks.len()],
        outcomes: vec![0; program.outcomes.len()],
        met: Vec::new(),
    };
    for turn in program.needed_shared().iter().chain(program.needed_entry()) {
        walk.turn(*turn);
    }
    walk.met
}

fn get<T: Copy + Default>(table: &[T], at: usize) -> T {
    table.get(at).copied().unwrap_or_default()
}

fn put<T>(table: &mut [T], at: usize, value: T) {
    if let Some(place) = table.get_mut(at) {
        *place = value;
    }
}

impl Walk<'_> {
    fn turn(&mut self, turn: Turn) {
        let program = self.program;
        match turn {
            Turn::Truth(at) => {
                let groups = program.truths.get(at.at()).map(|node| self.truth(node));
                put(&mut self.truths, at.at(), groups.unwrap_or_default());
            }
            Turn::Number(at) => {
                let depends = program.numbers.get(at.at()).map(|node| self.number(node));
                put(&mut self.numbers, at.at(), depends.unwrap_or_default());
            }
            Turn::Mask(at) => {
                let groups = program.masks.get(at.at()).map(|(_, node)| self.mask(node));
                put(&mut self.masks, at.at(), groups.unwrap_or_default());
            }
            Turn::Outcome(at) => {
                let groups = program.outcomes.get(at.at()).map(|node| self.outcome(node));
                put(&mut self.outcomes, at.at(), groups.unwrap_or_default());
            }
        }
    }

    fn compared(&mut self, depends: Depends) -> Groups {
        let Depends { on, moves } = depends;
        if moves && on.count_ones() > 1 && !self.met.contains(&on) {
            self.met.push(on);
        }
        on
    }

    fn of_truths<'b>(&self, of: impl IntoIterator<Item = &'b TruthId>) -> Groups {
        of.into_iter().fold(0, |all, at| all | get(&self.truths, at.at()))
    }

    fn truth(&mut self, node: &TruthNode) -> Groups {
        match node {
            TruthNode::Constant(_) | TruthNode::Slot(_) | TruthNode::Entry(_) => 0,
            TruthNode::AtLeast(a, b) | TruthNode::Above(a, b) => {
                self.compared(get(&self.numbers, a.at()).and(get(&self.numbers, b.at())))
            }
            TruthNode::Not(a) | TruthNode::Certain(a) | TruthNode::Review(a, _) => {
                get(&self.truths, a.at())
            }
            TruthNode::All(of) | TruthNode::Any(of) => self.of_truths(of),
            TruthNode::Met(at, _) => get(&self.outcomes, at.at()),
        }
    }

    fn number(&self, node: &NumberNode) -> Depends {
        let of = |at: &super::NumberId| get(&self.numbers, at.at());
        match node {
            NumberNode::Constant(_) | NumberNode::Entry(_) => Depends::default(),
            NumberNode::Slot(slot) => {
                let on = get(&self.slots, usize::from(*slot));
                Depends { on, moves: on != 0 }
            }
            NumberNode::Year(a) => of(a),
            NumberNode::Pair(_, a, b) => of(a).and(of(b)),
            NumberNode::If(when, a, b) => {
                Depends::steady(get(&self.truths, when.at())).and(of(a)).and(of(b))
            }
            NumberNode::Sum(years) | NumberNode::Mean(years) => {
                years.iter().fold(Depends::default(), |all, at| all.and(of(at)))
            }
            NumberNode::Count(_, mask) => Depends::steady(get(&self.masks, mask.at())),
            NumberNode::Points(at, _) => Depends::steady(get(&self.outcomes, at.at())),
        }
    }

    fn operand(&self, operand: Operand) -> Depends {
        let column = match operand {
            Operand::One(at) => return get(&self.numbers, at.at()),
            Operand::Each(at) => self.program.columns.get(at.at()),
        };
        match column {
            Some(ColumnNode::Slot(_)) | None => Depends::default(),
            Some(ColumnNode::Year(a)) => self.operand(*a),
            Some(ColumnNode::Pair(_, a, b)) => self.operand(*a).and(self.operand(*b)),
            Some(ColumnNode::If(when, a, b)) => {
                let when = Depends::steady(get(&self.masks, when.at()));
                when.and(self.operand(*a)).and(self.operand(*b))
            }
        }
    }

    fn mask(&mut self, node: &MaskNode) -> Groups {
        match node {
            MaskNode::Slot(_) => 0,
            MaskNode::Every(truth) => get(&self.truths, truth.at()),
            MaskNode::AtLeast(a, b) | MaskNode::Above(a, b) => {
                self.compared(self.operand(*a).and(self.operand(*b)))
            }
            MaskNode::Not(a) | MaskNode::Certain(a) | MaskNode::Review(a, _) => {
                get(&self.masks, a.at())
            }
            MaskNode::All(of) | MaskNode::Any(of) => {
                of.iter().fold(0, |all, at| all | get(&self.masks, at.at()))
            }
        }
    }

    fn outcome(&mut self, node: &OutcomeNode) -> Groups {
        let mut groups = self.of_truths(&node.review);
        match &node.decision {
            Decision::Holds { when, .. } => groups |= self.of_truths(when),
            Decision::Points(bases) => {
                for value in bases.iter().flat_map(|basis| basis.value) {
                    groups |= self.compared(get(&self.numbers, value.at()));
                }
            }
            Decision::Total { parts, also, .. } => {
                groups |= self.of_truths(also.iter().flatten());
                for at in parts.iter().flat_map(|part| &part.of) {
                    groups |= get(&self.outcomes, at.at());
                }
            }
        }
        groups
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may fail so")]
mod tests {
    use super::*;
    use crate::{
        fraction::Fraction,
        program::{Builder, Operation},
    };

    #[test]
    fn figures_meet_in_a_comparison_and_not_in_a_verdict() {
        let mut build = Builder::new();
        let [a, b, c] = [0, 1, 2].map(|slot| build.number(NumberNode::Slot(slot)));
        let one = build.number(NumberNode::Constant(Fraction::ONE));
        let ratio = build.number(NumberNode::Pair(Operation::Over, a, b));
        let (first, second) =
            (build.truth(TruthNode::AtLeast(ratio, one)), build.truth(TruthNode::Above(c, one)));
        let both = build.truth(TruthNode::All(Box::new([first, second])));
        let program = build.build([both, both]).expect("a program");
        assert_eq!(joint(&program, &[vec![0], vec![1], vec![2]]), [0b011]);
        assert_eq!(joint(&program, &[vec![0, 1], vec![2]]), Vec::<u64>::new());
    }
}
