//! RSS (0.9 to 2.0) and Atom, item by item: a feed that breaks off gives what came before. No entity is expanded but those of HTML, none of
//! them twice, and nothing that a document type says is believed.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contested_model::Report;
use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::encoding::{mojibake, transcoded};
use crate::html::page::host;
use crate::html::text::text_of;
use crate::records::{Found, Records};
use crate::stream::Stream;
use crate::{Limits, Problem, parse_date};

/// Words that make a headline a text, where an item has nothing else.
const HEADLINE_WORDS: usize = 4;

/// Deepest nesting of a feed.
const DEEPEST: usize = 1000;

/// The reports of a feed.
pub(crate) struct Feed {
    reader: Reader<Budget>,
    left: Arc<AtomicU64>,
    limits: Limits,
    buffer: Vec<u8>,
    /// Elements that are open.
    depth: usize,
    title: Option<String>,
    item: Option<Item>,
    capture: Option<Capture>,
    record: u64,
    ready: VecDeque<Found>,
    mojibake_told: bool,
    ended: bool,
}

/// A stream that ends in a problem when one item takes too much of it.
struct Budget {
    stream: Stream,
    left: Arc<AtomicU64>,
    limit: u64,
}

impl Read for Budget {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Budget {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left.load(Ordering::Relaxed) == 0 {
            let problem = Problem::TooLong { bytes: self.limit, limit: self.limit };
            return Err(io::Error::other(problem));
        }
        self.stream.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.stream.consume(count);
        let left = self.left.load(Ordering::Relaxed).saturating_sub(count as u64);
        self.left.store(left, Ordering::Relaxed);
    }
}

/// Parts of an item that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Content,
    Summary,
    Link,
    Id,
    Published,
    Updated,
    Source,
    Author,
}

#[derive(Debug, Default)]
struct Item {
    depth: usize,
    title: Option<String>,
    content: Option<String>,
    summary: Option<String>,
    link: Option<String>,
    id: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    source: Option<String>,
    author: Option<String>,
}

/// An element whose characters are being gathered.
#[derive(Debug)]
struct Capture {
    part: Part,
    depth: usize,
    kind: Kind,
    text: String,
}

/// What the characters of an element are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Words.
    Plain,
    /// HTML, escaped.
    Html,
    /// Markup among the feed's own.
    Markup,
}

impl Feed {
    /// # Errors
    /// Those of the stream.
    pub(crate) fn new(mut stream: Stream, limits: Limits, charset: Option<&str>) -> io::Result<Self> {
        let declared = declared(stream.peek(200)?);
        let label = charset.map(str::to_owned).or(declared);
        let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes()));
        let stream = transcoded(stream, encoding.unwrap_or(encoding_rs::UTF_8));
        let left = Arc::new(AtomicU64::new(limits.record_bytes));
        let mut reader =
            Reader::from_reader(Budget { stream, left: Arc::clone(&left), limit: limits.record_bytes });
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Ok(Self {
            reader,
            left,
            limits,
            buffer: Vec::new(),
            depth: 0,
            title: None,
            item: None,
            capture: None,
            record: 0,
            ready: VecDeque::new(),
            mojibake_told: false,
            ended: false,
        })
    }

    /// Reads on to the next item or the end.
    fn step(&mut self) {
        self.buffer.clear();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event.into_owned(),
            Err(error) => {
                self.ended = true;
                let problem = match error {
                    quick_xml::Error::Io(error) => io_problem(&error),
                    other => {
                        Problem::BrokenXml { at: self.reader.error_position(), cause: other.to_string() }
                    }
                };
                self.ready.push_back(Found::of_file(problem));
                return;
            }
        };
        match event {
            Event::Eof => {
                self.ended = true;
                if self.item.is_some() {
                    let at = self.reader.buffer_position();
                    let cause = "the file ends inside an item".to_owned();
                    self.ready.push_back(Found::of_file(Problem::BrokenXml { at, cause }));
                }
            }
            Event::Start(tag) => {
                self.depth += 1;
                self.open(&tag);
                if self.depth > DEEPEST {
                    self.ended = true;
                    let cause = format!("nested over {DEEPEST} deep");
                    let at = self.reader.buffer_position();
                    self.ready.push_back(Found::of_file(Problem::BrokenXml { at, cause }));
                }
            }
            Event::Empty(tag) => {
                self.depth += 1;
                self.open(&tag);
                self.close(tag.name().as_ref());
            }
            Event::End(tag) => self.close(tag.name().as_ref()),
            Event::Text(text) => {
                let text = (*text).to_owned();
                self.gather(|capture| capture.text.push_str(&text));
            }
            Event::CData(text) => {
                let text = (*text).to_owned();
                self.gather(|capture| {
                    if capture.kind == Kind::Markup {
                        capture.text.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
                    } else {
                        capture.text.push_str(&text);
                    }
                });
            }
            Event::GeneralRef(name) => {
                let name = format!("&{};", &*name);
                self.gather(|capture| {
                    if capture.kind == Kind::Markup {
                        capture.text.push_str(&name);
                    } else {
                        capture.text.push_str(&crate::html::markup::entities(&name));
                    }
                });
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }

    fn gather(&mut self, push: impl FnOnce(&mut Capture)) {
        if let Some(capture) = &mut self.capture {
            push(capture);
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name().as_ref().to_ascii_lowercase();
        if let Some(capture) = &mut self.capture {
            if capture.kind == Kind::Markup {
                capture.text.push('<');
                capture.text.push_str(&name);
                capture.text.push('>');
            }
            return;
        }
        let local = name.rsplit(':').next().unwrap_or(&name);
        if self.item.is_none() && matches!(local, "item" | "entry") {
            self.item = Some(Item { depth: self.depth, ..Item::default() });
            self.left.store(self.limits.record_bytes, Ordering::Relaxed);
            return;
        }
        let attribute = |wanted: &str| {
            let found = tag.attributes().with_checks(false).flatten().find(|one| one.key.as_ref() == wanted);
            let found = found.map(|one| one.value.into_owned());
            found.map(|value| crate::html::markup::entities(&value).into_owned())
        };
        let inside = self.item.as_ref().map(|item| item.depth);
        if let (Some(item), "link") = (&mut self.item, local)
            && let Some(address) = attribute("href")
        {
            let rel = attribute("rel").unwrap_or_else(|| "alternate".to_owned());
            if rel == "alternate" && item.link.is_none() {
                item.link = Some(address);
            }
            return;
        }
        // Only what stands directly in an item is its own; of the feed, its title.
        let direct = inside.is_some_and(|depth| self.depth == depth + 1);
        let part = match local {
            "title" if direct && !name.starts_with("media:") => Part::Title,
            "title" if inside.is_none() && self.depth <= 3 && self.title.is_none() && name == "title" => {
                Part::Title
            }
            _ if !direct => return,
            "encoded" | "content" if !name.starts_with("media:") => Part::Content,
            "description" | "summary" if !name.starts_with("media:") => Part::Summary,
            "link" => Part::Link,
            "guid" | "id" => Part::Id,
            "pubdate" | "published" | "issued" | "created" => Part::Published,
            "date" if name == "dc:date" => Part::Published,
            "updated" | "modified" => Part::Updated,
            "source" => Part::Source,
            "creator" | "author" => Part::Author,
            _ => return,
        };
        let kind = match (part, attribute("type").as_deref()) {
            (Part::Title | Part::Content | Part::Summary, Some("xhtml" | "application/xhtml+xml")) => {
                Kind::Markup
            }
            (Part::Title | Part::Content | Part::Summary, Some("text" | "text/plain")) => Kind::Plain,
            (Part::Title | Part::Content | Part::Summary, _) => Kind::Html,
            // An author or a source of Atom has a name inside.
            (Part::Author | Part::Source, _) => Kind::Markup,
            _ => Kind::Plain,
        };
        self.capture = Some(Capture { part, depth: self.depth, kind, text: String::new() });
    }

    fn close(&mut self, name: &str) {
        let depth = self.depth;
        self.depth = self.depth.saturating_sub(1);
        if let Some(capture) = &mut self.capture {
            if depth > capture.depth {
                if capture.kind == Kind::Markup {
                    capture.text.push_str("</");
                    capture.text.push_str(name);
                    capture.text.push('>');
                }
                return;
            }
            if let Some(capture) = self.capture.take() {
                self.keep(&capture);
            }
            return;
        }
        if self.item.as_ref().is_some_and(|item| item.depth >= depth)
            && let Some(item) = self.item.take()
        {
            self.finish(item);
        }
    }

    fn keep(&mut self, capture: &Capture) {
        let text = match capture.kind {
            Kind::Plain => capture.text.trim().to_owned(),
            Kind::Html | Kind::Markup => text_of(&capture.text),
        };
        if text.is_empty() {
            return;
        }
        let Some(item) = &mut self.item else {
            self.title = Some(text);
            return;
        };
        let slot = match capture.part {
            Part::Title => &mut item.title,
            Part::Content => &mut item.content,
            Part::Summary => &mut item.summary,
            Part::Link => &mut item.link,
            Part::Id => &mut item.id,
            Part::Published => &mut item.published,
            Part::Updated => &mut item.updated,
            Part::Source => &mut item.source,
            Part::Author => &mut item.author,
        };
        slot.get_or_insert(text);
    }

    fn finish(&mut self, item: Item) {
        self.record += 1;
        self.left.store(self.limits.record_bytes, Ordering::Relaxed);
        let record = Some(self.record);
        let mut tell = |problem| self.ready.push_back(Found { record, line: None, what: Err(problem) });
        // Teasers are shorter than texts, whichever element a feed puts them in.
        let (content, summary) = (item.content.unwrap_or_default(), item.summary.unwrap_or_default());
        let mut text = if content.len() >= summary.len() { content } else { summary };
        let mut title = item.title;
        if text.trim().is_empty() {
            text = title
                .take()
                .filter(|title| title.split_whitespace().count() >= HEADLINE_WORDS)
                .unwrap_or_default();
        }
        if text.is_empty() {
            tell(Problem::MissingText);
            return;
        }
        let stated = item.published.or(item.updated);
        let published = stated.as_deref().and_then(parse_date);
        if let (Some(value), None) = (&stated, published) {
            tell(Problem::BadDate { value: value.chars().take(80).collect() });
        }
        if !self.mojibake_told
            && let Some((found, count)) = mojibake(&text)
        {
            tell(Problem::Mojibake { found, count });
            self.mojibake_told = true;
        }
        let address = item.link.clone().or_else(|| item.id.clone().filter(|id| id.starts_with("http")));
        let mut report = Report {
            source: item.source.or_else(|| self.title.clone()).or_else(|| address.as_deref().and_then(host)),
            id: item.id,
            published,
            title,
            url: address,
            text,
            ..Report::default()
        };
        if let Some(author) = item.author {
            report.other.insert("byline".to_owned(), author.into());
        }
        self.ready.push_back(Found { record, line: None, what: Ok(report) });
    }
}

/// What the XML declaration says of the encoding.
fn declared(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split_once(quote)?.0.to_owned())
}

/// A problem of a stream that quick-xml shares.
fn io_problem(error: &Arc<io::Error>) -> Problem {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Problem>()) {
        Some(Problem::TooLong { bytes, limit }) => Problem::TooLong { bytes: *bytes, limit: *limit },
        Some(Problem::Bomb { times }) => Problem::Bomb { times: *times },
        Some(Problem::BrokenPacking { format, cause }) => {
            Problem::BrokenPacking { format, cause: cause.clone() }
        }
        _ => Problem::Unreadable(io::Error::new(error.kind(), error.to_string())),
    }
}

impl Records for Feed {
    fn next_record(&mut self) -> io::Result<Option<Found>> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Ok(Some(found));
            }
            if self.ended {
                return Ok(None);
            }
            self.step();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &[u8]) -> Vec<Result<Report, String>> {
        let stream = Stream::new(Box::new(io::Cursor::new(xml.to_vec())));
        let limits = Limits { record_bytes: 20_000, other_bytes: 1000 };
        let mut feed = Feed::new(stream, limits, None).unwrap();
        let mut out = Vec::new();
        while let Some(found) = feed.next_record().unwrap() {
            out.push(found.what.map_err(|problem| problem.to_string()));
        }
        out
    }

    const RSS: &str = r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
        <rss version="2.0"><channel><title>The Wire &amp; Co</title><link>https://wire.example</link>
        <item><title>Town falls &b;</title><link>https://wire.example/1</link><guid isPermaLink="false">w-1</guid>
          <pubDate>Wed, 08 Nov 2017 10:00:00 GMT</pubDate><description>Teaser.</description>
          <media:title>no</media:title><dc:creator>A. Writer</dc:creator>
          <content:encoded><![CDATA[<p>Rebels took Rawa &amp; left.</p><p>Nobody said so.</p>]]></content:encoded></item>
        <item><title>Army denies the loss of Rawa</title><pubDate>soon</pubDate></item>
        <item><title>No</title></item>"#;

    #[test]
    fn items_of_rss_are_reports_even_where_the_file_breaks_off() {
        let found = read(RSS.as_bytes());
        let report = found[0].as_ref().unwrap();
        assert_eq!(report.text, "Rebels took Rawa & left.\n\nNobody said so.");
        assert_eq!(report.title.as_deref(), Some("Town falls &b;"));
        assert_eq!(report.source.as_deref(), Some("The Wire & Co"));
        assert_eq!(
            (report.id.as_deref(), report.url.as_deref()),
            (Some("w-1"), Some("https://wire.example/1"))
        );
        assert_eq!(report.published, Some(jiff::civil::date(2017, 11, 8)));
        assert_eq!(report.other["byline"], "A. Writer");
        assert_eq!(found[1].as_ref().unwrap_err(), "`published` is not a date: `soon`");
        assert_eq!(found[2].as_ref().unwrap().text, "Army denies the loss of Rawa");
        assert_eq!(found[3].as_ref().unwrap_err(), "no `text`");
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn entries_of_atom_are_reports() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Monitor</title>
          <entry><title type="html">Town &amp;amp; river</title><id>urn:1</id><updated>2017-11-08T10:00:00Z</updated>
          <link rel="self" href="https://m.example/self"/><link href="https://m.example/1?a=1&amp;b=2"/>
          <author><name>B. Writer</name></author>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rebels took <b>Rawa</b>.</p><p>1 &lt; 2</p></div></content></entry>
          <entry><title>Broken</title><summary type="text">Shelling &lt;heavy&gt; in Rawa</summary></entry></feed>"#;
        let found = read(atom.as_bytes());
        let report = found[0].as_ref().unwrap();
        assert_eq!(report.text, "Rebels took Rawa.\n\n1 < 2");
        assert_eq!(report.title.as_deref(), Some("Town & river"));
        assert_eq!(report.url.as_deref(), Some("https://m.example/1?a=1&b=2"));
        assert_eq!(
            (report.source.as_deref(), report.other["byline"].as_str()),
            (Some("Monitor"), Some("B. Writer"))
        );
        assert_eq!(found[1].as_ref().unwrap().text, "Shelling <heavy> in Rawa");
    }

    #[test]
    fn hostile_feeds_are_bounded() {
        let long = format!("<rss><channel><item><title>{}", "x".repeat(100_000));
        assert_eq!(read(long.as_bytes()), [Err("20000 bytes long; the limit is 20000 bytes".to_owned())]);
        let deep = read(format!("<rss>{}", "<a>".repeat(6000)).as_bytes());
        assert!(deep[0].as_ref().is_err_and(|told| told.contains("nested over 1000 deep")), "{deep:?}");
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><description>caf\xE9 shelled</description></item></channel></rss>";
        assert_eq!(read(latin)[0].as_ref().unwrap().text, "café shelled");
        let ends = read(b"<rss><item><description>one</description></b></item></x></y><item><description>two</description></item>");
        assert!(ends.iter().any(|found| found.as_ref().is_ok_and(|report| report.text == "one")), "{ends:?}");
    }
}
