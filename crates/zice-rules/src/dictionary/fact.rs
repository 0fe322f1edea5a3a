//! Facts: what can be said about a company, and which answers each takes.

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

#[cfg(feature = "serde")]
use super::is_default;
use super::names::{Addend, Implied};
use crate::{
    fraction::Fraction,
    text::{Lang, Noun, Text, spelling},
    unit::Unit,
};

/// An alias that stands for the company's own name.
pub const OWN_NAME: &str = "{企业名称}";

/// What kind of answer a fact or field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Kind {
    /// Yes or no, written `true` or `false`.
    Bool,
    /// A count that is not negative and may have decimals, such as an average
    /// number of staff.
    Count,
    /// A whole number that is not negative.
    Whole,
    /// Points: a whole number or a range of whole numbers.
    Points,
    /// An amount in yuan.
    Money,
    /// A ratio as an exact decimal: 0.03 is 3 %.
    Rate,
    /// A calendar day, written `YYYY-MM-DD`.
    Date,
    /// One of the listed choices.
    Enum,
    /// Any number of the listed choices.
    EnumList,
    /// Free text. No rule interprets it, apart from the digits it begins with.
    Text,
    /// A list of entries with fields.
    List,
    /// A single entry with fields.
    Object,
}

impl Kind {
    /// Returns the unit of the answers; `Count` for answers that are no
    /// numbers.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Money => Unit::Yuan,
            Self::Rate => Unit::Ratio,
            Self::Date => Unit::Date,
            Self::Points => Unit::Points,
            _ => Unit::Count,
        }
    }

    /// Whether answers are numbers. Dates are: they count as days.
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
    /// Id of the fact, its key in company files.
    pub id: String,
    /// Chinese name of the fact in formulas.
    pub name: String,
    /// What kind of answer the fact takes.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: Kind,
    /// Whether there is one answer for each fiscal year.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub yearly: bool,
    /// Whether a yearly figure may be given without a year. It then belongs to
    /// the year before the day of application that the company file names.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub bare: bool,
    /// Id of the topic under which the interview asks for it.
    pub topic: String,
    /// Short name for use inside a calculation.
    pub short: Text,
    /// Words that distinguish it from a fact with the same short name, for
    /// places where both may occur.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub apart: Option<Text>,
    /// The question as the interview asks it, in plain words.
    pub question: Text,
    /// A line that is always shown below the question.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub help: Option<Text>,
    /// Words for yes and no, where "yes" and "no" would not be clear.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub answers: Option<Answers>,
    /// The usual answer to a yes-or-no question, which one button gives to all such
    /// questions of a topic ([`Topic::usual`](super::Topic::usual)). No rule looks at
    /// it: what is not answered stays unknown.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub usual: Option<bool>,
    /// Definition: what counts and what does not.
    pub definition: Text,
    /// Where the figure can be found: which line of which form.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "where", default, skip_serializing_if = "Option::is_none")
    )]
    pub found_in: Option<Text>,
    /// Counting word of a count, such as 人.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub unit: Option<Noun>,
    /// The smallest value allowed, if it is not the default of the kind.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub min: Option<Fraction>,
    /// The largest value allowed; `None` for no bound.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub max: Option<Fraction>,
    /// Whether the figure may be negative.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub signed: bool,
    /// The choices, if the kind is `Enum` or `EnumList`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub values: Vec<Choice>,
    /// Fields of the entries of a list, or of an object.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub fields: Vec<Field>,
    /// What one entry of the list is called.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub item: Option<Text>,
    /// Id of the yes-or-no fact that says whether the list is complete.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub complete: Option<String>,
    /// Sides of a yearly object, such as `income` and `expense`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub sides: Vec<Choice>,
    /// Whether this is the day of registration, from which on the company has
    /// fiscal years. One fact is.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub establishes: bool,
    /// The exact number of digits, for a text that consists of digits.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub digits: Option<u8>,
    /// The most entries the list takes; [`MOST_ENTRIES`] if absent.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub most: Option<u16>,
    /// What the answer says of the next round; `None` where it says the same.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub next_round: Option<NextRound>,
    /// Other names of the fact in people's own tables; see [`crate::names`].
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub aliases: Vec<String>,
    /// Names in such tables that look like this fact but mean, or may mean,
    /// something else. The value is shown and the user is asked; it is never
    /// taken silently.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask: Vec<String>,
    /// Lines of a statement that add up to the figure.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "part", default, skip_serializing_if = "Vec::is_empty")
    )]
    pub parts: Vec<Addend>,
    /// Cell texts that mean yes, besides the usual ones.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub yes_words: Vec<String>,
    /// Cell texts that mean no, besides the usual ones.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub no_words: Vec<String>,
    /// Cell texts that mean neither by themselves: the user is asked.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask_words: Vec<String>,
}

/// What an answer about one round of applications says of the next round, a
/// year later. Advice for that round rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct NextRound {
    /// What a yes says; `None` where it says yes again.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub yes: Option<Standing>,
    /// What a no says; `None` where it says no again.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub no: Option<Standing>,
    /// Id of the fact that names the last day on which a yes is true, such as the
    /// day on which a certificate ends. Without that day a yes is open.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub until: Option<String>,
    /// How much a number has grown by then by time alone, such as full years of
    /// business.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub adds: Option<u8>,
}

/// How an answer stands in the next round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Standing {
    /// It is the same on a condition: that nothing happens until then. Advice
    /// names it.
    Condition,
    /// It is not known: the period that it is about has moved on.
    Open,
}

/// A field of a list entry or of an object.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Field {
    /// Id of the field, its key in company files.
    pub id: String,
    /// Chinese name of the field in formulas.
    pub name: String,
    /// What kind of answer the field takes.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: Kind,
    /// Label of the field, the heading of its column.
    pub label: Text,
    /// What counts and what does not.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub help: Option<Text>,
    /// Words for yes and no, where "yes" and "no" would not be clear.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub answers: Option<Answers>,
    /// Whether an entry makes no sense without this field.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub required: bool,
    /// Whether the day must not be after the day of application.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub past: bool,
    /// The value that is taken where the field is absent, as company files
    /// write it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub default: Option<String>,
    /// When an absent day is taken as on or before the day of application.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub assumed_past: Option<AssumedPast>,
    /// The smallest value allowed, if it is not the default of the kind.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub min: Option<Fraction>,
    /// The largest value allowed; `None` for no bound.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub max: Option<Fraction>,
    /// Whether the figure may be negative.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub signed: bool,
    /// Counting word of a count, such as 人.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub unit: Option<Noun>,
    /// The choices, if the kind is `Enum` or `EnumList`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub values: Vec<Choice>,
    /// The exact number of digits, for a text that consists of digits.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub digits: Option<u8>,
    /// Other names of its column in people's own tables.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub aliases: Vec<String>,
    /// Column headings that look like this field but mean, or may mean,
    /// something else.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask: Vec<String>,
    /// Cell texts that mean yes, besides the usual ones.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub yes_words: Vec<String>,
    /// Cell texts that mean no, besides the usual ones.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub no_words: Vec<String>,
    /// Cell texts that mean neither by themselves: the user is asked.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask_words: Vec<String>,
}

/// The entries in which an absent day is taken as past.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct AssumedPast {
    /// Id of a field of the same entry that has choices.
    pub field: String,
    /// Ids of choices. The day is taken as past where the field has one of
    /// these, or is not answered.
    pub one_of: Vec<String>,
}

/// Words for yes and no that can stand alone: 查账征收 rather than 是.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Answers {
    /// The words for `true`.
    pub yes: Text,
    /// The words for `false`.
    pub no: Text,
}

impl Answers {
    /// Returns the words for an answer.
    pub const fn said(&self, yes: bool) -> &Text {
        if yes { &self.yes } else { &self.no }
    }
}

/// One choice of an enum, or one side of a yearly object.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Choice {
    /// Id of the choice in company files.
    pub id: String,
    /// Chinese name of the choice in formulas.
    pub name: String,
    /// Chinese wording for people.
    pub zh: String,
    /// English wording for people.
    pub en: String,
    /// Other names that people write for it. [`OWN_NAME`] stands for the
    /// company's own name.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub aliases: Vec<String>,
    /// Names that look like this choice but may mean another one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub ask: Vec<String>,
    /// Names that also say something about another field of the entry.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub implies: Vec<Implied>,
}

impl Choice {
    /// Returns the wording for people in a language.
    pub fn label(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// Returns every name it goes by, in the form of [`spelling`].
    pub fn names(&self) -> Vec<String> {
        let implied = self.implies.iter().flat_map(|it| &it.aliases);
        let own = [&self.id, &self.name, &self.zh, &self.en].map(String::as_str);
        names(&own, self.aliases.iter().chain(implied), &self.ask)
    }

    /// Returns every name that looks like it, in the form of [`spelling`].
    pub fn look_alikes(&self) -> Vec<String> {
        look_alikes(&self.ask)
    }
}

/// Collects spellings, each once. A part in brackets may be left out: 发明专利（Ⅰ类）
/// also goes by 发明专利. A name that is listed among the look-alikes is removed:
/// 小微企业 is the name of a fact, but means something else in most tables.
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

/// Collects the spellings of look-alikes, each once.
fn look_alikes(ask: &[String]) -> Vec<String> {
    names(&[], ask, &[])
}

/// The values that a fact or field can take.
#[derive(Clone, Copy, Debug)]
pub struct Domain<'a> {
    /// The kind of answer.
    pub kind: Kind,
    /// The smallest value, if one is set.
    pub min: Option<Fraction>,
    /// The largest value, if one is set.
    pub max: Option<Fraction>,
    /// Whether the figure may be negative.
    pub signed: bool,
    /// The choices, if there are any.
    pub values: &'a [Choice],
    /// The exact number of digits, for a text that consists of digits.
    pub digits: Option<u8>,
}

impl Domain<'_> {
    /// Returns the smallest value allowed: the one that is set, else zero.
    /// Dates and figures that may be negative have none.
    pub const fn lower(&self) -> Option<Fraction> {
        match (self.min, self.kind, self.signed) {
            (Some(min), ..) => Some(min),
            (None, Kind::Date, _) | (None, _, true) => None,
            _ => Some(Fraction::ZERO),
        }
    }
}

impl Fact {
    /// Returns every name it goes by in a table, in the form of [`spelling`].
    /// Its `short` name is not among them: two programmes may use one word for
    /// two facts.
    pub fn names(&self) -> Vec<String> {
        names(&[&self.id, &self.name], &self.aliases, &self.ask)
    }

    /// Returns every name that looks like it, in the form of [`spelling`].
    pub fn look_alikes(&self) -> Vec<String> {
        look_alikes(&self.ask)
    }

    /// Returns the values it can take.
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
    /// Returns every name its column goes by, in the form of [`spelling`].
    pub fn names(&self) -> Vec<String> {
        let own = [&self.id, &self.name, &self.label.zh, &self.label.en].map(String::as_str);
        names(&own, &self.aliases, &self.ask)
    }

    /// Returns every name that looks like it, in the form of [`spelling`].
    pub fn look_alikes(&self) -> Vec<String> {
        look_alikes(&self.ask)
    }

    /// Returns the values it can take.
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
