//! Tests each function with known, open, ranged and undefined operands.

use serde_json::json;

use crate::world::{asked, company, criterion, gate, library, only, policy, report, status, value};

#[test]
fn of_two_numbers_the_condition_picks_one() {
    let picked = |facts| value("若(居民企业, 职工总数, 3人)", facts);
    assert_eq!(picked(json!({ "resident": true, "staff": 8 })), "8");
    assert_eq!(picked(json!({ "resident": false, "staff": 8 })), "3");
    // With an open condition: every value that either branch can have.
    assert_eq!(picked(json!({ "staff": 8 })), "3..8");
    assert_eq!(picked(json!({ "staff": { "min": 5, "max": 9 } })), "3..9");
    assert_eq!(picked(json!({ "resident": true, "staff": { "min": 5, "max": 9 } })), "5..9");
    assert_eq!(picked(json!({})), "0..");
}

#[test]
fn a_branch_without_a_number_fails_only_where_it_is_taken() {
    let formula = "若(居民企业, 利润[去年] / 销售收入[去年], 1) >= 0";
    let nought = |resident| json!({ "resident": resident, "profit": { "2022": 5 }, "revenue": { "2022": 0 } });
    assert_eq!(status(formula, nought(json!(true))), "not_met");
    assert_eq!(status(formula, nought(json!(false))), "met");
    assert_eq!(status(formula, nought(json!(null))), "unknown");
    let number = "若(居民企业, 利润[去年] / 销售收入[去年], 1)";
    assert_eq!(value(number, nought(json!(true))), "undefined");
    assert_eq!(value(number, nought(json!(null))), "1");
}

#[test]
fn a_condition_inside_a_condition_picks_again() {
    let limit = "若(职工总数 <= 50人, 5%, 若(职工总数 <= 200人, 4%, 3%))";
    for (staff, expected) in [("50", "1/20"), ("50.5", "1/25"), ("200", "1/25"), ("201", "3/100")] {
        assert_eq!(value(limit, json!({ "staff": staff })), expected, "{staff}");
    }
    assert_eq!(value(limit, json!({ "staff": { "min": 51, "max": 201 } })), "3/100..1/25");
}

#[test]
fn only_the_branch_that_can_still_be_taken_is_asked_for() {
    let library =
        library(&policy("verdict = \"c\"", &gate("c", "若(居民企业, 职工总数, 获奖次数) >= 10")));
    let asks = |facts| {
        let company = company(&library, facts);
        asked(&library, &zice_rules::assess(only(&library), &company).expect("an assessment"))
    };
    assert_eq!(asks(json!({ "resident": true })), ["staff"]);
    assert_eq!(asks(json!({ "resident": false })), ["awards"]);
    assert_eq!(asks(json!({ "staff": 10, "awards": 9 })), ["resident"]);
    // Both branches pass, so the condition does not matter.
    assert_eq!(asks(json!({ "staff": 10, "awards": 10 })), [""; 0]);
}

/// Revenue of 30, 60 and 120 yuan from 2020 to 2022, and a founding day.
fn grown(established_on: serde_json::Value) -> serde_json::Value {
    json!({
        "established_on": established_on,
        "revenue": { "2020": 30, "2021": 60, "2022": 120 }
    })
}

#[test]
fn sums_and_means_are_over_the_years_there_were() {
    let both = |established: serde_json::Value| {
        let of =
            |name: &str| value(&format!("{name}(销售收入[近三年])"), grown(established.clone()));
        (of("合计"), of("平均"))
    };
    let pair = |sum: &str, mean: &str| (sum.to_owned(), mean.to_owned());
    assert_eq!(both(json!(null)), pair("210", "70"));
    assert_eq!(both(json!("2020-12-31")), pair("210", "70"));
    assert_eq!(both(json!("2021-01-01")), pair("180", "90"));
    assert_eq!(both(json!("2022-12-31")), pair("120", "120"));
    assert_eq!(both(json!("2023-01-01")), pair("undefined", "undefined"));
    // Founded in 2020 or 2021: three years or two.
    let (early, late) = ("2020-06-01", "2021-06-01");
    assert_eq!(both(json!({ "min": early, "max": late })), pair("180..210", "70..90"));
    // Founded between 2021 and 2023: two years, one, or none.
    let open = json!({ "min": "2021-01-01", "max": "2023-01-01" });
    assert_eq!(both(open), pair("120..180", "90..120"));
}

#[test]
fn where_no_year_may_be_left_a_mean_fails_or_is_open() {
    let at_least = |established| status("平均(销售收入[近三年]) >= 90元", grown(established));
    assert_eq!(at_least(json!("2023-01-01")), "not_met");
    assert_eq!(at_least(json!({ "min": "2021-01-01", "max": "2023-01-01" })), "unknown");
    assert_eq!(at_least(json!({ "min": "2021-01-01", "max": "2022-12-31" })), "met");
    // The mean is 70 over three years and 90 over two.
    assert_eq!(at_least(json!({ "min": "2020-01-01", "max": "2021-12-31" })), "unknown");
    assert_eq!(at_least(json!("2020-01-01")), "not_met");
}

#[test]
fn a_year_that_was_not_given_leaves_a_mean_open_upwards() {
    let mean = |facts| value("平均(销售收入[近三年])", facts);
    assert_eq!(mean(json!({ "revenue": { "2020": 30, "2021": 60 } })), "30..");
    let guess = json!({ "revenue": { "2020": 30, "2021": { "min": 60, "max": 90 }, "2022": 120 } });
    assert_eq!(mean(guess), "70..80");
    // A loss of unknown size leaves the mean without a lower end.
    assert_eq!(value("平均(利润[近两年])", json!({ "profit": { "2021": 5 } })), "..");
    assert_eq!(value("平均(利润[近两年])", json!({ "profit": { "2021": 5, "2022": -8 } })), "-1.5");
}

#[test]
fn a_range_of_own_points_is_for_experts_and_none_is_open() {
    let graded = |grade| status("自评(自评分) >= 5分", json!({ "grade": grade }));
    assert_eq!(graded(json!(5)), "met");
    assert_eq!(graded(json!(4)), "not_met");
    assert_eq!(graded(json!({ "min": 5, "max": 8 })), "met");
    assert_eq!(graded(json!({ "min": 0, "max": 4 })), "not_met");
    assert_eq!(graded(json!({ "min": 4, "max": 5 })), "needs_review");
    assert_eq!(graded(json!(null)), "unknown");
    // A range over all possible points says nothing.
    assert_eq!(graded(json!({ "min": 0, "max": 10 })), "unknown");
    // Without 自评(…) a range is an answer that is not exact yet.
    assert_eq!(status("自评分 >= 5分", json!({ "grade": { "min": 4, "max": 5 } })), "unknown");
}

#[test]
fn own_points_that_may_be_a_number_are_not_certainly_another() {
    let exactly = |grade| status("自评(自评分) = 5分", json!({ "grade": grade }));
    assert_eq!(exactly(json!(5)), "met");
    assert_eq!(exactly(json!(4)), "not_met");
    // Experts might give 4 or 6 as well as 5.
    assert_eq!(exactly(json!({ "min": 4, "max": 6 })), "needs_review");
    assert_eq!(exactly(json!({ "min": 5, "max": 6 })), "needs_review");
    assert_eq!(exactly(json!({ "min": 6, "max": 7 })), "not_met");
    assert_eq!(exactly(json!(null)), "unknown");
}

#[test]
fn own_points_that_are_taken_off_are_judged_the_other_way_round() {
    let left = |min, max| {
        status("10分 - 自评(自评分) >= 5分", json!({ "grade": { "min": min, "max": max } }))
    };
    assert_eq!(left(4, 5), "met");
    assert_eq!(left(5, 6), "needs_review");
    assert_eq!(left(6, 7), "not_met");
    let not =
        |min, max| status("非 自评(自评分) >= 5分", json!({ "grade": { "min": min, "max": max } }));
    assert_eq!((not(3, 4), not(4, 5), not(5, 6)), ("met", "needs_review", "not_met"));
}

#[test]
fn own_points_bring_the_points_of_both_experts() {
    let bands = "out_of = 9\n[[criterion.basis]]\ntitle = { zh = \"甲\", en = \"a\" }\nvalue = \"自评(自评分)\"\nbands = { \"8分\" = 9, \"5分\" = 4 }\n";
    // The citation belongs to the criterion, so the basis must come last.
    let (head, basis) = bands.split_once("[[").expect("a table");
    let text = format!("{}[[{basis}", criterion("c", "score", head));
    let library =
        library(&policy("verdict = \"居民企业\"", &format!("{text}{}", gate("r", "居民企业"))));
    let said = |grade| {
        let report = report(&library, json!({ "grade": grade }));
        let points = report.criteria[0].points.clone().expect("points");
        (report.criteria[0].status.name(), points.min, points.max)
    };
    let expected = |status, min: &str, max: &str| (status, min.to_owned(), max.to_owned());
    assert_eq!(said(json!({ "min": 6, "max": 9 })), expected("met", "4", "9"));
    assert_eq!(said(json!({ "min": 4, "max": 5 })), expected("needs_review", "0", "4"));
    assert_eq!(said(json!(7)), expected("met", "4", "4"));
    assert_eq!(said(json!(null)), expected("unknown", "0", "9"));
}

#[test]
fn a_fiscal_year_is_there_from_the_year_of_registration_on() {
    let has = |word: &str, day: serde_json::Value| {
        status(&format!("有年度({word})"), json!({ "established_on": day }))
    };
    assert_eq!(has("去年", json!("2022-12-31")), "met");
    assert_eq!(has("去年", json!("2023-01-01")), "not_met");
    assert_eq!(has("今年", json!("2023-01-01")), "met");
    assert_eq!(has("大前年", json!("2020-12-31")), "met");
    assert_eq!(has("大前年", json!("2021-01-01")), "not_met");
    // Without a founding day all years count; a range leaves it open.
    assert_eq!(has("去年", json!(null)), "met");
    assert_eq!(has("去年", json!({ "min": "2022-06-01", "max": "2023-02-01" })), "unknown");
    assert_eq!(has("去年", json!({ "min": "2022-01-01" })), "unknown");
    assert_eq!(has("去年", json!({ "max": "2022-12-31" })), "met");
    assert_eq!(status("非 有年度(去年)", json!({ "established_on": "2023-01-01" })), "met");
}

#[test]
fn an_estimate_of_registration_is_asked_for_where_a_year_hangs_on_it() {
    let library = library(&policy(
        "verdict = \"c 且 居民企业\"",
        &format!("{}{}", gate("c", "有年度(去年)"), gate("r", "居民企业")),
    ));
    let asks = |established| {
        let facts = json!({ "resident": true, "established_on": established });
        let company = company(&library, facts);
        asked(&library, &zice_rules::assess(only(&library), &company).expect("an assessment"))
    };
    assert_eq!(asks(json!({ "min": "2022-06-01", "max": "2023-02-01" })), ["established_on"]);
    assert_eq!(asks(json!("2022-06-01")), [""; 0]);
}

#[test]
fn whether_something_was_said_is_told_of_every_kind() {
    let said: [(&str, &str, serde_json::Value); 16] = [
        ("职工总数", "staff", json!(0)),
        ("职工总数", "staff", json!({ "min": 5 })),
        ("获奖次数", "awards", json!(3)),
        ("自评分", "grade", json!({ "min": 1, "max": 10 })),
        ("费率", "premium", json!("0.03")),
        ("到期日", "expires_on", json!("2024-02-29")),
        ("到期日", "expires_on", json!({ "max": "2024-02-29" })),
        ("居民企业", "resident", json!(false)),
        ("主体", "form", json!("sole")),
        ("领域", "areas", json!(["soft"])),
        ("领域", "areas", json!([])),
        ("区划代码", "region", json!("330501")),
        ("说明", "remark", json!("无")),
        ("项目", "project", json!({})),
        ("知识产权", "ip", json!([])),
        ("知识产权", "ip", json!([{}])),
    ];
    for (name, id, answer) in said {
        let facts = json!({ id: answer });
        assert_eq!(status(&format!("已填({name})"), facts.clone()), "met", "{facts}");
        assert_eq!(status(&format!("未填({name})"), facts.clone()), "not_met", "{facts}");
    }
    let silent: [(&str, &str, serde_json::Value); 14] = [
        ("职工总数", "staff", json!(null)),
        // Ranges that only repeat the bounds of the fact (0 or more, 0 to 10,
        // up to 100 %).
        ("职工总数", "staff", json!({ "min": 0 })),
        ("自评分", "grade", json!({ "min": 0, "max": 10 })),
        ("自评分", "grade", json!({ "max": 10 })),
        ("费率", "premium", json!({ "min": 0, "max": 1 })),
        ("到期日", "expires_on", json!(null)),
        ("居民企业", "resident", json!(null)),
        ("主体", "form", json!(null)),
        ("领域", "areas", json!(null)),
        ("区划代码", "region", json!(null)),
        ("说明", "remark", json!("")),
        ("说明", "remark", json!(" \n")),
        ("项目", "project", json!(null)),
        ("知识产权", "ip", json!(null)),
    ];
    for (name, id, answer) in silent {
        let facts = json!({ id: answer });
        assert_eq!(status(&format!("已填({name})"), facts.clone()), "not_met", "{facts}");
        assert_eq!(status(&format!("未填({name})"), facts.clone()), "met", "{facts}");
    }
}

#[test]
fn of_an_entry_each_field_is_said_or_not() {
    let ip = json!({ "ip": [
        { "granted_on": "2020-01-01", "label": "" },
        { "granted_on": { "min": "2020-01-01" }, "label": "甲", "claims": 0 },
        { "kind": "design", "claims": { "min": 0 } },
    ] });
    // A missing or `null` field may still be given; an empty text says that
    // there is nothing.
    for (field, count) in [("授权日", "2..3"), ("名称", "1..2"), ("份数", "1..3"), ("类别", "1..3")]
    {
        assert_eq!(value(&format!("计数(知识产权, 已填({field}))"), ip.clone()), count, "{field}");
    }
    let project = |label: serde_json::Value| {
        let of = |facts| status("计数(项目, 已填(项目名称) 且 已填(投资)) = 1项", facts);
        of(json!({ "project": { "title": label, "invested": 5 } }))
    };
    assert_eq!(project(json!(null)), "unknown");
    assert_eq!((project(json!("")), project(json!(" "))), ("not_met", "not_met"));
    assert_eq!(project(json!("甲")), "met");
}

#[test]
fn a_day_that_is_absent_is_past_and_one_that_is_null_is_not_known() {
    let of = |entry: serde_json::Value| {
        let one = |rule: &str| status(rule, json!({ "history": [entry] }));
        [
            one("计数(记录, 结案日 <= 申报日) = 1次"),
            one("计数(记录, 结案日 > 申报日) = 1次"),
            one("计数(记录, 年份(结案日) < 年份(申报日)) = 1次"),
        ]
    };
    assert_eq!(of(json!({})), ["met", "not_met", "unknown"]);
    assert_eq!(of(json!({ "state": "closed" })), ["met", "not_met", "unknown"]);
    // Whether the case is closed is open; if it is, the day is past.
    assert_eq!(of(json!({ "state": null })), ["met", "not_met", "unknown"]);
    assert_eq!(of(json!({ "state": "running" })), ["unknown"; 3]);
    assert_eq!(of(json!({ "closed_on": null })), ["unknown"; 3]);
    assert_eq!(of(json!({ "closed_on": "2023-08-02" })), ["not_met", "met", "not_met"]);
}

#[test]
fn whether_something_was_said_holds_no_verdict_back() {
    let library = library(&policy("verdict = \"c\"", &gate("c", "居民企业 或 已填(说明)")));
    let of = |facts| {
        let company = company(&library, facts);
        let assessment = zice_rules::assess(only(&library), &company).expect("an assessment");
        (assessment.verdict().name(), asked(&library, &assessment))
    };
    assert_eq!(of(json!({})), ("undecided", vec!["resident".to_owned()]));
    assert_eq!(of(json!({ "remark": "有" })), ("met", vec![]));
    assert_eq!(of(json!({ "resident": false })), ("not_met", vec![]));
}

#[test]
fn a_region_is_told_by_its_first_digits() {
    let within = |digits: &str, region| {
        status(&format!("地区(区划代码, {digits})"), json!({ "region": region }))
    };
    for (digits, expected) in [
        ("33", "met"),
        ("3305", "met"),
        ("330502", "met"),
        ("3306", "not_met"),
        ("330503", "not_met"),
    ] {
        assert_eq!(within(digits, json!("330502")), expected, "{digits}");
        assert_eq!(within(digits, json!(null)), "unknown", "{digits}");
    }
    // Digits in the middle of the code do not count.
    assert_eq!(within("3305", json!("443305")), "not_met");
    let library = library(&policy("verdict = \"c\"", &gate("c", "地区(区划代码, 3305)")));
    assert_eq!(report(&library, json!({})).next_questions, ["region"]);
    assert_eq!(report(&library, json!({ "region": "330502" })).verdict.name(), "met");
}

#[test]
fn one_figure_of_one_side_and_year() {
    let cell = |facts| value("取值(合同数据[前年], 支出方, 到期)", facts);
    let given = |side: &str, year: &str, field: &str, figure: serde_json::Value| json!({ "contracts": { year: { side: { field: figure } } } });
    assert_eq!(cell(given("expense", "2021", "due", json!(7))), "7");
    assert_eq!(cell(given("expense", "2021", "due", json!({ "min": 7, "max": 9 }))), "7..9");
    // With another side, year or field, or none at all, the value spans the
    // field's bounds.
    assert_eq!(cell(given("income", "2021", "due", json!(7))), "0..1000");
    assert_eq!(cell(given("expense", "2022", "due", json!(7))), "0..1000");
    assert_eq!(cell(given("expense", "2021", "done", json!(7))), "0..1000");
    assert_eq!(cell(json!({})), "0..1000");
    assert_eq!(value("取值(合同数据[前年], expense, done)", json!({})), "0..");
}

#[test]
fn a_figure_from_before_the_company_is_none() {
    let given = |established| {
        json!({
            "established_on": established,
            "contracts": { "2021": { "income": { "done": 7 } } }
        })
    };
    let cell =
        |established| value("取值(合同数据[前年], 收入方, 已履行)", given(json!(established)));
    assert_eq!(cell("2021-12-31"), "7");
    assert_eq!(cell("2022-01-01"), "undefined");
    let holds =
        |established| status("取值(合同数据[前年], 收入方, 已履行) >= 0", given(established));
    assert_eq!(holds(json!("2022-01-01")), "not_met");
    // Whether that year existed is open, and so is the figure.
    assert_eq!(holds(json!({ "min": "2021-01-01", "max": "2022-12-31" })), "unknown");
    let library = library(&policy(
        "verdict = \"c\"",
        &gate("c", "取值(合同数据[前年], 收入方, 已履行) >= 7"),
    ));
    let asks = |established| report(&library, given(established)).next_questions;
    assert_eq!(asks(json!({ "min": "2021-01-01", "max": "2022-12-31" })), ["established_on"]);
    let nothing = json!({ "established_on": { "min": "2021-01-01", "max": "2022-12-31" } });
    assert_eq!(report(&library, nothing).next_questions, ["established_on", "contracts"]);
}

#[test]
fn a_year_written_as_a_number_goes_with_the_years_of_days() {
    let recent = |year| status("年份(公示年度) >= 年份(申报日) - 2", json!({ "listed_in": year }));
    assert_eq!(recent(json!(2021)), "met");
    assert_eq!(recent(json!(2020)), "not_met");
    assert_eq!(recent(json!({ "min": 2020, "max": 2021 })), "unknown");
    assert_eq!(value("年份(申报日) - 2", json!({})), "2021");
    let until = json!({ "expires_on": { "min": "2023-12-31", "max": "2024-01-01" } });
    assert_eq!(value("年份(到期日)", until), "2023..2024");
}

#[test]
fn an_object_counts_as_one_or_none() {
    let count = |facts| value("计数(项目, 投资 >= 100元 且 非 在建)", facts);
    assert_eq!(count(json!({ "project": { "invested": 100, "running": false } })), "1");
    assert_eq!(count(json!({ "project": { "invested": 99, "running": false } })), "0");
    assert_eq!(count(json!({ "project": { "invested": 100 } })), "0..1");
    assert_eq!(count(json!({ "project": {} })), "0..1");
    // There is at most one object, whatever is answered later.
    assert_eq!(count(json!({})), "0..1");
    assert_eq!(value("计数(知识产权, 份数 >= 1)", json!({})), "0..");
    assert_eq!(status("计数(项目, 在建) >= 1项", json!({ "project": { "running": true } })), "met");
}

#[test]
fn a_region_in_an_empty_text_is_open() {
    // A blank text counts as not given.
    assert_eq!(status("地区(说明, 33)", json!({ "remark": "3305" })), "met");
    assert_eq!(status("地区(说明, 33)", json!({ "remark": "34" })), "not_met");
    assert_eq!(status("地区(说明, 33)", json!({ "remark": " " })), "unknown");
}
