//! Notes of those who bring reports in: what was not read, how far files were read, what is known of feeds.

use crate::sql::{OptionalExtension as _, params};
use jiff::Timestamp;

use crate::{Ledger, Result};

/// How far a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceReached {
    /// The file's path.
    pub file: String,
    /// Digest of what the place depends on: the file's size and beginning, who read it and how.
    pub content: String,
    /// Offset in the file.
    pub offset: u64,
    /// Records before it.
    pub records: u64,
    /// Lines before it.
    pub lines: u64,
}

/// A page of an archive that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Where its record begins in the archive.
    pub offset: u64,
    /// Its address.
    pub url: String,
    /// Its language, ISO 639-3.
    pub language: &'static str,
}

/// What is known of a feed, or of a file in a watched folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Its address or path.
    pub what: String,
    /// What the server gave as `ETag`; of a file, what tells its versions apart.
    pub etag: Option<String>,
    /// What the server gave as `Last-Modified`.
    pub modified: Option<String>,
    /// When it was asked last.
    pub asked_at: Timestamp,
    /// Not to be asked before.
    pub next_at: Timestamp,
    /// How often in a row it failed.
    pub failures: u32,
    /// What went wrong last.
    pub told: Option<String>,
}

impl Ledger {
    /// The files that runs have not read to their end, with how far they came.
    ///
    /// # Errors
    /// When the file fails.
    pub fn places_reached(&self) -> Result<Vec<PlaceReached>> {
        let rows = self
            .db
            .prepare_cached(
                "SELECT file, content, \"offset\", records, lines FROM places_reached ORDER BY file",
            )
            .and_then(|mut query| {
                query
                    .query_map([], |row| {
                        Ok(PlaceReached {
                            file: row.get(0)?,
                            content: row.get(1)?,
                            offset: row.get::<_, i64>(2)? as u64,
                            records: row.get::<_, i64>(3)? as u64,
                            lines: row.get::<_, i64>(4)? as u64,
                        })
                    })?
                    .collect()
            });
        rows.map_err(|e| self.fault(e))
    }

    /// Notes how far a file was read: all before is in the ledger.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note_place(&mut self, place: &PlaceReached) -> Result<()> {
        let PlaceReached { file, content, offset, records, lines } = place;
        self.db
            .prepare_cached(
                "INSERT INTO places_reached (file, content, \"offset\", records, lines) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (file) DO UPDATE SET content = excluded.content, \"offset\" = excluded.\"offset\", records = excluded.records, lines = excluded.lines",
            )
            .and_then(|mut query| {
                query.execute(params![file, content, *offset as i64, *records as i64, *lines as i64])
            })
            .map(|_| ())
            .map_err(|e| self.fault(e))
    }

    /// Takes the note of a file away that was read to its end.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn end_place(&mut self, file: &str) -> Result<()> {
        self.db
            .execute("DELETE FROM places_reached WHERE file = ?1", [file])
            .map(|_| ())
            .map_err(|e| self.fault(e))
    }

    /// Keeps where pages of `archive` lie that were passed over, in one transaction.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn pass_over(&mut self, archive: &str, pages: &[Passed]) -> Result<()> {
        let path = self.path.clone();
        let work = self.db.writing().map_err(|e| crate::LedgerError::of(&path, e))?;
        let written = (|| {
            let mut query = work.prepare_cached(
                "INSERT OR IGNORE INTO passed_pages (archive, \"offset\", url, language) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for page in pages {
                query.execute(params![archive, page.offset as i64, page.url, page.language])?;
            }
            Ok(())
        })();
        written.and_then(|()| work.commit()).map_err(|e| crate::LedgerError::of(&path, e))
    }

    /// How many reports were not read by their newest extraction, language by language (ISO 639-3); pages of archives that were passed over among them.
    ///
    /// # Errors
    /// When the file fails.
    pub fn unread(&self) -> Result<Vec<(String, u64)>> {
        let sql = "SELECT language, CAST(sum(n) AS BIGINT) FROM (SELECT detail AS language, count(*) AS n FROM v_unread GROUP BY detail
                   UNION ALL SELECT language, count(*) FROM passed_pages GROUP BY language) AS unread GROUP BY language ORDER BY sum(n) DESC, language";
        let rows = self.db.prepare_cached(sql).and_then(|mut query| {
            query.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?.collect()
        });
        rows.map_err(|e| self.fault(e))
    }

    /// What is known of a feed or a watched file.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn watched(&self, what: &str) -> Result<Option<Watched>> {
        let row = self
            .db
            .prepare_cached(
                "SELECT etag, modified, asked_at, next_at, failures, told FROM watched WHERE what = ?1",
            )
            .and_then(|mut query| {
                query
                    .query_row([what], |row| {
                        let at = |n| row.get::<_, String>(n);
                        Ok((row.get(0)?, row.get(1)?, at(2)?, at(3)?, row.get(4)?, row.get(5)?))
                    })
                    .optional()
            })
            .map_err(|e| self.fault(e))?;
        row.map(|(etag, modified, asked, next, failures, told)| {
            let time = |text: &str| text.parse::<Timestamp>().map_err(|e| self.record(&e.to_string()));
            let (asked_at, next_at) = (time(&asked)?, time(&next)?);
            Ok(Watched { what: what.to_owned(), etag, modified, asked_at, next_at, failures, told })
        })
        .transpose()
    }

    /// Keeps what is known of a feed or a watched file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note_watched(&mut self, it: &Watched) -> Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO watched (what, etag, modified, asked_at, next_at, failures, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (what) DO UPDATE SET etag = excluded.etag, modified = excluded.modified, asked_at = excluded.asked_at,
                     next_at = excluded.next_at, failures = excluded.failures, told = excluded.told",
            )
            .and_then(|mut query| {
                let (asked, next) = (it.asked_at.to_string(), it.next_at.to_string());
                query.execute(params![it.what, it.etag, it.modified, asked, next, it.failures, it.told])
            })
            .map(|_| ())
            .map_err(|e| self.fault(e))
    }
}
