//! Completions of open answers, to show that something cannot be reached
//! whatever they turn out to be.

use zice_rules::{
    Batch, Company, assess,
    batch::{Row, Value},
    formula::FactAt,
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

/// The slots of answers that can still change the verdict.
///
/// Others are left as they are: what stands inside `确定(…)` counts as not said
/// while it is unknown, so a completion of it would be another question.
#[derive(Debug, Default)]
pub(crate) struct Open {
    truths: Vec<usize>,
    numbers: Vec<usize>,
    lists: Vec<usize>,
}

impl Open {
    pub fn of(batch: &Batch<'_>, company: &Company) -> Self {
        let links = &batch.policy().links;
        let questions = assess(batch.policy(), company).and_then(|it| it.questions());
        let asked: Vec<usize> =
            questions.map_or_else(|_| Vec::new(), |all| all.iter().map(|it| it.fact).collect());
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

/// Returns a set bit for each of so many entries, at most 64.
fn bits(entries: usize) -> u64 {
    match u32::try_from(entries) {
        Ok(0) => 0,
        Ok(some @ 1..64) => u64::MAX.wrapping_shr(64_u32.saturating_sub(some)),
        _ => u64::MAX,
    }
}
