//! Mutates the rules that doubt answers.

use zice_rules::{
    Dictionary, Policy,
    doubt::{Doubt, Doubts},
    policy::Caution,
};

use super::{Mutation, change::Changer};
use crate::{Library, doubt::DoubtCase, lower, tree::Condition};

/// The name of the doubt rules in a list of policies.
pub(super) const FILE: &str = "facts.toml";

/// An empty policy, into which the condition of a rule is put.
const BLANK: &str = r#"{"schema":"zice.policy/2","id":"doubts","edition":"","digest":"",
    "title":{"zh":"","en":""},"summary":{"zh":"","en":""},"authority":{"zh":"","en":""},
    "platform":{"zh":"","en":""},"minutes":1,"benefits":[],"cautions":[],"open_points":[],
    "checked_on":"2020-01-01","review_by":"2020-01-01","window":{"year":2020},"calendar":[],
    "evidence":[],"sources":[],"criteria":[],"verdict":0,"hint":true,
    "tables":{"facts":[]},"formulas":[{"b":true}],"code":"Tcy=1;;;;;0___"}"#;

impl Library {
    /// Mutates every rule; `None` if there are none.
    pub(super) fn mutate_doubts(&self) -> Option<Mutation> {
        if self.dictionary.doubts.is_empty() {
            return None;
        }
        let mut found = Mutation { policy: FILE.to_owned(), ..Mutation::default() };
        for rule in &self.dictionary.doubts.rules {
            let cases: Vec<&DoubtCase> =
                self.doubts.cases.iter().filter(|case| case.code == rule.code).collect();
            let mut tried = |what: String, mut rules: Doubts| {
                found.changes += 1;
                let mut dictionary = self.dictionary.clone();
                let sound = lower::doubts(&mut rules, &dictionary).is_ok();
                dictionary.doubts = rules;
                if sound && cases.iter().all(|it| it.run(&dictionary).is_none()) {
                    found.unnoticed.push(format!("{}: {what}", rule.code));
                }
            };
            for number in 0.. {
                let Some((what, rules)) = changed(&self.dictionary.doubts, rule, number, self)
                else {
                    break;
                };
                if let Some(rules) = rules {
                    tried(what, rules);
                }
            }
            for (what, rules) in around_the_condition(&self.dictionary.doubts, rule) {
                tried(what, rules);
            }
        }
        Some(found)
    }
}

/// Changes beside the condition: one year more or fewer, each proposal left
/// out, and each made without its own condition.
fn around_the_condition(doubts: &Doubts, rule: &Doubt) -> Vec<(String, Doubts)> {
    let with = |change: &dyn Fn(&mut Doubt)| {
        let mut rules = doubts.rules.clone();
        rules.iter_mut().filter(|other| other.code == rule.code).for_each(change);
        Doubts::new(doubts.tables.clone(), doubts.formulas.clone(), rules)
    };
    let mut found = Vec::new();
    if rule.years > 1 {
        for years in [rule.years - 1, rule.years + 1] {
            let what = format!("years {} → {years}", rule.years);
            found.push((what, with(&|other| other.years = years)));
        }
    }
    for (at, suggest) in rule.suggest.iter().enumerate() {
        let without = with(&|other| drop(other.suggest.remove(at)));
        found.push((format!("suggest {at} left out"), without));
        if suggest.when.is_some() {
            let always = with(&|other| other.suggest[at].when = None);
            found.push((format!("suggest {at} without its condition"), always));
        }
    }
    found
}

/// The rules with change `number` made to the condition of one rule; `None`
/// when there are no more changes. The inner `None` is a change that hit
/// another part of the policy around the condition and does not count.
fn changed(
    doubts: &Doubts,
    rule: &Doubt,
    number: usize,
    library: &Library,
) -> Option<(String, Option<Doubts>)> {
    let mut policy = around(doubts, rule, &library.dictionary)?;
    let mut changer = Changer::new(&library.dictionary, number);
    changer.policy(&mut policy);
    let (at, what) = changer.done.clone()?;
    changer.tables(&mut policy);
    if at != rule.code {
        return Some((what, None));
    }
    let when = policy.cautions.first()?.when?;
    let mut rules = doubts.rules.clone();
    for other in &mut rules {
        if other.code == rule.code {
            other.when = when;
        }
    }
    Some((what, Some(Doubts::new(policy.tables, policy.formulas, rules))))
}

/// A policy whose only caution has the rule's condition, so that [`Changer`]
/// can change it.
fn around(doubts: &Doubts, rule: &Doubt, dictionary: &Dictionary) -> Option<Policy> {
    let mut policy = Policy::from_json(BLANK, dictionary).ok()?;
    policy.tables = doubts.tables.clone();
    policy.formulas = doubts.formulas.clone();
    policy.verdict = Condition::Constant(true).put(&mut policy.formulas);
    policy.cautions.push(Caution {
        id: rule.code.clone(),
        when: Some(rule.when),
        text: rule.text.clone(),
        cites: Vec::new(),
    });
    Some(policy)
}
