use crate::sql::{Row, params};
use contested_model::{Extractor, Report};

use crate::sql;
use crate::{Ledger, Result};

impl Ledger {
    /// How many reports have no claims of this extractor yet.
    ///
    /// # Errors
    /// When the file fails.
    pub fn pending_count(&self, extractor: &Extractor) -> Result<u64> {
        let sql = format!("SELECT count(*) FROM reports r WHERE {PENDING}");
        self.db
            .query_row(&sql, params![extractor.version, extractor.model, extractor.knowledge], |row| {
                row.get::<_, i64>(0)
            })
            .map(|count| count as u64)
            .map_err(|e| self.fault(e))
    }

    /// The next `most` reports after row `after` (0 at first) that have no claims of this extractor yet, as they were read, each with its row.
    ///
    /// # Errors
    /// When the file fails.
    pub fn pending(&self, extractor: &Extractor, after: i64, most: usize) -> Result<Vec<(i64, Report)>> {
        let sql = format!(
            "SELECT r.id, r.report_id, r.source, r.published, r.title, r.url, r.text, r.other FROM reports r
             WHERE {PENDING} AND r.id > ?4 ORDER BY r.id LIMIT ?5"
        );
        let found = self.db.prepare_cached(&sql).and_then(|mut query| {
            query
                .query_map(
                    params![extractor.version, extractor.model, extractor.knowledge, after, most as i64],
                    report,
                )?
                .collect::<sql::Result<Vec<_>>>()
        });
        found.map_err(|e| self.fault(e))
    }
}

/// Of words that are not here nothing can be read anew.
const PENDING: &str = "NOT EXISTS (SELECT 1 FROM extractions WHERE report = r.id AND version = ?1 AND model = ?2 AND knowledge = ?3)
    AND NOT EXISTS (SELECT 1 FROM tombstones WHERE report = r.id) AND r.text <> ''";

pub(crate) fn report(row: &Row<'_>) -> sql::Result<(i64, Report)> {
    let other: String = row.get(7)?;
    let published: Option<String> = row.get(3)?;
    let report = Report {
        id: row.get(1)?,
        source: row.get(2)?,
        published: published.and_then(|day| day.parse().ok()),
        title: row.get(4)?,
        url: row.get(5)?,
        text: row.get(6)?,
        other: serde_json::from_str(&other).unwrap_or_default(),
    };
    Ok((row.get(0)?, report))
}
