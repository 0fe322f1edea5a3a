//! JSON that our own programs wrote, read back: compiled policies, the dictionary,
//! and what goes between the page and its engine.
//!
//! serde's derived readers are generic over the format. For the thirty types of a
//! policy they came to a quarter of the wasm of the first load, and for the forty
//! of the engine's replies to 35 kB brotli. These read one parsed [`Value`] and
//! nothing else; [`read_members!`](crate::read_members) and
//! [`read_names!`](crate::read_names) make them for structs and enums.
//!
//! Members that are missing are read as nothing, no or empty. Whoever adds a type
//! proves in a test that reading what serde wrote gives the same value back, as
//! `zice-policy` does for every policy.

use serde_json::{Map, Value};

use crate::{
    assess::{Status, Verdict},
    date::Date,
    dictionary::{
        Answers, AssumedPast, Choice, Contradiction, Dictionary, Fact, Field, Kind, NextRound,
        Standing, Topic, Twin,
    },
    digits::written,
    doubt::{Doubt, Doubts, Suggest},
    formula::{
        Cell, ChoicesAt, Comparison, Condition, ConditionAt, CriterionAt, FactAt, FieldAt, Formula,
        Formulas, Number, NumberAt,
    },
    fraction::Fraction,
    names::{Addend, Columns, Implied, Named, Names},
    parse,
    place::{PaperAt, SourceAt},
    policy::{
        Adds, Band, Banded, Basis, Better, Caution, ChoiceSet, Cite, Confidence, Criterion,
        CriterionKind, Each, EntryNote, Evidence, Horizon, Indicator, IndicatorValue, Lever, Limit,
        Mean, Measure, Milestone, Move, Observe, Otherwise, Part, PointsWhen, Policy, ReviewWhen,
        Rule, Source, Starts, Statement, Tables, Unit, Window,
    },
    text::{Noun, Text},
};

/// Parses a text and reads it.
///
/// # Errors
/// What the parser says, or the first member that can't be read.
pub fn from_text<T: Read>(text: &str) -> Result<T, String> {
    let value = parse::json(text).map_err(|error| error.to_string())?;
    read(&value).map_err(str::to_owned)
}

/// Reads a whole file.
///
/// # Errors
/// Returns the name of the first member that could not be read.
pub fn read<T: Read>(value: &Value) -> Result<T, &'static str> {
    let mut reader = Reader { at: "", unreadable: None };
    let whole = T::read(Some(value), &mut reader);
    reader.unreadable.map_or(Ok(whole), Err)
}

/// The state of reading: the member being read, and the first one that could
/// not be.
///
/// Reading goes on after a mistake, with a stand-in for what is wrong. Stopping
/// in the middle would add code at every member to free half a policy. [`read`]
/// never returns such a half.
#[derive(Debug)]
pub struct Reader {
    at: &'static str,
    unreadable: Option<&'static str>,
}

impl Reader {
    /// Records a mistake and returns the stand-in `of`.
    pub fn instead<T>(&mut self, of: T) -> T {
        self.mistake();
        of
    }

    /// Records that the current member could not be read.
    #[inline(never)]
    fn mistake(&mut self) {
        self.unreadable.get_or_insert(self.at);
    }

    /// Moves on to a member and returns its value.
    #[inline(never)]
    pub fn member<'a>(&mut self, members: Members<'a>, name: &'static str) -> Option<&'a Value> {
        self.at = name;
        members?.get(name)
    }

    /// Returns the members of an object; a mistake if it is none.
    #[inline(never)]
    pub fn members<'a>(&mut self, value: Option<&'a Value>) -> Members<'a> {
        match value {
            Some(Value::Object(members)) => Some(members),
            _ => self.instead(None),
        }
    }

    /// Returns the values of a list; empty if it is missing, a mistake if it is
    /// no list.
    #[inline(never)]
    fn list<'a>(&mut self, value: Option<&'a Value>) -> &'a [Value] {
        match value {
            None => &[],
            Some(Value::Array(values)) => values,
            Some(_) => self.instead(&[]),
        }
    }

    /// Finds a text among names. The first name stands in for a text that is
    /// none of them, and it is a mistake.
    #[inline(never)]
    pub fn choice(&mut self, value: Option<&Value>, names: &[&str]) -> usize {
        let place =
            value.and_then(Value::as_str).and_then(|it| names.iter().position(|name| *name == it));
        place.unwrap_or_else(|| self.instead(0))
    }
}

/// The members of an object; `None` after a mistake.
/// A type that can be read from parsed JSON. A value of `None` is a missing
/// member.
pub type Members<'a> = Option<&'a Map<String, Value>>;
/// A type that can be read from parsed JSON; `None` is a missing member.
pub trait Read: Sized {
    /// Reads a value; what can't be read is noted in the reader.
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self;

    /// Reads a member by its name. There are two hundred members; out of line,
    /// each is a single call.
    #[inline(never)]
    fn member(members: Members<'_>, name: &'static str, reader: &mut Reader) -> Self {
        Self::read(reader.member(members, name), reader)
    }
}

impl Read for String {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value {
            Some(Value::String(text)) => text.clone(),
            _ => reader.instead(Self::new()),
        }
    }
}

impl Read for bool {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value {
            None => false,
            Some(Value::Bool(yes)) => *yes,
            Some(_) => reader.instead(false),
        }
    }
}

/// Reads every whole number as an `i32` first, because parsing a text takes
/// more code than checking whether a number fits.
fn whole<T: TryFrom<i32> + Default>(value: Option<&Value>, reader: &mut Reader) -> T {
    let number = match value {
        Some(Value::Number(number)) => written(number).and_then(|it| it.parse::<i32>().ok()),
        _ => None,
    };
    let fits = number.and_then(|number| T::try_from(number).ok());
    fits.unwrap_or_else(|| reader.instead(T::default()))
}

macro_rules! read_whole {
    ($($type:ty)*) => {$(
        impl Read for $type {
            fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
                whole(value, reader)
            }
        }
    )*};
}

read_whole! { u8 u16 i8 i32 usize }

/// Whole numbers that may be larger than those of [`whole`].
impl Read for i64 {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let number = match value {
            Some(Value::Number(number)) => written(number).and_then(|it| it.parse().ok()),
            _ => None,
        };
        number.unwrap_or_else(|| reader.instead(0))
    }
}

impl Read for Value {
    fn read(value: Option<&Value>, _: &mut Reader) -> Self {
        value.cloned().unwrap_or_default()
    }
}

impl Read for char {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let read = value.and_then(Value::as_str).and_then(|text| text.chars().next());
        read.unwrap_or_else(|| reader.instead(' '))
    }
}

impl Read for Fraction {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let read = value.and_then(Value::as_str).and_then(Self::parse);
        read.unwrap_or_else(|| reader.instead(Self::ZERO))
    }
}

impl Read for Date {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let read = value.and_then(Value::as_str).and_then(Self::parse);
        read.unwrap_or_else(|| reader.instead(Self::MIN))
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value {
            None | Some(Value::Null) => None,
            given => Some(T::read(given, reader)),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let values = reader.list(value);
        let mut list = Self::with_capacity(values.len());
        for value in values {
            list.push(T::read(Some(value), reader));
        }
        list
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        (A::read(at(value, 0), reader), B::read(at(value, 1), reader))
    }
}

impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let [one, two, three] = [0, 1, 2].map(|place| at(value, place));
        (A::read(one, reader), B::read(two, reader), C::read(three, reader))
    }
}

/// Returns one element of a list that holds several values.
pub fn at(value: Option<&Value>, place: usize) -> Option<&Value> {
    value?.as_array()?.get(place)
}

/// Takes apart a value written `{"name": …}`; the name is empty if it has
/// another form.
pub fn named(value: Option<&Value>) -> (&str, Option<&Value>) {
    let member = value.and_then(Value::as_object).and_then(|members| members.iter().next());
    member.map_or(("", None), |(name, value)| (name.as_str(), Some(value)))
}

/// Implements [`Read`] for structs. `member = "name"` gives the name in JSON
/// where it differs; members after `;` are not in the JSON and get their
/// default.
#[macro_export]
macro_rules! read_members {
    ($($type:ident {
        $($member:ident $(= $name:literal)?),* $(,)? $(; $($elsewhere:ident),* $(,)?)?
    })*) => {$(
        impl $crate::json::Read for $type {
            fn read(
                value: Option<&serde_json::Value>,
                reader: &mut $crate::json::Reader,
            ) -> Self {
                let members = reader.members(value);
                Self {
                    $($member: $crate::json::Read::member(
                        members,
                        $crate::read_members!(@ $member $($name)?),
                        reader,
                    ),)*
                    $($($elsewhere: Default::default(),)*)?
                }
            }
        }
    )*};
    (@ $member:ident) => { stringify!($member) };
    (@ $member:ident $name:literal) => { $name };
}

/// Implements [`Read`] for enums without fields, by their names in JSON. The
/// first variant stands in for what cannot be read.
#[macro_export]
macro_rules! read_names {
    ($($type:ident { $first:literal => $instead:ident $(, $name:literal => $choice:ident)* $(,)? })*) => {$(
        impl $crate::json::Read for $type {
            fn read(
                value: Option<&serde_json::Value>,
                reader: &mut $crate::json::Reader,
            ) -> Self {
                const NAMES: &[&str] = &[$first $(, $name)*];
                const CHOICES: &[$type] = &[$type::$instead $(, $type::$choice)*];
                let place = reader.choice(value, NAMES);
                CHOICES.get(place).copied().unwrap_or(Self::$instead)
            }
        }

        impl $type {
            /// Returns the name used in JSON.
            pub const fn name(self) -> &'static str {
                match self {
                    Self::$instead => $first,
                    $(Self::$choice => $name,)*
                }
            }
        }
    )*};
}

read_members! {
    Text { zh, en }
    Noun { zh, en, one }
    Dictionary {
        schema, digest, topics = "topic", facts = "fact", contradictions = "contradiction", twins = "twin";
        columns, doubts, by_id,
    }
    Doubt { code, year, years, facts, when, text, shown, suggest }
    Suggest { fact, year, to, when }
    Topic { id, title }
    Fact {
        id, name, kind = "type", yearly, bare, topic, short, apart, question, help, answers,
        definition, found_in = "where", unit, min, max, signed, values, fields, item, complete,
        sides, establishes, digits, most, next_round;
        aliases, ask, parts, yes_words, no_words, ask_words,
    }
    Field {
        id, name, kind = "type", label, help, answers, required, past, default, assumed_past,
        min, max, signed, unit, values, digits;
        aliases, ask, yes_words, no_words, ask_words,
    }
    NextRound { yes, no, until, adds }
    Answers { yes, no }
    AssumedPast { field, one_of }
    Choice { id, name, zh, en; aliases, ask, implies }
    Columns { this_period, last_period, closing, opening }
    Addend { aliases, minus, optional, within }
    Implied { aliases, field, value }
    Names { schema, columns, facts }
    Named {
        id, aliases, ask, parts, yes_words, no_words, ask_words, implies, values, fields, sides,
    }
    Contradiction { less, more, fact, is, other, one_of, text }
    Twin { one, other, note }
    Window { opens, closes, year }
    Milestone { id, what, from, date, cites }
    Statement { id, text, cites }
    Caution { id, when, text, cites }
    Evidence { id, title, always, when, because, cites }
    Each { list, id, name }
    Indicator { id, title, words, better, unit, cites, values }
    IndicatorValue { side, year, value }
    EntryNote { id, list, counting, when, text, cites }
    Cell { fact, year, side, field }
    Lever {
        id, act, proof, rule, rounds, moves, mean, adds, sets, starts, at_most, at_once, lead_days,
        cites,
    }
    Mean { periods, least_days }
    Starts { list, field, day }
    Move { fact, by }
    Adds { list, says, waits, dated, year_end }
    Source { id, number, title, url }
    Cite { source, clause, page, confidence }
    Criterion {
        id, kind, title, words, rule, limit, route, review, otherwise, cites, evidence,
    }
    Otherwise { because, cites }
    ReviewWhen { when, because, cites }
    Part { of, cap }
    Limit { sign, value, unit }
    Observe { value, unit }
    Banded { value, unit, bands }
    PointsWhen { when, min, max }
    Band { from, above, min, max }
    Tables { facts, fields, choices }
    ChoiceSet { fact, field, values }
}

read_names! {
    Status {
        "unknown" => Unknown, "met" => Met, "not_met" => NotMet, "needs_review" => NeedsReview,
        "not_applicable" => NotApplicable,
    }
    Verdict {
        "undecided" => Undecided, "met" => Met, "not_met" => NotMet,
        "needs_review" => NeedsReview, "hint" => Hint, "not_applicable" => NotApplicable,
    }
    Kind {
        "bool" => Bool, "count" => Count, "whole" => Whole, "points" => Points, "money" => Money,
        "rate" => Rate, "date" => Date, "enum" => Enum, "enum_list" => EnumList, "text" => Text,
        "list" => List, "object" => Object,
    }
    Confidence {
        "official" => Official, "reposted" => Reposted, "two-sources" => TwoSources,
        "one-source" => OneSource, "derived" => Derived, "assumed" => Assumed, "open" => Open,
    }
    CriterionKind {
        "gate" => Gate, "score" => Score, "bonus" => Bonus, "route" => Route,
        "document" => Document, "note" => Note,
    }
    Standing { "condition" => Condition, "open" => Open }
    Horizon { "this_round" => ThisRound, "next_round" => NextRound }
    Better { "higher" => Higher, "lower" => Lower, "neither" => Neither }
    Unit {
        "ratio" => Ratio, "yuan" => Yuan, "count" => Count, "date" => Date, "days" => Days, "year" => Year,
        "points" => Points, "times" => Times,
    }
    Comparison { ">=" => AtLeast, ">" => Above, "<=" => AtMost, "<" => Below, "=" => Equal }
}

impl Read for Doubts {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        // A dictionary without doubts is no mistake.
        let Some(value) = value else { return Self::default() };
        let members = reader.members(Some(value));
        Self {
            tables: Read::member(members, "tables", reader),
            rules: Read::member(members, "rules", reader),
            formulas: Read::member(members, "formulas", reader),
            code: Read::member(members, "code", reader),
            links: crate::policy::Links::default(),
            program: None,
        }
    }
}

impl Read for Basis {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let members = reader.members(value);
        Self {
            title: Read::member(members, "title", reader),
            measure: match reader.member(members, "when") {
                None => Measure::Banded(Read::read(value, reader)),
                Some(_) => Measure::Condition(Read::read(value, reader)),
            },
        }
    }
}

impl Read for Policy {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let members = reader.members(value);
        macro_rules! member {
            ($name:literal) => {
                Read::member(members, $name, reader)
            };
        }
        Self {
            schema: member!("schema"),
            id: member!("id"),
            edition: member!("edition"),
            digest: member!("digest"),
            title: member!("title"),
            summary: member!("summary"),
            authority: member!("authority"),
            platform: member!("platform"),
            minutes: member!("minutes"),
            benefits: member!("benefits"),
            cautions: member!("cautions"),
            open_points: member!("open_points"),
            checked_on: member!("checked_on"),
            review_by: member!("review_by"),
            window: member!("window"),
            calendar: member!("calendar"),
            evidence: member!("evidence"),
            sources: member!("sources"),
            criteria: member!("criteria"),
            verdict: member!("verdict"),
            hint: member!("hint"),
            each: member!("each"),
            indicators: member!("indicators"),
            entry_notes: member!("entry_notes"),
            levers: member!("levers"),
            tables: member!("tables"),
            formulas: member!("formulas"),
            code: member!("code"),
            links: crate::policy::Links::default(),
            program: None,
        }
    }
}

impl Read for Rule {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let (name, inner) = named(value);
        let members = reader.members(inner);
        match name {
            "holds" => Self::Holds {
                when: Read::member(members, "when", reader),
                observe: Read::member(members, "observe", reader),
            },
            "points" => Self::Points {
                best_of: Read::member(members, "best_of", reader),
                out_of: Read::member(members, "out_of", reader),
            },
            "total" => Self::Total {
                of: Read::member(members, "of", reader),
                out_of: Read::member(members, "out_of", reader),
                needs: Read::member(members, "needs", reader),
                strict: Read::member(members, "strict", reader),
                also: Read::member(members, "also", reader),
            },
            _ => reader.instead(Self::Holds { when: ConditionAt::new(u16::MAX), observe: None }),
        }
    }
}

macro_rules! read_places {
    ($($type:ident)*) => {$(
        impl Read for $type {
            fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
                Self::new(whole(value, reader))
            }
        }
    )*};
}

read_places! {
    ConditionAt NumberAt FactAt FieldAt ChoicesAt CriterionAt PaperAt SourceAt
}

impl Read for Formulas {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        Self::from_table(Read::read(value, reader))
    }
}

/// A formula is a condition or a number, depending on its name.
impl Read for Formula {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        if value.and_then(Value::as_str) == Some("today") {
            return Self::Number(Number::AsOf);
        }
        let (name, inner) = named(value);
        match condition(name, inner, reader) {
            Some(condition) => Self::Condition(condition),
            None => Self::Number(number(name, inner, reader)),
        }
    }
}

fn condition(name: &str, inner: Option<&Value>, reader: &mut Reader) -> Option<Condition> {
    Some(match name {
        "b" => Condition::Constant(Read::read(inner, reader)),
        "is" => Condition::Fact(Read::read(inner, reader)),
        "is_e" => Condition::Field(Read::read(inner, reader)),
        "c" => Condition::Compare(
            Read::read(at(inner, 0), reader),
            Read::read(at(inner, 1), reader),
            Read::read(at(inner, 2), reader),
        ),
        "in" => Condition::OneOf(Read::read(inner, reader)),
        "not" => Condition::Not(Read::read(inner, reader)),
        "and" => Condition::All(Read::read(inner, reader)),
        "or" => Condition::Any(Read::read(inner, reader)),
        "sure" => Condition::Certain(Read::read(inner, reader)),
        "given" => Condition::Given(Read::read(inner, reader)),
        "given_e" => Condition::GivenField(Read::read(inner, reader)),
        "has_y" => Condition::HasYear(Read::read(inner, reader)),
        "within" => {
            Condition::Within(Read::read(at(inner, 0), reader), Read::read(at(inner, 1), reader))
        }
        "person" => Condition::Review(Read::read(inner, reader)),
        "met" => Condition::Criterion(Read::read(inner, reader)),
        _ => return None,
    })
}

fn number(name: &str, inner: Option<&Value>, reader: &mut Reader) -> Number {
    let [first, second, third] = [0, 1, 2].map(|place| at(inner, place));
    match name {
        "n" => Number::Constant(Read::read(inner, reader)),
        "f" => Number::Fact(Read::read(inner, reader)),
        "y" => Number::Yearly(Read::read(first, reader), Read::read(second, reader)),
        "sum" => Number::SumYears(
            Read::read(first, reader),
            Read::read(second, reader),
            Read::read(third, reader),
        ),
        "mean" => Number::MeanYears(
            Read::read(first, reader),
            Read::read(second, reader),
            Read::read(third, reader),
        ),
        "graded" => Number::Graded(Read::read(inner, reader)),
        "cell" => Number::Cell(Read::read(inner, reader)),
        "if" => Number::If(
            Read::read(first, reader),
            Read::read(second, reader),
            Read::read(third, reader),
        ),
        "e" => Number::Field(Read::read(inner, reader)),
        "year" => Number::YearOf(Read::read(inner, reader)),
        "+" => Number::Sum(Read::read(inner, reader)),
        "-" => Number::Minus(Read::read(first, reader), Read::read(second, reader)),
        "*" => Number::Times(Read::read(first, reader), Read::read(second, reader)),
        "/" => Number::Over(Read::read(first, reader), Read::read(second, reader)),
        "max" => Number::Max(Read::read(inner, reader)),
        "min" => Number::Min(Read::read(inner, reader)),
        "count" => Number::Count(Read::read(first, reader), Read::read(second, reader)),
        "pts" => Number::Points(Read::read(inner, reader)),
        _ => reader.instead(Number::AsOf),
    }
}
