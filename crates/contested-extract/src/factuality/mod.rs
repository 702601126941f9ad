//! How far whoever vouches commits to a proposition: polarity, certainty, tense, and whether it is fact or outlook.
//!
//! `judge` walks from the predicate up its tree. At each step the governing word says by its signature (`lexicon/factuality.tsv`) what
//! follows for what hangs on it, negated or not; the words beside each governor (negation, modals, hedges) are read on the way. The
//! walk ends at the first word of saying: what stands above it is another's commitment, which `attribution` tells.

mod arcs;
mod astray;
mod effects;
mod governor;
mod lexicon;
mod local;
mod tense;
mod verified;
mod walk;

#[cfg(test)]
mod tests;

use contested_language::Analysis;
use contested_model::{Certainty, ClaimType, Phase, Polarity, Tense};

use crate::tree::Tree;

/// The rule for what must or should be.
pub(crate) const OUGHT: &str = "modal.ought.v1";

/// Not (yet) fact: expected, intended or conditional.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// `Intent`, `Prediction` or `Conditional`.
    pub kind: ClaimType,
    /// The word that makes it so ("plans", "will", "if").
    pub governor: u32,
    /// Head of the phrase for who intends or expects, where the tree gives one.
    pub holder: Option<u32>,
}

/// The verdict on one predicate, as told by whoever vouches for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Factuality {
    /// So or not so.
    pub polarity: Polarity,
    /// How surely.
    pub certainty: Certainty,
    /// When, as far as grammar tells.
    pub tense: Tense,
    /// Not yet fact.
    pub outlook: Option<Outlook>,
    /// Where in its course.
    pub phase: Option<Phase>,
    /// Only tried ("tried to", "attempted", "failed attack").
    pub attempt: bool,
    /// `Some(false)` for "could not be independently verified".
    pub verified: Option<bool>,
    /// Asked, not told.
    pub question: bool,
    /// Rules that fired and the token each stood on, innermost first.
    pub rules: Vec<(&'static str, u32)>,
}

/// Judges the predicate (verb, noun, adjective) at `token` of `sentence`; tokens that are not there are judged plain fact.
pub fn judge(analysis: &Analysis, sentence: usize, token: u32) -> Factuality {
    let Some(found) = analysis.sentences.get(sentence).filter(|s| (token as usize) < s.tokens.len()) else {
        return walk::plain();
    };
    judge_in(&Tree::new(found), analysis, sentence, token)
}

/// [`judge`] for callers that have the sentence's tree at hand.
pub(crate) fn judge_in(tree: &Tree<'_>, analysis: &Analysis, sentence: usize, token: u32) -> Factuality {
    let mut verdict = walk::judge(tree, token);
    verdict.verified = verified::of(analysis, sentence);
    verdict
}
