//! Shared by the oracles: running the engine over many companies; and, for
//! oracles that see the engine only through its report, a small algebra of
//! outcomes (`known`) and the spellings of a company file (`spell`).

#![allow(dead_code)] // Each test file uses its own half.

pub mod invented;
pub mod known;
pub mod spell;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    thread,
};

use zice_policy::Library;
use zice_report::Report;
use zice_rules::{Assessment, Company, Date, Error, Lang, Policy, assess};

pub fn library() -> Library {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    Library::load(Path::new(policies)).unwrap_or_else(|error| panic!("{error}"))
}

/// The part of a report that an oracle can predict.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub verdict: &'static str,
    /// Statuses by criterion id.
    pub statuses: BTreeMap<String, &'static str>,
    pub papers: BTreeSet<String>,
    pub asked: Vec<String>,
}

/// Reads and assesses a company file. Fails if anything in it is refused.
pub fn with_assessment<T>(
    library: &Library,
    policy: &Policy,
    json: &str,
    see: impl FnOnce(&Assessment<'_>) -> Result<T, Error>,
) -> Result<T, String> {
    // Every file names its day of application, so this day has no effect.
    let today = Date::MIN;
    let (company, problems) =
        Company::from_json(json, &library.dictionary, today).map_err(|error| error.to_string())?;
    if let Some(problem) = problems.first() {
        return Err(format!("the file is refused: {problem}"));
    }
    let assessment = assess(policy, &company);
    assessment.and_then(|found| see(&found)).map_err(|error| error.to_string())
}

/// The report on a company file.
pub fn report(library: &Library, policy: &str, json: &str) -> Result<Report, String> {
    let policy = library.policy(policy).expect("the policy");
    with_assessment(library, policy, json, |found| {
        Report::new(found, &library.dictionary, Lang::En)
    })
}

/// What the engine says about a company file, without the sentences of a
/// report, which would take most of the time.
pub fn said(library: &Library, policy: &str, json: &str) -> Result<Said, String> {
    let policy = library.policy(policy).expect("the policy");
    with_assessment(library, policy, json, |found| {
        let criteria = &policy.criteria;
        let fact = |at: usize| library.dictionary.facts[at].id.clone();
        let line = |row: usize| {
            let id = criteria[row % criteria.len()].id.as_str();
            let id = match &policy.each {
                Some(each) => format!("{}[{}].{id}", each.id, row / criteria.len()),
                None => id.to_owned(),
            };
            (id, found.status(row).name())
        };
        let papers = zice_report::papers(found, &library.dictionary, Lang::En);
        Ok(Said {
            verdict: found.verdict().name(),
            statuses: (0..found.rows()).map(line).collect(),
            papers: papers.into_iter().map(|paper| paper.id).collect(),
            asked: found.questions()?.iter().map(|question| fact(question.fact)).collect(),
        })
    })
}

/// Lists where engine and oracle differ. Only the papers in `papers` are
/// compared, and only the oracle's criteria unless `all_criteria` is set.
pub fn differences(
    engine: &Said,
    oracle: &Said,
    papers: &[&str],
    all_criteria: bool,
) -> Vec<String> {
    let mut all = Vec::new();
    if engine.verdict != oracle.verdict {
        all.push(format!("verdict: engine {}, policy text {}", engine.verdict, oracle.verdict));
    }
    for (id, status) in &oracle.statuses {
        let engine = engine.statuses.get(id).copied().unwrap_or("missing");
        if engine != *status {
            all.push(format!("{id}: engine {engine}, policy text {status}"));
        }
    }
    let more = engine.statuses.keys().filter(|id| !oracle.statuses.contains_key(*id));
    all.extend(more.filter(|_| all_criteria).map(|id| format!("{id}: not in the policy text")));
    for id in papers {
        let (engine, oracle) = (engine.papers.contains(*id), oracle.papers.contains(*id));
        if engine != oracle {
            all.push(format!("paper {id}: engine {engine}, policy text {oracle}"));
        }
    }
    if (engine.verdict == "undecided") == engine.asked.is_empty() {
        all.push(format!("{} and asks for {:?}", engine.verdict, engine.asked));
    }
    all
}

#[derive(Default)]
pub struct Tally {
    /// Cases in all.
    pub tried: u64,
    /// Cases on or beside an edge.
    pub on_edge: u64,
    /// The number of times each verdict, and whatever else a test counts,
    /// occurred.
    pub counts: BTreeMap<String, u64>,
    pub wrong: Vec<String>,
}

impl Tally {
    pub fn count(&mut self, what: impl Into<String>) {
        *self.counts.entry(what.into()).or_default() += 1;
    }

    pub fn of(&self, what: &str) -> u64 {
        self.counts.get(what).copied().unwrap_or(0)
    }

    /// Prints what was counted and fails on the first differences.
    pub fn finish(&self) {
        let of = self.tried;
        for (what, count) in &self.counts {
            println!("{what}: {count}");
        }
        let some: Vec<&str> = self.wrong.iter().take(5).map(String::as_str).collect();
        assert!(self.wrong.is_empty(), "{} of {of} differ:\n{}", self.wrong.len(), some.join("\n"));
    }

    /// The same, and fails where the sample holds too little of something to
    /// prove anything about it: of `all` cases at least so many, and in
    /// proportion where fewer were tried.
    pub fn settle(self, all: u32, least: &[(&str, u64)]) {
        println!("{} of {} on or beside an edge", self.on_edge, self.tried);
        self.finish();
        assert!(self.on_edge * 2 >= self.tried, "too few cases on an edge");
        for (what, least) in least {
            let (count, least) = (self.of(what), least * self.tried / u64::from(all));
            assert!(count >= least, "{what} occurs only {count} times, not {least}");
        }
    }
}

/// Runs `try_one` on all cores over the numbers of the cases that are tried of
/// so many.
pub fn over_all(all: u32, try_one: impl Fn(u64, &mut Tally) + Sync) -> Tally {
    let threads = thread::available_parallelism().map_or(2, |n| n.get() as u64);
    let end = u64::from(zice_testing::cases(all));
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let try_one = &try_one;
        let run = move |first: u64| {
            let mut tally = Tally::default();
            for number in (first..end).step_by(threads as usize) {
                try_one(number, &mut tally);
            }
            tally
        };
        let handles: Vec<_> = (0..threads).map(|first| scope.spawn(move || run(first))).collect();
        handles.into_iter().map(|handle| handle.join().expect("a finished thread")).collect()
    });
    let mut sum = Tally { tried: end, ..Tally::default() };
    for tally in tallies {
        sum.on_edge += tally.on_edge;
        sum.wrong.extend(tally.wrong);
        for (what, count) in tally.counts {
            *sum.counts.entry(what).or_default() += count;
        }
    }
    sum
}
