//! Tests `zice check`: what no case reaches, and whether cases notice changed
//! rules.

use zice_policy::{Library, Mutation};

use crate::world::{CITES, criterion, gate, item, load, policy, text};

const POLICY: &str = "demo/2023.toml";

/// The result of mutating the only policy of a folder.
fn mutated(library: &Library) -> Mutation {
    library.mutate(&|address| address == "demo@2023").remove(0)
}

/// Every change tried at `at`. Without cases none is noticed, so all are
/// listed.
fn tried(at: &str, top: &str, tables: &str) -> Vec<String> {
    let files = [(POLICY, policy(top, tables))];
    let found = mutated(&load(&files).unwrap_or_else(|error| panic!("{error}")));
    assert_eq!(found.changes, found.unnoticed.len());
    let at = format!("{at}: ");
    let own = found.unnoticed.iter().filter_map(|line| line.strip_prefix(&at));
    own.map(str::to_owned).collect()
}

/// Every change tried in a condition.
fn of(formula: &str) -> Vec<String> {
    let tables = format!("{}{}", gate("c", formula), gate("resident", "居民企业"));
    tried("c", "verdict = \"居民企业\"", &tables)
}

#[test]
fn numbers_move_by_one_step_of_their_unit() {
    let count = ["<= → < (Some(Count))", "500 → 501", "500 → 499"];
    assert_eq!(of("职工总数 <= 500人"), count);
    assert_eq!(
        of("销售收入[去年] > 10000元"),
        ["> → >= (Some(Yuan))", "[-1] → [0]", "[-1] → [-2]", "10000 → 10001", "10000 → 9999"]
    );
    // One step is 0.01 %, for a quotient and for a share alike.
    assert_eq!(of("费率 < 3%"), ["< → <= (Some(Ratio))", "0.03 → 0.0301", "0.03 → 0.0299"]);
    assert_eq!(
        of("获奖次数 / 职工总数 >= 6%"),
        [">= → > (Some(Ratio))", "0.06 → 0.0601", "0.06 → 0.0599"]
    );
    let share = of("利润[去年] <= 销售收入[前年] * 50%");
    assert_eq!(
        share,
        [
            "<= → < (Some(Yuan))",
            "[-1] → [0]",
            "[-1] → [-2]",
            "[-2] → [-1]",
            "[-2] → [-3]",
            "0.5 → 0.5001",
            "0.5 → 0.4999"
        ]
    );
    assert_eq!(of("申报日 - 成立日期 >= 365天"), [">= → > (Some(Days))", "365 → 366", "365 → 364"]);
    assert_eq!(
        of("年份(到期日) = 2024年"),
        ["= → >= (Some(Year))", "= → <= (Some(Year))", "2024 → 2025", "2024 → 2023"]
    );
    assert_eq!(of("自评(自评分) >= 5分"), [">= → > (Some(Points))", "5 → 6", "5 → 4"]);
}

#[test]
fn a_yes_becomes_a_no() {
    assert_eq!(of("居民企业"), ["非 resident"]);
    assert_eq!(of("非 居民企业 或 真"), ["非 resident", "true"]);
    assert_eq!(of("已填(说明) 且 地区(区划代码, 33)"), ["非 remark", "非 region"]);
    assert_eq!(of("确定(居民企业) 或 人工(知识产权填全)"), ["非 resident", "非 ip_complete"]);
    assert_eq!(
        of("计数(知识产权, 有争议 且 已填(名称)) >= 1"),
        [">= → > (Some(Count))", "非 disputed", "非 label", "1 → 2", "1 → 0"]
    );
}

#[test]
fn choices_are_taken_out_one_by_one_and_turned_over() {
    let set = ["属于 − company", "属于 − sole", "非 属于"];
    assert_eq!(of("主体 属于 {公司, 个独}"), set);
    // A single choice is not taken out, because an empty set would remain.
    assert_eq!(of("主体 属于 {合伙}"), ["非 属于"]);
    assert_eq!(
        of("计数(知识产权, 类别 属于 {发明}) >= 1"),
        [">= → > (Some(Count))", "非 属于", "1 → 2", "1 → 0"]
    );
}

#[test]
fn years_move_one_up_and_down() {
    assert_eq!(of("有年度(前年)"), ["[-2] → [-1]", "[-2] → [-3]", "非 有年度"]);
    let sum = ["[-3] → [-2]", "[-3] → [-4]", "[-1] → [0]", "[-1] → [-2]"];
    assert_eq!(of("合计(利润[近三年]) > 平均(利润[近三年])")[1..], [sum, sum].concat());
    // A sum of a single year can't be made shorter.
    assert_eq!(of("合计(利润[去年]) > 利润[前年]")[1..3], ["[-1] → [-2]", "[-1] → [0]"]);
    let cell = of("取值(合同数据[前年], 收入方, 已履行) >= 1");
    assert_eq!(cell[1..3], ["[-2] → [-1]", "[-2] → [-3]"]);
}

#[test]
fn what_picks_one_of_two_is_changed_in_all_its_parts() {
    assert_eq!(
        of("若(居民企业, 10人, 20人) <= 职工总数"),
        ["<= → < (Some(Count))", "非 resident", "10 → 11", "10 → 9", "20 → 21", "20 → 19"]
    );
}

/// A criterion `s` with points, and one that decides the verdict.
fn points(out_of: u8, basis: &str) -> String {
    format!(
        "{}[[criterion.basis]]\n{}{basis}\n{}",
        criterion("s", "score", &format!("out_of = {out_of}")),
        text("title", "甲"),
        gate("resident", "居民企业")
    )
}

#[test]
fn bands_move_in_bound_sign_and_points() {
    let bands = "value = \"职工总数\"\nbands = { \"> 20人\" = \"7-8\", \"10人\" = 5 }";
    assert_eq!(
        tried("s", "verdict = \"居民企业\"", &points(8, bands)),
        [
            // Points left to experts stay between 0 and the most points.
            "20 → 21",
            "20 → 19",
            "> 20 = true",
            "7-8 → 8-8",
            "7-8 → 6-8",
            "7-8 → 7-7",
            "10 → 11",
            "10 → 9",
            "> 10 = false",
            "5 分 → 6 分",
            "5 分 → 4 分",
        ]
    );
    let condition = "when = \"居民企业 且 职工总数 > 1\"\npoints = 3";
    assert_eq!(
        tried("s", "verdict = \"居民企业\"", &points(3, condition)),
        ["非 resident", "> → >= (Some(Count))", "1 → 2", "1 → 0", "3 分 → 2 分"]
    );
}

#[test]
fn totals_move_in_what_they_need_and_cap() {
    let basis = "value = \"职工总数\"\nbands = { \"10人\" = 5 }";
    let total = "total = { capped = [{ of = [\"s\"], cap = 4 }], out_of = 4, needs = 3, also = \"居民企业\" }";
    let tables = format!("{}{}", points(5, basis), criterion("t", "score", total));
    assert_eq!(
        tried("t", "verdict = \"t\"", &tables),
        ["needs 3 → 4", "needs 3 → 2", "strict = false", "cap 4 → 5", "cap 4 → 3", "非 resident"]
    );
    assert_eq!(
        tried("verdict", "verdict = \"t 且 非 resident\"", &tables),
        ["非 t", "非 resident"]
    );
}

#[test]
fn what_stands_beside_the_criteria_is_changed_too() {
    let review = format!(
        "[[criterion.review]]\nwhen = \"获奖次数 > 1\"\n{}{CITES}\n",
        text("because", "甲")
    );
    let tables = [
        gate("resident", "居民企业"),
        review,
        item("caution", "large", &format!("when = \"职工总数 > 9\"\n{}", text("text", "甲"))),
        item(
            "evidence",
            "paper",
            &format!("when = \"知识产权填全\"\n{}{}", text("title", "甲"), text("because", "甲")),
        ),
        item(
            "entry_note",
            "note",
            &format!("list = \"知识产权\"\nwhen = \"有争议\"\n{}", text("text", "甲")),
        ),
        item(
            "indicator",
            "double",
            &format!(
                "{}{}better = \"higher\"\nvalue = \"职工总数 * 2\"",
                text("title", "甲"),
                text("words", "甲")
            ),
        ),
        item(
            "milestone",
            "filing",
            &format!("from = \"2023-06-01\"\ndate = \"2023-06-30\"\n{}", text("what", "甲")),
        ),
    ];
    let tables = tables.concat();
    let at = |place: &str| tried(place, "verdict = \"resident\"", &tables);
    assert_eq!(at("resident"), ["非 resident", "> → >= (Some(Count))", "1 → 2", "1 → 0"]);
    assert_eq!(at("large"), ["> → >= (Some(Count))", "9 → 10", "9 → 8"]);
    assert_eq!(at("paper"), ["always = false", "非 ip_complete"]);
    assert_eq!(at("note"), ["非 disputed"]);
    assert_eq!(at("double"), ["2 → 2.0001", "2 → 1.9999"]);
    assert_eq!(at("review_by"), ["2023-12-31 → 2024-01-01", "2023-12-31 → 2023-12-30"]);
    assert_eq!(
        at("filing"),
        [
            "2023-06-01 → 2023-06-02",
            "2023-06-01 → 2023-05-31",
            "2023-06-30 → 2023-07-01",
            "2023-06-30 → 2023-06-29",
        ]
    );
    let window = policy("verdict = \"resident\"", &tables)
        .replace("year = 2023\n", "year = 2023\nopens = \"2023-03-01\"\ncloses = \"2023-09-30\"\n");
    let library = load(&[(POLICY, window)]).unwrap_or_else(|error| panic!("{error}"));
    let days: Vec<String> =
        mutated(&library).unnoticed.into_iter().filter(|line| line.starts_with("window")).collect();
    assert_eq!(
        days,
        [
            "window: 2023-03-01 → 2023-03-02",
            "window: 2023-03-01 → 2023-02-28",
            "window: 2023-09-30 → 2023-10-01",
            "window: 2023-09-30 → 2023-09-29",
        ]
    );
}

/// A limit of 500 people, with one case below and one above it.
fn at_most_500(staff: [u16; 2], exceptions: &[(&str, &str)]) -> Library {
    let exceptions: String = exceptions
        .iter()
        .map(|(at, of)| {
            let because = text("because", "说明");
            format!("\n[[mutation_exception]]\nat = \"{at}\"\nof = \"{of}\"\n{because}")
        })
        .collect();
    let case = |staff: u16, verdict: &str| {
        format!(
            "[[case]]\nname = \"{staff}\"\nfacts = {{ staff = {staff} }}\nexpect = {{ verdict = \"{verdict}\" }}\n"
        )
    };
    let cases = format!(
        "schema = \"zice.cases/1\"\npolicy = \"demo@2023\"\nas_of = \"2023-08-01\"\n{}{}",
        case(staff[0], "met"),
        case(staff[1], "not_met")
    );
    let tables = format!("{}{exceptions}", gate("c", "职工总数 <= 500人"));
    let files = [(POLICY, policy("verdict = \"c\"", &tables)), ("demo/2023.cases.toml", cases)];
    let library = load(&files).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(library.check().failures, []);
    library
}

#[test]
fn a_change_that_no_case_notices_survives() {
    let days = ["review_by: 2023-12-31 → 2024-01-01", "review_by: 2023-12-31 → 2023-12-30"];
    // With cases at the limit and one beyond, only changes to the day of review
    // survive.
    let found = mutated(&at_most_500([500, 501], &[]));
    assert_eq!(found.policy, "demo@2023");
    // The changes are <, 501, 499, 非 c, and two days.
    assert_eq!((found.changes, found.explained), (6, 0));
    assert_eq!(found.unnoticed, days);
    // With a case one step further away, 501 passes as well as 500.
    let found = mutated(&at_most_500([500, 502], &[]));
    assert_eq!(found.unnoticed, ["c: 500 → 501", days[0], days[1]]);
    let found = mutated(&at_most_500([499, 501], &[]));
    assert_eq!(found.unnoticed, ["c: <= → < (Some(Count))", "c: 500 → 499", days[0], days[1]]);
}

#[test]
fn an_exception_explains_a_survivor_as_long_as_it_is_one() {
    let later = ("review_by", "2023-12-31 → 2024-01-01");
    let earlier = ("review_by", "2023-12-31 → 2023-12-30");
    let found = mutated(&at_most_500([500, 502], &[later, earlier, ("c", "500 → 501")]));
    assert_eq!((found.explained, found.unnoticed, found.needless), (3, vec![], vec![]));
    // An exception for another place, or for part of a description, explains
    // nothing.
    let found =
        mutated(&at_most_500([500, 502], &[later, earlier, ("verdict", "500"), ("c", "500")]));
    assert_eq!((found.explained, found.unnoticed), (2, vec!["c: 500 → 501".to_owned()]));
    assert_eq!(found.needless, ["verdict: 500", "c: 500"]);
    // Once a case notices the change, the exception is needless.
    let found = mutated(&at_most_500([500, 501], &[later, earlier, ("c", "500 → 501")]));
    assert_eq!((found.unnoticed, found.needless), (vec![], vec!["c: 500 → 501".to_owned()]));
}

#[test]
fn only_the_policies_that_were_asked_for_are_changed() {
    assert_eq!(at_most_500([500, 501], &[]).mutate(&|_| false).len(), 0);
}

/// What no case of this policy reaches.
fn uncovered(top: &str, tables: &str, cases: &str) -> Vec<String> {
    let head = "schema = \"zice.cases/1\"\npolicy = \"demo@2023\"\nas_of = \"2023-08-01\"\n";
    let files = [(POLICY, policy(top, tables)), ("demo/2023.cases.toml", format!("{head}{cases}"))];
    let found = load(&files).unwrap_or_else(|error| panic!("{error}")).check();
    assert_eq!(found.failures, []);
    found.uncovered
}

/// Three cases: a resident, a non-resident, and a company without an answer.
const THREE: &str = r#"
[[case]]
name = "是"
facts = { resident = true, ip = [{ disputed = true }] }
expect = { verdict = "met" }
[[case]]
name = "否"
facts = { resident = false }
expect = { verdict = "not_met" }
[[case]]
name = "不知道"
expect = { verdict = "undecided" }
"#;

#[test]
fn notes_numbers_and_days_must_be_reached() {
    let number = format!(
        "{}{}better = \"higher\"\nvalue = \"职工总数\"",
        text("title", "甲"),
        text("words", "甲")
    );
    let note = |id: &str, when: &str| {
        item(
            "entry_note",
            id,
            &format!("list = \"知识产权\"\nwhen = \"{when}\"\n{}", text("text", "甲")),
        )
    };
    let tables = [
        gate("r", "居民企业"),
        note("said", "有争议"),
        note("silent", "份数 > 1"),
        item("indicator", "number", &number),
        item("milestone", "filing", &format!("date = \"2023-06-30\"\n{}", text("what", "甲"))),
    ];
    let tables = tables.concat();
    assert_eq!(
        uncovered("verdict = \"r\"", &tables, THREE),
        [
            "demo@2023 entry_note silent",
            "demo@2023 indicator number",
            "demo@2023 milestone 2023-06-30",
        ]
    );
    // A shown number or day counts as reached only if a case expects its value.
    let looked_at = r#"
[[case]]
name = "看一看"
facts = { staff = 7, ip = [{ claims = 2 }] }
[case.expect]
indicators = { number = "7" }
calendar = { 2023-06-30 = "past" }
"#;
    let all = format!("{THREE}{looked_at}");
    assert_eq!(uncovered("verdict = \"r\"", &tables, &all), [""; 0]);
}

#[test]
fn a_band_of_several_points_must_be_reached_as_it_is() {
    let bands = "value = \"职工总数\"\nbands = { \"20人\" = \"7-8\", \"10人\" = 5 }";
    let case = |staff: u8| {
        format!("[[case]]\nname = \"{staff}\"\nfacts = {{ staff = {staff} }}\nexpect = {{}}\n")
    };
    let of = |cases: &str| -> Vec<String> {
        let found =
            uncovered("verdict = \"居民企业\"", &points(8, bands), &format!("{THREE}{cases}"));
        found.into_iter().filter(|line| line.contains("分档")).collect()
    };
    assert_eq!(of(""), ["demo@2023 s 5 分档", "demo@2023 s 7-8 分档"]);
    assert_eq!(of(&case(19)), ["demo@2023 s 7-8 分档"]);
    assert_eq!(of(&format!("{}{}", case(19), case(20))), [""; 0]);
}

#[test]
fn a_hint_must_be_reached_as_one() {
    let note = criterion("n", "note", "when = \"居民企业\"");
    let cases = THREE
        .replace("\"met\"", "\"hint\"")
        .replace("not_met", "hint")
        .replace("undecided", "hint");
    assert_eq!(uncovered("hint = true", &note, &cases), [""; 0]);
    let one = cases.split("[[case]]\nname = \"否\"").next().expect("the first case");
    assert_eq!(
        uncovered("hint = true", &note, one),
        ["demo@2023 n not_applicable", "demo@2023 n unknown"]
    );
}

#[test]
fn entries_that_are_judged_one_by_one_reach_their_criteria() {
    let each =
        format!("\n[each]\nlist = \"材料\"\nid = \"material\"\n{}", gate("sum", "保额 >= 100元"));
    let cases = r#"
[[case]]
name = "两项"
facts = { materials = [{ sum = 99 }, { sum = 100 }] }
expect = { verdict = "met", status = { "material[0].sum" = "not_met", "material[1].sum" = "met" } }
[[case]]
name = "一项"
facts = { materials = [{ sum = 99 }] }
expect = { verdict = "not_met" }
[[case]]
name = "不知道"
expect = { verdict = "undecided" }
"#;
    let verdict = "verdict = \"sum\"";
    assert_eq!(uncovered(verdict, &each, cases), ["demo@2023 verdict not_applicable"]);
    let none = "[[case]]\nname = \"没有\"\nfacts = { materials = [] }\nexpect = { verdict = \"not_applicable\" }\n";
    assert_eq!(uncovered(verdict, &each, &format!("{cases}{none}")), [""; 0]);
}

#[test]
fn what_nobody_is_refused_by_must_be_reached_as_a_matter_for_a_person() {
    let otherwise = format!("[criterion.otherwise]\n{}{CITES}\n", text("because", "说不准"));
    let tables = format!("{}{otherwise}{}", gate("asks", "知识产权填全"), gate("r", "居民企业"));
    let answered = "[[case]]\nname = \"没填全\"\nfacts = { resident = true, ip_complete = false }\nexpect = { verdict = \"needs_review\" }\n";
    let met = "[[case]]\nname = \"填全\"\nfacts = { resident = true, ip_complete = true }\nexpect = { verdict = \"met\" }\n";
    let three = THREE.replace(
        "facts = { resident = true, ip = [{ disputed = true }] }\nexpect = { verdict = \"met\" }",
        "facts = { resident = true }\nexpect = { verdict = \"undecided\" }",
    );
    let verdict = "verdict = \"asks 且 r\"";
    assert_eq!(uncovered(verdict, &tables, &format!("{three}{met}{answered}")), [""; 0]);
    assert_eq!(
        uncovered(verdict, &tables, &format!("{three}{met}")),
        ["demo@2023 asks needs_review"]
    );
}
