//! What was learnt of the sources, in dated runs: each stays as it was.

use crate::sql::{OptionalExtension as _, params};
use contested_model::{LearntRow, SourceKind, Stake};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Ledger, LedgerError, Result};

/// A learning run.
#[derive(Debug, Clone, PartialEq)]
pub struct LearningRun {
    /// It saw what had been reported by this day.
    pub known: Date,
    /// How many claims it saw.
    pub claims: u64,
    /// What it found.
    pub rows: Vec<LearntRow>,
}

impl Ledger {
    /// Writes down a run. Answers `false`, and writes nothing, where the newest run of its day or before found the very same.
    ///
    /// # Errors
    /// When the file cannot be written, is locked by another writer, or there is no room.
    pub fn add_learning(&mut self, run: &LearningRun, now: Timestamp) -> Result<bool> {
        if self.learning(Some(run.known))?.is_some_and(|newest| newest == *run) {
            return Ok(false);
        }
        let path = self.path.clone();
        let fault = |e| LedgerError::of(&path, e);
        let work = self.db.writing().map_err(fault)?;
        work.execute(
            "INSERT INTO learning_runs (at, known, claims) VALUES (?1, ?2, ?3)",
            params![now.to_string(), run.known.to_string(), run.claims as i64],
        )
        .map_err(fault)?;
        let id = work.last_insert_rowid();
        for row in &run.rows {
            work.prepare_cached(
                "INSERT INTO learnt (run, source, name, kind, stake, month, believed, weight) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )
            .and_then(|mut insert| {
                insert.execute(params![
                    id,
                    row.source,
                    row.name,
                    row.kind.map(SourceKind::as_str),
                    row.stake.as_str(),
                    row.month.map(|month| month.to_string()),
                    row.believed,
                    row.weight
                ])
            })
            .map_err(fault)?;
        }
        work.commit().map_err(fault)?;
        Ok(true)
    }

    /// All runs, oldest first, each with when it was written down.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn learning_runs(&self) -> Result<Vec<(Timestamp, LearningRun)>> {
        if !self.has_learning()? {
            return Ok(Vec::new());
        }
        let runs: Vec<(i64, String, String, i64)> = self
            .db
            .prepare_cached("SELECT id, at, known, claims FROM learning_runs ORDER BY id")
            .and_then(|mut query| {
                query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
            })
            .map_err(|e| self.fault(e))?;
        runs.into_iter()
            .map(|(id, at, known, claims)| {
                let at = at.parse().map_err(|e: jiff::Error| self.record(&e.to_string()))?;
                let run =
                    LearningRun { known: self.date(&known)?, claims: claims as u64, rows: self.learnt(id)? };
                Ok((at, run))
            })
            .collect()
    }

    /// The newest run of the day `known_at` or before; of all runs where no day is given.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn learning(&self, known_at: Option<Date>) -> Result<Option<LearningRun>> {
        if !self.has_learning()? {
            return Ok(None);
        }
        let until = known_at.unwrap_or(Date::MAX).to_string();
        let newest: Option<(i64, String, i64)> = self
            .db
            .query_row(
                "SELECT id, known, claims FROM learning_runs WHERE known <= ?1 ORDER BY known DESC, id DESC LIMIT 1",
                [until],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()
            .map_err(|e| self.fault(e))?;
        let Some((id, known, claims)) = newest else { return Ok(None) };
        Ok(Some(LearningRun { known: self.date(&known)?, claims: claims as u64, rows: self.learnt(id)? }))
    }

    /// What the run in row `id` found.
    fn learnt(&self, id: i64) -> Result<Vec<LearntRow>> {
        let mut query = self
            .db
            .prepare_cached(
                "SELECT source, name, kind, stake, month, believed, weight FROM learnt WHERE run = ?1 ORDER BY rowid",
            )
            .map_err(|e| self.fault(e))?;
        let rows = query
            .query_map([id], |row| {
                let kind: Option<String> = row.get(2)?;
                let (stake, month): (String, Option<String>) = (row.get(3)?, row.get(4)?);
                Ok((
                    LearntRow {
                        source: row.get(0)?,
                        name: row.get(1)?,
                        kind: kind.as_deref().and_then(SourceKind::parse),
                        stake: Stake::parse(&stake).unwrap_or(Stake::Neutral),
                        month: None,
                        believed: row.get(5)?,
                        weight: row.get(6)?,
                    },
                    month,
                ))
            })
            .map_err(|e| self.fault(e))?;
        let mut found = Vec::new();
        for row in rows {
            let (mut row, month) = row.map_err(|e| self.fault(e))?;
            row.month = month.map(|day| self.date(&day)).transpose()?;
            found.push(row);
        }
        Ok(found)
    }

    /// Whether the file has room for runs: one of an older layout that is only read has not.
    fn has_learning(&self) -> Result<bool> {
        self.db.has_table("learning_runs").map_err(|e| self.fault(e))
    }
}
