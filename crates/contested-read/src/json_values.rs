//! JSON that is no line an object: one array, objects spread over lines, an answer of an API with its records in a list.

use std::collections::VecDeque;
use std::io::BufRead;

use serde::de::IgnoredAny;

use crate::json::Objects;
use crate::mapping::Mapping;
use crate::records::{Found, Records};
use crate::stream::Stream;
use crate::{Limits, Problem};

/// Keys of an API's answer under which its records are.
const LISTS: [&[u8]; 6] = [b"data", b"articles", b"items", b"results", b"reports", b"docs"];

/// Where in a file the objects are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// One after another.
    Bare,
    /// In one array.
    Array,
    /// In an array that is a value of the one object, under one of [`LISTS`].
    Answer,
}

/// Reports of a stream of JSON values, none of them longer in memory than the limit.
pub(crate) struct JsonValues {
    stream: Stream,
    objects: Objects,
    limits: Limits,
    place: Place,
    /// Whether the place of the objects was reached.
    entered: bool,
    ended: bool,
    line: u64,
    record: u64,
    ready: VecDeque<Found>,
}

/// A value that was cut out.
struct Cut {
    bytes: Vec<u8>,
    length: u64,
    offset: u64,
    line: u64,
}

impl JsonValues {
    pub(crate) fn new(stream: Stream, limits: Limits, mapping: Mapping, place: Place) -> Self {
        let objects = Objects::new(limits, mapping);
        let (ended, line, record, ready) = (false, 1, 0, VecDeque::new());
        Self { stream, objects, limits, place, entered: false, ended, line, record, ready }
    }

    /// Goes to the first value.
    fn enter(&mut self) -> std::io::Result<()> {
        self.entered = true;
        match self.place {
            Place::Bare => Ok(()),
            Place::Array => self.skip_past(|scan| scan.depth == 1),
            Place::Answer => self.skip_past(|scan| scan.depth == 2 && scan.opened_list),
        }
    }

    fn skip_past(&mut self, reached: impl Fn(&Scan) -> bool) -> std::io::Result<()> {
        let mut scan = Scan::default();
        while let Some(&byte) = self.stream.fill_buf()?.first() {
            self.stream.consume(1);
            self.line += u64::from(byte == b'\n');
            scan.step(byte);
            if reached(&scan) {
                return Ok(());
            }
        }
        self.ended = true;
        Ok(())
    }

    /// The next value's bytes.
    fn cut(&mut self) -> std::io::Result<Option<Cut>> {
        let mut scan = Scan::default();
        let mut cut: Option<Cut> = None;
        loop {
            let at = self.stream.position();
            let chunk = self.stream.fill_buf()?;
            if chunk.is_empty() {
                self.ended = true;
                return Ok(cut);
            }
            let mut used = 0;
            let mut done = false;
            while used < chunk.len() && !done {
                let byte = chunk[used];
                if cut.is_none() {
                    if byte.is_ascii_whitespace() || byte == b',' {
                        self.line += u64::from(byte == b'\n');
                        used += 1;
                        continue;
                    }
                    if byte == b']' && self.place != Place::Bare {
                        // What follows the list tells nothing of reports.
                        self.ended = true;
                        self.stream.consume(used);
                        return Ok(None);
                    }
                    cut =
                        Some(Cut { bytes: Vec::new(), length: 0, offset: at + used as u64, line: self.line });
                }
                let scalar_ends = scan.depth == 0
                    && !scan.in_string
                    && matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n');
                if scalar_ends {
                    // A bracket that closes nothing would never be passed.
                    let empty = cut.as_ref().is_some_and(|cut| cut.length == 0);
                    if !empty {
                        done = true;
                        continue;
                    }
                }
                self.line += u64::from(byte == b'\n');
                let was_in_string = scan.in_string;
                scan.step(byte);
                used += 1;
                if let Some(cut) = &mut cut {
                    cut.length += 1;
                    if cut.length <= self.limits.record_bytes {
                        cut.bytes.push(byte);
                    } else if !cut.bytes.is_empty() {
                        cut.bytes = Vec::new();
                    }
                }
                let closed = matches!(byte, b'}' | b']') && !was_in_string || byte == b'"' && was_in_string;
                done = closed && scan.depth == 0 && !scan.in_string;
            }
            self.stream.consume(used);
            if done {
                return Ok(cut);
            }
        }
    }
}

impl Records for JsonValues {
    fn next_record(&mut self) -> std::io::Result<Option<Found>> {
        if !self.entered {
            self.enter()?;
        }
        if let Some(found) = self.ready.pop_front() {
            return Ok(Some(found));
        }
        if self.ended {
            return Ok(None);
        }
        let Some(cut) = self.cut()? else { return Ok(None) };
        self.record += 1;
        let found = |line, what| Found { record: Some(self.record), line: Some(line), what };
        if cut.length > self.limits.record_bytes {
            let problem = Problem::TooLong { bytes: cut.length, limit: self.limits.record_bytes };
            return Ok(Some(found(cut.line, Err(problem))));
        }
        let mut warnings = Vec::new();
        let report = self.objects.read(&cut.bytes, cut.offset, &mut warnings);
        let line = match &report {
            Err(Problem::BrokenJson { .. }) => {
                let error = serde_json::from_slice::<IgnoredAny>(&cut.bytes).err();
                cut.line + error.map_or(0, |error| error.line().saturating_sub(1) as u64)
            }
            _ => cut.line,
        };
        self.ready.extend(warnings.into_iter().map(|problem| found(line, Err(problem))));
        self.ready.push_back(found(line, report));
        Ok(self.ready.pop_front())
    }
}

/// How deep in brackets and strings a scan stands.
#[derive(Debug, Default)]
struct Scan {
    depth: u64,
    in_string: bool,
    escaped: bool,
    /// The last string of the outermost object, as far as a key of [`LISTS`] is long.
    key: Vec<u8>,
    /// A colon came after [`Scan::key`].
    keyed: bool,
    /// The bracket opened last is the list of an API's answer.
    opened_list: bool,
}

impl Scan {
    fn step(&mut self, byte: u8) {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ if self.depth == 1 && self.key.len() < 16 => self.key.push(byte),
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_string = true;
                if self.depth == 1 {
                    self.key.clear();
                    self.keyed = false;
                }
            }
            b':' if self.depth == 1 => self.keyed = true,
            b'{' | b'[' => {
                self.opened_list =
                    byte == b'[' && self.depth == 1 && self.keyed && LISTS.contains(&self.key.as_slice());
                self.depth += 1;
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b',' if self.depth == 1 => self.keyed = false,
            _ => {}
        }
    }
}

/// Whether the object that begins at `head` is an API's answer: a list of objects under one of [`LISTS`], and no `text` before it.
pub(crate) fn is_answer(head: &[u8]) -> bool {
    let mut scan = Scan::default();
    for (at, &byte) in head.iter().enumerate() {
        scan.step(byte);
        if scan.depth == 1 && scan.keyed && scan.key == b"text" || scan.depth == 0 && byte == b'}' {
            return false;
        }
        if scan.opened_list && scan.depth == 2 && byte == b'[' {
            return head[at + 1..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str, place: Place) -> Vec<String> {
        let stream = Stream::new(Box::new(std::io::Cursor::new(input.as_bytes().to_vec())));
        let limits = Limits { record_bytes: 60, other_bytes: 1000 };
        let mut values = JsonValues::new(stream, limits, Mapping::default(), place);
        let mut out = Vec::new();
        while let Some(Found { record, line, what }) = values.next_record().unwrap() {
            let what = what.map_or_else(|problem| problem.to_string(), |report| report.text);
            out.push(format!("{}/{}: {what}", record.unwrap(), line.unwrap()));
        }
        out
    }

    #[test]
    fn arrays_and_spread_objects_are_read_one_by_one() {
        let array =
            "[{\"text\": \"a [ \\\" b\"},\n {\"text\": \"c\"}, 5, \"x\",\n{\"text\": }, {\"text\": \"d\"}]";
        let expected = [
            "1/1: a [ \" b",
            "2/2: c",
            "3/2: the JSON value is a number, not an object",
            "4/2: the JSON value is a string, not an object",
            "5/3: broken JSON at column 10: expected value",
            "6/3: d",
        ];
        assert_eq!(read(array, Place::Array), expected);
        let spread = "{\n  \"text\": \"a\"\n}\n{\n  \"text\" \"b\"\n}\n{\"text\":\n\"c\"}{\"text\": \"d\"}";
        let expected = ["1/1: a", "2/5: broken JSON at column 10: expected `:`", "3/7: c", "4/8: d"];
        assert_eq!(read(spread, Place::Bare), expected);
    }

    #[test]
    fn long_and_endless_values_are_bounded() {
        let long = format!("[{{\"text\": \"{}\"}}, {{\"text\": \"b\"}}]", "x".repeat(100));
        assert_eq!(read(&long, Place::Array), ["1/1: 112 bytes long; the limit is 60 bytes", "2/1: b"]);
        let open = format!("[{{\"text\": \"{}", "x".repeat(100));
        assert_eq!(read(&open, Place::Array), ["1/1: 110 bytes long; the limit is 60 bytes"]);
        assert_eq!(read("[", Place::Array), [""; 0]);
        assert_eq!(read("]}]", Place::Bare).len(), 3);
        assert_eq!(read(&"[".repeat(50), Place::Array).len(), 1);
    }

    #[test]
    fn answers_of_apis_are_seen_by_their_list() {
        let answer = "{\"took\": 3, \"links\": {\"data\": [1]}, \"data\": [ {\"text\": \"a\"}, {\"text\": \"b\"} ], \"count\": 2}";
        assert!(is_answer(answer.as_bytes()));
        assert_eq!(read(answer, Place::Answer), ["1/1: a", "2/1: b"]);
        assert!(!is_answer(b"{\"text\": \"x\", \"data\": [{}]}"));
        assert!(!is_answer(b"{\"data\": [1, 2]}"));
        assert!(!is_answer(b"{\"data\": 1}\n{\"data\": [{}]}"));
    }
}
