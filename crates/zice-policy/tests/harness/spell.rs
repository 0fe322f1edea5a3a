//! Spells amounts, days and estimates in the ways people write them.

use super::known::Between;
use crate::oracle::{Day, sample::Dice, write::day};

/// One yuan in millionths, the smallest unit of an amount.
pub const YUAN: i128 = 1_000_000;

/// An amount in yuan without trailing zeros.
pub fn plain(amount: i128) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, rest) = (amount.abs() / YUAN, amount.abs() % YUAN);
    let text = format!("{sign}{whole}.{rest:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An amount in one of its spellings, as JSON.
pub fn amount(dice: &mut Dice, amount: i128) -> String {
    let text = match dice.below(10) {
        6 => format!("{amount}e-6"),
        7 => format!("{amount}E-06"),
        8 => {
            let text = plain(amount);
            if text.contains('.') { text } else { format!("{text}.00") }
        }
        9 if amount % YUAN == 0 && (amount / YUAN) % 10_000 == 0 => {
            format!("{}e4", amount / YUAN / 10_000)
        }
        _ => plain(amount),
    };
    if dice.chance(25) { text } else { format!("\"{text}\"") }
}

/// A whole number in one of its spellings, as JSON.
pub fn whole(dice: &mut Dice, number: i32) -> String {
    match dice.below(8) {
        6 => format!("\"{number}\""),
        7 => format!("{number}.0"),
        _ => number.to_string(),
    }
}

pub fn quoted_day(_: &mut Dice, date: Day) -> String {
    format!("\"{}\"", day(date))
}

/// A value or range, as JSON; `None` if nothing is known.
pub fn between<T: Copy + Ord>(
    dice: &mut Dice,
    value: Between<T>,
    spell: fn(&mut Dice, T) -> String,
) -> Option<String> {
    match (value.lo, value.hi) {
        (None, None) => None,
        (Some(lo), Some(hi)) if lo == hi && !dice.chance(5) => Some(spell(dice, lo)),
        (lo, hi) => {
            let ends = [("min", lo), ("max", hi)];
            let ends = ends.into_iter().filter_map(|(id, end)| Some((id, end?)));
            let ends: Vec<String> =
                ends.map(|(id, end)| format!("\"{id}\":{}", spell(dice, end))).collect();
            Some(format!("{{{}}}", ends.join(",")))
        }
    }
}

/// An object with its fields in random order. A field without a value is left
/// out or set to `null`.
pub fn object(dice: &mut Dice, fields: Vec<(&str, Option<String>)>) -> String {
    let mut given = Vec::new();
    for (id, value) in fields {
        match value {
            Some(value) => given.push(format!("\"{id}\":{value}")),
            None if dice.chance(15) => given.push(format!("\"{id}\":null")),
            None => {}
        }
    }
    dice.shuffle(&mut given);
    format!("{{{}}}", given.join(","))
}

pub fn list(entries: &[String]) -> String {
    format!("[{}]", entries.join(","))
}

pub fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
