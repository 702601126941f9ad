//! What stands inside reported speech but is the report's own remark.

use contested_language::Analysis;
use contested_language::tags::{Deprel, Upos};

/// Whether `token` heads a clause that describes a noun ("the attack that Washington blamed on the army").
pub(crate) fn in_description(analysis: &Analysis, sentence: usize, token: u32) -> bool {
    let Some(sentence) = analysis.sentences.get(sentence) else { return false };
    let Some(here) = sentence.tokens.get(token as usize) else { return false };
    !here.quoted && matches!(here.deprel, Deprel::AclRelcl | Deprel::Acl)
}

/// Whether `token` is a modifier made of several words before a noun ("rebel-held areas"): the report's own word for them whoever speaks.
pub(crate) fn in_modifier(analysis: &Analysis, sentence: usize, token: u32) -> bool {
    let Some(sentence) = analysis.sentences.get(sentence) else { return false };
    let Some(here) = sentence.tokens.get(token as usize) else { return false };
    let Some(head) = here.head else { return false };
    let hyphened = here.text.contains('-')
        || token > 0 && sentence.tokens[token as usize - 1].text == "-"
        || sentence.tokens.iter().any(|t| t.head == Some(token) && t.text.contains('-'));
    !here.quoted
        && token < head
        && hyphened
        && matches!(here.deprel, Deprel::Amod | Deprel::Compound)
        && matches!(sentence.tokens[head as usize].upos, Upos::Noun | Upos::Propn)
}

/// Whether `token` stands in a gloss: an apposition, relative clause or participle on a name, or a modifier before a noun
/// ("the Kurdish-led SDF", "Hezbollah, which is backed by Iran"). Inside reported speech such words are the report's own.
///
/// Quoted words are never glosses: what the speaker himself says is his.
pub fn in_gloss(analysis: &Analysis, sentence: usize, token: u32) -> bool {
    let Some(sentence) = analysis.sentences.get(sentence) else { return false };
    let Some(start) = sentence.tokens.get(token as usize) else { return false };
    if start.quoted {
        return false;
    }
    let mut node = token;
    for _ in 0..sentence.tokens.len() {
        let here = &sentence.tokens[node as usize];
        let Some(head) = here.head else { return false };
        let noun = &sentence.tokens[head as usize];
        let named =
            noun.upos == Upos::Propn || sentence.names.iter().any(|n| n.start <= head && head < n.end);
        match here.deprel {
            Deprel::Appos if named => return true,
            Deprel::AclRelcl | Deprel::Acl if named => return true,
            // "terrorists affiliated with X"
            Deprel::Acl if node == token && here.xpos == contested_language::tags::Xpos::Vbn => return true,
            Deprel::Amod | Deprel::Compound
                if node < head && matches!(noun.upos, Upos::Noun | Upos::Propn) =>
            {
                // "rebel-held areas", "Iran-backed group": modifiers made of several words; "air strikes" is no gloss.
                let hyphened = here.text.contains('-')
                    || sentence.tokens.iter().any(|t| t.head == Some(node) && t.text.contains('-'));
                let participle = here.lemma.ends_with("led")
                    || here.lemma.ends_with("backed")
                    || here.xpos == contested_language::tags::Xpos::Vbn;
                if hyphened || (participle && node != token) || (participle && here.upos != Upos::Noun) {
                    return true;
                }
            }
            _ if matches!(
                here.deprel.base(),
                Deprel::Ccomp | Deprel::Advcl | Deprel::Root | Deprel::Parataxis
            ) =>
            {
                return false;
            }
            _ => {}
        }
        node = head;
    }
    false
}

/// Whether `token` only names or describes, in passing, a tie or state that a report takes as known: a noun that is no predicate ("an ally of
/// the president") or a clause on a noun ("the brigades fighting the army"). Quoted words are the speaker's own.
pub(crate) fn in_passing(analysis: &Analysis, sentence: usize, token: u32) -> bool {
    let Some(sentence) = analysis.sentences.get(sentence) else { return false };
    let Some(here) = sentence.tokens.get(token as usize) else { return false };
    let copula = sentence.tokens.iter().any(|t| t.head == Some(token) && t.deprel.is(Deprel::Cop));
    let noun = here.upos == Upos::Noun
        && !copula
        && !matches!(here.deprel.base(), Deprel::Ccomp | Deprel::Root | Deprel::Xcomp | Deprel::Parataxis);
    !here.quoted && (noun || here.deprel.is(Deprel::Acl))
}
