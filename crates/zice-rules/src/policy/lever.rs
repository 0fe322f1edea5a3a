//! Levers: real acts that a company can still take, as policy data.

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

use super::Cite;
use crate::{date::Date, fraction::Fraction, text::Text};

/// A real act that moves facts, in whole granules.
///
/// What it names are ids of the dictionary; a lever never touches a year that
/// is closed on the day of application.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Lever {
    /// Id of the lever, unique within its policy.
    pub id: String,
    /// The act, in the words of the field.
    pub act: Text,
    /// What proves the act afterwards, in the words of the field.
    pub proof: Text,
    /// The goal as a rule that holds for any figures.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub rule: Option<Text>,
    /// The rounds of application that it can still touch.
    pub rounds: Vec<Horizon>,
    /// Figures of last year that move together, seen from that round. The first
    /// one is what the act is about.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub moves: Vec<Move>,
    /// An entry that each granule adds to a list.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub adds: Option<Adds>,
    /// Ids of yes-or-no facts that the act makes true.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub sets: Vec<String>,
    /// Days of the entry that is judged which are kept to.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub starts: Option<Starts>,
    /// The most granules that are looked at, a whole number.
    pub at_most: Fraction,
    /// Days that it takes at least, if a source says so.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub lead_days: Option<u16>,
    /// Citations of the sources under which the act counts.
    pub cites: Vec<Cite>,
}

/// The round of application that something is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Horizon {
    /// The round of the day of application: its last year is closed.
    ThisRound,
    /// The round after it: the year that is running will be its last year.
    NextRound,
}

/// A figure of last year and how far one granule moves it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Move {
    /// Id of the fact by year, in the dictionary.
    pub fact: String,
    /// How far one granule moves it, in yuan or units; negative only for a
    /// result such as profit.
    pub by: Fraction,
}

/// A day of an entry that still lies ahead, and is kept to: by then something
/// has begun, such as an insurance.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Starts {
    /// Id of the list whose entries are judged one by one.
    pub list: String,
    /// Id of the field.
    pub field: String,
    /// The last day that counts.
    pub day: Date,
}

/// An entry that is added to a list.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Adds {
    /// Id of the list.
    pub list: String,
    /// Ids of fields and what the entry says there, as company files write it.
    pub says: Vec<(String, String)>,
    /// Ids of fields that are days: the day of application.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub dated: Vec<String>,
    /// Whether those days are, in the next round, the last day of the year
    /// before it: for programmes that ask for rights of an earlier year.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub year_end: bool,
}
