use crate::sql::Row;
use contested_model::Dispute;
use jiff::civil::Date;

use crate::claims::{COUNTED, NEWEST, READING};
use crate::sql;
use crate::{Ledger, LedgerError, Result};

/// How much a ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Reports.
    pub reports: u64,
    /// Those of them that are copies of earlier ones.
    pub copies: u64,
    /// Claims of the current extractions.
    pub claims: u64,
    /// Disputes inside reports, likewise.
    pub disputes: u64,
    /// Reports whose text had to be forgotten.
    pub forgotten: u64,
}

/// A dispute inside a report, with the day from which it could be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDispute {
    /// The dispute.
    pub dispute: Dispute,
    /// Reported time of its report.
    pub known: Date,
}

impl Ledger {
    /// The disputes inside the reports that count and had been published by `known_at`, in the order they were added: as told by extractors.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn disputes(&self, known_at: Option<Date>) -> Result<Vec<KeptDispute>> {
        let until = known_at.unwrap_or(Date::MAX).to_string();
        let sql = format!(
            "SELECT d.json, r.known FROM disputes d JOIN extractions e ON e.id = d.extraction JOIN reports r ON r.id = e.report
             WHERE r.known <= ?1 AND {NEWEST} AND {COUNTED} ORDER BY d.id"
        );
        let sql = sql.replace(":until", "?1");
        let mut query = self.db.prepare_cached(&sql).map_err(|e| self.fault(e))?;
        let rows = query.query_map([until], two_texts).map_err(|e| self.fault(e))?;
        rows.map(|row| {
            let (json, known) = row.map_err(|e| self.fault(e))?;
            let dispute: Dispute = serde_json::from_str(&json).map_err(|e| self.record(&e.to_string()))?;
            Ok(KeptDispute { dispute, known: self.date(&known)? })
        })
        .collect()
    }

    /// The last day by which anything was known: what "now" means to a ledger of an archive. `None` while it is empty.
    ///
    /// # Errors
    /// When the file fails.
    pub fn last_known(&self, known_at: Option<Date>) -> Result<Option<Date>> {
        let until = known_at.unwrap_or(Date::MAX).to_string();
        let last: Option<String> = self
            .db
            .query_row("SELECT max(known) FROM reports WHERE known <= ?1", [until], |row| row.get(0))
            .map_err(|e| self.fault(e))?;
        last.map(|day| self.date(&day)).transpose()
    }

    /// How much it holds of what had been reported by `known_at`.
    ///
    /// # Errors
    /// When the file fails.
    pub fn counts(&self, known_at: Option<Date>) -> Result<Counts> {
        let until = known_at.unwrap_or(Date::MAX).to_string();
        let counted = format!(
            "FROM extractions e JOIN reports r ON r.id = e.report WHERE r.known <= ?1 AND {NEWEST} AND {}",
            COUNTED.replace(":until", "?1")
        );
        let sql = format!(
            "SELECT (SELECT count(*) FROM reports WHERE known <= ?1),
                    (SELECT count(DISTINCT report) FROM copies c JOIN reports r ON r.id = c.report WHERE r.known <= ?1),
                    (SELECT count(*) FROM claims c WHERE {} AND c.standing <> 'rejected' AND c.extraction IN (SELECT e.id {counted})),
                    (SELECT count(*) FROM disputes d WHERE d.extraction IN (SELECT e.id {counted})),
                    (SELECT count(*) FROM tombstones)",
            READING.replace(":until", "?1")
        );
        self.db
            .query_row(&sql, [until], |row| {
                let count = |at| row.get::<_, i64>(at).map(|n| n as u64);
                Ok(Counts {
                    reports: count(0)?,
                    copies: count(1)?,
                    claims: count(2)?,
                    disputes: count(3)?,
                    forgotten: count(4)?,
                })
            })
            .map_err(|e| self.fault(e))
    }

    pub(crate) fn date(&self, day: &str) -> Result<Date> {
        day.parse().map_err(|e: jiff::Error| self.record(&e.to_string()))
    }

    pub(crate) fn record(&self, detail: &str) -> LedgerError {
        LedgerError::Record { path: self.path.clone(), detail: detail.to_owned() }
    }

    pub(crate) fn search_fault(&self, error: sql::Error, words: Option<&str>) -> LedgerError {
        match words {
            Some(words) if error.to_string().contains("fts5") => {
                LedgerError::Search { words: words.to_owned() }
            }
            _ => self.fault(error),
        }
    }
}

fn two_texts(row: &Row<'_>) -> sql::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}
