//! The document that describes the interface, made from the code that answers.

use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa::openapi::{RefOr, Schema};

use crate::error::Code;
use crate::routes;

/// The claim's record, which a schema of its own describes.
const CLAIM: &str = include_str!("../../../docs/schema/claim.schema.json");
/// Where the parts of that schema stand.
const DEFS: &str = "#/$defs/";

/// Stands for the claim's record in other descriptions.
pub(crate) struct Claim;

impl utoipa::ToSchema for Claim {
    fn name() -> std::borrow::Cow<'static, str> {
        "Claim".into()
    }
}

impl utoipa::PartialSchema for Claim {
    fn schema() -> RefOr<Schema> {
        // Replaced by the schema of the record when the document is made.
        utoipa::openapi::ObjectBuilder::new().into()
    }
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "contested",
        description = "Who claims what in a war, and what follows from it. Nothing here is stated as fact: every value leads to the sentence that \
                       carries it. Lists come in pages (`limit`, `cursor`); every answer has an ETag that changes with the ledger."
    ),
    servers((url = "/api/v1")),
    paths(
        routes::meta::meta,
        routes::claims::list,
        routes::claims::geojson,
        routes::claims::one,
        routes::reports::list,
        routes::reports::one,
        routes::named::actors,
        routes::named::places,
        routes::search::search,
        routes::live::live,
        routes::control::list,
        routes::control::geojson,
        routes::control::changes,
        routes::control::one,
        routes::events::list,
        routes::events::geojson,
        routes::events::one,
        routes::disputes::list,
        routes::disputes::one,
        routes::sources::list,
        routes::sources::one,
        routes::actors::graph,
        routes::sitrep::json,
        routes::sitrep::markdown,
        routes::sitrep::html,
        routes::sitrep::outlook,
        routes::export::export,
        routes::review::decide,
    ),
    components(schemas(crate::error::ErrorBody)),
    tags(
        (name = "ledger", description = "What reports say"),
        (name = "assessment", description = "What follows from it"),
        (name = "review", description = "What people decide about it")
    )
)]
struct Api;

/// The document as it is committed: indented, with a line feed at its end.
pub fn openapi() -> String {
    serde_json::to_string_pretty(&document()).unwrap_or_default() + "\n"
}

fn document() -> Value {
    let mut document = serde_json::to_value(Api::openapi()).unwrap_or_default();
    let mut claim: Value = serde_json::from_str(CLAIM).unwrap_or_default();
    let parts = claim.as_object_mut().and_then(|claim| {
        for key in ["$schema", "$id"] {
            claim.remove(key);
        }
        claim.remove("$defs")
    });
    moved(&mut claim);
    open(&mut claim);
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        for (name, mut part) in parts.into_iter().filter_map(into_object).flatten() {
            moved(&mut part);
            schemas.insert(format!("Claim.{name}"), part);
        }
        schemas.insert("Claim".to_owned(), claim);
    }
    if let Some(paths) = document.pointer_mut("/paths").and_then(Value::as_object_mut) {
        for operation in
            paths.values_mut().filter_map(Value::as_object_mut).flat_map(|path| path.values_mut())
        {
            with_faults(operation);
        }
    }
    document
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    if let Value::Object(object) = value { Some(object) } else { None }
}

/// Points references to the parts of a schema at the document's components.
fn moved(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(to)) = object.get_mut("$ref")
                && let Some(name) = to.strip_prefix(DEFS)
            {
                *to = format!("#/components/schemas/Claim.{name}");
            }
            object.values_mut().for_each(moved);
        }
        Value::Array(all) => all.iter_mut().for_each(moved),
        _ => {}
    }
}

/// Claims stand in answers with more beside them.
fn open(claim: &mut Value) {
    if let Some(claim) = claim.as_object_mut() {
        claim.remove("additionalProperties");
    }
}

/// Every path may answer what is wrong; the statuses and codes are those of the one table.
fn with_faults(operation: &mut Value) {
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    let body = json!({"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}});
    let mut statuses: Vec<u16> = Code::ALL.iter().map(|code| code.status()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    for status in statuses {
        let words: Vec<&str> =
            Code::ALL.iter().filter(|code| code.status() == status).map(|code| code.word()).collect();
        responses.insert(status.to_string(), json!({"description": words.join(", "), "content": body}));
    }
}
