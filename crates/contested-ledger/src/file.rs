//! A ledger that is one SQLite file: how it is opened, made and brought up to date.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, params};
use rusqlite_migration::{HookError, M, Migrations};

use crate::copies::file_again;
use crate::writing::address_digest;
use crate::{LedgerError, Result};

/// "ctst": tells our files from other SQLite files.
const APPLICATION_ID: i64 = 0x6374_7374;
/// Newest layout that this program knows: the number of migrations.
pub(crate) const LAYOUT: i64 = 7;
/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(5);

/// Pages (of 4 KiB) that a writer keeps in memory: the inner pages of all indexes of a million claims.
const WRITERS_CACHE: i64 = -128 * 1024;
/// Pages in the log before they are carried over into the file: each time costs two waits for the disk.
const LOG_PAGES: i64 = 32768;
/// Statements that are kept ready: all that adding and listing use.
const STATEMENTS: usize = 128;

static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(include_str!("../migrations/1-ledger.sql")),
        M::up_with_hook(include_str!("../migrations/2-decisions.sql"), catch_up),
        M::up(include_str!("../migrations/3-guards.sql")),
        M::up(include_str!("../migrations/4-learning.sql")),
        M::up(include_str!("../migrations/5-lists.sql")),
        M::up(include_str!("../migrations/6-doors.sql")),
        M::up(include_str!("../migrations/7-words.sql")),
    ])
});

/// Finds addresses and copies among the reports of a ledger of layout 1.
fn catch_up(work: &Transaction<'_>) -> std::result::Result<(), HookError> {
    let reports: Vec<(i64, Option<String>)> = work
        .prepare("SELECT id, url FROM reports ORDER BY known, id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, url) in &reports {
        if let Some(page) = url.as_deref().and_then(address_digest) {
            work.prepare_cached("UPDATE reports SET address = ?2 WHERE id = ?1")?
                .execute(params![id, page])?;
        }
    }
    let ids: Vec<i64> = reports.into_iter().map(|(id, _)| id).collect();
    // The last time of adding stands for the time of this: the layout knows no clock.
    let now: Option<String> = work.query_row("SELECT max(added_at) FROM reports", [], |row| row.get(0))?;
    let now = now.and_then(|now| now.parse().ok()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    file_again(&**work, &ids, now).map_err(|e| HookError::Hook(e.to_string()))
}

/// A ledger that is a file.
pub(crate) struct File {
    path: PathBuf,
    pub(crate) db: Connection,
}

impl File {
    /// See [`crate::Ledger::open`].
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let db = Connection::open(path).map_err(|e| LedgerError::of(path, e.into()))?;
        let mut file = Self { path: path.to_owned(), db };
        file.settle()?;
        if !file.is_blank()? {
            file.check_layout()?;
        }
        file.prepare_file()?;
        Ok(file)
    }

    /// See [`crate::Ledger::read`].
    pub(crate) fn read(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        if older(path) {
            // An older layout is brought up to date by whoever may write; a reader who may not says so.
            return Self::open(path);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let fault = |e: rusqlite::Error| LedgerError::of(path, e.into());
        let mut db = Connection::open_with_flags(path, flags).map_err(fault)?;
        if Self::needs_immutable(path, &db) {
            // In a folder that may not be written no reader can keep the shared memory that WAL needs; and no writer is there to race with.
            let uri = format!("file:{}?immutable=1", percent(path));
            db = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).map_err(fault)?;
        }
        let file = Self { path: path.to_owned(), db };
        file.settle()?;
        file.check_layout()?;
        Ok(file)
    }

    /// See [`crate::Ledger::in_memory`].
    pub(crate) fn in_memory() -> Result<Self> {
        let path = PathBuf::from(":memory:");
        let db = Connection::open_in_memory().map_err(|e| LedgerError::of(&path, e.into()))?;
        let mut file = Self { path, db };
        file.settle()?;
        file.prepare_file()?;
        Ok(file)
    }

    fn fault(&self, error: rusqlite::Error) -> LedgerError {
        LedgerError::of(&self.path, error.into())
    }

    fn needs_immutable(path: &Path, db: &Connection) -> bool {
        let wal =
            path.with_file_name(format!("{}-wal", path.file_name().unwrap_or_default().to_string_lossy()));
        let blocked = db
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
            .is_err_and(|e| {
                matches!(
                    e.sqlite_error_code(),
                    Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly)
                )
            });
        blocked && !wal.exists()
    }

    fn settle(&self) -> Result<()> {
        self.db.set_prepared_statement_cache_capacity(STATEMENTS);
        self.db.busy_timeout(PATIENCE).map_err(|e| self.fault(e))?;
        self.db.pragma_update(None, "foreign_keys", true).map_err(|e| self.fault(e))
    }

    fn check_layout(&self) -> Result<()> {
        let number = |name: &str| {
            self.db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(|e| self.fault(e))
        };
        if number("application_id")? != APPLICATION_ID {
            return Err(LedgerError::NotALedger { path: self.path.clone() });
        }
        let found = number("user_version")?;
        if found > LAYOUT {
            return Err(LedgerError::Newer { path: self.path.clone(), found, known: LAYOUT });
        }
        self.check_length()
    }

    /// A file that lost its end still opens; SQLite finds out only when it reads the missing pages.
    fn check_length(&self) -> Result<()> {
        let Ok(file) = std::fs::metadata(&self.path) else { return Ok(()) };
        let number = |name: &str| {
            self.db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(|e| self.fault(e))
        };
        let wal = self
            .path
            .with_file_name(format!("{}-wal", self.path.file_name().unwrap_or_default().to_string_lossy()));
        let log_is_empty = std::fs::metadata(wal).map_or(true, |wal| wal.len() == 0);
        let expected = number("page_count")? * number("page_size")?;
        if log_is_empty && (file.len() as i64) < expected {
            let detail = format!("{} bytes long, should be {expected}", file.len());
            return Err(LedgerError::Damaged { path: self.path.clone(), detail });
        }
        Ok(())
    }

    /// Whether nothing was ever written: a new file, or one whose making was cut off.
    fn is_blank(&self) -> Result<bool> {
        let count = self.db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
        let layout = self.db.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
        Ok(count.map_err(|e| self.fault(e))? == 0 && layout.map_err(|e| self.fault(e))? == 0)
    }

    fn prepare_file(&mut self) -> Result<()> {
        self.db.pragma_update(None, "journal_mode", "wal").map_err(|e| self.fault(e))?;
        self.db.pragma_update(None, "cache_size", WRITERS_CACHE).map_err(|e| self.fault(e))?;
        self.db.pragma_update(None, "wal_autocheckpoint", LOG_PAGES).map_err(|e| self.fault(e))?;
        // FULL: what was committed survives a power cut.
        self.db.pragma_update(None, "synchronous", "full").map_err(|e| self.fault(e))?;
        let Err(error) = MIGRATIONS.to_latest(&mut self.db) else { return Ok(()) };
        // Another process may have made the same file in the meantime: then there is nothing left to do.
        if self.check_layout().is_ok() && MIGRATIONS.to_latest(&mut self.db).is_ok() {
            return Ok(());
        }
        Err(match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => self.fault(err),
            other => LedgerError::Record { path: self.path.clone(), detail: other.to_string() },
        })
    }
}

/// A path as SQLite's URIs want it.
fn percent(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Whether the file at `path` is a ledger of an older layout.
fn older(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let number = |db: &Connection, name: &str| {
        db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap_or_default()
    };
    Connection::open_with_flags(path, flags).is_ok_and(|db| {
        number(&db, "application_id") == APPLICATION_ID && (1..LAYOUT).contains(&number(&db, "user_version"))
    })
}
