use std::collections::VecDeque;
use std::io::BufRead;

use crate::json::Objects;
use crate::lines::{BoundedLines, Line};
use crate::mapping::Mapping;
use crate::records::{Found, Mark, Records};
use crate::{Limits, Problem};

/// Reports of a JSON Lines stream.
#[derive(Debug)]
pub(crate) struct JsonLines<R> {
    lines: BoundedLines<R>,
    objects: Objects,
    limits: Limits,
    record: u64,
    /// Warnings about a record come before the record itself.
    ready: VecDeque<Found>,
}

impl<R: BufRead> JsonLines<R> {
    /// `begin` is where in its file the reader stands.
    pub(crate) const fn new(reader: R, limits: Limits, mapping: Mapping, begin: Mark) -> Self {
        Self {
            lines: BoundedLines::new(reader, limits.record_bytes, begin.offset, begin.lines),
            objects: Objects::new(limits, mapping),
            limits,
            record: begin.records,
            ready: VecDeque::new(),
        }
    }
}

impl<R: BufRead> Records for JsonLines<R> {
    fn next_record(&mut self) -> std::io::Result<Option<Found>> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Ok(Some(found));
            }
            let Some((at, line)) = self.lines.next_line()? else { return Ok(None) };
            let bytes = match line {
                Line::Whole(bytes) if bytes.trim_ascii().is_empty() => continue,
                line => line,
            };
            self.record += 1;
            let found = |what| Found { record: Some(self.record), line: Some(at.number), what };
            let bytes = match bytes {
                Line::Whole(bytes) => bytes,
                Line::TooLong(bytes) => {
                    return Ok(Some(found(Err(Problem::TooLong { bytes, limit: self.limits.record_bytes }))));
                }
            };
            let mut warnings = Vec::new();
            let report = self.objects.read(&bytes, at.offset, &mut warnings);
            self.ready.extend(warnings.into_iter().map(|problem| found(Err(problem))));
            self.ready.push_back(found(report));
        }
    }

    fn mark(&self) -> Option<Mark> {
        let (offset, lines) = self.lines.position();
        self.ready.is_empty().then_some(Mark { offset, records: self.record, lines })
    }
}

#[cfg(test)]
mod tests {
    use contested_model::Report;

    use super::*;

    fn read(input: &[u8]) -> Vec<Result<Report, String>> {
        let mut lines = JsonLines::new(
            input,
            Limits { record_bytes: 200, other_bytes: 20 },
            Mapping::default(),
            Mark::default(),
        );
        let mut out = Vec::new();
        while let Some(Found { record, line, what }) = lines.next_record().unwrap() {
            out.push(what.map_err(|problem| format!("{}/{}: {problem}", record.unwrap(), line.unwrap())));
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

    #[test]
    fn other_names_are_taken_where_there_is_no_text_or_as_the_user_says() {
        let line = br#"{"maintext": "Rebels took it.", "date_publish": "2017-11-08 10:00:00", "n": 1}"#;
        let found = read(line);
        let told = found[0].as_ref().unwrap_err();
        assert_eq!(told, "1/1: columns are guessed: text=maintext,published=date_publish");
        let report = found[1].as_ref().unwrap();
        assert_eq!(report.published, Some(jiff::civil::date(2017, 11, 8)));
        assert_eq!(serde_json::to_string(&report.other).unwrap(), r#"{"n":1}"#);
        assert_eq!(problems(br#"{"report": {"id": 1}}"#), ["1/1: no `text`"]);
        let map = "text=doc.body,published=when:%d/%m/%Y".parse().unwrap();
        let input = br#"{"text": "no", "doc": {"body": "Rebels took it."}, "when": "8/11/2017"}"#;
        let mut lines = JsonLines::new(&input[..], Limits::default(), map, Mark::default());
        let report = lines.next_record().unwrap().unwrap().what.unwrap();
        assert_eq!(
            (report.text.as_str(), report.published),
            ("Rebels took it.", Some(jiff::civil::date(2017, 11, 8)))
        );
        assert_eq!(report.other["text"], "no");
    }
}
