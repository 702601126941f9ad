//! What became of what was expected, vowed and threatened.

use contested_model::{Claim, Kept, Kind, Polarity, Tense};
use jiff::civil::Date;
use serde::Serialize;

use crate::control::days_between;
use crate::names::{share_actor, share_place};
use crate::world::{Tie, World};

/// Days after which what happens is no longer what was meant.
const MEANT: i32 = 365;

/// How an outlook ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ended {
    /// Whether it came true; otherwise its time passed without it.
    pub came_true: bool,
    /// Day on which it did, or by which it was to.
    pub on: Date,
    /// The claim that tells it.
    pub claim: Option<String>,
}

/// How the outlook in `k` ended by what `told` tells until `as_of`; none while that is open. "Not to happen" is never checked off as come
/// true: nothing tells the day on which it has not.
pub(super) fn ended(k: &Kept, told: &[&Kept], as_of: Date, world: &dyn World) -> Option<Ended> {
    let about = k.claim.about?;
    if k.claim.polarity == Polarity::Negative || k.claim.agents.is_empty() && k.claim.targets.is_empty() {
        return None;
    }
    let did = told
        .iter()
        .filter(|other| other.claim.kind != Kind::Outlook && other.claim.claim_type == about.claim_type)
        .filter(|other| {
            other.claim.polarity == Polarity::Positive
                && other.claim.phase != Some(contested_model::Phase::Attempt)
        })
        .filter(|other| matches!(other.claim.tense, Tense::Past | Tense::Ongoing))
        .filter(|other| other.known >= k.known && other.claim.report.hash != k.claim.report.hash)
        .filter(|other| other.day() >= k.known && days_between(k.known, other.day()) <= MEANT)
        .filter(|other| is_what_was_meant(&k.claim, &other.claim, other.day(), world))
        .min_by_key(|other| (other.day(), other.known, &other.claim.id));
    if let Some(other) = did {
        return Some(Ended { came_true: true, on: other.day(), claim: Some(other.claim.id.clone()) });
    }
    let by = k.claim.time.as_ref()?.to?;
    (by < as_of && by >= k.known).then_some(Ended { came_true: false, on: by, claim: None })
}

fn is_what_was_meant(meant: &Claim, did: &Claim, day: Date, world: &dyn World) -> bool {
    let one_side = |a: &[contested_model::Participant], b: &[contested_model::Participant]| {
        share_actor(a, b)
            || a.iter().any(|x| {
                b.iter().any(|y| {
                    matches!((&x.actor, &y.actor), (Some(x), Some(y)) if world.tie(x, y, day) == Tie::Together)
                })
            })
    };
    let agents = meant.agents.is_empty() || one_side(&meant.agents, &did.agents);
    let targets =
        meant.targets.is_empty() || did.targets.is_empty() || one_side(&meant.targets, &did.targets);
    let places = if meant.places.is_empty() {
        // Without a place only the very same parties are what was meant.
        !meant.agents.is_empty() && !meant.targets.is_empty() && share_actor(&meant.targets, &did.targets)
    } else {
        share_place(&meant.places, &did.places)
    };
    agents && targets && places
}
