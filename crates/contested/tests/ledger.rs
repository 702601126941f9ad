//! The ledger end to end: nothing twice, nothing lost when the program is killed, nothing from the future.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make and break ledgers")]

mod support;

use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use support::{contested, file};
use tempfile::TempDir;

/// The demonstration's reports.
const REPORTS: &str = include_str!("../demo/eastern-syria.jsonl");

fn store(dir: &TempDir, name: &str) -> String {
    dir.path().join(name).display().to_string()
}

fn json_of(arguments: &[&str]) -> Value {
    let run = contested(arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn adding_twice_changes_nothing_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (reports, store) = (file(&dir, "reports.jsonl", REPORTS), store(&dir, "l.db"));
    let first = contested(&["add", &reports, "--store", &store]);
    assert!(first.stdout.starts_with("added 80 reports: "), "{}", first.stdout);
    let claims = contested(&["claims", "--json", "--store", &store]).stdout;
    let second = contested(&["add", &reports, "--store", &store]);
    assert_eq!(second.stdout, "nothing added; 80 reports were already in the ledger\n");
    assert_eq!(contested(&["claims", "--json", "--store", &store]).stdout, claims);
}

#[test]
fn what_was_known_on_a_day_is_what_had_been_reported_by_then() {
    let dir = tempfile::tempdir().unwrap();
    let until = "2017-11-10";
    let early: Vec<&str> = REPORTS
        .lines()
        .filter(|line| serde_json::from_str::<Value>(line).unwrap()["published"].as_str().unwrap() <= until)
        .collect();
    assert!(early.len() > 5 && early.len() < 80);
    let (all, some) = (file(&dir, "all.jsonl", REPORTS), file(&dir, "some.jsonl", early.join("\n")));
    let (full, cut) = (store(&dir, "full.db"), store(&dir, "cut.db"));
    contested(&["add", &all, "--store", &full]);
    contested(&["add", &some, "--store", &cut]);
    let then = json_of(&["sitrep", "--json", "--store", &full, "--known-at", until]);
    let mut before = json_of(&["sitrep", "--json", "--store", &cut]);
    before["known_at"] = json!(until);
    assert_eq!(then, before);
}

#[test]
fn the_demonstration_is_the_same_on_every_run() {
    let run = contested(&["demo"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("WHO HOLDS WHAT") && run.stdout.contains("Albu Kamal"), "{}", run.stdout);
    assert!(!run.stdout.contains('\u{1b}'), "no colours where the output is no terminal");
    assert_eq!(run.stdout, contested(&["demo"]).stdout);
}

#[test]
fn a_killed_run_leaves_whole_reports_and_the_next_one_adds_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let many: Vec<String> = (0..12)
        .flat_map(|n| {
            REPORTS.lines().map(move |line| {
                let mut report: Value = serde_json::from_str(line).unwrap();
                report["id"] = json!(format!("{}-{n}", report["id"].as_str().unwrap()));
                report.to_string()
            })
        })
        .collect();
    let (reports, ledger) = (file(&dir, "many.jsonl", many.join("\n")), store(&dir, "l.db"));
    for milliseconds in [30, 120, 250, 400, 700] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_contested"))
            .args(["add", &reports, "--store", &ledger])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        run.kill().unwrap();
        run.wait().unwrap();
    }
    assert_eq!(contested(&["add", &reports, "--store", &ledger]).code, Some(0));
    let whole = store(&dir, "whole.db");
    contested(&["add", &reports, "--store", &whole]);
    let sorted = |path: &str| {
        let mut lines: Vec<String> = contested(&["claims", "--all", "--json", "--store", path])
            .stdout
            .lines()
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    assert!(sorted(&whole).len() > 100);
    assert_eq!(sorted(&ledger), sorted(&whole));
}

#[test]
fn two_writers_at_once_both_get_their_reports_in() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = store(&dir, "l.db");
    let lines: Vec<&str> = REPORTS.lines().collect();
    let halves =
        [file(&dir, "a.jsonl", lines[..11].join("\n")), file(&dir, "b.jsonl", lines[11..].join("\n"))];
    let runs: Vec<_> = halves
        .iter()
        .map(|half| {
            Command::new(env!("CARGO_BIN_EXE_contested"))
                .args(["add", half, "--store", &ledger])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    let all = file(&dir, "all.jsonl", REPORTS);
    let again = contested(&["add", &all, "--store", &ledger]);
    assert_eq!(again.stdout, "nothing added; 80 reports were already in the ledger\n");
}

#[test]
fn faults_of_the_store_are_told_with_their_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let none = store(&dir, "none.db");
    let run = contested(&["sitrep", "--store", &none]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stderr,
        format!(
            "error: there is no ledger at {none}: make one with `contested add`, or name another with `--store`\n"
        )
    );
    let letter = file(&dir, "letter.db", "Dear reader, this is a letter and no ledger at all. ".repeat(40));
    let run = contested(&["claims", "--store", &letter]);
    assert_eq!(
        run.stderr,
        format!("error: {letter} is not a contested ledger: name another file with `--store`\n")
    );
    let (reports, ledger) = (file(&dir, "reports.jsonl", REPORTS), store(&dir, "l.db"));
    contested(&["add", &reports, "--store", &ledger]);
    let run = contested(&["control", "Atlantis", "--store", &ledger]);
    assert!(
        run.stderr.starts_with("error: no claim says who holds `Atlantis`; they speak of "),
        "{}",
        run.stderr
    );
    let run = contested(&["sitrep", "--known-at", "2001-01-01", "--store", &ledger]);
    assert_eq!(
        run.stderr,
        "error: nothing had been reported by 2001-01-01: the ledger's reports are all later\n"
    );
}
