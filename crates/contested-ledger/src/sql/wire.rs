//! Values on their way to PostgreSQL and back.

use std::borrow::Cow;
use std::error::Error as StdError;

use ::postgres::Row;
use ::postgres::types::{FromSql, IsNull, ToSql as ToWire, Type, private::BytesMut, to_sql_checked};
use rusqlite::types::{ToSqlOutput, Value};

use super::{Error, Result};

/// PostgreSQL's text holds every character but the first of all: that one, and the sign by which it is written, are written with this sign.
const SIGN: char = '\u{10FFFF}';

pub(super) fn without_nul(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', SIGN]) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(SIGN, "\u{10FFFF}1").replace('\0', "\u{10FFFF}0"))
}

fn with_nul(text: &str) -> String {
    text.replace("\u{10FFFF}0", "\0").replace("\u{10FFFF}1", "\u{10FFFF}")
}

/// A value that is given to a statement.
#[derive(Debug)]
pub(super) struct Given(pub(super) Value);

pub(super) fn given(value: &dyn rusqlite::ToSql) -> Result<Given> {
    match value.to_sql()? {
        ToSqlOutput::Borrowed(value) => {
            Ok(Given(value.try_into().map_err(|e| Error::Value(format!("{e}")))?))
        }
        ToSqlOutput::Owned(value) => Ok(Given(value)),
        _ => Err(Error::Value("a value of a kind that is not stored".to_owned())),
    }
}

impl ToWire for Given {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match &self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(number) => match *ty {
                Type::BOOL => (*number != 0).to_sql(ty, out),
                Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
                Type::INT2 => i16::try_from(*number)?.to_sql(ty, out),
                Type::FLOAT8 => (*number as f64).to_sql(ty, out),
                Type::TEXT | Type::VARCHAR | Type::UNKNOWN => number.to_string().to_sql(ty, out),
                _ => number.to_sql(ty, out),
            },
            Value::Real(number) => number.to_sql(ty, out),
            Value::Text(text) => without_nul(text).as_ref().to_sql(ty, out),
            Value::Blob(bytes) => bytes.as_slice().to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value as it came.
pub(crate) enum Came {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
}

impl<'a> FromSql<'a> for Came {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> std::result::Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(match *ty {
            Type::BOOL => Self::Integer(bool::from_sql(ty, raw)?.into()),
            Type::INT2 => Self::Integer(i16::from_sql(ty, raw)?.into()),
            Type::INT4 => Self::Integer(i32::from_sql(ty, raw)?.into()),
            Type::INT8 => Self::Integer(i64::from_sql(ty, raw)?),
            Type::FLOAT8 => Self::Real(f64::from_sql(ty, raw)?),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => {
                let text = std::str::from_utf8(raw)?;
                Self::Text(if text.contains(SIGN) { with_nul(text) } else { text.to_owned() })
            }
            _ => return Err(format!("a column of type {ty}").into()),
        })
    }

    fn from_sql_null(_: &Type) -> std::result::Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// What a column can be read as.
pub(crate) trait Cell: Sized {
    #[doc(hidden)]
    fn read(came: Came) -> Option<Self>;
}

impl Cell for String {
    fn read(came: Came) -> Option<Self> {
        if let Came::Text(text) = came { Some(text) } else { None }
    }
}

impl Cell for i64 {
    fn read(came: Came) -> Option<Self> {
        if let Came::Integer(number) = came { Some(number) } else { None }
    }
}

impl Cell for u32 {
    fn read(came: Came) -> Option<Self> {
        i64::read(came).and_then(|number| number.try_into().ok())
    }
}

impl Cell for bool {
    fn read(came: Came) -> Option<Self> {
        i64::read(came).map(|number| number != 0)
    }
}

impl Cell for f64 {
    fn read(came: Came) -> Option<Self> {
        match came {
            Came::Real(number) => Some(number),
            Came::Integer(number) => Some(number as Self),
            _ => None,
        }
    }
}

impl<T: Cell> Cell for Option<T> {
    fn read(came: Came) -> Option<Self> {
        if let Came::Null = came { Some(None) } else { T::read(came).map(Some) }
    }
}

/// Column `at` of `row`.
pub(super) fn cell_of<T: Cell>(row: &Row, at: usize) -> Result<T> {
    let came: Came = row.try_get(at)?;
    T::read(came).ok_or_else(|| Error::Value(format!("column {at} holds something else than expected")))
}
