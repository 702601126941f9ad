//! Which claims can be about one thing at all: those that share a word or an id. Comparing only these keeps large ledgers affordable.

use std::collections::{BTreeMap, BTreeSet};

use contested_model::Claim;

use crate::names::words;
use crate::source::acting;

/// Claims by the words of the names in them.
pub(super) struct Index {
    claims: BTreeMap<String, Vec<usize>>,
}

impl Index {
    /// The claims that pass `wanted`.
    pub(super) fn of(claims: &[Claim], wanted: impl Fn(&Claim) -> bool) -> Self {
        let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, claim) in claims.iter().enumerate().filter(|(_, claim)| wanted(claim)) {
            for token in tokens(claim) {
                index.entry(token).or_default().push(at);
            }
        }
        Self { claims: index }
    }

    /// Those that share a word or an id with `claim`, in their order.
    pub(super) fn near(&self, claim: &Claim) -> BTreeSet<usize> {
        tokens(claim).iter().filter_map(|token| self.claims.get(token)).flatten().copied().collect()
    }
}

fn tokens(claim: &Claim) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for who in acting(claim).iter().chain(&claim.targets) {
        out.extend(words(&who.name));
        out.extend(words(&who.text));
        out.extend(who.actor.clone());
    }
    for place in &claim.places {
        out.extend(words(&place.name));
        out.extend(place.id.clone());
    }
    out
}
