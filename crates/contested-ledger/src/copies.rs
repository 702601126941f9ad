//! Which reports are copies of earlier ones, found as they are added: a look-up under a few marks, never a comparison with all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::sql::{Prepare, params};
use contested_copies::{Precedence, Shingles, share_of_copy};
use jiff::Timestamp;

use crate::sql;
use crate::{Ledger, Result};

/// A mark under which so many reports stand is a phrase of the day: it tells nothing.
const COMMON: usize = 48;
/// So many reports with the most common marks are looked at.
const CANDIDATES: usize = 8;

/// A report that is a copy of an earlier one.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyOf {
    /// The id that came with the copy.
    pub report: Option<String>,
    /// The id that came with the original.
    pub original: Option<String>,
    /// Share of the copy's words, in runs of four, that stand in the original.
    pub share: f64,
}

impl Ledger {
    /// All copies, in the order of their reports.
    ///
    /// # Errors
    /// When the file fails.
    pub fn copies(&self) -> Result<Vec<CopyOf>> {
        let sql = "SELECT r.report_id, o.report_id, c.share FROM copies c JOIN reports r ON r.id = c.report JOIN reports o ON o.id = c.original
                   ORDER BY c.report, c.original";
        let rows = self.db.prepare_cached(sql).and_then(|mut query| {
            query
                .query_map([], |row| {
                    Ok(CopyOf { report: row.get(0)?, original: row.get(1)?, share: row.get(2)? })
                })?
                .collect::<sql::Result<_>>()
        });
        rows.map_err(|e| self.fault(e))
    }
}

/// A report as this room needs it.
pub(crate) struct Filed<'a> {
    /// Row.
    pub(crate) id: i64,
    /// Digest of the report.
    pub(crate) digest: &'a str,
    /// Digest of its text.
    pub(crate) hash: &'a str,
    /// Reported time.
    pub(crate) known: &'a str,
    /// Digest of its page's address.
    pub(crate) address: Option<&'a str>,
    /// Outlet.
    pub(crate) source: Option<&'a str>,
    /// Text.
    pub(crate) text: &'a str,
}

/// Another report, with what decides which of the two came first.
struct Other {
    id: i64,
    shingles: Shingles,
    order: Precedence,
}

/// Files the report just added: notes of which it is a copy, and which are copies of it. What is a copy is filed under no marks of its own, so
/// that the thousandth copy costs as much as the first.
pub(crate) fn file(work: &impl Prepare, report: &Filed<'_>, now: Timestamp) -> sql::Result<()> {
    let shingles = Shingles::of(report.text);
    if shingles.is_empty() {
        return Ok(());
    }
    let own = Precedence::of(report.known, report.source, report.text, shingles.len(), report.digest);
    let mut original: Option<(Precedence, i64, f64)> = None;
    for id in candidates(work, report, &shingles)? {
        let Some(other) = other(work, id, report.address)? else { continue };
        if other.order < own {
            if let Some(share) = share_of_copy(&shingles, &other.shingles)
                && original.as_ref().is_none_or(|(first, ..)| other.order < *first)
            {
                original = Some((other.order, other.id, share));
            }
        } else if let Some(share) = share_of_copy(&other.shingles, &shingles) {
            note(work, other.id, report.id, share, now)?;
        }
    }
    if let Some((_, id, share)) = original {
        return note(work, report.id, id, share, now);
    }
    for mark in shingles.marks() {
        work.prepare_cached("INSERT OR IGNORE INTO report_marks (mark, report) VALUES (?1, ?2)")?
            .execute(params![*mark as i64, report.id])?;
    }
    Ok(())
}

/// Reports that may be told in the same words, most likely first.
fn candidates(work: &impl Prepare, report: &Filed<'_>, shingles: &Shingles) -> sql::Result<Vec<i64>> {
    let mut out: Vec<i64> = work
        .prepare_cached(
            "SELECT id FROM reports r WHERE hash = ?1 AND id <> ?2 AND address IS DISTINCT FROM ?3
             AND NOT EXISTS (SELECT 1 FROM copies WHERE report = r.id) ORDER BY id LIMIT 8",
        )?
        .query_map(params![report.hash, report.id, report.address.unwrap_or("none")], |row| row.get(0))?
        .collect::<sql::Result<_>>()?;
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    for under in filed_under(work, shingles.marks())? {
        if under.len() < COMMON {
            for id in under {
                *shared.entry(id).or_default() += 1;
            }
        }
    }
    let mut shared: Vec<(i64, usize)> =
        shared.into_iter().filter(|(id, _)| *id != report.id && !out.contains(id)).collect();
    shared.sort_by_key(|&(id, count)| (Reverse(count), id));
    shared.truncate(COMMON);
    let copies = copies_among(work, &shared)?;
    // What is known to be a copy has an original that is a likelier one.
    let mut shared: Vec<(bool, i64)> = shared.into_iter().map(|(id, _)| (copies.contains(&id), id)).collect();
    shared.sort_by_key(|&(copy, _)| copy);
    out.extend(shared.into_iter().take(CANDIDATES).map(|(_, id)| id));
    Ok(out)
}

/// The first reports under each of `marks`; a file is asked mark by mark, a server once.
fn filed_under(work: &impl Prepare, marks: &[u64]) -> sql::Result<Vec<Vec<i64>>> {
    if !work.is_far() {
        let mut find =
            work.prepare_cached("SELECT report FROM report_marks WHERE mark = ?1 ORDER BY report LIMIT ?2")?;
        let mut under = |mark: u64| {
            find.query_map(params![mark as i64, COMMON as i64], |row| row.get(0))?.collect::<sql::Result<_>>()
        };
        return marks.iter().map(|&mark| under(mark)).collect();
    }
    let mut out: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut find = work.prepare_cached(
        "SELECT m.mark, r.report FROM unnest(?1::text::bigint[]) AS m (mark)
         JOIN LATERAL (SELECT report FROM report_marks WHERE mark = m.mark ORDER BY report LIMIT ?2) r ON true",
    )?;
    let list = array(marks.iter().map(|&mark| mark as i64));
    let mut rows = find.query(params![list, COMMON as i64])?;
    while let Some(row) = rows.next()? {
        out.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(out.into_values().collect())
}

/// Which of these reports are known to be copies.
fn copies_among(work: &impl Prepare, reports: &[(i64, usize)]) -> sql::Result<BTreeSet<i64>> {
    let ids = reports.iter().map(|(id, _)| *id);
    if work.is_far() {
        return work
            .prepare_cached("SELECT report FROM copies WHERE report = ANY (?1::text::bigint[])")?
            .query_map([array(ids)], |row| row.get(0))?
            .collect();
    }
    let mut is_copy = work.prepare_cached("SELECT 1 FROM copies WHERE report = ?1")?;
    let mut out = BTreeSet::new();
    for id in ids {
        if is_copy.exists([id])? {
            out.insert(id);
        }
    }
    Ok(out)
}

/// Numbers as PostgreSQL writes an array.
fn array(numbers: impl Iterator<Item = i64>) -> String {
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    format!("{{{}}}", numbers.join(","))
}

/// The report in row `id`, unless it was forgotten or is another version of the same page.
fn other(work: &impl Prepare, id: i64, address: Option<&str>) -> sql::Result<Option<Other>> {
    work.prepare_cached("SELECT known, source, text, digest, address FROM reports WHERE id = ?1")?.query_row(
        [id],
        |row| {
            let (known, source, text): (String, Option<String>, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let (digest, page): (String, Option<String>) = (row.get(3)?, row.get(4)?);
            if address.is_some() && page.as_deref() == address {
                return Ok(None);
            }
            let shingles = Shingles::of(&text);
            let order = Precedence::of(&known, source.as_deref(), &text, shingles.len(), &digest);
            Ok(Some(Other { id, shingles, order }))
        },
    )
}

fn note(work: &impl Prepare, report: i64, original: i64, share: f64, now: Timestamp) -> sql::Result<()> {
    work.prepare_cached(
        "INSERT OR IGNORE INTO copies (report, original, share, added_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![report, original, share, now.to_string()])
    .map(|_| ())
}

/// Files reports that have not been: those of a ledger of an older layout, and the copies of one that was forgotten, among which there may be
/// a new original.
pub(crate) fn file_again(work: &impl Prepare, reports: &[i64], now: Timestamp) -> sql::Result<()> {
    for &id in reports {
        let row = work
            .prepare_cached("SELECT digest, hash, known, address, source, text FROM reports WHERE id = ?1")?
            .query_row([id], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, Option<String>>(3)?,
                    row.get::<_, Option<String>>(4)?,
                    row.get::<_, String>(5)?,
                ))
            })?;
        let (digest, hash, known, address, source, text) = row;
        let filed = Filed {
            id,
            digest: &digest,
            hash: &hash,
            known: &known,
            address: address.as_deref(),
            source: source.as_deref(),
            text: &text,
        };
        file(work, &filed, now)?;
    }
    Ok(())
}
