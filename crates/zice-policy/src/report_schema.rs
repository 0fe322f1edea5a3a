//! Writes the report as a JSON Schema, made from its types in `zice-report`.

use schemars::{generate::SchemaSettings, transform::transform_subschemas};
use serde_json::{Value, json};
use zice_report::{self as report, Report};

const DESCRIPTION: &str = "见 docs/formats.md / see docs/formats.md. Members are only ever added: a reader takes those it does not know for nothing.";

/// Returns the text of `docs/report.schema.json`.
pub fn report_schema() -> String {
    let text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text + "\n"
}

/// Builds the schema of reports as Zice writes them: a member that may be left
/// out is optional, one that may be `null` is required.
pub(crate) fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Report>();
    // Join the paragraphs of doc comments to one line, and remove `format`
    // (`uint32` and the like), which validators do not know.
    transform_subschemas(&mut plain, &mut schema);
    let mut schema = schema.to_value();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$id"] = json!("urn:zice:report:1");
    schema["title"] = json!("报告 / report");
    schema["description"] = json!(DESCRIPTION);
    schema["properties"]["schema"] = json!({ "const": report::SCHEMA });
    let digest = "^sha256:[0-9a-f]{64}$";
    schema["$defs"]["PolicyRef"]["properties"]["digest"]["pattern"] = json!(digest);
    schema
}

fn plain(schema: &mut schemars::Schema) {
    schema.remove("format");
    if let Some(Value::String(text)) = schema.get("description") {
        let text = text.split_whitespace().collect::<Vec<&str>>().join(" ");
        schema.insert("description".to_owned(), Value::String(text));
    }
    transform_subschemas(&mut plain, schema);
}

#[cfg(test)]
mod tests {
    use super::schema;

    #[test]
    fn a_strict_validator_knows_every_word_of_it() {
        let schema = schema();
        assert!(!schema.to_string().contains("\"format\""), "{schema}");
        assert_eq!(schema["$defs"]["Item"]["properties"]["index"]["type"], "integer");
        let required = schema["required"].as_array().expect("a list");
        for (member, needed) in [("company", true), ("score", true), ("items", false)] {
            assert_eq!(required.iter().any(|it| it == member), needed, "{member}");
        }
    }
}
