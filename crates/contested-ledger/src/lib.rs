//! The append-only store: reports, the claims that extractors drew from them, and the disputes among those, in one SQLite file or
//! in a PostgreSQL database. What is written stays (triggers refuse changes), and what people decide about it is written beside it. No rule about language or war lives here, and no answer is computed but by looking up.
#![allow(clippy::disallowed_methods, reason = "the ledger is a file")]

mod bearing;
mod called;
mod claims;
mod copies;
mod cursor;
mod decisions;
mod doors;
mod error;
mod file;
mod filter;
mod forgetting;
mod learning;
mod moving;
mod named;
mod open;
mod pending;
mod reading;
mod reports;
mod revision;
mod server;
mod slices;
mod sql;
mod tally;
mod team;
mod way;
mod writing;

pub use bearing::Area;
pub use copies::CopyOf;
pub use cursor::Cursor;
pub use decisions::{Act, Correction, Decided, Decision, InReview, Named, NamedPlace, Standing, What};
pub use doors::{Passed, PlaceReached, Watched};
pub use error::{DecisionFault, LedgerError, Result};
pub use filter::{Around, Filter, Tellings};
pub use forgetting::Forgotten;
pub use learning::LearningRun;
pub use moving::Piece;
pub use named::{NamedRow, Naming, Spot};
pub use open::Ledger;
pub use reading::{Counts, KeptDispute};
pub use reports::{KeptReport, ReportFilter, Tombstone};
pub use slices::report_of;
pub use team::{Deed, Role};
pub use writing::{Added, Entry};
