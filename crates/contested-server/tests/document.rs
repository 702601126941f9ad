//! The committed OpenAPI document is the one that the code makes, and answers are as it says.

mod support;

use std::path::Path;

use serde_json::Value;
use support::{House, campaign};

const DOCUMENT: &str = "../../docs/openapi.json";

/// `CONTESTED_BLESS=1 cargo test -p contested-server --test document` writes the document anew.
#[test]
#[allow(clippy::disallowed_methods, reason = "the document is a file")]
fn the_committed_document_is_fresh() {
    let made = contested_server::openapi();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    if std::env::var_os("CONTESTED_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == made,
        "docs/openapi.json is stale: CONTESTED_BLESS=1 cargo test -p contested-server --test document"
    );
}

/// Every answer of every path without parameters in it validates against the schema that the document gives it.
#[test]
fn answers_are_as_the_document_says() {
    let house = House::of(&campaign());
    let document: Value = serde_json::from_str(&contested_server::openapi()).unwrap();
    let first = |path: &str| house.ask(path)["items"][0].clone();
    let id = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
    let asked = [
        ("/meta", "/meta".to_owned()),
        ("/claims", "/claims".to_owned()),
        ("/claims/{id}", format!("/claims/{}", id(&first("/claims"), "key"))),
        ("/reports", "/reports".to_owned()),
        ("/reports/{id}", "/reports/one".to_owned()),
        ("/actors", "/actors".to_owned()),
        ("/actors/graph", "/actors/graph".to_owned()),
        ("/places", "/places".to_owned()),
        ("/search", "/search?q=town".to_owned()),
        ("/control", "/control".to_owned()),
        ("/control/changes", "/control/changes".to_owned()),
        ("/control/{place}", "/control/Town".to_owned()),
        ("/events", "/events".to_owned()),
        ("/events/{id}", format!("/events/{}", id(&first("/events"), "id"))),
        ("/disputes", "/disputes".to_owned()),
        ("/disputes/{id}", format!("/disputes/{}", id(&first("/disputes"), "id"))),
        ("/sources", "/sources".to_owned()),
        ("/sources/{id}", format!("/sources/{}", id(&first("/sources"), "id").replace(' ', "%20"))),
        ("/sitrep", "/sitrep".to_owned()),
        ("/outlook", "/outlook".to_owned()),
        ("/claims.geojson", "/claims.geojson".to_owned()),
        ("/control.geojson", "/control.geojson".to_owned()),
        ("/events.geojson", "/events.geojson".to_owned()),
    ];
    for (path, ask) in &asked {
        let answer = house.ask(ask);
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"];
        let schema = schema.as_object().and_then(|all| all.values().next()).map(|media| &media["schema"]);
        let schema = schema.unwrap_or_else(|| panic!("{path} is not in the document"));
        let whole = serde_json::json!({"allOf": [schema], "components": document["components"]});
        let validator = jsonschema::validator_for(&whole).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&answer).take(3).map(|e| format!("{e} at {}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
    let unseen = ["/live", "/openapi.json", "/export", "/review", "/sitrep.md", "/sitrep.html"];
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(
            unseen.contains(&path.as_str()) || asked.iter().any(|(known, _)| known == path),
            "{path} is not looked at here"
        );
    }
}
