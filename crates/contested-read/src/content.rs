use crate::Problem;

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
pub(crate) const HEAD_BYTES: usize = 8192;

/// What a file holds, judged by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// One report.
    Plain,
    /// One report a line.
    JsonLines,
}

/// The UTF-8 byte-order mark.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What `head`, the first [`HEAD_BYTES`] of a file or all of it, says about the file; and how many bytes of byte-order mark to skip.
pub(crate) fn recognise(head: &[u8]) -> Result<(Content, usize), Problem> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\x1F\x8B", "gzip"),
        (b"\x28\xB5\x2F\xFD", "zstd"),
        (b"BZh", "bzip2"),
        (b"\xFD7zXZ\0", "xz"),
        (b"PK\x03\x04", "zip"),
    ];
    if head.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(&(_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Problem::Compressed { format });
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Err(Problem::Utf16);
    }
    if head.starts_with(b"%PDF-") {
        return Err(Problem::Binary { at: 0, found: "the start of a PDF document" });
    }
    let skip = if head.starts_with(BOM) { BOM.len() } else { 0 };
    let rest = &head[skip..];
    binary(rest, skip as u64)?;
    let mut solid = rest.iter().filter(|byte| !byte.is_ascii_whitespace());
    match (solid.next(), solid.next()) {
        (Some(b'{'), Some(b'"' | b'}') | None) => {
            let open = rest.iter().position(|&byte| byte == b'{').unwrap_or(0);
            let first_line = rest[open..].split(|&byte| byte == b'\n').next().unwrap_or(&[]);
            if first_line.trim_ascii() == b"{" {
                return Err(Problem::SpreadJson);
            }
            Ok((Content::JsonLines, skip))
        }
        (Some(b'['), Some(b'{')) => Err(Problem::JsonArray),
        _ => Ok((Content::Plain, skip)),
    }
}

/// Refuses bytes that no text holds. `start` is the offset of `bytes` in the file.
pub(crate) fn binary(bytes: &[u8], start: u64) -> Result<(), Problem> {
    match bytes.iter().position(|&byte| byte == 0) {
        Some(at) => Err(Problem::Binary { at: start + at as u64, found: "zero" }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_json_lines_by_content() {
        let kind = |head: &str| recognise(head.as_bytes()).map_err(|problem| problem.code());
        assert_eq!(kind("Rebels took the town."), Ok((Content::Plain, 0)));
        assert_eq!(kind("{\"text\": \"x\"}\n"), Ok((Content::JsonLines, 0)));
        assert_eq!(kind("\n  {\"text\": \"x\"}"), Ok((Content::JsonLines, 0)));
        assert_eq!(kind("\u{feff}{\"text\": \"x\"}"), Ok((Content::JsonLines, 3)));
        assert_eq!(kind("{Editor's note: corrects the date.}"), Ok((Content::Plain, 0)));
        assert_eq!(kind("[{\"text\": \"x\"}]"), Err("json-array"));
        assert_eq!(kind("{\n \"text\": \"x\"\n}"), Err("spread-json"));
        assert_eq!(kind(""), Err("empty"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        let code = |head: &[u8]| recognise(head).map_err(|problem| problem.code());
        assert_eq!(code(b"\x1F\x8B\x08"), Err("compressed"));
        assert_eq!(code(b"\xFF\xFEa\0"), Err("utf-16"));
        assert_eq!(code(b"\x7FELF\x02\x01\0\0"), Err("binary"));
        assert_eq!(code(b"%PDF-1.7 ..."), Err("binary"));
    }
}
