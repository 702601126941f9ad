//! Who and what claims name.

use contested_model::Claim;
use rusqlite::{OptionalExtension as _, params};

use crate::decisions::known_as;
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

impl Ledger {
    /// All actors (or sources) or places that claims name, the most named first.
    ///
    /// # Errors
    /// When the file fails.
    pub fn named(&self, what: What) -> Result<Vec<NamedRow>> {
        let (table, column) =
            if what == What::Place { ("claim_places", "place") } else { ("claim_actors", "actor") };
        let sql = format!(
            "SELECT id, name, sum(n) FROM (SELECT {column} AS id, name, count(DISTINCT claim) AS n FROM {table} GROUP BY 1, 2 ORDER BY n DESC, name)
             GROUP BY id ORDER BY 3 DESC, id"
        );
        let merged = self.merged(None)?;
        let rows = self.db.prepare(&sql).and_then(|mut query| {
            query
                .query_map([], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        });
        let rows = rows.map_err(|e| self.fault(e))?;
        Ok(rows
            .into_iter()
            .map(|(id, name, claims)| NamedRow {
                into: merged.end_of(what, &id),
                id,
                name,
                claims: claims as u64,
            })
            .collect())
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
            .prepare_cached("SELECT name FROM names WHERE what = ?1 AND (id = ?2 OR name = ?2) ORDER BY length(name), name LIMIT 1")
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
            .prepare_cached("SELECT c.json FROM claim_places p JOIN claims c ON c.id = p.claim WHERE p.place = ?1 LIMIT 1")
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
                "SELECT key FROM claims WHERE key >= ?1 AND key < ?1 || '~' UNION SELECT key FROM claims WHERE claim >= ?1 AND claim < ?1 || '~' LIMIT 2",
            )
            .and_then(|mut query| query.query_map([start], |row| row.get(0))?.collect())
            .map_err(|e| self.fault(e))
    }
}
