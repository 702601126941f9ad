//! What follows from claims: disputes, who holds which place, what the sources are worth, the situation. Pure functions of claims and dates;
//! no store, file, clock, network, thread or randomness ever lives here, and nothing here decides what happened: it weighs who says so.

mod control;
mod disputes;
mod names;
mod phrase;
mod reliability;
mod situation;
mod source;
mod world;

pub use control::{Chance, Evidence, PlaceControl, PlaceName, Says, Status, Stretch, control};
pub use disputes::disputes_in_report;
pub use phrase::{phrase, type_in_words};
pub use situation::{Disputed, Line, OutletCount, Position, Question, Situation, Telling, situation};
pub use source::{Root, root};
pub use world::{Nothing, Outlet, Tie, World};
