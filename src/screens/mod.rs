//! The screens: each makes `Html` of the session.

pub mod choose;
pub mod companies;
pub mod compare;
pub mod interview;
pub mod report;
