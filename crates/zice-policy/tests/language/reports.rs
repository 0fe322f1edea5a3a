//! Tests what a report says beside the criteria: hints, entries, indicators,
//! documents and days.

use serde_json::{Value, json};
use zice_report::{ItemReport, Report};
use zice_rules::{Assessment, Lang, assess};

use crate::world::{
    CITES, company, criterion, figure, file, gate, item, library, line, only, policy, report, text,
};

#[test]
fn a_hint_promises_nothing_and_asks_nothing() {
    let tables = format!(
        "{}{}",
        criterion("large", "note", "when = \"职工总数 > 100人\""),
        criterion("novel", "note", "when = \"人工(居民企业)\""),
    );
    let library = library(&policy("hint = true", &tables));
    let said = |facts| {
        let report = report(&library, facts);
        assert_eq!((report.verdict.name(), report.next_questions.len()), ("hint", 0));
        [line(&report, "large").status.name(), line(&report, "novel").status.name()]
    };
    assert_eq!(said(json!({})), ["unknown", "unknown"]);
    assert_eq!(said(json!({ "staff": 101, "resident": true })), ["met", "needs_review"]);
    assert_eq!(said(json!({ "staff": 100, "resident": false })), ["not_applicable"; 2]);
    // Nobody applies for a hint, so no day is too early or too late.
    let codes: Vec<String> =
        report(&library, json!({})).warnings.into_iter().map(|it| it.code).collect();
    assert_eq!(codes, [""; 0]);
}

/// Criteria on rights: inventions count, disputed rights never do, and designs
/// need a person.
fn rights() -> String {
    let note = |id: &str, when: &str| {
        item(
            "entry_note",
            id,
            &format!("list = \"知识产权\"\nwhen = \"{when}\"\n{}", text("text", id)),
        )
    };
    [
        gate("one", "计数(知识产权, 类别 属于 {发明} 且 非 有争议) >= 1项"),
        gate("old", "计数(知识产权, 授权日 < 2020-01-01 且 非 有争议) >= 1项"),
        gate("any", "计数(知识产权, 人工(类别 属于 {外观}) 且 非 有争议) >= 1项"),
        gate("resident", "居民企业"),
        note("design", "类别 属于 {外观}"),
        note("in_dispute", "有争议"),
        note("for_residents", "居民企业 且 份数 >= 10"),
    ]
    .concat()
}

/// The entries of the report, with what is said of each right.
fn items(facts: Value) -> Vec<ItemReport> {
    let library = library(&policy("verdict = \"one 且 old 且 any 且 resident\"", &rights()));
    report(&library, facts).items
}

/// The entry for a single right with these fields.
fn right(ip: Value) -> ItemReport {
    let mut items = items(json!({ "ip": [ip], "resident": true }));
    assert_eq!(items.len(), 1);
    items.remove(0)
}

#[test]
fn an_entry_names_the_lines_it_counts_for_and_may_count_for() {
    let state = |ip| {
        let item = right(ip);
        (item.status.name(), item.counts_for.join(" "), item.may_count_for.join(" "))
    };
    let said = |status, counts: &str, may: &str| (status, counts.to_owned(), may.to_owned());
    let old = "2019-12-31";
    assert_eq!(
        state(json!({ "kind": "invention", "granted_on": old })),
        said("counts", "one old", "")
    );
    assert_eq!(
        state(json!({ "kind": "invention", "granted_on": "2020-01-01" })),
        said("counts", "one", "")
    );
    // A right with open fields may count; one that a person must judge may
    // count too.
    assert_eq!(state(json!({ "kind": "invention" })), said("counts", "one", "old"));
    assert_eq!(state(json!({ "kind": "design" })), said("needs_review", "", "old any"));
    assert_eq!(
        state(json!({ "kind": "design", "granted_on": "2020-01-01" })),
        said("needs_review", "", "any")
    );
    assert_eq!(state(json!({})), said("unknown", "", "one old any"));
    let disputed = json!({ "kind": "invention", "granted_on": old, "disputed": true });
    assert_eq!(state(disputed), said("does_not_count", "", ""));
}

#[test]
fn only_a_field_that_was_left_out_takes_its_default() {
    let library = library(&policy("verdict = \"one\"", &rights()));
    let said = |ip| {
        let report = report(&library, json!({ "ip": [ip], "ip_complete": true }));
        let item = &report.items[0];
        let counts = (item.status.name(), item.counts_for.join(" "), item.may_count_for.join(" "));
        (report.verdict.name(), report.next_questions.join(" "), report.assumed.join(" "), counts)
    };
    let old = "2019-12-31";
    let of = |verdict, asked: &str, assumed: &str, counts: (&'static str, &str, &str)| {
        let counts = (counts.0, counts.1.to_owned(), counts.2.to_owned());
        (verdict, asked.to_owned(), assumed.to_owned(), counts)
    };
    assert_eq!(
        said(json!({ "kind": "invention", "granted_on": old })),
        of("met", "", "ip[0].disputed = false", ("counts", "one old", ""))
    );
    // A `null` field takes no default: it may be either, and the list is asked
    // for.
    let unknown = of("undecided", "ip", "", ("unknown", "", "one old"));
    assert_eq!(said(json!({ "kind": "invention", "granted_on": old, "disputed": null })), unknown);
    // A field without a default is unknown whether it is `null` or missing.
    let disputed = json!({ "kind": null, "granted_on": old, "disputed": false });
    assert_eq!(said(disputed), of("undecided", "ip", "", ("counts", "old", "one any")));
    let note = |disputed: Value| right(json!({ "disputed": disputed })).because.len();
    assert_eq!((note(json!(null)), note(json!(true))), (0, 1));
}

#[test]
fn notes_are_said_of_an_entry_where_they_certainly_hold() {
    let notes = |ip| -> Vec<String> { right(ip).because.into_iter().map(|note| note.id).collect() };
    assert_eq!(notes(json!({ "kind": "design", "disputed": true })), ["design", "in_dispute"]);
    assert_eq!(notes(json!({ "kind": "invention" })), [""; 0]);
    assert_eq!(notes(json!({})), [""; 0]);
    assert_eq!(notes(json!({ "claims": 10 })), ["for_residents"]);
    assert_eq!(notes(json!({ "claims": { "min": 9, "max": 11 } })), [""; 0]);
    let note = right(json!({ "kind": "design" })).because.remove(0);
    assert_eq!((note.text.as_str(), note.cites[0].source.as_str()), ("design", "示〔2023〕1号"));
}

#[test]
fn entries_are_named_by_what_they_are_and_numbered_otherwise() {
    let ip = json!([
        { "kind": "design", "label": "甲" }, { "label": "乙" }, { "label": " " }, {}
    ]);
    let named: Vec<(usize, String)> =
        items(json!({ "ip": ip })).into_iter().map(|item| (item.index, item.name)).collect();
    let expected = ["甲，外观", "乙", "权利 3", "权利 4"];
    let expected = expected.iter().enumerate().map(|(at, name)| (at, (*name).to_owned()));
    assert_eq!(named, expected.collect::<Vec<(usize, String)>>());
    assert_eq!(items(json!({})), []);
    assert_eq!(items(json!({ "ip": [] })), []);
}

#[test]
fn an_indicator_looks_at_every_side_and_year() {
    let rest = format!(
        "{}{}better = \"higher\"\nof = \"合同数据\"\nyears = 2\nvalue = \"已履行 / (已履行 + 到期)\"",
        text("title", "履约率"),
        text("words", "履约率")
    );
    let tables = format!("{}{}", gate("r", "居民企业"), item("indicator", "rate", &rest));
    let library = library(&policy("verdict = \"居民企业\"", &tables));
    let facts = json!({
        "established_on": "2021-03-01",
        "contracts": {
            "2022": { "income": { "done": 3, "due": 1 }, "expense": { "done": 0, "due": 0 } },
            "2021": { "income": { "done": 1 } }
        }
    });
    let report = report(&library, facts);
    let shown: Vec<(&str, i32, String)> = report.indicators[0]
        .values
        .iter()
        .map(|one| {
            let side = one.side.as_deref().expect("a side");
            (side, one.year.expect("a year"), figure(one))
        })
        .collect();
    // With 1 performed and 0 to 1000 due, the rate is 1/1001 to 1. A figure
    // named twice widens the range only where it is open itself.
    assert_eq!(
        shown,
        [
            ("income", 2022, "3/4".to_owned()),
            ("income", 2021, "1/1001..1".to_owned()),
            ("expense", 2022, "undefined".to_owned()),
            ("expense", 2021, "0..".to_owned()),
        ]
    );
    assert_eq!(report.indicators[0].values[0].side_title.as_deref(), Some("收入方"));
}

#[test]
fn an_indicator_of_several_years_moves_the_years_of_its_formula() {
    let rest = format!(
        "{}{}better = \"higher\"\nyears = 2\nvalue = \"销售收入[去年] / 销售收入[前年]\"",
        text("title", "增长"),
        text("words", "增长")
    );
    let tables = format!("{}{}", gate("r", "居民企业"), item("indicator", "growth", &rest));
    let library = library(&policy("verdict = \"居民企业\"", &tables));
    let revenue = json!({ "revenue": { "2020": 2, "2021": 3, "2022": 12 } });
    let report = report(&library, revenue);
    let shown: Vec<(Option<i32>, String)> =
        report.indicators[0].values.iter().map(|one| (one.year, figure(one))).collect();
    assert_eq!(shown, [(Some(2022), "4".to_owned()), (Some(2021), "3/2".to_owned())]);
    // An indicator is shown, but its facts are not asked for.
    assert_eq!(report.next_questions, ["resident"]);
}

#[test]
fn a_paper_with_a_condition_is_listed_where_it_certainly_holds() {
    let rest = format!(
        "when = \"利润[前年] < 0元 且 利润[去年] < 0元\"\n{}{}",
        text("title", "亏损说明"),
        text("because", "连续亏损")
    );
    let tables = format!("{}{}", gate("r", "居民企业"), item("evidence", "losses", &rest));
    let library = library(&policy("verdict = \"居民企业\"", &tables));
    let papers = |profit| {
        let papers = report(&library, json!({ "profit": profit })).papers;
        papers.into_iter().map(|one| (one.id, one.because)).collect::<Vec<_>>()
    };
    let listed = [("losses".to_owned(), vec!["连续亏损".to_owned()])];
    assert_eq!(papers(json!({ "2021": -1, "2022": "-0.01" })), listed);
    assert_eq!(papers(json!({ "2021": -1, "2022": 0 })), []);
    assert_eq!(papers(json!({ "2021": -1 })), []);
    assert_eq!(papers(json!({ "2021": -1, "2022": { "max": "-0.01" } })), listed);
}

#[test]
fn a_span_of_days_is_open_from_its_first_to_its_last_day() {
    let milestones = format!(
        "{}{}",
        item(
            "milestone",
            "filing",
            &format!("{}from = \"2023-03-15\"\ndate = \"2023-04-15\"", text("what", "申报"))
        ),
        item("milestone", "list", &format!("{}date = \"2023-06-30\"", text("what", "公示"))),
    );
    let library = library(&policy(
        "verdict = \"居民企业\"",
        &format!("{}{milestones}", gate("r", "居民企业")),
    ));
    let states = |day: &str| {
        let mut file = file(json!({}));
        file["as_of"] = json!(day);
        let (company, _) =
            zice_rules::Company::from_value(&file, &library.dictionary, zice_rules::Date::MIN);
        let assessment = assess(only(&library), &company).expect("an assessment");
        let report = Report::new(&assessment, &library.dictionary, Lang::Zh).expect("a report");
        [report.calendar[0].state.name(), report.calendar[1].state.name()]
    };
    assert_eq!(states("2023-03-14"), ["future", "future"]);
    assert_eq!(states("2023-03-15"), ["open", "future"]);
    assert_eq!(states("2023-04-15"), ["open", "future"]);
    assert_eq!(states("2023-04-16"), ["past", "future"]);
    assert_eq!(states("2023-06-30"), ["past", "future"]);
    assert_eq!(states("2023-07-01"), ["past", "past"]);
    let report = report(&library, json!({}));
    assert_eq!(report.calendar[0].from.as_deref(), Some("2023-03-15"));
    assert_eq!(report.calendar[1].from, None);
}

/// A criterion whose points depend on conditions: 7 to 8 for residents, 3 for
/// others that have won an award.
fn conditional() -> zice_policy::Library {
    let basis = |when: &str, points: &str| {
        format!(
            "[[criterion.basis]]\n{}when = \"{when}\"\npoints = {points}\n",
            text("title", "甲")
        )
    };
    let text = format!(
        "{}{}{}",
        criterion("c", "score", "out_of = 8"),
        basis("居民企业", "\"7-8\""),
        basis("获奖次数 >= 1", "3"),
    );
    library(&policy("verdict = \"r\"", &format!("{text}{}", gate("r", "居民企业"))))
}

#[test]
fn of_points_by_condition_the_best_that_holds_counts() {
    let library = conditional();
    let points = |facts| {
        let report = report(&library, facts);
        let points = report.criteria[0].points.clone().expect("points");
        (
            report.criteria[0].status.name(),
            format!("{}-{} of {}", points.min, points.max, points.out_of),
        )
    };
    let said = |status, points: &str| (status, points.to_owned());
    assert_eq!(points(json!({ "resident": true, "awards": 1 })), said("met", "7-8 of 8"));
    assert_eq!(points(json!({ "resident": false, "awards": 1 })), said("met", "3-3 of 8"));
    assert_eq!(points(json!({ "resident": false, "awards": 0 })), said("not_met", "0-0 of 8"));
    assert_eq!(points(json!({ "awards": 1 })), said("met", "3-8 of 8"));
    assert_eq!(points(json!({})), said("unknown", "0-8 of 8"));
    let company = company(&library, json!({ "awards": 1 }));
    let assessment: Assessment<'_> = assess(only(&library), &company).expect("an assessment");
    // 4, 5 or 6 points are impossible.
    assert_eq!(assessment.possible_points(0), [3, 7, 8]);
}

#[test]
fn a_named_formula_is_read_where_it_stands() {
    let define = "\n[define]\n\"够大\" = \"职工总数 >= 门槛\"\n\"门槛\" = \"若(居民企业, 10人, 20人)\"\n\"有效\" = \"份数 >= 2 且 非 有争议\"\n";
    let tables = format!(
        "{define}{}{}",
        gate("c", "够大 且 计数(知识产权, 有效) >= 1项"),
        gate("r", "居民企业")
    );
    let library = library(&policy("verdict = \"c\"", &tables));
    let status = |resident, staff, claims| {
        let facts = json!({ "resident": resident, "staff": staff, "ip": [{ "claims": claims }] });
        report(&library, facts).verdict.name()
    };
    assert_eq!(status(true, 10, 2), "met");
    assert_eq!(status(true, 9, 2), "not_met");
    assert_eq!(status(false, 19, 2), "not_met");
    assert_eq!(status(false, 20, 2), "met");
    assert_eq!(status(false, 20, 1), "not_met");
}

#[test]
fn who_does_not_meet_what_holds_in_principle_is_for_a_person() {
    let otherwise = format!("[criterion.otherwise]\n{}{CITES}\n", text("because", "原则上"));
    let tables =
        format!("{}{otherwise}{}", gate("c", "职工总数 >= 20人"), gate("r", "人工(居民企业)"));
    let library = library(&policy("verdict = \"c 且 r\"", &tables));
    let said = |facts| {
        let report = report(&library, facts);
        let line = line(&report, "c");
        (line.status.name(), line.explain.contains("原则上"), report.verdict.name())
    };
    assert_eq!(said(json!({ "staff": 20, "resident": true })), ("met", false, "needs_review"));
    assert_eq!(
        said(json!({ "staff": 19, "resident": true })),
        ("needs_review", true, "needs_review")
    );
    assert_eq!(said(json!({ "staff": 19, "resident": false })), ("needs_review", true, "not_met"));
    // Whichever of the two holds, the criterion refuses nobody, so nothing is
    // asked.
    assert_eq!(said(json!({ "resident": true })), ("unknown", false, "needs_review"));
    assert_eq!(report(&library, json!({ "resident": true })).next_questions, [""; 0]);
    assert_eq!(report(&library, json!({})).next_questions, ["resident"]);
}

#[test]
fn what_nobody_answered_is_never_told_as_a_range_that_was_given() {
    let tables = format!(
        "{}{}",
        gate("c", "自评分 >= 5分 或 费率 <= 3%"),
        gate("f", "取值(合同数据[去年], income, 到期) <= 5项"),
    );
    let library = library(&policy("verdict = \"c 且 f\"", &tables));
    let said = |facts| {
        let report = report(&library, facts);
        ["c", "f"].map(|id| line(&report, id).explain.clone())
    };
    // These facts have bounds, so an open one is a range from end to end.
    for facts in [json!({}), json!({ "grade": { "min": 0, "max": 10 }, "premium": null })] {
        let [given, field] = said(facts);
        assert_eq!(given.matches("（未填）").count(), 2, "{given}");
        assert!(field.contains("（未填）") && !field.contains("1,000"), "{field}");
    }
    let [given, _] = said(json!({ "grade": { "min": 4, "max": 10 }, "premium": { "max": "0.9" } }));
    assert!(given.contains("4 至 10") && given.contains("0.00% 至 90.00%"), "{given}");
}
