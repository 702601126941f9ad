//! Extraction of many reports: in parallel, in bounded memory, results in the order of the input.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context as _;
use contested_assess::disputes_in_report;
use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_model::{Claim, Dispute, Report};
use contested_read::Tally;
use rayon::prelude::*;

use crate::input::{InputArgs, tell};
use crate::progress::Progress;

/// Most reports, and most bytes of their texts, that are in memory at a time.
const CHUNK_REPORTS: usize = 64;
const CHUNK_BYTES: usize = 4 << 20;

/// Recursion over hostile text is bounded by the library; this leaves room for what is left.
const STACK_BYTES: usize = 16 << 20;

/// What one report told.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Claims in the order of the text.
    pub(crate) claims: Vec<Claim>,
    /// Disputes among them.
    pub(crate) disputes: Vec<Dispute>,
}

/// How a run over many reports went.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Run {
    /// What was read.
    pub(crate) tally: Tally,
    /// Reports on which the extractor failed.
    pub(crate) defects: u64,
}

/// Options of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RunOptions {
    /// Threads to use; 0 is one a core.
    pub(crate) threads: usize,
    /// Whether diagnostics are told as JSON.
    pub(crate) json: bool,
    /// What is known of the world, imports included.
    pub(crate) knowledge: &'static Knowledge,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self { threads: 0, json: false, knowledge: Knowledge::embedded() }
    }
}

/// Extracts every report that `input` names. `work` runs in parallel on a report and what it told; `sink` gets the results in the order of
/// the input, whatever the number of threads. Problems of the input are told on standard error and stop nothing.
///
/// # Errors
/// Those of `sink`, and a pool of threads that the system refuses.
pub(crate) fn for_each<T: Send>(
    input: &InputArgs,
    options: RunOptions,
    work: impl Fn(Report, Told) -> anyhow::Result<T> + Sync,
    sink: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<Run> {
    for_each_but(input, options, |_| Ok(false), work, sink)
}

/// Likewise, but for the reports for which `passed_over` is true: nothing is read from them.
///
/// # Errors
/// Those of `passed_over` and `sink`, and a pool of threads that the system refuses.
pub(crate) fn for_each_but<T: Send>(
    input: &InputArgs,
    options: RunOptions,
    mut passed_over: impl FnMut(&Report) -> anyhow::Result<bool>,
    work: impl Fn(Report, Told) -> anyhow::Result<T> + Sync,
    sink: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<Run> {
    let mut progress = Progress::over(input.bytes());
    let mut reports = input.reports();
    let chunks = || {
        progress.at(reports.bytes_read(), reports.tally().read);
        let mut chunk = Vec::new();
        let mut bytes = 0;
        while chunk.len() < CHUNK_REPORTS && bytes < CHUNK_BYTES {
            match reports.next() {
                None => break,
                Some(Err(diagnostic)) => progress.aside(|| tell(&diagnostic, options.json)),
                Some(Ok(report)) if passed_over(&report)? => {
                    progress.at(reports.bytes_read(), reports.tally().read);
                }
                Some(Ok(report)) => {
                    bytes += report.text.len();
                    chunk.push(report);
                }
            }
        }
        Ok(chunk)
    };
    let defects = in_chunks(options, chunks, work, sink)?;
    Ok(Run { tally: reports.tally(), defects })
}

/// Extracts the chunks of reports that `chunks` gives until it gives an empty one. Says on how many reports the extractor failed.
///
/// # Errors
/// Those of `chunks` and `sink`, and a pool of threads that the system refuses.
pub(crate) fn in_chunks<T: Send>(
    options: RunOptions,
    mut chunks: impl FnMut() -> anyhow::Result<Vec<Report>>,
    work: impl Fn(Report, Told) -> anyhow::Result<T> + Sync,
    mut sink: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).stack_size(STACK_BYTES).build();
    let pool = pool.context("cannot start threads")?;
    let extractor = Extractor::new(options.knowledge);
    let mut defects = 0;
    loop {
        let chunk = chunks()?;
        if chunk.is_empty() {
            return Ok(defects);
        }
        let results: Vec<_> = pool.install(|| {
            chunk
                .into_par_iter()
                .map(|report| tell_one(&extractor, &report).map(|told| work(report, told)))
                .collect()
        });
        for result in results {
            match result {
                Some(result) => sink(result?)?,
                None => defects += 1,
            }
        }
    }
}

/// What `report` tells; `None` when the extractor fails on it, which the panic's own message has told by then.
fn tell_one(extractor: &Extractor<'_>, report: &Report) -> Option<Told> {
    catch_unwind(AssertUnwindSafe(|| {
        let claims = extractor.extract(report).claims;
        let disputes = disputes_in_report(&claims);
        Told { claims, disputes }
    }))
    .ok()
}
