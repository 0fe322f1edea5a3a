//! The engine alone as wasm, for `cargo xtask bench`.
//!
//! Compiled, lowered and given the same allocator as the page, so that what
//! is measured is what runs there.

use wasm_bindgen::prelude::wasm_bindgen;
use zice_rules::{
    Batch, Company, Date, Dictionary, Policy, Verdict, assess,
    batch::{Brief, Row, Value},
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
        let Some(changed) = read(company, &self.dictionary) else { return false };
        self.changed = changed;
        true
    }

    /// Assesses so many times, points and verdict without texts. The number of
    /// verdicts that are met, so that no compiler finds the work useless.
    pub fn assess(&self, times: u32) -> u32 {
        let assessed = || assess(&self.policy, &self.company);
        count(times, || assessed().is_ok_and(|it| it.verdict() == Verdict::Met))
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
        count(times, || {
            batch.assess_into(&row, &mut scratch, &mut brief).is_ok()
                && brief.verdict == Verdict::Met
        })
    }

    /// Changes the company, finds the verdict, and takes the change back, so
    /// many times. The number of verdicts that are met.
    pub fn try_change(&self, times: u32) -> u32 {
        let Ok(batch) = Batch::new(&self.policy) else { return 0 };
        let (row, changed) = (batch.row(&self.company), batch.row(&self.changed));
        let truths = differences(row.truths.iter().copied(), changed.truths.iter().copied());
        let numbers = differences(numbers(&row), numbers(&changed));
        let lists = differences(row.lists.iter().cloned(), changed.lists.iter().cloned());
        let mut trial = batch.trial(row);
        count(times, || {
            let mark = trial.mark();
            truths.iter().for_each(|(slot, truth)| trial.set_truth(*slot, *truth));
            numbers.iter().for_each(|(slot, value)| trial.set_number(*slot, *value));
            lists.iter().for_each(|(at, list)| trial.set_list(*at, list.clone()));
            let verdict = trial.verdict().map(|sides| batch.verdict_of(sides));
            trial.undo(mark);
            verdict == Ok(Verdict::Met)
        })
    }
}

/// How many of so many times are met.
fn count(times: u32, mut is_met: impl FnMut() -> bool) -> u32 {
    (0..times).map(|_| u32::from(is_met())).sum()
}

fn read(company: &str, dictionary: &Dictionary) -> Option<Company> {
    let today = Date::from_ymd(2025, 6, 30)?;
    let (company, problems) = Company::from_json(company, dictionary, today).ok()?;
    problems.is_empty().then_some(company)
}

fn numbers(row: &Row) -> impl Iterator<Item = Value> {
    row.numbers.iter().map(|number| number.value(&row.wide))
}

/// What is otherwise in `to`, and where.
fn differences<T: PartialEq>(
    from: impl Iterator<Item = T>,
    to: impl Iterator<Item = T>,
) -> Vec<(usize, T)> {
    let both = from.zip(to).enumerate().filter(|(_, (old, new))| old != new);
    both.map(|(at, (_, new))| (at, new)).collect()
}
