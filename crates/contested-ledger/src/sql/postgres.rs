//! A ledger in PostgreSQL: the same questions, written as PostgreSQL wants them.

use std::cell::{Cell as Slot, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::path::PathBuf;

use ::postgres::error::SqlState;
use ::postgres::{Client, Row};
use rusqlite::ToSql;

use super::dialect::translated;
use super::text::Words;
use super::wire::{Given, cell_of, given};
use super::{Params, Result};
use crate::LedgerError;

pub(crate) use super::wire::Cell;

/// Statements that are kept ready.
const STATEMENTS: usize = 256;
/// Who writes holds this lock until the end of what is written, so that rows are numbered without gaps and in one order, as in a file.
const WRITERS: &str = "SELECT pg_advisory_xact_lock(1668576116, hashtext(current_schema()))";

/// A connection to a database.
pub(crate) struct Room {
    client: RefCell<Client>,
    ready: RefCell<BTreeMap<String, Ready>>,
    last: Slot<i64>,
    words: Words,
}

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room").finish_non_exhaustive()
    }
}

/// A statement made ready.
#[derive(Clone)]
pub(crate) struct Ready {
    statement: ::postgres::Statement,
    /// It adds rows that are numbered, and tells their numbers.
    numbers: bool,
}

impl Room {
    pub(crate) fn new(client: Client) -> Result<Self> {
        let words = Words::new()?;
        Ok(Self {
            client: RefCell::new(client),
            ready: RefCell::new(BTreeMap::new()),
            last: Slot::new(0),
            words,
        })
    }

    pub(crate) fn prepare(&self, sql: &str) -> Result<Ready> {
        if let Some(ready) = self.ready.borrow().get(sql) {
            return Ok(ready.clone());
        }
        let (text, numbers) = translated(sql);
        let statement = self.client.borrow_mut().prepare(&text)?;
        let ready = Ready { statement, numbers };
        let mut all = self.ready.borrow_mut();
        if all.len() >= STATEMENTS {
            all.clear();
        }
        all.insert(sql.to_owned(), ready.clone());
        Ok(ready)
    }

    pub(crate) fn query(&self, ready: &Ready, params: &impl Params) -> Result<VecDeque<Row>> {
        let values = values(params)?;
        let values: Vec<&(dyn ::postgres::types::ToSql + Sync)> = values.iter().map(|v| v as _).collect();
        Ok(self.client.borrow_mut().query(&ready.statement, &values)?.into())
    }

    pub(crate) fn execute(&self, ready: &Ready, params: &impl Params) -> Result<usize> {
        if ready.numbers {
            let rows = self.query(ready, params)?;
            if let Some(row) = rows.back() {
                self.last.set(cell(row, 0)?);
            }
            return Ok(rows.len());
        }
        let values = values(params)?;
        let values: Vec<&(dyn ::postgres::types::ToSql + Sync)> = values.iter().map(|v| v as _).collect();
        Ok(self.client.borrow_mut().execute(&ready.statement, &values)? as usize)
    }

    pub(crate) fn execute_batch(&self, sql: &str) -> Result<()> {
        Ok(self.client.borrow_mut().batch_execute(sql)?)
    }

    pub(crate) fn begin_writing(&self) -> Result<()> {
        self.execute_batch("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")?;
        self.execute_batch(WRITERS).inspect_err(|_| {
            let _ = self.execute_batch("ROLLBACK");
        })
    }

    pub(crate) const fn last_insert_rowid(&self) -> i64 {
        self.last.get()
    }

    /// `words` as a full-text query.
    pub(crate) fn search(&self, words: &str) -> Result<String> {
        self.words.query(words)
    }

    /// `texts`, one after another, as a document of the full-text index.
    pub(crate) fn document(&self, texts: &[&str]) -> Result<String> {
        self.words.document(texts)
    }
}

fn values(params: &impl Params) -> Result<Vec<Given>> {
    let mut out = Vec::new();
    params.each(&mut |value: &dyn ToSql| {
        out.push(given(value)?);
        Ok(())
    })?;
    Ok(out)
}

/// Column `at` of `row`.
pub(crate) fn cell<T: Cell>(row: &Row, at: usize) -> Result<T> {
    cell_of(row, at)
}

/// What went wrong, in words for the user.
pub(crate) fn fault(path: PathBuf, error: &::postgres::Error) -> LedgerError {
    let Some(said) = error.as_db_error() else {
        return LedgerError::Unreachable { path, detail: chain(error) };
    };
    let detail = said.message().to_owned();
    match said.code() {
        &SqlState::INVALID_PASSWORD | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            LedgerError::NotLetIn { path, detail }
        }
        &SqlState::INVALID_CATALOG_NAME => LedgerError::NoDatabase { path },
        &SqlState::INSUFFICIENT_PRIVILEGE | &SqlState::READ_ONLY_SQL_TRANSACTION => {
            LedgerError::NotAllowed { path, detail }
        }
        &SqlState::DISK_FULL => LedgerError::Full { path },
        &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => LedgerError::Damaged { path, detail },
        &SqlState::LOCK_NOT_AVAILABLE | &SqlState::T_R_DEADLOCK_DETECTED => LedgerError::Locked { path },
        &SqlState::ADMIN_SHUTDOWN
        | &SqlState::CRASH_SHUTDOWN
        | &SqlState::CANNOT_CONNECT_NOW
        | &SqlState::TOO_MANY_CONNECTIONS => LedgerError::Unreachable { path, detail },
        _ => LedgerError::Postgres { path, detail: format!("{detail} ({})", said.code().code()) },
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut out = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let next_words = next.to_string();
        if !out.ends_with(&next_words) {
            out = format!("{out}: {next_words}");
        }
        cause = next.source();
    }
    out
}
