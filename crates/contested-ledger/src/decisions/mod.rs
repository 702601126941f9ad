//! What people decide about claims, actors, places and events: what it is, how a claim reads after it, and how it is written down.

mod act;
mod merged;
mod record;
mod restate;
mod stand;

pub use act::{Act, Correction, Decision, Named, NamedPlace, What};
pub use record::Decided;
pub use stand::{InReview, Standing};

pub(crate) use merged::Merged;
pub(crate) use restate::restate_decided;
pub(crate) use stand::known_as;
