//! Which actors and places are others, on a day.

use std::collections::{BTreeMap, BTreeSet};

use contested_model::{Claim, Why, claim_id};

use super::act::{Act, Decision, Named, NamedPlace, What};
use super::stand::{known_as, replace_actor, replace_place};

/// The merges that stand, each followed to its end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Merged {
    actors: BTreeMap<String, Named>,
    places: BTreeMap<String, NamedPlace>,
}

impl Merged {
    /// What `decisions`, in order, come to; those taken back must not be among them.
    pub(crate) fn of<'a>(decisions: impl Iterator<Item = &'a Decision>) -> Self {
        let mut out = Self::default();
        for decision in decisions {
            match &decision.act {
                Act::MergeActor { from, into } => {
                    out.actors.insert(from.clone(), into.clone());
                }
                Act::MergePlace { from, into } => {
                    out.places.insert(from.clone(), into.clone());
                }
                Act::Split(What::Actor, from) => {
                    out.actors.remove(from);
                }
                Act::Split(What::Place, from) => {
                    out.places.remove(from);
                }
                _ => {}
            }
        }
        out.actors = followed(&out.actors, |into| known_as(into.id.as_deref(), &into.name));
        out.places = followed(&out.places, |into| known_as(into.id.as_deref(), &into.name));
        out
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.actors.is_empty() && self.places.is_empty()
    }

    /// The id of what an actor or place is, if it is another one.
    pub(crate) fn end_of(&self, what: What, id: &str) -> Option<String> {
        match what {
            What::Actor => self.actors.get(id).map(|into| known_as(into.id.as_deref(), &into.name)),
            What::Place => self.places.get(id).map(|into| known_as(into.id.as_deref(), &into.name)),
            What::Event => None,
        }
    }

    /// `ids` with all that are one with one of them.
    pub(crate) fn one_with(&self, what: What, ids: &BTreeSet<String>) -> BTreeSet<String> {
        let end = |id: &str| self.end_of(what, id).unwrap_or_else(|| id.to_owned());
        let ends: BTreeSet<String> = ids.iter().map(|id| end(id)).collect();
        let all: Vec<&String> = match what {
            What::Actor => self.actors.keys().collect(),
            What::Place => self.places.keys().collect(),
            What::Event => Vec::new(),
        };
        all.into_iter()
            .filter(|id| ends.contains(&end(id)))
            .cloned()
            .chain(ends.iter().cloned())
            .chain(ids.iter().cloned())
            .collect()
    }

    /// The claim with everybody and everything as what they are.
    pub(crate) fn read(&self, claim: &mut Claim) {
        if self.is_empty() {
            return;
        }
        let mut found = false;
        let actors: BTreeSet<String> = claim
            .agents
            .iter()
            .chain(&claim.targets)
            .map(|one| known_as(one.actor.as_deref(), &one.name))
            .chain(claim.attribution.iter().map(|one| known_as(one.actor.as_deref(), &one.name)))
            .collect();
        for from in actors {
            if let Some(into) = self.actors.get(&from) {
                found |= replace_actor(claim, &from, into);
            }
        }
        let places: BTreeSet<String> =
            claim.places.iter().map(|one| known_as(one.id.as_deref(), &one.name)).collect();
        for from in places {
            if let Some(into) = self.places.get(&from) {
                found |= replace_place(claim, &from, into);
            }
        }
        if found {
            claim.why.push(Why { rule: "review.merge.v1".to_owned(), on: Vec::new() });
            claim.id = claim_id(claim);
        }
    }
}

/// Follows chains to their ends. A ring, which no decision may close, would end where it began.
fn followed<T: Clone>(map: &BTreeMap<String, T>, id: impl Fn(&T) -> String) -> BTreeMap<String, T> {
    let end = |start: &T| {
        let mut at = start;
        for _ in 0..map.len() {
            match map.get(&id(at)) {
                Some(next) => at = next,
                None => break,
            }
        }
        at.clone()
    };
    map.iter().map(|(from, into)| (from.clone(), end(into))).collect()
}
