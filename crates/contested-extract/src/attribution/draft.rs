//! A statement in the making, and the sets of words it is made of.

use contested_model::Stance;

use super::{CueSpan, Speaker};

/// What a rule found in one sentence.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) cue: CueSpan,
    pub(super) lemma: String,
    pub(super) stance: Stance,
    pub(super) speaker: Speaker,
    pub(super) addressee: Option<Speaker>,
    /// Words of the content; sorted and without repeats once finished.
    pub(super) content: Vec<u32>,
    pub(super) rule: &'static str,
    /// The content was told by someone else before, this speaker only answers it.
    pub(super) answers: bool,
    /// Speech that a participle after it can carry on.
    pub(super) goes_on: bool,
    /// Cue (token) of the statement that relays this one, where the rule knows it.
    pub(super) relayed_by_cue: Option<u32>,
}

/// Sorts and removes repeats.
pub(super) fn tidy(words: &mut Vec<u32>) {
    words.sort_unstable();
    words.dedup();
}

/// `all` without the words of `gone` (both sorted).
pub(super) fn without(all: &[u32], gone: &[u32]) -> Vec<u32> {
    all.iter().copied().filter(|word| gone.binary_search(word).is_err()).collect()
}
