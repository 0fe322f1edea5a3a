//! Translates what the engine says into the oracle's words.

use zice_policy::Library;
use zice_rules::{Assessment, Policy, assess::Points};

use super::reading::{Expected, GATES, SCORES};

fn at(policy: &Policy, id: &str) -> usize {
    let found = policy.criteria.iter().position(|criterion| criterion.id == id);
    found.unwrap_or_else(|| panic!("the policy has no criterion {id}"))
}

/// What the engine says, in the oracle's words.
pub fn observed(policy: &Policy, assessment: &Assessment<'_>) -> Expected {
    let points = |id: &str| {
        let Points { min, max } = assessment.points(at(policy, id)).expect("points");
        (min, max)
    };
    let all = GATES.iter().chain(&SCORES).chain(&["score"]);
    Expected {
        verdict: assessment.verdict(),
        total: points("score"),
        points: SCORES.map(points),
        statuses: all.map(|id| assessment.status(at(policy, id))).collect(),
    }
}

/// The ids of the facts that are asked for. `ip_complete` counts as its list
/// `ip`.
pub fn questions(library: &Library, assessment: &Assessment<'_>) -> Vec<String> {
    let questions = assessment.questions().expect("questions");
    let id = |fact: usize| library.dictionary.facts[fact].id.clone();
    let ids = questions.iter().map(|question| id(question.fact));
    ids.map(|id| if id == "ip_complete" { "ip".to_owned() } else { id }).collect()
}
