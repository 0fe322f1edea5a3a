//! Makes companies whose figures give a ratio exactly, or are a millionth of a
//! yuan (or of a person) less or more.
//!
//! Figures are whole numbers of millionths here, and a ratio is two whole
//! numbers. Nothing is shared with the engine's fractions.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A share as two numbers: `35%` is 35 over 100.
pub type Share = (i128, i128);

/// How a ratio is made of figures.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Of {
    /// One figure over another, neither of them yearly.
    Plain { plain: (String, String) },
    /// One figure of last year over another of last year.
    Last { last: (String, String) },
    /// Three years of one figure over three years of another, which is
    /// `last_year` yuan in the last year.
    Sums { sums: (String, String), last_year: i64 },
    /// The increase over the year before: a / b - 1.
    Rise { rise: String },
    /// ½ × (second ÷ first year + third ÷ second) − 1, with the figure in
    /// `less` subtracted if there is one.
    Growth { growth: String, less: Option<String> },
    /// The same for a company without a first year: third ÷ second − 1.
    ShortGrowth { short_growth: String, less: Option<String> },
}

/// A company, and its ratio.
#[derive(Debug)]
pub struct Figures {
    pub facts: Map<String, Value>,
    /// The ratio in lowest terms, as reports write it.
    pub ratio: String,
}

/// 12,345.67 yuan in millionths.
const BASE: i128 = 12_345_670_000;
/// One yuan in millionths.
const YUAN: i128 = 1_000_000;

/// The company `step` millionths beside the share, applying in `year`.
pub fn figures(of: &Of, share: Share, step: i128, year: i32, base: Option<i128>) -> Figures {
    let base = base.map_or(BASE, |yuan| yuan * YUAN);
    let mut facts = Map::new();
    let mut add = |id: &str, back: i32, figure: i128| {
        let years = facts.entry(id).or_insert_with(|| json!({}));
        years[(year - back).to_string()] = json!(decimal(figure));
    };
    let ratio = match of {
        Of::Plain { plain: (part, whole) } => {
            let exact = times(base, share) + step;
            facts.insert(part.to_owned(), json!(decimal(exact)));
            facts.insert(whole.to_owned(), json!(decimal(base)));
            lowest(exact, base)
        }
        Of::Last { last: (part, whole) } => {
            let exact = times(base, share) + step;
            add(part, 1, exact);
            add(whole, 1, base);
            lowest(exact, base)
        }
        Of::Sums { sums: (part, whole), last_year: last } => {
            // Years differ, so that no single year has the ratio.
            let wholes = [base, 3 * base, i128::from(*last) * YUAN];
            let sum: i128 = wholes.iter().sum();
            let exact = times(sum, share) + step;
            let parts = [times(base, share) / 2, times(base, share)];
            for (back, figure) in [(3, wholes[0]), (2, wholes[1]), (1, wholes[2])] {
                add(whole, back, figure);
            }
            let rest = exact - parts[0] - parts[1];
            for (back, figure) in [(3, parts[0]), (2, parts[1]), (1, rest)] {
                add(part, back, figure);
            }
            lowest(exact, sum)
        }
        Of::Rise { rise: id } => {
            let exact = base + times(base, share) + step;
            add(id, 2, base);
            add(id, 1, exact);
            lowest(exact - base, base)
        }
        Of::Growth { growth: id, less } => {
            let second = base + times(base, share);
            let third = second + times(second, share) + step;
            for (back, figure) in [(3, base), (2, second), (1, third)] {
                net(&mut add, id, less.as_deref(), back, figure);
            }
            // The growth rate is (second / base + third / second) / 2 - 1.
            let above = second * second + base * third - 2 * base * second;
            lowest(above, 2 * base * second)
        }
        Of::ShortGrowth { short_growth: id, less } => {
            let exact = base + times(base, share) + step;
            net(&mut add, id, less.as_deref(), 2, base);
            net(&mut add, id, less.as_deref(), 1, exact);
            facts.insert("established_on".to_owned(), json!(format!("{}-02-28", year - 2)));
            lowest(exact - base, base)
        }
    };
    Figures { facts, ratio }
}

/// Adds a figure, or two whose difference it is.
fn net(
    add: &mut dyn FnMut(&str, i32, i128),
    id: &str,
    less: Option<&str>,
    back: i32,
    figure: i128,
) {
    let taken = less.map_or(0, |_| 987_654_321 * i128::from(back));
    add(id, back, figure + taken);
    if let Some(less) = less {
        add(less, back, taken);
    }
}

/// A share of a figure, which must come out in whole millionths.
fn times(figure: i128, (above, below): Share) -> i128 {
    assert_eq!(figure * above % below, 0, "{figure} × {above}/{below}");
    figure * above / below
}

/// An amount in yuan, such as `12345.670000`.
fn decimal(millionths: i128) -> String {
    assert!(millionths >= 0, "{millionths}");
    format!("{}.{:06}", millionths / YUAN, millionths % YUAN)
}

/// A fraction in lowest terms: `3/50`, `-1/7` or `2`.
pub fn lowest(above: i128, below: i128) -> String {
    let (mut a, mut b) = (above.abs(), below);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let (above, below) = (above / a, below / a);
    if below == 1 { above.to_string() } else { format!("{above}/{below}") }
}
