//! JSON as Python's `json.dumps(…, ensure_ascii=False)` spaces it, so that lists of errors can be compared word by word.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

/// The first `limit` characters of `value`; a missing value is `null`.
pub(crate) fn shown(value: Option<&Value>, limit: usize) -> String {
    let mut bytes = Vec::new();
    let value = value.unwrap_or(&Value::Null);
    if value.serialize(&mut Serializer::with_formatter(&mut bytes, Spaced)).is_err() {
        return String::new();
    }
    String::from_utf8_lossy(&bytes).chars().take(limit).collect()
}
