//! An independent reading of 浙江省 AAA 级“守合同重信用”企业公示 (`aaa-zj`).
//!
//! It is written from the text alone: 《浙江省“守合同重信用”企业公示办法》
//! articles 5 to 8 as the county notices repeat them, and the provincial notice
//! of January 2023, with the years moved with the year of application. It
//! shares nothing with the engine: whatever a company leaves open is tried in
//! every way it can turn out.

pub mod questions;
pub mod ratios;
pub mod reading;
pub mod sample;
pub mod write;

use crate::{harness::known::Between, oracle::Day};

/// Conditions that a single answer decides, as pairs of criterion and fact.
pub const PLAIN: [(&str, &str); 6] = [
    ("contract_rules", "contract_rules_sound"),
    ("contract_performance", "contract_no_major_breach"),
    ("business_results", "business_results_good"),
    ("contract_system", "contract_system_complete"),
    ("contract_volume", "contract_volume_ok"),
    ("contract_digital", "contract_digital"),
];

/// Papers that are required only in some cases.
pub const PAPERS: [&str; 5] = [
    "loss_explanation",
    "debt_explanation",
    "violation_explanation",
    "backbone_statement",
    "priority_document",
];

pub const LEVELS: [&str; 3] = ["A", "AA", "AAA"];

/// A serious violation (art. 8).
#[derive(Clone, Debug)]
pub struct Violation {
    pub decided: Between<Day>,
    pub intentional: Option<bool>,
    pub repaired: Option<bool>,
    pub statement: Option<bool>,
}

/// An earlier listing: its level as an index into `LEVELS`, and its year.
#[derive(Clone, Debug)]
pub struct Listing {
    pub level: Option<usize>,
    pub year: Between<i32>,
}

/// A statement about the company by its industry's authority or association.
#[derive(Clone, Debug)]
pub struct Statement {
    pub issuer: Option<&'static str>,
    pub total: Between<i32>,
    pub rank: Between<i32>,
    pub contact: Option<&'static str>,
    pub phone: Option<&'static str>,
    /// Fields that the document leaves blank, whatever the other fields here
    /// say.
    pub lacks: Vec<&'static str>,
}

/// The part of a company that this policy looks at. Amounts are in millionths
/// of a yuan.
#[derive(Clone, Debug)]
pub struct Company {
    pub as_of: Day,
    pub established: Between<Day>,
    pub kind: Option<&'static str>,
    pub branch_independent: Option<bool>,
    pub as_enterprise: Option<bool>,
    pub full_years: Between<i32>,
    /// The answers to the facts of `PLAIN`, in its order.
    pub plain: [Option<bool>; 6],
    pub violations: Option<Vec<Violation>>,
    pub test_failed: Option<bool>,
    pub history: Option<Vec<Listing>>,
    pub statement: Option<Statement>,
    pub micro_small: Option<bool>,
    pub priority_document: Option<bool>,
    /// The net profit of the year before last and of last year.
    pub profit: [Between<i128>; 2],
    /// The balances at the end of last year.
    pub assets: Between<i128>,
    pub liabilities: Between<i128>,
}

impl Company {
    pub fn year(&self) -> i32 {
        self.as_of.0
    }
}
