//! docs/ledger.md is right: every query of the page runs on a ledger in which somebody has worked, and finds something.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the page and the ledger")]

mod support;

use serde_json::Value;
use support::{contested, contested_with, file};

const PAGE: &str = include_str!("../../../docs/ledger.md");
const REPORTS: &str = include_str!("../demo/eastern-syria.jsonl");

fn queries() -> Vec<&'static str> {
    PAGE.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap().trim()).collect()
}

#[test]
fn every_query_of_the_page_finds_something() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("l.db").display().to_string();
    let reports = file(&dir, "reports.jsonl", REPORTS);
    let run = |arguments: &[&str]| {
        let run = contested(&[arguments, &["--store", &store]].concat());
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
        run.stdout
    };
    run(&["add", &reports]);
    let copy = REPORTS.lines().next().unwrap().replacen("\"id\"", "\"from\"", 1);
    assert_eq!(
        contested_with(&["add", "-", "--source", "Daily", "--store", &store], copy.as_bytes()).code,
        Some(0)
    );
    let contradiction = r#"{"source": "Wire", "published": "2017-11-09", "text": "The Syrian army captured Albu Kamal on Wednesday, a commander said. Islamic State denied that the Syrian army had captured Albu Kamal. The militia said that it had not crossed the border."}"#;
    assert_eq!(contested_with(&["add", "-", "--store", &store], contradiction.as_bytes()).code, Some(0));
    let first: Value = serde_json::from_str(run(&["claims", "--json", "--limit", "1"]).trim()).unwrap();
    let signed = ["--by", "A. Analyst", "--why", "a reason"];
    run(&[&["review", "correct", first["key"].as_str().unwrap(), "certainty", "possible"], &signed[..]]
        .concat());
    run(&[&["review", "merge", "actor", "Islamic State", "The Group"], &signed[..]].concat());
    let db = rusqlite::Connection::open(&store).unwrap();
    assert!(queries().len() >= 10);
    for query in queries() {
        let mut statement = db.prepare(query).unwrap_or_else(|error| panic!("{error}\n{query}"));
        let rows =
            statement.query_map([], |_| Ok(())).unwrap_or_else(|error| panic!("{error}\n{query}")).count();
        assert!(rows > 0, "nothing found by\n{query}");
    }
    let disputes: i64 = db.query_row("SELECT count(*) FROM v_disputes", [], |row| row.get(0)).unwrap();
    assert!(disputes >= 2, "a dispute has two sides");
}

#[test]
fn every_table_and_view_is_on_the_page() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("l.db").display().to_string();
    contested_with(&["add", "-", "--store", &store], b"Rebels captured Rawa.");
    let db = rusqlite::Connection::open(&store).unwrap();
    let mut names = db
        .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' AND name NOT GLOB '*_words_*' AND name NOT GLOB 'claim_space_*'")
        .unwrap();
    for name in names.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        let name = name.unwrap();
        assert!(PAGE.contains(&format!("`{name}`")) || name == "v_current", "{name} is not on the page");
    }
}
