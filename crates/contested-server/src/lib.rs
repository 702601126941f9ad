//! The ledger over HTTP: a versioned interface as JSON, and the page that shows it. It answers on loopback, or elsewhere to who has the token; it
//! asks nobody anything. What is answered is put together by `contested-answers` and `contested-assess`.
#![allow(clippy::disallowed_methods, reason = "a server has a clock and threads")]

mod app;
mod asked;
mod error;
mod flights;
mod geojson;
mod graph;
mod guard;
mod openapi;
mod page;
mod paging;
mod people;
mod places;
mod pool;
mod query;
mod reply;
mod routes;
mod serve;
mod server;
mod snapshot;
mod table;

pub use openapi::openapi;
pub use people::Person;
pub use server::{Format, Running, ServeError, Settings, run, start};
