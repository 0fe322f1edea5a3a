//! Whether anything can still come of a programme.

use zice_engine::protocol::Picture;
use zice_rules::Verdict;

/// Whether nothing can be met any more, or there is nothing to meet.
pub fn is_over(picture: &Picture) -> bool {
    matches!(picture.verdict, Some(Verdict::NotMet | Verdict::NotApplicable))
}
