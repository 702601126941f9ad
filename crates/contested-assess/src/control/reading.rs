//! What one claim says of one place, before it is weighed.

use std::collections::BTreeMap;

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
/// Longest that places an event by its end, with as much doubt as if it were undated.
const YEAR: i32 = 366;
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
    /// Not what the claim says but what it takes for granted: who held a town until it was taken.
    pub(crate) implied: bool,
    /// That it was lost is denied, which is less than to say that it is held.
    pub(crate) denied: bool,
}

/// The readings of a place, in the order of their days.
pub(super) fn readings<'k>(group: &Group<'k>, world: &dyn World) -> Vec<Reading<'k>> {
    let story = Story::of(&group.claims);
    let mut out: Vec<Reading<'k>> = Vec::new();
    for kept in &group.claims {
        let Some(reading) = reading(kept, &story, world) else { continue };
        out.extend(taken_for_granted(&reading, &story, world));
        out.push(reading);
    }
    out.sort_by(|a, b| {
        (a.day, a.kept.known, &a.kept.claim.id, a.implied).cmp(&(
            b.day,
            b.kept.known,
            &b.kept.claim.id,
            b.implied,
        ))
    });
    out
}

fn reading<'k>(kept: &'k Kept, story: &Story<'_>, world: &dyn World) -> Option<Reading<'k>> {
    let claim = &kept.claim;
    let (says, who) = says(claim)?;
    let placed = story.day(kept);
    // "Has held it since June": it still does, unless the story goes on.
    let still = is_open_span(claim) && claim.tense == Tense::Ongoing && !story.goes_on(kept);
    let day = if still { kept.known } else { placed.unwrap_or_else(|| kept.day()) };
    let voucher = Voucher::of(claim, world);
    let stake = stake(claim, &voucher, who.as_ref(), day, world);
    let mut root = root(claim);
    root.kind = voucher.kind;
    let long = span(claim).is_some_and(|(from, to)| days_between(from, to) > LONGEST);
    let blurred = long || claim.time.is_none() && claim.tense == Tense::Past;
    let sure = commitment(claim) * if blurred { BLURRED } else { 1.0 };
    let denied = claim.claim_type == ClaimType::Retreat && claim.polarity == Polarity::Negative;
    Some(Reading {
        kept,
        day,
        says,
        who,
        root,
        sentence: sentence(claim),
        stake,
        sure,
        implied: false,
        denied,
    })
}

/// What a reading takes for granted of other days: whoever a town was taken from held it the day before, whoever left it did, and who has held it
/// since a day did on that day, or who had held it since a day until the telling.
fn taken_for_granted<'k>(reading: &Reading<'k>, story: &Story<'_>, world: &dyn World) -> Vec<Reading<'k>> {
    let claim = &reading.kept.claim;
    let eve = |day: Date| day.saturating_sub(jiff::Span::new().days(1));
    let held = |who: &Participant, day: Date| {
        let voucher = Voucher::of(claim, world);
        let stake = stake(claim, &voucher, Some(who), day, world);
        Reading { day, says: Says::Holds, who: Some(who.clone()), stake, implied: true, ..reading.clone() }
    };
    let named = |who: &&Participant| is_named(&who.name);
    match (reading.says, &claim.time) {
        (Says::Took, Some(_)) => {
            claim.targets.iter().filter(named).take(1).map(|loser| held(loser, eve(reading.day))).collect()
        }
        (Says::Left, Some(_)) => {
            reading.who.iter().filter(named).map(|loser| held(loser, eve(reading.day))).collect()
        }
        // An old story that goes on tells itself until when.
        (Says::Holds, Some(_))
            if is_open_span(claim) && claim.tense == Tense::Ongoing && reading.day != reading.kept.known =>
        {
            Vec::new()
        }
        (Says::Holds, Some(time)) if is_open_span(claim) => {
            let told =
                if claim.tense == Tense::Ongoing { reading.kept.known } else { eve(reading.kept.known) };
            // What an old story tells next of the place may be how that ended.
            let last = story.next(reading.kept).map_or(told, |next| told.min(eve(next)));
            let from = time.from.unwrap_or(last).max(last.saturating_sub(jiff::Span::new().days(SINCE)));
            let days = from.series(jiff::Span::new().days(EVERY)).take_while(|day| *day < last).chain([last]);
            let days = days.filter(|day| *day != reading.day);
            days.flat_map(|day| reading.who.iter().map(move |who| (who, day)))
                .map(|(who, day)| held(who, day))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Days between those on which a town is taken to have been held that somebody has held "since" a day, and for how many days at most.
const EVERY: i64 = 60;
const SINCE: i64 = 5 * 365;

/// "Since January 2014".
fn is_open_span(claim: &Claim) -> bool {
    claim.claim_type == ClaimType::Holds
        && claim.polarity == Polarity::Positive
        && claim.time.as_ref().is_some_and(|time| time.from.is_some() && time.to.is_none())
}

/// Days by which a stated day lies before its report where the report tells an old story.
const OLD: i32 = 60;

/// Reports that tell an old story from its beginning: what they tell, in the order in which they tell it. What such a report tells without a date
/// stands where the story has got to, and not at its publication.
struct Story<'k> {
    /// By report: where a telling of old days stands in the text, and its day.
    told: BTreeMap<&'k str, BTreeMap<u32, Date>>,
}

impl<'k> Story<'k> {
    fn of(claims: &[&'k Kept]) -> Self {
        let mut told: BTreeMap<&str, BTreeMap<u32, Date>> = BTreeMap::new();
        for kept in claims.iter().filter(|kept| kept.claim.time.is_some() && dated(&kept.claim)) {
            if days_between(kept.day(), kept.known) > OLD {
                let claim = &kept.claim;
                told.entry(&claim.report.hash).or_default().insert(claim.evidence.trigger.start, kept.day());
            }
        }
        // One change is told after another: without a date it comes the day after the last one.
        let mut changes: Vec<&Kept> = claims
            .iter()
            .copied()
            .filter(|kept| kept.claim.time.is_none() && is_change(&kept.claim))
            .collect();
        changes.sort_by_key(|kept| kept.claim.evidence.trigger.start);
        for claim in changes.iter().map(|kept| &kept.claim) {
            let Some(own) = told.get_mut(claim.report.hash.as_str()) else { continue };
            let at = claim.evidence.trigger.start;
            let next = own.range(at + 1..).next().map(|(_, day)| *day);
            let Some((_, &before)) = own.range(..at).last() else { continue };
            let day = before.saturating_add(jiff::Span::new().days(1));
            own.entry(at).or_insert_with(|| next.map_or(day, |next| day.min(next.max(before))));
        }
        Self { told }
    }

    /// Where an undated telling of an old story stands: where the story has got to. What is said to be so stands there only while the story goes on, for at
    /// its end it is the day of the report.
    fn day(&self, kept: &Kept) -> Option<Date> {
        let claim = &kept.claim;
        let told = self.told.get(claim.report.hash.as_str()).filter(|_| claim.time.is_none())?;
        let before = told.range(..=claim.evidence.trigger.start).last();
        before.filter(|_| claim.tense != Tense::Ongoing || self.goes_on(kept)).map(|(_, day)| *day)
    }

    /// The day of what is told of old days after it.
    fn next(&self, kept: &Kept) -> Option<Date> {
        let told = self.told.get(kept.claim.report.hash.as_str())?;
        let next = told.range(kept.claim.evidence.trigger.start + 1..).next();
        next.map(|(_, day)| *day).filter(|day| *day > kept.day())
    }

    /// Whether something of old days is told after it.
    fn goes_on(&self, kept: &Kept) -> bool {
        let told = self.told.get(kept.claim.report.hash.as_str());
        told.is_some_and(|told| told.range(kept.claim.evidence.trigger.start + 1..).next().is_some())
    }
}

/// Whether the claim tells that a place changed hands.
fn is_change(claim: &Claim) -> bool {
    matches!(claim.claim_type, ClaimType::Seize | ClaimType::Retreat)
        && claim.polarity == Polarity::Positive
        && !matches!(claim.phase, Some(Phase::Attempt | Phase::Start | Phase::Ongoing))
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
        && (matches!(place.relation, PlaceRelation::At | PlaceRelation::Within)
            || matches!(claim.claim_type, ClaimType::Retreat | ClaimType::Seize)
                && place.relation == PlaceRelation::From)
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
    match span(claim) {
        // What happened "in 2014" was so by its end; of a year that is not over nothing is known.
        Some((from, to)) if days_between(from, to) > LONGEST => {
            days_between(from, to) <= YEAR && claim.reported.is_some_and(|reported| to < reported)
        }
        _ => true,
    }
}

fn span(claim: &Claim) -> Option<(Date, Date)> {
    claim.time.as_ref().and_then(|time| time.from.zip(time.to))
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
