//! What a search costs: evaluations of the program, which do not depend on the
//! machine, for the companies of `tests/companies` and of the golden cases.

use std::time::Instant;

use zice_advice::{Options, Probe, advise, breaking, earliest, margins, near, tolerance};
use zice_rules::{Batch, Company, Date, Policy};

use crate::world::LIBRARY;

/// The companies of `tests/companies`.
fn kept() -> Vec<Company> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/companies");
    let files = std::fs::read_dir(folder).expect("the folder");
    let paths = files.map(|it| it.expect("a file").path());
    let texts = paths.filter(|it| it.extension().is_some_and(|it| it == "json"));
    let texts = texts.map(|it| std::fs::read_to_string(it).expect("a file"));
    let read = |text: String| Company::from_json(&text, &LIBRARY.dictionary, Date::MIN);
    texts.map(|text| read(text).expect("a company").0).collect()
}

/// The sum and the most of what one search cost.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    sum: u64,
    most: u64,
    nanos: u128,
    most_nanos: u128,
}

impl Cost {
    fn add(&mut self, evaluations: u64, nanos: u128) {
        self.sum += evaluations;
        self.most = self.most.max(evaluations);
        self.nanos += nanos;
        self.most_nanos = self.most_nanos.max(nanos);
    }
}

/// The searches, in the order of the costs.
const SEARCHES: [&str; 6] = ["advise", "margins", "near", "breaking", "tolerance", "earliest"];

fn costs(policy: &Policy, companies: &[Company]) -> ([Cost; 6], [u64; 2]) {
    let batch = Batch::new(policy).expect("a program");
    let (mut costs, mut stopped) = ([Cost::default(); 6], [0, 0]);
    let dictionary = &LIBRARY.dictionary;
    for company in companies {
        let mut at = 0;
        let mut time = |search: &mut dyn FnMut() -> u64| {
            let start = Instant::now();
            let evaluations = search();
            costs[at].add(evaluations, start.elapsed().as_nanos());
            at += 1;
        };
        time(&mut || {
            let found = advise(&batch, company, dictionary, Options::default()).expect("advice");
            stopped[0] += u64::from(found.stopped);
            found.evaluations
        });
        time(&mut || {
            let mut probe = Probe::new(&batch, company);
            stopped[1] += margins(&mut probe, company, dictionary).stopped.len() as u64;
            probe.evaluations()
        });
        time(&mut || {
            let mut probe = Probe::new(&batch, company);
            let _near = near(&mut probe, company, dictionary);
            probe.evaluations()
        });
        time(&mut || breaking(&batch, company, dictionary).1);
        time(&mut || {
            let mut probe = Probe::new(&batch, company);
            let _share = tolerance(&mut probe, company, dictionary);
            probe.evaluations()
        });
        time(&mut || {
            let _day = earliest(&batch, company, &LIBRARY.dictionary).expect("figures that fit");
            0
        });
    }
    (costs, stopped)
}

/// The most evaluations that the searches may take for one company, and on
/// average for the golden cases of an edition: those that change figures and
/// acts.
const MOST: [(u64, u64); 6] = [(2_200, 60), (320, 195), (110, 75), (450, 6), (16, 12), (0, 0)];

#[test]
fn no_search_stops_and_none_takes_more_evaluations_than_this() {
    for policy in LIBRARY.policies.iter().filter(|it| !it.hint) {
        let golden = LIBRARY.golden(policy);
        let (costs_kept, stopped) = costs(policy, &kept());
        assert_eq!(stopped, [0, 0], "{}", policy.address());
        let (costs, stopped) = costs(policy, &golden);
        assert_eq!(stopped, [0, 0], "{}", policy.address());
        let all = SEARCHES.iter().zip(costs).zip(costs_kept).zip(MOST);
        for (((search, cost), kept), (most, mean)) in all {
            let here = format!("{} {search}: {cost:?}", policy.address());
            assert!(cost.most.max(kept.most) <= most, "{here}");
            assert!(cost.sum <= mean * golden.len() as u64, "{here}");
        }
    }
}

/// Prints evaluations and microseconds, the mean and the most of all companies.
#[test]
#[ignore = "it measures, and holds nothing"]
fn print_costs() {
    for policy in LIBRARY.policies.iter().filter(|it| !it.hint) {
        let golden = LIBRARY.golden(policy);
        for (name, companies) in [("golden", golden), ("kept", kept())] {
            let (costs, stopped) = costs(policy, &companies);
            let count = companies.len() as u64;
            println!("{} {name}: {count} companies, {stopped:?} stopped", policy.address());
            for (search, cost) in SEARCHES.iter().zip(costs) {
                println!(
                    "  {search:9} {:6} mean {:6} most evaluations, {:8} mean {:8} most µs",
                    cost.sum / count,
                    cost.most,
                    cost.nanos / u128::from(count) / 1000,
                    cost.most_nanos / 1000
                );
            }
        }
    }
}
