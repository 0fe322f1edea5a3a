//! Reports, and what is shown beside them.

use zice_advice::Options;
use zice_report::{AdviceRequest, Report, SeveralAdvice, TogetherReport};
use zice_rules::{Company, Dictionary, Lang, Policy, assess, company::Answer};

use crate::protocol::{CompanyRequest, Reports, Written};

/// The report of each policy, with advice.
pub fn reports(
    dictionary: &Dictionary,
    policies: &[&Policy],
    request: &CompanyRequest<'_>,
    lang: Lang,
) -> Reports {
    let (company, problems) = Company::from_value(&request.file, dictionary, request.today);
    let wrong: Vec<&str> = problems.iter().filter_map(|it| it.fact.as_deref()).collect();
    let mut advice = Vec::with_capacity(policies.len());
    let mut written = Vec::with_capacity(policies.len());
    for policy in policies.iter().copied() {
        let mut write = || {
            let assessment = assess(policy, &company).ok()?;
            let mut report = Report::new(&assessment, dictionary, lang).ok()?;
            let own = report.advise(&assessment, dictionary, lang, Options::default()).ok()?;
            let json = serde_json::to_string(&report).ok()?;
            advice.push((policy, own));
            Some(Written {
                json,
                figures: report.criteria.into_iter().map(|it| it.figure).collect(),
                graded: graded(dictionary, policy, &company, &wrong),
            })
        };
        written.push(write());
    }
    let together = TogetherReport::list(&advice, &company, dictionary).unwrap_or_default();
    Reports { written, together }
}

/// What the policies advise; one whose figures are too large to calculate with is
/// left out.
pub fn advise(
    dictionary: &Dictionary,
    policies: &[&Policy],
    known: &[&Policy],
    request: &CompanyRequest<'_>,
    lang: Lang,
    asked: AdviceRequest,
) -> SeveralAdvice {
    let (company, _) = Company::from_value(&request.file, dictionary, request.today);
    let mut policies = policies.to_vec();
    loop {
        let told = SeveralAdvice::new(&policies, known, &company, dictionary, lang, asked);
        let Err((failed, _)) = told else { return told.unwrap_or_default() };
        let before = policies.len();
        policies.retain(|it| it.address() != failed);
        if policies.len() == before {
            return SeveralAdvice::default();
        }
    }
}

/// Returns the names of the criteria all of whose questions are answered.
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
