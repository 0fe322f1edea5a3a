//! Places in a company file, written as the engine names them in its
//! problems: `facts.revenue.2022.max`, `facts.ip[0].kind`.

use std::{convert::Infallible, fmt, str::FromStr};

use serde_json::{Map, Value, json};
use zice_rules::dictionary::Field;

/// The member of the company file that holds the answers.
const FACTS: &str = "facts.";
/// The member that holds the day of application.
pub const DAY: &str = "as_of";
/// The member that holds the name of the company.
pub const NAME: &str = "name";

/// A place in a company file: `Path::fact("revenue").year(2022).end(End::Max)` is
/// `facts.revenue.2022.max`.
///
/// Every text is a place; where nothing can stand there, nothing does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(String);

/// The ends of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The least it can be.
    Min,
    /// The most it can be.
    Max,
}

impl End {
    /// The name of the member that holds this end.
    pub fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

impl Path {
    /// The place of the answer to a fact: `facts.revenue`.
    pub fn fact(id: &str) -> Self {
        Self([FACTS, id].concat())
    }

    /// The place of a member of the company file itself: `as_of`.
    pub fn member(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// The place below this one under a name: a field of an entry, a side of a
    /// year.
    pub fn field(&self, name: &str) -> Self {
        Self([&self.0, ".", name].concat())
    }

    /// The place of the figure of a fiscal year.
    pub fn year(&self, year: impl fmt::Display) -> Self {
        self.field(&year.to_string())
    }

    /// The place of an end of the range that stands here.
    pub fn end(&self, end: End) -> Self {
        self.field(end.name())
    }

    /// The place of an entry of the list that stands here: `facts.ip[0]`.
    pub fn entry(&self, at: impl fmt::Display) -> Self {
        Self([&self.0, "[", &at.to_string(), "]"].concat())
    }

    /// The place in its textual form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The fact whose answer the place belongs to; nothing for other members of the
    /// file.
    pub fn fact_id(&self) -> Option<&str> {
        self.0.strip_prefix(FACTS)?.split(['.', '[']).next()
    }

    /// The names and positions that lead to the place, from the outermost.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        steps(&self.0)
    }

    /// The steps below the answer to a fact; none where the place belongs to
    /// another fact.
    pub fn steps_below<'a>(&'a self, fact: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let path = self.0.strip_prefix(FACTS).unwrap_or(&self.0);
        steps(path.strip_prefix(fact).unwrap_or(""))
    }

    /// Whether this place is the other one, or lies within it: `facts.ip[0]` is
    /// below `facts.ip`, `facts.ipo` is not.
    pub fn is_below(&self, other: &Path) -> bool {
        let rest = self.0.strip_prefix(&other.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// The entry of a list that the place lies in: `facts.ip[0]` of
    /// `facts.ip[0].kind`.
    pub fn whole_entry(&self) -> Option<Path> {
        let end = self.0.find(']')?;
        self.0.get(..=end).map(Path::from)
    }

    /// The position of the entry that the place lies in, if that is an entry of the
    /// list.
    pub(crate) fn position_in(&self, list: &Path) -> Option<usize> {
        self.rest_in(list).map(|(at, _)| at.parse().unwrap_or(0))
    }

    /// The same place in another entry of that list.
    pub(crate) fn moved_to(&self, list: &Path, at: usize) -> Path {
        let rest = self.rest_in(list).map_or("", |(_, rest)| rest);
        Self([&list.entry(at).0, rest].concat())
    }

    fn rest_in(&self, list: &Path) -> Option<(&str, &str)> {
        self.0.strip_prefix(&list.0)?.strip_prefix('[')?.split_once(']')
    }

    /// The same place below another member of the company file, if it belongs to an
    /// answer: `pasted.ip[0].kind`.
    pub(crate) fn in_member(&self, name: &str) -> Option<Path> {
        Some(Self([name, ".", self.0.strip_prefix(FACTS)?].concat()))
    }

    /// The value that stands there; nothing where it is absent or `null`.
    pub fn get<'a>(&self, file: &'a Value) -> Option<&'a Value> {
        get(file, &self.0)
    }

    /// Whether a field is said to be unknown: it is there, as `null`.
    pub fn is_forgotten_in(&self, file: &Value) -> bool {
        let (entry, field) = self.0.rsplit_once('.').unwrap_or_default();
        get(file, entry).and_then(|entry| entry.get(field)).is_some_and(Value::is_null)
    }

    /// Puts a value there; `null` takes out what is there, and what holds
    /// nothing afterwards.
    pub fn put(&self, file: &mut Value, value: Value) {
        put_at(file, &self.steps().collect::<Vec<_>>(), value);
    }

    /// Says that what stands there is unknown: it stays in the file, as `null`.
    pub fn forget(&self, file: &mut Value) {
        let value = self.steps().try_fold(file, |value, part| match value {
            Value::Array(entries) => entries.get_mut(part.parse::<usize>().ok()?),
            _ => value.get_mut(part),
        });
        if let Some(value) = value {
            *value = Value::Null;
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<&str> for Path {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl FromStr for Path {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl PartialEq<str> for Path {
    fn eq(&self, text: &str) -> bool {
        self.0 == text
    }
}

fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']']).filter(|part| !part.is_empty())
}

fn get<'a>(file: &'a Value, path: &str) -> Option<&'a Value> {
    let value = steps(path).try_fold(file, |value, part| match value {
        Value::Array(entries) => entries.get(part.parse::<usize>().ok()?),
        _ => value.get(part),
    });
    value.filter(|value| !value.is_null())
}

fn put_at(at: &mut Value, path: &[&str], value: Value) {
    let Some((head, rest)) = path.split_first() else {
        *at = value;
        return;
    };
    let index = head.parse::<usize>();
    if let (Value::Array(entries), Ok(index)) = (&mut *at, index)
        && let Some(entry) = entries.get_mut(index)
    {
        put_at(entry, rest, value);
        if entry.is_null() {
            // An entry nothing is known about is still an entry.
            *entry = json!({});
        }
        return;
    }
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    if let Some(members) = at.as_object_mut() {
        let member = members.entry(*head).or_insert(Value::Null);
        put_at(member, rest, value);
        if member.is_null() {
            members.remove(*head);
            if members.is_empty() {
                *at = Value::Null;
            }
        }
    }
}

/// Whether the answer to a list, or to an object, says that there is none: a
/// list without entries, a paper that has nothing in any field. One that lacks
/// some of them, the others not read yet, is there.
pub fn is_none_held(fields: &[Field], answer: Option<&Value>) -> bool {
    match answer {
        Some(Value::Array(entries)) => entries.is_empty(),
        Some(Value::Object(members)) => {
            let lacks = |field: &Field| members.get(&field.id).and_then(Value::as_str) == Some("");
            !fields.is_empty() && fields.iter().all(lacks)
        }
        _ => false,
    }
}

/// A single value as text; empty for a list, an object or nothing.
pub fn plain_text(value: Option<&Value>) -> &str {
    match value {
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) => number.as_str(),
        Some(Value::Bool(true)) => "true",
        Some(Value::Bool(false)) => "false",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_put_where_it_is_found_and_nothing_empty_stays() {
        let mut file = json!({ "facts": { "ip": [{ "kind": "design" }, "x"] } });
        for (place, value) in [
            ("facts.revenue.2022.max", json!("5")),
            ("facts.figures.2022.income.count", json!("3")),
            ("facts.ip[0].status", json!("pending")),
            ("facts.ip[1].kind", json!("software")),
            ("name", json!("甲")),
        ] {
            let path = Path::from(place);
            path.put(&mut file, value.clone());
            assert_eq!(path.get(&file), Some(&value), "{place}");
            path.put(&mut file, Value::Null);
            assert_eq!(path.get(&file), None, "{place}");
        }
        assert_eq!(file, json!({ "facts": { "ip": [{ "kind": "design" }, {}] } }));
    }

    #[test]
    fn what_is_said_to_be_unknown_stays_while_others_change() {
        let mut file = json!({ "facts": { "ip": [{ "status": "granted" }] } });
        Path::from("facts.ip[0].status").forget(&mut file);
        Path::from("facts.ip[0].kind").put(&mut file, json!("design"));
        Path::from("facts.ip[0].kind").put(&mut file, Value::Null);
        assert_eq!(file, json!({ "facts": { "ip": [{ "status": null }] } }));
        Path::from("facts.ip[0].status").put(&mut file, Value::Null);
        assert_eq!(file, json!({ "facts": { "ip": [{}] } }));
    }

    #[test]
    fn what_is_of_another_kind_is_replaced_by_what_is_entered() {
        for odd in [json!(5), json!("abc"), json!([1]), json!({ "2022": [] })] {
            let mut file = json!({ "facts": { "revenue": odd } });
            Path::from("facts.revenue.2022").put(&mut file, json!("7"));
            assert_eq!(file, json!({ "facts": { "revenue": { "2022": "7" } } }));
        }
    }

    #[test]
    fn a_place_is_written_as_it_is_put_together_and_read_as_it_is_written() {
        let revenue = Path::fact("revenue");
        let ip = Path::fact("ip");
        for (path, text) in [
            (revenue.year(2022).end(End::Max), "facts.revenue.2022.max"),
            (ip.entry(0).field("kind"), "facts.ip[0].kind"),
            (Path::member(DAY), "as_of"),
        ] {
            assert_eq!(path.to_string(), text);
            assert_eq!(text.parse(), Ok(path));
        }
        assert_eq!(ip.entry(10).field("kind").fact_id(), Some("ip"));
        assert_eq!(Path::member(NAME).fact_id(), None);
        assert!(ip.entry(1).is_below(&ip) && !Path::fact("ipo").is_below(&ip));
        assert_eq!(ip.entry(3).field("kind").position_in(&ip), Some(3));
        assert_eq!(ip.entry(3).field("kind").moved_to(&ip, 2), ip.entry(2).field("kind"));
        let max = revenue.year(2022).end(End::Max);
        assert_eq!(max.steps_below("revenue").collect::<Vec<_>>(), ["2022", "max"]);
    }
}
