//! Real tables, as Excel and WPS put them into the clipboard.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

use serde_json::{Value, json};
use zice_rules::{Date, Dictionary, dictionary::Kind};

use zice_tables::{
    cell::{self, Own},
    figure::Unit,
    fill::{self, Fill, fill, keys},
    list::{Reading, Said, read},
    rows,
};

const COMPANY: &str = "湖州示例科技有限公司";
const CNIPA: &str = include_str!("../../../tests/browser/fixtures/paste/cnipa.tsv");
const WPS: &str = include_str!("../../../tests/browser/fixtures/paste/wps.tsv");
const ENGLISH: &str = include_str!("../../../tests/browser/fixtures/paste/english.tsv");
const HEADLESS: &str = include_str!("../../../tests/browser/fixtures/paste/headless.tsv");
const UNKNOWN: &str = include_str!("../../../tests/browser/fixtures/paste/unknown.tsv");
const MATERIALS: &str = include_str!("../../../tests/browser/fixtures/paste/materials.tsv");
const CONTRACTS: &str = include_str!("../../../tests/browser/fixtures/paste/contracts.tsv");
const YEARS: &str = include_str!("../../../tests/browser/fixtures/paste/years.tsv");

fn dictionary() -> Dictionary {
    toml::from_str(include_str!("../../../policies/facts.toml")).expect("the dictionary")
}

fn reading(text: &str, list: &str, said: &[Said], unit: Unit) -> Reading {
    let dictionary = dictionary();
    let fact = dictionary.fact(list).expect("a list");
    read(text, fact, &Own { name: COMPANY, unit, day: Date::parse("2023-04-01") }, said)
}

/// The position of a field of the list of rights.
fn at(id: &str) -> usize {
    let dictionary = dictionary();
    let fact = dictionary.fact("ip").expect("a list");
    fact.fields.iter().position(|field| field.id == id).expect("a field")
}

fn ip(text: &str) -> Reading {
    reading(text, "ip", &[], Unit::Yuan)
}

fn entries(reading: &Reading) -> Value {
    reading.rows.iter().filter_map(|row| row.entry.clone()).collect()
}

/// What was not understood, as it was pasted.
fn marked(reading: &Reading) -> Vec<&str> {
    let rows = reading.rows.iter().filter(|row| row.entry.is_some());
    let cells = rows.flat_map(|row| row.cells.iter().zip(&row.texts));
    let marked = cells.filter(|(cell, _)| matches!(cell, cell::Cell::Unclear | cell::Cell::Asks));
    marked.map(|(_, text)| text.as_str()).collect()
}

/// The fields of the columns, by their ids; nothing where none was found.
fn fields(reading: &Reading, list: &str) -> Vec<String> {
    let dictionary = dictionary();
    let fact = dictionary.fact(list).expect("a list");
    let id = |at: usize| fact.fields.get(at).map_or("", |field| &field.id);
    let mut ids = Vec::new();
    for column in &reading.columns {
        ids.push(column.field.map_or(if column.twice { "twice" } else { "" }, id).to_owned());
    }
    ids
}

#[test]
fn a_list_of_the_patent_office_is_read_and_what_is_uncertain_is_marked() {
    let reading = ip(CNIPA);
    assert_eq!(
        fields(&reading, "ip"),
        ["", "number", "name", "kind", "", "", "granted_on", "status", "owner", ""]
    );
    assert!(marked(&reading).is_empty());
    assert_eq!((reading.count, reading.marked), (5, 0));
    let entries = entries(&reading);
    assert_eq!(
        entries[0],
        json!({
            "kind": "invention", "name": "一种耐磨涂料及其制备方法", "number": "ZL201910123456.7",
            "granted_on": "2021-05-11", "status": "granted", "owner": "company",
        })
    );
    assert_eq!(entries[2]["status"], "expired");
    assert_eq!(entries[4]["status"], "expired", "what was refused is no right");
    let pending = json!({
        "kind": "invention", "name": "一种水性涂料", "number": "202110123459.0", "granted_on": null,
        "status": "pending", "owner": "co_owned",
    });
    assert_eq!(entries[3], pending, "the company and another");
}

#[test]
fn a_sheet_with_a_title_and_line_breaks_is_read_and_its_sum_is_no_entry() {
    let reading = ip(WPS);
    assert_eq!(
        fields(&reading, "ip"),
        ["", "kind", "name", "number", "granted_on", "obtained_by", "main_product"]
    );
    assert_eq!(reading.rows.len(), 6, "the blank rows are none");
    assert_eq!((reading.count, reading.marked), (5, 2));
    assert_eq!(marked(&reading), ["2020.12", "不清楚"]);
    let entries = entries(&reading);
    let days: Vec<&Value> =
        entries.as_array().into_iter().flatten().map(|it| &it["granted_on"]).collect();
    assert_eq!(json!(days), json!(["2021-05-11", "2019-12-20", "2020-02-03", "2021-03-04", null]));
    assert_eq!(entries[1]["name"], "一种 涂布装置");
    assert_eq!(entries[3]["name"], "\"湖涂\"生产管理软件");
    assert_eq!(entries[3]["main_product"], false);
    assert_eq!(
        entries[4],
        json!({
            "kind": "ic_layout", "number": "BS.205012345", "granted_on": null, "status": null,
            "obtained_by": "own", "main_product": null,
        })
    );
}

#[test]
fn a_day_that_may_be_in_may_or_in_june_is_asked_once_a_column() {
    let asked = ip(ENGLISH);
    assert_eq!(fields(&asked, "ip"), ["name", "kind", "number", "granted_on", "status", "owner"]);
    let ways: Vec<(char, &str, &str)> = asked.columns[3]
        .asks
        .iter()
        .map(|(way, text, day)| (*way, text.as_str(), day.as_str()))
        .collect();
    assert_eq!(ways, [('d', "05/06/2021", "2021-06-05"), ('m', "05/06/2021", "2021-05-06")]);
    assert_eq!(entries(&asked)[0].get("granted_on"), Some(&Value::Null), "unknown, not missing");
    assert_eq!(entries(&asked)[1]["granted_on"], "2019-12-20", "there is no twentieth month");
    for (way, days) in [('d', ["2021-06-05", "2020-11-03"]), ('m', ["2021-05-06", "2020-03-11"])] {
        let read = entries(&reading(ENGLISH, "ip", &[Said::Order(3, way)], Unit::Yuan));
        assert_eq!([&read[0]["granted_on"], &read[2]["granted_on"]], days);
        assert_eq!(read[1]["granted_on"], "2019-12-20");
    }
}

#[test]
fn without_heads_only_choices_tell_a_column_and_a_number_is_no_day_unless_the_user_says_so() {
    let found = ip(HEADLESS);
    assert_eq!(fields(&found, "ip"), ["", "", "kind", "", "", ""]);
    let asked = reading(
        HEADLESS,
        "ip",
        &[Said::Field(1, at("name")), Said::Field(3, at("granted_on")), Said::Ignored(0)],
        Unit::Yuan,
    );
    assert_eq!(marked(&asked), ["44317", "44500"]);
    assert!(asked.columns[0].ignored);
    let said = reading(
        HEADLESS,
        "ip",
        &[Said::Field(3, at("granted_on")), Said::Order(3, 's')],
        Unit::Yuan,
    );
    let days = entries(&said);
    assert_eq!(
        [&days[0]["granted_on"], &days[1]["granted_on"], &days[2]["granted_on"]],
        ["2021-05-01", "2021-10-31", "2021-07-08"]
    );
}

#[test]
fn of_two_columns_for_one_field_neither_is_read_until_one_is_left() {
    let both = ip(UNKNOWN);
    assert_eq!(
        both.columns.iter().map(|it| it.twice).collect::<Vec<bool>>(),
        [false, false, false, true, true, false]
    );
    // The column of names and the remarks may be about anything.
    let unknown = json!({
        "kind": "invention", "granted_on": null, "status": null, "obtained_by": null, "owner": null,
        "disputed": null, "main_product": null, "used_for_hnte": null, "co_owner_uses": null,
        "foreign": null,
    });
    assert_eq!(entries(&both)[0], unknown);
    let one = reading(UNKNOWN, "ip", &[Said::Ignored(4), Said::Field(5, at("name"))], Unit::Yuan);
    assert_eq!(entries(&one)[0]["granted_on"], "2021-05-11");
    assert_eq!(entries(&one)[0]["name"], "=cmd|' /C calc'!A0", "a formula is text");
    assert_eq!(entries(&one)[1]["name"], "<img src=x onerror=alert(1)>");
    let neither = reading(UNKNOWN, "ip", &[Said::Ignored(4), Said::Open(3)], Unit::Yuan);
    assert!(!neither.columns[3].ignored && neither.columns[3].field.is_none());
}

#[test]
fn units_of_heads_and_cells_are_calculated_exactly_and_unknown_ones_marked() {
    let reading = reading(MATERIALS, "materials", &[], Unit::Yuan);
    assert_eq!(
        fields(&reading, "materials"),
        [
            "name",
            "catalogue",
            "insured_amount",
            "contract_amount",
            "premium_rate",
            "premium_paid",
            "buyer_affiliated"
        ]
    );
    assert!(reading.columns[5].odd_unit);
    let entries = entries(&reading);
    assert_eq!(
        entries[0],
        json!({
            "name": "高性能聚酰亚胺薄膜", "catalogue": ["2021", "2024"], "insured_amount": "50000000",
            "contract_amount": "80000000", "premium_paid": null, "premium_rate": "0.03",
            "buyer_affiliated": false,
        })
    );
    assert_eq!(entries[1]["contract_amount"], "120000000");
    assert_eq!(entries[1]["insured_amount"], "60000000");
    assert_eq!(entries[1]["premium_rate"], "0.025");
    assert_eq!(marked(&reading), ["12", "8", "2019版", "约五千", "7"]);
    assert_eq!(entries[2]["contract_amount"], "800000000000");
}

#[test]
fn figures_are_read_with_their_units_and_never_half() {
    let money = |text, head| cell::figure(text, Kind::Money, head, Unit::Yuan);
    for (text, head, figure) in [
        ("1,234.5", "万元", Some("12345000")),
        ("￥ 1,234.50", "", Some("1234.50")),
        ("（200）", "元", Some("-200")),
        ("(1,234.5) 万元", "万元", Some("-12345000")),
        ("−5", "千元", Some("-5000")),
        ("1,5", "元", None),
        ("1230万", "万元", None),
        ("7", "百万元", Some("7000000")),
        ("0.1", "亿元", Some("10000000")),
        ("12 万", "", Some("120000")),
        ("１２．５万元", "万元", Some("125000")),
        ("0.000001", "亿", Some("100")),
        ("12万元", "元", None),
        ("12万美元", "", None),
        ("12", "千美元", None),
        ("12", "10000元", None),
        ("12", "RMB", Some("12")),
        ("12", "人民币万元", Some("120000")),
        ("1.23E+08", "", None),
        ("约3000", "", None),
        ("3000左右", "", None),
        ("-", "", None),
        ("########", "", None),
        ("99999999", "亿元", None),
    ] {
        assert_eq!(money(text, head).as_deref(), figure, "{text} {head}");
    }
    let typed = |text, kind, head| cell::figure(text, kind, head, Unit::TenThousand);
    assert_eq!(typed("12", Kind::Money, "").as_deref(), Some("120000"));
    assert_eq!(typed("12元", Kind::Money, "").as_deref(), Some("12"));
    assert_eq!(typed("12", Kind::Money, "元").as_deref(), Some("12"));
    assert_eq!(typed("12万", Kind::Money, ""), None, "which of two is asked where it is typed");
    assert_eq!(typed("2021年", Kind::Whole, "").as_deref(), Some("2021"));
    assert_eq!(typed("3万", Kind::Whole, ""), None);
}

#[test]
fn rows_are_parted_as_excel_writes_them() {
    let cells = |text: &str| rows(text);
    assert_eq!(cells("\u{feff}a\tb\r\nc\td\r\n\r\n\t\r\n"), [["a", "b"], ["c", "d"]]);
    assert_eq!(cells("\"a\tb\nc\"\t\"d\"\"e\"\r\n"), [["a b c", "d\"e"]]);
    assert_eq!(cells("\"12寸\"晶圆\tx\n\"\ty"), [["\"12寸\"晶圆", "x"], ["\"", "y"]]);
    assert_eq!(cells("a\t\tb\nc\t\td"), [["a", "b"], ["c", "d"]], "a blank column is none");
    assert_eq!(cells("a,b\nc,d"), [["a", "b"], ["c", "d"]]);
    assert_eq!(cells("a;b,c\nd;e"), [["a", "b,c"], ["d", "e"]]);
    assert_eq!(cells("1,234\n2,345"), [["1,234"], ["2,345"]], "amounts are not parted");
    assert_eq!(cells("甲,乙\n丙"), [["甲,乙"], ["丙"]], "not clear");
    assert!(cells("").is_empty() && cells(" \t\r\n").is_empty());
    assert_eq!(cells("a\u{0}b\u{1b}[31m\tc"), [["a b [31m", "c"]]);
}

#[test]
fn nothing_that_is_pasted_breaks_the_reading() {
    let long = "长".repeat(100_000);
    let many = "1\t2\n".repeat(3000);
    for text in [
        "\"",
        "\t\"\"\t\"",
        "\r\r\n",
        &long,
        &many,
        "\u{202e}甲\t\u{2066}",
        "专利类型",
        "专利类型\t",
    ] {
        let reading = ip(text);
        assert!(reading.count <= reading.rows.len(), "{}", text.len());
    }
    let five_hundred = format!("专利类型\t授权日\n{}", "实用新型\t2021-05-01\n".repeat(500));
    assert_eq!(ip(&five_hundred).count, 500);
}

/// What a block becomes in the years 2022, 2021, 2020 of a fact.
fn of_years(text: &str, fact: &str) -> Vec<Vec<(String, Option<String>)>> {
    let dictionary = dictionary();
    let fact = dictionary.fact(fact).expect("a fact");
    let keys = keys(fact, &[], &[2022, 2021, 2020]);
    plain(fill(rows(text), &keys, (0, 0), Unit::Yuan))
}

/// The figures alone, without what their row is called.
fn by_year(text: &str, fact: &str) -> Vec<Vec<(String, Option<String>)>> {
    let mut ways = of_years(text, fact);
    for way in &mut ways {
        way.retain(|(place, _)| !place.is_empty());
    }
    ways
}

fn plain(fills: Vec<Fill>) -> Vec<Vec<(String, Option<String>)>> {
    let value = |value: Value| value.as_str().unwrap_or("").to_owned();
    let one = |fill: Fill| fill.into_iter().map(|it| (it.place, it.value.map(value))).collect();
    fills.into_iter().map(one).collect()
}

fn told(cells: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    cells.iter().map(|(place, value)| ((*place).to_owned(), Some((*value).to_owned()))).collect()
}

#[test]
fn years_at_the_head_tell_which_figure_is_which() {
    let revenue = told(&[("2020", "12345000"), ("2021", "15000000"), ("2022", "-2000000")]);
    assert_eq!(by_year(YEARS, "revenue"), [revenue]);
    for text in [
        "2022年\t2021年\t2020年\n3\t2\t1",
        "2022\t2021\t2020\n3\t2\t1",
        "年度\t金额\n2022年度\t3\n2021年度\t2\n2020年度\t1\n2019年度\t9\n",
        "２０２２年 \t3\n2021年\t2\n2020年\t1",
        "项目\t2023\t2022\t2021\t2020\t2019\n销售收入\t8\t3\t2\t1\t0",
    ] {
        let three = told(&[("2022", "3"), ("2021", "2"), ("2020", "1")]);
        assert_eq!(by_year(text, "revenue"), [three], "{text}");
    }
    let unit = "\t2022年（亿元）\t2021年（万元）\n收入\t0.5\t7";
    assert_eq!(by_year(unit, "revenue"), [told(&[("2022", "50000000"), ("2021", "70000")])]);
    let above = "单位：万元\t\n2022年\t2021年\n5\t7";
    assert_eq!(by_year(above, "revenue"), [told(&[("2022", "50000"), ("2021", "70000")])]);
}

#[test]
fn without_years_both_orders_are_offered_and_what_does_not_fit_is_not_taken() {
    let newest = told(&[("2022", "1"), ("2021", "2"), ("2020", "3")]);
    let oldest = told(&[("2020", "1"), ("2021", "2"), ("2022", "3")]);
    for text in ["1\t2\t3", "1\n2\n3\n", "销售收入\t1\t2\t3\r\n"] {
        assert_eq!(by_year(text, "revenue"), [newest.clone(), oldest.clone()], "{text}");
    }
    let unit = by_year("销售收入（万元）\t1\t2\t3", "revenue");
    assert_eq!(unit[0][0].1.as_deref(), Some("10000"));
    for text in [
        "1\t2",
        "1\t2\t3\t4",
        "1\t2\t3\n4\t5\t6",
        "甲\t乙",
        "2022年\t2021年\n1\t2\n3\t4",
        "2022\t2022\t2021\n1\t2\t3",
    ] {
        assert_eq!(by_year(text, "revenue"), Vec::<Vec<_>>::new(), "{text}");
    }
    // Another name: taken only to be checked.
    let other = of_years("项目\t2022\t2021\n净利润\t3\t2", "revenue");
    assert_eq!(other[0].last(), Some(&(String::new(), Some(String::new()))));
    let unclear = by_year("2022年\t2021年\n约三千\t2", "revenue");
    assert_eq!(
        unclear,
        [vec![("2022".to_owned(), None), ("2021".to_owned(), Some("2".to_owned()))]]
    );
}

#[test]
fn figures_by_field_and_side_are_matched_by_their_labels_or_asked() {
    let dictionary = dictionary();
    let fact = dictionary.fact("contract_figures").expect("figures");
    let fields: Vec<usize> = (0..fact.fields.len()).collect();
    let keys = keys(fact, &fields, &[]);
    let block =
        |text: &str, from: &str| plain(fill(rows(text), &keys, keys.start(from), Unit::Yuan));
    assert_eq!(
        block(CONTRACTS, "")[0]
            .iter()
            .filter(|(place, _)| !place.is_empty())
            .cloned()
            .collect::<Vec<_>>(),
        told(&[
            ("expense.written_count", "85"),
            ("income.written_count", "120"),
            ("expense.written_amount", "21005000"),
            ("income.written_amount", "34000000"),
            ("income.carried_over_count", "6"),
            ("expense.model_text_amount", "1000000"),
            ("income.model_text_amount", "2000000"),
        ])
    );
    // A row of another name is told.
    assert_eq!(block(CONTRACTS, "")[0].last(), Some(&(String::new(), None)));
    let two = block("120\t85\n3400\t2100", "-income-written_count");
    assert_eq!(two.len(), 2);
    assert_eq!(
        two[0],
        told(&[
            ("income.written_count", "120"),
            ("expense.written_count", "85"),
            ("income.written_amount", "3400"),
            ("expense.written_amount", "2100"),
        ])
    );
    assert_eq!(two[1][0], ("expense.written_count".to_owned(), Some("120".to_owned())));
    let down = block("5\n6", "-expense-carried_over_count");
    assert_eq!(
        down,
        [told(&[("expense.carried_over_count", "5"), ("expense.carried_over_amount", "6")])]
    );
    assert!(block("1\t2\t3\n4\t5\t6", "").is_empty());
    // Rows that are called something else are not those that are asked.
    assert!(
        block("项目\t收入性合同\t支出性合同\n净利润\t100\t200\n员工人数\t30\t40", "").is_empty()
    );
    // A dash is no name.
    assert_eq!(block("120\t—\n3400\t2100", "-income-written_count").len(), 2);
}

/// What the figures of a fact are in the years 2022 and 2021.
fn of_statement_in(text: &str, fact: &str) -> Option<Vec<(String, Option<String>)>> {
    let dictionary = dictionary();
    let at = dictionary.position(fact).expect("a fact");
    let own = Own { name: COMPANY, ..Own::default() };
    let said = fill::of_statement(&rows(text), &dictionary, at, &[2022, 2021], 2022, &own);
    said.map(|fill| plain(vec![fill]).remove(0))
}

#[test]
fn a_whole_statement_pasted_into_one_fact_gives_its_figures_and_no_number_of_a_line() {
    let statement = include_str!("cases/b5-income.tsv");
    let two = |a: &str, b: &str| Some(told(&[("2022", a), ("2021", b)]));
    assert_eq!(of_statement_in(statement, "revenue"), two("21577293.76", "18300000"));
    assert_eq!(of_statement_in(statement, "cost_total"), two("17481473.05", "14987411.17"));
    // It says nothing of the debts, and its columns are no ways to guess from.
    assert_eq!(of_statement_in(statement, "total_liabilities"), Some(Vec::new()));
    let asked = of_statement_in(statement, "rd_expense_deduct").expect("a way");
    assert!(asked.iter().all(|(_, value)| value.is_none()) && asked.len() == 2);
    // A block without names is none of a statement.
    assert_eq!(of_statement_in("3\t2", "revenue"), None);
    assert_eq!(of_statement_in("营业收入\t3\t2", "revenue"), None);
    assert_eq!(of_statement_in("2022年\t2021年\n3\t2", "revenue"), None);
    let month = of_statement_in("项目\t本月金额\n营业收入\t3", "revenue");
    assert_eq!(month, Some(vec![(String::new(), None)]));
    // What was not audited, or which of two is, is not guessed.
    assert_eq!(of_statement_in("2022年度（未审）\n3", "revenue"), Some(Vec::new()));
    assert_eq!(of_statement_in("未审数\t审定数\n3\t2", "revenue"), Some(Vec::new()));
    assert_eq!(of_statement_in("2022年（经审计）\t2021年（经审计）\n3\t2", "revenue"), None);
}
