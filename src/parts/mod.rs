//! What several screens show: an answer in words, a field, a verdict, a notice.

pub mod answer;
pub mod appearance;
pub mod day;
pub mod doubts;
pub mod field;
pub mod files;
pub mod host;
pub mod memo;
pub mod placeholder;
pub mod rules;
pub mod steps;
pub mod verdict;
pub mod year_change;
