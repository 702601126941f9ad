//! What goes wrong outside: told by name, never fatal to the rest, and told again by the exit code.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests write the files they read")]

mod support;

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use support::{contested, contested_with, file};

#[test]
fn every_bad_input_is_named_and_the_rest_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let good = file(&dir, "good.txt", "Rebels captured the town of Rawa on Wednesday, a commander said.");
    let bad = [
        file(&dir, "empty.txt", ""),
        file(&dir, "binary.bin", b"\x7FELF\x00\x01"),
        file(&dir, "latin.txt", b"the caf\xE9 was shelled"),
        file(&dir, "broken.jsonl", "{\"text\": \"a\n{\"id\": \"no text\"}\n{\"text\": \"Shelling.\"}\n"),
        file(
            &dir,
            "long.jsonl",
            format!("{{\"text\": \"{}\"}}\n{{\"text\": \"next\"}}\n", "x".repeat(50_000_000)),
        ),
        format!("{}/missing", dir.path().display()),
    ];
    let mut arguments = vec!["extract", "--published", "2017-11-08"];
    arguments.extend(bad.iter().map(String::as_str));
    arguments.push(&good);
    let run = contested(&arguments);
    let told = run.stderr.replace(&format!("{}/", dir.path().display()), "");
    let told: Vec<&str> = told.lines().filter(|line| !line.starts_with("  hint")).collect();
    assert_eq!(
        told,
        [
            "error: empty.txt: the file is empty",
            "error: binary.bin: binary data, not text (byte 4 is zero)",
            "warning: latin.txt: not valid UTF-8 (byte 7): read as windows-1252",
            "error: broken.jsonl, line 1, record 1: broken JSON at column 11: EOF while parsing a string",
            "error: broken.jsonl, line 2, record 2: no `text`",
            "error: long.jsonl, line 1, record 1: 50000012 bytes long; the limit is 16777216 bytes",
            "error: missing: cannot be read: No such file or directory (os error 2)",
            "error: 6 records or files could not be read; 4 others are done",
        ]
    );
    assert_eq!(run.code, Some(3));
    assert!(run.stdout.ends_with(&contested(&["extract", "--published", "2017-11-08", &good]).stdout));
}

#[test]
fn exit_codes_are_those_of_the_table() {
    let dir = tempfile::tempdir().unwrap();
    let word = file(&dir, "word.txt", "Shelling");
    let code = |arguments: &[&str]| contested(arguments).code;
    assert_eq!(code(&["extract", &word]), Some(0));
    assert_eq!(code(&["eval", &dir.path().display().to_string()]), Some(1));
    assert_eq!(code(&["extract"]), Some(2));
    assert_eq!(code(&["extract", "--published", "8/11/2017", &word]), Some(2));
    assert_eq!(code(&["extract", &word, "missing"]), Some(3));
    assert_eq!(code(&["extract", "missing"]), Some(4));
}

#[test]
fn problems_are_told_as_json_on_request() {
    let run = contested_with(&["extract", "--json", "-"], b"{\"id\": 1}\n");
    assert_eq!(run.code, Some(4));
    let first: serde_json::Value = serde_json::from_str(run.stderr.lines().next().unwrap()).unwrap();
    assert_eq!(first["code"], "missing-text");
    assert_eq!((&first["line"], &first["ordinal"]), (&1.into(), &1.into()));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let line = "{\"text\": \"Rebels captured the town of Rawa and the army shelled Mosul.\"}\n";
    let many = file(&dir, "many.jsonl", line.repeat(300));
    let mut child = Command::new(env!("CARGO_BIN_EXE_contested"))
        .args(["extract", &many])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn output_is_the_same_for_any_number_of_threads() {
    let dir = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for (at, place) in ["Rawa", "Mosul", "Raqqa", "Aleppo", "Homs"].iter().cycle().take(200).enumerate() {
        writeln!(
            lines,
            "{{\"id\": \"r{at}\", \"text\": \"The army captured {place} on Monday, state television said.\"}}"
        )
        .unwrap();
    }
    let path = file(&dir, "reports.jsonl", lines);
    let one = contested(&["extract", "--threads", "1", &path]);
    assert_eq!(one.code, Some(0));
    for threads in ["2", "7"] {
        assert_eq!(
            contested(&["extract", "--threads", threads, &path]).stdout,
            one.stdout,
            "{threads} threads"
        );
    }
}
