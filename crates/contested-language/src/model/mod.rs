//! The multi-task model: sentences of words in; tags, a tree and names out. Weights are part of the binary and used where they lie.
//!
//! Results are the same on every machine: products are summed in integers (`kernel`), elementary functions are our own (`activation`), and the
//! plain path gives the vector path's bits.

#![allow(
    clippy::inline_always,
    reason = "element loops are compiled twice, for plain and for wide vectors, and must carry what they call with them"
)]

mod activation;
mod encoder;
mod features;
mod heads;
mod kernel;
mod labels;
mod names;
mod tree;
mod weights;

use std::sync::OnceLock;

use crate::tags::{Deprel, NameKind, Upos, Xpos};
use encoder::Batch;
use weights::Weights;

/// Sentences that go through the encoder side by side.
const BATCH: usize = 32;
/// Longer sentences are parsed in pieces of at most this many words, so that no input costs more than in proportion to its length.
const LONGEST: usize = 200;

/// The language model with its weights.
pub struct Model {
    weights: Weights<'static>,
}

/// What the model says of one sentence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SentenceAnnotation {
    /// One for each word.
    pub tokens: Vec<TokenAnnotation>,
    /// Names that do not overlap, in order.
    pub names: Vec<NameSpan>,
}

/// What the model says of one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TokenAnnotation {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Index of the head in the sentence; `None` for the root, of which there is exactly one.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
    /// A possessive clitic ("'s", a bare "s") or a word that has lost its apostrophe ("citys").
    pub possessive: bool,
    /// How sure the parser is of the head, 0 to 1.
    pub arc_confidence: f32,
}

/// A name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NameSpan {
    /// Index of the first word.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Kind.
    pub kind: NameKind,
    /// How sure the model is of the least sure word in it, 0 to 1.
    pub confidence: f32,
}

/// The encoder's final states of a sentence's words, for small heads of other crates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct States {
    /// Numbers a word has.
    pub width: usize,
    /// Words one after another, each number between −1 and 1.
    pub values: Vec<f32>,
}

impl Model {
    /// The model in the binary. The first call sets up the table of sections, nothing is parsed or copied.
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self { weights: Weights::embedded() })
    }

    /// The name of these weights: "b3:" and 16 hexadecimal digits of their BLAKE3 hash.
    pub fn id(&self) -> &str {
        self.weights.id
    }

    /// Tags, trees and names of sentences given as words in their written form.
    pub fn annotate(&self, sentences: &[&[&str]]) -> Vec<SentenceAnnotation> {
        self.run(sentences, false).0
    }

    /// The same with the encoder's final states.
    pub fn annotate_with_states(&self, sentences: &[&[&str]]) -> (Vec<SentenceAnnotation>, Vec<States>) {
        self.run(sentences, true)
    }

    /// As `annotate`, never using vector instructions: the same result, for checking that it is.
    pub fn annotate_plainly(&self, sentences: &[&[&str]]) -> Vec<SentenceAnnotation> {
        kernel::with_plain_path(|| self.annotate(sentences))
    }

    fn run(&self, sentences: &[&[&str]], keep_states: bool) -> (Vec<SentenceAnnotation>, Vec<States>) {
        // (sentence, piece) pairs from the longest to the shortest: a batch then wastes no steps.
        let mut pieces: Vec<(usize, &[&str])> = Vec::with_capacity(sentences.len());
        for (at, sentence) in sentences.iter().enumerate() {
            pieces.extend(sentence.chunks(LONGEST).map(|piece| (at, piece)));
        }
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        order.sort_by_key(|&p| (std::cmp::Reverse(pieces[p].1.len()), p));
        let mut done: Vec<(SentenceAnnotation, Vec<f32>)> = vec![Default::default(); pieces.len()];
        let mut scratch = encoder::Scratch::default();
        for chunk in order.chunks(BATCH) {
            let batch = Batch::new(chunk.iter().map(|&p| pieces[p].1).collect());
            let states = encoder::encode(&self.weights, &batch, &mut scratch);
            let found = heads::annotate(&self.weights, &batch, &states, &mut scratch);
            let width = 2 * self.weights.hidden;
            for ((&p, annotation), (start, forms)) in chunk.iter().zip(found).zip(batch.sentences()) {
                let values = if keep_states {
                    states[start * width..(start + forms.len()) * width]
                        .iter()
                        .map(|&v| f32::from(v) / activation::LIMIT)
                        .collect()
                } else {
                    Vec::new()
                };
                done[p] = (annotation, values);
            }
        }
        let mut annotations = vec![SentenceAnnotation::default(); sentences.len()];
        let mut states = vec![States::default(); if keep_states { sentences.len() } else { 0 }];
        for ((at, _), (annotation, values)) in pieces.iter().zip(done) {
            append(&mut annotations[*at], annotation);
            if let Some(states) = states.get_mut(*at) {
                states.width = 2 * self.weights.hidden;
                states.values.extend(values);
            }
        }
        (annotations, states)
    }
}

/// Joins a further piece of an overlong sentence: its root hangs on the first piece's.
fn append(whole: &mut SentenceAnnotation, piece: SentenceAnnotation) {
    let offset = whole.tokens.len() as u32;
    let root = whole.tokens.iter().position(|t| t.head.is_none()).map(|at| at as u32);
    whole.tokens.extend(piece.tokens.into_iter().map(|mut token| {
        match (token.head, root) {
            (Some(head), _) => token.head = Some(head + offset),
            (None, Some(_)) => {
                token.head = root;
                token.deprel = Deprel::Parataxis;
            }
            (None, None) => {}
        }
        token
    }));
    whole.names.extend(piece.names.into_iter().map(|name| NameSpan {
        start: name.start + offset,
        end: name.end + offset,
        ..name
    }));
}

#[cfg(test)]
mod tests;
