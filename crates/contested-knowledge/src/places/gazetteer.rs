use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::GazetteerError;
use super::ambiguity::Ambiguity;
use super::borders::Borders;
use super::compile::Builder;
use super::compiled::{Compiled, Record, Within};
use super::country::{Countries, Country, CountryCode};
use super::features::{self, Course};
use super::kind::PlaceKind;

static EMBEDDED: &[u8] = include_bytes!("../../data/places/gazetteer.bin");
pub(super) static COUNTRIES: &str = include_str!("../../data/places/countries.tsv");
pub(super) static FEATURES: &str = include_str!("../../data/places/features.tsv");
static BORDERS: &str = include_str!("../../data/places/borders.tsv");
pub(super) static AMBIGUOUS: &str = include_str!("../../data/places/ambiguous.tsv");

/// A place by layer and number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlaceRef {
    pub(super) layer: u8,
    pub(super) index: u32,
}

/// A place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// `geonames:174448`, `region:eastern-ghouta`, `country:SY`.
    pub id: String,
    /// Name as a reader would write it.
    pub name: String,
    /// Degrees north, WGS 84, four decimals.
    pub lat: f64,
    /// Degrees east, WGS 84, four decimals.
    pub lon: f64,
    /// Country.
    pub country: Option<CountryCode>,
    /// What it is.
    pub kind: PlaceKind,
    /// Name of the first-level division or other area it lies in.
    pub admin1: Option<String>,
    /// People, 0 when unknown.
    pub population: u32,
    /// How far the place reaches, in km.
    pub radius_km: f64,
}

/// All that is known of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRecord {
    /// Where and what it is.
    pub place: Located,
    /// What it lies in, finest first.
    pub within: Vec<String>,
    /// Course of a river, road or line: degrees north and east; empty for points.
    pub course: Vec<(f64, f64)>,
    /// Whether it is its country's capital.
    pub capital: bool,
}

/// Places under all their names.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    pub(super) layers: Vec<Compiled>,
    pub(super) countries: Countries,
    pub(super) ambiguity: Ambiguity,
    courses: BTreeMap<String, Course>,
    borders: Borders,
}

impl Gazetteer {
    /// The built-in gazetteer.
    ///
    /// # Panics
    /// Never in a released program: the data is part of it and a test loads it.
    pub fn embedded() -> &'static Self {
        static LOADED: LazyLock<Gazetteer> =
            LazyLock::new(|| Gazetteer::load().expect("the embedded tables are checked by a test"));
        &LOADED
    }

    fn load() -> Result<Self, GazetteerError> {
        let countries = Countries::parse("data/places/countries.tsv", COUNTRIES)?;
        let mut builder = Builder::new();
        countries.compile(&mut builder)?;
        let courses = features::compile("data/places/features.tsv", FEATURES, &mut builder)?;
        Ok(Self {
            layers: vec![Compiled::from_vec(builder.finish()?)?, Compiled::embedded(EMBEDDED)?],
            countries,
            ambiguity: Ambiguity::parse("data/places/ambiguous.tsv", AMBIGUOUS)?,
            courses,
            borders: Borders::parse("data/places/borders.tsv", BORDERS)?,
        })
    }

    /// This gazetteer with imported ones added. They take part at once; a place that is also built in is taken from the built-in one.
    #[must_use]
    pub fn with(&self, imports: Vec<Compiled>) -> Self {
        let mut all = self.clone();
        all.layers.extend(imports);
        all.layers.truncate(200);
        all
    }

    /// Imported gazetteers: the beginning of their digest and their number of places.
    pub fn imports(&self) -> impl Iterator<Item = (String, usize)> {
        self.layers.iter().skip(2).map(|layer| {
            let start = layer.digest()[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
            (format!("b3:{start:016x}"), layer.len())
        })
    }

    /// Number of places, duplicates between imports counted twice.
    pub fn len(&self) -> usize {
        self.layers.iter().map(Compiled::len).sum()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Digests of all data in it.
    pub(crate) fn digests(&self) -> impl Iterator<Item = &[u8]> {
        [COUNTRIES.as_bytes(), FEATURES.as_bytes(), AMBIGUOUS.as_bytes(), BORDERS.as_bytes()]
            .into_iter()
            .chain(self.layers.iter().map(|layer| layer.digest().as_slice()))
    }

    /// All countries.
    pub fn countries(&self) -> &[Country] {
        self.countries.all()
    }

    /// The country that `name_or_code` names ("Syria", "DR Congo", "SY").
    pub fn country(&self, name_or_code: &str) -> Option<&Country> {
        self.countries.named(name_or_code).or_else(|| {
            let code = CountryCode::parse(name_or_code)?;
            (code.as_str() == name_or_code).then(|| self.countries.by_code(code))?
        })
    }

    /// The country with `code`.
    pub fn country_of(&self, code: CountryCode) -> Option<&Country> {
        self.countries.by_code(code)
    }

    /// The country whose people or property `word` means ("Syrian", "Iraqis").
    pub fn country_of_demonym(&self, word: &str) -> Option<&Country> {
        self.countries.of_demonym(word)
    }

    /// The place with `id`. Takes time proportional to the number of places for ids of GeoNames and Who's On First.
    pub fn get(&self, id: &str) -> Option<PlaceRecord> {
        let (space, number) = id.split_once(':')?;
        let number: Option<u32> = number.parse().ok();
        for (layer, compiled) in self.layers.iter().enumerate() {
            for index in 0..compiled.len() as u32 {
                let Some(record) = compiled.record(index) else { continue };
                let found = match (record.namespace, space) {
                    (0, "geonames") | (1, "wof") => number == Some(record.number),
                    (2, _) => compiled.string(record.number) == id,
                    _ => false,
                };
                if found {
                    return Some(self.describe(PlaceRef { layer: layer as u8, index }, &record));
                }
            }
        }
        None
    }

    pub(super) fn describe(&self, at: PlaceRef, record: &Record) -> PlaceRecord {
        let place = self.locate(at, record);
        let mut within = Vec::new();
        self.ancestors(at, record, |_, name| within.push(name.to_owned()));
        let course = self.courses.get(&place.id).cloned().unwrap_or_default();
        PlaceRecord { place, within, course, capital: record.capital }
    }

    /// The places with these ids, found in one pass over all of them; what is not known is not there.
    pub fn get_all(&self, ids: &BTreeSet<&str>) -> BTreeMap<String, PlaceRecord> {
        let mut out = BTreeMap::new();
        if ids.is_empty() {
            return out;
        }
        for (layer, compiled) in self.layers.iter().enumerate() {
            for index in 0..compiled.len() as u32 {
                let Some(record) = compiled.record(index) else { continue };
                let at = PlaceRef { layer: layer as u8, index };
                let id = self.id(at, &record);
                if ids.contains(id.as_str()) {
                    out.entry(id).or_insert_with(|| self.describe(at, &record));
                }
            }
        }
        out
    }

    /// Course of the feature with `id`, where it has one.
    pub fn course(&self, id: &str) -> Option<&[(f64, f64)]> {
        self.courses.get(id).map(Vec::as_slice)
    }

    /// The common border of two countries, where they have one.
    pub fn border(&self, a: CountryCode, b: CountryCode) -> Option<&[(f64, f64)]> {
        self.borders.between(a, b)
    }

    pub(super) fn locate(&self, at: PlaceRef, record: &Record) -> Located {
        let layer = &self.layers[at.layer as usize];
        let mut admin1 = None;
        self.ancestors(at, record, |_, name| admin1 = Some(name.to_owned()));
        Located {
            id: self.id(at, record),
            name: layer.string(record.name).to_owned(),
            lat: (record.lat * 1e4).round() / 1e4,
            lon: (record.lon * 1e4).round() / 1e4,
            country: record.country,
            kind: record.kind,
            admin1,
            population: record.population,
            radius_km: self.radius_km(at, record),
        }
    }

    pub(super) fn radius_km(&self, at: PlaceRef, record: &Record) -> f64 {
        let known = self.layers[at.layer as usize].radius_km(at.index);
        known.unwrap_or_else(|| match record.kind {
            PlaceKind::City if record.population > 2_000_000 => 15.0,
            kind => kind.usual_radius_km(),
        })
    }

    pub(super) fn id(&self, at: PlaceRef, record: &Record) -> String {
        match record.namespace {
            0 => format!("geonames:{}", record.number),
            1 => format!("wof:{}", record.number),
            _ => self.layers[at.layer as usize].string(record.number).to_owned(),
        }
    }

    /// Calls `visit` with what the place lies in, finest first.
    pub(super) fn ancestors(
        &self,
        at: PlaceRef,
        record: &Record,
        mut visit: impl FnMut(Option<PlaceRef>, &str),
    ) {
        let layer = &self.layers[at.layer as usize];
        let mut here = *record;
        for _ in 0..5 {
            match layer.within(&here) {
                None => return,
                Some(Within::Name(name)) => {
                    visit(None, name);
                    return;
                }
                Some(Within::Record(index)) => {
                    let Some(parent) = layer.record(index) else { return };
                    visit(Some(PlaceRef { layer: at.layer, index }), layer.string(parent.name));
                    here = parent;
                }
            }
        }
    }
}
