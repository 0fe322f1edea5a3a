//! Compiled policies and the dictionary out of JSON.
//!
//! serde's derived readers are generic over the format; for the thirty types
//! of a policy they came to a quarter of the first-load wasm. These read one
//! parsed [`Value`] and nothing else. Members that are missing are nothing, no
//! or empty; `zice-author` proves for every policy that reading what was
//! written gives the same policy back.

use serde_json::Value;

use crate::{
    date::Date,
    dictionary::{Choice, Contradiction, Dictionary, Fact, Field, Kind, Side, Topic, Twin},
    formula::{Cell, Comparison, Condition, Number},
    fraction::Fraction,
    policy::{
        Band, Basis, Better, Caution, ChoiceSet, Cite, Confidence, Criterion, CriterionKind, Each,
        EntryNote, Evidence, Indicator, IndicatorValue, Milestone, Observe, Otherwise, Part,
        Policy, ReviewWhen, Rule, Source, Statement, Tables, Unit, Window,
    },
    text::Text,
};

/// The member that could not be read.
pub(crate) type Unreadable = &'static str;

/// A type that can be read from parsed JSON; `None` is a missing member.
pub(crate) trait Read: Sized {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable>;
}

impl Read for String {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        value.and_then(Value::as_str).map(str::to_owned).ok_or("text")
    }
}

impl Read for bool {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        value.map_or(Some(false), Value::as_bool).ok_or("bool")
    }
}

fn whole<T: core::str::FromStr>(value: Option<&Value>) -> Result<T, Unreadable> {
    match value {
        Some(Value::Number(number)) => number.as_str().parse().ok(),
        _ => None,
    }
    .ok_or("number")
}

macro_rules! read_whole {
    ($($type:ty)*) => {$(
        impl Read for $type {
            fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
                whole(value)
            }
        }
    )*};
}

read_whole! { u8 u16 i8 i32 }

impl Read for Fraction {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        value.and_then(Value::as_str).and_then(Self::parse).ok_or("number")
    }
}

impl Read for Date {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        value.and_then(Value::as_str).and_then(Self::parse).ok_or("date")
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        match value {
            None | Some(Value::Null) => Ok(None),
            given => T::read(given).map(Some),
        }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        T::read(value).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        match value {
            None => Ok(Self::new()),
            Some(Value::Array(values)) => values.iter().map(|value| T::read(Some(value))).collect(),
            Some(_) => Err("list"),
        }
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        Ok((A::read(at(value, 0))?, B::read(at(value, 1))?))
    }
}

/// A member of a list that stands for several values.
fn at(value: Option<&Value>, place: usize) -> Option<&Value> {
    value?.as_array()?.get(place)
}

/// A value written `{"name": …}`, taken apart.
fn named(value: Option<&Value>) -> Option<(&str, Option<&Value>)> {
    let (name, value) = value?.as_object()?.iter().next()?;
    Some((name, Some(value)))
}

/// Structs member by member; a member that is called differently in JSON is
/// written `member = "name"`.
macro_rules! read_members {
    ($($type:ident { $($member:ident $(= $name:literal)?),* $(,)? })*) => {$(
        impl Read for $type {
            fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
                let members = value.and_then(Value::as_object).ok_or(stringify!($type))?;
                Ok(Self {
                    $($member: Read::read(members.get(read_members!(@ $member $($name)?)))
                        .map_err(|_| concat!(stringify!($type), ".", stringify!($member)))?,)*
                })
            }
        }
    )*};
    (@ $member:ident) => { stringify!($member) };
    (@ $member:ident $name:literal) => { $name };
}

/// Choices by the name they are written with.
macro_rules! read_names {
    ($($type:ident { $($name:literal => $choice:ident),* $(,)? })*) => {$(
        impl Read for $type {
            fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
                match value.and_then(Value::as_str) {
                    $(Some($name) => Ok(Self::$choice),)*
                    _ => Err(stringify!($type)),
                }
            }
        }
    )*};
}

read_members! {
    Text { zh, en }
    Dictionary { schema, topics = "topic", facts = "fact", contradictions = "contradiction", twins = "twin" }
    Topic { id, title }
    Fact {
        id, name, kind = "type", yearly, topic, short, question, definition, found_in = "where",
        unit, min, max, signed, values, fields, item, complete, sides, format,
    }
    Field {
        id, name, kind = "type", label, help, required, default, min, max, signed, unit, values,
        format,
    }
    Choice { id, name, zh, en }
    Contradiction { less, more, text }
    Twin { one, other, note }
    Side { id, name, zh, en }
    Window { opens, closes, year }
    Milestone { id, what, from, date, cites }
    Statement { id, text, cites }
    Caution { id, when, text, cites }
    Evidence { id, title, always, when, because, cites }
    Each { list, id, name }
    Indicator { id, title, words, better, unit, cites, values }
    IndicatorValue { side, year, value }
    EntryNote { id, list, when, text, cites }
    Cell { fact, year, side, field }
    Source { id, number, title }
    Cite { source, clause, page, confidence }
    Criterion {
        id, kind, title, words, rule, limit, route, review, otherwise, cites, evidence,
    }
    Otherwise { because, cites }
    ReviewWhen { when, because, cites }
    Part { of, cap }
    Observe { value, unit }
    Basis { title, value, unit, bands }
    Band { from, above, min, max }
    Tables { facts, fields, choices }
    ChoiceSet { fact, field, values }
}

read_names! {
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
    Better { "higher" => Higher, "lower" => Lower, "neither" => Neither }
    Unit {
        "ratio" => Ratio, "yuan" => Yuan, "count" => Count, "date" => Date, "days" => Days, "year" => Year,
        "points" => Points,
    }
    Comparison { ">=" => AtLeast, ">" => Above, "<=" => AtMost, "<" => Below, "=" => Equal }
}

impl Read for Policy {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        let members = value.and_then(Value::as_object).ok_or("Policy")?;
        macro_rules! member {
            ($name:literal) => {
                Read::read(members.get($name)).map_err(|_| $name)?
            };
        }
        Ok(Self {
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
            criteria: Read::read(members.get("criteria"))?,
            verdict: member!("verdict"),
            hint: member!("hint"),
            each: member!("each"),
            indicators: member!("indicators"),
            entry_notes: member!("entry_notes"),
            tables: member!("tables"),
            links: crate::policy::Links::default(),
        })
    }
}

impl Read for Rule {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        let (name, inner) = named(value).ok_or("Rule")?;
        let members = inner.and_then(Value::as_object).ok_or("Rule")?;
        Ok(match name {
            "holds" => Self::Holds {
                when: Read::read(members.get("when"))?,
                observe: Read::read(members.get("observe"))?,
            },
            "points" => Self::Points {
                best_of: Read::read(members.get("best_of"))?,
                out_of: Read::read(members.get("out_of"))?,
            },
            "total" => Self::Total {
                of: Read::read(members.get("of"))?,
                out_of: Read::read(members.get("out_of"))?,
                needs: Read::read(members.get("needs"))?,
                strict: Read::read(members.get("strict"))?,
                also: Read::read(members.get("also"))?,
            },
            _ => return Err("Rule"),
        })
    }
}

impl Read for Condition {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        let (name, inner) = named(value).ok_or("Condition")?;
        Ok(match name {
            "b" => Self::Constant(Read::read(inner)?),
            "f" => Self::Fact(Read::read(inner)?),
            "e" => Self::Field(Read::read(inner)?),
            "c" => Self::Compare(
                Read::read(at(inner, 0))?,
                Read::read(at(inner, 1))?,
                Read::read(at(inner, 2))?,
            ),
            "in" => Self::OneOf(Read::read(inner)?),
            "not" => Self::Not(Read::read(inner)?),
            "and" => Self::All(Read::read(inner)?),
            "or" => Self::Any(Read::read(inner)?),
            "sure" => Self::Certain(Read::read(inner)?),
            "given" => Self::Given(Read::read(inner)?),
            "given_e" => Self::GivenField(Read::read(inner)?),
            "has_y" => Self::HasYear(Read::read(inner)?),
            "within" => Self::Within(Read::read(at(inner, 0))?, Read::read(at(inner, 1))?),
            "person" => Self::Review(Read::read(inner)?),
            "met" => Self::Criterion(Read::read(inner)?),
            _ => return Err("Condition"),
        })
    }
}

impl Read for Number {
    fn read(value: Option<&Value>) -> Result<Self, Unreadable> {
        if value.and_then(Value::as_str) == Some("today") {
            return Ok(Self::AsOf);
        }
        let (name, inner) = named(value).ok_or("Number")?;
        let first = at(inner, 0);
        let second = at(inner, 1);
        Ok(match name {
            "n" => Self::Constant(Read::read(inner)?),
            "f" => Self::Fact(Read::read(inner)?),
            "y" => Self::Yearly(Read::read(first)?, Read::read(second)?),
            "sum" => {
                Self::SumYears(Read::read(first)?, Read::read(second)?, Read::read(at(inner, 2))?)
            }
            "mean" => {
                Self::MeanYears(Read::read(first)?, Read::read(second)?, Read::read(at(inner, 2))?)
            }
            "graded" => Self::Graded(Read::read(inner)?),
            "cell" => Self::Cell(Read::read(inner)?),
            "if" => Self::If(Read::read(first)?, Read::read(second)?, Read::read(at(inner, 2))?),
            "e" => Self::Field(Read::read(inner)?),
            "year" => Self::YearOf(Read::read(inner)?),
            "+" => Self::Sum(Read::read(inner)?),
            "-" => Self::Minus(Read::read(first)?, Read::read(second)?),
            "*" => Self::Times(Read::read(first)?, Read::read(second)?),
            "/" => Self::Over(Read::read(first)?, Read::read(second)?),
            "max" => Self::Max(Read::read(inner)?),
            "min" => Self::Min(Read::read(inner)?),
            "count" => Self::Count(Read::read(first)?, Read::read(second)?),
            "pts" => Self::Points(Read::read(inner)?),
            _ => return Err("Number"),
        })
    }
}
