//! Finds every ratio that a policy compares with a share.

use zice_policy::tree::{Condition, Node, Number};
use zice_rules::{
    Policy,
    formula::{Comparison, ConditionAt, Formulas, NumberAt},
    fraction::Fraction,
    policy::{Measure, Rule, Unit},
};

/// A place where a ratio is compared.
#[derive(Debug, Clone)]
pub struct Site {
    /// The id of the criterion, caution or paper.
    pub at: String,
    /// The number compared: `a / b`, or something calculated from quotients.
    pub ratio: Number,
    /// The comparison: `>=` or `>` from this share up, `<=` or `<` up to it.
    pub sign: Comparison,
    /// The share it is compared with.
    pub share: Fraction,
}

/// Every such place in a policy, each once.
pub fn sites(policy: &Policy) -> Vec<Site> {
    let formulas = &policy.formulas;
    let mut walk = Sites { formulas, at: String::new(), found: Vec::new() };
    for criterion in &policy.criteria {
        walk.at.clone_from(&criterion.id);
        match &criterion.rule {
            Rule::Holds { when, .. } => walk.condition(*when),
            Rule::Points { best_of, .. } => {
                for basis in best_of {
                    let banded = match &basis.measure {
                        Measure::Banded(banded) => banded,
                        Measure::Condition(points) => {
                            walk.condition(points.when);
                            continue;
                        }
                    };
                    walk.number(banded.value);
                    let value = Number::of(formulas, banded.value);
                    for band in banded.bands.iter().filter(|_| banded.unit == Unit::Ratio) {
                        let sign = if band.above { Comparison::Above } else { Comparison::AtLeast };
                        walk.add(&value, sign, band.from);
                    }
                }
            }
            Rule::Total { also, .. } => also.iter().for_each(|also| walk.condition(*also)),
        }
        for case in &criterion.review {
            walk.condition(case.when);
        }
    }
    for caution in &policy.cautions {
        walk.at.clone_from(&caution.id);
        caution.when.iter().for_each(|when| walk.condition(*when));
    }
    for paper in &policy.papers {
        walk.at.clone_from(&paper.id);
        paper.when.iter().for_each(|when| walk.condition(*when));
    }
    for note in &policy.entry_notes {
        walk.at.clone_from(&note.id);
        walk.condition(note.when);
    }
    walk.found
}

struct Sites<'p> {
    formulas: &'p Formulas,
    at: String,
    found: Vec<Site>,
}

impl Sites<'_> {
    fn add(&mut self, ratio: &Number, sign: Comparison, share: Fraction) {
        let (at, ratio) = (self.at.clone(), ratio.clone());
        let known = self.found.iter().any(|site| {
            site.at == at && site.ratio == ratio && site.sign == sign && site.share == share
        });
        if !known {
            self.found.push(Site { at, ratio, sign, share });
        }
    }

    fn condition(&mut self, condition: ConditionAt) {
        let mut compared = Vec::new();
        Condition::of(self.formulas, condition).visit(&mut |node| {
            if let Node::Condition(Condition::Compare(sign, left, right)) = node {
                compared.push((*sign, (**left).clone(), (**right).clone()));
            }
        });
        self.compared(compared);
    }

    fn number(&mut self, number: NumberAt) {
        let mut compared = Vec::new();
        Number::of(self.formulas, number).visit(&mut |node| {
            if let Node::Condition(Condition::Compare(sign, left, right)) = node {
                compared.push((*sign, (**left).clone(), (**right).clone()));
            }
        });
        self.compared(compared);
    }

    fn compared(&mut self, compared: Vec<(Comparison, Number, Number)>) {
        for (sign, left, right) in compared {
            // `a <= b * share` compares a / b with the share.
            if let Number::Times(base, share) = &right
                && let Number::Constant(share) = **share
            {
                let ratio = Number::Over(Box::new(left.clone()), base.clone());
                self.add(&ratio, sign, share);
            }
            if is_ratio(&left) {
                let shares = constants(&right);
                assert!(!shares.is_empty(), "{}: a ratio against what is no share", self.at);
                for share in shares {
                    self.add(&left, sign, share);
                }
            }
            assert!(!is_ratio(&right), "{}: write the ratio on the left", self.at);
        }
    }
}

/// Whether the number divides by anything but a constant.
fn is_ratio(number: &Number) -> bool {
    let mut found = false;
    number.visit(&mut |node| {
        if let Node::Number(Number::Over(_, under)) = node {
            found |= !matches!(**under, Number::Constant(_));
        }
    });
    found
}

/// The constants that the number can turn out to be.
fn constants(number: &Number) -> Vec<Fraction> {
    match number {
        Number::Constant(value) => vec![*value],
        Number::If(_, then, otherwise) => [constants(then), constants(otherwise)].concat(),
        _ => Vec::new(),
    }
}
