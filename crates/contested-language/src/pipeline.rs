//! The whole way from text to analysis.

use contested_model::Span;

use crate::analysis::{Analysis, FoundDateline, Name, Sentence, Token};
use crate::model::{Model, SentenceAnnotation};
use crate::split::{self, Cut, Split};
use crate::tags::{Deprel, Upos, Xpos};
use crate::tokenise::{self, Piece};
use crate::{dateline, furniture, lemma, names, norm, quotes};

/// Sentences handed to the model at once: enough for batches of like length, few enough to keep memory flat on long texts.
const AT_ONCE: usize = 512;

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
    let (dateline, split) = segment(text, *options);
    let quoted = quotes::quoted(text, &split);
    let last = split.sentences.len().saturating_sub(1);
    let mut sentences: Vec<Sentence> = split
        .sentences
        .iter()
        .enumerate()
        .map(|(number, cut)| sentence(text, &split, &quoted, cut, number == last))
        .collect();
    if options.model {
        let forms = Forms::of(text, &split);
        for (done, chunk) in sentences.chunks_mut(AT_ONCE).enumerate() {
            let words: Vec<Vec<&str>> = (done * AT_ONCE..done * AT_ONCE + chunk.len())
                .map(|k| forms.of_sentence(&split.sentences[k]))
                .collect();
            annotate(chunk, &words);
        }
    }
    Analysis { dateline, sentences }
}

/// Analyses sentences whose words are given (a treebank's): no splitting, offsets as if words stood one space apart and sentences one a line.
pub fn analyse_sentences(sentences: &[Vec<String>]) -> Analysis {
    let mut at = 0_u32;
    let mut analysed: Vec<Sentence> = Vec::with_capacity(sentences.len());
    let mut forms: Vec<Vec<String>> = Vec::with_capacity(sentences.len());
    for (number, words) in sentences.iter().enumerate() {
        let mut tokens = Vec::with_capacity(words.len());
        let mut written = Vec::with_capacity(words.len());
        for (k, word) in words.iter().enumerate() {
            let length = word.chars().count() as u32;
            let piece = Piece {
                byte: 0,
                byte_end: word.len() as u32,
                char: at,
                char_end: at + length,
                line: number as u32,
                kind: tokenise::kind_of_word(word, words.get(k.wrapping_sub(1)).map(String::as_str)),
                spaced: true,
            };
            let mut form = String::with_capacity(word.len() + 1);
            norm::form(word, &piece, &mut form);
            written.push(form);
            tokens.push(token(word, &piece, false));
            at += length + 1;
        }
        let span = tokens.first().zip(tokens.last()).map(|(first, last)| first.span.cover(last.span));
        let span = span.unwrap_or(Span::new(at, at));
        analysed.push(Sentence { span, paragraph: number as u32, tokens, ..Sentence::default() });
        forms.push(written);
    }
    for (chunk, forms) in analysed.chunks_mut(AT_ONCE).zip(forms.chunks(AT_ONCE)) {
        let words: Vec<Vec<&str>> =
            forms.iter().map(|words| words.iter().map(String::as_str).collect()).collect();
        annotate(chunk, &words);
    }
    Analysis { dateline: None, sentences: analysed }
}

/// A gap between two words where a sentence may end, as the judge of boundaries sees it.
#[derive(Debug, Clone)]
pub struct Gap {
    /// First character of the word behind the gap.
    pub right: u32,
    /// Whether a sentence ends here.
    pub ends: bool,
    /// Places in the table of weights.
    pub features: Vec<u32>,
}

/// The gaps of a text whose sentences begin at `starts` (characters, in order): what `training/splitter.py` learns from. Without
/// `starts`, sentences end where the rules alone would have them end.
pub fn sentence_gaps(text: &str, starts: Option<&[u32]>) -> Vec<Gap> {
    let scanned = tokenise::tokenise(text);
    let (_, skips) = dateline::find(text, &scanned);
    let gaps = split::gaps(text, &scanned, &skips, starts);
    let gap = |(right, ends, features): (u32, bool, [u32; split::FEATURES])| Gap {
        right,
        ends,
        features: features.to_vec(),
    };
    gaps.into_iter().map(gap).collect()
}

fn segment(text: &str, options: AnalyseOptions) -> (Option<FoundDateline>, Split) {
    let scanned = tokenise::tokenise(text);
    let (dateline, skips) =
        if options.datelines { dateline::find(text, &scanned) } else { (None, Vec::new()) };
    let split = split::split(text, &scanned, &skips);
    (dateline, split)
}

/// Tags, trees and names of `sentences`, whose words as the model reads them are `words`.
fn annotate(sentences: &mut [Sentence], words: &[Vec<&str>]) {
    let views: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    for (sentence, annotation) in sentences.iter_mut().zip(Model::embedded().annotate(&views)) {
        fill(sentence, annotation);
    }
}

fn fill(sentence: &mut Sentence, annotation: SentenceAnnotation) {
    for (token, found) in sentence.tokens.iter_mut().zip(annotation.tokens) {
        token.upos = found.upos;
        token.xpos = found.xpos;
        token.head = found.head;
        token.deprel = found.deprel;
        token.arc_confidence = found.arc_confidence;
        token.possessive = found.possessive;
        token.lemma = lemma::lemma(&token.norm, token.upos, token.xpos);
    }
    let found = annotation.names.into_iter().map(|name| Name {
        start: name.start,
        end: name.end,
        kind: name.kind,
        confidence: name.confidence,
    });
    sentence.names = found.collect();
    names::tidy(sentence);
}

/// The words as the model reads them, one after another in one buffer.
struct Forms {
    buffer: String,
    ends: Vec<u32>,
}

impl Forms {
    fn of(text: &str, split: &Split) -> Self {
        let mut forms = Self {
            buffer: String::with_capacity(text.len()),
            ends: Vec::with_capacity(split.pieces.len() + 1),
        };
        forms.ends.push(0);
        for piece in &split.pieces {
            norm::form(text, piece, &mut forms.buffer);
            forms.ends.push(forms.buffer.len() as u32);
        }
        forms
    }

    fn of_sentence(&self, cut: &Cut) -> Vec<&str> {
        let ends = self.ends.get(cut.first as usize..=cut.end as usize).unwrap_or_default();
        ends.windows(2).map(|w| self.buffer.get(w[0] as usize..w[1] as usize).unwrap_or_default()).collect()
    }
}

fn sentence(text: &str, split: &Split, quoted: &[bool], cut: &Cut, last: bool) -> Sentence {
    let range = cut.first as usize..cut.end as usize;
    let pieces = &split.pieces[range.clone()];
    let tokens: Vec<Token> =
        pieces.iter().zip(&quoted[range]).map(|(piece, &quoted)| token(text, piece, quoted)).collect();
    let span = Span::new(pieces.first().map_or(0, |p| p.char), pieces.last().map_or(0, |p| p.char_end));
    let role = furniture::role(&tokens, pieces, cut, last);
    Sentence { span, paragraph: cut.paragraph, role, tokens, names: Vec::new() }
}

fn token(text: &str, piece: &Piece, quoted: bool) -> Token {
    let mut normal = String::with_capacity((piece.byte_end - piece.byte) as usize + 1);
    norm::norm(text, piece, &mut normal);
    Token {
        span: Span::new(piece.char, piece.char_end),
        text: piece.text(text).to_owned(),
        lemma: String::new(),
        norm: normal,
        upos: Upos::default(),
        xpos: Xpos::default(),
        head: None,
        deprel: Deprel::default(),
        arc_confidence: 0.0,
        possessive: false,
        quoted,
    }
}
