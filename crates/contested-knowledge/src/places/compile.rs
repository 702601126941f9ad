//! Writes the compiled form that `super::compiled` reads. The same entries in the same order give the same bytes.

use std::collections::BTreeMap;

use super::GazetteerError;
use super::compiled::{HEADER, MAGIC, Namespace, POPULATION_SCALE, RECORD, SECTIONS, STEPS};
use super::country::CountryCode;
use super::fold::fold;
use super::kind::PlaceKind;
use super::skeleton::skeletons;

/// Most alternate names kept of one place.
const MOST_NAMES: usize = 64;

/// The id of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryId {
    /// GeoNames number.
    Geonames(u32),
    /// Who's On First number.
    WhosOnFirst(u32),
    /// Written out.
    Written(String),
}

/// What an entry lies in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum EntryParent {
    /// Not known.
    #[default]
    None,
    /// An entry added before, by its number.
    Entry(u32),
    /// A name.
    Name(String),
}

/// A place to be compiled.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Its name as a reader would write it.
    pub name: String,
    /// Other names.
    pub alternates: Vec<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People, 0 when unknown.
    pub population: u32,
    /// Whether it is a country's capital.
    pub capital: bool,
    /// Country.
    pub country: Option<CountryCode>,
    /// What it lies in.
    pub parent: EntryParent,
    /// How far it reaches, in km.
    pub radius_km: Option<f32>,
    /// Whether transliterations of its alternate names are found too, not only of its own.
    pub transliterated: bool,
}

/// Collects entries and compiles them.
#[derive(Debug, Default)]
pub struct Builder {
    records: Vec<u8>,
    radii: Vec<u8>,
    countries: Vec<CountryCode>,
    strings: Vec<u8>,
    string_at: BTreeMap<String, u32>,
    exact: BTreeMap<String, Vec<u32>>,
    skeletons: BTreeMap<String, Vec<u32>>,
}

impl Builder {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of entries so far.
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Adds `entry` and gives its number.
    ///
    /// # Errors
    /// When its coordinates are off the globe, its name is empty, or there are too many countries or names for the format.
    pub fn add(&mut self, entry: &Entry) -> Result<u32, GazetteerError> {
        if !(-90.0..=90.0).contains(&entry.lat) || !(-180.0..=180.0).contains(&entry.lon) {
            return Err(GazetteerError::Entry(format!(
                "coordinates {}, {} of {} are off the globe",
                entry.lat, entry.lon, entry.name
            )));
        }
        let key = fold(&entry.name);
        if key.is_empty() {
            return Err(GazetteerError::Entry("the name is empty or longer than 90 characters".into()));
        }
        let index = self.len() as u32;
        let (namespace, number) = match &entry.id {
            EntryId::Geonames(number) => (Namespace::Geonames, *number),
            EntryId::WhosOnFirst(number) => (Namespace::WhosOnFirst, *number),
            EntryId::Written(id) => (Namespace::Written, self.string(id)?),
        };
        let country = self.country(entry.country)?;
        let name = self.string(&entry.name)?;
        let parent = match &entry.parent {
            EntryParent::None => 0,
            EntryParent::Entry(other) => (other + 1) << 1,
            EntryParent::Name(name) => self.string(name)? << 1 | 1,
        };
        let population = (f64::from(entry.population) + 1.0).ln() * POPULATION_SCALE;
        let population = population.min(32_767.0).round() as u16 | u16::from(entry.capital) << 15;
        self.records.extend_from_slice(&number.to_le_bytes());
        self.records
            .extend_from_slice(&(((entry.lat + 90.0) / 180.0 * STEPS).round() as u32).to_le_bytes()[..3]);
        self.records
            .extend_from_slice(&(((entry.lon + 180.0) / 360.0 * STEPS).round() as u32).to_le_bytes()[..3]);
        self.records.extend_from_slice(&population.to_le_bytes());
        self.records.push(country);
        self.records.push(entry.kind as u8 | (namespace as u8) << 6);
        self.records.extend_from_slice(&name.to_le_bytes());
        self.records.extend_from_slice(&parent.to_le_bytes());
        if let Some(radius) = entry.radius_km {
            self.radii.extend_from_slice(&index.to_le_bytes());
            self.radii.extend_from_slice(&radius.to_bits().to_le_bytes());
        }
        self.index(key, index, true);
        for name in entry.alternates.iter().take(MOST_NAMES) {
            self.index(fold(name), index, entry.transliterated);
        }
        Ok(index)
    }

    fn index(&mut self, key: String, index: u32, transliterated: bool) {
        if key.len() < 2 {
            return;
        }
        for skeleton in skeletons(&key).into_iter().flatten().take(if transliterated { 2 } else { 0 }) {
            push(&mut self.skeletons, skeleton, index);
        }
        push(&mut self.exact, key, index);
    }

    fn string(&mut self, text: &str) -> Result<u32, GazetteerError> {
        if let Some(&at) = self.string_at.get(text) {
            return Ok(at);
        }
        let len = u8::try_from(text.len())
            .map_err(|_| GazetteerError::Entry(format!("{text:.40}… is longer than 255 bytes")))?;
        let at = self.strings.len() as u32;
        if self.strings.len() > (1 << 30) {
            return Err(GazetteerError::Entry(
                "more names than a gazetteer file can hold; split the import".into(),
            ));
        }
        self.strings.push(len);
        self.strings.extend_from_slice(text.as_bytes());
        self.string_at.insert(text.to_owned(), at);
        Ok(at)
    }

    fn country(&mut self, code: Option<CountryCode>) -> Result<u8, GazetteerError> {
        let Some(code) = code else { return Ok(u8::MAX) };
        let at = self.countries.iter().position(|&known| known == code).unwrap_or_else(|| {
            self.countries.push(code);
            self.countries.len() - 1
        });
        u8::try_from(at)
            .ok()
            .filter(|&at| at != u8::MAX)
            .ok_or_else(|| GazetteerError::Entry("more than 255 countries".into()))
    }

    /// The compiled bytes.
    ///
    /// # Errors
    /// When the index cannot be built (it outgrew memory).
    pub fn finish(self) -> Result<Vec<u8>, GazetteerError> {
        let mut postings = Vec::new();
        let exact = index_of(&self.exact, &mut postings)?;
        let skeletons = index_of(&self.skeletons, &mut postings)?;
        let countries: Vec<u8> = self.countries.iter().flat_map(|c| c.as_str().bytes()).collect();
        let sections: [&[u8]; SECTIONS] =
            [&countries, &self.records, &self.radii, &self.strings, &postings, &exact, &skeletons];
        let mut out = Vec::with_capacity(HEADER + 32 + sections.iter().map(|s| s.len()).sum::<usize>());
        out.extend_from_slice(MAGIC);
        let mut end = HEADER;
        for section in sections {
            end += section.len();
            out.extend_from_slice(&(end as u64).to_le_bytes());
        }
        for section in sections {
            out.extend_from_slice(section);
        }
        let digest = blake3::hash(&out);
        out.extend_from_slice(digest.as_bytes());
        Ok(out)
    }
}

fn push(map: &mut BTreeMap<String, Vec<u32>>, key: String, index: u32) {
    let list = map.entry(key).or_default();
    if list.last() != Some(&index) {
        list.push(index);
    }
}

fn index_of(keys: &BTreeMap<String, Vec<u32>>, postings: &mut Vec<u8>) -> Result<Vec<u8>, GazetteerError> {
    let failed = |e: fst::Error| GazetteerError::Entry(format!("the index cannot be built: {e}"));
    let mut builder = fst::raw::Builder::memory();
    for (key, list) in keys {
        let value = match list.as_slice() {
            [one] => u64::from(*one) << 1,
            many => {
                let at = postings.len() as u64;
                varint(many.len() as u32, postings);
                let mut last = 0;
                for &index in many {
                    varint(index - last, postings);
                    last = index;
                }
                at << 1 | 1
            }
        };
        builder.insert(key, value).map_err(failed)?;
    }
    builder.into_inner().map_err(failed)
}

fn varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 & 0x7f | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
