//! Reports into a ledger: extracted in parallel, written in batches of one transaction each.

use std::cell::RefCell;

use contested_ledger::{Added, Entry, Ledger};
use contested_model::{Extractor, Report};
use jiff::Timestamp;

use crate::extraction::{Run, RunOptions, Told, for_each_but, in_chunks};
use crate::going_on::Notes;
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
    /// New ones that nobody dated.
    pub(crate) undated: u64,
}

/// Entries on their way into a ledger.
pub(crate) struct Adder<'l> {
    pub(crate) ledger: &'l mut Ledger,
    batch: Vec<Entry>,
    now: Timestamp,
    pub(crate) outcome: Outcome,
}

impl<'l> Adder<'l> {
    pub(crate) fn new(ledger: &'l mut Ledger, now: Timestamp) -> Self {
        Self { ledger, batch: Vec::with_capacity(BATCH), now, outcome: Outcome::default() }
    }

    /// Takes an entry, and writes when there are enough.
    pub(crate) fn push(&mut self, entry: Entry) -> anyhow::Result<()> {
        self.batch.push(entry);
        if self.batch.len() >= BATCH { self.commit() } else { Ok(()) }
    }

    /// Writes what was taken.
    pub(crate) fn commit(&mut self) -> anyhow::Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let outcome = &mut self.outcome;
        for (entry, added) in self.batch.iter().zip(self.ledger.add(&self.batch, self.now)?) {
            match added {
                Added::New => {
                    outcome.new += 1;
                    outcome.undated += u64::from(entry.report.published.is_none());
                }
                Added::Again => outcome.again += 1,
                Added::Known => outcome.known += 1,
                Added::Forgotten => outcome.forgotten += 1,
            }
            if matches!(added, Added::New | Added::Again) {
                outcome.claims += entry.claims.len() as u64;
                outcome.disputes += entry.disputes.len() as u64;
            }
        }
        self.batch.clear();
        Ok(())
    }
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
    let (mut known, mut forgotten) = (0, 0);
    let mut notes = Notes::of(ledger, input, &made)?;
    let reports = notes.going_on(input.reports());
    let adder = RefCell::new(Adder::new(ledger, now));
    let run = for_each_but(
        reports,
        input,
        options,
        |report| {
            let held = adder.borrow().ledger.holds(report, &made)?;
            let gone = held && adder.borrow().ledger.forgot(report)?;
            known += u64::from(held && !gone);
            forgotten += u64::from(gone);
            Ok(held)
        },
        |report, told| Ok(entry(report, told, &made)),
        |entry| adder.borrow_mut().push(entry),
        |reached| {
            let mut adder = adder.borrow_mut();
            adder.commit()?;
            notes.reached(adder.ledger, reached)
        },
    )?;
    let mut adder = adder.into_inner();
    adder.commit()?;
    notes.end(adder.ledger)?;
    let mut outcome = adder.outcome;
    outcome.known += known;
    outcome.forgotten += forgotten;
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
    let adder = RefCell::new(Adder::new(ledger, now));
    adder.borrow_mut().outcome.known = total - pending.min(total);
    let (mut last, mut done) = (0, 0);
    let defects = in_chunks(
        options,
        || {
            progress.reached(done);
            let found = adder.borrow().ledger.pending(&made, last, BATCH)?;
            last = found.last().map_or(last, |(row, _)| *row);
            done += found.len() as u64;
            let reports: Vec<Report> = found.into_iter().map(|(_, report)| report).collect();
            Ok((!reports.is_empty()).then_some(reports))
        },
        |report, told| Ok(entry(report, told, &made)),
        |entry| adder.borrow_mut().push(entry),
    )?;
    let mut adder = adder.into_inner();
    adder.commit()?;
    Ok((adder.outcome, defects))
}

/// A report that tells nothing has an extractor, too: what its claims would name.
pub(crate) fn entry(report: Report, told: Told, made: &Extractor) -> Entry {
    let extractor = told.claims.first().map_or_else(|| made.clone(), |claim| claim.extractor.clone());
    let unread = told.unread.map(|language| language.code.to_owned());
    Entry { report, claims: told.claims, disputes: told.disputes, extractor, unread }
}
