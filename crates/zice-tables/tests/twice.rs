//! One right under several numbers, and days that are no days of a grant: no
//! right counts twice, and none from a day on which it was not granted.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{COMPANY, DICTIONARY, rights, table, unclear};
use zice_tables::{
    cell::Own,
    list::{self, Said},
};

/// The statuses of the rights of a table with these heads, whose rows are all
/// of one invention in force but for what is given.
fn statuses(heads: &str, rows: &[&str]) -> Vec<Value> {
    let row = |row: &&str| format!("一种涂料\t2019-05-11\t有效\t{COMPANY}\t{row}");
    let rows: Vec<String> = rows.iter().map(row).collect();
    let heads = format!("专利名称\t授权日\t法律状态\t专利权人\t{heads}");
    let text = format!("{heads}\n{}", rows.join("\n"));
    rights(&text).iter().map(|right| right["status"].clone()).collect()
}

#[test]
fn a_right_is_one_by_any_of_its_numbers() {
    for (heads, rows) in [
        ("专利号\t公开（公告）号", &["ZL201610123456.7\tCN107654321B", "\tCN107654321B"][..]),
        ("专利号\t公开（公告）号", &["ZL201610123456.7\tCN107654321B", "CN107654321B\t"]),
        (
            "专利号\t公告号",
            &["\tCN107654321B", "201610123456.7\t", "ZL201610123456.7\tCN107654321B"],
        ),
        (
            "申请号\t公开号\t授权公告号",
            &["201610123456.7\tCN107654321A\tCN107654321B", "\tCN107654321A\t"],
        ),
        ("公告号\t类型", &["CN107654321B\t发明", "CN 107654321 A\t发明"]),
        ("专利号\t公告号", &["201610123456.7\tCN107654321A；CN107654321B", "\tCN107654321B"]),
        ("专利号", &["ZL98112345.6", "98112345.6"]),
        ("登记号\t证书号", &["2020SR0123456\t软著登字第5001234号", "软著登字第5001234号\t"]),
    ] {
        assert_eq!(statuses(heads, rows), [json!("granted")], "{rows:?}");
    }
}

#[test]
fn rights_of_one_name_that_no_number_tells_apart_count_once() {
    for (heads, rows) in [
        ("专利号", &["CN107654321B", "ZL201610123456.7"][..]),
        ("专利号", &["ZL201610123456.7", "CN107654321B"]),
        ("公告号", &["CN107654321B", "201610123456.7", "ZL201610123456.7"]),
        ("专利号\t公告号", &["ZL201610123456.7\t", "\tCN107654321B"]),
        ("登记号", &["2020SR0123456", "软著登字第5001234号"]),
        ("专利号", &["ZL201610123456.7", ""]),
        ("发明人", &["张三", "李四"]),
    ] {
        assert_eq!(statuses(heads, rows), [json!("granted"), Value::Null], "{rows:?}");
    }
    // What the two say of it differs: neither is known to be in force.
    let text = "专利类型\t专利名称\t专利号\t法律状态\n发明\t一种涂料\tCN107654321B\t有效\n发明\t一种涂料\tZL201610123456.7\t驳回";
    let of = |right: &Value| right["status"].clone();
    assert_eq!(rights(text).iter().map(of).collect::<Vec<_>>(), [Value::Null, json!("expired")]);
    // It is told which entry it may belong to.
    let said = unclear(&table(text));
    assert!(said.contains(&("ip[0]".to_owned(), "一种涂料".to_owned())), "{said:?}");
}

#[test]
fn two_rights_of_one_name_are_two() {
    for (heads, rows) in [
        ("专利号", &["ZL201610123456.7", "ZL201610123457.5"][..]),
        ("公告号", &["CN107654321B", "CN107654322B"]),
        ("类型\t专利号", &["发明\tCN107654321B", "实用新型\tZL201620123456.7"]),
        ("登记号", &["2020SR0123456", "2020SR0123457"]),
        ("专利号\t合同编号", &["ZL201610123456.7\tHT20200001", "ZL201610123457.5\tHT20200001"]),
    ] {
        assert_eq!(statuses(heads, rows), [json!("granted"), json!("granted")], "{rows:?}");
    }
}

#[test]
fn the_user_says_that_two_are_two() {
    let fact = DICTIONARY.fact("ip").expect("the list of rights");
    let status = fact.fields.iter().position(|it| it.id == "status").expect("a field");
    let text = "专利类型\t专利名称\t专利号\t法律状态\n发明\t一种涂料\tCN107654321B\t有效\n发明\t一种涂料\tZL201610123456.7\t有效";
    let said = [Said::Cell(1, status, json!("granted"))];
    let reading = list::read(text, fact, &Own::default(), &said);
    let of = |at: usize| reading.rows[at].entry.as_ref().expect("an entry")["status"].clone();
    assert_eq!((of(0), of(1)), (json!("granted"), json!("granted")));
    assert_eq!(reading.rows[1].like, Some(0));
}

/// The day of the grant and the status of the only right of a table.
fn granted(heads: &str, row: &str) -> (Value, Value) {
    let right = rights(&format!("{heads}\n{row}"))[0].clone();
    (right["granted_on"].clone(), right["status"].clone())
}

#[test]
fn the_day_of_an_application_that_was_announced_is_none_of_a_grant() {
    for (heads, row, status) in [
        (
            "类型\t专利号\t公告日\t法律状态",
            "发明\tCN112123402A\t2020-12-30\t有效",
            json!("granted"),
        ),
        ("类型\t专利号\t公告日", "发明\tCN112123402A\t2020-12-30", Value::Null),
        ("类型\t申请号\t公告日", "发明\t202010123402.2\t2020-12-30", Value::Null),
        (
            "类型\t申请号\t公告日\t法律状态",
            "发明\t202010123402.2\t2020-12-30\t实审",
            json!("pending"),
        ),
        (
            "类型\t申请号\t公告日期\t法律状态",
            "发明\t202010123402.2\t2020-12-30\t公开",
            json!("pending"),
        ),
        ("案件类型\t申请号\t公告日", "发明公布\t202010123402.2\t2020-12-30", json!("pending")),
        ("专利号\t公告日", "202110123459X\t2020-12-30", Value::Null),
        (
            "类型\t专利号\t公开（公告）日\t法律状态",
            "发明\tCN112123402A\t2020-12-30\t有效",
            json!("granted"),
        ),
        (
            "类型\t专利号\t公布日\t法律状态",
            "发明\tCN112123402A\t2020-12-30\t实审",
            json!("pending"),
        ),
        (
            "类型\t专利号\t公布（公告）日\t法律状态",
            "发明\tCN112123402A\t2020-12-30\t公开",
            json!("pending"),
        ),
        (
            "类型\t专利号\t公开号\t公告日\t法律状态",
            "发明\tZL202010123402.2\tCN112123402A\t2020-12-30\t有效",
            json!("granted"),
        ),
        ("类型\t名称\t公告日", "植物新品种\t示例1号\t2020-12-30", Value::Null),
    ] {
        assert_eq!(granted(heads, row), (Value::Null, status), "{heads}: {row}");
    }
}

#[test]
fn the_day_on_which_a_grant_was_announced_is_its_day() {
    for (heads, row) in [
        ("类型\t专利号\t授权公告日\t法律状态", "发明\tCN112123402A\t2020-12-30\t有效"),
        ("类型\t专利号\t公告日", "发明\tZL202010123402.2\t2020-12-30"),
        ("类型\t公告号\t公告日", "发明\tCN112123402B\t2020-12-30"),
        ("类型\t申请号\t公告日\t法律状态", "发明\t202010123402.2\t2020-12-30\t有效"),
        ("类型\t申请号\t公告日", "实用新型\t202020123402.2\t2020-12-30"),
        ("类型\t名称\t公告日", "外观设计\t包装盒\t2020-12-30"),
        ("申请号\t公告日", "202020123402.2\t2020-12-30"),
        (
            "类型\t申请号\t公开号\t公开日\t公告日\t法律状态",
            "发明\t202010123402.2\tCN112123402A\t2020-06-30\t2020-12-30\t有效",
        ),
        (
            "类型\t申请号\t公开号\t公告号\t公告日",
            "发明\t202010123402.2\tCN112123402A\tCN112123402B\t2020-12-30",
        ),
    ] {
        assert_eq!(granted(heads, row), (json!("2020-12-30"), json!("granted")), "{heads}: {row}");
    }
}
