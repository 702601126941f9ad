//! `contested explain`: how a claim came about, from a report's file and from the ledger.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests write the files they read")]

mod support;

use serde_json::Value;
use support::{contested, file};
use tempfile::TempDir;

const REPORT: &str = "The army killed 12 soldiers on Tuesday, the mayor said.\nIt denied the attack.";

/// The report's file, its claims, and arguments that read it as they did.
fn report(dir: &TempDir) -> (String, Vec<Value>) {
    let path = file(dir, "report.txt", REPORT);
    let run = contested(&["extract", &path, "--source", "Wire", "--published", "2017-10-18"]);
    let records = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    (path, records.filter(|record| record["record"] == "claim").collect())
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap()
}

#[test]
fn a_claim_of_a_file_is_explained() {
    let dir = tempfile::tempdir().unwrap();
    let (path, claims) = report(&dir);
    let claim = claims.iter().find(|claim| claim["type"] == "kill").unwrap();
    let run = contested(&[
        "explain",
        text(claim, "id"),
        "--in",
        &path,
        "--source",
        "Wire",
        "--published",
        "2017-10-18",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let shown = run.stdout.replace(text(claim, "id"), "c1:ID").replace(text(claim, "key"), "k1:KEY");
    let shown = shown.replace(text(&claim["report"], "id"), "b3:REPORT");
    // what the weights are is the model's affair
    let (told, confidence) = shown.split_once("CONFIDENCE").unwrap();
    insta::assert_snapshot!(told);
    assert!(confidence.contains("  prior\n") && confidence.contains("more features"), "{confidence}");
}

#[test]
fn the_ledger_and_a_file_explain_a_claim_alike_by_any_beginning_of_its_id_or_key() {
    let dir = tempfile::tempdir().unwrap();
    let (path, claims) = report(&dir);
    let store = dir.path().join("l.db").display().to_string();
    contested(&["add", &path, "--source", "Wire", "--published", "2017-10-18", "--store", &store]);
    let claim = &claims[0];
    let from_file = contested(&[
        "explain",
        text(claim, "id"),
        "--in",
        &path,
        "--source",
        "Wire",
        "--published",
        "2017-10-18",
        "--json",
    ]);
    for name in [text(claim, "id"), &text(claim, "id")[..14], text(claim, "key"), &text(claim, "key")[3..15]]
    {
        let run = contested(&["explain", name, "--store", &store, "--json"]);
        assert_eq!(run.code, Some(0), "{name}: {}", run.stderr);
        assert_eq!(run.stdout, from_file.stdout, "{name}");
    }
    let explained: Value = serde_json::from_str(&from_file.stdout).unwrap();
    assert_eq!(&explained["claim"], claim);
    assert_eq!(explained["current"], true);
    let words = explained["explanation"]["words"].as_array().unwrap();
    assert_eq!(words.iter().filter(|word| word["head"].is_null()).count(), 1, "one root");
    let rules = explained["why"].as_array().unwrap();
    assert_eq!(rules[0]["words"][0], claim["evidence"]["trigger"]["text"]);
}

#[test]
fn what_cannot_be_found_is_told_with_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let (path, _) = report(&dir);
    let empty = file(&dir, "empty.txt", "");
    let missing = dir.path().join("none.db").display().to_string();
    let told = |arguments: &[&str]| {
        let run = contested(arguments);
        let last = run.stderr.lines().last().unwrap_or_default().to_owned();
        (run.code, last.replace(&dir.path().display().to_string(), "…"))
    };
    insta::assert_debug_snapshot!([
        told(&["explain", "Rawa"]),
        told(&["explain", "c1:12"]),
        told(&["explain", "c1:0000000000", "--in", &path]),
        told(&["explain", "c1:0000000000", "--in", &empty]),
        told(&["explain", "c1:0000000000", "--store", &missing]),
    ]);
}
