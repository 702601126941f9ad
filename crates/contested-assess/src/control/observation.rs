//! Claims as noisy observations of who holds a place.

use std::collections::BTreeMap;

use contested_model::{
    Claim, ClaimType, Extent, Kept, Participant, Phase, Place, PlaceRelation, Polarity, Tense,
};
use jiff::civil::Date;

use super::holders::Holders;
use super::{Evidence, PlaceName, Says};
use crate::names::{is_named, same_name};
use crate::reliability::{Stake, reliability};
use crate::source::{acting, root, sentence};
use crate::world::World;

/// One source repeating itself within so many days has said one thing.
const ONE_TELLING: i32 = 3;
/// Longest stated time, in days, that places an event; what happened "in 2014" says nothing of a day.
const LONGEST: i32 = 31;

/// What one claim says of one place.
#[derive(Debug, Clone)]
pub(super) struct Observation {
    pub(super) day: Date,
    pub(super) says: Says,
    /// Position among the holders; none for fighting.
    pub(super) holder: Option<usize>,
    /// The chance that it is right.
    pub(super) believed: f64,
    /// Said before by the same source.
    pub(super) repeated: bool,
    /// A side's own gain or denial that another voice of the side tells, too, and is believed at least as much.
    pub(super) echo: bool,
    /// Position in the group of claims.
    kept: usize,
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
pub(super) fn observes(claim: &Claim, place: &Place) -> bool {
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

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// What the claim says, and of whom.
fn says(claim: &Claim) -> Option<(Says, Option<Participant>)> {
    let agent = acting(claim).into_iter().next();
    let negative = claim.polarity == Polarity::Negative;
    match claim.claim_type {
        ClaimType::Seize if matches!(claim.phase, Some(Phase::Attempt | Phase::Start | Phase::Ongoing)) => {
            (!negative).then_some((Says::Fought, None))
        }
        // "Raqqa fell" without a captor still says who no longer has it.
        ClaimType::Seize if agent.is_none() && !negative => {
            claim.targets.first().cloned().map(|loser| (Says::Left, Some(loser)))
        }
        ClaimType::Seize if negative => agent.map(|a| (Says::HoldsNot, Some(a))),
        ClaimType::Seize => agent.map(|a| (Says::Took, Some(a))),
        // What somebody held before says nothing of the day of the report.
        ClaimType::Holds if claim.tense == Tense::Past && claim.time.is_none() => None,
        ClaimType::Holds if negative => agent.map(|a| (Says::HoldsNot, Some(a))),
        ClaimType::Holds => agent.map(|a| (Says::Holds, Some(a))),
        ClaimType::Retreat if negative => agent.map(|a| (Says::Holds, Some(a))),
        ClaimType::Retreat => agent.map(|a| (Says::Left, Some(a))),
        ClaimType::Contests | ClaimType::Clash | ClaimType::Siege if !negative => Some((Says::Fought, None)),
        _ => None,
    }
}

/// The observations of a place, oldest first.
pub(super) fn observations(
    group: &[&Kept],
    name: &PlaceName,
    holders: &Holders,
    world: &dyn World,
) -> Vec<Observation> {
    let mut out: Vec<Observation> = Vec::new();
    let mut sides: BTreeMap<(Says, Option<usize>), usize> = BTreeMap::new();
    let mut told: BTreeMap<(String, Says, Option<usize>), Date> = BTreeMap::new();
    for (at, kept) in group.iter().enumerate() {
        let claim = &kept.claim;
        let here = claim.places.iter().any(|p| {
            observes(claim, p) && (p.id.is_some() && p.id == name.id || same_name(&p.name, &name.name))
        });
        let Some((says, who)) = says(claim).filter(|_| here) else { continue };
        let holder = who.as_ref().and_then(|who| holders.position(who));
        let day = kept.day();
        // An undated past event lies somewhere before its report: its day is less sure than its content.
        let blurred = claim.time.is_none() && claim.tense == Tense::Past;
        let (believed, stake) = reliability(claim, who.as_ref(), day, world);
        let believed = if blurred { 0.5 + (believed - 0.5) * 0.9 } else { believed };
        let near = |last: Date| days_between(last, day) <= ONE_TELLING;
        let keys = [root(claim).key, sentence(claim)].map(|key| (key, says, holder));
        let repeated = keys.iter().any(|key| told.get(key).is_some_and(|&last| near(last)));
        if !repeated {
            told.extend(keys.into_iter().map(|key| (key, day)));
        }
        let mut observation = Observation { day, says, holder, believed, repeated, echo: false, kept: at };
        if !repeated && matches!(stake, Stake::Gain | Stake::Denial) {
            // What a side says in its own favour is one voice, whoever lends it theirs; the most believed of them counts.
            match sides
                .get(&(says, holder))
                .map(|&first: &usize| &mut out[first])
                .filter(|first| near(first.day))
            {
                Some(first) if first.believed >= believed => observation.echo = true,
                Some(first) => {
                    first.echo = true;
                    sides.insert((says, holder), out.len());
                }
                None => {
                    sides.insert((says, holder), out.len());
                }
            }
        }
        out.push(observation);
    }
    out
}

impl Observation {
    /// How likely the observation is in each state: the holders, then contested, then other.
    pub(super) fn likelihoods(&self, states: usize) -> Vec<f64> {
        let (contested, right) = (states - 2, self.believed);
        let wrong = 1.0 - right;
        let mut out = vec![0.0; states];
        for (state, likelihood) in out.iter_mut().enumerate() {
            let is_contested = state == contested;
            *likelihood = match (self.says, self.holder) {
                // A capture that is not one is mostly told too early, while it is fought for.
                (Says::Took | Says::Holds, Some(holder)) if state == holder => right,
                (Says::Took | Says::Holds, _) if is_contested => wrong * EARLY,
                (Says::Took | Says::Holds, _) => wrong * (1.0 - EARLY) / (states - 2).max(1) as f64,
                (Says::HoldsNot | Says::Left, Some(holder)) if state == holder => wrong,
                (Says::HoldsNot | Says::Left, _) => right,
                (Says::Fought, _) if is_contested => right,
                // A town that is attacked may well be held.
                (Says::Fought, _) => 1.0 - right * FIGHTING,
            };
        }
        out
    }

    /// Whether it adds to what is known already.
    pub(super) const fn counts(&self) -> bool {
        !self.repeated && !self.echo
    }

    /// How far the observation is news of a change on its day.
    pub(super) const fn stirs(&self) -> f64 {
        match self.says {
            Says::Took | Says::Left => 0.5,
            Says::HoldsNot | Says::Fought => 0.3,
            Says::Holds => 0.1,
        }
    }

    pub(super) fn evidence(&self, group: &[&Kept], holders: &Holders) -> Evidence {
        let kept = group[self.kept];
        let root = root(&kept.claim);
        Evidence {
            claim: kept.claim.id.clone(),
            day: self.day,
            known: kept.known,
            says: self.says,
            holder: self.holder.map(|at| holders.name(at).to_owned()),
            source: root.name,
            outlet: root.outlet,
            believed: (self.believed * 1e4).round() / 1e4,
            repeated: self.repeated,
            echo: self.echo,
        }
    }
}

/// Share of wrong reports of a capture that are told while the place is fought for.
const EARLY: f64 = 0.7;
/// How much less likely fighting is to be reported of a place that is held than of one that is contested.
const FIGHTING: f64 = 0.75;
