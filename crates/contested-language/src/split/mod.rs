//! Pieces into sentences, and the decision whether a period belongs to the abbreviation before it.

mod ending;
mod wrap;

use crate::dateline::Skip;
use crate::tokenise::{Kind, Piece, Scanned};
use ending::{Copy, Verdict};

/// A sentence's pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Index of its first piece.
    pub(crate) first: u32,
    /// One past its last piece.
    pub(crate) end: u32,
    /// Number of its paragraph.
    pub(crate) paragraph: u32,
    /// Whether it is all of its paragraph.
    pub(crate) alone: bool,
}

/// Pieces with the abbreviations' periods put to their words, and the sentences over them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Split {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) sentences: Vec<Cut>,
}

/// Splits a text; the pieces of `skips` belong to no sentence and part those around them. Linear in the number of pieces.
pub(crate) fn split(text: &str, scanned: &Scanned, skips: &[Skip]) -> Split {
    let copy = Copy::of(text, &scanned.pieces);
    let continued = wrap::continued(text, scanned, copy);
    let input = &scanned.pieces;
    let mut out: Vec<Piece> = Vec::with_capacity(input.len());
    let mut sentences: Vec<Cut> = Vec::new();
    let mut first = 0;
    let mut paragraph = 0;
    let mut paragraph_first = 0;
    let mut quote_open = false;
    let mut at = 0;
    let mut skips = skips.iter().peekable();
    while at < input.len() {
        if let Some(skip) = skips.next_if(|skip| skip.from <= at) {
            close(&mut sentences, &mut first, out.len(), paragraph);
            at = at.max(skip.to);
            continue;
        }
        let piece = input[at];
        // A new line, unless it only carries the old one on.
        if at > 0 && piece.line != input[at - 1].line && !continued[piece.line as usize] {
            close(&mut sentences, &mut first, out.len(), paragraph);
            mark_alone(&mut sentences, paragraph_first);
            paragraph_first = sentences.len();
            paragraph += 1;
            quote_open = false;
        }
        if matches!(piece.kind, Kind::Quote | Kind::OpenQuote | Kind::CloseQuote) {
            quote_open = match piece.kind {
                Kind::OpenQuote => true,
                Kind::CloseQuote => false,
                _ => !quote_open,
            };
        }
        let context = ending::Context { text, input, continued: &continued, copy, quote_open };
        match ending::verdict(&context, at, out.get(first..).unwrap_or_default()) {
            Verdict::Inside => {
                out.push(piece);
                at += 1;
            }
            Verdict::OfWord => {
                // "gen ." is one word.
                if let Some(word) = out.last_mut() {
                    *word = word.through(&piece, Kind::Word);
                }
                at += 1;
            }
            Verdict::Ends { closers } => {
                out.extend_from_slice(&input[at..=at + closers]);
                for closer in &input[at + 1..=at + closers] {
                    if matches!(closer.kind, Kind::Quote | Kind::CloseQuote) {
                        quote_open = false;
                    }
                }
                at += 1 + closers;
                close(&mut sentences, &mut first, out.len(), paragraph);
            }
        }
    }
    close(&mut sentences, &mut first, out.len(), paragraph);
    mark_alone(&mut sentences, paragraph_first);
    Split { pieces: out, sentences }
}

fn close(sentences: &mut Vec<Cut>, first: &mut usize, end: usize, paragraph: u32) {
    if end > *first {
        sentences.push(Cut { first: *first as u32, end: end as u32, paragraph, alone: false });
        *first = end;
    }
}

fn mark_alone(sentences: &mut [Cut], paragraph_first: usize) {
    if let [only] = &mut sentences[paragraph_first..] {
        only.alone = true;
    }
}
