//! What the tests of tables have in common.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

use std::sync::LazyLock;

use serde_json::Value;
use zice_rules::{Date, Dictionary};
use zice_tables::{cell::Own, figure::Unit, rows, sheet, sheet::Wanted};

pub const COMPANY: &str = "湖州示例科技有限公司";

/// The dictionary as its authors wrote it.
pub static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../policies/facts.toml")).expect("the dictionary")
});

/// Reads a text as the command does, with the company's name, for an
/// application in 2023.
pub fn table(text: &str) -> Value {
    named(text, COMPANY)
}

pub fn named(text: &str, name: &str) -> Value {
    let wanted = Wanted { year: 2022, ..Wanted::default() };
    let own = Own { name, unit: Unit::Yuan, day: Date::parse("2023-04-01") };
    sheet::read(rows(text), &DICTIONARY, wanted, &own).to_json()
}

/// The facts that come of a text.
pub fn facts(text: &str) -> Value {
    table(text)["company"]["facts"].clone()
}

/// The entries of the list of rights.
pub fn rights(text: &str) -> Vec<Value> {
    facts(text)["ip"].as_array().cloned().unwrap_or_default()
}

/// Where something was not understood: place and text.
pub fn unclear(table: &Value) -> Vec<(String, String)> {
    let all = table["unclear"].as_array().cloned().unwrap_or_default();
    let text = |it: &Value| it.as_str().unwrap_or("").to_owned();
    all.iter().map(|it| (text(&it["place"]), text(&it["text"]))).collect()
}
