//! Points that are open though everything is answered.

use zice_rules::{Policy, assess, company::Answer};

use crate::session::Session;

/// Criteria of a policy that nothing is left to answer for: what is open there
/// is for the experts, or lies within an estimate.
pub fn graded<'a>(session: &Session, policy: &'a Policy) -> Vec<&'a str> {
    let (company, problems) = session.company();
    let year = session.day().year();
    // An estimate is an answer; a mistake and a missing year are none.
    let is_answered = |fact: usize| {
        let id = session.catalogue.dictionary.facts.get(fact).map(|it| it.id.as_str());
        let wrong = problems.iter().any(|problem| problem.fact.as_deref() == id);
        let given = match company.answers.get(fact) {
            Some(Answer::Yearly { years, .. }) => {
                let mut wanted = policy.years_of(fact).into_iter().map(|it| year + i32::from(it));
                wanted.all(|wanted| years.iter().any(|(year, _)| *year == wanted))
            }
            Some(Answer::Number(_) | Answer::Choice(_)) => session.is_answered(fact),
            _ => false,
        };
        given && !wrong
    };
    let mut ids = Vec::new();
    if policy.total().is_some()
        && let Ok(assessment) = assess(policy, &company)
    {
        for (row, criterion) in policy.criteria.iter().enumerate() {
            let questions = assessment.questions_of(row).unwrap_or_default();
            if questions.iter().all(|it| is_answered(it.fact)) {
                ids.push(criterion.id.as_str());
            }
        }
    }
    ids
}
