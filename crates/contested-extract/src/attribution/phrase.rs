//! The noun phrase that speaks: its head, its extent, and the owner of an utterance ("a statement by X", "X's report").

use contested_language::tags::{Deprel, Upos, Xpos};

use super::Speaker;
use super::lexicon::REPORTING;
use crate::tree::Tree;

/// The speaker whose phrase is headed by `head`; an utterance stands for its owner where one is named.
pub(super) fn speaker(tree: &Tree<'_>, sentence: usize, head: u32) -> Speaker {
    let head = owner(tree, head).unwrap_or(head);
    let (first, last) = extent(tree, head);
    Speaker { sentence, head, first, last }
}

/// Whether the phrase names something that is said or written.
pub(super) fn is_utterance(tree: &Tree<'_>, head: u32) -> bool {
    let lemma = tree.lemma(head);
    tree.upos(head) != Upos::Propn
        && (REPORTING.utterances.contains(lemma) || REPORTING.nouns.contains_key(lemma))
}

/// Who made the utterance headed by `head`: possessor, "by", "from" or "of" phrase, agent of "issued by", or a name before it.
pub(super) fn owner(tree: &Tree<'_>, head: u32) -> Option<u32> {
    if !is_utterance(tree, head) {
        return None;
    }
    if let Some(possessor) = tree.children(head).iter().copied().find(|&c| tree.deprel(c) == Deprel::NmodPoss)
    {
        return Some(possessor);
    }
    let by = |c: &u32| matches!(tree.case(*c).as_str(), "by" | "from");
    if let Some(found) = tree.children_by(head, Deprel::Nmod).find(by) {
        return Some(found);
    }
    for clause in tree.children_by(head, Deprel::Acl) {
        if matches!(tree.xpos(clause), Xpos::Vbn | Xpos::Vbd)
            && let Some(agent) = tree.children_by(clause, Deprel::Obl).find(by)
        {
            return Some(agent);
        }
    }
    // "the report of the commission", but not "reports of clashes".
    if REPORTING.utterances.contains(tree.lemma(head)) && !REPORTING.nouns.contains_key(tree.lemma(head)) {
        let of = tree.children_by(head, Deprel::Nmod).find(|&c| tree.case(c) == "of" && is_somebody(tree, c));
        if of.is_some() {
            return of;
        }
    }
    tree.children_by(head, Deprel::Compound).filter(|&c| tree.upos(c) == Upos::Propn).last()
}

/// A name or a person, as far as the tags tell.
fn is_somebody(tree: &Tree<'_>, head: u32) -> bool {
    tree.upos(head) == Upos::Propn || REPORTING.headline.contains(tree.lemma(head))
}

/// First and last token of the phrase around `head`, without relative clauses, participles, and what is not contiguous.
pub(super) fn extent(tree: &Tree<'_>, head: u32) -> (u32, u32) {
    let mut inside = vec![false; tree.len() as usize];
    let mut open = vec![head];
    while let Some(node) = open.pop() {
        inside[node as usize] = true;
        for &child in tree.children(node) {
            let relation = tree.deprel(child);
            let outside = matches!(
                relation.base(),
                Deprel::Acl | Deprel::Advcl | Deprel::Parataxis | Deprel::Cop | Deprel::Ccomp
            ) || (node == head
                && matches!(relation.base(), Deprel::Case | Deprel::Mark | Deprel::Nsubj))
                || (matches!(relation.base(), Deprel::Conj) && !tree.is_nominal(child))
                // "P. W. Singer | the attack on …": no apposition without a pause after a name.
                || (relation == Deprel::Appos && tree.upos(node) == Upos::Propn && unpaused(tree, node, child));
            if !outside {
                open.push(child);
            }
        }
    }
    let (mut first, mut last) = (head, head);
    while first > 0 && inside[first as usize - 1] {
        first -= 1;
    }
    while last + 1 < tree.len() && inside[last as usize + 1] {
        last += 1;
    }
    // "PMF spokesman | Ahmed …": a title that the parser cut off from the name.
    while first > 0 && tree.upos(head) == Upos::Propn {
        let title = first - 1;
        let cased = tree.deprel(title).is(Deprel::Nmod) && tree.child_by(title, Deprel::Case).is_some();
        let bound = cased
            || tree.token(title).possessive
            || matches!(
                tree.deprel(title).base(),
                Deprel::Obj | Deprel::Obl | Deprel::Iobj | Deprel::Root | Deprel::Conj
            );
        let loose = matches!(tree.upos(title), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det) && !bound;
        if !loose {
            break;
        }
        first = title;
    }
    let edge = |t: u32| tree.upos(t) == Upos::Punct || tree.upos(t) == Upos::Cconj;
    while first < head && edge(first) {
        first += 1;
    }
    while last > head && edge(last) {
        last -= 1;
    }
    (first, last)
}

/// Whether a determiner opens `child` and nothing but words stands between it and `node`.
fn unpaused(tree: &Tree<'_>, node: u32, child: u32) -> bool {
    child > node
        && (node + 1..child).any(|w| tree.upos(w) == Upos::Det)
        && !(node + 1..child).any(|w| tree.upos(w) == Upos::Punct && tree.norm(w) != "-")
}

/// The head of the noun phrase that ends right before `at` ("a commander in the alliance | said"), looking over adverbs and auxiliaries.
pub(super) fn before(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let mut left = at.checked_sub(1)?;
    let light = |t: u32| {
        matches!(tree.upos(t), Upos::Adv | Upos::Aux)
            || matches!(tree.norm(t), "on" | "earlier" | "," | "-" | ")" | "later")
    };
    let is_day = |t: u32| tree.deprel(t).is(Deprel::Obl) && DAYS.contains(&tree.norm(t));
    for _ in 0..4 {
        if !(light(left) || is_day(left)) {
            break;
        }
        left = left.checked_sub(1)?;
    }
    tree.is_nominal(left).then(|| top(tree, left, |node| node < at))
}

/// The head of the noun phrase that starts right after `at` ("said | the commander").
pub(super) fn after(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let mut right = at + 1;
    while right < tree.len() && right <= at + 5 {
        match tree.upos(right) {
            Upos::Noun | Upos::Propn | Upos::Pron => {
                let found = top(tree, right, |node| node > at && node <= right + 8);
                return Some(found);
            }
            Upos::Det | Upos::Adj | Upos::Num => right += 1,
            _ => return None,
        }
    }
    None
}

/// Climbs from a word of a noun phrase to the phrase's head, as long as `within` holds and the arcs are those of a noun phrase.
fn top(tree: &Tree<'_>, from: u32, within: impl Fn(u32) -> bool) -> u32 {
    let mut node = from;
    while let Some(head) = tree.head(node) {
        let inner = matches!(
            tree.deprel(node).base(),
            Deprel::Compound
                | Deprel::Flat
                | Deprel::Nmod
                | Deprel::Appos
                | Deprel::Amod
                | Deprel::Conj
                | Deprel::Nummod
                | Deprel::Det
                | Deprel::List
        );
        if !inner || !within(head) || !tree.is_nominal(head) {
            break;
        }
        node = head;
    }
    node
}

pub(super) const DAYS: [&str; 9] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"];
