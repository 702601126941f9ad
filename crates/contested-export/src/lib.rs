//! What the ledger says, in the formats that analysts, mappers and event coders work with. Every writer is a pure function of claims and
//! answers over [`std::io::Write`]: no store, file, clock, network or thread lives here.
//!
//! A format that has room for one source gets one row a claim, or, for events across reports, the sources joined in one field; what a format
//! cannot say is left out and counted ([`Written::left_out`]). `docs/formats/` tells for each format which field holds what, and what is lost.
//!
//! # Example
//! ```
//! use contested_export::{Content, Format, write};
//! use contested_knowledge::Knowledge;
//! let mut out = Vec::new();
//! let written = write(&Content::Claims(&[]), Format::GeoJson, Knowledge::embedded(), &mut out).unwrap();
//! assert_eq!(written.rows, 0);
//! assert!(out.starts_with(b"{\"type\":\"FeatureCollection\""));
//! ```

mod atlas;
mod bodies;
mod cell;
mod countries;
mod error;
mod flat;
mod format;
mod formats;
mod incident;
mod naming;
mod people;
mod rows;
mod tables;
mod tsv;

use std::io::Write;

use contested_assess::{Disputed, Event, PlaceControl};
use contested_knowledge::Knowledge;
use contested_model::Kept;

pub use cell::Cell;
pub use error::ExportError;
pub use flat::{Flat, Sort, flat};
pub use format::{Format, Subject};
pub use formats::{acled, gdelt, polecat, ucdp};
pub use incident::LeftOut;
pub use people::{ActorRow, SourceRow, actors_in, sources_in};

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Claims, in the order given.
    Claims(&'a [Kept]),
    /// Events across reports, and the claims that they are made of.
    Events(&'a [Event], &'a [Kept]),
    /// Who holds which place.
    Control(&'a [PlaceControl]),
    /// Disputes, and the claims that they are made of.
    Disputes(&'a [Disputed], &'a [Kept]),
    /// Who acts and suffers in the claims ([`actors_in`]).
    Actors(&'a [ActorRow]),
    /// Who tells ([`sources_in`]).
    Sources(&'a [SourceRow]),
}

impl Content<'_> {
    /// What it is.
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Claims(_) => Subject::Claims,
            Self::Events(..) => Subject::Events,
            Self::Control(_) => Subject::Control,
            Self::Disputes(..) => Subject::Disputes,
            Self::Actors(_) => Subject::Actors,
            Self::Sources(_) => Subject::Sources,
        }
    }
}

/// How much was written, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Rows, features, records or entities.
    pub rows: usize,
    /// What the format has no room for, by reason.
    pub left_out: LeftOut,
}

/// Writes `content` as `format`. The same content gives the same bytes.
///
/// # Errors
/// When the format has no such subject ([`ExportError::NotOffered`]) and when `out` fails.
pub fn write(
    content: &Content<'_>,
    format: Format,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    format.offers(content.subject())?;
    let written = match format {
        Format::Csv => formats::csv::write(content, knowledge, out),
        Format::Jsonl => formats::jsonl::write(content, out),
        Format::GeoJson => formats::geojson::write(content, knowledge, out),
        Format::Kml => formats::kml::write(content, knowledge, out),
        Format::Hxl => formats::hxl::write(content, knowledge, out),
        Format::Acled => formats::acled::write(content, knowledge, out),
        Format::Ucdp => formats::ucdp::write(content, knowledge, out),
        Format::Gdelt => formats::gdelt::write(content, knowledge, out),
        Format::GdeltMentions => formats::gdelt::mentions::write(content, out),
        Format::Plover => formats::plover::write(content, knowledge, out),
        Format::Polecat => formats::polecat::write(content, knowledge, out),
        Format::Ftm => formats::ftm::write(content, knowledge, out),
    }?;
    out.flush()?;
    Ok(written)
}
