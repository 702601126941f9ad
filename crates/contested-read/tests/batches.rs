//! Whole batches from disk: order, what is lost, what goes on.
#![allow(clippy::disallowed_methods, reason = "tests write the files they read")]

use std::fs;
use std::path::Path;

use contested_read::{Defaults, Input, Limits, Reports, Tally};

/// Reads `names` of `folder`; reports as their texts, diagnostics as they are printed, paths relative.
fn read(folder: &Path, names: &[&str], limits: Limits) -> (Vec<String>, Tally) {
    let inputs = names.iter().map(|name| Input::Path(folder.join(name))).collect();
    let mut reports = Reports::new(inputs, Defaults::default(), limits);
    let prefix = format!("{}/", folder.display());
    let told = reports.by_ref().map(|item| match item {
        Ok(report) => report.text,
        Err(diagnostic) => diagnostic.to_string().replace(&prefix, ""),
    });
    let told = told.collect();
    (told, reports.tally())
}

#[test]
fn folders_are_read_recursively_in_sorted_order() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("b/inner")).unwrap();
    fs::write(dir.path().join("c.txt"), "third").unwrap();
    fs::write(dir.path().join("a.txt"), "first").unwrap();
    fs::write(dir.path().join(".hidden"), "never").unwrap();
    fs::write(dir.path().join("b/inner/x.jsonl"), "{\"text\": \"second\"}\n").unwrap();
    assert_eq!(read(dir.path(), &["."], Limits::default()).0, ["first", "second", "third"]);
}

#[test]
fn bad_files_are_told_and_the_rest_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8]); 7] = [
        ("bom.txt", b"\xEF\xBB\xBFline one\r\nline two\r\n"),
        ("binary.bin", b"\x7FELF\x02\x01\x00\x00"),
        ("blank.txt", b" \n \n"),
        ("empty.txt", b""),
        ("latin.txt", b"the caf\xE9 was shelled"),
        ("late-nul.txt", b"text\0text"),
        ("word.txt", b"Shelling"),
    ];
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let (told, tally) = read(
        dir.path(),
        &["bom.txt", "binary.bin", "blank.txt", "empty.txt", "latin.txt", "late-nul.txt", "word.txt"],
        Limits::default(),
    );
    assert_eq!(
        told,
        [
            "line one\r\nline two\r\n",
            "binary.bin: binary data, not text (byte 6 is zero)",
            "blank.txt: the file holds only white space",
            "empty.txt: the file is empty",
            "latin.txt: not valid UTF-8 (byte 7): read as windows-1252",
            "the café was shelled",
            "late-nul.txt: binary data, not text (byte 4 is zero)",
            "Shelling",
        ]
    );
    assert_eq!(tally, Tally { read: 3, lost: 4, warnings: 1, notes: 0, undated: 3 });
}

#[test]
fn a_line_of_fifty_megabytes_costs_one_record() {
    let dir = tempfile::tempdir().unwrap();
    let long = "x".repeat(50_000_000);
    fs::write(dir.path().join("long.jsonl"), format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"next\"}}\n"))
        .unwrap();
    fs::write(dir.path().join("long.txt"), long).unwrap();
    let (told, _) = read(dir.path(), &["long.jsonl", "long.txt"], Limits::default());
    assert_eq!(
        told,
        [
            "long.jsonl, line 1, record 1: 50000012 bytes long; the limit is 16777216 bytes",
            "next",
            "long.txt: 50000000 bytes long; the limit is 16777216 bytes",
        ]
    );
}

#[test]
fn defaults_fill_only_what_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("two.jsonl");
    fs::write(&path, "{\"text\": \"a\", \"source\": \"Own\"}\n{\"text\": \"b\"}\n").unwrap();
    let defaults = Defaults {
        source: Some("Wire".into()),
        published: Some(jiff::civil::date(2017, 11, 8)),
        ..Defaults::default()
    };
    let reports: Vec<_> =
        Reports::new(vec![Input::Path(path)], defaults, Limits::default()).collect::<Result<_, _>>().unwrap();
    assert_eq!(reports[0].source.as_deref(), Some("Own"));
    assert_eq!(reports[1].source.as_deref(), Some("Wire"));
    assert_eq!(reports[1].published, Some(jiff::civil::date(2017, 11, 8)));
}

proptest::proptest! {
    /// Whatever the bytes, reading ends, and every record is either read or told.
    #[test]
    fn any_bytes_end_in_reports_or_diagnostics(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400), json: bool) {
        let dir = tempfile::tempdir().unwrap();
        let mut content = if json { b"{\"text\": \"start\"}\n".to_vec() } else { Vec::new() };
        content.extend(bytes);
        fs::write(dir.path().join("any"), &content).unwrap();
        let (told, tally) = read(dir.path(), &["any"], Limits { record_bytes: 100, other_bytes: 10 });
        proptest::prop_assert!(!told.is_empty());
        proptest::prop_assert_eq!(told.len() as u64, tally.read + tally.lost + tally.warnings + tally.notes);
    }
}
