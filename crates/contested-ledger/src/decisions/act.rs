use contested_model::{Casualty, Certainty, ClaimType, Extent, Phase, PlaceRelation, Polarity, Tense};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a merge or split is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Two names or ids of one actor.
    Actor,
    /// Two names or ids of one place.
    Place,
    /// Two claims about one event.
    Event,
}

impl What {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Event => "event",
        }
    }
}

/// An actor or source as a correction gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Name.
    pub name: String,
    /// Id in the knowledge base, if it has one.
    pub id: Option<String>,
}

/// A place as a correction gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedPlace {
    /// Name.
    pub name: String,
    /// Id in the gazetteer, if it has one.
    pub id: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// town, village, province …
    pub kind: Option<String>,
    /// How it stands to what happened; `None` keeps what the claim has.
    pub relation: Option<PlaceRelation>,
}

/// A field of a claim, and what it should be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
pub enum Correction {
    /// Type, and with it kind.
    Type(ClaimType),
    /// Polarity.
    Polarity(Polarity),
    /// Certainty.
    Certainty(Certainty),
    /// Phase.
    Phase(Option<Phase>),
    /// Extent.
    Extent(Option<Extent>),
    /// Tense.
    Tense(Tense),
    /// Whether the report says that it was verified.
    Verified(Option<bool>),
    /// First and last day; two times nothing is undated.
    Time(Option<Date>, Option<Date>),
    /// Agents.
    Agents(Vec<Named>),
    /// Targets.
    Targets(Vec<Named>),
    /// Places.
    Places(Vec<NamedPlace>),
    /// Who vouches; `None` is the report's own voice.
    Source(Option<Named>),
    /// Tolls.
    Casualties(Vec<Casualty>),
    /// One actor of this claim is another one than its id or name says (an actor split).
    Actor {
        /// Id or name as it reads.
        from: String,
        /// Who it is.
        to: Named,
    },
    /// One place of this claim is another one than its id or name says (a place split).
    Place {
        /// Id or name as it reads.
        from: String,
        /// What it is.
        to: NamedPlace,
    },
    /// Key of the claim that tells the same event first; `None` takes the claim out of its event.
    SameAs(Option<String>),
}

impl Correction {
    /// The field's name.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Type(_) => "type",
            Self::Polarity(_) => "polarity",
            Self::Certainty(_) => "certainty",
            Self::Phase(_) => "phase",
            Self::Extent(_) => "extent",
            Self::Tense(_) => "tense",
            Self::Verified(_) => "verified",
            Self::Time(..) => "time",
            Self::Agents(_) => "agents",
            Self::Targets(_) => "targets",
            Self::Places(_) => "places",
            Self::Source(_) => "source",
            Self::Casualties(_) => "casualties",
            Self::Actor { .. } => "actor",
            Self::Place { .. } => "place",
            Self::SameAs(_) => "same-as",
        }
    }
}

/// One thing decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// The claim of this key says what the report says.
    Accept(String),
    /// It does not.
    Reject(String),
    /// One field of it should be another.
    Correct(String, Correction),
    /// An actor or place, by id or `name:` and lower-cased name, is another one.
    MergeActor {
        /// Id as claims have it.
        from: String,
        /// Who that is.
        into: Named,
    },
    /// Likewise for places.
    MergePlace {
        /// Id as claims have it.
        from: String,
        /// What that is.
        into: NamedPlace,
    },
    /// The claim of the first key tells the event of the second.
    MergeEvent(String, String),
    /// An actor or place is itself again; a claim tells an event of its own.
    Split(What, String),
    /// An earlier decision is taken back.
    Withdraw(i64),
}

/// A decision as it stands in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Its number.
    pub id: i64,
    /// When it was written down.
    pub at: Timestamp,
    /// The day from which it counts for `--known-at`.
    pub known: Date,
    /// Who decided.
    pub by: String,
    /// Why.
    pub why: String,
    /// What.
    pub act: Act,
    /// Id of the claim as it read then.
    pub judged: Option<String>,
    /// Number of the decision that took it back, with its day.
    pub withdrawn: Option<(i64, Date)>,
}
