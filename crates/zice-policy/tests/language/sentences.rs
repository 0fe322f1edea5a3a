//! Tests the sentences of a calculation word by word: ways that can't be used,
//! a lowest band that excludes its bound, and what is missing.

use serde_json::{Value, json};
use zice_report::Report;
use zice_rules::{Lang, assess, dictionary::Kind};

use crate::world::{company, criterion, gate, library, line, load, policy, text};

/// The sentence of criterion `c` with these bases, in Chinese and English.
fn said(out_of: u8, bases: &str, facts: Value) -> [String; 2] {
    let own = criterion("c", "score", &format!("out_of = {out_of}"));
    explained(&format!("{own}{bases}{}", gate("r", "居民企业")), facts)
}

fn explained(tables: &str, facts: Value) -> [String; 2] {
    let library = library(&policy("verdict = \"r\"", tables));
    let company = company(&library, facts);
    let assessment = assess(&library.policies[0], &company).expect("an assessment");
    [Lang::Zh, Lang::En].map(|lang| {
        let report = Report::new(&assessment, &library.dictionary, lang).expect("a report");
        line(&report, "c").explain.clone()
    })
}

/// The sentence of a gate, in Chinese and English.
fn gated(when: &str, facts: Value) -> [String; 2] {
    explained(&format!("{}{}", gate("c", when), gate("r", "居民企业")), facts)
}

fn basis(title: &str, value: &str, bands: &str) -> String {
    format!("[[criterion.basis]]\n{}value = \"{value}\"\nbands = {bands}\n", text("title", title))
}

/// Two bases, of which the better one counts: profit by revenue, or awards by
/// head count.
fn two_ways() -> String {
    format!(
        "{}{}",
        basis("一", "利润[去年] / 销售收入[去年]", r#"{ "6%" = 50 }"#),
        basis("二", "获奖次数 / 职工总数", r#"{ "30%" = 50, "10%" = 10 }"#),
    )
}

#[test]
fn where_one_way_cannot_be_calculated_the_other_is_not_called_better() {
    let facts = json!({
        "profit": { "2022": 3 }, "revenue": { "2022": 0 }, "awards": 3, "staff": 10
    });
    assert_eq!(
        said(50, &two_ways(), facts),
        [
            "2022 年利润 3 元 ÷ 2022 年销售收入 0 元，除数为 0，算不出，这种算法不计分；\
             获奖次数 3 ÷ 职工总数 10 = 30.00%，达到 30% 档，得 50 分；只用算得出的这一种，得 50 分",
            "2022 profit 3 yuan ÷ 2022 revenue 0 yuan, which can't be calculated: the divisor is 0, \
             so this way brings no points; awards 3 ÷ staff 10 = 30.00%, reaches the 30% band: \
             50 points; only the other way can be used: 50 points",
        ]
    );
    let facts = json!({
        "profit": { "2022": 3 }, "revenue": { "2022": 100 }, "awards": 3, "staff": 10
    });
    let [zh, en] = said(50, &two_ways(), facts);
    assert!(zh.ends_with("；取较高者，得 50 分"), "{zh}");
    assert!(en.ends_with("; the better one counts: 50 points"), "{en}");
    let facts =
        json!({ "profit": { "2022": 0 }, "revenue": { "2022": 0 }, "awards": 0, "staff": 0 });
    let [zh, en] = said(50, &two_ways(), facts);
    assert!(zh.ends_with("；都算不出，得 0 分"), "{zh}");
    assert!(en.ends_with("; none can be used: 0 points"), "{en}");
}

#[test]
fn a_year_before_the_company_is_no_divisor_of_nought() {
    let rule = basis("增长", "销售收入[去年] / 销售收入[前年] - 1", r#"{ "> 0%" = 2 }"#);
    let facts = json!({ "established_on": "2022-03-01", "revenue": { "2022": 5 } });
    assert_eq!(
        said(2, &rule, facts),
        [
            "2022 年销售收入 5 元 ÷ 2021 年销售收入（当年尚未成立） − 1，算不出，这种算法不计分",
            "2022 revenue 5 yuan ÷ 2021 revenue (before the company existed) − 1, \
             which can't be calculated, so this way brings no points",
        ]
    );
}

#[test]
fn a_lowest_band_that_excludes_its_bound_is_not_reached_by_it() {
    let rule = basis("次数", "获奖次数", r#"{ "> 0" = 6 }"#);
    assert_eq!(
        said(6, &rule, json!({ "awards": 0 })),
        ["获奖次数 0，不高于 0，得 0 分", "awards 0, not above 0: 0 points"]
    );
    assert_eq!(
        said(6, &rule, json!({ "awards": 1 })),
        ["获奖次数 1，高于 0，得 6 分", "awards 1, above 0: 6 points"]
    );
    let rule = basis("次数", "获奖次数", r#"{ "1" = 6 }"#);
    assert_eq!(
        said(6, &rule, json!({ "awards": 0 })),
        ["获奖次数 0，未达到最低档 1，得 0 分", "awards 0, below the lowest band 1: 0 points"]
    );
}

#[test]
fn what_is_missing_is_said_by_what_it_would_take() {
    let rows = [
        ("获奖次数 >= 3", "获奖次数 1，低于 3，还差 2", "awards 1, below 3, short by 2"),
        ("获奖次数 <= 0", "获奖次数 1，超过 0，超出 1", "awards 1, above 0, over by 1"),
        // Exactly two more are not enough.
        (
            "获奖次数 > 3",
            "获奖次数 1，不高于 3，要再多出不止 2",
            "awards 1, not above 3, short by more than 2",
        ),
        (
            "获奖次数 > 1",
            "获奖次数 1，不高于 1，恰好相等不够",
            "awards 1, not above 1, and equal will not do",
        ),
        (
            "获奖次数 < 1",
            "获奖次数 1，不低于 1，恰好相等不行",
            "awards 1, not below 1, and equal will not do",
        ),
        (
            "获奖次数 < 0",
            "获奖次数 1，不低于 0，要再减去不止 1",
            "awards 1, not below 0, over by more than 1",
        ),
        // An equation can't be told as too few or too many.
        ("获奖次数 = 0", "获奖次数 1，应为 0", "awards 1, must be 0"),
    ];
    for (when, zh, en) in rows {
        assert_eq!(gated(when, json!({ "awards": 1 })), [zh, en], "{when}");
    }
}

#[test]
fn what_an_average_lacks_it_lacks_every_year() {
    let facts = json!({ "profit": { "2020": 1, "2021": 2, "2022": 3 } });
    assert_eq!(
        gated("平均(利润[近三年]) >= 3元", facts.clone()),
        [
            "2020–2022 年平均利润 2 元，低于 3 元，平均每年还差 1 元",
            "2020–2022 mean of profit 2 yuan, below 3 yuan, short by 1 yuan a year",
        ]
    );
    let [zh, _] = gated("合计(利润[近三年]) / 3 >= 3元", facts.clone());
    assert!(zh.ends_with("，平均每年还差 1 元"), "{zh}");
    let [zh, en] = gated("平均(利润[近三年]) > 3元", facts.clone());
    assert!(zh.ends_with("，平均每年要再多出不止 1 元"), "{zh}");
    assert!(en.ends_with(", short by more than 1 yuan a year"), "{en}");
    let [zh, en] = gated("平均(利润[近三年]) <= 1元", facts);
    assert!(zh.ends_with("，平均每年超出 1 元"), "{zh}");
    assert!(en.ends_with(", over by 1 yuan a year"), "{en}");
}

/// Growth since three years ago, taken as 0 for a small company.
const GROWTH: &str = "若(销售收入[大前年] < 10元, 0%, 销售收入[去年] / 销售收入[大前年] - 1)";

#[test]
fn what_is_taken_because_of_a_condition_is_told_with_the_condition() {
    let rule = basis("增长", GROWTH, r#"{ "> 0%" = 2 }"#);
    assert_eq!(
        said(2, &rule, json!({ "revenue": { "2020": 3, "2022": 5 } })),
        [
            "2020 年销售收入 3 元，低于 10 元，按 0% 算，得 0 分",
            "2020 revenue 3 yuan, below 10 yuan, taken as 0%, which gives 0 points",
        ]
    );
    // With nested conditions, all that were passed are told.
    let nested = "若(利润[去年] < 0元, 0%, 若(销售收入[去年] > 9元, 2%, 1%))";
    let rule = basis("增长", nested, r#"{ "2%" = 2 }"#);
    let [zh, en] = said(2, &rule, json!({ "profit": { "2022": 3 }, "revenue": { "2022": 9 } }));
    assert_eq!(
        zh,
        "2022 年利润 3 元，不低于 0 元；2022 年销售收入 9 元，不高于 9 元，按 1% 算，得 0 分"
    );
    assert_eq!(
        en,
        "2022 profit 3 yuan, not below 0 yuan; 2022 revenue 9 yuan, not above 9 yuan, \
         taken as 1%, which gives 0 points"
    );
    let rule = basis("增长", GROWTH, r#"{ "> 0%" = 2 }"#);
    // The other branch is calculated, and its condition is not told.
    assert_eq!(
        said(2, &rule, json!({ "revenue": { "2020": 20, "2022": 25 } })),
        [
            "2022 年销售收入 25 元 ÷ 2020 年销售收入 20 元 − 1 = 25.00%，高于 0%，得 2 分",
            "2022 revenue 25 yuan ÷ 2020 revenue 20 yuan − 1 = 25.00%, above 0%: 2 points",
        ]
    );
}

#[test]
fn of_a_condition_that_is_open_it_is_said_what_is_missing() {
    let rule = basis("增长", GROWTH, r#"{ "> 0%" = 2 }"#);
    assert_eq!(
        said(2, &rule, json!({ "revenue": { "2022": 5 } })),
        [
            "2020 年销售收入（未填），可得 0–2 分",
            "2020 revenue (not answered), possible: 0–2 points",
        ]
    );
    let nested = "若(利润[去年] < 0元 且 销售收入[前年] + 销售收入[大前年] > 5元, 1%, 2%)";
    let rule = basis("增长", nested, r#"{ "2%" = 2 }"#);
    let facts = json!({ "profit": { "2022": -1 }, "revenue": { "2020": 5 } });
    let [zh, en] = said(2, &rule, facts);
    assert_eq!(zh, "2021 年销售收入（未填），可得 0–2 分");
    assert_eq!(en, "2021 revenue (not answered), possible: 0–2 points");
}

/// A yearly average; for a small company a third of last year's figure.
const AVERAGE: &str = "若(销售收入[大前年] < 10元, 成果[去年] / 3, 平均(成果[近三年]))";

#[test]
fn an_average_keeps_its_unit_and_is_told_once() {
    let rule = basis("成果", AVERAGE, r#"{ "5项" = 2, "1项" = 1 }"#);
    let facts = json!({
        "revenue": { "2020": 20 }, "outcomes": { "2020": 5, "2021": 5, "2022": 6 }
    });
    assert_eq!(
        said(2, &rule, facts),
        [
            "2020–2022 年平均成果 5.33 项，达到 5 项档，得 2 分",
            "2020–2022 mean of outcomes 5.33 results, reaches the 5 results band: 2 points",
        ]
    );
    let facts = json!({ "revenue": { "2020": 5 }, "outcomes": { "2022": 1 } });
    assert_eq!(
        said(2, &rule, facts),
        [
            "2022 年成果 1 项 ÷ 3 ≈ 0.33 项，未达到最低档 1 项，得 0 分",
            "2022 outcomes 1 result ÷ 3 ≈ 0.33 results, below the lowest band 1 result: 0 points",
        ]
    );
    let rows = [
        (
            json!({ "2020": 0, "2021": 0, "2022": 0 }),
            "2020–2022 年平均成果 0 项，低于 1 项，平均每年还差 1 项",
            "2020–2022 mean of outcomes 0 results, below 1 result, short by 1 result a year",
        ),
        // The missing amount is never rounded down.
        (
            json!({ "2020": 0, "2021": 0, "2022": 1 }),
            "2020–2022 年平均成果 0.33 项，低于 1 项，平均每年还差 0.67 项",
            "2020–2022 mean of outcomes 0.33 results, below 1 result, short by 0.67 results a year",
        ),
        (
            json!({ "2022": 1 }),
            "2020–2022 年平均成果 不低于 0.33 项，应不低于 1 项",
            "2020–2022 mean of outcomes at least 0.33 results, must not be below 1 result",
        ),
    ];
    for (outcomes, zh, en) in rows {
        let facts = json!({ "revenue": { "2020": 20 }, "outcomes": outcomes });
        assert_eq!(gated(&format!("{AVERAGE} >= 1项"), facts), [zh, en]);
    }
}

#[test]
fn a_band_without_a_unit_stands_apart_from_its_word() {
    let rule = basis("次数", "获奖次数", r#"{ "1" = 6 }"#);
    let [zh, _] = said(6, &rule, json!({ "awards": 1 }));
    assert_eq!(zh, "获奖次数 1，达到 1 档，得 6 分");
}

#[test]
fn one_of_whatever_is_counted_is_told_as_one() {
    let dictionary = include_str!("../../../../policies/facts.toml");
    let rules = load(&[
        ("facts.toml", dictionary.to_owned()),
        ("demo/2023.toml", policy("verdict = \"r\"", &gate("r", "居民企业"))),
    ]);
    let rules = rules.unwrap_or_else(|error| panic!("{error}"));
    let counted = rules.dictionary.facts.iter().filter_map(|it| Some((it, it.unit.as_ref()?)));
    let mut seen = 0;
    for (fact, unit) in counted {
        let (year, value) = match fact.yearly {
            true => ("[去年]", json!({ "2022": 1 })),
            false => ("", json!(1)),
        };
        let least = if fact.kind == Kind::Points { "3分" } else { "3" };
        let when = format!("{}{year} >= {least}", fact.name);
        let rules = load(&[
            ("facts.toml", dictionary.to_owned()),
            (
                "demo/2023.toml",
                policy("verdict = \"r\"", &[gate("c", &when), gate("r", "居民企业")].concat()),
            ),
        ]);
        let rules = rules.unwrap_or_else(|error| panic!("{when}: {error}"));
        let facts = json!({ fact.id.as_str(): value });
        let company = company(&rules, facts);
        let assessment = assess(&rules.policies[0], &company).expect("an assessment");
        for (lang, one, many) in [
            (Lang::Zh, format!(" 1 {}，低于 3 {}，", unit.zh, unit.zh), &unit.zh),
            (Lang::En, format!(" 1 {}, below 3 {}, ", unit.one, unit.en), &unit.en),
        ] {
            let report = Report::new(&assessment, &rules.dictionary, lang).expect("a report");
            let explain = &line(&report, "c").explain;
            assert!(explain.contains(&one), "{}: {explain}", fact.id);
            assert!(explain.ends_with(&format!(" 2 {many}")), "{}: {explain}", fact.id);
        }
        assert_ne!(unit.one, unit.en, "{}", fact.id);
        seen += 1;
    }
    assert!(seen >= 10, "{seen} facts with a unit");
}

#[test]
fn a_paper_with_fields_is_told_by_what_it_lacks() {
    let when = "计数(项目, 已填(项目名称) 且 已填(投资)) >= 1项";
    let rows = [
        (json!({}), "项目：还没答", "project: not answered"),
        (
            json!({ "project": { "title": "甲" } }),
            "项目（投资：还没答）",
            "project (invested: not answered)",
        ),
        (
            json!({ "project": { "title": "", "invested": 5 } }),
            "项目（项目名称：没有写）",
            "project (title: not stated)",
        ),
        // A missing part decides, whatever else is open.
        (
            json!({ "project": { "title": "" } }),
            "项目（项目名称：没有写）",
            "project (title: not stated)",
        ),
        (
            json!({ "project": { "title": "甲", "invested": 5 } }),
            "项目：符合要求",
            "project: as asked for",
        ),
    ];
    for (facts, zh, en) in rows {
        assert_eq!(gated(when, facts.clone()), [zh, en], "{facts}");
    }
    // A document without anything in any field does not exist.
    let file = json!({ "project": { "title": "", "invested": "", "running": "" } });
    assert_eq!(gated(when, file), ["项目：没有", "project: none"]);
}

#[test]
fn of_a_note_nothing_is_asked() {
    let note = |when: &str, facts: Value| {
        let own = criterion("c", "note", &format!("when = \"{when}\""));
        explained(&format!("{own}{}", gate("r", "居民企业")), facts)
    };
    assert_eq!(
        note("销售收入[去年] < 10元", json!({})),
        [
            "2022 年销售收入（未填），看是否低于 10 元",
            "2022 revenue (not answered), checked: below 10 yuan",
        ]
    );
    assert_eq!(
        note("获奖次数 = 3", json!({})),
        ["获奖次数（未填），看是否等于 3", "awards (not answered), checked: equal to 3"]
    );
    assert_eq!(
        note("获奖次数 = 3", json!({ "awards": 1 })),
        ["获奖次数 1，不等于 3", "awards 1, not equal to 3"]
    );
    assert_eq!(
        note("获奖次数 >= 3", json!({ "awards": 1 })),
        ["获奖次数 1，低于 3", "awards 1, below 3"]
    );
    let [zh, _] = gated("销售收入[去年] < 10元", json!({}));
    assert_eq!(zh, "2022 年销售收入（未填），应低于 10 元");
}

#[test]
fn a_total_that_is_settled_is_short_by_what_it_is_short_by() {
    let sums = |bands: &str, awards: u8| {
        let part = criterion("a", "score", "out_of = 10");
        let sum = criterion("c", "score", "total = { of = [\"a\"], out_of = 10, needs = 6 }");
        let tables = [part, basis("次数", "获奖次数", bands), sum, gate("r", "居民企业")].concat();
        explained(&tables, json!({ "awards": awards }))
    };
    assert_eq!(
        sums(r#"{ "2" = 10, "1" = 4 }"#, 1),
        ["条件a 4 = 4 分，至少需 6 分，还差 2 分", "Title a 4 = 4 points, 6 needed, short by 2"]
    );
    assert_eq!(
        sums(r#"{ "2" = 10, "1" = "2-4" }"#, 1),
        [
            "条件a 2–4 = 2–4 分，至少需 6 分，最多也还差 2 分",
            "Title a 2–4 = 2–4 points, 6 needed, short by at least 2",
        ]
    );
}

#[test]
fn entries_that_a_person_must_judge_are_not_called_counted() {
    let when =
        "计数(知识产权, 类别 属于 {发明}) >= 1项 或 人工(计数(知识产权, 类别 属于 {外观}) >= 1项)";
    let facts = json!({ "ip": [{ "kind": "design" }, { "kind": "design" }] });
    assert_eq!(
        gated(when, facts),
        [
            "另有 2 项知识产权算不算，需人工确认",
            "whether 2 more of ip count is for a person to say"
        ]
    );
}

/// The address cited for `c` if the source has this one, or the mistake.
fn cited(address: &str) -> Result<Option<String>, String> {
    let sources = format!(
        "schema = \"zice.sources/1\"\n[[source]]\nid = \"s\"\nnumber = \"示〔2023〕1号\"\n\
         title = {{ zh = \"示例办法\", en = \"Demo\" }}\nissuer = {{ zh = \"部\", en = \"Ministry\" }}\n\
         url = \"{address}\"\n"
    );
    let text = policy("verdict = \"c\"", &gate("c", "居民企业"));
    let files = [("sources.toml", sources), ("demo/2023.toml", text)];
    let library = load(&files).map_err(|error| error.diagnostics()[0].to_string())?;
    let company = company(&library, json!({}));
    let assessment = assess(&library.policies[0], &company).expect("an assessment");
    let report = Report::new(&assessment, &library.dictionary, Lang::Zh).expect("a report");
    Ok(line(&report, "c").cites[0].url.clone())
}

#[test]
fn a_source_may_say_where_it_is_shown_by_a_whole_https_address() {
    let address = "https://www.most.gov.cn/xxgk/t20170510_132709.html?id=1&a=b";
    assert_eq!(cited(address), Ok(Some(address.to_owned())));
    let wrong = [
        "http://www.most.gov.cn/a.html",
        "javascript:alert(1)",
        "www.most.gov.cn/a.html",
        "https://www.most.gov.cn",
        "https://www.most.gov.cn/",
        "https://localhost/a",
        "https://name@www.most.gov.cn/a",
        "https://www.most.gov.cn:8443/a",
        "https://www..gov.cn/a",
        "https://www.most.gov.cn/a b",
        "https://www.most.gov.cn/科技",
        "https://www.most.gov.cn/<b>",
    ];
    for address in wrong {
        let message = cited(address).expect_err(address);
        assert!(message.contains("url 要写完整的 https 网址"), "{message}");
    }
}
