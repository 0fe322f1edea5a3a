//! Sentences of a calculation, word by word: what they say of a way that can't
//! be used, of a lowest band that excludes its bound, and of what is missing.

use serde_json::{Value, json};
use zice_rules::{Lang, Report, assess};

use crate::world::{company, criterion, gate, library, line, load, policy, text};

/// The sentence of the criterion `c` with these bases, in both languages.
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

/// The sentence of a gate.
fn gated(when: &str, facts: Value) -> [String; 2] {
    explained(&format!("{}{}", gate("c", when), gate("r", "居民企业")), facts)
}

fn basis(title: &str, value: &str, bands: &str) -> String {
    format!("[[criterion.basis]]\n{}value = \"{value}\"\nbands = {bands}\n", text("title", title))
}

/// Profit over revenue, or over head count: the better one.
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
        // Two more are not enough.
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
        // Neither more nor less would be right to ask for.
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
            "2020–2022 mean of profit 2 yuan, below 3 yuan, a year short by 1 yuan",
        ]
    );
    let [zh, _] = gated("合计(利润[近三年]) / 3 >= 3元", facts);
    assert!(zh.ends_with("，平均每年还差 1 元"), "{zh}");
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

/// The cites of `c` where the source has this address.
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
