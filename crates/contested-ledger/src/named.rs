//! Who and what claims name.

use crate::sql::{OptionalExtension as _, params};
use contested_model::Claim;

use crate::decisions::known_as;
use crate::sql;
use crate::{Ledger, NamedPlace, Result, What};

/// An actor or place that claims name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRow {
    /// Id as claims have it; `name:` and the lower-cased name where the knowledge base has none.
    pub id: String,
    /// The name that claims use most.
    pub name: String,
    /// How many claims, of all extractors.
    pub claims: u64,
    /// The id of what people merged it into.
    pub into: Option<String>,
}

/// What a list of names is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// Agents, targets and sources that claims quote.
    Actor,
    /// Places.
    Place,
    /// Those who published the reports.
    Outlet,
}

impl Naming {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Outlet => "outlet",
        }
    }

    const fn what(self) -> Option<What> {
        match self {
            Self::Actor => Some(What::Actor),
            Self::Place => Some(What::Place),
            Self::Outlet => None,
        }
    }
}

/// Where a place that claims name lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Id of the place, as claims have it.
    pub place: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl Ledger {
    /// Where the places lie that claims name and that could be located, one spot each, by id.
    ///
    /// # Errors
    /// When the file fails.
    pub fn spots(&self) -> Result<Vec<Spot>> {
        let sql = "SELECT place, lat, lon FROM spots WHERE id IN (SELECT max(id) FROM spots GROUP BY place) ORDER BY place";
        let rows = self.db.prepare_cached(sql).and_then(|mut query| {
            query
                .query_map([], |row| Ok(Spot { place: row.get(0)?, lat: row.get(1)?, lon: row.get(2)? }))?
                .collect()
        });
        rows.map_err(|e| self.fault(e))
    }

    /// All actors (or sources) or places that claims name, the most named first.
    ///
    /// # Errors
    /// When the file fails.
    pub fn named(&self, what: What) -> Result<Vec<NamedRow>> {
        let of = match what {
            What::Place => Naming::Place,
            What::Actor => Naming::Actor,
            What::Event => return Ok(Vec::new()),
        };
        self.named_page(of, None, u32::MAX)
    }

    /// A page of the list of actors, places or outlets, the most named first and then by id: at most `most` of them after the row `after`, which is
    /// the last one of the page before. A page costs what it holds.
    ///
    /// # Errors
    /// When the file fails.
    pub fn named_page(&self, of: Naming, after: Option<&NamedRow>, most: u32) -> Result<Vec<NamedRow>> {
        let merged = self.merged(None)?;
        let sql = "SELECT id, claims FROM named INDEXED BY named_most
                   WHERE what = ?1 AND (claims < ?2 OR claims = ?2 AND id > ?3) ORDER BY claims DESC, id LIMIT ?4";
        let (claims, id) = after.map_or((i64::MAX, ""), |row| (row.claims as i64, &row.id));
        let rows = self.db.prepare_cached(sql).and_then(|mut query| {
            query
                .query_map(params![of.as_str(), claims, id, i64::from(most)], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
                })?
                .collect::<sql::Result<Vec<_>>>()
        });
        rows.map_err(|e| self.fault(e))?
            .into_iter()
            .map(|(id, claims)| {
                let name = self
                    .db
                    .prepare_cached("SELECT name FROM names WHERE what = ?1 AND id = ?2 ORDER BY claims DESC, name COLLATE NOCASE LIMIT 1")
                    .and_then(|mut query| query.query_row(params![of.as_str(), id], |row| row.get(0)).optional())
                    .map_err(|e| self.fault(e))?;
                let into = of.what().and_then(|what| merged.end_of(what, &id));
                Ok(NamedRow { into, name: name.unwrap_or_else(|| id.clone()), id, claims: claims as u64 })
            })
            .collect()
    }

    /// The id of what people merged the actor or place into.
    ///
    /// # Errors
    /// When the file fails.
    pub fn merged_into(&self, what: What, id: &str) -> Result<Option<String>> {
        Ok(self.merged(None)?.end_of(what, id))
    }

    /// The name that claims give the actor or place with this id; for a name, the name as claims spell it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn name_of(&self, what: What, id: &str) -> Result<Option<String>> {
        self.db
            .prepare_cached("SELECT name FROM names WHERE what = ?1 AND (id = ?2 OR name = ?2 COLLATE NOCASE) ORDER BY length(name), name COLLATE NOCASE, id LIMIT 1")
            .and_then(|mut query| query.query_row(params![what.as_str(), id], |row| row.get(0)).optional())
            .map_err(|e| self.fault(e))
    }

    /// The place with this id as claims have it.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn place_of(&self, id: &str) -> Result<Option<NamedPlace>> {
        let json: Option<String> = self
            .db
            .prepare_cached(
                "SELECT c.json FROM claim_places p JOIN claims c ON c.id = p.claim WHERE p.place = ?1
                 ORDER BY p.ground, p.day, p.known, p.claim, p.n LIMIT 1",
            )
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map_err(|e| self.fault(e))?;
        let Some(json) = json else { return Ok(None) };
        let claim: Claim = serde_json::from_str(&json).map_err(|e| self.record(&e.to_string()))?;
        let found = claim.places.into_iter().find(|place| known_as(place.id.as_deref(), &place.name) == id);
        Ok(found.map(|place| NamedPlace {
            name: place.name,
            id: place.id,
            lat: place.lat,
            lon: place.lon,
            country: place.country,
            kind: place.kind,
            relation: None,
        }))
    }

    /// The keys of the claims whose key or id is `start`, or begins with it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn keys_like(&self, start: &str) -> Result<Vec<String>> {
        if start.is_empty() {
            return Ok(Vec::new());
        }
        self.db
            .prepare_cached(
                "SELECT key FROM claims WHERE substr(key, 4, 8) BETWEEN substr(?1, 4, 8) AND substr(?1, 4, 8) || '~' AND key >= ?1 AND key < ?1 || '~'
                 UNION
                 SELECT key FROM claims WHERE substr(claim, 4, 8) BETWEEN substr(?1, 4, 8) AND substr(?1, 4, 8) || '~'
                     AND claim >= ?1 AND claim < ?1 || '~' ORDER BY 1 LIMIT 2",
            )
            .and_then(|mut query| query.query_map([start], |row| row.get(0))?.collect())
            .map_err(|e| self.fault(e))
    }
}
