//! What one claim says of one place, before it is weighed.

use contested_model::{
    Claim, ClaimType, Extent, Kept, Participant, Phase, Place, PlaceRelation, Polarity, Stake, Tense,
};
use jiff::civil::Date;

use super::Says;
use super::grouping::Group;
use crate::names::is_named;
use crate::reliability::{Voucher, commitment, stake};
use crate::source::{Root, acting, root, sentence};
use crate::world::World;

/// Longest stated time, in days, that places an event; what happened "in 2014" says nothing of a day.
const LONGEST: i32 = 31;
/// What an undated past event keeps of its source's weight: it lies somewhere before its report.
const BLURRED: f64 = 0.9;

/// A claim as it bears on who holds a place.
#[derive(Debug, Clone)]
pub(crate) struct Reading<'k> {
    pub(crate) kept: &'k Kept,
    pub(crate) day: Date,
    pub(crate) says: Says,
    pub(crate) who: Option<Participant>,
    pub(crate) root: Root,
    pub(crate) sentence: String,
    pub(crate) stake: Stake,
    /// How far its words commit the source, 0 to 1.
    pub(crate) sure: f64,
}

/// The readings of a place, in the order of their days.
pub(super) fn readings<'k>(group: &Group<'k>, world: &dyn World) -> Vec<Reading<'k>> {
    group.claims.iter().filter_map(|kept| reading(kept, world)).collect()
}

fn reading<'k>(kept: &'k Kept, world: &dyn World) -> Option<Reading<'k>> {
    let claim = &kept.claim;
    let (says, who) = says(claim)?;
    let day = kept.day();
    let voucher = Voucher::of(claim, world);
    let stake = stake(claim, &voucher, who.as_ref(), day, world);
    let mut root = root(claim);
    root.kind = voucher.kind;
    let blurred = claim.time.is_none() && claim.tense == Tense::Past;
    let sure = commitment(claim) * if blurred { BLURRED } else { 1.0 };
    Some(Reading { kept, day, says, who, root, sentence: sentence(claim), stake, sure })
}

/// Kinds of places that can be held as a whole. A place of unknown kind is taken for a settlement.
fn is_populated(place: &Place) -> bool {
    place.kind.as_deref().is_none_or(|kind| {
        matches!(
            kind,
            "city"
                | "town"
                | "village"
                | "neighbourhood"
                | "camp"
                | "air-base"
                | "base"
                | "airport"
                | "port"
                | "dam"
                | "oil-field"
                | "border-crossing"
                | "site"
        )
    })
}

/// Whether `claim` observes who holds `place`: it speaks of all or most of it, at the time of the report or on a stated day.
pub(crate) fn observes(claim: &Claim, place: &Place) -> bool {
    is_populated(place)
        && (place.id.is_some() || is_named(&place.name))
        && matches!(place.relation, PlaceRelation::At | PlaceRelation::Within)
        && matches!(claim.extent, None | Some(Extent::Whole | Extent::Most))
        && (claim.tense != Tense::Historic || claim.time.is_some())
        && dated(claim)
        && is_anchored(claim)
        && says(claim).is_some()
}

/// Whether the claim stands on some day at all: it gives one, or its report does. The day of adding is none.
pub(crate) fn is_anchored(claim: &Claim) -> bool {
    claim.reported.is_some() || claim.time.as_ref().is_some_and(|time| time.from.or(time.to).is_some())
}

fn dated(claim: &Claim) -> bool {
    let Some(time) = &claim.time else { return true };
    match (time.from, time.to) {
        (Some(from), Some(to)) => days_between(from, to) <= LONGEST,
        _ => true,
    }
}

/// Days from one day to a later one; negative the other way round.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// What the claim says, and of whom.
fn says(claim: &Claim) -> Option<(Says, Option<Participant>)> {
    let agent = || acting(claim).into_iter().next();
    let negative = claim.polarity == Polarity::Negative;
    match claim.claim_type {
        ClaimType::Seize if matches!(claim.phase, Some(Phase::Attempt | Phase::Start | Phase::Ongoing)) => {
            (!negative).then_some((Says::Fought, None))
        }
        ClaimType::Seize if negative => agent().map(|a| (Says::HoldsNot, Some(a))),
        ClaimType::Seize => match agent() {
            Some(taker) => Some((Says::Took, Some(taker))),
            // "Raqqa fell" without a captor still says who no longer has it.
            None => claim.targets.first().cloned().map(|loser| (Says::Left, Some(loser))),
        },
        // What somebody held before says nothing of the day of the report.
        ClaimType::Holds if claim.tense == Tense::Past && claim.time.is_none() => None,
        ClaimType::Holds if negative => agent().map(|a| (Says::HoldsNot, Some(a))),
        ClaimType::Holds => agent().map(|a| (Says::Holds, Some(a))),
        ClaimType::Retreat if negative => agent().map(|a| (Says::Holds, Some(a))),
        ClaimType::Retreat => agent().map(|a| (Says::Left, Some(a))),
        ClaimType::Contests | ClaimType::Clash | ClaimType::Siege if !negative => Some((Says::Fought, None)),
        _ => None,
    }
}
