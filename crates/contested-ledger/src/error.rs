use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What the ledger returns.
pub type Result<T> = std::result::Result<T, LedgerError>;

/// Why the ledger could not do it. All but [`LedgerError::Sqlite`] and [`LedgerError::Record`] are for the user to mend.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no file at the path, and the command only reads.
    #[error("there is no ledger at {}: make one with `contested add`, or name another with `--store`", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is not a contested ledger: name another file with `--store`", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// A newer program wrote it.
    #[error("{} was written by a newer version of contested (its layout is {found}, this program knows {known}): update contested", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its layout.
        found: i64,
        /// The newest layout that this program knows.
        known: i64,
    },
    /// The file is cut short or its content broken.
    #[error("{} is damaged ({detail}): restore it from a copy; nothing was changed", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// File or folder cannot be written.
    #[error("{} cannot be written: check the rights of the file and of its folder", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// File or folder cannot be opened.
    #[error("{} cannot be opened: check that its folder exists and may be read", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
    },
    /// Another process is writing and did not finish in time.
    #[error("{} is being written by another process: try again when it has finished", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// No room left.
    #[error("no space is left for {}: nothing of the last batch was kept, everything before it was", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// A search expression that the full-text index does not understand.
    #[error("the search `{words}` is not understood: write plain words")]
    Search {
        /// The expression.
        words: String,
    },
    /// A record that cannot be read back: a defect of ours.
    #[error("a record in {} cannot be read back, which is a defect of this program: {detail}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// Anything else that SQLite says: a defect of ours.
    #[error("the ledger {} failed, which is a defect of this program: {source}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl LedgerError {
    /// Whether the user can mend it; otherwise it is a defect of ours.
    pub const fn is_users(&self) -> bool {
        !matches!(self, Self::Record { .. } | Self::Sqlite { .. })
    }

    /// Reads what SQLite says about the file at `path`.
    pub(crate) fn of(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotALedger { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, detail: error.to_string() },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::CannotOpen) => Self::CannotOpen { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::SystemIoFailure) => Self::Damaged { path, detail: error.to_string() },
            _ => Self::Sqlite { path, source: error },
        }
    }
}
