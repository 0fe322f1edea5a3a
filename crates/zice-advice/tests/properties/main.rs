//! Properties of what is said about the firmness of a verdict, checked by
//! assessing changed companies as a whole, for random companies that stand half
//! of the time on an edge of the rules.

#[path = "../../../zice-policy/tests/aaa/mod.rs"]
#[allow(dead_code)]
mod aaa;
#[path = "../../../zice-policy/tests/harness/mod.rs"]
#[allow(dead_code)]
mod harness;
#[path = "../../../zice-policy/tests/hnte/mod.rs"]
#[allow(dead_code)]
mod hnte;
#[path = "../../../zice-policy/tests/material/mod.rs"]
#[allow(dead_code)]
mod material;
#[path = "../../../zice-policy/tests/oracle/mod.rs"]
#[allow(dead_code)]
mod oracle;

mod advice;
mod margins;
mod time;
mod world;
