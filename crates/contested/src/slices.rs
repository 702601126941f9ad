//! Slices of an archive in Parquet, into a ledger.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// What was taken in.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Taken {
    /// Claims that are new.
    pub(crate) claims: u64,
    /// Reports that are new.
    pub(crate) reports: u64,
    /// Claims that were read.
    pub(crate) read: u64,
}

/// The Parquet files that `path` names: itself, or all in a folder and those below it. None where it is another file.
pub(crate) fn parquet_files(path: &Path) -> anyhow::Result<Option<Vec<PathBuf>>> {
    if path.is_dir() {
        let mut files = Vec::new();
        collect(path, &mut files)?;
        if files.is_empty() {
            bail!("{}: no file of the folder is called `*.parquet`", path.display());
        }
        return Ok(Some(files));
    }
    let mut start = [0; 4];
    let begins = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    Ok((begins.is_ok() && &start == b"PAR1").then(|| vec![path.to_owned()]))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let cannot = || format!("cannot list {}", folder.display());
    let mut entries: Vec<PathBuf> = folder
        .read_dir()
        .with_context(cannot)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .with_context(cannot)?;
    entries.sort();
    for path in entries {
        // Links to folders are not followed: they may go in circles.
        if path.is_dir() && !path.is_symlink() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "parquet") {
            files.push(path);
        }
    }
    Ok(())
}

/// Fills the ledger at `store`, which is made if there is none, with the claims of `files`.
#[cfg(feature = "arrow")]
pub(crate) fn take_in(store: &Path, files: &[PathBuf]) -> anyhow::Result<Taken> {
    use contested_ledger::Ledger;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    let now = jiff::Timestamp::now();
    let mut ledger: Option<Ledger> = None;
    let (mut before, mut read) = ((0, 0), 0);
    for path in files {
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut take = |claims: Vec<contested_model::Claim>| -> anyhow::Result<()> {
            // Only now: a wrong file leaves no empty ledger behind.
            if ledger.is_none() {
                let opened = Ledger::open(store)?;
                let counts = opened.counts(None)?;
                before = (counts.claims, counts.reports);
                ledger = Some(opened);
            }
            read += claims.len() as u64;
            let Some(ledger) = &mut ledger else { return Ok(()) };
            ledger.add(&entries(claims)?, now)?;
            Ok(())
        };
        // A file that is broken inside must cost nothing but itself.
        let done = catch_unwind(AssertUnwindSafe(|| contested_arrow::read_claims(file, &mut take)));
        done.unwrap_or_else(|_| bail!("the file is broken: fetch it again"))
            .with_context(|| format!("{} cannot be read as claims in Parquet", path.display()))?;
    }
    let Some(ledger) = ledger else { bail!("no claim is in what was named") };
    let counts = ledger.counts(None)?;
    Ok(Taken {
        claims: counts.claims.saturating_sub(before.0),
        reports: counts.reports.saturating_sub(before.1),
        read,
    })
}

#[cfg(not(feature = "arrow"))]
pub(crate) fn take_in(_: &Path, files: &[PathBuf]) -> anyhow::Result<Taken> {
    bail!(
        "{} is Parquet, which this build does not read: build it with `cargo build --release --features arrow`, or move the whole ledger with `contested export ledger --as jsonl`",
        files.first().map(|path| path.display().to_string()).unwrap_or_default()
    )
}

/// Claims by report and extractor, in the order in which these come first.
#[cfg(feature = "arrow")]
fn entries(claims: Vec<contested_model::Claim>) -> anyhow::Result<Vec<contested_ledger::Entry>> {
    use contested_ledger::{Entry, report_of};

    let mut places = std::collections::BTreeMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    for claim in claims {
        let of = serde_json::to_string(&(&claim.report, &claim.extractor))?;
        let at = *places.entry(of).or_insert(entries.len());
        match entries.get_mut(at) {
            Some(entry) => entry.claims.push(claim),
            None => entries.push(Entry {
                report: report_of(&claim),
                extractor: claim.extractor.clone(),
                claims: vec![claim],
                disputes: Vec::new(),
                unread: None,
            }),
        }
    }
    Ok(entries)
}
