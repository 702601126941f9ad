//! How a claim reads after what was decided about it.

use contested_model::{
    Attribution, Claim, ClaimCodes, Participant, Place, PlaceRelation, Precision, Stance, TimeBasis,
    TimeSpan, Why, claim_id,
};
use jiff::civil::Date;
use serde::Serialize;

use super::act::{Act, Correction, Named, NamedPlace, What};

/// Where a claim stands with its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Nobody decided about it.
    Machine,
    /// Somebody found it right.
    Accepted,
    /// Somebody put it right.
    Corrected,
    /// Somebody found it wrong: it counts no more.
    Rejected,
}

impl Standing {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
        }
    }

    /// The standing that `word` stands for.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Machine, Self::Accepted, Self::Corrected, Self::Rejected]
            .into_iter()
            .find(|s| s.as_str() == word)
    }
}

/// A claim with its standing, as `contested review` shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct InReview {
    /// The claim as it reads now.
    pub claim: Claim,
    /// Its standing.
    pub standing: Standing,
    /// Reported time.
    pub known: Date,
    /// The claim reads otherwise than when somebody last decided about it: a newer extractor told it anew.
    pub changed: bool,
}

/// `base`, as an extractor told it, after `acts` in the order in which they were decided.
pub(super) fn after<'a>(base: &Claim, acts: impl Iterator<Item = &'a Act>) -> (Claim, Standing) {
    let mut claim = base.clone();
    let mut standing = Standing::Machine;
    for act in acts {
        let rule = match act {
            Act::Accept(_) => {
                standing = Standing::Accepted;
                "review.accept.v1"
            }
            Act::Reject(_) => {
                standing = Standing::Rejected;
                "review.reject.v1"
            }
            Act::Correct(_, correction) => {
                standing = Standing::Corrected;
                correct(&mut claim, correction);
                "review.correct.v1"
            }
            Act::MergeEvent(_, into) => {
                correct(&mut claim, &Correction::SameAs(Some(into.clone())));
                "review.merge-event.v1"
            }
            Act::Split(What::Event, _) => {
                correct(&mut claim, &Correction::SameAs(None));
                "review.split-event.v1"
            }
            _ => continue,
        };
        claim.why.push(Why { rule: rule.to_owned(), on: Vec::new() });
    }
    if matches!(standing, Standing::Accepted | Standing::Corrected) {
        // A person has read the sentence.
        claim.confidence = 1.0;
    }
    claim.id = claim_id(&claim);
    (claim, standing)
}

fn correct(claim: &mut Claim, correction: &Correction) {
    match correction {
        Correction::Type(to) => {
            (claim.claim_type, claim.kind) = (*to, to.kind());
            // Codes are the extractor's: of the new type it gave none.
            claim.codes = ClaimCodes::default();
        }
        Correction::Polarity(to) => {
            claim.polarity = *to;
            claim.codes = ClaimCodes::default();
        }
        Correction::Certainty(to) => claim.certainty = *to,
        Correction::Phase(to) => claim.phase = *to,
        Correction::Extent(to) => claim.extent = *to,
        Correction::Tense(to) => claim.tense = *to,
        Correction::Verified(to) => claim.verified = *to,
        Correction::Time(from, to) => claim.time = time(claim, *from, *to),
        Correction::Agents(to) => claim.agents = participants(&claim.agents, to),
        Correction::Targets(to) => claim.targets = participants(&claim.targets, to),
        Correction::Places(to) => claim.places = to.iter().map(|to| place(&claim.places, to)).collect(),
        Correction::Source(to) => vouch(&mut claim.attribution, to.as_ref()),
        Correction::Casualties(to) => claim.casualties.clone_from(to),
        Correction::Actor { from, to } => {
            replace_actor(claim, from, to);
        }
        Correction::Place { from, to } => {
            replace_place(claim, from, to);
        }
        Correction::SameAs(to) => claim.same_as.clone_from(to),
    }
}

fn time(claim: &Claim, from: Option<Date>, to: Option<Date>) -> Option<TimeSpan> {
    let precision = match (from, to) {
        (None, None) => return None,
        (Some(from), Some(to)) if from == to => Precision::Day,
        _ => Precision::Range,
    };
    let words = claim.time.as_ref().map(|time| (time.text.clone(), time.start, time.end));
    let (text, start, end) = words.unwrap_or_default();
    Some(TimeSpan { text, start, end, from, to, precision, basis: TimeBasis::Stated })
}

/// Whoever was named so already keeps the words that name him.
fn participants(old: &[Participant], to: &[Named]) -> Vec<Participant> {
    let one = |to: &Named| {
        let same = old.iter().find(|old| old.name == to.name || to.id.is_some() && old.actor == to.id);
        let words = same.map(|old| (old.text.clone(), old.start, old.end));
        let (text, start, end) = words.unwrap_or_default();
        Participant { name: to.name.clone(), text, start, end, actor: to.id.clone() }
    };
    to.iter().map(one).collect()
}

fn place(old: &[Place], to: &NamedPlace) -> Place {
    let same = old.iter().find(|old| old.name == to.name || to.id.is_some() && old.id == to.id);
    let words = same.map(|old| (old.text.clone(), old.start, old.end));
    let (text, start, end) = words.unwrap_or_default();
    let relation = to.relation.or(same.map(|old| old.relation)).unwrap_or(PlaceRelation::At);
    Place {
        name: to.name.clone(),
        text,
        start,
        end,
        id: to.id.clone(),
        lat: to.lat,
        lon: to.lon,
        country: to.country.clone(),
        kind: to.kind.clone(),
        relation,
        radius_km: None,
        score: 1.0,
        runner_up: None,
    }
}

fn vouch(chain: &mut Vec<Attribution>, to: Option<&Named>) {
    let Some(to) = to else { return chain.clear() };
    if let Some(first) = chain.first_mut() {
        if first.name != to.name {
            // Who somebody else is tells nothing of this one.
            (first.role, first.affiliation, first.source_id, first.kind, first.anonymous) =
                (None, None, None, None, false);
        }
        (first.name, first.actor) = (to.name.clone(), to.id.clone());
    } else {
        chain.push(Attribution {
            name: to.name.clone(),
            text: String::new(),
            start: 0,
            end: 0,
            actor: to.id.clone(),
            source_id: None,
            role: None,
            affiliation: None,
            anonymous: false,
            kind: None,
            stance: Stance::Asserts,
            cue: None,
        });
    }
}

/// The id by which the ledger knows somebody or something: the knowledge base's, or `name:` and the lower-cased name.
pub(crate) fn known_as(id: Option<&str>, name: &str) -> String {
    id.map_or_else(|| format!("name:{}", name.to_lowercase()), str::to_owned)
}

/// Makes whoever is known as `from` in `claim` be `to`. Says whether there was anybody.
pub(super) fn replace_actor(claim: &mut Claim, from: &str, to: &Named) -> bool {
    let mut found = false;
    let mut swap = |name: &mut String, id: &mut Option<String>| {
        if known_as(id.as_deref(), name) == from || name.as_str() == from {
            (*name, *id) = (to.name.clone(), to.id.clone());
            found = true;
        }
    };
    for who in claim.agents.iter_mut().chain(&mut claim.targets) {
        swap(&mut who.name, &mut who.actor);
    }
    for source in &mut claim.attribution {
        swap(&mut source.name, &mut source.actor);
    }
    found
}

/// Likewise for a place.
pub(super) fn replace_place(claim: &mut Claim, from: &str, to: &NamedPlace) -> bool {
    let mut found = false;
    for place in &mut claim.places {
        if known_as(place.id.as_deref(), &place.name) == from || place.name == from {
            found = true;
            (place.name, place.id, place.lat, place.lon) = (to.name.clone(), to.id.clone(), to.lat, to.lon);
            (place.country, place.kind) = (to.country.clone(), to.kind.clone());
            (place.score, place.runner_up) = (1.0, None);
        }
    }
    found
}

/// What of a claim somebody judges who reads it: two claims of one gist may differ in spans, scores and codes.
pub(super) fn gist(claim: &Claim) -> String {
    let who = |all: &[Participant]| -> Vec<String> {
        let mut all: Vec<String> = all.iter().map(|one| known_as(one.actor.as_deref(), &one.name)).collect();
        all.sort();
        all
    };
    let mut places: Vec<String> =
        claim.places.iter().map(|place| known_as(place.id.as_deref(), &place.name)).collect();
    places.sort();
    let days = claim.time.as_ref().map(|time| (time.from, time.to));
    format!(
        "{} {} {} {:?} {:?} {:?} {:?} {:?} {:?}",
        claim.claim_type,
        claim.polarity.as_str(),
        claim.certainty.as_str(),
        who(&claim.agents),
        who(&claim.targets),
        places,
        days,
        claim.attribution.first().map(|first| &first.name),
        claim.extent,
    )
}
