//! The whole way from text to analysis.

use contested_model::Span;

use crate::analysis::{Analysis, Sentence, Token};
use crate::norm;
use crate::split::{self, Cut};
use crate::tokenise::{self, Piece};

/// What to leave out of an analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnalyseOptions {
    /// Take datelines off the text. Default: yes.
    pub datelines: bool,
    /// Tag, parse and find names; without it there are only words, sentences and their roles. Default: yes.
    pub model: bool,
}

impl Default for AnalyseOptions {
    fn default() -> Self {
        Self { datelines: true, model: true }
    }
}

/// Analyses a text. The same text always gives the same analysis; any text gives one.
///
/// # Example
/// ```
/// use contested_language::{AnalyseOptions, analyse};
/// let analysis = analyse("The army didn't enter Rawa.", &AnalyseOptions::default());
/// let words: Vec<&str> = analysis.sentences[0].tokens.iter().map(|t| t.text.as_str()).collect();
/// assert_eq!(words, ["The", "army", "did", "n't", "enter", "Rawa", "."]);
/// ```
pub fn analyse(text: &str, options: &AnalyseOptions) -> Analysis {
    let _ = options;
    let scanned = tokenise::tokenise(text);
    let split = split::split(text, &scanned, 0);
    let sentences = split.sentences.iter().map(|cut| sentence(text, &split.pieces, cut)).collect();
    Analysis { dateline: None, sentences }
}

fn sentence(text: &str, pieces: &[Piece], cut: &Cut) -> Sentence {
    let pieces = &pieces[cut.first as usize..cut.end as usize];
    let tokens: Vec<Token> = pieces.iter().map(|piece| token(text, piece)).collect();
    let span = Span::new(pieces.first().map_or(0, |p| p.char), pieces.last().map_or(0, |p| p.char_end));
    Sentence { span, paragraph: cut.paragraph, tokens, ..Sentence::default() }
}

fn token(text: &str, piece: &Piece) -> Token {
    let mut normal = String::with_capacity((piece.byte_end - piece.byte) as usize + 1);
    norm::norm(text, piece, &mut normal);
    Token {
        span: Span::new(piece.char, piece.char_end),
        text: piece.text(text).to_owned(),
        lemma: normal.clone(),
        norm: normal,
        upos: crate::tags::Upos::default(),
        xpos: crate::tags::Xpos::default(),
        head: None,
        deprel: crate::tags::Deprel::default(),
        arc_confidence: 0.0,
        possessive: false,
        quoted: false,
    }
}
