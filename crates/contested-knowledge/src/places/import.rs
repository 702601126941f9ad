//! Compiling what users bring: GeoNames country dumps, Who's On First extracts and tables of their own. Every error names file, line and
//! reason, and a file with an error is refused whole.

use std::collections::BTreeMap;

use super::GazetteerError;
use super::compile::{Builder, Entry, EntryId, EntryParent};
use super::country::CountryCode;
use super::fold::fold;
use super::gazetteer::Gazetteer;
use super::kind::PlaceKind;

/// A file format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// GeoNames dump: 19 columns, tab-separated, no header.
    Geonames,
    /// Who's On First extract: id, type, name, names (|), lat, lon, population, country, region id, county id, GeoNames id, feature code.
    WhosOnFirst,
    /// Comma-separated with a header: `name`, `lat`, `lon`, and where known `id`, `alternates` (|), `kind`, `country`, `parent`,
    /// `population`, `radius_km`.
    Csv,
}

impl Format {
    /// The format of a file that begins with `line`.
    pub fn of(line: &str) -> Option<Self> {
        let line = line.trim_start_matches('\u{feff}');
        match line.matches('\t').count() {
            18 => Some(Self::Geonames),
            11 => Some(Self::WhosOnFirst),
            0 if ["name", "lat", "lon"]
                .iter()
                .all(|c| line.split(',').any(|cell| cell.trim().eq_ignore_ascii_case(c))) =>
            {
                Some(Self::Csv)
            }
            _ => None,
        }
    }
}

/// A compiled import.
#[derive(Debug, Clone)]
pub struct Import {
    /// The file's compiled form, for [`super::Compiled::from_vec`].
    pub bytes: Vec<u8>,
    /// Places in it.
    pub places: usize,
    /// Rows left out because they name nothing that a report would (wells, postal areas, airports' codes).
    pub left_out: usize,
}

/// Compiles `text`, the content of `file`.
///
/// # Errors
/// When the format is not known or a row is wrong; the message names file, line and reason.
pub fn compile(file: &str, text: &str) -> Result<Import, GazetteerError> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or("");
    let format = Format::of(first).ok_or_else(|| GazetteerError::Row {
        file: file.to_owned(),
        line: 1,
        reason: "neither a GeoNames dump (19 tab-separated columns), a Who's On First extract (12), nor a CSV table whose head names \
                 name, lat and lon"
            .into(),
    })?;
    let mut job = Job { file, builder: Builder::new(), left_out: 0 };
    match format {
        Format::Geonames => job.geonames(text)?,
        Format::WhosOnFirst => job.whos_on_first(text)?,
        Format::Csv => job.csv(text)?,
    }
    let places = job.builder.len();
    let left_out = job.left_out;
    Ok(Import { bytes: job.builder.finish()?, places, left_out })
}

struct Job<'a> {
    file: &'a str,
    builder: Builder,
    left_out: usize,
}

/// The rows of a tab-separated file with their line numbers.
type Lines<'a> = Vec<(usize, Vec<&'a str>)>;

impl<'a> Job<'a> {
    fn error(&self, line: usize, reason: impl Into<String>) -> GazetteerError {
        GazetteerError::Row { file: self.file.to_owned(), line, reason: reason.into() }
    }

    fn rows(&self, text: &'a str, columns: usize) -> Result<Lines<'a>, GazetteerError> {
        let mut rows = Vec::new();
        for (i, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != columns {
                return Err(self.error(i + 1, format!("{} columns where {columns} are wanted", cells.len())));
            }
            rows.push((i + 1, cells));
        }
        Ok(rows)
    }

    fn point(&self, line: usize, lat: &str, lon: &str) -> Result<(f64, f64), GazetteerError> {
        let read = |what: &str, text: &str, most: f64| {
            text.trim().parse::<f64>().ok().filter(|n| n.abs() <= most).ok_or_else(|| {
                self.error(line, format!("{what} {text:?} is not a number between -{most} and {most}"))
            })
        };
        Ok((read("latitude", lat, 90.0)?, read("longitude", lon, 180.0)?))
    }

    fn count(&self, line: usize, text: &str) -> Result<u32, GazetteerError> {
        match text.trim() {
            "" => Ok(0),
            text => text
                .parse::<f64>()
                .ok()
                .filter(|n| (0.0..1e11).contains(n))
                .map(|n| n as u32)
                .ok_or_else(|| self.error(line, format!("population {text:?} is no count"))),
        }
    }

    fn add(&mut self, line: usize, entry: &Entry) -> Result<Option<u32>, GazetteerError> {
        if fold(&entry.name).is_empty() {
            self.left_out += 1;
            return Ok(None);
        }
        self.builder.add(entry).map(Some).map_err(|e| self.error(line, e.to_string()))
    }

    fn geonames(&mut self, text: &'a str) -> Result<(), GazetteerError> {
        let mut rows = self.rows(text, 19)?;
        // Divisions first, so that settlements find what they lie in.
        let rank = |code: &str| match code {
            "ADM1" => 0,
            "ADM2" => 1,
            _ => 2,
        };
        rows.sort_by_key(|(line, r)| (rank(r[7]), *line));
        let mut divisions: BTreeMap<String, u32> = BTreeMap::new();
        for (line, r) in rows {
            let number = r[0].parse().map_err(|_| self.error(line, format!("id {:?} is no number", r[0])))?;
            let (lat, lon) = self.point(line, r[4], r[5])?;
            let population = self.count(line, r[14])?;
            let code = if matches!(r[6], "P" | "A" | "H" | "T" | "S" | "L" | "R" | "V") { r[7] } else { "-" };
            let Some(kind) = PlaceKind::of_feature(code, population) else {
                self.left_out += 1;
                continue;
            };
            let (first, second) = (format!("{}.{}", r[8], r[10]), format!("{}.{}.{}", r[8], r[10], r[11]));
            let parent = match rank(r[7]) {
                0 => None,
                1 => divisions.get(&first),
                _ => divisions.get(&second).or_else(|| divisions.get(&first)),
            };
            let entry = Entry {
                id: EntryId::Geonames(number),
                name: if r[2].is_empty() { r[1] } else { r[2] }.to_owned(),
                alternates: r[3].split(',').chain([r[1]]).filter(|n| usable(n)).map(str::to_owned).collect(),
                kind,
                lat,
                lon,
                population,
                capital: r[7] == "PPLC",
                country: CountryCode::parse(r[8]),
                parent: parent.map_or(EntryParent::None, |&p| EntryParent::Entry(p)),
                radius_km: None,
                transliterated: true,
            };
            if let Some(index) = self.add(line, &entry)? {
                match rank(r[7]) {
                    0 => divisions.insert(first, index),
                    1 => divisions.insert(second, index),
                    _ => None,
                };
            }
        }
        Ok(())
    }

    fn whos_on_first(&mut self, text: &'a str) -> Result<(), GazetteerError> {
        let mut rows = self.rows(text, 12)?;
        let rank = |kind: &str| match kind {
            "region" => 0,
            "county" => 1,
            _ => 2,
        };
        rows.sort_by_key(|(line, r)| (rank(r[1]), *line));
        let mut areas: BTreeMap<&str, u32> = BTreeMap::new();
        for (line, r) in rows {
            let number = r[0].parse().map_err(|_| self.error(line, format!("id {:?} is no number", r[0])))?;
            let population = self.count(line, r[6])?;
            let kind = match r[1] {
                "region" => PlaceKind::Province,
                "county" => PlaceKind::District,
                "neighbourhood" => PlaceKind::Neighbourhood,
                "locality" | "localadmin" => {
                    PlaceKind::of_feature(r[11], population).unwrap_or(PlaceKind::Village)
                }
                "campus" if r[2].contains("Air Base") || r[2].contains("Airbase") => PlaceKind::AirBase,
                "campus" if r[2].contains("Airport") || r[2].contains("Airfield") => PlaceKind::Airport,
                _ => {
                    self.left_out += 1;
                    continue;
                }
            };
            let (lat, lon) = self.point(line, r[4], r[5])?;
            let parent = areas.get(r[9]).or_else(|| areas.get(r[8])).copied();
            let entry = Entry {
                id: match r[10].parse() {
                    Ok(geonames) if rank(r[1]) == 2 => EntryId::Geonames(geonames),
                    _ => EntryId::WhosOnFirst(number),
                },
                name: r[2].to_owned(),
                alternates: r[3].split('|').filter(|n| usable(n)).map(str::to_owned).collect(),
                kind,
                lat,
                lon,
                population,
                capital: false,
                country: CountryCode::parse(r[7]),
                parent: parent.map_or(EntryParent::None, EntryParent::Entry),
                radius_km: None,
                transliterated: true,
            };
            if let Some(index) = self.add(line, &entry)? {
                areas.insert(r[0], index);
            }
        }
        Ok(())
    }

    fn csv(&mut self, text: &str) -> Result<(), GazetteerError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let head: Vec<String> = reader
            .headers()
            .map_err(|e| self.error(1, e.to_string()))?
            .iter()
            .map(str::to_ascii_lowercase)
            .collect();
        for row in reader.records() {
            let row = row.map_err(|e| {
                self.error(
                    e.position().map_or(1, |p| p.line() as usize),
                    "the row has another number of cells than the head",
                )
            })?;
            let line = row.position().map_or(0, |p| p.line() as usize);
            let cell =
                |name: &str| head.iter().position(|h| h == name).and_then(|i| row.get(i)).unwrap_or("");
            let name = cell("name");
            if fold(name).is_empty() {
                return Err(self.error(line, "the name is empty or longer than 90 characters"));
            }
            let (lat, lon) = self.point(line, cell("lat"), cell("lon"))?;
            let kind = match cell("kind") {
                "" => PlaceKind::Village,
                word => PlaceKind::parse(word).ok_or_else(|| {
                    let all: Vec<_> = PlaceKind::ALL.iter().map(|k| k.as_str()).collect();
                    self.error(line, format!("kind {word:?} is none of {}", all.join(", ")))
                })?,
            };
            let country = match cell("country") {
                "" => None,
                word => Some(
                    Gazetteer::embedded()
                        .country(word)
                        .ok_or_else(|| {
                            self.error(
                                line,
                                format!("country {word:?} is neither a known name nor an ISO code"),
                            )
                        })?
                        .code,
                ),
            };
            let radius_km = match cell("radius_km") {
                "" => None,
                text => Some(
                    text.parse::<f32>()
                        .ok()
                        .filter(|r| (0.0..20_000.0).contains(r))
                        .ok_or_else(|| self.error(line, format!("radius_km {text:?} is no distance")))?,
                ),
            };
            let id = match cell("id") {
                "" => format!("own:{}", fold(name).replace(' ', "-")),
                id if id.contains(':') => id.to_owned(),
                id => format!("own:{id}"),
            };
            let entry = Entry {
                id: EntryId::Written(id),
                name: name.to_owned(),
                alternates: cell("alternates")
                    .split('|')
                    .filter(|n| !n.is_empty())
                    .map(str::to_owned)
                    .collect(),
                kind,
                lat,
                lon,
                population: self.count(line, cell("population"))?,
                capital: false,
                country,
                parent: match cell("parent") {
                    "" => EntryParent::None,
                    parent => EntryParent::Name(parent.to_owned()),
                },
                radius_km,
                transliterated: true,
            };
            self.add(line, &entry)?;
        }
        Ok(())
    }
}

/// Alternate names in Latin script; the others cannot stand in English copy.
fn usable(name: &str) -> bool {
    name.len() > 1 && name.chars().any(|c| c.is_ascii_alphabetic()) && name.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::super::{Compiled, PlaceQuery};
    use super::*;

    const OWN: &str = "name,lat,lon,kind,country,alternates,parent\nUpper Ford,34.5,40.5,village,Syria,\"Ford, Upper|al-Maabar\",Deir ez-Zor\n";

    #[test]
    fn own_tables_take_part_at_once() {
        let import = compile("own.csv", OWN).expect("the table is right");
        assert_eq!((import.places, import.left_out), (1, 0));
        let places =
            Gazetteer::embedded().with(vec![Compiled::from_vec(import.bytes).expect("it was just compiled")]);
        let query = PlaceQuery { name: "Upper Ford", inside: &["Syria"], ..PlaceQuery::default() };
        let found = &places.resolve(&[query], &super::super::PlaceContext::default())[0];
        assert_eq!(found.best.as_ref().map(|p| p.id.as_str()), Some("own:upper-ford"));
    }

    #[test]
    fn errors_name_file_line_and_reason() {
        let said = |text: &str| compile("own.csv", text).map(|i| i.places).map_err(|e| e.to_string());
        insta::assert_snapshot!(said("name,lat,lon\nA town,95,1\n").unwrap_err(), @r#"own.csv, line 2: latitude "95" is not a number between -90 and 90"#);
        insta::assert_snapshot!(said("name,lat,lon,country\nA town,5,1,Ruritania\n").unwrap_err(), @r#"own.csv, line 2: country "Ruritania" is neither a known name nor an ISO code"#);
        insta::assert_snapshot!(said("name,lat,lon\nA town,5\n").unwrap_err(), @"own.csv, line 2: the row has another number of cells than the head");
        assert!(said("what is this\n").unwrap_err().starts_with("own.csv, line 1: neither"));
        let dump = ["1"; 19].join("\t");
        assert!(said(&format!("{dump}\n1\t2\n")).unwrap_err().contains("line 2: 2 columns"));
    }

    #[test]
    fn damaged_files_are_refused() {
        let mut bytes = compile("own.csv", OWN).expect("the table is right").bytes;
        bytes[100] ^= 1;
        assert!(Compiled::from_vec(bytes).is_err());
        assert!(Compiled::from_vec(b"CGAZ0001".to_vec()).is_err());
        assert!(Compiled::from_vec(Vec::new()).is_err());
    }
}
