//! Tense from auxiliaries and tags.

use contested_language::SentenceRole;
use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::Tense;

use crate::tree::Tree;

/// The tense of the clause in which `at` stands; historic is told by time expressions, not here.
pub(super) fn of(tree: &Tree<'_>, at: u32) -> Tense {
    let mut node = Some(at);
    let mut steps = 0;
    while let Some(here) = node.filter(|_| steps < 12) {
        if let Some(found) = own(tree, here) {
            // Headlines tell the past in the present.
            let told = tree.sentence.role == SentenceRole::Headline
                && found == Tense::Ongoing
                && tree.xpos(here) != Xpos::Vbg;
            return if told { Tense::Past } else { found };
        }
        node = tree.head(here);
        steps += 1;
    }
    Tense::Past
}

fn own(tree: &Tree<'_>, at: u32) -> Option<Tense> {
    let aux = |lemma: &str| {
        tree.children(at).iter().copied().find(|&c| tree.deprel(c).is(Deprel::Aux) && tree.lemma(c) == lemma)
    };
    let cop = tree.child_by(at, Deprel::Cop);
    let present = |t: u32| matches!(tree.xpos(t), Xpos::Vbz | Xpos::Vbp);
    if ["will", "shall", "would", "'ll", "wo"].iter().any(|m| aux(m).is_some()) {
        return Some(Tense::Future);
    }
    let progressive = tree.xpos(at) == Xpos::Vbg;
    if let Some(have) = aux("have") {
        return Some(if progressive && present(have) { Tense::Ongoing } else { Tense::Past });
    }
    if let Some(be) = cop.or_else(|| aux("be")) {
        return match tree.xpos(be) {
            Xpos::Vbd => Some(Tense::Past),
            Xpos::Vbz | Xpos::Vbp => Some(Tense::Ongoing),
            Xpos::Vbn | Xpos::Vb | Xpos::Vbg => None,
            _ => None,
        };
    }
    match tree.xpos(at) {
        Xpos::Vbd => Some(Tense::Past),
        // "retook": a past form that the tagger has not seen
        Xpos::Vbp if tree.upos(at) == Upos::Verb && tree.lemma(at) != tree.norm(at) => Some(Tense::Past),
        Xpos::Vbz | Xpos::Vbp => Some(Tense::Ongoing),
        // A participle alone is told before what it hangs on; "held by" is a state, but which one its clause says.
        Xpos::Vbn if tree.deprel(at).is(Deprel::Acl) => Some(Tense::Past),
        _ if tree.deprel(at) == Deprel::Root => {
            let did = tree.children_by(at, Deprel::Aux).any(|a| tree.xpos(a) == Xpos::Vbd);
            Some(if did || !tree.is_verbal(at) { Tense::Past } else { Tense::Ongoing })
        }
        _ => tree.children_by(at, Deprel::Aux).find_map(|a| match tree.xpos(a) {
            Xpos::Vbd => Some(Tense::Past),
            Xpos::Vbz | Xpos::Vbp => Some(Tense::Ongoing),
            _ => None,
        }),
    }
}
