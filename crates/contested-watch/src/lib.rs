//! Feeds and folders that are followed: what is due, asking for it politely, and what came. The only room that speaks to a network, and only to addresses
//! that a file names. It keeps nothing: what was learnt of a feed goes back to whoever asked ([`State`]).
//!
//! Servers are taken to be hostile: answers are bounded in time, size and redirects, addresses inside the own network are refused unless the file
//! allows them, whatever a name resolves to and wherever a redirect leads.
#![allow(clippy::disallowed_methods, reason = "feeds are outside")]

mod client;
mod feeds;
mod folder;
mod private;
mod robots;
mod round;

pub use client::{Answer, Client, ClientLimits, Conditions, Fault};
pub use feeds::{FeedOptions, Feeds, FeedsError, FolderOptions};
pub use folder::{FolderFile, files};
pub use robots::Robots;
pub use round::{Came, Round, State, backoff};
