//! HTML cut into tags and text in one pass: linear in its length whatever it is, and no tree.

use std::borrow::Cow;

use memchr::memmem;

/// A piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'h> {
    /// A tag that opens: its name as written, and what stands behind it.
    Open { name: &'h str, rest: &'h str },
    /// A tag that closes.
    Close { name: &'h str },
    /// Characters between tags, entities not resolved. Of an element that holds no markup (`script`, `style` …) all that is in it.
    Text(&'h str),
}

/// Elements in which `<` is a character.
const RAW: [&str; 7] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed"];

/// The pieces of some HTML.
pub(crate) struct Pieces<'h> {
    rest: &'h str,
    /// The element without markup that was opened last.
    raw: Option<&'h str>,
    /// A quotation mark was found that never closes: from there on they mean nothing.
    unquoted: bool,
}

/// The pieces of `html`.
pub(crate) const fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html, raw: None, unquoted: false }
}

impl<'h> Pieces<'h> {
    /// Takes so many bytes; they end at an ASCII character.
    fn take(&mut self, bytes: usize) -> &'h str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// What is behind the tag's name, up to its `>`, which is taken.
    fn tag_rest(&mut self) -> &'h str {
        let bytes = self.rest.as_bytes();
        let mut quote = None;
        if !self.unquoted {
            for (at, &byte) in bytes.iter().enumerate() {
                match (quote, byte) {
                    (None, b'>') => {
                        let rest = self.take(at);
                        self.take(1);
                        return rest;
                    }
                    (None, b'"' | b'\'') => quote = Some(byte),
                    (Some(open), _) if open == byte => quote = None,
                    _ => {}
                }
            }
            self.unquoted = true;
        }
        let end = memchr::memchr(b'>', bytes).unwrap_or(bytes.len());
        let rest = self.take(end);
        self.take(1);
        rest
    }

    /// All up to the end tag of `name`, which is left.
    fn raw_text(&mut self, name: &str) -> &'h str {
        let bytes = self.rest.as_bytes();
        for at in memchr::memchr_iter(b'<', bytes) {
            let tag = &bytes[at + 1..];
            if tag.first() == Some(&b'/')
                && tag.get(1..=name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            {
                return self.take(at);
            }
        }
        self.take(bytes.len())
    }
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let text = self.raw_text(name);
                if !text.is_empty() {
                    return Some(Piece::Text(text));
                }
                continue;
            }
            let bytes = self.rest.as_bytes();
            let tag = memchr::memchr(b'<', bytes).unwrap_or(bytes.len());
            if tag > 0 {
                return Some(Piece::Text(self.take(tag)));
            }
            match bytes.get(1) {
                Some(b'!') if bytes.starts_with(b"<!--") => {
                    let end = memmem::find(&bytes[4..], b"-->").map_or(bytes.len(), |at| at + 7);
                    self.take(end);
                }
                Some(b'!' | b'?') => {
                    let end = memchr::memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1);
                    self.take(end);
                }
                Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.take(2);
                    let name = self.take(name_length(self.rest));
                    self.tag_rest();
                    return Some(Piece::Close { name });
                }
                Some(byte) if byte.is_ascii_alphabetic() => {
                    self.take(1);
                    let name = self.take(name_length(self.rest));
                    let rest = self.tag_rest();
                    if !rest.ends_with('/') && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                        self.raw = Some(name);
                    }
                    return Some(Piece::Open { name, rest });
                }
                // A character that looks like a tag.
                _ => return Some(Piece::Text(self.take(1))),
            }
        }
    }
}

fn name_length(text: &str) -> usize {
    text.bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_')))
        .unwrap_or(text.len())
}

/// The value of attribute `name` in what stands behind a tag's name, entities resolved.
pub(crate) fn attribute<'h>(rest: &'h str, name: &str) -> Option<Cow<'h, str>> {
    let mut left = rest;
    loop {
        left = left.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if left.is_empty() {
            return None;
        }
        let end = left.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(left.len());
        let (key, after) = left.split_at(end.max(1).min(left.len()));
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=') else {
            left = after;
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((value, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(entities(value));
        }
        left = rest;
    }
}

/// `text` with its entities resolved; what is none stays as it is.
pub(crate) fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest name has 32 letters.
        let name =
            rest[1..].bytes().take(40).position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'#'));
        let name = name.map_or(&rest[1..], |end| &rest[1..=end]);
        if let Some(resolved) = resolve(name) {
            out.push_str(&resolved);
            rest = &rest[1 + name.len()..];
            rest = rest.strip_prefix(';').unwrap_or(rest);
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return quick_xml::escape::resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Numbers between 128 and 159 are meant in windows-1252, as browsers read them.
    if (128..160).contains(&code) {
        let byte = [code as u8];
        return Some(Cow::Owned(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.into_owned()));
    }
    let c = char::from_u32(code).filter(|c| *c != '\0' && (!c.is_control() || c.is_whitespace()));
    Some(Cow::Owned(c.unwrap_or('\u{fffd}').to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_are_told_apart() {
        let html = "<!-- <p> --><p class='a>b'>1 < 2<br/><script>if (a<b) '</p>'</script></P x>";
        let told: Vec<String> = pieces(html)
            .map(|piece| match piece {
                Piece::Open { name, rest } => format!("<{name}|{rest}"),
                Piece::Close { name } => format!("/{name}"),
                Piece::Text(text) => text.to_owned(),
            })
            .collect();
        assert_eq!(
            told,
            ["<p| class='a>b'", "1 ", "<", " 2", "<br|/", "<script|", "if (a<b) '</p>'", "/script", "/P"]
        );
        let broken: Vec<_> = pieces("<a href=\"x>one</a><b>two").collect();
        assert!(broken.contains(&Piece::Text("two")), "{broken:?}");
    }

    #[test]
    fn attributes_and_entities_are_resolved() {
        let rest = " property=og:title  content = \"A &amp; B &#8217;s &#146; &eacute; &bogus; &\" data-x";
        assert_eq!(attribute(rest, "CONTENT").unwrap(), "A & B ’s ’ é &bogus; &");
        assert_eq!(attribute(rest, "property").unwrap(), "og:title");
        assert_eq!(attribute(rest, "class"), None);
        assert_eq!(attribute(" = = \"", "x"), None);
    }
}
