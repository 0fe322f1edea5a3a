//! What each policy in use says at the moment, as the engine tells it.

use zice_rules::Verdict;

pub use zice_engine::protocol::{Picture, Total};

/// Whether nothing can be met any more, or there is nothing to meet.
pub fn is_over(picture: &Picture) -> bool {
    matches!(picture.verdict, Some(Verdict::NotMet | Verdict::NotApplicable))
}
