//! Bytes to reports: files, folders and standard input, recognised by content, streamed with bounded memory. Every problem is a
//! [`Diagnostic`] that names file, record and remedy, and never stops the batch. Nothing here knows about language or war.
//!
//! What is read today is plain text (one report a file) and JSON Lines (one report a line). A byte-order mark at the start of a file belongs
//! to the encoding and not to the text; everything else, carriage returns included, stays as it was given, because offsets count it.
#![allow(clippy::disallowed_methods, reason = "reading files is what this crate is for")]

mod content;
mod date;
mod diagnostic;
mod json_lines;
mod lines;
mod plain;
mod reports;
mod walk;

pub use content::Limits;
pub use date::parse_date;
pub use diagnostic::{Diagnostic, Problem, Severity};
pub use reports::{Defaults, Reports, Tally};
pub use walk::Input;
