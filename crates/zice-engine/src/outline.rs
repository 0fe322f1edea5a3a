//! The outline of a policy: everything but its formulas, which stay with the
//! engine.

use zice_rules::{
    Policy,
    formula::{Cell, Condition, Node, Number, Walk},
    policy::{self, Cite, Criterion, CriterionKind, Measure, Rule, bound_text},
};

use crate::protocol::{
    AskedFact, Basis, Line, Milestone, Outline, Paper, Place, Source, Statement, Step,
};

/// Makes the outline of a policy that is kept under a number (`handle`).
pub fn outline(policy: &Policy, handle: usize) -> Outline {
    let looked_at: Vec<Vec<usize>> =
        policy.criteria.iter().map(|one| policy.facts_of(one)).collect();
    let facts = policy.asks().into_iter().map(|fact| {
        let criteria = looked_at.iter().enumerate().filter(|(_, facts)| facts.contains(&fact));
        AskedFact {
            fact,
            years: policy.years_of(fact),
            waits: policy.waits_for(fact),
            decides: is_decided_by(policy, fact),
            criteria: criteria.map(|(at, _)| at).collect(),
        }
    });
    let statements = |all: &[policy::Statement]| {
        let told = |it: &policy::Statement| Statement {
            text: it.text.clone(),
            cites: places(policy, &it.cites),
        };
        all.iter().map(told).collect()
    };
    let links = &policy.links;
    let mut fields = links.fields.clone();
    fields.extend(links.choices.iter().filter_map(|it| Some((it.fact, it.field?))));
    Outline {
        handle,
        id: policy.id.clone(),
        edition: policy.edition.clone(),
        digest: policy.digest.clone(),
        title: policy.title.clone(),
        hint: policy.hint,
        checked_on: policy.checked_on,
        review_by: policy.review_by,
        facts: facts.collect(),
        fields,
        criteria: policy.criteria.iter().map(line).collect(),
        open_points: statements(&policy.open_points),
        benefits: statements(&policy.benefits),
        calendar: policy.calendar.iter().map(|it| milestone(policy, it)).collect(),
        papers: policy.papers.iter().map(paper).collect(),
        sources: policy.sources.iter().filter_map(source).collect(),
    }
}

fn milestone(policy: &Policy, it: &policy::Milestone) -> Milestone {
    let cites = places(policy, &it.cites);
    Milestone { id: it.id.clone(), from: it.from, date: it.date, cites }
}

fn paper(paper: &policy::Paper) -> Paper {
    Paper { id: paper.id.clone(), title: paper.title.clone() }
}

fn source(source: &policy::Source) -> Option<Source> {
    let url = source.link()?.to_owned();
    Some(Source { number: source.number.clone(), title: source.title.clone(), url })
}

/// The places in the sources where a sentence of the policy stands.
fn places(policy: &Policy, cites: &[Cite]) -> Vec<Place> {
    let places = cites.iter().filter_map(|cite| {
        let source = policy.sources.get(cite.source.place())?.number.clone();
        Some(Place { source, clause: cite.clause.clone(), page: cite.page.clone() })
    });
    places.collect()
}

fn line(criterion: &Criterion) -> Line {
    let (mut bases, mut sum) = (Vec::new(), None);
    match &criterion.rule {
        Rule::Points { best_of, .. } => {
            let told = best_of.iter().filter(|it| best_of.len() > 1 || it.grades().len() > 1);
            bases = told.map(basis).collect();
        }
        Rule::Total { of, .. } => {
            sum = Some(of.iter().flat_map(|part| part.of.iter().map(|at| at.place())).collect());
        }
        Rule::Holds { .. } => {}
    }
    Line {
        id: criterion.id.clone(),
        kind: criterion.kind,
        title: criterion.title.clone(),
        route: criterion.route.clone(),
        bases,
        sum,
    }
}

fn basis(basis: &policy::Basis) -> Basis {
    let steps = match &basis.measure {
        Measure::Banded(banded) => {
            let steps = banded.bands.iter().rev().map(|band| Step {
                from: Some(bound_text(band.from, banded.unit)),
                above: band.above,
                min: band.min,
                max: band.max,
            });
            steps.collect()
        }
        Measure::Condition(points) => {
            vec![Step { from: None, above: false, min: points.min, max: points.max }]
        }
    };
    Basis { title: basis.title.clone(), steps }
}

/// Whether a condition that can change a verdict looks at figures of a fact by
/// year and side, or at whether there are any.
fn is_decided_by(policy: &Policy, fact: usize) -> bool {
    let mut found = false;
    let mut see = |node: Node<'_>| {
        let (Node::Number(Number::Cell(Cell { fact: at, .. }))
        | Node::Condition(Condition::Given(at))) = node
        else {
            return;
        };
        found |= policy.links.facts.get(at.place()) == Some(&fact);
    };
    for criterion in &policy.criteria {
        if !matches!(criterion.kind, CriterionKind::Note | CriterionKind::Paper) {
            policy.visit_criterion(criterion, Walk::All, &mut see);
            for case in &criterion.review {
                policy.formulas.visit_condition(case.when, Walk::All, &mut see);
            }
        }
    }
    found
}
