use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ClaimType;
use crate::Kind;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[doc = $doc])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// The word as written in claims.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// The value that `word` stands for.
            pub fn parse(word: &str) -> Option<Self> { match word { $($text => Some(Self::$variant),)+ _ => None } }
        }
        #[cfg(feature = "schema")]
        crate::schema::of_words!($name { $($text),+ });
    };
}

words! {
    /// Whether the source that vouches says that it is so, or that it is not.
    Polarity { /** It is so. */ Positive = "positive", /** It is not so. */ Negative = "negative" }
}
words! {
    /// How far the source that vouches commits itself.
    Certainty {
        /** Plainly stated. */ Certain = "certain",
        /** Believed, likely, reportedly. */ Probable = "probable",
        /** May, might, not clear whether. */ Possible = "possible",
        /** The source declines to say. */ Unstated = "unstated",
    }
}
words! {
    /// Where in its course an event stands, where the words say so.
    Phase { /** Begun. */ Start = "start", /** Under way. */ Ongoing = "ongoing", /** Over. */ End = "end", /** Tried. */ Attempt = "attempt" }
}
words! {
    /// How much of a place is held.
    Extent {
        /** All of it. */ Whole = "whole", /** Most of it. */ Most = "most", /** Part of it. */ Part = "part",
        /** Scattered pockets. */ Pockets = "pockets", /** Its edges. */ Outskirts = "outskirts", /** A presence only. */ Presence = "presence",
    }
}
words! {
    /// Grammatical and contextual time of a claim, always known even when no date is given.
    Tense { /** Before the report. */ Past = "past", /** At the time of the report. */ Ongoing = "ongoing", /** After it. */ Future = "future", /** Background long before it. */ Historic = "historic" }
}
words! {
    /// How fine a resolved date is.
    Precision { /** One day. */ Day = "day", /** A week. */ Week = "week", /** A month. */ Month = "month", /** A year. */ Year = "year", /** A stated range or an open one. */ Range = "range" }
}
words! {
    /// Where a date comes from.
    TimeBasis { /** The text gives it. */ Stated = "stated", /** Bounded by tense and publication. */ Inferred = "inferred" }
}
words! {
    /// What a member of the attribution chain does with the proposition.
    Stance {
        /** Says it is so. */ Asserts = "asserts", /** Says it is not. */ Denies = "denies", /** Casts doubt. */ Doubts = "doubts",
        /** Will not say. */ Declines = "declines", /** Passes on another's word. */ Relays = "relays",
    }
}
words! {
    /// Kind of a source (PRODUCT.md, "Sources").
    SourceKind {
        /** News agency. */ Wire = "wire", /** State media. */ StateMedia = "state-media", /** Newspapers, broadcasters. */ Media = "media",
        /** Commanders, spokesmen, ministries of a belligerent. */ BelligerentOfficial = "belligerent-official",
        /** A belligerent's own outlet. */ BelligerentMedia = "belligerent-media", /** War monitors. */ Monitor = "monitor",
        /** UN bodies, Red Cross. */ InternationalOrganisation = "international-organisation", /** Aid groups, human-rights groups. */ Ngo = "ngo",
        /** Governors, mayors, police, hospitals. */ LocalOfficial = "local-official", /** Officials of a state that does not fight. */ Official = "official",
        /** Unnamed. */ Anonymous = "anonymous", /** Residents, activists, witnesses. */ Resident = "resident", /** Analysts, experts. */ Analyst = "analyst",
    }
}
words! {
    /// How the place stands to what happened.
    PlaceRelation {
        /** There. */ At = "at", /** Close by. */ Near = "near", /** A distance and direction from it. */ Offset = "offset", /** Some side of it. */ Side = "side",
        /** On its border. */ Border = "border", /** Between two places. */ Between = "between", /** Within it, nothing finer known. */ Within = "within",
        /** From it. */ From = "from", /** Towards it. */ Towards = "towards",
    }
}
words! {
    /// What befell the people counted.
    DiedOrHurt { /** Killed. */ Dead = "dead", /** Wounded. */ Injured = "injured", /** Missing. */ Missing = "missing", /** Driven out. */ Displaced = "displaced", /** Captured, surrendered, abducted. */ Captured = "captured" }
}
words! {
    /// Who the people counted are.
    WhoHurt { /** Civilians. */ Civilian = "civilian", /** Fighters and soldiers. */ Combatant = "combatant", /** Not said. */ Unknown = "unknown" }
}

/// The report a claim was told in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportRef {
    /// The id that came with the report, or its hash.
    pub id: String,
    /// Digest of the text.
    pub hash: String,
    /// The outlet's name.
    pub source: Option<String>,
    /// The outlet's id in the knowledge base.
    pub source_id: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Dateline found in the text.
    pub dateline: Option<Dateline>,
}

/// "BEIRUT (Reuters) -": where and through whom a report was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place as a reader would write it.
    pub place: Option<String>,
    /// The agency named in it.
    pub agency: Option<String>,
    /// The day, where it names one.
    pub date: Option<Date>,
}

/// The words a claim stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// First character of the sentence.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// The sentence as it stands in the text.
    pub quote: String,
    /// The word that carries the type.
    pub trigger: Trigger,
}

/// The word or words that carry a claim's type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// As it stands in the text.
    pub text: String,
}

/// An agent or target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Canonical name where the knowledge base has the actor, else the mention as a reader would write it, pronouns resolved.
    pub name: String,
    /// The mention as it stands in the text.
    pub text: String,
    /// First character of the mention.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// Id in the knowledge base.
    pub actor: Option<String>,
}

/// A place of a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Canonical name, or the mention.
    pub name: String,
    /// The mention as it stands in the text.
    pub text: String,
    /// First character of the mention.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// `geonames:174448`, `region:eastern-ghouta` …; null when undecided.
    pub id: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// town, village, province, country, river …
    pub kind: Option<String>,
    /// How the place stands to what happened.
    pub relation: PlaceRelation,
    /// Radius of the area meant, where the place is not a point.
    pub radius_km: Option<f64>,
    /// 0 to 1: how sure it is that this is the place meant.
    pub score: f64,
    /// The next best candidate.
    pub runner_up: Option<RunnerUp>,
}

/// The second best reading of a place name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunnerUp {
    /// Id of the candidate.
    pub id: String,
    /// Its name and country, for people.
    pub name: String,
    /// Its score.
    pub score: f64,
}

/// When it happened, if the report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeSpan {
    /// The expression as it stands in the text.
    pub text: String,
    /// First character of the expression.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// First day; null when open.
    pub from: Option<Date>,
    /// Last day; null when open.
    pub to: Option<Date>,
    /// How fine.
    pub precision: Precision,
    /// Stated or inferred.
    pub basis: TimeBasis,
}

/// A toll, as this source gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Casualty {
    /// What befell them.
    pub what: DiedOrHurt,
    /// Who they are.
    pub who: WhoHurt,
    /// Their side (an actor's name), where it is said.
    pub side: Option<String>,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many; null when open.
    pub max: Option<u64>,
    /// The words.
    pub text: String,
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// One member of the attribution chain; the first is who vouches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The source's name, or the mention as a reader would write it.
    pub name: String,
    /// The mention as it stands in the text.
    pub text: String,
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Id of the actor, where the source is one.
    pub actor: Option<String>,
    /// Id of the source in the knowledge base.
    pub source_id: Option<String>,
    /// spokesman, commander, minister …
    pub role: Option<String>,
    /// Whom they speak for.
    pub affiliation: Option<String>,
    /// Whether the source is unnamed.
    pub anonymous: bool,
    /// Kind of source.
    pub kind: Option<SourceKind>,
    /// What they do with the proposition.
    pub stance: Stance,
    /// The word that says so ("said", "according to").
    pub cue: Option<String>,
}

/// What an outlook would be if it came true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Event, control or relation.
    pub kind: Kind,
    /// Its type.
    #[serde(rename = "type")]
    pub claim_type: ClaimType,
}

/// Codes of other schemes for the same claim.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClaimCodes {
    /// CAMEO event code.
    pub cameo: Option<String>,
    /// PLOVER event, mode and contexts.
    pub plover: Option<PloverCode>,
    /// ACLED event and sub-event type.
    pub acled: Option<AcledCode>,
}

/// A PLOVER code (PLOVER manual, 2021).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PloverCode {
    /// ASSAULT, COERCE …
    pub event: String,
    /// Mode of the event.
    pub mode: Option<String>,
    /// Contexts, most fitting first.
    pub contexts: Vec<String>,
    /// Auxiliary modes: negation, future, hypothetical, historical.
    pub aux: Vec<String>,
}

/// An ACLED type and sub-type (ACLED codebook, 2024).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcledCode {
    /// Event type.
    pub event_type: String,
    /// Sub-event type.
    pub sub_event_type: String,
}

/// Which program and which knowledge made a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extractor {
    /// Version of the program.
    pub version: String,
    /// Digest of the model's weights.
    pub model: String,
    /// Digest of lexicon, actors, sources and gazetteer with imports.
    pub knowledge: String,
}

/// A rule that made a claim and the words it stood on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Versioned name of the rule.
    pub rule: String,
    /// Character ranges it stood on.
    pub on: Vec<(u32, u32)>,
}

/// One proposition, as vouched for by one source chain, told in one report. The contract is CLAIM.md; all keys are always present.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Always `"claim"`.
    pub record: String,
    /// [`crate::SCHEMA_VERSION`].
    pub schema: u32,
    /// Digest of the claim without provenance.
    pub id: String,
    /// Digest that is stable across extractor versions.
    pub key: String,
    /// Where it was told.
    pub report: ReportRef,
    /// The sentence and the trigger.
    pub evidence: Evidence,
    /// Kind; always `claim_type.kind()`.
    pub kind: Kind,
    /// Type.
    #[serde(rename = "type")]
    pub claim_type: ClaimType,
    /// Phase of an event.
    pub phase: Option<Phase>,
    /// Extent of control.
    pub extent: Option<Extent>,
    /// Content of an outlook.
    pub about: Option<About>,
    /// Who does it.
    pub agents: Vec<Participant>,
    /// To whom.
    pub targets: Vec<Participant>,
    /// Where.
    pub places: Vec<Place>,
    /// When, if said.
    pub time: Option<TimeSpan>,
    /// Tense.
    pub tense: Tense,
    /// Day of publication.
    pub reported: Option<Date>,
    /// Tolls.
    pub casualties: Vec<Casualty>,
    /// Who says so; empty means the report itself.
    pub attribution: Vec<Attribution>,
    /// So or not so.
    pub polarity: Polarity,
    /// How surely.
    pub certainty: Certainty,
    /// `false` for "could not be independently verified", `true` where the report says it was.
    pub verified: Option<bool>,
    /// Key of the first telling of the same event in the report.
    pub same_as: Option<String>,
    /// 0 to 1: chance that the claim is right.
    pub confidence: f64,
    /// Codes of other schemes.
    pub codes: ClaimCodes,
    /// Provenance.
    pub extractor: Extractor,
    /// Rules and words.
    pub why: Vec<Why>,
}

impl Claim {
    /// The claim as the digest sees it: `id`, `extractor`, `confidence` and `why` emptied.
    #[must_use]
    pub fn without_provenance(&self) -> Self {
        Self {
            id: String::new(),
            extractor: Extractor { version: String::new(), model: String::new(), knowledge: String::new() },
            confidence: 0.0,
            why: Vec::new(),
            ..self.clone()
        }
    }
}
