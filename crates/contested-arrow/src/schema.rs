//! The Arrow schema of claims, read off the JSON Schema.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use contested_model::SCHEMA_VERSION;
use serde_json::Value;

static JSON: &str = include_str!("../../../docs/schema/claim.schema.json");

/// Key of the metadata that names the record.
pub const SCHEMA_KEY: &str = "contested.schema";
/// Key of the metadata that gives the version of its layout.
pub const VERSION_KEY: &str = "contested.schema.version";

/// The schema of claims. All columns are always there; text is UTF-8, days are `date32`, numbers `int64` or `float64`, parts are structs and lists.
pub fn claims_schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let json: Value = serde_json::from_str(JSON).unwrap_or_default();
        Arc::new(Schema::new_with_metadata(fields(&json, &json), metadata("claim")))
    });
    Arc::clone(&SCHEMA)
}

/// Metadata of the table of `record`.
pub(crate) fn metadata(record: &str) -> HashMap<String, String> {
    [(SCHEMA_KEY, record.to_owned()), (VERSION_KEY, SCHEMA_VERSION.to_string())]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
}

fn fields(object: &Value, root: &Value) -> Fields {
    let properties = object.get("properties").and_then(Value::as_object);
    properties
        .into_iter()
        .flatten()
        .map(|(name, of)| {
            let (data_type, nullable) = data_type(of, root);
            Field::new(name, data_type, nullable)
        })
        .collect()
}

/// The type of what a JSON Schema describes, and whether it may be null. Only what `docs/schema` uses is understood, which a test checks.
fn data_type(of: &Value, root: &Value) -> (DataType, bool) {
    if let Some(name) = of.get("$ref").and_then(Value::as_str) {
        return root
            .pointer(name.trim_start_matches('#'))
            .map_or((DataType::Null, true), |of| data_type(of, root));
    }
    if let Some(choices) = of.get("anyOf").and_then(Value::as_array) {
        let is_null = |choice: &&Value| choice.get("type").and_then(Value::as_str) == Some("null");
        let nullable = choices.iter().any(|choice| is_null(&choice));
        let one = choices.iter().find(|choice| !is_null(choice));
        return one.map_or((DataType::Null, true), |one| (data_type(one, root).0, nullable));
    }
    if let Some(constant) = of.get("const") {
        return (if constant.is_number() { DataType::Int64 } else { DataType::Utf8 }, false);
    }
    if let Some(words) = of.get("enum").and_then(Value::as_array) {
        return (DataType::Utf8, words.iter().any(Value::is_null));
    }
    let (name, nullable) = match of.get("type") {
        Some(Value::String(name)) => (name.as_str(), false),
        Some(Value::Array(names)) => (
            names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or_default(),
            names.iter().any(|name| name == "null"),
        ),
        _ => ("", true),
    };
    let data_type = match name {
        // A day is a text of a certain pattern there.
        "string"
            if of
                .get("pattern")
                .and_then(Value::as_str)
                .is_some_and(|pattern| pattern.starts_with("^-?[0-9]{4")) =>
        {
            DataType::Date32
        }
        "string" => DataType::Utf8,
        "integer" => DataType::Int64,
        "number" => DataType::Float64,
        "boolean" => DataType::Boolean,
        "object" => DataType::Struct(fields(of, root)),
        "array" => {
            let items = of.get("items").filter(|items| items.is_object());
            let items = items.or_else(|| of.get("prefixItems").and_then(|first| first.get(0)));
            let (item, nullable) = items.map_or((DataType::Null, true), |items| data_type(items, root));
            DataType::List(Arc::new(Field::new("item", item, nullable)))
        }
        _ => DataType::Null,
    };
    (data_type, nullable)
}
