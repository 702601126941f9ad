//! How sure a draft is: a logistic model over named features of how it was found.
//!
//! The weights (`lexicon/confidence.tsv`) are learnt by `training/confidence.py` from annotated reports; without a weight for any of its
//! features a draft keeps its sense's prior. Features have names that people can read, so that the table can be reviewed.

use std::sync::OnceLock;

use contested_language::SentenceRole;
use contested_language::tags::{Deprel, Upos};
use contested_model::{Certainty, Kind, Polarity};

use crate::draft::{Draft, Filler};
use crate::mentions::{Mentions, Sort};
use crate::tree::Tree;
use crate::weights::Weights;

const WEIGHTS: &str = include_str!("../lexicon/confidence.tsv");

/// The table as it stands, for the knowledge digest.
pub(crate) const fn source() -> &'static str {
    WEIGHTS
}

fn weights() -> &'static Weights {
    static TABLE: OnceLock<Weights> = OnceLock::new();
    TABLE.get_or_init(|| crate::weights::read(WEIGHTS))
}

/// Chance that a draft with `features` and its sense's `prior` is right.
pub(crate) fn chance(features: &[String], prior: f64) -> f64 {
    if weights().is_empty() {
        return prior;
    }
    let score: f64 = terms(features, prior).map(|(_, weight)| weight).sum();
    1.0 / (1.0 + (-score).exp())
}

/// What the chance is the sum of, heaviest first: names, and log odds that they add.
pub(crate) fn weighed(features: &[String], prior: f64) -> Vec<(String, f64)> {
    let mut all: Vec<(String, f64)> = terms(features, prior)
        .filter(|(_, weight)| weight.abs() > f64::EPSILON)
        .map(|(name, weight)| (name.to_owned(), weight))
        .collect();
    all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    all
}

fn terms(features: &[String], prior: f64) -> impl Iterator<Item = (&str, f64)> {
    let table = weights();
    let of = |name: &str| table.get(name).copied();
    [("bias", of("bias").unwrap_or(0.0)), ("prior", of("prior").unwrap_or(0.0) * logit(prior))]
        .into_iter()
        .chain(features.iter().filter_map(move |name| Some((name.as_str(), of(name)?))))
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(0.02, 0.98);
    (p / (1.0 - p)).ln()
}

/// Least chance of a claim that another claim of the report answers with the opposite polarity.
const ANSWERED: f64 = 0.6;

/// What one source denies another has told: claims of one type and agent with opposite polarities vouch for each other.
pub(crate) fn raise_answered(drafts: &mut [Draft], mentions: &Mentions) {
    let names = |draft: &Draft| -> Vec<String> {
        draft.agents.iter().map(|f| mentions.all[mentions.resolved(f.mention)].name.clone()).collect()
    };
    let answered: Vec<bool> = (0..drafts.len())
        .map(|at| {
            let (own, agents) = (&drafts[at], names(&drafts[at]));
            matches!(own.claim_type.kind(), Kind::Event | Kind::Control)
                && drafts.iter().any(|other| {
                    other.claim_type == own.claim_type
                        && other.polarity != own.polarity
                        && (other.sentence, other.at) != (own.sentence, own.at)
                        && (other.sentence != own.sentence || !own.chain.is_empty())
                        && names(other).iter().any(|name| agents.contains(name))
                })
        })
        .collect();
    for (draft, _) in drafts.iter_mut().zip(answered).filter(|(_, answered)| *answered) {
        draft.confidence = draft.confidence.max(ANSWERED);
    }
}

/// Features of `draft`, the sense's `prior` left out. `drafts` are all of the report.
pub(crate) fn features(
    draft: &Draft,
    drafts: &[Draft],
    at: usize,
    trees: &[Tree<'_>],
    mentions: &Mentions,
) -> Vec<String> {
    let tree = &trees[draft.sentence];
    let content = draft.content();
    let kind = draft.claim_type.kind();
    let mut found = vec![format!("sense={}", draft.sense), format!("type={}", draft.claim_type)];
    let pos = tree.upos(draft.at);
    found.push(format!("pos={}", pos.as_str()));
    found.push(format!("type-pos={content}/{}", pos.as_str()));
    found.push(format!("deprel={}", tree.deprel(draft.at).base().as_str()));
    for (role, fillers) in [("agents", &draft.agents), ("targets", &draft.targets), ("places", &draft.places)]
    {
        let how = how_filled(fillers, mentions);
        found.push(format!("{role}={how}"));
        found.push(format!("{content}.{role}={how}"));
    }
    match draft.about {
        Some(about) => found.push(format!("outlook={}", about.claim_type)),
        None if kind == Kind::Outlook => found.push("outlook=open".to_owned()),
        None => {}
    }
    found.push(format!("tense={}", draft.tense.as_str()));
    for (name, holds) in [
        ("negative", draft.polarity == Polarity::Negative),
        ("hedged", draft.certainty != Certainty::Certain),
        ("attributed", !draft.chain.is_empty()),
        ("dated", draft.time.is_some()),
        ("toll", !draft.casualties.is_empty()),
        ("headline", tree.sentence.role == SentenceRole::Headline),
        ("passive", tree.is_verbal(draft.at) && tree.is_passive(draft.at)),
        ("multiword", draft.first != draft.last),
        ("quoted", tree.token(draft.at).quoted),
    ] {
        if holds {
            found.push(name.to_owned());
            found.push(format!("{name}/{}", kind.as_str()));
        }
    }
    if draft.polarity == Polarity::Negative {
        found.push(format!("negative/{content}"));
    }
    if matches!(pos, Upos::Noun | Upos::Propn) {
        let article = tree.child_by(draft.at, Deprel::Det).map_or("none", |det| match tree.norm(det) {
            "the" => "the",
            "a" | "an" => "a",
            "no" => "no",
            "this" | "that" | "these" | "those" => "this",
            _ => "other",
        });
        found.push(format!("article={article}"));
        found.push(format!("article={article}/{content}"));
        let number = if tree.norm(draft.at).ends_with('s') { "plural" } else { "singular" };
        found.push(format!("number={number}"));
        if let Some(head) = tree.head(draft.at) {
            found.push(format!("under={}", tree.upos(head).as_str()));
            let case = tree.case(draft.at);
            if !case.is_empty() {
                found.push(format!("case={case}"));
            }
        }
    } else {
        found.push(format!("form={}", tree.xpos(draft.at).as_str()));
    }
    found.extend(of_word(draft, drafts, tree));
    let same = drafts[..at].iter().filter(|d| d.claim_type == draft.claim_type && d.content() == content);
    let (mut here, mut before) = (0, 0);
    for other in same {
        if other.sentence == draft.sentence { here += 1 } else { before += 1 }
    }
    found.push(format!("same-here={}", here.min(2)));
    found.push(format!("same-before={}", if before > 3 { 4 } else { before }));
    found.push(format!(
        "sentence={}",
        match draft.sentence {
            0 => "first",
            1..=4 => "early",
            5..=12 => "middle",
            _ => "late",
        }
    ));
    found.push(format!(
        "length={}",
        match tree.len() {
            0..=8 => "short",
            9..=30 => "usual",
            31..=60 => "long",
            _ => "endless",
        }
    ));
    found
}

/// What the trigger's word and its place in the sentence tell.
fn of_word(draft: &Draft, drafts: &[Draft], tree: &Tree<'_>) -> Vec<String> {
    let mut found = vec![format!("word={}/{}", tree.lemma(draft.at), draft.content())];
    let governor = tree.head(draft.at);
    let above = governor.map_or("root", |head| tree.lemma(head));
    found.push(format!("governor={above}"));
    for (name, holds) in [
        ("owned", tree.child_by(draft.at, Deprel::NmodPoss).is_some()),
        ("described", tree.child_by(draft.at, Deprel::AclRelcl).is_some()),
        ("on", tree.children(draft.at).iter().any(|&c| matches!(tree.case(c).as_str(), "on" | "against"))),
        ("of", tree.children(draft.at).iter().any(|&c| tree.case(c) == "of")),
        ("proper", tree.upos(draft.at) == Upos::Propn),
    ] {
        if holds {
            found.push(format!("{name}/{}", draft.claim_type.kind().as_str()));
            found.push(format!("{name}/{}", draft.content()));
        }
    }
    let beside: Vec<&Draft> =
        drafts.iter().filter(|d| d.sentence == draft.sentence && d.at != draft.at).collect();
    found.push(format!("beside={}", beside.len().min(5)));
    if let Some(near) = beside.iter().min_by_key(|d| d.at.abs_diff(draft.at)) {
        found.push(format!("near={}/{}", draft.content(), near.content()));
    }
    for other in &beside {
        if governor == Some(other.at) {
            found.push(format!("below={}/{}", draft.content(), other.content()));
        }
        if tree.head(other.at) == Some(draft.at) {
            found.push(format!("above={}/{}", draft.content(), other.content()));
        }
    }
    found
}

fn how_filled(fillers: &[Filler], mentions: &Mentions) -> &'static str {
    let Some(first) = fillers.first() else { return "none" };
    if first.inherited {
        return "inherited";
    }
    let mention = &mentions.all[mentions.resolved(first.mention)];
    match mention.sort {
        Sort::Actor if mention.actor.is_some() => "known",
        Sort::Actor if mention.named => "named",
        Sort::Actor => "generic",
        Sort::Both => "country",
        Sort::Place if mention.place.is_some() => "place",
        Sort::Place => "somewhere",
        Sort::People => "people",
        _ => "thing",
    }
}
