//! Places that wire copy names and gazetteers lack, from `data/places/features.tsv`: regions, rivers with their course, deserts, oil
//! fields, dams, crossings, camps, bases, front-line villages.

use std::collections::{BTreeMap, BTreeSet};

use super::GazetteerError;
use super::compile::{Builder, Entry, EntryId, EntryParent};
use super::country::CountryCode;
use super::kind::PlaceKind;
use super::table::{Row, rows};

/// A line on the map: degrees north and east.
pub(super) type Course = Vec<(f64, f64)>;

/// Adds the rows of `text` to `builder`; gives the courses of those that have one, by id.
pub(super) fn compile(
    file: &'static str,
    text: &str,
    builder: &mut Builder,
) -> Result<BTreeMap<String, Course>, GazetteerError> {
    let mut courses = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in rows(file, text)? {
        let id = row.text("id")?.to_owned();
        if !seen.insert(id.clone()) {
            return Err(row.error("id", "the id is there twice"));
        }
        // "hand" alone says not whether anybody looked the point up
        if matches!(row.text("provenance")?, "hand") {
            return Err(row.error("provenance", "say what the point was checked by"));
        }
        let course = course(&row, "course")?;
        let (lat, lon) = match row.cell("lat")? {
            "" if !course.is_empty() => course[course.len() / 2],
            _ => (row.number("lat")?, row.number("lon")?),
        };
        let radius_km = match row.cell("radius_km")? {
            "" => None,
            _ => Some(row.number("radius_km")? as f32),
        };
        let kind = row.text("kind")?;
        let entry = Entry {
            name: row.text("name")?.to_owned(),
            alternates: row.list("alternates")?,
            kind: PlaceKind::parse(kind)
                .ok_or_else(|| row.error("kind", &format!("{kind} is no kind of place")))?,
            lat,
            lon,
            population: match row.cell("population")? {
                "" => 0,
                _ => row.number("population")? as u32,
            },
            capital: false,
            country: match row.cell("country")? {
                "" => None,
                code => Some(
                    CountryCode::parse(code).ok_or_else(|| row.error("country", "two letters are wanted"))?,
                ),
            },
            parent: match row.cell("parent")? {
                "" => EntryParent::None,
                name => EntryParent::Name(name.to_owned()),
            },
            radius_km,
            transliterated: true,
            // A town that GeoNames has, under the names that news use.
            id: match id.strip_prefix("geonames:").map(str::parse) {
                Some(Ok(number)) => EntryId::Geonames(number),
                _ => EntryId::Written(id.clone()),
            },
        };
        builder.add(&entry).map_err(|e| row.error("row", &e.to_string()))?;
        if !course.is_empty() {
            courses.insert(id, course);
        }
    }
    Ok(courses)
}

/// The line in the cell under `column`: `lat,lon` points separated by `;`.
pub(super) fn course(row: &Row<'_>, column: &str) -> Result<Course, GazetteerError> {
    row.cell(column)?
        .split(';')
        .filter(|p| !p.is_empty())
        .map(|point| {
            point
                .split_once(',')
                .and_then(|(lat, lon)| Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?)))
                .ok_or_else(|| row.error(column, &format!("{point} is not lat,lon")))
        })
        .collect()
}
