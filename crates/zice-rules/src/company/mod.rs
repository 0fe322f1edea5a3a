//! The company file (`zice.company/1`): what is known about one company.
//!
//! Reading never stops half-way: every answer that cannot be used stays unknown
//! and is named in a [`Problem`], and the rest is kept. The command line treats
//! any problem as an error; the page shows it beside its question.

mod contradiction;
mod facts;
mod fault;
mod path;
mod problem;
mod read;
mod reader;
mod row;
mod tree;
mod value;

pub use facts::{Facts, listed};
pub use fault::{Fault, MAX_BYTES, Place, read, read_text};
pub use problem::{Problem, ProblemKind};

use serde_json::Value;

use self::tree::Tree;
use crate::{date::Date, dictionary::Dictionary, error::Error, range::Range};

/// Name of the company file format that this engine reads.
pub const SCHEMA: &str = "zice.company/1";

/// The answer to one fact or field.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The fact was not answered.
    Unknown,
    /// The answer to a yes-or-no question.
    Bool(bool),
    /// A number or day. If it was not answered, the range is the domain of its
    /// fact.
    Number(Range),
    /// Numbers of a yearly fact, by fiscal year.
    Yearly {
        /// The years that were answered, in rising order.
        years: Vec<(i32, Range)>,
        /// The range of every other year: the domain of its fact.
        other: Range,
    },
    /// The choice that was made, by position.
    Choice(u8),
    /// The choices that were made, one bit each, by position.
    Choices(u64),
    /// A text; only the digits it begins with can matter.
    Text(String),
    /// The entries of a list, in the order of the file.
    List(Vec<Entry>),
    /// The entry that an object consists of.
    Object(Entry),
    /// Entries by fiscal year and position of the side.
    Sides(Vec<(i32, usize, Entry)>),
}

impl Answer {
    /// Whether the fact was answered. `blank` is the domain of the fact: a
    /// number with that range was not.
    pub fn is_given(&self, blank: Option<&Range>) -> bool {
        match self {
            Self::Unknown => false,
            Self::Number(range) => blank != Some(range),
            Self::Text(text) => !text.trim().is_empty(),
            Self::Yearly { years, .. } => !years.is_empty(),
            _ => true,
        }
    }
}

/// One entry of a list, or an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Answers in the order of the dictionary's fields.
    pub fields: Vec<Answer>,
    /// Fields whose default was taken, one bit each. A day among them is on or
    /// before the day of application, which an entry does not know.
    pub defaulted: u64,
}

impl Entry {
    fn take_default(&mut self, field: usize) {
        self.defaulted |= bit(field);
    }

    /// Sets a field to what was said, in place of any default.
    pub fn set(&mut self, field: usize, answer: Answer) {
        if let Some(own) = self.fields.get_mut(field) {
            *own = answer;
            self.defaulted &= !bit(field);
        }
    }

    /// Whether the default of a field was taken.
    pub fn is_defaulted(&self, field: usize) -> bool {
        self.defaulted & bit(field) != 0
    }
}

/// Returns the bit of a field; a dictionary has at most 64 fields in an entry.
fn bit(field: usize) -> u64 {
    u32::try_from(field).ok().and_then(|at| 1_u64.checked_shl(at)).unwrap_or(0)
}

/// A company file, read against a dictionary.
#[derive(Clone, Debug)]
pub struct Company {
    /// Name of the company, if the file gives one.
    pub name: Option<String>,
    /// The day of application, from which fiscal years are counted.
    pub as_of: Date,
    /// Answers in the order of the dictionary.
    pub answers: Vec<Answer>,
    /// Facts and keys that the dictionary does not know. They are kept and
    /// never used.
    pub unknown: Vec<String>,
    /// The day of registration, which decides which fiscal years exist.
    pub established: Range,
    /// Position in the dictionary of the fact that gives that day.
    pub established_at: Option<usize>,
    /// Doubts that the user has answered. No rule looks at them; advice does.
    pub confirmed: Vec<Confirmed>,
}

/// An answer to a doubt: its figures are right as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// Id of the doubt, the [`code`](crate::doubt::Doubt::code) of its rule.
    pub code: String,
    /// The fiscal year it concerns, if it concerns one.
    pub year: Option<i32>,
    /// The figures that were confirmed, as [`crate::doubt::Raised::figures`]
    /// writes them.
    pub figures: String,
}

impl Company {
    /// Reads a company file. `today` is the day of application if the file
    /// names none.
    ///
    /// # Errors
    /// Fails only when the text is not JSON; everything else is a [`Problem`].
    pub fn from_json(
        json: &str,
        dictionary: &Dictionary,
        today: Date,
    ) -> Result<(Self, Vec<Problem>), Error> {
        Self::parse(json, dictionary, today).map_err(Error::json)
    }

    /// Does the same with the parser's own error. In wasm it parses a [`Value`]
    /// first, as for policies, because another parser would be too large there.
    #[cfg(target_arch = "wasm32")]
    fn parse(
        json: &str,
        dictionary: &Dictionary,
        today: Date,
    ) -> Result<(Self, Vec<Problem>), serde_json::Error> {
        let value = crate::parse::json(json)?;
        Ok(Self::from_value(&value, dictionary, today))
    }

    /// Does the same with the parser's own error.
    #[cfg(not(target_arch = "wasm32"))]
    fn parse(
        json: &str,
        dictionary: &Dictionary,
        today: Date,
    ) -> Result<(Self, Vec<Problem>), serde_json::Error> {
        let text = crate::parse::disarmed(json);
        let tree: Tree<'_> = serde_json::from_str(&text)?;
        Ok(read::read(&tree, dictionary, today))
    }

    /// Reads a company file from parsed JSON, whose numbers must have kept
    /// their digits.
    pub fn from_value(value: &Value, dictionary: &Dictionary, today: Date) -> (Self, Vec<Problem>) {
        read::read(&Tree::from(value), dictionary, today)
    }

    /// Moves every figure without a year under the year it belongs to: the year
    /// before the file's own day of application, or before `today` if the file
    /// names none. `bare` are the ids of the facts that may stand without a year
    /// ([`Dictionary::bare`]). The meaning of the file does not change.
    pub fn write_by_year<'a>(
        file: &mut Value,
        bare: impl IntoIterator<Item = &'a str>,
        today: Date,
    ) {
        read::write_by_year(file, bare, today);
    }

    /// Makes a company about which nothing is known.
    pub fn blank(dictionary: &Dictionary, as_of: Date) -> Self {
        Self {
            name: None,
            as_of,
            answers: dictionary.facts.iter().map(value::blank_answer).collect(),
            unknown: Vec::new(),
            established: Range::ANY,
            established_at: dictionary.facts.iter().position(|fact| fact.establishes),
            confirmed: Vec::new(),
        }
    }

    /// Whether it holds answers that cannot both be right.
    pub fn contradicts_itself(&self, dictionary: &Dictionary) -> bool {
        contradiction::contradicts_itself(self, dictionary)
    }

    /// Whether the company certainly did not exist in this calendar year.
    ///
    /// A company that does not give its day of registration has existed in all
    /// years, because no other fact may keep a criterion open.
    pub fn lacks_year(&self, year: i32) -> bool {
        self.established
            .lo
            .and_then(|day| i32::try_from(day.floor()).ok())
            .and_then(Date::from_day_number)
            .is_some_and(|day| day.year() > year)
    }

    /// Whether an estimated day of registration leaves open if the company
    /// existed in this year. A day that was not given at all leaves nothing
    /// open.
    pub fn may_lack_year(&self, year: i32) -> bool {
        let latest = self.established.hi.and_then(|day| i32::try_from(day.floor()).ok());
        let latest = latest.and_then(Date::from_day_number);
        !self.established.is_blank() && latest.is_none_or(|day| day.year() > year)
    }
}
