//! Completions of open answers, to show that something cannot be reached
//! whatever they turn out to be.

use zice_rules::{
    Batch, Policy,
    batch::{Row, Value},
    formula::{FactAt, Node, Reference, Walk},
    fraction::Fraction,
    program::{NumberSlot, TruthSlot},
    range::Undefined,
    truth::Truth,
};

/// Completions that are tried: conditions as true or false, numbers at the lower
/// or the upper end.
pub(crate) const WITNESSES: [(bool, bool); 4] =
    [(false, false), (true, false), (false, true), (true, true)];

/// What stands in for an upper end that is not known.
const LARGE: i128 = 1_000_000_000_000_000;

/// The slots that may be completed where they are open.
///
/// What stands inside `确定(…)` is left as it is: it counts as not said while it
/// is unknown, so a company that says it is another one.
#[derive(Debug, Default)]
pub(crate) struct Open {
    truths: Vec<usize>,
    numbers: Vec<usize>,
    lists: Vec<usize>,
}

impl Open {
    /// Finds the slots of a policy.
    pub fn of(batch: &Batch<'_>) -> Self {
        let links = &batch.policy().links;
        let asked = waiting(batch.policy());
        let is_asked =
            |at: &FactAt| links.facts.get(at.place()).is_some_and(|it| asked.contains(it));
        let slots = batch.slots();
        let truth = |slot: &TruthSlot| match slot {
            TruthSlot::Fact(at) | TruthSlot::Within(at, _) => is_asked(at),
            TruthSlot::OneOf(at) => {
                links.choices.get(at.place()).is_some_and(|it| asked.contains(&it.fact))
            }
            TruthSlot::Given(_) | TruthSlot::HasYear(_) => false,
        };
        let number = |slot: &NumberSlot| match slot {
            NumberSlot::Fact(at) | NumberSlot::Year(at, _) => is_asked(at),
            _ => false,
        };
        fn places<T>(all: &[T], is: impl Fn(&T) -> bool) -> Vec<usize> {
            let all = all.iter().enumerate().filter(|(_, slot)| is(slot));
            all.map(|(place, _)| place).collect()
        }
        Self {
            truths: places(&slots.truths, truth),
            numbers: places(&slots.numbers, number),
            lists: places(&slots.lists, |list| is_asked(&list.fact)),
        }
    }

    /// Whether nothing is open.
    pub const fn is_empty(&self) -> bool {
        self.truths.is_empty() && self.numbers.is_empty() && self.lists.is_empty()
    }

    /// Whether any of it is open in a row.
    pub fn is_in(&self, row: &Row) -> bool {
        let truth = |at: &usize| row.truths.get(*at) == Some(&Truth::Unknown);
        let number =
            |at: &usize| row.numbers.get(*at).is_some_and(|it| !it.value(&row.wide).is_settled());
        let list = |at: &usize| {
            row.lists.get(*at).is_some_and(|list| {
                list.more
                    || list.masks.iter().any(|words| {
                        let known = words.iter().map(|it| (it.yes | it.no | it.lost).count_ones());
                        usize::try_from(known.sum::<u32>()) != Ok(list.count)
                    })
            })
        };
        self.truths.iter().any(truth)
            || self.numbers.iter().any(number)
            || self.lists.iter().any(list)
    }

    /// Returns one completion of a row: a company that it may turn out to be.
    pub fn completed(&self, row: &Row, (yes, high): (bool, bool)) -> Row {
        let mut whole = row.clone();
        for slot in &self.truths {
            if let Some(truth) = whole.truths.get_mut(*slot).filter(|it| **it == Truth::Unknown) {
                *truth = Truth::from(yes);
            }
        }
        for slot in &self.numbers {
            let Some(place) = whole.numbers.get_mut(*slot) else { continue };
            let Value::Span(range) = place.value(&whole.wide) else { continue };
            let (one, other) = if high { (range.hi, range.lo) } else { (range.lo, range.hi) };
            if range.undefined != Undefined::No || (one.is_none() && other.is_none()) {
                continue;
            }
            let far = Fraction::whole(if high { LARGE } else { 0 });
            let value = Value::Exact(one.unwrap_or(far));
            *place = zice_exact::program::Dense::of(value, &mut whole.wide);
        }
        for at in &self.lists {
            let Some(list) = whole.lists.get_mut(*at) else { continue };
            list.more = false;
            for words in &mut list.masks {
                let mut left = list.count;
                for mask in words.iter_mut() {
                    let own = bits(left);
                    left = left.saturating_sub(64);
                    let open = own & !(mask.yes | mask.no | mask.lost);
                    if yes {
                        mask.yes |= open;
                    } else {
                        mask.no |= open;
                    }
                }
            }
        }
        whole
    }
}

/// Returns the facts, by position, that no formula has inside `确定(…)` or
/// `已填(…)`.
fn waiting(policy: &Policy) -> Vec<usize> {
    let links = &policy.links;
    let named = |walk: Walk| {
        let mut facts: Vec<usize> = Vec::new();
        let mut see = |node: Node<'_>| {
            let fact = match node.refers_to() {
                Some(Reference::Fact(at) | Reference::Years(at, _) | Reference::List(at)) => {
                    links.facts.get(at.place()).copied()
                }
                Some(Reference::Figure(cell)) => links.facts.get(cell.fact.place()).copied(),
                Some(Reference::Field(at)) => links.fields.get(at.place()).map(|(fact, _)| *fact),
                Some(Reference::Choices(at)) => links.choices.get(at.place()).map(|it| it.fact),
                _ => None,
            };
            facts.extend(fact);
        };
        for criterion in &policy.criteria {
            policy.visit_criterion(criterion, walk, &mut see);
            for case in &criterion.review {
                policy.formulas.visit_condition(case.when, walk, &mut see);
            }
        }
        facts.sort_unstable();
        facts
    };
    let (all, open) = (named(Walk::All), named(Walk::Waiting));
    let count = |of: &[usize], fact: usize| of.iter().filter(|it| **it == fact).count();
    let mut facts = open.clone();
    facts.dedup();
    facts.retain(|fact| count(&all, *fact) == count(&open, *fact));
    facts
}

/// Returns a set bit for each of so many entries, at most 64.
fn bits(entries: usize) -> u64 {
    match u32::try_from(entries) {
        Ok(0) => 0,
        Ok(some @ 1..64) => u64::MAX.wrapping_shr(64_u32.saturating_sub(some)),
        _ => u64::MAX,
    }
}
