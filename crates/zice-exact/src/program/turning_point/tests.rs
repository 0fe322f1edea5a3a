//! Tests turning points against every step.
#![expect(clippy::expect_used, clippy::arithmetic_side_effects, reason = "a test may fail so")]

use proptest::prelude::*;

use super::*;
use crate::program::{Basis, Builder, Row, Step, Trial};

/// Half of a over b and b over c, less one, on bands; and a limit of b
/// besides. This is how growth is worked out.
fn growth() -> Program {
    let mut build = Builder::new();
    let [a, b, c] = [0, 1, 2].map(|slot| build.number(NumberNode::Slot(slot)));
    let over = |build: &mut Builder, a, b| build.number(NumberNode::Pair(Operation::Over, a, b));
    let (one, other) = (over(&mut build, a, b), over(&mut build, b, c));
    let mean = build.number(NumberNode::Mean(Box::new([one, other])));
    let zero = build.number(NumberNode::Constant(Fraction::ZERO));
    let above = build.truth(TruthNode::Above(b, zero));
    let value = build.number(NumberNode::If(above, mean, a));
    let step = |tenths: i128, points| Step {
        from: Fraction::new(tenths, 10).expect("a fraction"),
        above: tenths == 10,
        points: [points; 2],
    };
    let steps = Box::new([step(14, 4), step(12, 3), step(11, 2), step(10, 1)]);
    let points = Decision::Points(Box::new([Basis { value: [value; 2], steps }]));
    let outcome = build.outcome(OutcomeNode {
        open: false,
        review: Box::new([]),
        judged: false,
        out_of: Some(4),
        decision: points,
    });
    let points = build.number(NumberNode::Points(outcome, super::super::Lens::Worst));
    let three = build.number(NumberNode::Constant(Fraction::whole(3)));
    let passes = build.truth(TruthNode::AtLeast(points, three));
    build.build([passes, passes]).expect("a program")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(zice_testing::cases(5_000)))]

    /// Between two turning points every step says the same, for figures that
    /// are exact and for such that are not.
    #[test]
    fn nothing_changes_between_two_turning_points(
        figures in prop::array::uniform3((-20_i128..60, 0_i128..4)),
        by in -3_i128..4,
    ) {
        let program = growth();
        let mut wide = Vec::new();
        let numbers = figures.map(|(lo, width)| {
            let ends = [lo, lo + (width - 2).max(0)].map(|it| Some(Fraction::whole(it)));
            crate::program::Dense::of(Range::between(ends[0], ends[1]).into(), &mut wide)
        });
        let row = Row { numbers: numbers.into(), wide, ..Row::default() };
        let start = row.numbers.get(1).map(|it| it.value(&row.wide)).expect("a figure");
        let mut trial = Trial::new(&program, row);
        let moving = [Moving::new(false, 1, &start, Fraction::whole(by))];
        let exact = figures.iter().all(|(_, width)| *width <= 2);
        let Some(points) = trial.turning_points(&moving, (-50, 50)) else {
            // Two open figures make more quotients than are followed.
            prop_assert!(!exact);
            return Ok(());
        };
        let mut before = None;
        for step in -50..=50 {
            let moved = Range::exact(Fraction::whole(by * step));
            let mark = trial.mark();
            trial.set_number(1, start.range().add(&moved).expect("a sum").into());
            let said = (trial.verdict(), trial.outcome(0));
            trial.undo(mark);
            let same = before.is_none_or(|it| it == said);
            prop_assert!(same || points.contains(&step), "{step} {points:?} {said:?}");
            before = Some(said);
        }
    }
}
