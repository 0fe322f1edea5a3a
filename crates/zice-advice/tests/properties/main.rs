//! Properties of what is said about the firmness of a verdict, checked by
//! assessing changed companies as a whole, for random companies that stand half
//! of the time on an edge of the rules.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

#[path = "../../../zice-policy/tests/aaa/mod.rs"]
#[allow(dead_code)]
mod aaa;
#[path = "../../../zice-policy/tests/language/world.rs"]
#[allow(dead_code)]
mod demo;
#[path = "../../../zice-policy/tests/harness/mod.rs"]
mod harness;
#[path = "../../../zice-policy/tests/hnte/mod.rs"]
mod hnte;
#[path = "../../../zice-policy/tests/material/mod.rs"]
#[allow(dead_code)]
mod material;
#[path = "../../../zice-policy/tests/oracle/mod.rs"]
mod oracle;

mod advice;
mod cost;
mod gates;
mod margins;
mod several;
mod time;
mod unknown;
mod whatif;
mod world;
