//! The screens: each makes `Html` of the session.

pub mod choose;
pub mod compare;
pub mod interview;
pub mod kept;
pub mod report;
