//! Reports, and what is shown beside them.

use zice_advice::Options;
use zice_report::{AdviceDocument, AdviceRequest, Report};
use zice_rules::{Company, Dictionary, Lang, Policy, assess, company::Answer};

use crate::protocol::{CompanyRequest, Written};

/// The report of each policy; nothing in place of one whose figures are too large
/// to calculate with.
pub fn reports(
    dictionary: &Dictionary,
    policies: &[&Policy],
    request: &CompanyRequest<'_>,
    lang: Lang,
) -> Vec<Option<Written>> {
    let (company, problems) = Company::from_value(&request.file, dictionary, request.today);
    let wrong: Vec<&str> = problems.iter().filter_map(|it| it.fact.as_deref()).collect();
    let write = |policy: &&Policy| {
        let assessment = assess(policy, &company).ok()?;
        let mut report = Report::new(&assessment, dictionary, lang).ok()?;
        report.advise(&assessment, dictionary, lang, Options::default()).ok()?;
        Some(Written {
            json: serde_json::to_string(&report).ok()?,
            figures: report.criteria.into_iter().map(|it| it.figure).collect(),
            graded: graded(dictionary, policy, &company, &wrong),
        })
    };
    policies.iter().map(write).collect()
}

/// What each policy advises; nothing in place of one whose figures are too large to
/// calculate with.
pub fn advise(
    dictionary: &Dictionary,
    policies: &[&Policy],
    request: &CompanyRequest<'_>,
    lang: Lang,
    asked: AdviceRequest,
) -> Vec<Option<AdviceDocument>> {
    let (company, _) = Company::from_value(&request.file, dictionary, request.today);
    let tell = |policy: &&Policy| AdviceDocument::new(policy, &company, dictionary, lang, asked);
    policies.iter().map(|policy| tell(policy).ok()).collect()
}

/// The criteria of a policy that nothing is left to answer for, by name.
fn graded(
    dictionary: &Dictionary,
    policy: &Policy,
    company: &Company,
    wrong: &[&str],
) -> Vec<String> {
    let year = company.as_of.year();
    // An estimate is an answer; a mistake and a missing year are none.
    let is_answered = |fact: usize| {
        let id = dictionary.facts.get(fact).map_or("", |it| it.id.as_str());
        let given = match company.answers.get(fact) {
            Some(Answer::Yearly { years, .. }) => {
                let wanted = policy.years_of(fact).into_iter();
                let mut wanted = wanted.map(|it| year.saturating_add(i32::from(it)));
                wanted.all(|wanted| years.iter().any(|(year, _)| *year == wanted))
            }
            Some(Answer::Number(_) | Answer::Choice(_)) => true,
            _ => false,
        };
        given && !wrong.contains(&id)
    };
    let mut ids = Vec::new();
    if policy.total().is_some()
        && let Ok(assessment) = assess(policy, company)
    {
        for (row, criterion) in policy.criteria.iter().enumerate() {
            let questions = assessment.questions_of(row).unwrap_or_default();
            if questions.iter().all(|it| is_answered(it.fact)) {
                ids.push(criterion.id.clone());
            }
        }
    }
    ids
}
