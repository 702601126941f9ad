//! Disputes across all reports at hand, with who is on which side.

use std::collections::{BTreeMap, BTreeSet};

use contested_model::{Claim, ClaimType, Kept, Polarity, Question};
use jiff::civil::Date;
use serde::Serialize;

use super::settled::{Resolution, settled};
use super::telling::{self, Telling};
use crate::disputes::index::{Scene, looked_for, standing};
use crate::disputes::{Group, about, groups};
use crate::phrase::phrase;
use crate::world::World;

/// A question that sources answer differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Disputed {
    /// What is asked.
    pub question: Question,
    /// Of which place, event, actor.
    pub about: Vec<String>,
    /// What is at issue, in words: "Who holds Albu Kamal".
    pub headline: String,
    /// The sides, in the order of their first telling.
    pub sides: Vec<Position>,
    /// Day on which the second side was first heard.
    pub opened: Date,
    /// Day on which it was settled; none while it is open.
    pub closed: Option<Date>,
    /// What settled it.
    pub resolution: Option<Resolution>,
    /// Day of the newest telling.
    pub newest: Date,
    /// Number of reports it spans.
    pub reports: usize,
}

/// A side of a dispute.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Position {
    /// What it says, in words; more than one where its tellings differ.
    pub says: Vec<String>,
    /// Who says it; one for each root source.
    pub told_by: Vec<Telling>,
    /// Ids of all its claims.
    pub claims: Vec<String>,
}

/// Every dispute among `told`, newest first.
pub(super) fn disputed(told: &[&Kept], all_told: &[&Kept], world: &dyn World) -> Vec<Disputed> {
    let mut heard: Vec<&Kept> = all_told.to_vec();
    heard.sort_by(|a, b| (a.known, a.day(), &a.claim.id).cmp(&(b.known, b.day(), &b.claim.id)));
    let claims: Vec<&Claim> = told.iter().map(|k| &k.claim).collect();
    let scene = Scene::of(&claims);
    let later = Later::of(&heard);
    let mut out: Vec<Disputed> = groups(&scene)
        .into_iter()
        .map(|group| {
            let sides: Vec<Position> = group.sides.iter().map(|side| position(told, side, world)).collect();
            let first_heard = |side: &Vec<usize>| side.iter().map(|&at| told[at].known).min();
            let opened = group.sides.iter().filter_map(first_heard).max().unwrap_or_default();
            let kept: Vec<Vec<&Kept>> =
                group.sides.iter().map(|side| side.iter().map(|&at| told[at]).collect()).collect();
            let resolution = settled(group.question, &kept, opened, &later.after(&kept, opened), world);
            let all = || group.sides.iter().flatten().map(|&at| told[at]);
            let about = about(&scene, &group);
            Disputed {
                question: group.question,
                headline: headline(&claims, &group, &about),
                about,
                sides,
                opened,
                closed: resolution.as_ref().map(|resolution| resolution.on),
                resolution,
                newest: all().map(|k| k.known).max().unwrap_or_default(),
                reports: all().map(|k| k.claim.report.hash.as_str()).collect::<BTreeSet<_>>().len(),
            }
        })
        .collect();
    join_twins(&mut out);
    out.sort_by(|a, b| {
        b.newest.cmp(&a.newest).then_with(|| voices(b).cmp(&voices(a))).then_with(|| a.about.cmp(&b.about))
    });
    out
}

/// What was heard, by place: only what is told of its places settles a dispute.
struct Later<'a, 'k> {
    heard: &'a [&'k Kept],
    by_place: BTreeMap<String, Vec<usize>>,
}

impl<'a, 'k> Later<'a, 'k> {
    fn of(heard: &'a [&'k Kept]) -> Self {
        let mut by_place: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, k) in heard.iter().enumerate() {
            for token in standing(&k.claim.places) {
                by_place.entry(token).or_default().push(at);
            }
        }
        Self { heard, by_place }
    }

    /// What was heard after `opened` of the places of the dispute between `sides`, in the order of reported time.
    fn after(&self, sides: &[Vec<&Kept>], opened: Date) -> Vec<&'k Kept> {
        let from = self.heard.partition_point(|k| k.known <= opened);
        let tokens: BTreeSet<String> =
            sides.iter().flatten().flat_map(|k| looked_for(&k.claim.places)).collect();
        let rooms = tokens.iter().filter_map(|token| self.by_place.get(token));
        let mut at: Vec<usize> =
            rooms.flat_map(|room| &room[room.partition_point(|&at| at < from)..]).copied().collect();
        at.sort_unstable();
        at.dedup();
        at.into_iter().map(|at| self.heard[at]).collect()
    }
}

/// Whether it happened and who did it are one dispute where a claim or a sentence stands in both: it is told once, as the wider of the two.
fn join_twins(all: &mut Vec<Disputed>) {
    let asks =
        |dispute: &Disputed| matches!(dispute.question, Question::Occurrence | Question::Responsibility);
    let wide: Vec<(usize, usize)> = all.iter().map(|dispute| (dispute.reports, voices(dispute))).collect();
    // Claims and sentences of each, and who has them.
    let marks = |dispute: &Disputed| -> Vec<String> {
        let claims = dispute.sides.iter().flat_map(|side| &side.claims).map(|id| format!("c {id}"));
        let told = dispute.sides.iter().flat_map(|side| &side.told_by).map(|one| format!("q {}", one.quote));
        claims.chain(told).collect()
    };
    let mut having: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, dispute) in all.iter().enumerate().filter(|(_, dispute)| asks(dispute)) {
        for mark in marks(dispute) {
            having.entry(mark).or_default().push(at);
        }
    }
    let mut gone = vec![false; all.len()];
    for at in 0..all.len() {
        let others = || marks(&all[at]).into_iter().filter_map(|mark| having.get(&mark)).flatten();
        gone[at] =
            asks(&all[at]) && others().any(|&other| other != at && !gone[other] && wide[other] >= wide[at]);
    }
    let mut gone = gone.into_iter();
    all.retain(|_| !gone.next().unwrap_or_default());
}

/// What a dispute is about, as a reader would put it: in the words of its fullest positive claim, or of its place.
fn headline(claims: &[&Claim], group: &Group, about: &[String]) -> String {
    let filled = |claim: &&Claim| {
        [claim.agents.len(), claim.targets.len(), claim.places.len()].iter().filter(|n| **n > 0).count()
    };
    let positive = group
        .sides
        .iter()
        .flatten()
        .map(|&at| claims[at])
        .filter(|claim| claim.polarity == Polarity::Positive && claim.claim_type != ClaimType::Accuse);
    let fullest = positive.rev().max_by_key(filled).map(phrase);
    let place = about.first().cloned().unwrap_or_default();
    match (group.question, fullest) {
        (Question::Control, _) => format!("Who holds {place}"),
        (Question::Occurrence, Some(what)) => format!("Did it happen: {what}"),
        (Question::Responsibility, Some(what)) => format!("Who did it: {what}"),
        (Question::Casualties, Some(what)) => format!("How many were hurt: {what}"),
        (Question::Motive, Some(what)) => format!("Why: {what}"),
        (Question::Occurrence, None) => format!("Did it happen: {}", about.join(", ")),
        (Question::Responsibility, None) => format!("Who did it: {}", about.join(", ")),
        (Question::Casualties, None) => format!("How many were hurt: {}", about.join(", ")),
        (Question::Motive, None) => format!("Why: {}", about.join(", ")),
    }
}

fn voices(dispute: &Disputed) -> usize {
    dispute.sides.iter().map(|side| side.told_by.len()).sum()
}

fn position(told: &[&Kept], side: &[usize], world: &dyn World) -> Position {
    let mut says: Vec<String> = Vec::new();
    for &at in side {
        let words = phrase(&told[at].claim);
        if !says.contains(&words) {
            says.push(words);
        }
    }
    Position {
        says,
        told_by: telling::by_root(side.iter().map(|&at| told[at]), world),
        claims: side.iter().map(|&at| told[at].claim.id.clone()).collect(),
    }
}
