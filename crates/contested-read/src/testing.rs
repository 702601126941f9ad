//! Files of every kind that is read, in the project's own words, and ways to break them: for tests, fuzzing and developers' tasks.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{Defaults, Input, Limits, Reports, Step, Tally};

const WORDS: &str = "Rebels captured the town of Rawa on Tuesday, a commander said, and the army denied that it had been lost. Residents \
    said that shelling went on for most of the night and that many of them had fled to the villages by the river.";

/// A file of every kind, with the kind's name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let json = |n: u32| {
        format!(
            "{{\"id\": {n}, \"text\": \"{WORDS}\", \"published\": \"2017-11-0{n}\", \"more\": [1, {{\"a\": null}}]}}"
        )
    };
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Town falls</title><meta property='article:published_time' content='2017-11-08'>\
         <script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"Town falls\", \"publisher\": {{\"name\": \"Wire\"}}}}</script></head>\
         <body><nav><a href=/>Home</a></nav><article><h1>Town &amp; river</h1><p>{WORDS}</p><p>{WORDS}</p></article><footer>&copy; Wire</footer></body></html>"
    );
    let feed = format!(
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'><channel><title>Wire</title>\
         <item><title>Town falls</title><link>http://w.example/1</link><guid>1</guid><pubDate>Wed, 08 Nov 2017 10:00:00 GMT</pubDate>\
         <content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded></item><item><description>{WORDS} &a; &amp;</description></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Monitor</title><entry><id>urn:1</id><updated>2017-11-08T10:00:00Z</updated>\
         <link href='http://m.example/1'/><content type='xhtml'><div><p>{WORDS}</p></div></content></entry></feed>"
    );
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://w.example/1\r\nWARC-Date: 2017-11-09T00:00:00Z\r\nWARC-Record-ID: <urn:1>\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let reliefweb = format!(
        "{{\"time\": 3, \"totalCount\": 1, \"data\": [{{\"id\": \"7\", \"fields\": {{\"title\": \"Update\", \"body\": \"{WORDS}\", \
         \"date\": {{\"original\": \"2017-11-08T00:00:00+00:00\"}}, \"source\": [{{\"name\": \"Office\"}}]}}}}]}}"
    );
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(WORDS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut files = vec![
        ("plain", format!("Town falls\n8 November 2017\n\nBEIRUT (Wire) - {WORDS}\n").into_bytes()),
        (
            "several",
            format!("Source: Wire\nDate: 8 November 2017\n\n{WORDS}\n-----\nBEIRUT (Wire) - {WORDS}\n")
                .into_bytes(),
        ),
        ("latin", format!("caf\u{e9} {WORDS}").chars().map(|c| c as u8).collect()),
        ("utf-16", utf16),
        ("json-lines", format!("{}\n{}\n", json(1), json(2)).into_bytes()),
        ("json-array", format!("[{},\n{}]", json(1), json(2)).into_bytes()),
        ("reliefweb", reliefweb.into_bytes()),
        (
            "csv",
            format!(
                "id,article_content,source,date\n1,\"{WORDS}\",Wire,2/13/2017\n2,\"a \"\"b\"\"\",x,1/2/2017\n"
            )
            .into_bytes(),
        ),
        ("tsv", format!("id\ttext\tdate\n1\t{WORDS}\t2017-11-08\n").into_bytes()),
        ("html", page.into_bytes()),
        ("rss", feed.into_bytes()),
        ("atom", atom.into_bytes()),
        ("warc", warc.clone().into_bytes()),
        // "text\n" as a raw block.
        ("zstd", b"\x28\xB5\x2F\xFD\x20\x05\x29\x00\x00text\n".to_vec()),
    ];
    let packed: Vec<u8> = [&warc, &warc].into_iter().flat_map(|member| packed(member.as_bytes())).collect();
    files.push(("warc-gzip", packed));
    files
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing into memory does not fail.
    let _ = out.write_all(bytes);
    out.finish().unwrap_or_default()
}

/// Numbers that look random and are the same on every machine (splitmix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The dice of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// What breaks readers.
const TOKENS: [&[u8]; 30] = [
    b"\"",
    b"\"\"",
    b"'",
    b"<",
    b">",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"&",
    b"&#x110000;",
    b"&#0;",
    b"&amp;amp;",
    b"[",
    b"{",
    b"}",
    b"]",
    b"\\u",
    b"\0",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\r\n\r\n",
    b"\n",
    b",",
    b"\t",
    b"Content-Length: 99999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"<item>",
    b"<p><b><i>",
    b"\xF0\x9F\x92\xA5",
];

/// `file` broken in a few places, in a way that `dice` decide.
pub fn broken(file: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = file.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(out.len() + 1);
        let end = (at + 1 + dice.below(40)).min(out.len());
        match dice.below(9) {
            0 if at < out.len() => out[at] ^= 1 << dice.below(8),
            1 if at < out.len() => out[at] = dice.below(256) as u8,
            2 => drop(out.drain(at..end)),
            3 => {
                let part = out[at..end].to_vec();
                let to = dice.below(out.len() + 1);
                out.splice(to..to, part);
            }
            4 => out.truncate(at),
            5 => {
                // The same thing over and over: deep nesting, long runs.
                let part = if dice.below(2) == 0 {
                    TOKENS[dice.below(TOKENS.len())].to_vec()
                } else {
                    out[at..end].to_vec()
                };
                let many = part.repeat(1 + dice.below(4000));
                out.splice(at..at, many);
            }
            _ => {
                let token = TOKENS[dice.below(TOKENS.len())];
                out.splice(at..at, token.iter().copied());
            }
        }
    }
    out
}

/// Reads `bytes` as a file to their end.
pub fn read_all(bytes: Vec<u8>) -> Tally {
    let input = Input::Bytes { name: "broken".to_owned(), bytes, charset: None };
    let mut reports = Reports::new(vec![input], Defaults::default(), Limits::default());
    while let Some(step) = reports.step() {
        if let Step::Report(report) = step {
            std::hint::black_box(crate::other_language(&report.text));
        }
    }
    reports.tally()
}
