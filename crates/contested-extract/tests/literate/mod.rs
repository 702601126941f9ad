//! Cases in Markdown, their notation, and how claims are held against them.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

pub(crate) mod document;
pub(crate) mod matching;
pub(crate) mod notation;
