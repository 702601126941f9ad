//! A buffered stream that can be looked into before it is read, and that knows where it stands.

use std::io::{self, BufRead, Read};

/// Bytes that are asked for at a time.
const CHUNK: usize = 1 << 16;

/// What every reader of records reads from: unpacked bytes.
pub(crate) type Stream = Buffered<Box<dyn Read + Send>>;

/// A reader with a buffer that [`Buffered::peek`] can look into.
pub(crate) struct Buffered<R> {
    source: R,
    buffer: Vec<u8>,
    start: usize,
    at: u64,
}

impl<R: Read> Buffered<R> {
    pub(crate) const fn new(source: R) -> Self {
        Self { source, buffer: Vec::new(), start: 0, at: 0 }
    }

    /// Offset of the next byte.
    pub(crate) const fn position(&self) -> u64 {
        self.at
    }

    /// Says at which offset the stream begins, where it was opened in the middle.
    pub(crate) const fn begins_at(&mut self, offset: u64) {
        self.at = offset;
    }

    /// The next bytes, `count` of them where there are so many, without taking them.
    ///
    /// # Errors
    /// Those of the source.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.start < count && self.fill(count.max(CHUNK))? > 0 {}
        let end = self.buffer.len().min(self.start + count);
        Ok(&self.buffer[self.start..end])
    }

    /// Reads more behind what is there; 0 at the end.
    fn fill(&mut self, room: usize) -> io::Result<usize> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + room, 0);
        let read = loop {
            match self.source.read(&mut self.buffer[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(held + read.as_ref().copied().unwrap_or(0));
        read
    }
}

impl<R: Read> Read for Buffered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Buffered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start >= self.buffer.len() {
            self.fill(CHUNK)?;
        }
        Ok(&self.buffer[self.start..])
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.buffer.len());
        self.at += count as u64;
    }
}

/// Reads up to `limit` bytes to the end of the stream; `None` when there are more.
///
/// # Errors
/// Those of the stream.
pub(crate) fn read_up_to(stream: &mut impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stream.by_ref().take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_takes_nothing() {
        let mut stream = Buffered::new(&b"abcdef"[..]);
        assert_eq!(stream.peek(3).unwrap(), b"abc");
        assert_eq!(stream.peek(9).unwrap(), b"abcdef");
        stream.consume(2);
        assert_eq!((stream.position(), stream.peek(1).unwrap()), (2, &b"c"[..]));
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "cdef");
    }
}
