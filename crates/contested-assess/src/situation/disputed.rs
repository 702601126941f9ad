//! Disputes across all reports at hand, with who is on which side.

use std::collections::BTreeSet;

use contested_model::{Claim, ClaimType, Kept, Polarity, Question};
use jiff::civil::Date;
use serde::Serialize;

use super::settled::{Resolution, settled};
use super::telling::{self, Telling};
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
    let claims: Vec<Claim> = told.iter().map(|k| k.claim.clone()).collect();
    let mut out: Vec<Disputed> = groups(&claims)
        .into_iter()
        .map(|group| {
            let sides: Vec<Position> = group.sides.iter().map(|side| position(told, side, world)).collect();
            let first_heard = |side: &Vec<usize>| side.iter().map(|&at| told[at].known).min();
            let opened = group.sides.iter().filter_map(first_heard).max().unwrap_or_default();
            let kept: Vec<Vec<&Kept>> =
                group.sides.iter().map(|side| side.iter().map(|&at| told[at]).collect()).collect();
            let resolution = settled(group.question, &kept, opened, &heard, world);
            let all = || group.sides.iter().flatten().map(|&at| told[at]);
            Disputed {
                question: group.question,
                headline: headline(&claims, &group, &about(&claims, &group)),
                about: about(&claims, &group),
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

/// Whether it happened and who did it are one dispute where a claim or a sentence stands in both: it is told once, as the wider of the two.
fn join_twins(all: &mut Vec<Disputed>) {
    let asks =
        |dispute: &Disputed| matches!(dispute.question, Question::Occurrence | Question::Responsibility);
    let shared = |a: &Disputed, b: &Disputed| {
        let meet = |x: &Position, y: &Position| {
            x.claims.iter().any(|claim| y.claims.contains(claim))
                || x.told_by.iter().any(|one| y.told_by.iter().any(|other| one.quote == other.quote))
        };
        a.sides.iter().any(|x| b.sides.iter().any(|y| meet(x, y)))
    };
    let wide = |dispute: &Disputed| (dispute.reports, voices(dispute));
    let mut at = 0;
    while at < all.len() {
        let twin = (0..all.len()).find(|&other| {
            other != at
                && asks(&all[at])
                && asks(&all[other])
                && wide(&all[other]) >= wide(&all[at])
                && shared(&all[at], &all[other])
        });
        match twin {
            Some(_) => drop(all.remove(at)),
            None => at += 1,
        }
    }
}

/// What a dispute is about, as a reader would put it: in the words of its fullest positive claim, or of its place.
fn headline(claims: &[Claim], group: &Group, about: &[String]) -> String {
    let filled = |claim: &&Claim| {
        [claim.agents.len(), claim.targets.len(), claim.places.len()].iter().filter(|n| **n > 0).count()
    };
    let positive = group
        .sides
        .iter()
        .flatten()
        .map(|&at| &claims[at])
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
