//! Packed files: gzip (with as many members as there are) and zstd (with as many frames), unpacked as a stream and never without bound.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

use crate::Problem;
use crate::stream::{Buffered, Stream};

/// How many times its size a file may unpack to, once it is past [`FREE_BYTES`]. Text packs to a tenth, the same line over and over to a
/// hundredth.
const MOST_TIMES: u64 = 250;
/// So much is unpacked without asking.
const FREE_BYTES: u64 = 64 << 20;
/// Most memory that a zstd frame may ask for.
const WINDOW: u64 = 128 << 20;
/// Members that are remembered; a reader asks for each soon.
const MEMBERS: usize = 65_536;

/// Where gzip members begin: offset in the unpacked stream, offset in the file. Records of a packed archive can be found again by it.
pub(crate) type Members = Arc<Mutex<VecDeque<(u64, u64)>>>;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

/// How the bytes at the start of a file say that it is packed, if they do.
///
/// # Errors
/// For packings that are not unpacked here.
pub(crate) fn packing(head: &[u8]) -> Result<Option<Packing>, Problem> {
    const REFUSED: &[(&[u8], &str)] =
        &[(b"BZh", "bzip2"), (b"\xFD7zXZ\0", "xz"), (b"PK\x03\x04", "zip"), (b"7z\xBC\xAF\x27\x1C", "7z")];
    if let Some(&(_, format)) = REFUSED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Problem::Compressed { format });
    }
    if head.starts_with(b"\x1F\x8B") {
        return Ok(Some(Packing::Gzip));
    }
    let zstd = head.starts_with(b"\x28\xB5\x2F\xFD")
        || head.len() >= 4 && (0x50..=0x5F).contains(&head[0]) && head[1..4] == *b"\x2A\x4D\x18";
    Ok(zstd.then_some(Packing::Zstd))
}

/// The unpacked stream; `taken` counts the bytes of the file that were read so far.
pub(crate) fn unpacked(file: Stream, packing: Packing, taken: Arc<AtomicU64>, members: &Members) -> Stream {
    let inner: Box<dyn Read + Send> = match packing {
        Packing::Gzip => {
            Box::new(Gzip { member: None, rest: Some(file), out: 0, members: Arc::clone(members) })
        }
        Packing::Zstd => Box::new(Zstd { frame: None, rest: Some(file) }),
    };
    Buffered::new(Box::new(Guard { inner, taken, given: 0, format: name(packing) }))
}

const fn name(packing: Packing) -> &'static str {
    match packing {
        Packing::Gzip => "gzip",
        Packing::Zstd => "zstd",
    }
}

/// Ends a stream that grows out of all proportion, and says what is wrong with a broken one.
struct Guard {
    inner: Box<dyn Read + Send>,
    taken: Arc<AtomicU64>,
    given: u64,
    format: &'static str,
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer).map_err(|error| {
            io::Error::other(Problem::BrokenPacking { format: self.format, cause: error.to_string() })
        })?;
        self.given += count as u64;
        let packed = self.taken.load(Ordering::Relaxed).max(1);
        if self.given > FREE_BYTES && self.given / packed > MOST_TIMES {
            return Err(io::Error::other(Problem::Bomb { times: MOST_TIMES }));
        }
        Ok(count)
    }
}

struct Gzip {
    member: Option<GzDecoder<Stream>>,
    rest: Option<Stream>,
    out: u64,
    members: Members,
}

impl Read for Gzip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(member) = &mut self.member {
                let count = member.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    self.out += count as u64;
                    return Ok(count);
                }
                self.rest = self.member.take().map(GzDecoder::into_inner);
            }
            let Some(rest) = &mut self.rest else { return Ok(0) };
            // What follows the last member and is none is padding.
            if !rest.peek(2)?.starts_with(b"\x1F\x8B") {
                return Ok(0);
            }
            if let Ok(mut members) = self.members.lock() {
                if members.len() >= MEMBERS {
                    members.pop_front();
                }
                members.push_back((self.out, rest.position()));
            }
            self.member = self.rest.take().map(GzDecoder::new);
        }
    }
}

struct Zstd {
    frame: Option<StreamingDecoder<Stream, ruzstd::decoding::FrameDecoder>>,
    rest: Option<Stream>,
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.rest = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut rest) = self.rest.take() else { return Ok(0) };
            if rest.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let head: [u8; 8] = rest.peek(8)?.try_into().unwrap_or_default();
            if (0x50..=0x5F).contains(&head[0]) && head[1..4] == *b"\x2A\x4D\x18" {
                let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
                io::copy(&mut rest.by_ref().take(8 + u64::from(length)), &mut io::sink())?;
                self.rest = Some(rest);
                continue;
            }
            let frame = StreamingDecoder::new_with_max_window_size(rest, WINDOW);
            self.frame = Some(frame.map_err(|error| match error {
                FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_)) => {
                    io::Error::other("bytes behind the last frame that are no frame")
                }
                other => io::Error::other(other),
            })?);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn read(file: Vec<u8>) -> (io::Result<Vec<u8>>, Vec<(u64, u64)>) {
        let size = Arc::new(AtomicU64::new(file.len() as u64));
        let mut stream: Stream = Buffered::new(Box::new(io::Cursor::new(file)));
        let packing = packing(stream.peek(8).unwrap()).unwrap().unwrap();
        let members = Members::default();
        let mut out = Vec::new();
        let end = unpacked(stream, packing, size, &members).read_to_end(&mut out);
        let members = members.lock().unwrap().iter().copied().collect();
        (end.map(|_| out), members)
    }

    #[test]
    fn members_follow_one_another_and_are_found_again() {
        let first = gzip(b"one\n");
        let file = [&first[..], &gzip(b"two\n"), &[0; 30]].concat();
        let (out, members) = read(file);
        assert_eq!(out.unwrap(), b"one\ntwo\n");
        assert_eq!(members, [(0, 0), (4, first.len() as u64)]);
    }

    #[test]
    fn frames_of_zstd_are_unpacked_and_skipped_where_they_say_so() {
        // "hello\n" as a raw block, twice, with a skippable frame between.
        let frame = b"\x28\xB5\x2F\xFD\x20\x06\x31\x00\x00hello\n";
        let skip = b"\x50\x2A\x4D\x18\x03\x00\x00\x00xyz";
        let (out, _) = read([&frame[..], skip, frame].concat());
        assert_eq!(out.unwrap(), b"hello\nhello\n");
    }

    #[test]
    fn broken_and_boundless_files_end_in_a_problem() {
        let problem = |out: io::Result<Vec<u8>>| Problem::of(out.unwrap_err()).code();
        let whole = gzip(b"some text that is long enough to be cut");
        assert_eq!(problem(read(whole[..whole.len() - 12].to_vec()).0), "broken-packing");
        let mut bomb = GzEncoder::new(Vec::new(), Compression::default());
        io::copy(&mut io::repeat(0).take(80 << 20), &mut bomb).unwrap();
        assert_eq!(problem(read(bomb.finish().unwrap()).0), "bomb");
        assert_eq!(packing(b"PK\x03\x04").unwrap_err().code(), "compressed");
    }
}
