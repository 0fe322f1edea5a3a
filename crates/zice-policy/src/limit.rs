//! Reads the limit of a rule off its formula, so that the report can't name
//! another limit than the rule. The engine itself handles plain limits such as
//! `a <= 500`.

use zice_rules::{
    formula::{Comparison, Condition, Formulas, Number},
    fraction::Fraction,
    policy::{Limit, Rule, Unit},
};

/// The limit of a total, or of a rule such as `a <= b * 50%` that is shown as
/// `a / b`; `None` for any other rule.
pub(crate) fn of(rule: &Rule, formulas: &Formulas) -> Option<Limit> {
    match rule {
        Rule::Holds { when, observe: Some(observe) } => {
            let Condition::Compare(comparison, left, right) = formulas.condition(*when) else {
                return None;
            };
            // Equal formulas share one place in the table, so comparing places
            // is enough.
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
