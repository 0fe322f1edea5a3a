//! Finds the ratios that policies compare with a share, and makes companies
//! that are exactly on them.

pub mod figures;
pub mod walk;
