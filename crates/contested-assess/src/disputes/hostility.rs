//! Who fights whom, by all that is told: two who hold one place one after the other are friends or enemies.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use contested_model::{Claim, ClaimType, Kind, Participant};

use super::index::actors;
use crate::names::{nation_key, one_side, same_actor, share_side};

/// An actor as a claim names it: all that decides whether it is another one.
type Called<'c> = (Option<&'c str>, &'c str, &'c str);

fn called(who: &Participant) -> Called<'_> {
    (who.actor.as_deref(), &who.name, &who.text)
}

/// Pairs of actors as claims name them, of which one acts against the other.
pub(super) struct Hostility<'c> {
    /// Those who act against anybody or are acted against, each once.
    known: Vec<&'c Participant>,
    by_word: BTreeMap<String, Vec<usize>>,
    /// Who acts against whom; and whoever fights, in pairs and beside itself.
    against: BTreeSet<(usize, usize)>,
    fighting: BTreeSet<(usize, usize)>,
    /// Who of those known an actor is: asked for time and again.
    same: RefCell<BTreeMap<Called<'c>, Rc<Vec<usize>>>>,
}

impl<'c> Hostility<'c> {
    pub(super) fn of(claims: &'c [&'c Claim]) -> Self {
        let mut out = Self {
            known: Vec::new(),
            by_word: BTreeMap::new(),
            against: BTreeSet::new(),
            fighting: BTreeSet::new(),
            same: RefCell::default(),
        };
        let mut numbers: BTreeMap<Called<'_>, usize> = BTreeMap::new();
        for claim in claims.iter().copied().filter(|claim| tells_of_enemies(claim)) {
            let agents = out.numbered(&claim.agents, &mut numbers);
            let targets = out.numbered(&claim.targets, &mut numbers);
            let pairs = |all: &[usize]| -> Vec<(usize, usize)> {
                agents.iter().flat_map(|&agent| all.iter().map(move |&other| (agent, other))).collect()
            };
            out.against.extend(pairs(&targets));
            if matches!(claim.claim_type, ClaimType::Clash | ClaimType::Fights) {
                out.fighting.extend(pairs(&agents));
            }
        }
        out
    }

    fn numbered(&mut self, all: &'c [Participant], numbers: &mut BTreeMap<Called<'c>, usize>) -> Vec<usize> {
        let number = |who: &'c Participant| {
            *numbers.entry(called(who)).or_insert_with(|| {
                for word in actors(std::iter::once(who)).into_iter().chain(nation_key(&who.name)) {
                    self.by_word.entry(word).or_default().push(self.known.len());
                }
                self.known.push(who);
                self.known.len() - 1
            })
        };
        all.iter().map(number).collect()
    }

    /// Whether the holders of the two claims are on different sides: one is the other's target somewhere in these claims.
    pub(super) fn between(&self, a: &'c Claim, b: &'c Claim) -> bool {
        if share_side(&a.agents, &b.agents) {
            return false;
        }
        let all = |claim: &'c Claim| -> Vec<usize> {
            claim.agents.iter().flat_map(|who| self.same(who).iter().copied().collect::<Vec<_>>()).collect()
        };
        let (first, second) = (all(a), all(b));
        first.iter().any(|&x| {
            second.iter().any(|&y| {
                self.against.contains(&(x, y))
                    || self.against.contains(&(y, x))
                    || self.fighting.contains(&(x, y))
            })
        })
    }

    fn same(&self, who: &'c Participant) -> Rc<Vec<usize>> {
        if let Some(found) = self.same.borrow().get(&called(who)) {
            return Rc::clone(found);
        }
        let words = actors(std::iter::once(who));
        let mut near: Vec<usize> = words
            .iter()
            .chain(&nation_key(&who.name))
            .filter_map(|word| self.by_word.get(word))
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        near.retain(|&at| same_actor(self.known[at], who) || one_side(&self.known[at].name, &who.name));
        let found = Rc::new(near);
        self.same.borrow_mut().insert(called(who), Rc::clone(&found));
        found
    }
}

fn tells_of_enemies(claim: &Claim) -> bool {
    let friendly = matches!(
        claim.claim_type,
        ClaimType::Support | ClaimType::Aid | ClaimType::Talk | ClaimType::Agree | ClaimType::Ceasefire
    );
    claim.kind == Kind::Event && !friendly
        || matches!(claim.claim_type, ClaimType::Fights | ClaimType::Opposes)
}
