//! All that a ledger holds, in the order in which it came about, so that another one can be filled with it.

use crate::sql::params;
use contested_model::{Claim, Dispute, Extractor, Report};
use jiff::Timestamp;

use crate::pending::report;
use crate::sql;
use crate::{Decision, Entry, Ledger, LedgerError, Result};

/// Something that was added to a ledger.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// What one extractor drew from a report.
    Entry {
        /// Digest of the report.
        digest: String,
        /// The report, its claims and disputes as extracted.
        entry: Entry,
        /// When it was added.
        at: Timestamp,
        /// Whether the report came in with it.
        first: bool,
    },
    /// A decision. Its number is its place among all decisions told, from 1, and so is that of one that it takes back.
    Decision(Decision),
}

/// A line of the ledger's history: when, whether it is a decision, and its row.
type Step = (Timestamp, bool, i64);

impl Ledger {
    /// The reports whose words are there, in the order in which they were added, a batch at a time: the next `most` after row `after` (0 at first), each
    /// with its row.
    ///
    /// # Errors
    /// When the file fails.
    pub fn reports(&self, after: i64, most: usize) -> Result<Vec<(i64, Report)>> {
        self.db
            .prepare_cached(
                "SELECT r.id, r.report_id, r.source, r.published, r.title, r.url, r.text, r.other FROM reports r
                 WHERE r.id > ?1 AND r.text <> '' AND NOT EXISTS (SELECT 1 FROM tombstones WHERE report = r.id) ORDER BY r.id LIMIT ?2",
            )
            .and_then(|mut query| query.query_map(params![after, most as i64], report)?.collect())
            .map_err(|e| self.fault(e))
    }

    /// Calls `visit` with every extraction and every decision, oldest first. Forgotten reports and what was decided about them are passed over, and so are
    /// learning runs, which can be learnt anew. Nothing that is added meanwhile is seen.
    ///
    /// # Errors
    /// Those of `visit`, and when the file fails or a record cannot be read back.
    pub fn history<E: From<LedgerError>>(
        &self,
        mut visit: impl FnMut(Piece) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        // One snapshot: it ends, with nothing changed, when the transaction is dropped.
        let _snapshot = self.db.reading().map_err(|e| self.fault(e))?;
        let decisions = self.decisions_that_travel()?;
        let mut steps = self.extractions()?;
        steps.extend(decisions.iter().enumerate().map(|(place, decision)| (decision.at, true, place as i64)));
        // Of one moment the extraction comes first: one decides about what is there.
        steps.sort_unstable();
        for (at, is_decision, row) in steps {
            let piece = if is_decision {
                decisions.get(row as usize).cloned().map(Piece::Decision)
            } else {
                Some(self.extraction(row, at)?)
            };
            piece.map_or(Ok(()), &mut visit)?;
        }
        Ok(())
    }

    fn extractions(&self) -> Result<Vec<Step>> {
        let rows: Vec<(i64, String)> = self
            .db
            .prepare_cached(
                "SELECT id, added_at FROM extractions e WHERE NOT EXISTS (SELECT 1 FROM tombstones WHERE report = e.report) ORDER BY id",
            )
            .and_then(|mut query| query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(|e| self.fault(e))?;
        rows.into_iter().map(|(row, at)| Ok((self.instant(&at)?, false, row))).collect()
    }

    fn extraction(&self, row: i64, at: Timestamp) -> Result<Piece> {
        let fault = |e| self.fault(e);
        let (digest, extractor, first): (String, Extractor, bool) = self
            .db
            .prepare_cached(
                "SELECT r.digest, e.version, e.model, e.knowledge, e.id = (SELECT min(id) FROM extractions WHERE report = r.id)
                 FROM extractions e JOIN reports r ON r.id = e.report WHERE e.id = ?1",
            )
            .and_then(|mut query| {
                query.query_row([row], |row| {
                    let extractor = Extractor { version: row.get(1)?, model: row.get(2)?, knowledge: row.get(3)? };
                    Ok((row.get(0)?, extractor, row.get(4)?))
                })
            })
            .map_err(fault)?;
        let (_, report) = self
            .db
            .prepare_cached(
                "SELECT r.id, r.report_id, r.source, r.published, r.title, r.url, r.text, r.other
                 FROM extractions e JOIN reports r ON r.id = e.report WHERE e.id = ?1",
            )
            .and_then(|mut query| query.query_row([row], report))
            .map_err(fault)?;
        let texts = |sql: &str| -> Result<Vec<String>> {
            let mut query = self.db.prepare_cached(sql).map_err(fault)?;
            let rows = query.query_map([row], |row| row.get(0)).map_err(fault)?;
            rows.collect::<sql::Result<_>>().map_err(fault)
        };
        let broken = |e: serde_json::Error| self.record(&e.to_string());
        let claims = texts("SELECT json FROM claims WHERE extraction = ?1 AND decided IS NULL ORDER BY id")?
            .iter()
            .map(|json| serde_json::from_str::<Claim>(json).map_err(broken))
            .collect::<Result<_>>()?;
        let disputes = texts("SELECT json FROM disputes WHERE extraction = ?1 ORDER BY id")?
            .iter()
            .map(|json| serde_json::from_str::<Dispute>(json).map_err(broken))
            .collect::<Result<_>>()?;
        // A file of an older layout that is only read has no such table.
        let unread = if self.db.has_table("unread").map_err(fault)? {
            texts("SELECT detail FROM unread WHERE extraction = ?1 AND reason = 'language'")?.pop()
        } else {
            None
        };
        let entry = Entry { report, claims, disputes, extractor, unread };
        Ok(Piece::Entry { digest, entry, at, first })
    }

    /// Decisions that were not blanked with a forgotten report, numbered anew without gaps.
    fn decisions_that_travel(&self) -> Result<Vec<Decision>> {
        let mut out: Vec<Decision> = Vec::new();
        let mut numbers = std::collections::BTreeMap::new();
        for mut decision in self.decisions()? {
            if decision.why.is_empty() {
                continue;
            }
            if let crate::Act::Withdraw(number) = &mut decision.act {
                let Some(&anew) = numbers.get(number) else { continue };
                *number = anew;
            }
            let anew = out.len() as i64 + 1;
            numbers.insert(decision.id, anew);
            decision.id = anew;
            decision.withdrawn = None;
            out.push(decision);
        }
        Ok(out)
    }

    fn instant(&self, text: &str) -> Result<Timestamp> {
        text.parse().map_err(|e: jiff::Error| self.record(&e.to_string()))
    }
}
