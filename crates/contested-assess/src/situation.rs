//! The situation on a day, as data: what changed, who holds what, what is disputed, who backs whom, what is expected, what has no place or date.

mod changes;
mod disputed;
mod outlook;
mod settled;
pub(crate) mod telling;

use std::collections::{BTreeMap, BTreeSet};

use contested_model::{Claim, ClaimType, Extent, Kept, Kind, Polarity, Tense};
use jiff::civil::Date;
use serde::Serialize;

use crate::basis::Basis;
use crate::control::{PlaceControl, control, is_anchored};
use crate::names::{is_named, same_name};
use crate::phrase::phrase;
use crate::world::World;

pub use disputed::{Disputed, Position};
pub use outlook::Ended;
pub use settled::{Resolution, SettledBy};
pub use telling::Telling;

/// What to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Valid time: the situation on this day.
    pub as_of: Date,
    /// Reported time: using only what had been reported by this day. None: all that is known.
    pub known_at: Option<Date>,
    /// Changes from this day on.
    pub since: Date,
    /// Only what touches this place, or country (ISO code), if given.
    pub area: Option<String>,
}

/// Something that sources tell, with who tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Line {
    /// In words.
    pub text: String,
    /// Type of the claims.
    #[serde(rename = "type")]
    pub claim_type: ClaimType,
    /// Day it stands at: the newest of its tellings.
    pub day: Date,
    /// How sure the extractor is of the surest of the claims, 0 to 1.
    pub confidence: f64,
    /// Whether the day was stated by anybody.
    pub dated: bool,
    /// Who tells it, oldest first; one for each root source.
    pub told_by: Vec<Telling>,
    /// Who says it is not so.
    pub denied_by: Vec<Telling>,
    /// How it ended, where it is an outlook that did.
    pub ended: Option<Ended>,
}

/// An outlet and how many of its reports were used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OutletCount {
    /// Its name.
    pub name: String,
    /// Reports.
    pub reports: usize,
}

/// The situation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Situation {
    /// The day it is about.
    pub as_of: Date,
    /// What had been reported by then; none: all that is known.
    pub known_at: Option<Date>,
    /// First day of "what changed".
    pub since: Date,
    /// The area asked for.
    pub area: Option<String>,
    /// Claims used.
    pub claims: usize,
    /// Outlets used, most reports first.
    pub outlets: Vec<OutletCount>,
    /// What happened from `since` on, most important first.
    pub changes: Vec<Line>,
    /// Who holds which populated place: contested, then held, unclear, unknown; by name.
    pub control: Vec<PlaceControl>,
    /// Ground that is told of as held in part, in pockets, or as a region.
    pub ground: Vec<Line>,
    /// What cannot all be so.
    pub disputes: Vec<Disputed>,
    /// Who backs, leads, fights whom.
    pub ties: Vec<Line>,
    /// What is expected, intended, feared.
    pub outlook: Vec<Line>,
    /// What happened at a place that no map shows, or at no place.
    pub unplaced: Vec<Line>,
    /// What happened on a day that nobody gives.
    pub undated: Vec<Line>,
}

/// The situation that `kept` tells. The answer depends on the claims only, never on their order, and never on anything known after
/// `known_at`.
pub fn situation(kept: &[Kept], question: &Question, basis: &Basis<'_>) -> Situation {
    let world = basis.world;
    let mut used: Vec<Kept> = kept
        .iter()
        .filter(|k| {
            question.known_at.is_none_or(|until| k.known <= until)
                && touches(&k.claim, question.area.as_deref())
        })
        .cloned()
        .collect();
    used.sort_by(|a, b| order(a).cmp(&order(b)));
    used.dedup_by(|a, b| a.claim.id == b.claim.id);
    // What changed since belongs to the question's days; what is said of places is needed from before and after.
    let until = |k: &&Kept| k.day() <= question.as_of;
    let told: Vec<&Kept> = used.iter().filter(until).collect();
    let mut places = control(&used, question.as_of, basis);
    places.sort_by(|a, b| (rank(a), &a.place.name).cmp(&(rank(b), &b.place.name)));
    places.retain(|place| place.last_observed.is_some());
    let recent = |k: &&&Kept| {
        is_anchored(&k.claim)
            && k.day() >= question.since
            && k.claim.kind == Kind::Event
            && k.claim.tense != Tense::Historic
    };
    // A contradiction nobody has repeated for a month is history.
    let month_before = question.since.saturating_sub(jiff::Span::new().days(30));
    let fresh: Vec<&Kept> = told.iter().filter(|k| k.known >= month_before).copied().collect();
    let happened: Vec<&Kept> = told.iter().filter(recent).copied().collect();
    Situation {
        as_of: question.as_of,
        known_at: question.known_at,
        since: question.since,
        area: question.area.clone(),
        claims: told.len(),
        outlets: outlets(&told),
        changes: changes::changes(&happened, world),
        ground: lines(&told, is_ground, world),
        disputes: disputed::disputed(&fresh, &told, world),
        ties: lines(&told, is_tie, world),
        outlook: expected(&told, question.as_of, world),
        unplaced: changes::clustered(
            happened.iter().filter(|k| is_news(&k.claim) && !is_placed(&k.claim)).copied(),
            world,
        ),
        undated: changes::clustered(
            told.iter()
                .filter(|k| is_news(&k.claim) && k.claim.time.is_none() && k.claim.tense == Tense::Past)
                .filter(|k| k.day() >= question.since || !is_anchored(&k.claim))
                .copied(),
            world,
        ),
        control: places,
    }
}

fn order(k: &Kept) -> (Date, Date, &str, u32, &str) {
    (k.day(), k.known, &k.claim.report.hash, k.claim.evidence.trigger.start, &k.claim.id)
}

const fn rank(place: &PlaceControl) -> u8 {
    match place.status {
        crate::Status::Contested => 0,
        crate::Status::Held => 1,
        crate::Status::Unclear => 2,
        crate::Status::Unknown => 3,
    }
}

fn touches(claim: &Claim, area: Option<&str>) -> bool {
    let Some(area) = area else { return true };
    claim.places.iter().any(|place| {
        same_name(&place.name, area)
            || place.id.as_deref() == Some(area)
            || place.country.as_deref().is_some_and(|country| country.eq_ignore_ascii_case(area))
    })
}

/// Whether the claim is something that happened on the ground, rather than words.
pub(crate) fn is_news(claim: &Claim) -> bool {
    changes::weight(claim.claim_type) > 0
}

fn is_placed(claim: &Claim) -> bool {
    claim.places.iter().any(|place| place.lat.is_some() || place.id.is_some())
}

/// Standing ties, and acts of support, which are told the same way ("backs", "has supported").
fn is_tie(claim: &Claim) -> bool {
    claim.tense != Tense::Historic
        && (claim.kind == Kind::Relation
            || claim.claim_type == ClaimType::Support
                && !claim.agents.is_empty()
                && !claim.targets.is_empty())
}

/// Ground held that observes no town: parts, pockets, presences, regions, places of no known kind of their own.
fn is_ground(claim: &Claim) -> bool {
    let partial = !matches!(claim.extent, None | Some(Extent::Whole | Extent::Most));
    let region = claim.places.iter().any(|place| {
        matches!(
            place.kind.as_deref(),
            Some(
                "country"
                    | "province"
                    | "district"
                    | "region"
                    | "desert"
                    | "river"
                    | "valley"
                    | "mountain"
                    | "continent"
            )
        )
    });
    let placed = claim.places.iter().any(|place| place.id.is_some() || is_named(&place.name));
    // "A monitor said that pockets remain": who says so holds nothing.
    let holds =
        claim.agents.iter().any(|agent| !claim.attribution.iter().any(|by| same_name(&by.name, &agent.name)));
    claim.kind == Kind::Control && claim.tense != Tense::Historic && (partial || region) && placed && holds
}

fn outlets(told: &[&Kept]) -> Vec<OutletCount> {
    let mut reports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for k in told {
        let name = k.claim.report.source.as_deref().unwrap_or("unnamed outlet");
        reports.entry(name).or_default().insert(&k.claim.report.hash);
    }
    let mut out: Vec<OutletCount> = reports
        .into_iter()
        .map(|(name, hashes)| OutletCount { name: name.to_owned(), reports: hashes.len() })
        .collect();
    out.sort_by(|a, b| b.reports.cmp(&a.reports).then_with(|| a.name.cmp(&b.name)));
    out
}

/// The claims that `wanted` picks, one line for each thing said; newest first.
fn lines(told: &[&Kept], wanted: impl Fn(&Claim) -> bool, world: &dyn World) -> Vec<Line> {
    let mut groups: BTreeMap<String, Vec<&Kept>> = BTreeMap::new();
    for k in told.iter().filter(|k| wanted(&k.claim)) {
        groups.entry(words_of(&k.claim)).or_default().push(k);
    }
    let mut out: Vec<Line> = groups.into_values().filter_map(|members| line(&members, world)).collect();
    out.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| b.told_by.len().cmp(&a.told_by.len())));
    out
}

/// What is expected, what is still open first; what has ended says how.
fn expected(told: &[&Kept], as_of: Date, world: &dyn World) -> Vec<Line> {
    let mut out = lines(told, |c| c.kind == Kind::Outlook, world);
    let by_id: BTreeMap<&str, &&Kept> = told.iter().map(|k| (k.claim.id.as_str(), k)).collect();
    for line in &mut out {
        let first = line.told_by.first().and_then(|telling| by_id.get(telling.claim.as_str()));
        line.ended = first.and_then(|k| outlook::ended(k, told, as_of, world));
    }
    out.sort_by_key(|line| line.ended.is_some());
    out
}

/// What reads the same is the same, told or denied.
fn words_of(claim: &Claim) -> String {
    let mut positive = claim.clone();
    positive.polarity = Polarity::Positive;
    format!("{} {}", claim.claim_type, phrase(&positive).to_lowercase())
}

/// One line from claims of one thing: in the words of its best telling.
pub(crate) fn line(members: &[&Kept], world: &dyn World) -> Option<Line> {
    let filled = |k: &Kept| {
        [k.claim.agents.len(), k.claim.targets.len(), k.claim.places.len()].iter().filter(|n| **n > 0).count()
    };
    let positive = members.iter().filter(|k| k.claim.polarity == Polarity::Positive);
    // Of equally full tellings the first, which is the last from the end.
    let best = positive.rev().max_by_key(|k| filled(k)).or_else(|| members.first())?;
    let telling = |wanted: Polarity| {
        telling::by_root(members.iter().filter(|k| k.claim.polarity == wanted).copied(), world)
    };
    let denied_only = best.claim.polarity == Polarity::Negative;
    let (told_by, denied_by) = (telling(Polarity::Positive), telling(Polarity::Negative));
    Some(Line {
        text: phrase(&best.claim),
        claim_type: best.claim.claim_type,
        day: members.iter().map(|k| k.day()).max()?,
        confidence: members.iter().map(|k| k.claim.confidence).fold(0.0, f64::max),
        dated: members.iter().any(|k| k.claim.time.is_some()),
        told_by: if denied_only { denied_by.clone() } else { told_by },
        denied_by: if denied_only { Vec::new() } else { denied_by },
        ended: None,
    })
}
