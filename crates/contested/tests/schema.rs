//! The committed JSON Schemas accept every claim and dispute that the program can print, and say no more than the vocabulary does.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the schemas")]

mod support;

use contested_model::testing::{day, told};
use contested_model::{
    About, AcledCode, ClaimCodes, ClaimType, Dispute, DisputeBody, Kind, PlaceRelation, PloverCode, Question,
    RunnerUp, SourceKind, dispute_id,
};
use jsonschema::Validator;
use serde_json::{Value, json};
use support::{contested, file};

fn schema(name: &str) -> Value {
    let path = format!("{}/../../docs/schema/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn validator(name: &str) -> Validator {
    let schema = schema(name);
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn complaints(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// A claim with something under every key.
fn full() -> Value {
    let mut claim = told("Wire", "2017-11-08", ClaimType::Intent)
        .agent("Syrian Army")
        .target("Islamic State")
        .place("Albu Kamal")
        .by("a commander", SourceKind::BelligerentOfficial)
        .speaking_for("Syrian Army")
        .on("2017-11-08")
        .claim();
    claim.about = Some(About { kind: Kind::Event, claim_type: ClaimType::Seize });
    claim.places[0].runner_up =
        Some(RunnerUp { id: "geonames:1".into(), name: "Kamal, YE".into(), score: 0.1 });
    claim.places[0].relation = PlaceRelation::Near;
    claim.report.published = Some(day("2017-11-08"));
    claim.codes = ClaimCodes {
        cameo: Some("192".into()),
        plover: Some(PloverCode {
            event: "COERCE".into(),
            mode: None,
            contexts: vec!["military".into()],
            aux: vec![],
        }),
        acled: Some(AcledCode { event_type: "Battles".into(), sub_event_type: "Armed clash".into() }),
    };
    serde_json::to_value(claim).unwrap()
}

#[test]
fn claims_made_by_hand_are_valid() {
    let validator = validator("claim");
    assert_eq!(complaints(&validator, &full()), Vec::<String>::new());
    for claim_type in ClaimType::ALL {
        let claim = serde_json::to_value(told("Wire", "2017-11-08", *claim_type).claim()).unwrap();
        assert_eq!(complaints(&validator, &claim), Vec::<String>::new(), "{claim_type}");
    }
}

#[test]
fn a_missing_a_new_and_a_wrong_key_are_all_refused() {
    let validator = validator("claim");
    let claim = full();
    for key in claim.as_object().unwrap().keys() {
        let mut less = claim.clone();
        less.as_object_mut().unwrap().shift_remove(key);
        assert_ne!(complaints(&validator, &less), Vec::<String>::new(), "without `{key}`");
    }
    for (key, value) in
        [("mood", json!(1)), ("type", json!("holds")), ("polarity", json!(null)), ("confidence", json!(2))]
    {
        let mut other = claim.clone();
        other[key] = value;
        assert_ne!(complaints(&validator, &other), Vec::<String>::new(), "with another `{key}`");
    }
}

#[test]
fn the_schema_lists_exactly_the_types_there_are() {
    let schema = schema("claim");
    let all: Vec<&str> = ClaimType::ALL.iter().map(|claim_type| claim_type.as_str()).collect();
    assert_eq!(schema["properties"]["type"]["enum"], json!(all));
    for rule in schema["allOf"].as_array().unwrap() {
        let kind = rule["if"]["properties"]["kind"]["const"].as_str().unwrap();
        let of_kind = ClaimType::ALL.iter().filter(|claim_type| claim_type.kind().as_str() == kind);
        let of_kind: Vec<&str> = of_kind.map(|claim_type| claim_type.as_str()).collect();
        assert_eq!(rule["then"]["properties"]["type"]["enum"], json!(of_kind));
    }
}

#[test]
fn disputes_are_valid() {
    let validator = validator("dispute");
    let claim = told("Wire", "2017-11-08", ClaimType::Seize).place("Rawa");
    let (one, other) = (claim.clone().claim(), claim.denied().claim());
    let dispute = DisputeBody {
        question: Question::Control,
        about: vec!["Rawa".into()],
        sides: vec![vec![one.id.clone()], vec![other.id]],
    };
    let dispute =
        Dispute { record: "dispute".into(), id: dispute_id("r", &dispute), doc: "r".into(), dispute };
    assert_eq!(complaints(&validator, &serde_json::to_value(dispute).unwrap()), Vec::<String>::new());
}

/// Reports with something for every kind, and the ways in which reports come: dated and not, with a source and without.
const REPORTS: &str = r#"{"id": "a", "source": "Wire", "published": "2017-11-08", "title": "Army enters Rawa", "url": "https://example.org/a", "text": "BAGHDAD (Wire) - Iraqi forces captured the town of Rawa on Wednesday, a commander said. Islamic State denied that it had lost the town. At least 12 civilians were killed when a shell hit a market in Mosul, residents said."}
{"text": "The United States backs the Syrian Democratic Forces. The army vowed to retake Deir al-Zor. Rebels still hold the eastern part of the city. It may have been an air strike."}
{"text": "Shelling."}
"#;

#[test]
fn everything_that_is_printed_is_valid() {
    let (claims, disputes) = (validator("claim"), validator("dispute"));
    let dir = tempfile::tempdir().unwrap();
    let run = contested(&["extract", &file(&dir, "reports.jsonl", REPORTS)]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let count = run.stdout.lines().count();
    assert!(count >= 8, "only {count} records:\n{}", run.stdout);
    for line in run.stdout.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let validator = if value["record"] == "claim" { &claims } else { &disputes };
        assert_eq!(complaints(validator, &value), Vec::<String>::new(), "{line}");
    }
}
