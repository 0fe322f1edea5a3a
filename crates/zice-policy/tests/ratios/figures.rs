//! Companies whose figures come to a ratio exactly, or to a millionth of a
//! yuan (of a person) less or more.
//!
//! Figures are whole numbers of millionths here, and ratios two whole numbers:
//! nothing is shared with the fractions of the engine.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A share: `35%` is 35 over 100.
pub type Share = (i128, i128);

/// How a ratio is made of figures.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Of {
    /// One figure over another, neither by years.
    Plain { plain: (String, String) },
    /// One figure of last year over another.
    Last { last: (String, String) },
    /// Three years of one over three years of another; of the latter so many
    /// yuan in the last year.
    Sums { sums: (String, String), last_year: i64 },
    /// What came on top of the year before: a / b - 1.
    Rise { rise: String },
    /// ½ × (second ÷ first year + third ÷ second) − 1, less what is named.
    Growth { growth: String, less: Option<String> },
    /// The same of a company without a first year: third ÷ second − 1.
    ShortGrowth { short_growth: String, less: Option<String> },
}

/// A company, and what its ratio is.
#[derive(Debug)]
pub struct Figures {
    pub facts: Map<String, Value>,
    /// In lowest terms, as reports write it.
    pub ratio: String,
}

/// 12,345.67 yuan.
const BASE: i128 = 12_345_670_000;
/// A yuan in millionths.
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
            // Not the same in every year, so that no single year is the ratio.
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
            // (second / base + third / second) / 2 - 1
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

/// A figure, or two whose difference it is.
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

/// `12345.670000`
fn decimal(millionths: i128) -> String {
    assert!(millionths >= 0, "{millionths}");
    format!("{}.{:06}", millionths / YUAN, millionths % YUAN)
}

/// `3/50`, `-1/7`, `2`.
pub fn lowest(above: i128, below: i128) -> String {
    let (mut a, mut b) = (above.abs(), below);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let (above, below) = (above / a, below / a);
    if below == 1 { above.to_string() } else { format!("{above}/{below}") }
}
