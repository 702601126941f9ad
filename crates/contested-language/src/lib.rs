//! Text in, analysis out: tokens, sentences, tags, tree and names. No file, clock or network, no knowledge of the world beyond the
//! language's own, and nothing about war: what words mean for a conflict is contested-extract's.

mod analysis;
mod dateline;
mod furniture;
mod lemma;
mod model;
mod names;
mod norm;
mod pipeline;
mod quotes;
mod split;
pub mod tags;
mod tokenise;
mod words;

pub use analysis::{Analysis, FoundDateline, Name, Sentence, SentenceRole, Token};
pub use model::{Model, NameSpan, SentenceAnnotation, States, TokenAnnotation};
pub use pipeline::{AnalyseOptions, Gap, analyse, analyse_sentences, sentence_gaps};
