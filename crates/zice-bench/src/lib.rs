//! The engine alone as wasm, for `cargo xtask bench`.
//!
//! Compiled, lowered and given the same allocator as the page, so that what
//! is measured is what runs there.

use wasm_bindgen::prelude::wasm_bindgen;
use zice_rules::{
    Batch, Company, Date, Dictionary, Policy, Verdict, assess,
    batch::{Brief, ListRow, Row, Trial, Value},
    truth::Truth,
};

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A dictionary, one policy, one company, and what it is changed into, all
/// parsed.
#[wasm_bindgen]
pub struct Bench {
    dictionary: Dictionary,
    policy: Policy,
    company: Company,
    changed: Company,
}

#[wasm_bindgen]
impl Bench {
    /// Reads all three from their JSON; nothing if one of them can't be used.
    pub fn read(dictionary: &str, policy: &str, company: &str) -> Option<Bench> {
        let dictionary = Dictionary::from_json(dictionary).ok()?;
        let policy = Policy::from_json(policy, &dictionary).ok()?;
        let company = read(company, &dictionary)?;
        let changed = company.clone();
        Some(Bench { dictionary, policy, company, changed })
    }

    /// Reads what the company is changed into; whether it can be used.
    pub fn change(&mut self, company: &str) -> bool {
        let changed = read(company, &self.dictionary);
        let read = changed.is_some();
        self.changed = changed.unwrap_or_else(|| self.company.clone());
        read
    }

    /// Assesses so many times, points and verdict without texts. The number of
    /// verdicts that are met, so that no compiler finds the work useless.
    pub fn assess(&self, times: u32) -> u32 {
        let met = |_: &u32| {
            assess(&self.policy, &self.company).is_ok_and(|it| it.verdict() == Verdict::Met)
        };
        u32::try_from((0..times).filter(met).count()).unwrap_or(0)
    }

    /// Assesses and finds what is worth asking, so many times; how many
    /// questions.
    pub fn ask(&self, times: u32) -> u32 {
        let ask = |_: u32| {
            let questions = assess(&self.policy, &self.company).and_then(|it| it.questions());
            questions.map_or(0, |it| it.len())
        };
        u32::try_from((0..times).map(ask).sum::<usize>()).unwrap_or(0)
    }

    /// The same from the company's row, with registers that are used again.
    pub fn assess_row(&self, times: u32) -> u32 {
        let Ok(batch) = Batch::new(&self.policy) else { return 0 };
        let (row, mut scratch) = (batch.row(&self.company), batch.scratch());
        let mut brief = Brief { verdict: Verdict::Undecided, score: None, statuses: Vec::new() };
        let mut met = |_: &u32| {
            batch.assess_into(&row, &mut scratch, &mut brief).is_ok()
                && brief.verdict == Verdict::Met
        };
        u32::try_from((0..times).filter(&mut met).count()).unwrap_or(0)
    }

    /// Changes the company, finds the verdict, and takes the change back, so
    /// many times. The number of verdicts that are met.
    pub fn try_change(&self, times: u32) -> u32 {
        let Ok(batch) = Batch::new(&self.policy) else { return 0 };
        let (row, changed) = (batch.row(&self.company), batch.row(&self.changed));
        let changes = differences(&row, &changed);
        let mut trial = batch.trial(row);
        let mut met = 0_u32;
        for _ in 0..times {
            let mark = trial.mark();
            for change in &changes {
                change.make(&mut trial);
            }
            let verdict = trial.verdict().map(|sides| batch.verdict_of(sides));
            met = met.wrapping_add(u32::from(verdict == Ok(Verdict::Met)));
            trial.undo(mark);
        }
        met
    }
}

fn read(company: &str, dictionary: &Dictionary) -> Option<Company> {
    let today = Date::from_ymd(2025, 6, 30)?;
    let (company, problems) = Company::from_json(company, dictionary, today).ok()?;
    problems.is_empty().then_some(company)
}

/// One thing that a company says otherwise than another one.
enum Change {
    Truth(usize, Truth),
    Number(usize, Value),
    List(usize, ListRow),
}

impl Change {
    fn make(&self, trial: &mut Trial<'_>) {
        match self {
            Self::Truth(slot, truth) => trial.set_truth(*slot, *truth),
            Self::Number(slot, value) => trial.set_number(*slot, *value),
            Self::List(at, list) => trial.set_list(*at, list.clone()),
        }
    }
}

/// What is otherwise in `to`.
fn differences(from: &Row, to: &Row) -> Vec<Change> {
    let truths = from.truths.iter().zip(&to.truths).enumerate();
    let truths = truths.filter(|(_, (old, new))| old != new);
    let numbers = from.numbers.iter().zip(&to.numbers).enumerate();
    let numbers = numbers.map(|(at, (old, new))| (at, old.value(&from.wide), new.value(&to.wide)));
    let numbers = numbers.filter(|(_, old, new)| old != new);
    let lists = from.lists.iter().zip(&to.lists).enumerate();
    let lists = lists.filter(|(_, (old, new))| old != new);
    truths
        .map(|(slot, (_, new))| Change::Truth(slot, *new))
        .chain(numbers.map(|(slot, _, new)| Change::Number(slot, new)))
        .chain(lists.map(|(at, (_, new))| Change::List(at, new.clone())))
        .collect()
}
