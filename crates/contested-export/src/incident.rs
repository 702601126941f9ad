//! What the formats of event coders call an event: something that somebody says has happened. A claim makes one, and so do the tellings of an
//! event across reports. Denials, plans, states and ties make none, because those formats have no way to say that they are not facts.

use std::collections::BTreeMap;

use contested_assess::{Event, Root, root};
use contested_knowledge::Knowledge;
use contested_model::{
    Certainty, Claim, ClaimType, DiedOrHurt, Digest128, Kept, Kind, Participant, Place, PlaceRelation,
    Polarity, Precision, Tense, WhoHurt,
};
use jiff::civil::Date;

use crate::bodies::Body;
use crate::naming::{joined, located, note, toll};
use crate::{Content, ExportError, Written};

/// How many claims or events a format has no room for, by reason.
pub type LeftOut = BTreeMap<&'static str, usize>;

/// Something told to have happened.
#[derive(Debug)]
pub(crate) struct Incident<'a> {
    /// Id of the claim, or `e1:` and a digest over the claims of the event.
    pub(crate) id: String,
    /// The claim that tells most of it.
    pub(crate) lead: &'a Claim,
    /// All that tell it, oldest first.
    pub(crate) told: Vec<&'a Kept>,
    /// Who says that it did not happen.
    pub(crate) denied: Vec<&'a Kept>,
    /// First and last day on which it may lie.
    pub(crate) days: [Date; 2],
    /// Whether anybody gives a day.
    pub(crate) dated: bool,
}

/// The incidents of claims or events, with what is none.
pub(crate) fn incidents<'a>(content: &Content<'a>) -> Result<(Vec<Incident<'a>>, LeftOut), ExportError> {
    let mut left_out = LeftOut::new();
    let mut leave = |reason| *left_out.entry(reason).or_default() += 1;
    let mut out = Vec::new();
    match *content {
        Content::Claims(kept) => {
            for k in kept {
                match no_incident(&k.claim) {
                    Some(reason) => leave(reason),
                    None => out.push(of_claim(k)),
                }
            }
        }
        Content::Events(events, kept) => {
            let by_id: BTreeMap<&str, &Kept> = kept.iter().map(|k| (k.claim.id.as_str(), k)).collect();
            for event in events {
                match of_event(event, &by_id) {
                    Ok(incident) => out.push(incident),
                    Err(reason) => leave(reason),
                }
            }
        }
        _ => return Err(ExportError::Record("only claims and events tell what happened".to_owned())),
    }
    Ok((out, left_out))
}

/// Hands what `row` makes of each incident to `put`; those of which it makes nothing are left out, for the reason `uncoded`.
pub(crate) fn each<'a, R>(
    content: &Content<'a>,
    uncoded: &'static str,
    row: impl Fn(&Incident<'a>) -> Option<R>,
    mut put: impl FnMut(R) -> Result<(), ExportError>,
) -> Result<Written, ExportError> {
    let (incidents, left_out) = incidents(content)?;
    let mut written = Written { rows: 0, left_out };
    for incident in &incidents {
        if let Some(row) = row(incident) {
            put(row)?;
            written.rows += 1;
        } else {
            *written.left_out.entry(uncoded).or_default() += 1;
        }
    }
    Ok(written)
}

/// Why a claim tells nothing that its source says has happened.
fn no_incident(claim: &Claim) -> Option<&'static str> {
    match claim.kind {
        Kind::Control => Some("states of control"),
        Kind::Relation => Some("ties between actors"),
        Kind::Outlook => Some("outlooks"),
        Kind::Event if claim.polarity == Polarity::Negative => Some("denials"),
        Kind::Event if claim.tense == Tense::Future => Some("events yet to come"),
        Kind::Event if claim.certainty == Certainty::Unstated => {
            Some("events that the source declines to confirm")
        }
        Kind::Event => None,
    }
}

fn of_claim(k: &Kept) -> Incident<'_> {
    let time = k.claim.time.as_ref();
    let from = time.and_then(|time| time.from.or(time.to));
    let last = k.day();
    Incident {
        id: k.claim.id.clone(),
        lead: &k.claim,
        told: vec![k],
        denied: Vec::new(),
        days: [from.unwrap_or(last).min(last), last],
        dated: from.is_some(),
    }
}

fn of_event<'a>(event: &Event, by_id: &BTreeMap<&str, &'a Kept>) -> Result<Incident<'a>, &'static str> {
    let claims: Vec<&'a Kept> =
        event.claims.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect();
    let (mut told, rest): (Vec<&Kept>, Vec<&Kept>) =
        claims.iter().copied().partition(|k| no_incident(&k.claim).is_none());
    told.sort_by(|a, b| (a.known, a.day(), &a.claim.id).cmp(&(b.known, b.day(), &b.claim.id)));
    let denied: Vec<&Kept> = rest.into_iter().filter(|k| k.claim.polarity == Polarity::Negative).collect();
    let fullness = |claim: &Claim| {
        let coded = usize::from(claim.codes.acled.is_some()) + usize::from(claim.codes.cameo.is_some());
        let placed = usize::from(located(claim).is_some());
        2 * (coded + placed)
            + claim.agents.len().min(2)
            + claim.targets.len().min(2)
            + usize::from(claim.time.is_some())
    };
    // Of equals the earliest.
    let lead = told.iter().rev().max_by_key(|k| fullness(&k.claim)).map(|k| &k.claim);
    let Some(lead) = lead else {
        return Err(if denied.is_empty() { "outlooks and states" } else { "events that are only denied" });
    };
    let mut ids: Vec<&str> = event.claims.iter().map(String::as_str).collect();
    ids.sort_unstable();
    let id = format!("e1:{}", Digest128::of(ids.join("\n").as_bytes()));
    Ok(Incident { id, lead, told, denied, days: event.days, dated: event.dated })
}

/// People counted in an incident, and figures for them: the least and the most that anybody gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Deaths {
    /// Of the agents' side.
    pub(crate) agents: u64,
    /// Of the targets' side.
    pub(crate) targets: u64,
    /// Civilians.
    pub(crate) civilians: u64,
    /// Of whom it is not said.
    pub(crate) unknown: u64,
    /// Smallest figure.
    pub(crate) low: u64,
    /// Largest figure.
    pub(crate) high: u64,
}

impl<'a> Incident<'a> {
    /// The first place that is on the map.
    pub(crate) fn place(&self) -> Option<(&'a Place, f64, f64)> {
        located(self.lead).or_else(|| self.told.iter().find_map(|k| located(&k.claim)))
    }

    /// Where it is told to have been, on the map or not.
    pub(crate) fn named_place(&self) -> Option<&'a Place> {
        self.place().map(|(place, ..)| place).or_else(|| self.lead.places.first())
    }

    /// Country of the place (ISO 3166-1 alpha-2).
    pub(crate) fn country(&self) -> Option<&'a str> {
        self.named_place().and_then(|place| place.country.as_deref())
    }

    /// The two sides. Where both act together (a clash, talks), the second agent is the other side.
    pub(crate) fn sides(&self) -> (&'a [Participant], &'a [Participant]) {
        let (agents, targets) = (self.lead.agents.as_slice(), self.lead.targets.as_slice());
        let mutual = matches!(
            self.lead.claim_type,
            ClaimType::Clash | ClaimType::Talk | ClaimType::Agree | ClaimType::Ceasefire
        );
        match agents {
            [first, rest @ ..] if mutual && targets.is_empty() && !rest.is_empty() => {
                (std::slice::from_ref(first), rest)
            }
            _ => (agents, targets),
        }
    }

    /// The two sides in the terms of other schemes.
    pub(crate) fn bodies(&self, knowledge: &Knowledge) -> (Vec<Body>, Vec<Body>) {
        let country = self.country();
        let of = |who: &[Participant]| who.iter().map(|one| Body::of(one, country, knowledge)).collect();
        let (first, second) = self.sides();
        (of(first), of(second))
    }

    /// Who vouches, one for each root source, in the order of the first telling.
    pub(crate) fn roots(&self) -> Vec<Root> {
        let mut out: Vec<Root> = Vec::new();
        for k in &self.told {
            let one = root(&k.claim);
            if out.iter().all(|other| other.key != one.key) {
                out.push(one);
            }
        }
        out
    }

    /// Names of the outlets that tell it.
    pub(crate) fn outlets(&self) -> Vec<&'a str> {
        let mut out: Vec<&str> = Vec::new();
        for name in self.told.iter().filter_map(|k| k.claim.report.source.as_deref()) {
            if !out.contains(&name) {
                out.push(name);
            }
        }
        out
    }

    /// Who says what in which words; at most `most` tellings, then how many more there are.
    pub(crate) fn notes(&self, most: usize) -> String {
        let mut notes: Vec<String> = self.told.iter().take(most).map(|k| note(&k.claim)).collect();
        if self.told.len() > most {
            notes.push(format!("{} more tellings", self.told.len() - most));
        }
        if !self.denied.is_empty() {
            let who: Vec<String> = self.denied.iter().map(|k| root(&k.claim).name).collect();
            notes.push(format!("Denied by {}.", joined(who.iter().map(String::as_str))));
        }
        notes.join(" ")
    }

    /// Days that it spans.
    pub(crate) fn span(&self) -> i32 {
        self.days[0].until(self.days[1]).map_or(0, |span| span.get_days())
    }

    /// How finely the day is told, where it is.
    pub(crate) fn precision(&self) -> Option<Precision> {
        self.dated.then(|| self.lead.time.as_ref().map_or(Precision::Day, |time| time.precision))
    }

    /// Whether the place is a settlement or site and the incident was in it.
    pub(crate) fn is_exact(&self) -> bool {
        self.place().is_some_and(|(place, ..)| place.relation == PlaceRelation::At && !is_wide(place))
    }

    /// The dead. Figures of one telling are kept together; over tellings the smallest and the largest count.
    pub(crate) fn deaths(&self) -> Option<Deaths> {
        let counts = |claim: &Claim| {
            toll(claim, DiedOrHurt::Dead).map(|(min, max)| (min, max.unwrap_or(min).max(min)))
        };
        let told: Vec<(u64, u64)> = self.told.iter().filter_map(|k| counts(&k.claim)).collect();
        let (low, high) = (told.iter().map(|t| t.0).min()?, told.iter().map(|t| t.1).max()?);
        let of = if counts(self.lead).is_some() {
            self.lead
        } else {
            self.told.iter().map(|k| &k.claim).find(|claim| counts(claim).is_some())?
        };
        let mut deaths = Deaths { low, high, ..Deaths::default() };
        let (first, second) = self.sides();
        let is = |side: &[Participant], name: &str| side.iter().any(|one| one.name == name);
        for toll in of.casualties.iter().filter(|toll| toll.what == DiedOrHurt::Dead) {
            let number = toll.min.or(toll.max).unwrap_or(0);
            let slot = match (&toll.side, toll.who) {
                (_, WhoHurt::Civilian) => &mut deaths.civilians,
                (Some(side), _) if is(first, side) => &mut deaths.agents,
                (Some(side), _) if is(second, side) => &mut deaths.targets,
                _ => &mut deaths.unknown,
            };
            *slot = slot.saturating_add(number);
        }
        Some(deaths)
    }
}

/// Whether a place is wider than a town and its land.
pub(crate) fn is_wide(place: &Place) -> bool {
    matches!(
        place.kind.as_deref(),
        Some(
            "country"
                | "province"
                | "district"
                | "region"
                | "desert"
                | "continent"
                | "sea"
                | "river"
                | "road"
                | "peninsula"
                | "strait"
        )
    )
}
