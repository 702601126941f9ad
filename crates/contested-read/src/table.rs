//! Tables: CSV, TSV and their like, with a head that names the columns.

use std::collections::VecDeque;
use std::io::BufRead;

use contested_model::Report;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::encoding::Decoder;
use crate::mapping::{Mapping, Role, day, proven_format};
use crate::records::{Found, Records};
use crate::stream::Stream;
use crate::{Limits, Problem};

/// What may part cells.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];
/// Most columns of a table.
const MOST_COLUMNS: usize = 1024;
/// Records at the start of a file that guesses are made from.
const SAMPLE: usize = 50;

/// How a table is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    delimiter: u8,
    names: Vec<String>,
    mapping: Mapping,
    /// Whether something of the mapping was guessed.
    guessed: bool,
}

/// What `head`, the beginning of a file, says of it as a table; `None` when it is none.
///
/// # Errors
/// When it is a table, but no column is known to hold text.
pub(crate) fn layout(head: &[u8], given: &Mapping) -> Result<Option<Layout>, Problem> {
    let mut without_text = None;
    for delimiter in DELIMITERS {
        let rows = rows(head, delimiter);
        let Some(names) = rows.first() else { continue };
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        let distinct = (1..names.len()).all(|at| !names[..at].contains(&names[at]));
        let all_given =
            !given.columns.is_empty() && given.columns.iter().all(|mapped| names.contains(&mapped.column));
        let short = names.iter().all(|name| name.len() <= 40 && !name.ends_with(['.', '!', '?']));
        if !all_given && (names.len() < 2 || !distinct || !short) {
            continue;
        }
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut mapping = given.with_guesses(&known);
        if mapping.of(Role::Text).is_none() || !all_given && !given.columns.is_empty() {
            // Prose has commas, too: only what is a table beyond doubt is told to lack its text.
            let regular = rows.len() > 3 && rows.iter().all(|row| row.len() == names.len());
            let identifiers = names.iter().all(|name| {
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
            });
            if regular && identifiers && names.len() > 2 {
                without_text.get_or_insert(names);
            }
            continue;
        }
        // One known word among commas is prose ("Text, he said"); a table has a row like its head, or another known column.
        let row_alike = rows.len() < 2 || rows[1..].iter().any(|row| row.len() == names.len());
        if !all_given && !row_alike {
            continue;
        }
        let guessed = mapping.columns.len() > given.columns.len();
        let undated = mapping
            .columns
            .iter_mut()
            .find(|mapped| mapped.role == Role::Published && mapped.format.is_none());
        if let Some(published) = undated
            && let Some(at) = names.iter().position(|name| *name == published.column)
            && let Some(format) =
                proven_format(rows[1..].iter().filter_map(|row| row.get(at)).map(String::as_str))
        {
            published.format = Some(format.to_owned());
        }
        return Ok(Some(Layout { delimiter, names, mapping, guessed }));
    }
    without_text.map_or(Ok(None), |columns| Err(Problem::NoTextColumn { columns: columns.join(", ") }))
}

/// The whole records at the beginning of a file.
fn rows(head: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut output = vec![0; head.len() + 16];
    let mut ends = vec![0; MOST_COLUMNS];
    let mut rows = Vec::new();
    let mut rest = head;
    while rows.len() < SAMPLE {
        let (result, read, _, fields) = reader.read_record(rest, &mut output, &mut ends);
        rest = &rest[read..];
        if result != ReadRecordResult::Record {
            // The last record may be cut; the head alone counts all the same.
            if rows.is_empty() && result == ReadRecordResult::InputEmpty {
                let (result, _, _, fields) = reader.read_record(&[], &mut output, &mut ends);
                if result == ReadRecordResult::Record {
                    rows.push(cells(&output, &ends[..fields]));
                }
            }
            break;
        }
        rows.push(cells(&output, &ends[..fields]));
    }
    rows
}

fn cells(output: &[u8], ends: &[usize]) -> Vec<String> {
    let mut start = 0;
    ends.iter()
        .map(|&end| {
            let cell = String::from_utf8_lossy(output.get(start..end).unwrap_or_default()).into_owned();
            start = end;
            cell
        })
        .collect()
}

/// The reports of a table, one record in memory at a time.
pub(crate) struct Table {
    stream: Stream,
    reader: Reader,
    layout: Layout,
    limits: Limits,
    decoder: Decoder,
    /// Line of the file before the reader's first.
    lines_before: u64,
    record: u64,
    head_read: bool,
    ready: VecDeque<Found>,
    output: Vec<u8>,
    ends: Vec<usize>,
}

/// How reading a record ended.
enum Row {
    Cells(usize),
    TooLong,
    TooManyCells,
    End,
}

impl Table {
    pub(crate) fn new(stream: Stream, layout: Layout, limits: Limits) -> Self {
        let reader = ReaderBuilder::new().delimiter(layout.delimiter).build();
        let mut ready = VecDeque::new();
        if layout.guessed {
            ready.push_back(Found::of_file(Problem::Guessed { mapping: layout.mapping.to_string() }));
        }
        Self {
            stream,
            reader,
            layout,
            limits,
            decoder: Decoder::default(),
            lines_before: 0,
            record: 0,
            head_read: false,
            ready,
            output: vec![0; 1 << 14],
            ends: vec![0; MOST_COLUMNS],
        }
    }

    /// Reads a record into `output` and `ends`.
    fn row(&mut self) -> std::io::Result<Row> {
        let (mut written, mut cells) = (0, 0);
        loop {
            let input = self.stream.fill_buf()?;
            let (result, read, wrote, ended) =
                self.reader.read_record(input, &mut self.output[written..], &mut self.ends[cells..]);
            self.stream.consume(read);
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if (self.output.len() as u64) < self.limits.record_bytes => {
                    let larger = (self.output.len() as u64 * 2).min(self.limits.record_bytes);
                    self.output.resize(larger as usize, 0);
                }
                ReadRecordResult::OutputFull => return Ok(Row::TooLong),
                ReadRecordResult::OutputEndsFull => return Ok(Row::TooManyCells),
                ReadRecordResult::Record => return Ok(Row::Cells(cells)),
                ReadRecordResult::End => return Ok(Row::End),
            }
        }
    }

    fn line(&self) -> u64 {
        self.lines_before + self.reader.line()
    }

    /// Begins anew on the next line: a quotation mark that never closes has eaten records.
    fn begin_anew(&mut self) -> std::io::Result<()> {
        self.lines_before += self.reader.line() - 1;
        loop {
            let chunk = self.stream.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', chunk);
            let used = end.map_or(chunk.len(), |at| at + 1);
            self.stream.consume(used);
            if end.is_some() {
                self.lines_before += 1;
                break;
            }
        }
        self.reader = ReaderBuilder::new().delimiter(self.layout.delimiter).build();
        // What was eaten is not held on to.
        self.output = vec![0; 1 << 14];
        Ok(())
    }

    fn report(&mut self, cells: usize, offset: u64, told: &mut Vec<Problem>) -> Result<Report, Problem> {
        let names = self.layout.names.len();
        let ends = self.ends[..cells].to_vec();
        let cell = |at: usize| {
            let start = if at == 0 { 0 } else { ends.get(at - 1).copied().unwrap_or(0) };
            ends.get(at).and_then(|end| self.output.get(start..*end))
        };
        let surplus = (names..cells).any(|at| cell(at).is_some_and(|cell| !cell.trim_ascii().is_empty()));
        if surplus || cells < names && cells < 2 {
            return Err(Problem::RaggedRow { found: cells as u64, wanted: names as u64 });
        }
        let mut report = Report::default();
        let mut other_bytes = 0;
        for (at, name) in self.layout.names.iter().enumerate() {
            let Some(bytes) = cell(at) else { continue };
            let (value, problems) = self.decoder.decode(bytes.to_vec(), offset)?;
            told.extend(problems);
            let mapped = self.layout.mapping.columns.iter().find(|mapped| mapped.column == *name);
            let there = Some(value.clone()).filter(|value| !value.trim().is_empty());
            match mapped.map(|mapped| mapped.role) {
                Some(Role::Text) => report.text = value,
                Some(Role::Id) => report.id = there,
                Some(Role::Source) => report.source = there,
                Some(Role::Title) => report.title = there,
                Some(Role::Url) => report.url = there,
                Some(Role::Published) => {
                    let format = mapped.and_then(|mapped| mapped.format.as_deref());
                    report.published = day(&value, format);
                    if report.published.is_none() && there.is_some() {
                        told.push(Problem::BadDate { value: value.chars().take(80).collect() });
                    }
                }
                None if !value.is_empty() => {
                    other_bytes += (name.len() + value.len()) as u64;
                    report.other.insert(name.clone(), value.into());
                }
                None => {}
            }
        }
        if report.text.trim().is_empty() {
            return Err(Problem::EmptyText);
        }
        if other_bytes > self.limits.other_bytes {
            report.other.clear();
            told.push(Problem::TooMuchElse { bytes: other_bytes, limit: self.limits.other_bytes });
        }
        Ok(report)
    }
}

impl Records for Table {
    fn next_record(&mut self) -> std::io::Result<Option<Found>> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Ok(Some(found));
            }
            let (line, offset) = (self.line(), self.stream.position());
            let row = self.row()?;
            if !self.head_read {
                self.head_read = true;
                if matches!(row, Row::Cells(_)) {
                    continue;
                }
            }
            let cells = match row {
                Row::End => return Ok(None),
                Row::Cells(cells) => {
                    self.record += 1;
                    cells
                }
                Row::TooLong | Row::TooManyCells => {
                    self.record += 1;
                    self.begin_anew()?;
                    let problem = match row {
                        Row::TooLong => Problem::OpenQuote { limit: self.limits.record_bytes },
                        _ => Problem::RaggedRow {
                            found: MOST_COLUMNS as u64,
                            wanted: self.layout.names.len() as u64,
                        },
                    };
                    let record = Some(self.record);
                    return Ok(Some(Found { record, line: Some(line), what: Err(problem) }));
                }
            };
            let mut told = Vec::new();
            let report = self.report(cells, offset, &mut told);
            let found = |what| Found { record: Some(self.record), line: Some(line), what };
            self.ready.extend(told.into_iter().map(|problem| found(Err(problem))));
            self.ready.push_back(found(report));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &[u8], given: &str) -> Vec<String> {
        let limits = Limits { record_bytes: 20_000, other_bytes: 1000 };
        let layout = match layout(input, &given.parse().unwrap()) {
            Ok(Some(layout)) => layout,
            Ok(None) => return vec!["no table".to_owned()],
            Err(problem) => return vec![problem.to_string()],
        };
        let mut table =
            Table::new(Stream::new(Box::new(std::io::Cursor::new(input.to_vec()))), layout, limits);
        let mut out = Vec::new();
        while let Some(Found { line, what, .. }) = table.next_record().unwrap() {
            out.push(match what {
                Ok(report) => format!(
                    "{}|{}|{}|{:?}",
                    report.text,
                    report.source.unwrap_or_default(),
                    report.published.map(|day| day.to_string()).unwrap_or_default(),
                    report.other.keys().collect::<Vec<_>>()
                ),
                Err(problem) => format!("{}: {problem}", line.unwrap_or(0)),
            });
        }
        out
    }

    #[test]
    fn tables_are_read_by_their_head() {
        let csv = b"unit_id,article_content,source,date,note\r\n1,\"Rebels took \"\"Rawa\"\",\nthey said.\",Wire,2/13/2017,x\r\n\r\n2,Shelling.,,8/11/2017,\r\n";
        assert_eq!(
            read(csv, ""),
            [
                "0: columns are guessed: text=article_content,id=unit_id,source=source,published=date:%m/%d/%Y",
                "Rebels took \"Rawa\",\nthey said.|Wire|2017-02-13|[\"note\"]",
                "Shelling.||2017-08-11|[]",
            ]
        );
        let tsv = b"words\tday\nRebels took Rawa, they said.\t8/11/2017\n";
        assert_eq!(
            read(tsv, "text=words,published=day:%d/%m/%Y"),
            ["Rebels took Rawa, they said.||2017-11-08|[]"]
        );
    }

    #[test]
    fn prose_is_no_table_and_a_table_without_text_is_told() {
        assert_eq!(read(b"Text, he said, was sent.\nNobody, she said, had read it.\n", ""), ["no table"]);
        assert_eq!(read(b"Beirut, Lebanon\nRebels took Rawa, they said.\n", ""), ["no table"]);
        let numbers = b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n";
        assert_eq!(read(numbers, ""), ["a table with the columns a, b, c, none of them known to hold text"]);
        assert_eq!(read(numbers, "text=b").len(), 3);
    }

    #[test]
    fn broken_rows_cost_only_themselves() {
        let mut csv = b"text,source,day\nRebels took Rawa.,Wire\n1,2,3,4\nShelling.,Wire,x\n\"".to_vec();
        csv.extend(vec![b'y'; 50_000]);
        csv.extend(b"\nThe army withdrew.,Wire,x\ncaf\xE9 shelled by the army,Wire,x\n");
        assert_eq!(
            read(&csv, ""),
            [
                "0: columns are guessed: text=text,source=source",
                "Rebels took Rawa.|Wire||[]",
                "3: 4 cells in a row of a table with 3 columns",
                "Shelling.|Wire||[\"day\"]",
                "5: over 20000 bytes long; perhaps a quotation mark is never closed",
                "The army withdrew.|Wire||[\"day\"]",
                "7: not valid UTF-8 (byte 50095): read as windows-1252",
                "café shelled by the army|Wire||[\"day\"]",
            ]
        );
    }
}
