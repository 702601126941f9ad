use std::io::{self, BufRead};

/// Lines of a stream, none of them longer in memory than a limit.
#[derive(Debug)]
pub(crate) struct BoundedLines<R> {
    reader: R,
    limit: u64,
    /// Offset in the file of the next byte.
    at: u64,
    number: u64,
}

/// A line, or what is known of one that was too long to keep.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Its bytes without the line feed.
    Whole(Vec<u8>),
    /// Its length in bytes; it was passed over.
    TooLong(u64),
}

/// Where a [`Line`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    /// From 1.
    pub(crate) number: u64,
    /// Offset in the file of its first byte.
    pub(crate) offset: u64,
}

impl<R: BufRead> BoundedLines<R> {
    /// `offset` is where in its file the reader stands, after `lines` lines.
    pub(crate) const fn new(reader: R, limit: u64, offset: u64, lines: u64) -> Self {
        Self { reader, limit, at: offset, number: lines }
    }

    /// Offset of the next line, and lines before it.
    pub(crate) const fn position(&self) -> (u64, u64) {
        (self.at, self.number)
    }

    /// The next line; `None` at the end.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<(At, Line)>> {
        let start = self.at;
        let mut kept = Vec::new();
        let mut length = 0u64;
        let mut ended = false;
        while !ended {
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                break;
            }
            let (part, used) = match memchr::memchr(b'\n', chunk) {
                Some(end) => {
                    ended = true;
                    (&chunk[..end], end + 1)
                }
                None => (chunk, chunk.len()),
            };
            length += part.len() as u64;
            if length <= self.limit {
                kept.extend_from_slice(part);
            } else {
                kept = Vec::new();
            }
            self.reader.consume(used);
            self.at += used as u64;
        }
        if self.at == start {
            return Ok(None);
        }
        self.number += 1;
        let line = if length > self.limit { Line::TooLong(length) } else { Line::Whole(kept) };
        Ok(Some((At { number: self.number, offset: start }, line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_over_the_limit_are_passed_over_and_the_next_is_read() {
        let mut lines = BoundedLines::new(&b"ab\nabcdef\n\nabc"[..], 3, 0, 0);
        let mut next = || lines.next_line().unwrap().map(|(at, line)| (at.number, at.offset, line));
        assert_eq!(next(), Some((1, 0, Line::Whole(b"ab".to_vec()))));
        assert_eq!(next(), Some((2, 3, Line::TooLong(6))));
        assert_eq!(next(), Some((3, 10, Line::Whole(Vec::new()))));
        assert_eq!(next(), Some((4, 11, Line::Whole(b"abc".to_vec()))));
        assert_eq!(next(), None);
    }
}
