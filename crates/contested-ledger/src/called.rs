use contested_model::{Claim, Report};

use crate::claims::NEWEST;
use crate::sql;
use crate::{Ledger, Result};

impl Ledger {
    /// The claims of the newest extractions whose id (`c1:…`) or key (`k1:…`) begins with `start`, as they were extracted, with their
    /// reports; at most `limit` of them. A claim that people corrected is found by its new id, too.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn claims_called(&self, start: &str, limit: u32) -> Result<Vec<(Claim, Report)>> {
        // Digits of the digest that the indexes have, and whatever more was given.
        let called = |column: &str| {
            format!(
                "SELECT coalesce(x.base, x.id) FROM claims x WHERE substr(x.{column}, 4, 8) BETWEEN substr(?1, 4, 8) AND substr(?1, 4, 8) || '~'
                 AND substr(x.{column}, 1, length(?1)) = ?1"
            )
        };
        let sql = format!(
            "SELECT c.json, r.report_id, r.source, r.published, r.title, r.url, r.text
             FROM claims c JOIN extractions e ON e.id = c.extraction JOIN reports r ON r.id = e.report
             WHERE {NEWEST} AND c.base IS NULL AND c.id IN ({} UNION {}) ORDER BY c.id LIMIT ?2",
            called("claim"),
            called("key")
        );
        let mut query = self.db.prepare_cached(&sql).map_err(|e| self.fault(e))?;
        let rows = query
            .query_map(sql::params![start, limit], |row| {
                let report = Report {
                    id: row.get(1)?,
                    source: row.get(2)?,
                    title: row.get(4)?,
                    url: row.get(5)?,
                    text: row.get(6)?,
                    ..Report::default()
                };
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(3)?, report))
            })
            .map_err(|e| self.fault(e))?;
        rows.map(|row| {
            let (json, published, report) = row.map_err(|e| self.fault(e))?;
            let claim: Claim = serde_json::from_str(&json).map_err(|e| self.record(&e.to_string()))?;
            let published = published.map(|day| self.date(&day)).transpose()?;
            Ok((claim, Report { published, ..report }))
        })
        .collect()
    }
}
