//! Places in a company file, written as the engine names them in its
//! problems: `facts.revenue.2022.max`, `facts.ip[0].kind`.

use serde_json::{Map, Value, json};
use zice_rules::dictionary::Field;

fn parts(place: &str) -> impl Iterator<Item = &str> {
    place.split(['.', '[', ']']).filter(|part| !part.is_empty())
}

/// What stands at a place.
pub fn get<'a>(file: &'a Value, place: &str) -> Option<&'a Value> {
    let value = parts(place).try_fold(file, |value, part| match value {
        Value::Array(entries) => entries.get(part.parse::<usize>().ok()?),
        _ => value.get(part),
    });
    value.filter(|value| !value.is_null())
}

/// Puts a value at a place; `null` takes out what is there, and what holds
/// nothing afterwards.
pub fn put(file: &mut Value, place: &str, value: Value) {
    put_at(file, &parts(place).collect::<Vec<_>>(), value);
}

/// Says that what stands at a place is unknown: it is there, as nothing.
pub fn forget(file: &mut Value, place: &str) {
    let value = parts(place).try_fold(file, |value, part| match value {
        Value::Array(entries) => entries.get_mut(part.parse::<usize>().ok()?),
        _ => value.get_mut(part),
    });
    if let Some(value) = value {
        *value = Value::Null;
    }
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

/// A single value as text; nothing for what is not one.
pub fn plain_text(value: Option<&Value>) -> &str {
    match value {
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) => number.as_str(),
        Some(Value::Bool(true)) => "true",
        Some(Value::Bool(false)) => "false",
        _ => "",
    }
}

/// The id of the element that asks for what stands at a place.
pub fn element_id(place: &str) -> String {
    let fact = place.strip_prefix("facts.");
    let mut id = String::with_capacity(place.len().saturating_add(8));
    id.push_str("zice");
    let mut count = 0;
    for part in parts(fact.unwrap_or(place)) {
        id.push('-');
        id.push_str(part);
        count += 1;
    }
    // A fact's own name is the id of its question.
    if count == 1 && fact.is_some() {
        id.push_str("-value");
    }
    id
}

/// The id of the element that holds the question about a fact.
pub fn question_id(place: &str) -> String {
    place.replace("facts.", "zice-")
}

/// The id of the row that shows an entry of a list.
pub fn row_id(list: &str, at: usize) -> String {
    [&element_id(&[list, "[", &at.to_string(), "]"].concat()), "-row"].concat()
}

/// The id of the element that holds the fields of an entry of a list.
pub fn entry_id(list: &str, at: usize) -> String {
    [&element_id(&[list, "[", &at.to_string(), "]"].concat()), "-entry"].concat()
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
            put(&mut file, place, value.clone());
            assert_eq!(get(&file, place), Some(&value), "{place}");
            put(&mut file, place, Value::Null);
            assert_eq!(get(&file, place), None, "{place}");
        }
        assert_eq!(file, json!({ "facts": { "ip": [{ "kind": "design" }, {}] } }));
    }

    #[test]
    fn what_is_said_to_be_unknown_stays_while_others_change() {
        let mut file = json!({ "facts": { "ip": [{ "status": "granted" }] } });
        forget(&mut file, "facts.ip[0].status");
        put(&mut file, "facts.ip[0].kind", json!("design"));
        put(&mut file, "facts.ip[0].kind", Value::Null);
        assert_eq!(file, json!({ "facts": { "ip": [{ "status": null }] } }));
        put(&mut file, "facts.ip[0].status", Value::Null);
        assert_eq!(file, json!({ "facts": { "ip": [{}] } }));
    }

    #[test]
    fn what_is_of_another_kind_is_replaced_by_what_is_entered() {
        for odd in [json!(5), json!("abc"), json!([1]), json!({ "2022": [] })] {
            let mut file = json!({ "facts": { "revenue": odd } });
            put(&mut file, "facts.revenue.2022", json!("7"));
            assert_eq!(file, json!({ "facts": { "revenue": { "2022": "7" } } }));
        }
    }

    #[test]
    fn every_place_has_an_element_of_its_own() {
        for (place, id) in [
            ("name", "zice-name"),
            ("facts.established_on", "zice-established_on-value"),
            ("facts.revenue.2022", "zice-revenue-2022"),
            ("facts.ip[0].kind", "zice-ip-0-kind"),
        ] {
            assert_eq!(element_id(place), id);
        }
    }
}
