//! A ledger copied into another, of whichever kind, and the proof that nothing is missing.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use contested_ledger::{Act, Decision, Entry, Ledger, Piece};
use contested_model::Digest128;

use crate::moving::{Filling, Moved};
use crate::progress::Progress;

/// What was copied, and what was found when both were read again.
#[derive(Debug)]
pub(crate) struct Copied {
    /// What was written.
    pub(crate) moved: Moved,
    /// Extractions that were there already.
    pub(crate) there: usize,
    /// Learning runs that were written.
    pub(crate) runs: usize,
    /// Digest over all that was to be copied.
    pub(crate) digest: Digest128,
    /// How much of that the other ledger lacks: a defect.
    pub(crate) missing: usize,
    /// How much it has besides.
    pub(crate) more: usize,
}

/// Copies all that `from` holds into the ledger at `to`, which is made if there is none. What is there is passed over, so a copy that broke off goes on.
pub(crate) fn copy(from: &Ledger, to: &Path) -> anyhow::Result<Copied> {
    let mut filling = Filling::new(Ledger::open(to)?);
    let mut progress = Progress::over_reports(from.counts(None)?.reports);
    let (mut reports, mut there) = (0, 0);
    from.history(|piece| -> anyhow::Result<()> {
        match piece {
            Piece::Entry { entry, at, first, .. } => {
                reports += u64::from(first);
                progress.reached(reports);
                if filling.holds(&entry)? {
                    there += 1;
                    Ok(())
                } else {
                    filling.entry(entry, at)
                }
            }
            Piece::Decision(Decision { id, at, known, by, why, act, .. }) => {
                filling.decision(id, &act, &by, &why, known, at).with_context(|| format!("decision {id}"))
            }
        }
    })?;
    let (mut ledger, moved) = filling.finish()?;
    let known = ledger.learning_runs()?;
    let mut runs = 0;
    for (at, run) in from.learning_runs()? {
        if !known.contains(&(at, run.clone())) && ledger.add_learning(&run, at)? {
            runs += 1;
        }
    }
    let (all, found) = (digests(from)?, digests(&ledger)?);
    let whole: String = all.iter().map(Digest128::to_string).collect();
    Ok(Copied {
        moved,
        there,
        runs,
        digest: Digest128::of(whole.as_bytes()),
        missing: all.difference(&found).count(),
        more: found.difference(&all).count(),
    })
}

/// A digest for each thing that a ledger holds, whatever its row there is.
fn digests(ledger: &Ledger) -> anyhow::Result<BTreeSet<Digest128>> {
    let mut out = BTreeSet::new();
    let mut decisions: Vec<Digest128> = Vec::new();
    ledger.history(|piece| -> anyhow::Result<()> {
        out.insert(match piece {
            Piece::Entry { digest, entry, at, first } => {
                let Entry { report, claims, disputes, extractor, unread } = entry;
                // The digest of a report is of all but what its container said besides, and the day on which an undated one came in.
                let day = (first && report.published.is_none()).then_some(at);
                let what = (digest, report.other, day, claims, disputes, extractor, unread);
                Digest128::of(&serde_json::to_vec(&what)?)
            }
            Piece::Decision(Decision { at, known, by, why, act, .. }) => {
                let taken_back = match &act {
                    Act::Withdraw(number) => decisions.get((*number - 1) as usize).map(Digest128::to_string),
                    _ => None,
                };
                let act = if taken_back.is_some() { None } else { Some(act) };
                let digest = Digest128::of(&serde_json::to_vec(&(at, known, by, why, act, taken_back))?);
                decisions.push(digest);
                digest
            }
        });
        Ok(())
    })?;
    for run in ledger.learning_runs()? {
        let (at, run) = run;
        out.insert(Digest128::of(&serde_json::to_vec(&(at, run.known, run.claims, run.rows))?));
    }
    Ok(out)
}
