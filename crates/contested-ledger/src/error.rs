use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::sql;

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
    #[error("{} cannot be opened: check that its folder exists and that you may read and write there", path.display())]
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
    /// The file could not be written for a reason of the system's.
    #[error("{} could not be written ({detail}): see whether the disk is full or failing, or a limit on the size of files is set; nothing of the last batch was kept, everything before it was", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// The report is forgotten, but others read the file, so that its log still holds it.
    #[error("the report is forgotten, but another program has {} open and its log `-wal` cannot be emptied: close it and give the same command again", path.display())]
    Unswept {
        /// The file.
        path: PathBuf,
    },
    /// The address of a database is not understood.
    #[error("{} is no address of a ledger ({detail}): write it as postgres://user@host:port/database", path.display())]
    Address {
        /// The address.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The database's server does not answer.
    #[error("{} cannot be reached ({detail}): see whether the server runs, and whether host and port are right", path.display())]
    Unreachable {
        /// The address.
        path: PathBuf,
        /// What went wrong.
        detail: String,
    },
    /// The server turns the user away.
    #[error("{} does not let you in ({detail}): check the user, and give the password in the environment variable PGPASSWORD", path.display())]
    NotLetIn {
        /// The address.
        path: PathBuf,
        /// What the server says.
        detail: String,
    },
    /// The server has no such database.
    #[error("there is no database at {}: make it with `createdb`, or name another with `--store`", path.display())]
    NoDatabase {
        /// The address.
        path: PathBuf,
    },
    /// The user may not do this.
    #[error("this needs rights that you do not have at {} ({detail}): ask its administrator for another role", path.display())]
    NotAllowed {
        /// The address.
        path: PathBuf,
        /// What the server says.
        detail: String,
    },
    /// Nobody is called so.
    #[error("the server of {} has no user `{user}`: make one with `createuser --pwprompt`", path.display())]
    NoUser {
        /// The address.
        path: PathBuf,
        /// Who was meant.
        user: String,
    },
    /// A file has no users.
    #[error("{} is a file, which has no users: roles and the audit are for ledgers in PostgreSQL (`--store postgres://…`)", path.display())]
    NoTeam {
        /// The file.
        path: PathBuf,
    },
    /// Anything else that a server says.
    #[error("the ledger {} failed, which is a defect of this program: {detail}", path.display())]
    Postgres {
        /// The address.
        path: PathBuf,
        /// What the server says.
        detail: String,
    },
    /// A decision that cannot be written down.
    #[error(transparent)]
    Decision(#[from] DecisionFault),
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

/// Why a decision cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionFault {
    /// Nobody signed it, or no reason was given.
    #[error("a decision needs the name of who decides and a reason: give `--by` and `--why`")]
    Unsigned,
    /// Somebody decided about the claim since its reader last saw it.
    #[error("the claim {key} was decided about meanwhile: its version is {found} now")]
    Stale {
        /// The key.
        key: String,
        /// Its version now.
        found: i64,
    },
    /// No claim has the key.
    #[error("no claim has the key {key}: `contested claims` lists keys")]
    NoClaim {
        /// The key.
        key: String,
    },
    /// No claim names the actor or place.
    #[error("no claim names the {what} `{id}`: write it as the claims do, by id or name")]
    Nobody {
        /// "actor" or "place".
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// Something would be merged into itself.
    #[error("`{id}` would be merged into itself")]
    Ring {
        /// What.
        id: String,
    },
    /// Nothing was merged.
    #[error("the {what} `{id}` is not merged into another")]
    NothingToSplit {
        /// "actor" or "place".
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// No decision has the number.
    #[error("there is no decision {number} that can be taken back: `contested review log` lists them")]
    NoDecision {
        /// The number.
        number: i64,
    },
    /// No report is called so.
    #[error(
        "no report is called `{name}`: give the id that it came with, its address, its hash (b3:…) or its digest (r1:…)"
    )]
    NoReport {
        /// What was asked for.
        name: String,
    },
}

impl LedgerError {
    /// Whether the user can mend it; otherwise it is a defect of ours.
    pub const fn is_users(&self) -> bool {
        !matches!(self, Self::Record { .. } | Self::Sqlite { .. } | Self::Postgres { .. })
    }

    /// Reads what SQLite says about the file at `path`.
    pub(crate) fn of(path: &Path, error: sql::Error) -> Self {
        let path = path.to_owned();
        match error {
            sql::Error::Sqlite(error) => Self::of_sqlite(path, error),
            sql::Error::Postgres(error) => sql::postgres::fault(path, &error),
            error @ (sql::Error::NoRows | sql::Error::Value(_)) => {
                Self::Record { path, detail: error.to_string() }
            }
        }
    }

    fn of_sqlite(path: PathBuf, error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotALedger { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, detail: error.to_string() },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::CannotOpen) => Self::CannotOpen { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::SystemIoFailure) if fails_to_read(&error) => {
                Self::Damaged { path, detail: error.to_string() }
            }
            Some(ErrorCode::SystemIoFailure) => Self::Unwritable { path, detail: error.to_string() },
            _ => Self::Sqlite { path, source: error },
        }
    }
}

/// Whether an I/O failure was one of reading; all others (writing, syncing, growing the shared memory) are of a disk that takes no more.
fn fails_to_read(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{
        SQLITE_IOERR_CORRUPTFS, SQLITE_IOERR_DATA, SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ,
    };
    let code = error.sqlite_error().map(|error| error.extended_code);
    matches!(
        code,
        Some(SQLITE_IOERR_READ | SQLITE_IOERR_SHORT_READ | SQLITE_IOERR_CORRUPTFS | SQLITE_IOERR_DATA)
    )
}
