//! Writes the report as TypeScript, made from its JSON Schema.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::report_schema::schema;

/// Returns the interface `Report` and every type it refers to.
pub fn report_types() -> String {
    let schema = schema();
    let mut text = String::from("/** What a policy says about a company. */\n");
    declaration(&mut text, "Report", &schema);
    for (name, definition) in members(&schema["$defs"]) {
        text.push('\n');
        comment(&mut text, definition, "");
        declaration(&mut text, name, definition);
    }
    text
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn comment(text: &mut String, schema: &Value, indent: &str) {
    if let Some(words) = schema["description"].as_str() {
        let _ = writeln!(text, "{indent}/** {} */", words.replace("*/", "* /"));
    }
}

fn declaration(text: &mut String, name: &str, schema: &Value) {
    if !schema["properties"].is_object() {
        let _ = writeln!(text, "export type {name} = {};", type_of(schema));
        return;
    }
    let _ = writeln!(text, "export interface {name} {{");
    let required = schema["required"].as_array();
    for (member, of) in members(&schema["properties"]) {
        comment(text, of, "  ");
        let needed = required.is_some_and(|all| all.iter().any(|it| it == member));
        let mark = if needed { "" } else { "?" };
        let _ = writeln!(text, "  {member}{mark}: {};", type_of(of));
    }
    text.push_str("}\n");
}

/// The type on one line; `unknown` for a schema this function does not handle.
fn type_of(schema: &Value) -> String {
    let union = |parts: &[Value]| {
        let mut types: Vec<String> = parts.iter().map(type_of).collect();
        types.dedup();
        types.join(" | ")
    };
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap_or("unknown").to_owned();
    }
    if !schema["const"].is_null() {
        return schema["const"].to_string();
    }
    for key in ["enum", "oneOf", "anyOf"] {
        if let Some(parts) = schema[key].as_array() {
            let literal = |part: &Value| match part {
                Value::Object(_) => type_of(part),
                value => value.to_string(),
            };
            return if key == "enum" {
                parts.iter().map(literal).collect::<Vec<String>>().join(" | ")
            } else {
                union(parts)
            };
        }
    }
    let named = |name: &str| match name {
        "string" | "boolean" | "null" => name.to_owned(),
        "integer" | "number" => "number".to_owned(),
        "array" => match type_of(&schema["items"]) {
            of if of.contains(' ') => format!("({of})[]"),
            of => format!("{of}[]"),
        },
        _ => "unknown".to_owned(),
    };
    match &schema["type"] {
        Value::String(name) => named(name),
        Value::Array(names) => {
            names.iter().filter_map(Value::as_str).map(named).collect::<Vec<String>>().join(" | ")
        }
        _ => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::report_types;

    #[test]
    fn members_that_may_be_absent_or_null_are_told_apart() {
        let types = report_types();
        for line in [
            "  company: string | null;",
            "  score: Score | null;",
            "  items?: Item[];",
            "  verdict: Verdict;",
            "  next_questions: string[];",
            "  index: number;",
            "export type Confidence = \"official\" | \"reposted\" | \"two-sources\" | \"one-source\" | \"derived\" | \"assumed\" | \"open\";",
        ] {
            assert!(types.lines().any(|it| it == line), "{line}\n{types}");
        }
    }
}
