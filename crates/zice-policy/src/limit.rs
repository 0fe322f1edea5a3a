//! The limit a rule is measured against, read off its formula, so that the
//! report can't say another one than the rule. A plain limit (`a <= 500`) the
//! engine reads off itself.

use zice_rules::{
    formula::{Comparison, Condition, Formulas, Number},
    fraction::Fraction,
    policy::{Limit, Rule, Unit},
};

/// The limit of a total, and of a rule such as `a <= b * 50%` that is shown as
/// `a / b`.
pub(crate) fn of(rule: &Rule, formulas: &Formulas) -> Option<Limit> {
    match rule {
        Rule::Holds { when, observe: Some(observe) } => {
            let Condition::Compare(comparison, left, right) = formulas.condition(*when) else {
                return None;
            };
            // Equal formulas stand once in the table.
            match (formulas.number(*right), formulas.number(observe.value)) {
                (Number::Times(base, share), Number::Over(over, under))
                    if over == left && under == base =>
                {
                    let Number::Constant(share) = formulas.number(*share) else { return None };
                    Some(Limit { sign: *comparison, value: *share, unit: observe.unit })
                }
                _ => None,
            }
        }
        Rule::Holds { .. } | Rule::Points { .. } => None,
        Rule::Total { needs, strict, .. } => {
            let sign = if *strict { Comparison::Above } else { Comparison::AtLeast };
            Some(Limit { sign, value: Fraction::whole(i128::from(*needs)), unit: Unit::Points })
        }
    }
}
