//! What happened: claims of events, gathered into one line for each event as far as place, time, type and actors tell.

use std::collections::BTreeMap;

use contested_model::{ClaimType, Kept, Phase, Polarity};

use super::{Line, line};
use crate::names::{share_actor, share_place};
use crate::world::World;

/// Days by which tellings of one event may differ.
const SAME_EVENT: i32 = 1;

/// How much a type matters to who must know what changed on the ground; 0 for words.
pub(crate) const fn weight(claim_type: ClaimType) -> u8 {
    match claim_type {
        ClaimType::Seize | ClaimType::Retreat => 5,
        ClaimType::Siege | ClaimType::Ceasefire | ClaimType::Surrender | ClaimType::Chemical => 4,
        ClaimType::Clash
        | ClaimType::Attack
        | ClaimType::Repel
        | ClaimType::Execute
        | ClaimType::Kill
        | ClaimType::Bombing => 3,
        ClaimType::Airstrike
        | ClaimType::Shelling
        | ClaimType::Displace
        | ClaimType::Move
        | ClaimType::Abduct => 2,
        ClaimType::Detain | ClaimType::Release | ClaimType::Destroy | ClaimType::Aid | ClaimType::Agree => 1,
        _ => 0,
    }
}

/// Everything of weight, most important first.
pub(super) fn changes(happened: &[&Kept], world: &dyn World) -> Vec<Line> {
    let mut out = clustered(
        happened.iter().filter(|k| weight(k.claim.claim_type) > 0 && !is_intent(k)).copied(),
        world,
    );
    // By kind, then by voices, then the newest, then the surest.
    out.sort_by(|a, b| {
        let voices = |line: &Line| line.told_by.len() + line.denied_by.len();
        (weight(b.claim_type), voices(b), b.day)
            .cmp(&(weight(a.claim_type), voices(a), a.day))
            .then_with(|| b.confidence.total_cmp(&a.confidence))
    });
    out
}

fn is_intent(k: &Kept) -> bool {
    k.claim.phase == Some(Phase::Attempt) && k.claim.claim_type == ClaimType::Seize
}

/// One line for each event.
pub(super) fn clustered<'k>(kept: impl Iterator<Item = &'k Kept>, world: &dyn World) -> Vec<Line> {
    let mut groups: Vec<Vec<&Kept>> = Vec::new();
    let mut by_type: BTreeMap<ClaimType, Vec<usize>> = BTreeMap::new();
    for k in kept {
        // Claims come in the order of their days: what lies further back than an event can be told apart is not looked at.
        let open = by_type.entry(k.claim.claim_type).or_default();
        open.retain(|&at: &usize| {
            groups[at].last().is_some_and(|last: &&Kept| {
                is_close(last, k) || last.claim.report.hash == k.claim.report.hash
            })
        });
        // Against every member, so that tellings which share nothing with one another do not chain.
        if let Some(at) = open.iter().copied().find(|&at| groups[at].iter().all(|m| same_event(m, k))) {
            groups[at].push(k);
        } else {
            open.push(groups.len());
            groups.push(vec![k]);
        }
    }
    groups.iter().filter_map(|members| line(members, world)).collect()
}

fn is_close(a: &Kept, b: &Kept) -> bool {
    b.day().until(a.day()).is_ok_and(|span| span.get_days().abs() <= SAME_EVENT)
}

fn same_event(a: &Kept, b: &Kept) -> bool {
    let (x, y) = (&a.claim, &b.claim);
    let open = |p: bool, q: bool| p || q;
    let told_before = x.same_as.as_ref() == Some(&y.key) || y.same_as.as_ref() == Some(&x.key);
    let close = is_close(a, b);
    let agents = open(x.agents.is_empty(), y.agents.is_empty()) || share_actor(&x.agents, &y.agents);
    let targets = open(x.targets.is_empty(), y.targets.is_empty()) || share_actor(&x.targets, &y.targets);
    let places = share_place(&x.places, &y.places);
    x.claim_type == y.claim_type
        && (told_before || close && agents && targets && (places || x.places.is_empty() && y.places.is_empty() && share_actor(&x.agents, &y.agents)))
        // "No truce held" and "a truce" are told and denied; two denials are one.
        && (x.polarity == y.polarity || x.polarity == Polarity::Negative || y.polarity == Polarity::Negative)
}
