//! Answers that certainly cannot both be right.

use super::{Answer, Company, ProblemKind, path::Path, reader::Reader, value::blank_answer};
use crate::{
    dictionary::{Contradiction, Dictionary, Fact},
    range::Range,
};

/// Reports answers that certainly cannot both be right. Nobody can tell which
/// of the two is wrong, so neither is used.
pub(super) fn find_contradictions<'a>(
    reader: &mut Reader<'a>,
    company: &mut Company,
    dictionary: &'a Dictionary,
) {
    let mut refused: Vec<(usize, Vec<Option<i32>>)> = Vec::new();
    for rule in &dictionary.contradictions {
        let years = contradicting(rule, company, dictionary);
        let Some([first, second]) = rule.facts().filter(|_| !years.is_empty()) else { continue };
        reader.fact = Some(first);
        for year in &years {
            let year = year.map(|year| year.to_string());
            let facts = Path::root("facts");
            let fact = facts.key(first);
            let path = year.as_ref().map_or(fact, |year| fact.key(year));
            reader.problem(&path, ProblemKind::Contradiction(rule.text.clone()));
        }
        reader.fact = None;
        let places = [first, second].map(|id| dictionary.position(id));
        refused.extend(places.into_iter().flatten().map(|at| (at, years.clone())));
    }
    for (at, refused) in refused {
        match company.answers.get_mut(at) {
            // Both lists are in rising order.
            Some(Answer::Yearly { years, .. }) => {
                years.retain(|(year, _)| refused.binary_search(&Some(*year)).is_err());
            }
            Some(answer) => {
                if let Some(fact) = dictionary.facts.get(at) {
                    *answer = blank_answer(fact);
                }
            }
            None => {}
        }
    }
}

/// Whether any two answers cannot both be right.
pub(super) fn contradicts_itself(company: &Company, dictionary: &Dictionary) -> bool {
    let mut rules = dictionary.contradictions.iter();
    rules.any(|rule| !contradicting(rule, company, dictionary).is_empty())
}

/// Returns the fiscal years of a contradiction in rising order; `None` stands
/// for facts without years.
fn contradicting(
    rule: &Contradiction,
    company: &Company,
    dictionary: &Dictionary,
) -> Vec<Option<i32>> {
    let Some([first, second]) = rule.facts() else { return Vec::new() };
    let known = |id: &str| {
        let at = dictionary.position(id)?;
        Some((dictionary.facts.get(at)?, company.answers.get(at)?))
    };
    let (Some((fact, one)), Some((other, two))) = (known(first), known(second)) else {
        return Vec::new();
    };
    if let Some(is) = &rule.is {
        let both = says(fact, one, core::slice::from_ref(is)) && says(other, two, &rule.one_of);
        return if both { vec![None] } else { Vec::new() };
    }
    match (one, two) {
        (Answer::Number(part), Answer::Number(whole)) if exceeds(part, whole) => vec![None],
        (Answer::Yearly { years, .. }, Answer::Yearly { years: wholes, .. }) => {
            let exceeded = years.iter().filter(|(year, part)| {
                let at = wholes.binary_search_by_key(year, |(other, _)| *other);
                let whole = at.ok().and_then(|at| wholes.get(at));
                whole.is_some_and(|(_, whole)| exceeds(part, whole))
            });
            exceeded.map(|(year, _)| Some(*year)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether an answer is one of these choices, or one of `true` and `false`.
fn says(fact: &Fact, answer: &Answer, one_of: &[String]) -> bool {
    let id = match answer {
        Answer::Bool(true) => Some("true"),
        Answer::Bool(false) => Some("false"),
        Answer::Choice(at) => fact.values.get(usize::from(*at)).map(|it| it.id.as_str()),
        _ => None,
    };
    id.is_some_and(|id| one_of.iter().any(|other| other == id))
}

fn exceeds(part: &Range, whole: &Range) -> bool {
    part.lo.zip(whole.hi).is_some_and(|(part, whole)| part > whole)
}
