//! How firm a verdict is, and what would change it.
//!
//! Everything here is found by asking the engine, never by a second reading of
//! the rules: a question of the form “does it hold for all of these values” is
//! one evaluation with a range in place of a figure, which the engine answers
//! soundly (`docs/semantics.md`). Searches narrow such ranges until they are a
//! single value.
//!
//! - [`margins()`]: for each figure and both sides, the first value with which
//!   the verdict is another one or points are lost.
//! - [`near()`]: closed figures close to a band, as a check of completeness.
//! - [`breaking()`]: smallest sets of list entries whose loss changes the
//!   verdict.
//! - [`tolerance()`]: how far all figures may move at once.
//!
//! # Invariants
//!
//! - Pure and exact, as the engine is: no clock, no I/O, no float, no panic.
//! - No policy in the code.
//! - Whatever is said was evaluated, at the value that is said and one granule
//!   before it.

mod breaking;
mod figure;
mod margins;
mod probe;
mod search;
mod tolerance;

pub use breaking::{MOST_SETS, breaking};
pub use figure::{Figure, figures};
pub use margins::{Effect, Margin, Side, margins, near};
pub use probe::{Line, Place, Probe};
pub use tolerance::tolerance;
