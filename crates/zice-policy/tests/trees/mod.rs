//! Assesses companies by trees. This is the oracle for the programs.

pub mod evaluate;

use evaluate::{Evaluator, Results, banded, listed};
use zice_exact::program::{Lens, Outcome, judgement};
use zice_policy::tree::{Condition, Number};
use zice_rules::{
    Company, Policy, Verdict,
    company::Entry,
    fraction::{Fraction, Overflow},
    points::PointSet,
    policy::{Band, Criterion, Measure, Part, Rule},
    truth::Truth,
};

/// A policy with its formulas as trees.
pub struct Trees<'p> {
    pub policy: &'p Policy,
    criteria: Vec<OneCriterion>,
    verdict: Condition,
}

struct OneCriterion {
    review: Vec<Condition>,
    rule: OneRule,
}

enum OneRule {
    Holds(Condition),
    Points(Vec<(Number, Vec<Band>)>),
    Total { of: Vec<Part>, from: u8, also: Option<Condition> },
}

/// What the trees say about a company.
pub struct Found {
    pub verdict: Verdict,
    pub rounds: Vec<Round>,
}

/// One evaluation of all criteria.
pub struct Round {
    pub results: Results,
    pub sides: [Truth; 2],
}

impl<'p> Trees<'p> {
    pub fn of(policy: &'p Policy) -> Self {
        let formulas = &policy.formulas;
        let condition = |at| Condition::of(formulas, at);
        let criteria = policy.criteria.iter().map(|criterion| OneCriterion {
            review: criterion.review.iter().map(|case| condition(case.when)).collect(),
            rule: match &criterion.rule {
                Rule::Holds { when, .. } => OneRule::Holds(condition(*when)),
                Rule::Points { best_of, .. } => OneRule::Points(
                    best_of
                        .iter()
                        .map(|basis| match &basis.measure {
                            Measure::Banded(banded) => {
                                (Number::of(formulas, banded.value), banded.bands.clone())
                            }
                            Measure::Condition(points) => of_condition(
                                Condition::of(formulas, points.when),
                                points.min,
                                points.max,
                            ),
                        })
                        .collect(),
                ),
                Rule::Total { of, also, .. } => OneRule::Total {
                    of: of.clone(),
                    from: criterion.passes_from().expect("a total"),
                    also: also.map(condition),
                },
            },
        });
        Self { policy, criteria: criteria.collect(), verdict: condition(policy.verdict) }
    }

    /// Assesses a company. Fails with the id of the first criterion whose
    /// numbers overflow.
    pub fn assess(&self, company: &Company) -> Result<Found, String> {
        let policy = self.policy;
        let mut rounds = Vec::new();
        let mut sides = [Truth::False; 2];
        let Some(each) = &policy.each else {
            let one = self.round(company, None)?;
            sides = one.sides;
            rounds.push(one);
            return Ok(Found { verdict: verdict(policy, sides), rounds });
        };
        let (entries, more) = listed(&policy.links, company, each.list);
        for entry in entries {
            let one = self.round(company, Some(entry))?;
            sides = both(sides, one.sides, Truth::or);
            rounds.push(one);
        }
        if entries.is_empty() && !more {
            let verdict = if policy.hint { Verdict::Hint } else { Verdict::NotApplicable };
            return Ok(Found { verdict, rounds });
        }
        if more {
            let one = self.round(company, None)?;
            sides = both(sides, one.sides.map(|it| it.and(Truth::Unknown)), Truth::or);
            if rounds.is_empty() {
                sides = sides.map(|it| it.or(Truth::Unknown));
                rounds.push(one);
            }
        }
        Ok(Found { verdict: verdict(policy, sides), rounds })
    }

    fn round(&self, company: &Company, entry: Option<&Entry>) -> Result<Round, String> {
        let policy = self.policy;
        let mut results = Results::default();
        for (criterion, trees) in policy.criteria.iter().zip(&self.criteria) {
            let evaluator = Evaluator { links: &policy.links, company, results: &results, entry };
            let outcome = |lens| {
                decide(&evaluator, criterion, trees, lens).map_err(|Overflow| criterion.id.clone())
            };
            let (worst, best) = (outcome(Lens::Worst)?, outcome(Lens::Best)?);
            results.push(worst, best);
        }
        let evaluator = Evaluator { links: &policy.links, company, results: &results, entry };
        let side =
            |lens| evaluator.truth(&self.verdict, lens, None).map_err(|Overflow| policy.id.clone());
        let sides = [side(Lens::Worst)?, side(Lens::Best)?];
        Ok(Round { results, sides })
    }
}

/// A condition that brings points is the number 1 where it holds and 0
/// otherwise, with a single band at 1.
fn of_condition(when: Condition, min: u8, max: u8) -> (Number, Vec<Band>) {
    let constant = |value| Box::new(Number::Constant(value));
    let number = Number::If(Box::new(when), constant(Fraction::ONE), constant(Fraction::ZERO));
    (number, vec![Band { from: Fraction::ONE, above: false, min, max }])
}

fn both(a: [Truth; 2], b: [Truth; 2], join: fn(Truth, Truth) -> Truth) -> [Truth; 2] {
    [join(a[0], b[0]), join(a[1], b[1])]
}

fn verdict(policy: &Policy, sides: [Truth; 2]) -> Verdict {
    if policy.hint {
        return Verdict::Hint;
    }
    match sides {
        [Truth::True, Truth::True] => Verdict::Met,
        [Truth::False, Truth::False] => Verdict::NotMet,
        [Truth::Unknown, _] | [_, Truth::Unknown] => Verdict::Undecided,
        _ => Verdict::NeedsReview,
    }
}

fn decide(
    evaluator: &Evaluator<'_>,
    criterion: &Criterion,
    trees: &OneCriterion,
    lens: Lens,
) -> Result<Outcome, Overflow> {
    let judged = Outcome {
        truth: judgement(lens),
        points: match (lens, criterion.out_of()) {
            (Lens::Best, Some(out_of)) => PointSet::only(out_of),
            _ => PointSet::ZERO,
        },
    };
    let mut person = Truth::from(criterion.is_open());
    for case in &trees.review {
        person = person.or(evaluator.truth(case, Lens::Worst, None)?);
    }
    Ok(match person {
        Truth::True => judged,
        Truth::False => calculate(evaluator, criterion, trees, lens)?,
        Truth::Unknown => calculate(evaluator, criterion, trees, lens)?.or(judged),
    })
}

fn calculate(
    evaluator: &Evaluator<'_>,
    criterion: &Criterion,
    trees: &OneCriterion,
    lens: Lens,
) -> Result<Outcome, Overflow> {
    Ok(match &trees.rule {
        OneRule::Holds(when) => {
            let mut truth = evaluator.truth(when, lens, None)?;
            if criterion.otherwise.is_some() {
                truth = truth.or(judgement(lens));
            }
            Outcome { truth, points: PointSet::ZERO }
        }
        OneRule::Points(best_of) => {
            let mut points = PointSet::ZERO;
            for (value, bands) in best_of {
                let value = evaluator.number(value, lens, None)?;
                points = points.best(banded(bands, &value, lens));
            }
            Outcome { truth: at_least(points, 1), points }
        }
        OneRule::Total { of, from, also } => {
            let points = of.iter().fold(PointSet::ZERO, |sum, part| {
                let own = part.of.iter().fold(PointSet::ZERO, |own, index| {
                    let result = evaluator.results.get(lens, index.place());
                    result.map_or(own, |result| own.plus(result.points))
                });
                sum.plus(part.cap.map_or(own, |cap| own.capped(cap)))
            });
            let also = match also {
                Some(condition) => evaluator.truth(condition, lens, None)?,
                None => Truth::True,
            };
            Outcome { truth: at_least(points, *from).and(also), points }
        }
    })
}

fn at_least(points: PointSet, needed: u8) -> Truth {
    match (points.min() >= needed, points.max() >= needed) {
        (true, _) => Truth::True,
        (_, false) => Truth::False,
        _ => Truth::Unknown,
    }
}
