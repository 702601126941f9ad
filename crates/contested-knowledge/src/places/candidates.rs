//! From a name in a report to the places it may mean.

use super::compiled::Record;
use super::fold::fold;
use super::gazetteer::{Gazetteer, PlaceRef};
use super::kind::PlaceKind;
use super::skeleton::skeleton;

/// Most candidates weighed for one name.
const MOST: usize = 160;

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) at: PlaceRef,
    pub(super) record: Record,
    pub(super) fit: Fit,
}

/// How the name fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The place's own name.
    Own,
    /// Another of its names.
    Alternate,
    /// The same but for transliteration.
    Skeleton,
}

/// A name taken apart: what to look up and the kind its words give.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) key: String,
    pub(super) kinds: &'static [PlaceKind],
    pub(super) candidates: Vec<Candidate>,
}

const DIRECTIONS: [&str; 20] = [
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "greater",
    "downtown",
    "rural",
];

const KIND_FIRST: [(&str, &str); 9] = [
    ("mount", "mountain"),
    ("mt", "mountain"),
    ("jabal", "mountain"),
    ("jebel", "mountain"),
    ("lake", "lake"),
    ("river", "river"),
    ("wadi", "river"),
    ("camp", "camp"),
    ("port of", "port"),
];

impl Gazetteer {
    /// Places that `name` may mean: by the whole name first, then without words of kind and direction ("Homs province", "eastern Aleppo").
    pub(super) fn ask(&self, name: &str) -> Asked {
        let mut key = fold(name);
        for lead in ["the ", "in ", "near "] {
            if let Some(rest) = key.strip_prefix(lead) {
                let rest = rest.to_owned();
                key = rest;
            }
        }
        let mut kinds: &'static [PlaceKind] = &[];
        for _ in 0..3 {
            let candidates = self.candidates(&key);
            if !candidates.is_empty() {
                return Asked { key, kinds, candidates };
            }
            let Some((shorter, more)) = shorten(&key) else { break };
            if kinds.is_empty() {
                kinds = more;
            }
            key = shorter;
        }
        Asked { key, kinds, candidates: Vec::new() }
    }

    fn candidates(&self, key: &str) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for at in self.bearers_of(key) {
            self.add(&mut found, at, Some(key));
        }
        let exact = found.len();
        let skeleton = skeleton(key);
        // A name with a hundred bearers needs no misspellings of other names beside them.
        if exact < 24 {
            for (layer, compiled) in self.layers.iter().enumerate() {
                for index in compiled.by_skeleton(&skeleton).take(4 * MOST) {
                    self.add(&mut found, PlaceRef { layer: layer as u8, index }, None);
                }
            }
        }
        if found.len() > MOST {
            found.sort_by_key(|c| (c.fit, std::cmp::Reverse(c.record.population), c.at));
            found.truncate(MOST);
        }
        found
    }

    fn add(&self, found: &mut Vec<Candidate>, at: PlaceRef, key: Option<&str>) {
        let layer = &self.layers[at.layer as usize];
        let Some(record) = layer.record(at.index) else { return };
        // Countries are not told in loose spellings: "Zuwara" is not Zaire, nor "Kani" Kenya.
        if key.is_none() && record.kind == PlaceKind::Country {
            return;
        }
        let known = |c: &Candidate| {
            c.at == at
                || record.namespace < 2
                    && (c.record.namespace, c.record.number) == (record.namespace, record.number)
        };
        if found.iter().any(known) {
            return;
        }
        let fit = match key {
            None => Fit::Skeleton,
            Some(key) if fold(layer.string(record.name)) == key => Fit::Own,
            Some(_) => Fit::Alternate,
        };
        found.push(Candidate { at, record, fit });
    }
}

/// `key` without one word of kind or direction, and the kinds that word allows.
fn shorten(key: &str) -> Option<(String, &'static [PlaceKind])> {
    if let Some((rest, last)) = key.rsplit_once(' ') {
        if last == "s" {
            return Some((rest.to_owned(), &[]));
        }
        let kinds = PlaceKind::of_hint(last);
        if !kinds.is_empty() {
            return Some((rest.to_owned(), kinds));
        }
    }
    let (first, rest) = key.split_once(' ')?;
    if DIRECTIONS.contains(&first) {
        return Some((rest.to_owned(), &[]));
    }
    KIND_FIRST.iter().find_map(|(word, kind)| {
        Some((key.strip_prefix(word)?.strip_prefix(' ')?.to_owned(), PlaceKind::of_hint(kind)))
    })
}
