//! Asking the engine, and running many companies through it.

use std::{collections::BTreeMap, path::Path, thread};

use zice_author::Library;
use zice_rules::{Assessment, Date, Policy, assess, assess::Points};

use super::reading::{Expected, GATES, SCORES};

pub fn library() -> Library {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    Library::load(Path::new(policies)).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads and assesses a company file that has nothing wrong with it.
pub fn with_assessment<T>(
    library: &Library,
    policy: &Policy,
    json: &str,
    see: impl FnOnce(&Assessment<'_>) -> T,
) -> Result<T, String> {
    let today = Date::parse("2023-08-01").expect("a day");
    let (company, problems) =
        zice_rules::Company::from_json(json, &library.dictionary, today).expect("JSON");
    if let Some(problem) = problems.first() {
        return Err(format!("the file is refused: {problem}"));
    }
    let assessment = assess(policy, &company).map_err(|error| error.to_string())?;
    Ok(see(&assessment))
}

fn at(policy: &Policy, id: &str) -> usize {
    let found = policy.criteria.iter().position(|criterion| criterion.id == id);
    found.unwrap_or_else(|| panic!("the policy has no criterion {id}"))
}

/// What the engine says, in the oracle's words.
pub fn observed(policy: &Policy, assessment: &Assessment<'_>) -> Expected {
    let points = |id: &str| {
        let Points { min, max } = assessment.points(at(policy, id)).expect("points");
        (min, max)
    };
    let all = GATES.iter().chain(&SCORES).chain(&["score"]);
    Expected {
        verdict: assessment.verdict(),
        total: points("score"),
        points: SCORES.map(points),
        statuses: all.map(|id| assessment.status(at(policy, id))).collect(),
    }
}

/// The ids of the facts that are asked for, `ip_complete` as the list it is
/// about.
pub fn questions(library: &Library, assessment: &Assessment<'_>) -> Vec<String> {
    let questions = assessment.questions().expect("questions");
    let id = |fact: usize| library.dictionary.facts[fact].id.clone();
    let ids = questions.iter().map(|question| id(question.fact));
    ids.map(|id| if id == "ip_complete" { "ip".to_owned() } else { id }).collect()
}

#[derive(Default)]
pub struct Tally {
    pub counted: BTreeMap<String, usize>,
    pub wrong: Vec<String>,
}

impl Tally {
    pub fn count(&mut self, what: &str) {
        *self.counted.entry(what.to_owned()).or_default() += 1;
    }

    pub fn of(&self, what: &str) -> usize {
        self.counted.get(what).copied().unwrap_or(0)
    }

    /// Prints what was counted and complains about what is wrong.
    pub fn finish(&self) {
        for (what, count) in &self.counted {
            println!("{what}: {count}");
        }
        let some: Vec<&str> = self.wrong.iter().take(5).map(String::as_str).collect();
        assert!(self.wrong.is_empty(), "{} differ:\n{}", self.wrong.len(), some.join("\n"));
    }
}

/// Runs `try_one` over all numbers below `end` on all cores.
pub fn over_all(end: u64, try_one: impl Fn(u64, &mut Tally) + Sync) -> Tally {
    let threads = thread::available_parallelism().map_or(2, |n| n.get() as u64);
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let run = |first: u64| {
            let mut tally = Tally::default();
            for number in (first..end).step_by(threads as usize) {
                try_one(number, &mut tally);
            }
            tally
        };
        let handles: Vec<_> = (0..threads).map(|first| scope.spawn(move || run(first))).collect();
        handles.into_iter().map(|handle| handle.join().expect("a finished thread")).collect()
    });
    let mut sum = Tally::default();
    for tally in tallies {
        sum.wrong.extend(tally.wrong);
        for (key, count) in tally.counted {
            *sum.counted.entry(key).or_default() += count;
        }
    }
    sum
}
