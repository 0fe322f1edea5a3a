//! Makes companies over the whole dictionary: those invented by hand, with some
//! answers replaced and some forgotten.

use std::{fs, path::Path, sync::LazyLock};

use serde_json::{Map, Value, json};
use zice_rules::{
    Dictionary,
    dictionary::{Domain, Fact, Kind},
};

use crate::oracle::sample::Dice;

/// Companies invented by hand that have answered nearly everything.
pub static COMPANIES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/companies");
    let files = fs::read_dir(folder).expect("the companies").map(|one| one.expect("a file").path());
    let mut files: Vec<_> =
        files.filter(|it| it.extension().is_some_and(|it| it == "json")).collect();
    files.sort();
    let read = |path| fs::read_to_string(path).expect("a company");
    files.iter().map(|path| serde_json::from_str(&read(path)).expect("JSON")).collect()
});

/// A random value that an answer of this kind can have.
pub fn value(dice: &mut Dice, domain: &Domain<'_>, year: i32) -> Value {
    let choices = |dice: &mut Dice| {
        let all: Vec<&str> = domain.values.iter().map(|one| one.id.as_str()).collect();
        dice.pick(&all).to_owned()
    };
    match domain.kind {
        Kind::Bool => json!(dice.chance(50)),
        Kind::Enum => json!(choices(dice)),
        Kind::EnumList => {
            let made = dice.below(3);
            json!((0..made).map(|_| choices(dice)).collect::<Vec<_>>())
        }
        Kind::Text if domain.digits.is_some() => json!(dice.pick(&["330500", "330200", "310000"])),
        Kind::Text => json!(dice.pick(&["", "甲"])),
        Kind::Date => {
            let away = dice.pick(&[-6, -3, -2, -1, 0, 0, 1]);
            let (year, month, day) = dice.day_of(year + away);
            json!(format!("{year:04}-{month:02}-{day:02}"))
        }
        Kind::Rate => json!(dice.pick(&["0", "0.01", "0.03", "0.04", "1"])),
        Kind::Points => json!(dice.pick(&[0, 1, 3, 4])),
        Kind::Whole => {
            let some = [1, 2, 3, 5, 40, i128::from(year) - 2, i128::from(year) - 1];
            json!(i64::try_from(dice.pick(&some)).expect("small"))
        }
        Kind::Count => json!(dice.pick(&[0, 1, 9, 10, 11, 100, 500, 501])),
        _ => {
            let sums = ["0", "1", "90000", "1000000", "50000000", "60000000", "500000000"];
            json!(dice.pick(&sums))
        }
    }
}

/// A random, complete answer to a fact.
pub fn answer(dice: &mut Dice, fact: &Fact, year: i32) -> Value {
    let entry = |dice: &mut Dice| {
        let fields = fact.fields.iter().map(|it| (it.id.clone(), value(dice, &it.domain(), year)));
        Value::Object(fields.collect())
    };
    match (fact.kind, fact.yearly) {
        (Kind::List, _) => (0..dice.below(3)).map(|_| entry(dice)).collect(),
        (Kind::Object, false) => entry(dice),
        (Kind::Object, true) => {
            let years = (1..4).map(|back| {
                let sides = fact.sides.iter().map(|side| (side.id.clone(), entry(dice)));
                ((year - back).to_string(), Value::Object(sides.collect()))
            });
            Value::Object(years.collect())
        }
        (_, true) => {
            let years = (1..4).map(|back| (year - back).to_string());
            Value::Object(years.map(|of| (of, value(dice, &fact.domain(), year))).collect())
        }
        _ => value(dice, &fact.domain(), year),
    }
}

/// Forgets some answers, and some years and fields of the others. A forgotten
/// year or field is removed or set to `null`.
pub fn forget(
    dice: &mut Dice,
    dictionary: &Dictionary,
    facts: &mut Map<String, Value>,
    per_cent: u64,
) {
    let ids: Vec<String> = facts.keys().cloned().collect();
    for id in ids {
        let Some(fact) = dictionary.fact(&id) else { continue };
        if dice.chance(per_cent) {
            facts.remove(&id);
            continue;
        }
        let Some(value) = facts.get_mut(&id) else { continue };
        let mut blank = |members: &mut Map<String, Value>| {
            let fields: Vec<String> = members.keys().cloned().collect();
            for field in fields {
                if dice.chance(per_cent / 2) {
                    members.insert(field, Value::Null);
                } else if dice.chance(per_cent / 2) {
                    members.remove(&field);
                }
            }
        };
        match value {
            Value::Array(entries) if fact.kind == Kind::List => {
                entries.iter_mut().filter_map(Value::as_object_mut).for_each(blank);
            }
            Value::Object(members) if fact.sides.is_empty() => blank(members),
            _ => {}
        }
    }
}
