//! Countries with their demonyms, from `data/places/countries.tsv`, the table that actors read states from too.

use std::collections::BTreeMap;

use super::GazetteerError;
use super::compile::{Builder, Entry, EntryId, EntryParent};
use super::fold::fold;
use super::kind::PlaceKind;
use super::table::{Row, rows};

/// An ISO 3166-1 alpha-2 code (and XK for Kosovo).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code of two ASCII capitals.
    pub const fn new(letters: [u8; 2]) -> Option<Self> {
        if letters[0].is_ascii_uppercase() && letters[1].is_ascii_uppercase() {
            Some(Self(letters))
        } else {
            None
        }
    }

    /// The code that `text` spells, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [a, b] => Self::new([a.to_ascii_uppercase(), b.to_ascii_uppercase()]),
            _ => None,
        }
    }

    /// `"SY"`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl std::fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for CountryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A country.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// `country:SY`.
    pub id: String,
    /// Name in running text.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Adjectives and nouns for its people.
    pub demonyms: Vec<String>,
    /// Its capital's name.
    pub capital: String,
    /// Degrees north of its middle (mean of its settlements).
    pub lat: f64,
    /// Degrees east of its middle.
    pub lon: f64,
    /// People.
    pub population: u32,
    /// Whether it has been fought over, by the table: names in reports of war are the likelier meant for places in it.
    pub war: bool,
    /// Radius of a circle of its area, in km.
    pub radius_km: f64,
}

/// All countries and the words for them.
#[derive(Debug, Clone)]
pub(super) struct Countries {
    list: Vec<Country>,
    by_name: BTreeMap<String, usize>,
    by_demonym: BTreeMap<String, usize>,
    by_code: BTreeMap<CountryCode, usize>,
}

impl Countries {
    /// Reads the table.
    ///
    /// # Errors
    /// When a row is wrong; the message names line and reason.
    pub(super) fn parse(file: &'static str, text: &str) -> Result<Self, GazetteerError> {
        let mut all = Self {
            list: Vec::new(),
            by_name: BTreeMap::new(),
            by_demonym: BTreeMap::new(),
            by_code: BTreeMap::new(),
        };
        for row in rows(file, text)? {
            let country = read(&row)?;
            let at = all.list.len();
            if all.by_code.insert(country.code, at).is_some() {
                return Err(row.error("code", "the code is there twice"));
            }
            for name in std::iter::once(&country.name).chain(&country.aliases) {
                all.by_name.entry(fold(name)).or_insert(at);
            }
            for demonym in &country.demonyms {
                let known = all.by_demonym.entry(fold(demonym)).or_insert(at);
                // "Congolese", "Dominican": the larger people has the better claim.
                if all.list.get(*known).is_some_and(|other| other.population < country.population) {
                    *known = at;
                }
            }
            all.list.push(country);
        }
        Ok(all)
    }

    pub(super) fn all(&self) -> &[Country] {
        &self.list
    }

    pub(super) fn by_code(&self, code: CountryCode) -> Option<&Country> {
        self.by_code.get(&code).map(|&at| &self.list[at])
    }

    pub(super) fn named(&self, name: &str) -> Option<&Country> {
        if is_the_pronoun(name) {
            return None;
        }
        self.by_name.get(&fold(name)).map(|&at| &self.list[at])
    }

    pub(super) fn of_demonym(&self, word: &str) -> Option<&Country> {
        if is_the_pronoun(word) {
            return None;
        }
        self.by_demonym.get(&fold(word)).map(|&at| &self.list[at])
    }

    /// Adds every country as a place.
    pub(super) fn compile(&self, builder: &mut Builder) -> Result<(), GazetteerError> {
        for country in &self.list {
            builder.add(&Entry {
                id: EntryId::Written(country.id.clone()),
                name: country.name.clone(),
                alternates: country.aliases.clone(),
                kind: PlaceKind::Country,
                lat: country.lat,
                lon: country.lon,
                population: country.population,
                capital: false,
                country: Some(country.code),
                parent: EntryParent::None,
                radius_km: Some(country.radius_km as f32),
                transliterated: true,
            })?;
        }
        Ok(())
    }
}

/// "us" is the United States only in capitals or with points; "Us" begins a sentence.
fn is_the_pronoun(word: &str) -> bool {
    matches!(word, "us" | "Us" | "it" | "It" | "car" | "Car")
}

/// The lists under `columns` together, without the marks of ambiguity that actors heed.
fn names(row: &Row<'_>, columns: &[&str]) -> Result<Vec<String>, GazetteerError> {
    let mut all: Vec<String> = Vec::new();
    for column in columns {
        for name in row.list(column)? {
            let name = name.trim_start_matches('~').to_owned();
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    Ok(all)
}

fn read(row: &Row<'_>) -> Result<Country, GazetteerError> {
    let code =
        CountryCode::parse(row.text("code")?).ok_or_else(|| row.error("code", "two letters are wanted"))?;
    Ok(Country {
        code,
        id: format!("country:{code}"),
        name: row.text("name")?.to_owned(),
        aliases: names(row, &["names", "place_names"])?,
        demonyms: names(row, &["adjectives", "people", "communities"])?,
        capital: row.text("capital")?.to_owned(),
        lat: row.number("lat")?,
        lon: row.number("lon")?,
        population: row.number("population")? as u32,
        war: row.text("war")? == "1",
        radius_km: row.number("radius_km")?,
    })
}
