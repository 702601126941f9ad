//! Reports and claims as Arrow tables: `extract` turns a batch of reports into a batch of claims, `assess` a batch of claims into who holds which
//! place. Pure: no file, clock, network or thread; those who have them (the binary, the Python module, Spark) bring the batches.
//!
//! The schema of claims is read off `docs/schema/claim.schema.json`, so that the two cannot differ; `docs/schema/arrow.md` shows it. Its metadata names it
//! and gives its version (`SCHEMA_KEY`, `VERSION_KEY`).
//!
//! Everything is behind the feature `arrow`; `parquet` adds files.
#![cfg(feature = "arrow")]

mod assess;
mod decode;
mod encode;
mod error;
mod extract;
mod flat;
#[cfg(feature = "parquet")]
mod parquet;
mod reports;
mod schema;

pub use assess::{assess, control_schema};
pub use decode::claims_of;
pub use encode::claims_batch;
pub use error::ArrowError;
pub use extract::extract;
pub use flat::flat_batch;
#[cfg(feature = "parquet")]
pub use parquet::{read_claims, write_by_month, write_parquet};
pub use reports::{reports_batch, reports_of, reports_schema};
pub use schema::{SCHEMA_KEY, VERSION_KEY, claims_schema};
