//! The one exception to "nothing is ever deleted": a report that the law wants gone.

use crate::sql::{OptionalExtension as _, params};
use jiff::Timestamp;

use crate::copies::file_again;
use crate::error::DecisionFault;
use crate::sql;
use crate::{Ledger, LedgerError, Result};

/// What was forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// Digest of the report, which stays, so that it is not taken in again.
    pub report: String,
    /// Claims that went with it, of all extractors.
    pub claims: u64,
    /// It had been forgotten before; this run swept the file once more.
    pub before: bool,
}

/// What follows for the lists, once the claims are gone: what nothing names any more goes, too.
const FORGOTTEN: [&str; 10] = [
    "UPDATE names SET claims = CASE what
         WHEN 'place' THEN (SELECT count(*) FROM claim_places p WHERE p.place = names.id AND p.name = names.name COLLATE NOCASE)
         WHEN 'outlet' THEN (SELECT count(*) FROM claims c WHERE c.outlet = names.name COLLATE NOCASE)
         ELSE (SELECT count(*) FROM claim_actors a WHERE a.actor = names.id AND a.name = names.name COLLATE NOCASE) END
     WHERE EXISTS (SELECT 1 FROM gone_names g WHERE g.what = names.what AND g.id = names.id AND g.name = names.name COLLATE NOCASE)",
    "DELETE FROM names WHERE claims = 0
         AND EXISTS (SELECT 1 FROM gone_names g WHERE g.what = names.what AND g.id = names.id AND g.name = names.name COLLATE NOCASE)",
    "UPDATE named SET claims = (SELECT CAST(coalesce(sum(claims), 0) AS BIGINT) FROM names n WHERE n.what = named.what AND n.id = named.id)
     WHERE (what, id) IN (SELECT what, id FROM gone_names)",
    "DELETE FROM named WHERE (what, id) IN (SELECT what, id FROM gone_names) AND claims = 0",
    "DELETE FROM spots WHERE place IN (SELECT place FROM gone_places)
         AND NOT EXISTS (SELECT 1 FROM claim_places p WHERE p.place = spots.place AND CAST(substr(p.day, 1, 4) AS BIGINT) = spots.year)",
    "DELETE FROM learnt WHERE name IN (SELECT name FROM gone_names WHERE what = 'actor')
         AND NOT EXISTS (SELECT 1 FROM names n WHERE n.what = 'actor' AND n.name = learnt.name COLLATE NOCASE)
         AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.source = learnt.name)",
    "UPDATE decisions SET value = NULL, why = '' WHERE what IN ('claim', 'event') AND subject IN (SELECT key FROM gone_keys)
         AND NOT EXISTS (SELECT 1 FROM claims WHERE key = decisions.subject)",
    "DROP TABLE gone_names",
    "DROP TABLE gone_keys",
    "DROP TABLE gone_places",
];

impl Ledger {
    /// The digests of the reports that came with the id `name`, have the digest or hash `name`, or stand at the address `name`.
    ///
    /// # Errors
    /// When the file fails.
    pub fn reports_called(&self, name: &str) -> Result<Vec<String>> {
        let page = crate::writing::address_digest(name);
        self.db
            .prepare_cached("SELECT digest FROM reports WHERE report_id = ?1 OR digest = ?1 OR hash = ?1 OR url = ?1 OR address = ?2 ORDER BY id")
            .and_then(|mut query| query.query_map(params![name, page], |row| row.get(0))?.collect())
            .map_err(|e| self.fault(e))
    }

    /// Forgets the report with this digest: text, title, address, all that its container said, its claims with their quotes, and every index
    /// over them. What stays is that it was there, a tombstone with `by`, `why` and `now`, and digests by which it is known again. The file is
    /// written anew, so that none of its words stay in free pages or in the log.
    ///
    /// # Errors
    /// When there is no such report, the decision is unsigned, or the file fails; when others read the ledger meanwhile, its log cannot be
    /// emptied ([`LedgerError::Locked`]), and forgetting again finishes the work.
    pub fn forget(&mut self, digest: &str, by: &str, why: &str, now: Timestamp) -> Result<Forgotten> {
        if by.trim().is_empty() || why.trim().is_empty() {
            return Err(DecisionFault::Unsigned.into());
        }
        let out = self.take_out(digest, by.trim(), why.trim(), now)?;
        self.sweep()?;
        Ok(out)
    }

    fn take_out(&mut self, digest: &str, by: &str, why: &str, now: Timestamp) -> Result<Forgotten> {
        let path = self.path.clone();
        let fault = |e| LedgerError::of(&path, e);
        // What is deleted is overwritten with zeros.
        if let Some(file) = self.db.sqlite() {
            file.pragma_update(None, "secure_delete", true).map_err(|e| fault(e.into()))?;
        }
        let work = self.db.writing().map_err(fault)?;
        let found: Option<(i64, Option<i64>)> = work
            .query_row(
                "SELECT r.id, t.claims FROM reports r LEFT JOIN tombstones t ON t.report = r.id WHERE r.digest = ?1",
                [digest],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(fault)?;
        let Some((report, before)) = found else {
            return Err(DecisionFault::NoReport { name: digest.to_owned() }.into());
        };
        if let Some(claims) = before {
            return Ok(Forgotten { report: digest.to_owned(), claims: claims as u64, before: true });
        }
        let forget = || -> sql::Result<i64> {
            let of_report =
                "SELECT c.id FROM claims c JOIN extractions e ON e.id = c.extraction WHERE e.report = ?1";
            let claims: i64 = work.query_row(
                &format!("SELECT count(*) FROM ({of_report} AND c.decided IS NULL) AS told"),
                [report],
                |row| row.get(0),
            )?;
            work.execute(
                "INSERT INTO tombstones (report, at, by, why, claims) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![report, now.to_string(), by, why, claims],
            )?;
            let run = |sql: &str| work.execute(sql, []);
            let of_report = of_report.replace("?1", &report.to_string());
            let words = work.either(
                [
                    format!("INSERT INTO claim_words (claim_words, rowid, quote) SELECT 'delete', id, quote FROM claims WHERE id IN ({of_report})"),
                    format!("INSERT INTO report_words (report_words, rowid, title, text) SELECT 'delete', id, title, text FROM reports WHERE id = {report}"),
                ],
                [
                    format!("DELETE FROM claim_words WHERE rowid IN ({of_report})"),
                    format!("DELETE FROM report_words WHERE rowid = {report}"),
                ],
            );
            for sql in words.into_iter().chain([
                format!(
                    "CREATE TEMP TABLE gone_names AS SELECT 'place' AS what, name, place AS id FROM claim_places WHERE claim IN ({of_report})
                     UNION SELECT 'actor', name, actor FROM claim_actors WHERE claim IN ({of_report})
                     UNION SELECT 'outlet', n.name, n.id FROM names n, reports r WHERE r.id = {report} AND n.what = 'outlet' AND n.name = r.source COLLATE NOCASE"
                ),
                format!(
                    "CREATE TEMP TABLE gone_keys AS SELECT DISTINCT c.key FROM claims c JOIN extractions e ON e.id = c.extraction WHERE e.report = {report}"
                ),
                format!("CREATE TEMP TABLE gone_places AS SELECT DISTINCT place FROM claim_places WHERE claim IN ({of_report})"),
                format!("DELETE FROM claim_places WHERE claim IN ({of_report})"),
                format!("DELETE FROM claim_actors WHERE claim IN ({of_report})"),
                format!("DELETE FROM disputes WHERE extraction IN (SELECT id FROM extractions WHERE report = {report})"),
                format!("DELETE FROM claims WHERE extraction IN (SELECT id FROM extractions WHERE report = {report})"),
                format!("UPDATE reports SET text = '', title = NULL, url = NULL, other = '{{}}' WHERE id = {report}"),
            ]) {
                run(&sql)?;
            }
            if work.sqlite().is_some() {
                run("DELETE FROM claim_space WHERE id IN (SELECT o.id FROM spots o WHERE o.place IN (SELECT place FROM gone_places)
                     AND NOT EXISTS (SELECT 1 FROM claim_places p WHERE p.place = o.place AND CAST(substr(p.day, 1, 4) AS BIGINT) = o.year))")?;
            }
            for sql in FORGOTTEN {
                run(sql)?;
            }
            run(&format!("DELETE FROM report_marks WHERE report = {report}"))?;
            let orphans: Vec<i64> = work
                .prepare_cached(
                    "SELECT c.report FROM copies c JOIN reports r ON r.id = c.report
                     WHERE c.original = ?1 AND NOT EXISTS (SELECT 1 FROM copies o WHERE o.report = c.report AND o.original <> ?1)
                     ORDER BY r.known, r.id",
                )?
                .query_map([report], |row| row.get(0))?
                .collect::<sql::Result<_>>()?;
            run(&format!("DELETE FROM copies WHERE report = {report} OR original = {report}"))?;
            // One of its copies is the first telling now.
            file_again(&work, &orphans, now)?;
            Ok(claims)
        };
        let claims = forget().map_err(fault)?;
        work.commit().map_err(fault)?;
        Ok(Forgotten { report: digest.to_owned(), claims: claims as u64, before: false })
    }

    /// Writes the file anew, so that nothing that was deleted is left in it, and empties the log.
    fn sweep(&self) -> Result<()> {
        if self.db.sqlite().is_none() {
            // A server does this for one table at a time, and not within anything else.
            for table in [
                "reports",
                "report_words",
                "claims",
                "claim_words",
                "claim_places",
                "claim_actors",
                "disputes",
                "names",
                "decisions",
            ] {
                self.db.execute_batch(&format!("VACUUM FULL {table}")).map_err(|e| self.fault(e))?;
            }
            return Ok(());
        }
        self.db
            .execute_batch(
                "INSERT INTO claim_words (claim_words) VALUES ('optimize');
                 INSERT INTO report_words (report_words) VALUES ('optimize');
                 VACUUM;",
            )
            .map_err(|e| self.fault(e))?;
        let busy: i64 = self
            .db
            .query_row("PRAGMA wal_checkpoint (TRUNCATE)", [], |row| row.get(0))
            .map_err(|e| self.fault(e))?;
        if busy == 0 { Ok(()) } else { Err(LedgerError::Unswept { path: self.path.clone() }) }
    }
}
