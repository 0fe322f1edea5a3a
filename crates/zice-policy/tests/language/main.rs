//! Tests the language of policies, over a small dictionary of its own.

mod aliases;
mod cases;
mod difference;
mod editions;
mod entries;
mod fuzz;
mod levers;
mod mutation;
mod operators;
mod properties;
mod reports;
mod sentences;
mod wording;
mod world;
