use contested_model::{Claim, Dispute, Kept};
use jiff::civil::Date;
use rusqlite::{Row, params_from_iter};

use crate::{Filter, Ledger, LedgerError, Result};

/// How much a ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Reports.
    pub reports: u64,
    /// Reports whose text another report has, too.
    pub copies: u64,
    /// Claims of the current extractions.
    pub claims: u64,
    /// Disputes inside reports, likewise.
    pub disputes: u64,
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
    /// The current claims that pass `filter`, in the order of valid time, then of reported time, then as they were added.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<Kept>> {
        let (conditions, values) = filter.conditions();
        let limit = filter.limit.map_or_else(String::new, |most| format!(" LIMIT {most}"));
        let sql = format!(
            "SELECT c.json, c.known FROM claims c JOIN v_current v ON v.extraction = c.extraction JOIN reports r ON r.id = v.report
             WHERE {conditions} ORDER BY c.day, c.known, c.id{limit}"
        );
        let words = filter.words.as_deref();
        let fault = |e| self.search_fault(e, words);
        let mut query = self.db.prepare(&sql).map_err(fault)?;
        let rows = query.query_map(params_from_iter(values), two_texts).map_err(fault)?;
        rows.map(|row| {
            let (json, known) = row.map_err(fault)?;
            let claim: Claim = serde_json::from_str(&json).map_err(|e| self.record(&e.to_string()))?;
            Ok(Kept { claim, known: self.date(&known)? })
        })
        .collect()
    }

    /// The disputes inside the reports that had been published by `known_at`, in the order they were added.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn disputes(&self, known_at: Option<Date>) -> Result<Vec<KeptDispute>> {
        let until = known_at.unwrap_or(Date::MAX).to_string();
        let sql = "SELECT d.json, r.known FROM disputes d JOIN v_current v ON v.extraction = d.extraction JOIN reports r ON r.id = v.report
                   WHERE r.known <= ?1 ORDER BY d.id";
        let mut query = self.db.prepare(sql).map_err(|e| self.fault(e))?;
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
        let sql = "SELECT (SELECT count(*) FROM reports WHERE known <= ?1),
                          (SELECT count(*) - count(DISTINCT hash) FROM reports WHERE known <= ?1),
                          (SELECT count(*) FROM claims c JOIN v_current v ON v.extraction = c.extraction WHERE c.known <= ?1),
                          (SELECT count(*) FROM disputes d JOIN v_current v ON v.extraction = d.extraction JOIN reports r ON r.id = v.report WHERE r.known <= ?1)";
        self.db
            .query_row(sql, [until], |row| {
                let count = |at| row.get::<_, i64>(at).map(|n| n as u64);
                Ok(Counts { reports: count(0)?, copies: count(1)?, claims: count(2)?, disputes: count(3)? })
            })
            .map_err(|e| self.fault(e))
    }

    fn date(&self, day: &str) -> Result<Date> {
        day.parse().map_err(|e: jiff::Error| self.record(&e.to_string()))
    }

    fn record(&self, detail: &str) -> LedgerError {
        LedgerError::Record { path: self.path.clone(), detail: detail.to_owned() }
    }

    fn search_fault(&self, error: rusqlite::Error, words: Option<&str>) -> LedgerError {
        match words {
            Some(words) if error.to_string().contains("fts5") => {
                LedgerError::Search { words: words.to_owned() }
            }
            _ => self.fault(error),
        }
    }
}

fn two_texts(row: &Row<'_>) -> rusqlite::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}
