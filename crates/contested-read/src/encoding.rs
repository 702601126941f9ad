//! Bytes to characters: UTF-8 where it is, UTF-16 by its mark, and else what the bytes look most like, which is told.

use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::Problem;
use crate::stream::{Buffered, Stream};

/// Bytes that are enough to tell an encoding by.
const SAMPLE: usize = 1 << 16;

/// What text looks like that was UTF-8 once and was read as windows-1252, or had its characters replaced: never written by people.
const MOJIBAKE: [&str; 12] =
    ["ï¿½", "â€™", "â€œ", "â€\u{9d}", "â€“", "â€”", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¡", "\u{fffd}"];

/// Decodes the texts of one file; what it looks like is judged once.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// What the file, or the protocol that brought it, says of itself.
    named: Option<&'static Encoding>,
    judged: Option<&'static Encoding>,
    mojibake_told: bool,
}

impl Decoder {
    /// For a file that says its own encoding by the label `name`; a label that nobody knows is passed over.
    pub(crate) fn named(name: Option<&str>) -> Self {
        Self { named: name.and_then(|name| Encoding::for_label(name.as_bytes())), ..Self::default() }
    }

    /// The characters of `bytes`, which begin at `offset` of the file, and what there is to tell about them.
    ///
    /// # Errors
    /// When they are no text in any encoding.
    pub(crate) fn decode(&mut self, bytes: Vec<u8>, offset: u64) -> Result<(String, Vec<Problem>), Problem> {
        let mut told = Vec::new();
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = offset + error.utf8_error().valid_up_to() as u64;
                let bytes = error.into_bytes();
                let first = self.judged.is_none();
                let encoding = *self.judged.get_or_insert_with(|| {
                    self.named.filter(|named| *named != UTF_8).unwrap_or_else(|| judge(&bytes))
                });
                let (text, _) = encoding.decode_without_bom_handling(&bytes);
                if !is_text(&text) {
                    return Err(Problem::InvalidUtf8 { at });
                }
                if first && self.named.is_none_or(|named| named == UTF_8) {
                    told.push(Problem::OtherEncoding { at, encoding: encoding.name() });
                }
                text.into_owned()
            }
        };
        if !self.mojibake_told
            && let Some((found, count)) = mojibake(&text)
        {
            self.mojibake_told = true;
            told.push(Problem::Mojibake { found, count });
        }
        Ok((text, told))
    }
}

/// The encoding that `bytes`, which are not UTF-8, look most like.
fn judge(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The telling bytes may come late: begin a little before the first of them.
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(256);
    detector.feed(&bytes[from..bytes.len().min(from + SAMPLE)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether decoded characters can be a text: next to no controls and no holes.
fn is_text(text: &str) -> bool {
    let (mut bad, mut all) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}');
        bad += usize::from(control || c == '\u{fffd}');
    }
    bad * 50 <= all
}

/// The mark of a text that was decoded wrongly before it came here that is most common in it, and how many of all there are.
pub(crate) fn mojibake(text: &str) -> Option<(&'static str, u64)> {
    if text.is_ascii() {
        return None;
    }
    let counts = MOJIBAKE.iter().map(|mark| (text.matches(mark).count() as u64, *mark));
    let (all, most) =
        counts.fold((0, (0, "")), |(all, most), one| (all + one.0, if one.0 > most.0 { one } else { most }));
    (all > 0).then_some((most.1, all))
}

/// The stream as UTF-8, if it begins with a mark of UTF-16; UTF-8's own mark is taken off.
///
/// # Errors
/// Those of the stream.
pub(crate) fn without_mark(mut stream: Stream) -> io::Result<Stream> {
    let head = stream.peek(3)?;
    let encoding = match head {
        [0xFF, 0xFE, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] => UTF_16BE,
        [0xEF, 0xBB, 0xBF] => {
            stream.consume(3);
            return Ok(stream);
        }
        _ => return Ok(stream),
    };
    stream.consume(2);
    Ok(transcoded(stream, encoding))
}

/// A stream of `encoding` as UTF-8; what is broken in it becomes U+FFFD.
pub(crate) fn transcoded(stream: Stream, encoding: &'static Encoding) -> Stream {
    let decoder = encoding.new_decoder_without_bom_handling();
    Buffered::new(Box::new(Transcoded { stream, decoder, ended: false }))
}

/// A stream of another encoding as UTF-8.
struct Transcoded {
    stream: Stream,
    decoder: encoding_rs::Decoder,
    ended: bool,
}

impl Read for Transcoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // The decoder writes nothing into fewer bytes than its longest character takes; a stream never asks for so few.
        if out.len() < 16 {
            return Err(io::Error::other("a buffer too small for a character"));
        }
        while !self.ended {
            let input = self.stream.fill_buf()?;
            let last = input.is_empty();
            let (_, used, written, _) = self.decoder.decode_to_utf8(input, out, last);
            self.stream.consume(used);
            self.ended = last;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> (Result<String, &'static str>, Vec<String>) {
        match Decoder::default().decode(bytes.to_vec(), 0) {
            Ok((text, told)) => (Ok(text), told.iter().map(ToString::to_string).collect()),
            Err(problem) => (Err(problem.code()), Vec::new()),
        }
    }

    #[test]
    fn other_encodings_are_seen_and_told() {
        assert_eq!(decode("café".as_bytes()), (Ok("café".into()), vec![]));
        let (text, told) = decode(b"the army\x92s caf\xE9 was shelled, a witness said");
        assert_eq!(text.unwrap(), "the army’s café was shelled, a witness said");
        assert_eq!(told, ["not valid UTF-8 (byte 8): read as windows-1252"]);
        let russian = "Армия заняла город, сообщил представитель.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(decode(&bytes).0.unwrap(), russian);
        assert_eq!(decode(&(0u8..=255).rev().collect::<Vec<_>>()).0, Err("invalid-utf-8"));
    }

    #[test]
    fn a_text_decoded_wrongly_before_is_told_and_not_touched() {
        let (text, told) = decode("the army\u{ef}\u{bf}\u{bd}s men".as_bytes());
        assert_eq!(text.unwrap(), "the armyï¿½s men");
        assert!(told[0].contains("`ï¿½` and its like 1 time"), "{told:?}");
    }

    #[test]
    fn utf_16_is_read_by_its_mark() {
        for (mark, big) in [(&b"\xFF\xFE"[..], false), (b"\xFE\xFF", true)] {
            let units = "Штурм – a\n".encode_utf16();
            let bytes: Vec<u8> =
                units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
            let file = [mark, &bytes].concat();
            let stream: Stream = Buffered::new(Box::new(io::Cursor::new(file)));
            let mut text = String::new();
            without_mark(stream).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "Штурм – a\n");
        }
    }
}
