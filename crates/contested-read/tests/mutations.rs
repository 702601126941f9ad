//! Files of every kind, broken in many ways, the same ways on every run: no panic, no hang, memory within bounds. `cargo xtask mutate` breaks more of them.
#![allow(clippy::disallowed_methods, reason = "tests watch the clock and the memory")]

use std::time::{Duration, Instant};

use contested_read::testing::{Dice, broken, files, read_all};

/// Broken files of each kind.
const EACH: u64 = 60;

#[test]
fn whole_files_of_every_kind_are_read() {
    for (kind, file) in files() {
        let tally = read_all(file);
        assert!(tally.read > 0 && tally.lost == 0, "{kind}: {tally:?}");
    }
}

#[test]
fn broken_files_end_in_reports_or_diagnostics() {
    for (kind, file) in files() {
        for seed in 0..EACH {
            let start = Instant::now();
            read_all(broken(&file, &mut Dice::new(seed)));
            assert!(
                start.elapsed() < Duration::from_secs(5),
                "{kind} broken by {seed} takes {:?}",
                start.elapsed()
            );
        }
    }
    if let Some(most) = most_memory() {
        assert!(most < 300 << 10, "{most} KiB were in use at a time");
    }
}

/// The most memory that this process had in use, in KiB, where the system tells.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
