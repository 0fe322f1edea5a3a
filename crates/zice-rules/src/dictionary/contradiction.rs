//! Facts that are easily confused, and answers that cannot both be right.

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

use crate::text::Text;

/// Two facts that two programmes call by the same word and count differently.
/// One may stand in for the other until somebody has checked it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Twin {
    /// Id of the fact of one programme.
    pub one: String,
    /// Id of the fact of the other programme.
    pub other: String,
    /// How the two definitions differ, for people.
    pub note: Text,
}

/// Two answers that cannot both be right: a part that is larger than the whole
/// (`less`, `more`), or two choices that exclude each other (`fact`, `is`,
/// `other`, `one_of`).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Contradiction {
    /// Id of the fact that is a part.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub less: Option<String>,
    /// Id of the fact that is the whole.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub more: Option<String>,
    /// Id of a fact with choices, or of a yes-or-no fact.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub fact: Option<String>,
    /// The answer to `fact` that excludes those in `one_of`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub is: Option<String>,
    /// Id of another fact of that kind.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub other: Option<String>,
    /// Answers to `other` that are excluded.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub one_of: Vec<String>,
    /// Message for a user whose answers contradict each other.
    pub text: Text,
}

impl Contradiction {
    /// Returns the ids of the two facts; `None` if the rule names neither pair.
    pub fn facts(&self) -> Option<[&str; 2]> {
        let pair = self.less.as_deref().zip(self.more.as_deref());
        let pair = pair.or_else(|| self.fact.as_deref().zip(self.other.as_deref()))?;
        Some([pair.0, pair.1])
    }

    /// Returns the id of the other fact, if `fact` is one of the two.
    pub fn opposite(&self, fact: &str) -> Option<&str> {
        match self.facts()? {
            [one, other] if one == fact => Some(other),
            [one, other] if other == fact => Some(one),
            _ => None,
        }
    }
}
