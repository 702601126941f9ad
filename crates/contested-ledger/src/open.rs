use std::path::{Path, PathBuf};

use crate::file::File;
use crate::server::Address;
use crate::sql::postgres::Room;
use crate::sql::{self, Connection};
use crate::{LedgerError, Result};

/// An open ledger.
///
/// Many may read while one writes. Every write is one transaction: after a crash or a power cut it is there as a whole or not at all.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) path: PathBuf,
    pub(crate) db: Connection,
}

impl Ledger {
    /// Opens the ledger at `path` for adding, and makes one if there is none. A path that begins with `postgres://` is the address of a database.
    ///
    /// # Errors
    /// When the file is no ledger, of a newer version, damaged, locked, or cannot be written.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(address) = Address::of(path) {
            return Ok(Self::of_room(address?.open()?));
        }
        File::open(path).map(|file| Self { path: path.to_owned(), db: Connection::Sqlite(file.db) })
    }

    /// Opens the ledger at `path` for reading only, likewise.
    ///
    /// # Errors
    /// When there is none, or the file is no ledger, of a newer version, damaged or cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        if let Some(address) = Address::of(path) {
            return Ok(Self::of_room(address?.read()?));
        }
        File::read(path).map(|file| Self { path: path.to_owned(), db: Connection::Sqlite(file.db) })
    }

    /// A ledger in memory, gone with the program.
    ///
    /// # Errors
    /// When memory runs out.
    pub fn in_memory() -> Result<Self> {
        let db = Connection::Sqlite(File::in_memory()?.db);
        Ok(Self { path: PathBuf::from(":memory:"), db })
    }

    fn of_room((path, room): (PathBuf, Room)) -> Self {
        Self { path, db: Connection::Postgres(Box::new(room)) }
    }

    /// Whether there is anything at `store` that could be a ledger: a file, or a database, which is not asked.
    pub fn may_be(store: &Path) -> bool {
        Address::of(store).is_some() || store.exists()
    }

    /// Whether `store` is a file's path, beside which other files lie.
    pub fn is_file(store: &Path) -> bool {
        Address::of(store).is_none()
    }

    /// `store` as it may be printed: the address of a database without its password.
    pub fn shown(store: &Path) -> PathBuf {
        crate::server::shown(store)
    }

    /// Where the ledger lies; the address of a database without its password.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn fault(&self, error: sql::Error) -> LedgerError {
        LedgerError::of(&self.path, error)
    }
}
