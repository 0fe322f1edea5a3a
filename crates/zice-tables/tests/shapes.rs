//! Further shapes of everything that a reader of tables has to know.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{DICTIONARY, facts, rights, table, unclear};
use zice_rules::Date;
use zice_tables::cell::Own;

/// The only right of a table with these heads and cells.
fn right(heads: &str, cells: &str) -> Value {
    let rights = rights(&format!("{heads}\n{cells}"));
    assert_eq!(rights.len(), 1, "{heads} / {cells}");
    rights[0].clone()
}

#[test]
fn statuses_are_read_as_offices_and_data_bases_write_them() {
    for (word, status) in [
        ("授权", "granted"),
        ("有权", "granted"),
        ("有权-审定授权", "granted"),
        ("审定授权", "granted"),
        ("有效", "granted"),
        ("等年费滞纳金", "granted"),
        ("专利权维持", "granted"),
        ("授权|质押", "granted"),
        ("失效", "expired"),
        ("驳回", "expired"),
        ("撤回", "expired"),
        ("视为撤回", "expired"),
        ("放弃", "expired"),
        ("权利终止", "expired"),
        ("未缴年费", "expired"),
        ("期限届满", "expired"),
        ("无效", "expired"),
        ("未缴年费专利权终止", "expired"),
        ("授权；未缴年费", "expired"),
        ("审中", "pending"),
        ("公开", "pending"),
        ("实审", "pending"),
        ("受理", "pending"),
        ("实质审查的生效", "pending"),
        ("公开|实质审查", "pending"),
        ("等待颁证公告", "notice_and_fee"),
    ] {
        let right = right("专利类型\t专利号\t法律状态", &format!("发明\tZL201910123401.7\t{word}"));
        assert_eq!(right["status"], status, "{word}");
    }
    for word in ["部分无效", "质押", "复审", "???", "有效？", "授权|复审", "公开|授权", ""]
    {
        let right = right("专利类型\t专利号\t法律状态", &format!("发明\tZL201910123401.7\t{word}"));
        assert_eq!(right["status"], Value::Null, "{word}");
    }
}

#[test]
fn of_two_statuses_the_worse_counts() {
    let heads = "专利类型\t简单法律状态\t法律状态/事件";
    for (cells, status) in [
        ("发明\t有效\t授权", json!("granted")),
        ("发明\t有效\t驳回", json!("expired")),
        ("发明\t失效\t授权", json!("expired")),
        ("发明\t有效\t权利转移", json!("granted")),
        ("发明\t有效\t看不懂", json!(null)),
        ("发明\t失效\t看不懂", json!("expired")),
        ("发明\t审中\t", json!(null)),
        ("发明申请\t有效\t授权", json!("pending")),
    ] {
        assert_eq!(right(heads, cells)["status"], status, "{cells}");
    }
}

#[test]
fn without_a_status_only_a_grant_says_that_there_is_a_right() {
    for (heads, cells, status) in [
        ("专利类型\t授权日", "发明\t2021-05-11", json!("granted")),
        ("专利类型\t授权日", "发明\t", json!(null)),
        ("专利类型\t授权日", "发明\t2021.13.40", json!(null)),
        ("专利类型\t专利号", "发明\tZL201910123401.7", json!("granted")),
        ("专利类型\t专利号", "发明\t201910123401.7", json!(null)),
        ("专利类型\t公开号\t申请号", "发明\tCN110123401B\t201910123401.7", json!("granted")),
        ("专利类型\t公开号\t申请号", "发明\tCN110123401A\t201910123401.7", json!(null)),
        ("类别\t登记号", "软著\t2020SR0000001", json!("granted")),
        ("类别\t登记号", "软著\t2023R11L000004", json!(null)),
        ("专利类型\t专利号", "发明申请\t201910123401.7", json!("pending")),
        ("专利类型\t授权日", "发明专利（实审）\t2021-05-11", json!("pending")),
        ("专利类型\t授权日", "实用新型专利（已放弃）\t2021-05-11", json!(null)),
        ("专利类型\t授权日\t失效日", "发明\t2011-05-11\t2019-05-11", json!(null)),
        ("专利类型\t法律状态\t失效日", "发明\t授权\t2019-05-11", json!(null)),
        ("专利类型\t法律状态\t失效日", "发明\t授权\t2023-03-31", json!(null)),
        ("专利类型\t法律状态\t失效日", "发明\t授权\t2023-04-01", json!(null)),
        ("专利类型\t法律状态\t失效日", "发明\t授权\t2023-04-02", json!("granted")),
        ("专利类型\t法律状态\t届满日", "发明\t有效\t三十年后", json!(null)),
        ("专利类型\t法律状态\t预估到期日", "发明\t有效\t03/04/2031", json!(null)),
        ("专利类型\t法律状态\t失效日", "发明\t授权\t—", json!("granted")),
        ("专利类型\t法律状态\t失效日", "发明\t失效\t2019-05-11", json!("expired")),
        ("专利类型\t法律状态\t失效日", "发明\t审中\t2019-05-11", json!(null)),
        ("专利类型\t授权日\t授权否", "发明\t2021-05-11\t否", json!("pending")),
        ("专利类型\t专利号\t是否授权", "发明\t201910123401.7\t是", json!("granted")),
        ("专利类型\t专利号\t是否授权", "发明\tZL201910123401.7\t不详", json!(null)),
    ] {
        assert_eq!(right(heads, cells)["status"], status, "{heads} / {cells}");
    }
}

/// The day of application is 2023-04-01.
#[test]
fn a_right_in_force_names_the_day_on_which_it_ends() {
    for (heads, cells, ends) in [
        ("法律状态\t失效日", "授权\t2023-04-02", Some("2023-04-02")),
        ("法律状态\t失效日\t届满日", "授权\t2031-05-11\t2030-05-11", Some("2030-05-11")),
        ("法律状态\t失效日", "授权\t2023-04-01", None),
        ("法律状态\t失效日", "授权\t—", None),
        // What is none is none whatever the day of application.
        ("法律状态\t失效日", "驳回\t2031-05-11", None),
        ("法律状态\t失效日", "实审\t2031-05-11", None),
        ("法律状态\t申请日", "授权\t2019-05-11", None),
    ] {
        let text = format!("专利类型\t{heads}\n发明\t{cells}");
        let fact = DICTIONARY.fact("ip").expect("the list of rights");
        let own = Own { day: Date::parse("2023-04-01"), ..Own::default() };
        let reading = zice_tables::list::read(&text, fact, &own, &[]);
        assert_eq!(
            reading.rows[0].ends.map(|it| it.0),
            ends.and_then(Date::parse),
            "{heads} / {cells}"
        );
    }
}

#[test]
fn the_number_says_the_kind_and_never_against_the_cell() {
    for (heads, cells, kind) in [
        ("专利名称\t专利号", "甲\tZL201920123405.6", json!("utility_model")),
        ("专利名称\t专利号", "甲\tZL201880123405.6", json!("invention")),
        ("专利名称\t申请号", "甲\t202130123407.5", json!("design")),
        ("专利名称\t专利号", "甲\tZL20197012340.6", json!(null)),
        ("专利类型\t专利号", "发明\tZL201920123405.6", json!(null)),
        ("专利类型\t专利号", "国防专利\tZL201910123405.6", json!("defence_patent")),
        ("专利类型\t专利号", "看不懂\tZL201910123405.6", json!(null)),
        ("软件全称\t登记号", "甲软件\t2020SR0000001", json!("software")),
        ("软件著作权名称\t取得方式", "甲软件\t原始取得", json!("software")),
        ("专利名称\t获得方式", "甲\t自主研发", json!(null)),
    ] {
        assert_eq!(right(heads, cells)["kind"], kind, "{heads} / {cells}");
    }
    let titled = rights("实用新型专利清单\t\n专利名称\t授权日\n甲\t2020-01-02");
    assert_eq!(titled[0]["kind"], "utility_model");
    let both = rights("专利和软件著作权汇总表\t\n名称\t授权日\n甲\t2020-01-02");
    assert_eq!(both[0]["kind"], Value::Null);
}

#[test]
fn owners_are_compared_with_the_companys_name() {
    for (cell, owner) in [
        ("湖州示例科技有限公司", json!("company")),
        ("湖州（示例）科技有限公司", json!("company")),
        (" 湖州 示例科技有限公司 ", json!("company")),
        ("本公司", json!("company")),
        ("湖州示例科技有限公司；浙江大学", json!("co_owned")),
        ("张建国、湖州示例科技有限公司", json!("co_owned")),
        ("张建国", json!(null)),
        ("湖州示例科技有限公司杭州分公司", json!(null)),
        ("", json!(null)),
        ("股东", json!("person")),
    ] {
        let right = right("专利类型\t专利权人\t授权日", &format!("发明\t{cell}\t2020-01-02"));
        assert_eq!(right["owner"], owner, "{cell}");
    }
}

#[test]
fn a_column_that_is_not_recognised_leaves_nothing_to_its_best_case() {
    let heads = "专利类型\t授权日\t";
    let fields =
        ["status", "obtained_by", "owner", "disputed", "main_product", "used_for_hnte", "foreign"];
    for (head, cell, unknown) in [
        ("备注", "有诉讼", &fields[..]),
        ("情况", "失效", &["status"]),
        ("情况", "受让", &["obtained_by"]),
        ("备注", "", &[]),
        ("发明人", "张三", &[]),
        ("序号", "1", &[]),
        ("申请日", "2019-01-01", &[]),
        ("日子", "2019-01-01", &["status", "obtained_by"]),
        ("项目经费", "120,000", &[]),
        ("热线", "0571-88888888", &[]),
        ("证书", "ZL201910123401.7", &[]),
        ("权利范围", "全部权利", &[]),
        ("权利范围", "部分权利", &fields[..]),
        ("情况", "是", &["disputed", "main_product", "used_for_hnte", "co_owner_uses", "foreign"]),
    ] {
        let right = right(&[heads, head].concat(), &format!("发明\t2020-01-02\t{cell}"));
        for field in fields {
            let null = right.get(field) == Some(&Value::Null);
            assert_eq!(null, unknown.contains(&field), "{head} {cell} {field}");
        }
    }
}

#[test]
fn of_every_list_what_was_not_understood_is_unknown() {
    let history = facts("公示年度\t公示级别\n2021\tAA\n２０２０年\t看不懂\n");
    assert_eq!(
        history["credit_history"],
        json!([{ "level": "AA", "year": "2021" }, { "level": null, "year": "2020" }])
    );
    let violations =
        facts("处罚决定日期\t是否主观故意\t是否已修复\n2021年5月1号\t是\t在办\n20200318\t？\t否");
    assert_eq!(
        violations["serious_violation"],
        json!([
            { "decided_on": "2021-05-01", "intentional": true, "repaired": null },
            { "decided_on": "2020-03-18", "intentional": null, "repaired": false },
        ])
    );
    let materials = facts(
        "单位：千元\t\t\n材料名称\t保险金额\t销售合同金额\n薄膜\t5,000\t约八千\n玻璃\t1,5\t3万元",
    );
    assert_eq!(
        materials["materials"],
        json!([
            { "name": "薄膜", "insured_amount": "5000000", "contract_amount": null },
            { "name": "玻璃", "insured_amount": null, "contract_amount": null },
        ])
    );
    let contracts = facts(
        "2022年度合同情况\t\t单位：万元\n项目\t支出性合同\t收入性合同\n当年签订的书面合同份数\t85\t120份\n书面合同金额\t2,100.5\t约三千",
    );
    assert_eq!(
        contracts["contract_figures"],
        json!({ "2022": {
            "expense": { "written_count": "85", "written_amount": "21005000" },
            "income": { "written_count": "120" },
        } })
    );
}

/// The revenue of a table.
fn revenue(text: &str) -> Value {
    facts(text)["revenue"].clone()
}

#[test]
fn the_unit_is_never_skipped() {
    for (line, revenue_is) in [
        ("单位：万元　币种：人民币", json!({ "2022": "30000" })),
        ("编制单位：湖州示例科技有限公司 2022年度 金额单位：千元", json!({ "2022": "3000" })),
        ("货币单位：亿元", json!({ "2022": "300000000" })),
        ("除另有说明外，金额单位均为人民币百万元", json!({ "2022": "3000000" })),
        ("单位：元至角分", json!({ "2022": "3" })),
        ("利润表（万元）", json!({ "2022": "30000" })),
        ("单位：万美元", json!(null)),
        ("单位：千港币", json!(null)),
        ("单位：元、万元", json!(null)),
    ] {
        let text = format!("{line}\t\n项目\t2022年度\n营业收入\t3");
        assert_eq!(revenue(&text), revenue_is, "{line}");
    }
    let odd = table("单位：万美元\t\n项目\t2022年度\n营业收入\t3");
    assert_eq!(odd["unit"], json!({ "text": "单位：万美元", "factor": null }));
    assert_eq!(unclear(&odd)[0], ("revenue.2022".to_owned(), "营业收入：3".to_owned()));
    // The unit of a line or a column goes before that of the table.
    assert_eq!(
        revenue("单位：元\t\n项目\t2022年度\n营业收入（万元）\t3"),
        json!({ "2022": "30000" })
    );
    assert_eq!(
        revenue("单位：元\t\n项目\t2022年度（万元）\n营业收入\t3"),
        json!({ "2022": "30000" })
    );
    // Beside a line that names one, what is meant without one is not known.
    assert_eq!(revenue("项目\t2022年度\n净利润（万元）\t2\n营业收入\t3"), Value::Null);
}

#[test]
fn heads_tell_the_year_in_many_ways() {
    for (heads, years) in [
        ("项目\t本期金额\t上期金额", ["2022", "2021"]),
        ("项目\t本年累计金额\t上年金额", ["2022", "2021"]),
        ("项 目\t本年累计\t上年同期", ["2022", "2021"]),
        ("项目\t2021年度\t2020年度", ["2021", "2020"]),
        ("项目\t2021.12.31\t2020.12.31", ["2021", "2020"]),
        ("项目\t2021-12-31\t2020-12-31", ["2021", "2020"]),
        ("项目\t2021年12月31日\t2020年12月31日", ["2021", "2020"]),
        ("\t２０２１年\t2020年", ["2021", "2020"]),
        ("项目\t2021\t2020", ["2021", "2020"]),
        ("项目\t2021年1-12月\t2020年1-12月", ["2021", "2020"]),
        ("2020年度\t\t\n项目\t本期数\t上期数", ["2020", "2019"]),
        ("会计期间：2019年12月\t\t\n项目\t本年累计金额\t上年累计金额", ["2019", "2018"]),
    ] {
        let text = format!("{heads}\n营业收入\t3\t2");
        assert_eq!(revenue(&text), json!({ years[0]: "3", years[1]: "2" }), "{heads}");
    }
    for heads in [
        "项目\t2022年6月\t2021年6月",
        "项目\t本月金额\t上月金额",
        "项目\t2022年预算\t2022年计划",
        "2022年6月\t\t\n项目\t本年累计金额\t上年同期",
        "项目\t2022年一季度\t2022年1-6月",
    ] {
        let text = format!("{heads}\n营业收入\t3\t2");
        assert_eq!(revenue(&text), Value::Null, "{heads}");
        assert!(!unclear(&table(&text)).is_empty(), "{heads}");
    }
    // Years down, names across; and no heads at all.
    let down = facts("年度\t营业收入\t净利润\n2022\t3\t-1\n2021\t2\t(4)");
    assert_eq!(
        down,
        json!({ "revenue": { "2022": "3", "2021": "2" }, "net_profit": { "2022": "-1", "2021": "-4" } })
    );
    assert_eq!(revenue("营业收入\t3\t2"), Value::Null, "which year is which is not said");
    assert_eq!(revenue("营业收入\t3"), json!({ "2022": "3" }));
}

#[test]
fn brackets_and_every_minus_are_below_nought_and_a_dash_is_nothing() {
    for (cell, profit) in [
        ("(176,002.00)", json!({ "2022": "-176002" })),
        ("（１７６，００２）", json!({ "2022": "-176002" })),
        ("−176002", json!({ "2022": "-176002" })),
        ("－176,002.50", json!({ "2022": "-176002.5" })),
        ("–5", json!({ "2022": "-5" })),
        ("-", json!(null)),
        ("——", json!(null)),
        ("176002-", json!(null)),
        ("1,5", json!(null)),
        ("1.2E+07", json!(null)),
        ("#REF!", json!(null)),
    ] {
        let text = format!("项目\t行次\t本年累计金额\n四、净利润（净亏损以“-”号填列）\t32\t{cell}");
        assert_eq!(facts(&text)["net_profit"], profit, "{cell}");
    }
    assert_eq!(revenue("项目\t2022年\n营业收入\t(5)"), Value::Null, "revenue is not below nought");
    let dash = table("项目\t2022年\n营业收入\t-");
    assert_eq!(unclear(&dash)[0], ("revenue.2022".to_owned(), "营业收入：-".to_owned()));
}

#[test]
fn sheets_of_two_sides_and_forms_of_pairs_are_read() {
    let sheet = facts(
        "资产\t行次\t期末数\t年初数\t负债及所有者权益\t行次\t期末数\t年初数\n\
         货币资金\t1\t5\t4\t负债合计\t40\t7\t6\n\
         资产总计\t30\t20\t18\t负债和所有者权益总计\t50\t20\t18",
    );
    assert_eq!(
        sheet,
        json!({
            "total_assets": { "2022": "20", "2021": "18" },
            "total_liabilities": { "2022": "7", "2021": "6" },
        })
    );
    // The two sides do not agree: neither is taken.
    let differ = facts(
        "资产\t期末余额\t负债和所有者权益\t期末余额\n资产总计\t20\t负债和所有者权益总计\t21\n净利润\t3\t负债合计\t8",
    );
    assert_eq!(
        differ,
        json!({ "net_profit": { "2022": "3" }, "total_liabilities": { "2022": "8" } })
    );
    let form = facts(
        "企业名称\t湖州示例科技有限公司\t成立日期\t2016年3月18日\n\
         征收方式\t查账征收\t资产总额（万元）\t3,050\n净利润（万元）\t\t负债合计（万元）\t约一千",
    );
    assert_eq!(
        form,
        json!({
            "established_on": "2016-03-18", "audit_collection": true,
            "total_assets": { "2022": "30500000" },
        })
    );
    let upright = facts("指标\t数值\n销售收入\t120万\n资产总额\t3,050元");
    assert_eq!(
        upright,
        json!({ "revenue": { "2022": "1200000" }, "total_assets": { "2022": "3050" } })
    );
}

#[test]
fn sums_need_every_line_and_look_alikes_are_never_taken() {
    let lines = "项目\t2022年\n营业成本\t50\n税金及附加\t1\n销售费用\t2\n管理费用\t3\n财务费用\t-1";
    assert_eq!(
        facts(lines)["cost_total"],
        Value::Null,
        "the cost of research may have a line of its own"
    );
    let all = format!("{lines}\n研发费用\t4");
    assert_eq!(facts(&all)["cost_total"], json!({ "2022": "59" }));
    let garbled = all.replace("\t3\n", "\t三\n");
    assert_eq!(facts(&garbled)["cost_total"], Value::Null);
    assert!(unclear(&table(&garbled)).iter().any(|(place, _)| place == "cost_total.2022"));
    for name in ["从业人数", "营业总收入", "研发费用", "加计扣除总额", "流动资产合计"]
    {
        let table = table(&format!("{name}\t86\n净利润\t5"));
        assert_eq!(table["company"]["facts"], json!({ "net_profit": { "2022": "5" } }), "{name}");
        assert!(unclear(&table).iter().any(|(_, text)| text.starts_with(name)), "{name}");
    }
    // The name of a question whose yes is "none of these": a 是 is no answer to it.
    for name in ["重大事故和严重失信（五项）", "重大事故和严重失信", "履行合同的重大失信"]
    {
        for cell in ["是", "有", "都没有"] {
            let facts = facts(&format!("{name}\t{cell}\n净利润\t5"));
            assert_eq!(facts, json!({ "net_profit": { "2022": "5" } }), "{name} {cell}");
        }
    }
    let profit = table("利润总额\t86\n营业收入\t5");
    assert_eq!(profit["company"]["facts"], json!({ "revenue": { "2022": "5" } }));
    assert_eq!(unclear(&profit), [("net_profit.2022".to_owned(), "利润总额：86".to_owned())]);
}

#[test]
fn of_what_nothing_comes_every_row_is_told() {
    let table = table("甲\t乙\n丙\t丁");
    assert_eq!(table["company"]["facts"], json!({}));
    assert_eq!(
        table["unclear"],
        json!([
            { "row": 1, "column": null, "text": "甲 乙", "place": null },
            { "row": 2, "column": null, "text": "丙 丁", "place": null },
        ])
    );
}

/// Beside 法律状态 = 有效 stands a column that says otherwise.
#[test]
fn what_another_column_says_of_an_end_is_never_passed_over() {
    let status = |head: &str, cell: &str| {
        let heads = format!("专利名称\t专利号\t专利类型\t授权日\t法律状态\t{head}");
        let cells = format!("一种装置\tZL200310123401.7\t发明专利\t2006-05-11\t有效\t{cell}");
        right(&heads, &cells)["status"].clone()
    };
    for head in [
        "失效日（如有）",
        "到期日（年月日）",
        "【标】到期日",
        "失效日期(年)",
        "到期日期",
        "失效时间",
        "专利权终止日期",
        "权利终止日期",
        "到期时间",
        "终止时间",
        "专利权到期日",
        "预计到期日",
        "法定到期日",
        "有效期",
        "专利有效期",
        "有效期截止日",
        "保护期限届满日",
        "期满日",
        "终止公告日期",
        "放弃日期",
        "无效宣告日期",
        "失效公告日",
        "失效日/终止日",
        "到期日(预估)",
        "1.到期日",
        "Expiration Date",
        "lapse date",
    ] {
        assert_eq!(status(head, "2023-03-01"), Value::Null, "{head}");
        assert_eq!(status(head, "2029-03-01"), "granted", "{head}");
        assert_eq!(status(head, "—"), "granted", "{head}");
    }
    for (head, cell) in [
        ("是否有效", "否"),
        ("是否有权", "否"),
        ("授权状态", "否"),
        ("年费状态", "欠费"),
        ("缴费状态", "未缴"),
        ("备注", "专利权已终止，未缴年费"),
        ("失效原因", "未缴年费滞纳金"),
        ("是否失效", "是"),
        ("是否终止", "是"),
        ("是否放弃", "√"),
        ("维持状态", "看不懂"),
    ] {
        assert_ne!(status(head, cell), "granted", "{head} {cell}");
    }
    for (head, cell) in [
        ("是否有效", "是"),
        ("年费状态", "正常"),
        ("是否失效", "否"),
        ("备注", "核心专利"),
        ("最新法律状态", "授权"),
    ] {
        assert_eq!(status(head, cell), "granted", "{head} {cell}");
    }
}

#[test]
fn a_line_among_the_names_that_speaks_of_other_rights_is_no_entry() {
    let row = "一种装置\tZL200310123401.7\t发明专利";
    for text in [
        format!("专利名称\t专利号\t专利类型\n已失效专利\t\t\n{row}"),
        format!("专利名称\t专利号\t专利类型\n二、已失效专利\t\t\n{row}"),
        format!("专利名称\t专利号\t专利类型\n{row}\n注：以上专利均未缴年费，专利权已终止\t\t"),
        format!("专利名称\t专利号\t专利类型\n{row}\n以上专利均已失效\t\t"),
    ] {
        let rights = rights(&text);
        assert_eq!(rights.len(), 1, "{text}");
        assert_eq!(rights[0]["status"], Value::Null, "{text}");
    }
    let bought = format!("专利名称\t专利号\t专利类型\n{row}\n说明：以上专利均为受让取得\t\t");
    assert_eq!(rights(&bought)[0]["obtained_by"], Value::Null);
    // Against a cell that says that it is in force.
    let titled = format!("已失效专利清单\t\t\t\n专利名称\t专利号\t专利类型\t法律状态\n{row}\t有效");
    assert_eq!(rights(&titled)[0]["status"], Value::Null);
    let both =
        format!("授权专利和失效专利清单\t\t\t\n专利名称\t专利号\t专利类型\t法律状态\n{row}\t有效");
    assert_eq!(rights(&both)[0]["status"], "granted");
}

#[test]
fn a_unit_of_money_is_never_cut_or_passed_over() {
    let revenue = |unit: &str| {
        let table = table(&format!("{unit}\t\n项目\t2022年度\n营业收入\t38650"));
        table["company"]["facts"]["revenue"]["2022"].clone()
    };
    for unit in
        ["單位：萬元", "单 位：万元", "金額單位：人民幣萬元", "单 位 ： 万 元", "单位：RMB 10,000"]
    {
        assert_eq!(revenue(unit), "386500000", "{unit}");
    }
    assert_eq!(revenue("Unit: RMB million"), "38650000000");
    assert_eq!(revenue("單位：元"), "38650");
    for unit in [
        "单位：W",
        "单位：K",
        "US$",
        "Amounts in RMB 10k",
        "Unit: CNY lakh",
        "单位：元\t\n单位：万元",
    ] {
        assert_eq!(revenue(unit), Value::Null, "{unit}");
    }
}

#[test]
fn a_head_of_another_time_or_of_a_rate_is_not_that_of_a_year() {
    let revenue = |head: &str| facts(&format!("项目\t{head}\n营业收入\t38650"))["revenue"].clone();
    for head in [
        "2022Q1",
        "2022Q4",
        "Q4",
        "一季度",
        "2022第四季度",
        "2022H1",
        "2022上半年",
        "1-9月",
        "2022E",
        "2022F",
        "2022B",
        "2022P",
        "2022（估）",
        "预测",
        "24年度",
        "23年",
        "FY24",
        "2024财年",
        "202212",
        "2022M12",
        "2022A",
        "近12个月",
        "同比",
        "增长率",
    ] {
        assert_eq!(revenue(head), Value::Null, "{head}");
    }
    for head in ["金额", "2022年度", "2022"] {
        assert_eq!(revenue(head)["2022"], "38650", "{head}");
    }
}
