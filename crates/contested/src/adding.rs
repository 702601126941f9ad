//! Reports into a ledger: extracted in parallel, written in batches of one transaction each.

use contested_ledger::{Added, Entry, Ledger};
use contested_model::{Extractor, Report};
use jiff::Timestamp;

use crate::extraction::{Run, RunOptions, Told, for_each};
use crate::input::InputArgs;

/// Reports a transaction: large enough to be fast, small enough to lose little time when a run is cut off.
const BATCH: usize = 64;

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
}

/// Adds every report that `input` names.
pub(crate) fn add(
    ledger: &mut Ledger,
    input: &InputArgs,
    options: RunOptions,
    now: Timestamp,
) -> anyhow::Result<(Outcome, Run)> {
    let made = contested_extract::Extractor::new(options.knowledge).made();
    let mut outcome = Outcome::default();
    let mut batch = Vec::with_capacity(BATCH);
    let run = for_each(
        input,
        options,
        |report, told| Ok(entry(report, told, &made)),
        |entry| {
            batch.push(entry);
            if batch.len() >= BATCH {
                commit(ledger, &mut batch, now, &mut outcome)?;
            }
            Ok(())
        },
    )?;
    commit(ledger, &mut batch, now, &mut outcome)?;
    Ok((outcome, run))
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
        }
        if added != Added::Known {
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
