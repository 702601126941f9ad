//! Extraction of many reports: in parallel, in bounded memory, results in the order of the input.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use anyhow::Context as _;
use contested_assess::disputes_in_report;
use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_model::{Claim, Dispute, Report};
use contested_read::{Language, Mark, PassedPage, Reports, Step, Tally, other_language};
use rayon::prelude::*;

use crate::input::{InputArgs, tell};
use crate::progress::Progress;

/// Most reports, and most bytes of their texts, that are in memory at a time.
const CHUNK_REPORTS: usize = 64;
const CHUNK_BYTES: usize = 4 << 20;
/// Most bytes that are read before what was read is dealt with, though nothing of them be a report.
const CHUNK_READ: u64 = 32 << 20;

/// Recursion over hostile text is bounded by the library; this leaves room for what is left.
const STACK_BYTES: usize = 16 << 20;

/// What one report told.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Claims in the order of the text.
    pub(crate) claims: Vec<Claim>,
    /// Disputes among them.
    pub(crate) disputes: Vec<Dispute>,
    /// The language for which the report was not read, if it was not.
    pub(crate) unread: Option<Language>,
}

/// How a run over many reports went.
#[derive(Debug, Clone, Default)]
pub(crate) struct Run {
    /// What was read.
    pub(crate) tally: Tally,
    /// Reports on which the extractor failed.
    pub(crate) defects: u64,
    /// Reports and pages that were not read, by their language's name.
    pub(crate) unread: BTreeMap<&'static str, u64>,
}

/// How far reading came, all before it being dealt with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reached {
    /// The file that is open, and where reading it can go on.
    pub(crate) mark: Option<(PathBuf, Mark)>,
    /// Pages of archives that were passed over since the last time, each archive under its name.
    pub(crate) passed: Vec<(String, Vec<PassedPage>)>,
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
    /// Whether reports in other languages are read as if they were English.
    pub(crate) every_language: bool,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self { threads: 0, json: false, knowledge: Knowledge::embedded(), every_language: false }
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
    for_each_but(input.reports(), input, options, |_| Ok(false), work, sink, |_| Ok(()))
}

/// Likewise, but for the reports for which `passed_over` is true: nothing is read from them. `reached` hears how far reading came whenever all
/// before it went through `sink`.
///
/// # Errors
/// Those of `passed_over`, `sink` and `reached`, and a pool of threads that the system refuses.
pub(crate) fn for_each_but<T: Send>(
    mut reports: Reports,
    input: &InputArgs,
    options: RunOptions,
    mut passed_over: impl FnMut(&Report) -> anyhow::Result<bool>,
    work: impl Fn(Report, Told) -> anyhow::Result<T> + Sync,
    mut sink: impl FnMut(T) -> anyhow::Result<()>,
    mut reached: impl FnMut(Reached) -> anyhow::Result<()>,
) -> anyhow::Result<Run> {
    let mut progress = Progress::over(input.bytes());
    let mut unread = BTreeMap::new();
    let mut far = Reached::default();
    let chunks = || {
        reached(std::mem::take(&mut far))?;
        progress.at(reports.bytes_read(), reports.tally().read);
        let from = reports.bytes_read();
        let mut chunk = Vec::new();
        let (mut bytes, mut ended) = (0, false);
        while chunk.len() < CHUNK_REPORTS && bytes < CHUNK_BYTES && reports.bytes_read() - from < CHUNK_READ {
            match reports.step() {
                None => {
                    ended = true;
                    break;
                }
                Some(Step::Told(diagnostic)) => progress.aside(|| tell(&diagnostic, options.json)),
                Some(Step::Pause) => progress.at(reports.bytes_read(), reports.tally().read),
                Some(Step::Report(report)) if passed_over(&report)? => {
                    progress.at(reports.bytes_read(), reports.tally().read);
                }
                Some(Step::Report(report)) => {
                    bytes += report.text.len();
                    chunk.push(report);
                }
            }
        }
        far = Reached {
            mark: reports.mark().map(|(path, mark)| (path.to_owned(), mark)),
            passed: reports.take_passed(),
        };
        for page in far.passed.iter().flat_map(|(_, pages)| pages) {
            *unread.entry(page.language.name).or_insert(0) += 1;
        }
        Ok((!ended || !chunk.is_empty()).then_some(chunk))
    };
    let mut others = BTreeMap::new();
    let defects = in_chunks(
        options,
        chunks,
        |report, told| {
            let unread = told.unread;
            work(report, told).map(|result| (unread, result))
        },
        |(unread, result)| {
            if let Some(language) = unread {
                *others.entry(language.name).or_insert(0) += 1;
            }
            sink(result)
        },
    )?;
    reached(far)?;
    for (language, count) in others {
        *unread.entry(language).or_insert(0) += count;
    }
    Ok(Run { tally: reports.tally(), defects, unread })
}

/// Extracts the chunks of reports that `chunks` gives until it gives none. Says on how many reports the extractor failed.
///
/// # Errors
/// Those of `chunks` and `sink`, and a pool of threads that the system refuses.
pub(crate) fn in_chunks<T: Send>(
    options: RunOptions,
    mut chunks: impl FnMut() -> anyhow::Result<Option<Vec<Report>>>,
    work: impl Fn(Report, Told) -> anyhow::Result<T> + Sync,
    mut sink: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).stack_size(STACK_BYTES).build();
    let pool = pool.context("cannot start threads")?;
    let extractor = Extractor::new(options.knowledge);
    let mut defects = 0;
    loop {
        let Some(chunk) = chunks()? else { return Ok(defects) };
        let results: Vec<_> = pool.install(|| {
            chunk
                .into_par_iter()
                .map(|report| tell_one(&extractor, &report, options).map(|told| work(report, told)))
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
fn tell_one(extractor: &Extractor<'_>, report: &Report, options: RunOptions) -> Option<Told> {
    if !options.every_language
        && let Some(language) = other_language(&report.text)
    {
        return Some(Told { claims: Vec::new(), disputes: Vec::new(), unread: Some(language) });
    }
    catch_unwind(AssertUnwindSafe(|| {
        let claims = extractor.extract(report).claims;
        let disputes = disputes_in_report(&claims);
        Told { claims, disputes, unread: None }
    }))
    .ok()
}
