//! The gazetteer: places of the world under all their spellings, which of them a report means, and relational places ("15 km east of
//! Palmyra"). Data: a compiled GeoNames extract, hand-written tables of countries and features, and what the user imported.

mod ambiguity;
mod borders;
mod candidates;
pub mod compile;
mod compiled;
mod country;
mod features;
pub mod fold;
mod gazetteer;
pub mod geometry;
pub mod import;
mod kind;
pub mod relation;
mod resolve;
mod scan;
mod score;
pub mod skeleton;
mod table;

pub use compiled::{Compiled, Namespace};
pub use country::{Country, CountryCode};
pub use gazetteer::{Gazetteer, Located, PlaceRecord};
pub use kind::PlaceKind;
pub use resolve::{PlaceContext, PlaceQuery, Resolution};
pub use scan::{Confusable, PlaceStrength};

/// What is wrong with a gazetteer, an import file or a table.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The file has another format.
    #[error(
        "this is no compiled gazetteer of format 1; run `contested gazetteer import` again on the source file"
    )]
    NotAGazetteer,
    /// The file is of the right format but broken.
    #[error(
        "the compiled gazetteer is damaged ({0}); run `contested gazetteer import` again on the source file"
    )]
    Damaged(&'static str),
    /// An entry cannot be compiled.
    #[error("{0}")]
    Entry(String),
    /// A row of a table is wrong.
    #[error("{file}, line {line}: {reason}")]
    Row {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}
