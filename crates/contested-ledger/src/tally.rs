//! What a batch adds beside its reports and claims, written once at its end rather than claim by claim, in the order of the indexes: whom and which
//! places claims name, the lists of names and spots, and the indexes of words.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::sql::{self, Transaction, params};

use crate::decisions::known_as;

/// What the claims of one transaction name.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// By name: how many claims.
    outlets: BTreeMap<String, i64>,
    actors: Vec<ActorRow>,
    places: Vec<PlaceRow>,
    /// The first rows whose words are in no index yet: all that come after them are new, too.
    first_report: Option<i64>,
    first_claim: Option<i64>,
}

/// The row of a claim, with its days: valid and reported time.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) day: String,
    pub(crate) known: String,
    pub(crate) claim: i64,
}

/// Somebody whom a claim names.
#[derive(Debug)]
pub(crate) struct ActorRow {
    pub(crate) told: Rc<Told>,
    /// Its number among those named in the claim.
    pub(crate) n: i64,
    pub(crate) role: &'static str,
    pub(crate) actor: String,
    pub(crate) name: String,
}

/// A place that a claim names.
#[derive(Debug)]
pub(crate) struct PlaceRow {
    pub(crate) told: Rc<Told>,
    /// Its number among the places of the claim.
    pub(crate) n: i64,
    pub(crate) place: String,
    pub(crate) name: String,
    pub(crate) spot: [Option<f64>; 2],
    pub(crate) country: Option<String>,
    pub(crate) relation: &'static str,
    pub(crate) ground: bool,
}

/// Place, year, and coordinates as bits, which sort.
type Spot = (String, i64, u64, u64);

impl Tally {
    /// One claim more that this outlet published.
    pub(crate) fn outlet(&mut self, name: &str) {
        match self.outlets.get_mut(name) {
            Some(claims) => *claims += 1,
            None => drop(self.outlets.insert(name.to_owned(), 1)),
        }
    }

    pub(crate) fn actor(&mut self, row: ActorRow) {
        self.actors.push(row);
    }

    pub(crate) fn place(&mut self, row: PlaceRow) {
        self.places.push(row);
    }

    /// A report more, in the row `id`.
    pub(crate) fn report(&mut self, id: i64) {
        self.first_report.get_or_insert(id);
    }

    /// A claim more, likewise.
    pub(crate) fn claim(&mut self, id: i64) {
        self.first_claim.get_or_insert(id);
    }

    /// Writes all of it.
    pub(crate) fn write(mut self, work: &Transaction<'_>) -> sql::Result<()> {
        self.write_rows(work)?;
        self.write_names(work)?;
        self.write_spots(work)?;
        self.write_words(work)
    }

    fn write_rows(&mut self, work: &Transaction<'_>) -> sql::Result<()> {
        self.places
            .sort_by(|a, b| (&a.place, a.ground, &a.told, a.n).cmp(&(&b.place, b.ground, &b.told, b.n)));
        let mut insert = work.prepare_cached(
            "INSERT INTO claim_places (claim, n, place, name, lat, lon, country, relation, ground, day, known)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        for row in &self.places {
            let (told, [lat, lon]) = (&row.told, row.spot);
            insert.execute(params![
                told.claim,
                row.n,
                row.place,
                row.name,
                lat,
                lon,
                row.country,
                row.relation,
                row.ground,
                told.day,
                told.known
            ])?;
        }
        self.actors.sort_by(|a, b| (&a.actor, a.role, &a.told, a.n).cmp(&(&b.actor, b.role, &b.told, b.n)));
        let mut insert = work.prepare_cached(
            "INSERT INTO claim_actors (claim, n, role, actor, name, day, known) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for row in &self.actors {
            let told = &row.told;
            insert
                .execute(params![told.claim, row.n, row.role, row.actor, row.name, told.day, told.known])?;
        }
        Ok(())
    }

    fn write_names(&self, work: &Transaction<'_>) -> sql::Result<()> {
        let outlets: Vec<(&String, String, i64)> =
            self.outlets.iter().map(|(name, claims)| (name, known_as(None, name), *claims)).collect();
        let mut names: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
        for (name, id, claims) in &outlets {
            *names.entry(("outlet", id, name)).or_default() += claims;
        }
        for row in &self.actors {
            *names.entry(("actor", &row.actor, &row.name)).or_default() += 1;
        }
        for row in &self.places {
            *names.entry(("place", &row.place, &row.name)).or_default() += 1;
        }
        // Names that differ in the case of their Latin letters are one, spelt as the first of them: a batch names each once.
        let mut folded: BTreeMap<(&str, &str, String), (&str, i64)> = BTreeMap::new();
        for ((what, id, name), claims) in names {
            folded.entry((what, id, name.to_ascii_lowercase())).or_insert((name, 0)).1 += claims;
        }
        let mut of: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        let mut insert = work.prepare_cached(
            "INSERT INTO names (what, name, id, claims) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (what, name COLLATE NOCASE, id) DO UPDATE SET claims = names.claims + excluded.claims",
        )?;
        for ((what, id, _), (name, claims)) in folded {
            insert.execute(params![what, name, id, claims])?;
            *of.entry((what, id)).or_default() += claims;
        }
        let mut insert = work.prepare_cached(
            "INSERT INTO named (what, id, claims) VALUES (?1, ?2, ?3) ON CONFLICT (what, id) DO UPDATE SET claims = named.claims + excluded.claims",
        )?;
        for ((what, id), claims) in of {
            insert.execute(params![what, id, claims])?;
        }
        Ok(())
    }

    fn write_spots(&self, work: &Transaction<'_>) -> sql::Result<()> {
        let spot = |row: &PlaceRow| -> Option<Spot> {
            let year = row.told.day.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
            Some((row.place.clone(), year, row.spot[0]?.to_bits(), row.spot[1]?.to_bits()))
        };
        let spots: BTreeSet<Spot> = self.places.iter().filter_map(spot).collect();
        let mut insert = work
            .prepare_cached("INSERT OR IGNORE INTO spots (place, year, lat, lon) VALUES (?1, ?2, ?3, ?4)")?;
        for (place, year, lat, lon) in &spots {
            insert.execute(params![place, year, f64::from_bits(*lat), f64::from_bits(*lon)])?;
        }
        Ok(())
    }

    /// In a file one statement for each index: it keeps what it is given in memory until the next statement that may fail half-way, and sorts it then.
    fn write_words(&self, work: &Transaction<'_>) -> sql::Result<()> {
        if work.sqlite().is_none() {
            return Ok(());
        }
        if let Some(first) = self.first_report {
            work.prepare_cached(
                "INSERT INTO report_words (rowid, title, text) SELECT id, title, text FROM reports WHERE id >= ?1 ORDER BY id",
            )?
            .execute([first])?;
        }
        if let Some(first) = self.first_claim {
            work.prepare_cached(
                "INSERT INTO claim_words (rowid, quote) SELECT id, quote FROM claims WHERE id >= ?1 ORDER BY id",
            )?
            .execute([first])?;
        }
        Ok(())
    }
}
