//! Finds the words of a sentence that carry a claim, and which of their senses is meant.

use contested_language::SentenceRole;
use contested_language::tags::{Deprel, NameKind, Upos, Xpos};

use contested_model::{ClaimType, Kind};

use crate::lexicon::{Lexicon, LightVerb, PosClass, Sense};
use crate::mentions::Mentions;
use crate::slots::Site;
use crate::tree::Tree;

/// What verbs over an event noun tell beside it: "repelled the attack", "the raids destroyed shops".
const EFFECTS: &[ClaimType] = &[
    ClaimType::Repel,
    ClaimType::Destroy,
    ClaimType::Kill,
    ClaimType::Displace,
    ClaimType::Seize,
    ClaimType::Retreat,
    ClaimType::Execute,
    ClaimType::Detain,
    ClaimType::Abduct,
    ClaimType::Release,
];

/// A word that carries a claim.
pub(crate) struct Predicate<'a> {
    /// The site of the head word.
    pub(crate) site: Site<'a>,
    pub(crate) sense: &'a Sense,
    /// First and last token of the trigger.
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Every word of the pattern, those that stand apart too ("left three people *dead*").
    tokens: Vec<u32>,
    /// The verb that lends its subject, and how.
    pub(crate) light: Option<(u32, &'a LightVerb)>,
}

/// The predicates of a sentence in order of the text; each token is the head of at most one.
pub(crate) fn find<'a>(
    sentence: usize,
    tree: &'a Tree<'a>,
    mentions: &'a Mentions,
    lexicon: &'a Lexicon,
) -> Vec<Predicate<'a>> {
    if tree.sentence.role == SentenceRole::Furniture {
        return Vec::new();
    }
    let mut found: Vec<Predicate<'a>> = Vec::new();
    for at in 0..tree.len() {
        let named = inside_actor(sentence, tree, mentions, at);
        let title = named && tree.upos(at) == Upos::Noun && !names_it(sentence, tree, mentions, at);
        if inside_name(tree, at) || named && !title || is_blocked(tree, lexicon, at) {
            continue;
        }
        let site = Site::new(sentence, tree, mentions, lexicon, at);
        let Some((sense, tokens)) = meant(&site) else { continue };
        // "Syria's ally Russia": a title inside the phrase tells a tie, anything else inside a name tells nothing
        if title && sense.claim_type.kind() != Kind::Relation {
            continue;
        }
        let (first, last) = run(&tokens, at);
        found.push(Predicate { site, sense, first, last, tokens, light: None });
    }
    let light: Vec<Option<(u32, &LightVerb)>> = found
        .iter()
        .map(|predicate| {
            // "members of X killed Y": a noun that tells a tie is no event that the verb could lend its subject to
            let event = predicate.sense.claim_type.kind() == contested_model::Kind::Event;
            event.then(|| light_verb(tree, lexicon, predicate.site.at)).flatten()
        })
        .collect();
    for (predicate, light) in found.iter_mut().zip(light) {
        predicate.light = light;
    }
    drop_doubles(tree, lexicon, found)
}

/// First and last of the pattern's words that stand together around the head: "captured … from" is told by "captured".
fn run(tokens: &[u32], head: u32) -> (u32, u32) {
    let held = |token: &u32| tokens.contains(token);
    let first = (0..=head).rev().take_while(held).last().unwrap_or(head);
    let last = (head..=tokens.last().copied().unwrap_or(head)).take_while(held).last().unwrap_or(head);
    (first, last)
}

/// Words inside the name of an organisation or person carry no claim ("Popular Mobilisation Forces", "Operation Inherent Resolve").
fn inside_name(tree: &Tree<'_>, at: u32) -> bool {
    // "US-backed" may be tagged as one name: its right part still tells a tie
    if at >= 2 && tree.norm(at - 1) == "-" && tree.upos(at) == Upos::Verb {
        return false;
    }
    let march = |name: &contested_language::Name| name.kind == NameKind::Date && tree.upos(at) == Upos::Propn;
    tree.sentence.names.iter().any(|name| {
        if name.start <= at && at < name.end && march(name) {
            return true;
        }
        name.start <= at
            && at < name.end
            && name.end - name.start > 1
            && matches!(
                name.kind,
                NameKind::Person
                    | NameKind::Organisation
                    | NameKind::ArmedGroup
                    | NameKind::Place
                    | NameKind::Facility
            )
    })
}

/// Nouns inside the name of a known actor carry no claim, either ("Rapid Support Forces"), whether or not the name tagger sees the name.
fn inside_actor(sentence: usize, tree: &Tree<'_>, mentions: &Mentions, at: u32) -> bool {
    matches!(tree.upos(at), Upos::Noun | Upos::Propn)
        && mentions.all.iter().any(|mention| {
            mention.sentence == sentence
                && mention.actor.is_some()
                && mention.first <= at
                && at <= mention.last
                && at != mention.head
                // "brigade commander X": a title beside a name tells a tie
                && tree.deprel(at) != Deprel::NmodDesc
        })
}

/// Whether the word is part of what the actor is called ("support" of "Rapid Support Forces"), not a title that stands beside the name.
fn names_it(sentence: usize, tree: &Tree<'_>, mentions: &Mentions, at: u32) -> bool {
    let word = tree.norm(at);
    tree.token(at).text.starts_with(char::is_uppercase)
        || mentions.all.iter().any(|mention| {
            mention.sentence == sentence
                && mention.actor.is_some()
                && mention.first <= at
                && at <= mention.last
                && at != mention.head
                && mention.name.split([' ', '-']).any(|part| part.eq_ignore_ascii_case(word))
        })
}

fn is_blocked(tree: &Tree<'_>, lexicon: &Lexicon, at: u32) -> bool {
    lexicon.blocked(tree.lemma(at)).iter().any(|block| block.stands(tree.sentence, at))
}

fn meant<'a>(site: &Site<'a>) -> Option<(&'a Sense, Vec<u32>)> {
    let (tree, at) = (site.tree, site.at);
    let classes: &[PosClass] = match tree.upos(at) {
        Upos::Verb | Upos::Adj if site.is_compounded() => &[PosClass::Adj, PosClass::Verb],
        Upos::Verb if matches!(tree.xpos(at), Xpos::Nn | Xpos::Nns) => &[PosClass::Verb, PosClass::Noun],
        Upos::Verb if matches!(tree.deprel(at), Deprel::Amod) => &[PosClass::Adj, PosClass::Verb],
        Upos::Verb if tree.xpos(at) == Xpos::Vbn => &[PosClass::Verb, PosClass::Adj],
        Upos::Verb if tree.xpos(at) == Xpos::Vbg => &[PosClass::Verb, PosClass::Noun],
        Upos::Verb => &[PosClass::Verb],
        Upos::Noun => &[PosClass::Noun],
        Upos::Propn => &[PosClass::Noun, PosClass::Verb],
        Upos::Adj => &[PosClass::Adj, PosClass::Noun, PosClass::Verb],
        Upos::Adv | Upos::Adp => &[PosClass::Adj],
        _ => return None,
    };
    for &class in classes {
        for word in words(tree, at, class) {
            for sense in site.lexicon.senses(&word, class) {
                if let Some(tokens) = sense.pattern.locate(tree.sentence, at)
                    && site.holds(&sense.when)
                {
                    return Some((sense, tokens));
                }
            }
        }
    }
    None
}

/// What the word is looked up by: its form as an adjective, its lemma otherwise; then, where the lemmatiser left an ending, without it.
fn words(tree: &Tree<'_>, at: u32, class: PosClass) -> Vec<String> {
    let word = if class == PosClass::Adj { tree.norm(at) } else { tree.lemma(at) };
    let mut found = vec![word.to_owned()];
    let bare = |ending: &str| word.strip_suffix(ending).filter(|bare| bare.len() > 2);
    match class {
        PosClass::Noun if tree.xpos(at) == Xpos::Nns => found.extend(bare("s").map(str::to_owned)),
        PosClass::Verb => {
            for ending in ["ed", "ing"] {
                if let Some(bare) = bare(ending) {
                    found.extend([bare.to_owned(), format!("{bare}e")]);
                }
            }
        }
        _ => {}
    }
    found
}

/// The light verb above an event noun: "carried out" over "attack".
fn light_verb<'a>(tree: &Tree<'_>, lexicon: &'a Lexicon, at: u32) -> Option<(u32, &'a LightVerb)> {
    if tree.is_verbal(at) && tree.xpos(at) != Xpos::Vbg {
        return None;
    }
    // "one of the attacks", "a series of raids": the noun that stands for the event
    let mut event = at;
    for _ in 0..2 {
        match tree.head(event) {
            Some(head)
                if tree.deprel(event).is(Deprel::Nmod)
                    && tree.case(event) == "of"
                    && crate::nouns::is(tree.lemma(head), crate::nouns::Class::Partitive) =>
            {
                event = head;
            }
            Some(head) if tree.deprel(event) == Deprel::Conj && tree.is_nominal(head) => event = head,
            _ => break,
        }
    }
    let verb = tree.head(event).filter(|&head| tree.is_verbal(head))?;
    let relative = tree.deprel(event).is(Deprel::Acl);
    if relative {
        return None;
    }
    lexicon.light(tree.lemma(verb)).iter().find_map(|light| {
        light.pattern.locate(tree.sentence, verb)?;
        let arguments = crate::arguments::of(tree, verb);
        arguments.at(&light.event.first).any(|token| token == event).then_some((verb, light))
    })
}

/// Of a compound of two event nouns ("shelling attacks") the more telling one stays; a light verb gives way to its noun; words of a
/// longer trigger are no triggers of their own.
fn drop_doubles<'a>(tree: &Tree<'_>, lexicon: &Lexicon, found: Vec<Predicate<'a>>) -> Vec<Predicate<'a>> {
    let mut dropped = vec![false; found.len()];
    for (i, one) in found.iter().enumerate() {
        for (j, other) in found.iter().enumerate() {
            if i == j {
                continue;
            }
            let within = (other.first <= one.site.at && one.site.at <= other.last
                || other.tokens.contains(&one.site.at)
                    && one.sense.claim_type == other.sense.claim_type
                    && one.light.is_none_or(|(verb, _)| verb != other.site.at))
                && one.site.at != other.site.at;
            if within && other.sense.pattern.len() > one.sense.pattern.len() {
                dropped[i] = true;
            }
            if other.light.is_some_and(|(verb, _)| verb == one.site.at)
                && one.sense.claim_type.kind() == Kind::Event
            {
                // "opened fire", "took hostages": the verb's sense rests on its noun, which then tells nothing of its own
                let rests = one.sense.pattern.len() > 1 && one.last >= other.site.at
                    || one.sense.rests_on(tree.lemma(other.site.at)) && one.sense.prior > other.sense.prior
                    // "rockets struck the town": what was fired is no event beside the verb that tells what it did
                    || one.sense.claim_type == other.sense.claim_type
                        && other.first == other.last
                        && lexicon.weapon(tree.lemma(other.site.at)).is_some();
                if one.sense.claim_type == ClaimType::Declare {
                    // "claimed the bombing" is two
                } else if rests {
                    dropped[j] = true;
                } else if !EFFECTS.contains(&one.sense.claim_type) {
                    dropped[i] = true;
                }
            }
            // "its warplanes had not bombed the town": what would have carried the strike tells of none
            let negated = || {
                tree.children(other.site.at).iter().any(|&c| matches!(tree.norm(c), "not" | "n't" | "never"))
            };
            if negated()
                && one.sense.claim_type == other.sense.claim_type
                && one.first == one.last
                && lexicon.weapon(tree.lemma(one.site.at)).is_some()
                && tree.is_verbal(other.site.at)
                && tree.deprel(one.site.at).is(Deprel::Nsubj)
                && tree.head(one.site.at) == Some(other.site.at)
            {
                dropped[i] = true;
            }
            // "took over all rebel districts": whose they were until then, and no more
            if one.sense.claim_type == ClaimType::Holds
                && other.sense.claim_type == ClaimType::Seize
                && tree.is_nominal(one.site.at)
                && tree.deprel(one.site.at).is(Deprel::Obj)
                && tree.head(one.site.at) == Some(other.site.at)
            {
                dropped[i] = true;
            }
            let compound = tree.deprel(one.site.at).is(Deprel::Compound)
                && tree.head(one.site.at) == Some(other.site.at);
            if compound && one.sense.claim_type.kind() == other.sense.claim_type.kind() && !dropped[j] {
                let vague = matches!(other.sense.claim_type, ClaimType::Attack);
                dropped[if vague { j } else { i }] = true;
            }
        }
    }
    let mut at = 0;
    let mut found = found;
    found.retain(|_| {
        at += 1;
        !dropped[at - 1]
    });
    found
}
