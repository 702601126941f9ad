//! "… could not be independently verified": a note on the claims beside it.

use contested_language::Analysis;
use contested_language::tags::Upos;

use super::lexicon::{Effect, Pos, SIGNATURES};

/// `Some(false)` when this sentence or the next says that its content could not be verified, `Some(true)` when it says that it was.
pub(super) fn of(analysis: &Analysis, sentence: usize) -> Option<bool> {
    note(analysis, sentence)
        .or_else(|| note(analysis, sentence + 1).filter(|_| is_only_a_note(analysis, sentence + 1)))
}

/// What a sentence says about verification, if anything.
fn note(analysis: &Analysis, sentence: usize) -> Option<bool> {
    let tokens = &analysis.sentences.get(sentence)?.tokens;
    let at = tokens.iter().position(|t| {
        matches!(
            t.lemma.as_str(),
            "verify" | "corroborate" | "authenticate" | "verification" | "corroboration"
        ) || (matches!(t.lemma.as_str(), "confirm" | "confirmation")
            && tokens.iter().any(|o| matches!(o.norm.as_str(), "independently" | "independent")))
            || matches!(t.norm.as_str(), "unverified")
    })?;
    let near = &tokens[at.saturating_sub(8)..=at];
    let negated = tokens[at].norm == "unverified"
        || near.iter().any(|t| {
            matches!(
                t.norm.as_str(),
                "not"
                    | "n't"
                    | "no"
                    | "never"
                    | "without"
                    | "unable"
                    | "impossible"
                    | "yet"
                    | "neither"
                    | "nor"
            ) || (t.upos != Upos::Noun
                && SIGNATURES.find(Pos::Verb, &t.lemma, &["to"]).is_some_and(|r| r.positive == Effect::Not))
        });
    let independent = tokens.iter().any(|t| matches!(t.norm.as_str(), "independently" | "independent"));
    if negated {
        Some(false)
    } else if independent {
        Some(true)
    } else {
        None
    }
}

/// Whether the sentence is short and about reports: only then does it speak of the one before.
fn is_only_a_note(analysis: &Analysis, sentence: usize) -> bool {
    analysis.sentences.get(sentence).is_some_and(|s| {
        s.tokens.len() <= 24
            && s.tokens.iter().any(|t| {
                matches!(
                    t.lemma.as_str(),
                    "claim"
                        | "report"
                        | "account"
                        | "figure"
                        | "toll"
                        | "information"
                        | "footage"
                        | "video"
                        | "it"
                        | "this"
                        | "they"
                        | "statement"
                        | "assertion"
                        | "allegation"
                        | "number"
                        | "detail"
                )
            })
    })
}
