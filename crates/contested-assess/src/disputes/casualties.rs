//! Tolls of one event that cannot both hold.

use std::collections::{BTreeMap, BTreeSet};

use contested_model::{Casualty, Claim, ClaimType, Kind, Polarity, Question, WhoHurt};

use super::index::{Index, Scene, names};
use super::{Group, times_meet};
use crate::names::{is_wide, same_place, share_actor};
use crate::source::independent;

/// Tolls this far apart in the text (characters) are told of one event only where something else ties them.
const NEARBY: u32 = 600;

/// Words that tell the size of a toll and count nobody.
const VAGUE: [&str; 4] = ["dozens", "scores", "hundreds", "thousands"];

/// Disputes over tolls: one side for every figure.
pub(super) fn groups(scene: &Scene<'_>) -> Vec<Group> {
    let claims = scene.claims;
    let tolls: BTreeSet<usize> = (0..claims.len())
        .filter(|&at| {
            claims[at].kind == Kind::Event
                && claims[at].polarity == Polarity::Positive
                && !claims[at].casualties.is_empty()
        })
        .collect();
    let mut parent: BTreeMap<usize, usize> = tolls.iter().map(|&at| (at, at)).collect();
    let mut opposed = false;
    let index = Index::of(scene, |claim| !claim.casualties.is_empty(), names);
    for &one in &tolls {
        for other in index
            .near(scene, claims[one], &names(claims[one]))
            .into_iter()
            .filter(|&other| other > one && tolls.contains(&other))
        {
            let told = !claims[one].attribution.is_empty() && !claims[other].attribution.is_empty();
            if told
                && same_event(claims[one], claims[other])
                && independent(claims[one], claims[other])
                && cannot_both(claims[one], claims[other])
            {
                let (a, b) = (find(&parent, one), find(&parent, other));
                parent.insert(a.max(b), a.min(b));
                opposed = true;
            }
        }
    }
    if !opposed {
        return Vec::new();
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &at in &tolls {
        parts.entry(find(&parent, at)).or_default().push(at);
    }
    parts
        .into_values()
        .filter(|part| part.len() > 1)
        .map(|part| Group { question: Question::Casualties, sides: by_figure(claims, &part) })
        .filter(|group| group.sides.len() > 1)
        .collect()
}

fn find(parent: &BTreeMap<usize, usize>, mut at: usize) -> usize {
    while let Some(&up) = parent.get(&at) {
        if up == at {
            break;
        }
        at = up;
    }
    at
}

fn by_figure(claims: &[&Claim], part: &[usize]) -> Vec<Vec<usize>> {
    let mut sides: Vec<Vec<usize>> = Vec::new();
    for &at in part {
        match sides
            .iter_mut()
            .find(|side| !side.iter().any(|&member| cannot_both(claims[member], claims[at])))
        {
            Some(side) => side.push(at),
            None => sides.push(vec![at]),
        }
    }
    sides
}

fn same_event(a: &Claim, b: &Claim) -> bool {
    let violent = |c: &Claim| {
        matches!(
            c.claim_type,
            ClaimType::Attack
                | ClaimType::Clash
                | ClaimType::Airstrike
                | ClaimType::Shelling
                | ClaimType::Bombing
                | ClaimType::Chemical
                | ClaimType::Kill
                | ClaimType::Execute
        )
    };
    if a.same_as.as_ref() == Some(&b.key)
        || b.same_as.as_ref() == Some(&a.key)
        || a.same_as.is_some() && a.same_as == b.same_as
    {
        return true;
    }
    violent(a)
        && violent(b)
        && times_meet(a, b)
        && (a.places.iter().filter(|p| !is_wide(p)).any(|x| b.places.iter().any(|y| same_place(x, y)))
            || nowhere(a)
            || nowhere(b))
        && (a.agents.is_empty()
            || b.agents.is_empty()
            || share_actor(&a.agents, &b.agents)
            || nowhere(a)
            || nowhere(b))
        && (a.report.hash != b.report.hash || a.evidence.start.abs_diff(b.evidence.start) < NEARBY)
}

/// Whether a claim's places are none that can be told from others ("the villages").
fn nowhere(claim: &Claim) -> bool {
    !claim.places.is_empty() && claim.places.iter().all(|place| place.id.is_none())
}

/// Whether some toll of one and some toll of the other count the same people and do not meet. A claim that breaks its toll down by victims
/// is left out: its parts are no totals.
fn cannot_both(a: &Claim, b: &Claim) -> bool {
    let one_figure = |c: &Claim, what| c.casualties.iter().filter(|toll| toll.what == what).count() == 1;
    a.casualties.iter().any(|x| {
        b.casualties
            .iter()
            .any(|y| same_people(x, y) && apart(x, y) && one_figure(a, x.what) && one_figure(b, y.what))
    })
}

fn same_people(x: &Casualty, y: &Casualty) -> bool {
    x.what == y.what
        && (x.who == y.who || x.who == WhoHurt::Unknown || y.who == WhoHurt::Unknown)
        && x.side == y.side
}

/// Whether no number satisfies both. "At least 56" and "at least 85" could both hold, but sources that count one event so far apart do
/// not agree on it: two open figures are apart when one is a quarter above the other.
fn apart(x: &Casualty, y: &Casualty) -> bool {
    if let (Some(a), Some(b), None, None) = (x.min, y.min, x.max, y.max) {
        return 4 * a.max(b) >= 5 * a.min(b);
    }
    // "Dozens" is no count: who counts a few less does not say otherwise.
    let least = |toll: &Casualty| toll.min.map(|min| if is_vague(toll) { min / 2 } else { min });
    let below =
        |max: Option<u64>, min: Option<u64>| matches!((max, min), (Some(most), Some(least)) if most < least);
    below(x.max, least(y)) || below(y.max, least(x))
}

/// Whether nobody counted: an open figure in words of which none is a number.
fn is_vague(toll: &Casualty) -> bool {
    let words = toll.text.to_lowercase();
    toll.max.is_none() && VAGUE.iter().any(|vague| words.split(' ').any(|word| word == *vague))
}
