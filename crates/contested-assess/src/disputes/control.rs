//! Who holds a place: two holders, a capture and fighting that goes on, a capture and a repulse.

use contested_model::{Claim, ClaimType, Extent, Phase, PlaceRelation, Polarity, Question, Tense};

use super::hostility::Hostility;
use super::index::{Index, Scene, looked_for};
use super::{Opposed, another_voice, times_meet};
use crate::names::{is_wide, same_place, share_actor, share_side};
use crate::source::{independent, speaks_for_agent};

/// Every pair whose answers to "who holds the place" differ, but for plain denials.
pub(super) fn pairs(scene: &Scene<'_>, ground: &Index) -> Vec<Opposed> {
    let mut out = defeats(scene);
    let hostility = Hostility::of(scene.claims);
    for (one, a) in scene.claims.iter().copied().enumerate() {
        if !takes_hold(a) {
            continue;
        }
        let near = ground.near(scene, a, &looked_for(&a.places));
        for (other, b) in near.into_iter().map(|at| (at, scene.claims[at])) {
            if one != other
                && shares_ground(a, b)
                && times_meet(a, b)
                && independent(a, b)
                && unsettles(scene, &hostility, a, b)
            {
                out.push(Opposed { question: Question::Control, one, other });
            }
        }
    }
    out
}

/// "The group has been defeated", says one; the report or another tells of ground that it still holds.
fn defeats(scene: &Scene<'_>) -> Vec<Opposed> {
    let mut out = Vec::new();
    let defeated = |c: &Claim| {
        c.claim_type == ClaimType::Retreat
            && c.polarity == Polarity::Positive
            && !c.attribution.is_empty()
            && c.why.iter().any(|why| why.rule.starts_with("retreat.defeat.v"))
    };
    let holding = |c: &Claim| {
        c.claim_type == ClaimType::Holds
            && c.polarity == Polarity::Positive
            && c.tense == Tense::Ongoing
            && c.extent != Some(Extent::Presence)
            && c.phase == Some(Phase::Ongoing)
    };
    for (one, a) in scene.claims.iter().copied().enumerate().filter(|(_, c)| defeated(c)) {
        // a defeat far off in another report is another one
        for &other in scene.report_of(a) {
            let b = scene.claims[other];
            if holding(b) && share_actor(&a.agents, &b.agents) && times_meet(a, b) && independent(a, b) {
                out.push(Opposed { question: Question::Occurrence, one, other });
            }
        }
    }
    out
}

fn shares_ground(a: &Claim, b: &Claim) -> bool {
    a.places
        .iter()
        .filter(|place| !is_wide(place))
        .filter(|p| stands_for_ground(p.relation))
        .any(|x| b.places.iter().any(|y| same_place(x, y)))
}

const fn stands_for_ground(relation: PlaceRelation) -> bool {
    matches!(relation, PlaceRelation::At | PlaceRelation::Within | PlaceRelation::Side | PlaceRelation::Near)
}

/// Whether the two say that a place is held by enemies.
pub(super) fn rivals(a: &Claim, b: &Claim) -> bool {
    takes_hold(a)
        && takes_hold(b)
        && !share_side(&a.agents, &b.agents)
        && (share_side(&a.agents, &b.targets) || share_side(&a.targets, &b.agents))
}

/// Says that its agents hold a town or most of it.
fn takes_hold(c: &Claim) -> bool {
    c.polarity == Polarity::Positive
        && c.tense != Tense::Historic
        && c.phase != Some(Phase::Attempt)
        && match c.claim_type {
            ClaimType::Seize => !c.agents.is_empty() && c.phase != Some(Phase::Start),
            // "The town was its last stronghold" tells of before.
            ClaimType::Holds => {
                !c.agents.is_empty()
                    && c.tense != Tense::Past
                    && matches!(c.extent, None | Some(Extent::Whole | Extent::Most))
            }
            _ => false,
        }
}

/// Whether `b`, told by another, cannot be so if `a` holds the place.
fn unsettles<'c>(scene: &Scene<'c>, hostility: &Hostility<'c>, a: &'c Claim, b: &'c Claim) -> bool {
    if b.polarity == Polarity::Negative || b.tense == Tense::Historic {
        return false;
    }
    match b.claim_type {
        // Fighting that goes on, in another's words, after it is said to have fallen.
        ClaimType::Clash | ClaimType::Siege => {
            a.claim_type == ClaimType::Seize
                // What the report itself tells as taken, and fighting that somebody tells of, are one story.
                && another_voice(b, a)
                && (b.phase == Some(Phase::Ongoing) || b.tense == Tense::Ongoing)
                && another_voice(a, b)
        }
        ClaimType::Contests => another_voice(a, b),
        // The attackers were driven off.
        ClaimType::Repel => {
            a.claim_type == ClaimType::Seize
                && (share_actor(&b.targets, &a.agents)
                    || attackers(scene, b).any(|c| share_actor(&c.agents, &a.agents)))
        }
        ClaimType::Holds => {
            takes_hold(b)
                && another_voice(a, b)
                && another_voice(b, a)
                && (hostility.between(a, b) || both_boast(a, b))
        }
        ClaimType::Seize => takes_hold(b) && hostility.between(a, b) && a.time.is_some() && b.time.is_some(),
        _ => false,
    }
}

/// The attacks told in one breath with what repelled them.
fn attackers<'s>(scene: &'s Scene<'_>, repelled: &'s Claim) -> impl Iterator<Item = &'s Claim> {
    scene.report_of(repelled).iter().map(|&at| scene.claims[at]).filter(|c| {
        matches!(c.claim_type, ClaimType::Attack | ClaimType::Move)
            && c.evidence.start == repelled.evidence.start
    })
}

/// Whether each says of itself that it holds the place.
fn both_boast(a: &Claim, b: &Claim) -> bool {
    !share_side(&a.agents, &b.agents) && speaks_for_agent(a) && speaks_for_agent(b)
}
