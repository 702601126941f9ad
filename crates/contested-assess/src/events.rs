//! The same event told by several reports: claims gathered by place, day, type and sides, with what each source says of it.
//!
//! A claim is compared with the events at its places on nearby days only, and with an event as a whole rather than with each of its
//! tellings, so that the work grows with the number of claims.

use std::collections::{BTreeMap, BTreeSet};

use contested_model::{Claim, ClaimType, DiedOrHurt, Kept, Kind, Participant, Polarity, Tense};
use jiff::civil::Date;
use serde::Serialize;

use crate::control::{days_between, is_anchored};
use crate::names::{is_named, same_actor, words};
use crate::phrase::phrase;
use crate::situation::{Telling, telling};
use crate::source::acting;
use crate::world::{Tie, World};

/// Days by which tellings of one event may differ.
const APART: i32 = 1;
/// Days before its report in which an undated past event lies.
const LATE: i32 = 2;

/// An event, as all that tell of it have it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Event {
    /// In the words of its fullest telling.
    pub text: String,
    /// Types under which it is told, the commonest first.
    pub types: Vec<ClaimType>,
    /// First and last day on which it may lie, from the tellings that date it; from the undated ones where none does.
    pub days: [Date; 2],
    /// Whether any telling dates it.
    pub dated: bool,
    /// Places at which it is told to have been, the commonest first.
    pub places: Vec<String>,
    /// Smallest and largest figure for the dead, the injured and so on, by what befell them.
    pub tolls: BTreeMap<&'static str, [u64; 2]>,
    /// What each source says, oldest first.
    pub accounts: Vec<Account>,
    /// Who tells it; one for each root source.
    pub told_by: Vec<Telling>,
    /// Who says that it did not happen.
    pub denied_by: Vec<Telling>,
    /// Reports, by id, in order.
    pub reports: Vec<String>,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// What one claim says of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Account {
    /// Id of the claim.
    pub claim: String,
    /// Root source.
    pub source: String,
    /// The report's id.
    pub report: String,
    /// Stated first and last day.
    pub days: Option<[Date; 2]>,
    /// Places.
    pub places: Vec<String>,
    /// Tolls: what befell how many, at least and at most.
    pub tolls: Vec<(&'static str, Option<u64>, Option<u64>)>,
    /// Whether it denies the event.
    pub denies: bool,
}

/// Types that one act may be told under. What stands in two sets joins both.
const ALIKE: &[&[ClaimType]] = &[
    &[ClaimType::Seize, ClaimType::Retreat, ClaimType::Holds],
    &[ClaimType::Attack, ClaimType::Clash, ClaimType::Repel, ClaimType::Kill],
    &[
        ClaimType::Attack,
        ClaimType::Airstrike,
        ClaimType::Shelling,
        ClaimType::Bombing,
        ClaimType::Chemical,
        ClaimType::Kill,
        ClaimType::Destroy,
    ],
    &[ClaimType::Kill, ClaimType::Execute],
    &[ClaimType::Detain, ClaimType::Abduct],
    &[ClaimType::Agree, ClaimType::Ceasefire],
];

fn alike(a: ClaimType, b: ClaimType) -> bool {
    a == b || ALIKE.iter().any(|set| set.contains(&a) && set.contains(&b))
}

/// The room of the index in which claims of a type are looked for.
fn room(claim_type: ClaimType) -> u8 {
    match claim_type {
        ClaimType::Seize | ClaimType::Retreat | ClaimType::Holds => 0,
        ClaimType::Attack
        | ClaimType::Clash
        | ClaimType::Repel
        | ClaimType::Kill
        | ClaimType::Airstrike
        | ClaimType::Shelling
        | ClaimType::Bombing
        | ClaimType::Chemical
        | ClaimType::Destroy
        | ClaimType::Execute => 1,
        ClaimType::Detain | ClaimType::Abduct => 2,
        ClaimType::Agree | ClaimType::Ceasefire => 3,
        other => 4 + other as u8,
    }
}

/// An event in the making.
struct Gathering<'k> {
    members: Vec<&'k Kept>,
    types: BTreeSet<ClaimType>,
    /// First and last day of the dated tellings, and of the others.
    dated: Option<(Date, Date)>,
    loose: Option<(Date, Date)>,
    gains: Vec<Participant>,
    loses: Vec<Participant>,
    places: BTreeSet<String>,
}

/// The events that `kept` tells of, in the order of their days. The answer does not depend on the order of the claims.
pub fn events(kept: &[Kept], world: &dyn World) -> Vec<Event> {
    let mut told: Vec<&Kept> = kept.iter().filter(|k| tells_of_an_event(&k.claim)).collect();
    // Dated tellings first: they say where the undated belong; and what is told before what is denied.
    let key = |k: &&Kept| (k.day(), k.claim.polarity, k.claim.time.is_none(), k.known, k.claim.id.clone());
    told.sort_by_cached_key(key);
    told.dedup_by(|a, b| a.claim.id == b.claim.id);
    let mut all: Vec<Gathering<'_>> = Vec::new();
    let mut index: BTreeMap<(u8, String), Vec<usize>> = BTreeMap::new();
    let mut by_key: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for k in told {
        let handles = handles(&k.claim);
        let room = room(k.claim.claim_type);
        let retold = k.claim.same_as.as_deref();
        let told_before = retold.and_then(|key| by_key.get(&(k.claim.report.hash.as_str(), key))).copied();
        let near = || {
            let mut near: Vec<usize> = handles
                .iter()
                .filter_map(|handle| index.get(&(room, handle.clone())))
                .flat_map(|found| found.iter().rev().take_while(|&&at| all[at].is_near(k)))
                .copied()
                .collect();
            near.sort_unstable();
            near.dedup();
            near.into_iter().find(|&at| all[at].takes(k, world))
        };
        let same = told_before.filter(|&at| all[at].types.iter().all(|&t| alike(t, k.claim.claim_type)));
        let at = same.or_else(near).unwrap_or_else(|| {
            all.push(Gathering::new());
            all.len() - 1
        });
        all[at].add(k);
        by_key.entry((&k.claim.report.hash, &k.claim.key)).or_insert(at);
        for handle in handles {
            let under = index.entry((room, handle)).or_default();
            if under.last() != Some(&at) {
                under.push(at);
            }
        }
    }
    let mut out: Vec<Event> = all.iter().filter_map(|gathering| gathering.event(world)).collect();
    out.sort_by(|a, b| (a.days, &a.claims).cmp(&(b.days, &b.claims)));
    out
}

fn tells_of_an_event(claim: &Claim) -> bool {
    let denied_hold = claim.claim_type == ClaimType::Holds && claim.polarity == Polarity::Negative;
    (claim.kind == Kind::Event && crate::situation::is_news(claim) || denied_hold)
        && matches!(claim.tense, Tense::Past | Tense::Ongoing)
        && is_anchored(claim)
}

/// What a claim is looked for under: its places; where it has none, its actors.
fn handles(claim: &Claim) -> Vec<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    for place in &claim.places {
        match &place.id {
            Some(id) => {
                out.insert(id.clone());
            }
            None if is_named(&place.name) => out.extend(words(&place.name)),
            None => {}
        }
    }
    if out.is_empty() {
        let who = acting(claim).into_iter().chain(claim.targets.iter().cloned());
        out.extend(
            who.filter(|a| is_named(&a.name)).map(|a| a.actor.unwrap_or_else(|| a.name.to_lowercase())),
        );
    }
    out.into_iter().collect()
}

/// First and last day on which the claim says that it was.
fn window(k: &Kept) -> (Date, Date) {
    let day = k.day();
    match &k.claim.time {
        Some(time) => (time.from.unwrap_or(day).min(day), day),
        None => (day.saturating_sub(jiff::Span::new().days(LATE)), day),
    }
}

/// Who has the ground after it, and who had it before.
fn sides(claim: &Claim) -> (Vec<Participant>, Vec<Participant>) {
    let agents = acting(claim);
    match claim.claim_type {
        ClaimType::Retreat => (claim.targets.clone(), agents),
        _ => (agents, claim.targets.clone()),
    }
}

impl<'k> Gathering<'k> {
    const fn new() -> Self {
        Self {
            members: Vec::new(),
            types: BTreeSet::new(),
            dated: None,
            loose: None,
            gains: Vec::new(),
            loses: Vec::new(),
            places: BTreeSet::new(),
        }
    }

    fn days(&self) -> (Date, Date) {
        self.dated.or(self.loose).unwrap_or_default()
    }

    /// Whether `k`, which comes after all that were added, lies close enough in time to be looked at.
    fn is_near(&self, k: &Kept) -> bool {
        days_between(self.days().1, window(k).0) <= APART + LATE
    }

    /// Whether `k` tells of this event.
    fn takes(&self, k: &Kept, world: &dyn World) -> bool {
        let claim = &k.claim;
        if !self.types.iter().all(|&other| alike(other, claim.claim_type)) {
            return false;
        }
        let (start, end) = window(k);
        let (first, last) = self.days();
        let slack = if claim.time.is_some() && self.dated.is_some() { APART } else { 0 };
        if days_between(last, start) > slack || days_between(end, first) > slack {
            return false;
        }
        let day = k.day();
        let (gains, loses) = sides(claim);
        let ground = room(claim.claim_type) == 0;
        let meets =
            |a: &[Participant], b: &[Participant]| a.iter().any(|x| b.iter().any(|y| one(x, y, day, world)));
        let fits = |a: &[Participant], b: &[Participant]| a.is_empty() || b.is_empty() || meets(a, b);
        let placed = claim.places.iter().any(|place| place.id.is_some());
        // Who took it for one cannot be who lost it for the other; of fighting, each side may be named first.
        let roles = if ground {
            fits(&gains, &self.gains)
                && fits(&loses, &self.loses)
                && !meets(&gains, &self.loses)
                && !meets(&loses, &self.gains)
        } else {
            let (all, mine) =
                ([&gains[..], &loses[..]].concat(), [&self.gains[..], &self.loses[..]].concat());
            fits(&gains, &self.gains) && (placed || fits(&loses, &self.loses))
                || both_fight(&self.types) && meets(&all, &mine)
        };
        // Without a place to tell it by, the sides must be the same.
        roles && (placed || meets(&gains, &self.gains) || meets(&loses, &self.loses))
    }

    fn add(&mut self, k: &'k Kept) {
        let (start, end) = window(k);
        let days = if k.claim.time.is_some() { &mut self.dated } else { &mut self.loose };
        *days = Some(
            days.map_or((start, end), |(first, last)| (first.max(start).min(end), last.min(end).max(first))),
        );
        let (gains, loses) = sides(&k.claim);
        for (known, new) in [(&mut self.gains, gains), (&mut self.loses, loses)] {
            for who in new {
                if !known.iter().any(|other| same_actor(other, &who)) {
                    known.push(who);
                }
            }
        }
        self.types.insert(k.claim.claim_type);
        self.places.extend(k.claim.places.iter().filter_map(|place| place.id.clone()));
        self.members.push(k);
    }

    fn event(&self, world: &dyn World) -> Option<Event> {
        let positive = |k: &&&Kept| k.claim.polarity == Polarity::Positive;
        let filled = |k: &Kept| {
            [k.claim.agents.len(), k.claim.targets.len(), k.claim.places.len()]
                .iter()
                .filter(|n| **n > 0)
                .count()
        };
        let best =
            self.members.iter().filter(positive).rev().max_by_key(|k| filled(k)).or(self.members.first())?;
        let (first, last) = self.days();
        let accounts: Vec<Account> = self.members.iter().map(|k| account(k)).collect();
        let mut tolls: BTreeMap<&'static str, [u64; 2]> = BTreeMap::new();
        for (what, min, max) in accounts.iter().filter(|a| !a.denies).flat_map(|a| &a.tolls) {
            for figure in [min, max].into_iter().flatten() {
                let range = tolls.entry(what).or_insert([*figure, *figure]);
                *range = [range[0].min(*figure), range[1].max(*figure)];
            }
        }
        let by = |denies: bool| {
            let wanted = if denies { Polarity::Negative } else { Polarity::Positive };
            telling::by_root(self.members.iter().filter(|k| k.claim.polarity == wanted).copied(), world)
        };
        let reports: BTreeSet<&str> = self.members.iter().map(|k| k.claim.report.id.as_str()).collect();
        Some(Event {
            text: phrase(&best.claim),
            types: commonest(self.members.iter().map(|k| k.claim.claim_type)),
            days: [first, last],
            dated: self.dated.is_some(),
            places: commonest(
                self.members.iter().flat_map(|k| &k.claim.places).map(|place| place.name.clone()),
            ),
            tolls,
            accounts,
            told_by: by(false),
            denied_by: by(true),
            reports: reports.into_iter().map(str::to_owned).collect(),
            claims: self.members.iter().map(|k| k.claim.id.clone()).collect(),
        })
    }
}

fn both_fight(types: &BTreeSet<ClaimType>) -> bool {
    types.contains(&ClaimType::Clash)
}

fn one(a: &Participant, b: &Participant, day: Date, world: &dyn World) -> bool {
    same_actor(a, b)
        || !is_named(&a.name)
        || !is_named(&b.name)
        || matches!((&a.actor, &b.actor), (Some(x), Some(y)) if world.tie(x, y, day) == Tie::Together)
}

fn commonest<T: Ord + Clone>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut count: BTreeMap<T, usize> = BTreeMap::new();
    for one in all {
        *count.entry(one).or_default() += 1;
    }
    let mut out: Vec<(T, usize)> = count.into_iter().collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.into_iter().map(|(one, _)| one).collect()
}

fn account(k: &Kept) -> Account {
    let claim = &k.claim;
    let what = |what: DiedOrHurt| what.as_str();
    Account {
        claim: claim.id.clone(),
        source: crate::source::root(claim).name,
        report: claim.report.id.clone(),
        days: claim.time.as_ref().and_then(|time| Some([time.from.or(time.to)?, time.to.or(time.from)?])),
        places: claim.places.iter().map(|place| place.name.clone()).collect(),
        tolls: claim.casualties.iter().map(|toll| (what(toll.what), toll.min, toll.max)).collect(),
        denies: claim.polarity == Polarity::Negative,
    }
}
