use std::sync::Arc;

use axum::extract::State;
use contested_assess::{Chance, ChanceStretch, Evidence, PlaceControl, Status, Stretch, chances_over_time};
use contested_knowledge::Knowledge;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::app::App;
use crate::asked::{self, Asked, Id};
use crate::error::Fault;
use crate::geojson::{Features, of_control};
use crate::paging::{List, Page};
use crate::places::{PlaceOut, lies_in, place_id};
use crate::pool::blocking;
use crate::query::{ChangesQuery, ControlQuery, MomentQuery, window};
use crate::reply::{Caller, current};
use crate::snapshot::Base;

/// Days within which a change is new.
const NEW: i64 = 7;

/// Who holds a place, in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Held {
    /// The place.
    pub(crate) place: PlaceOut,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub(crate) as_of: Date,
    /// `held`, `contested`, `unclear` or `unknown`.
    #[schema(value_type = String)]
    pub(crate) status: Status,
    /// The likeliest holder; null where the status is `unknown`.
    pub(crate) holder: Option<String>,
    /// Its id in the knowledge base.
    pub(crate) actor: Option<String>,
    /// Chances of all answers, likeliest first.
    pub(crate) chances: Vec<Chance>,
    /// Since when it has been so.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) since: Option<Date>,
    /// Day of the newest observation.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) last_observed: Option<Date>,
    /// Whether it has been so for a week or less.
    pub(crate) changed: bool,
}

impl Held {
    pub(crate) fn of(control: &PlaceControl, knowledge: &Knowledge) -> Self {
        let week_before = control.as_of.saturating_sub(NEW.days());
        Self {
            place: PlaceOut::of(&control.place, knowledge),
            as_of: control.as_of,
            status: control.status,
            holder: control.holder.clone(),
            actor: control.timeline.last().and_then(|stretch| stretch.actor.clone()),
            chances: control.chances.clone(),
            since: control.since,
            last_observed: control.last_observed,
            changed: control.since.is_some_and(|since| since >= week_before),
        }
    }
}

/// Who holds a place, in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldFull {
    #[serde(flatten)]
    #[schema(inline)]
    held: Held,
    /// Stretches of one status and holder, oldest first.
    timeline: Vec<Stretch>,
    /// The chances that the timeline follows from.
    daily: Vec<ChanceStretch>,
    /// What the answer rests on, oldest first.
    evidence: Vec<EvidenceOut>,
}

/// A claim as an observation, with its words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceOut {
    #[serde(flatten)]
    #[schema(inline)]
    evidence: Evidence,
    /// Its key, by which it is decided about.
    key: String,
    /// The report's id.
    report: String,
    /// Hash of the report's text.
    hash: String,
    /// The sentence.
    quote: String,
    /// Trigger of the claim in the quote: first character and one past the last.
    trigger: [u32; 2],
}

impl EvidenceOut {
    fn of(evidence: &Evidence, base: &Base) -> Option<Self> {
        let claim = &base.claim(&evidence.claim)?.claim;
        let (quote, trigger) = (&claim.evidence, claim.evidence.trigger.clone());
        Some(Self {
            evidence: evidence.clone(),
            key: claim.key.clone(),
            report: claim.report.id.clone(),
            hash: claim.report.hash.clone(),
            quote: quote.quote.clone(),
            trigger: [trigger.start.saturating_sub(quote.start), trigger.end.saturating_sub(quote.start)],
        })
    }
}

/// The stretches of a place in a window of time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Changes {
    /// The place.
    place: PlaceOut,
    /// Stretches of one status and holder, oldest first, cut to the window.
    segments: Vec<Stretch>,
}

/// Whether a place is what `wanted` names: its id, name or country.
pub(crate) fn is_called(control: &PlaceControl, wanted: &str) -> bool {
    let place = &control.place;
    contested_answers::is_called(place, wanted) || place_id(place.id.as_deref(), &place.name) == wanted
}

/// Places and who holds them
#[utoipa::path(get, path = "/control", tag = "assessment", params(ControlQuery), responses((status = 200, body = List<Held>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<ControlQuery>,
) -> Answer {
    let (now, tag) = current!(app, caller);
    let all = now.control(query.moment()?).await?;
    let (page, wanted) = picked(&query, &all)?;
    tag.json(&page.cut(&wanted, |held| Held::of(held, app.knowledge())))
}

/// Places and who holds them, as a map shows them; `next` is told in the header `x-next`
#[utoipa::path(get, path = "/control.geojson", tag = "assessment", params(ControlQuery),
               responses((status = 200, body = Features, content_type = "application/geo+json")))]
pub(crate) async fn geojson(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<ControlQuery>,
) -> Answer {
    let (now, tag) = current!(app, caller);
    let all = now.control(query.moment()?).await?;
    let page = picked(&query, &all)?;
    let page = page.0.cut(&page.1, |held| of_control(&Held::of(held, app.knowledge())));
    tag.map(&Features::of(page.items.into_iter()), page.next)
}

/// The page, and the places, that a query picks.
pub(crate) fn picked<'a>(
    query: &ControlQuery,
    all: &'a [PlaceControl],
) -> Result<(Page, Vec<&'a PlaceControl>), Fault> {
    let page = Page::of(query.limit.as_ref(), query.cursor.as_ref())?;
    let edges = asked::bbox(query.bbox.as_ref())?;
    let wanted = all
        .iter()
        .filter(|held| edges.is_none_or(|edges| lies_in(edges, held.place.lat, held.place.lon)))
        .filter(|held| query.place.as_deref().is_none_or(|place| is_called(held, place)))
        .collect();
    Ok((page, wanted))
}

/// Who holds a place, over time, with every claim on it
#[utoipa::path(get, path = "/control/{place}", tag = "assessment",
               params(("place" = String, Path, description = "id or name"), MomentQuery), responses((status = 200, body = HeldFull)))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(place): Id,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    let (base, all) = (now.base(moment.known_at).await?, now.control(moment).await?);
    let exact = |held: &&PlaceControl| place_id(held.place.id.as_deref(), &held.place.name) == place;
    let found = all.iter().find(exact).or_else(|| all.iter().find(|held| is_called(held, &place)));
    let Some(found) = found.cloned() else { return Err(Fault::none("place", &place)) };
    let knowledge = app.knowledge();
    let full = blocking(move || {
        let known = base.known()?;
        let daily = chances_over_time(&known.kept, found.as_of, &known.basis(), |name| *name == found.place);
        Ok(HeldFull {
            held: Held::of(&found, knowledge),
            daily,
            evidence: found.evidence.iter().filter_map(|evidence| EvidenceOut::of(evidence, &base)).collect(),
            timeline: found.timeline,
        })
    });
    tag.json(&full.await?)
}

/// Of every place the stretches of one status and holder in a window of time
#[utoipa::path(get, path = "/control/changes", tag = "assessment", params(ChangesQuery), responses((status = 200, body = List<Changes>)))]
pub(crate) async fn changes(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<ChangesQuery>,
) -> Answer {
    let mut moment = query.moment()?;
    let (from, to) = window(query.from.as_ref(), query.to.as_ref())?;
    moment.as_of = to.or(moment.as_of);
    let (now, tag) = current!(app, caller);
    let all = now.control(moment).await?;
    let items: Vec<Changes> = all
        .iter()
        .filter_map(|held| {
            let in_window = held.timeline.iter().filter(|stretch| from.is_none_or(|from| stretch.to >= from));
            let segments: Vec<Stretch> = in_window
                .map(|stretch| Stretch {
                    from: from.map_or(stretch.from, |from| stretch.from.max(from)),
                    ..stretch.clone()
                })
                .collect();
            (!segments.is_empty())
                .then(|| Changes { place: PlaceOut::of(&held.place, app.knowledge()), segments })
        })
        .collect();
    let total = Some(items.len());
    tag.json(&List { items, next: None, total })
}
