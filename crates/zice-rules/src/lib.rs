//! The engine of Zice 申报自测.
//!
//! A company file is read against the fact [`dictionary`], a [`policy`] is
//! linked to the same dictionary, [`assess()`] brings the two together, and
//! [`report`] puts the result into words:
//!
//! ```text
//! company file → Company ┐
//!                        ├→ Assessment → Report
//! policy JSON  → Policy  ┘
//! ```
//!
//! Invariants:
//!
//! - Pure: no clock, no I/O, no web. The day of application comes in.
//! - Exact: every number is a [`fraction::Fraction`]; no binary float exists.
//! - Unknown is not no: see [`range`], [`truth`] and [`points`].
//! - No policy in here: no limit, date, clause or rule text of any programme.
//! - No panic on any input; what can't be done is an [`Error`] or a
//!   [`company::Problem`].

// It writes nothing in the release wasm (xtask/src/panics.rs).
#![cfg_attr(not(test), deny(clippy::use_debug))]

pub mod assess;
pub mod batch;
pub mod company;
pub mod dictionary;
pub mod doubt;
mod error;
pub mod formula;
mod interview;
mod json;
pub mod missing;
pub mod moment;
pub mod names;
mod ordered;
pub mod parse;
pub mod place;
pub mod policy;
pub mod program;
pub mod text;

pub use zice_exact::{date, decimal, fraction, points, range, truth};

pub use assess::{Assessment, Status, Verdict, assess};
pub use batch::Batch;
pub use company::Company;
pub use date::Date;
pub use dictionary::Dictionary;
pub use error::Error;
pub use names::Names;
pub use policy::Policy;
pub use text::{Lang, Noun, Text};
