//! Full disks, folders that may not be written, files of another time, cut and overwritten files: nothing committed is lost, and it is said.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the tests break files on purpose")]
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::{Value, json};
use support::{contested, file};
use tempfile::TempDir;

const REPORTS: &str = include_str!("../demo/eastern-syria.jsonl");

/// The demonstration's reports `times` times under other ids.
fn many(times: usize) -> String {
    let one = |n: usize| {
        REPORTS.lines().map(move |line| {
            let mut report: Value = serde_json::from_str(line).unwrap();
            report["id"] = json!(format!("{}-{n}", report["id"].as_str().unwrap()));
            report.to_string()
        })
    };
    (0..times).flat_map(one).collect::<Vec<_>>().join("\n")
}

fn claims(store: &str) -> Vec<String> {
    let run = contested(&["claims", "--all", "--json", "--store", store]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let mut lines: Vec<String> = run.stdout.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

fn store(dir: &TempDir) -> String {
    dir.path().join("l.db").display().to_string()
}

#[test]
fn a_full_disk_costs_the_last_batch_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let (first, rest, ledger) = (file(&dir, "a.jsonl", many(1)), file(&dir, "b.jsonl", many(6)), store(&dir));
    contested(&["add", &first, "--store", &ledger]);
    let before = claims(&ledger);
    let size = fs::metadata(&ledger).unwrap().len() / 1024;
    // No file may grow beyond what the ledger has, and some: what a full disk does to it.
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" add \"$1\" --store \"$2\"", size + 600);
    let run = Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_contested"), &rest, &ledger])
        .output()
        .unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{told}");
    assert!(told.contains("l.db could not be written") || told.contains("no space is left for"), "{told}");
    assert!(told.contains("nothing of the last batch was kept, everything before it was"), "{told}");
    let after = claims(&ledger);
    assert!(before.iter().all(|claim| after.binary_search(claim).is_ok()));
    assert_eq!(
        contested(&["add", &rest, "--store", &ledger]).code,
        Some(0),
        "with room again, the rest is added"
    );
    let all = claims(&ledger);
    assert!(after.len() < all.len() && after.iter().all(|claim| all.binary_search(claim).is_ok()));
    let mut once = all.clone();
    once.dedup();
    assert_eq!(once, all);
}

#[test]
fn a_folder_that_may_not_be_written_is_read_and_said_to_be_so() {
    let dir = tempfile::tempdir().unwrap();
    let (reports, ledger) = (file(&dir, "a.jsonl", many(1)), store(&dir));
    contested(&["add", &reports, "--store", &ledger]);
    let before = claims(&ledger);
    fs::set_permissions(&ledger, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    // Whoever may write anywhere is not stopped by this.
    let free = fs::write(dir.path().join("x"), "x").is_ok();
    if !free {
        assert_eq!(claims(&ledger), before);
        let more = tempfile::tempdir().unwrap();
        for arguments in [
            vec!["add", &file(&more, "b.jsonl", many(2))],
            vec!["review", "reject", "k1:", "--by", "A", "--why", "x"],
        ] {
            let run = contested(&[&arguments[..], &["--store", &ledger]].concat());
            assert_eq!(run.code, Some(1));
            assert!(
                run.stderr.contains("cannot be written")
                    || run.stderr.contains("cannot be opened")
                    || run.stderr.contains("several keys"),
                "{}",
                run.stderr
            );
        }
        let new = dir.path().join("new.db").display().to_string();
        let run = contested(&["add", &reports, "--store", &new]);
        assert!(
            run.stderr.contains(
                "cannot be opened: check that its folder exists and that you may read and write there"
            ) || run.stderr.contains("cannot be written"),
            "{}",
            run.stderr
        );
    }
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_ledger_of_a_newer_version_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (reports, ledger) = (file(&dir, "a.jsonl", many(1)), store(&dir));
    contested(&["add", &reports, "--store", &ledger]);
    rusqlite::Connection::open(&ledger).unwrap().pragma_update(None, "user_version", 9).unwrap();
    let before = fs::read(&ledger).unwrap();
    for arguments in [
        vec!["add", &reports],
        vec!["claims"],
        vec!["sitrep"],
        vec!["review", "log"],
        vec!["review", "reject", "k1:aaaa", "--by", "A", "--why", "x"],
        vec!["forget", "x", "--by", "A", "--why", "x"],
    ] {
        let run = contested(&[&arguments[..], &["--store", &ledger]].concat());
        assert_eq!(run.code, Some(1));
        assert!(
            run.stderr.contains(
                "was written by a newer version of contested (its layout is 9, this program knows "
            ),
            "{}",
            run.stderr
        );
    }
    assert_eq!(fs::read(&ledger).unwrap(), before);
}

#[test]
fn a_cut_or_overwritten_file_is_said_to_be_damaged_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let (reports, whole) = (file(&dir, "a.jsonl", many(2)), store(&dir));
    contested(&["add", &reports, "--store", &whole]);
    let bytes = fs::read(&whole).unwrap();
    let broken = dir.path().join("broken.db").display().to_string();
    for part in [10, 4, 2] {
        let cut = &bytes[..bytes.len() - bytes.len() / part];
        fs::write(&broken, cut).unwrap();
        for arguments in [vec!["add", &reports], vec!["claims"], vec!["sitrep"]] {
            let run = contested(&[&arguments[..], &["--store", &broken]].concat());
            assert_eq!(run.code, Some(1), "{arguments:?}");
            assert!(
                run.stderr.contains("broken.db is damaged") && run.stderr.contains("restore it from a copy"),
                "{}",
                run.stderr
            );
        }
        assert_eq!(fs::read(&broken).unwrap(), cut, "nothing was changed");
    }
    fs::write(&broken, [&b"x"[..], &bytes[1..]].concat()).unwrap();
    let run = contested(&["claims", "--store", &broken]);
    assert!(run.stderr.contains("is not a contested ledger"), "{}", run.stderr);
    // Pages overwritten in the middle: an answer or an error, never a panic.
    for at in (0..10).map(|n| (n * 1_977_351) % bytes.len()) {
        let mut other = bytes.clone();
        let end = (at + 700).min(other.len());
        other[at..end].fill(0x5a);
        fs::write(&broken, &other).unwrap();
        for arguments in [vec!["claims", "--json"], vec!["add", &reports]] {
            let run = contested(&[&arguments[..], &["--store", &broken]].concat());
            assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
            assert!(
                run.code == Some(0) || run.stderr.starts_with("error: "),
                "{:?} {}",
                run.code,
                run.stderr
            );
        }
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{broken}{end}"));
        }
    }
}

/// Two hundred runs killed at random moments: `cargo test -p contested --test hard_times -- --ignored`, some minutes. `bench/kill.sh` does the same with
/// any binary.
#[test]
#[ignore = "some minutes: run with -- --ignored"]
fn two_hundred_killed_runs_lose_nothing() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let run = Command::new("bash")
        .args([&format!("{root}/bench/kill.sh"), "200", env!("CARGO_BIN_EXE_contested")])
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
}
