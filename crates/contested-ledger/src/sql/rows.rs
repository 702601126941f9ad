//! Rows that a statement gives.

use rusqlite::types::FromSql;

use super::{Error, Result};

/// Rows, one after another.
pub(crate) enum Rows<'s> {
    Sqlite(rusqlite::Rows<'s>),
    Postgres(std::collections::VecDeque<::postgres::Row>),
}

/// A row.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(::postgres::Row),
}

impl Rows<'_> {
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>> {
        match self {
            Self::Sqlite(rows) => Ok(rows.next()?.map(Row::Sqlite)),
            Self::Postgres(rows) => Ok(rows.pop_front().map(Row::Postgres)),
        }
    }
}

/// A number that names a column.
pub(crate) trait Column {
    fn number(self) -> usize;
}

impl Column for usize {
    fn number(self) -> usize {
        self
    }
}

/// What a column can be read as.
pub(crate) trait Cell: FromSql + super::postgres::Cell {}
impl<T: FromSql + super::postgres::Cell> Cell for T {}

impl Row<'_> {
    pub(crate) fn get<I: Column, T: Cell>(&self, at: I) -> Result<T> {
        match self {
            Self::Sqlite(row) => Ok(row.get(at.number())?),
            Self::Postgres(row) => super::postgres::cell(row, at.number()),
        }
    }

    /// Lends the text of a column to `f`.
    pub(crate) fn text<T>(&self, at: usize, f: impl FnOnce(&str) -> T) -> Result<T> {
        match self {
            Self::Sqlite(row) => Ok(f(row.get_ref(at)?.as_str().unwrap_or_default())),
            Self::Postgres(row) => super::postgres::cell::<String>(row, at).map(|text| f(&text)),
        }
    }
}

/// Rows as `f` reads them.
pub(crate) struct Mapped<'s, F> {
    pub(super) rows: Rows<'s>,
    pub(super) f: F,
}

impl<T, F: FnMut(&Row<'_>) -> Result<T>> Iterator for Mapped<'_, F> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        match self.rows.next() {
            Ok(row) => row.map(|row| (self.f)(&row)),
            Err(error) => Some(Err(error)),
        }
    }
}

/// Turns "there is no row" into a value.
pub(crate) trait OptionalExtension<T> {
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalExtension<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(found) => Ok(Some(found)),
            Err(Error::NoRows) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
