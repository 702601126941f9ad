//! WARC archives of the web (CC-NEWS and others), streamed: pages that servers answered with, one report a page.
//!
//! A page whose paragraphs are surely not English is passed over and counted; no tree is made of it, which is what makes a crawl of the whole
//! world's news readable in minutes.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use contested_model::Report;
use memchr::memmem;

use crate::encoding::Decoder;
use crate::html::{page, text};
use crate::records::{Found, Mark, Records};
use crate::stream::Stream;
use crate::tongue::{Language, other_language};
use crate::unpack::{Members, Packing, unpacked};
use crate::{Problem, parse_date};

/// Largest page that is read, in bytes; articles are a tenth.
const LARGEST_PAGE: u64 = 4 << 20;
/// Longest head of a record, or of an answer in it.
const LONGEST_HEAD: usize = 1 << 18;
/// Bytes of a page, from its first paragraph on, by which its language is told.
const TASTE: usize = 12 << 10;
/// Letters that are enough to tell a language by.
const LETTERS: usize = 400;

/// Records that are passed over before whoever asks for reports hears of it.
const PAUSE: u64 = 256;

/// A page that was passed over because it is not English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedPage {
    /// Where its record, or the packed member that holds it, begins in the file.
    pub offset: u64,
    /// Its address.
    pub url: String,
    /// Its language.
    pub language: Language,
}

/// The pages of an archive.
pub(crate) struct Warc {
    stream: Stream,
    members: Members,
    packed: bool,
    record: u64,
    ready: VecDeque<Found>,
    passed: Vec<PassedPage>,
    /// Whether the last record's head was broken; told once in a row.
    lost: bool,
    /// Where the record read last begins in the file, or the packed member that holds it.
    begun: Mark,
    since_pause: u64,
    pausing: bool,
}

/// The head of a record.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    url: String,
    date: String,
    id: String,
    content: String,
    length: u64,
    truncated: bool,
}

impl Warc {
    pub(crate) fn new(stream: Stream, members: Members, packed: bool, begin: Mark) -> Self {
        let (ready, passed, record) = (VecDeque::new(), Vec::new(), begin.records);
        Self {
            stream,
            members,
            packed,
            record,
            ready,
            passed,
            lost: false,
            begun: begin,
            since_pause: 0,
            pausing: false,
        }
    }

    /// A line without its end, at most [`LONGEST_HEAD`] bytes of it; `None` at the end of the file.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut any = false;
        loop {
            let chunk = self.stream.fill_buf()?;
            if chunk.is_empty() {
                return Ok(any.then_some(line));
            }
            any = true;
            let end = memchr::memchr(b'\n', chunk);
            let part = &chunk[..end.unwrap_or(chunk.len())];
            if line.len() < LONGEST_HEAD {
                line.extend_from_slice(&part[..part.len().min(LONGEST_HEAD - line.len())]);
            }
            let used = end.map_or(chunk.len(), |at| at + 1);
            self.stream.consume(used);
            if end.is_some() {
                if line.ends_with(b"\r") {
                    line.pop();
                }
                return Ok(Some(line));
            }
        }
    }

    /// The next record's head; the stream stands at its block. `None` at the end.
    fn head(&mut self) -> io::Result<Option<Head>> {
        loop {
            let at = self.stream.position();
            let Some(line) = self.line()? else { return Ok(None) };
            if line.is_empty() {
                continue;
            }
            if !line.starts_with(b"WARC/") {
                if !self.lost {
                    self.lost = true;
                    let problem = Problem::BrokenWarc { at, cause: "no record begins here" };
                    self.ready.push_back(Found::of_file(problem));
                }
                continue;
            }
            if let Some(offset) = self.place(at) {
                self.begun = Mark { offset, records: self.record, lines: 0 };
            }
            let mut head = Head::default();
            let mut length = None;
            let mut bytes = 0;
            while let Some(line) = self.line()?.filter(|line| !line.is_empty()) {
                bytes += line.len();
                let line = String::from_utf8_lossy(&line);
                let Some((key, value)) = line.split_once(':') else { continue };
                if bytes > LONGEST_HEAD {
                    continue;
                }
                let value = value.trim().to_owned();
                match key.trim().to_ascii_lowercase().as_str() {
                    "warc-type" => head.kind = value,
                    "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut head.url),
                    "warc-date" => head.date = value,
                    "warc-record-id" => value.trim_matches(['<', '>']).clone_into(&mut head.id),
                    "content-type" => head.content = value.to_ascii_lowercase(),
                    "content-length" => length = value.parse().ok(),
                    "warc-truncated" => head.truncated = true,
                    _ => {}
                }
            }
            let Some(length) = length else {
                self.lost = true;
                let problem = Problem::BrokenWarc { at, cause: "a record without a length" };
                self.ready.push_back(Found::of_file(problem));
                continue;
            };
            self.lost = false;
            return Ok(Some(Head { length, ..head }));
        }
    }

    /// Where a record that begins at `at` of the stream lies in the file.
    fn place(&self, at: u64) -> Option<u64> {
        if !self.packed {
            return Some(at);
        }
        let mut members = self.members.lock().ok()?;
        while members.front().is_some_and(|(out, _)| *out < at) {
            members.pop_front();
        }
        members.front().filter(|(out, _)| *out == at).map(|(_, raw)| *raw)
    }

    /// Passes over so many bytes; says whether they were there.
    fn skip(&mut self, mut count: u64) -> io::Result<bool> {
        while count > 0 {
            let chunk = self.stream.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let used = (chunk.len() as u64).min(count);
            self.stream.consume(used as usize);
            count -= used;
        }
        Ok(true)
    }

    /// The report of the record whose block begins here; `None` for what is no page, or was passed over.
    fn page(&mut self, head: &Head, offset: u64) -> io::Result<Option<Result<Report, Problem>>> {
        let answer = matches!(head.kind.as_str(), "response") && head.content.contains("application/http");
        let bare = matches!(head.kind.as_str(), "resource" | "conversion") && is_page(&head.content);
        if !(answer || bare) || !head.url.starts_with("http") {
            return Ok(self.skip(head.length)?.then_some(()).and(None));
        }
        if head.length > LARGEST_PAGE + LONGEST_HEAD as u64 {
            // Films and archives are no reports that were lost.
            let start = self.stream.peek(2048)?;
            let is_page =
                bare || http(start).is_some_and(|(http, _)| http.status == 200 && is_page(&http.content));
            let there = self.skip(head.length)?;
            return Ok((is_page && there)
                .then_some(Err(Problem::TooLong { bytes: head.length, limit: LARGEST_PAGE })));
        }
        let mut block = Vec::with_capacity(head.length as usize);
        self.stream.by_ref().take(head.length).read_to_end(&mut block)?;
        if (block.len() as u64) < head.length {
            return Ok(Some(Err(Problem::BrokenWarc { at: offset, cause: "the file ends inside a record" })));
        }
        let mut content = head.content.clone();
        if answer {
            let Some((http, body)) = http(&block) else { return Ok(None) };
            if http.status != 200 || !is_page(&http.content) {
                return Ok(None);
            }
            let body = match plain_body(block[body..].to_vec(), &http) {
                Ok(body) => body,
                Err(problem) => return Ok(Some(Err(problem))),
            };
            block = body;
            content = http.content;
        }
        if block.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        let html = !content.starts_with("text/plain");
        if let Some(language) = taste(&block, html) {
            self.passed.push(PassedPage { offset: self.begun.offset, url: head.url.clone(), language });
            return Ok(None);
        }
        Ok(Some(report(block, &content, html, head, offset)))
    }
}

/// The report of a page's bytes.
fn report(block: Vec<u8>, content: &str, html: bool, head: &Head, offset: u64) -> Result<Report, Problem> {
    let named = content.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']));
    let named = named.map(str::to_owned).or_else(|| html.then(|| page::charset(&block)).flatten());
    // Whether a page says rightly how it is written is nothing that a user can mend.
    let (text, _) = Decoder::named(named.as_deref()).decode(block, offset)?;
    let mut report = if html { page::report(&text)? } else { Report { text, ..Report::default() } };
    // The day of the crawl is no day of publication.
    report.source = report.source.or_else(|| page::host(&head.url));
    report.url = Some(head.url.clone());
    report.id = Some(head.id.clone()).filter(|id| !id.is_empty());
    if parse_date(&head.date).is_some() {
        report.other.insert("crawled".to_owned(), head.date.clone().into());
    }
    if head.truncated {
        report.other.insert("truncated".to_owned(), true.into());
    }
    Ok(report)
}

/// The language of a page by a taste of its paragraphs, where it surely is not English.
fn taste(block: &[u8], html: bool) -> Option<Language> {
    if !html {
        let end = block.len().min(TASTE);
        return other_language(&String::from_utf8_lossy(&block[..end]));
    }
    let mut from = 0;
    // The first paragraphs of a page may be its notes on cookies: look at two places.
    for _ in 0..2 {
        let start = from + memmem::find(&block[from.min(block.len())..], b"<p")?;
        let part = String::from_utf8_lossy(&block[start..block.len().min(start + TASTE)]);
        let words = text::paragraphs_of(&part, LETTERS);
        // Replaced characters say that the page is in another encoding, of which nothing is known yet.
        if words.len() >= LETTERS / 2 && words.matches('\u{fffd}').count() * 50 <= words.len() {
            return other_language(&words);
        }
        from = start + TASTE;
    }
    None
}

fn is_page(content: &str) -> bool {
    ["text/html", "application/xhtml", "text/plain"].iter().any(|kind| content.starts_with(kind))
}

/// The head of a server's answer.
struct Http {
    status: u16,
    content: String,
    chunked: bool,
    packing: Option<Packing>,
}

/// The head of an answer, and where its body begins.
fn http(block: &[u8]) -> Option<(Http, usize)> {
    let head = &block[..block.len().min(LONGEST_HEAD)];
    let crlf = memmem::find(head, b"\r\n\r\n").map(|at| (at, at + 4));
    let (end, body) = crlf.or_else(|| memmem::find(head, b"\n\n").map(|at| (at, at + 2)))?;
    let text = String::from_utf8_lossy(&head[..end]);
    let mut lines = text.lines();
    let first = lines.next()?;
    let status = first.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
    let mut http = Http { status, content: String::new(), chunked: false, packing: None };
    for line in lines {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        match key.trim().to_ascii_lowercase().as_str() {
            "content-type" => http.content = value,
            "transfer-encoding" => http.chunked = value.contains("chunked"),
            "content-encoding" if value.contains("gzip") => http.packing = Some(Packing::Gzip),
            "content-encoding" if value.contains("zstd") => http.packing = Some(Packing::Zstd),
            _ => {}
        }
    }
    Some((http, body))
}

/// The body as its server meant it. Crawlers that undid chunks and packing left the heads that told of them.
fn plain_body(mut body: Vec<u8>, http: &Http) -> Result<Vec<u8>, Problem> {
    if http.chunked
        && let Some(whole) = without_chunks(&body)
    {
        body = whole;
    }
    if let Some(packing) = http.packing
        && crate::unpack::packing(&body).ok().flatten() == Some(packing)
    {
        body = unpack_bounded(body, packing, LARGEST_PAGE)?;
    }
    Ok(body)
}

/// Unpacks bytes in memory, up to a limit.
pub(crate) fn unpack_bounded(body: Vec<u8>, packing: Packing, limit: u64) -> Result<Vec<u8>, Problem> {
    let size = std::sync::Arc::new((body.len() as u64).into());
    let stream = Stream::new(Box::new(io::Cursor::new(body)));
    let mut stream = unpacked(stream, packing, size, &Members::default());
    let found = crate::stream::read_up_to(&mut stream, limit).map_err(Problem::of)?;
    found.ok_or(Problem::TooLong { bytes: limit + 1, limit })
}

fn without_chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = memmem::find(&body[..body.len().min(64)], b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 2..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..size)?);
        body = body.get(size + 2..).unwrap_or_default();
    }
}

impl Records for Warc {
    fn next_record(&mut self) -> io::Result<Option<Found>> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Ok(Some(found));
            }
            let Some(head) = self.head()? else {
                if let Some(found) = self.ready.pop_front() {
                    return Ok(Some(found));
                }
                return Ok(None);
            };
            let offset = self.stream.position();
            let page = self.page(&head, offset)?;
            let found = page.map(|what| {
                self.record += 1;
                Found { record: Some(self.record), line: None, what }
            });
            self.ready.extend(found);
            self.since_pause += 1;
            if self.ready.is_empty() && self.since_pause >= PAUSE {
                // Whoever shows progress must not wait for an English page.
                self.since_pause = 0;
                self.pausing = true;
                return Ok(None);
            }
        }
    }

    fn mark(&self) -> Option<Mark> {
        // The record read last is read again by whoever goes on here: it may have been given, but not kept.
        self.ready.is_empty().then_some(self.begun)
    }

    fn pausing(&mut self) -> bool {
        std::mem::take(&mut self.pausing)
    }

    fn take_passed(&mut self) -> Vec<PassedPage> {
        std::mem::take(&mut self.passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "<p>Rebels captured the town of Rawa on Tuesday, a commander said, and the army denied that it had been lost to them. \
        Residents said that shelling went on for most of the night and that many of them had fled to the villages by the river, where there is neither water nor bread.</p>";
    const FRENCH: &str = "<p>Les rebelles ont pris la ville mardi, selon un commandant, et l'armée a démenti l'avoir perdue. Des habitants ont raconté que les tirs \
        avaient duré presque toute la nuit et que beaucoup d'entre eux s'étaient enfuis vers les villages au bord du fleuve, où il n'y a ni eau ni pain.</p>";

    fn record(kind: &str, url: &str, block: &str) -> Vec<u8> {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2017-11-09T00:00:00Z\r\nWARC-Record-ID: <urn:{url}>\r\n\
             Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
        .into_bytes()
    }

    fn answer(url: &str, head: &str, body: &str) -> Vec<u8> {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{head}\r\n");
        record("response", url, &format!("{head}{body}"))
    }

    fn read(file: Vec<u8>) -> (Vec<String>, Vec<PassedPage>) {
        let stream = Stream::new(Box::new(io::Cursor::new(file)));
        let mut warc = Warc::new(stream, Members::default(), false, Mark::default());
        let mut out = Vec::new();
        while let Some(found) = warc.next_record().unwrap() {
            out.push(found.what.map_or_else(
                |problem| problem.to_string(),
                |report| format!("{} {}", report.url.unwrap_or_default(), &report.text[..30]),
            ));
        }
        (out, warc.take_passed())
    }

    #[test]
    fn pages_are_reports_and_other_languages_are_passed_over() {
        let chunks = format!("{:x}\r\n{ENGLISH}\r\n0\r\n\r\n", ENGLISH.len());
        let file = [
            record("warcinfo", "", "software: x"),
            record("request", "http://a.example/", "GET / HTTP/1.1\r\n\r\n"),
            answer("http://a.example/1", "", ENGLISH),
            answer("http://a.example/2", "", FRENCH),
            answer("http://a.example/3", "Transfer-Encoding: chunked\r\n", &chunks),
            record("response", "http://a.example/4", "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\nno"),
            answer("http://a.example/5", "", "<script>x</script>"),
        ];
        let at = file[..3].concat().len() as u64;
        let (found, passed) = read(file.concat());
        assert_eq!(
            found,
            [
                "http://a.example/1 Rebels captured the town of Ra",
                "http://a.example/3 Rebels captured the town of Ra",
                "no words of an article on the page",
            ]
        );
        assert_eq!((passed.len(), passed[0].language.code, passed[0].offset), (1, "fra", at));
    }

    #[test]
    fn broken_archives_are_told_and_read_on() {
        let whole = answer("http://a.example/1", "", ENGLISH);
        let broken = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nrubbish\nmore\n".to_vec();
        let cut = whole[..whole.len() - 100].to_vec();
        let at = (broken.len() + whole.len() * 2 - ENGLISH.len()) as u64;
        let (found, _) = read([broken, whole, cut].concat());
        assert_eq!(found[0], "no WARC record at byte 0: a record without a length");
        assert_eq!(found[1], "http://a.example/1 Rebels captured the town of Ra");
        assert!(found[2].ends_with("the file ends inside a record") && found.len() == 3, "{found:?} {at}");
        let endless = b"WARC/1.0\r\nContent-Length: 99999999999999\r\nWARC-Type: response\r\nContent-Type: application/http\r\nWARC-Target-URI: http://x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
        assert!(read(endless.to_vec()).0.is_empty());
    }
}
