//! Common borders of countries, from `data/places/borders.tsv`.

use std::collections::BTreeMap;

use super::GazetteerError;
use super::country::CountryCode;
use super::features::{Course, course};
use super::table::rows;

/// The line of every border between two countries.
#[derive(Debug, Clone)]
pub(super) struct Borders(BTreeMap<(CountryCode, CountryCode), Course>);

impl Borders {
    /// Reads the table.
    ///
    /// # Errors
    /// When a row is wrong; the message names line and reason.
    pub(super) fn parse(file: &'static str, text: &str) -> Result<Self, GazetteerError> {
        let mut all = BTreeMap::new();
        for row in rows(file, text)? {
            let code = |column: &str| {
                CountryCode::parse(row.text(column)?)
                    .ok_or_else(|| row.error(column, "two letters are wanted"))
            };
            row.text("from")?;
            let line = course(&row, "line")?;
            if line.len() < 2 {
                return Err(row.error("line", "a line has two points at least"));
            }
            if all.insert(pair(code("a")?, code("b")?), line).is_some() {
                return Err(row.error("a", "the border is there twice"));
            }
        }
        Ok(Self(all))
    }

    /// The border between two countries, where they have one.
    pub(super) fn between(&self, a: CountryCode, b: CountryCode) -> Option<&[(f64, f64)]> {
        self.0.get(&pair(a, b)).map(Vec::as_slice)
    }
}

fn pair(a: CountryCode, b: CountryCode) -> (CountryCode, CountryCode) {
    (a.min(b), a.max(b))
}
