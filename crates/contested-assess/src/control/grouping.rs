//! Claims by the place they observe.

use std::collections::{BTreeMap, BTreeSet};

use contested_model::{Claim, Kept, Place};

use super::PlaceName;
use super::reading::observes;
use crate::names::{same_name, words};

/// Claims that observe one place, in the order of their days.
pub(super) struct Group<'k> {
    pub(super) name: PlaceName,
    pub(super) claims: Vec<&'k Kept>,
}

/// Claims by place, by name and id. A place without an id joins the one that has its name and an id.
pub(super) fn grouped<'k>(kept: &[&'k Kept]) -> Vec<Group<'k>> {
    let observed: Vec<(&Place, &'k Kept)> =
        kept.iter().flat_map(|&k| observed(&k.claim).map(move |place| (place, k))).collect();
    let homes = Homes::of(observed.iter().map(|(place, _)| (place.id.as_deref(), place.name.as_str())));
    let mut by_home: BTreeMap<String, Vec<(&Place, &'k Kept)>> = BTreeMap::new();
    let mut found: BTreeMap<(Option<&str>, &str), String> = BTreeMap::new();
    for (place, k) in observed {
        let named = (place.id.as_deref(), place.name.as_str());
        let home = found.entry(named).or_insert_with(|| homes.home(named.0, named.1));
        by_home.entry(home.clone()).or_default().push((place, k));
    }
    let mut out: Vec<Group<'k>> = by_home.into_values().map(group).collect();
    out.sort_by(|a, b| (&a.name.name, &a.name.id).cmp(&(&b.name.name, &b.name.id)));
    out
}

/// The places of a claim of which it says who holds them.
pub fn observed(claim: &Claim) -> impl Iterator<Item = &Place> {
    claim.places.iter().filter(|place| observes(claim, place))
}

/// Which places are one: those of one id, and a place without an id and the one that has its name and an id. Who holds a place depends on
/// the claims of one home only.
#[derive(Debug, Clone, Default)]
pub struct Homes {
    /// Ids, and names that they were told under, by the words of those names.
    by_word: BTreeMap<String, BTreeSet<(String, String)>>,
}

impl Homes {
    /// From the ids and names of all places there are.
    pub fn of<'p>(places: impl Iterator<Item = (Option<&'p str>, &'p str)>) -> Self {
        let known: BTreeSet<(&str, &str)> = places.filter_map(|(id, name)| Some((id?, name))).collect();
        let mut by_word: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        for (id, name) in known {
            for word in words(name) {
                by_word.entry(word).or_default().insert((id.to_owned(), name.to_owned()));
            }
        }
        Self { by_word }
    }

    /// What the place of an id, or without one, is kept under: its id, or that of the place it is, or its name.
    pub fn home(&self, id: Option<&str>, name: &str) -> String {
        let found = id.map(str::to_owned).or_else(|| self.called(name));
        found.unwrap_or_else(|| format!("name:{}", name.to_lowercase()))
    }

    fn called(&self, name: &str) -> Option<String> {
        let near: BTreeSet<&(String, String)> =
            words(name).iter().filter_map(|word| self.by_word.get(word)).flatten().collect();
        near.into_iter().find(|(_, other)| same_name(other, name)).map(|(id, _)| id.clone())
    }
}

fn group<'k>(mut members: Vec<(&Place, &'k Kept)>) -> Group<'k> {
    members.sort_by(|a, b| (a.1.day(), a.1.known, &a.1.claim.id).cmp(&(b.1.day(), b.1.known, &b.1.claim.id)));
    let mut claims: Vec<&'k Kept> = Vec::new();
    let mut taken = BTreeSet::new();
    for (_, k) in &members {
        if taken.insert(&k.claim.id) {
            claims.push(k);
        }
    }
    Group { name: place_name(&members), claims }
}

fn place_name(group: &[(&Place, &Kept)]) -> PlaceName {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, _) in group {
        *count.entry(&place.name).or_default() += 1;
    }
    let name = count
        .iter()
        .max_by_key(|&(name, n)| (n, std::cmp::Reverse(name)))
        .map_or("", |(name, _)| name)
        .to_owned();
    let found = group.iter().map(|(place, _)| place).find(|place| place.id.is_some());
    PlaceName {
        id: found.and_then(|p| p.id.clone()),
        country: found.and_then(|p| p.country.clone()),
        lat: found.and_then(|p| p.lat),
        lon: found.and_then(|p| p.lon),
        name,
    }
}
