//! Questions asked of a ledger, answered as data: what the command line prints and what the server sends is put together here, once. No
//! arguments, terminals, sockets or threads.

mod called;
mod explained;
mod known;
mod world;

pub use called::is_called;
pub use explained::{Explained, RuleWords, beginnings, explained, made_by};
pub use known::{Known, Unanswered};
pub use world::Informed;
