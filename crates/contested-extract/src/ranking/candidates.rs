//! Who could fill a role: what the rules found, nobody, the phrases of the sentence, the participants of the events around it.

use contested_knowledge::actors::ActorKind;
use contested_language::tags::Deprel;
use contested_model::{ClaimType, Stance};

use super::features::Told;
use super::{Scene, filled};
use crate::draft::{Draft, Filler};
use crate::lexicon::Role;
use crate::mentions::{Mention, Mentions, Sort};
use crate::nouns::{self, Class};
use crate::sharing::FIGHTING;

/// Sentences before and after whose participants are candidates.
const BEFORE: usize = 4;
const AFTER: usize = 1;

/// Participants of other sentences that are looked at.
const FAR: usize = 6;

/// How a candidate was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// What the rules chose; it may be nobody.
    Rules,
    /// The role stays open.
    Nobody,
    /// A phrase of the sentence, alone or with those coordinated with it.
    Here,
    /// A participant of another sentence's event, this many sentences away (before: positive).
    There(isize),
    /// Who does it, or suffers it, most often in the report.
    Often,
}

/// One way to fill a role.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) fillers: Vec<Filler>,
    pub(super) origin: Origin,
}

/// The rules' choice first, then all others; no two name the same.
///
/// Of types whose sides both do it, no side is the other one.
pub(super) fn of(
    drafts: &[Draft],
    at: usize,
    role: Role,
    scene: &Scene<'_>,
    told: &Told,
    symmetric: bool,
) -> Vec<Candidate> {
    let draft = &drafts[at];
    let mentions = scene.mentions;
    let mut all = vec![Candidate { fillers: filled(draft, role).to_vec(), origin: Origin::Rules }];
    add(&mut all, Vec::new(), Origin::Nobody, mentions);
    let tree = &scene.trees[draft.sentence];
    for token in 0..tree.len() {
        let Some(index) = mentions.at(draft.sentence, token) else { continue };
        let mention = &mentions.all[index];
        let trigger = draft.first <= token && token <= draft.last;
        let part = matches!(tree.deprel(token).base(), Deprel::Compound | Deprel::Amod | Deprel::Flat)
            && !matches!(mention.sort, Sort::Actor | Sort::Both)
            && !trigger
            && tree
                .head(token)
                .and_then(|head| mentions.at(draft.sentence, head))
                .is_some_and(|outer| !mentions.all[outer].event);
        // "Syrian" of "Syrian Observatory", "Iraqi" of "Iraqi Army"
        let named = tree.deprel(token).is(Deprel::Amod)
            && !trigger
            && tree.head(token).and_then(|head| mentions.at(draft.sentence, head)).is_some_and(|outer| {
                let outer = &mentions.all[outer];
                !outer.event
                    && outer.sort == Sort::Actor
                    && outer.named
                    && outer.first <= token
                    && outer.name != mention.name
            });
        // "Islamic" of "Islamic Revolutionary Guard Corps": the whole is a candidate of its own
        let fragment =
            tree.head(token).and_then(|head| mentions.at(draft.sentence, head)).is_some_and(|outer| {
                let outer = &mentions.all[outer];
                outer.head != token
                    && outer.first <= token
                    && token <= outer.last
                    && outer.name == mention.name
            });
        if fragment {
            continue;
        }
        let observer = draft
            .chain
            .iter()
            .filter_map(|&s| scene.statements[s].speaker.as_ref())
            .any(|speaker| speaker.sentence == draft.sentence && speaker.head == token)
            && (is_observer(&mentions.all[mentions.resolved(index)], scene)
                || FIGHTING.contains(&draft.content()) && mentions.all[mentions.resolved(index)].human);
        // "took control of the city, a spokesman for X said": X lost nothing
        let boasts = role == Role::Target
            && draft.content() == ClaimType::Seize
            && draft.chain.iter().map(|&s| &scene.statements[s]).any(|statement| {
                statement.stance == Stance::Asserts
                    && statement.speaker.as_ref().is_some_and(|speaker| {
                        speaker.sentence == draft.sentence
                            && tree.ancestors(token).any(|up| up == speaker.head)
                    })
            });
        // "the army denied that the town had fallen": who denies a capture did not make it
        let denies = role == Role::Agent
            && draft.content() == ClaimType::Seize
            && draft.chain.first().map(|&s| &scene.statements[s]).is_some_and(|statement| {
                statement.stance == Stance::Denies
                    && statement
                        .speaker
                        .as_ref()
                        .is_some_and(|who| who.sentence == draft.sentence && who.head == token)
            });
        // nor did the town take itself
        let itself = role == Role::Agent
            && draft.content() == ClaimType::Seize
            && mention.sort == Sort::Place
            && draft.places.iter().any(|place| place.mention == index);
        if observer || boasts || denies || itself {
            continue;
        }
        if mention.head != token
            || part
            || named
            || trigger && !is_doer(mention) && mention.event
            || !may_fill(mentions, index)
        {
            continue;
        }
        let group: Vec<Filler> = tree
            .coordinated(token)
            .into_iter()
            .filter_map(|t| mentions.at(draft.sentence, t))
            .filter(|&i| may_fill(mentions, i) && mentions.all[i].sentence == draft.sentence)
            .map(filler)
            .collect();
        let first = tree.deprel(token) != Deprel::Conj;
        if group.len() > 1 && first {
            add(&mut all, group, Origin::Here, mentions);
        }
        add(&mut all, vec![filler(index)], Origin::Here, mentions);
    }
    let mut near: Vec<(usize, isize, Filler)> = Vec::new();
    for other in drafts {
        let away = draft.sentence as isize - other.sentence as isize;
        if away == 0 || away > BEFORE as isize || -away > AFTER as isize {
            continue;
        }
        for f in other.agents.iter().chain(&other.targets).filter(|f| !f.inherited) {
            near.push((away.unsigned_abs() * 2 + usize::from(away < 0), away, *f));
        }
    }
    near.sort_by_key(|&(far, ..)| far);
    let mut taken = 0;
    for (_, away, f) in near {
        if taken < FAR
            && may_fill(mentions, f.mention)
            && add(&mut all, vec![filler(f.mention)], Origin::There(away), mentions)
        {
            taken += 1;
        }
    }
    for mention in told.often(role) {
        add(&mut all, vec![filler(mention)], Origin::Often, mentions);
    }
    // who does it by the grammar does not suffer it, nor the other way round
    let other = filled(draft, if role == Role::Agent { Role::Target } else { Role::Agent });
    let barred: Vec<&str> = other
        .iter()
        .filter(|f| symmetric || !f.inherited)
        .map(|f| mentions.all[mentions.resolved(f.mention)].name.as_str())
        .collect();
    let rules = all.remove(0);
    all.retain(|candidate| {
        !candidate
            .fillers
            .iter()
            .any(|f| barred.contains(&mentions.all[mentions.resolved(f.mention)].name.as_str()))
    });
    all.insert(0, rules);
    all
}

pub(super) fn filler(mention: usize) -> Filler {
    Filler { mention, inherited: true }
}

/// Adds a candidate that no other names alike; tells whether it did.
pub(super) fn add(
    all: &mut Vec<Candidate>,
    fillers: Vec<Filler>,
    origin: Origin,
    mentions: &Mentions,
) -> bool {
    let names = |fillers: &[Filler]| -> Vec<&str> {
        let mut names: Vec<&str> =
            fillers.iter().map(|f| mentions.all[mentions.resolved(f.mention)].name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let own = names(&fillers);
    if all.iter().any(|other| names(&other.fillers) == own) {
        return false;
    }
    all.push(Candidate { fillers, origin });
    true
}

/// Whether a phrase may take part in anything: no time, no number, no unresolved pronoun, no event.
fn may_fill(mentions: &Mentions, index: usize) -> bool {
    let (told, meant) = (&mentions.all[index], &mentions.all[mentions.resolved(index)]);
    !matches!(meant.sort, Sort::Pronoun | Sort::Time)
        && (!told.event || is_doer(told))
        && !crate::participants::is_count(&told.text)
        && !is_title(told)
        && told.text.chars().any(char::is_alphabetic)
}

/// A monitor, an outlet, officials, witnesses: who tells of it and takes no part.
fn is_observer(mention: &Mention, scene: &Scene<'_>) -> bool {
    let actor = mention.actor.as_deref().and_then(|id| scene.context.knowledge.actors.get(id));
    let aloof = actor.is_some_and(|actor| matches!(actor.kind, ActorKind::Ngo | ActorKind::Media));
    let told = nouns::is(&mention.lemma, Class::Human)
        && !nouns::is(&mention.lemma, Class::Fighter)
        && !mention.named;
    aloof || told || scene.context.knowledge.sources.by_outlet(&mention.name).is_some()
}

/// "bomber", "attacker": the word that tells the deed is who did it.
fn is_doer(mention: &Mention) -> bool {
    crate::lexicon::Lexicon::embedded().person(&mention.lemma).is_some()
}

/// A word that is no noun phrase by itself.
fn is_title(mention: &Mention) -> bool {
    mention.text.chars().count() < 2 || mention.lemma.is_empty()
}
