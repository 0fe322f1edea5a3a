//! Tables as companies have them, with what each comes to worked out by hand.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{facts, named, table, unclear};

macro_rules! case {
    ($name:literal) => {
        include_str!(concat!("cases/", $name, ".tsv"))
    };
}

/// Where something was not understood, by place alone.
fn places(table: &Value) -> Vec<String> {
    unclear(table).into_iter().map(|(place, _)| place).collect()
}

#[test]
fn a_list_of_a_data_base_has_two_statuses_and_kinds_that_say_more() {
    let table = table(case!("b1b-patsnap"));
    let own = |kind, name, number, day: Value, status| {
        json!({
            "kind": kind, "name": name, "number": number, "granted_on": day, "status": status,
            "owner": "company",
        })
    };
    let none = Value::Null;
    assert_eq!(
        table["company"]["facts"]["ip"],
        json!([
            own("invention", "一种示例涂料", "CN201910123401.7", json!("2021-05-11"), "granted"),
            own("invention", "一种示例固化剂", "CN202010123402.2", none.clone(), "expired"),
            own(
                "utility_model",
                "一种示例搅拌装置",
                "CN201820123404.1",
                json!("2018-12-20"),
                "expired"
            ),
            own("invention", "一种示例检测方法", "CN202210123406.0", none, "pending"),
            own("design", "包装桶", "CN202130123407.5", json!("2021-11-09"), "granted"),
        ])
    );
    assert_eq!(places(&table), Vec::<String>::new());
    assert_eq!(
        table["columns"][8],
        json!({ "head": "简单法律状态", "field": "status", "taken": 5, "unclear": 0 })
    );
    assert_eq!(table["columns"][0], json!({ "head": "序号", "field": null }));
    assert_eq!(table["unit"], Value::Null);
}

#[test]
fn without_a_name_who_owns_a_right_is_one_question_for_the_column() {
    let table = named(case!("b1b-patsnap"), "");
    let owners = table["company"]["facts"]["ip"].as_array().expect("entries").iter();
    assert!(owners.clone().all(|entry| entry["owner"].is_null()) && owners.len() == 5);
    assert_eq!(
        table["unclear"],
        json!([{
            "row": null, "column": "[标]当前申请(专利权)人", "text": "湖州示例科技有限公司",
            "place": "ip[].owner",
        }])
    );
}

#[test]
fn owners_that_are_not_the_company_are_nobody_known() {
    let table = table(case!("b1c-owner"));
    for entry in table["company"]["facts"]["ip"].as_array().expect("entries") {
        assert_eq!(entry["owner"], Value::Null);
        assert_eq!(entry["kind"], "invention");
        assert_eq!(entry["status"], "granted", "the grant day says so");
    }
    assert_eq!(places(&table), ["ip[0].owner", "ip[1].owner"]);
    let table = named(case!("b1c-owner"), "");
    assert_eq!(places(&table), ["ip[].owner"]);
}

#[test]
fn what_was_refused_is_no_right() {
    let entry = json!({
        "kind": "invention", "name": "一种示例固化剂", "number": "202010123402.2",
        "granted_on": null, "status": "expired",
    });
    assert_eq!(facts(case!("b1c-rejected")), json!({ "ip": [entry] }));
}

#[test]
fn a_list_of_programs_is_of_one_kind() {
    let table = table(case!("b2-software"));
    let own = |name, number, status, obtained| {
        json!({
            "kind": "software", "name": name, "number": number, "status": status,
            "obtained_by": obtained, "owner": "company",
        })
    };
    assert_eq!(
        table["company"]["facts"]["ip"],
        json!([
            own("示例涂料配方管理软件V1.0", "2020SR0000001", "granted", "own"),
            own("示例生产排程系统V2.1", "2021SR0000002", "granted", "own"),
            own("示例仓储管理软件V1.0", "2022SR0000003", "granted", "transfer"),
            own("示例检测数据平台V1.0", "2023R11L000004", "pending", "own"),
        ])
    );
    assert_eq!(places(&table), Vec::<String>::new());
}

#[test]
fn a_notice_of_a_grant_is_none_yet() {
    let table = table(case!("b3-hnte-ip"));
    let ip = &table["company"]["facts"]["ip"];
    assert_eq!(
        ip[0],
        json!({
            "kind": "invention", "name": "一种示例涂料", "number": "ZL201910123401.7",
            "granted_on": "2021-05-11", "status": "granted", "obtained_by": "own",
        })
    );
    assert_eq!(
        (&ip[1]["kind"], &ip[1]["obtained_by"], &ip[2]["kind"], &ip[2]["status"]),
        (&json!("utility_model"), &json!("transfer"), &json!("software"), &json!("granted"))
    );
    assert_eq!(
        ip[3],
        json!({
            "kind": "invention", "name": "一种示例检测方法", "number": "202210123406.0",
            "granted_on": "2023-06-20", "status": null, "obtained_by": "own",
        })
    );
    assert_eq!(places(&table), ["ip[3].status"]);
}

#[test]
fn both_sides_of_a_balance_sheet_are_read() {
    let table = table(case!("b4-balance-sheet"));
    assert_eq!(
        table["company"]["facts"],
        json!({ "total_assets": { "2022": "30500000", "2021": "26900000" } })
    );
    assert_eq!(table["unit"], json!({ "text": "单位：元", "factor": "1" }));
    assert_eq!(
        table["columns"][0],
        json!({
            "head": "期末余额", "field": null, "year": "2022", "taken": 1, "unclear": 0,
        })
    );
}

#[test]
fn costs_are_the_sum_of_their_lines_and_losses_are_below_nought() {
    let table = table(case!("b5-income"));
    assert_eq!(
        table["company"]["facts"],
        json!({
            "revenue": { "2022": "21577293.76", "2021": "18300000" },
            // 11602247.01 + 216336.41 + 1613461 + 4064764.11 - 15335.48, and
            // 9800000 + 190000 + 1500000 + 3500000 - 2588.83; what was spent on
            // research is within the costs of administration.
            "cost_total": { "2022": "17481473.05", "2021": "14987411.17" },
            "net_profit": { "2022": "-176002", "2021": "-90000" },
        })
    );
    let asked = places(&table);
    assert!(asked.contains(&"rd_expense_deduct.2022".to_owned()), "{asked:?}");
    assert_eq!(table["unit"]["factor"], "1");
}

#[test]
fn of_the_tax_form_only_the_sum_before_any_rate_is_taken() {
    let table = table(case!("b6-a107012"));
    assert_eq!(table["company"]["facts"], json!({ "rd_expense_deduct": { "2022": "1670000" } }));
}

#[test]
fn a_form_with_a_list_below_it_gives_both() {
    let table = table(case!("b7-sme-form"));
    assert_eq!(
        table["company"]["facts"],
        json!({
            "ip": [
                {
                    "kind": "invention", "name": "一种示例涂料", "number": "ZL201910123401.7",
                    "status": "granted",
                },
                {
                    "kind": "software", "name": "示例涂料配方管理软件V1.0",
                    "number": "2020SR0000001", "status": "granted",
                },
            ],
            "sme_staff_total": { "2022": "86" },
            "sme_staff_tech": { "2022": "24" },
            "revenue": { "2022": "21577300" },
            "cost_total": { "2022": "17486800" },
            "total_assets": { "2022": "30500000" },
        })
    );
    // Which of the two ways of counting is meant is not said.
    assert_eq!(places(&table), ["rd_expense_deduct.2022", "rd_expense_hnte.2022"]);
}

#[test]
fn a_unit_is_found_with_anything_beside_it() {
    for (text, unit, factor, revenue) in [
        (case!("b8a-unit"), "单位：元", "1", ["21577293.76", "18300000"]),
        (case!("b8m-wan"), "单位：万元", "10000", ["21577300", "18300000"]),
    ] {
        let table = table(text);
        let years = json!({ "2022": revenue[0], "2021": revenue[1] });
        assert_eq!(table["company"]["facts"], json!({ "revenue": years }));
        assert_eq!(table["unit"], json!({ "text": unit, "factor": factor }));
    }
}

#[test]
fn this_period_is_the_year_before_the_application() {
    let years = json!({ "2022": "21577293.76", "2021": "18300000" });
    assert_eq!(facts(case!("b8h-period")), json!({ "revenue": years }));
}
