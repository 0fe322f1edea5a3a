//! Writes the company file as a JSON Schema, made from the dictionary, for
//! editors and for programs that write such files.
//!
//! Every file that the engine accepts fits the schema, but not the reverse.
//! Only the engine refuses what a schema cannot express: days that do not
//! exist, decimals with more than six places, ranges whose ends are swapped,
//! and figures that contradict each other.

use serde_json::{Map, Value, json};
use zice_rules::{
    Dictionary, Text, company,
    dictionary::{Answers, Choice, Domain, Fact, Field, Kind},
    fraction::Fraction,
};

use crate::wording::without_day;

/// A decimal written as text. The engine checks its bounds; the pattern can't.
const DECIMAL: &str = "^[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$";
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const YEAR: &str = "^[0-9]{4}$";

/// Returns the schema (draft 2020-12) as pretty JSON with a final newline.
pub fn company_schema(dictionary: &Dictionary) -> String {
    let mut writer = Writer::default();
    let facts = dictionary.facts.iter().map(|fact| (fact.id.clone(), writer.fact(fact)));
    let facts: Map<String, Value> = facts.collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:{}", company::SCHEMA.replace(['.', '/'], ":")),
        "title": "企业文件 / company file",
        "description": "由 policies/facts.toml 生成 / written from policies/facts.toml",
        "type": "object",
        "required": ["schema"],
        "properties": {
            "schema": { "const": company::SCHEMA },
            "name": { "type": ["string", "null"] },
            "as_of": or_null(json!({ "$ref": "#/$defs/day" })),
            // The page keeps these members for itself; no rule reads them.
            "papers": true,
            "confirmed": true,
            "pasted": true,
            "programmes": true,
            "results": true,
            "scenarios": true,
            "facts": { "type": ["object", "null"], "properties": facts },
        },
        "$defs": writer.definitions,
    });
    // Serializing a value that is already in memory can't fail. If it did, the
    // tests would see an empty text.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// Builds the schemas of facts and collects the definitions they refer to.
/// Writing a range out at every figure would make the schema ten times as long.
/// Each kind of value accepts `null`, which means "unknown".
struct Writer {
    definitions: Map<String, Value>,
}

impl Default for Writer {
    fn default() -> Self {
        let mut definitions = Map::new();
        definitions.insert("decimal".into(), json!({ "type": "string", "pattern": DECIMAL }));
        definitions.insert("day".into(), json!({ "type": "string", "pattern": DAY }));
        Self { definitions }
    }
}

impl Writer {
    fn fact(&mut self, fact: &Fact) -> Value {
        let mut schema = match fact.kind {
            Kind::List => json!({ "type": ["array", "null"], "items": self.entry(fact) }),
            Kind::Object if fact.yearly => {
                let entry = or_null(self.entry(fact));
                let sides = fact.sides.iter().map(|side| (side.id.clone(), entry.clone()));
                let sides: Map<String, Value> = sides.collect();
                by_year(json!({
                    "type": ["object", "null"], "properties": sides, "additionalProperties": false,
                }))
            }
            Kind::Object => or_null(self.paper(fact)),
            _ if fact.bare => {
                let figure = self.scalar(&fact.domain());
                json!({ "anyOf": [by_year(figure.clone()), figure] })
            }
            _ if fact.yearly => by_year(self.scalar(&fact.domain())),
            _ => self.scalar(&fact.domain()),
        };
        schema["title"] = json!(format!("{} / {}", fact.short.zh, fact.short.en));
        schema["description"] = json!(description(fact));
        schema
    }

    /// A reference to the definition of an entry of this list or yearly object.
    fn entry(&mut self, fact: &Fact) -> Value {
        if !self.definitions.contains_key(&fact.id) {
            let members = fact.fields.iter().map(|field| (field.id.clone(), self.field(field)));
            let members: Map<String, Value> = members.collect();
            let entry = json!({ "type": "object", "properties": members });
            self.definitions.insert(fact.id.clone(), entry);
        }
        json!({ "$ref": format!("#/$defs/{}", fact.id) })
    }

    /// A reference to the definition of an object that is a single document. An
    /// empty text in any field means that the document leaves that field blank.
    fn paper(&mut self, fact: &Fact) -> Value {
        let fields: Vec<(String, Value)> =
            fact.fields.iter().map(|field| (field.id.clone(), self.field(field))).collect();
        let fields = fields.into_iter().map(|(id, mut field)| {
            let title = field.as_object_mut().and_then(|field| field.remove("title"));
            (id, json!({ "title": title, "anyOf": [field, { "const": "" }] }))
        });
        let fields: Map<String, Value> = fields.collect();
        self.definitions.insert(fact.id.clone(), json!({ "type": "object", "properties": fields }));
        json!({ "$ref": format!("#/$defs/{}", fact.id) })
    }

    fn field(&mut self, field: &Field) -> Value {
        let mut schema = self.scalar(&field.domain());
        schema["title"] = json!(format!("{} / {}", field.label.zh, field.label.en));
        if let Some(answers) = &field.answers {
            schema["description"] = json!(meanings(answers));
        }
        if let Some(default) = &field.default {
            schema["default"] = match field.kind {
                Kind::Bool => json!(default == "true"),
                _ => json!(default),
            };
        }
        if field.default.is_some() || field.assumed_past.is_some() {
            // Many tools apply a schema's default to `null` as well, so say
            // that here it does not apply.
            schema["description"] = json!(
                "没有写的按默认处理；null 是不清楚，不按默认 / \
                 what is absent takes the default; null is unknown and takes none"
            );
        }
        schema
    }

    fn scalar(&mut self, domain: &Domain<'_>) -> Value {
        match domain.kind {
            Kind::Bool => json!({ "type": ["boolean", "null"] }),
            Kind::Enum => {
                let values = ids(domain.values).into_iter().chain([Value::Null]);
                json!({ "enum": values.collect::<Vec<Value>>() })
            }
            Kind::EnumList => json!({
                "type": ["array", "null"], "items": { "enum": ids_or_years(domain.values) },
            }),
            Kind::Text | Kind::List | Kind::Object => match domain.digits {
                Some(digits) => {
                    let pattern = format!("^[0-9]{{{digits}}}$");
                    json!({ "type": ["string", "null"], "pattern": pattern })
                }
                None => json!({ "type": ["string", "null"] }),
            },
            _ => self.estimated(domain),
        }
    }

    /// A reference to the definition of a number or day that may also be a
    /// range or `null`.
    fn estimated(&mut self, domain: &Domain<'_>) -> Value {
        let end = |end: Option<Fraction>| end.map(Fraction::to_decimal_or_ratio);
        let (lower, upper) = (end(domain.lower()), end(domain.max));
        let mut name = match domain.kind {
            Kind::Date => "date",
            Kind::Whole | Kind::Points => "whole",
            _ => "figure",
        }
        .to_owned();
        if domain.kind != Kind::Date {
            let part = |end: &Option<String>| end.clone().unwrap_or_else(|| "any".to_owned());
            name = format!("{name}_{}_{}", part(&lower), part(&upper));
        }
        if !self.definitions.contains_key(&name) {
            let value = match domain.kind {
                Kind::Date => json!({ "$ref": "#/$defs/day" }),
                kind => number(kind, lower, upper),
            };
            let alternatives = [value.clone(), range(&value), json!({ "type": "null" })];
            self.definitions.insert(name.clone(), json!({ "anyOf": alternatives }));
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// The fact's question in both languages, and what yes and no mean. Days and
/// years are told relative to the day of application, which a schema does not
/// know.
fn description(fact: &Fact) -> String {
    let zh = |text: &Text| without_day(&text.zh, "申报年", "申报日", "天");
    let en =
        |text: &Text| without_day(&text.en, "year of application", "day of application", "days");
    let mut lines = vec![zh(&fact.question), en(&fact.question)];
    lines.extend(fact.answers.as_ref().map(meanings));
    lines.join("\n")
}

/// Two lines that say what `true` and `false` mean.
fn meanings(Answers { yes, no }: &Answers) -> String {
    format!("true: {} / {}\nfalse: {} / {}", yes.zh, yes.en, no.zh, no.en)
}

fn or_null(value: Value) -> Value {
    json!({ "anyOf": [value, { "type": "null" }] })
}

fn by_year(value: Value) -> Value {
    json!({
        "type": ["object", "null"],
        "patternProperties": { YEAR: value },
        "additionalProperties": false,
    })
}

fn ids(values: &[Choice]) -> Vec<Value> {
    values.iter().map(|choice| json!(choice.id)).collect()
}

/// The choices' ids. A choice that is a year is also accepted as a number.
fn ids_or_years(values: &[Choice]) -> Vec<Value> {
    let years = values.iter().filter_map(|choice| choice.id.parse::<u16>().ok());
    ids(values).into_iter().chain(years.map(|year| json!(year))).collect()
}

fn number(kind: Kind, lower: Option<String>, upper: Option<String>) -> Value {
    let whole = matches!(kind, Kind::Whole | Kind::Points);
    let mut number = Map::new();
    number.insert("type".into(), json!(if whole { "integer" } else { "number" }));
    for (name, end) in [("minimum", lower), ("maximum", upper)] {
        // JSON can't hold a bound that is a ratio such as `1/3`; the engine
        // checks those.
        if let Some(Ok(end)) = end.map(|end| serde_json::from_str::<Value>(&end)) {
            number.insert(name.into(), end);
        }
    }
    number.insert("exclusiveMaximum".into(), json!(1_000_000_000_000_000_i64));
    json!({ "anyOf": [number, { "$ref": "#/$defs/decimal" }] })
}

/// A range `{ "min": …, "max": … }` of such values; one end may be missing or
/// `null`, but not both.
fn range(value: &Value) -> Value {
    let end = or_null(value.clone());
    json!({
        "type": "object",
        "properties": { "min": end, "max": end },
        "additionalProperties": false,
        "anyOf": [
            { "required": ["min"], "properties": { "min": value } },
            { "required": ["max"], "properties": { "max": value } },
        ],
    })
}
