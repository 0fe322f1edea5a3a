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
    /// How the figures are averaged over the year, for head counts: who comes late
    /// counts in part, or not at all. A granule is a person who starts on the day of
    /// asking.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub mean: Option<Mean>,
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
    /// Whether the act has to begin at once, on the day of asking, to count in full.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub at_once: bool,
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

/// A figure of a year that is the mean of its periods, of which each is the mean
/// of its first and last day.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Mean {
    /// How many periods of equal length the year has: 4 quarters, 12 months.
    pub periods: u8,
    /// The fewest days of the year that a person has to work to count at all.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub least_days: Option<u16>,
}

impl Mean {
    /// Returns the share of the year in which somebody counts who starts on a day
    /// and stays: whole for each period from its first day on, half for the period
    /// that has begun. Zero for who can't reach the fewest days. Four decimals, cut
    /// off, so that a mean can be written in a company file and is never too high.
    ///
    /// ```
    /// use zice_rules::{date::Date, fraction::Fraction, policy::Mean};
    ///
    /// let quarters = Mean { periods: 4, least_days: None };
    /// let day = |text| Date::parse(text).unwrap();
    /// assert_eq!(Some(quarters.share(day("2025-07-01"))), Fraction::new(1, 2));
    /// assert_eq!(Some(quarters.share(day("2025-12-01"))), Fraction::new(1, 8));
    /// let months = Mean { periods: 12, least_days: Some(183) };
    /// assert_eq!(Some(months.share(day("2025-07-02"))), Fraction::new(4583, 10_000));
    /// assert!(months.share(day("2025-07-03")).is_zero());
    /// ```
    pub fn share(&self, start: Date) -> Fraction {
        if self.last_start(start.year()).is_some_and(|last| start > last) {
            return Fraction::ZERO;
        }
        let months = 12_u8.checked_div(self.periods).unwrap_or(12).max(1);
        let (month, day) = (start.month(), start.day());
        let before = month.saturating_sub(1);
        let period = before.checked_div(months).unwrap_or_default();
        let begins = before.checked_rem(months) == Some(0) && day == 1;
        let left = self.periods.saturating_sub(period);
        let halves = i128::from(left).saturating_mul(2).saturating_sub(i128::from(!begins));
        let whole = i128::from(self.periods).saturating_mul(2);
        let cut = halves.saturating_mul(DECIMALS).checked_div(whole).unwrap_or_default();
        Fraction::new(cut, DECIMALS).unwrap_or(Fraction::ZERO)
    }

    /// Returns the last day on which who starts counts as much as who starts on a
    /// day: the last of the period that has begun; that day itself, where it begins
    /// one.
    pub fn last_alike(&self, start: Date) -> Date {
        let share = self.share(start);
        let days = (start.day_number()..).map_while(Date::from_day_number);
        let alike = days.take_while(|it| it.year() == start.year() && self.share(*it) == share);
        alike.last().unwrap_or(start)
    }

    /// Returns the last day of a year on which somebody can start and still work
    /// the fewest days; `None` where there are none.
    pub fn last_start(&self, year: i32) -> Option<Date> {
        let end = Date::from_ymd(year, 12, 31)?.day_number();
        let days = i32::from(self.least_days?).saturating_sub(1);
        Date::from_day_number(end.saturating_sub(days))
    }
}

/// Four decimals.
const DECIMALS: i128 = 10_000;

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

/// An entry that is added to a list, or finished there.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Adds {
    /// Id of the list.
    pub list: String,
    /// Ids of fields and what the entry says there, as company files write it.
    pub says: Vec<(String, String)>,
    /// Id of a field and what an entry says there while it waits. With it no entry
    /// is new: one that is there, says the same, and waits, is finished.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub waits: Option<(String, String)>,
    /// Ids of fields that are days: the day of application.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub dated: Vec<String>,
    /// Whether those days are, in the next round, the last day of the year
    /// before it: for programmes that ask for rights of an earlier year.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "core::ops::Not::not"))]
    pub year_end: bool,
}
