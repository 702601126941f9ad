//! What the ledger says to a database, in words that SQLite and PostgreSQL understand alike. The rest of the crate asks here and knows of no engine;
//! what a question means, and in which order its rows come, is decided once.

mod bulk;
mod dialect;
mod params;
pub(crate) mod postgres;
mod rows;
mod text;
pub(crate) mod tls;
mod wire;

pub(crate) use params::{Params, params_from_iter};
pub(crate) use rows::{Mapped, OptionalExtension, Row, Rows};
pub(crate) use rusqlite::params;
pub(crate) use rusqlite::types::Value;

/// What came of asking.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// What a database says when it cannot.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Postgres(#[from] ::postgres::Error),
    /// There is no row where one was expected.
    #[error("the query returned no rows")]
    NoRows,
    /// A value that cannot be written or read.
    #[error("{0}")]
    Value(String),
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Value(error.to_string())
    }
}

/// An open database.
#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Room>),
}

/// Where statements can be made ready.
pub(crate) trait Prepare {
    /// The statement, made ready once and kept.
    fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>>;

    /// Whether each question travels to a server, so that one question for many rows is better than many.
    fn is_far(&self) -> bool {
        false
    }
}

impl Prepare for rusqlite::Connection {
    fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        Ok(Statement::Sqlite(rusqlite::Connection::prepare_cached(self, sql)?))
    }
}

impl Prepare for Connection {
    fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        Self::prepare_cached(self, sql)
    }

    fn is_far(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }
}

impl Prepare for Transaction<'_> {
    fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        self.db.prepare_cached(sql)
    }

    fn is_far(&self) -> bool {
        self.db.is_far()
    }
}

impl Connection {
    pub(crate) fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        match self {
            Self::Sqlite(db) => Ok(Statement::Sqlite(db.prepare_cached(sql)?)),
            Self::Postgres(room) => Ok(Statement::Postgres(room, room.prepare(sql)?)),
        }
    }

    pub(crate) fn query_row<T>(
        &self,
        sql: &str,
        params: impl Params,
        f: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.prepare_cached(sql)?.query_row(params, f)
    }

    pub(crate) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// Several statements without values, as the engine at hand writes them.
    pub(crate) fn execute_batch(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(db) => Ok(db.execute_batch(sql)?),
            Self::Postgres(room) => room.execute_batch(sql),
        }
    }

    /// The row of what was added last.
    pub(crate) fn last_insert_rowid(&self) -> i64 {
        match self {
            Self::Sqlite(db) => db.last_insert_rowid(),
            Self::Postgres(room) => room.last_insert_rowid(),
        }
    }

    /// Begins to write: whoever else writes is waited for.
    pub(crate) fn writing(&self) -> Result<Transaction<'_>> {
        match self {
            Self::Sqlite(db) => db.execute_batch("BEGIN IMMEDIATE")?,
            Self::Postgres(room) => room.begin_writing()?,
        }
        Ok(Transaction { db: self, open: true })
    }

    /// Begins to read one state of all, whatever is written meanwhile.
    pub(crate) fn reading(&self) -> Result<Transaction<'_>> {
        match self {
            Self::Sqlite(db) => db.execute_batch("BEGIN DEFERRED")?,
            Self::Postgres(room) => {
                room.execute_batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
            }
        }
        Ok(Transaction { db: self, open: true })
    }

    /// Plain words as a full-text expression: every one must be there, and none is an operator.
    pub(crate) fn search(&self, words: &str) -> Result<String> {
        match self {
            Self::Sqlite(_) => Ok(quoted(words)),
            Self::Postgres(room) => room.search(words),
        }
    }

    /// Puts `texts` of the row `id` into the full-text index `index`; a file takes those of a batch at once.
    pub(crate) fn index_words(&self, index: &str, id: i64, texts: &[&str]) -> Result<()> {
        let Self::Postgres(room) = self else { return Ok(()) };
        let sql = format!("INSERT INTO {index} (rowid, words) VALUES (?1, ?2::text::tsvector)");
        self.prepare_cached(&sql)?.execute(params![id, room.document(texts)?]).map(|_| ())
    }

    /// What is written in one way for SQLite and in another for PostgreSQL.
    pub(crate) fn either<T>(&self, sqlite: T, postgres: T) -> T {
        match self {
            Self::Sqlite(_) => {
                drop(postgres);
                sqlite
            }
            Self::Postgres(_) => postgres,
        }
    }

    /// The file, where the ledger is one.
    pub(crate) const fn sqlite(&self) -> Option<&rusqlite::Connection> {
        match self {
            Self::Sqlite(db) => Some(db),
            Self::Postgres(_) => None,
        }
    }

    /// Whether there is a table of this name: a file of an older layout that is only read may lack it.
    pub(crate) fn has_table(&self, name: &str) -> Result<bool> {
        match self {
            Self::Sqlite(_) => {
                self.prepare_cached("SELECT 1 FROM sqlite_schema WHERE name = ?1")?.exists([name])
            }
            Self::Postgres(_) => Ok(true),
        }
    }
}

/// Words in quotation marks, as FTS5 wants them.
fn quoted(words: &str) -> String {
    let words: Vec<String> =
        words.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    words.join(" ")
}

/// What is written, or read, as a whole; dropped, nothing of it was.
#[derive(Debug)]
pub(crate) struct Transaction<'c> {
    db: &'c Connection,
    open: bool,
}

impl Transaction<'_> {
    /// Keeps what was written.
    pub(crate) fn commit(mut self) -> Result<()> {
        match self.db {
            Connection::Sqlite(db) => db.execute_batch("COMMIT")?,
            Connection::Postgres(room) => room.commit()?,
        }
        self.open = false;
        Ok(())
    }
}

impl std::ops::Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.db
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        let over = !self.open || self.db.sqlite().is_some_and(rusqlite::Connection::is_autocommit);
        if !over {
            // Where this fails the connection is gone, and with it what was not committed.
            let _ = match self.db {
                Connection::Sqlite(db) => db.execute_batch("ROLLBACK").map_err(Error::from),
                Connection::Postgres(room) => room.rollback(),
            };
        }
    }
}

/// A statement made ready.
pub(crate) enum Statement<'c> {
    Sqlite(rusqlite::CachedStatement<'c>),
    Postgres(&'c postgres::Room, postgres::Ready),
}

#[allow(clippy::needless_pass_by_value, reason = "values are given where the statement is asked")]
impl Statement<'_> {
    pub(crate) fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        match self {
            Self::Sqlite(statement) => {
                params::bind(statement, &params)?;
                Ok(Rows::Sqlite(statement.raw_query()))
            }
            Self::Postgres(room, ready) => Ok(Rows::Postgres(room.query(ready, &params)?)),
        }
    }

    pub(crate) fn query_map<T, F: FnMut(&Row<'_>) -> Result<T>>(
        &mut self,
        params: impl Params,
        f: F,
    ) -> Result<Mapped<'_, F>> {
        Ok(Mapped { rows: self.query(params)?, f })
    }

    pub(crate) fn query_row<T>(
        &mut self,
        params: impl Params,
        f: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.query(params)?.next()?.ok_or(Error::NoRows).and_then(|row| f(&row))
    }

    pub(crate) fn exists(&mut self, params: impl Params) -> Result<bool> {
        Ok(self.query(params)?.next()?.is_some())
    }

    pub(crate) fn execute(&mut self, params: impl Params) -> Result<usize> {
        match self {
            Self::Sqlite(statement) => {
                params::bind(statement, &params)?;
                Ok(statement.raw_execute()?)
            }
            Self::Postgres(room, ready) => room.execute(ready, &params),
        }
    }
}
