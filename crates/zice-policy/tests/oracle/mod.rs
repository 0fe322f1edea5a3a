//! An independent reading of 科技型中小企业评价 (`tech-sme@2023`).
//!
//! It is written from the policy text alone, in plain integers: hundredths of a
//! yuan (fen) and of a person, with ratios by cross-multiplication. It shares
//! nothing with the engine except the words for outcomes. It does not reason
//! about open answers but tries them: every fact takes each value at which
//! something can turn, and one on either side of it.
//!
//! Sources: 国科发政〔2017〕115号 articles 6 to 8, 国科火字〔2022〕67号,
//! 财税〔2015〕119号 with 公告2015年第97号, and the notice of February 2023.

#![allow(dead_code)] // Each test file uses its own half.

pub mod reading;
pub mod sample;
pub mod write;

/// The largest amount a company file takes, just below 10^15, in hundredths.
pub const MOST: i128 = 100_000_000_000_000_000 - 1;
/// 500 people, in hundredths.
pub const STAFF_CAP: i128 = 500 * 100;
/// 2亿元, in fen.
pub const MONEY_CAP: i128 = 200_000_000 * 100;

pub const TOTAL: usize = 0;
pub const TECH: usize = 1;
/// The index of this answer among those of `YES_NO`.
pub const RESIDENT: usize = 0;
/// Kinds of entity that pay no enterprise income tax and so are no resident
/// enterprises.
pub const PAY_NO_TAX: [&str; 3] = ["partnership", "sole_proprietorship", "individual_business"];
pub const REVENUE: usize = 2;
pub const COST: usize = 3;
pub const ASSETS: usize = 4;
pub const RD: usize = 5;
pub const INCOME: usize = 6;
pub const BASE: usize = 7;
/// The figures the policy looks at, all yearly.
pub const AMOUNTS: [&str; 8] = [
    "sme_staff_total",
    "sme_staff_tech",
    "revenue",
    "cost_total",
    "total_assets",
    "rd_expense_deduct",
    "excluded_industry_income",
    "excluded_industry_base",
];

/// The yes-or-no questions the policy looks at; the last four open a direct
/// route.
pub const YES_NO: [&str; 12] = [
    "resident_enterprise",
    "accounts_sound",
    "audit_collection",
    "rd_accounting_ready",
    "pays_income_tax",
    "industry_restricted",
    "sme_clean_record",
    "sme_not_listed",
    "hnte_certificate_valid",
    "award_top3_5y",
    "provincial_rd_institution",
    "led_standard_5y",
];
pub const ROUTES: [&str; 4] =
    ["direct_hnte", "direct_award", "direct_institution", "direct_standard"];

/// A year, month and day.
pub type Day = (i32, u8, u8);

/// What is known of a figure: it lies between the two ends, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub lo: i128,
    pub hi: i128,
}

impl Span {
    pub const UNKNOWN: Self = Self { lo: 0, hi: MOST };

    pub const fn exactly(value: i128) -> Self {
        Self { lo: value, hi: value }
    }

    /// The number of millionths in a hundredth.
    pub const FINE: i128 = 10_000;

    /// The range in millionths, the smallest step of an answer. Companies are
    /// made in hundredths, but an open answer may turn out finer.
    pub fn fine(self) -> Self {
        let end = if self.hi == MOST { Self::FINE - 1 } else { 0 };
        Self { lo: self.lo * Self::FINE, hi: self.hi * Self::FINE + end }
    }

    /// The ends, and around each mark the three values at which a comparison
    /// with it can turn.
    pub fn corners(self, marks: impl IntoIterator<Item = i128>) -> Vec<i128> {
        if self.lo == self.hi {
            return vec![self.lo];
        }
        let near = marks.into_iter().flat_map(|mark| [mark - 1, mark, mark + 1]);
        let mut all: Vec<i128> =
            near.chain([self.lo, self.hi]).filter(|v| (self.lo..=self.hi).contains(v)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The ends, and the smallest amount above zero, where a quotient jumps.
    pub fn ends(self) -> [i128; 3] {
        [self.lo, self.hi, self.lo.max(1).min(self.hi)]
    }
}

/// An intellectual property right.
#[derive(Clone, Debug)]
pub struct Item {
    pub kind: &'static str,
    pub status: Option<&'static str>,
    pub owner: Option<&'static str>,
    pub disputed: Option<bool>,
    pub main_product: Option<bool>,
    /// The first and last day on which it may have been granted.
    pub granted: Option<(Day, Day)>,
    /// Fields said to be unknown, whatever the other fields here say. They take
    /// no default.
    pub nulls: Vec<&'static str>,
    /// A field that does not matter here, with a value of its own.
    pub noise: Option<(&'static str, &'static str)>,
}

impl Item {
    /// Every value a field can have: what was said, its default if it was left
    /// out, or any of these if it is said to be unknown.
    pub fn either<T: Copy>(&self, field: &str, said: T, any: &[T]) -> Vec<T> {
        if self.nulls.contains(&field) { any.to_vec() } else { vec![said] }
    }
}

/// The part of a company that this policy looks at.
#[derive(Clone, Debug)]
pub struct Company {
    pub as_of: Day,
    pub established: Option<Day>,
    pub entity_kind: Option<&'static str>,
    pub amounts: [Span; 8],
    pub yes_no: [Option<bool>; 12],
    pub ip: Option<Vec<Item>>,
    pub ip_complete: Option<bool>,
}

impl Company {
    /// The year of the figures: the one before the application.
    pub fn last_year(&self) -> i32 {
        self.as_of.0 - 1
    }
}
