//! Sentences that are the page's and not the report's: credits, calls to subscribe, copyright; and headlines.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::analysis::{SentenceRole, Token};
use crate::split::Cut;
use crate::tokenise::{Kind, Piece};

/// Longest headline, in words.
const LONGEST_HEADLINE: usize = 25;

/// Longest sentence that is furniture by how it begins, in words: a longer one has run into a sentence of the report.
const LONGEST_FURNITURE: usize = 30;

struct Phrase {
    words: Vec<&'static str>,
    whole: bool,
}

static PHRASES: LazyLock<HashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<&'static str, Vec<Phrase>> = HashMap::new();
    for line in include_str!("../data/furniture.tsv").lines() {
        let Some((place, words)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
        let words: Vec<&str> = words.split(' ').collect();
        if let Some(&first) = words.first() {
            phrases.entry(first).or_default().push(Phrase { words, whole: place == "whole" });
        }
    }
    phrases
});

/// The part a sentence plays; `last`: no sentence follows it.
pub(crate) fn role(tokens: &[Token], pieces: &[Piece], cut: &Cut, last: bool) -> SentenceRole {
    if is_furniture(tokens) {
        return SentenceRole::Furniture;
    }
    let bullet = |p: &Piece| matches!(p.kind, Kind::Bullet | Kind::Dash | Kind::Number | Kind::Symbol);
    let ends = |p: &Piece| {
        matches!(p.kind, Kind::Period | Kind::Terminal | Kind::Ellipsis | Kind::Comma | Kind::Colon)
    };
    let headline = cut.alone
        && !last
        && (2..=LONGEST_HEADLINE).contains(&tokens.len())
        && !pieces.first().is_some_and(|p| bullet(p) && p.kind != Kind::Number)
        && !pieces.iter().rev().take(8).any(ends);
    if headline { SentenceRole::Headline } else { SentenceRole::Body }
}

fn is_furniture(tokens: &[Token]) -> bool {
    let Some(phrases) = tokens.first().and_then(|first| PHRASES.get(first.norm.as_str())) else {
        return false;
    };
    phrases.iter().any(|phrase| {
        let length = phrase.words.len();
        (!phrase.whole || tokens.len() == length || tokens.len() == length + 1 && tokens[length].norm == ".")
            && (length..=LONGEST_FURNITURE).contains(&tokens.len())
            && tokens.iter().zip(&phrase.words).all(|(token, word)| token.norm == *word)
    })
}
