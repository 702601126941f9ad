//! A ledger in PostgreSQL: the same questions, written as PostgreSQL wants them.

use std::cell::{Cell as Slot, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use ::postgres::error::SqlState;
use ::postgres::{Client, Row};
use rusqlite::ToSql;

use super::bulk::{Waiting, Waits};
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
    /// Always there until the end.
    client: RefCell<Option<Client>>,
    ready: RefCell<BTreeMap<String, Ready>>,
    last: Slot<i64>,
    waiting: Waiting,
    /// Whether a transaction that writes is open.
    writes: Slot<bool>,
    words: Words,
}

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room").finish_non_exhaustive()
    }
}

impl Drop for Room {
    /// Says goodbye on a thread of its own: whoever lets the connection go may be a task, which must not wait.
    fn drop(&mut self) {
        self.ready.borrow_mut().clear();
        if let Some(client) = self.client.borrow_mut().take() {
            let _ = std::thread::spawn(move || drop(client)).join();
        }
    }
}

/// A statement made ready.
#[derive(Clone)]
pub(crate) struct Ready {
    statement: ::postgres::Statement,
    /// It adds rows that are numbered, and tells their numbers.
    numbers: bool,
    waits: Waits,
    text: Arc<str>,
}

impl Room {
    pub(crate) fn new(client: Client) -> Result<Self> {
        let words = Words::new()?;
        Ok(Self {
            client: RefCell::new(Some(client)),
            ready: RefCell::new(BTreeMap::new()),
            last: Slot::new(0),
            waiting: Waiting::default(),
            writes: Slot::new(false),
            words,
        })
    }

    fn with<T>(
        &self,
        ask: impl FnOnce(&mut Client) -> std::result::Result<T, ::postgres::Error>,
    ) -> Result<T> {
        let mut client = self.client.borrow_mut();
        let client =
            client.as_mut().ok_or_else(|| super::Error::Value("the connection has ended".to_owned()))?;
        Ok(ask(client)?)
    }

    pub(crate) fn prepare(&self, sql: &str) -> Result<Ready> {
        if let Some(ready) = self.ready.borrow().get(sql) {
            return Ok(ready.clone());
        }
        let (text, numbers) = translated(sql);
        let statement = self.with(|client| client.prepare(&text))?;
        let ready = Ready { statement, numbers, waits: Waits::of(&text), text: text.into() };
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
        let rows = self.with(|client| {
            self.waiting.send(ready.waits, client)?;
            client.query(&ready.statement, &values)
        })?;
        Ok(rows.into())
    }

    pub(crate) fn execute(&self, ready: &Ready, params: &impl Params) -> Result<usize> {
        if let Some(table) = ready.waits.into
            && self.writes.get()
        {
            return self.wait(table, &ready.text, params).map(|()| 1);
        }
        if ready.numbers {
            let rows = self.query(ready, params)?;
            if let Some(row) = rows.back() {
                self.last.set(cell(row, 0)?);
            }
            return Ok(rows.len());
        }
        let values = values(params)?;
        let values: Vec<&(dyn ::postgres::types::ToSql + Sync)> = values.iter().map(|v| v as _).collect();
        let count = self.with(|client| {
            self.waiting.send(ready.waits, client)?;
            client.execute(&ready.statement, &values)
        })?;
        Ok(count as usize)
    }

    /// Lets a row wait for others of its table.
    fn wait(&self, table: usize, sql: &str, params: &impl Params) -> Result<()> {
        let number = if Waiting::numbers(table) {
            let last = || -> Result<i64> {
                self.with(|client| client.query_one("SELECT coalesce(max(id), 0) FROM claims", &[]))
                    .and_then(|row| cell(&row, 0))
            };
            Some(self.waiting.next_claim(last)?)
        } else {
            None
        };
        if let Some(number) = number {
            self.last.set(number);
        }
        let values: Vec<_> = values(params)?.into_iter().map(|given| given.0).collect();
        self.waiting.add(table, sql, number, &values);
        Ok(())
    }

    pub(crate) fn execute_batch(&self, sql: &str) -> Result<()> {
        self.with(|client| client.batch_execute(sql))
    }

    pub(crate) fn begin_writing(&self) -> Result<()> {
        self.execute_batch("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")?;
        self.execute_batch(WRITERS).inspect_err(|_| {
            let _ = self.execute_batch("ROLLBACK");
        })?;
        self.waiting.clear();
        self.writes.set(true);
        Ok(())
    }

    pub(crate) fn commit(&self) -> Result<()> {
        self.with(|client| self.waiting.send_all(client))?;
        if self.writes.get() {
            // Whoever listens is told when it is there.
            self.execute_batch("SELECT pg_notify('contested', current_schema())")?;
        }
        self.execute_batch("COMMIT")?;
        self.writes.set(false);
        self.waiting.clear();
        Ok(())
    }

    pub(crate) fn rollback(&self) -> Result<()> {
        self.writes.set(false);
        self.waiting.clear();
        self.execute_batch("ROLLBACK")
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
        let detail = chain(error);
        // The server asked for one, and there is none to give.
        if detail.ends_with("password missing") {
            return LedgerError::NotLetIn { path, detail: "it wants a password".to_owned() };
        }
        return LedgerError::Unreachable { path, detail };
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
