//! Tests golden cases that an edition takes over and moves to its own years.

use crate::world::{edition, gate, item, load, policy, text, wrong};

const BASE: &str = "demo/2023.toml";
const CASES: &str = "demo/2023.cases.toml";

/// Conditions that hold only if every day and year of the case is moved with
/// the day of application.
fn base() -> String {
    let tables = [
        gate("listed", "年份(公示年度) >= 2020年"),
        gate("revenue", "销售收入[去年] = 5元 且 销售收入[前年] = 3元"),
        gate("cell", "取值(合同数据[去年], 收入方, 已履行) = 7"),
        gate("granted", "计数(知识产权, 申报日 - 授权日 = 31天) >= 1项"),
        gate("recorded", "计数(记录, 年份(年度) = 年份(申报日) - 2) >= 1次"),
        gate(
            "span",
            "计数(记录, 年份(年度) >= 年份(申报日) - 3 且 年份(年度) <= 年份(申报日) - 1) >= 2次",
        ),
        gate("leap", "到期日 = 2020-02-29"),
        gate("region", "地区(区划代码, 330501)"),
        item("milestone", "filing", &format!("{}date = \"2023-09-15\"", text("what", "申报"))),
        item(
            "indicator",
            "growth",
            &format!(
                "{}{}better = \"higher\"\nyears = 2\nvalue = \"销售收入[去年]\"",
                text("title", "收入"),
                text("words", "收入")
            ),
        ),
    ];
    policy(
        "verdict = \"listed 且 revenue 且 cell 且 granted 且 recorded 且 span 且 leap 且 region\"",
        &tables.concat(),
    )
}

/// A company that meets every condition, and one without answers.
const CASE: &str = r#"
schema = "zice.cases/1"
policy = "demo@2023"
as_of = "2023-08-01"

[[case]]
name = "合格"
[case.facts]
listed_in = 2021
revenue = { 2021 = 3, 2022 = 5 }
contracts = { 2022 = { income = { done = 7 } } }
ip = [{ granted_on = "2023-07-01" }]
history = [{ year = 2021 }, { year = { min = 2020, max = 2022 }, decided_on = { min = "2020-01-01" } }]
expires_on = "2020-02-29"
region = "330501"
[case.expect]
verdict = "met"
calendar = { 2023-09-15 = "future" }
indicators = { "growth.2022" = "5", "growth.2021" = "3" }

[[case]]
name = "没有地区"
like = "合格"
without = ["region"]
[case.expect]
verdict = "undecided"
"#;

/// A file of cases for the edition of this year.
fn taken(year: u16, keys: &str, cases: &str) -> String {
    format!(
        "schema = \"zice.cases/1\"\npolicy = \"demo@{year}\"\nas_of = \"{year}-08-01\"\n{keys}\n{cases}"
    )
}

/// The edition of a later year, whose condition `leap` asks for this day
/// instead of 29 February.
fn later(year: u16, leap: &str) -> String {
    edition(
        &year.to_string(),
        "extends = \"demo@2023\"",
        &gate("leap", &format!("到期日 = {leap}")),
    )
}

/// Runs the cases; returns their number and the messages of those that failed.
fn check(year: u16, leap: &str, keys: &str, cases: &str) -> (usize, Vec<String>) {
    let (path, cases_path) = (format!("demo/{year}.toml"), format!("demo/{year}.cases.toml"));
    let files = [
        (BASE, base()),
        (CASES, CASE.to_owned()),
        (path.as_str(), later(year, leap)),
        (cases_path.as_str(), taken(year, keys, cases)),
    ];
    let found = load(&files).unwrap_or_else(|error| panic!("{error}")).check();
    (found.cases, found.failures.iter().map(|one| one.message.clone()).collect())
}

#[test]
fn every_day_and_year_of_a_case_moves() {
    // Four years later there is a 29 February again.
    let four = "inherit = \"demo@2023\"\nshift_years = 4";
    assert_eq!(check(2027, "2024-02-29", four, ""), (4, vec![]));
    // Two years later there is none, so the day becomes 28 February.
    let two = "inherit = \"demo@2023\"\nshift_years = 2";
    assert_eq!(check(2025, "2022-02-28", two, ""), (4, vec![]));
    let (_, failures) = check(2025, "2022-03-01", two, "");
    assert_eq!(failures.len(), 2, "{failures:?}");
}

#[test]
fn days_of_the_calendar_are_not_taken_over() {
    let own =
        item("milestone", "filing", &format!("{}date = \"2025-09-15\"", text("what", "申报")));
    let files = [
        (BASE, base()),
        (CASES, CASE.to_owned()),
        ("demo/2025.toml", later(2025, "2022-02-28") + &own),
        ("demo/2025.cases.toml", taken(2025, "inherit = \"demo@2023\"\nshift_years = 2", "")),
    ];
    let found = load(&files).unwrap_or_else(|error| panic!("{error}")).check();
    assert_eq!(found.failures, []);
    let days: Vec<&String> =
        found.uncovered.iter().filter(|line| line.contains("milestone")).collect();
    // A case of the base expects its day. That does not count for the edition,
    // whose own day no case expects.
    assert_eq!(days, ["demo@2025 milestone 2025-09-15"]);
}

#[test]
fn a_case_of_the_same_name_stands_in_the_place_of_the_old() {
    let keys = "inherit = \"demo@2023\"\nshift_years = 2";
    let own = r#"
[[case]]
name = "合格"
[case.facts]
listed_in = 2019
[case.expect]
verdict = "not_met"

[[case]]
name = "没有地区二"
like = "没有地区"
facts = { region = "330501" }
[case.expect]
verdict = "met"

[[case]]
name = "一样"
like = "合格"
[case.expect]
verdict = "not_met"
"#;
    // Two cases of the base, two inherited, and two new ones beside one that
    // replaces an inherited case. A new case `like` the replaced one starts
    // from its new facts; an inherited one keeps the old.
    assert_eq!(check(2025, "2022-02-28", keys, own), (6, vec![]));
}

#[test]
fn a_case_can_be_left_out() {
    let keys = "inherit = \"demo@2023\"\nshift_years = 2\ndrop = [\"没有地区\"]";
    assert_eq!(check(2025, "2022-02-28", keys, ""), (3, vec![]));
    // Moved by the wrong number of years, a case fails under its own name.
    let wrong_year = "inherit = \"demo@2023\"\nshift_years = 3\ndrop = [\"没有地区\"]";
    let (cases, failures) = check(2025, "2022-02-28", wrong_year, "");
    assert_eq!(cases, 3);
    assert!(failures.iter().all(|one| one.starts_with("合格：")) && !failures.is_empty());
}

#[test]
fn cases_may_be_taken_over_twice() {
    let files = [
        (BASE, base()),
        (CASES, CASE.to_owned()),
        ("demo/2025.toml", later(2025, "2022-02-28")),
        ("demo/2025.cases.toml", taken(2025, "inherit = \"demo@2023\"\nshift_years = 2", "")),
        ("demo/2026.toml", later(2026, "2023-02-28")),
        ("demo/2026.cases.toml", taken(2026, "inherit = \"demo@2025\"\nshift_years = 1", "")),
    ];
    let found = load(&files).unwrap_or_else(|error| panic!("{error}")).check();
    assert_eq!((found.cases, found.failures.len()), (6, 0), "{:?}", found.failures);
}

/// The mistakes in the cases of 2025.
fn wrong_cases(keys: &str, cases: &str) -> Vec<String> {
    wrong(&[
        (BASE, base()),
        (CASES, CASE.to_owned()),
        ("demo/2025.toml", later(2025, "2022-02-28")),
        ("demo/2025.cases.toml", taken(2025, keys, cases)),
    ])
}

#[test]
fn what_is_wrong_with_cases_is_told_where_it_stands() {
    let case = |name: &str, rest: &str| {
        format!("[[case]]\nname = \"{name}\"\n{rest}\n[case.expect]\nverdict = \"met\"\n")
    };
    let inherit = "inherit = \"demo@2023\"";
    let twice = |name: &str| format!("{}{}", case(name, ""), case(name, ""));
    let below = format!("{}{}", case("甲", "like = \"乙\""), case("乙", ""));
    for (keys, cases, at, said) in [
        (
            "inherit = \"demo@2020\"",
            String::new(),
            "4:11:",
            "没有 demo@2020 的案例可沿用 / no such cases",
        ),
        ("inherit = \"demo@2025\"", String::new(), "4:11:", "in a circle"),
        ("drop = [\"合格\"]", String::new(), "4:9:", "no such case"),
        ("inherit = \"demo@2023\"\ndrop = [\"不合格\"]", String::new(), "5:9:", "no such case"),
        ("", twice("甲"), "10:1:", "案例重名：甲"),
        (inherit, twice("合格"), "10:1:", "案例重名：合格"),
        ("", below, "7:8:", "no such case above"),
        ("", case("甲", "without = [\"region\"]"), "7:12:", "nothing to take away"),
        ("", case("甲", "facts = { staff = 1.5 }"), "5:1:", "write decimals as strings"),
    ] {
        let found = wrong_cases(keys, &cases);
        assert!(!found.is_empty(), "{keys} {cases}");
        assert!(found[0].contains(said), "{found:#?}");
        let place = found[0].strip_prefix("demo/2025.cases.toml:").expect("the file");
        assert!(place.starts_with(at), "{at} {found:#?}");
    }
    let circle = wrong(&[
        (BASE, base()),
        (CASES, CASE.replace("as_of", "inherit = \"demo@2025\"\nas_of")),
        ("demo/2025.toml", later(2025, "2022-02-28")),
        ("demo/2025.cases.toml", taken(2025, "inherit = \"demo@2023\"", "")),
    ]);
    assert_eq!(circle.iter().filter(|one| one.contains("in a circle")).count(), 2, "{circle:#?}");
    let second = wrong(&[
        (BASE, base()),
        (CASES, CASE.to_owned()),
        ("demo/2023b.cases.toml", CASE.to_owned()),
    ]);
    assert!(second[0].contains("demo@2023 已有案例文件"), "{second:#?}");
    let nowhere = wrong(&[(BASE, base()), (CASES, CASE.replace("demo@2023", "demo@2022"))]);
    assert!(nowhere[0].contains("no such policy"), "{nowhere:#?}");
}

#[test]
fn whatever_a_case_expects_can_fail() {
    for (from, to, said) in [
        ("verdict = \"met\"", "verdict = \"not_met\"", "expected not_met, got met"),
        ("\"future\"", "\"past\"", "expected past, got future"),
        ("\"growth.2022\" = \"5\"", "\"growth.2022\" = \"6\"", "expected 6, got 5"),
        ("\"growth.2022\"", "\"growth.2020\"", "（无此数据）"),
        ("verdict = \"met\"", "not_warnings = [\"window_unknown\"]", "got window_unknown"),
        ("verdict = \"met\"", "items = { \"ip[0]\" = \"counts\" }", "（未列出）"),
        ("verdict = \"met\"", "status = { region = \"unknown\" }", "expected unknown, got met"),
        ("verdict = \"met\"", "score = 5", "expected 5, got"),
        ("verdict = \"met\"", "next = [\"staff\"]", "expected staff, got"),
        ("verdict = \"met\"", "documents = [\"p\"]", "（未列出）"),
        ("verdict = \"met\"", "warnings = [\"late\"]", "（未提示）"),
    ] {
        let files = [(BASE, base()), (CASES, CASE.replacen(from, to, 1))];
        let found = load(&files).unwrap_or_else(|error| panic!("{error}")).check();
        let messages: Vec<&str> = found.failures.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages.len(), 1, "{to}: {messages:?}");
        assert!(messages[0].starts_with("合格：") && messages[0].contains(said), "{messages:?}");
    }
}
