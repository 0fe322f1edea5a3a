//! An independent reading of 高新技术企业认定 in Zhejiang (`hnte-zj`).
//!
//! It is written from the policy text alone, in plain integers: millionths of a
//! yuan, of a person and of a conversion, with ratios by cross-multiplication.
//! It shares nothing with the engine except the words for outcomes. Open
//! answers are tried at every value where something can turn.
//!
//! Sources: 国科发火〔2016〕32号 articles 2 and 11, 国科发火〔2016〕195号 part
//! 3, 浙高企认〔2023〕3号 and 浙经信高新〔2024〕135号 on when a right was obtained.

#![allow(dead_code)] // Each test file uses its own half.

pub mod completion;
pub mod edge;
pub mod growth;
pub mod reading;
pub mod rights;
pub mod run;
pub mod sample;
pub mod write;

/// One yuan, person or conversion, in millionths.
pub const ONE: i128 = 1_000_000;
/// The limit of figures in a file, 10^15; they must be below it.
pub const MOST: i128 = 10_i128.pow(15) * ONE;
/// From this amount on, the sample has no decimals finer than fen.
pub const FINE: i128 = 10_i128.pow(12) * ONE;
/// The upper end of an open range: more than any file can hold.
pub const ENDLESS: i128 = 10_i128.pow(30);
/// The tiers of the R&D ratio by last year's revenue: up to 5000万元, up to
/// 2亿元, and above.
pub const TIERS: [(i128, i128); 3] = [(50_000_000 * ONE, 5), (200_000_000 * ONE, 4), (ENDLESS, 3)];

pub const REVENUE: usize = 0;
pub const ASSETS: usize = 1;
pub const DEBTS: usize = 2;
pub const RD: usize = 3;
pub const DOMESTIC: usize = 4;
pub const CONVERSIONS: usize = 5;
/// Figures of the three years before the application.
pub const YEARLY: [&str; 6] = [
    "revenue",
    "total_assets",
    "total_liabilities",
    "rd_expense_hnte",
    "rd_expense_hnte_domestic",
    "conversions",
];

pub const INCOME: usize = 0;
pub const HIGHTECH: usize = 1;
pub const MAIN: usize = 2;
/// Yearly figures of which only last year's is looked at.
pub const LAST: [&str; 3] = ["total_income", "hightech_income", "main_product_income"];

pub const STAFF: usize = 0;
pub const TECH: usize = 1;
pub const CREW: [&str; 2] = ["hnte_staff_total", "hnte_staff_tech"];

pub const FIELD: usize = 0;
pub const CONDUCT: usize = 1;
pub const STANDARDS: usize = 2;
pub const FIRST: usize = 3;
pub const RESIDENT: usize = 4;
pub const YES_NO: [&str; 5] = [
    "hnte_field_listed",
    "hnte_clean_record",
    "standards_participation",
    "hnte_first_application",
    "resident_enterprise",
];

/// Facts that experts grade from A to E.
pub const GRADES: [&str; 2] = ["ip_advance", "ip_support"];
/// Points that the company gives itself, with the most there are.
pub const MGMT: [(&str, u8); 4] =
    [("mgmt_system", 6), ("mgmt_institution", 6), ("mgmt_incentive", 4), ("mgmt_talent", 4)];

/// A year, month and day.
pub type Day = (i32, u8, u8);

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of days since the beginning of 1900, by counting.
pub fn day_number((year, month, day): Day) -> i32 {
    let years: i32 = (1900..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let months: i32 = (1..month).map(|month| i32::from(days_of_month(year, month))).sum();
    years + months + i32::from(day)
}

/// The day this many days earlier, or later if negative.
pub fn days_before(day: Day, days: i32) -> Day {
    let mut rest = day_number(day) - days;
    let mut year = 1900;
    while rest > if is_leap(year) { 366 } else { 365 } {
        rest -= if is_leap(year) { 366 } else { 365 };
        year += 1;
    }
    let mut month = 1;
    while rest > i32::from(days_of_month(year, month)) {
        rest -= i32::from(days_of_month(year, month));
        month += 1;
    }
    (year, month, u8::try_from(rest).expect("a day of a month"))
}

/// What is known of a figure: it lies between the two ends, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub lo: i128,
    pub hi: i128,
}

impl Span {
    pub const UNKNOWN: Self = Self { lo: 0, hi: ENDLESS };

    pub const fn exactly(value: i128) -> Self {
        Self { lo: value, hi: value }
    }

    pub fn is_exact(self) -> bool {
        self.lo == self.hi
    }

    pub fn plus(self, other: Self) -> Self {
        Self { lo: self.lo + other.lo, hi: self.hi + other.hi }
    }

    pub fn minus(self, other: Self) -> Self {
        Self { lo: self.lo - other.hi, hi: self.hi - other.lo }
    }

    /// The part of the range from `first` to `last`.
    pub fn within(self, first: i128, last: i128) -> Option<Self> {
        let (lo, hi) = (self.lo.max(first), self.hi.min(last));
        (lo <= hi).then_some(Self { lo, hi })
    }

    /// The ends, and the values at and next to zero, where quotients jump.
    pub fn corners(self) -> Vec<i128> {
        let mut all = vec![self.lo, self.hi];
        all.extend([-1, 0, 1].into_iter().filter(|value| (self.lo..=self.hi).contains(value)));
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// An intellectual property right. A missing field has the contract's default;
/// only the kind has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    pub kind: Option<&'static str>,
    /// The first and last day on which it may have been granted.
    pub granted: Option<(Day, Day)>,
    pub status: Option<&'static str>,
    pub obtained_by: Option<&'static str>,
    pub owner: Option<&'static str>,
    pub disputed: Option<bool>,
    pub main_product: Option<bool>,
    pub used: Option<bool>,
    pub co_owner_uses: Option<bool>,
    pub foreign: Option<bool>,
    /// Fields said to be unknown, whatever the other fields here say. They take
    /// no default.
    pub nulls: Vec<&'static str>,
}

/// The part of a company that this policy looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    pub as_of: Day,
    /// The first and last day on which it may have been founded.
    pub established: Option<(Day, Day)>,
    pub entity_kind: Option<&'static str>,
    /// Figures by fact and year, the oldest year first.
    pub yearly: [[Span; 3]; 6],
    pub last: [Span; 3],
    pub crew: [Span; 2],
    pub yes_no: [Option<bool>; 5],
    pub grades: [Option<u8>; 2],
    pub mgmt: [Option<(u8, u8)>; 4],
    pub ip: Option<Vec<Item>>,
    pub ip_complete: Option<bool>,
}

impl Company {
    /// The calendar year of one of the three years.
    pub fn year(&self, at: usize) -> i32 {
        self.as_of.0 - 3 + i32::try_from(at).expect("one of three years")
    }
}
