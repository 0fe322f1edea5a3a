//! What several screens show: an answer in words, a field, a verdict, a notice.

pub mod answer;
pub mod awaited;
pub mod day;
pub mod doubts;
pub mod field;
pub mod files;
pub mod live;
pub mod look;
pub mod memo;
pub mod moved;
pub mod rules;
pub mod steps;
