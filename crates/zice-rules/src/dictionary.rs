//! The fact dictionary: what can be said about a company.
//!
//! One dictionary is shared by all policies (`policies/facts.toml`), so that a
//! question is asked once however many programmes need its answer.

use core::hash::Hasher as _;
use std::{hash::DefaultHasher, sync::OnceLock};

#[cfg(feature = "serde")]
use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};

use crate::{
    doubt::Doubts,
    error::Error,
    fraction::Fraction,
    json,
    names::{Addend, Columns, Implied},
    policy::Unit,
    text::{Noun, Text, spelling},
};

/// The schema this engine reads.
pub const SCHEMA: &str = "zice.facts/1";

/// The alias that stands for the name of the company itself.
pub const OWN_NAME: &str = "{企业名称}";

/// Most entries a list takes.
pub const MOST_ENTRIES: u16 = 10_000;

/// Most fiscal years a fact is told for.
pub const MOST_YEARS: u16 = 1_000;

/// All facts, in the order of the interview.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Dictionary {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What the columns of a financial statement are called.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub columns: Columns,
    /// Topics of the interview, in order.
    #[cfg_attr(feature = "serde", serde(rename = "topic"))]
    pub topics: Vec<Topic>,
    /// The facts.
    #[cfg_attr(feature = "serde", serde(rename = "fact"))]
    pub facts: Vec<Fact>,
    /// Pairs of answers that can't both be right.
    #[cfg_attr(feature = "serde", serde(rename = "contradiction", default))]
    pub contradictions: Vec<Contradiction>,
    /// Facts that two programmes define differently.
    #[cfg_attr(feature = "serde", serde(rename = "twin", default))]
    pub twins: Vec<Twin>,
    /// Rules for answers that can be right and hardly are. Authors write them
    /// with formulas, so they are compiled apart.
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
    /// Positions of the facts, each behind the hash of its id, which they are in
    /// the order of; made when the first one is looked up. Facts and their ids
    /// stay as they were read.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) by_id: OnceLock<Vec<(u64, usize)>>,
}

/// A group of questions that are asked together.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Topic {
    /// Stable name.
    pub id: String,
    /// Heading.
    pub title: Text,
}

/// What kind of answer a fact or field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// An average head count or the like: not negative, may have decimals.
    Count,
    /// A whole number, not negative.
    Whole,
    /// Points: a whole number or a range of whole numbers.
    Points,
    /// Yuan.
    Money,
    /// An exact decimal such as 0.03.
    Rate,
    /// A calendar day.
    Date,
    /// One of the listed choices.
    Enum,
    /// Any of the listed choices.
    EnumList,
    /// Free text, never interpreted.
    Text,
    /// Entries with fields.
    List,
    /// One entry with fields.
    Object,
}

impl Kind {
    /// What the answers are measured in; `Count` where they are no numbers.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Money => Unit::Yuan,
            Self::Rate => Unit::Ratio,
            Self::Date => Unit::Date,
            Self::Points => Unit::Points,
            _ => Unit::Count,
        }
    }

    /// Whether answers are numbers (dates count as days).
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Count | Self::Whole | Self::Points | Self::Money | Self::Rate | Self::Date
        )
    }
}

/// One thing that can be said about a company.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Fact {
    /// Name in company files.
    pub id: String,
    /// The Chinese name that formulas use.
    pub name: String,
    /// What kind of answer it takes.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: Kind,
    /// One answer a fiscal year.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub yearly: bool,
    /// A figure without a year reads too: it is that of the year before the
    /// company file's own day of application.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub bare: bool,
    /// Topic of the interview.
    pub topic: String,
    /// Name inside a calculation.
    pub short: Text,
    /// What tells it from a fact of the same short name, where both may stand.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub apart: Option<Text>,
    /// The question in plain words.
    pub question: Text,
    /// A line that always stands below the question.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub help: Option<Text>,
    /// The words for yes and no.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub answers: Option<Answers>,
    /// What counts and what does not.
    pub definition: Text,
    /// Where the figure stands: which line of which form.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "where", default, skip_serializing_if = "Option::is_none")
    )]
    pub found_in: Option<Text>,
    /// Unit of a count.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub unit: Option<Noun>,
    /// Smallest value that can be.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub min: Option<Fraction>,
    /// Largest value that can be.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub max: Option<Fraction>,
    /// Whether the figure may be negative.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub signed: bool,
    /// Choices of an enum.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub values: Vec<Choice>,
    /// Fields of the entries of a list or of an object.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub fields: Vec<Field>,
    /// What one entry of the list is called.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub item: Option<Text>,
    /// The yes-or-no fact that says whether the list is complete.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub complete: Option<String>,
    /// Sides of a yearly object (`income`, `expense`).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub sides: Vec<Choice>,
    /// The day from which on the company has fiscal years. One fact says so.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub establishes: bool,
    /// A text of exactly so many digits.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub digits: Option<u8>,
    /// Most entries a list takes; [`MOST_ENTRIES`] without it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub most: Option<u16>,
    /// What else it is called in people's own tables; see [`crate::names`].
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub aliases: Vec<String>,
    /// What looks like it there and is something else, or may be: shown and
    /// asked, never taken.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask: Vec<String>,
    /// Lines of a statement that come to it together.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "part", default, skip_serializing_if = "Vec::is_empty")
    )]
    pub parts: Vec<Addend>,
    /// Cells that say yes, besides the usual words.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub yes_words: Vec<String>,
    /// Cells that say no, besides the usual words.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub no_words: Vec<String>,
    /// Cells that say neither by themselves: who pasted them is asked.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask_words: Vec<String>,
}

/// A field of a list entry.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Field {
    /// Name in company files.
    pub id: String,
    /// The Chinese name that formulas use.
    pub name: String,
    /// What kind of answer it takes.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: Kind,
    /// Heading of its column.
    pub label: Text,
    /// What counts and what does not.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub help: Option<Text>,
    /// The words for yes and no.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub answers: Option<Answers>,
    /// An entry makes no sense without it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub required: bool,
    /// A day that lies behind the day of application.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub past: bool,
    /// What is taken where it is absent.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub default: Option<String>,
    /// Of a day: where it is absent, it is taken as on or before the day of
    /// application.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub assumed_past: Option<AssumedPast>,
    /// Smallest value that can be.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub min: Option<Fraction>,
    /// Largest value that can be.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub max: Option<Fraction>,
    /// Whether the figure may be negative.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub signed: bool,
    /// Unit of a count.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub unit: Option<Noun>,
    /// Choices of an enum.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub values: Vec<Choice>,
    /// A text of exactly so many digits.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub digits: Option<u8>,
    /// What else its column is called in people's own tables.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub aliases: Vec<String>,
    /// Heads that look like it and are something else, or may be.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask: Vec<String>,
    /// Cells that say yes, besides the usual words.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub yes_words: Vec<String>,
    /// Cells that say no, besides the usual words.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub no_words: Vec<String>,
    /// Cells that say neither by themselves: who pasted them is asked.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask_words: Vec<String>,
}

/// In which entries a day that is absent is taken as past.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct AssumedPast {
    /// A field with choices, of the same entry.
    pub field: String,
    /// In entries that say one of these, or nothing, of it.
    pub one_of: Vec<String>,
}

/// What yes and no mean, in words that can stand alone: 查账征收, not 是.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Answers {
    /// Yes, `true`.
    pub yes: Text,
    /// No, `false`.
    pub no: Text,
}

impl Answers {
    /// The words for an answer.
    pub const fn said(&self, yes: bool) -> &Text {
        if yes { &self.yes } else { &self.no }
    }
}

/// One choice of an enum, or one side of a yearly object.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Choice {
    /// Name in company files.
    pub id: String,
    /// The Chinese name that formulas use.
    pub name: String,
    /// Chinese wording for people.
    pub zh: String,
    /// English wording for people.
    pub en: String,
    /// What else people write for it; [`OWN_NAME`] is the company's own name.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub aliases: Vec<String>,
    /// What looks like it and may be another one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask: Vec<String>,
    /// Names that say something of another field of the entry as well.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub implies: Vec<Implied>,
}

/// Two facts that go by one word in two programmes and are counted
/// differently. One may stand in for the other until it was checked.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Twin {
    /// A fact.
    pub one: String,
    /// The other programme's.
    pub other: String,
    /// How they differ.
    pub note: Text,
}

/// Two answers that can't both be right: a figure above another one that it is
/// part of, or two choices.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Contradiction {
    /// The part.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub less: Option<String>,
    /// The whole.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub more: Option<String>,
    /// Or a fact with choices, or of yes or no.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub fact: Option<String>,
    /// What is said of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub is: Option<String>,
    /// Another such fact.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub other: Option<String>,
    /// What can't be said of it then.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub one_of: Vec<String>,
    /// The message.
    pub text: Text,
}

impl Contradiction {
    /// The two facts.
    pub fn facts(&self) -> Option<[&str; 2]> {
        let pair = self.less.as_deref().zip(self.more.as_deref());
        let pair = pair.or_else(|| self.fact.as_deref().zip(self.other.as_deref()))?;
        Some([pair.0, pair.1])
    }

    /// The other fact, if this is one of the two.
    pub fn opposite(&self, fact: &str) -> Option<&str> {
        match self.facts()? {
            [one, other] if one == fact => Some(other),
            [one, other] if other == fact => Some(one),
            _ => None,
        }
    }
}

#[cfg(feature = "serde")]
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Passes over what is read by itself.
#[cfg(feature = "serde")]
fn later<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Doubts, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| Doubts::default())
}

/// A number for an id, the same in every run.
fn hash_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

impl Dictionary {
    /// Reads a compiled dictionary. It has no names for tables, see
    /// [`crate::names`].
    ///
    /// # Errors
    /// When the JSON is no dictionary of this schema.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let value = serde_json::from_str(json).map_err(Error::json)?;
        let mut dictionary = Self::from_value(&value)?;
        let doubts = value.get("doubt").map(json::read);
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
        let dictionary: Self =
            json::read(value).map_err(|member| Error::policy(member.to_owned()))?;
        if dictionary.schema != SCHEMA {
            return Err(Error::policy(format!("schema {}", dictionary.schema)));
        }
        Ok(dictionary)
    }

    /// Resolves what its own rules name.
    ///
    /// # Errors
    /// When a name is unknown.
    pub fn link(&mut self) -> Result<(), Error> {
        let mut doubts = core::mem::take(&mut self.doubts);
        doubts.link(self)?;
        self.doubts = doubts;
        Ok(())
    }

    /// Position of the fact with this id.
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

    /// The fact with this id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.get(self.position(id)?)
    }
}

impl Choice {
    /// The wording for people.
    pub fn label(&self, lang: crate::text::Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// Everything it goes by, see [`spelling`].
    pub fn names(&self) -> Vec<String> {
        let implied = self.implies.iter().flat_map(|it| &it.aliases);
        let own = [&self.id, &self.name, &self.zh, &self.en].map(String::as_str);
        names(&own, self.aliases.iter().chain(implied), &self.ask)
    }

    /// Everything that looks like it, see [`spelling`].
    pub fn look_alikes(&self) -> Vec<String> {
        look_alikes(&self.ask)
    }
}

/// Spellings, each once. What stands in brackets may be left out: 发明专利（Ⅰ类）
/// is 发明专利 too. An own name that is said to be a look-alike is none: 小微企业
/// is the name of a fact, and something else in most tables.
fn names<'a>(
    own: &[&str],
    aliases: impl IntoIterator<Item = &'a String>,
    ask: &[String],
) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |name: &str| {
        let name = spelling(name);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    };
    for name in own {
        add(name);
        add(name.split(['（', '(']).next().unwrap_or(""));
    }
    for alias in aliases.into_iter().filter(|alias| *alias != OWN_NAME) {
        add(alias);
    }
    for look_alike in ask.iter().map(|it| spelling(it)) {
        names.retain(|name| *name != look_alike);
    }
    names
}

/// Spellings of look-alikes, each once.
fn look_alikes(ask: &[String]) -> Vec<String> {
    names(&[], ask, &[])
}

/// What bounds and choices say about a value, the same for facts and fields.
#[derive(Clone, Copy, Debug)]
pub struct Domain<'a> {
    /// What kind of answer.
    pub kind: Kind,
    /// Smallest value.
    pub min: Option<Fraction>,
    /// Largest value.
    pub max: Option<Fraction>,
    /// May be negative.
    pub signed: bool,
    /// Choices.
    pub values: &'a [Choice],
    /// A text of exactly so many digits.
    pub digits: Option<u8>,
}

impl Domain<'_> {
    /// Smallest value that can be; dates have none.
    pub const fn lower(&self) -> Option<Fraction> {
        match (self.min, self.kind, self.signed) {
            (Some(min), ..) => Some(min),
            (None, Kind::Date, _) | (None, _, true) => None,
            _ => Some(Fraction::ZERO),
        }
    }
}

impl Fact {
    /// Everything it goes by in a table, see [`spelling`]. Its `short` is no
    /// name: two programmes may use one word for two facts.
    pub fn names(&self) -> Vec<String> {
        names(&[&self.id, &self.name], &self.aliases, &self.ask)
    }

    /// Everything that looks like it, see [`spelling`].
    pub fn look_alikes(&self) -> Vec<String> {
        look_alikes(&self.ask)
    }

    /// The fact's bounds and choices.
    pub fn domain(&self) -> Domain<'_> {
        Domain {
            kind: self.kind,
            min: self.min,
            max: self.max,
            signed: self.signed,
            values: &self.values,
            digits: self.digits,
        }
    }
}

impl Field {
    /// Everything its column goes by, see [`spelling`].
    pub fn names(&self) -> Vec<String> {
        let own = [&self.id, &self.name, &self.label.zh, &self.label.en].map(String::as_str);
        names(&own, &self.aliases, &self.ask)
    }

    /// Everything that looks like it, see [`spelling`].
    pub fn look_alikes(&self) -> Vec<String> {
        look_alikes(&self.ask)
    }

    /// The field's bounds and choices.
    pub fn domain(&self) -> Domain<'_> {
        Domain {
            kind: self.kind,
            min: self.min,
            max: self.max,
            signed: self.signed,
            values: &self.values,
            digits: self.digits,
        }
    }
}
