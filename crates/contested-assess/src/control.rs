//! Who holds a place on a day: a hidden Markov model over holders, one place at a time. `docs/control.md` gives the equations.

mod chain;
mod holders;
mod observation;
mod status;

pub(crate) use observation::is_anchored;

use std::collections::BTreeMap;

use contested_model::{Kept, Place};
use jiff::civil::Date;
use serde::Serialize;

use crate::names::same_name;
use crate::world::World;

pub use status::Status;

/// Who holds a place on a day, as far as the claims tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceControl {
    /// The place.
    pub place: PlaceName,
    /// The day.
    pub as_of: Date,
    /// The answer in a word.
    pub status: Status,
    /// The likeliest holder; none where the status is `unknown`.
    pub holder: Option<String>,
    /// Chances of all answers, likeliest first; they add up to one.
    pub chances: Vec<Chance>,
    /// Since when the status and the holder have been what they are.
    pub since: Option<Date>,
    /// Day of the newest observation.
    pub last_observed: Option<Date>,
    /// Stretches of one status and holder, oldest first.
    pub timeline: Vec<Stretch>,
    /// What the answer rests on, oldest first.
    pub evidence: Vec<Evidence>,
}

/// A place by what claims call it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceName {
    /// Id in the gazetteer, if it was found there.
    pub id: Option<String>,
    /// The commonest name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// An answer and its chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chance {
    /// A holder's name, `contested`, or `other` for nobody named.
    pub answer: String,
    /// 0 to 1.
    pub chance: f64,
}

/// Days of one status and holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The status.
    pub status: Status,
    /// The holder.
    pub holder: Option<String>,
}

/// A claim as an observation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Id of the claim.
    pub claim: String,
    /// Day it speaks of.
    pub day: Date,
    /// Day it became known.
    pub known: Date,
    /// What it says.
    pub says: Says,
    /// Of whom.
    pub holder: Option<String>,
    /// Its root source.
    pub source: String,
    /// The outlet, where another vouches.
    pub outlet: Option<String>,
    /// The chance that it is right.
    pub believed: f64,
    /// Whether the same source had said it already, so that it counts for nothing more.
    pub repeated: bool,
    /// Whether it tells in favour of its side what another voice of that side tells, too, so that it counts for nothing more.
    pub echo: bool,
}

/// What an observation says of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// Took it.
    Took,
    /// Holds it.
    Holds,
    /// Has not taken it, or does not hold it.
    HoldsNot,
    /// Left or lost it.
    Left,
    /// It is fought over.
    Fought,
}

/// Control of every populated place that `kept` says something of, as of `as_of`: places in the order of their names. The answer depends on
/// the claims only, never on their order.
pub fn control(kept: &[Kept], as_of: Date, world: &dyn World) -> Vec<PlaceControl> {
    let mut sorted: Vec<&Kept> = kept.iter().collect();
    sorted.sort_by(|a, b| (a.day(), a.known, &a.claim.id).cmp(&(b.day(), b.known, &b.claim.id)));
    sorted.dedup_by(|a, b| a.claim.id == b.claim.id);
    let mut places: Vec<(PlaceName, Vec<&Kept>)> = Vec::new();
    for (name, group) in grouped(&sorted) {
        places.push((name, group));
    }
    places.sort_by(|a, b| (&a.0.name, &a.0.id).cmp(&(&b.0.name, &b.0.id)));
    places.into_iter().filter_map(|(name, group)| of_place(&name, &group, as_of, world)).collect()
}

/// Claims by place. A place without an id joins the one that has its name and an id.
fn grouped<'k>(kept: &[&'k Kept]) -> Vec<(PlaceName, Vec<&'k Kept>)> {
    let observed =
        |k: &'k Kept| k.claim.places.iter().filter(move |place| observation::observes(&k.claim, place));
    let mut by_id: BTreeMap<String, Vec<(&Place, &Kept)>> = BTreeMap::new();
    let mut by_name: Vec<(&Place, &Kept)> = Vec::new();
    for k in kept {
        for place in observed(k) {
            match &place.id {
                Some(id) => by_id.entry(id.clone()).or_default().push((place, k)),
                None => by_name.push((place, k)),
            }
        }
    }
    for (place, k) in by_name {
        let known = by_id
            .values_mut()
            .find(|group| group.iter().any(|(other, _)| same_name(&other.name, &place.name)));
        match known {
            Some(group) => group.push((place, k)),
            None => by_id.entry(format!("name:{}", place.name.to_lowercase())).or_default().push((place, k)),
        }
    }
    by_id
        .into_values()
        .map(|mut group| {
            group.sort_by(|a, b| {
                (a.1.day(), a.1.known, &a.1.claim.id).cmp(&(b.1.day(), b.1.known, &b.1.claim.id))
            });
            let mut claims: Vec<&Kept> = Vec::new();
            for (_, k) in &group {
                if !claims.iter().any(|c| c.claim.id == k.claim.id) {
                    claims.push(k);
                }
            }
            (place_name(&group), claims)
        })
        .collect()
}

fn place_name(group: &[(&Place, &Kept)]) -> PlaceName {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, _) in group {
        *count.entry(&place.name).or_default() += 1;
    }
    let name = count
        .iter()
        .max_by_key(|&(name, n)| (n, std::cmp::Reverse(name)))
        .map_or("", |(name, _)| name)
        .to_owned();
    let found = group.iter().map(|(place, _)| place).find(|place| place.id.is_some());
    PlaceName {
        id: found.and_then(|p| p.id.clone()),
        country: found.and_then(|p| p.country.clone()),
        lat: found.and_then(|p| p.lat),
        lon: found.and_then(|p| p.lon),
        name,
    }
}

fn of_place(name: &PlaceName, group: &[&Kept], as_of: Date, world: &dyn World) -> Option<PlaceControl> {
    let holders = holders::Holders::of(group, world);
    let mut observations = observation::observations(group, name, &holders, world);
    observations.retain(|o| within(o.day, as_of));
    let first = observations.iter().map(|o| o.day).min()?;
    let evidence = observations.iter().map(|o| o.evidence(group, &holders)).collect();
    let states = holders.len() + 2;
    let mut control = PlaceControl {
        place: name.clone(),
        as_of,
        status: Status::Unknown,
        holder: None,
        chances: Vec::new(),
        since: None,
        last_observed: observations.iter().filter(|o| o.counts() && o.day <= as_of).map(|o| o.day).max(),
        timeline: Vec::new(),
        evidence,
    };
    if first > as_of {
        return Some(control);
    }
    let last = observations.iter().map(|o| o.day).max().unwrap_or(as_of).max(as_of);
    let days = chain::posterior(&observations, states, first, last);
    for (at, chances) in days.iter().enumerate() {
        let day = first.saturating_add(jiff::Span::new().days(at as i64));
        if day > as_of {
            break;
        }
        let seen = observations.iter().filter(|o| o.counts() && o.day <= day).map(|o| o.day).max();
        let (status, holder) = status::of(chances, seen, day);
        let holder = holder.map(|at| holders.name(at).to_owned());
        match control.timeline.last_mut() {
            Some(stretch) if stretch.status == status && stretch.holder == holder => stretch.to = day,
            _ => control.timeline.push(Stretch { from: day, to: day, status, holder }),
        }
        if day == as_of {
            control.chances = named(chances, &holders);
        }
    }
    if let Some(now) = control.timeline.last() {
        (control.status, control.holder, control.since) = (now.status, now.holder.clone(), Some(now.from));
    }
    Some(control)
}

/// Whether a day is near enough to `as_of` to matter: what is older than twenty years has long decayed, and a year on is enough to look back from.
fn within(day: Date, as_of: Date) -> bool {
    day >= as_of.saturating_sub(jiff::Span::new().years(20))
        && day <= as_of.saturating_add(jiff::Span::new().years(1))
}

fn named(chances: &[f64], holders: &holders::Holders) -> Vec<Chance> {
    let mut out: Vec<Chance> = chances
        .iter()
        .enumerate()
        .map(|(at, &chance)| {
            let answer = match at.checked_sub(holders.len()) {
                None => holders.name(at),
                Some(0) => "contested",
                Some(_) => "other",
            };
            // Rounded, so that no machine's last bit shows.
            Chance { answer: answer.to_owned(), chance: (chance * 1e4).round() / 1e4 }
        })
        .collect();
    out.sort_by(|a, b| b.chance.total_cmp(&a.chance).then_with(|| a.answer.cmp(&b.answer)));
    out
}
