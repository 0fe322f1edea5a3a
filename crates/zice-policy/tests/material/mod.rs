//! An independent reading of 重点新材料首批次应用保险补偿 (`new-material`).
//!
//! It is written from the text alone: the notice of February 2023 for policies
//! of 2022 (the old pilot), and the rules since 2024 (工信部联重装〔2024〕89号)
//! with the claims of 2025. Each kind of material is judged on its own.

pub mod reading;
pub mod sample;
pub mod write;

use crate::{harness::known::Between, oracle::Day};

/// What is known of one kind of material. Amounts are in millionths of a yuan.
#[derive(Clone, Debug)]
pub struct Material {
    /// Whether it is in the catalogue of 2021 and in that of 2024.
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
    /// Whether it has a qualification; a missing answer counts as yes.
    pub qualified: Option<bool>,
    /// Whether the qualification was said to be unknown, which is not the same
    /// as leaving it out.
    pub qualified_is_open: bool,
    pub qualified_until: Between<Day>,
    pub quota: Between<i128>,
    /// Fields that matter to no criterion.
    pub noise: Vec<(&'static str, &'static str)>,
}

impl Material {
    /// A material of which nothing is known.
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

/// The part of a company that these policies look at.
#[derive(Clone, Debug)]
pub struct Company {
    pub as_of: Day,
    pub materials: Option<Vec<Material>>,
}
