//! Disputes across all reports at hand, with who is on which side.

use std::collections::BTreeSet;

use contested_model::{Claim, Kept, Question};
use jiff::civil::Date;
use serde::Serialize;

use super::settled::{Resolution, settled};
use super::telling::{self, Telling};
use crate::disputes::{about, groups};
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
    out.sort_by(|a, b| {
        b.newest.cmp(&a.newest).then_with(|| voices(b).cmp(&voices(a))).then_with(|| a.about.cmp(&b.about))
    });
    out
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
