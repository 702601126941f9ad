//! What an outlook is of: the event or state that would be if it came true, told by the words below the one that looks ahead.

use contested_language::tags::{Deprel, Upos};
use contested_model::{About, ClaimType, Kind};

use super::words;
use crate::lexicon::{PosClass, Sense};
use crate::slots::Site;

/// How far below the word that looks ahead its content may stand.
const DEPTH: usize = 3;

/// Least prior of a sense whose conditions do not hold here, for it to tell what an outlook is of.
const LIKELY: f64 = 0.4;

/// What the outlook on `site` is of; nearer words before farther ones.
pub(super) fn find(site: &Site<'_>) -> Option<About> {
    let tree = site.tree;
    let mut level = vec![site.at];
    for _ in 0..=DEPTH {
        if let Some(claim_type) = level.iter().find_map(|&token| of_word(site, token)) {
            return Some(About { kind: claim_type.kind(), claim_type });
        }
        level = level
            .iter()
            .flat_map(|&token| tree.children(token).iter().copied())
            // who acts, when and how are no part of what is looked ahead to
            .filter(|&token| {
                matches!(
                    tree.deprel(token).base(),
                    Deprel::Obj
                        | Deprel::Obl
                        | Deprel::Nmod
                        | Deprel::Xcomp
                        | Deprel::Ccomp
                        | Deprel::Acl
                        | Deprel::Conj
                        | Deprel::Compound
                        | Deprel::Amod
                        | Deprel::Advcl
                ) && !matches!(tree.case(token).as_str(), "after" | "before" | "since" | "during" | "despite")
            })
            .collect();
    }
    // "the toll could rise": of what it is said
    let above = tree.head(site.at).filter(|_| tree.deprel(site.at).is(Deprel::Xcomp));
    let subject =
        [Some(site.at), above].into_iter().flatten().find_map(|v| tree.child_by(v, Deprel::Nsubj))?;
    let claim_type = words::about(tree.lemma(subject))?;
    Some(About { kind: claim_type.kind(), claim_type })
}

fn of_word(site: &Site<'_>, token: u32) -> Option<ClaimType> {
    let tree = site.tree;
    let class = match tree.upos(token) {
        Upos::Verb => PosClass::Verb,
        Upos::Noun | Upos::Propn => PosClass::Noun,
        Upos::Adj => return words::about(tree.lemma(token)),
        _ => return None,
    };
    // "take part", "hold talks": the verb itself tells nothing
    let lemma = tree.lemma(token);
    if site.lexicon.blocked(lemma).iter().any(|block| block.stands(tree.sentence, token)) {
        return words::about(lemma);
    }
    let here = Site::new(site.sentence, tree, site.mentions, site.lexicon, token);
    let of_event = |sense: &&Sense| matches!(sense.claim_type.kind(), Kind::Event | Kind::Control);
    let senses = site.lexicon.senses(tree.lemma(token), class);
    let fits = |sense: &&Sense| sense.pattern.locate(tree.sentence, token).is_some();
    senses
        .iter()
        .filter(of_event)
        .filter(fits)
        .find(|sense| here.holds(&sense.when) && sense.prior >= LIKELY)
        .map(|sense| sense.claim_type)
        .or_else(|| words::about(tree.lemma(token)))
        .or_else(|| {
            senses
                .iter()
                .filter(of_event)
                .filter(fits)
                .filter(|sense| sense.prior >= LIKELY)
                .max_by(|a, b| a.prior.total_cmp(&b.prior))
                .map(|sense| sense.claim_type)
        })
}
