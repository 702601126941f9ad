//! Claims by the place they observe.

use std::collections::{BTreeMap, BTreeSet};

use contested_model::{Kept, Place};

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
    let mut by_id: BTreeMap<String, Vec<(&Place, &'k Kept)>> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<(&Place, &'k Kept)>> = BTreeMap::new();
    for &k in kept {
        for place in k.claim.places.iter().filter(|place| observes(&k.claim, place)) {
            match &place.id {
                Some(id) => by_id.entry(id.clone()).or_default().push((place, k)),
                None => by_name.entry(place.name.to_lowercase()).or_default().push((place, k)),
            }
        }
    }
    let known = Names::of(&by_id);
    let homes: Vec<String> = by_name
        .iter()
        .map(|(name, members)| known.called(&members[0].0.name).unwrap_or_else(|| format!("name:{name}")))
        .collect();
    for (home, members) in homes.into_iter().zip(by_name.into_values()) {
        by_id.entry(home).or_default().extend(members);
    }
    let mut out: Vec<Group<'k>> = by_id.into_values().map(group).collect();
    out.sort_by(|a, b| (&a.name.name, &a.name.id).cmp(&(&b.name.name, &b.name.id)));
    out
}

/// Ids by the words of the names that they were told under.
struct Names<'a> {
    by_word: BTreeMap<String, BTreeSet<(&'a str, &'a str)>>,
}

impl<'a> Names<'a> {
    fn of(by_id: &'a BTreeMap<String, Vec<(&'a Place, &Kept)>>) -> Self {
        let mut by_word: BTreeMap<String, BTreeSet<(&str, &str)>> = BTreeMap::new();
        for (id, members) in by_id {
            let names: BTreeSet<&str> = members.iter().map(|(place, _)| place.name.as_str()).collect();
            for name in names {
                for word in words(name) {
                    by_word.entry(word).or_default().insert((id, name));
                }
            }
        }
        Self { by_word }
    }

    fn called(&self, name: &str) -> Option<String> {
        let near: BTreeSet<&(&str, &str)> =
            words(name).iter().filter_map(|word| self.by_word.get(word)).flatten().collect();
        near.into_iter().find(|(_, other)| same_name(other, name)).map(|(id, _)| (*id).to_owned())
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
