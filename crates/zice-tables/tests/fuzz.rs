//! Tables changed at random: nothing that reads them panics or goes on for
//! ever, and what is read is a company file.
#![allow(clippy::expect_used, clippy::panic)]

mod support;

use std::fs;

use serde_json::Value;
use support::{COMPANY, DICTIONARY};
use zice_rules::{
    Company, Date,
    company::{Problem, ProblemKind},
    dictionary::Kind,
};
use zice_tables::{cell::Own, figure::Unit, rows, sheet, sheet::Wanted};
use zice_testing::fuzz::Target;

/// The tables that are tried by hand, the browser tests' too.
fn seeds() -> Vec<String> {
    let here = env!("CARGO_MANIFEST_DIR");
    let folders = ["tests/cases", "../../tests/browser/fixtures/paste"];
    let mut paths: Vec<_> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(format!("{here}/{folder}")).expect("tables"))
        .map(|entry| entry.expect("a table").path())
        .collect();
    paths.sort();
    let read = |path| String::from_utf8_lossy(&fs::read(path).expect("a table")).into_owned();
    paths.into_iter().map(read).collect()
}

#[test]
fn a_table() {
    let target = Target {
        name: "table",
        seeds: seeds(),
        tokens: &[
            "\t",
            "\n",
            "\r\n",
            "\"",
            ",",
            "单位：万元",
            "合计",
            "其中：",
            "专利号",
            "授权日",
            "专利权人",
            "ZL202310000000.X",
            "2022年度",
            "本期金额",
            "上年同期",
            "1,234.50",
            "(12)",
            "45000",
            "已失效",
            "有效",
            "营业收入",
            "资产总计",
            "有限公司",
        ],
    };
    let day = Date::parse("2023-04-01").expect("a day");
    let lists: Vec<&str> = DICTIONARY
        .facts
        .iter()
        .filter(|fact| fact.kind == Kind::List)
        .map(|fact| fact.id.as_str())
        .collect();
    target.run(|text| {
        let own = Own { name: COMPANY, unit: Unit::Yuan, day: Some(day) };
        // The length decides, so that an input is always read the same way.
        let list = lists.get(text.len() % (lists.len() + 3)).copied();
        let wanted = Wanted { list, figures: text.len() % 5 == 0, year: 2022 };
        let read = sheet::read(rows(text), &DICTIONARY, wanted, &own).to_json();
        let file = read.get("company").expect("a company");
        let (_, problems) = Company::from_value(file, &DICTIONARY, day);
        // A table may contradict itself: that is said of the facts.
        let told = |it: &Problem| matches!(it.kind, ProblemKind::Contradiction(_));
        assert!(problems.iter().all(told), "{problems:?} in {file}");
        file.get("facts").and_then(Value::as_object).is_some_and(|facts| !facts.is_empty())
    });
}
