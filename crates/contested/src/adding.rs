//! Reports into a ledger: extracted in parallel, written in batches of one transaction each.

use std::cell::RefCell;

use contested_ledger::{Added, Entry, Ledger};
use contested_model::{Extractor, Report};
use jiff::Timestamp;

use crate::extraction::{Run, RunOptions, Told, for_each_but, in_chunks};
use crate::input::InputArgs;
use crate::progress::Progress;

/// Reports a transaction: large enough to be fast, small enough to lose little time when a run is cut off.
const BATCH: usize = 256;

/// What became of the reports of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    /// New in the ledger.
    pub(crate) new: u64,
    /// There before, now with claims of this extractor.
    pub(crate) again: u64,
    /// There before with these very claims.
    pub(crate) known: u64,
    /// Claims of the new and the renewed.
    pub(crate) claims: u64,
    /// Disputes inside them.
    pub(crate) disputes: u64,
    /// Had to be forgotten before, and were left out.
    pub(crate) forgotten: u64,
}

/// Adds every report that `input` names. What is in the ledger with claims of this very extractor is not even read again, so that a run that
/// was cut off goes on where it was.
pub(crate) fn add(
    ledger: &mut Ledger,
    input: &InputArgs,
    options: RunOptions,
    now: Timestamp,
) -> anyhow::Result<(Outcome, Run)> {
    let made = contested_extract::Extractor::new(options.knowledge).made();
    let mut outcome = Outcome::default();
    let mut known = 0;
    let mut batch = Vec::with_capacity(BATCH);
    let ledger = RefCell::new(ledger);
    let run = for_each_but(
        input,
        options,
        |report| {
            let held = ledger.borrow().holds(report, &made)?;
            known += u64::from(held);
            Ok(held)
        },
        |report, told| Ok(entry(report, told, &made)),
        |entry| {
            batch.push(entry);
            if batch.len() >= BATCH {
                commit(&mut ledger.borrow_mut(), &mut batch, now, &mut outcome)?;
            }
            Ok(())
        },
    )?;
    commit(&mut ledger.borrow_mut(), &mut batch, now, &mut outcome)?;
    outcome.known += known;
    Ok((outcome, run))
}

/// Extracts every report of the ledger that has no claims of this extractor yet. Each batch is kept as it is done, so that a run that was cut off
/// goes on where it was. Says, too, on how many reports the extractor failed.
pub(crate) fn reextract(
    ledger: &mut Ledger,
    options: RunOptions,
    now: Timestamp,
) -> anyhow::Result<(Outcome, u64)> {
    let made = contested_extract::Extractor::new(options.knowledge).made();
    let total = ledger.counts(None)?.reports;
    let pending = ledger.pending_count(&made)?;
    let mut progress = Progress::over_reports(pending);
    let mut outcome = Outcome { known: total - pending.min(total), ..Outcome::default() };
    let ledger = RefCell::new(ledger);
    let (mut last, mut done) = (0, 0);
    let mut batch = Vec::with_capacity(BATCH);
    let defects = in_chunks(
        options,
        || {
            progress.reached(done);
            let found = ledger.borrow().pending(&made, last, BATCH)?;
            last = found.last().map_or(last, |(row, _)| *row);
            done += found.len() as u64;
            Ok(found.into_iter().map(|(_, report)| report).collect())
        },
        |report, told| Ok(entry(report, told, &made)),
        |entry| {
            batch.push(entry);
            if batch.len() >= BATCH {
                commit(&mut ledger.borrow_mut(), &mut batch, now, &mut outcome)?;
            }
            Ok(())
        },
    )?;
    commit(&mut ledger.borrow_mut(), &mut batch, now, &mut outcome)?;
    Ok((outcome, defects))
}

fn commit(
    ledger: &mut Ledger,
    batch: &mut Vec<Entry>,
    now: Timestamp,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    for (entry, added) in batch.iter().zip(ledger.add(batch, now)?) {
        match added {
            Added::New => outcome.new += 1,
            Added::Again => outcome.again += 1,
            Added::Known => outcome.known += 1,
            Added::Forgotten => outcome.forgotten += 1,
        }
        if matches!(added, Added::New | Added::Again) {
            outcome.claims += entry.claims.len() as u64;
            outcome.disputes += entry.disputes.len() as u64;
        }
    }
    batch.clear();
    Ok(())
}

/// A report that tells nothing has an extractor, too: what its claims would name.
fn entry(report: Report, told: Told, made: &Extractor) -> Entry {
    let extractor = told.claims.first().map_or_else(|| made.clone(), |claim| claim.extractor.clone());
    Entry { report, claims: told.claims, disputes: told.disputes, extractor }
}
