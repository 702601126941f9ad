//! The append-only store: reports, the claims that extractors drew from them, and the disputes among those, in one SQLite file. What is
//! written stays (triggers refuse changes); no rule about language or war lives here, and no answer is computed but by looking up.
#![allow(clippy::disallowed_methods, reason = "the ledger is a file")]

mod error;
mod filter;
mod open;
mod reading;
mod writing;

pub use error::{LedgerError, Result};
pub use filter::Filter;
pub use open::Ledger;
pub use reading::{Counts, KeptDispute};
pub use writing::{Added, Entry};
