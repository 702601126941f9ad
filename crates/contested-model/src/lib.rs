//! The vocabulary of the project: reports, claims, disputes, their fields and digests. No rules, no look-ups, no input or output: every
//! other crate speaks in these types, and this one depends on none of them.

mod calendar;
mod claim;
mod digest;
mod dispute;
mod kept;
mod kind;
mod learnt;
mod report;
#[cfg(feature = "schema")]
mod schema;
mod span;
#[cfg(feature = "testing")]
pub mod testing;

pub use calendar::month_number;
pub use claim::{
    About, AcledCode, Attribution, Casualty, Certainty, Claim, ClaimCodes, Dateline, DiedOrHurt, Evidence,
    Extent, Extractor, Participant, Phase, Place, PlaceRelation, PloverCode, Polarity, Precision, ReportRef,
    RunnerUp, SourceKind, Stance, Tense, TimeBasis, TimeSpan, Trigger, WhoHurt, Why,
};
pub use digest::{Digest128, claim_id, claim_key, dispute_id, text_hash};
pub use dispute::{Dispute, DisputeBody, Question};
pub use kept::Kept;
pub use kind::{ClaimType, Kind, UnknownType};
pub use learnt::{LearntRow, Stake};
pub use report::Report;
pub use span::{CharIndex, Span};

/// Version of the record layout (`"schema"` in every claim); it changes only when a consumer would have to.
pub const SCHEMA_VERSION: u32 = 1;
