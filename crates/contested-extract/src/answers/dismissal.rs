//! "The ministry said the claims were false", "called the reports propaganda": what was told before is denied by a word for untruth.

use contested_language::tags::{Deprel, Upos};
use contested_model::{Kind, Stance};

use super::words::{Class, is};
use super::{actor, again, antecedent, opposite, same, speak};
use crate::arguments;
use crate::attribution::{self, Statement};
use crate::draft::Draft;
use crate::lexicon::Step;
use crate::mentions::Mentions;
use crate::tree::Tree;

/// The denial that the word at `at` makes, if it is one for untruth said of what was told before.
pub(super) fn find(
    drafts: &[Draft],
    statements: &mut Vec<Statement>,
    sentence: usize,
    tree: &Tree<'_>,
    at: u32,
    mentions: &Mentions,
) -> Option<Draft> {
    let denier = if is(tree.lemma(at), Class::Calling) && tree.is_verbal(at) {
        called(sentence, tree, at, mentions)?
    } else {
        said(statements, sentence, tree, at, mentions)?
    };
    let chain = |d: &Draft| d.chain.first().and_then(|&first| statements[first].speaker.as_ref());
    // what another has said, or the report itself
    let other = |d: &Draft| {
        chain(d)
            .and_then(|speaker| mentions.at(speaker.sentence, speaker.head))
            .is_none_or(|mention| !same(mentions, mention, denier))
    };
    let told = antecedent(drafts, sentence, at, |d| {
        d.claim_type.kind() != Kind::Outlook
            && other(d)
            && sentence - d.sentence <= 2
            && !covered_here(statements, d, sentence, at)
    })?
    .clone();
    let polarity = opposite(told.polarity);
    let statement = speak(statements, sentence, at, tree, mentions, denier, Stance::Denies, "dismissal.v1");
    Some(again(&told, sentence, at, None, statement, polarity, "dismissal.v1"))
}

/// Whether the draft is told in the very statement in which the word stands.
fn covered_here(statements: &[Statement], draft: &Draft, sentence: usize, at: u32) -> bool {
    draft.sentence == sentence
        && draft
            .chain
            .iter()
            .any(|&s| statements[s].sentence == sentence && statements[s].covers(sentence, at))
}

/// "The army called the claims baseless".
fn called(sentence: usize, tree: &Tree<'_>, at: u32, mentions: &Mentions) -> Option<usize> {
    let arguments = arguments::of(tree, at);
    // "called the reports propaganda": the parser may take the reports for the owner of the propaganda
    let near = || (at + 1..tree.len().min(at + 6)).find(|&token| is(tree.lemma(token), Class::Told));
    let object = arguments.at(&Step::Obj).find(|&token| is(tree.lemma(token), Class::Told)).or_else(near)?;
    let content = tree
        .children_by(object, Deprel::Acl)
        .any(|c| tree.children_by(c, Deprel::Mark).any(|m| tree.norm(m) == "that"));
    let untrue = (at + 1..tree.len().min(at + 16)).any(|w| is(tree.norm(w), Class::Untrue));
    if content || !untrue {
        return None;
    }
    arguments.at(&Step::Subj).find_map(|token| actor(mentions, sentence, token))
}

/// "said the reports were false", "said this was not true", "said there was no truth in the claim": the one who says so.
fn said(
    statements: &[Statement],
    sentence: usize,
    tree: &Tree<'_>,
    at: u32,
    mentions: &Mentions,
) -> Option<usize> {
    let negated = tree.children_by(at, Deprel::Advmod).any(|c| matches!(tree.norm(c), "not" | "n't"))
        || tree.children_by(at, Deprel::Det).any(|c| tree.norm(c) == "no");
    let untrue = is(tree.norm(at), Class::Untrue) && !negated && tree.child_by(at, Deprel::Cop).is_some();
    let not_true = is(tree.norm(at), Class::True) && negated;
    if !untrue && !not_true || !matches!(tree.upos(at), Upos::Adj | Upos::Noun | Upos::Verb) {
        return None;
    }
    let telling =
        |t: u32| is(tree.lemma(t), Class::Told) || matches!(tree.norm(t), "this" | "that" | "it" | "these");
    let about = tree.children_by(at, Deprel::Nsubj).any(telling)
        || tree.children_by(at, Deprel::Nmod).any(telling)
        || tree.children_by(at, Deprel::Obl).any(telling);
    let clause = [Deprel::Csubj, Deprel::Ccomp, Deprel::Advcl, Deprel::Acl]
        .iter()
        .any(|&r| tree.child_by(at, r).is_some());
    if !about || clause {
        return None;
    }
    let first = *attribution::chain(statements, sentence, at).first()?;
    let speaker = statements[first].speaker.as_ref()?;
    actor(mentions, speaker.sentence, speaker.head)
}
