//! What follows from claims: disputes, who holds which place, what the sources are worth, the situation. Pure functions of claims and dates;
//! no store, file, clock, network, thread or randomness ever lives here, and nothing here decides what happened: it weighs who says so.

mod basis;
mod control;
mod disputes;
mod events;
mod learn;
mod learnt;
mod names;
mod phrase;
mod records;
mod reliability;
mod situation;
mod source;
mod world;

pub use basis::Basis;
pub use control::{
    AreaControl, Chance, ChanceStretch, DayControl, Evidence, Homes, PlaceControl, PlaceName, Says, Share,
    Status, Stretch, area_control, chances_over_time, control, control_as_known, observed,
};
pub use disputes::disputes_in_report;
pub use events::{Account, Event, events};
pub use learn::learn;
pub use learnt::Learnt;
pub use phrase::{phrase, type_in_words};
pub use records::{Estimate, SourceRecord, source_records};
pub use reliability::prior_of;
pub use situation::{
    Disputed, Ended, Line, OutletCount, Position, Question, Resolution, SettledBy, Situation, Telling,
    situation,
};
pub use source::{Root, root};
pub use world::{Nothing, Outlet, Tie, World};
