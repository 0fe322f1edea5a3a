//! wip
#![cfg_attr(
    test,
    allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)
)]
pub mod cell;
mod day;
mod entry;
pub mod fill;
mod heads;
pub mod list;
pub mod owner;
mod right;
mod rows;
mod signs;
pub mod typed;
pub mod unit;
mod words;
pub use rows::rows;
