//! The finer type of an attack that is told in general words: "the attack" after a car bombing is that bombing, and where a report's
//! strikes come from the air, a strike by the same side does too.

use contested_knowledge::actors::ActorKind;
use contested_language::tags::Deprel;
use contested_model::{ClaimType, Kind};

use crate::draft::{Draft, Filler};
use crate::mentions::Mentions;
use crate::naming::Context;
use crate::tree::Tree;
use crate::words::Words;

/// Senses that say that something was attacked and leave open with what.
const GENERAL: &[&str] = &[
    "attack.attack-noun.v",
    "attack.attack.v",
    "attack.strike.transitive.v",
    "attack.strike-at.v",
    "attack.explosive-noun",
    "airstrike.strike-noun.bare.v",
    "airstrike.bombing-noun.by.v",
    "bombing.bombing-noun.bare.v",
];

/// Types that say with what.
const FINE: &[ClaimType] =
    &[ClaimType::Airstrike, ClaimType::Shelling, ClaimType::Bombing, ClaimType::Chemical, ClaimType::Protest];

/// Words of attacks from afar, which a report that tells of one kind of them uses for that kind.
const STRIKES: &[&str] = &["strike", "hit", "target", "pound", "raid", "bombing", "bombardment"];

/// Nouns that name an attack and can point back to one.
const NAMES: &[&str] = &["attack", "assault", "strike", "raid", "blast", "bombing", "bombardment"];

/// Sentences over which "the attack" points back.
const REACH: usize = 3;

/// Gives attacks in general words the type of the attack they point back to, or of most of the report's strikes.
pub(crate) fn refine(drafts: &mut [Draft], trees: &[Tree<'_>], mentions: &Mentions, context: &Context<'_>) {
    planted(drafts, mentions, context);
    let fine: Vec<bool> = drafts.iter().map(|draft| is_fine(draft) && !is_general(draft)).collect();
    let mut told = fine.clone();
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if !is_general(draft) || draft.about.is_some() {
            continue;
        }
        let tree = &trees[draft.sentence];
        let found = pointed_at(drafts, &told, at, trees)
            .or_else(|| usual(drafts, &fine, at, tree.lemma(draft.at), mentions));
        if let Some(claim_type) = found {
            told[at] = true;
            if claim_type != drafts[at].claim_type {
                drafts[at].claim_type = claim_type;
                drafts[at].why.push(("type.of-scene.v1".to_owned(), Vec::new()));
            }
        }
    }
    answered(drafts);
}

/// "The guerrillas bombed the pipeline": who has no aircraft bombs by hand.
fn planted(drafts: &mut [Draft], mentions: &Mentions, context: &Context<'_>) {
    let landbound = |f: &Filler| {
        let meant = &mentions.all[mentions.resolved(f.mention)];
        let actor = meant.actor.as_deref().and_then(|id| context.knowledge.actors.get(id));
        actor.map_or_else(
            || Words::Irregular.has(&meant.lemma),
            |actor| matches!(actor.kind, ActorKind::ArmedGroup | ActorKind::Militia),
        )
    };
    for draft in drafts.iter_mut().filter(|d| d.sense.starts_with("airstrike.bomb")) {
        let own = draft.agents.iter().all(|f| !f.inherited && landbound(f));
        if own && !draft.agents.is_empty() && draft.claim_type == ClaimType::Airstrike {
            draft.claim_type = ClaimType::Bombing;
            draft.why.push(("type.by-hand.v1".to_owned(), Vec::new()));
        }
    }
}

/// Who dismisses or denies an attack means the attack that was told, by its finer type.
fn answered(drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let answer = &drafts[at];
        let points = answer.claim_type == ClaimType::Attack
            && (answer.sense.starts_with("dismissal.") || answer.sense.starts_with("denial."));
        if !points {
            continue;
        }
        let told = (0..drafts.len()).rev().find(|&before| {
            let other = &drafts[before];
            before != at
                && is_general(other)
                && (other.sentence, other.at) < (answer.sentence, answer.at)
                && answer.sentence - other.sentence <= REACH
        });
        if let Some(told) = told.filter(|&told| FINE.contains(&drafts[told].claim_type)) {
            drafts[at].claim_type = drafts[told].claim_type;
            drafts[at].why.push(("type.of-scene.v1".to_owned(), Vec::new()));
        }
    }
}

fn is_general(draft: &Draft) -> bool {
    GENERAL.iter().any(|id| draft.sense.starts_with(id))
}

fn is_fine(draft: &Draft) -> bool {
    draft.claim_type.kind() == Kind::Event && FINE.contains(&draft.claim_type)
}

/// The type of the attack that "the attack" stands for: the last one told.
fn pointed_at(drafts: &[Draft], told: &[bool], at: usize, trees: &[Tree<'_>]) -> Option<ClaimType> {
    let draft = &drafts[at];
    let tree = &trees[draft.sentence];
    let definite = tree.is_nominal(draft.at)
        && NAMES.contains(&tree.lemma(draft.at))
        && tree.child_by(draft.at, Deprel::Det).is_some_and(|det| {
            matches!(tree.norm(det), "the" | "this" | "that" | "these" | "those" | "both")
        });
    // "the attack on the convoy" says itself which one is meant
    let described = tree.children(draft.at).iter().any(|&child| {
        tree.deprel(child).is(Deprel::Nmod) && matches!(tree.case(child).as_str(), "on" | "against" | "of")
    });
    if !definite || described {
        return None;
    }
    let last = (0..at).rev().find(|&before| {
        let other = &drafts[before];
        draft.sentence - other.sentence <= REACH
            && other.about.is_none()
            && (told[before] || is_general(other) || other.claim_type == ClaimType::Attack)
    })?;
    let other = &drafts[last];
    let plural = |tree: &Tree<'_>, at: u32| tree.is_nominal(at).then(|| tree.norm(at).ends_with('s'));
    let (mine, theirs) = (plural(tree, draft.at), plural(&trees[other.sentence], other.at));
    // several attacks are not one bomb, and a walk-out is called a strike only
    let apart = match other.claim_type {
        ClaimType::Protest => tree.lemma(draft.at) != "strike",
        ClaimType::Bombing => mine == Some(true) && theirs != Some(true),
        _ => false,
    };
    (told[last] && !apart).then_some(other.claim_type)
}

/// The type of four in five of the strikes that the report tells finely, from the same side where both name one.
fn usual(drafts: &[Draft], fine: &[bool], at: usize, lemma: &str, mentions: &Mentions) -> Option<ClaimType> {
    if !STRIKES.contains(&lemma) {
        return None;
    }
    let name =
        |draft: &Draft| draft.agents.first().map(|f| mentions.all[mentions.resolved(f.mention)].name.clone());
    let own = name(&drafts[at]);
    let of_side: Vec<ClaimType> = (0..drafts.len())
        .filter(|&other| {
            fine[other] && matches!(drafts[other].claim_type, ClaimType::Airstrike | ClaimType::Shelling)
        })
        .filter(|&other| own.is_none() || name(&drafts[other]).is_none_or(|other| Some(other) == own))
        .map(|other| drafts[other].claim_type)
        .collect();
    [ClaimType::Airstrike, ClaimType::Shelling].into_iter().find(|claim_type| {
        let count = of_side.iter().filter(|t| *t == claim_type).count();
        count >= 1 && 5 * count >= 4 * of_side.len()
    })
}
