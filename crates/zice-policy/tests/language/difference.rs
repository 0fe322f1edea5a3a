//! Tests how the differences between two editions are told in words.

use zice_policy::{Change, Difference, difference};
use zice_rules::Lang;

use crate::world::{criterion, edition, gate, item, load, policy, text};

const BASE: &str = "demo/2023.toml";
const LATER: &str = "demo/2025.toml";

/// The differences between the base and an edition that extends it.
fn differs(base: &str, top: &str, tables: &str) -> Vec<Difference> {
    let top = format!("extends = \"demo@2023\"\n{top}");
    let files = [(BASE, base.to_owned()), (LATER, edition("2025", &top, tables))];
    let library = load(&files).unwrap_or_else(|error| panic!("{error}"));
    let of = |address| library.policy(address).expect("an edition");
    difference(of("demo@2023"), of("demo@2025"), &library.dictionary, Lang::Zh)
}

/// The section, id, change and details of a difference.
fn told(one: &Difference) -> (&str, &str, Change, Vec<[&str; 3]>) {
    let details = one.details.iter();
    let details = details.map(|it| [it.aspect.zh, it.before.as_str(), it.after.as_str()]);
    (one.section.zh, one.id.as_str(), one.change, details.collect())
}

fn base() -> String {
    policy(
        "verdict = \"a 且 b\"",
        &format!("{}{}", gate("a", "居民企业"), gate("b", "职工总数 >= 10人")),
    )
}

#[test]
fn what_is_taken_over_does_not_differ() {
    assert_eq!(differs(&base(), "", ""), []);
}

#[test]
fn a_criterion_that_changed_is_told_by_its_formula() {
    let found = differs(&base(), "", &gate("b", "职工总数 >= 20人 或 销售收入[去年] > 5000万元"));
    assert_eq!(found.len(), 1);
    let formula = ["计算", "职工总数 >= 10", "职工总数 >= 20 或 销售收入[去年] > 5000万元"];
    assert_eq!(told(&found[0]), ("条件", "b", Change::Changed, vec![formula]));
    assert_eq!(found[0].title, "条件b");
}

#[test]
fn what_came_and_went_is_told_whole() {
    let found = differs(
        &base(),
        "remove = [\"b\"]\nverdict = \"a 且 c\"",
        &gate("c", "到期日 < 2023-06-30"),
    );
    assert_eq!(found.len(), 3);
    let verdict = ["通过条件", "“条件a” 且 “条件b”", "“条件a” 且 “条件c”"];
    assert_eq!(told(&found[0]), ("项目", "", Change::Changed, vec![verdict]));
    let gone = vec![
        ["规则", "规则b。", ""],
        ["计算", "职工总数 >= 10", ""],
        ["出处", "示〔2023〕1号，官方", ""],
    ];
    assert_eq!(told(&found[1]), ("条件", "b", Change::Removed, gone));
    let new = vec![
        ["规则", "", "规则c。"],
        ["计算", "", "到期日 < 2023-06-30"],
        ["出处", "", "示〔2023〕1号，官方"],
    ];
    assert_eq!(told(&found[2]), ("条件", "c", Change::Added, new));
}

#[test]
fn points_are_told_band_by_band() {
    let score = |bands: &str| {
        let basis = format!(
            "[[criterion.basis]]\n{}value = \"获奖次数 / 职工总数\"\nbands = {bands}\n",
            text("title", "甲")
        );
        let total = "total = { capped = [{ of = [\"s\"], cap = 7 }], out_of = 7, needs = 3, strict = true, also = \"居民企业\" }";
        format!(
            "{}{basis}{}",
            criterion("s", "score", "out_of = 8"),
            criterion("t", "score", total)
        )
    };
    let base = policy("verdict = \"t\"", &score("{ \"30%\" = \"7-8\", \"> 0\" = 2 }"));
    let found = differs(&base, "", &score("{ \"35%\" = \"7-8\", \"> 0\" = 2 }"));
    // The total reads as before, so only `s` differs.
    assert_eq!(found.len(), 1);
    let bands = |share: &str| format!("获奖次数 / 职工总数 [>= {share} → 7-8, > 0% → 2]");
    let (before, after) = (bands("30%"), bands("35%"));
    assert_eq!(told(&found[0]), ("条件", "s", Change::Changed, vec![["计算", &before, &after]]));
    let gone = differs(&base, "remove = [\"t\", \"s\"]\nverdict = \"a\"", &gate("a", "居民企业"));
    let total = gone.iter().find(|one| one.id == "t").expect("the total");
    let formula = ["计算", "min(条件s, 7) > 3 且 居民企业", ""];
    assert!(told(total).3.contains(&formula), "{total:?}");
}

#[test]
fn days_and_words_and_what_stands_beside_are_told() {
    let paper = |when: &str| {
        item(
            "evidence",
            "p",
            &format!("when = \"{when}\"\n{}{}", text("title", "说明书"), text("because", "亏损")),
        )
    };
    let number = |value: &str| {
        item(
            "indicator",
            "n",
            &format!(
                "{}{}better = \"higher\"\nvalue = \"{value}\"",
                text("title", "数"),
                text("words", "算法")
            ),
        )
    };
    let note = |when: &str| {
        item(
            "entry_note",
            "e",
            &format!("list = \"知识产权\"\nwhen = \"{when}\"\n{}", text("text", "有争议的")),
        )
    };
    let caution =
        |when: &str| item("caution", "c", &format!("when = \"{when}\"\n{}", text("text", "小心")));
    let old = [
        gate("a", "居民企业"),
        paper("利润[去年] < 0元"),
        number("职工总数 * 2"),
        note("有争议"),
        caution("获奖次数 > 1"),
        item("benefit", "b", &text("text", "十万元")),
        item("milestone", "m", &format!("date = \"2023-06-30\"\n{}", text("what", "申报"))),
    ];
    let new = [
        paper("利润[去年] < 0元 且 利润[前年] < 0元"),
        number("职工总数 * 3"),
        note("有争议 且 份数 > 1"),
        caution("获奖次数 > 2"),
        item("benefit", "b", &text("text", "二十万元")),
        item(
            "milestone",
            "m",
            &format!("from = \"2025-06-01\"\ndate = \"2025-06-30\"\n{}", text("what", "申报")),
        ),
    ];
    let base = policy("verdict = \"a\"", &old.concat());
    let window = edition("2025", "extends = \"demo@2023\"\n", &new.concat())
        .replace("year = 2025\n", "year = 2025\nopens = \"2025-06-01\"\ncloses = \"2025-09-30\"\n");
    let library = load(&[(BASE, base), (LATER, window)]).unwrap_or_else(|error| panic!("{error}"));
    let of = |address| library.policy(address).expect("an edition");
    let found = difference(of("demo@2023"), of("demo@2025"), &library.dictionary, Lang::Zh);
    let found: Vec<_> = found.iter().map(told).collect();
    let changed = |section, id, details: &[[&'static str; 3]]| {
        (section, id, Change::Changed, details.to_vec())
    };
    assert_eq!(
        found,
        [
            changed("申报期", "", &[["开始", "", "2025-06-01"], ["截止", "", "2025-09-30"]]),
            changed("日历", "m", &[["日期", "2023-06-30", "2025-06-01 – 2025-06-30"]]),
            changed("提示", "c", &[["计算", "获奖次数 > 1", "获奖次数 > 2"]]),
            changed(
                "材料",
                "p",
                &[["计算", "利润[去年] < 0元", "利润[去年] < 0元 且 利润[前年] < 0元"]]
            ),
            changed("好处", "b", &[["文字", "十万元", "二十万元"]]),
            changed("参考数据", "n", &[["计算", "职工总数 * 2", "职工总数 * 3"]]),
            changed("逐项说明", "e", &[["计算", "有争议", "有争议 且 份数 > 1"]]),
        ]
    );
}

#[test]
fn texts_are_told_in_the_language_that_was_asked_for() {
    let files = [
        (BASE, base()),
        (
            LATER,
            edition(
                "2025",
                "extends = \"demo@2023\"\nsummary = { zh = \"新说明。\", en = \"New.\" }\n",
                "",
            ),
        ),
    ];
    let library = load(&files).unwrap_or_else(|error| panic!("{error}"));
    let of = |address| library.policy(address).expect("an edition");
    for (lang, name, before, after) in
        [(Lang::Zh, "说明", "示例。", "新说明。"), (Lang::En, "summary", "A demo.", "New.")]
    {
        let found = difference(of("demo@2023"), of("demo@2025"), &library.dictionary, lang);
        assert_eq!(found.len(), 1);
        let detail = &found[0].details[0];
        assert_eq!(detail.aspect.get(lang), name);
        assert_eq!((detail.before.as_str(), detail.after.as_str()), (before, after));
    }
}
