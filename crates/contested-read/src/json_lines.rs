use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::io::BufRead;

use contested_model::Report;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::lines::{At, BoundedLines, Line};
use crate::{Limits, Problem, Severity, parse_date};

/// What one line gave: where, and a report or a problem.
pub(crate) type Found = (u64, At, Result<Report, Problem>);

/// Reports of a JSON Lines stream.
#[derive(Debug)]
pub(crate) struct JsonLines<R> {
    lines: BoundedLines<R>,
    limits: Limits,
    record: u64,
    /// Warnings about a record come before the record itself.
    ready: VecDeque<Found>,
}

impl<R: BufRead> JsonLines<R> {
    pub(crate) fn new(reader: R, limits: Limits, offset: u64) -> Self {
        Self {
            lines: BoundedLines::new(reader, limits.record_bytes, offset),
            limits,
            record: 0,
            ready: VecDeque::new(),
        }
    }

    /// The next report or problem; `None` at the end.
    ///
    /// # Errors
    /// The stream's own; nothing can be read after it.
    pub(crate) fn next_record(&mut self) -> std::io::Result<Option<Found>> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Ok(Some(found));
            }
            let Some((at, line)) = self.lines.next_line()? else { return Ok(None) };
            let bytes = match line {
                Line::Whole(bytes) if bytes.trim_ascii().is_empty() => continue,
                Line::Whole(bytes) => bytes,
                Line::TooLong(bytes) => {
                    self.record += 1;
                    let problem = Problem::TooLong { bytes, limit: self.limits.record_bytes };
                    return Ok(Some((self.record, at, Err(problem))));
                }
            };
            self.record += 1;
            let record = self.record;
            let mut warnings = Vec::new();
            let report = read_record(&bytes, at, self.limits, &mut warnings);
            self.ready.extend(warnings.into_iter().map(|problem| (record, at, Err(problem))));
            self.ready.push_back((record, at, report));
        }
    }
}

/// One line's bytes as a report; what can be done without goes to `warnings`.
fn read_record(bytes: &[u8], at: At, limits: Limits, warnings: &mut Vec<Problem>) -> Result<Report, Problem> {
    let line = std::str::from_utf8(bytes)
        .map_err(|error| Problem::InvalidUtf8 { at: at.offset + error.valid_up_to() as u64 })?;
    let fields: Fields<'_> = match serde_json::from_str(line) {
        Ok(fields) => fields,
        Err(error) => {
            return Err(match json_type(line.trim_start()) {
                Some(found) if found != "an object" && serde_json::from_str::<&RawValue>(line).is_ok() => {
                    Problem::NotAnObject { found }
                }
                _ => broken(&error),
            });
        }
    };
    let mut report = Report::default();
    let mut text = None;
    let mut other_bytes = 0;
    for (key, raw) in &fields.0 {
        let raw = raw.get();
        match key.as_ref() {
            "text" => text = Some(raw),
            "id" => report.id = optional("id", raw, true, warnings)?,
            "source" => report.source = optional("source", raw, false, warnings)?,
            "title" => report.title = optional("title", raw, false, warnings)?,
            "url" => report.url = optional("url", raw, false, warnings)?,
            "published" => {
                if let Some(value) = optional("published", raw, true, warnings)? {
                    report.published = parse_date(&value);
                    if report.published.is_none() {
                        warnings.push(Problem::BadDate { value: value.chars().take(80).collect() });
                    }
                }
            }
            _ => other_bytes += (key.len() + raw.len()) as u64,
        }
    }
    let text = text.ok_or(Problem::MissingText)?;
    report.text = match json_type(text) {
        Some("a string") => serde_json::from_str(text).map_err(|error| broken(&error))?,
        Some("null") => return Err(Problem::MissingText),
        found => {
            return Err(Problem::WrongType {
                key: "text",
                found: found.unwrap_or("nothing"),
                wanted: "a string",
            });
        }
    };
    if report.text.trim().is_empty() {
        return Err(Problem::EmptyText);
    }
    if other_bytes > limits.other_bytes {
        warnings.push(Problem::TooMuchElse { bytes: other_bytes, limit: limits.other_bytes });
    } else {
        for (key, raw) in fields.0 {
            if !matches!(key.as_ref(), "text" | "id" | "source" | "title" | "url" | "published") {
                let value = serde_json::from_str(raw.get()).map_err(|error| broken(&error))?;
                report.other.insert(key.into_owned(), value);
            }
        }
    }
    debug_assert!(
        warnings.iter().all(|problem| problem.severity() == Severity::Warning),
        "a report was read"
    );
    Ok(report)
}

/// A string, or a number where those are usual, or nothing; anything else is told and passed over.
fn optional(
    key: &'static str,
    raw: &str,
    number: bool,
    warnings: &mut Vec<Problem>,
) -> Result<Option<String>, Problem> {
    match json_type(raw) {
        Some("null") => Ok(None),
        Some("a string") => {
            let value: String = serde_json::from_str(raw).map_err(|error| broken(&error))?;
            Ok(Some(value).filter(|value| !value.trim().is_empty()))
        }
        Some("a number") if number => Ok(Some(raw.to_owned())),
        found => {
            warnings.push(Problem::WrongType { key, found: found.unwrap_or("nothing"), wanted: "a string" });
            Ok(None)
        }
    }
}

fn broken(error: &serde_json::Error) -> Problem {
    // The parser's message ends in its own "at line 1 column 7", which would contradict the line of the file.
    let cause = error.to_string();
    let cause = cause.split(" at line ").next().unwrap_or_default().to_owned();
    Problem::BrokenJson { column: error.column(), cause }
}

/// What kind of JSON value begins here.
fn json_type(raw: &str) -> Option<&'static str> {
    Some(match raw.as_bytes().first()? {
        b'"' => "a string",
        b'{' => "an object",
        b'[' => "an array",
        b'n' => "null",
        b't' | b'f' => "true or false",
        b'-' | b'0'..=b'9' => "a number",
        _ => return None,
    })
}

/// The keys of an object with their values unread, so that a hostile value costs no more memory than its bytes.
struct Fields<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut fields = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    fields.push((key, map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &[u8]) -> Vec<Result<Report, String>> {
        let mut lines = JsonLines::new(input, Limits { record_bytes: 200, other_bytes: 20 }, 0);
        let mut out = Vec::new();
        while let Some((record, at, found)) = lines.next_record().unwrap() {
            out.push(found.map_err(|problem| format!("{record}/{}: {problem}", at.number)));
        }
        out
    }

    fn problems(input: &[u8]) -> Vec<String> {
        read(input).into_iter().filter_map(Result::err).collect()
    }

    #[test]
    fn keys_of_a_report_are_taken_and_others_kept() {
        let line =
            br#"{"id": 7, "published": "2017-11-08T10:00:00Z", "text": "Rebels took it.\r\n", "x": [1, 2]}"#;
        let report = read(line).remove(0).unwrap();
        assert_eq!(report.id.as_deref(), Some("7"));
        assert_eq!(report.published, Some(jiff::civil::date(2017, 11, 8)));
        assert_eq!(report.text, "Rebels took it.\r\n");
        assert_eq!(serde_json::to_string(&report.other).unwrap(), r#"{"x":[1,2]}"#);
    }

    #[test]
    fn a_bad_record_never_stops_the_rest() {
        let input =
            b"{\"text\": \n{\"id\": \"a\"}\n\n[1]\n{\"text\": 5}\n{\"text\": \" \"}\n{\"text\": \"ok\"}\n";
        assert_eq!(
            problems(input),
            [
                "1/1: broken JSON at column 9: EOF while parsing a value",
                "2/2: no `text`",
                "3/4: the JSON value is an array, not an object",
                "4/5: `text` is a number, not a string",
                "5/6: `text` is empty",
            ]
        );
        assert!(read(input).last().is_some_and(Result::is_ok));
    }

    #[test]
    fn warnings_come_with_the_report() {
        let found =
            read(br#"{"text": "ok", "published": "soon", "source": ["a"], "note": "longer than twenty"}"#);
        let told: Vec<_> = found.iter().filter_map(|item| item.as_ref().err()).collect();
        assert_eq!(
            told,
            [
                "1/1: `published` is not a date: `soon`",
                "1/1: `source` is an array, not a string",
                "1/1: keys that are not a report's own take 24 bytes; at most 20 bytes are kept",
            ]
        );
        assert_eq!(found.last().unwrap().as_ref().unwrap().text, "ok");
    }

    #[test]
    fn long_lines_and_bad_bytes_are_named_by_place() {
        let mut input = format!("{{\"text\": \"{}\"}}\n", "x".repeat(300)).into_bytes();
        input.extend_from_slice(b"{\"text\": \"caf\xE9\"}\n{\"text\": \"ok\"}\n");
        assert_eq!(
            problems(&input),
            ["1/1: 312 bytes long; the limit is 200 bytes", "2/2: not valid UTF-8 at byte 326 of the file",]
        );
    }

    #[test]
    fn hostile_nesting_is_a_diagnostic() {
        let deep = format!("{{\"text\": {}", "[".repeat(150));
        assert_eq!(problems(deep.as_bytes()).len(), 1);
        let deep = format!("{{\"x\": {}{}, \"text\": \"a\"}}", "[".repeat(5), "]".repeat(5));
        assert_eq!(problems(deep.as_bytes()).len(), 0);
    }
}
