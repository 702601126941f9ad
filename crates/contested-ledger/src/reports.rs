//! Reports out of the ledger: one, or a page of the list.

use crate::sql::Value;
use crate::sql::{OptionalExtension as _, Row, params, params_from_iter};
use contested_model::Report;
use jiff::civil::Date;

use crate::claims::{COUNTED, NEWEST};
use crate::sql;
use crate::{Cursor, Ledger, Result};

/// A report as it lies in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptReport {
    /// The digest by which it is known.
    pub digest: String,
    /// The hash of its text.
    pub hash: String,
    /// The report as it was read; of a page of the list without its text. Blank where it had to be forgotten.
    pub report: Report,
    /// Reported time.
    pub known: Date,
    /// The digest of the report of which it is a copy.
    pub copy_of: Option<String>,
    /// Whether it is a telling of its own: no copy, the newest version of its page, not forgotten.
    pub counts: bool,
    /// Whether it had to be forgotten.
    pub forgotten: bool,
    /// How many claims the newest extraction tells of it.
    pub claims: u64,
    /// Its place in the list.
    pub at: Cursor,
}

/// Which reports to list; what is left empty does not restrict.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportFilter {
    /// An outlet, in any case.
    pub source: Option<String>,
    /// Only what was reported on this day or later.
    pub since: Option<Date>,
    /// Only what had been reported by this day.
    pub known_at: Option<Date>,
    /// Words that must all stand in title or text.
    pub words: Option<String>,
    /// Oldest first; else newest first.
    pub oldest_first: bool,
}

/// What stays of a report that had to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// When it was, as an instant in UTC.
    pub at: String,
    /// Who had it forgotten.
    pub by: String,
    /// Why.
    pub why: String,
}

impl Ledger {
    /// What stays of the report with this digest, if it had to be forgotten.
    ///
    /// # Errors
    /// When the file fails.
    pub fn tombstone(&self, digest: &str) -> Result<Option<Tombstone>> {
        self.db
            .prepare_cached("SELECT t.at, t.by, t.why FROM tombstones t JOIN reports r ON r.id = t.report WHERE r.digest = ?1")
            .and_then(|mut query| {
                query
                    .query_row([digest], |row| Ok(Tombstone { at: row.get(0)?, by: row.get(1)?, why: row.get(2)? }))
                    .optional()
            })
            .map_err(|e| self.fault(e))
    }

    /// First and last day on which anything was reported; none while the ledger is empty.
    ///
    /// # Errors
    /// When the file fails.
    pub fn days(&self) -> Result<Option<[Date; 2]>> {
        let (first, last): (Option<String>, Option<String>) = self
            .db
            .prepare_cached("SELECT (SELECT min(known) FROM reports), (SELECT max(known) FROM reports)")
            .and_then(|mut query| query.query_row([], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(|e| self.fault(e))?;
        match (first, last) {
            (Some(first), Some(last)) => Ok(Some([self.date(&first)?, self.date(&last)?])),
            _ => Ok(None),
        }
    }

    /// The report with this digest, or the newest that came with this id or has a text of this hash, with its text.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn report(&self, name: &str) -> Result<Option<KeptReport>> {
        let Some(row) = self.report_rows(name)?.last().copied() else { return Ok(None) };
        let sql = format!("SELECT {} , r.text FROM reports r WHERE r.id = ?", columns());
        let values = [Value::Text(Date::MAX.to_string()), Value::Text(Date::MAX.to_string())];
        let values = values.into_iter().take(marks()).chain([Value::Integer(row)]);
        let found = self
            .db
            .prepare_cached(&sql)
            .and_then(|mut query| query.query_row(params_from_iter(values), |row| read(row, true)).optional())
            .map_err(|e| self.fault(e))?;
        found.map(|raw| self.kept_report(raw)).transpose()
    }

    /// A page of the list of reports by reported time, newest first unless the filter says otherwise: at most `most` after `after`. A page costs
    /// what it holds.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn reports_page(
        &self,
        filter: &ReportFilter,
        after: Option<&Cursor>,
        most: u32,
    ) -> Result<Vec<KeptReport>> {
        let until = filter.known_at.unwrap_or(Date::MAX).to_string();
        let mut values = vec![Value::Text(until.clone()); marks()];
        let mut all = vec!["r.known <= ?"];
        values.push(Value::Text(until));
        if let Some(since) = filter.since {
            all.push("r.known >= ?");
            values.push(Value::Text(since.to_string()));
        }
        let index = if let Some(source) = &filter.source {
            all.push("r.source = ? COLLATE NOCASE");
            values.push(Value::Text(source.clone()));
            "reports_source"
        } else {
            "reports_known"
        };
        if let Some(words) = &filter.words {
            all.push("r.id IN (SELECT rowid FROM report_words WHERE report_words MATCH ?)");
            values.push(Value::Text(self.db.search(words).map_err(|e| self.fault(e))?));
        }
        if let Some(after) = after {
            all.push(if filter.oldest_first {
                "(r.known, r.id) > (?, ?)"
            } else {
                "(r.known, r.id) < (?, ?)"
            });
            values.extend([Value::Text(after.known.to_string()), Value::Integer(after.row)]);
        }
        values.push(Value::Integer(i64::from(most)));
        let order = if filter.oldest_first { "ASC" } else { "DESC" };
        let sql = format!(
            "SELECT {} FROM reports r INDEXED BY {index} WHERE {} ORDER BY r.known {order}, r.id {order} LIMIT ?",
            columns(),
            all.join(" AND ")
        );
        let words = filter.words.as_deref();
        let raws = self
            .db
            .prepare_cached(&sql)
            .and_then(|mut query| {
                query
                    .query_map(params_from_iter(values), |row| read(row, false))?
                    .collect::<sql::Result<Vec<_>>>()
            })
            .map_err(|e| self.search_fault(e, words))?;
        raws.into_iter().map(|raw| self.kept_report(raw)).collect()
    }

    /// The rows of the reports with this digest, that came with this id, or whose text has this hash, in the order of reported time.
    pub(crate) fn report_rows(&self, name: &str) -> Result<Vec<i64>> {
        self.db
            .prepare_cached(
                "SELECT id FROM reports WHERE digest = ?1 UNION SELECT id FROM reports WHERE report_id = ?1
                 UNION SELECT id FROM reports WHERE hash = ?1 ORDER BY 1",
            )
            .and_then(|mut query| query.query_map(params![name], |row| row.get(0))?.collect())
            .map_err(|e| self.fault(e))
    }

    fn kept_report(&self, raw: Raw) -> Result<KeptReport> {
        let known = self.date(&raw.known)?;
        let published = raw.published.map(|day| self.date(&day)).transpose()?;
        Ok(KeptReport {
            digest: raw.digest,
            hash: raw.hash,
            report: Report { published, ..raw.report },
            known,
            copy_of: raw.copy_of,
            counts: raw.counts && !raw.forgotten,
            forgotten: raw.forgotten,
            claims: raw.claims as u64,
            at: Cursor { day: published.unwrap_or(known), known, row: raw.row },
        })
    }
}

/// A row before its days are read.
struct Raw {
    row: i64,
    digest: String,
    hash: String,
    known: String,
    published: Option<String>,
    report: Report,
    copy_of: Option<String>,
    counts: bool,
    forgotten: bool,
    claims: i64,
}

fn counted() -> String {
    COUNTED.replace(":until", "?")
}

/// How many values the columns need, all of them the day until which things are known.
fn marks() -> usize {
    counted().matches('?').count()
}

fn columns() -> String {
    format!(
        "r.id, r.digest, r.known, r.published, r.report_id, r.source, r.title, r.url,
         (SELECT o.digest FROM copies k JOIN reports o ON o.id = k.original WHERE k.report = r.id ORDER BY o.known, o.id LIMIT 1),
         ({}), EXISTS (SELECT 1 FROM tombstones t WHERE t.report = r.id),
         (SELECT count(*) FROM extractions e CROSS JOIN claims c INDEXED BY claims_extraction ON c.extraction = e.id
          WHERE e.report = r.id AND {NEWEST} AND c.decided IS NULL), r.hash",
        counted()
    )
}

fn read(row: &Row<'_>, text: bool) -> sql::Result<Raw> {
    Ok(Raw {
        row: row.get(0)?,
        digest: row.get(1)?,
        known: row.get(2)?,
        published: row.get(3)?,
        report: Report {
            id: row.get(4)?,
            source: row.get(5)?,
            title: row.get(6)?,
            url: row.get(7)?,
            text: if text { row.get(13)? } else { String::new() },
            ..Report::default()
        },
        copy_of: row.get(8)?,
        counts: row.get(9)?,
        forgotten: row.get(10)?,
        claims: row.get(11)?,
        hash: row.get(12)?,
    })
}
