use std::collections::BTreeSet;

use contested_model::{Claim, Dispute, Kept};
use jiff::civil::Date;
use rusqlite::{Row, params_from_iter};

use crate::decisions::{Merged, known_as};
use crate::filter::Ids;
use crate::{Filter, InReview, Ledger, LedgerError, Result, Standing, Tellings, What};

/// `e` is the newest extraction of its report.
const NEWEST: &str = "e.id = (SELECT max(id) FROM extractions WHERE report = e.report)";

/// `c` is how its claim reads by what had been decided until then.
const READING: &str = "(c.decided IS NULL OR c.decided <= :until)
    AND NOT EXISTS (SELECT 1 FROM claims x WHERE x.key = c.key AND x.extraction = c.extraction AND x.decided IS NOT NULL AND x.decided <= :until
                    AND (c.decided IS NULL OR (x.decided, x.id) > (c.decided, c.id)))";

/// `r` is a telling of its own: no copy, and the newest version of its page until then. Of versions with one text the first stands. A new version
/// whose words stand in a copy of the old one is no copy of that copy.
const COUNTED: &str = "NOT EXISTS (SELECT 1 FROM copies k WHERE k.report = r.id
                AND NOT EXISTS (SELECT 1 FROM copies b JOIN reports v ON v.id = b.original WHERE b.report = k.original AND v.address = r.address))
    AND (r.address IS NULL
         OR NOT EXISTS (SELECT 1 FROM reports n WHERE n.address = r.address AND n.known <= :until AND (n.known, n.id) > (r.known, r.id)
                        AND n.hash <> r.hash)
            AND r.hash IS NOT (SELECT p.hash FROM reports p WHERE p.address = r.address AND (p.known, p.id) < (r.known, r.id)
                               ORDER BY p.known DESC, p.id DESC LIMIT 1))";

fn current(tellings: Tellings) -> String {
    let rejected = if tellings == Tellings::Rejected { "=" } else { "<>" };
    let counted = if tellings == Tellings::Counted { format!(" AND {COUNTED}") } else { String::new() };
    format!("{NEWEST} AND {READING} AND c.standing {rejected} 'rejected'{counted}")
}

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
    /// The current claims that pass `filter`, as people decided until its `known_at` that they read, in the order of valid time, then of
    /// reported time, then as they were added.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<Kept>> {
        Ok(self.read_claims(filter)?.into_iter().map(|found| found.0).collect())
    }

    /// Likewise, with where each claim stands with its readers.
    ///
    /// # Errors
    /// As for [`Self::claims`].
    pub fn in_review(&self, filter: &Filter) -> Result<Vec<InReview>> {
        self.read_claims(filter)?
            .into_iter()
            .map(|(Kept { claim, known }, standing)| {
                let changed = standing != Standing::Machine && self.reads_otherwise(&claim)?;
                Ok(InReview { claim, standing, known, changed })
            })
            .collect()
    }

    fn read_claims(&self, filter: &Filter) -> Result<Vec<(Kept, Standing)>> {
        let merged = self.merged(filter.known_at)?;
        let (conditions, mut values) = filter.conditions(&self.ids(filter, &merged)?);
        // A place or a circle may hold claims that the index has only nearly.
        let (limit, order) = match filter.limit {
            Some(most) if filter.around.is_none() => {
                (format!(" LIMIT {most}"), if filter.latest { "DESC" } else { "ASC" })
            }
            _ => (String::new(), "ASC"),
        };
        let sql = format!(
            "SELECT c.json, c.known, c.standing FROM claims c JOIN extractions e ON e.id = c.extraction JOIN reports r ON r.id = e.report
             WHERE {conditions} AND {} ORDER BY c.day {order}, c.known {order}, coalesce(c.base, c.id) {order}{limit}",
            current(filter.tellings)
        );
        let until = filter.known_at.unwrap_or(Date::MAX).to_string();
        let marks = sql.matches(":until").count();
        let sql = sql.replace(":until", "?");
        values.extend(std::iter::repeat_n(rusqlite::types::Value::Text(until), marks));
        let words = filter.words.as_deref();
        let fault = |e| self.search_fault(e, words);
        let mut query = self.db.prepare_cached(&sql).map_err(fault)?;
        let rows = query
            .query_map(params_from_iter(values), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })
            .map_err(fault)?;
        let mut out = Vec::new();
        for row in rows {
            let (json, known, standing) = row.map_err(fault)?;
            let mut claim: Claim = serde_json::from_str(&json).map_err(|e| self.record(&e.to_string()))?;
            merged.read(&mut claim);
            let inside = filter.around.is_none_or(|around| {
                claim.places.iter().any(|p| p.lat.zip(p.lon).is_some_and(|(lat, lon)| around.holds(lat, lon)))
            });
            if inside {
                let standing = Standing::parse(&standing).unwrap_or(Standing::Machine);
                out.push((Kept { claim, known: self.date(&known)? }, standing));
            }
        }
        if filter.limit.is_some() && filter.latest && filter.around.is_none() {
            out.reverse();
        }
        if let (Some(most), true) = (filter.limit, filter.around.is_some()) {
            let surplus = out.len().saturating_sub(most as usize);
            if filter.latest { drop(out.drain(..surplus)) } else { out.truncate(most as usize) }
        }
        Ok(out)
    }

    fn ids(&self, filter: &Filter, merged: &Merged) -> Result<Ids> {
        let called = |what: What, name: &Option<String>| -> Result<Vec<String>> {
            let Some(name) = name else { return Ok(Vec::new()) };
            let mut ids: BTreeSet<String> = self.ids_of(what, name)?.into_iter().collect();
            ids.insert(known_as(None, name));
            ids.insert(name.clone());
            Ok(merged.one_with(what, &ids).into_iter().collect())
        };
        Ok(Ids {
            places: called(What::Place, &filter.place)?,
            actors: called(What::Actor, &filter.actor)?,
            sources: called(What::Actor, &filter.source)?,
        })
    }

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
        let mut query = self.db.prepare(&sql).map_err(|e| self.fault(e))?;
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
