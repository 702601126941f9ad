//! What settled a dispute: a side's own admission, or sides that later say the same.

use std::collections::BTreeSet;

use contested_model::{Claim, ClaimType, Extent, Kept, Participant, Phase, Polarity, Question, Tense};
use jiff::civil::Date;
use serde::Serialize;

use crate::disputes::same_proposition;
use crate::names::{share_actor, share_place};
use crate::source::root;
use crate::world::{Tie, World};

/// How a dispute ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Resolution {
    /// What settled it.
    pub by: SettledBy,
    /// Day on which that was heard.
    pub on: Date,
    /// Id of the claim that did.
    pub claim: String,
}

/// What settles a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SettledBy {
    /// A side says what it had disputed.
    Admission,
    /// Both sides later name the same holder.
    Agreement,
}

/// What settled the dispute between `sides`, heard after `opened` in `told`, which stands in the order of reported time.
pub(super) fn settled(
    question: Question,
    sides: &[Vec<&Kept>],
    opened: Date,
    told: &[&Kept],
    world: &dyn World,
) -> Option<Resolution> {
    let voices: Vec<BTreeSet<String>> =
        sides.iter().map(|side| side.iter().flat_map(|k| voices(&k.claim)).collect()).collect();
    let members: BTreeSet<&str> = sides.iter().flatten().map(|k| k.claim.id.as_str()).collect();
    let last = sides.iter().flatten().map(|k| k.day()).max()?;
    let mut says: Vec<Option<&Participant>> = vec![None; sides.len()];
    for k in told.iter().filter(|k| k.known > opened) {
        let claim = &k.claim;
        let own = self::voices(claim);
        let speaking: Vec<usize> =
            (0..sides.len()).filter(|&side| own.iter().any(|voice| voices[side].contains(voice))).collect();
        // Who has been heard on both sides settles nothing.
        let [side] = speaking[..] else { continue };
        let others = || sides.iter().enumerate().filter(|(at, _)| *at != side).flat_map(|(_, others)| others);
        let by = |by: SettledBy| Some(Resolution { by, on: k.known, claim: claim.id.clone() });
        if !members.contains(claim.id.as_str()) && others().any(|other| same_proposition(&other.claim, claim))
        {
            return by(SettledBy::Admission);
        }
        if question != Question::Control
            || !others().any(|other| share_place(&other.claim.places, &claim.places))
        {
            continue;
        }
        let Some(holder) = holder(claim) else { continue };
        // "Recaptured it from them": they had held it, then.
        let held_before = |other: &&&Kept| {
            self::holder(&other.claim)
                .is_some_and(|held| claim.targets.iter().any(|loser| one_side(loser, held, k.day(), world)))
        };
        if claim.claim_type == ClaimType::Seize && k.day() > last && others().any(|other| held_before(&other))
        {
            return by(SettledBy::Admission);
        }
        if k.day() > last {
            says[side] = Some(holder);
            let first = says.iter().flatten().next();
            let agree = |other: Option<&Participant>| {
                other.zip(first.copied()).is_some_and(|(a, b)| one_side(a, b, k.day(), world))
            };
            if says.iter().copied().all(agree) {
                return by(SettledBy::Agreement);
            }
        }
    }
    None
}

/// Root source, and for what an outlet says itself its name: a side's outlets speak for it under both.
fn voices(claim: &Claim) -> Vec<String> {
    let mut out = vec![root(claim).key];
    out.extend(
        claim
            .attribution
            .first()
            .and_then(|first| first.affiliation.as_ref())
            .map(|side| side.to_lowercase()),
    );
    out
}

fn one_side(a: &Participant, b: &Participant, day: Date, world: &dyn World) -> bool {
    share_actor(std::slice::from_ref(a), std::slice::from_ref(b))
        || matches!((&a.actor, &b.actor), (Some(x), Some(y)) if world.tie(x, y, day) == Tie::Together)
}

/// Who holds the place, by this claim.
fn holder(claim: &Claim) -> Option<&Participant> {
    let whole = matches!(claim.extent, None | Some(Extent::Whole | Extent::Most));
    let told = claim.polarity == Polarity::Positive && claim.tense != Tense::Historic && whole;
    match claim.claim_type {
        ClaimType::Seize
            if told && !matches!(claim.phase, Some(Phase::Attempt | Phase::Start | Phase::Ongoing)) =>
        {
            claim.agents.first()
        }
        ClaimType::Holds if told => claim.agents.first(),
        _ => None,
    }
}
