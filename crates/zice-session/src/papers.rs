//! Papers that were ticked off are noted in a member of the company file.

/// The member of the company file that holds the ticks.
pub const MEMBER: &str = "papers";
