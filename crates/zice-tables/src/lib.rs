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
pub mod label;
pub mod list;
pub mod owner;
mod period;
mod right;
mod rows;
pub mod sheet;
mod signs;
pub mod statement;
mod sum;
pub mod typed;
pub mod unit;
mod words;
pub use rows::{rows, tidied};
