//! The engine alone as wasm, for `cargo xtask bench`.
//!
//! Compiled, lowered and given the same allocator as the page, so that what
//! is measured is what runs there.

use wasm_bindgen::prelude::wasm_bindgen;
use zice_rules::{Company, Date, Dictionary, Policy, Verdict, assess};

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A dictionary, one policy and one company, all parsed.
#[wasm_bindgen]
pub struct Bench {
    policy: Policy,
    company: Company,
}

#[wasm_bindgen]
impl Bench {
    /// Reads all three from their JSON; nothing if one of them can't be used.
    pub fn read(dictionary: &str, policy: &str, company: &str) -> Option<Bench> {
        let dictionary = Dictionary::from_json(dictionary).ok()?;
        let policy = Policy::from_json(policy, &dictionary).ok()?;
        let today = Date::from_ymd(2025, 6, 30)?;
        let (company, _) = Company::from_json(company, &dictionary, today).ok()?;
        Some(Bench { policy, company })
    }

    /// Assesses so many times, points and verdict without texts. The number of
    /// verdicts that are met, so that no compiler finds the work useless.
    pub fn assess(&self, times: u32) -> u32 {
        let met = |_: &u32| {
            assess(&self.policy, &self.company).is_ok_and(|it| it.verdict() == Verdict::Met)
        };
        u32::try_from((0..times).filter(met).count()).unwrap_or(0)
    }
}
