//! The limit a rule is measured against, read off its formula, so that the
//! report can't say another one than the rule.

use zice_rules::{
    formula::{Condition, Number},
    policy::{self, Rule},
};

/// The limit as the report shows it, where the rule has a plain one.
pub(crate) fn of(rule: &Rule) -> Option<String> {
    match rule {
        Rule::Holds { when: Condition::Compare(comparison, left, right), observe } => {
            let limit = match (&**right, observe) {
                (Number::Constant(value), None) => value.to_decimal_or_ratio(),
                // a <= b * 50%, shown as a / b.
                (Number::Times(base, share), Some(observe)) => match (&observe.value, &**share) {
                    (Number::Over(over, under), Number::Constant(share))
                        if over == left && under == base =>
                    {
                        policy::bound_text(*share, observe.unit)
                    }
                    _ => return None,
                },
                _ => return None,
            };
            Some(format!("{} {limit}", comparison.sign()))
        }
        Rule::Holds { .. } | Rule::Points { .. } => None,
        Rule::Total { needs, strict, .. } => {
            Some(format!("{} {needs}", if *strict { ">" } else { ">=" }))
        }
    }
}
