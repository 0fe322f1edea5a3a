//! What the tests of several crates share: how many random cases are tried, and
//! fuzzing.

pub mod fuzz;

/// Of the cases that a random test has, those that are tried: the first tenth,
/// and all of them under `ZICE_FULL=1`, which `cargo xtask test --full` sets.
///
/// A test names the whole number, so that the two stay in proportion.
pub fn cases(all: u32) -> u32 {
    if is_full() { all } else { all.div_ceil(10) }
}

/// Whether everything is to be tried.
pub fn is_full() -> bool {
    std::env::var_os("ZICE_FULL").is_some_and(|value| !value.is_empty())
}
