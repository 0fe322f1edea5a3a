//! Which entries of lists a verdict rests on.

use zice_exact::program::{Dense, ListRow, Mask, WORD};
use zice_rules::{
    Batch, Company, Dictionary, Verdict,
    batch::{Row, Trial},
};

/// The most sets that are told. A verdict that many sets can break is told by
/// the first of them.
pub const MOST_SETS: usize = 64;

/// Returns the smallest sets of list entries, up to two entries, whose loss
/// changes the verdict: single entries, and pairs of which neither entry does it
/// alone. Entries are told as `ip[0]`. At most [`MOST_SETS`] sets are told, in
/// the order of the lists. There are none while the verdict is open, and none
/// where a policy judges entries one by one.
///
/// Also returns how often the program was evaluated.
pub fn breaking(
    batch: &Batch<'_>,
    company: &Company,
    dictionary: &Dictionary,
) -> (Vec<Vec<String>>, u64) {
    let row = batch.row(company);
    if batch.policy().each.is_some() {
        return (Vec::new(), 0);
    }
    let mut trial = batch.trial(row.clone());
    let now = trial.verdict().ok().map(|sides| batch.verdict_of(sides));
    let Some(now @ (Verdict::Met | Verdict::NotMet | Verdict::NeedsReview)) = now else {
        return (Vec::new(), 1);
    };
    let links = &batch.policy().links.facts;
    let name = |list: usize| {
        let fact = batch.slots().lists.get(list)?.fact;
        Some(dictionary.facts.get(*links.get(fact.place())?)?.id.as_str())
    };
    let mut search = Search { batch, row: &row, trial, now, evaluations: 1 };
    let (mut sets, classes) = (Vec::new(), classes(&row));
    let mut alone = Vec::new();
    for class in &classes {
        let breaks = search.breaks(&[class.first()]);
        alone.push(breaks);
        if breaks {
            sets.extend(class.entries.iter().map(|entry| vec![(class.list, *entry)]));
        }
    }
    for (at, one) in classes.iter().enumerate() {
        for (other_at, other) in classes.iter().enumerate().skip(at) {
            if sets.len() >= MOST_SETS
                || alone.get(at) == Some(&true)
                || alone.get(other_at) == Some(&true)
            {
                continue;
            }
            let Some(pair) = one.pair(other) else { continue };
            if search.breaks(&pair) {
                sets.extend(one.pairs(other));
            }
        }
    }
    sets.sort_by_key(|set| (set.len(), set.clone()));
    sets.truncate(MOST_SETS);
    let told = |(list, entry): &(usize, usize)| Some(format!("{}[{entry}]", name(*list)?));
    let told = sets.iter().map(|set| set.iter().filter_map(told).collect()).collect();
    (told, search.evaluations)
}

/// Entries of one list that say the same about everything the policy counts.
#[derive(Debug)]
struct Class {
    list: usize,
    says: Says,
    entries: Vec<usize>,
}

/// Everything that is counted of an entry: its conditions, its numbers.
type Says = (Vec<Mask>, Vec<Dense>);

impl Class {
    fn first(&self) -> (usize, usize) {
        (self.list, self.entries.first().copied().unwrap_or_default())
    }

    /// Returns two entries of two classes, or of one class twice.
    fn pair(&self, other: &Self) -> Option<[(usize, usize); 2]> {
        let same = self.first() == other.first();
        let second = if same { (self.list, *self.entries.get(1)?) } else { other.first() };
        Some([self.first(), second])
    }

    fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Vec<(usize, usize)>> + 'a {
        let same = self.first() == other.first();
        let all = self.entries.iter().flat_map(move |one| {
            let after = other.entries.iter().filter(move |two| !same || *two > one);
            after.map(move |two| vec![(self.list, *one), (other.list, *two)])
        });
        all.take(MOST_SETS)
    }
}

/// Returns the bits of one entry.
fn bit(mask: Mask, entry: usize) -> Mask {
    let shift = u32::try_from(entry.wrapping_rem(WORD)).unwrap_or_default();
    let one = |word: u64| word.wrapping_shr(shift) & 1;
    Mask { yes: one(mask.yes), no: one(mask.no), lost: one(mask.lost) }
}

fn says(list: &ListRow, entry: usize) -> Says {
    let word = entry.wrapping_div(WORD);
    let masks = list.masks.iter().map(|words| words.get(word).copied().unwrap_or_default());
    let columns = list.columns.iter().filter_map(|column| column.get(entry).copied());
    (masks.map(|mask| bit(mask, entry)).collect(), columns.collect())
}

fn classes(row: &Row) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    for (at, list) in row.lists.iter().enumerate() {
        for entry in 0..list.count {
            let says = says(list, entry);
            let known = classes.iter_mut().find(|it| it.list == at && it.says == says);
            match known {
                Some(class) => class.entries.push(entry),
                None => classes.push(Class { list: at, says, entries: vec![entry] }),
            }
        }
    }
    classes
}

struct Search<'a, 'p> {
    batch: &'a Batch<'p>,
    row: &'a Row,
    trial: Trial<'a>,
    now: Verdict,
    evaluations: u64,
}

impl Search<'_, '_> {
    /// Whether the verdict is another one without these entries.
    fn breaks(&mut self, gone: &[(usize, usize)]) -> bool {
        let start = self.trial.mark();
        for (at, list) in self.row.lists.iter().enumerate() {
            let lost: Vec<usize> =
                gone.iter().filter(|(of, _)| *of == at).map(|(_, entry)| *entry).collect();
            if !lost.is_empty() {
                self.trial.set_list(at, without(list, &lost));
            }
        }
        self.evaluations = self.evaluations.saturating_add(1);
        let verdict = self.trial.verdict().ok().map(|sides| self.batch.verdict_of(sides));
        self.trial.undo(start);
        verdict.is_some_and(|it| it != self.now)
    }
}

/// Returns a list without some of its entries.
fn without(list: &ListRow, gone: &[usize]) -> ListRow {
    let left: Vec<usize> = (0..list.count).filter(|entry| !gone.contains(entry)).collect();
    let masks = list.masks.iter().map(|words| {
        let word = |entries: &[usize]| {
            let mut mask = Mask::default();
            for (at, entry) in entries.iter().enumerate() {
                let own = words.get(entry.wrapping_div(WORD)).copied().unwrap_or_default();
                mask.put(at, own.get(entry.wrapping_rem(WORD)));
            }
            mask
        };
        left.chunks(WORD).map(word).collect()
    });
    let columns = list
        .columns
        .iter()
        .map(|column| left.iter().filter_map(|entry| column.get(*entry).copied()).collect());
    let (masks, columns) = (masks.collect(), columns.collect());
    ListRow { count: left.len(), more: list.more, masks, columns }
}
