use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::SourceKind;

/// What a source has at stake in saying that somebody holds a place, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stake {
    /// None, or none is known.
    Neutral,
    /// It tells of its own side's gain.
    Gain,
    /// It admits its own side's loss, or its enemy's gain.
    Loss,
    /// It denies one of these.
    Denial,
}

impl Stake {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Neutral, Self::Gain, Self::Loss, Self::Denial];

    /// The word as it is written in records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Gain => "gain",
            Self::Loss => "loss",
            Self::Denial => "denial",
        }
    }

    /// The value that `word` stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stake| stake.as_str() == word)
    }
}

/// What a learning run found of one source with one thing at stake, over all its days or around one month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearntRow {
    /// Key of the root source.
    pub source: String,
    /// Its name, for people.
    pub name: String,
    /// Its kind, where known.
    pub kind: Option<SourceKind>,
    /// What it had at stake.
    pub stake: Stake,
    /// First day of the month; none for all its days together.
    pub month: Option<Date>,
    /// Chance that what it says is so, 0 to 1.
    pub believed: f64,
    /// How much was observed: claims, the hedged ones for less than one.
    pub weight: f64,
}
