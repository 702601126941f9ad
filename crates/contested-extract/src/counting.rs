//! Gives each toll of a sentence to the claim of those who were killed, hurt, displaced or captured, and to what caused it.

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::{Casualty, ClaimType, DiedOrHurt};

use crate::draft::Draft;
use crate::lexicon::Lexicon;
use crate::mentions::{Mentions, Sort};
use crate::naming::Context;
use crate::tolls::{self, Toll};
use crate::tree::Tree;
use crate::words::Words;

/// Types that tell deaths themselves.
const DEATHS: &[ClaimType] = &[ClaimType::Kill, ClaimType::Execute];

/// Types that cost people life and limb, or drive them out.
pub(crate) const CAUSES: &[ClaimType] = &[
    ClaimType::Airstrike,
    ClaimType::Shelling,
    ClaimType::Bombing,
    ClaimType::Chemical,
    ClaimType::Attack,
    ClaimType::Clash,
    ClaimType::Siege,
    ClaimType::Protest,
];

/// Types that take people.
const TAKINGS: &[ClaimType] =
    &[ClaimType::Detain, ClaimType::Abduct, ClaimType::Surrender, ClaimType::Seize, ClaimType::Release];

/// Steps of the tree between a cause and the harm it did.
const STEPS: usize = 5;

/// Words between a number and what caused it that an oblique may be away from the verb, where the tree does not join them.
const LOOSE: u32 = 14;

/// Adds the tolls of the sentence at `sentence` to its `drafts`.
///
/// A toll stands on the event that caused it; the dead stand on the killing too, if one is told apart. Who was hurt stands on the killing
/// only where no cause is told, and an injury told beside either is no claim of its own.
pub(crate) fn attach(
    drafts: &mut Vec<Draft>,
    first: usize,
    sentence: usize,
    tree: &Tree<'_>,
    lexicon: &Lexicon,
    mentions: &Mentions,
    context: &Context<'_>,
) {
    let mut told: Vec<usize> = Vec::new();
    // causes that bear a toll, with the words that told it
    let mut charged: Vec<(usize, DiedOrHurt, Vec<u32>)> = Vec::new();
    for toll in tolls::tolls(tree.sentence, lexicon) {
        let casualty = casualty(&toll, sentence, tree, mentions, context);
        let scene = joined(tree, toll.predicate);
        let taken = |at: usize| {
            charged.iter().any(|(cause, what, words)| {
                *cause == at && *what == toll.what && !words.contains(&toll.predicate)
            })
        };
        let bearers = bearers(&drafts[first..], tree, toll.predicate, &scene, toll.what, &taken);
        for bearer in bearers {
            if CAUSES.contains(&drafts[first + bearer].content()) {
                charged.push((bearer, toll.what, scene.clone()));
            }
            let draft = &mut drafts[first + bearer];
            if !draft.casualties.contains(&casualty) {
                draft.casualties.push(casualty.clone());
                draft.why.push(("toll.counted.v1".to_owned(), (toll.first..=toll.last).collect()));
            }
        }
    }
    for at in first..drafts.len() {
        if is_injury(&drafts[at]) && drafts[at].casualties.is_empty() {
            let word = drafts[at].at;
            let others =
                bearers(&drafts[first..], tree, word, &joined(tree, word), DiedOrHurt::Injured, &|_| false);
            if others.iter().any(|&other| first + other != at) {
                told.push(at);
            }
        }
    }
    for at in told.into_iter().rev() {
        drafts.remove(at);
    }
}

/// Whether the draft tells of people hurt and of nothing else.
fn is_injury(draft: &Draft) -> bool {
    ["wound", "injury", "wounded"]
        .iter()
        .any(|word| draft.sense.split('.').nth(1).is_some_and(|name| name.split('-').next() == Some(word)))
}

/// Indices of the drafts that bear a toll told by the word at `predicate`, which stands in `scene`; no cause that is `taken`.
fn bearers(
    drafts: &[Draft],
    tree: &Tree<'_>,
    predicate: u32,
    scene: &[u32],
    what: DiedOrHurt,
    taken: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    let own = |types: &[ClaimType]| {
        (0..drafts.len()).filter(|&at| types.contains(&drafts[at].content())).min_by_key(|&at| {
            let draft = &drafts[at];
            let covers = draft.first <= predicate && predicate <= draft.last;
            // "took 12 hostages": the verb tells it
            let governs = !tree.is_verbal(predicate) && tree.head(predicate) == Some(draft.at);
            (!governs, !covers, draft.at.abs_diff(predicate))
        })
    };
    match what {
        DiedOrHurt::Displaced => own(&[ClaimType::Displace]).into_iter().collect(),
        DiedOrHurt::Captured => own(TAKINGS).into_iter().collect(),
        DiedOrHurt::Dead | DiedOrHurt::Injured | DiedOrHurt::Missing => {
            let death = (0..drafts.len())
                .filter(|&at| DEATHS.contains(&drafts[at].content()))
                .filter(|&at| scene.iter().any(|&verb| drafts[at].first <= verb && verb <= drafts[at].last))
                .min_by_key(|&at| drafts[at].at.abs_diff(predicate));
            let cause = cause(drafts, tree, scene, taken);
            let mut found: Vec<usize> = cause.into_iter().collect();
            if what != DiedOrHurt::Injured || found.is_empty() {
                found.extend(death);
            }
            if found.is_empty() {
                found.extend(
                    (0..drafts.len())
                        .find(|&at| drafts[at].first <= predicate && predicate <= drafts[at].last),
                );
            }
            if found.is_empty() {
                found.extend(own(DEATHS).or_else(|| own(CAUSES)));
            }
            found
        }
    }
}

/// The word that tells of harm and those joined to it: "killed 12 and wounded 30".
fn joined(tree: &Tree<'_>, predicate: u32) -> Vec<u32> {
    let mut all = vec![predicate];
    all.extend(teller(tree, predicate));
    let mut done = 0;
    while done < all.len() && all.len() < 8 {
        let node = all[done];
        done += 1;
        let up = tree
            .head(node)
            .filter(|_| tree.deprel(node).is(Deprel::Conj) || tree.deprel(node).is(Deprel::Parataxis));
        let down = tree.children_by(node, Deprel::Conj);
        let next: Vec<u32> = up.into_iter().chain(down).filter(|other| !all.contains(other)).collect();
        for other in next {
            if tolls::harms(tree.sentence, other) {
                all.push(other);
            }
        }
    }
    all
}

/// The verb that tells what a noun or adjective counts: "*left* nine dead", "150 lives were *lost*".
fn teller(tree: &Tree<'_>, predicate: u32) -> Option<u32> {
    let adjective = tree.upos(predicate) == Upos::Adj;
    let tells = |&verb: &u32| match tree.lemma(verb) {
        "leave" => adjective && verb < predicate,
        "lose" | "claim" | "cost" | "take" => tree.lemma(predicate) == "life",
        _ => false,
    };
    (!tree.is_verbal(predicate)).then(|| tree.ancestors(predicate).take(4).find(tells)).flatten()
}

/// The draft of what did the harm that the verbs of `scene` tell.
fn cause(drafts: &[Draft], tree: &Tree<'_>, scene: &[u32], taken: &dyn Fn(usize) -> bool) -> Option<usize> {
    let candidates = (0..drafts.len()).filter(|&at| {
        CAUSES.contains(&drafts[at].content())
            && !is_injury(&drafts[at])
            && !taken(at)
            && !Words::Lasting.has(tree.lemma(drafts[at].at))
            && !scene.iter().any(|&verb| drafts[at].first <= verb && verb <= drafts[at].last)
    });
    // of two joined killings each has the cause told beside it
    let gap = |at: usize| scene.first().map(|&told| drafts[at].at.abs_diff(told));
    let by_tree = candidates
        .clone()
        .filter(|&at| scene.iter().any(|&verb| are_one_scene(tree, drafts[at].at, verb)))
        .min_by_key(|&at| gap(at));
    by_tree.or_else(|| {
        candidates
            .filter(|&at| {
                let draft = &drafts[at];
                let end = scene.iter().copied().max().unwrap_or(0);
                draft.at > end && draft.at - end <= LOOSE && led(tree, draft.first)
            })
            .min_by_key(|&at| drafts[at].at)
    })
}

/// Whether a cause and harm are told as one scene: their ways up the tree meet within a few steps and pass no border of a statement. Two
/// joined verbs are two deeds ("raided the camp and killed ten").
pub(crate) fn are_one_scene(tree: &Tree<'_>, cause: u32, harm: u32) -> bool {
    let deed = tree.is_verbal(cause) && tree.is_verbal(harm) && tree.xpos(harm) != Xpos::Vbg;
    let joined = |a: u32, b: u32| tree.deprel(a).is(Deprel::Conj) && tree.head(a) == Some(b);
    if deed && (joined(cause, harm) || joined(harm, cause)) {
        return false;
    }
    let (from_cause, from_harm) = (way_up(tree, cause), way_up(tree, harm));
    from_cause.iter().enumerate().any(|(up, node)| {
        from_harm.iter().position(|other| other == node).is_some_and(|other| up + other <= STEPS)
    })
}

/// `node` and what is above it within the same statement.
fn way_up(tree: &Tree<'_>, node: u32) -> Vec<u32> {
    let mut way = vec![node];
    let mut at = node;
    while way.len() <= STEPS {
        let border = matches!(tree.deprel(at).base(), Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj)
            || matches!(tree.case(at).as_str(), "amid" | "since" | "despite" | "before" | "following");
        let Some(head) = tree.head(at).filter(|_| !border) else { break };
        way.push(head);
        at = head;
    }
    way
}

/// Whether the phrase that begins at or before `first` is led by a word that makes it a cause: "in clashes", "when a bomb exploded".
fn led(tree: &Tree<'_>, first: u32) -> bool {
    let mut at = first;
    for _ in 0..6 {
        let Some(before) = at.checked_sub(1) else { return false };
        if matches!(tree.norm(before), "in" | "by" | "during" | "from" | "when" | "as" | "after" | "of") {
            return true;
        }
        if tree.is_verbal(before) || matches!(tree.norm(before), "," | ";" | "and" | "said") {
            return false;
        }
        at = before;
    }
    false
}

fn casualty(
    toll: &Toll,
    sentence: usize,
    tree: &Tree<'_>,
    mentions: &Mentions,
    context: &Context<'_>,
) -> Casualty {
    let span = tree.sentence.span_of(toll.first, toll.last);
    let side = mentions
        .at(sentence, toll.people)
        .map(|index| &mentions.all[mentions.resolved(index)])
        .filter(|people| people.sort == Sort::Actor && people.actor.is_some())
        .map(|people| people.name.clone());
    Casualty {
        what: toll.what,
        who: toll.who,
        side,
        min: toll.min,
        max: toll.max,
        text: context.index.slice(context.text, span).to_owned(),
        start: span.start,
        end: span.end,
    }
}
