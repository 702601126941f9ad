//! Rows on their way to PostgreSQL by the thousand: they wait until somebody asks for them or the transaction ends, and go in one stream a table.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::Write as _;

use ::postgres::Client;
use rusqlite::types::Value;

use super::wire::without_nul;

/// Tables whose rows may wait, in the order in which they are sent: what is referred to comes first.
const TABLES: [&str; 9] = [
    "report_marks",
    "claims",
    "claim_words",
    "report_words",
    "claim_places",
    "claim_actors",
    "names",
    "named",
    "spots",
];
/// Tables in which a row may be already: of these, rows go in one statement that says what then becomes of it. `COPY` cannot.
const MET_AGAIN: [&str; 4] = ["report_marks", "names", "named", "spots"];
/// A bit for each table.
const ALL: u16 = (1 << TABLES.len()) - 1;

/// What a statement has to do with rows that wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Waits {
    /// It adds a row to this table, which may wait.
    pub(super) into: Option<usize>,
    /// Rows of these tables must be there before it is asked, a bit each.
    reads: u16,
}

impl Waits {
    /// Of a statement in PostgreSQL's words.
    pub(super) fn of(sql: &str) -> Self {
        let table = sql.strip_prefix("INSERT INTO ").and_then(|rest| rest.split([' ', '(']).next());
        let into = TABLES.iter().position(|one| table == Some(*one));
        if into.is_some() {
            return Self { into, reads: 0 };
        }
        let mut reads = 0_u16;
        for word in sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            if let Some(at) = TABLES.iter().position(|one| *one == word) {
                reads |= 1 << at;
            }
        }
        // Rows of one claim lie in several tables.
        Self { into, reads: if reads > 1 { ALL } else { reads } }
    }
}

/// The rows that wait.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    rows: RefCell<[Stream; TABLES.len()]>,
    /// Number of the last claim, once one was added in this transaction.
    last_claim: RefCell<Option<i64>>,
}

/// Rows of one table: as `COPY` reads them, or as `VALUES` lists them.
#[derive(Debug, Default)]
struct Stream {
    columns: String,
    lines: String,
    /// How many.
    count: usize,
    /// What becomes of a row that is there already, in words of SQL.
    met: String,
}

impl Waiting {
    /// Forgets what waits: the transaction begins, or came to nothing.
    pub(super) fn clear(&self) {
        *self.rows.borrow_mut() = Default::default();
        *self.last_claim.borrow_mut() = None;
    }

    /// Whether the table at `table` is that of claims, whose rows are numbered.
    pub(super) fn numbers(table: usize) -> bool {
        TABLES.get(table) == Some(&"claims")
    }

    /// The number of the next claim; `last` tells that of the last one in the database.
    pub(super) fn next_claim<E>(&self, last: impl FnOnce() -> Result<i64, E>) -> Result<i64, E> {
        let mut kept = self.last_claim.borrow_mut();
        let next = match *kept {
            Some(number) => number,
            None => last()?,
        } + 1;
        *kept = Some(next);
        Ok(next)
    }

    /// Lets a row wait for the table at `table`.
    pub(super) fn add(&self, table: usize, sql: &str, number: Option<i64>, values: &[Value]) {
        let mut all = self.rows.borrow_mut();
        let Some(stream) = all.get_mut(table) else { return };
        if stream.columns.is_empty() {
            let parts = sql.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
            let (columns, rest) = parts.unwrap_or_default();
            stream.columns = if number.is_some() { format!("id, {columns}") } else { columns.to_owned() };
            rest.split_once(')').map_or("", |(_, met)| met).clone_into(&mut stream.met);
        }
        let listed = MET_AGAIN.contains(&TABLES[table]);
        let lines = &mut stream.lines;
        if listed {
            lines.push_str(if stream.count > 0 { ", (" } else { "(" });
        }
        if TABLES[table] == "spots" {
            let _ = write!(lines, "{}, ", stream.count);
        }
        let number = number.map(Value::Integer);
        for (at, value) in number.iter().chain(values).enumerate() {
            if listed {
                lines.push_str(if at > 0 { ", " } else { "" });
                literal(lines, value);
            } else {
                lines.push_str(if at > 0 { "\t" } else { "" });
                cell(lines, value);
            }
        }
        lines.push(if listed { ')' } else { '\n' });
        stream.count += 1;
    }

    /// Sends what `waits` must find.
    pub(super) fn send(&self, waits: Waits, client: &mut Client) -> Result<(), ::postgres::Error> {
        if waits.reads == 0 {
            return Ok(());
        }
        for (at, stream) in self.rows.borrow_mut().iter_mut().enumerate() {
            if waits.reads & (1 << at) == 0 || stream.lines.is_empty() {
                continue;
            }
            let table = TABLES[at];
            let lines = std::mem::take(&mut stream.lines);
            stream.count = 0;
            let Stream { columns, met, .. } = stream;
            if table == "spots" {
                // Numbered as a file numbers them: only what is new, in the order in which it came.
                client.batch_execute(&format!(
                    "INSERT INTO spots (id, {columns}) SELECT (SELECT coalesce(max(id), 0) FROM spots) + row_number() OVER (ORDER BY v.n), {columns}
                     FROM (VALUES {lines}) AS v (n, {columns})
                     WHERE NOT EXISTS (SELECT 1 FROM spots s WHERE (s.place, s.year, s.lat, s.lon) = (v.place, v.year, v.lat, v.lon))"
                ))?;
                continue;
            }
            if MET_AGAIN.contains(&table) {
                client.batch_execute(&format!("INSERT INTO {table} ({columns}) VALUES {lines}{met}"))?;
                continue;
            }
            let copy = format!("COPY {table} ({columns}) FROM STDIN");
            let mut writer = client.copy_in(&copy)?;
            // What goes wrong here is told when the stream is ended.
            let _ = writer.write_all(lines.as_bytes());
            writer.finish()?;
        }
        Ok(())
    }

    /// Sends all.
    pub(super) fn send_all(&self, client: &mut Client) -> Result<(), ::postgres::Error> {
        self.send(Waits { into: None, reads: ALL }, client)
    }
}

/// A value as it is written in a statement.
fn literal(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("NULL"),
        Value::Text(text) => {
            out.push('\'');
            out.push_str(&without_nul(text).replace('\'', "''"));
            out.push('\'');
        }
        // No table of these holds bytes.
        number => cell(out, number),
    }
}

fn cell(out: &mut String, value: &Value) {
    let _ = match value {
        Value::Null => write!(out, "\\N"),
        Value::Integer(number) => write!(out, "{number}"),
        // The shortest digits that mean this number and no other.
        Value::Real(number) => write!(out, "{number:?}"),
        Value::Text(text) => {
            for c in without_nul(text).chars() {
                match c {
                    '\\' => out.push_str("\\\\"),
                    '\t' => out.push_str("\\t"),
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    c => out.push(c),
                }
            }
            Ok(())
        }
        Value::Blob(bytes) => {
            out.push_str("\\\\x");
            bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
        }
    };
}

#[cfg(test)]
mod tests {
    use super::{ALL, Waits};

    #[test]
    fn rows_wait_until_they_are_asked_for() {
        let of = |sql| Waits::of(sql);
        assert_eq!(of("INSERT INTO claims (claim) VALUES ($1)").into, Some(1));
        assert_eq!(of("INSERT INTO copies (report) VALUES ($1)"), Waits::default());
        assert_eq!(of("SELECT report FROM report_marks WHERE mark = $1").reads, 1);
        assert_eq!(of("SELECT 1 FROM claims c").reads, ALL);
        assert_eq!(of("INSERT INTO names (what) VALUES ($1) ON CONFLICT DO NOTHING").into, Some(6));
    }
}
