use std::sync::Arc;

use axum::extract::State;
use contested_knowledge::Knowledge;
use contested_ledger::NamedRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::app::App;
use crate::asked::{self, Asked};
use crate::graph::described;
use crate::paging::{List, Page};
use crate::places::{PlaceOut, lies_in};
use crate::query::NamedQuery;
use crate::reply::{Caller, current};
use crate::snapshot::Names;

/// An actor that claims name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActorOut {
    /// Id in the knowledge base; `name:` and the lower-cased name where it has none.
    id: String,
    /// Its name.
    name: String,
    /// What sort of body it is, where known.
    #[schema(value_type = Option<String>)]
    kind: Option<&'static str>,
    /// ISO 3166-1 alpha-2, where known.
    country: Option<String>,
    /// Claims that name it.
    claims: u64,
    /// Id of the actor that people merged it into.
    into: Option<String>,
}

impl ActorOut {
    pub(crate) fn of(row: &NamedRow, knowledge: &Knowledge) -> Self {
        let known = described(&row.id, &row.name, knowledge.actors);
        Self {
            id: known.id,
            name: known.name,
            kind: known.kind,
            country: known.country,
            claims: row.claims,
            into: row.into.clone(),
        }
    }
}

/// A place that claims name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceNamed {
    #[serde(flatten)]
    #[schema(inline)]
    place: PlaceOut,
    /// Claims that name it.
    claims: u64,
}

impl PlaceNamed {
    pub(crate) fn of(row: &NamedRow, names: &Names, knowledge: &Knowledge) -> Self {
        let id = Some(row.id.as_str()).filter(|id| !id.starts_with("name:"));
        let spot = names.spot(&row.id);
        let mut place =
            PlaceOut::named(id, &row.name, spot.map(|s| s.lat), spot.map(|s| s.lon), None, knowledge);
        let known = id.and_then(|id| knowledge.places.get(id));
        place.country = known.and_then(|record| record.place.country).map(|code| code.as_str().to_owned());
        Self { place: PlaceOut { id: row.id.clone(), ..place }, claims: row.claims }
    }
}

/// Whether a name has the letters that are looked for, in any case.
pub(crate) fn has(name: &str, id: &str, letters: &str) -> bool {
    let folded =
        |s: &str| s.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect::<String>();
    folded(name).contains(folded(letters).trim()) || id.contains(letters)
}

/// Actors that claims name, the most named first
#[utoipa::path(get, path = "/actors", tag = "ledger", params(NamedQuery), responses((status = 200, body = List<ActorOut>)))]
pub(crate) async fn actors(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<NamedQuery>,
) -> Answer {
    query.moment()?;
    let page = Page::of(query.limit.as_ref(), query.cursor.as_ref())?;
    let (now, tag) = current!(app, caller);
    let names = now.names().await?;
    let wanted: Vec<&NamedRow> = names
        .actors
        .iter()
        .filter(|row| query.q.as_deref().is_none_or(|letters| has(&row.name, &row.id, letters)))
        .collect();
    tag.json(&page.cut(&wanted, |row| ActorOut::of(row, app.knowledge())))
}

/// Places that claims name, the most named first
#[utoipa::path(get, path = "/places", tag = "ledger", params(NamedQuery), responses((status = 200, body = List<PlaceNamed>)))]
pub(crate) async fn places(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<NamedQuery>,
) -> Answer {
    query.moment()?;
    let page = Page::of(query.limit.as_ref(), query.cursor.as_ref())?;
    let edges = asked::bbox(query.bbox.as_ref())?;
    let (now, tag) = current!(app, caller);
    let names = now.names().await?;
    let wanted: Vec<&NamedRow> = names
        .places
        .iter()
        .filter(|row| query.q.as_deref().is_none_or(|letters| has(&row.name, &row.id, letters)))
        .filter(|row| {
            edges.is_none_or(|edges| {
                let spot = names.spot(&row.id);
                lies_in(edges, spot.map(|s| s.lat), spot.map(|s| s.lon))
            })
        })
        .collect();
    tag.json(&page.cut(&wanted, |row| PlaceNamed::of(row, &names, app.knowledge())))
}
