//! Ties written as one word: "Iran-backed", "US-led", "pro-Assad".

use super::tables::Modifier;
use crate::actors::{ActorKind, Actors};

/// Participles that turn the word before them into a tie, not a nationality ("Iran-backed").
const TIES: [&str; 16] = [
    "backed",
    "led",
    "allied",
    "aligned",
    "linked",
    "supported",
    "funded",
    "sponsored",
    "trained",
    "controlled",
    "affiliated",
    "armed",
    "financed",
    "dominated",
    "run",
    "occupied",
];
const TIE_PREFIXES: [&str; 4] = ["pro-", "anti-", "ex-", "non-"];

impl Actors {
    /// "iran-backed" as an analyst writes it: "Iran-backed".
    pub(super) fn tie_words(&self, text: &str) -> String {
        let Some((left, right)) = text.rsplit_once('-') else { return text.to_owned() };
        if TIE_PREFIXES.iter().any(|prefix| text.starts_with(prefix)) {
            let (prefix, rest) = text.split_once('-').unwrap_or((left, right));
            return format!("{prefix}-{}", self.proper(rest));
        }
        format!("{}-{right}", self.proper(left))
    }

    fn proper(&self, word: &str) -> String {
        if matches!(word, "us" | "u.s." | "u.s") {
            return "US".to_owned();
        }
        if let Some(hit) = self.names.owners(word).first() {
            let actor = &self.list[hit.owner as usize];
            if actor.kind == ActorKind::State && !word.contains('.') && word.len() > 3 {
                return actor.name.clone();
            }
        }
        if let Some(hit) = self.demonyms.owners(word).first() {
            return self.nations[hit.owner as usize].adjective.clone();
        }
        match self.composition.modifiers.get(word) {
            Some(Modifier::Ethnic(value)) => value.clone(),
            _ => word.to_owned(),
        }
    }
}

/// A tie that starts at `at`: how many words it takes, and the tie as one hyphenated word.
pub(super) fn tie_at(words: &[&str], lower: &[String], at: usize, head: usize) -> Option<(usize, String)> {
    let word = lower[at].as_str();
    if let Some((left, right)) = word.rsplit_once('-') {
        let tied = TIES.contains(&right) || TIE_PREFIXES.iter().any(|prefix| word.starts_with(prefix));
        return (tied
            && !left.is_empty()
            && !matches!(
                word,
                "pro-government"
                    | "pro-regime"
                    | "anti-government"
                    | "anti-regime"
                    | "pro-assad"
                    | "anti-assad"
                    | "government-backed"
                    | "state-backed"
                    | "state-run"
            ))
        .then(|| (1, word.to_owned()));
    }
    let dash = |at: usize| words.get(at).is_some_and(|word| matches!(*word, "-" | "–" | "‑"));
    if at + 2 < head && dash(at + 1) {
        let tied = TIES.contains(&lower[at + 2].as_str()) || matches!(word, "pro" | "anti");
        return tied.then(|| (3, format!("{word}-{}", lower[at + 2])));
    }
    (at + 1 < head && TIES[..11].contains(&lower[at + 1].as_str()))
        .then(|| (2, format!("{word}-{}", lower[at + 1])))
}
