//! What if: the stairs of verdict and points along a lever or a figure.

use zice_advice::{Probe, Stairs, figures, stairs_of_figure, stairs_of_lever};
use zice_rules::{Batch, Company, Dictionary, Policy, policy::Horizon};

use crate::protocol::{Along, CompanyRequest, Stair};

/// Stairs of a company under a policy; none where they are not known exactly.
pub fn stairs(
    dictionary: &Dictionary,
    policy: &Policy,
    request: &CompanyRequest<'_>,
    along: &Along,
) -> Vec<Stair> {
    let (company, _) = Company::from_value(&request.file, dictionary, request.today);
    let found = climb(dictionary, policy, &company, along);
    // One that does not fit leaves none: stairs with a gap would say too much.
    found.and_then(told).unwrap_or_default()
}

fn climb(
    dictionary: &Dictionary,
    policy: &Policy,
    company: &Company,
    along: &Along,
) -> Option<Stairs> {
    let batch = Batch::new(policy).ok()?;
    if let Some(id) = &along.lever {
        let lever = policy.levers.iter().position(|it| it.id == *id)?;
        let horizon = if along.next_round { Horizon::NextRound } else { Horizon::ThisRound };
        return stairs_of_lever(&batch, company, dictionary, lever, horizon);
    }
    let mut probe = Probe::new(&batch, company);
    let mut all = figures(&probe, company, dictionary).into_iter();
    let figure = all.find(|it| it.fact == along.fact && it.year == along.year)?;
    stairs_of_figure(&mut probe, &figure, along.below.into(), along.above.into())
}

fn told(stairs: Stairs) -> Option<Vec<Stair>> {
    let tell = |step: zice_advice::Step| {
        Some(Stair {
            from: step.from.try_into().ok()?,
            to: step.to.try_into().ok()?,
            value: step.value.map(|it| it.to_decimal_or_ratio()),
            verdict: step.verdict,
            score: step.score.map(|it| (it.min, it.max)),
        })
    };
    stairs.steps.into_iter().map(tell).collect()
}
