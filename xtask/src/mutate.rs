//! `mutate [--seconds N] [--each N]`: breaks files of every kind and reads them, until `--each` of each kind were read (1,000 unless it says otherwise) or the time is
//! over (600 seconds). A panic or a file that takes over five seconds ends it, and says by which seed the file was broken.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use contested_read::testing::{Dice, broken, files, read_all};

use crate::option;

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let seconds: u64 = option(arguments, "--seconds").map_or(Ok(600), str::parse)?;
    let each: u64 = option(arguments, "--each").map_or(Ok(1000), str::parse)?;
    let end = Instant::now() + Duration::from_secs(seconds);
    let files = files();
    let (mut read, mut slowest) = (0u64, Duration::ZERO);
    let (mut reports, mut lost) = (0u64, 0u64);
    // Seed by seed, so that all kinds had their share when the time is over.
    for seed in 0..each {
        for (kind, file) in &files {
            if Instant::now() >= end {
                println!("the time is over");
                break;
            }
            let start = Instant::now();
            let bytes = broken(file, &mut Dice::new(seed));
            let tally = std::panic::catch_unwind(|| read_all(bytes));
            let Ok(tally) = tally else { bail!("{kind} broken by seed {seed} makes the reader panic") };
            let time = start.elapsed();
            if time > Duration::from_secs(5) {
                bail!("{kind} broken by seed {seed} takes {time:?}");
            }
            slowest = slowest.max(time);
            read += 1;
            reports += tally.read;
            lost += tally.lost;
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("unknown", str::trim);
    println!(
        "{read} broken files of {} kinds: {reports} reports, {lost} problems, slowest {slowest:?}, most memory {memory}",
        files.len()
    );
    let kib: Option<u64> = memory.trim_end_matches("kB").trim().parse().ok();
    if kib.context("this system does not tell a process's memory")? > 300 << 10 {
        bail!("over 300 MiB of memory");
    }
    Ok(())
}
