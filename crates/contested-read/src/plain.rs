//! Plain text: one report a file, or several with lines between them.

use std::io::Read;

use contested_model::Report;
use jiff::civil::Date;

use crate::encoding::Decoder;
use crate::records::Found;
use crate::stream::{Stream, read_up_to};
use crate::{Limits, Problem, parse_date};

/// Lines at the head of a report that may tell of it.
const HEAD_LINES: usize = 8;
/// Fewest words of a report among several.
const LEAST_WORDS: usize = 12;

/// Reads a whole stream as text.
///
/// # Errors
/// When it is too long, or no text.
pub(crate) fn read_plain(stream: &mut Stream, limits: Limits) -> Result<Vec<Found>, Problem> {
    let start = stream.position();
    let Some(bytes) = read_up_to(stream, limits.record_bytes).map_err(Problem::of)? else {
        // The rest is counted in a small buffer, so that the message can say how long the text is.
        std::io::copy(stream.by_ref(), &mut std::io::sink()).map_err(Problem::of)?;
        return Err(Problem::TooLong { bytes: stream.position() - start, limit: limits.record_bytes });
    };
    crate::content::binary(&bytes, start)?;
    let (text, told) = Decoder::default().decode(bytes, start)?;
    if text.trim().is_empty() {
        return Err(Problem::Blank);
    }
    let mut found: Vec<Found> = told.into_iter().map(Found::of_file).collect();
    if let Some(reports) = parted(&text) {
        found.push(Found::of_file(Problem::Parted { reports: reports.len() as u64 }));
        found.extend(reports.into_iter().zip(1..).map(|((line, report), record)| Found {
            record: Some(record),
            line: Some(line),
            what: Ok(report),
        }));
        return Ok(found);
    }
    let head = Head::of(&text);
    let report = Report {
        published: head.published,
        source: head.source,
        title: head.title,
        text,
        ..Report::default()
    };
    found.push(Found { record: None, line: None, what: Ok(report) });
    Ok(found)
}

/// What the lines at the head of a report tell of it.
#[derive(Debug, Default, PartialEq)]
struct Head {
    published: Option<Date>,
    source: Option<String>,
    title: Option<String>,
    /// Bytes of the lines such as `Source: Wire`, which are no part of the report's words.
    length: usize,
    /// Whether something shows that a report begins here.
    begins: bool,
}

impl Head {
    fn of(text: &str) -> Self {
        let mut head = Self::default();
        let mut at = 0;
        let mut only_fields = true;
        for line in text.split_inclusive('\n').take(HEAD_LINES) {
            at += line.len();
            let words = line.trim();
            if words.is_empty() {
                continue;
            }
            if let Some((key, value)) = field(words) {
                match key {
                    Field::Published => head.published = head.published.or_else(|| date_in(value)),
                    Field::Source => head.source = head.source.take().or_else(|| Some(value.to_owned())),
                    Field::Title => head.title = head.title.take().or_else(|| Some(value.to_owned())),
                }
                head.begins = true;
                if only_fields {
                    head.length = at;
                }
                continue;
            }
            only_fields = false;
            if let Some(day) = date_in(words) {
                head.published = head.published.or(Some(day));
                head.begins = true;
            } else if is_byline(words) || has_dateline(words) {
                head.begins = true;
            }
        }
        head
    }
}

enum Field {
    Published,
    Source,
    Title,
}

/// A line such as `Date: 8 November 2017`.
fn field(line: &str) -> Option<(Field, &str)> {
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    let field = match key.trim().to_ascii_lowercase().as_str() {
        "date" | "published" | "publication date" | "pubdate" | "load-date" | "posted" | "date published" => {
            date_in(value)?;
            Field::Published
        }
        "source" | "outlet" | "agency" | "publication" => Field::Source,
        "title" | "headline" | "subject" => Field::Title,
        _ => return None,
    };
    (!value.is_empty() && value.len() <= 300).then_some((field, value))
}

/// The day of a line that is nothing but a date, with what outlets write around it ("Published 8 November 2017 10:12 GMT").
fn date_in(line: &str) -> Option<Date> {
    if line.len() > 70 {
        return None;
    }
    const AROUND: [&str; 9] =
        ["published", "posted", "updated", "date", "on", "at", "last", "first", "created"];
    let mut words: Vec<&str> =
        line.split([' ', '\t', '|', '(', ')']).filter(|word| !word.is_empty()).collect();
    while let Some(first) = words.first()
        && AROUND.contains(&first.trim_end_matches(':').to_ascii_lowercase().as_str())
    {
        words.remove(0);
    }
    let line = words.join(" ");
    if let Some(day) = parse_date(&line) {
        return Some(day);
    }
    // "Wed 05 Apr 2017", "November 8, 2017 / 10:12 AM": a year, and behind it only a time of day.
    let year = words.iter().position(|word| {
        let word = word.trim_end_matches(',');
        word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|byte| byte.is_ascii_digit())
    })?;
    let time_only = words[year + 1..]
        .iter()
        .all(|word| word.len() <= 5 || word.bytes().any(|byte| byte.is_ascii_digit()) && word.len() <= 9);
    if !time_only || words.len() > year + 6 {
        return None;
    }
    let weekday = |word: &str| {
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let word = word.trim_end_matches([',', '.']).to_ascii_lowercase();
        DAYS.iter().any(|day| word.starts_with(day)) && word.len() <= 9
    };
    let date = if weekday(words[0]) { &words[1..=year] } else { &words[..=year] };
    parse_date(&date.join(" "))
}

/// "By Jane Doe", "By Jane Doe and John Roe in Beirut".
fn is_byline(line: &str) -> bool {
    line.len() <= 120
        && !line.ends_with('.')
        && line.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "))
        && line[3..].starts_with(|c: char| c.is_uppercase())
}

/// "BEIRUT (Reuters) -", "ALEPPO, Nov 8 --": capitals, perhaps an agency or a day, and a dash, all near the start of the line.
fn has_dateline(line: &str) -> bool {
    let head: String = line.chars().take(70).collect();
    let Some(end) =
        [" - ", " -- ", " – ", " — ", " —", ") -"].iter().filter_map(|dash| head.find(dash)).min()
    else {
        return false;
    };
    let place = head[..end].split(['(', ',']).next().unwrap_or_default();
    place.chars().filter(|c| c.is_uppercase()).count() >= 3 && !place.chars().any(char::is_lowercase)
}

/// Whether a line parts reports: one character over and over, or a page break.
fn is_separator(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '\r', '\n']);
    if line == "\u{c}" {
        return true;
    }
    let mut chars = line.chars();
    let Some(first) = chars.next().filter(|c| matches!(c, '-' | '=' | '*' | '_' | '#' | '~')) else {
        return false;
    };
    line.len() >= 3 && chars.all(|c| c == first)
}

/// The reports of a text that holds several, each with its line: parted by separators, and each with a head that shows that a report begins. A single
/// report may have such lines, too; then its parts have no heads, and it is left whole.
fn parted(text: &str) -> Option<Vec<(u64, Report)>> {
    let mut parts: Vec<(u64, &str)> = Vec::new();
    let (mut start, mut start_line, mut at) = (0, 1, 0);
    for (number, line) in (1u64..).zip(text.split_inclusive('\n')) {
        if is_separator(line) {
            parts.push((start_line, &text[start..at]));
            start = at + line.len();
            start_line = number + 1;
        }
        at += line.len();
    }
    parts.push((start_line, &text[start..]));
    parts.retain(|(_, part)| !part.trim().is_empty());
    if parts.len() < 2 {
        return None;
    }
    let mut reports = Vec::new();
    for (line, part) in parts {
        let head = Head::of(part);
        let body = &part[head.length..];
        let blank: usize = body.len() - body.trim_start_matches(['\r', '\n']).len();
        if !head.begins || body.split_whitespace().nth(LEAST_WORDS - 1).is_none() {
            return None;
        }
        let before = part[..head.length + blank].matches('\n').count() as u64;
        let report = Report {
            published: head.published,
            source: head.source,
            title: head.title,
            text: body.trim_matches(['\r', '\n']).to_owned(),
            ..Report::default()
        };
        reports.push((line + before, report));
    }
    Some(reports)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Found> {
        let mut stream = Stream::new(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())));
        read_plain(&mut stream, Limits::default()).unwrap()
    }

    #[test]
    fn lines_that_are_dates_date_a_report_and_its_text_stays_whole() {
        for head in [
            "Date: 2017-11-08",
            "8 November 2017",
            "November 8, 2017 / 10:12 AM",
            "Wed 08 Nov 2017 10:12 GMT",
            "Published: Nov. 8, 2017",
        ] {
            let text = format!("Town falls\n{head}\n\nRebels took Rawa.\n");
            let report = read(&text).pop().unwrap().what.unwrap();
            assert_eq!(
                (report.published, report.text),
                (Some(jiff::civil::date(2017, 11, 8)), text),
                "{head}"
            );
        }
        for none in ["Nov 8", "8/11/2017", "In 2017 rebels took 12 towns", "Source: close to the army"] {
            assert_eq!(
                read(&format!("{none}\nRebels took Rawa.")).pop().unwrap().what.unwrap().published,
                None
            );
        }
    }

    #[test]
    fn several_reports_in_a_file_are_parted_where_heads_show_it() {
        let words = "Rebels captured the town of Rawa on Tuesday, a commander said, after days of fighting.";
        let text = format!(
            "Source: Wire\nDate: 8 November 2017\n\n{words}\n-----\nBEIRUT (Wire) - {words}\n\n=====\nBy Jane Doe\n{words}\n"
        );
        let found = read(&text);
        assert_eq!(found[0].what.as_ref().unwrap_err().code(), "parted");
        let told: Vec<_> = found[1..]
            .iter()
            .map(|found| {
                let report = found.what.as_ref().unwrap();
                (
                    found.line.unwrap(),
                    report.source.as_deref(),
                    report.published.is_some(),
                    report.text.as_str(),
                )
            })
            .collect();
        let (dateline, byline) = (format!("BEIRUT (Wire) - {words}"), format!("By Jane Doe\n{words}"));
        assert_eq!(
            told,
            [(4, Some("Wire"), true, words), (6, None, false, &dateline), (9, None, false, &byline)]
        );
        let single = format!("{words}\n\n-----\n{words}\n");
        assert_eq!(read(&single).pop().unwrap().what.unwrap().text, single);
    }
}
