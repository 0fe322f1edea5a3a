//! The outlook of a programme: whether anything can still come of it.

use zice_engine::protocol::Picture;
use zice_rules::Verdict;

/// Whether a programme is decided against the company, or does not apply to it: no
/// further answer is worth asking for it.
pub fn is_over(picture: &Picture) -> bool {
    matches!(picture.verdict, Some(Verdict::NotMet | Verdict::NotApplicable))
}
