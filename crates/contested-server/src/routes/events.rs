use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use contested_assess::Event;
use contested_knowledge::Knowledge;
use contested_model::{ClaimType, Digest128, Kept, Place};
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::app::App;
use crate::asked::{self, Asked, Id};
use crate::error::Fault;
use crate::geojson::{Features, of_event};
use crate::paging::{List, Page};
use crate::places::{PlaceOut, place_id};
use crate::query::{EventsQuery, MomentQuery, window};
use crate::reply::{Caller, current};
use crate::snapshot::Base;

/// An event with an id and a place on the map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventOut {
    /// Stays the same while later reports tell of it, too.
    pub(crate) id: String,
    #[serde(flatten)]
    #[schema(inline)]
    pub(crate) event: Event,
    /// The place at which most tellings have it, where any could be located.
    pub(crate) place: Option<PlaceOut>,
    /// Degrees north of that place.
    pub(crate) lat: Option<f64>,
    /// Degrees east.
    pub(crate) lon: Option<f64>,
    /// How far the place reaches, in kilometres.
    pub(crate) radius_km: Option<f64>,
    /// ISO 3166-1 alpha-2.
    pub(crate) country: Option<String>,
}

/// The claims of an event.
fn members<'b>(event: &Event, base: &'b Base) -> Vec<&'b Kept> {
    event.claims.iter().filter_map(|id| base.claim(id)).collect()
}

/// The id of an event: by the claim that told it first, so that later tellings do not change it.
pub(crate) fn event_id(event: &Event, base: &Base) -> String {
    let members = members(event, base);
    let first = members.iter().map(|k| (k.known, k.claim.key.as_str())).min();
    let key = first.map_or("", |(_, key)| key);
    format!("e1:{}", Digest128::of(key.as_bytes()))
}

impl EventOut {
    pub(crate) fn of(event: &Event, base: &Base, knowledge: &Knowledge) -> Self {
        let place = commonest(&members(event, base)).map(|place| {
            let mut out = PlaceOut::named(
                place.id.as_deref(),
                &place.name,
                place.lat,
                place.lon,
                place.country.clone(),
                knowledge,
            );
            out.radius_km = place.radius_km.or(out.radius_km);
            out
        });
        Self {
            id: event_id(event, base),
            event: event.clone(),
            lat: place.as_ref().and_then(|place| place.lat),
            lon: place.as_ref().and_then(|place| place.lon),
            radius_km: place.as_ref().and_then(|place| place.radius_km),
            country: place.as_ref().and_then(|place| place.country.clone()),
            place,
        }
    }
}

/// The located place that most claims name; of equals the first by id.
fn commonest<'k>(members: &[&'k Kept]) -> Option<&'k Place> {
    let mut count: BTreeMap<String, (usize, &Place)> = BTreeMap::new();
    for place in members.iter().flat_map(|k| &k.claim.places).filter(|place| place.lat.is_some()) {
        count.entry(place_id(place.id.as_deref(), &place.name)).or_insert((0, place)).0 += 1;
    }
    count
        .into_iter()
        .max_by(|a, b| a.1.0.cmp(&b.1.0).then_with(|| b.0.cmp(&a.0)))
        .map(|(_, (_, place))| place)
}

/// Whether a claim names the place or actor that is asked for, by id or name.
pub(crate) fn names_place(k: &Kept, wanted: &str) -> bool {
    k.claim
        .places
        .iter()
        .any(|place| place_id(place.id.as_deref(), &place.name) == wanted || alike(&place.name, wanted))
}

/// Likewise for agents and targets.
pub(crate) fn names_actor(k: &Kept, wanted: &str) -> bool {
    k.claim.agents.iter().chain(&k.claim.targets).any(|actor| {
        actor.actor.as_deref() == Some(wanted)
            || wanted.strip_prefix("name:").is_some_and(|name| actor.name.to_lowercase() == name)
            || alike(&actor.name, wanted)
    })
}

/// Whether two names have the same letters.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let letters = |s: &'_ str| {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}

/// Events across reports
#[utoipa::path(get, path = "/events", tag = "assessment", params(EventsQuery), responses((status = 200, body = List<EventOut>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<EventsQuery>,
) -> Answer {
    let (moment, page) = (query.moment()?, Page::of(query.limit.as_ref(), query.cursor.as_ref())?);
    let (now, tag) = current!(app, caller);
    let (base, all) = (now.base(moment.known_at).await?, now.events(moment.known_at).await?);
    let wanted = wanted(&query, &all, &base)?;
    tag.json(&page.cut(&wanted, |event| EventOut::of(event, &base, app.knowledge())))
}

/// A page of events as a map shows them; `next` is told in the header `x-next`
#[utoipa::path(get, path = "/events.geojson", tag = "assessment", params(EventsQuery),
               responses((status = 200, body = Features, content_type = "application/geo+json")))]
pub(crate) async fn geojson(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<EventsQuery>,
) -> Answer {
    let (moment, page) = (query.moment()?, Page::of(query.limit.as_ref(), query.cursor.as_ref())?);
    let (now, tag) = current!(app, caller);
    let (base, all) = (now.base(moment.known_at).await?, now.events(moment.known_at).await?);
    let page = page
        .cut(&wanted(&query, &all, &base)?, |event| of_event(&EventOut::of(event, &base, app.knowledge())));
    tag.map(&Features::of(page.items.into_iter()), page.next)
}

/// The events that a query picks.
pub(crate) fn wanted<'e>(
    query: &EventsQuery,
    all: &'e [Event],
    base: &Base,
) -> Result<Vec<&'e Event>, Fault> {
    let moment = query.moment()?;
    let (from, to) = window(query.from.as_ref(), query.to.as_ref())?;
    let types = asked::words("type", query.claim_type.as_ref(), |word| word.parse::<ClaimType>().is_ok())?;
    let order = asked::one_of("order", query.order.as_ref(), &["newest", "oldest"])?;
    let last = match (moment.as_of, to) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let named = |event: &Event, wanted: &dyn Fn(&Kept) -> bool| {
        event.claims.iter().filter_map(|id| base.claim(id)).any(wanted)
    };
    let mut out: Vec<&Event> = all
        .iter()
        .filter(|event| {
            from.is_none_or(|from| event.days[1] >= from) && last.is_none_or(|to| event.days[0] <= to)
        })
        .filter(|event| types.is_empty() || event.types.iter().any(|t| types.iter().any(|w| w == t.as_str())))
        .filter(|event| query.place.as_deref().is_none_or(|place| named(event, &|k| names_place(k, place))))
        .filter(|event| query.actor.as_deref().is_none_or(|actor| named(event, &|k| names_actor(k, actor))))
        .collect();
    if order == Some("newest") {
        out.reverse();
    }
    Ok(out)
}

/// An event, by its id or by the id or key of one of its claims
#[utoipa::path(get, path = "/events/{id}", tag = "assessment",
               params(("id" = String, Path, description = "e1:…, or a claim's id or key"), MomentQuery), responses((status = 200, body = EventOut)))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    let (base, all) = (now.base(moment.known_at).await?, now.events(moment.known_at).await?);
    let found = all.iter().find(|event| {
        event_id(event, &base) == id
            || members(event, &base).iter().any(|k| k.claim.id == id || k.claim.key == id)
    });
    let Some(found) = found else { return Err(Fault::none("event", &id)) };
    tag.json(&EventOut::of(found, &base, app.knowledge()))
}
