//! Decimal amounts exactly on a ratio, for every ratio in every policy.
//!
//! The table below is read from the notices by hand: which ratio, compared
//! how, with which share, and what the report says on either side of it. Every
//! ratio that a compiled policy compares must stand in it. For each there is a
//! company exactly on the share, one a millionth of a yuan below and one a
//! millionth above, and the report must change exactly where the sign says.

mod ratios;

use std::{collections::BTreeSet, path::Path, sync::LazyLock};

use ratios::{
    figures::{Of, Share, figures, lowest},
    walk::sites,
};
use serde_json::{Map, Value, json};
use zice_author::Library;
use zice_rules::{Company, Date, Lang, Report, assess};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    Library::load(Path::new(policies)).unwrap_or_else(|error| panic!("{error}"))
});

/// Where the report says what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Where {
    /// State of a criterion: not met, met.
    Gate,
    /// State of a note that is the ratio and nothing else: not applicable, met.
    Note,
    /// The same of a note that asks for more, and so shows no ratio.
    Part,
    /// Points of a criterion: below the lowest band, then band by band.
    Points(&'static [&'static str]),
    /// The same, of the second of two ways.
    SecondPoints(&'static [&'static str]),
    /// A warning: silent, said.
    Caution,
    /// A paper: not listed, listed.
    Paper,
}

/// A ratio and what it is compared with.
struct Row {
    programme: &'static str,
    editions: &'static [u16],
    at: &'static str,
    of: Of,
    sign: &'static str,
    /// From the lowest up, in hundredths.
    shares: &'static [i128],
    says: Where,
    /// Other figures of last year, in yuan.
    beside: &'static [(&'static str, u64)],
    /// In place of 12,345.67 yuan.
    base: Option<i128>,
}

const SME: &[u16] = &[2023, 2025, 2026];
const HNTE: &[u16] = &[2023, 2024, 2026];
const AAA: &[u16] = &[2023, 2025, 2027];
/// Points of experts by growth: none, above 0, 5, 15, 25 and 35 %.
const GROWTH: Where = Where::Points(&["0", "1-2", "3-4", "5-6", "7-8", "9-10"]);

const fn row(
    programme: &'static str,
    editions: &'static [u16],
    at: &'static str,
    of: Of,
    sign: &'static str,
    shares: &'static [i128],
    says: Where,
) -> Row {
    Row { programme, editions, at, of, sign, shares, says, beside: &[], base: None }
}

/// Every ratio. What is above 0 is strict, the other bands of growth are not.
fn rows() -> Vec<Row> {
    use Of::{Growth, Last, Plain, Rise, ShortGrowth, Sums};
    use Where::{Caution, Gate, Note, Paper, Part, Points, SecondPoints};
    let rd = |last| Sums("rd_expense_hnte", "revenue", last);
    let net = Some("total_liabilities");
    let mut rows = vec![
        // 科技型中小企业: 第六条 (负面行业), 第七条 (科技人员, 研发投入).
        row(
            "tech-sme",
            SME,
            "industry_excluded",
            Last("excluded_industry_income", "excluded_industry_base"),
            "<=",
            &[50],
            Gate,
        ),
        row(
            "tech-sme",
            SME,
            "personnel",
            Plain("sme_staff_tech", "sme_staff_total"),
            ">=",
            &[10, 15, 20, 25, 30],
            Points(&["0", "4", "8", "12", "16", "20"]),
        ),
        // Costs beside it that bring nothing, and the other way round.
        Row {
            beside: &[("cost_total", 1_000_000_000)],
            ..row(
                "tech-sme",
                SME,
                "rd_intensity",
                Last("rd_expense_deduct", "revenue"),
                ">=",
                &[2, 3, 4, 5, 6],
                Points(&["0", "10", "20", "30", "40", "50"]),
            )
        },
        Row {
            beside: &[("revenue", 1_000_000_000)],
            ..row(
                "tech-sme",
                SME,
                "rd_intensity",
                Last("rd_expense_deduct", "cost_total"),
                ">=",
                &[10, 15, 20, 25, 30],
                SecondPoints(&["0", "10", "20", "30", "40", "50"]),
            )
        },
        row(
            "tech-sme",
            &[2025],
            "visit_high_share",
            Plain("sme_staff_tech", "sme_staff_total"),
            ">=",
            &[90],
            Part,
        ),
        // 高新技术企业: 第十一条 (四) 至 (六), 企业成长性.
        row(
            "hnte-zj",
            HNTE,
            "staff_ratio",
            Plain("hnte_staff_tech", "hnte_staff_total"),
            ">=",
            &[10],
            Gate,
        ),
        row("hnte-zj", HNTE, "rd_ratio", rd(50_000_000), ">=", &[5], Gate),
        row("hnte-zj", HNTE, "rd_ratio", rd(200_000_000), ">=", &[4], Gate),
        row("hnte-zj", HNTE, "rd_ratio", rd(200_000_001), ">=", &[3], Gate),
        row(
            "hnte-zj",
            HNTE,
            "rd_domestic",
            Sums("rd_expense_hnte_domestic", "rd_expense_hnte", 65_432),
            ">=",
            &[60],
            Gate,
        ),
        row(
            "hnte-zj",
            HNTE,
            "hightech_share",
            Last("hightech_income", "total_income"),
            ">=",
            &[60],
            Gate,
        ),
        row(
            "hnte-zj",
            HNTE,
            "main_product_share",
            Last("main_product_income", "hightech_income"),
            ">",
            &[50],
            Gate,
        ),
        // AAA级守重: 资产负债率 90% 以上要交说明.
        row(
            "aaa-zj",
            AAA,
            "debt_explanation",
            Last("total_liabilities", "total_assets"),
            ">",
            &[90],
            Paper,
        ),
        Row {
            beside: &[("net_profit", 1)],
            ..row(
                "aaa-zj",
                AAA,
                "explanations_reviewed",
                Last("total_liabilities", "total_assets"),
                ">",
                &[90],
                Caution,
            )
        },
        // 相关机会: 研发占 3% 且增长 20%; 研发占 5% 以上; 软投入占 5%.
        Row {
            beside: &[("revenue", 12_345)],
            ..row("adjacent", &[2023], "j1", Rise("rd_expense_deduct"), ">=", &[20], Part)
        },
        row("adjacent", &[2023], "j1", Last("rd_expense_deduct", "revenue"), ">=", &[3], Part),
        row("adjacent", &[2023], "j2", Last("rd_expense_deduct", "revenue"), ">", &[5], Note),
        Row {
            base: Some(300_000_000),
            ..row(
                "adjacent",
                &[2023],
                "j3",
                Plain("soft_investment", "fixed_investment"),
                ">=",
                &[5],
                Part,
            )
        },
    ];
    for (at, of) in [
        ("growth_revenue", Growth("revenue", None)),
        ("growth_revenue", ShortGrowth("revenue", None)),
        ("growth_assets", Growth("total_assets", net)),
        ("growth_assets", ShortGrowth("total_assets", net)),
    ] {
        rows.push(row("hnte-zj", HNTE, at, of, "> then >=", &[0, 5, 15, 25, 35], GROWTH));
    }
    rows
}

impl Row {
    /// The sign at a share: only what is above 0 is strict among the bands.
    fn sign(&self, hundredths: i128) -> &'static str {
        match (self.sign, hundredths) {
            ("> then >=", 0) => ">",
            ("> then >=", _) => ">=",
            (sign, _) => sign,
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
    fn expected(&self, at: usize, holds: bool) -> &'static str {
        match (self.says, holds) {
            (Where::Gate, false) => "not_met",
            (Where::Note | Where::Part, false) => "not_applicable",
            (Where::Gate | Where::Note | Where::Part, true) => "met",
            (Where::Points(points) | Where::SecondPoints(points), _) => {
                points[at + usize::from(holds)]
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
        match self.says {
            Where::Caution => told(report.warnings.iter().any(|it| it.code == self.at)),
            Where::Paper => told(report.documents.iter().any(|it| it.id == self.at)),
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

    fn line<'r>(&self, report: &'r Report) -> &'r zice_rules::report::CriterionReport {
        report.criteria.iter().find(|one| one.id == self.at).expect("the criterion")
    }

    /// Whether the report shows the ratio as it was measured.
    fn shows(&self, points: &str) -> bool {
        match self.says {
            Where::Gate | Where::Note | Where::Points(_) => true,
            // Where neither way brings a point, the first one is shown.
            Where::SecondPoints(_) => points != "0",
            Where::Part | Where::Caution | Where::Paper => false,
        }
    }

    /// A company `step` millionths beside share number `at`, and its ratio.
    fn company(&self, year: u16, at: usize, step: i128) -> (Value, String) {
        let year = i32::from(year);
        let share: Share = (self.shares[at], 100);
        let made = figures(self.of, share, step, year, self.base);
        let mut facts: Map<String, Value> = made.facts;
        for (id, figure) in self.beside {
            let last = json!({ (year - 1).to_string(): figure.to_string() });
            facts.insert((*id).to_owned(), last);
        }
        if self.at == "j1" && matches!(self.of, Of::Last(..)) {
            // A year before of which last year is far more than 20 % on top.
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
        for year in row.editions {
            for share in row.shares {
                let address = format!("{}@{year}", row.programme);
                let text = lowest(*share, 100);
                listed.insert((address, row.at.to_owned(), row.sign(*share), text));
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
        for year in row.editions {
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
    // Three companies a share: 16 shares of 科小 in three editions and one
    // more, 27 of 高企 in three, 2 of 守重 in three, and 4 of the hints.
    assert_eq!(looked_at, 3 * (16 * 3 + 1 + 27 * 3 + 2 * 3 + 4));
}
