//! Of which time figures are: lines below them that say it, heads that tell of an
//! audit, heads in two rows. A figure of another time, or of two that differ, is
//! none of the year.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{facts, table, unclear};

/// The revenue by year of a table.
fn revenue(text: &str) -> Value {
    facts(text)["revenue"].clone()
}

#[test]
fn a_line_below_the_figures_says_of_which_time_they_are() {
    for (line, said) in [
        ("报表日期：2022-12-31", json!({ "2022": "3865" })),
        ("报表日期：2021-12-31", json!({ "2021": "3865" })),
        ("所属期：2021年度", json!({ "2021": "3865" })),
        ("2021年度", json!({ "2021": "3865" })),
        ("所属期起\t2021-01-01\t所属期止\t2021-12-31", json!({ "2021": "3865" })),
        ("报表日期：2024-06-30", Value::Null),
        ("报表日期\t2022-06-30", Value::Null),
        ("所属期：2022年1-6月", Value::Null),
        ("所属期：上半年", Value::Null),
        ("单位负责人：张三\t会计期间：2022年6月", Value::Null),
        ("所属期起\t2022-01-01\t所属期止\t2022-06-30", Value::Null),
        ("以上利润表所属期：2022年1-6月", Value::Null),
        // What was signed in the year itself is not of the whole year.
        ("制表人：张三\t日期：2022年6月30日", Value::Null),
        ("填报日期：2022-06-30", Value::Null),
        ("二〇二二年六月", Value::Null),
        // A signature, a note, something else.
        ("制表人：张三\t日期：2023年1月15日", json!({ "2022": "3865" })),
        ("填报日期：2023-03-31", json!({ "2022": "3865" })),
        ("二〇二三年三月", json!({ "2022": "3865" })),
        ("注：2020年起执行新收入准则", json!({ "2022": "3865" })),
        ("开业日期：2010-01-01", json!({ "2022": "3865" })),
    ] {
        for head in ["项目\t本期金额\n", "项目\t金额\n", ""] {
            let text = format!("{head}营业收入\t3865\n{line}");
            assert_eq!(revenue(&text), said, "{text}");
        }
    }
}

#[test]
fn a_day_of_signing_above_the_figures_says_that_its_year_was_not_over() {
    for (line, said) in [
        ("填报日期：2022-06-30", Value::Null),
        ("编制单位：湖州示例科技有限公司\t填表日期：2022年9月30日", Value::Null),
        ("打印时间\t2022-10-08", Value::Null),
        ("编制单位：湖州示例科技有限公司\t日期：2022年6月30日", Value::Null),
        ("填报日期：2023-03-31", json!({ "2022": "3865" })),
        ("编制日期：2022-12-31", json!({ "2022": "3865" })),
    ] {
        for head in ["项目\t本年累计\n", "项目\t2022年度\n", "项目\t金额\n"] {
            let text = format!("{line}\n{head}营业收入\t3865");
            assert_eq!(revenue(&text), said, "{text}");
        }
    }
    // The year before was over.
    let text = "填报日期：2022-06-30\n项目\t2022年度\t2021年度\n营业收入\t3865\t3000";
    assert_eq!(revenue(text), json!({ "2021": "3000" }));
}

#[test]
fn a_line_below_against_the_head_or_the_title_leaves_the_figures_open() {
    for (above, below) in [
        ("2022年度\n项目\t本期金额", "报表日期：2022-06-30"),
        ("2022年度\n项目\t本期金额", "报表日期：2021-12-31"),
        ("报表日期：2021-12-31\n项目\t本期金额", "报表日期：2022-12-31"),
        ("项目\t2022年度", "报表日期：2024-06-30"),
        ("项目\t2022年度", "报表日期：2022-06-30"),
        ("项目\t2022年度", "所属期：2021年度"),
        ("报表日期：2024-06-30\n项目\t2022年度", ""),
        ("会计期间：2022年6月\n项目\t2022年度", ""),
    ] {
        let text = format!("{above}\n营业收入\t3865\n{below}");
        assert_eq!(revenue(&text), Value::Null, "{text}");
        assert!(unclear(&table(&text)).iter().any(|it| it.1.contains("3865")), "{text}");
    }
    let years = "项目\t2022年度\t2021年度\n营业收入\t3865\t3000\n报表日期：";
    let both = json!({ "2022": "3865", "2021": "3000" });
    assert_eq!(revenue(&format!("{years}2022-12-31")), both);
    assert_eq!(revenue(&format!("{years}2022-06-30")), json!({ "2021": "3000" }));
}

#[test]
fn a_line_between_two_statements_is_about_one_of_them() {
    // Above figures and below no title: about those below it.
    let blocks = "2022年度\n营业收入\t3865\n2021年度\n营业收入\t3000";
    assert_eq!(revenue(blocks), json!({ "2022": "3865", "2021": "3000" }));
    let second = "利润表\n2022年度\n项目\t本期金额\n营业收入\t3865\n资产负债表\n2022-12-31\n项目\t期末余额\n资产总计\t999";
    assert_eq!(facts(second)["revenue"]["2022"], "3865");
    assert_eq!(facts(second)["total_assets"]["2022"], "999");
    // Before the title of the next one: about those above it.
    let first = "利润表\n项目\t本期金额\n营业收入\t3865\n报表日期：2024-06-30\n资产负债表\n报表日期：2022-12-31\n项目\t期末余额\n资产总计\t999";
    assert_eq!(facts(first)["revenue"], Value::Null);
    assert_eq!(facts(first)["total_assets"]["2022"], "999");
}

#[test]
fn a_head_that_tells_of_an_audit_is_of_its_year() {
    for head in [
        "2022年度（经审计）",
        "2022年度经审计",
        "2022年（已审）",
        "2022年度审定数",
        "2022年审计数",
        "经审计的2022年度",
        "2022-12-31（审定）",
        "本期审定数",
        "期末余额（审定）",
        "审定数",
    ] {
        assert_eq!(
            revenue(&format!("项目\t{head}\n营业收入\t3865")),
            json!({ "2022": "3865" }),
            "{head}"
        );
    }
    let unit = "项目\t2022年度（经审计）（万元）\n营业收入\t3865";
    assert_eq!(revenue(unit), json!({ "2022": "38650000" }));
    for head in ["2022年度（未经审计）", "未审数", "2022年度（审计调整）", "2022年度（合并）"]
    {
        assert_eq!(revenue(&format!("项目\t{head}\n营业收入\t3865")), Value::Null, "{head}");
    }
}

#[test]
fn figures_before_and_after_an_audit_are_taken_where_they_are_the_same() {
    for (heads, cells, said) in [
        ("未审数\t审定数", "3865\t3865.00", json!({ "2022": "3865" })),
        ("未审数\t审计调整\t审定数", "3865\t0\t3,865", json!({ "2022": "3865" })),
        ("本期未审数\t本期审定数", "3865\t3865", json!({ "2022": "3865" })),
        ("2022年度\t2022年度（经审计）", "3865\t3865", json!({ "2022": "3865" })),
        ("2022年度\t2021年度（经审计）", "3865\t300", json!({ "2022": "3865", "2021": "300" })),
        ("2022年度\t审定数", "3865\t3865", json!({ "2022": "3865" })),
        ("未审数\t审定数", "3865\t3800", Value::Null),
        ("审定数\t未审数", "3865\t3800", Value::Null),
        ("2022年度未审数\t2022年度审定数", "3865\t3800", Value::Null),
        ("2022年度（未审）\t2022年度（审定）", "3865\t3800", Value::Null),
        ("2022年度\t2022年度（经审计）", "3865\t3800", Value::Null),
        ("2022年度\t审定数", "3865\t3800", Value::Null),
        // The audited one is blank or can't be read.
        ("未审数\t审定数", "3865\t", Value::Null),
        ("2022年度\t2022年度（经审计）", "3865\t", Value::Null),
        ("2022年度\t2022年度（经审计）", "3865\t看不懂", Value::Null),
        ("未审数\t审定数", "\t3865", json!({ "2022": "3865" })),
    ] {
        let text = format!("项目\t{heads}\n营业收入\t{cells}\n其他收益\t1\t1\t1");
        assert_eq!(revenue(&text), said, "{text}");
    }
}

#[test]
fn heads_in_two_rows_are_read_together() {
    for (heads, cells, said) in [
        ("\t2021年度\n项目\t金额", "3865", json!({ "2021": "3865" })),
        (
            "\t2021年度\t2020年度\n项目\t金额\t金额",
            "3865\t5",
            json!({ "2021": "3865", "2020": "5" }),
        ),
        ("项目\t2021年度\t\n\t未审数\t审定数", "3865\t3865", json!({ "2021": "3865" })),
        (
            "项目\t2022年度\t\t2021年度\t\n\t未审数\t审定数\t未审数\t审定数",
            "3865\t3800\t3000\t3000",
            json!({ "2021": "3000" }),
        ),
        ("项目\t2022年度\t\n\t数量\t金额", "3\t3865", Value::Null),
    ] {
        let text = format!("{heads}\n营业收入\t{cells}");
        assert_eq!(revenue(&text), said, "{text}");
    }
}

#[test]
fn figures_of_several_years_are_told_and_none_is_taken() {
    for (text, told) in [
        (
            "项目\t近三年研发费用\t近三年销售收入\n合计\t770\t9000",
            &[("rd_expense_hnte", "770"), ("revenue", "9000")][..],
        ),
        (
            "近三年研发费用总额\t770\t近三年营业收入\t9000",
            &[("rd_expense_hnte", "770"), ("revenue", "9000")],
        ),
        (
            "近三年营业收入（万元）\t近三年净利润（万元）\n9000\t20",
            &[("revenue", "9000"), ("net_profit", "20")],
        ),
        (
            "年度\t近三年研发费用总额\t近三年营业收入\n2022\t770\t9000",
            &[("rd_expense_hnte", "770"), ("revenue", "9000")],
        ),
        (
            "项目\t近三年\n营业收入\t9000\n资产总额\t500",
            &[("revenue", "9000"), ("total_assets", "500")],
        ),
        ("项目\t金额\n近三个会计年度营业收入\t9000", &[("revenue", "9000")]),
    ] {
        let table = table(text);
        assert_eq!(table["company"]["facts"], json!({}), "{text}");
        let all = unclear(&table);
        for (place, figure) in told {
            let is =
                |(of, said): &(String, String)| of.starts_with(place) && said.ends_with(figure);
            assert!(all.iter().any(is), "{text}: {place}: {all:?}");
        }
    }
}
