//! The claims that bear on a question about an area: no more of the ledger than that is read.

use std::collections::BTreeSet;

use contested_model::Kept;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::sql;
use crate::{Filter, Ledger, Result, What};

/// A part of the world that a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Area {
    /// All of it.
    World,
    /// A country (ISO 3166-1 alpha-2).
    Country(String),
    /// Places, by their ids in the ledger; none where no claim names what was asked for.
    Places(Vec<String>),
}

/// A place that is told of more often than this is known from its newest tellings: so many up to the day asked for, and as many after it.
const MOST_TOLD: u32 = 200;
/// Years before the day asked for of which a situation needs to know who held ground: what nobody told of since has long faded.
const GROUND_YEARS: i64 = 3;
/// Days before it, likewise, for all else that is told.
const TOLD_DAYS: i64 = 365;
/// Days after the day asked for from which a state is looked back at.
const LATER_DAYS: i64 = 365;

impl Ledger {
    /// What `name` means: two letters are a country, all else a place by name, in any case and whatever its accents and hyphens, or by id.
    ///
    /// # Errors
    /// When the file fails.
    pub fn area(&self, name: &str) -> Result<Area> {
        let exact = self.ids_of(What::Place, name)?;
        if !exact.is_empty() {
            return Ok(Area::Places(exact));
        }
        if name.len() == 2 && name.chars().all(|c| c.is_ascii_alphabetic()) {
            return Ok(Area::Country(name.to_uppercase()));
        }
        let letters = |name: &str| -> String {
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let wanted = letters(name);
        let names = self.db.prepare_cached("SELECT name, id FROM names WHERE what = 'place'").and_then(
            |mut query| {
                query
                    .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
                    .collect::<sql::Result<Vec<_>>>()
            },
        );
        let ids: BTreeSet<String> = names
            .map_err(|e| self.fault(e))?
            .into_iter()
            .filter(|(name, _)| letters(name) == wanted)
            .map(|(_, id)| id)
            .collect();
        Ok(Area::Places(ids.into_iter().collect()))
    }

    /// What says who holds ground in `area`, as far as it bears on the day `as_of`: until a year after it. Of one place no more than a few hundred
    /// tellings are read, so that the answer takes no longer the more is told.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn ground(&self, area: &Area, as_of: Date, known_at: Option<Date>) -> Result<Vec<Kept>> {
        let until = as_of.saturating_add(LATER_DAYS.days());
        let filter = Filter { ground: true, as_of: Some(until), known_at, ..Filter::default() };
        let Area::Places(ids) = area else {
            return self.claims(&Filter { country: country(area), ..filter });
        };
        let mut out = Vec::new();
        for id in ids {
            let place = Some(id.clone());
            let after = as_of.saturating_add(1.day());
            let later =
                Filter { place: place.clone(), since: Some(after), limit: Some(MOST_TOLD), ..filter.clone() };
            let before =
                Filter { place, as_of: Some(as_of), limit: Some(MOST_TOLD), latest: true, ..filter.clone() };
            out.extend(self.claims(&before)?);
            out.extend(self.claims(&later)?);
        }
        Ok(ordered(out))
    }

    /// What a situation of `area` on the day `as_of` rests on: who is told to have held ground there in the years before, and all else that was told
    /// since `since` or in the year before.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn bearing(
        &self,
        area: &Area,
        as_of: Date,
        since: Date,
        known_at: Option<Date>,
    ) -> Result<Vec<Kept>> {
        let from = since.min(as_of.saturating_sub(TOLD_DAYS.days()));
        let until = Some(as_of.saturating_add(LATER_DAYS.days()));
        let all = Filter { since: Some(from), as_of: until, known_at, ..Filter::default() };
        let years = Some(as_of.saturating_sub((GROUND_YEARS * 365).days()).min(from));
        let mut out = match area {
            Area::Places(_) => self.ground(area, as_of, known_at)?,
            _ => {
                self.claims(&Filter { ground: true, since: years, country: country(area), ..all.clone() })?
            }
        };
        match area {
            Area::Places(ids) => {
                for id in ids {
                    out.extend(self.claims(&Filter { place: Some(id.clone()), ..all.clone() })?);
                }
            }
            _ => out.extend(self.claims(&Filter { country: country(area), ..all })?),
        }
        Ok(ordered(out))
    }
}

fn country(area: &Area) -> Option<String> {
    if let Area::Country(code) = area { Some(code.clone()) } else { None }
}

fn ordered(mut all: Vec<Kept>) -> Vec<Kept> {
    all.sort_by(|a, b| (a.day(), a.known, &a.claim.id).cmp(&(b.day(), b.known, &b.claim.id)));
    all.dedup_by(|a, b| a.claim.id == b.claim.id);
    all
}
