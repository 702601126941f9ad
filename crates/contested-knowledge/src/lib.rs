//! What the program knows of the world: places, actors and sources, with their names and with time. Data and look-ups live here; never a
//! rule about language, and no file, clock or network access: tables are embedded, imports come in as bytes.

pub mod actors;
mod knowledge;
mod names;
pub mod places;
pub mod sources;
mod tsv;

pub use knowledge::Knowledge;
