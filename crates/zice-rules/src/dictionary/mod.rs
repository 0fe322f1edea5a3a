//! The fact dictionary: everything that can be said about a company.
//!
//! All policies share one dictionary (`policies/facts.toml`), so a question is
//! asked once even if several programmes need the answer.

mod contradiction;
mod doubts;
mod fact;
mod json;
mod links;
pub mod names;

pub use contradiction::{Contradiction, Twin};
pub use doubts::{Doubt, Doubts, Suggest};
pub use fact::{
    Answers, AssumedPast, Choice, Domain, Fact, Field, Kind, NextRound, OWN_NAME, Standing,
};
pub use names::Names;

use core::hash::Hasher as _;
use std::{hash::DefaultHasher, sync::OnceLock};

#[cfg(feature = "serde")]
use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};

use self::names::Columns;
use crate::{error::Error, json::read, text::Text};

/// Name of the dictionary format that this engine reads.
pub const SCHEMA: &str = "zice.facts/1";

/// The most entries a list takes, unless its fact names fewer.
pub const MOST_ENTRIES: u16 = 10_000;

/// The most fiscal years a fact takes.
pub const MOST_YEARS: u16 = 1_000;

/// All facts, in the order of the interview.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Dictionary {
    /// Name of the format, always [`SCHEMA`].
    pub schema: String,
    /// `sha256:…` of the dictionary as it is bundled, without this member. The index
    /// names it too, so that files of two versions are not mixed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub digest: Option<String>,
    /// Names of the columns of financial statements.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub columns: Columns,
    /// Topics of the interview, in order.
    #[cfg_attr(feature = "serde", serde(rename = "topic"))]
    pub topics: Vec<Topic>,
    /// The facts, in order.
    #[cfg_attr(feature = "serde", serde(rename = "fact"))]
    pub facts: Vec<Fact>,
    /// Pairs of answers that cannot both be right.
    #[cfg_attr(feature = "serde", serde(rename = "contradiction", default))]
    pub contradictions: Vec<Contradiction>,
    /// Pairs of facts that share a word and are defined differently.
    #[cfg_attr(feature = "serde", serde(rename = "twin", default))]
    pub twins: Vec<Twin>,
    /// Rules for answers that can be right but rarely are. Authors write them
    /// with formulas, so they are compiled separately.
    #[cfg_attr(
        feature = "serde",
        serde(
            rename = "doubt",
            default,
            deserialize_with = "later",
            skip_serializing_if = "Doubts::is_empty"
        )
    )]
    pub doubts: Doubts,
    /// Positions of the facts, each with the hash of its id, sorted by hash.
    /// Built by the first look-up. It stays valid because facts and their ids
    /// do not change after reading.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) by_id: OnceLock<Vec<(u64, usize)>>,
}

/// A group of questions that are asked together.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Topic {
    /// Id of the topic, named by [`Fact::topic`].
    pub id: String,
    /// Title of the topic in the interview.
    pub title: Text,
    /// Words of the button that gives the usual answer to all its questions that have
    /// one; `None` where none has.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub usual: Option<Text>,
}

/// Skips a member that is read separately.
#[cfg(feature = "serde")]
fn later<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Doubts, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| Doubts::default())
}

/// Hashes an id. The hash is the same in every run.
fn hash_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

impl Dictionary {
    /// Reads a compiled dictionary. It contains no names for tables; see
    /// [`names`].
    ///
    /// # Errors
    /// Fails when the JSON is no dictionary of this format, or when a doubt
    /// names something that it does not define.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let value = serde_json::from_str(json).map_err(Error::json)?;
        let mut dictionary = Self::from_value(&value)?;
        let doubts = value.get("doubt").map(read);
        let doubts = doubts.transpose().map_err(|member| Error::policy(member.to_owned()))?;
        dictionary.doubts = doubts.unwrap_or_default();
        dictionary.link()?;
        Ok(dictionary)
    }

    /// Reads a compiled dictionary without its doubts. Who only shows questions
    /// need not know them, nor carry the programs that raise them.
    ///
    /// # Errors
    /// When the JSON is no dictionary of this schema.
    pub fn without_doubts(json: &str) -> Result<Self, Error> {
        Self::from_value(&serde_json::from_str(json).map_err(Error::json)?)
    }

    fn from_value(value: &serde_json::Value) -> Result<Self, Error> {
        let dictionary: Self = read(value).map_err(|member| Error::policy(member.to_owned()))?;
        if dictionary.schema != SCHEMA {
            return Err(Error::policy(format!("schema {}", dictionary.schema)));
        }
        Ok(dictionary)
    }

    /// Links the dictionary's own rules to its facts.
    ///
    /// # Errors
    /// Fails when a rule names an unknown fact.
    pub fn link(&mut self) -> Result<(), Error> {
        let mut doubts = core::mem::take(&mut self.doubts);
        doubts.link(self)?;
        self.doubts = doubts;
        Ok(())
    }

    /// Returns the ids of the facts by year whose figures may stand without one.
    pub fn bare(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().filter(|fact| fact.bare).map(|fact| fact.id.as_str())
    }

    /// Returns the position of the fact with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        let by_id = self.by_id.get_or_init(|| {
            let mut by_id = Vec::with_capacity(self.facts.len());
            for (at, fact) in self.facts.iter().enumerate() {
                let hash = hash_of(&fact.id);
                let place = by_id.partition_point(|(other, _)| *other <= hash);
                by_id.insert(place, (hash, at));
            }
            by_id
        });
        let hash = hash_of(id);
        let first = by_id.partition_point(|(other, _)| *other < hash);
        let same = by_id.iter().skip(first).take_while(|(other, _)| *other == hash);
        let mut places = same.map(|(_, at)| *at);
        places.find(|at| self.facts.get(*at).is_some_and(|fact| fact.id == id))
    }

    /// Returns the fact with this id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.get(self.position(id)?)
    }
}

/// Whether a member can be left out of what is written.
#[cfg(feature = "serde")]
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
