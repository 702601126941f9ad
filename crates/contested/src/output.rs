//! Standard output: data only, buffered, and quiet when the reader has gone.

use std::io::{self, BufWriter, StdoutLock, Write};

use anyhow::Context as _;
use serde::Serialize;

/// Standard output, buffered. Call [`Output::finish`]: what is still in the buffer would be lost silently on drop.
pub(crate) struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    pub(crate) fn new() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    /// Bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.0.write_all(bytes).context("cannot write to standard output")
    }

    /// A line for people.
    pub(crate) fn line(&mut self, line: impl std::fmt::Display) -> anyhow::Result<()> {
        writeln!(self.0, "{line}").context("cannot write to standard output")
    }

    /// A value as indented JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        self.line(serde_json::to_string_pretty(value)?)
    }

    /// Hands over what is in the buffer.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.0.flush().context("cannot write to standard output")
    }
}

/// Appends `record` and a line feed: one line of JSON Lines.
pub(crate) fn push_line(bytes: &mut Vec<u8>, record: &impl Serialize) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *bytes, record)?;
    bytes.push(b'\n');
    Ok(())
}

/// For writers that know nothing of terminals.
impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
