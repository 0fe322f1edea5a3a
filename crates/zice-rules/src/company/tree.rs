//! The JSON of a company file, as a tree that borrows from its text.
//!
//! Texts and keys without escapes are not copied. Members are kept in the order
//! of the file without a hash table, because most objects of a company have a
//! single member.

use core::fmt;
use std::{borrow::Cow, collections::HashMap};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::{digits::written, parse::NUMBER};

/// A JSON value whose numbers keep the digits they were written with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree<'a> {
    Null,
    Bool(bool),
    /// A number with the digits it was written with.
    Number(Cow<'a, str>),
    /// A number that the parser has rounded, so that its digits are lost.
    Rounded,
    Text(Cow<'a, str>),
    List(Vec<Self>),
    Object(Members<'a>),
}

/// The members of an object; each key occurs once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Members<'a>(Vec<(Cow<'a, str>, Tree<'a>)>);

/// Number of members up to which keys are looked up one by one while an object
/// is read. Larger objects use a hash table for that.
const FEW: usize = 32;

impl<'a> Members<'a> {
    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Tree<'a>> {
        self.0.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// Returns keys and values in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Tree<'a>)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// Returns the keys in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// Returns the number of members.
    pub const fn len(&self) -> usize {
        self.0.len()
    }
}

impl Tree<'_> {
    /// Whether the value is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the text, if the value is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the boolean, if the value is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            _ => None,
        }
    }
}

impl<'a> Tree<'a> {
    /// Returns the members, if the value is an object.
    pub const fn as_object(&self) -> Option<&Members<'a>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }
}

impl<'a> From<&'a Value> for Tree<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(yes) => Self::Bool(*yes),
            Value::Number(number) => written(number).map_or(Self::Rounded, Self::Number),
            Value::String(text) => Self::Text(text.into()),
            Value::Array(values) => Self::List(values.iter().map(Self::from).collect()),
            Value::Object(map) => {
                let members = map.iter().map(|(key, value)| (key.into(), Self::from(value)));
                Self::Object(Members(members.collect()))
            }
        }
    }
}

/// A text that borrows where it can.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyTree)
    }
}

/// Builds a tree from whatever value comes.
struct AnyTree;

impl<'de> Visitor<'de> for AnyTree {
    type Value = Tree<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Bool(yes))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(number.to_string().into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(number.to_string().into()))
    }

    /// serde_json calls this only without the feature `arbitrary_precision`.
    fn visit_f64<E>(self, _: f64) -> Result<Tree<'de>, E> {
        Ok(Tree::Rounded)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(text.to_owned().into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Tree<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = values.next_element()? {
            list.push(value);
        }
        Ok(Tree::List(list))
    }

    /// Where a key occurs twice, the last value counts, at the place of the
    /// first.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree<'de>, A::Error> {
        let mut members: Vec<(Cow<'de, str>, Tree<'de>)> = Vec::new();
        let mut places = HashMap::new();
        while let Some(Text(key)) = map.next_key()? {
            if members.is_empty() && key == NUMBER {
                return map.next_value().map(|Text(number)| Tree::Number(number));
            }
            let value = map.next_value()?;
            if members.len() == FEW {
                let known = members.iter().enumerate();
                places = known.map(|(at, (key, _))| (key.clone(), at)).collect();
            }
            let place = match members.len() < FEW {
                true => members.iter().position(|(own, _)| *own == key),
                false => places.get(&key).copied(),
            };
            if let Some((_, before)) = place.and_then(|at| members.get_mut(at)) {
                *before = value;
                continue;
            }
            if members.len() >= FEW {
                places.insert(key.clone(), members.len());
            }
            members.push((key, value));
        }
        Ok(Tree::Object(Members(members)))
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test ends where what it needs is not there")]
mod tests {
    use serde_json::Value;

    use super::{FEW, Tree};

    fn same(text: &str) {
        let value: Value = serde_json::from_str(text).expect("JSON");
        let tree: Tree<'_> = serde_json::from_str(text).expect("JSON");
        assert_eq!(tree, Tree::from(&value), "{text}");
    }

    #[test]
    fn a_tree_is_what_the_parser_of_values_makes_of_the_text() {
        for text in [
            "null",
            "true",
            "-1.50e+3",
            "1E5",
            "0",
            "-0",
            "-7",
            "18446744073709551615",
            "\"a\\u4f01\\n\"",
            "[]",
            "{}",
            "[[],[1,null]]",
            r#"{"a":{"b\t":[{"c":1.10}]},"d":"","e":12345678901234567890123}"#,
        ] {
            same(text);
        }
    }

    #[test]
    fn of_a_key_that_is_written_twice_the_last_value_counts_in_the_first_place() {
        same(r#"{"a":1,"b":2,"a":3}"#);
        for many in [FEW - 1, FEW, FEW + 1, 3 * FEW] {
            let members: Vec<String> =
                (0..2 * many).map(|at| format!("\"{}\":{at}", at * 7 % many)).collect();
            same(&format!("{{{}}}", members.join(",")));
        }
    }

    #[test]
    fn what_is_no_json_is_refused_in_the_same_words() {
        let deep = "[".repeat(200);
        for text in ["", "{\"a\":}", "[1,]", "{\"a\":1,}", "01", "\"\\x\"", "1 2", &deep] {
            let value = serde_json::from_str::<Value>(text).expect_err("no JSON").to_string();
            let tree = serde_json::from_str::<Tree<'_>>(text).expect_err("no JSON").to_string();
            assert_eq!(tree, value);
        }
    }
}
