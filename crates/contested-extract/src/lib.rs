//! From an analysed report to its claims: what words mean for a conflict, who did what to whom, where, when and according to whom.
//! No file, clock, thread or network, and nothing about how reports are read or claims are kept.

pub mod codes;
pub mod lexicon;
pub mod time;
pub mod tolls;

mod answers;
mod arguments;
mod assemble;
pub mod attribution;
mod classes;
mod confidence;
mod coreference;
mod counting;
mod dating;
mod draft;
mod explain;
mod extent;
mod extractor;
pub mod factuality;
mod ground;
mod locations;
mod mentions;
mod names;
mod naming;
mod nouns;
mod outlooks;
mod participants;
mod predicates;
mod ranking;
mod relational;
mod repairs;
mod salience;
mod scenes;
mod sharing;
mod slots;
mod speakers;
mod topic;
mod tree;
mod weights;
mod words;

pub use explain::{Explanation, Resolved, Stop, Weight, Word};
pub use extractor::{Diagnostic, Extraction, Extractor};
pub use ranking::Offer;

#[cfg(test)]
mod testing;
