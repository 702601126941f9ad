//! Who fills a role where the grammar does not settle it: every phrase near a predicate is a candidate beside what the rules found, and a
//! log-linear model over named features chooses.
//!
//! The weights (`lexicon/roles.tsv`) are learnt by `training/roles.py` from annotated reports; features have names that people can read,
//! so that the table can be reviewed. Without weights the rules' choice stands.

mod candidates;
mod features;

use std::sync::OnceLock;

use contested_knowledge::places::Resolution;
use contested_model::{ClaimType, Kind};

use crate::assemble;
use crate::attribution::Statement;
use crate::draft::{Draft, Filler};
use crate::lexicon::Role;
use crate::mentions::Mentions;
use crate::naming::Context;
use crate::tree::Tree;
use crate::weights::Weights;

use self::candidates::Candidate;
use self::features::Features;

const WEIGHTS: &str = include_str!("../../lexicon/roles.tsv");

/// The table as it stands, for the knowledge digest.
pub(crate) const fn source() -> &'static str {
    WEIGHTS
}

fn weights() -> &'static Weights {
    static TABLE: OnceLock<Weights> = OnceLock::new();
    TABLE.get_or_init(|| crate::weights::read(WEIGHTS))
}

/// What the model sees of one report.
pub(crate) struct Scene<'a> {
    pub(crate) trees: &'a [Tree<'a>],
    pub(crate) mentions: &'a Mentions,
    pub(crate) places: &'a [Option<Resolution>],
    pub(crate) statements: &'a [Statement],
    pub(crate) context: &'a Context<'a>,
}

/// One candidate as training sees it: who would fill the role, and the names of its features.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Index of the claim among the report's candidates.
    pub claim: usize,
    /// `agents` or `targets`.
    pub role: &'static str,
    /// Name and words of each participant; empty when the role would stay open.
    pub participants: Vec<(String, String)>,
    /// Names of the features.
    pub features: Vec<String>,
}

/// Types whose sides the annotators write as one set: the rules' choice stands.
const SYMMETRIC: &[ClaimType] = &[ClaimType::Clash, ClaimType::Talk, ClaimType::Agree, ClaimType::Ceasefire];

fn is_open(draft: &Draft) -> bool {
    draft.content().kind() == Kind::Event && !SYMMETRIC.contains(&draft.content())
}

/// Fills agents and targets of every event anew.
pub(crate) fn choose(drafts: &mut [Draft], scene: &Scene<'_>) {
    let table = weights();
    if table.is_empty() {
        return;
    }
    for (role, rule) in [(Role::Agent, "agents.ranked.v1"), (Role::Target, "targets.ranked.v1")] {
        let told = features::Told::of(drafts, scene.mentions);
        let mut chosen: Vec<(usize, Vec<Filler>)> = Vec::new();
        for at in 0..drafts.len() {
            // what stands among a predicate's own arguments stays; the model errs there as often as the rules
            let own = filled(&drafts[at], role).first().is_some_and(|f| !f.inherited);
            if own || !is_open(&drafts[at]) {
                continue;
            }
            let offers = candidates::of(drafts, at, role, scene, &told);
            let mut scores = offers.iter().map(|candidate| {
                let mut sum = 0.0;
                Features { drafts, at, role, scene, told: &told }
                    .each(candidate, &offers, &mut |name| sum += table.get(name).copied().unwrap_or(0.0));
                sum
            });
            let own = scores.next().unwrap_or(0.0);
            let best = scores
                .enumerate()
                .map(|(index, score)| (index + 1, score))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            if let Some((index, _)) = best.filter(|&(_, score)| score > own) {
                chosen.push((at, offers[index].fillers.clone()));
            }
        }
        for (at, fillers) in chosen {
            let draft = &mut drafts[at];
            let (own, other) = match role {
                Role::Agent => (&mut draft.agents, &mut draft.targets),
                _ => (&mut draft.targets, &mut draft.agents),
            };
            other.retain(|f| !fillers.iter().any(|g| g.mention == f.mention));
            *own = fillers;
            draft.why.push((rule.to_owned(), Vec::new()));
        }
    }
}

/// Everything that could be chosen, for training.
pub(crate) fn offers(drafts: &[Draft], scene: &Scene<'_>) -> Vec<Offer> {
    let mut all = Vec::new();
    let told = features::Told::of(drafts, scene.mentions);
    for (role, label) in [(Role::Agent, "agents"), (Role::Target, "targets")] {
        for at in (0..drafts.len()).filter(|&at| is_open(&drafts[at])) {
            let offers = candidates::of(drafts, at, role, scene, &told);
            for candidate in &offers {
                let mut names = Vec::new();
                Features { drafts, at, role, scene, told: &told }
                    .each(candidate, &offers, &mut |name| names.push(name.to_owned()));
                all.push(Offer {
                    claim: at,
                    role: label,
                    participants: assemble::participants(&candidate.fillers, scene.mentions, scene.context)
                        .into_iter()
                        .map(|p| (p.name, p.text))
                        .collect(),
                    features: names,
                });
            }
        }
    }
    all
}

/// The fillers of `role`.
fn filled(draft: &Draft, role: Role) -> &[Filler] {
    match role {
        Role::Agent => &draft.agents,
        Role::Target => &draft.targets,
        Role::Place => &draft.places,
    }
}

/// The name that stands for a candidate in counts.
fn name_of<'m>(candidate: &Candidate, mentions: &'m Mentions) -> Option<&'m str> {
    candidate.fillers.first().map(|f| mentions.all[mentions.resolved(f.mention)].name.as_str())
}
