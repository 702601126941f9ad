//! Bytes to reports: files, folders and standard input, recognised by content, streamed with bounded memory. Every problem is a
//! [`Diagnostic`] that names file, record and remedy, and never stops the batch. Nothing here knows about grammar or war; which language a
//! text is in is all that is known of language ([`other_language`]).
//!
//! Read are plain text, HTML, JSON Lines, JSON arrays and answers of APIs, tables (CSV, TSV), RSS and Atom, and WARC archives, each of them packed with
//! gzip or zstd, too. What is a report's text stays as it was given, carriage returns included, because offsets count it; of HTML the words of
//! the article are the text.
#![allow(clippy::disallowed_methods, reason = "reading files is what this crate is for")]

mod content;
mod date;
mod diagnostic;
mod encoding;
mod feed;
mod html;
mod json;
mod json_lines;
mod json_values;
mod lines;
mod mapping;
mod plain;
mod records;
mod reliefweb;
mod reports;
mod stream;
mod table;
#[cfg(feature = "testing")]
pub mod testing;
mod tongue;
mod unpack;
mod walk;
mod warc;

pub use content::Limits;
pub use date::parse_date;
pub use diagnostic::{Diagnostic, Problem, Severity};
pub use mapping::Mapping;
pub use records::Mark;
pub use reports::{Defaults, Reports, Step, Tally};
pub use tongue::{Language, other_language};
pub use walk::Input;
pub use warc::PassedPage;
