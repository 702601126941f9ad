//! The compiled form of a gazetteer, used as it lies in memory: nothing is decoded when it is opened.
//!
//! ```text
//! 0    8  magic "CGAZ0001" (the digits are the format's version)
//! 8   56  seven u64: ends of the sections below, in order, counted from the start of the file
//! 64      countries   two ASCII letters each; a record names its country by position
//!         records     22 bytes each, see [`RECORD`]
//!         radii       u32 record, f32 km; ascending: places whose reach is known
//!         strings     one length byte, then UTF-8
//!         postings    varint count, then varint differences of ascending record numbers
//!         exact       fst: folded name -> record * 2, or posting offset * 2 + 1
//!         skeletons   fst: skeleton -> the same
//! end-32 32  BLAKE3 of everything before it
//! ```
//! A record: id u32, latitude u24, longitude u24 (steps of the full circle), population u16 (top bit: capital; rest: ln(1+n)*1900),
//! country u8, kind 6 bits and namespace 2 bits, name u32 (string offset), parent u32 (0 none, (record+1)*2, or string offset*2+1).
//! All integers are little-endian.

use std::sync::Arc;

use fst::raw::Fst;

use super::GazetteerError;
use super::country::CountryCode;
use super::kind::PlaceKind;

pub(super) const MAGIC: &[u8; 8] = b"CGAZ0001";
/// Bytes of a record.
pub(super) const RECORD: usize = 22;
pub(super) const SECTIONS: usize = 7;
pub(super) const HEADER: usize = 8 + 8 * SECTIONS;
const DIGEST: usize = 32;
pub(super) const POPULATION_SCALE: f64 = 1900.0;
pub(super) const STEPS: f64 = 16_777_215.0;

/// Bytes that live as long as the program or are shared.
#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<Vec<u8>>),
}

/// A section of the file.
#[derive(Clone)]
pub(super) struct Section {
    bytes: Bytes,
    start: usize,
    end: usize,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        let all = match &self.bytes {
            Bytes::Static(all) => all,
            Bytes::Shared(all) => all.as_slice(),
        };
        all.get(self.start..self.end).unwrap_or_default()
    }
}

/// Where the id of a place comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Namespace {
    /// `geonames:174448`.
    Geonames = 0,
    /// `wof:102536663`, Who's On First.
    WhosOnFirst = 1,
    /// An id of its own, written out (`region:eastern-ghouta`, `country:SY`).
    Written = 2,
}

/// One place as the file holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) number: u32,
    pub(super) namespace: u8,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) population: u32,
    pub(super) capital: bool,
    pub(super) country: Option<CountryCode>,
    pub(super) kind: PlaceKind,
    pub(super) name: u32,
    pub(super) parent: u32,
}

/// What a place lies in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Within<'a> {
    /// Another record of the file.
    Record(u32),
    /// A name.
    Name(&'a str),
}

/// An opened compiled gazetteer.
#[derive(Clone)]
pub struct Compiled {
    countries: Section,
    records: Section,
    radii: Section,
    strings: Section,
    postings: Section,
    exact: Fst<Section>,
    skeletons: Fst<Section>,
    digest: [u8; DIGEST],
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Compiled({} places)", self.len())
    }
}

impl Compiled {
    /// Opens bytes that are part of the program, whose digest a test has checked.
    ///
    /// # Errors
    /// When they are not a gazetteer of this version.
    pub fn embedded(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        Self::open(&Bytes::Static(bytes))
    }

    /// Opens bytes from outside, checking their digest.
    ///
    /// # Errors
    /// When they are not a gazetteer of this version or are damaged.
    pub fn from_vec(bytes: Vec<u8>) -> Result<Self, GazetteerError> {
        let body = bytes.len().saturating_sub(DIGEST);
        if bytes.get(body..) != Some(blake3::hash(&bytes[..body]).as_bytes()) {
            return Err(GazetteerError::Damaged("its digest does not fit its content"));
        }
        Self::open(&Bytes::Shared(Arc::new(bytes)))
    }

    fn open(bytes: &Bytes) -> Result<Self, GazetteerError> {
        let all = Section { bytes: bytes.clone(), start: 0, end: usize::MAX };
        let len = match bytes {
            Bytes::Static(b) => b.len(),
            Bytes::Shared(b) => b.len(),
        };
        let all = Section { end: len, ..all };
        let raw = all.as_ref();
        if raw.get(..8) != Some(MAGIC) {
            return Err(GazetteerError::NotAGazetteer);
        }
        if len < HEADER + DIGEST {
            return Err(GazetteerError::Damaged("it is cut short"));
        }
        let mut ends = [HEADER; SECTIONS + 1];
        for i in 0..SECTIONS {
            let end = usize::try_from(u64_at(raw, 8 + 8 * i)).unwrap_or(usize::MAX);
            if end < ends[i] || end > len - DIGEST {
                return Err(GazetteerError::Damaged("its sections do not fit"));
            }
            ends[i + 1] = end;
        }
        let section = |i: usize| Section { bytes: bytes.clone(), start: ends[i], end: ends[i + 1] };
        let fst =
            |i: usize| Fst::new(section(i)).map_err(|_| GazetteerError::Damaged("its index is unreadable"));
        let mut digest = [0; DIGEST];
        digest.copy_from_slice(&raw[len - DIGEST..]);
        Ok(Self {
            countries: section(0),
            records: section(1),
            radii: section(2),
            strings: section(3),
            postings: section(4),
            exact: fst(5)?,
            skeletons: fst(6)?,
            digest,
        })
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.records.as_ref().len() / RECORD
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// BLAKE3 of the content.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    pub(super) fn record(&self, index: u32) -> Option<Record> {
        let start = index as usize * RECORD;
        let raw = self.records.as_ref().get(start..start + RECORD)?;
        let population = u16::from_le_bytes([raw[10], raw[11]]);
        let country = raw[12] as usize * 2;
        Some(Record {
            number: u32_at(raw, 0),
            lat: f64::from(u24_at(raw, 4)) / STEPS * 180.0 - 90.0,
            lon: f64::from(u24_at(raw, 7)) / STEPS * 360.0 - 180.0,
            population: ((f64::from(population & 0x7fff) / POPULATION_SCALE).exp() - 1.0).round() as u32,
            capital: population & 0x8000 != 0,
            country: self
                .countries
                .as_ref()
                .get(country..country + 2)
                .and_then(|c| CountryCode::new([c[0], c[1]])),
            kind: PlaceKind::from_number(raw[13] & 0x3f)?,
            namespace: raw[13] >> 6,
            name: u32_at(raw, 14),
            parent: u32_at(raw, 18),
        })
    }

    pub(super) fn string(&self, offset: u32) -> &str {
        let strings = self.strings.as_ref();
        let at = offset as usize;
        let Some(&len) = strings.get(at) else { return "" };
        strings.get(at + 1..at + 1 + len as usize).and_then(|s| std::str::from_utf8(s).ok()).unwrap_or("")
    }

    pub(super) fn within(&self, record: &Record) -> Option<Within<'_>> {
        match record.parent {
            0 => None,
            p if p & 1 == 1 => Some(Within::Name(self.string(p >> 1))),
            p => Some(Within::Record((p >> 1) - 1)),
        }
    }

    pub(super) fn radius_km(&self, index: u32) -> Option<f64> {
        let radii = self.radii.as_ref();
        let (mut low, mut high) = (0, radii.len() / 8);
        while low < high {
            let middle = usize::midpoint(low, high);
            match u32_at(radii, middle * 8).cmp(&index) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    return Some(f64::from(f32::from_bits(u32_at(radii, middle * 8 + 4))));
                }
            }
        }
        None
    }

    /// Records named `key` (folded).
    pub(super) fn exact(&self, key: &str) -> Postings<'_> {
        self.postings(&self.exact, key)
    }

    /// Records with the skeleton `key`.
    pub(super) fn by_skeleton(&self, key: &str) -> Postings<'_> {
        self.postings(&self.skeletons, key)
    }

    pub(super) fn names(&self) -> &Fst<Section> {
        &self.exact
    }

    fn postings(&self, index: &Fst<Section>, key: &str) -> Postings<'_> {
        if key.is_empty() {
            return Postings::None;
        }
        index.get(key).map_or(Postings::None, |found| self.posting(found.value()))
    }

    pub(super) fn posting(&self, value: u64) -> Postings<'_> {
        if value & 1 == 0 {
            return Postings::One((value >> 1) as u32);
        }
        let mut bytes = self.postings.as_ref().get((value >> 1) as usize..).unwrap_or_default();
        let left = varint(&mut bytes);
        Postings::Many { bytes, left, last: 0 }
    }
}

/// Records under one key, ascending.
pub(super) enum Postings<'a> {
    None,
    One(u32),
    Many { bytes: &'a [u8], left: u32, last: u32 },
}

impl Iterator for Postings<'_> {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        match self {
            Self::None => None,
            Self::One(index) => {
                let index = *index;
                *self = Self::None;
                Some(index)
            }
            Self::Many { bytes, left, last } => {
                *left = left.checked_sub(1)?;
                if bytes.is_empty() {
                    return None;
                }
                *last = last.wrapping_add(varint(bytes));
                Some(*last)
            }
        }
    }
}

fn varint(bytes: &mut &[u8]) -> u32 {
    let mut value = 0u32;
    for shift in [0, 7, 14, 21, 28] {
        let Some((&byte, rest)) = bytes.split_first() else { break };
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    value
}

fn u64_at(raw: &[u8], at: usize) -> u64 {
    raw.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

fn u32_at(raw: &[u8], at: usize) -> u32 {
    raw.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u24_at(raw: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([raw[at], raw[at + 1], raw[at + 2], 0])
}
