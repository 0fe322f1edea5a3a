//! Ratios that policies compare with a share: where they are, and companies
//! that are exactly on them.

pub mod figures;
pub mod walk;
