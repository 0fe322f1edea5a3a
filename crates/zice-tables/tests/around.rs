//! What stands around figures and rights and bears on them: units beside,
//! above and below, currencies, divided columns, sections, titles, notes, days
//! and numbers of other rights. None of it may be passed over to the company's
//! advantage.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{COMPANY, facts, rights, table, unclear};

fn figures(text: &str, fact: &str, year: &str) -> Value {
    facts(text)[fact][year].clone()
}

#[test]
fn a_unit_in_a_line_is_that_lines_own() {
    for text in [
        "项目\t2022年\t单位\n销售收入\t38650000\t元\n资产总额\t300000\t万元\n加计扣除研发费用\t201.3\t万元",
        "指标\t单位\t2022年\n销售收入\t元\t38650000\n资产总额\t万元\t300000\n加计扣除研发费用\t万元\t201.3",
        "项目\t计量单位\t2021年\t2022年\n销售收入\t千元\t36000\t38650\n资产总额\t亿元\t2.9\t30\n加计扣除研发费用\t元\t1900000\t2013000",
        "销售收入\t38650000\t元\n资产总额\t300000\t万元\n加计扣除研发费用\t2013000\t元",
        "销售收入\t3865\t万元\n加计扣除研发费用\t2013000\t元\n资产总额\t300000\t万元",
    ] {
        let of = |fact| figures(text, fact, "2022");
        assert_eq!(of("revenue"), "38650000", "{text}");
        assert_eq!(of("total_assets"), "3000000000", "{text}");
        assert_eq!(of("rd_expense_deduct"), "2013000", "{text}");
    }
    let people = facts("项目\t单位\t2022年\n科小职工总数\t人\t86\n销售收入\t万元\t3865");
    assert_eq!(people["sme_staff_total"]["2022"], "86");
    assert_eq!(people["revenue"]["2022"], "38650000");
    // A line without a unit among such that have one, and a unit nobody knows.
    let mixed = "项目\t单位\t2022年\n资产总额\t万元\t2950\n销售收入\t\t3865\n净利润\t万美元\t5";
    assert_eq!(figures(mixed, "total_assets", "2022"), "29500000");
    assert_eq!(figures(mixed, "revenue", "2022"), Value::Null);
    assert_eq!(figures(mixed, "net_profit", "2022"), Value::Null);
    // Two units of one line that differ.
    let two = "项目\t单位\t2022年（元）\n资产总额\t万元\t2950";
    assert_eq!(figures(two, "total_assets", "2022"), Value::Null);
}

#[test]
fn a_unit_above_is_found_whatever_it_is_called() {
    for (line, revenue) in [
        ("本表单位：万元", json!("38650000")),
        ("数据单位：万元", json!("38650000")),
        ("人民币单位：万元", json!("38650000")),
        ("以下金额以万元计", json!("38650000")),
        ("（金额以万元为单位）", json!("38650000")),
        ("RMB'000", json!("3865000")),
        ("单位：元  币种：人民币", json!("3865")),
        ("使用单位：湖州示例科技有限公司", json!("3865")),
        ("单位：元  币种：美元", Value::Null),
        ("币种：USD", Value::Null),
        ("计价货币：美元", Value::Null),
        ("万美元", Value::Null),
    ] {
        let text = format!("{line}\n项目\t2022年\n销售收入\t3865");
        assert_eq!(figures(&text, "revenue", "2022"), revenue, "{line}");
        let said = unclear(&table(&text)).iter().any(|(place, _)| place == "revenue.2022");
        assert_eq!(said, revenue.is_null(), "{line}");
    }
}

#[test]
fn a_unit_between_two_tables_is_that_of_the_second() {
    let first = "研发支出辅助账\n项目\t2022年度\n年度研发费用小计\t2013000";
    let second = "利润表\n编制单位：湖州示例科技有限公司\t2022年度\t单位：万元\n项目\t本期金额\n一、营业收入\t3865";
    let both = format!("{first}\n\n{second}");
    assert_eq!(figures(&both, "revenue", "2022"), "38650000");
    let rd = facts(first);
    let fact = rd.as_object().unwrap().keys().next().expect("the expenses").clone();
    assert_eq!(rd[&fact]["2022"], "2013000", "a table without a unit is in yuan");
    assert_eq!(figures(&both, &fact, "2022"), Value::Null, "which unit it is in is not known");
    let below = "项目\t2022年\n销售收入\t3865\n单位：万元";
    assert_eq!(figures(below, "revenue", "2022"), "38650000");
}

#[test]
fn a_part_of_a_year_is_no_year() {
    for parts in ["上半年\t下半年", "内销\t外销", "一季度\t二季度"] {
        let text = format!("项目\t2022年\t\n\t{parts}\n销售收入\t150000000\t160000000");
        assert_eq!(figures(&text, "revenue", "2022"), Value::Null, "{parts}");
    }
    // Units below the heads, and the parts of a balance sheet, divide nothing.
    let text = "项目\t2022年\t2021年\n\t万元\t万元\n流动资产：\n资产总计\t2950\t2800";
    assert_eq!(figures(text, "total_assets", "2022"), "29500000");
    for (date, revenue) in [
        ("2022-11至2022-12-31", Value::Null),
        ("2022-1-1至2022-12-31", json!("5000000")),
        ("2022-01-01至2022-12-31", json!("5000000")),
    ] {
        let text = format!("利润表\n{date}\n项目\t本期金额\n一、营业收入\t5000000");
        let found = facts(&text)["revenue"]["2022"].clone();
        assert_eq!(found, revenue, "{date}");
    }
}

#[test]
fn titles_sections_and_notes_bear_on_the_rights_they_are_about() {
    let head = "序号\t专利类型\t专利名称\t专利号";
    let row = |at: u32| format!("{at}\t发明专利\t一种涂料\tZL20191012340{at}.7");
    let text = format!(
        "{head}\n一、有效专利\n{}\n二、已失效专利\n{}\n{}\n三、受让专利\n{}",
        row(1),
        row(2),
        row(3),
        row(4)
    );
    let all = rights(&text);
    let status: Vec<&Value> = all.iter().map(|it| &it["status"]).collect();
    assert_eq!(status, [&json!("granted"), &Value::Null, &Value::Null, &json!("granted")]);
    assert_eq!(all[0].get("obtained_by"), None);
    assert_eq!(all[3].get("obtained_by"), Some(&Value::Null));
    let one = |title: &str| rights(&format!("{title}\n{head}\n{}", row(1)))[0].clone();
    assert_eq!(one("已失效专利清单")["status"], Value::Null);
    assert_eq!(one("湖州示例科技有限公司受让专利一览表").get("obtained_by"), Some(&Value::Null));
    assert_eq!(one("湖州示例科技有限公司专利清单")["status"], "granted");
    for note in
        ["注：以上专利均为受让取得，其中第1项已因未缴年费终止", "以上专利均由股东转让，部分已失效"]
    {
        let all = rights(&format!("{head}\n{}\n{}\n{note}", row(1), row(2)));
        assert_eq!(all.len(), 2, "{note}");
        for one in all {
            assert_eq!(one["status"], Value::Null, "{note}");
            assert_eq!(one.get("obtained_by"), Some(&Value::Null), "{note}");
        }
    }
}

#[test]
fn days_tell_that_a_right_ended_or_was_bought() {
    let right = |head: &str, day: &str| {
        let text = format!(
            "专利类型\t专利名称\t专利号\t授权日\t{head}\n发明专利\t一种涂料\tZL201910123401.7\t2021-05-11\t{day}"
        );
        rights(&text)[0].clone()
    };
    for head in ["受让日期", "变更登记日"] {
        assert_eq!(right(head, "2022-03-01").get("obtained_by"), Some(&Value::Null), "{head}");
    }
    for (head, cell) in [("转让范围", "全部权利"), ("转让人", "李四"), ("许可备案号", "X20229901")]
    {
        let right = right(head, cell);
        assert_eq!(right.get("obtained_by"), Some(&Value::Null), "{head}");
        assert_eq!(right.get("owner"), Some(&Value::Null), "{head}");
    }
    for (head, cell) in [("转让记录", "无"), ("许可情况", "—"), ("权利范围", "全部权利")]
    {
        assert_eq!(right(head, cell).get("obtained_by"), None, "{head}");
    }
    // The status is shown as open, and asked, where a day speaks against it.
    let ended = table(
        "专利类型\t专利名称\t专利号\t法律状态\t失效日\n发明专利\t一种涂料\tZL201910123401.7\t有效\t2022-03-01\n发明专利\t一种泵\tZL201910123402.7\t有效\t2039-03-01",
    );
    let status = |text: &str| ("ip[0].status".to_owned(), text.to_owned());
    assert_eq!(unclear(&ended), [status("有效"), status("2022-03-01")]);
    for head in ["终止公告日", "有效期至", "届满日", "无效宣告日"] {
        assert_eq!(right(head, "2022-03-01")["status"], Value::Null, "{head}");
    }
    // The usual days say neither.
    for head in ["申请日", "公开日"] {
        let right = right(head, "2019-03-01");
        assert_eq!(
            (&right["status"], right.get("obtained_by")),
            (&json!("granted"), None),
            "{head}"
        );
    }
}

#[test]
fn a_last_figure_without_a_multiple_does_not_take_that_of_the_table() {
    for unit in ["千元", "万元", "百万元", "元"] {
        let text = format!("单位：{unit}\n项目\t2022年\n负债合计\t12万3\n资产总计\t5000");
        let table = table(&text);
        let facts = &table["company"]["facts"];
        assert_eq!(facts.get("total_liabilities"), None, "{unit}: {facts}");
        assert_eq!(unclear(&table)[0].0, "total_liabilities.2022", "{unit}");
        assert!(facts["total_assets"]["2022"].is_string(), "{unit}");
    }
}

#[test]
fn what_only_looks_like_a_figure_may_have_been_a_status() {
    let last = |cell: &str| {
        let text =
            format!("专利类型\t授权日\t看不懂\n发明\t2021-05-11\t\n外观设计\t2022-01-04\t{cell}");
        rights(&text)[1]["status"].clone()
    };
    for cell in ["12..5", "1,5", "5-,"] {
        assert_eq!(last(cell), Value::Null, "{cell}");
    }
    for cell in ["12", "1,234.50", "35%", "0571-88888888"] {
        assert_eq!(last(cell), "granted", "{cell}");
    }
}

#[test]
fn the_number_of_another_right_says_nothing_of_this_one() {
    for (head, number) in [
        ("关联专利", "CN110123401B"),
        ("优先权号", "ZL202210123401.9"),
        ("同族专利", "CN110123401B"),
    ] {
        let text = format!("专利名称\t申请号\t{head}\n一种涂料\t202310123401.7\t{number}");
        assert_eq!(rights(&text)[0]["status"], Value::Null, "{head}");
    }
    let own = "专利类型\t专利名称\t公告号\n发明\t一种涂料\tCN110123401B";
    assert_eq!(rights(own)[0]["status"], "granted");
}

#[test]
fn a_right_that_changed_hands_is_not_the_companys_own_unasked() {
    for status in ["授权|权利转移", "有效；许可", "授权、转让"] {
        let text = format!(
            "专利类型\t专利名称\t申请号\t法律状态\n发明专利\t一种涂料\t201910123401.7\t{status}"
        );
        let right = &rights(&text)[0];
        assert_eq!(right.get("obtained_by"), Some(&Value::Null), "{status}");
        assert_eq!(right.get("owner"), Some(&Value::Null), "{status}");
    }
    let said = "专利类型\t专利名称\t申请号\t法律状态\t取得方式\n发明专利\t一种涂料\t201910123401.7\t授权|权利转移\t受让";
    assert_eq!(rights(said)[0]["obtained_by"], "transfer");
}

#[test]
fn a_name_with_no_in_it_is_not_answered_by_there_is() {
    for name in ["高企无严重违法记录", "无重大失信行为", "科小未列入失信名单", "科小无严重失信记录"]
    {
        for cell in ["有", "没有", "无"] {
            let text = format!("{name}\t{cell}\n净利润\t5");
            let said = facts(&text);
            let said =
                said.as_object().expect("facts").iter().filter(|(id, _)| *id != "net_profit");
            assert!(said.clone().all(|(_, it)| it.is_null()), "{name} {cell}");
        }
    }
}

#[test]
fn columns_of_noughts_and_ones_are_answers_and_offices_are_no_products() {
    let heads = "专利类型\t专利名称\t专利号\t授权日\t纠纷";
    let row = |at: u32| format!("发明专利\t一种胶\tZL20191012340{at}.7\t2021-05-11\t{}", at - 1);
    let all = rights(&format!("{heads}\n{}\n{}", row(1), row(2)));
    assert!(all.iter().all(|it| it.get("disputed") != Some(&json!(false))));
    assert!(all.iter().all(|it| it.get("disputed").is_some()), "no default is taken");
    let source = "专利类型\t专利号\t授权日\t来源单位\n发明专利\tZL201910123401.7\t2021-05-11\t浙江省某科研机构";
    assert!(rights(source)[0].get("obtained_by").is_some(), "no default is taken");
}

#[test]
fn the_term_of_a_policy_is_not_that_of_a_qualification() {
    let heads = "材料名称\t目录版本\t是否达标\t保单生效日\t有效期至\t是否备案\t是否直接购买使用\t是否关联企业\t是否贸易商\t是否获过补贴\t剩余额度";
    let row = "示例树脂\t2021年版\t是\t2022-09-01\t2023-08-31\t是\t是\t否\t否\t否\t100万元";
    let materials = facts(&format!("{heads}\n{row}"))["materials"].clone();
    assert_eq!(materials[0].get("qualification_until"), Some(&Value::Null));
    let named = heads.replace("有效期至", "资格有效期至");
    let materials = facts(&format!("{named}\n{row}"))["materials"].clone();
    assert_eq!(materials[0]["qualification_until"], "2023-08-31");
}

#[test]
fn the_statement_of_a_group_is_not_the_companys() {
    let table =
        |title: &str| format!("{title}\n2022年度\t单位：元\n项目\t本期金额\n一、营业收入\t5000000");
    for (title, revenue) in [
        ("合并利润表", Value::Null),
        ("合并及公司利润表", Value::Null),
        ("某集团2022年度合并财务报表", Value::Null),
        ("利润表", json!("5000000")),
        ("母公司利润表", json!("5000000")),
        ("湖州示例科技有限公司利润表", json!("5000000")),
    ] {
        assert_eq!(figures(&table(title), "revenue", "2022"), revenue, "{title}");
    }
    // The company's own name says nothing, and the next statement is its own.
    let own = support::named(&table("合并科技有限公司利润表"), "合并科技有限公司");
    assert_eq!(own["company"]["facts"]["revenue"]["2022"], "5000000");
    let both =
        format!("{}\n\n{}", table("合并利润表"), table("母公司利润表").replace("5000000", "3"));
    assert_eq!(figures(&both, "revenue", "2022"), "3", "that of the company alone");
    let told = unclear(&self::table(&table("合并利润表")));
    assert!(told.iter().any(|(_, text)| text.contains("5000000")), "{told:?}");
}

/// A statement with a line above its heads.
fn dated(line: &str, head: &str) -> Value {
    let text = format!(
        "{line}\n项目\t行次\t{head}\n一、营业收入\t1\t5000000\t4000000\n资产总计\t2\t30500000\t26900000"
    );
    facts(&text)["revenue"].clone()
}

#[test]
fn the_day_of_a_statement_is_read_however_it_stands_there() {
    let heads = "本期金额\t上期金额";
    let years = |last: &str, before: &str| json!({ last: "5000000", before: "4000000" });
    for day in [
        "2021-12-31",
        "2021.12.31",
        "20211231",
        "2021/12/31",
        "2021年12月31日",
        "2021",
        "2021年度",
        "二〇二一年",
        "二○二一年度",
        "2021会计年度",
    ] {
        for line in [
            format!("利润表\n编制单位：{COMPANY}\t\t{day}\t\t单位：元"),
            format!("利润表\n{day}"),
            format!("利润表\n会计期间：{day}"),
        ] {
            assert_eq!(dated(&line, heads), years("2021", "2020"), "{line}");
        }
    }
    for day in [
        "2023-06-30",
        "2023.6.30",
        "2023.6",
        "202306",
        "2023-06",
        "2021-12",
        "2021.9",
        "202112",
        "上半年",
        "一季度",
        "3季度",
        "9月",
        "6月30日",
        "12月",
        "1-9月",
        "21年度",
        "FY21",
        "2021Y",
        "二〇二三年六月",
    ] {
        for line in [
            format!("利润表\n编制单位：{COMPANY}\t\t{day}\t\t单位：元"),
            format!("利润表\n{day}"),
            format!("利润表\n会计期间：{day}"),
            format!("利润表（{day}）"),
            format!("利润表（{day}）\n2022年度"),
        ] {
            assert_eq!(dated(&line, heads), Value::Null, "{line}");
        }
    }
    // The tax office's period, in cells of its own.
    let period = |from: &str, to: &str| format!("利润表\n所属时期起\t{from}\t所属时期止\t{to}");
    assert_eq!(dated(&period("2021-01-01", "2021-12-31"), heads), years("2021", "2020"));
    assert_eq!(dated(&period("2023-01-01", "2023-06-30"), heads), Value::Null);
    let one = "税款所属期起：2021-01-01\t税款所属期止：2021-12-31\t纳税人识别号：913305\t金额单位：元至角分";
    assert_eq!(dated(one, heads), years("2021", "2020"));
    let both = "本年累计金额\t本期金额";
    for line in ["2022年12期", "税款所属期：2022-10-01至2022-12-31", "2022年度"] {
        let line = format!("利润表\n{line}");
        assert_eq!(dated(&line, both), json!({ "2022": "5000000" }), "{line}");
    }
    let moon = "明月科技有限公司";
    let text = format!("{moon}利润表\n项目\t本期金额\n一、营业收入\t5000000");
    let own = support::named(&text, moon);
    assert_eq!(own["company"]["facts"]["revenue"]["2022"], "5000000", "no month");
    let named = format!("{COMPANY}2021年度利润表");
    assert_eq!(dated(&named, heads), years("2021", "2020"));
    let blank = "利润表\n编制单位：\t\t2021年度\t单位：元";
    assert_eq!(dated(blank, heads), years("2021", "2020"));
    assert_eq!(dated("利润表\n期间：2022年第1期-第9期", heads), Value::Null);
    assert_eq!(dated("利润表（2023H1）", heads), Value::Null);
    // The day it was filled in, and the name of the company, say nothing.
    for line in ["利润表\n填表日期：2023年3月", "利润表\n打印日期 2023-03-01"] {
        assert_eq!(dated(line, heads), years("2022", "2021"), "{line}");
    }
}

#[test]
fn figures_of_others_and_plans_are_not_the_companys() {
    let heads = "本期金额\t上期金额";
    for line in [
        "编制单位：另一家科技有限公司\t2022年度\t单位：元".to_owned(),
        format!("编制单位：{COMPANY}杭州分公司\t2022年度\t单位：元"),
        "企业名称\t另一家科技有限公司".to_owned(),
        "纳税人名称：另一家科技有限公司".to_owned(),
        "杭州别家科技有限公司\n利润表\n2022年度".to_owned(),
        "杭州别家科技有限公司利润表\n2022年度".to_owned(),
        "预算利润表".to_owned(),
        "利润表（预测）".to_owned(),
        "模拟利润表".to_owned(),
        "备考利润表".to_owned(),
        "汇总利润表".to_owned(),
        "2022年度预算表".to_owned(),
        "合并财务报表\n利润表\n2022年度".to_owned(),
        "2022年度财务预算\n利润表".to_owned(),
        format!("{COMPANY}及其子公司资产负债表"),
    ] {
        assert_eq!(dated(&line, heads), Value::Null, "{line}");
    }
    let own = format!("编制单位：{COMPANY}（盖章）\t2022年度\t单位：元");
    assert_eq!(dated(&own, heads)["2022"], "5000000");
    // The total of three years is in front of its part.
    let part = "近三年研究开发费用总额（万元）\t770\t其中：在中国境内研发费用总额（万元）\t770";
    assert_eq!(facts(part).get("rd_expense_hnte_domestic"), None);
    let noted = "项目\t2022年\n营业收入\t5000000\n注：以上为预计数";
    assert_eq!(figures(noted, "revenue", "2022"), Value::Null);
}

#[test]
fn a_unit_that_is_not_known_or_of_one_line_is_not_that_of_all() {
    for (line, head) in [
        ("单位：分", "2022年"),
        ("单位：角", "2022年"),
        ("（w）", "2022年"),
        ("", "2022年(k)"),
        ("", "2022年(w)"),
    ] {
        let text = format!("{line}\n项目\t{head}\n营业收入\t3865");
        assert_eq!(figures(&text, "revenue", "2022"), Value::Null, "{line} {head}");
        assert!(!unclear(&table(&text)).is_empty(), "{line} {head}");
    }
    let noted = "项目\t2022年\n销售收入\t3865\n加计扣除研发费用\t2013000\n注：销售收入单位为万元";
    assert_eq!(figures(noted, "rd_expense_deduct", "2022"), Value::Null);
}
