use serde::{Deserialize, Serialize};

/// What two sides disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// Who holds a place.
    Control,
    /// Whether something happened.
    Occurrence,
    /// Who did it.
    Responsibility,
    /// How many were hurt.
    Casualties,
    /// Why it was done.
    Motive,
}

/// Claims of one report that cannot all be so (CLAIM.md, "disputes").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Always `"dispute"`.
    pub record: String,
    /// `d1:` and 32 hex digits, from the body.
    pub id: String,
    /// The report's id.
    pub doc: String,
    /// Question, subject and sides.
    pub dispute: DisputeBody,
}

/// The content of a [`Dispute`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeBody {
    /// What is disputed.
    pub question: Question,
    /// The place, event or actor; three at most.
    pub about: Vec<String>,
    /// Ids of the claims on each side.
    pub sides: Vec<Vec<String>>,
}
