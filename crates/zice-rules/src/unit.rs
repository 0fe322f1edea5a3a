//! Units of the numbers that formulas calculate.

#[cfg(feature = "serde")]
use serde::Serialize;

use crate::read_names;

/// What a number is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Unit {
    /// A pure ratio: 0.25 is 25 %.
    Ratio,
    /// An amount of money in yuan.
    Yuan,
    /// A count of people, rights, projects and the like.
    Count,
    /// A calendar day, as its day number.
    Date,
    /// A length of time in days.
    Days,
    /// A calendar year, such as 2025.
    Year,
    /// Points of a criterion or total.
    Points,
    /// How often something turns over in a year; 1.25 is shown as 1.25 times.
    Times,
}

read_names! {
    Unit {
        "ratio" => Ratio, "yuan" => Yuan, "count" => Count, "date" => Date, "days" => Days, "year" => Year,
        "points" => Points, "times" => Times,
    }
}
