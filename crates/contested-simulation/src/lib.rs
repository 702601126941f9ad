//! A war that never was, reported by sources that err as real ones do, to measure the assessment against a truth that is known.
//!
//! Nothing here follows the model's assumptions: fronts move in campaigns, fighting has no fixed length, errors lean to sides and travel
//! between outlets as rumours, reports come late, undated and copied, and one source changes sides half-way. Seeded and deterministic. A
//! developer's crate: nothing of it ships.

mod claims;
mod measure;
mod random;
mod sources;
mod telling;
mod truth;

pub use measure::{Baselines, Figures, SourceFigure, measure};
pub use sources::{SOURCES, Source, SourceWorld};
pub use telling::{Report, Said, reports};
pub use truth::{Side, State, Truth};

/// How large a war, how wrong its reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scenario {
    /// Towns.
    pub places: usize,
    /// Days.
    pub days: usize,
    /// Share of reports of who holds a town that are not so on the day they speak of.
    pub wrong: f64,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Scenario {
    /// The size at which the figures of the documents are measured.
    pub const FULL: Self = Self { places: 200, days: 365, wrong: 0.3, seed: 1 };
}
