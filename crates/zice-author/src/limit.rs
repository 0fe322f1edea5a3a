//! The limit a rule is measured against, read off its formula, so that the
//! report can't say another one than the rule. A plain limit (`a <= 500`) the
//! engine reads off itself.

use zice_rules::{
    formula::{Condition, Formulas, Number},
    policy::{self, Rule},
};

/// The limit of a total, and of a rule such as `a <= b * 50%` that is shown as
/// `a / b`.
pub(crate) fn of(rule: &Rule, formulas: &Formulas) -> Option<String> {
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
                    let limit = policy::bound_text(*share, observe.unit);
                    Some(format!("{} {limit}", comparison.sign()))
                }
                _ => None,
            }
        }
        Rule::Holds { .. } | Rule::Points { .. } => None,
        Rule::Total { needs, strict, .. } => {
            Some(format!("{} {needs}", if *strict { ">" } else { ">=" }))
        }
    }
}
