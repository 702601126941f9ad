//! A ledger as JSON Lines: a line for each report, extraction, claim, dispute and decision, in the order in which they came about.

use std::io::{BufRead, Read as _, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use contested_ledger::{Act, Decision, Entry, Ledger, LedgerError, Piece};
use contested_model::{Claim, Dispute, Extractor, Report};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Reports a transaction.
const BATCH: usize = 64;
/// Longest line that is read: a report of the longest that is taken in, escaped.
const LONGEST: u64 = 128 << 20;

/// A line other than a claim or dispute, which are as `docs/schema` has them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "lowercase")]
enum Line {
    /// Version of the layout; the first line.
    Ledger { layout: u32 },
    /// A report; the extraction that came in with it follows.
    Report {
        digest: String,
        id: Option<String>,
        source: Option<String>,
        published: Option<Date>,
        title: Option<String>,
        url: Option<String>,
        text: String,
        other: Map<String, Value>,
    },
    /// What an extractor drew from a report: so many lines of claims and disputes follow.
    Extraction {
        report: String,
        extractor: Extractor,
        at: Timestamp,
        unread: Option<String>,
        claims: usize,
        disputes: usize,
    },
    /// A decision.
    Decision { number: i64, at: Timestamp, known: Date, by: String, why: String, act: Act },
}

/// Version of the layout of these lines.
const LAYOUT: u32 = 1;

/// What was written or read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Moved {
    /// Extractions of reports.
    pub(crate) extractions: usize,
    /// Decisions.
    pub(crate) decisions: usize,
    /// Decisions that were there already, or change nothing.
    pub(crate) known: usize,
}

/// The reports as `contested add` reads them.
pub(crate) fn write_reports(ledger: &Ledger, out: &mut dyn Write) -> anyhow::Result<usize> {
    let (mut last, mut count) = (0, 0);
    loop {
        let batch = ledger.reports(last, BATCH)?;
        let Some((row, _)) = batch.last() else { return Ok(count) };
        last = *row;
        for (_, report) in batch {
            let Report { id, source, published, title, url, text, other } = report;
            let mut line: Map<String, Value> = Map::new();
            let published = published.map(|day| day.to_string());
            for (key, value) in
                [("id", id), ("source", source), ("published", published), ("title", title), ("url", url)]
            {
                if let Some(value) = value {
                    line.insert(key.to_owned(), value.into());
                }
            }
            line.insert("text".to_owned(), text.into());
            line.extend(other);
            put(out, &line)?;
            count += 1;
        }
    }
}

/// Everything.
pub(crate) fn write_ledger(ledger: &Ledger, out: &mut dyn Write) -> anyhow::Result<Moved> {
    let mut moved = Moved::default();
    put(out, &Line::Ledger { layout: LAYOUT })?;
    ledger.history(|piece| -> anyhow::Result<()> {
        match piece {
            Piece::Entry { digest, entry, at, first } => {
                let Entry { report, claims, disputes, extractor, unread } = entry;
                if first {
                    let Report { id, source, published, title, url, text, other } = report;
                    put(
                        out,
                        &Line::Report {
                            digest: digest.clone(),
                            id,
                            source,
                            published,
                            title,
                            url,
                            text,
                            other,
                        },
                    )?;
                }
                put(
                    out,
                    &Line::Extraction {
                        report: digest,
                        extractor,
                        at,
                        unread,
                        claims: claims.len(),
                        disputes: disputes.len(),
                    },
                )?;
                claims.iter().try_for_each(|claim| put(out, claim))?;
                disputes.iter().try_for_each(|dispute| put(out, dispute))?;
                moved.extractions += 1;
            }
            Piece::Decision(Decision { id, at, known, by, why, act, .. }) => {
                put(out, &Line::Decision { number: id, at, known, by, why, act })?;
                moved.decisions += 1;
            }
        }
        Ok(())
    })?;
    Ok(moved)
}

fn put(out: &mut dyn Write, record: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, record).context("cannot write the export")?;
    out.write_all(b"\n").context("cannot write the export")
}

/// Fills the ledger at `store`, which is made if there is none, with what [`write_ledger`] wrote. What is there already stays as it is.
pub(crate) fn read_ledger(store: &Path, file: &str, input: impl BufRead) -> anyhow::Result<Moved> {
    let mut lines = Lines { file, input, number: 0 };
    match lines.next()?.as_deref().map(serde_json::from_str::<Line>) {
        Some(Ok(Line::Ledger { layout: LAYOUT })) => {}
        Some(Ok(Line::Ledger { layout })) => {
            bail!(
                "{file} has layout {layout}, and this version of the program reads layout {LAYOUT}: use a newer version"
            )
        }
        _ => bail!(
            "{file} is no exported ledger: make one with `contested export ledger --as jsonl`; reports are taken in with `contested add`"
        ),
    }
    // Only now: a wrong file leaves no empty ledger behind.
    let ledger = Ledger::open(store)?;
    let mut filling = Filling::new(ledger);
    let mut newest: Option<(String, Report)> = None;
    while let Some(line) = lines.next()? {
        let line: Line = serde_json::from_str(&line).map_err(|e| lines.wrong(&e.to_string()))?;
        match line {
            Line::Ledger { .. } => return Err(lines.wrong("a second head")),
            Line::Report { digest, id, source, published, title, url, text, other } => {
                newest = Some((digest, Report { id, source, published, title, url, text, other }));
            }
            Line::Extraction { report, extractor, at, unread, claims, disputes } => {
                let report = match &newest {
                    Some((digest, newest)) if *digest == report => newest.clone(),
                    _ => match filling.report(&report)? {
                        Some(found) => found,
                        None => return Err(lines.wrong(&format!("no report {report} stands before it"))),
                    },
                };
                let claims =
                    (0..claims).map(|_| lines.record::<Claim>("claim")).collect::<anyhow::Result<_>>()?;
                let disputes = (0..disputes)
                    .map(|_| lines.record::<Dispute>("dispute"))
                    .collect::<anyhow::Result<_>>()?;
                filling.entry(Entry { report, claims, disputes, extractor, unread }, at)?;
            }
            Line::Decision { number, at, known, by, why, act } => {
                filling
                    .decision(number, &act, &by, &why, known, at)
                    .with_context(|| format!("{file}, line {}: decision {number}", lines.number))?;
            }
        }
    }
    Ok(filling.finish()?.1)
}

/// A ledger on its way to being filled.
pub(crate) struct Filling {
    ledger: Ledger,
    moved: Moved,
    batch: Vec<Entry>,
    /// When the entries of the batch were added.
    at: Option<Timestamp>,
    /// Numbers that decisions have in this ledger, by their numbers in the file.
    numbers: Vec<(i64, i64)>,
}

impl Filling {
    pub(crate) fn new(ledger: Ledger) -> Self {
        Self { ledger, moved: Moved::default(), batch: Vec::new(), at: None, numbers: Vec::new() }
    }

    /// Whether the ledger has this already, or had to forget it.
    pub(crate) fn holds(&self, entry: &Entry) -> anyhow::Result<bool> {
        Ok(self.ledger.holds(&entry.report, &entry.extractor)?)
    }

    /// The ledger, filled.
    pub(crate) fn finish(mut self) -> anyhow::Result<(Ledger, Moved)> {
        self.commit()?;
        Ok((self.ledger, self.moved))
    }

    /// A report that came in earlier, of which another extractor's claims follow.
    fn report(&mut self, digest: &str) -> anyhow::Result<Option<Report>> {
        self.commit()?;
        Ok(self.ledger.report(digest)?.filter(|found| !found.forgotten).map(|found| found.report))
    }

    pub(crate) fn entry(&mut self, entry: Entry, at: Timestamp) -> anyhow::Result<()> {
        if self.at != Some(at) || self.batch.len() >= BATCH {
            self.commit()?;
        }
        self.at = Some(at);
        self.batch.push(entry);
        self.moved.extractions += 1;
        Ok(())
    }

    fn commit(&mut self) -> anyhow::Result<()> {
        if let Some(at) = self.at.take() {
            self.ledger.add(&self.batch, at)?;
            self.batch.clear();
        }
        Ok(())
    }

    pub(crate) fn decision(
        &mut self,
        number: i64,
        act: &Act,
        by: &str,
        why: &str,
        known: Date,
        at: Timestamp,
    ) -> Result<(), Fault> {
        self.commit().map_err(Fault::Other)?;
        let act = match act {
            Act::Withdraw(earlier) => {
                let Some(&(_, here)) = self.numbers.iter().find(|(there, _)| there == earlier) else {
                    // What it takes back changed nothing here.
                    self.moved.known += 1;
                    return Ok(());
                };
                Act::Withdraw(here)
            }
            other => other.clone(),
        };
        let same = |d: &Decision| d.at == at && d.by == by.trim() && d.act == act;
        if let Some(there) = self.ledger.decisions().map_err(Fault::Ledger)?.iter().find(|d| same(d)) {
            self.numbers.push((number, there.id));
            self.moved.known += 1;
            return Ok(());
        }
        let decided = self
            .ledger
            .decide(std::slice::from_ref(&act), by, why, Some(known), at)
            .map_err(Fault::Ledger)?;
        match decided.first() {
            Some(contested_ledger::Decided::New(here)) => {
                self.numbers.push((number, *here));
                self.moved.decisions += 1;
            }
            _ => self.moved.known += 1,
        }
        Ok(())
    }
}

/// Why a decision could not be taken over.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error(transparent)]
    Ledger(LedgerError),
    #[error(transparent)]
    Other(anyhow::Error),
}

/// The lines of a file, none longer than [`LONGEST`].
struct Lines<'f, R> {
    file: &'f str,
    input: R,
    number: u64,
}

impl<R: BufRead> Lines<'_, R> {
    fn next(&mut self) -> anyhow::Result<Option<String>> {
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes);
        let count = read.with_context(|| format!("{} cannot be read", self.file))?;
        self.number += u64::from(count > 0);
        if count == 0 {
            return Ok(None);
        }
        if bytes.pop_if(|last| *last == b'\n').is_none() {
            return Err(self.wrong("the line is cut off or too long: export the ledger again"));
        }
        String::from_utf8(bytes).map(Some).map_err(|_| self.wrong("not valid UTF-8"))
    }

    fn record<T: for<'de> Deserialize<'de>>(&mut self, what: &str) -> anyhow::Result<T> {
        let line =
            self.next()?.ok_or_else(|| self.wrong(&format!("the file ends where a {what} should follow")))?;
        serde_json::from_str(&line).map_err(|e| self.wrong(&format!("no {what}: {e}")))
    }

    fn wrong(&self, what: &str) -> anyhow::Error {
        anyhow::anyhow!("{}, line {}: {what}", self.file, self.number)
    }
}
