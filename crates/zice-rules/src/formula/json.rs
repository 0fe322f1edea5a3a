//! Readers of formulas; see [`crate::json`].

use serde_json::Value;

use super::{Cell, Comparison, Condition, Formula, Formulas, Number};
use crate::{
    json::{Read, Reader, at, named},
    read_members, read_names,
};

read_members! {
    Cell { fact, year, side, field }
}

read_names! {
    Comparison { ">=" => AtLeast, ">" => Above, "<=" => AtMost, "<" => Below, "=" => Equal }
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
