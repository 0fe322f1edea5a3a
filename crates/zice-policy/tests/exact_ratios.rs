//! Tests decimal amounts exactly on a ratio, for every ratio in every policy.
//!
//! The table beside the policies, `policies/ratios.toml`, is read from the
//! notices by hand: which ratio, how and with which share it is compared, and
//! what the report says on either side. Every ratio that a compiled policy
//! compares must stand in it. For each there is a company exactly on the share,
//! one a millionth of a yuan below and one a millionth above, and the report
//! must change exactly where the sign says.

mod ratios;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use ratios::{
    figures::{Of, Share, figures, lowest},
    walk::sites,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use zice_policy::Library;
use zice_report::Report;
use zice_rules::{Company, Date, Lang, assess};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    Library::load(Path::new(policies)).unwrap_or_else(|error| panic!("{error}"))
});

/// The part of the report that shows the result.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Where {
    /// The status of a criterion: not met, met.
    Gate,
    /// The status of a note that consists of the ratio only: not applicable,
    /// met.
    Note,
    /// The same for a note that asks for more, and so shows no ratio.
    Part,
    /// The points of a criterion: below the lowest band, then band by band.
    Points(Vec<String>),
    /// The points of a criterion whose second basis is the ratio.
    SecondPoints(Vec<String>),
    /// A warning: silent, said.
    Caution,
    /// A paper: not listed, listed.
    Paper,
}

/// A ratio and what it is compared with; see `policies/ratios.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    programme: String,
    editions: Vec<u16>,
    at: String,
    of: Of,
    sign: String,
    /// The shares in hundredths, lowest first.
    shares: Vec<i128>,
    says: Where,
    /// Other figures of last year, in yuan.
    #[serde(default)]
    beside: BTreeMap<String, u64>,
    /// The amount to use in place of 12,345.67 yuan.
    base: Option<i128>,
}

/// Every ratio in the table beside the policies.
fn rows() -> Vec<Row> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        ratio: Vec<Row>,
    }
    let text = include_str!("../../../policies/ratios.toml");
    toml::from_str::<Table>(text).expect("the table of ratios").ratio
}

impl Row {
    /// The sign at a share. Among bands only the one above 0 is strict.
    fn sign(&self, hundredths: i128) -> &'static str {
        match (self.sign.as_str(), hundredths) {
            (">", _) | ("> then >=", 0) => ">",
            (">=" | "> then >=", _) => ">=",
            ("<=", _) => "<=",
            (sign, _) => panic!("{sign}"),
        }
    }

    /// Whether the comparison holds `step` above the share.
    fn holds(&self, hundredths: i128, step: i128) -> bool {
        match self.sign(hundredths) {
            ">=" => step >= 0,
            ">" => step > 0,
            "<=" => step <= 0,
            sign => panic!("{sign}"),
        }
    }

    /// What the report must say on this side of share number `at`.
    fn expected(&self, at: usize, holds: bool) -> &str {
        match (&self.says, holds) {
            (Where::Gate, false) => "not_met",
            (Where::Note | Where::Part, false) => "not_applicable",
            (Where::Gate | Where::Note | Where::Part, true) => "met",
            (Where::Points(points) | Where::SecondPoints(points), _) => {
                points[at + usize::from(holds)].as_str()
            }
            (Where::Caution | Where::Paper, _) => {
                if holds {
                    "said"
                } else {
                    "silent"
                }
            }
        }
    }

    /// What the report says.
    fn said(&self, report: &Report) -> String {
        let told = |found| if found { "said" } else { "silent" }.to_owned();
        match &self.says {
            Where::Caution => told(report.warnings.iter().any(|it| it.code == self.at)),
            Where::Paper => told(report.papers.iter().any(|it| it.id == self.at)),
            Where::Gate | Where::Note | Where::Part => self.line(report).status.name().to_owned(),
            Where::Points(_) | Where::SecondPoints(_) => {
                let points = self.line(report).points.as_ref().expect("points");
                if points.min == points.max {
                    points.min.clone()
                } else {
                    format!("{}-{}", points.min, points.max)
                }
            }
        }
    }

    fn line<'r>(&self, report: &'r Report) -> &'r zice_report::CriterionReport {
        report.criteria.iter().find(|one| one.id == self.at).expect("the criterion")
    }

    /// Whether the report shows the ratio it measured.
    fn shows(&self, points: &str) -> bool {
        match self.says {
            Where::Gate | Where::Note | Where::Points(_) => true,
            // If neither basis brings a point, the report shows the first one.
            Where::SecondPoints(_) => points != "0",
            Where::Part | Where::Caution | Where::Paper => false,
        }
    }

    /// A company `step` millionths beside share number `at`, and its ratio.
    fn company(&self, year: u16, at: usize, step: i128) -> (Value, String) {
        let year = i32::from(year);
        let share: Share = (self.shares[at], 100);
        let made = figures(&self.of, share, step, year, self.base);
        let mut facts: Map<String, Value> = made.facts;
        for (id, figure) in &self.beside {
            let last = json!({ (year - 1).to_string(): figure.to_string() });
            facts.insert(id.clone(), last);
        }
        if self.at == "j1" && matches!(self.of, Of::Last { .. }) {
            // A tiny figure the year before, so that last year is far more than
            // 20 % above it.
            facts["rd_expense_deduct"][(year - 2).to_string()] = json!("1");
        }
        let file = json!({
            "schema": "zice.company/1", "as_of": format!("{year}-08-01"), "facts": facts
        });
        (file, made.ratio)
    }
}

fn report(address: &str, file: &Value) -> Report {
    let policy = LIBRARY.policy(address).unwrap_or_else(|| panic!("no {address}"));
    let (company, problems) = Company::from_value(file, &LIBRARY.dictionary, Date::MIN);
    assert!(problems.is_empty(), "{}: {file}", problems[0]);
    let assessment = assess(policy, &company).expect("an assessment");
    Report::new(&assessment, &LIBRARY.dictionary, Lang::Zh).expect("a report")
}

#[test]
fn every_ratio_of_every_policy_is_in_the_table() {
    let mut compared = BTreeSet::new();
    for policy in &LIBRARY.policies {
        for site in sites(policy) {
            let share = site.share.to_ratio_text();
            compared.insert((policy.address(), site.at, site.sign.sign(), share));
        }
    }
    let mut listed = BTreeSet::new();
    for row in rows() {
        for year in &row.editions {
            for share in &row.shares {
                let address = format!("{}@{year}", row.programme);
                let text = lowest(*share, 100);
                listed.insert((address, row.at.clone(), row.sign(*share), text));
            }
        }
    }
    let new: Vec<_> = compared.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&compared).collect();
    assert!(new.is_empty() && gone.is_empty(), "not in the table: {new:#?}\nno more: {gone:#?}");
}

#[test]
fn a_millionth_of_a_yuan_decides_on_the_side_the_sign_says() {
    let mut looked_at = 0;
    for row in rows() {
        for year in &row.editions {
            let address = format!("{}@{year}", row.programme);
            for (at, share) in row.shares.iter().enumerate() {
                for step in [-1, 0, 1] {
                    let (file, ratio) = row.company(*year, at, step);
                    let report = report(&address, &file);
                    let expected = row.expected(at, row.holds(*share, step));
                    let place = format!("{address} {} {share}% {step:+}: {file}", row.at);
                    assert_eq!(row.said(&report), expected, "{place}");
                    if row.shows(expected) {
                        let observed = row.line(&report).observed.as_ref().expect("a ratio");
                        let shown = (observed.min.as_deref(), observed.max.as_deref());
                        assert_eq!(shown, (Some(ratio.as_str()), Some(ratio.as_str())), "{place}");
                        if step == 0 {
                            assert_eq!(ratio, lowest(*share, 100), "{place}");
                        }
                    }
                    looked_at += 1;
                }
            }
        }
    }
    // Three companies for each share and edition.
    let all = rows();
    let shares = all.iter().map(|row| row.editions.len() * row.shares.len());
    assert_eq!(looked_at, 3 * shares.sum::<usize>());
    assert!(looked_at >= 420, "{looked_at}");
}
