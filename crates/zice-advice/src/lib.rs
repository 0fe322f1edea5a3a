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
//! - [`advise()`]: the smallest sets of lawful acts with which the company passes.
//! - [`earliest()`]: the first day on which it passes by time alone.
//! - [`under()`]: whether what is advised holds under editions that are known.
//! - [`together()`]: the advice of several programmes as one list.
//! - [`stairs_of_lever()`], [`stairs_of_figure()`], [`stairs_along()`]: verdict and
//!   points along a lever, a figure, or figures that move together.
//! - [`movables()`]: figures that may be tried otherwise, and what moves with them.
//!
//! # Invariants
//!
//! - Pure and exact, as the engine is: no clock, no I/O, no float, no panic.
//! - No policy in the code.
//! - Whatever is said was evaluated, at the value that is said and one granule
//!   before it.

mod act;
mod advise;
mod boxes;
mod breaking;
mod earliest;
mod figure;
mod follows;
mod ground;
mod margins;
mod movable;
mod probe;
mod round;
mod search;
mod stairs;
mod together;
mod tolerance;
mod under;
mod witness;

pub use act::{Act, Waiting, When, added, finished, last_day};
pub use advise::{Advice, Because, Item, NoAdvice, Options, Part, advise};
pub use breaking::{MOST_SETS, breaking};
pub use earliest::{Earliest, earliest};
pub use figure::{Figure, figures};
pub use follows::follows;
pub use margins::{Effect, Margin, Margins, Side, Stopped, margins, near};
pub use movable::{Movable, Moved, movables, place_of, span};
pub use probe::{Line, Place, Probe};
pub use round::round;
pub use stairs::{Stairs, Step, stairs_along, stairs_of_figure, stairs_of_lever};
pub use together::{Together, together};
pub use tolerance::tolerance;
pub use under::{Under, under};
