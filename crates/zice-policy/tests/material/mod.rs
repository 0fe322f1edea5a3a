//! An independent reading of 重点新材料首批次应用保险补偿 (`new-material`).
//!
//! Written from the text alone: the notice of February 2023 for policies of
//! 2022 (old pilot), and the rules since 2024 (工信部联重装〔2024〕89号) with the
//! claim of money of 2025. Each kind of material stands for itself.

pub mod reading;
pub mod sample;
pub mod write;

use crate::{harness::known::Between, oracle::Day};

/// What is known of one kind of material. Amounts are millionths of a yuan.
#[derive(Clone, Debug)]
pub struct Material {
    /// In the catalogue of 2021 and in that of 2024.
    pub catalogue: Option<[bool; 2]>,
    pub spec_met: Option<bool>,
    pub policy_start: Between<Day>,
    pub insured: Between<i128>,
    pub insurer_filed: Option<bool>,
    pub direct_use: Option<bool>,
    pub affiliated: Option<bool>,
    pub trader: Option<bool>,
    pub subsidised: Option<bool>,
    pub in_first_set: Option<bool>,
    /// Whether it is qualified: taken as so where it was left out.
    pub qualified: Option<bool>,
    /// Said to be unknown, which is no leaving out.
    pub qualified_is_open: bool,
    pub qualified_until: Between<Day>,
    pub quota: Between<i128>,
    /// Fields that have no say in any criterion.
    pub noise: Vec<(&'static str, &'static str)>,
}

impl Material {
    /// Nothing is known of it.
    pub const BLANK: Self = Self {
        catalogue: None,
        spec_met: None,
        policy_start: Between::UNKNOWN,
        insured: Between::UNKNOWN,
        insurer_filed: None,
        direct_use: None,
        affiliated: None,
        trader: None,
        subsidised: None,
        in_first_set: None,
        qualified: None,
        qualified_is_open: false,
        qualified_until: Between::UNKNOWN,
        quota: Between::UNKNOWN,
        noise: Vec::new(),
    };
}

/// A company as far as these policies look.
#[derive(Clone, Debug)]
pub struct Company {
    pub as_of: Day,
    pub materials: Option<Vec<Material>>,
}
