//! What a batch adds to the lists of names and spots, written once at its end rather than claim by claim.

use std::collections::{BTreeMap, BTreeSet};

use crate::sql::{self, Transaction, params};

/// Names and spots of the claims of one transaction.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// By what, id and name: how many claims.
    names: BTreeMap<(&'static str, String, String), i64>,
    spots: BTreeSet<Spot>,
}

/// Place, year, and coordinates as bits, which sort.
type Spot = (String, i64, u64, u64);

impl Tally {
    /// One claim more that calls `id` so.
    pub(crate) fn add(&mut self, what: &'static str, name: &str, id: String) {
        *self.names.entry((what, id, name.to_owned())).or_default() += 1;
    }

    /// Something is told of this place on `day`.
    pub(crate) fn spot(&mut self, place: &str, day: &str, lat: f64, lon: f64) {
        let year = day.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
        self.spots.insert((place.to_owned(), year, lat.to_bits(), lon.to_bits()));
    }

    /// Writes all of it.
    pub(crate) fn write(&self, work: &Transaction<'_>) -> sql::Result<()> {
        let mut of: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for ((what, id, name), claims) in &self.names {
            work.prepare_cached(
                "INSERT INTO names (what, name, id, claims) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (what, name COLLATE NOCASE, id) DO UPDATE SET claims = names.claims + excluded.claims",
            )?
            .execute(params![what, name, id, claims])?;
            *of.entry((what, id)).or_default() += claims;
        }
        for ((what, id), claims) in of {
            work.prepare_cached(
                "INSERT INTO named (what, id, claims) VALUES (?1, ?2, ?3) ON CONFLICT (what, id) DO UPDATE SET claims = named.claims + excluded.claims",
            )?
            .execute(params![what, id, claims])?;
        }
        for (place, year, lat, lon) in &self.spots {
            work.prepare_cached(
                "INSERT OR IGNORE INTO spots (place, year, lat, lon) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![place, year, f64::from_bits(*lat), f64::from_bits(*lon)])?;
        }
        Ok(())
    }
}
