//! The state of a company: problems, doubts, and what each policy says at this
//! moment.

use zice_report::doubt_text;
use zice_rules::{
    Company, Dictionary, Lang, Policy, Text, assess,
    assess::{Assessment, Points, Status},
    company::{self, Answer, ProblemKind},
    policy::{CriterionKind, Rule},
};

use crate::protocol::{
    CONFIRMED, CompanyRequest, Decided, Doubt, Figures, Picture, Problem, Share, Standing, State,
    Total,
};

/// Assesses a company under these policies.
pub fn state(dictionary: &Dictionary, policies: &[&Policy], request: &CompanyRequest<'_>) -> State {
    let (company, problems) = Company::from_value(&request.file, dictionary, request.today);
    let doubts = doubts(dictionary, policies, &company);
    let doubted: Figures = doubts.iter().flat_map(|it| it.figures.iter().cloned()).collect();
    let pictures = policies.iter().map(|policy| {
        let mut picture = picture(policy, &company);
        stand(&mut picture, policy, company.as_of.year(), &doubted, &request.estimated);
        picture
    });
    State {
        answered: answered(&company),
        pictures: pictures.collect(),
        problems: problems.iter().map(problem).collect(),
        doubts,
    }
}

fn problem(problem: &company::Problem) -> Problem {
    let kind = &problem.kind;
    Problem {
        fact: problem.fact.clone(),
        path: problem.path.clone(),
        text: match kind {
            ProblemKind::Contradiction(text) => text.clone(),
            _ => Text { zh: kind.text(Lang::Zh), en: kind.text(Lang::En) },
        },
        contradiction: matches!(kind, ProblemKind::Contradiction(_)),
    }
}

/// The number of answers given. A figure without years counts once it is exact.
fn answered(company: &Company) -> usize {
    let given = company.answers.iter().filter(|answer| match answer {
        Answer::Unknown => false,
        Answer::Number(range) => range.as_exact().is_some(),
        Answer::Yearly { years, .. } => !years.is_empty(),
        _ => true,
    });
    given.count()
}

/// The doubts about figures that any of the policies looks at, without those that
/// were answered.
fn doubts(dictionary: &Dictionary, policies: &[&Policy], company: &Company) -> Vec<Doubt> {
    let mut open: Vec<Doubt> = Vec::new();
    for raised in dictionary.doubts_about(company) {
        let looks = |policy: &Policy| raised.concerns(policy, company);
        let concerns = policies.iter().enumerate().filter(|(_, policy)| looks(policy));
        let concerns: Vec<usize> = concerns.map(|(at, _)| at).collect();
        if concerns.is_empty() {
            continue;
        }
        let year = raised.year.map_or_else(String::new, |year| [".", &year.to_string()].concat());
        let answer = ([CONFIRMED, ".", &raised.doubt.code, &year].concat(), raised.figures());
        if raised.is_confirmed(company) {
            continue;
        }
        let change = raised.suggest.as_ref().and_then(|change| {
            let id = &dictionary.facts.get(change.fact)?.id;
            let year = change.year.map_or_else(String::new, |it| [".", &it.to_string()].concat());
            Some((["facts.", id, &year].concat(), change.to.to_decimal_or_ratio()))
        });
        let same = open.iter_mut().find(|it| change.is_some() && it.change == change);
        if let Some(same) = same {
            same.answers.push(answer);
            same.figures.extend(raised.facts);
            for policy in concerns {
                if !same.concerns.contains(&policy) {
                    same.concerns.push(policy);
                }
            }
            continue;
        }
        open.push(Doubt {
            answers: vec![answer],
            text: Text { zh: doubt_text(&raised, Lang::Zh), en: doubt_text(&raised, Lang::En) },
            figures: raised.facts,
            change,
            concerns,
        });
    }
    open
}

fn picture(policy: &Policy, company: &Company) -> Picture {
    let Ok(assessment) = assess(policy, company) else { return Picture::default() };
    let mut open: Vec<usize> =
        assessment.questions().unwrap_or_default().iter().map(|it| it.fact).collect();
    // Hints have no verdict to be decided: each stands for itself.
    let mut hints = 0;
    for row in 0..if policy.hint { assessment.rows() } else { 0 } {
        match assessment.status(row) {
            Status::Met => hints += 1,
            Status::Unknown => {
                for question in assessment.questions_of(row).unwrap_or_default() {
                    if !open.contains(&question.fact) {
                        open.push(question.fact);
                    }
                }
            }
            _ => {}
        }
    }
    let score = policy.criteria.iter().enumerate().find_map(|(at, criterion)| {
        let Rule::Total { out_of, needs, strict, .. } = criterion.rule else { return None };
        let Points { min, max } = assessment.points(at)?;
        Some(Total { min, max, out_of, needs, strict })
    });
    Picture {
        verdict: Some(assessment.verdict()),
        score,
        shares: shares(policy, &assessment),
        open,
        hints: policy.hint.then_some(hints),
        decided: decided(policy, &assessment),
        ..Picture::default()
    }
}

/// The points of every criterion that the total adds up.
fn shares(policy: &Policy, assessment: &Assessment<'_>) -> Vec<Share> {
    let parts = policy.criteria.iter().find_map(|criterion| match &criterion.rule {
        Rule::Total { of, .. } => Some(of),
        _ => None,
    });
    let added = parts.into_iter().flatten().flat_map(|part| &part.of);
    let share = |criterion: usize| {
        let out_of = policy.criteria.get(criterion)?.out_of()?;
        let Points { min, max } = assessment.points(criterion)?;
        Some(Share { criterion, min, max, out_of })
    };
    added.filter_map(|at| share(at.place())).collect()
}

fn decided(policy: &Policy, assessment: &Assessment<'_>) -> Decided {
    let mut told = Decided::default();
    if policy.each.is_some() {
        return told;
    }
    for (row, criterion) in policy.criteria.iter().enumerate() {
        let status = assessment.status(row);
        if told.route.is_none() && criterion.route.is_some() && status == Status::Met {
            told.route = Some(row);
        }
        if criterion.kind != CriterionKind::Gate && criterion.passes_from().is_none() {
            continue;
        }
        match status {
            Status::Met => told.met += 1,
            Status::NotMet => told.failed.push(row),
            Status::NeedsReview => told.review.push(row),
            Status::Unknown => told.waiting += 1,
            Status::NotApplicable => {}
        }
    }
    told
}

/// Notes which criteria rest on figures that are in doubt, or estimated.
fn stand(
    picture: &mut Picture,
    policy: &Policy,
    year: i32,
    doubted: &Figures,
    estimated: &Figures,
) {
    picture.standings = vec![Standing::Firm; policy.criteria.len()];
    picture.standing = Standing::Firm;
    for (figures, standing) in [(estimated, Standing::Estimated), (doubted, Standing::Doubted)] {
        if figures.is_empty() {
            continue;
        }
        let resting = policy.resting(figures, year);
        for ((own, rests), criterion) in
            picture.standings.iter_mut().zip(resting).zip(&policy.criteria)
        {
            if rests {
                *own = standing;
                // Notes and papers decide nothing.
                if !matches!(criterion.kind, CriterionKind::Note | CriterionKind::Paper) {
                    picture.standing = standing;
                }
            }
        }
    }
    if picture.standings.iter().all(|it| *it == Standing::Firm) {
        picture.standings.clear();
    }
}
