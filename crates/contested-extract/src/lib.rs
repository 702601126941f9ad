//! From an analysed report to its claims: what words mean for a conflict, who did what to whom, where, when and according to whom.
//! No file, clock, thread or network, and nothing about how reports are read or claims are kept.

pub mod codes;
pub mod lexicon;

pub mod attribution;
pub mod factuality;
#[allow(dead_code, reason = "its other callers are being wired")]
mod tree;

#[cfg(test)]
mod testing;
