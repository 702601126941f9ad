use crate::Problem;
use crate::html::markup::{Piece, pieces};
use crate::json_values::{Place, is_answer};
use crate::mapping::Mapping;
use crate::table::{Layout, layout};

/// How much of an input is taken into memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest record (a JSON line, a plain-text file) that is read, in bytes.
    pub record_bytes: u64,
    /// Most bytes of further keys that are kept with a report.
    pub other_bytes: u64,
}

impl Default for Limits {
    /// 16 MiB a record (a long book is 2 MiB), 1 MiB of further keys.
    fn default() -> Self {
        Self { record_bytes: 16 << 20, other_bytes: 1 << 20 }
    }
}

/// How many bytes at the start of a file decide what it is.
pub(crate) const HEAD_BYTES: usize = 16_384;

/// What a file holds, judged by its first bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// One report, or several with lines between them.
    Plain,
    /// One report a line.
    JsonLines,
    /// Objects that are no line each.
    Json(Place),
    /// One report a row.
    Table(Layout),
    /// A page with one article.
    Html,
    /// RSS or Atom.
    Feed,
    /// Pages of the web.
    Warc,
}

/// What `head`, the first [`HEAD_BYTES`] of a file or all of it, unpacked and without byte-order mark, says about the file.
///
/// # Errors
/// When it is nothing that can be read.
pub(crate) fn recognise(head: &[u8], mapping: &Mapping) -> Result<Content, Problem> {
    if head.is_empty() {
        return Err(Problem::Empty);
    }
    if head.starts_with(b"%PDF-") {
        return Err(Problem::Binary { at: 0, found: "the start of a PDF document" });
    }
    if head.starts_with(b"WARC/") {
        return Ok(Content::Warc);
    }
    binary(head, 0)?;
    let mut solid = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    match (solid.next(), solid.next()) {
        (Some(b'{'), Some(b'"' | b'}') | None) => {
            let open = head.iter().position(|&byte| byte == b'{').unwrap_or(0);
            if let Some(what) = own(&head[open..]) {
                return Err(Problem::OwnRecords { what });
            }
            if is_answer(&head[open..]) {
                return Ok(Content::Json(Place::Answer));
            }
            let first_line = head[open..].split(|&byte| byte == b'\n').next().unwrap_or(&[]);
            Ok(if first_line.trim_ascii() == b"{" { Content::Json(Place::Bare) } else { Content::JsonLines })
        }
        (Some(b'['), Some(b'{')) => Ok(Content::Json(Place::Array)),
        (Some(b'<'), _) => Ok(markup(head)?.unwrap_or(Content::Plain)),
        _ => Ok(layout(head, mapping)?.map_or(Content::Plain, Content::Table)),
    }
}

/// What this program wrote, where that is no report: told as a whole instead of record by record.
fn own(head: &[u8]) -> Option<&'static str> {
    const OWN: [(&[u8], &str); 3] = [
        (br#"{"record":"ledger","layout":"#, "an exported ledger"),
        (br#"{"record":"claim","schema":"#, "claims"),
        (br#"{"record":"dispute","id":"d1:"#, "disputes"),
    ];
    OWN.iter().find(|(start, _)| head.starts_with(start)).map(|(_, what)| *what)
}

/// What a file is that begins with `<`; `None` for text that does.
fn markup(head: &[u8]) -> Result<Option<Content>, Problem> {
    const PAGES: [&str; 16] = [
        "html", "head", "body", "div", "p", "article", "section", "main", "table", "span", "h1", "h2",
        "title", "meta", "link", "script",
    ];
    let text = String::from_utf8_lossy(head);
    let declared = text.trim_start().starts_with("<?xml");
    if text.trim_start().get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
        && text.trim_start()[9..].trim_start().get(..4).is_some_and(|name| name.eq_ignore_ascii_case("html"))
    {
        return Ok(Some(Content::Html));
    }
    let first = pieces(&text).find_map(|piece| match piece {
        Piece::Open { name, .. } => Some(name.to_ascii_lowercase()),
        _ => None,
    });
    match first.as_deref() {
        Some("rss" | "feed" | "rdf:rdf" | "atom:feed") => Ok(Some(Content::Feed)),
        Some(name) if PAGES.contains(&name) => Ok(Some(Content::Html)),
        _ if declared => Err(Problem::OtherXml),
        _ => Ok(None),
    }
}

/// Refuses bytes that no text holds. `start` is the offset of `bytes` in the file.
pub(crate) fn binary(bytes: &[u8], start: u64) -> Result<(), Problem> {
    match memchr::memchr(0, bytes) {
        Some(at) => Err(Problem::Binary { at: start + at as u64, found: "zero" }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(head: &[u8]) -> Result<Content, &'static str> {
        recognise(head, &Mapping::default()).map_err(|problem| problem.code())
    }

    #[test]
    fn what_a_file_is_is_seen_from_its_content() {
        for (head, content) in [
            ("Rebels took the town.", Content::Plain),
            ("{\"text\": \"x\"}\n", Content::JsonLines),
            ("\n  {\"text\": \"x\"}", Content::JsonLines),
            ("{Editor's note: corrects the date.}", Content::Plain),
            ("[{\"text\": \"x\"}]", Content::Json(Place::Array)),
            ("[ {\"text\": \"x\"}]", Content::Json(Place::Array)),
            ("[Editor's note] Rebels took the town.", Content::Plain),
            ("{\n \"text\": \"x\"\n}", Content::Json(Place::Bare)),
            ("{\"count\": 1, \"data\": [{\"id\": 1}]}", Content::Json(Place::Answer)),
            ("<!DOCTYPE html>\n<html>", Content::Html),
            ("<!-- saved --><HTML lang=en>", Content::Html),
            ("<?xml version=\"1.0\"?><!-- x --><rss version=\"2.0\">", Content::Feed),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\">", Content::Feed),
            ("<?xml version=\"1.0\"?><html>", Content::Html),
            ("<BEIRUT> Rebels took the town.", Content::Plain),
            ("WARC/1.0\r\n", Content::Warc),
        ] {
            assert_eq!(kind(head.as_bytes()), Ok(content), "{head}");
        }
        assert!(matches!(kind(b"id,text\n1,Shelling\n"), Ok(Content::Table(_))));
        assert_eq!(kind(b""), Err("empty"));
    }

    #[test]
    fn what_this_program_wrote_is_no_report() {
        for head in
            ["{\"record\":\"ledger\",\"layout\":1}\n", "{\"record\":\"claim\",\"schema\":1,\"id\":\"c1:0\"}"]
        {
            assert_eq!(kind(head.as_bytes()), Err("own-records"), "{head}");
        }
        assert_eq!(kind(b"{\"record\":\"ledger\",\"text\":\"Rebels took it.\"}"), Ok(Content::JsonLines));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(kind(b"\x7FELF\x02\x01\0\0"), Err("binary"));
        assert_eq!(kind(b"%PDF-1.7 ..."), Err("binary"));
        assert_eq!(kind(b"<?xml version='1.0'?><kml>"), Err("other-xml"));
    }
}
