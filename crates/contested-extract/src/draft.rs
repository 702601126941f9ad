//! A claim in the making: which predicate, whom it joins, where and how it is told; names and offsets come at the end.

use contested_model::{About, Casualty, Certainty, ClaimType, Extent, Phase, Polarity, Tense, TimeSpan};

/// A participant of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Filler {
    /// The mention as it stands in the text; what it stands for follows its references.
    pub(crate) mention: usize,
    /// Taken from another predicate or sentence, not from this one's own arguments.
    pub(crate) inherited: bool,
}

/// A claim in the making.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) sentence: usize,
    /// Head token of the trigger, and its first and last token.
    pub(crate) at: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) claim_type: ClaimType,
    pub(crate) about: Option<About>,
    pub(crate) agents: Vec<Filler>,
    pub(crate) targets: Vec<Filler>,
    /// Mentions of places.
    pub(crate) places: Vec<Filler>,
    pub(crate) phase: Option<Phase>,
    pub(crate) extent: Option<Extent>,
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    pub(crate) tense: Tense,
    pub(crate) verified: Option<bool>,
    pub(crate) time: Option<TimeSpan>,
    pub(crate) casualties: Vec<Casualty>,
    /// Statements that vouch for it, who vouches first.
    pub(crate) chain: Vec<usize>,
    /// Versioned names of the rules and the tokens they stood on.
    pub(crate) why: Vec<(String, Vec<u32>)>,
    /// Id of the sense of the trigger.
    pub(crate) sense: String,
    /// The sense's prior, then the chance that the claim is right, from 0 to 1.
    pub(crate) confidence: f64,
}

impl Draft {
    /// What it is about, seen through an outlook.
    pub(crate) fn content(&self) -> ClaimType {
        self.about.map_or(self.claim_type, |about| about.claim_type)
    }
}
