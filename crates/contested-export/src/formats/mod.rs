//! One format a file.

pub mod acled;
pub(crate) mod csv;
pub(crate) mod ftm;
pub mod gdelt;
pub(crate) mod geojson;
pub(crate) mod hxl;
pub(crate) mod jsonl;
pub(crate) mod kml;
pub(crate) mod plover;
pub mod polecat;
pub mod ucdp;
