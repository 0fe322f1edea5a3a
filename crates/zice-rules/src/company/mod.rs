//! The company file (`zice.company/1`): what is known about one company.
//!
//! Reading never fails half-way: every figure that can't be used is left
//! unknown and named in a [`Problem`], the rest is kept. The command line
//! treats any problem as an error; the page shows it beside its question.

mod fault;
mod path;
mod problem;
mod read;
mod tree;

pub use fault::{Fault, MAX_BYTES, Place, read, read_text};
pub use problem::{Problem, ProblemKind};

use serde_json::Value;

use self::tree::Tree;
use crate::{date::Date, dictionary::Dictionary, error::Error, range::Range};

/// The schema this engine reads.
pub const SCHEMA: &str = "zice.company/1";

/// The answer to one fact or field.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Not given.
    Unknown,
    /// Yes or no.
    Bool(bool),
    /// A number or day; one that was not given spans its domain.
    Number(Range),
    /// Numbers by fiscal year, in rising order; every other year spans `other`.
    Yearly {
        /// Given years.
        years: Vec<(i32, Range)>,
        /// A year that was not given.
        other: Range,
    },
    /// Position of the choice made.
    Choice(u8),
    /// One bit a choice made.
    Choices(u64),
    /// A text, never interpreted.
    Text(String),
    /// Entries of a list.
    List(Vec<Entry>),
    /// One entry.
    Object(Entry),
    /// Entries by fiscal year and side.
    Sides(Vec<(i32, usize, Entry)>),
}

impl Answer {
    /// Whether something was said. A number that spans its whole domain, which
    /// is `blank`, is one that was not.
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

/// One entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Answers in the order of the dictionary's fields.
    pub fields: Vec<Answer>,
    /// Fields whose default was taken, one bit each. A day among them is taken
    /// as on or before the day of application, which is not known in here.
    pub defaulted: u64,
}

impl Entry {
    fn take_default(&mut self, field: usize) {
        self.defaulted |= bit(field);
    }

    /// Whether the default of a field was taken.
    pub fn is_defaulted(&self, field: usize) -> bool {
        self.defaulted & bit(field) != 0
    }
}

/// A dictionary has no more fields than there are bits.
fn bit(field: usize) -> u64 {
    u32::try_from(field).ok().and_then(|at| 1_u64.checked_shl(at)).unwrap_or(0)
}

/// A company, read against a dictionary.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its name, if given.
    pub name: Option<String>,
    /// The day of application.
    pub as_of: Date,
    /// Answers in the order of the dictionary.
    pub answers: Vec<Answer>,
    /// Facts and keys the dictionary does not know; kept, never used.
    pub unknown: Vec<String>,
    /// Day of registration, for the years that exist.
    pub established: Range,
    /// Position of the fact that says so.
    pub established_at: Option<usize>,
}

impl Company {
    /// Reads a company file. `today` is the day of application where the file
    /// names none.
    ///
    /// # Errors
    /// Only when the text is not JSON; everything else is a [`Problem`].
    pub fn from_json(
        json: &str,
        dictionary: &Dictionary,
        today: Date,
    ) -> Result<(Self, Vec<Problem>), Error> {
        Self::parse(json, dictionary, today).map_err(Error::json)
    }

    /// The same with the parser's own error. The wasm parses a value first, as it
    /// parses policies: another parser would be too large there.
    #[cfg(target_arch = "wasm32")]
    fn parse(
        json: &str,
        dictionary: &Dictionary,
        today: Date,
    ) -> Result<(Self, Vec<Problem>), serde_json::Error> {
        let value = crate::parse::json(json)?;
        Ok(Self::from_value(&value, dictionary, today))
    }

    /// The same with the parser's own error.
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

    /// The same from JSON that was parsed already (with exact numbers).
    pub fn from_value(value: &Value, dictionary: &Dictionary, today: Date) -> (Self, Vec<Problem>) {
        read::read(&Tree::from(value), dictionary, today)
    }

    /// Writes every figure without a year under the year it is of: the one
    /// before the file's own day of application, before `today` where it names
    /// none. What it says stays the same.
    pub fn write_by_year(file: &mut Value, dictionary: &Dictionary, today: Date) {
        read::write_by_year(file, dictionary, today);
    }

    /// A company nobody has said anything about.
    pub fn blank(dictionary: &Dictionary, as_of: Date) -> Self {
        Self {
            name: None,
            as_of,
            answers: dictionary.facts.iter().map(read::blank_answer).collect(),
            unknown: Vec::new(),
            established: Range::ANY,
            established_at: dictionary.facts.iter().position(|fact| fact.establishes),
        }
    }

    /// Whether it holds figures that can't both be right.
    pub(crate) fn contradicts_itself(&self, dictionary: &Dictionary) -> bool {
        read::contradicts_itself(self, dictionary)
    }

    /// Whether the company certainly did not exist in this calendar year.
    ///
    /// A company that does not say when it was registered has all years: no
    /// other fact may hold a criterion back.
    pub fn lacks_year(&self, year: i32) -> bool {
        self.established
            .lo
            .and_then(|day| i32::try_from(day.floor()).ok())
            .and_then(Date::from_day_number)
            .is_some_and(|day| day.year() > year)
    }

    /// Whether an estimate of the day of registration leaves it open. A day
    /// that was not given at all does not.
    pub fn may_lack_year(&self, year: i32) -> bool {
        let latest = self.established.hi.and_then(|day| i32::try_from(day.floor()).ok());
        let latest = latest.and_then(Date::from_day_number);
        !self.established.is_blank() && latest.is_none_or(|day| day.year() > year)
    }
}
