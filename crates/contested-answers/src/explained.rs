//! How a claim came about: its report read again.

use contested_extract::{Explanation, Extractor};
use contested_knowledge::Knowledge;
use contested_language::{AnalyseOptions, analyse};
use contested_model::{CharIndex, Claim, Report, Span};
use serde::Serialize;

/// Letters and digits of an id below which a beginning is not looked for.
const SHORTEST: usize = 4;

/// How a claim came about.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// Always `explanation`.
    pub record: &'static str,
    /// The claim as it was extracted.
    pub claim: Claim,
    /// Whether this program, its model and its knowledge made it.
    pub current: bool,
    /// Its rules, each with the words that it stood on.
    pub why: Vec<RuleWords>,
    /// Sentence, tree, names and weights; none where this program would not make the claim any more.
    pub explanation: Option<Explanation>,
}

/// A rule with the words of the report that it stood on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleWords {
    /// Versioned name of the rule.
    pub rule: String,
    /// The words, in the order of the rule; none where it stood on the claims around it.
    pub words: Vec<String>,
}

/// What claims that this program makes with `knowledge` name as their extractor.
pub fn made_by(knowledge: &Knowledge) -> contested_model::Extractor {
    Extractor::new(knowledge).made()
}

/// Reads `report` again and tells how `claim`, which was made from it, came about.
pub fn explained(claim: Claim, report: &Report, knowledge: &Knowledge) -> Explained {
    let extractor = Extractor::new(knowledge);
    let analysis = analyse(&report.text, &AnalyseOptions::default());
    let explanation = extractor.explain(report, &analysis, &claim.key);
    let current = claim.extractor == extractor.made();
    let why = rules(&claim, report);
    Explained { record: "explanation", claim, current, why, explanation }
}

fn rules(claim: &Claim, report: &Report) -> Vec<RuleWords> {
    let index = CharIndex::new(&report.text);
    let words = |on: &[(u32, u32)]| {
        on.iter().map(|&(start, end)| index.slice(&report.text, Span::new(start, end)).to_owned()).collect()
    };
    claim.why.iter().map(|why| RuleWords { rule: why.rule.clone(), words: words(&why.on) }).collect()
}

/// What an id may begin with: as it is written, or, without `c1:` or `k1:`, either.
///
/// # Errors
/// When `id` is none, or too short; the message is for the user.
pub fn beginnings(id: &str) -> Result<Vec<String>, String> {
    let id = id.trim().to_lowercase();
    let (mark, digits) = id.split_once(':').map_or((None, id.as_str()), |(mark, rest)| (Some(mark), rest));
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !hex || !matches!(mark, None | Some("c1" | "k1")) {
        return Err(format!("`{id}` is no claim: write an id like `c1:5f0e3a…` or a key like `k1:9a41…`"));
    }
    if digits.len() < SHORTEST {
        return Err(format!("`{id}` is too short: write at least {SHORTEST} digits of the claim's id"));
    }
    Ok(match mark {
        Some(_) => vec![id],
        None => vec![format!("c1:{digits}"), format!("k1:{digits}")],
    })
}

#[cfg(test)]
mod tests {
    use super::beginnings;

    #[test]
    fn ids_are_taken_with_and_without_their_mark() {
        assert_eq!(beginnings("C1:5F0e").unwrap(), ["c1:5f0e"]);
        assert_eq!(beginnings("9a41b").unwrap(), ["c1:9a41b", "k1:9a41b"]);
        for wrong in ["c1:5f", "d1:5f0e3a", "rawa", "c1:xyzz", ""] {
            assert!(beginnings(wrong).is_err(), "{wrong}");
        }
    }
}
